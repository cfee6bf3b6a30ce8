// SPDX-License-Identifier: GPL-2.0-or-later
#include "hostile/hostile.h"

#include <stdlib.h>
#include <string.h>

#include <gnutls/crypto.h>

#include <base/assert.h>
#include <base/be.h>
#include <wire/lookup.h>
#include <wire/wire.h>

#include "chance.h"
#include "machine.h"
#include "hostile/ward.h"

#define HEARD_MAX   64
#define WIRE_MAX    (ENV_DGRAM_MSG_MAX + ENV_GUARD_DGRAM_MAX)
#define HELLO_MAX   4096
#define KIND_LOOKUP 0
#define KIND_PAIR   1

/**
 * struct heard - a datagram that was on the wire
 * @number: its number; 0: none
 * @from: sender
 * @to: receiver
 * @taken: in which of its lives the receiver has taken it; 0: not yet
 * @len: bytes in @data
 * @data: the datagram
 */
struct heard {
	uint64_t number;
	uint32_t from;
	uint32_t to;
	uint64_t taken;
	size_t len;
	uint8_t data[WIRE_MAX];
};

/**
 * struct hostile - the attacker
 * @ward: it has a clock and such, like machine 0; its certificate nobody should believe
 * @heard: what it heard last
 * @last: number of the newest
 * @hello: first words of a stream
 * @hello_len: bytes in @hello
 * @hello_to: who was called
 * @tamper: the next bytes of a stream are changed
 */
struct hostile {
	struct ward ward;
	struct heard heard[HEARD_MAX];
	uint64_t last;
	uint8_t hello[HELLO_MAX];
	size_t hello_len;
	uint32_t hello_to;
	bool tamper;
};

static const struct xos_addr hostile_addr = { .ip = { 0xfd, 0xff }, .port = 6666 };

static struct heard *heard_find(struct hostile *h, uint64_t number)
{
	struct heard *d = &h->heard[number % HEARD_MAX];

	return number && d->number == number ? d : NULL;
}

uint64_t hostile_hears_dgram(struct sim *s, uint32_t from, uint32_t to, struct bytes dgram)
{
	struct hostile *h = s->hostile;
	struct heard *d;

	if (!h)
		return 0;
	d = &h->heard[++h->last % HEARD_MAX];
	*d = (struct heard){ .number = h->last, .from = from, .to = to, .len = dgram.len };
	xassert(dgram.len <= sizeof(d->data));
	memcpy(d->data, dgram.data, dgram.len);
	return d->number;
}

void hostile_opened(struct sim *s, uint64_t number)
{
	struct heard *d = s->hostile ? heard_find(s->hostile, number) : NULL;

	if (d)
		d->taken = s->machines[d->to].boots;
}

void hostile_hears(struct sim *s, uint32_t to, struct bytes hello)
{
	struct hostile *h = s->hostile;

	if (!h || hello.len > sizeof(h->hello))
		return;
	memcpy(h->hello, hello.data, hello.len);
	h->hello_len = hello.len;
	h->hello_to = to;
}

bool hostile_tampers(struct link *l, uint8_t *data, size_t len)
{
	struct hostile *h = l->sim->hostile;
	uint64_t bit;

	if (!h || !h->tamper || !len)
		return false;
	h->tamper = false;
	bit = rng_below(&h->ward.rng, len * 8);
	data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	return true;
}

/* --- datagrams ---------------------------------------------------------------------- */

/* Does the machine take it? Then its node gets the message, as in life. */
static bool inject(struct sim *s, uint32_t to, uint32_t as, struct bytes dgram)
{
	struct machine *m = &s->machines[to];
	struct env_peer from = { .addr = net_addr(as) };
	struct bytes msg;

	s->stats.attacks++;
	if (!m->node || m->paused_until_ns > s->now_ns || !ward_open(m, as, dgram, &from.id, &msg))
		return false;
	machine_enter(m);
	node_recv(m->node, &from, ENV_DGRAM, msg);
	machine_leave(m);
	return true;
}

static void must_not(struct sim *s, uint32_t to, const char *what, bool taken)
{
	if (taken)
		sim_fail(s, "hostile", "n%02u took %s", to, what);
}

static void send_garbage(struct sim *s, struct hostile *h, const struct heard *d)
{
	struct rng *r = &h->ward.rng;
	uint8_t data[WIRE_MAX + 64];
	size_t len = rng_below(r, sizeof(data) + 1);
	size_t kept = chance_hit(r, CHANCE_CERTAIN / 2) ? rng_below(r, SECURE_DGRAM_HDR + 1) : 0;
	uint32_t to = (uint32_t)rng_below(r, s->plan.nodes);

	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)rng_next(r);
	if (kept <= len)
		memcpy(data, d->data, kept);
	must_not(s, to, "garbage", inject(s, to, d->from, bytes_of(data, len)));
}

static void send_again(struct sim *s, struct hostile *h, struct heard *d)
{
	uint64_t life = s->machines[d->to].boots;
	bool before = d->taken == life;

	if (!inject(s, d->to, d->from, bytes_of(d->data, d->len)))
		return;
	/* Lookups may be asked twice; one that had not come yet is only late. */
	must_not(s, d->to, "a datagram twice", before && d->data[5] != KIND_LOOKUP);
	d->taken = life;
}

static void send_back(struct sim *s, struct hostile *h, const struct heard *d)
{
	must_not(s, d->from, "its own datagram",
		 inject(s, d->from, d->to, bytes_of(d->data, d->len)));
}

/* A key of all members opens it anywhere; one of two peers must not. */
static void send_elsewhere(struct sim *s, struct hostile *h, const struct heard *d)
{
	uint32_t to = (uint32_t)rng_below(&h->ward.rng, s->plan.nodes);

	if (to != d->to && to != d->from && d->data[5] == KIND_PAIR)
		must_not(s, to, "a datagram for another node",
			 inject(s, to, d->from, bytes_of(d->data, d->len)));
}

static void send_changed(struct sim *s, struct hostile *h, const struct heard *d)
{
	struct rng *r = &h->ward.rng;
	uint8_t data[WIRE_MAX];
	size_t len = d->len;
	uint64_t bit;

	memcpy(data, d->data, len);
	if (chance_hit(r, CHANCE_CERTAIN / 3))
		len = rng_below(r, len);
	bit = rng_below(r, d->len * 8);
	if (len == d->len)
		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	must_not(s, d->to, "a changed datagram", inject(s, d->to, d->from, bytes_of(data, len)));
}

/* What a member would send, under a member's name, with a key that the attacker made. */
static void send_forged(struct sim *s, struct hostile *h, const struct heard *d)
{
	uint8_t data[SECURE_DGRAM_HDR + WIRE_LOOKUP_QUERY_SIZE_MAX + SECURE_DGRAM_MAC], mac[32];
	struct wire_lookup_query m = { .query_id = rng_next(&h->ward.rng), .key = bytes_str("k") };
	struct buf b = buf_of(data + SECURE_DGRAM_HDR, WIRE_LOOKUP_QUERY_SIZE_MAX);
	uint8_t key[32];
	size_t len;

	xassert(!wire_lookup_query_encode(&m, &b));
	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)rng_next(&h->ward.rng);
	len = SECURE_DGRAM_HDR + b.len;
	memcpy(data, d->data, SECURE_DGRAM_HDR);
	data[5] = KIND_LOOKUP;
	be64_store(data + 8, UINT64_MAX / 2 + rng_below(&h->ward.rng, 1000));
	xassert(!gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, sizeof(key), data, len, mac));
	memcpy(data + len, mac, SECURE_DGRAM_MAC);
	must_not(s, d->to, "a forged datagram",
		 inject(s, d->to, d->from, bytes_of(data, len + SECURE_DGRAM_MAC)));
}

/* --- streams -------------------------------------------------------------------------- */

static const struct env_peer self = { .id = { { 0x66 } }, .addr = { .port = 6666 } };

/* Words of the attacker's to a machine; whatever they are, it must not believe them. */
static void call_with(struct sim *s, uint32_t to, uint8_t *data, size_t len)
{
	struct machine *m = &s->machines[to];
	const struct env_peer it = { .id = m->id, .addr = m->addr };
	struct wire_end end = { .out_len = 0 }, mouth = { .out = data, .out_len = len };

	if (!m->node) {
		free(data);
		return;
	}
	wire_end_open(&end, m->ward->secure, false, &it, &hostile_addr);
	wire_end_take(&end, &mouth);
	must_not(s, to, "words that are no handshake", end.opened || end.got_n);
	wire_end_close(&end);
}

static void call_garbage(struct sim *s, struct hostile *h, const struct heard *d)
{
	struct rng *r = &h->ward.rng;
	size_t len = 1 + rng_below(r, 2000);
	uint8_t *data = malloc(len);

	xassert(data);
	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)rng_next(r);
	call_with(s, (uint32_t)rng_below(r, s->plan.nodes), data, len);
}

/* A handshake that was heard, whole or cut off. */
static void call_again(struct sim *s, struct hostile *h, const struct heard *d)
{
	struct rng *r = &h->ward.rng;
	size_t len = h->hello_len;
	uint8_t *data = malloc(len + 1);

	xassert(data);
	memcpy(data, h->hello, len);
	if (len && chance_hit(r, CHANCE_CERTAIN / 2))
		len = rng_below(r, len);
	call_with(s, h->hello_to, data, len);
}

/* A certificate of another authority, with the grid's own names in it. */
static void call_stranger(struct sim *s, struct hostile *h, const struct heard *d)
{
	struct machine *m = &s->machines[rng_below(&h->ward.rng, s->plan.nodes)];
	const struct env_peer it = { .id = m->id, .addr = m->addr };
	struct wire_end there = { .out_len = 0 }, here = { .out_len = 0 };

	if (!m->node)
		return;
	wire_end_open(&there, m->ward->secure, false, &it, &hostile_addr);
	wire_end_open(&here, h->ward.secure, true, &self, &m->addr);
	wire_pump(&here, &there);
	must_not(s, m->index, "a stranger for a member", there.opened || there.got_n);
	wire_end_close(&here);
	wire_end_close(&there);
}

static void tamper(struct sim *s, struct hostile *h, const struct heard *d)
{
	/* Who can cut streams for ever can keep a grid from healing. */
	h->tamper = s->faults;
}

/* --- what it does when ------------------------------------------------------------------ */

static void act(void *ctx, uint64_t arg);

static void act_later(struct sim *s)
{
	sim_after(s, chance_exp(&s->hostile->ward.rng, s->plan.net.hostile_every_ms * ENV_MS) + 1,
		  act, s, 0);
}

static void act(void *ctx, uint64_t arg)
{
	static void (*const dgrams[])(struct sim *, struct hostile *, const struct heard *) = {
		send_garbage, send_back, send_elsewhere, send_changed, send_forged
	};
	static void (*const streams[])(struct sim *, struct hostile *,
				       const struct heard *) = { call_garbage, call_again,
								 call_stranger, tamper };
	struct sim *s = ctx;
	struct hostile *h = s->hostile;
	struct rng *r = &h->ward.rng;
	struct heard *d = heard_find(h, h->last - rng_below(r, HEARD_MAX));

	act_later(s);
	if (!d)
		return;
	if (chance_hit(r, CHANCE_CERTAIN / 10)) {
		s->stats.attacks++;
		streams[rng_below(r, sizeof(streams) / sizeof(*streams))](s, h, d);
	} else if (chance_hit(r, CHANCE_CERTAIN / 3)) {
		send_again(s, h, d);
	} else {
		dgrams[rng_below(r, sizeof(dgrams) / sizeof(*dgrams))](s, h, d);
	}
}

void hostile_start(struct sim *s)
{
	struct hostile *h;
	struct machine *m = &s->machines[0];

	if (!s->plan.net.hostile_every_ms)
		return;
	h = calloc(1, sizeof(*h));
	xassert(h);
	h->ward = *m->ward;
	rng_seed(&h->ward.rng, s->plan.seed * 31337);
	machine_enter(m);
	h->ward.secure = ward_secure(&h->ward.env, &self.id, true);
	secure_stop(h->ward.secure);
	machine_leave(m);
	s->hostile = h;
	act_later(s);
}

void hostile_exit(struct sim *s)
{
	if (!s->hostile)
		return;
	secure_destroy(s->hostile->ward.secure);
	free(s->hostile);
	s->hostile = NULL;
}
