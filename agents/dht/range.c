// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ranges: a page of a majority of the replica classes, merged key by key. Where
 * these do not agree about a key, it is read like a single one, with all that
 * this implies; so an item of a range is as good as a get of its key.
 */
#include <dht/dht_priv.h>

/* Before the bytes of an entry: key length, value length, flags, version. */
#define ENTRY_HEAD	(2 + 4 + 1 + 16)
#define ENTRY_TOMBSTONE 0x01
#define ENTRY_UNSYNCED	0x02

/* Append an entry. Return: false when there is no room. */
static bool entry_put(uint8_t *mem, size_t *len, const struct dht_entry *e)
{
	uint16_t key_len = (uint16_t)e->key.len;
	uint32_t value_len = (uint32_t)e->value.len;
	uint8_t *p = mem + *len;

	xassert(*len <= DHT_PAGE_ROOM && e->key.len <= RING_KEY_MAX);
	if (ENTRY_HEAD + e->key.len + e->value.len > DHT_PAGE_ROOM - *len)
		return false;
	memcpy(p, &key_len, sizeof(key_len));
	memcpy(p + 2, &value_len, sizeof(value_len));
	p[6] = (uint8_t)((e->tombstone ? ENTRY_TOMBSTONE : 0) | (e->unsynced ? ENTRY_UNSYNCED : 0));
	memcpy(p + 7, &e->version.counter, 8);
	memcpy(p + 15, &e->version.writer, 8);
	if (key_len)
		memcpy(p + ENTRY_HEAD, e->key.data, key_len);
	if (value_len)
		memcpy(p + ENTRY_HEAD + key_len, e->value.data, value_len);
	*len += ENTRY_HEAD + e->key.len + e->value.len;
	return true;
}

/* Read the entry at @pos. Return: where the next one begins. */
static size_t entry_get(const uint8_t *mem, size_t pos, struct dht_entry *e)
{
	uint16_t key_len;
	uint32_t value_len;

	xassert(pos + ENTRY_HEAD <= DHT_PAGE_ROOM);
	memcpy(&key_len, mem + pos, sizeof(key_len));
	memcpy(&value_len, mem + pos + 2, sizeof(value_len));
	e->tombstone = mem[pos + 6] & ENTRY_TOMBSTONE;
	e->unsynced = mem[pos + 6] & ENTRY_UNSYNCED;
	memcpy(&e->version.counter, mem + pos + 7, 8);
	memcpy(&e->version.writer, mem + pos + 15, 8);
	e->key = bytes_of(mem + pos + ENTRY_HEAD, key_len);
	e->value = bytes_of(mem + pos + ENTRY_HEAD + key_len, value_len);
	return pos + ENTRY_HEAD + key_len + value_len;
}

bool dht_op_item(const struct dht_op *op, size_t *pos, struct dht_item *item)
{
	const struct dht_range *r = op->state;
	struct dht_entry e;

	xassert(op->kind == DHT_RANGE);
	if (!r || r->task || *pos >= r->out_len)
		return false;
	*pos = entry_get(r->out, *pos, &e);
	*item = (struct dht_item){ .key = e.key, .value = e.value, .version = e.version };
	return true;
}

static void range_step(struct dht_task *task);
static void range_merge(struct dht_range *r);

/* Ask for the subrange that begins at the cursor. */
static void range_ask(struct dht_range *r)
{
	struct dht_task *task = r->task;

	xassert(!r->busy);
	r->page_n = 0;
	task->key = ring_key_bytes(&r->cursor);
	dht_task_phase(task, PHASE_SCAN, range_step);
	for (uint32_t i = 0; i < task->replicas; i++) {
		struct dht_leg *leg = &task->leg[i];

		leg->tries = 0;
		dht_leg_start(leg);
	}
	dht_task_arm(task);
}

static void range_end(struct dht_range *r, int status, bool more, struct bytes resume)
{
	struct dht_op *op = r->task->op;

	xassert(op && op->kind == DHT_RANGE);
	ring_key_set(&r->cursor, resume);
	op->more = more;
	op->resume = ring_key_bytes(&r->cursor);
	dht_task_end(r->task, status);
}

/* Add an item to the result. Return: false when the page is full and the range has ended. */
static bool range_add(struct dht_range *r, const struct dht_entry *e)
{
	struct dht_op *op = r->task->op;

	xassert(op->count <= op->limit);
	if (op->count == op->limit || !entry_put(r->out, &r->out_len, e)) {
		range_end(r, 0, true, e->key);
		return false;
	}
	op->count++;
	return true;
}

static void range_sub_done(struct dht_op *sub)
{
	struct dht_entry e = { .value = sub->value, .version = sub->version };
	struct dht_range *r = sub->ctx;

	xassert(r->busy && r->task);
	r->busy = false;
	e.key = ring_key_bytes(&r->sub_key);
	if (sub->status && sub->status != -ENOENT) {
		dht_task_end(r->task, sub->status);
		return;
	}
	if (sub->status == -ENOENT || dht_key_reserved(e.key) || range_add(r, &e))
		range_merge(r);
}

/* The pages do not agree about a key: read it. */
static void range_read(struct dht_range *r, struct bytes key)
{
	struct dht_task *task = r->task;
	uint64_t now = env_now(task->dht->env);
	int err;

	xassert(!r->busy);
	ring_key_set(&r->sub_key, key);
	r->sub = (struct dht_op){ .done = range_sub_done, .ctx = r, .kind = DHT_GET };
	r->sub.key = ring_key_bytes(&r->sub_key);
	r->sub.timeout_ns = task->deadline_ns > now ? task->deadline_ns - now : 1;
	r->busy = true;
	err = dht_op_start(task->dht, &r->sub);
	if (err) {
		r->busy = false;
		dht_task_end(task, -ETIMEDOUT);
	}
}

/* The smallest key below the bound that a page shows. */
static bool range_smallest(struct dht_range *r, bool open, struct bytes bound, struct bytes *key)
{
	struct dht_entry e;
	bool found = false;

	xassert(r->page_n <= DHT_QUORUM_MAX);
	for (uint32_t i = 0; i < r->page_n; i++) {
		const struct dht_page_leg *p = &r->page[i];

		if (p->pos >= p->len)
			continue;
		entry_get(p->mem, p->pos, &e);
		if ((!open && bytes_cmp(e.key, bound) >= 0) ||
		    (found && bytes_cmp(e.key, *key) >= 0))
			continue;
		found = true;
		*key = e.key;
	}
	return found;
}

/* Take a key off all pages. Return: true when all show the same durable version of it. */
static bool range_take(struct dht_range *r, struct bytes key, struct dht_entry *best)
{
	bool agreed = true, any = false;
	struct dht_entry e;

	xassert(r->page_n);
	for (uint32_t i = 0; i < r->page_n; i++) {
		struct dht_page_leg *p = &r->page[i];
		size_t next = p->pos < p->len ? entry_get(p->mem, p->pos, &e) : 0;

		if (!next || !bytes_eq(e.key, key)) {
			agreed = false;
			continue;
		}
		p->pos = next;
		if (e.unsynced || (any && dht_version_cmp(&e.version, &best->version)))
			agreed = false;
		if (!any || (MUTANT(dht_range_shows_deleted) && best->tombstone) ||
		    dht_version_cmp(&e.version, &best->version) > 0)
			*best = e;
		any = true;
	}
	return agreed || MUTANT(dht_range_shows_deleted);
}

/* How far all pages reach. */
static bool range_bound(const struct dht_range *r, struct bytes *bound)
{
	bool open = true;

	xassert(r->page_n);
	for (uint32_t i = 0; i < r->page_n; i++) {
		const struct dht_page_leg *p = &r->page[i];

		if (p->open || (!open && bytes_cmp(ring_key_bytes(&p->next), *bound) >= 0))
			continue;
		open = false;
		*bound = ring_key_bytes(&p->next);
	}
	return open;
}

static void range_merge(struct dht_range *r)
{
	struct bytes bound = { 0 }, key = { 0 };
	struct dht_op *op = r->task->op;
	bool open = range_bound(r, &bound);
	struct dht_entry e = { 0 };

	xassert(!r->busy);
	while (range_smallest(r, open, bound, &key)) {
		if (!range_take(r, key, &e)) {
			range_read(r, key);
			return;
		}
		if (!e.tombstone && !dht_key_reserved(e.key) && !range_add(r, &e))
			return;
	}
	if (open || (op->to.len && bytes_cmp(bound, op->to) >= 0) ||
	    MUTANT(dht_range_stops_at_arc)) {
		range_end(r, 0, false, bytes_of(NULL, 0));
	} else if (op->count == op->limit) {
		range_end(r, 0, true, bound);
	} else {
		ring_key_set(&r->cursor, bound);
		range_ask(r);
	}
}

static void range_step(struct dht_task *task)
{
	struct dht_range *r = task->range;

	xassert(task->phase == PHASE_SCAN && r->task == task);
	if (r->busy)
		return;
	if (r->page_n < dht_task_quorum(task) || !dht_task_agreed(task)) {
		if (r->page_n >= dht_task_quorum(task))
			r->page_n = 0;
		dht_task_arm(task);
		return;
	}
	/* What is still under way is no longer waited for. */
	for (uint32_t i = 0; i < task->replicas; i++) {
		ring_route_stop(&task->leg[i].route);
		task->leg[i].state = LEG_IDLE;
	}
	dht_task_arm(task);
	range_merge(r);
}

void dht_range_answer(struct dht_leg *leg, const struct wire_dht_scan_answer *a)
{
	struct dht_range *r = leg->task->range;
	struct wire_dht_entry in;
	struct dht_page_leg *p;
	size_t pos = 0;

	xassert(r && leg->state == LEG_DONE);
	if (r->page_n == DHT_QUORUM_MAX)
		return;
	p = &r->page[r->page_n++];
	p->len = 0;
	p->pos = 0;
	p->open = !a->has_next;
	ring_key_set(&p->next, a->has_next ? a->next : bytes_of(NULL, 0));
	while (wire_dht_entry_list_next(&a->items, &pos, &in)) {
		struct dht_entry e = {
			.key = in.key,
			.value = in.record.value,
			.version = { in.record.counter, in.record.writer },
			.tombstone = in.record.tombstone,
			.unsynced = in.unsynced || in.in_doubt,
		};

		if (entry_put(p->mem, &p->len, &e))
			continue;
		p->open = false;
		ring_key_set(&p->next, in.key);
		break;
	}
}

/* The time is over: what was found so far is a page, if it is anything. */
void dht_range_late(struct dht_task *task, int status)
{
	struct dht_range *r = task->range;
	struct bytes at = ring_key_bytes(r->busy ? &r->sub_key : &r->cursor);

	xassert(r->task == task);
	if (bytes_cmp(at, task->op->key) > 0)
		range_end(r, 0, true, at);
	else
		dht_task_end(task, status);
}

void dht_range_begin(struct dht_task *task)
{
	struct dht_range *r = task->range;

	xassert(r && task->op->kind == DHT_RANGE);
	r->task = task;
	r->out_len = 0;
	r->busy = false;
	ring_key_set(&r->cursor, task->op->key);
	range_ask(r);
}
