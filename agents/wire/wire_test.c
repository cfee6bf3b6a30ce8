// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <base/be.h>
#include <base/crc32c.h>
#include <wire/lookup.h>
#include <wire/peer.h>

static const struct wire_owner owners[] = {
	{ .id = { { 1 } }, .addr = { { 0x20, 1 }, 7400 }, .class = 0 },
	{ .id = { { 2 } }, .addr = { { 0x20, 2 }, 7401 }, .class = 1 },
	{ .id = { { 3 } }, .addr = { { 0x20, 3 }, 7402 }, .class = 2 },
};

static struct bytes answer_make(uint8_t *mem, size_t cap, uint32_t n)
{
	struct wire_lookup_answer m = {
		.query_id = 0x0102030405060708,
		.epoch = 9,
		.owners = { .v = owners, .n = n },
	};
	struct buf b = buf_of(mem, cap);

	assert_int_equal(wire_lookup_answer_encode(&m, &b), 0);
	return buf_bytes(&b);
}

static void test_round_trip(void **state)
{
	uint8_t mem[512], again[512];
	struct bytes msg = answer_make(mem, sizeof(mem), 3);
	struct buf b = buf_of(again, sizeof(again));
	struct wire_lookup_answer m;
	struct wire_owner o;
	size_t pos = 0;
	uint32_t i;

	assert_int_equal(wire_lookup_answer_decode(msg, &m), 0);
	assert_int_equal(m.query_id, 0x0102030405060708);
	assert_int_equal(m.epoch, 9);
	assert_int_equal(m.owners.n, 3);
	for (i = 0; wire_owner_list_next(&m.owners, &pos, &o); i++) {
		assert_true(xos_id_eq(&o.id, &owners[i].id));
		assert_true(xos_addr_eq(&o.addr, &owners[i].addr));
		assert_int_equal(o.class, owners[i].class);
	}
	assert_int_equal(i, 3);
	/* a decoded message encodes to the same bytes */
	assert_int_equal(wire_lookup_answer_encode(&m, &b), 0);
	assert_true(bytes_eq(buf_bytes(&b), msg));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
