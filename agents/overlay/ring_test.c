// SPDX-License-Identifier: GPL-2.0-or-later
/* Positions, neighbours, where an arc is split. Whole nodes: xosd/node_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <overlay/ring_priv.h>
#include <store/store_mem.h>

static struct env env;
static struct env_ops ops;
static struct ring *ring;
static struct ring_link *ring_out;
static struct suspect suspect;
static struct store_mem *disk;
static void *memory;

static uint64_t now(struct env *e)
{
	return ENV_SEC;
}

static uint64_t draw(struct env *e)
{
	static uint64_t x = 1;

	return x = x * 6364136223846793005ULL + 1442695040888963407ULL;
}

static void timer_set(struct env *e, struct env_timer *timer, uint64_t delay_ns)
{
}

static void timer_cancel(struct env *e, struct env_timer *timer)
{
}

/* What was answered last to who asked for a lease. */
static uint8_t answered;

static int send_it(struct env *e, const struct xos_addr *to, enum env_channel channel,
		   struct bytes msg)
{
	struct wire_ring_renew_answer a;
	struct wire_header h;

	if (!wire_header_decode(msg, &h) && h.type == WIRE_RING_RENEW_ANSWER &&
	    !wire_ring_renew_answer_body_decode(&h, &a))
		answered = a.status;
	return 0;
}

static int setup(void **state)
{
	struct ring_config cfg = {
		.known_max = 4, .stabilize_ns = 1, .hop_ns = 1, .lease_ns = ENV_SEC
	};
	struct env_peer self = { .id = { { 1 } }, .addr = { .port = 1 } };
	size_t size = ring_arena_size(&cfg) + RING_LINK_ARENA_SIZE + 65536;
	struct arena arena;

	ops = (struct env_ops){ .now = now, .wall = now, .random = draw, .timer_set = timer_set };
	ops.timer_cancel = timer_cancel;
	ops.send = send_it;
	env.ops = &ops;
	cfg.id = self.id;
	cfg.addr = self.addr;
	cfg.chunk_max = 1024;
	memory = calloc(1, size);
	arena_init(&arena, memory, size);
	disk = store_mem_create(NULL);
	ring_out = arena_alloc(&arena, sizeof(*ring_out));
	ring_link_init(ring_out, &arena, &env, &self);
	suspect_init(&suspect, &arena, &env, ENV_SEC, 32);
	if (ring_init(&arena, &env, store_mem_store(disk), ring_out, &suspect, &cfg, &ring))
		return -1;
	ring->state = RING_OWNER;
	ring->hard.has_arc = true;
	ring->hard.complete = true;
	ring->hard.replicas = 3;
	ring->hard.arc = (struct ring_arc){ .class = 1, .open = true, .epoch = 1 };
	return 0;
}

static int teardown(void **state)
{
	store_mem_destroy(disk);
	free(memory);
	return 0;
}

static struct ring_peer peer(uint8_t class, const char *key)
{
	struct ring_peer p = { .class = class };

	ring_key_set(&p.key, bytes_str(key));
	p.id.b[0] = (uint8_t)(class + 10);
	memcpy(p.id.b + 1, key, strlen(key) < 15 ? strlen(key) : 15);
	p.addr.port = (uint16_t)(1000 + class * 256 + (uint8_t)key[0]);
	return p;
}

static void test_between(void **state)
{
	struct ring_peer a = peer(0, ""), b = peer(0, "m"), c = peer(1, ""), d = peer(2, "z");

	assert_true(ring_peer_between(&a, &b, &c));
	assert_false(ring_peer_between(&a, &c, &b));
	assert_true(ring_peer_between(&c, &d, &a));
	assert_true(ring_peer_between(&d, &a, &b));
	assert_false(ring_peer_between(&a, &a, &b));
	assert_false(ring_peer_between(&a, &b, &b));
	assert_true(ring_peer_between(&a, &d, &a));
	assert_false(ring_peer_between(&a, &a, &a));
}

/* The list keeps the nearest, in order, across the end of the ring. */
static void test_successors(void **state)
{
	static const char *keys[] = { "b", "d", "f", "h", "j", "l", "n", "p", "r" };
	struct ring_peer p;

	for (uint32_t i = 0; i < 9; i++) {
		p = peer(0, keys[8 - i]);
		ring_offer(ring, &p, false);
	}
	assert_int_equal(ring->succ_n, RING_SUCC_MAX);
	assert_memory_equal(ring->succ[0].key.b, "b", 1);
	assert_memory_equal(ring->succ[7].key.b, "p", 1);
	p = peer(2, "a");
	ring_offer(ring, &p, false);
	assert_int_equal(ring->succ[0].class, 2);
	assert_memory_equal(ring->succ[7].key.b, "n", 1);
	ring_offer(ring, &p, false);
	assert_int_equal(ring->succ_n, RING_SUCC_MAX);
	ring_drop(ring, &p.id, false);
	assert_int_equal(ring->succ_n, RING_SUCC_MAX - 1);
	assert_int_equal(ring->succ[0].class, 0);
	/* What others still say of it does not bring it back; it does that itself. */
	ring_offer(ring, &p, false);
	assert_int_equal(ring->succ[0].class, 0);
	ring_offer(ring, &p, true);
	assert_int_equal(ring->succ[0].class, 2);
}

static void test_predecessor(void **state)
{
	struct ring_peer far = peer(0, "c"), near = peer(0, "x"), behind = peer(1, "k");

	ring_pred_set(ring, &far);
	ring_pred_set(ring, &near);
	assert_memory_equal(ring->pred.key.b, "x", 1);
	ring_pred_set(ring, &far);
	assert_memory_equal(ring->pred.key.b, "x", 1);
	ring_pred_set(ring, &behind);
	assert_memory_equal(ring->pred.key.b, "x", 1);
	ring_drop(ring, &near.id, false);
	assert_false(ring->has_pred);
	ring_pred_set(ring, &far);
	assert_true(ring->has_pred);
}

static void test_nearer(void **state)
{
	struct ring_peer a = peer(1, "d"), b = peer(1, "m"), c = peer(2, "a");
	const struct ring_peer *near[2];

	ring_offer(ring, &a, true);
	ring_offer(ring, &b, true);
	ring_offer(ring, &c, true);
	assert_int_equal(ring_nearer(ring, 1, bytes_str("p"), false, near, 2), 2);
	assert_memory_equal(near[0]->key.b, "m", 1);
	assert_memory_equal(near[1]->key.b, "d", 1);
	assert_int_equal(ring_nearer(ring, 1, bytes_str("m"), true, near, 2), 1);
	assert_memory_equal(near[0]->key.b, "d", 1);
	assert_int_equal(ring_nearer(ring, 1, bytes_str("b"), false, near, 2), 0);
	/* The other way round the ring, all are in between. */
	assert_int_equal(ring_nearer(ring, 0, bytes_str("q"), false, near, 2), 2);
	assert_int_equal(near[0]->class, 2);
}

/* Who has taken the node's arc over is at its position: no neighbour, and in nobody's way. */
static void test_same_position(void **state)
{
	struct ring_peer heir = peer(1, "h"), next = peer(1, "m"), before = peer(0, "x");
	const struct ring_peer *near[2];

	ring_offer(ring, &next, true);
	ring_offer(ring, &heir, true);
	assert_memory_equal(ring->succ[0].key.b, "h", 1);
	ring_key_set(&heir.key, bytes_str(""));
	ring_offer(ring, &heir, false);
	assert_int_equal(ring->succ_n, 2);
	ring_offer(ring, &heir, true);
	assert_int_equal(ring->succ_n, 1);
	assert_memory_equal(ring->succ[0].key.b, "m", 1);
	assert_int_equal(ring_nearer(ring, 2, bytes_str("b"), false, near, 2), 1);
	assert_true(xos_id_eq(&near[0]->id, &next.id));
	ring_pred_set(ring, &heir);
	assert_false(ring->has_pred);
	ring_pred_set(ring, &before);
	ring_pred_set(ring, &heir);
	assert_true(xos_id_eq(&ring->pred.id, &before.id));
}

static void arc_set(const char *start, const char *end)
{
	struct ring_arc *a = &ring->hard.arc;

	ring_key_set(&a->start, bytes_str(start));
	ring_key_set(&a->end, bytes_str(end ? end : ""));
	a->open = !end;
}

static void split_check(const char *start, const char *end, const char *at)
{
	struct ring_key key;

	arc_set(start, end);
	assert_true(ring_arc_split(ring, &key));
	assert_true(bytes_cmp(ring_key_bytes(&key), bytes_str(start)) > 0);
	assert_true(ring_arc_has(&ring->hard.arc, ring_key_bytes(&key)));
	if (at)
		assert_true(bytes_eq(ring_key_bytes(&key), bytes_str(at)));
}

static void test_split_empty(void **state)
{
	struct ring_key key;

	split_check("", NULL, "n");
	split_check("", "n", "g");
	split_check("n", NULL, "t");
	split_check("a", "b", NULL);
	split_check("ab", "ab\x01", NULL);
	split_check("z\xff", NULL, NULL);
	split_check("", "A", NULL);
	split_check("\xff\xff", NULL, NULL);
	/* One key wide: nothing lies between. */
	ring->hard.arc.open = false;
	ring_key_set(&ring->hard.arc.start, bytes_of("k", 1));
	ring_key_set(&ring->hard.arc.end, bytes_of("k\0", 2));
	assert_false(ring_arc_split(ring, &key));
}

static void nothing(void *ctx, int status)
{
}

static void test_split_items(void **state)
{
	static struct store_ticket ticket = { .done = nothing };
	uint8_t mem[PAGE_KEY_MAX];
	struct ring_key key;

	for (uint32_t i = 0; i < 100; i++) {
		char name[32];
		struct store_op op;

		snprintf(name, sizeof(name), "user/%04u/profile", i);
		op = (struct store_op){ .key = page_key(1, bytes_str(name), mem) };
		assert_int_equal(store_submit(store_mem_store(disk), &op, 1, &ticket), 0);
		store_mem_sync(disk, STORE_MEM_ALL);
	}
	arc_set("", NULL);
	ring->items = ring_arc_count(ring);
	assert_int_equal(ring->items, 100);
	assert_true(ring_arc_split(ring, &key));
	/* The shortest key between the two in the middle. */
	assert_true(bytes_eq(ring_key_bytes(&key), bytes_str("user/005")));
	arc_set("user/0050", "user/0052");
	ring->items = ring_arc_count(ring);
	assert_int_equal(ring->items, 2);
	assert_true(ring_arc_split(ring, &key));
	assert_true(bytes_eq(ring_key_bytes(&key), bytes_str("user/0051")));
}

static void test_width(void **state)
{
	struct ring_arc all = { .open = true }, low = { 0 }, high = { .open = true };

	ring_key_set(&low.end, bytes_str("c"));
	ring_key_set(&high.start, bytes_str("c"));
	assert_true(ring_arc_width(&all) > ring_arc_width(&high));
	assert_true(ring_arc_width(&high) > ring_arc_width(&low));
	ring_key_set(&low.end, bytes_str("\x01"));
	assert_true(ring_arc_width(&low) > 0);
}

/* A page holds what fits, and says where to go on. */
static void test_page(void **state)
{
	static struct store_ticket ticket = { .done = nothing };
	struct store *store = store_mem_store(disk);
	struct page *p = ring_page(ring);
	uint8_t mem[PAGE_KEY_MAX];

	for (char c = 'a'; c <= 'j'; c++) {
		struct store_op op = { .key = page_key(1, bytes_of(&c, 1), mem) };

		op.value = bytes_str("0123456789");
		assert_int_equal(store_submit(store, &op, 1, &ticket), 0);
		store_mem_sync(disk, STORE_MEM_ALL);
	}
	assert_int_equal(page_fill(p, store, 1, bytes_str(""), bytes_str(""), true, 3, 0), 0);
	assert_int_equal(p->n, 3);
	assert_true(p->more && p->next.b[0] == 'd');
	assert_int_equal(page_fill(p, store, 1, bytes_str("b"), bytes_str("d"), false, 0, 0), 0);
	assert_int_equal(p->n, 2);
	assert_false(p->more);
	assert_int_equal(page_fill(p, store, 1, bytes_str("b"), bytes_str(""), true, 0, 1), 0);
	assert_int_equal(p->n, 1);
	assert_true(p->more && p->next.b[0] == 'c');
	assert_int_equal(page_fill(p, store, 0, bytes_str(""), bytes_str(""), true, 0, 0), 0);
	assert_int_equal(p->n, 0);
	assert_int_equal(page_fill(p, store, 1, bytes_str("d"), bytes_str("b"), false, 0, 0), 0);
	assert_int_equal(p->n, 0);
}

/* A lease of another class for some keys, as this node holds it. */
static struct ring_lease *lease_for(uint8_t class, const char *start, const char *end)
{
	struct ring_lease *l = &ring->held.v[ring->held.n++];

	*l = (struct ring_lease){ .class = class, .until_ns = ENV_SEC + 1, .map_ver = 7 };
	l->arc.epoch = ring->hard.arc.epoch;
	ring_key_set(&l->arc.start, bytes_str(start));
	ring_key_set(&l->arc.end, bytes_str(end));
	return l;
}

static bool serves(const char *from, const char *to)
{
	struct ring_arc a = { 0 };

	ring_key_set(&a.start, bytes_str(from));
	ring_key_set(&a.end, bytes_str(to));
	return ring_leased_range(ring, &a);
}

/* Who holds what, with one lease of each of the other classes needed: 3 classes. */
static void test_leases(void **state)
{
	struct ring_lease *l;

	ring->state = RING_OWNER;
	ring->hard = (struct ring_hard){ .replicas = 3, .complete = true, .has_arc = true };
	ring->hard.arc.epoch = RING_EPOCH_FIRST;
	ring_key_set(&ring->hard.arc.end, bytes_str("z"));
	ring->map_ver = 7;
	assert_false(serves("a", "b"));
	l = lease_for(1, "", "m");
	assert_true(serves("a", "b"));
	assert_true(serves("a", "m"));
	assert_false(serves("a", "n"));
	assert_false(serves("m", "n"));
	/* Another class goes on from there. */
	lease_for(2, "m", "z");
	assert_true(serves("a", "z"));
	assert_true(ring_leased(ring));
	assert_int_equal(ring_leases(ring), 0);
	/* It is over at its end, not after it. */
	l->until_ns = ENV_SEC;
	assert_false(serves("a", "b"));
	l->until_ns = ENV_SEC + 1;
	/* Of somebody who does not know the same epochs, for another epoch, or for a claim. */
	l->map_ver = 6;
	assert_false(serves("a", "b"));
	l->map_ver = 7;
	l->arc.epoch++;
	assert_false(serves("a", "b"));
	l->arc.epoch--;
	l->claim = true;
	assert_false(serves("a", "b"));
	l->claim = false;
	assert_true(serves("a", "b"));
	/* With five classes it takes two of them. */
	ring->hard.replicas = 5;
	assert_false(serves("a", "b"));
	lease_for(3, "", "c");
	assert_true(serves("a", "b"));
	assert_false(serves("a", "d"));
}

/* Of a range the epochs of all its keys count. */
static void test_epochs_range(void **state)
{
	struct ring_arc part = { .class = 1 };
	struct ring_epochs all, same, below;

	ring->hard = (struct ring_hard){ .replicas = 3, .has_arc = true };
	ring->hard.arc.epoch = 5;
	ring_map_reset(&ring->map, 3, 1);
	ring_epochs_range(ring, bytes_str("a"), bytes_str("z"), &all);
	assert_int_equal(all.n, 3);
	assert_int_equal(all.v[0], 5);
	assert_int_equal(all.v[1], 1);
	ring_key_set(&part.start, bytes_str("m"));
	ring_key_set(&part.end, bytes_str("n"));
	assert_int_equal(ring_map_note(&ring->map, 1, &part, 2), 1);
	ring_epochs_range(ring, bytes_str("a"), bytes_str("z"), &same);
	assert_true(same.v[1] != all.v[1]);
	assert_true(same.v[2] == all.v[2]);
	ring_epochs_range(ring, bytes_str("a"), bytes_str("m"), &below);
	assert_true(below.v[1] == all.v[1]);
	ring_epochs_range(ring, bytes_str("a"), bytes_of(NULL, 0), &below);
	assert_true(below.v[1] == same.v[1]);
}

/* Node @id asks this one, of class 1, for a lease of all keys of a class, or may it take over? */
static uint8_t ask_lease(uint8_t id, uint8_t class, bool probe)
{
	struct env_peer from = { .id = { { id } }, .addr = { .port = id } };
	struct ring_arc all = { .class = class, .open = true, .epoch = probe ? 0 : 1 };
	struct wire_ring_renew m = {
		.grid = ring->hard.grid,
		.query_id = 1,
		.arc = ring_arc_wire(&all),
		.claim = probe,
		.probe = probe,
	};
	uint8_t mem[512];
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_header h;

	answered = 0xff;
	assert_int_equal(wire_encode(&wire_ring_renew_msg, &m, &b), 0);
	assert_int_equal(wire_header_decode(buf_bytes(&b), &h), 0);
	assert_true(ring_lease_recv(ring, &from, &h));
	return answered;
}

/* Nothing comes between "you may take over" and the note; and never two classes at once. */
static void test_probe_holds(void **state)
{
	struct ring_lease own = { .until_ns = 2 * ENV_SEC };

	ring->hard.grid = 7;
	ring_map_reset(&ring->map, 3, 1);
	own.map_ver = ring->map_ver;
	own.arc = (struct ring_arc){ .open = true, .epoch = 1 };
	ring->held.v[0] = own;
	ring->held.n = 1;
	assert_int_equal(ask_lease(20, 2, false), WIRE_RING_STATUS_OK);
	assert_int_equal(ask_lease(21, 2, true), WIRE_RING_STATUS_LEASED);
	ring->given.n = 0;
	assert_int_equal(ask_lease(21, 2, true), WIRE_RING_STATUS_OK);
	assert_int_equal(ask_lease(21, 2, true), WIRE_RING_STATUS_OK);
	assert_int_equal(ask_lease(20, 2, false), WIRE_RING_STATUS_LEASED);
	assert_int_equal(ask_lease(22, 0, true), WIRE_RING_STATUS_LEASED);
	assert_int_equal(ask_lease(23, 0, false), WIRE_RING_STATUS_OK);
	ring->given.n = 0;
	assert_int_equal(ask_lease(20, 2, false), WIRE_RING_STATUS_OK);
	assert_int_equal(ask_lease(22, 0, true), WIRE_RING_STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_between, setup, teardown),
		cmocka_unit_test_setup_teardown(test_successors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_predecessor, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nearer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_same_position, setup, teardown),
		cmocka_unit_test_setup_teardown(test_probe_holds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_split_empty, setup, teardown),
		cmocka_unit_test_setup_teardown(test_split_items, setup, teardown),
		cmocka_unit_test_setup_teardown(test_width, setup, teardown),
		cmocka_unit_test_setup_teardown(test_page, setup, teardown),
		cmocka_unit_test_setup_teardown(test_leases, setup, teardown),
		cmocka_unit_test_setup_teardown(test_epochs_range, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
