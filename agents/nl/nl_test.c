// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include <nl/nl_sock.h>
#include <nl/xos_handoff_user.h>

/* A set with every kind, as the generator would write it. */
struct inner {
	uint32_t num;
	bool has_num;
};

static const struct xnl_field inner_fields[] = {
	[1] = {
		.name = "num",
		.kind = XNL_K_INT,
		.size = 4,
		.offset = offsetof(struct inner, num),
		.has = offsetof(struct inner, has_num),
	},
};

static const struct xnl_set inner_attrs = {
	.name = "inner",
	.fields = inner_fields,
	.size = sizeof(struct inner),
	.n = 2,
};

struct inner_list {
	const struct inner *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

struct outer {
	uint8_t small;
	int64_t large;
	uint16_t net;
	bool flag;
	const char *text;
	struct bytes blob;
	uint8_t array[3];
	struct inner nest;
	struct inner_list list;
	struct xnl_u16_list numbers;
	bool has_small;
	bool has_large;
	bool has_net;
	bool has_text;
	bool has_blob;
	bool has_array;
	bool has_nest;
};

#define FIELD(member_, kind_) \
	.name = #member_, .kind = kind_, .offset = offsetof(struct outer, member_)
#define HAS(member_) .has = offsetof(struct outer, has_##member_)

static const struct xnl_field outer_fields[] = {
	[0] = { FIELD(small, XNL_K_INT), HAS(small), .size = 1 },
	[1] = { FIELD(large, XNL_K_INT), HAS(large), .size = 8, .flags = XNL_F_SIGNED },
	[2] = { FIELD(net, XNL_K_INT), HAS(net), .size = 2, .flags = XNL_F_BIG_ENDIAN },
	[3] = { FIELD(flag, XNL_K_FLAG), .has = XNL_HAS_NONE },
	[4] = { FIELD(text, XNL_K_STRING), HAS(text), .len_max = 8 },
	[5] = { FIELD(blob, XNL_K_BYTES), HAS(blob), .len_min = 1, .len_max = 4 },
	[6] = { FIELD(array, XNL_K_ARRAY), HAS(array), .size = 3 },
	[7] = { FIELD(nest, XNL_K_NEST), HAS(nest), .set = &inner_attrs },
	[8] = { FIELD(list, XNL_K_NEST), .has = XNL_HAS_NONE, .flags = XNL_F_LIST,
		.set = &inner_attrs },
	[9] = { FIELD(numbers, XNL_K_INT), .has = XNL_HAS_NONE, .flags = XNL_F_LIST, .size = 2 },
};

static const struct xnl_set outer_attrs = {
	.name = "outer",
	.fields = outer_fields,
	.size = sizeof(struct outer),
	.n = 10,
};

static const struct inner elems[] = { { 7, true }, { 8, true }, { 0, false } };
static const uint16_t numbers[] = { 1, 0xffff };

static const struct outer full = {
	.small = 0xfe,
	.has_small = true,
	.large = -2,
	.has_large = true,
	.net = 0x1234,
	.has_net = true,
	.flag = true,
	.text = "12345678",
	.has_text = true,
	.blob = { (const uint8_t *)"\0b", 2 },
	.has_blob = true,
	.array = { 1, 2, 3 },
	.has_array = true,
	.nest = { 5, true },
	.has_nest = true,
	.list = { .v = elems, .n = 3 },
	.numbers = { .v = numbers, .n = 2 },
};

static uint8_t mem[4096] __attribute__((aligned(8)));

static struct bytes put(const struct xnl_set *set, const void *in, size_t cap, int *err)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(mem);

	*err = xnl_set_put(set, in, nlh, cap);
	return bytes_of(mnl_nlmsg_get_payload(nlh), mnl_nlmsg_get_payload_len(nlh));
}

static void check_full(const struct outer *o)
{
	struct inner e;
	uint16_t num;
	size_t pos = 0;

	assert_true(o->has_small && o->has_large && o->has_net && o->has_text && o->has_blob);
	assert_true(o->has_array && o->has_nest && o->flag);
	assert_int_equal(o->small, 0xfe);
	assert_true(o->large == -2);
	assert_int_equal(o->net, 0x1234);
	assert_string_equal(o->text, "12345678");
	assert_true(bytes_eq(o->blob, bytes_of("\0b", 2)));
	assert_memory_equal(o->array, full.array, 3);
	assert_true(o->nest.has_num && o->nest.num == 5);
	assert_int_equal(o->list.n, 3);
	for (int i = 0; i < 3; i++) {
		assert_true(xnl_list_next(&o->list, &pos, &outer_fields[8], &e));
		assert_int_equal(e.has_num, elems[i].has_num);
		assert_int_equal(e.num, elems[i].num);
	}
	assert_false(xnl_list_next(&o->list, &pos, &outer_fields[8], &e));
	pos = 0;
	assert_int_equal(o->numbers.n, 2);
	assert_true(xnl_u16_list_next(&o->numbers, &pos, &num) && num == 1);
	assert_true(xnl_u16_list_next(&o->numbers, &pos, &num) && num == 0xffff);
	assert_false(xnl_u16_list_next(&o->numbers, &pos, &num));
}

static void test_round_trip(void **state)
{
	uint8_t again[4096] __attribute__((aligned(8)));
	struct outer o, p;
	struct bytes b;
	size_t len;
	int err;

	check_full(&full);
	b = put(&outer_attrs, &full, sizeof(mem), &err);
	assert_int_equal(err, 0);
	assert_int_equal(xnl_set_parse(&outer_attrs, b, &o), 0);
	check_full(&o);
	/* lists that were parsed are sent as they are */
	len = b.len;
	memcpy(again, b.data, len);
	assert_int_equal(xnl_set_parse(&outer_attrs, bytes_of(again, len), &p), 0);
	b = put(&outer_attrs, &p, sizeof(mem), &err);
	assert_int_equal(err, 0);
	assert_true(bytes_eq(b, bytes_of(again, len)));
	assert_int_equal(xnl_set_parse(&outer_attrs, b, NULL), 0);
}

static void test_empty(void **state)
{
	struct outer none = { 0 }, o;
	struct bytes b;
	int err;

	b = put(&outer_attrs, &none, sizeof(mem), &err);
	assert_int_equal(err, 0);
	assert_int_equal(b.len, 0);
	assert_int_equal(xnl_set_parse(&outer_attrs, b, &o), 0);
	assert_memory_equal(&o, &none, sizeof(o));
	b = put(&outer_attrs, NULL, sizeof(mem), &err);
	assert_int_equal(b.len, 0);
}

/* Whatever the room, nothing is written beyond it. */
static void test_no_room(void **state)
{
	struct bytes b;
	size_t need;
	int err;

	b = put(&outer_attrs, &full, sizeof(mem), &err);
	need = b.len + MNL_NLMSG_HDRLEN;
	for (size_t cap = MNL_NLMSG_HDRLEN; cap <= need; cap++) {
		memset(mem, 0xaa, sizeof(mem));
		put(&outer_attrs, &full, cap, &err);
		assert_int_equal(err, cap == need ? 0 : -EMSGSIZE);
		assert_int_equal(mem[need], 0xaa);
	}
}

/* Cut at each byte: refused, or the end fell between two attributes. */
static void test_truncation(void **state)
{
	struct outer o;
	struct bytes b;
	int err, good = 0;

	b = put(&outer_attrs, &full, sizeof(mem), &err);
	for (size_t len = 0; len < b.len; len++) {
		uint8_t *copy = malloc(len ? len : 1);

		memcpy(copy, b.data, len);
		err = xnl_set_parse(&outer_attrs, bytes_of(copy, len), &o);
		assert_true(err == 0 || err == -EBADMSG);
		good += !err;
		free(copy);
	}
	/* 12 attributes, 3 of them with padding that may be missing by 1 to 3 bytes */
	assert_in_range(good, 12, 30);
}

static void attr_raw(struct nlmsghdr *nlh, uint16_t type, const void *data, size_t len)
{
	mnl_attr_put(nlh, type, len, data);
}

static int parse_one(uint16_t type, const void *data, size_t len, struct outer *o)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(mem);

	attr_raw(nlh, type, data, len);
	return xnl_set_parse(&outer_attrs,
			     bytes_of(mnl_nlmsg_get_payload(nlh), mnl_nlmsg_get_payload_len(nlh)),
			     o);
}

static void test_bad_values(void **state)
{
	struct outer o;

	assert_int_equal(parse_one(1, "ab", 2, &o), -EBADMSG);
	assert_int_equal(parse_one(1, "", 0, &o), -EBADMSG);
	assert_int_equal(parse_one(4, "x", 1, &o), -EBADMSG);
	assert_int_equal(parse_one(5, "abc", 3, &o), -EBADMSG);
	assert_int_equal(parse_one(5, "", 0, &o), -EBADMSG);
	assert_int_equal(parse_one(5, "a\0b", 4, &o), -EBADMSG);
	assert_int_equal(parse_one(5, "123456789", 10, &o), -EBADMSG);
	assert_int_equal(parse_one(5, "", 1, &o), 0);
	assert_string_equal(o.text, "");
	assert_int_equal(parse_one(6, "", 0, &o), -EBADMSG);
	assert_int_equal(parse_one(6, "12345", 5, &o), -EBADMSG);
	assert_int_equal(parse_one(7, "1234", 4, &o), -EBADMSG);
	assert_int_equal(parse_one(8, "123", 3, &o), -EBADMSG);
	assert_int_equal(parse_one(8, "", 0, &o), 0);
	assert_true(o.has_nest && !o.nest.has_num);
	assert_int_equal(parse_one(10, "1", 1, &o), -EBADMSG);
	/* unknown, and a number without an attribute inside a set */
	assert_int_equal(parse_one(11, "whatever", 8, &o), 0);
	assert_int_equal(parse_one(0x3fff, "whatever", 8, &o), 0);
	assert_int_equal(parse_one(0, "x", 1, &o), 0);
}

static void test_duplicate(void **state)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(mem);
	struct outer o;

	attr_raw(nlh, 1, "a", 1);
	attr_raw(nlh, 1, "a", 1);
	assert_int_equal(
		xnl_set_parse(&outer_attrs,
			      bytes_of(mnl_nlmsg_get_payload(nlh), mnl_nlmsg_get_payload_len(nlh)),
			      &o),
		-EBADMSG);
}

static void test_bad_requests(void **state)
{
	struct outer o = { .text = "123456789", .has_text = true };
	int err;

	put(&outer_attrs, &o, sizeof(mem), &err);
	assert_int_equal(err, -EINVAL);
	o = (struct outer){ .blob = { NULL, 0 }, .has_blob = true };
	put(&outer_attrs, &o, sizeof(mem), &err);
	assert_int_equal(err, -EINVAL);
}

static void test_attr_path(void **state)
{
	char name[64];
	struct bytes b;
	int err;

	b = put(&outer_attrs, &full, sizeof(mem), &err);
	xnl_attr_path(&outer_attrs, b, b.data, name, sizeof(name));
	assert_string_equal(name, "small");
	xnl_attr_path(&outer_attrs, b, b.data + 8, name, sizeof(name));
	assert_string_equal(name, "large");
	for (size_t off = 0; off < b.len; off++) {
		xnl_attr_path(&outer_attrs, b, b.data + off, name, sizeof(name));
		if (!strcmp(name, "nest.num"))
			return;
	}
	fail_msg("no path to the nested attribute");
}

/* The tables that the generator made agree with the structs that it made. */
static void test_generated_tables(void **state)
{
	for (uint16_t i = 0; i < xos_handoff_family.sets_n; i++) {
		const struct xnl_set *set = xos_handoff_family.sets[i];

		for (uint16_t k = 0; k < set->n; k++) {
			const struct xnl_field *f = &set->fields[k];

			if (!f->kind)
				continue;
			assert_true(f->offset < set->size);
			assert_true(f->has == XNL_HAS_NONE || f->has < set->size);
			assert_true(f->kind != XNL_K_NEST || f->set);
		}
	}
	assert_string_equal(xos_handoff_member_state_name(XOS_HANDOFF_MEMBER_STATE_DOWN), "down");
	assert_null(xos_handoff_member_state_name(77));
}

static void test_generated_struct(void **state)
{
	struct xos_handoff_vip vip = { 0 }, got;
	static const uint8_t addr[16] = { 0x20, 0x01, 0x0d, 0xb8 };
	struct bytes b;
	int err;

	xos_handoff_vip_put_addr(&vip, addr);
	xos_handoff_vip_put_port(&vip, 80);
	b = put(&xos_handoff_vip_attrs, &vip, sizeof(mem), &err);
	assert_int_equal(err, 0);
	assert_int_equal(xnl_set_parse(&xos_handoff_vip_attrs, b, &got), 0);
	assert_memory_equal(&got, &vip, sizeof(vip));
}

/* The controller of generic netlink is a family that every kernel has. */
struct ctrl {
	uint16_t id;
	const char *name;
	bool has_id;
	bool has_name;
};

static const struct xnl_field ctrl_fields[] = {
	[CTRL_ATTR_FAMILY_ID - 1] = {
		.name = "family-id",
		.kind = XNL_K_INT,
		.size = 2,
		.offset = offsetof(struct ctrl, id),
		.has = offsetof(struct ctrl, has_id),
	},
	[CTRL_ATTR_FAMILY_NAME - 1] = {
		.name = "family-name",
		.kind = XNL_K_STRING,
		.offset = offsetof(struct ctrl, name),
		.has = offsetof(struct ctrl, has_name),
	},
};

static const struct xnl_set ctrl_attrs = {
	.name = "ctrl",
	.fields = ctrl_fields,
	.size = sizeof(struct ctrl),
	.n = 2,
};

static const struct xnl_op ctrl_ops[] = {
	{ "getfamily", &ctrl_attrs, CTRL_CMD_GETFAMILY },
	{ "newfamily", &ctrl_attrs, CTRL_CMD_NEWFAMILY },
	{ "none", &ctrl_attrs, 99 },
};

static const struct xnl_family ctrl_family = {
	.name = "nlctrl",
	.version = 2,
	.ops = ctrl_ops,
	.ops_n = 3,
};

static const struct xnl_family no_family = { .name = "xos_none", .version = 1 };

static int count_item(void *arg, const void *item)
{
	const struct ctrl *c = item;
	int *n = arg;

	if (!c) {
		*n = 0;
		return 0;
	}
	*n += c->has_name && !strcmp(c->name, "nlctrl");
	return 0;
}

static int stop_item(void *arg, const void *item)
{
	return 42;
}

static void no_event(void *arg, const struct xnl_event *ev)
{
	fail_msg("an event out of nowhere");
}

static void test_kernel(void **state)
{
	struct ctrl req = { .name = "nlctrl", .has_name = true }, rep;
	struct xnl_sock *s, *t;
	int n = 0;

	assert_int_equal(xnl_open(&no_family, NULL, &s), -ENOENT);
	assert_int_equal(xnl_open(&ctrl_family, "xos-no-such-netns", &s), -ENOENT);
	assert_int_equal(xnl_open(&ctrl_family, NULL, &s), 0);
	assert_int_equal(xnl_do(s, &ctrl_ops[0], &req, &rep), 0);
	assert_string_equal(rep.name, "nlctrl");
	assert_int_equal(rep.id, GENL_ID_CTRL);
	assert_int_equal(xnl_dump(s, &ctrl_ops[0], NULL, count_item, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(xnl_dump(s, &ctrl_ops[0], NULL, stop_item, NULL), 42);
	/* the dump was drained: the next request gets its own answer */
	assert_int_equal(xnl_do(s, &ctrl_ops[0], &req, &rep), 0);

	req.name = "xos_none";
	assert_int_equal(xnl_do(s, &ctrl_ops[0], &req, &rep), -ENOENT);
	assert_int_equal(xnl_last_error(s)->code, -ENOENT);
	assert_string_equal(xnl_error_text(s), "nlctrl: No such file or directory");
	assert_int_equal(xnl_do(s, &ctrl_ops[2], NULL, NULL), -EOPNOTSUPP);

	assert_int_equal(xnl_join(s, "nothing"), -ENOENT);
	assert_int_equal(xnl_adopt(&ctrl_family, dup(xnl_fd(s)), &t), 0);
	assert_int_equal(xnl_join(t, "notify"), 0);
	assert_int_equal(xnl_events(t, no_event, NULL), 0);
	xnl_close(t);
	xnl_close(s);
	xnl_close(NULL);
}

/* A socket for another namespace leaves the caller in its own. */
static void test_netns(void **state)
{
	struct ctrl req = { .name = "nlctrl", .has_name = true };
	struct stat before, after;
	struct xnl_sock *s;
	char path[200];

	memset(path, 'x', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(xnl_open(&ctrl_family, path, &s), -ENAMETOOLONG);
	if (geteuid())
		skip();
	assert_int_equal(xnl_open(&ctrl_family, "/dev/null", &s), -EINVAL);
	assert_int_equal(stat("/proc/self/ns/net", &before), 0);
	assert_int_equal(xnl_open(&ctrl_family, "/proc/self/ns/net", &s), 0);
	assert_int_equal(stat("/proc/self/ns/net", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(xnl_do(s, &ctrl_ops[0], &req, NULL), 0);
	xnl_close(s);
}

/* A descriptor that is no netlink socket is refused, and closed. */
static void test_adopt(void **state)
{
	struct xnl_sock *s;
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	assert_true(xnl_adopt(&ctrl_family, fds[0], &s) < 0);
	assert_int_equal(close(fds[0]), -1);
	assert_int_equal(close(fds[1]), 0);
}

/* The kernel's text and the name of the attribute come back. */
static void test_extack(void **state)
{
	struct ctrl req = { .name = "this-name-is-far-too-long", .has_name = true };
	const struct xnl_error *e;
	struct xnl_sock *s;

	assert_int_equal(xnl_open(&ctrl_family, NULL, &s), 0);
	assert_true(xnl_do(s, &ctrl_ops[0], &req, NULL) < 0);
	e = xnl_last_error(s);
	assert_string_equal(e->attr, "family-name");
	assert_true(e->text[0] != '\0');
	assert_non_null(strstr(xnl_error_text(s), "(attribute family-name)"));
	xnl_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_truncation),
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_duplicate),
		cmocka_unit_test(test_bad_requests),
		cmocka_unit_test(test_attr_path),
		cmocka_unit_test(test_generated_tables),
		cmocka_unit_test(test_generated_struct),
		cmocka_unit_test(test_kernel),
		cmocka_unit_test(test_netns),
		cmocka_unit_test(test_adopt),
		cmocka_unit_test(test_extack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
