// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Attributes that the kernel sends. Byte 0 chooses the family, byte 1 the set, attributes
 * start at byte 4. What parses must be writable, and writing is a fixed point.
 */
#include <nl/nl_sock.h>

#include <errno.h>
#include <stdlib.h>

#include <libmnl/libmnl.h>

#include <base/assert.h>
#include <nl/xos_handoff_user.h>
#include <nl/xos_lookup_user.h>

#define ROOM (2 * XNL_MSG_LEN_MAX)

static const struct xnl_family *const families[] = { &xos_handoff_family, &xos_lookup_family };
static uint8_t first[ROOM] __attribute__((aligned(8)));
static uint8_t second[ROOM] __attribute__((aligned(8)));
static uint64_t parsed[512], elem[512];

static void lists_walk(const struct xnl_set *set, const uint8_t *in)
{
	for (uint16_t i = 0; i < set->n; i++) {
		const struct xnl_field *f = &set->fields[i];
		struct xnl_list l;
		size_t pos = 0;
		uint32_t n = 0;

		if (!(f->flags & XNL_F_LIST))
			continue;
		memcpy(&l, in + f->offset, sizeof(l));
		while (xnl_list_next(&l, &pos, f, elem))
			n++;
		xassert(n == l.n);
	}
}

static struct bytes put(const struct xnl_set *set, uint8_t *mem)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(mem);

	xassert(!xnl_set_put(set, parsed, nlh, ROOM));
	return bytes_of(mnl_nlmsg_get_payload(nlh), mnl_nlmsg_get_payload_len(nlh));
}

static void round_trip(const struct xnl_set *set, struct bytes in)
{
	struct bytes a, b;
	char name[64];
	int err = xnl_set_parse(set, in, parsed);

	xassert(set->size <= sizeof(parsed));
	xassert(err == 0 || err == -EBADMSG);
	xassert(err == xnl_set_parse(set, in, NULL));
	for (size_t i = 0; i < in.len; i += 4)
		xnl_attr_path(set, in, in.data + i, name, 1 + i % sizeof(name));
	if (err)
		return;
	lists_walk(set, (const uint8_t *)parsed);
	a = put(set, first);
	xassert(!xnl_set_parse(set, a, parsed));
	b = put(set, second);
	xassert(bytes_eq(a, b));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct xnl_family *family;
	uint8_t *copy;

	/* a nested attribute written again may grow by its padding, never beyond 64 KiB */
	if (size < 4 || size > XNL_MSG_LEN_MAX - 1024)
		return 0;
	family = families[data[0] % (sizeof(families) / sizeof(families[0]))];
	copy = malloc(size - 4 ? size - 4 : 1);
	xassert(copy);
	memcpy(copy, data + 4, size - 4);
	round_trip(family->sets[data[1] % family->sets_n], bytes_of(copy, size - 4));
	free(copy);
	return 0;
}
