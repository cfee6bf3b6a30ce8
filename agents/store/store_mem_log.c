// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/store_mem.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <store/record.h>

#define LOG_BYTES_MAX	      (64ULL * 1024 * 1024)
#define LOG_PENDING_BYTES_MAX (4ULL * 1024 * 1024)

/* A record on its way; the ticket is NULL once its failure was reported. */
struct log_pending {
	struct cds_list_head node;
	struct store_ticket *ticket;
	uint64_t seq;
	size_t len;
	uint8_t data[];
};

/*
 * The disk is one run of bytes. The first @trimmed records were dropped from
 * its front. @mark is the small block outside of the records in which the file
 * log notes, unsynced, what it knows to be durable.
 */
struct store_mem_log {
	struct store_log log;
	struct store_mem_config config;
	uint8_t *disk;
	size_t len;
	size_t cap;
	uint64_t first_seq;
	uint64_t next_seq;
	uint64_t durable_seq;
	uint64_t mark;
	struct cds_list_head pending;
	uint32_t pending_n;
	uint64_t pending_bytes;
	bool fail_next;
	bool failed;
	bool syncing;
	bool replayed;
	struct store_mem_stats stats;
};

static struct store_mem_log *log_of(struct store_log *log)
{
	return caa_container_of(log, struct store_mem_log, log);
}

static int disk_reserve(struct store_mem_log *m, size_t len)
{
	size_t cap = m->cap ? m->cap : 4096;
	uint8_t *disk;

	if (len <= m->cap - m->len)
		return 0;
	while (cap - m->len < len)
		cap *= 2;
	disk = realloc(m->disk, cap);
	if (!disk)
		return -ENOMEM;
	m->disk = disk;
	m->cap = cap;
	return 0;
}

static int log_append(struct store_log *log, struct bytes record, struct store_ticket *ticket)
{
	struct store_mem_log *m = log_of(log);
	struct log_pending *p = NULL;
	size_t size = store_record_size(record.len);
	int err = 0;

	if (m->failed)
		err = -EIO;
	else if (record.len > STORE_LOG_RECORD_MAX)
		err = -EMSGSIZE;
	else if (m->len + m->pending_bytes + size > m->config.bytes_max ||
		 m->pending_bytes + size > m->config.pending_bytes_max)
		err = -ENOSPC;
	else
		p = malloc(sizeof(*p) + record.len);
	if (!p) {
		m->stats.refused++;
		return err ? err : -ENOSPC;
	}
	*p = (struct log_pending){ .ticket = ticket, .seq = m->next_seq++, .len = record.len };
	if (record.len)
		memcpy(p->data, record.data, record.len);
	ticket->seq = p->seq;
	m->replayed = true;
	cds_list_add_tail(&p->node, &m->pending);
	m->pending_bytes += size;
	m->stats.submitted++;
	if (!m->pending_n++ && m->config.wakeup)
		m->config.wakeup(m->config.ctx);
	return 0;
}

static int log_replay(struct store_log *log, store_log_visit_fn visit, void *ctx)
{
	struct store_mem_log *m = log_of(log);
	struct bytes disk = bytes_of(m->disk, m->len);
	struct store_record_scan scan;
	struct store_record r;

	xassert(!m->replayed && !m->pending_n);
	store_record_scan(disk, 0, m->first_seq, &scan);
	if (scan.durable >= scan.next || m->mark >= scan.next)
		return -EBADMSG;
	for (size_t at = 0; at < scan.end; at += r.size) {
		int err = store_record_decode(bytes_of(disk.data + at, disk.len - at), &r);

		xassert(!err);
		err = visit(ctx, r.seq, r.payload);
		if (err)
			return err;
	}
	/* What comes next overwrites a torn tail. */
	m->len = scan.end;
	m->next_seq = scan.next;
	m->durable_seq = scan.next - 1;
	return 0;
}

static void log_trim(struct store_log *log, uint64_t seq)
{
	struct store_mem_log *m = log_of(log);
	struct store_record r;
	size_t at = 0;

	while (m->first_seq <= seq && m->first_seq <= m->durable_seq) {
		if (store_record_decode(bytes_of(m->disk + at, m->len - at), &r))
			break;
		at += r.size;
		m->first_seq++;
	}
	if (at)
		memmove(m->disk, m->disk + at, m->len - at);
	m->len -= at;
}

static const struct store_log_ops log_ops = {
	.append = log_append,
	.replay = log_replay,
	.trim = log_trim,
};

struct store_mem_log *store_mem_log_create(const struct store_mem_config *config)
{
	struct store_mem_log *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->log.ops = &log_ops;
	if (config)
		m->config = *config;
	if (!m->config.bytes_max)
		m->config.bytes_max = LOG_BYTES_MAX;
	if (!m->config.pending_bytes_max)
		m->config.pending_bytes_max = LOG_PENDING_BYTES_MAX;
	m->first_seq = 1;
	m->next_seq = 1;
	CDS_INIT_LIST_HEAD(&m->pending);
	return m;
}

struct store_log *store_mem_log(struct store_mem_log *m)
{
	return &m->log;
}

static struct log_pending *take_oldest(struct store_mem_log *m)
{
	struct log_pending *p = cds_list_first_entry(&m->pending, struct log_pending, node);

	cds_list_del(&p->node);
	m->pending_n--;
	m->pending_bytes -= store_record_size(p->len);
	return p;
}

/* Put a record on the disk, all of it or only its first bytes. */
static void write_record(struct store_mem_log *m, const struct log_pending *p, size_t torn)
{
	struct store_record r = {
		.seq = p->seq,
		.durable = m->durable_seq,
		.payload = bytes_of(p->data, p->len),
	};
	size_t size = store_record_size(p->len);
	struct buf out;

	xassert(!disk_reserve(m, size));
	out = buf_of(m->disk + m->len, size);
	xassert(!store_record_encode(&r, &out));
	m->len += torn < size ? torn : size;
}

static void fail_all(struct store_mem_log *m)
{
	struct log_pending *p;

	m->failed = true;
	m->fail_next = false;
	cds_list_for_each_entry(p, &m->pending, node) {
		struct store_ticket *ticket = p->ticket;

		p->ticket = NULL;
		ticket->done(ticket->ctx, -EIO);
	}
}

/* The records of one sync are written first and are durable together. */
static void sync_some(struct store_mem_log *m, uint32_t n)
{
	struct log_pending *p;
	uint32_t written = 0;

	cds_list_for_each_entry(p, &m->pending, node) {
		if (written++ == n)
			break;
		write_record(m, p, SIZE_MAX);
	}
	m->durable_seq += n;
	m->mark = m->durable_seq;
	while (n--) {
		struct store_ticket *ticket;

		p = take_oldest(m);
		ticket = p->ticket;
		free(p);
		m->stats.synced++;
		ticket->done(ticket->ctx, 0);
	}
}

uint32_t store_mem_log_sync(struct store_mem_log *m, uint32_t records)
{
	uint32_t n = records < m->pending_n ? records : m->pending_n;

	xassert(!m->syncing);
	if (!n || m->failed)
		return m->pending_n;
	m->syncing = true;
	m->stats.syncs++;
	if (m->fail_next)
		fail_all(m);
	else
		sync_some(m, n);
	m->syncing = false;
	return m->pending_n;
}

uint32_t store_mem_log_pending(const struct store_mem_log *m)
{
	return m->failed ? 0 : m->pending_n;
}

void store_mem_log_fail_sync(struct store_mem_log *m)
{
	m->fail_next = true;
}

void store_mem_log_crash(struct store_mem_log *m, uint32_t keep, size_t torn)
{
	xassert(!m->syncing);
	while (m->pending_n) {
		struct log_pending *p = take_oldest(m);
		/* Not the last byte of the payload, nor of the header when there is none. */
		size_t whole = STORE_RECORD_HDR + p->len - 1;

		if (keep) {
			keep--;
			m->stats.survived++;
			write_record(m, p, SIZE_MAX);
		} else {
			m->stats.lost++;
			write_record(m, p, torn < whole ? torn : whole);
			torn = 0;
		}
		free(p);
	}
	m->fail_next = false;
	m->failed = false;
	m->replayed = false;
}

int store_mem_log_flip(struct store_mem_log *m, uint64_t pick)
{
	if (!m->len)
		return -ENOENT;
	m->disk[pick / 8 % m->len] ^= (uint8_t)(1 << pick % 8);
	return 0;
}

const struct store_mem_stats *store_mem_log_stats(const struct store_mem_log *m)
{
	return &m->stats;
}

void store_mem_log_destroy(struct store_mem_log *m)
{
	if (!m)
		return;
	while (m->pending_n)
		free(take_oldest(m));
	free(m->disk);
	free(m);
}
