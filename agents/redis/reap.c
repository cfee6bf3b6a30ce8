// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Keys that have expired and that nobody asks for: each node goes through all keys in
 * small steps, one transaction each, and removes some of them.
 */
#include <redis/redis_priv.h>

/*
 * One step. Each key is read once more by key_load(), so that what somebody has set
 * again meanwhile stays.
 */
enum call_result cmd_reap(struct call *c)
{
	static const uint8_t end[] = { REDIS_HIDDEN };
	struct redis *r = c->r;
	struct bytes from = bytes_of(r->reap_from, r->reap_len);
	enum call_result res = CALL_DONE;
	struct cmd *cmd = c->cmd;
	uint32_t n = 0, at;
	struct span *s;

	if (work_range(c->work, from, bytes_of(end, 1), REAP_LOOK, &s))
		return CALL_WAIT;
	for (at = 0; at < s->n && n < REAP_KEYS; at++) {
		struct redis_value v;

		redis_value_decode(s->items[at].value, &v);
		if (!v.expire_ms || v.expire_ms > c->work->now_ms)
			continue;
		n++;
		if (key_load(c, s->items[at].key, &v) == CALL_WAIT)
			res = CALL_WAIT;
	}
	if (res)
		return res;
	from = at < s->n ? s->items[at].key : s->more ? s->resume : bytes_of(NULL, 0);
	if (from.len)
		memcpy(cmd->resume_room, from.data, from.len);
	cmd->resume = bytes_of(cmd->resume_room, from.len);
	resp_int(c->reply, n);
	return CALL_DONE;
}

/* A step has ended. After one that failed the search begins anew. */
void reap_done(struct cmd *cmd)
{
	struct redis *r = cmd->r;

	r->reap_len = cmd->resume.len;
	if (cmd->resume.len)
		memcpy(r->reap_from, cmd->resume.data, cmd->resume.len);
	reap_start(r, r->reap_len ? REAP_STEP_NS : REAP_PAUSE_NS);
}

static void reap_step(void *ctx)
{
	static const struct redis_id none;
	struct redis *r = ctx;

	if (!own_command(r, &command_reap, &none))
		reap_start(r, REAP_PAUSE_NS);
}

void reap_start(struct redis *r, uint64_t ns)
{
	struct env *env = r->config.env;

	r->reap_timer = (struct env_timer){ .fire = reap_step, .ctx = r };
	env_timer_set(env, &r->reap_timer, ns + env_random_below(env, ns));
}
