// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every message of the wire: header, attributes, lists. What decodes must encode, and
 * the encoding must be a fixed point: decode and encode again gives the same bytes.
 * The header is mended first so that the attributes are reached at all.
 */
#include <wire/wire.h>

#include <stdlib.h>

#include <base/assert.h>
#include <base/be.h>
#include <base/crc32c.h>

static uint8_t first[WIRE_MSG_LEN_MAX], second[WIRE_MSG_LEN_MAX];
/* Larger than the struct of any set. */
static uint64_t structs[WIRE_DEPTH_MAX + 2][512];

static void lists_walk(const struct wire_set *set, const void *in, unsigned int depth);

static void member_walk(const struct wire_field *f, const uint8_t *member, unsigned int depth)
{
	uint64_t *elem = structs[depth + 1];
	struct wire_list l;
	size_t pos = 0;
	uint32_t n = 0;

	if (!(f->flags & WIRE_F_LIST)) {
		if (f->kind == WIRE_K_NEST)
			lists_walk(f->set, member, depth);
		return;
	}
	memcpy(&l, member, sizeof(l));
	while (wire_list_next(&l, &pos, f, elem)) {
		n++;
		if (f->kind == WIRE_K_NEST)
			lists_walk(f->set, elem, depth + 1);
	}
	xassert(n == l.n && n <= f->count_max);
}

/* Every list of a decoded set yields as many elements as it says. */
static void lists_walk(const struct wire_set *set, const void *in, unsigned int depth)
{
	xassert(set->size <= sizeof(structs[0]));
	for (uint16_t i = 0; i < set->n; i++)
		if (set->fields[i].kind)
			member_walk(&set->fields[i], (const uint8_t *)in + set->fields[i].offset,
				    depth);
}

static void round_trip(const struct wire_msg *msg, struct bytes in)
{
	struct buf a = buf_of(first, sizeof(first)), b = buf_of(second, sizeof(second));
	struct wire_header h;
	int err;

	xassert(!wire_header_decode(in, &h));
	xassert(msg->set->size <= sizeof(structs[0]));
	err = wire_body_decode(msg, &h, structs[0]);
	xassert(err == wire_set_decode(msg->set, h.body, NULL));
	xassert(err == 0 || err == -EBADMSG || err == -EPROTO);
	if (err)
		return;
	lists_walk(msg->set, structs[0], 0);
	/* not longer than it came, but for what the sender's version did not know */
	xassert(!wire_encode(msg, structs[0], &a));
	xassert(!wire_decode(msg, buf_bytes(&a), structs[0]));
	xassert(!wire_encode(msg, structs[0], &b));
	xassert(bytes_eq(buf_bytes(&a), buf_bytes(&b)));
}

static void header_mend(uint8_t *msg, size_t len)
{
	be16_store(msg + WIRE_OFF_MAGIC, WIRE_MAGIC);
	if (!msg[WIRE_OFF_VERSION])
		msg[WIRE_OFF_VERSION] = 1;
	be32_store(msg + WIRE_OFF_LEN, (uint32_t)len);
	be32_store(msg + WIRE_OFF_CRC, 0);
	be32_store(msg + WIRE_OFF_CRC, crc32c(0, msg, len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct wire_msg *msg;
	struct wire_header h;
	uint8_t *copy;
	size_t len;

	wire_header_decode(bytes_of(data, size), &h);
	wire_frame_len(bytes_of(data, size), &len);
	if (size < WIRE_HEADER_LEN || size > WIRE_MSG_LEN_MAX)
		return 0;
	/* a block of exactly this size, so that a read beyond it is seen */
	copy = malloc(size);
	xassert(copy);
	memcpy(copy, data, size);
	header_mend(copy, size);
	msg = wire_msg_find(be16_load(copy + WIRE_OFF_TYPE));
	if (msg)
		round_trip(msg, bytes_of(copy, size));
	free(copy);
	return 0;
}
