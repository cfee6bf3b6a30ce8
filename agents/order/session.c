// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sessions of clients, part of the replicated state: everything here follows
 * from the applied entries alone, so all replicas decide alike. In the order
 * of their numbers, which rise.
 */
#include <order/order_priv.h>

/* First session with a number of at least @id. */
static uint32_t lower(const struct order_group *g, uint64_t id)
{
	uint32_t lo = 0, hi = g->session_n;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (g->session[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct osession *session_find(const struct order_group *g, uint64_t id)
{
	uint32_t at = lower(g, id);

	return at < g->session_n && g->session[at].id == id ? &g->session[at] : NULL;
}

/* Forget the one that was used longest ago; its memory for replies moves to the end. */
static void evict(struct order_group *g)
{
	uint32_t oldest = 0;
	struct osession gone;

	for (uint32_t i = 1; i < g->session_n; i++) {
		if (g->session[i].used < g->session[oldest].used)
			oldest = i;
	}
	if (MUTANT(order_evict_locally))
		oldest = (uint32_t)env_random_below(g->o->env, g->session_n);
	gone = g->session[oldest];
	g->session_n--;
	memmove(&g->session[oldest], &g->session[oldest + 1],
		(g->session_n - oldest) * sizeof(gone));
	g->session[g->session_n] = (struct osession){ .reply = gone.reply };
	g->o->stats.evicted++;
	if (g->service->evicted)
		g->service->evicted(g->ctx, gone.id);
}

void session_open(struct order_group *g, uint64_t id)
{
	struct osession *s;

	if (g->session_n == g->o->cfg.sessions_max)
		evict(g);
	xassert(!g->session_n || g->session[g->session_n - 1].id < id);
	s = &g->session[g->session_n++];
	*s = (struct osession){ .id = id, .used = id, .reply = s->reply };
}

void session_clear(struct order_group *g)
{
	g->session_n = 0;
}

uint32_t session_save(const struct order_group *g, uint32_t at, uint32_t bytes,
		      struct wire_order_session *v)
{
	uint32_t n = 0, used = 0;

	for (; at + n < g->session_n; n++) {
		const struct osession *s = &g->session[at + n];

		/* Numbers and headers of attributes take less than 80 bytes. */
		used += 80 + s->reply_len;
		if (n && used > bytes)
			break;
		v[n] = (struct wire_order_session){
			.id = s->id,
			.seq = s->seq,
			.used = s->used,
			.state = s->state,
			.reply = bytes_of(s->reply, s->reply_len),
		};
	}
	return n;
}

int session_load(struct order_group *g, const struct wire_order_session_list *list)
{
	struct wire_order_session in;
	size_t pos = 0;

	while (wire_order_session_list_next(list, &pos, &in)) {
		struct osession *s = &g->session[g->session_n];

		if (g->session_n == g->o->cfg.sessions_max || in.reply.len > g->o->cfg.reply_max ||
		    in.state > OSESSION_FORGOTTEN)
			return -EPROTO;
		if (g->session_n && s[-1].id >= in.id)
			return -EPROTO;
		*s = (struct osession){ .id = in.id, .seq = in.seq, .reply = s->reply };
		s->used = in.used;
		s->state = in.state;
		s->reply_len = (uint32_t)in.reply.len;
		if (in.reply.len)
			memcpy(s->reply, in.reply.data, in.reply.len);
		g->session_n++;
	}
	return 0;
}
