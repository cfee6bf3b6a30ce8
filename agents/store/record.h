/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A record of the append log as it lies on a disk. Both logs, in files and in
 * memory, use it, so that what the simulator tears is what the daemon reads.
 *
 *	 0 u32 magic "XOSR"    16 u64 durable	all big-endian; padded with
 *	 4 u32 payload length  24 u32 crc32c	zeros to a multiple of 8
 *	 8 u64 sequence	       28 u32 zero	32 payload
 *
 * The checksum covers header (with this field zero) and payload. @durable is
 * the highest sequence that was known to be synced when the record was made;
 * it tells a torn tail from corruption: records that were never synced may be
 * missing in any pattern, but a record that a later one calls durable may not.
 */
#ifndef _XOS_STORE_RECORD_H
#define _XOS_STORE_RECORD_H

#include <stdint.h>

#include <base/buf.h>
#include <base/bytes.h>

#define STORE_RECORD_HDR   32
#define STORE_RECORD_ALIGN 8

/**
 * struct store_record - a decoded record
 * @seq: number
 * @durable: highest number known to be synced when it was written
 * @payload: contents, borrowed
 * @size: bytes that it takes on the disk, padding included
 */
struct store_record {
	uint64_t seq;
	uint64_t durable;
	struct bytes payload;
	size_t size;
};

/**
 * store_record_size() - bytes on the disk
 * @len: bytes of the payload
 *
 * Return: header, payload and padding.
 */
static inline size_t store_record_size(size_t len)
{
	size_t size = STORE_RECORD_HDR + len;

	return (size + STORE_RECORD_ALIGN - 1) & ~(size_t)(STORE_RECORD_ALIGN - 1);
}

/**
 * store_record_encode() - append a record
 * @r: @seq, @durable and @payload are used
 * @out: buffer
 *
 * Return: 0 or -EMSGSIZE.
 */
int store_record_encode(const struct store_record *r, struct buf *out);

/**
 * store_record_decode() - read the record that starts at a place
 * @in: bytes from that place on
 * @out: result, untouched on failure
 *
 * Return: 0; -ENODATA when the place was never written (zeros, or the end);
 * -EBADMSG when what is there is no whole record.
 */
int store_record_decode(struct bytes in, struct store_record *out);

/**
 * struct store_record_scan - where an unbroken run of records ended
 * @end: offset behind the last good record
 * @next: sequence expected there
 * @durable: highest @durable seen in any good record, also behind a gap
 * @torn: something was there that is no good record
 */
struct store_record_scan {
	size_t end;
	uint64_t next;
	uint64_t durable;
	bool torn;
};

/**
 * store_record_scan() - find where a run of consecutive records ends, and what lies behind
 * @in: the bytes of a log or a segment
 * @from: offset to start at
 * @next: sequence that the first record must have
 * @out: result
 *
 * Records behind the first bad place that have a sequence of at least @next
 * only serve to learn what was durable. The caller compares: @out->durable >=
 * @out->next means that a durable record is missing.
 */
void store_record_scan(struct bytes in, size_t from, uint64_t next, struct store_record_scan *out);

#endif
