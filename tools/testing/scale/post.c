// SPDX-License-Identifier: GPL-2.0-or-later
/* Messages: posted by the cores, lost or delivered some time later. */
#include "scale.h"

#include <stdlib.h>

#include <base/assert.h>
#include <select/select_priv.h>

/* IPv6 and UDP headers, and the envelope of a datagram or of a record of the stream. */
#define AROUND	      (48 + 48)
/* An answer with more machines than this is no datagram (names of 12 bytes). */
#define ANSWER_DGRAM  10
/* Sizes of letters, in steps. */
#define LETTER_SIZE_0 256
#define LETTER_SIZES  6

struct letter {
	struct letter *next;
	struct scale_node *from;
	struct scale_node *to;
	uint32_t from_life;
	uint32_t to_life;
	uint8_t size;
	enum { LETTER_GOSSIP, LETTER_QUERY, LETTER_ANSWER } kind;
	union {
		struct forward_query query;
		struct forward_answer answer;
		/* Only as long as its contacts need. */
		struct gossip_msg gossip;
	};
};

uint32_t scale_index(const struct env_peer *p)
{
	uint32_t i;

	memcpy(&i, p->addr.ip, sizeof(i));
	return i;
}

static uint32_t life_of(const struct env_peer *p)
{
	uint32_t life;

	memcpy(&life, p->id.b + 8, sizeof(life));
	return life;
}

static struct letter *letter_new(struct scale_world *w, size_t len)
{
	uint8_t size = 0;
	struct letter *l;

	while (((size_t)LETTER_SIZE_0 << size) < len)
		size++;
	xassert(size < LETTER_SIZES);
	l = w->free[size];
	if (l)
		w->free[size] = l->next;
	else
		l = malloc((size_t)LETTER_SIZE_0 << size);
	xassert(l);
	l->size = size;
	return l;
}

static void letter_free(struct scale_world *w, struct letter *l)
{
	l->next = w->free[l->size];
	w->free[l->size] = l;
}

static bool is_lost(struct scale_world *w, const struct scale_node *from, uint32_t to, bool dgram)
{
	xassert(to < w->opt.nodes);
	if (w->parted && from->side != w->node[to].side)
		return true;
	return dgram && w->loss_ppm && rng_below(&w->rng, 1000000) < w->loss_ppm;
}

static struct letter *post(struct scale_node *from, const struct env_peer *to, size_t len)
{
	struct scale_world *w = scale_world_of(from->g.env);
	struct letter *l = letter_new(w, len);

	l->from = from;
	l->to = &w->node[scale_index(to)];
	l->from_life = from->life;
	/* Somebody named by his address alone takes the message whoever he is. */
	l->to_life = xos_id_is_zero(&to->id) ? l->to->life : life_of(to);
	queue_add(&w->q,
		  w->now_ns + SCALE_DELAY_MIN +
			  rng_below(&w->rng, SCALE_DELAY_MAX - SCALE_DELAY_MIN),
		  EVENT_LETTER, l);
	return l;
}

/* Messages of joins: searches, greetings and their answers, rumours of who is new. */
static void count_join(struct scale_world *w, struct scale_node *from, uint32_t to,
		       const struct gossip_msg *msg)
{
	uint32_t about = msg->kind == GOSSIP_HERE && msg->n > 1 ? scale_index(&msg->v[1].peer) : to;

	if (msg->kind == GOSSIP_SWAP || msg->kind == GOSSIP_SWAP_ANSWER)
		return;
	from->join++;
	w->node[about].join++;
}

void scale_send_gossip(void *ctx, const struct env_peer *to, const struct gossip_msg *msg)
{
	struct scale_node *n = ctx;
	struct scale_world *w = scale_world_of(n->g.env);
	uint32_t bytes = w->bytes_base[msg->kind] + msg->n * w->bytes_each;
	size_t len = offsetof(struct gossip_msg, v) + msg->n * sizeof(msg->v[0]);
	struct letter *l;

	w->traffic.gossip++;
	w->traffic.kind[msg->kind]++;
	w->traffic.gossip_bytes += bytes + AROUND;
	count_join(w, n, scale_index(to), msg);
	if (is_lost(w, n, scale_index(to), bytes <= ENV_DGRAM_MSG_MAX)) {
		w->traffic.lost++;
		return;
	}
	l = post(n, to, offsetof(struct letter, gossip) + len);
	l->kind = LETTER_GOSSIP;
	memcpy(&l->gossip, msg, len);
}

void scale_send_query(void *ctx, const struct env_peer *to, const struct forward_query *q)
{
	struct scale_node *n = ctx;
	struct scale_world *w = scale_world_of(n->g.env);
	struct letter *l;

	w->traffic.queries++;
	n->load++;
	scale_plan_sent(q->plan);
	if (is_lost(w, n, scale_index(to), true)) {
		w->traffic.lost++;
		return;
	}
	l = post(n, to, sizeof(*l) - sizeof(l->gossip) + sizeof(l->query));
	l->kind = LETTER_QUERY;
	l->query = *q;
	q->plan->refs++;
}

void scale_send_answer(void *ctx, const struct env_peer *to, const struct forward_answer *a)
{
	struct scale_node *n = ctx;
	struct scale_world *w = scale_world_of(n->g.env);
	struct letter *l;

	w->traffic.queries++;
	n->load++;
	if (is_lost(w, n, scale_index(to), a->found.n <= ANSWER_DGRAM)) {
		w->traffic.lost++;
		return;
	}
	l = post(n, to, sizeof(*l) - sizeof(l->gossip) + sizeof(l->answer));
	l->kind = LETTER_ANSWER;
	l->answer = *a;
	l->answer.found = (struct found_list){ .n = 0 };
	for (const struct found_piece *p = a->found.first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n; i++)
			xassert(found_add(&l->answer.found, &w->pieces, &p->v[i]));
	}
}

void scale_arrive(struct scale_world *w, void *letter)
{
	struct letter *l = letter;
	struct scale_node *to = l->to;
	bool comes = to->alive && to->life == l->to_life;
	const struct env_peer from = l->from->g.self.peer;

	/* The sender is known by its identity: one that died is not the one in its place now. */
	comes = comes && l->from_life == l->from->life;
	if (l->kind == LETTER_GOSSIP) {
		if (comes)
			gossip_recv(&to->g, &from, &l->gossip);
	} else if (l->kind == LETTER_QUERY) {
		to->load += comes;
		if (comes)
			forward_query(&to->f, &from, &l->query);
		else
			scale_plan_put(to, l->query.plan);
	} else {
		to->load += comes;
		if (comes)
			forward_answer(&to->f, &from, &l->answer);
		else
			found_free(&l->answer.found, &w->pieces);
	}
	letter_free(w, l);
}

/* --- bytes on the wire ------------------------------------------------------------------ */

static size_t encoded;

static int measure_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
			struct bytes msg)
{
	encoded = msg.len;
	return 0;
}

static uint32_t bytes_of_gossip(struct select *s, enum gossip_kind kind, uint32_t n)
{
	struct gossip_msg m = { .kind = kind, .n = n };
	struct env_peer to = { .addr = { .port = 1 } };

	m.id = kind == GOSSIP_FIND || kind == GOSSIP_FIND_ANSWER;
	select_send_gossip(s, &to, &m);
	return (uint32_t)encoded;
}

/* Attributes have fixed sizes, so a message grows by the same with each contact. */
void scale_post_init(struct scale_world *w)
{
	static const struct env_ops ops = { .send = measure_send };
	struct env env = { .ops = &ops };
	struct select *s = calloc(1, sizeof(*s));

	xassert(s);
	s->env = &env;
	s->out = malloc(SELECT_MSG_MAX);
	xassert(s->out);
	for (uint32_t k = 0; k < GOSSIP_KINDS; k++) {
		uint32_t one = bytes_of_gossip(s, k, 1), two = bytes_of_gossip(s, k, 2);

		w->bytes_each = two - one;
		w->bytes_base[k] = one - w->bytes_each;
		xassert(bytes_of_gossip(s, k, 40) == w->bytes_base[k] + 40 * w->bytes_each);
	}
	free(s->out);
	free(s);
}

void scale_post_exit(struct scale_world *w)
{
	for (uint32_t i = 0; i < LETTER_SIZES; i++) {
		while (w->free[i]) {
			struct letter *l = w->free[i];

			w->free[i] = l->next;
			free(l);
		}
	}
}
