/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The append log (log.h) in files: a folder of segments of one size
 * (segment.h), written by a thread that syncs all records which came while it
 * synced the last ones. Segments that are trimmed are used again.
 *
 * A small file "durable" notes, without a sync of its own, how far the log is
 * known to be synced. It finds a last record that was damaged after a crash of
 * the process; after a loss of power it may be older than the log, and then a
 * damaged last record cannot be told from one that was never synced.
 */
#ifndef _XOS_STORE_LOG_FILE_H
#define _XOS_STORE_LOG_FILE_H

#include <store/log.h>

#define STORE_LOG_REASON_MAX 256

struct store_log_file;

/**
 * struct store_log_file_config - where and how much
 * @path: folder; made when it is not there. Nobody else uses it
 * @segment_bytes: bytes of a segment, at least STORE_LOG_SEGMENT_MIN; 0: 8 MiB
 * @bytes_max: bytes of all segments, more is refused; 0: 1 GiB
 * @pending_bytes_max: unsynced bytes, more is refused; at most half a segment; 0: 4 MiB
 * @sync: instead of fdatasync(2), for tests; NULL: that
 * @wakeup: called on the writer's thread: store_log_file_poll() has something to do
 * @wakeup_ctx: argument of @wakeup
 */
struct store_log_file_config {
	const char *path;
	uint64_t segment_bytes;
	uint64_t bytes_max;
	uint64_t pending_bytes_max;
	int (*sync)(int fd);
	void (*wakeup)(void *ctx);
	void *wakeup_ctx;
};

/* Two of the greatest records. */
#define STORE_LOG_SEGMENT_MIN (1024 * 1024)

/**
 * struct store_log_file_stats - what happened since the log was opened
 * @appended: records accepted
 * @refused: records refused over a limit, for a full disk, or after a failure
 * @syncs: syncs of records
 * @segments: segments there are now, the spare one left out
 * @recycled: segments that were used again
 */
struct store_log_file_stats {
	uint64_t appended;
	uint64_t refused;
	uint64_t syncs;
	uint64_t segments;
	uint64_t recycled;
};

/**
 * store_log_file_open() - open a log, or make an empty one
 * @config: copied
 * @out: result
 * @reason: at least STORE_LOG_REASON_MAX bytes: what is wrong
 *
 * Return: 0; -EINVAL a segment is too small; -EBADMSG a segment is missing or
 * its header is damaged; -EPROTO another format; -ENOMEM; or a negative errno
 * of the file system.
 */
int store_log_file_open(const struct store_log_file_config *config, struct store_log_file **out,
			char *reason);

/**
 * store_log_file_close() - sync what was appended and close
 * @l: log; NULL is ignored
 *
 * Tickets that were not reported yet are forgotten.
 */
void store_log_file_close(struct store_log_file *l);

/**
 * store_log_file_log() - the interface that cores get
 * @l: log
 *
 * An append without a replay before it replays without visiting. A full disk,
 * or @bytes_max, is found before a record is accepted: -ENOSPC; trim() makes
 * room, and so does whoever tidies the disk up.
 *
 * Return: the interface, as long as @l.
 */
struct store_log *store_log_file_log(struct store_log_file *l);

/**
 * store_log_file_poll() - report what is synced; on the loop's thread, after a wakeup
 * @l: log
 */
void store_log_file_poll(struct store_log_file *l);

/**
 * store_log_file_failed() - did a sync fail? The process should end then
 * @l: log
 *
 * Return: true from the failure on.
 */
bool store_log_file_failed(struct store_log_file *l);

/**
 * store_log_file_stats() - counters
 * @l: log
 * @out: result
 */
void store_log_file_stats(struct store_log_file *l, struct store_log_file_stats *out);

#endif
