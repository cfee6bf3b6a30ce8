// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/store_mem.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <store/map.h>

#define MEM_BYTES_MAX	      (64ULL * 1024 * 1024)
#define MEM_PENDING_BYTES_MAX (4ULL * 1024 * 1024)

/* A batch; the ticket is NULL once its failure was reported. */
struct mem_batch {
	struct cds_list_head node;
	struct store_ticket *ticket;
	uint64_t bytes;
	uint32_t n;
	struct store_item *items[];
};

/*
 * Two maps that share their items: what reads see, and what is durable.
 * Batches go to the first at once and to the second when they are synced.
 */
struct store_mem {
	struct store store;
	struct store_mem_config config;
	struct store_map visible;
	struct store_map durable;
	struct cds_list_head pending;
	uint32_t pending_n;
	uint64_t pending_bytes;
	uint64_t next_seq;
	bool fail_next;
	bool failed;
	bool syncing;
	struct store_mem_stats stats;
};

static struct store_mem *mem_of(struct store *store)
{
	return caa_container_of(store, struct store_mem, store);
}

static int map_get(const struct store_map *map, struct bytes key, struct buf *value)
{
	struct store_item *item;
	bool found;
	size_t at = store_map_find(map, key, &found);

	if (!found)
		return -ENOENT;
	item = map->v[at];
	if (!store_item_intact(item))
		return -EIO;
	return buf_append(value, store_item_value(item).data, item->value_len);
}

static int mem_get(struct store *store, struct bytes key, struct buf *value)
{
	struct store_mem *m = mem_of(store);

	return m->failed ? -EIO : map_get(&m->visible, key, value);
}

static int mem_scan(struct store *store, struct bytes from, struct bytes to, store_visit_fn visit,
		    void *ctx)
{
	struct store_mem *m = mem_of(store);
	size_t at = store_map_find(&m->visible, from, NULL);

	if (m->failed)
		return -EIO;
	for (; at < m->visible.n; at++) {
		struct store_item *item = m->visible.v[at];

		if (to.len && bytes_cmp(store_item_key(item), to) >= 0)
			break;
		if (!store_item_intact(item))
			return -EIO;
		if (!visit(ctx, store_item_key(item), store_item_value(item)))
			break;
	}
	return 0;
}

static void apply(struct store_map *map, struct store_item *item)
{
	bool found;
	size_t at;

	if (!item->del) {
		store_map_set(map, item);
		return;
	}
	at = store_map_find(map, store_item_key(item), &found);
	if (found)
		store_map_remove(map, at);
}

static void batch_free(struct mem_batch *b)
{
	for (uint32_t i = 0; i < b->n; i++)
		store_item_put(b->items[i]);
	free(b);
}

static struct mem_batch *batch_alloc(const struct store_op *ops, uint32_t n, uint64_t seq)
{
	struct mem_batch *b = calloc(1, sizeof(*b) + n * sizeof(struct store_item *));

	if (!b)
		return NULL;
	for (; b->n < n; b->n++) {
		const struct store_op *op = &ops[b->n];

		b->items[b->n] = store_item_alloc(op->key, op->value, op->del, seq);
		if (!b->items[b->n]) {
			batch_free(b);
			return NULL;
		}
	}
	return b;
}

static int batch_check(const struct store_op *ops, uint32_t n, uint64_t *bytes)
{
	*bytes = 0;
	if (!n || n > STORE_BATCH_MAX)
		return -EINVAL;
	for (uint32_t i = 0; i < n; i++) {
		if (ops[i].key.len > STORE_KEY_MAX)
			return -EINVAL;
		*bytes += ops[i].key.len;
		if (ops[i].del)
			continue;
		if (ops[i].value.len > STORE_VALUE_MAX)
			return -EINVAL;
		*bytes += ops[i].value.len;
	}
	return 0;
}

static int mem_submit(struct store *store, const struct store_op *ops, uint32_t n,
		      struct store_ticket *ticket)
{
	struct store_mem *m = mem_of(store);
	struct mem_batch *b;
	uint64_t bytes;
	int err = m->failed ? -EIO : batch_check(ops, n, &bytes);

	if (!err && (m->visible.bytes + bytes > m->config.bytes_max ||
		     m->pending_bytes + bytes > m->config.pending_bytes_max))
		err = -ENOSPC;
	if (!err &&
	    (store_map_reserve(&m->visible, n) || store_map_reserve(&m->durable, m->visible.n + n)))
		err = -ENOSPC;
	b = err ? NULL : batch_alloc(ops, n, m->next_seq);
	if (!b) {
		m->stats.refused++;
		return err ? err : -ENOSPC;
	}
	ticket->seq = m->next_seq++;
	b->ticket = ticket;
	b->bytes = bytes;
	for (uint32_t i = 0; i < n; i++)
		apply(&m->visible, b->items[i]);
	cds_list_add_tail(&b->node, &m->pending);
	m->pending_bytes += bytes;
	m->stats.submitted++;
	if (!m->pending_n++ && m->config.wakeup)
		m->config.wakeup(m->config.ctx);
	return 0;
}

static const struct store_ops mem_ops = {
	.get = mem_get,
	.scan = mem_scan,
	.submit = mem_submit,
};

struct store_mem *store_mem_create(const struct store_mem_config *config)
{
	struct store_mem *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->store.ops = &mem_ops;
	if (config)
		m->config = *config;
	if (!m->config.bytes_max)
		m->config.bytes_max = MEM_BYTES_MAX;
	if (!m->config.pending_bytes_max)
		m->config.pending_bytes_max = MEM_PENDING_BYTES_MAX;
	m->next_seq = 1;
	CDS_INIT_LIST_HEAD(&m->pending);
	return m;
}

struct store *store_mem_store(struct store_mem *m)
{
	return &m->store;
}

/* Take the oldest batch out of the list; @durable: it reached the disk. */
static struct mem_batch *take_oldest(struct store_mem *m, bool durable)
{
	struct mem_batch *b = cds_list_first_entry(&m->pending, struct mem_batch, node);

	cds_list_del(&b->node);
	m->pending_n--;
	m->pending_bytes -= b->bytes;
	if (!durable)
		return b;
	/* Batches that were lost while others survived cannot happen: a prefix survives. */
	xassert(!store_map_reserve(&m->durable, b->n));
	for (uint32_t i = 0; i < b->n; i++)
		apply(&m->durable, b->items[i]);
	return b;
}

/* Report the failure to all, but keep the batches: the crash decides about them. */
static void fail_all(struct store_mem *m)
{
	struct mem_batch *b;

	m->failed = true;
	m->fail_next = false;
	cds_list_for_each_entry(b, &m->pending, node) {
		struct store_ticket *ticket = b->ticket;

		b->ticket = NULL;
		ticket->done(ticket->ctx, -EIO);
	}
}

uint32_t store_mem_sync(struct store_mem *m, uint32_t batches)
{
	uint32_t n = batches < m->pending_n ? batches : m->pending_n;

	xassert(!m->syncing);
	if (!n || m->failed)
		return m->pending_n;
	m->syncing = true;
	m->stats.syncs++;
	if (m->fail_next) {
		fail_all(m);
		n = 0;
	}
	for (; n; n--) {
		struct mem_batch *b = take_oldest(m, true);
		struct store_ticket *ticket = b->ticket;

		batch_free(b);
		m->stats.synced++;
		ticket->done(ticket->ctx, 0);
	}
	m->syncing = false;
	return m->pending_n;
}

uint32_t store_mem_pending(const struct store_mem *m)
{
	return m->failed ? 0 : m->pending_n;
}

void store_mem_fail_sync(struct store_mem *m)
{
	m->fail_next = true;
}

void store_mem_crash(struct store_mem *m, uint32_t keep)
{
	xassert(!m->syncing);
	for (; m->pending_n; keep -= keep ? 1 : 0) {
		m->stats.survived += keep ? 1 : 0;
		m->stats.lost += keep ? 0 : 1;
		batch_free(take_oldest(m, keep != 0));
	}
	store_map_clear(&m->visible);
	xassert(!store_map_reserve(&m->visible, m->durable.n + 1));
	m->visible.n = m->durable.n;
	m->visible.bytes = m->durable.bytes;
	for (size_t i = 0; i < m->durable.n; i++)
		m->visible.v[i] = store_item_get(m->durable.v[i]);
	m->fail_next = false;
	m->failed = false;
}

int store_mem_flip(struct store_mem *m, uint64_t pick)
{
	struct store_item *item;
	uint64_t bytes;

	if (!m->durable.bytes)
		return -ENOENT;
	/* Items may be empty: take the first from the picked one on that has bytes. */
	for (size_t at = pick % m->durable.n;; at = (at + 1) % m->durable.n) {
		item = m->durable.v[at];
		bytes = item->value_len;
		if (bytes || m->durable.bytes == item->key_len)
			break;
		/* Only keys everywhere: a key's checksum bit stands for its page. */
		if (at == (pick + m->durable.n - 1) % m->durable.n)
			break;
	}
	if (bytes)
		item->data[item->key_len + (pick / 8) % bytes] ^= (uint8_t)(1 << pick % 8);
	else
		item->crc ^= 1;
	return 0;
}

int store_mem_durable_get(struct store_mem *m, struct bytes key, struct buf *value)
{
	return map_get(&m->durable, key, value);
}

const struct store_mem_stats *store_mem_stats(const struct store_mem *m)
{
	return &m->stats;
}

void store_mem_destroy(struct store_mem *m)
{
	if (!m)
		return;
	while (m->pending_n)
		batch_free(take_oldest(m, false));
	store_map_clear(&m->visible);
	store_map_clear(&m->durable);
	free(m);
}
