/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For unit tests of the core: one node that is the contact node and the member that serves
 * the client. The client is the test, which signs what it sends with a code of its own.
 */
#ifndef _XOS_MIP6_MIP6_RIG_H
#define _XOS_MIP6_MIP6_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <nettle/hmac.h>
#include <stdlib.h>

#include <env/timers.h>
#include <mip6/mip6.h>

#define SENT_MAX 64
#define TIMERS	 64
#define IP6_LEN	 40
#define HAO_LEN	 24
#define START_NS (1000 * ENV_SEC)

/* What one test works with. */
static struct rig {
	struct env env;
	struct timers timers;
	struct timers_entry heap[TIMERS + 1];
	uint64_t now_ns;
	uint64_t random;
	struct mip6 *m;
	void *memory;
	struct mip6_pair pair;
	struct mh_packet sent[SENT_MAX];
	uint64_t sent_ns[SENT_MAX];
	uint32_t sent_n;
	uint64_t bound_ns;
	uint32_t binds;
	bool connected;
	uint8_t token[2][MH_TOKEN_LEN];
} rig;

static const struct xos_addr self = { .ip = { 0x20, 1, 0xd, 0xb8, [15] = 0x11 }, .port = 7410 };
static const struct xos_addr vip = { .ip = { 0x20, 1, 0xd, 0xb8, [14] = 1, 0 }, .port = 8000 };
static const uint8_t client[MH_IP_LEN] = { 0x20, 1, 0xd, 0xb8, 0, 0xc, [15] = 2 };
static const uint8_t stranger[MH_IP_LEN] = { 0x20, 1, 0xd, 0xb8, 0, 0xd, [15] = 9 };

/* --- the node's world ---------------------------------------------------------------- */

static inline uint64_t rig_now(struct env *env)
{
	return rig.now_ns;
}

static inline uint64_t rig_random(struct env *env)
{
	return rig.random += 0x9e3779b97f4a7c15ULL;
}

static inline void rig_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	timer->deadline_ns = rig.now_ns + delay_ns;
	timers_set(&rig.timers, timer, timer->deadline_ns);
}

static inline void rig_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&rig.timers, timer);
}

static inline int rig_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
			   struct bytes msg)
{
	return 0;
}

static const struct env_ops env_ops = {
	.now = rig_now,
	.wall = rig_now,
	.random = rig_random,
	.timer_set = rig_timer_set,
	.timer_cancel = rig_timer_cancel,
	.send = rig_send,
};

static inline void op_send(void *ctx, const struct mh_packet *p)
{
	assert_true(rig.sent_n < SENT_MAX);
	rig.sent_ns[rig.sent_n] = rig.now_ns;
	rig.sent[rig.sent_n++] = *p;
}

static inline void op_bind(void *ctx, const struct mip6_pair *pair, uint64_t lifetime_ns)
{
	assert_memory_equal(pair->client, client, MH_IP_LEN);
	rig.bound_ns = lifetime_ns;
	rig.binds++;
}

static inline bool op_contact(void *ctx, const struct xos_addr *addr, struct xos_addr *out)
{
	*out = self;
	return true;
}

static inline bool op_member(void *ctx, const struct xos_addr *group, const struct xos_addr *addr)
{
	return true;
}

static const struct mip6_ops ops = {
	.send = op_send,
	.bind = op_bind,
	.contact = op_contact,
	.member = op_member,
};

static inline void scan(void)
{
	mip6_scan_begin(rig.m);
	if (rig.connected)
		mip6_scan_seen(rig.m, &rig.pair, false);
	mip6_scan_end(rig.m);
}

/* Time passes; the daemon looks at its connections once a second. */
static inline void pass(uint64_t ns)
{
	uint64_t end = rig.now_ns + ns, next_scan = rig.now_ns + ENV_SEC;
	struct env_timer *t;

	for (;;) {
		uint64_t timer = timers_next(&rig.timers);
		uint64_t next = timer < next_scan ? timer : next_scan;

		if (next > end)
			break;
		if (next > rig.now_ns)
			rig.now_ns = next;
		t = timers_pop(&rig.timers, next);
		if (t)
			t->fire(t->ctx);
		if (next == next_scan) {
			scan();
			next_scan += ENV_SEC;
		}
	}
	rig.now_ns = end;
}

static inline int setup(void **state)
{
	struct mip6_config c = { .env = &rig.env, .ops = &ops, .self = self };
	struct arena arena;

	rig = (struct rig){ .now_ns = START_NS, .connected = true };
	rig.env.ops = &env_ops;
	timers_init(&rig.timers, rig.heap, TIMERS);
	rig.pair.vip = vip;
	memcpy(rig.pair.client, client, MH_IP_LEN);
	memset(rig.token[0], 0x11, MH_TOKEN_LEN);
	memset(rig.token[1], 0x22, MH_TOKEN_LEN);
	rig.memory = aligned_alloc(16, MIP6_ARENA_LEN);
	assert_non_null(rig.memory);
	arena_init(&arena, rig.memory, MIP6_ARENA_LEN);
	c.arena = &arena;
	rig.m = mip6_init(&c);
	scan();
	return 0;
}

static inline int teardown(void **state)
{
	free(rig.memory);
	return 0;
}

/* --- the client ---------------------------------------------------------------------- */

static inline uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline const uint8_t *mh_of(const struct mh_packet *p)
{
	return p->b + IP6_LEN + (p->b[6] == 60 ? HAO_LEN : 0);
}

/* Does it remove a binding: a binding update from the vip itself? */
static inline bool is_removal(const struct mh_packet *p)
{
	return mh_of(p)[2] == MH_BU && p->b[6] == MH_PROTO;
}

/* How many messages of a type were sent, and the latest one; removals are no updates. */
static inline uint32_t sent(enum mh_type type, const struct mh_packet **last)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < rig.sent_n; i++) {
		if (mh_of(&rig.sent[i])[2] != type || is_removal(&rig.sent[i]))
			continue;
		if (last)
			*last = &rig.sent[i];
		n++;
	}
	return n;
}

static const struct mh_packet *latest(enum mh_type type)
{
	const struct mh_packet *p = NULL;

	assert_true(sent(type, &p) > 0);
	return p;
}

static inline void forget_sent(void)
{
	rig.sent_n = 0;
}

static inline void receive(const uint8_t *from, const uint8_t *to, const uint8_t *mh, size_t len)
{
	mip6_packet(rig.m, from, to, bytes_of(mh, len));
}

/* The answer to a test init, with a cookie, token and nonce index. */
static inline void answer(enum mh_type type, const uint8_t *from, const uint8_t *to,
			  const uint8_t *cookie)
{
	uint8_t out[24] = { 59, 2, (uint8_t)type, [7] = type == MH_HOT ? 7 : 9 };

	memcpy(out + 8, cookie, MH_COOKIE_LEN);
	memcpy(out + 16, rig.token[type == MH_HOT ? 0 : 1], MH_TOKEN_LEN);
	receive(from, to, out, sizeof(out));
}

static inline void answer_home(void)
{
	answer(MH_HOT, client, vip.ip, mh_of(latest(MH_HOTI)) + 8);
}

static inline void answer_care(void)
{
	answer(MH_COT, client, self.ip, mh_of(latest(MH_COTI)) + 8);
}

static inline void sign(uint8_t *mh, const uint8_t *kbm, const uint8_t *care_of)
{
	struct hmac_sha1_ctx ctx;

	hmac_sha1_set_key(&ctx, MH_KBM_LEN, kbm);
	hmac_sha1_update(&ctx, MH_IP_LEN, care_of);
	hmac_sha1_update(&ctx, MH_IP_LEN, client);
	hmac_sha1_update(&ctx, 20, mh);
	hmac_sha1_digest(&ctx, MH_AUTH_LEN, mh + 20);
}

static inline void ack_head(uint8_t *out, uint8_t status, uint16_t seq, uint16_t units)
{
	const uint8_t head[20] = {
		59,
		3,
		MH_BA,
		[6] = status,
		[8] = (uint8_t)(seq >> 8),
		(uint8_t)seq,
		(uint8_t)(units >> 8),
		(uint8_t)units,
		1,
		4,
		[18] = 5,
		MH_AUTH_LEN,
	};

	memset(out, 0, 32);
	memcpy(out, head, sizeof(head));
}

/* A signed acknowledgement. */
static inline void ack(uint8_t status, uint16_t seq, uint16_t units)
{
	uint8_t out[32], kbm[MH_KBM_LEN];

	mh_kbm(rig.token[0], rig.token[1], kbm);
	ack_head(out, status, seq, units);
	sign(out, kbm, self.ip);
	receive(client, vip.ip, out, sizeof(out));
}

/* One without binding authorisation data. */
static inline void ack_bare(uint8_t status, uint16_t seq, uint16_t units)
{
	uint8_t out[32];

	ack_head(out, status, seq, units);
	out[1] = 1;
	out[13] = 2;
	receive(client, vip.ip, out, 16);
}

static inline uint16_t seq_sent(void)
{
	return get16(mh_of(latest(MH_BU)) + 6);
}

static inline void refresh_request(void)
{
	static const uint8_t brr[8] = { 59, 0, MH_BRR };

	receive(client, vip.ip, brr, sizeof(brr));
}

static inline void binding_error(uint8_t status)
{
	uint8_t out[24] = { 59, 2, MH_BE, [6] = status };

	memcpy(out + 8, vip.ip, MH_IP_LEN);
	receive(client, self.ip, out, sizeof(out));
}

/* Both tests passed, the update not yet acknowledged. */
static inline void to_sent(void)
{
	answer_home();
	answer_care();
	assert_int_equal(sent(MH_BU, NULL), 1);
}

static inline void to_bound(void)
{
	to_sent();
	ack(0, seq_sent(), 105);
	assert_int_equal(rig.bound_ns, 420 * ENV_SEC);
	forget_sent();
}

static inline bool bound(void)
{
	return rig.bound_ns != 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
