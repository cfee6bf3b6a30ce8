// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The generator writes messages from the schemas alone, without the C codec. Each of
 * them must decode and encode to the same bytes: two writers of one format agree.
 * Runs in the top directory of the tree, or where XOS_SRC says that it is.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include <libmnl/libmnl.h>

#include <nl/nl_sock.h>
#include <nl/xos_handoff_user.h>
#include <nl/xos_lookup_user.h>
#include <select/query.h>
#include <wire/wire.h>

static char dir[] = "/tmp/xos-seeds-XXXXXX";
static uint8_t data[65536] __attribute__((aligned(8)));
static uint8_t again[65536] __attribute__((aligned(8)));
static uint64_t parsed[512];

static int setup(void **state)
{
	const char *src = getenv("XOS_SRC");
	char cmd[512];

	if (!mkdtemp(dir))
		return -1;
	snprintf(cmd, sizeof(cmd), "%s/scripts/gen --out / --seeds %s >/dev/null", src ? src : ".",
		 dir);
	return system(cmd) ? -1 : 0;
}

static int each_file(const char *sub, void (*fn)(const char *name, struct bytes in))
{
	char path[512];
	struct dirent *e;
	int n = 0;
	DIR *d;

	snprintf(path, sizeof(path), "%s/%s", dir, sub);
	d = opendir(path);
	assert_non_null(d);
	while ((e = readdir(d))) {
		size_t len;
		FILE *f;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s/%s", dir, sub, e->d_name);
		f = fopen(path, "r");
		assert_non_null(f);
		len = fread(data, 1, sizeof(data), f);
		fclose(f);
		fn(e->d_name, bytes_of(data, len));
		unlink(path);
		n++;
	}
	closedir(d);
	snprintf(path, sizeof(path), "%s/%s", dir, sub);
	rmdir(path);
	return n;
}

static void wire_seed(const char *name, struct bytes in)
{
	struct buf out = buf_of(again, sizeof(again));
	const struct wire_msg *msg;
	struct wire_header h;

	assert_int_equal(wire_header_decode(in, &h), 0);
	msg = wire_msg_find(h.type);
	assert_non_null(msg);
	assert_memory_equal(name, msg->name, strlen(msg->name));
	assert_true(msg->set->size <= sizeof(parsed));
	if (wire_body_decode(msg, &h, parsed))
		fail_msg("%s does not decode", name);
	if (wire_encode(msg, parsed, &out) || !bytes_eq(buf_bytes(&out), in))
		fail_msg("%s does not encode to what it was", name);
}

static void test_wire(void **state)
{
	int n = each_file("wire", wire_seed), types = 0;

	for (uint32_t type = 0; type <= UINT16_MAX; type++)
		types += !!wire_msg_find((uint16_t)type);
	/* one with the required attributes and one with all */
	assert_int_equal(n, 2 * types);
}

static void nl_seed(const char *name, struct bytes in)
{
	static const struct xnl_family *const families[] = { &xos_handoff_family,
							     &xos_lookup_family };
	const struct xnl_set *set = families[in.data[0]]->sets[in.data[1]];
	struct bytes attrs = bytes_of(in.data + 4, in.len - 4);
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(again);
	const struct nlattr *nla;
	int n = 0, pads = 0;

	if (xnl_set_parse(set, attrs, parsed))
		fail_msg("%s does not parse", name);
	assert_int_equal(xnl_set_put(set, parsed, nlh, sizeof(again)), 0);
	mnl_attr_for_each(nla, nlh, 0)
		n++;
	for (nla = (const void *)attrs.data; (const uint8_t *)nla < attrs.data + attrs.len;
	     nla = mnl_attr_next(nla)) {
		uint16_t type = mnl_attr_get_type(nla);

		pads += type > set->n || !set->fields[type - 1].kind;
		n--;
	}
	/* all come back but the padding */
	assert_int_equal(n + pads, 0);
}

static void test_netlink(void **state)
{
	assert_int_equal(each_file("nl_client", nl_seed),
			 xos_handoff_family.sets_n + xos_lookup_family.sets_n);
}

static void query_seed(const char *name, struct bytes in)
{
	static struct query q;
	struct query_error err;

	if (query_parse(in, &q, &err))
		fail_msg("select_parse/%s: column %u: %s", name, err.column, err.text);
}

static void test_queries(void **state)
{
	assert_true(each_file("select_parse", query_seed) > 0);
}

static int teardown(void **state)
{
	return rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wire),
		cmocka_unit_test(test_netlink),
		cmocka_unit_test(test_queries),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
