// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules as one agent knows them. */
#include <acl/acl.h>

#include <errno.h>

/**
 * struct acl - rules as this agent knows them
 * @config: what it stands on
 * @now: rules that count
 * @fresh: room for those that are being read
 * @op: the reading
 * @timer: a pause after a failure
 * @reading: @op is under way
 * @pausing: @timer is set
 * @known: @now was read, at @read_ns
 * @failed: the last attempt to read was in vain
 * @read_ns: when
 * @counters: counters
 */
struct acl {
	struct acl_config config;
	struct acl_rules *now;
	struct acl_rules *fresh;
	struct dht_op op;
	struct env_timer timer;
	bool reading;
	bool pausing;
	bool known;
	bool failed;
	uint64_t read_ns;
	struct acl_counters counters;
};

size_t acl_arena_size(void)
{
	return sizeof(struct acl) + 2 * sizeof(struct acl_rules) + 3 * 64;
}

static void pause_over(void *ctx)
{
	((struct acl *)ctx)->pausing = false;
}

struct acl *acl_init(struct arena *arena, const struct acl_config *config)
{
	struct acl *a = arena_alloc(arena, sizeof(*a));

	a->now = arena_alloc(arena, sizeof(*a->now));
	a->fresh = arena_alloc(arena, sizeof(*a->fresh));
	a->config = *config;
	a->timer = (struct env_timer){ .fire = pause_over, .ctx = a };
	return a;
}

void acl_stop(struct acl *a)
{
	if (a->reading)
		dht_op_stop(a->config.dht, &a->op);
	a->reading = false;
	env_timer_cancel(a->config.env, &a->timer);
}

static void read_failed(struct acl *a)
{
	a->failed = true;
	a->counters.failed++;
	a->pausing = true;
	env_timer_set(a->config.env, &a->timer, ACL_RETRY_NS);
}

static void take_rules(struct acl *a, struct bytes text)
{
	struct acl_rules *rules = a->fresh;
	uint32_t line;

	if (acl_parse(rules, text, &line)) {
		a->counters.bad++;
		env_log(a->config.env, ENV_ERR, ENV_SUB_DHT,
			"rights: line %u is not understood; those before count on", line);
		read_failed(a);
		return;
	}
	a->fresh = a->now;
	a->now = rules;
	a->known = true;
	a->failed = false;
	a->read_ns = env_now(a->config.env);
}

static void read_done(struct dht_op *op)
{
	struct acl *a = op->ctx;

	a->reading = false;
	if (!op->status)
		take_rules(a, op->value);
	else if (op->status == -ENOENT)
		take_rules(a, bytes_of(NULL, 0));
	else
		read_failed(a);
	a->config.ready(a->config.ctx);
}

static void read_start(struct acl *a)
{
	a->op = (struct dht_op){
		.done = read_done, .ctx = a, .kind = DHT_GET, .key = bytes_of(ACL_KEY, ACL_KEY_LEN)
	};
	a->counters.reads++;
	if (dht_op_start(a->config.dht, &a->op))
		read_failed(a);
	else
		a->reading = true;
}

enum acl_state acl_state(struct acl *a)
{
	uint64_t age_ns = env_now(a->config.env) - a->read_ns;

	if ((!a->known || age_ns >= ACL_FRESH_NS) && !a->reading && !a->pausing)
		read_start(a);
	/* After a pause of everybody the rules are read first, when they can be. */
	if (a->known && age_ns < (a->failed ? ACL_STALE_NS : ACL_OLD_NS))
		return ACL_READY;
	return a->reading ? ACL_WAIT : ACL_FAILED;
}

bool acl_allows(const struct acl *a, const char *who, enum acl_right right, struct bytes key)
{
	return acl_rules_allow(a->now, who, right, key);
}

bool acl_allows_range(const struct acl *a, const char *who, struct bytes from, struct bytes to)
{
	return acl_rules_allow_range(a->now, who, from, to);
}

const struct acl_rule *acl_quota(const struct acl *a, const char *who, struct bytes key,
				 uint32_t *at)
{
	return acl_rules_quota(a->now, who, key, at);
}

const struct acl_counters *acl_counters(const struct acl *a)
{
	return &a->counters;
}
