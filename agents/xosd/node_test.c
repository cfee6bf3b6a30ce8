// SPDX-License-Identifier: GPL-2.0-or-later
/* Whole nodes in virtual time: a few of them, no faults but those that a test asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <base/assert.h>
#include <base/rng.h>
#include <env/timers.h>
#include <overlay/page.h>
#include <store/store_mem.h>
#include <wire/dht.h>
#include <wire/overlay.h>
#include <wire/txn.h>
#include <xosd/node.h>

#define NODES_MAX  6
#define TIMERS_MAX 256
#define DELAY_NS   (200 * 1000ULL)
#define SYNC_NS	   (1 * ENV_MS)

struct letter {
	struct letter *next;
	uint64_t due_ns;
	uint32_t from;
	uint32_t to;
	enum env_channel channel;
	size_t len;
	uint8_t data[];
};

struct grid;

struct peer {
	struct env env;
	struct grid *grid;
	uint32_t index;
	struct node *node;
	void *memory;
	struct store_mem *disk;
	uint64_t sync_ns;
	struct timers timers;
	struct timers_entry heap[TIMERS_MAX + 1];
};

/* A crash that waits for its moment: the @left-th message of @type, to or from @victim. */
struct trap {
	uint16_t type;
	uint32_t victim;
	bool after;
	uint32_t keep;
	bool sprung;
};

struct grid {
	uint64_t now_ns;
	struct rng rng;
	struct letter *letters;
	struct trap trap;
	/* Does the network lose it? NULL: it loses nothing. */
	bool (*lost)(const struct letter *l);
	struct peer peer[NODES_MAX];
};

static struct xos_addr addr_of(uint32_t index)
{
	struct xos_addr a = { .ip = { 0xfd }, .port = 7400 };

	a.ip[15] = (uint8_t)(index + 1);
	return a;
}

static struct peer *peer_of(struct env *env)
{
	return (struct peer *)env;
}

static uint64_t test_now(struct env *env)
{
	return peer_of(env)->grid->now_ns;
}

static uint64_t test_random(struct env *env)
{
	return rng_next(&peer_of(env)->grid->rng);
}

static void test_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	timers_set(&peer_of(env)->timers, timer, test_now(env) + delay_ns);
}

static void test_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&peer_of(env)->timers, timer);
}

static int test_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
		     struct bytes msg)
{
	struct grid *g = peer_of(env)->grid;
	struct letter *l = malloc(sizeof(*l) + msg.len), **at = &g->letters;

	assert_non_null(l);
	assert_true(msg.len <= (channel == ENV_DGRAM ? ENV_DGRAM_MSG_MAX : ENV_STREAM_MSG_MAX));
	assert_true(to->ip[15] >= 1 && to->ip[15] <= NODES_MAX);
	*l = (struct letter){ .due_ns = g->now_ns + DELAY_NS, .channel = channel, .len = msg.len };
	l->from = peer_of(env)->index;
	l->to = to->ip[15] - 1u;
	memcpy(l->data, msg.data, msg.len);
	while (*at)
		at = &(*at)->next;
	*at = l;
	return 0;
}

static void test_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
	char line[256];

	vsnprintf(line, sizeof(line), fmt, args);
}

static const struct env_ops test_ops = {
	.now = test_now,
	.wall = test_now,
	.random = test_random,
	.timer_set = test_timer_set,
	.timer_cancel = test_timer_cancel,
	.send = test_send,
	.log = test_log,
};

static void on_wakeup(void *ctx)
{
	struct peer *p = ctx;

	p->sync_ns = p->grid->now_ns + SYNC_NS;
}

static void boot(struct grid *g, uint32_t i)
{
	struct node_config cfg = { .addr = addr_of(i), .grid = "test", .replicas = 3, .ops_max = 8 };
	struct peer *p = &g->peer[i];
	struct store_mem_config disk = { .wakeup = on_wakeup, .ctx = p };
	struct arena arena;
	size_t size;

	assert_null(p->node);
	snprintf(cfg.machine, sizeof(cfg.machine), "m%u", i);
	cfg.create = i == 0;
	cfg.chunk_max = 256;
	cfg.seeds_n = 1;
	cfg.seeds[0] = addr_of(0);
	if (!p->disk)
		p->disk = store_mem_create(&disk);
	p->env.ops = &test_ops;
	p->grid = g;
	p->index = i;
	p->sync_ns = UINT64_MAX;
	timers_init(&p->timers, p->heap, TIMERS_MAX);
	size = node_arena_size(&cfg);
	p->memory = calloc(1, size);
	arena_init(&arena, p->memory, size);
	assert_int_equal(node_init(&arena, &p->env, store_mem_store(p->disk), &cfg, &p->node), 0);
	assert_int_equal(node_start(p->node), 0);
}

static void crash(struct grid *g, uint32_t i, uint32_t keep)
{
	struct peer *p = &g->peer[i];

	assert_non_null(p->node);
	store_mem_crash(p->disk, keep);
	free(p->memory);
	p->memory = NULL;
	p->node = NULL;
	p->sync_ns = UINT64_MAX;
}

static bool trapped(struct grid *g, const struct letter *l)
{
	struct wire_header h;

	return g->trap.type && !g->trap.sprung && g->peer[g->trap.victim].node &&
	       (l->from == g->trap.victim || l->to == g->trap.victim) &&
	       !wire_header_decode(bytes_of(l->data, l->len), &h) && h.type == g->trap.type;
}

static void deliver(struct grid *g, struct letter *l)
{
	bool trap = trapped(g, l);
	struct env_peer from = { .addr = addr_of(l->from) };

	if (trap && !g->trap.after)
		crash(g, g->trap.victim, g->trap.keep);
	if (g->peer[l->to].node && g->peer[l->from].node && !(g->lost && g->lost(l))) {
		from.id = *node_id(g->peer[l->from].node);
		node_recv(g->peer[l->to].node, &from, l->channel, bytes_of(l->data, l->len));
	}
	if (trap && g->trap.after)
		crash(g, g->trap.victim, g->trap.keep);
	g->trap.sprung |= trap;
	free(l);
}

/* Let the next thing happen. */
static void step(struct grid *g)
{
	uint64_t due = g->letters ? g->letters->due_ns : UINT64_MAX;
	struct peer *who = NULL;
	struct env_timer *timer;
	struct letter *l;

	for (uint32_t i = 0; i < NODES_MAX; i++) {
		struct peer *p = &g->peer[i];
		uint64_t t = p->node ? timers_next(&p->timers) : UINT64_MAX;

		if (p->node && p->sync_ns < t)
			t = p->sync_ns;
		if (t < due) {
			due = t;
			who = p;
		}
	}
	assert_true(due < UINT64_MAX);
	if (due > g->now_ns)
		g->now_ns = due;
	if (!who) {
		l = g->letters;
		g->letters = l->next;
		deliver(g, l);
	} else if (who->sync_ns <= g->now_ns) {
		who->sync_ns = UINT64_MAX;
		store_mem_sync(who->disk, STORE_MEM_ALL);
	} else {
		timer = timers_pop(&who->timers, g->now_ns);
		if (timer)
			timer->fire(timer->ctx);
	}
}

static void run(struct grid *g, uint64_t ns)
{
	uint64_t end = g->now_ns + ns;

	while (g->now_ns < end)
		step(g);
}

struct walked {
	struct ring_walk walk;
	bool done;
	uint32_t members;
	uint32_t serving;
	uint32_t class[RING_CLASSES_MAX];
};

static void on_member(struct ring_walk *walk, const struct ring_member *m)
{
	struct walked *w = walk->ctx;

	w->members++;
	w->class[m->arc.class]++;
}

static void on_walked(struct ring_walk *walk)
{
	struct walked *w = walk->ctx;

	w->done = true;
}

static struct walked walk(struct grid *g, uint32_t i)
{
	struct walked w = { .walk = { .member = on_member, .done = on_walked } };

	w.walk.ctx = &w;
	assert_int_equal(node_walk(g->peer[i].node, &w.walk), 0);
	while (!w.done)
		step(g);
	return w;
}

/* Run until a walk shows @n nodes whose arcs tile the ring. */
static void settle(struct grid *g, uint32_t n)
{
	for (int i = 0; i < 600; i++) {
		struct walked w;

		run(g, 100 * ENV_MS);
		w = walk(g, 0);
		for (uint32_t k = 0; k < NODES_MAX; k++)
			w.serving += g->peer[k].node && node_serving(g->peer[k].node);
		if (!w.walk.status && w.walk.complete && w.walk.count == n && w.serving == n)
			return;
	}
	fail_msg("the ring does not settle at %u nodes", n);
}

struct asked {
	struct dht_op op;
	bool done;
	char value[64];
	uint32_t items;
	char last[64];
};

static void on_done(struct dht_op *op)
{
	struct asked *a = op->ctx;
	struct dht_item item;
	size_t pos = 0;

	a->done = true;
	if (op->kind == DHT_GET && !op->status && op->value.len < sizeof(a->value))
		memcpy(a->value, op->value.data, op->value.len);
	while (op->kind == DHT_RANGE && !op->status && dht_op_item(op, &pos, &item)) {
		char key[64] = { 0 };

		memcpy(key, item.key.data, item.key.len);
		assert_true(strcmp(key, a->last) > 0);
		memcpy(a->last, key, sizeof(key));
		a->items++;
	}
}

static struct asked ask(struct grid *g, uint32_t i, enum dht_kind kind, const char *key,
			const char *value)
{
	struct asked a = { .op = { .done = on_done, .kind = kind } };

	a.op.ctx = &a;
	a.op.key = bytes_str(key);
	a.op.value = value ? bytes_str(value) : bytes_of(NULL, 0);
	assert_int_equal(node_op(g->peer[i].node, &a.op), 0);
	assert_false(a.done);
	while (!a.done)
		step(g);
	return a;
}

static void key_name(char *out, size_t size, uint32_t i)
{
	snprintf(out, size, "%c-key-%02u", 'a' + i % 26, i);
}

static void fill(struct grid *g, uint32_t n)
{
	char key[32], value[32];

	for (uint32_t i = 0; i < n; i++) {
		key_name(key, sizeof(key), i);
		snprintf(value, sizeof(value), "value-%u", i);
		assert_int_equal(ask(g, i % 3, DHT_PUT, key, value).op.status, 0);
	}
}

static void check_all(struct grid *g, uint32_t via, uint32_t n)
{
	char key[32], value[32];
	struct asked a;

	for (uint32_t i = 0; i < n; i++) {
		key_name(key, sizeof(key), i);
		snprintf(value, sizeof(value), "value-%u", i);
		a = ask(g, via, DHT_GET, key, NULL);
		assert_int_equal(a.op.status, 0);
		assert_string_equal(a.value, value);
	}
	a = ask(g, via, DHT_RANGE, "", NULL);
	assert_int_equal(a.op.status, 0);
	assert_int_equal(a.items, n);
	assert_false(a.op.more);
}

static struct grid *grid_new(uint64_t seed)
{
	struct grid *g = calloc(1, sizeof(*g));

	assert_non_null(g);
	g->now_ns = ENV_SEC;
	rng_seed(&g->rng, seed);
	return g;
}

static void grid_free(struct grid *g)
{
	while (g->letters) {
		struct letter *l = g->letters;

		g->letters = l->next;
		free(l);
	}
	for (uint32_t i = 0; i < NODES_MAX; i++) {
		if (g->peer[i].node)
			crash(g, i, 0);
		store_mem_destroy(g->peer[i].disk);
	}
	free(g);
}

/* Before every class is given out nothing is served; then everything is. */
static void test_founding(void **state)
{
	struct grid *g = grid_new(1);

	boot(g, 0);
	run(g, ENV_SEC);
	assert_false(node_serving(g->peer[0].node));
	assert_int_equal(ask(g, 0, DHT_PUT, "k", "v").op.status, -EAGAIN);
	boot(g, 1);
	run(g, 3 * ENV_SEC);
	assert_int_equal(ask(g, 1, DHT_GET, "k", NULL).op.status, -EAGAIN);
	boot(g, 2);
	settle(g, 3);
	assert_true(node_serving(g->peer[0].node));
	assert_int_equal(ask(g, 0, DHT_GET, "k", NULL).op.status, -ENOENT);
	assert_int_equal(ask(g, 0, DHT_PUT, "k", "v").op.status, 0);
	assert_string_equal(ask(g, 1, DHT_GET, "k", NULL).value, "v");
	assert_int_equal(ask(g, 2, DHT_DEL, "k", NULL).op.status, 0);
	assert_int_equal(ask(g, 1, DHT_GET, "k", NULL).op.status, -ENOENT);
	grid_free(g);
}

static void test_limits(void **state)
{
	static char big[DHT_VALUE_MAX + 1];
	struct grid *g = grid_new(2);
	struct dht_op op = { .done = on_done, .kind = DHT_PUT };

	boot(g, 0);
	assert_int_equal(node_op(g->peer[0].node, &op), -EINVAL);
	op.key = bytes_of(big, DHT_KEY_MAX + 1);
	assert_int_equal(node_op(g->peer[0].node, &op), -EMSGSIZE);
	op.key = bytes_of(big, DHT_KEY_MAX);
	op.value = bytes_of(big, DHT_VALUE_MAX + 1);
	assert_int_equal(node_op(g->peer[0].node, &op), -EMSGSIZE);
	grid_free(g);
}

/* The greatest key and value there are go through every message on the way. */
static void test_greatest(void **state)
{
	static uint8_t key[DHT_KEY_MAX], value[DHT_VALUE_MAX];
	struct grid *g = grid_new(3);
	struct asked a = { .op = { .done = on_done, .kind = DHT_PUT } };

	for (uint32_t i = 0; i < 3; i++)
		boot(g, i);
	settle(g, 3);
	memset(key, 0xff, sizeof(key));
	memset(value, 0x7f, sizeof(value));
	a.op.ctx = &a;
	a.op.key = bytes_of(key, sizeof(key));
	a.op.value = bytes_of(value, sizeof(value));
	assert_int_equal(node_op(g->peer[1].node, &a.op), 0);
	while (!a.done)
		step(g);
	assert_int_equal(a.op.status, 0);
	a.done = false;
	a.op.kind = DHT_GET;
	assert_int_equal(node_op(g->peer[2].node, &a.op), 0);
	while (!a.done)
		step(g);
	assert_int_equal(a.op.status, 0);
	assert_int_equal(a.op.value.len, sizeof(value));
	boot(g, 3);
	settle(g, 4);
	grid_free(g);
}

/* One node down: everything is served. All down: nothing is lost. */
static void test_restart(void **state)
{
	struct grid *g = grid_new(4);

	for (uint32_t i = 0; i < 5; i++)
		boot(g, i);
	settle(g, 5);
	fill(g, 40);
	check_all(g, 4, 40);
	crash(g, 1, 0);
	run(g, ENV_SEC);
	check_all(g, 3, 40);
	boot(g, 1);
	settle(g, 5);
	for (uint32_t i = 0; i < 5; i++)
		crash(g, i, 0);
	for (uint32_t i = 0; i < 5; i++)
		boot(g, i);
	settle(g, 5);
	check_all(g, 1, 40);
	grid_free(g);
}

/* Two classes gone: no majority, a typed error, and nothing was done. */
static void test_no_majority(void **state)
{
	struct grid *g = grid_new(5);

	for (uint32_t i = 0; i < 3; i++)
		boot(g, i);
	settle(g, 3);
	assert_int_equal(ask(g, 0, DHT_PUT, "k", "old").op.status, 0);
	crash(g, 1, 0);
	crash(g, 2, 0);
	assert_int_equal(ask(g, 0, DHT_PUT, "k", "new").op.status, -ETIMEDOUT);
	assert_int_equal(ask(g, 0, DHT_GET, "k", NULL).op.status, -EHOSTUNREACH);
	boot(g, 1);
	boot(g, 2);
	settle(g, 3);
	assert_string_equal(ask(g, 0, DHT_GET, "k", NULL).value, "old");
	grid_free(g);
}

/* Joiners that come at once; nodes of one machine share a class. */
static void test_join_together(void **state)
{
	struct grid *g = grid_new(6);
	struct walked w;

	for (uint32_t i = 0; i < 6; i++)
		boot(g, i);
	settle(g, 6);
	w = walk(g, 5);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(w.class[i], 2);
	grid_free(g);
}

/*
 * A transfer, cut at each of its messages: giver or joiner crash, before or
 * after the message is taken in, with and without what was not synced. The
 * ring must tile again, and no item may be missing.
 */
static void test_transfer_crashes(void **state)
{
	static const uint16_t types[] = { WIRE_RING_JOIN,   WIRE_RING_JOIN_ANSWER,  WIRE_RING_PULL,
					  WIRE_RING_CHUNK,  WIRE_RING_COMMIT,	    WIRE_RING_GRANT,
					  WIRE_RING_SETTLE, WIRE_RING_SETTLE_ANSWER };
	uint32_t sprung = 0;

	for (uint32_t i = 0; i < 8 * 4 * 2 * 2; i++) {
		struct grid *g = grid_new(100 + i);

		for (uint32_t n = 0; n < 3; n++)
			boot(g, n);
		settle(g, 3);
		fill(g, 26);
		g->trap = (struct trap){ .type = types[i / 16] };
		g->trap.victim = i / 4 % 4;
		g->trap.after = i & 1;
		g->trap.keep = i & 2 ? STORE_MEM_ALL : 0;
		boot(g, 3);
		for (uint32_t ms = 0; ms < 4000 && !g->trap.sprung; ms++)
			run(g, ENV_MS);
		if (g->trap.sprung) {
			run(g, 300 * ENV_MS);
			boot(g, g->trap.victim);
			sprung++;
		}
		settle(g, 4);
		check_all(g, g->trap.victim, 26);
		grid_free(g);
	}
	/* The joiner is always a side, and so is one of the other three. */
	assert_in_range(sprung, 2 * 8 * 4 - 8, 2 * 8 * 4 + 8);
}

struct found {
	struct dht_lookup lookup;
	bool done;
};

static void on_found(struct dht_lookup *lookup)
{
	struct found *f = lookup->ctx;

	f->done = true;
}

static void test_lookup(void **state)
{
	struct grid *g = grid_new(7);
	struct found f = { .lookup = { .done = on_found } };

	f.lookup.ctx = &f;
	f.lookup.key = bytes_str("some key");
	for (uint32_t i = 0; i < 4; i++)
		boot(g, i);
	settle(g, 4);
	assert_int_equal(node_lookup(g->peer[3].node, &f.lookup), 0);
	while (!f.done)
		step(g);
	assert_int_equal(f.lookup.status, 0);
	assert_int_equal(f.lookup.n, 3);
	for (uint32_t i = 0; i < 3; i++) {
		const struct ring_owner *o = &f.lookup.owners[i];
		const struct node *node = g->peer[o->addr.ip[15] - 1].node;

		assert_int_equal(o->status, 0);
		assert_int_equal(o->class, i);
		assert_true(ring_arc_has(&o->arc, f.lookup.key));
		assert_true(xos_id_eq(&o->id, node_id(node)));
	}
	grid_free(g);
}

static bool lost_forget(const struct letter *l)
{
	struct wire_txn_ask m;
	struct wire_header h;

	return l->to == 2 && !wire_header_decode(bytes_of(l->data, l->len), &h) &&
	       h.type == WIRE_TXN_ASK && !wire_txn_ask_body_decode(&h, &m) &&
	       m.what == WIRE_TXN_WHAT_FORGET;
}

static bool lost_renewal(const struct letter *l)
{
	struct wire_header h;

	return l->from == 2 && !wire_header_decode(bytes_of(l->data, l->len), &h) &&
	       h.type == WIRE_RING_RENEW;
}

/* Votes in the record of a key at node 2, whatever its class. */
static uint32_t votes_of(struct grid *g, const char *key)
{
	static uint8_t mem[PAGE_RECORD_MAX];
	uint8_t at[PAGE_KEY_MAX];
	struct wire_dht_stored s;
	struct wire_dht_vote v;
	uint32_t n = 0;

	for (uint8_t class = 0; class < 3; class ++) {
		struct buf b = buf_of(mem, sizeof(mem));
		size_t pos = 0;

		if (store_get(store_mem_store(g->peer[2].disk), page_key(class, bytes_str(key), at),
			      &b))
			continue;
		assert_int_equal(wire_set_decode(&wire_dht_stored_set, buf_bytes(&b), &s), 0);
		while (wire_dht_vote_list_next(&s.votes, &pos, &v))
			n++;
	}
	return n;
}

/*
 * An owner without a lease takes part in nothing. What is over it forgets all the
 * same: else its records would fill with votes, until no copy fits in beside them
 * and it could not take its own arc back.
 */
static void test_forget_without_lease(void **state)
{
	struct grid *g = grid_new(9);

	for (uint32_t i = 0; i < 3; i++)
		boot(g, i);
	settle(g, 3);
	g->lost = lost_forget;
	assert_int_equal(ask(g, 0, DHT_PUT, "k", "v").op.status, 0);
	run(g, 100 * ENV_MS);
	assert_int_equal(votes_of(g, "k"), 1);
	g->lost = lost_renewal;
	run(g, 10 * ENV_SEC);
	assert_false(node_serving(g->peer[2].node));
	run(g, 60 * ENV_SEC);
	assert_false(node_serving(g->peer[2].node));
	assert_int_equal(votes_of(g, "k"), 0);
	grid_free(g);
}

/* Given up: no callback, and the slot is free again. */
static void test_cancel(void **state)
{
	struct grid *g = grid_new(8);
	struct asked a[9] = { 0 };

	for (uint32_t i = 0; i < 3; i++)
		boot(g, i);
	settle(g, 3);
	for (uint32_t round = 0; round < 3; round++) {
		for (uint32_t i = 0; i < 9; i++) {
			a[i].op = (struct dht_op){ .done = on_done, .ctx = &a[i] };
			a[i].op.kind = DHT_GET;
			a[i].op.key = bytes_str("k");
			assert_int_equal(node_op(g->peer[0].node, &a[i].op), i < 8 ? 0 : -ENOBUFS);
		}
		run(g, round * DELAY_NS);
		for (uint32_t i = 0; i < 9; i++)
			node_op_cancel(g->peer[0].node, &a[i].op);
		run(g, ENV_SEC);
	}
	for (uint32_t i = 0; i < 9; i++)
		assert_false(a[i].done && i == 8);
	assert_int_equal(ask(g, 0, DHT_GET, "k", NULL).op.status, -ENOENT);
	grid_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_founding),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_greatest),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_no_majority),
		cmocka_unit_test(test_join_together),
		cmocka_unit_test(test_transfer_crashes),
		cmocka_unit_test(test_lookup),
		cmocka_unit_test(test_forget_without_lease),
		cmocka_unit_test(test_cancel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
