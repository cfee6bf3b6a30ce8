// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/log_file.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/assert.h>
#include <base/be.h>
#include <base/crc32c.h>
#include <store/record.h>
#include <store/segment.h>
#include <store/writer.h>

#define SEGMENT_BYTES	  (8ULL * 1024 * 1024)
#define BYTES_MAX	  (1024ULL * 1024 * 1024)
#define PENDING_BYTES_MAX (4ULL * 1024 * 1024)
/* Records written with one system call, at least one of the greatest. */
#define CHUNK_BYTES	  (512 * 1024)
#define RECORD_BYTES_MAX  (STORE_RECORD_HDR + STORE_LOG_RECORD_MAX + STORE_RECORD_ALIGN)
#define MARK_BYTES	  12

struct log_job {
	struct store_job job;
	uint64_t seq;
	size_t len;
	uint8_t data[];
};

/**
 * struct store_log_file - the log
 * @log: interface
 * @config: as opened, defaults filled in
 * @next_seq: of the next record; loop's thread, as all down to @replayed
 * @appended: records accepted
 * @refused: records refused
 * @replayed: the log was read; until then the writer has nothing to do
 * @room: bytes that can be written without asking the disk for more; the
 *	writer sets it, the loop reads it
 * @trim_seq: records up to this one are no longer needed; the loop sets it
 * @segments_n: for the counters; the writer sets it
 * @recycled: for the counters; the writer sets it
 * @syncs: for the counters; the writer sets it
 * @dir: folder; the writer's, once it runs, as all below
 * @mark_fd: file "durable"
 * @current: segment that is written
 * @firsts: first records of all segments in order, the current one included
 * @firsts_n: how many
 * @firsts_max: room in @firsts
 * @spare: the file "spare" is there
 * @durable: highest record that is synced
 * @chunk: records encoded and not written
 * @writer: thread
 */
struct store_log_file {
	struct store_log log;
	struct store_log_file_config config;
	uint64_t next_seq;
	uint64_t appended;
	uint64_t refused;
	bool replayed;
	_Atomic uint64_t room;
	_Atomic uint64_t trim_seq;
	_Atomic uint64_t segments_n;
	_Atomic uint64_t recycled;
	_Atomic uint64_t syncs;
	int dir;
	int mark_fd;
	struct segment current;
	uint64_t *firsts;
	size_t firsts_n;
	size_t firsts_max;
	bool spare;
	uint64_t durable;
	struct buf chunk;
	struct store_writer writer;
};

static struct store_log_file *file_of(struct store_log *log)
{
	return caa_container_of(log, struct store_log_file, log);
}

/* --- the writer's thread --------------------------------------------------------- */

static int sync_fd(struct store_log_file *l, int fd)
{
	if (l->config.sync)
		return l->config.sync(fd);
	return fdatasync(fd) ? -errno : 0;
}

static int flush_chunk(struct store_log_file *l)
{
	int err;

	if (!l->chunk.len)
		return 0;
	err = segment_write(&l->current, buf_bytes(&l->chunk));
	l->chunk.len = 0;
	return err;
}

/* Everything before is synced when the next segment gets its name. */
static int rotate(struct store_log_file *l, uint64_t first)
{
	int err = 0;

	if (l->current.fd >= 0) {
		err = flush_chunk(l);
		if (!err)
			err = sync_fd(l, l->current.fd);
		segment_close(&l->current);
	}
	if (err)
		return err;
	xassert(l->firsts_n < l->firsts_max);
	err = segment_begin(l->dir, l->config.segment_bytes, first, &l->current);
	if (err)
		return err;
	l->spare = false;
	l->durable = first - 1;
	l->firsts[l->firsts_n++] = first;
	return 0;
}

static int write_record(struct store_log_file *l, const struct log_job *job)
{
	struct store_record r = {
		.seq = job->seq,
		.durable = l->durable,
		.payload = bytes_of(job->data, job->len),
	};
	size_t size = store_record_size(job->len);
	int err = 0;

	if (l->current.fd < 0 || l->current.at + l->chunk.len + size > l->current.size) {
		err = rotate(l, job->seq);
		r.durable = l->durable;
	} else if (size > l->chunk.cap - l->chunk.len) {
		err = flush_chunk(l);
	}
	return err ? err : store_record_encode(&r, &l->chunk);
}

/* A hint: lost without harm. */
static void write_mark(struct store_log_file *l)
{
	uint8_t mark[MARK_BYTES];

	be64_store(mark, l->durable);
	be32_store(mark + 8, crc32c(0, mark, 8));
	if (pwrite(l->mark_fd, mark, sizeof(mark), 0) < 0)
		return;
}

static uint64_t read_mark(const struct store_log_file *l)
{
	uint8_t mark[MARK_BYTES];

	if (pread(l->mark_fd, mark, sizeof(mark), 0) != sizeof(mark) ||
	    be32_load(mark + 8) != crc32c(0, mark, 8))
		return 0;
	return be64_load(mark);
}

/*
 * Let go of segments that hold nothing but trimmed records. While there is a
 * spare, one of them stays: it is the next spare.
 */
static void trim_segments(struct store_log_file *l)
{
	uint64_t seq = atomic_load(&l->trim_seq);
	size_t old = 0, n;

	while (old + 1 < l->firsts_n && l->firsts[old + 1] <= seq + 1)
		old++;
	for (n = 0; n + (l->spare ? 1 : 0) < old; n++) {
		if (segment_retire(l->dir, l->firsts[n], !l->spare))
			break;
		if (!l->spare)
			l->recycled++;
		l->spare = true;
	}
	l->firsts_n -= n;
	memmove(l->firsts, l->firsts + n, l->firsts_n * sizeof(*l->firsts));
}

static void publish_room(struct store_log_file *l)
{
	uint64_t room = l->current.fd >= 0 ? l->current.size - l->current.at : 0;

	if (l->spare && l->firsts_n < l->firsts_max)
		room += l->config.segment_bytes - SEGMENT_HDR;
	atomic_store(&l->room, room);
	atomic_store(&l->segments_n, l->firsts_n);
}

/* The disk or the limit may not give a spare: then there is little room. */
static void make_room(struct store_log_file *l)
{
	trim_segments(l);
	if (!l->spare && l->firsts_n < l->firsts_max)
		l->spare = !segment_spare(l->dir, l->config.segment_bytes);
	publish_room(l);
}

static int log_commit(void *ctx, struct cds_list_head *jobs)
{
	struct store_log_file *l = ctx;
	uint64_t last = l->durable;
	struct store_job *job;
	int err = 0;

	if (cds_list_empty(jobs)) {
		make_room(l);
		return 0;
	}
	cds_list_for_each_entry(job, jobs, node) {
		struct log_job *j = caa_container_of(job, struct log_job, job);

		err = write_record(l, j);
		if (err)
			return err;
		last = j->seq;
	}
	err = flush_chunk(l);
	if (!err)
		err = sync_fd(l, l->current.fd);
	if (err)
		return err;
	l->syncs++;
	l->durable = last;
	write_mark(l);
	/*
	 * What takes longer comes after the report, with an empty group; but when groups
	 * follow each other there may be none before the room ends.
	 */
	if (!l->spare && l->firsts_n < l->firsts_max) {
		if (l->current.size - l->current.at > l->current.size / 2)
			store_writer_kick(&l->writer);
		else
			make_room(l);
	}
	publish_room(l);
	return 0;
}

/* --- the loop's thread ----------------------------------------------------------- */

static void log_release(void *ctx, struct store_job *job)
{
	free(caa_container_of(job, struct log_job, job));
}

/* Read one segment; @next: number of its first record, then of the one behind its last. */
static int replay_segment(struct store_log_file *l, const struct segment *s, uint64_t *next,
			  store_log_visit_fn visit, void *ctx, struct store_record_scan *scan)
{
	struct store_record r;
	struct bytes all;
	int err = segment_read(s, &all);

	if (err)
		return err;
	store_record_scan(all, 0, *next, scan);
	if (scan->durable >= scan->next)
		err = -EBADMSG;
	for (size_t at = 0; at < scan->end && !err; at += r.size) {
		err = store_record_decode(bytes_of(all.data + at, all.len - at), &r);
		xassert(!err);
		if (visit)
			err = visit(ctx, r.seq, r.payload);
	}
	free((void *)all.data);
	*next = scan->next;
	return err;
}

/* The last segment goes on where its records end; what lies behind must never be read again. */
static int resume(struct store_log_file *l, struct segment *s, const struct store_record_scan *scan)
{
	int err = 0;

	s->at = SEGMENT_HDR + scan->end;
	if (scan->torn)
		err = segment_wipe(s);
	/* What is visited now counts as durable, whoever wrote it. */
	if (!err)
		err = sync_fd(l, s->fd);
	if (!err)
		l->current = *s;
	return err;
}

static int log_replay(struct store_log *log, store_log_visit_fn visit, void *ctx)
{
	struct store_log_file *l = file_of(log);
	uint64_t next = l->firsts_n ? l->firsts[0] : 1;
	struct store_record_scan scan;
	int err = 0;

	xassert(!l->replayed);
	for (size_t i = 0; i < l->firsts_n && !err; i++) {
		bool last = i + 1 == l->firsts_n;
		struct segment s;

		/* A segment has its name from the record behind the last of the one before. */
		if (l->firsts[i] != next)
			return -EBADMSG;
		err = segment_open(l->dir, next, &s);
		if (err)
			return err;
		err = replay_segment(l, &s, &next, visit, ctx, &scan);
		if (!err && last)
			err = read_mark(l) < next ? resume(l, &s, &scan) : -EBADMSG;
		if (err || !last)
			segment_close(&s);
	}
	/* Not even segments: never taken for an empty log. */
	if (!err && read_mark(l) >= next)
		err = -EBADMSG;
	if (err)
		return err;
	l->next_seq = next;
	l->durable = next - 1;
	l->replayed = true;
	make_room(l);
	return 0;
}

static int append_check(struct store_log_file *l, size_t size)
{
	int err = l->replayed ? 0 : log_replay(&l->log, NULL, NULL);

	if (!err)
		err = store_writer_check(&l->writer, size);
	if (err)
		return err;
	/* The end of a segment that a record does not fit into stays empty. */
	if (l->writer.pending_bytes + size + RECORD_BYTES_MAX <= atomic_load(&l->room))
		return 0;
	store_writer_kick(&l->writer);
	return -ENOSPC;
}

static int log_append(struct store_log *log, struct bytes record, struct store_ticket *ticket)
{
	struct store_log_file *l = file_of(log);
	size_t size = store_record_size(record.len);
	struct log_job *job = NULL;
	int err = record.len > STORE_LOG_RECORD_MAX ? -EMSGSIZE : append_check(l, size);

	if (!err) {
		job = malloc(sizeof(*job) + record.len);
		err = job ? 0 : -ENOSPC;
	}
	if (err) {
		l->refused++;
		return err;
	}
	*job = (struct log_job){ .job = { .ticket = ticket, .bytes = size },
				 .seq = l->next_seq++,
				 .len = record.len };
	if (record.len)
		memcpy(job->data, record.data, record.len);
	ticket->seq = job->seq;
	l->appended++;
	store_writer_submit(&l->writer, &job->job);
	return 0;
}

static void log_trim(struct store_log *log, uint64_t seq)
{
	struct store_log_file *l = file_of(log);

	if (seq <= atomic_load(&l->trim_seq))
		return;
	atomic_store(&l->trim_seq, seq);
	if (l->replayed)
		store_writer_kick(&l->writer);
}

static const struct store_log_ops log_ops = {
	.append = log_append,
	.replay = log_replay,
	.trim = log_trim,
};

/* --- opening and closing ----------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static int list_segments(struct store_log_file *l, const char *path, char *reason)
{
	DIR *d = opendir(path);
	struct dirent *e;
	int err = d ? 0 : -errno;

	if (err) {
		snprintf(reason, STORE_LOG_REASON_MAX, "%s: %s", path, strerror(-err));
		return err;
	}
	while (!err && (e = readdir(d))) {
		uint64_t first;

		if (!segment_first(e->d_name, &first))
			continue;
		if (l->firsts_n < l->firsts_max) {
			l->firsts[l->firsts_n++] = first;
			continue;
		}
		snprintf(reason, STORE_LOG_REASON_MAX, "%s: more than %zu segments, the limit",
			 path, l->firsts_max);
		err = -EINVAL;
	}
	closedir(d);
	qsort(l->firsts, l->firsts_n, sizeof(*l->firsts), by_number);
	return err;
}

/* A damaged or foreign header is told at once, not at the replay. */
static int check_segments(struct store_log_file *l, const char *path, char *reason)
{
	for (size_t i = 0; i < l->firsts_n; i++) {
		char name[SEGMENT_NAME_MAX];
		struct segment s;
		int err = segment_open(l->dir, l->firsts[i], &s);

		if (!err) {
			segment_close(&s);
			continue;
		}
		segment_name(l->firsts[i], name);
		snprintf(reason, STORE_LOG_REASON_MAX, "%s/%s: %s", path, name,
			 err == -EBADMSG ? "the header is damaged" :
			 err == -EPROTO	 ? "not of the format of this program" :
					   strerror(-err));
		return err;
	}
	return 0;
}

static int open_dir(struct store_log_file *l, const char *path, char *reason)
{
	int err = 0;

	if (mkdir(path, 0700) && errno != EEXIST)
		err = -errno;
	if (!err) {
		l->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (l->dir >= 0)
			l->mark_fd = openat(l->dir, "durable", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (l->mark_fd < 0)
			err = -errno;
	}
	if (err)
		snprintf(reason, STORE_LOG_REASON_MAX, "%s: %s", path, strerror(-err));
	return err;
}

static void log_free(struct store_log_file *l)
{
	segment_close(&l->current);
	if (l->mark_fd >= 0)
		close(l->mark_fd);
	if (l->dir >= 0)
		close(l->dir);
	free(l->chunk.data);
	free(l->firsts);
	free(l);
}

static struct store_log_file *log_alloc(const struct store_log_file_config *config)
{
	struct store_log_file *l = calloc(1, sizeof(*l));

	if (!l)
		return NULL;
	l->log.ops = &log_ops;
	l->config = *config;
	if (!l->config.segment_bytes)
		l->config.segment_bytes = SEGMENT_BYTES;
	if (!l->config.bytes_max)
		l->config.bytes_max = BYTES_MAX;
	if (!l->config.pending_bytes_max)
		l->config.pending_bytes_max = PENDING_BYTES_MAX;
	/* What waits must fit while the spare segment is still being made. */
	if (l->config.pending_bytes_max > l->config.segment_bytes / 2)
		l->config.pending_bytes_max = l->config.segment_bytes / 2;
	l->next_seq = 1;
	l->dir = l->mark_fd = l->current.fd = -1;
	l->firsts_max = l->config.bytes_max / l->config.segment_bytes;
	l->firsts = calloc(l->firsts_max ? l->firsts_max : 1, sizeof(*l->firsts));
	l->chunk = buf_of(malloc(CHUNK_BYTES), CHUNK_BYTES);
	if (l->firsts && l->chunk.data)
		return l;
	log_free(l);
	return NULL;
}

int store_log_file_open(const struct store_log_file_config *config, struct store_log_file **out,
			char *reason)
{
	struct store_log_file *l = log_alloc(config);
	struct store_writer_config writer = {
		.commit = log_commit,
		.release = log_release,
		.ctx = l,
		.wakeup = config->wakeup,
		.wakeup_ctx = config->wakeup_ctx,
	};
	int err;

	if (!l) {
		snprintf(reason, STORE_LOG_REASON_MAX, "out of memory");
		return -ENOMEM;
	}
	writer.pending_bytes_max = l->config.pending_bytes_max;
	if (l->config.segment_bytes < STORE_LOG_SEGMENT_MIN || !l->firsts_max) {
		snprintf(reason, STORE_LOG_REASON_MAX, "%s: segments of %llu bytes do not fit",
			 config->path, (unsigned long long)l->config.segment_bytes);
		log_free(l);
		return -EINVAL;
	}
	err = open_dir(l, config->path, reason);
	if (!err)
		err = list_segments(l, config->path, reason);
	if (!err)
		err = check_segments(l, config->path, reason);
	if (!err) {
		err = store_writer_start(&l->writer, &writer);
		if (err)
			snprintf(reason, STORE_LOG_REASON_MAX, "cannot start a thread: %s",
				 strerror(-err));
	}
	if (err) {
		log_free(l);
		return err;
	}
	*out = l;
	return 0;
}

void store_log_file_close(struct store_log_file *l)
{
	if (!l)
		return;
	store_writer_stop(&l->writer);
	log_free(l);
}

struct store_log *store_log_file_log(struct store_log_file *l)
{
	return &l->log;
}

void store_log_file_poll(struct store_log_file *l)
{
	store_writer_poll(&l->writer);
}

bool store_log_file_failed(struct store_log_file *l)
{
	return store_writer_failed(&l->writer);
}

void store_log_file_stats(struct store_log_file *l, struct store_log_file_stats *out)
{
	*out = (struct store_log_file_stats){
		.appended = l->appended,
		.refused = l->refused,
		.syncs = atomic_load(&l->syncs),
		.segments = atomic_load(&l->segments_n),
		.recycled = atomic_load(&l->recycled),
	};
}
