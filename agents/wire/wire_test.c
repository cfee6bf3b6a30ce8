// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <base/be.h>
#include <base/crc32c.h>
#include <wire/lookup.h>
#include <wire/peer.h>

/* A set with every kind, as the generator would write it. */
struct inner {
	uint32_t num;
	struct wire_u16_list list;
	bool has_num;
};

static const struct wire_field inner_fields[] = {
	[1] = {
		.name = "num",
		.kind = WIRE_K_U32,
		.max = UINT32_MAX,
		.offset = offsetof(struct inner, num),
		.has = offsetof(struct inner, has_num),
	},
	[2] = {
		.name = "list",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_LIST,
		.max = 1000,
		.offset = offsetof(struct inner, list),
		.has = WIRE_HAS_NONE,
		.count_max = 2,
	},
};

static const struct wire_set inner_set = {
	.name = "inner",
	.fields = inner_fields,
	.n = 3,
	.size = sizeof(struct inner),
};

struct inner_list {
	const struct inner *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

struct outer {
	uint8_t small;
	uint64_t large;
	bool flag;
	struct bytes blob;
	struct bytes text;
	struct xos_addr addr;
	struct xos_id id;
	struct inner nest;
	struct inner_list list;
	struct wire_bytes_list blobs;
	struct wire_addr_list addrs;
	bool has_large;
	bool has_blob;
	bool has_text;
	bool has_addr;
	bool has_id;
	bool has_nest;
};

#define FIELD(member_, kind_) \
	.name = #member_, .kind = kind_, .offset = offsetof(struct outer, member_)
#define HAS(member_) .has = offsetof(struct outer, has_##member_)
#define LIST(index_, count_) \
	.has = WIRE_HAS_NONE, .flags = WIRE_F_LIST, .list = index_, .count_max = count_

static const struct wire_field outer_fields[] = {
	[0] = { FIELD(small, WIRE_K_U8), .has = WIRE_HAS_NONE, .flags = WIRE_F_REQUIRED, .min = 1,
		.max = 9 },
	[1] = { FIELD(large, WIRE_K_U64), HAS(large), .max = UINT64_MAX },
	[2] = { FIELD(flag, WIRE_K_FLAG), .has = WIRE_HAS_NONE },
	[3] = { FIELD(blob, WIRE_K_BYTES), HAS(blob), .min = 1, .max = 4 },
	[4] = { FIELD(text, WIRE_K_STRING), HAS(text), .max = 8 },
	[5] = { FIELD(addr, WIRE_K_ADDR), HAS(addr) },
	[6] = { FIELD(id, WIRE_K_ID), HAS(id) },
	[7] = { FIELD(nest, WIRE_K_NEST), HAS(nest), .set = &inner_set },
	[9] = { FIELD(list, WIRE_K_NEST), LIST(0, 3), .set = &inner_set },
	[10] = { FIELD(blobs, WIRE_K_BYTES), LIST(1, 2), .max = 3 },
	[11] = { FIELD(addrs, WIRE_K_ADDR), LIST(2, 2) },
};

static const struct wire_set outer_set = {
	.name = "outer",
	.fields = outer_fields,
	.n = 12,
	.required = 1,
	.size = sizeof(struct outer),
};

static const struct wire_msg outer_msg = {
	.name = "outer",
	.set = &outer_set,
	.type = 0xff01,
};

static const uint16_t numbers[] = { 1, 1000 };
static const struct inner elems[] = {
	{ .num = 7, .has_num = true },
	{ .list = { .v = numbers, .n = 2 } },
	{ .num = 0 },
};
static const struct bytes blobs[] = { { (const uint8_t *)"abc", 3 }, { NULL, 0 } };
static const struct xos_addr addrs[] = { { { 1 }, 1 }, { { 2 }, 65535 } };

static const struct outer full = {
	.small = 9,
	.large = 0x0102030405060708,
	.has_large = true,
	.flag = true,
	.blob = { (const uint8_t *)"\0b", 2 },
	.has_blob = true,
	.text = { (const uint8_t *)"gr\xc3\xbc\xc3\x9f", 6 },
	.has_text = true,
	.addr = { { 0xfe, 0x80 }, 7400 },
	.has_addr = true,
	.id = { { 1, 2, 3 } },
	.has_id = true,
	.nest = { .num = 5, .has_num = true, .list = { .v = numbers, .n = 1 } },
	.has_nest = true,
	.list = { .v = elems, .n = 3 },
	.blobs = { .v = blobs, .n = 2 },
	.addrs = { .v = addrs, .n = 2 },
};

static uint8_t mem[4096];

static struct bytes full_make(void)
{
	struct buf b = buf_of(mem, sizeof(mem));

	assert_int_equal(wire_encode(&outer_msg, &full, &b), 0);
	return buf_bytes(&b);
}

/* Make length and checksum right again after the body was changed. */
static void msg_fix(uint8_t *msg, size_t len)
{
	be32_store(msg + WIRE_OFF_LEN, (uint32_t)len);
	be32_store(msg + WIRE_OFF_CRC, 0);
	be32_store(msg + WIRE_OFF_CRC, crc32c(0, msg, len));
}

static void check_full(const struct outer *o)
{
	struct xos_addr addr;
	struct bytes blob;
	struct inner e;
	uint16_t num;
	size_t pos = 0, in = 0;

	assert_int_equal(o->small, 9);
	assert_true(o->has_large && o->has_blob && o->has_text && o->has_addr && o->has_id);
	assert_true(o->has_nest && o->flag && o->large == full.large);
	assert_true(bytes_eq(o->blob, full.blob) && bytes_eq(o->text, full.text));
	assert_true(xos_addr_eq(&o->addr, &full.addr) && xos_id_eq(&o->id, &full.id));
	assert_true(o->nest.has_num && o->nest.num == 5 && o->nest.list.n == 1);
	assert_int_equal(o->list.n, 3);
	for (int i = 0; i < 3; i++) {
		assert_true(wire_list_next(&o->list, &pos, &outer_fields[9], &e));
		assert_int_equal(e.has_num, elems[i].has_num);
		assert_int_equal(e.num, elems[i].num);
		assert_int_equal(e.list.n, elems[i].list.n);
		in = 0;
		for (uint32_t k = 0; k < e.list.n; k++)
			assert_true(wire_u16_list_next(&e.list, &in, &num) && num == numbers[k]);
		assert_false(wire_u16_list_next(&e.list, &in, &num));
	}
	assert_false(wire_list_next(&o->list, &pos, &outer_fields[9], &e));
	pos = 0;
	for (int i = 0; i < 2; i++)
		assert_true(wire_bytes_list_next(&o->blobs, &pos, &blob) &&
			    bytes_eq(blob, blobs[i]));
	pos = 0;
	for (int i = 0; i < 2; i++)
		assert_true(wire_addr_list_next(&o->addrs, &pos, &addr) &&
			    xos_addr_eq(&addr, &addrs[i]));
}

static void test_round_trip(void **state)
{
	uint8_t again[sizeof(mem)];
	struct buf b = buf_of(again, sizeof(again));
	struct bytes msg = full_make();
	struct outer o;

	check_full(&full);
	assert_int_equal(wire_decode(&outer_msg, msg, &o), 0);
	check_full(&o);
	/* a decoded message, lists and all, encodes to the same bytes */
	assert_int_equal(wire_encode(&outer_msg, &o, &b), 0);
	assert_true(bytes_eq(buf_bytes(&b), msg));
}

static void test_layout(void **state)
{
	static const uint8_t want[] = {
		0x58, 0x4f, 1, 0, 0x07, 0x01, 0, 0, 0, 0, 0, 40, 0, 0, 0, 0, 0,	  1,   0,   0,
		0,    8,    1, 2, 3,	4,    5, 6, 7, 8, 0, 2,	 0, 0, 0, 4, 'k', 'e', 'y', '!',
	};
	struct wire_lookup_query q = {
		.query_id = 0x0102030405060708,
		.key = bytes_str("key!"),
	};
	struct buf b = buf_of(mem, sizeof(mem));
	uint8_t plain[sizeof(want)];

	assert_int_equal(wire_lookup_query_encode(&q, &b), 0);
	assert_int_equal(b.len, sizeof(want));
	memcpy(plain, mem, sizeof(plain));
	memset(plain + WIRE_OFF_CRC, 0, 4);
	plain[WIRE_OFF_VERSION] = 1;
	assert_memory_equal(plain, want, sizeof(want));
	memset(plain + WIRE_OFF_VERSION, mem[WIRE_OFF_VERSION], 1);
	assert_int_equal(be32_load(mem + WIRE_OFF_CRC), crc32c(0, plain, sizeof(plain)));
}

static void test_every_bit(void **state)
{
	struct bytes msg = full_make();
	struct outer o;

	/* one flipped bit anywhere is noticed */
	for (size_t bit = 0; bit < msg.len * 8; bit++) {
		mem[bit / 8] ^= 1 << bit % 8;
		assert_int_equal(wire_decode(&outer_msg, msg, &o), -EBADMSG);
		mem[bit / 8] ^= 1 << bit % 8;
	}
	assert_int_equal(wire_decode(&outer_msg, msg, &o), 0);
}

static void test_header(void **state)
{
	struct bytes msg = full_make();
	struct wire_header h;
	struct outer o;
	size_t len;

	assert_int_equal(wire_header_decode(msg, &h), 0);
	assert_int_equal(h.type, 0xff01);
	assert_int_equal(h.version, WIRE_VERSION);
	assert_int_equal(h.body.len, msg.len - WIRE_HEADER_LEN);
	for (size_t n = 0; n < WIRE_HEADER_LEN; n++)
		assert_int_equal(wire_frame_len(bytes_of(mem, n), &len), -EAGAIN);
	assert_int_equal(wire_frame_len(bytes_of(mem, WIRE_HEADER_LEN), &len), 0);
	assert_int_equal(len, msg.len);
	/* more or less than the message */
	assert_int_equal(wire_header_decode(bytes_of(mem, msg.len - 1), &h), -EBADMSG);
	assert_int_equal(wire_header_decode(bytes_of(mem, msg.len + 1), &h), -EBADMSG);

	/* a later version, a flag and the reserved field do not matter */
	mem[WIRE_OFF_VERSION] = 200;
	mem[WIRE_OFF_FLAGS] = 0xff;
	mem[WIRE_OFF_RESERVED] = 0xff;
	msg_fix(mem, msg.len);
	assert_int_equal(wire_header_decode(msg, &h), 0);
	assert_int_equal(h.version, 200);
	assert_int_equal(wire_body_decode(&outer_msg, &h, &o), 0);
	check_full(&o);
	/* version 0, another magic, another type */
	mem[WIRE_OFF_VERSION] = 0;
	msg_fix(mem, msg.len);
	assert_int_equal(wire_header_decode(msg, &h), -EBADMSG);
	full_make();
	mem[WIRE_OFF_MAGIC] ^= 1;
	msg_fix(mem, msg.len);
	assert_int_equal(wire_header_decode(msg, &h), -EBADMSG);
	full_make();
	mem[WIRE_OFF_TYPE] ^= 1;
	msg_fix(mem, msg.len);
	assert_int_equal(wire_header_decode(msg, &h), 0);
	assert_int_equal(wire_decode(&outer_msg, msg, &o), -EBADMSG);
}

static void test_frame_limits(void **state)
{
	size_t len;

	full_make();
	be32_store(mem + WIRE_OFF_LEN, WIRE_MSG_LEN_MAX);
	assert_int_equal(wire_frame_len(bytes_of(mem, 16), &len), 0);
	be32_store(mem + WIRE_OFF_LEN, WIRE_MSG_LEN_MAX + 1);
	assert_int_equal(wire_frame_len(bytes_of(mem, 16), &len), -EBADMSG);
	be32_store(mem + WIRE_OFF_LEN, UINT32_MAX);
	assert_int_equal(wire_frame_len(bytes_of(mem, 16), &len), -EBADMSG);
	be32_store(mem + WIRE_OFF_LEN, WIRE_HEADER_LEN - 1);
	assert_int_equal(wire_frame_len(bytes_of(mem, 16), &len), -EBADMSG);
}

/* Cut at each byte, length and checksum made right: refused, or cut between attributes. */
static void test_truncation(void **state)
{
	struct bytes msg = full_make();
	struct outer o;
	int good = 0;

	for (size_t len = WIRE_HEADER_LEN; len < msg.len; len++) {
		uint8_t *copy = malloc(len);
		int err;

		memcpy(copy, msg.data, len);
		msg_fix(copy, len);
		err = wire_decode(&outer_msg, bytes_of(copy, len), &o);
		if (len == WIRE_HEADER_LEN)
			assert_int_equal(err, -EPROTO);
		else
			assert_true(err == 0 || err == -EBADMSG);
		good += !err;
		free(copy);
	}
	/* 8 single attributes and 7 list elements: 14 ends before the last */
	assert_int_equal(good, 14);
}

/* Encoding into too little room changes nothing, whatever the room. */
static void test_no_room(void **state)
{
	size_t need = full_make().len;

	for (size_t cap = 0; cap <= need; cap++) {
		struct buf b = buf_of(mem, cap);
		int err;

		memset(mem, 0xaa, sizeof(mem));
		err = wire_encode(&outer_msg, &full, &b);
		assert_int_equal(err, cap == need ? 0 : -EMSGSIZE);
		assert_int_equal(b.len, cap == need ? need : 0);
		assert_int_equal(mem[cap], 0xaa);
	}
}

/* Decoding does not care where in memory a message starts. */
static void test_alignment(void **state)
{
	struct bytes msg = full_make();
	struct outer o;

	for (size_t off = 0; off < 8; off++) {
		uint8_t *copy = malloc(msg.len + off);

		memcpy(copy + off, msg.data, msg.len);
		assert_int_equal(wire_decode(&outer_msg, bytes_of(copy + off, msg.len), &o), 0);
		check_full(&o);
		free(copy);
	}
}

/** struct body - attributes written by hand */
struct body {
	uint8_t data[2048];
	size_t len;
};

static void add(struct body *b, uint16_t attr, const void *data, size_t len)
{
	be16_store(b->data + b->len, attr);
	be32_store(b->data + b->len + 2, (uint32_t)len);
	if (len)
		memcpy(b->data + b->len + WIRE_TLV_LEN, data, len);
	b->len += WIRE_TLV_LEN + len;
}

static int body_decode(const struct body *b, struct outer *o)
{
	/* checking alone must say the same as decoding */
	int check = wire_set_decode(&outer_set, bytes_of(b->data, b->len), NULL);
	int err = wire_set_decode(&outer_set, bytes_of(b->data, b->len), o);

	assert_int_equal(check, err);
	return err;
}

/* A body with the required attribute and one more. */
static int one_decode(uint16_t attr, const void *data, size_t len)
{
	struct body b = { .len = 0 };
	struct outer o;

	add(&b, 1, "\x05", 1);
	add(&b, attr, data, len);
	return body_decode(&b, &o);
}

static void test_bad_values(void **state)
{
	static const uint8_t many[64];

	assert_int_equal(one_decode(2, many, 7), -EBADMSG);
	assert_int_equal(one_decode(2, many, 9), -EBADMSG);
	assert_int_equal(one_decode(2, many, 0), -EBADMSG);
	assert_int_equal(one_decode(2, many, 8), 0);
	assert_int_equal(one_decode(3, many, 0), 0);
	assert_int_equal(one_decode(3, many, 1), -EBADMSG);
	assert_int_equal(one_decode(4, many, 0), -EBADMSG);
	assert_int_equal(one_decode(4, many, 1), 0);
	assert_int_equal(one_decode(4, many, 4), 0);
	assert_int_equal(one_decode(4, many, 5), -EBADMSG);
	assert_int_equal(one_decode(5, "12345678", 8), 0);
	assert_int_equal(one_decode(5, "123456789", 9), -EBADMSG);
	assert_int_equal(one_decode(6, many, 17), -EBADMSG);
	assert_int_equal(one_decode(6, many, 18), 0);
	assert_int_equal(one_decode(6, many, 19), -EBADMSG);
	assert_int_equal(one_decode(7, many, 15), -EBADMSG);
	assert_int_equal(one_decode(7, many, 16), 0);
	assert_int_equal(one_decode(7, many, 17), -EBADMSG);
	assert_int_equal(one_decode(8, many, 0), 0);
	assert_int_equal(one_decode(8, many, 5), -EBADMSG);
	assert_int_equal(one_decode(11, many, 3), 0);
	assert_int_equal(one_decode(11, many, 4), -EBADMSG);
	/* in a list, in a list inside a list */
	assert_int_equal(one_decode(10, "\0\2\0\0\0\4abcd", 10), 0);
	assert_int_equal(one_decode(10, "\0\2\0\0\0\3abc", 9), -EBADMSG);
	assert_int_equal(one_decode(10, "\0\3\0\0\0\2\3\xe8", 8), 0);
	assert_int_equal(one_decode(10, "\0\3\0\0\0\2\3\xe9", 8), -EBADMSG);
	/* a length that lies */
	assert_int_equal(one_decode(10, "\0\3\xff\xff\xff\xff\3\xe8", 8), -EBADMSG);
}

static void test_range(void **state)
{
	uint8_t v;

	for (v = 0; v < 12; v++) {
		struct body b = { .len = 0 };
		struct outer o, m = { .small = v };
		struct buf out = buf_of(mem, sizeof(mem));

		add(&b, 1, &v, 1);
		assert_int_equal(body_decode(&b, &o), v >= 1 && v <= 9 ? 0 : -EBADMSG);
		assert_int_equal(wire_encode(&outer_msg, &m, &out), v >= 1 && v <= 9 ? 0 : -EINVAL);
	}
}

static void test_duplicate_and_missing(void **state)
{
	struct body b = { .len = 0 };
	struct outer o;

	assert_int_equal(body_decode(&b, &o), -EPROTO);
	add(&b, 3, NULL, 0);
	assert_int_equal(body_decode(&b, &o), -EPROTO);
	add(&b, 1, "\1", 1);
	assert_int_equal(body_decode(&b, &o), 0);
	add(&b, 3, NULL, 0);
	assert_int_equal(body_decode(&b, &o), -EBADMSG);
	b.len = 0;
	add(&b, 1, "\1", 1);
	add(&b, 1, "\1", 1);
	assert_int_equal(body_decode(&b, &o), -EBADMSG);
	/* twice inside a nested set */
	assert_int_equal(one_decode(8, "\0\2\0\0\0\4abcd\0\2\0\0\0\4abcd", 20), -EBADMSG);
}

/* Attributes of another version, everywhere, change nothing. */
static void test_unknown(void **state)
{
	static const uint16_t strange[] = { 0, 9, 13, 63, 64, 65, 0x7fff, 0xffff };
	struct body b = { .len = 0 };
	struct outer o;
	struct inner e;
	size_t pos = 0;

	for (size_t i = 0; i < 8; i++)
		add(&b, strange[i], "whatever it is", i);
	add(&b, 1, "\7", 1);
	for (size_t i = 0; i < 8; i++) {
		add(&b, strange[i], "whatever it is", i);
		add(&b, strange[i], "twice", 5);
		if (i < 3)
			add(&b, 10, "\0\1\0\0\0\1x\0\2\0\0\0\4\0\0\0\4\0\7\0\0\0\0", 23);
	}
	assert_int_equal(body_decode(&b, &o), 0);
	assert_int_equal(o.small, 7);
	assert_int_equal(o.list.n, 3);
	/* the elements are found among the others */
	for (int i = 0; i < 3; i++)
		assert_true(wire_list_next(&o.list, &pos, &outer_fields[9], &e) && e.num == 4);
	assert_false(wire_list_next(&o.list, &pos, &outer_fields[9], &e));
}

/* What is unknown inside list elements is passed on. */
static void test_forward(void **state)
{
	static const uint8_t elem[] = { 0, 33, 0, 0, 0, 3, 'n', 'e', 'w' };
	struct buf out = buf_of(mem, sizeof(mem));
	struct body b = { .len = 0 };
	struct outer o, m = { .small = 1 };

	add(&b, 1, "\1", 1);
	add(&b, 10, elem, sizeof(elem));
	assert_int_equal(body_decode(&b, &o), 0);
	m.list = o.list;
	assert_int_equal(wire_encode(&outer_msg, &m, &out), 0);
	assert_int_equal(out.len, WIRE_HEADER_LEN + b.len);
	assert_memory_equal(mem + WIRE_HEADER_LEN, b.data, b.len);
}

/* Attributes alone, as they are stored. */
static void test_set(void **state)
{
	size_t body = full_make().len - WIRE_HEADER_LEN;
	struct outer none = { 0 }, o;
	struct buf out;

	memcpy(mem + 2048, mem + WIRE_HEADER_LEN, body);
	out = buf_of(mem, body);
	assert_int_equal(wire_set_encode(&outer_set, &full, &out), 0);
	assert_int_equal(out.len, body);
	assert_memory_equal(mem, mem + 2048, body);
	assert_int_equal(wire_set_decode(&outer_set, buf_bytes(&out), &o), 0);
	check_full(&o);
	out = buf_of(mem, body - 1);
	assert_int_equal(wire_set_encode(&outer_set, &full, &out), -EMSGSIZE);
	assert_int_equal(out.len, 0);
	assert_int_equal(wire_set_encode(&outer_set, &none, &out), -EINVAL);
	assert_int_equal(out.len, 0);
}

/* A list whose memory is not what was decoded ends, and is not sent. */
static void test_spoiled_list(void **state)
{
	uint8_t raw[] = { 0, 12, 0, 0, 0, 99, 0 };
	struct wire_addr_list l = { .n = 1, .raw = bytes_of(raw, sizeof(raw)), .attr = 12 };
	struct buf out = buf_of(mem, sizeof(mem));
	struct outer m = { .small = 1 };
	struct xos_addr addr;
	size_t pos = 0;

	assert_false(wire_addr_list_next(&l, &pos, &addr));
	m.addrs = l;
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EINVAL);
	/* fewer elements than it says */
	m.addrs.raw.len = 0;
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EINVAL);
	assert_int_equal(out.len, 0);
}

static void test_plain_lists(void **state)
{
	static const struct xos_id ids[] = { { { 1 } }, { { 2 } } };
	static const uint64_t nums[] = { 1, UINT64_MAX };
	struct wire_id_list idl = { .v = ids, .n = 2 };
	struct wire_u64_list numl = { .v = nums, .n = 2 };
	struct xos_id id;
	uint64_t num;
	size_t pos = 0;

	for (int i = 0; i < 2; i++)
		assert_true(wire_id_list_next(&idl, &pos, &id) && xos_id_eq(&id, &ids[i]));
	assert_false(wire_id_list_next(&idl, &pos, &id));
	pos = 0;
	for (int i = 0; i < 2; i++)
		assert_true(wire_u64_list_next(&numl, &pos, &num) && num == nums[i]);
	assert_false(wire_u64_list_next(&numl, &pos, &num));
}

static void test_list_limits(void **state)
{
	static const struct inner four[4];
	static const uint16_t three[3] = { 1, 2, 3 }, large[1] = { 1001 };
	struct buf out = buf_of(mem, sizeof(mem));
	struct outer o, m = { .small = 1 };
	struct body b = { .len = 0 };
	struct body in = { .len = 0 };

	add(&b, 1, "\1", 1);
	for (int i = 0; i < 3; i++) {
		add(&b, 10, NULL, 0);
		assert_int_equal(body_decode(&b, &o), 0);
		assert_int_equal(o.list.n, i + 1);
	}
	add(&b, 10, NULL, 0);
	assert_int_equal(body_decode(&b, &o), -EBADMSG);
	/* the limit of a list inside an element, when the element is only checked */
	for (int i = 0; i < 3; i++)
		add(&in, 3, "\0\1", 2);
	assert_int_equal(one_decode(10, in.data, in.len - 8), 0);
	assert_int_equal(one_decode(10, in.data, in.len), -EBADMSG);

	m.list = (struct inner_list){ .v = four, .n = 4 };
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EMSGSIZE);
	m.list = (struct inner_list){ .n = 1 };
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EINVAL);
	m.list = (struct inner_list){ .n = 0 };
	m.nest.list = (struct wire_u16_list){ .v = three, .n = 3 };
	assert_int_equal(wire_encode(&outer_msg, &m, &out), 0);
	m.has_nest = true;
	out.len = 0;
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EMSGSIZE);
	m.nest.list = (struct wire_u16_list){ .v = large, .n = 1 };
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EINVAL);
	assert_int_equal(out.len, 0);
}

static void test_encode_limits(void **state)
{
	struct buf out = buf_of(mem, sizeof(mem));
	struct outer m = { .small = 1, .has_blob = true };

	m.blob = bytes_str("12345");
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EMSGSIZE);
	m.blob = bytes_of(NULL, 0);
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EINVAL);
	m.blob = bytes_str("1234");
	m.has_text = true;
	m.text = bytes_str("\xff");
	assert_int_equal(wire_encode(&outer_msg, &m, &out), -EINVAL);
	m.text = bytes_of(NULL, 0);
	assert_int_equal(wire_encode(&outer_msg, &m, &out), 0);
}

static void test_utf8(void **state)
{
	static const char *const good[] = {
		"",
		"a",
		"\x7f",
		"\xc2\x80",
		"\xdf\xbf",
		"\xe0\xa0\x80",
		"\xed\x9f\xbf",
		"\xee\x80\x80",
		"\xef\xbf\xbf",
		"\xf0\x90\x80\x80",
		"\xf4\x8f\xbf\xbf",
		"a\xc3\xa4z",
	};
	static const char *const bad[] = {
		"\x80",
		"\xbf",
		"\xc0\x80",
		"\xc1\xbf",
		"\xc2",
		"\xc2z",
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xe1\x80",
		"\xe1\x80z",
		"\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xf1\x80\x80",
		"\xf1\x80\x80z",
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
		"ab\xc3",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(one_decode(5, good[i], strlen(good[i])), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(one_decode(5, bad[i], strlen(bad[i])), -EBADMSG);
	assert_int_equal(one_decode(5, "a\0b", 3), -EBADMSG);
	/* a sequence that the end of the value cuts, though its bytes lie behind */
	assert_int_equal(one_decode(5, "\xc2\x80", 1), -EBADMSG);
}

static const struct wire_set loop_set;
static const struct wire_field loop_fields[] = {
	{ .name = "in", .kind = WIRE_K_NEST, .set = &loop_set, .has = WIRE_HAS_NONE },
};
static const struct wire_set loop_set = { .fields = loop_fields, .n = 1, .size = 0 };

/* A table whose sets nest deeper than the codec goes is refused, not followed. */
static void test_depth(void **state)
{
	struct body b = { .len = 0 };
	uint8_t out[8];

	for (int depth = 0; depth <= WIRE_DEPTH_MAX; depth++) {
		struct body in = b;

		assert_int_equal(wire_set_decode(&loop_set, bytes_of(b.data, b.len), out), 0);
		b.len = 0;
		add(&b, 1, in.data, in.len);
	}
	assert_int_equal(wire_set_decode(&loop_set, bytes_of(b.data, b.len), out), -EBADMSG);
}

static void test_message_limit(void **state)
{
	static const struct wire_field fields[] = {
		{ .name = "v", .kind = WIRE_K_BYTES, .max = UINT32_MAX, .has = WIRE_HAS_NONE },
	};
	static const struct wire_set set = { .fields = fields, .n = 1, .size = 16 };
	static const struct wire_msg msg = { .name = "big", .set = &set, .type = 0xff02 };
	size_t most = WIRE_MSG_LEN_MAX - WIRE_HEADER_LEN - WIRE_TLV_LEN, len;
	uint8_t *data = calloc(1, most + 1), *dst = malloc(2 * WIRE_MSG_LEN_MAX);
	struct buf out = buf_of(dst, 2 * WIRE_MSG_LEN_MAX);
	struct bytes v = bytes_of(data, most + 1);

	assert_int_equal(wire_encode(&msg, &v, &out), -EMSGSIZE);
	assert_int_equal(out.len, 0);
	v.len = most;
	assert_int_equal(wire_encode(&msg, &v, &out), 0);
	assert_int_equal(wire_frame_len(buf_bytes(&out), &len), 0);
	assert_int_equal(len, WIRE_MSG_LEN_MAX);
	assert_int_equal(wire_decode(&msg, buf_bytes(&out), &v), 0);
	assert_int_equal(v.len, most);
	free(data);
	free(dst);
}

static void test_typed(void **state)
{
	static const struct wire_owner owners[] = {
		{ .id = { { 1 } }, .addr = { { 0x20, 1 }, 7400 }, .class = 0 },
		{ .id = { { 2 } }, .addr = { { 0x20, 2 }, 7401 }, .class = 6 },
	};
	struct wire_lookup_answer a = {
		.query_id = 5,
		.epoch = 9,
		.owners = { .v = owners, .n = 2 },
	};
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_lookup_answer got;
	struct wire_header h;
	struct wire_owner o;
	size_t pos = 0;

	assert_int_equal(wire_lookup_answer_encode(&a, &b), 0);
	assert_in_range(b.len, 1, WIRE_LOOKUP_ANSWER_SIZE_MAX);
	assert_int_equal(wire_header_decode(buf_bytes(&b), &h), 0);
	assert_int_equal(h.type, WIRE_LOOKUP_ANSWER);
	assert_int_equal(wire_lookup_answer_body_decode(&h, &got), 0);
	assert_int_equal(got.epoch, 9);
	for (int i = 0; i < 2; i++) {
		assert_true(wire_owner_list_next(&got.owners, &pos, &o));
		assert_true(xos_id_eq(&o.id, &owners[i].id) && o.class == owners[i].class);
	}
	assert_false(wire_owner_list_next(&got.owners, &pos, &o));
	/* the same iterator walks what is to be sent */
	pos = 0;
	assert_true(wire_owner_list_next(&a.owners, &pos, &o));
	assert_true(wire_owner_list_next(&a.owners, &pos, &o) && o.class == 6);
	assert_false(wire_owner_list_next(&a.owners, &pos, &o));
}

static void test_names(void **state)
{
	assert_string_equal(wire_type_name(WIRE_PEER_HELLO), "peer-hello");
	assert_string_equal(wire_type_name(0), "unknown");
	assert_string_equal(wire_type_name(0xffff), "unknown");
	assert_ptr_equal(wire_msg_find(WIRE_LOOKUP_QUERY), &wire_lookup_query_msg);
	assert_null(wire_msg_find(0xfff0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_every_bit),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_frame_limits),
		cmocka_unit_test(test_truncation),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_range),
		cmocka_unit_test(test_duplicate_and_missing),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_forward),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_spoiled_list),
		cmocka_unit_test(test_plain_lists),
		cmocka_unit_test(test_list_limits),
		cmocka_unit_test(test_encode_limits),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_message_limit),
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
