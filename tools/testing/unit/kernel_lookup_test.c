// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The module xos_lookup as far as it runs in userspace: the table against a naive
 * search, its answers against the agent's codec, its parser against everything cut short.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include <base/rng.h>
#include <wire/lookup.h>

#include "kernel/lookup/message.c"
#include "kernel/lookup/table.c"

#define ARCS	300
#define KEY_MAX 6

static const u8 sender[XOS_LOOKUP_ID_LEN] = { 1, 2, 3 };

static struct xosl_owner owner_of(u16 number)
{
	struct xosl_owner o = { .port = (u16)(1 + number), .epoch = number };

	memset(o.id, number & 255, sizeof(o.id));
	memset(o.addr, number >> 8 & 255, sizeof(o.addr));
	return o;
}

static int cmp_keys(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Sorted, distinct starts; the first one is empty. Few letters make many common prefixes. */
static int make_starts(struct rng *r, char starts[ARCS][KEY_MAX + 10])
{
	int n = 1;

	for (int i = 0; i < ARCS; i++) {
		int len = i ? 1 + (int)rng_below(r, KEY_MAX + 8) : 0;

		for (int k = 0; k < len; k++)
			starts[i][k] = (char)('a' + rng_below(r, 2));
		starts[i][len] = 0;
	}
	qsort(starts, ARCS, sizeof(starts[0]), cmp_keys);
	for (int i = 1; i < ARCS; i++) {
		if (strcmp(starts[i], starts[n - 1]))
			memmove(starts[n++], starts[i], sizeof(starts[i]));
	}
	return n;
}

static void test_find(void **state)
{
	static char starts[ARCS][KEY_MAX + 10];
	struct rng r;

	for (int round = 0; round < 20; round++) {
		struct xosl_table *t = xosl_table_alloc(1, 1);
		int n;

		rng_seed(&r, (uint64_t)round);
		n = make_starts(&r, starts);
		for (int i = 0; i < n; i++) {
			struct xosl_owner o = owner_of((u16)i);

			assert_int_equal(xosl_table_add(t, 0, (u8 *)starts[i],
							(u16)strlen(starts[i]), &o),
					 0);
		}
		assert_int_equal(xosl_table_finish(t), 0);
		for (int i = 0; i < 400; i++) {
			char key[KEY_MAX + 10] = { 0 };
			int len = (int)rng_below(&r, KEY_MAX + 9), want = 0;

			for (int k = 0; k < len; k++)
				key[k] = (char)('a' + rng_below(&r, 3));
			for (int k = 0; k < n; k++)
				want = strcmp(starts[k], key) <= 0 ? k : want;
			assert_int_equal(xosl_table_find(t, 0, (u8 *)key, (u16)len)->port,
					 want + 1);
		}
		xosl_table_free(t);
	}
}

static void test_refusals(void **state)
{
	struct xosl_table *t = xosl_table_alloc(1, 2);
	struct xosl_owner o = owner_of(1);
	char key[8];

	assert_int_equal(xosl_table_add(t, 2, (u8 *)"", 0, &o), -EINVAL);
	assert_int_equal(xosl_table_add(t, 0, (u8 *)"", 0, &o), 0);
	assert_int_equal(xosl_table_add(t, 0, (u8 *)"", 0, &o), -EINVAL);
	assert_int_equal(xosl_table_add(t, 0, (u8 *)"b", 1, &o), 0);
	assert_int_equal(xosl_table_add(t, 0, (u8 *)"a", 1, &o), -EINVAL);
	assert_int_equal(xosl_table_finish(t), -EINVAL);
	assert_int_equal(xosl_table_add(t, 1, (u8 *)"x", 1, &o), 0);
	assert_int_equal(xosl_table_add(t, 0, (u8 *)"z", 1, &o), -EINVAL);
	assert_int_equal(xosl_table_finish(t), -EINVAL);
	xosl_table_free(t);
	t = xosl_table_alloc(1, 1);
	for (int i = 0; i < XOS_LOOKUP_ARCS_MAX; i++) {
		snprintf(key, sizeof(key), "%05d", i);
		assert_int_equal(xosl_table_add(t, 0, (u8 *)key, i ? 5 : 0, &o), 0);
	}
	assert_int_equal(xosl_table_add(t, 0, (u8 *)"9", 1, &o), -ENOSPC);
	assert_int_equal(xosl_table_finish(t), 0);
	xosl_table_free(t);
}

/* An envelope around a query as the agent makes it; the code at its end is not looked at here. */
static u32 make_query(u8 *out, struct bytes key, size_t pad)
{
	static const uint8_t zero[1024];
	struct wire_lookup_query m = {
		.query_id = 0x1122334455667788ULL,
		.key = key,
		.pad = bytes_of(zero, pad),
		.has_pad = pad,
	};
	struct buf b = buf_of(out + MSG_OFF, 4096 - MSG_OFF);

	memset(out, 0, MSG_OFF);
	be32_store(out, XOS_WIRE_DGRAM_MAGIC);
	out[XOS_WIRE_DGRAM_OFF_VERSION] = XOS_WIRE_DGRAM_VERSION;
	assert_int_equal(wire_lookup_query_encode(&m, &b), 0);
	return MSG_OFF + (u32)b.len + XOS_WIRE_DGRAM_MAC_LEN;
}

static void test_answer_is_what_the_agent_reads(void **state)
{
	struct xosl_owner o[XOS_LOOKUP_CLASSES_MAX];
	const struct xosl_owner *owners[XOS_LOOKUP_CLASSES_MAX];
	static u8 data[4096];

	for (u32 n = 1; n <= XOS_LOOKUP_CLASSES_MAX; n++) {
		struct wire_lookup_answer m;
		struct xosl_query q;
		struct wire_owner w;
		size_t pos = 0;
		u32 len = make_query(data, bytes_str("some key"), 500);

		assert_true(xosl_message_is_query(data, len));
		assert_int_equal(xosl_message_parse(data, len, &q), 0);
		assert_int_equal(q.key_len, 8);
		assert_memory_equal(q.key, "some key", 8);
		o[n - 1] = owner_of((u16)(300 + n));
		owners[n - 1] = &o[n - 1];
		len = xosl_message_answer(data, q.id, owners, n, sender, 3, 99);
		assert_true(len <= XOSL_ANSWER_MAX);
		assert_true(n < XOS_LOOKUP_CLASSES_MAX || len == XOSL_ANSWER_MAX);
		assert_int_equal(be16_load(data + XOS_WIRE_DGRAM_OFF_KEY_ID), 3);
		assert_int_equal(be64_load(data + XOS_WIRE_DGRAM_OFF_COUNTER), 99);
		assert_memory_equal(data + XOS_WIRE_DGRAM_OFF_SENDER, sender, sizeof(sender));
		assert_int_equal(
			wire_lookup_answer_decode(bytes_of(data + MSG_OFF,
							   len - MSG_OFF - XOS_WIRE_DGRAM_MAC_LEN),
						  &m),
			0);
		assert_true(m.query_id == 0x1122334455667788ULL);
		assert_int_equal(m.epoch, 300 + n);
		for (u32 i = 0; i < n; i++) {
			assert_true(wire_owner_list_next(&m.owners, &pos, &w));
			assert_int_equal(w.class, i);
			assert_int_equal(w.addr.port, o[i].port);
			assert_memory_equal(w.addr.ip, o[i].addr, 16);
			assert_memory_equal(w.id.b, o[i].id, 16);
		}
		assert_false(wire_owner_list_next(&m.owners, &pos, &w));
	}
}

/* Cut short or with a bit turned, a query is refused; memory behind it is poisoned by ASan. */
static void test_damaged_queries(void **state)
{
	static u8 whole[4096];
	u32 len = make_query(whole, bytes_str("k"), 40);
	struct xosl_query q;

	for (u32 cut = 0; cut < len; cut++) {
		u8 *copy = malloc(cut ? cut : 1);

		memcpy(copy, whole, cut);
		if (xosl_message_is_query(copy, cut))
			assert_int_equal(xosl_message_parse(copy, cut, &q), -EBADMSG);
		free(copy);
	}
	for (u32 bit = MSG_OFF * 8; bit < (len - XOS_WIRE_DGRAM_MAC_LEN) * 8; bit++) {
		whole[bit / 8] ^= (u8)(1 << bit % 8);
		if (xosl_message_is_query(whole, len))
			assert_int_equal(xosl_message_parse(whole, len, &q), -EBADMSG);
		whole[bit / 8] ^= (u8)(1 << bit % 8);
	}
	assert_int_equal(xosl_message_parse(whole, len, &q), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_answer_is_what_the_agent_reads),
		cmocka_unit_test(test_damaged_queries),
	};

	return cmocka_run_group_tests_name("kernel_lookup", tests, NULL, NULL);
}
