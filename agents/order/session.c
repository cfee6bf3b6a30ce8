// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sessions of clients, part of the replicated state: everything here follows
 * from the applied entries alone, so all replicas decide alike. In the order
 * of their numbers: those that were opened, whose numbers rise, then the keys.
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

/* How many have been opened; the others are keys. */
static uint32_t opened(const struct order_group *g)
{
	return lower(g, ORDER_KEY);
}

/* Forget the one of @from to @to that was used longest ago; its memory for replies moves to the end. */
static void evict(struct order_group *g, uint32_t from, uint32_t to)
{
	uint32_t oldest = from;
	struct osession gone;

	for (uint32_t i = from + 1; i < to; i++) {
		if (g->session[i].used < g->session[oldest].used)
			oldest = i;
	}
	if (MUTANT(order_evict_locally))
		oldest = from + (uint32_t)env_random_below(g->o->env, to - from);
	gone = g->session[oldest];
	g->session_n--;
	memmove(&g->session[oldest], &g->session[oldest + 1],
		(g->session_n - oldest) * sizeof(gone));
	g->session[g->session_n] = (struct osession){ .reply = gone.reply };
	g->o->stats.evicted++;
	if (g->service->evicted)
		g->service->evicted(g->ctx, gone.id);
}

static struct osession *insert(struct order_group *g, uint64_t id, uint64_t used)
{
	uint32_t at = lower(g, id);
	uint8_t *reply = g->session[g->session_n].reply;
	struct osession *s = &g->session[at];

	memmove(s + 1, s, (g->session_n - at) * sizeof(*s));
	g->session_n++;
	*s = (struct osession){ .id = id, .used = used, .reply = reply };
	return s;
}

void session_open(struct order_group *g, uint64_t id)
{
	uint32_t n = opened(g);

	if (n == g->o->cfg.sessions_max)
		evict(g, 0, n);
	insert(g, id, id);
}

struct osession *session_open_key(struct order_group *g, uint64_t key, uint64_t used)
{
	uint32_t n = opened(g);

	if (g->session_n - n == g->o->cfg.keys_max)
		evict(g, n, g->session_n);
	return insert(g, key, used);
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

		if (in.id & ORDER_KEY && MUTANT(order_key_not_saved))
			continue;
		if (g->session_n == session_room(&g->o->cfg) ||
		    in.reply.len > g->o->cfg.reply_max || in.state > OSESSION_FORGOTTEN)
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
	if (opened(g) > g->o->cfg.sessions_max || g->session_n - opened(g) > g->o->cfg.keys_max)
		return -EPROTO;
	return 0;
}
