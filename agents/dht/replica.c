// SPDX-License-Identifier: GPL-2.0-or-later
/* Serving one's own arc: reads, writes and scans that coordinators ask for. */
#include <dht/dht_priv.h>

#include <overlay/page.h>

/* Store key of a batch that only waits for those before it. */
#define BARRIER_KEY "d/barrier"

static uint32_t bucket_of(struct bytes key)
{
	uint32_t h = 2166136261u;

	xassert(key.len <= RING_KEY_MAX);
	for (size_t i = 0; i < key.len; i++)
		h = (h ^ key.data[i]) * 16777619u;
	return (h ^ h >> 16) % DHT_BUCKETS;
}

static bool is_unsynced(const struct dht *dht, struct bytes key)
{
	uint32_t bucket = bucket_of(key);

	xassert(dht->bucket[bucket] <= dht->unsynced);
	return dht->bucket[bucket] != 0;
}

/* May this node act? Return: enum wire_dht_status. */
static uint8_t replica_check(struct dht *dht, uint8_t class, struct bytes key, bool write,
			     uint64_t want, uint64_t *epoch)
{
	enum ring_access access = ring_access(dht->ring, class, key, write, epoch);

	xassert(class < RING_CLASSES_MAX);
	if (access == RING_ACCESS_OK && (!want || want == *epoch))
		return WIRE_DHT_STATUS_OK;
	dht->count.replica_refused++;
	switch (access) {
	case RING_ACCESS_OK:
		return WIRE_DHT_STATUS_STALE;
	case RING_ACCESS_INCOMPLETE:
		return WIRE_DHT_STATUS_INCOMPLETE;
	case RING_ACCESS_MOVING:
		return WIRE_DHT_STATUS_MOVING;
	case RING_ACCESS_NO_LEASE:
		return WIRE_DHT_STATUS_NO_LEASE;
	case RING_ACCESS_RECOVERING:
		return WIRE_DHT_STATUS_RECOVERING;
	default:
		return WIRE_DHT_STATUS_NOT_OWNER;
	}
}

/* Is a transaction about to write the key? */
static bool stored_doubt(const struct wire_dht_stored *s)
{
	struct wire_dht_vote v;
	size_t pos = 0;

	xassert(s);
	while (wire_dht_vote_list_next(&s->votes, &pos, &v)) {
		if (v.write && dht_vote_holds(v.state))
			return true;
	}
	return false;
}

/* The item without the votes. */
static struct wire_dht_record stored_item(const struct wire_dht_stored *s)
{
	xassert(s->counter || !s->has_value);
	return (struct wire_dht_record){
		.counter = s->counter,
		.writer = s->writer,
		.tombstone = s->tombstone,
		.value = s->value,
		.has_value = s->has_value,
	};
}

/* What this node knows of the key's epochs at the moment it acts. */
static struct bytes replica_epochs(const struct dht *dht, struct bytes key, uint8_t *mem)
{
	struct ring_epochs e;

	ring_epochs(dht->ring, key, &e);
	xassert(e.n);
	return ring_epochs_put(&e, mem);
}

/* Read the stored record of a key. Return: 0, -ENOENT, -EIO. */
static int replica_get(struct dht *dht, uint8_t class, struct bytes key, struct wire_dht_stored *r)
{
	struct buf b = buf_of(dht->record, PAGE_RECORD_MAX);
	uint8_t mem[PAGE_KEY_MAX];
	int err = store_get(dht->store, page_key(class, key, mem), &b);

	xassert(r);
	if (err)
		return err == -ENOENT ? err : -EIO;
	return wire_set_decode(&wire_dht_stored_set, buf_bytes(&b), r) ? -EIO : 0;
}

static void replica_read(struct dht *dht, const struct env_peer *from,
			 const struct wire_dht_read *q)
{
	struct wire_dht_read_answer a = { .op = q->op, .class = q->class };
	struct wire_dht_stored s;
	uint8_t epochs[RING_EPOCHS_LEN];
	int err = -ENOENT;

	a.status = replica_check(dht, q->class, q->key, false, q->epoch, &a.epoch);
	if (a.status == WIRE_DHT_STATUS_OK) {
		err = replica_get(dht, q->class, q->key, &s);
		dht->count.replica_reads++;
		a.unsynced = is_unsynced(dht, q->key);
		a.in_doubt = !err && stored_doubt(&s);
		if (a.in_doubt) {
			dht->count.replica_doubts++;
			dht->doubt(dht->doubt_ctx, q->key);
		}
		a.has_record = !err && s.counter;
		if (a.has_record)
			a.record = stored_item(&s);
		a.epochs = replica_epochs(dht, q->key, epochs);
		a.has_epochs = true;
	} else if (a.status == WIRE_DHT_STATUS_NOT_OWNER) {
		a.has_hint = ring_hint(dht->ring, q->class, q->key, &a.hint);
	}
	if (err == -EIO) {
		/* A record that cannot be read is no record that does not exist. */
		a.has_record = false;
		a.status = WIRE_DHT_STATUS_BUSY;
	}
	if (q->version_only && a.has_record) {
		a.record.has_value = false;
		a.record.value = bytes_of(NULL, 0);
	}
	xassert(!a.has_record || a.status == WIRE_DHT_STATUS_OK);
	ring_link_send(dht->link, &wire_dht_read_answer_msg, &a, from, true);
}

static void write_stored(void *ctx, int status)
{
	struct dht_write *w = ctx;
	struct dht *dht = w->dht;

	xassert(dht->bucket[w->bucket] && dht->unsynced);
	dht->bucket[w->bucket]--;
	dht->unsynced--;
	/* After a failed sync nothing is acknowledged; the store is at its end. */
	if (!status)
		ring_link_send(dht->link, &wire_dht_write_answer_msg, &w->answer, &w->to, true);
	pool_put(&dht->writes, w);
}

/* Submit one operation and answer when it, and all before it, are durable. */
static int write_submit(struct dht *dht, const struct store_op *op, const struct env_peer *from,
			const struct wire_dht_write_answer *a, uint32_t bucket)
{
	struct dht_write *w = pool_get(&dht->writes);
	int err;

	if (!w) {
		dht->count.writes_refused++;
		return -ENOBUFS;
	}
	w->dht = dht;
	w->to = *from;
	w->answer = *a;
	xassert(a->epochs.len <= sizeof(w->epochs));
	memcpy(w->epochs, a->epochs.data, a->epochs.len);
	w->answer.epochs.data = w->epochs;
	w->bucket = bucket;
	w->ticket.done = write_stored;
	w->ticket.ctx = w;
	err = store_submit(dht->store, op, 1, &w->ticket);
	if (err) {
		dht->count.writes_refused++;
		pool_put(&dht->writes, w);
		return err;
	}
	dht->bucket[bucket]++;
	dht->unsynced++;
	xassert(dht->unsynced <= dht->cfg.writes_max);
	return 0;
}

/* Store a record unless there is a newer one. Return: 0 when the answer follows. */
static int replica_store(struct dht *dht, const struct env_peer *from,
			 const struct wire_dht_write *q, const struct wire_dht_write_answer *a)
{
	struct dht_version new = { q->record.counter, q->record.writer }, old = { 0 };
	struct buf b = buf_of(dht->stored, PAGE_RECORD_MAX);
	uint32_t bucket = bucket_of(q->key);
	uint8_t mem[PAGE_KEY_MAX];
	struct wire_dht_stored r = { 0 };
	struct store_op op;
	int err = replica_get(dht, q->class, q->key, &r);
	bool fresh = err == -ENOENT;

	xassert(q->class < RING_CLASSES_MAX);
	if (err && !fresh)
		return err;
	if (!fresh)
		old = (struct dht_version){ r.counter, r.writer };
	if (dht_version_cmp(&new, &old) <= 0 && !MUTANT(dht_older_write_wins)) {
		if (!dht->bucket[bucket]) {
			ring_link_send(dht->link, &wire_dht_write_answer_msg, a, from, true);
			return 0;
		}
		op = (struct store_op){ .key = bytes_str(BARRIER_KEY), .value = bytes_str("") };
		return write_submit(dht, &op, from, a, bucket);
	}
	/* Only the item is replaced: floor and votes remain. */
	r.counter = q->record.counter;
	r.writer = q->record.writer;
	r.tombstone = q->record.tombstone;
	r.value = q->record.value;
	r.has_value = q->record.has_value;
	err = wire_set_encode(&wire_dht_stored_set, &r, &b);
	if (err)
		return err;
	op = (struct store_op){ .key = page_key(q->class, q->key, mem), .value = buf_bytes(&b) };
	err = write_submit(dht, &op, from, a, bucket);
	if (err)
		return err;
	dht->count.replica_writes++;
	if (fresh)
		ring_items_add(dht->ring);
	return 0;
}

static void replica_write(struct dht *dht, const struct env_peer *from,
			  const struct wire_dht_write *q)
{
	struct wire_dht_write_answer a = { .op = q->op, .class = q->class };
	uint8_t epochs[RING_EPOCHS_LEN];

	a.status = replica_check(dht, q->class, q->key, true, q->epoch, &a.epoch);
	if (a.status == WIRE_DHT_STATUS_OK) {
		a.epochs = replica_epochs(dht, q->key, epochs);
		a.has_epochs = true;
		if (q->record.counter && !replica_store(dht, from, q, &a))
			return;
		a.status = WIRE_DHT_STATUS_BUSY;
	} else if (a.status == WIRE_DHT_STATUS_NOT_OWNER) {
		a.has_hint = ring_hint(dht->ring, q->class, q->key, &a.hint);
	}
	xassert(a.status != WIRE_DHT_STATUS_OK);
	ring_link_send(dht->link, &wire_dht_write_answer_msg, &a, from, true);
}

/* Where a scan ends: at the end that was asked for, or that of the arc, whichever is first. */
static bool scan_end(const struct ring_arc *arc, const struct wire_dht_scan *q, struct bytes *to)
{
	xassert(arc);
	*to = ring_key_bytes(&arc->end);
	if (q->has_to && (arc->open || bytes_cmp(q->to, *to) < 0))
		*to = q->to;
	return arc->open && !q->has_to;
}

/* Fill in the items. Return: 0 or -EIO. */
static int scan_fill(struct dht *dht, const struct wire_dht_scan *q, struct wire_dht_entry *items,
		     struct wire_dht_scan_answer *a)
{
	struct page *p = ring_page(dht->ring);
	uint32_t limit = q->limit < PAGE_ITEMS_MAX ? q->limit : PAGE_ITEMS_MAX;
	struct bytes to, cut;
	uint32_t n = 0;
	bool open = scan_end(ring_arc(dht->ring), q, &to);

	/* One page has one set of epochs. */
	if (ring_epochs_end(dht->ring, q->from, &cut) && (open || bytes_cmp(cut, to) < 0)) {
		to = cut;
		open = false;
	}

	xassert(a->status == WIRE_DHT_STATUS_OK);
	if (page_fill(p, dht->store, q->class, q->from, to, open, limit, q->room))
		return -EIO;
	for (uint32_t i = 0; i < p->n; i++) {
		struct wire_dht_stored s;

		if (wire_set_decode(&wire_dht_stored_set, p->item[i].record, &s))
			return -EIO;
		items[n].in_doubt = stored_doubt(&s);
		/* A key that only has votes is no item, but it may become one. */
		if (!s.counter && !items[n].in_doubt)
			continue;
		items[n].key = p->item[i].key;
		items[n].unsynced = is_unsynced(dht, p->item[i].key);
		items[n++].record = stored_item(&s);
	}
	a->items.n = n;
	a->has_next = p->more || !open;
	a->next = p->more ? ring_key_bytes(&p->next) : to;
	return 0;
}

static void replica_scan(struct dht *dht, const struct env_peer *from,
			 const struct wire_dht_scan *q)
{
	struct wire_dht_scan_answer a = { .op = q->op, .class = q->class };
	struct wire_dht_entry items[PAGE_ITEMS_MAX];
	uint8_t epochs[RING_EPOCHS_LEN];

	a.items.v = items;
	a.status = replica_check(dht, q->class, q->from, false, q->epoch, &a.epoch);
	if (a.status == WIRE_DHT_STATUS_OK) {
		dht->count.replica_scans++;
		a.epochs = replica_epochs(dht, q->from, epochs);
		a.has_epochs = true;
		if (scan_fill(dht, q, items, &a)) {
			a.items.n = 0;
			a.has_next = false;
			a.status = WIRE_DHT_STATUS_BUSY;
		}
	} else if (a.status == WIRE_DHT_STATUS_NOT_OWNER) {
		a.has_hint = ring_hint(dht->ring, q->class, q->from, &a.hint);
	}
	xassert(a.status == WIRE_DHT_STATUS_OK || !a.items.n);
	ring_link_send(dht->link, &wire_dht_scan_answer_msg, &a, from, true);
}

static bool grid_ok(const struct dht *dht, uint64_t grid)
{
	xassert(dht->ring);
	return !grid || grid == ring_grid(dht->ring);
}

bool dht_replica_recv(struct dht *dht, const struct env_peer *from, const struct wire_header *h)
{
	union {
		struct wire_dht_read read;
		struct wire_dht_write write;
		struct wire_dht_scan scan;
	} m;
	int err;

	xassert(from && h);
	switch (h->type) {
	case WIRE_DHT_READ:
		err = wire_dht_read_body_decode(h, &m.read);
		if (!err && grid_ok(dht, m.read.grid))
			replica_read(dht, from, &m.read);
		break;
	case WIRE_DHT_WRITE:
		err = wire_dht_write_body_decode(h, &m.write);
		if (!err && grid_ok(dht, m.write.grid))
			replica_write(dht, from, &m.write);
		break;
	case WIRE_DHT_SCAN:
		err = wire_dht_scan_body_decode(h, &m.scan);
		if (!err && grid_ok(dht, m.scan.grid))
			replica_scan(dht, from, &m.scan);
		break;
	default:
		return false;
	}
	dht->count.strange += err != 0;
	return true;
}
