// SPDX-License-Identifier: GPL-2.0-or-later
#include "node_lookup.h"

#include <errno.h>

#include <base/assert.h>

/* A query is padded to the longest answer, so that nobody gains by forging its source. */
#define ANSWER_MAX WIRE_LOOKUP_ANSWER_SIZE_MAX

/* A query being answered. */
struct served {
	struct dht_lookup lookup;
	struct lookup_service *service;
	struct xos_addr to;
	uint64_t query_id;
	struct ring_key key;
};

size_t lookup_service_size(void)
{
	return LOOKUP_SERVED_MAX * (sizeof(struct served) + 16) + 64;
}

void lookup_service_init(struct lookup_service *s, struct arena *arena, struct env *env,
			 struct node *ring)
{
	*s = (struct lookup_service){ .env = env, .ring = ring };
	pool_init(&s->served, arena, sizeof(struct served), LOOKUP_SERVED_MAX);
	CDS_INIT_LIST_HEAD(&s->asked);
}

static void send_answer(struct served *q)
{
	struct wire_owner owners[WIRE_LOOKUP_OWNERS];
	struct wire_lookup_answer m = { .query_id = q->query_id, .owners = { .v = owners } };
	uint8_t room[ENV_DGRAM_MSG_MAX];
	struct buf b = buf_of(room, sizeof(room));

	for (uint32_t i = 0; i < q->lookup.n; i++) {
		const struct ring_owner *o = &q->lookup.owners[i];

		if (o->status)
			continue;
		owners[m.owners.n++] =
			(struct wire_owner){ .id = o->id, .addr = o->addr, .class = o->class };
		if (o->arc.epoch > m.epoch)
			m.epoch = o->arc.epoch;
	}
	if (wire_lookup_answer_encode(&m, &b))
		return;
	q->service->answered++;
	env_send(q->service->env, &q->to, ENV_DGRAM, buf_bytes(&b));
}

static void owners_found(struct dht_lookup *lookup)
{
	struct served *q = lookup->ctx;

	/* Without an answer the asker tries again; a wrong answer would be worse. */
	if (lookup->status)
		q->service->unknown++;
	else
		send_answer(q);
	pool_put(&q->service->served, q);
}

static void serve_query(struct lookup_service *s, const struct env_peer *from, struct bytes msg)
{
	struct wire_lookup_query m;
	struct served *q;

	if (wire_lookup_query_decode(msg, &m) || m.key.len > RING_KEY_MAX) {
		s->malformed++;
		return;
	}
	q = pool_get(&s->served);
	if (!q)
		return;
	q->service = s;
	q->to = from->addr;
	q->query_id = m.query_id;
	ring_key_set(&q->key, m.key);
	q->lookup.done = owners_found;
	q->lookup.ctx = q;
	q->lookup.key = ring_key_bytes(&q->key);
	if (node_lookup(s->ring, &q->lookup)) {
		s->unknown++;
		pool_put(&s->served, q);
	}
}

static void finish_ask(struct lookup_ask *ask, int status)
{
	lookup_ask_cancel(ask);
	ask->status = status;
	ask->done(ask);
}

static void take_answer(struct lookup_service *s, struct bytes msg)
{
	struct wire_lookup_answer m;
	struct lookup_ask *ask;
	size_t pos = 0;

	if (wire_lookup_answer_decode(msg, &m)) {
		s->malformed++;
		return;
	}
	cds_list_for_each_entry(ask, &s->asked, node) {
		if (ask->id != m.query_id)
			continue;
		ask->epoch = m.epoch;
		while (ask->owners_n < WIRE_LOOKUP_OWNERS &&
		       wire_owner_list_next(&m.owners, &pos, &ask->owners[ask->owners_n]))
			ask->owners_n++;
		finish_ask(ask, 0);
		return;
	}
}

void lookup_service_recv(struct lookup_service *s, const struct env_peer *from, struct bytes msg)
{
	struct wire_header h;

	if (wire_header_decode(msg, &h)) {
		s->malformed++;
		return;
	}
	if (h.type == WIRE_LOOKUP_QUERY)
		serve_query(s, from, msg);
	else if (h.type == WIRE_LOOKUP_ANSWER)
		take_answer(s, msg);
}

static void send_query(struct lookup_ask *ask)
{
	static const uint8_t zero[ANSWER_MAX];
	struct wire_lookup_query m = {
		.query_id = ask->id,
		.key = ask->key,
		.pad = bytes_of(zero, sizeof(zero)),
		.has_pad = true,
	};
	uint8_t room[ENV_DGRAM_MSG_MAX];
	struct buf b = buf_of(room, sizeof(room));

	/* A long key pads the query by itself. */
	m.has_pad = ask->key.len < sizeof(zero);
	if (m.has_pad)
		m.pad.len = sizeof(zero) - ask->key.len;
	if (wire_lookup_query_encode(&m, &b) == 0)
		env_send(ask->service->env, &ask->via, ENV_DGRAM, buf_bytes(&b));
}

static void ask_again(void *ctx)
{
	struct lookup_ask *ask = ctx;

	if (ask->tries == LOOKUP_TRIES) {
		finish_ask(ask, -ETIMEDOUT);
		return;
	}
	ask->tries++;
	send_query(ask);
	env_timer_set(ask->service->env, &ask->timer, LOOKUP_RETRY_NS);
}

int lookup_ask(struct lookup_service *s, struct lookup_ask *ask)
{
	xassert(ask->done);
	if (ask->key.len > RING_KEY_MAX)
		return -EMSGSIZE;
	ask->service = s;
	ask->id = env_random(s->env);
	ask->tries = 0;
	ask->owners_n = 0;
	ask->timer = (struct env_timer){ .fire = ask_again, .ctx = ask };
	cds_list_add_tail(&ask->node, &s->asked);
	/* The first try goes out from the loop too, so that @done never comes from in here. */
	env_timer_set(s->env, &ask->timer, 0);
	return 0;
}

void lookup_ask_cancel(struct lookup_ask *ask)
{
	env_timer_cancel(ask->service->env, &ask->timer);
	cds_list_del(&ask->node);
}
