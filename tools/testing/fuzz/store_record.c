// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A damaged append log: whatever lies on the disk, the scan ends within it,
 * counts what it can read, and every record before its end decodes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <base/be.h>
#include <store/record.h>

#define NEXT	4
#define SPLICES 3

static uint8_t disk[16384];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Good records at the front, made of the input; then the input as it is. */
static size_t disk_fill(const uint8_t *data, size_t size)
{
	struct buf out = buf_of(disk, sizeof(disk));
	uint64_t seq = NEXT;

	for (int i = 0; i < SPLICES && size > 2; i++) {
		size_t len = data[0] % size;
		struct store_record r = { .seq = seq++,
					  .durable = data[1],
					  .payload = bytes_of(data, len) };

		if (store_record_encode(&r, &out))
			break;
		data += len;
		size -= len;
	}
	if (out.len && size)
		disk[data[0] % out.len] ^= (uint8_t)(size & 1);
	buf_append(&out, data, size);
	return out.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len = disk_fill(data, size), at = 0;
	struct store_record_scan scan;
	uint64_t next = NEXT;
	struct store_record r;
	/* a block of exactly this size, so that a read beyond it is seen */
	uint8_t *copy = malloc(len ? len : 1);

	xassert(copy);
	memcpy(copy, disk, len);
	store_record_scan(bytes_of(copy, len), 0, NEXT, &scan);
	xassert(scan.end <= len && scan.next >= NEXT);
	for (; at < scan.end; at += r.size) {
		xassert(!store_record_decode(bytes_of(copy + at, len - at), &r));
		xassert(r.seq == next++ && r.durable <= scan.durable);
	}
	xassert(next == scan.next && at == scan.end);
	free(copy);
	return 0;
}
