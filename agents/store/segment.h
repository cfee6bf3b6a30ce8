/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Segments of the append log: files of one size, written in full once, so that
 * a sync of a record never has to sync metadata. A segment is made as the file
 * "spare"; it is named after its first record when its turn comes, and becomes
 * the spare again when its records are no longer needed.
 *
 *	0 u32 magic "XOSL"	 8 u64 first	big-endian
 *	4 u32 format		16 u32 crc32c of the 16 bytes before
 *	SEGMENT_HDR: records (record.h)
 *
 * A segment gets its name only after all records before @first are synced.
 */
#ifndef _XOS_STORE_SEGMENT_H
#define _XOS_STORE_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/bytes.h>

/* One block for the header, so that no write of a record touches it. */
#define SEGMENT_HDR	 4096
#define SEGMENT_NAME_MAX 32

/**
 * struct segment - an open segment
 * @fd: its file, -1: none
 * @first: number of its first record
 * @at: offset of the next write
 * @size: bytes of the file
 */
struct segment {
	int fd;
	uint64_t first;
	uint64_t at;
	uint64_t size;
};

/**
 * segment_name() - name of the segment that begins with a record
 * @first: number of that record
 * @name: result, SEGMENT_NAME_MAX bytes
 */
void segment_name(uint64_t first, char *name);

/**
 * segment_first() - number of the first record of the segment of this name
 * @name: name of a file
 * @first: result
 *
 * Return: false when it is not the name of a segment.
 */
bool segment_first(const char *name, uint64_t *first);

/**
 * segment_spare() - make the file "spare" when there is none, synced
 * @dir: descriptor of the folder
 * @size: bytes of a segment
 *
 * Return: 0 or a negative errno: -ENOSPC; nothing is left behind then.
 */
int segment_spare(int dir, uint64_t size);

/**
 * segment_begin() - turn the spare into a segment, synced
 * @dir: descriptor of the folder
 * @size: bytes of a segment
 * @first: number of its first record
 * @s: result
 *
 * Return: 0 or a negative errno.
 */
int segment_begin(int dir, uint64_t size, uint64_t first, struct segment *s);

/**
 * segment_open() - open a segment
 * @dir: descriptor of the folder
 * @first: number of its first record
 * @s: result; @s->at is behind the header
 *
 * Return: 0, -EBADMSG when the header is damaged, -EPROTO when it is of
 * another format, or a negative errno of open(2) or read(2).
 */
int segment_open(int dir, uint64_t first, struct segment *s);

/**
 * segment_read() - all bytes behind the header
 * @s: segment
 * @out: result, to be freed by the caller
 *
 * Return: 0, -ENOMEM, or a negative errno of read(2).
 */
int segment_read(const struct segment *s, struct bytes *out);

/**
 * segment_write() - write at @s->at and move it on; not synced
 * @s: segment
 * @data: bytes; they fit
 *
 * Return: 0 or a negative errno of write(2).
 */
int segment_write(struct segment *s, struct bytes data);

/**
 * segment_wipe() - write zeros from @s->at to the end; not synced
 * @s: segment
 *
 * Return: 0 or a negative errno of write(2).
 */
int segment_wipe(const struct segment *s);

/**
 * segment_retire() - a segment is no longer needed: it becomes the spare, or goes
 * @dir: descriptor of the folder
 * @first: number of its first record
 * @keep: make it the spare
 *
 * Return: 0 or a negative errno.
 */
int segment_retire(int dir, uint64_t first, bool keep);

/**
 * segment_close() - close the file
 * @s: segment, closed or not
 */
void segment_close(struct segment *s);

#endif
