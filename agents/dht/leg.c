// SPDX-License-Identifier: GPL-2.0-or-later
/* Asking the owner of a key in one replica class, whoever that is, until it answers. */
#include <dht/dht_priv.h>

static void leg_wait(struct dht_leg *leg)
{
	struct dht *dht = leg->task->dht;
	uint64_t ns = DHT_AGAIN_NS * (leg->tries < 8 ? leg->tries + 1 : 8);

	xassert(leg->state != LEG_DONE);
	leg->state = LEG_WAIT;
	leg->due_ns = env_now(dht->env) + ns / 2 + env_random_below(dht->env, ns);
}

/* What it has answered does not count: ask it once more. */
void dht_leg_again(struct dht_leg *leg)
{
	xassert(leg->state == LEG_DONE);
	leg->state = LEG_IDLE;
	leg_wait(leg);
}

static void leg_send_read(struct dht_leg *leg)
{
	struct dht_task *task = leg->task;
	struct wire_dht_read m = {
		.grid = ring_grid(task->dht->ring),
		.op = task->id,
		.class = leg->class,
		.epoch = leg->epoch,
		.key = task->key,
	};

	xassert(task->phase == PHASE_READ);
	ring_link_send(task->dht->link, &wire_dht_read_msg, &m, &leg->owner, true);
}

static void leg_send_write(struct dht_leg *leg)
{
	struct dht_task *task = leg->task;
	struct wire_dht_write m = {
		.grid = ring_grid(task->dht->ring),
		.op = task->id,
		.class = leg->class,
		.epoch = leg->epoch,
		.key = task->key,
		.record = {
			.counter = task->best.counter,
			.writer = task->best.writer,
			.tombstone = task->tombstone,
			.value = task->value,
			.has_value = !task->tombstone,
		},
	};

	xassert(task->phase == PHASE_WRITE && task->best.counter);
	ring_link_send(task->dht->link, &wire_dht_write_msg, &m, &leg->owner, true);
}

static void leg_send_scan(struct dht_leg *leg)
{
	struct dht_task *task = leg->task;
	struct wire_dht_scan m = {
		.grid = ring_grid(task->dht->ring),
		.op = task->id,
		.class = leg->class,
		.epoch = leg->epoch,
		.from = task->key,
		.to = task->op->to,
		.has_to = task->op->to.len != 0,
		/* One more than wanted, for tombstones and for what lies behind. */
		.limit = task->op->limit - task->op->count + 16,
		.room = DHT_PAGE_ROOM - 2048,
	};

	xassert(task->phase == PHASE_SCAN);
	ring_link_send(task->dht->link, &wire_dht_scan_msg, &m, &leg->owner, true);
}

/* Ask the owner that is known. */
void dht_leg_ask(struct dht_leg *leg)
{
	struct dht_task *task = leg->task;

	xassert(leg->state != LEG_ROUTING && task->used);
	if (task->phase == PHASE_OWNER) {
		leg->state = LEG_DONE;
		task->step(task);
		return;
	}
	leg->state = LEG_ASKED;
	leg->due_ns = env_now(task->dht->env) + task->dht->cfg.ask_ns;
	if (leg->tries++)
		task->dht->count.retries++;
	if (task->phase == PHASE_READ)
		leg_send_read(leg);
	else if (task->phase == PHASE_WRITE)
		leg_send_write(leg);
	else
		leg_send_scan(leg);
}

static void leg_routed(struct ring_route *route, int status, const struct env_peer *from,
		       const struct wire_ring_find_answer *a)
{
	struct dht_leg *leg = route->ctx;
	struct dht_task *task = leg->task;

	xassert(leg->state == LEG_ROUTING);
	leg->state = LEG_IDLE;
	if (status) {
		leg->tries++;
		leg_wait(leg);
		dht_task_arm(task);
		return;
	}
	dht_cache_add(task->dht, from, &a->arc);
	leg->owner = *from;
	leg->epoch = a->arc.epoch;
	if (task->lookup) {
		struct ring_owner *o = &task->lookup->owners[leg->class];
		const struct dht_cached *c = dht_cache_find(task->dht, leg->class, task->key);

		xassert(c);
		*o = (struct ring_owner){ .class = leg->class, .id = from->id, .addr = from->addr };
		o->arc = c->arc;
		dht_leg_ask(leg);
		return;
	}
	dht_leg_ask(leg);
	dht_task_arm(task);
}

void dht_leg_init(struct dht_task *task, uint32_t n)
{
	xassert(n && n <= RING_CLASSES_MAX);
	task->replicas = n;
	for (uint32_t i = 0; i < n; i++) {
		struct dht_leg *leg = &task->leg[i];

		leg->task = task;
		leg->class = (uint8_t)i;
		ring_route_init(&leg->route, task->dht->ring, leg_routed, leg);
	}
}

/* Look for the owner, from a node on that is said to be nearer. */
static void leg_follow(struct dht_leg *leg, const struct wire_ring_peer *hint)
{
	xassert(leg->state == LEG_ASKED);
	leg->state = LEG_ROUTING;
	ring_route_start(&leg->route, leg->class, leg->task->key, false, &hint->addr);
}

/* Find the owner, then ask it. */
void dht_leg_start(struct dht_leg *leg)
{
	struct dht_task *task = leg->task;
	const struct dht_cached *c = NULL;

	xassert(task->used);
	ring_route_stop(&leg->route);
	leg->state = LEG_IDLE;
	if (task->phase != PHASE_OWNER)
		c = dht_cache_find(task->dht, leg->class, task->key);
	if (c) {
		leg->owner = c->owner;
		leg->epoch = c->arc.epoch;
		dht_leg_ask(leg);
		return;
	}
	leg->state = LEG_ROUTING;
	ring_route_start(&leg->route, leg->class, task->key, false, NULL);
}

/* The time of an answer, or of a pause, is over. */
void dht_leg_due(struct dht_leg *leg)
{
	xassert(leg->state == LEG_ASKED || leg->state == LEG_WAIT);
	if (leg->state == LEG_ASKED)
		dht_cache_drop(leg->task->dht, &leg->owner.id);
	dht_leg_start(leg);
}

/* The leg that an answer belongs to, NULL when nobody waits for it. */
static struct dht_leg *leg_find(struct dht *dht, uint64_t id, uint8_t class,
				const struct env_peer *from)
{
	uint32_t slot = (uint32_t)(id & 0xffff);
	struct dht_task *task;
	struct dht_leg *leg;

	xassert(from);
	if (slot >= dht->cfg.ops_max)
		return NULL;
	task = &dht->task[slot];
	if (!task->used || task->dead || task->id != id || class >= task->replicas)
		return NULL;
	leg = &task->leg[class];
	if (leg->state != LEG_ASKED || !xos_id_eq(&leg->owner.id, &from->id))
		return NULL;
	return leg;
}

/* A transaction is about to write the key: it is settled at once, or will be by its owner. */
static void leg_doubt(struct dht_leg *leg)
{
	uint32_t shift = leg->doubts < 5 ? leg->doubts : 5;
	uint64_t ns = DHT_DOUBT_NS << shift;

	xassert(leg->state == LEG_ASKED);
	leg->doubts++;
	leg->state = LEG_WAIT;
	leg->due_ns =
		env_now(leg->task->dht->env) + ns / 2 + env_random_below(leg->task->dht->env, ns);
	dht_task_arm(leg->task);
}

/* The replica would not: wait, or look for the right one. Return: true when that is so. */
static bool leg_refused(struct dht_leg *leg, uint8_t status, const struct wire_ring_peer *hint)
{
	struct dht_task *task = leg->task;

	xassert(leg->state == LEG_ASKED);
	switch (status) {
	case WIRE_DHT_STATUS_OK:
		return false;
	case WIRE_DHT_STATUS_INCOMPLETE:
		task->incomplete = true;
		leg_wait(leg);
		break;
	case WIRE_DHT_STATUS_NO_LEASE:
		/* Somebody else may be the owner by now. */
		dht_cache_drop(task->dht, &leg->owner.id);
		leg_wait(leg);
		break;
	case WIRE_DHT_STATUS_NOT_OWNER:
	case WIRE_DHT_STATUS_STALE:
		dht_cache_drop(task->dht, &leg->owner.id);
		if (leg->tries < 3 && hint)
			leg_follow(leg, hint);
		else if (leg->tries < 3)
			dht_leg_start(leg);
		else
			leg_wait(leg);
		break;
	default:
		leg_wait(leg);
		break;
	}
	dht_task_arm(task);
	return true;
}

bool dht_leg_recv(struct dht *dht, const struct env_peer *from, const struct wire_header *h)
{
	union {
		struct wire_dht_read_answer read;
		struct wire_dht_write_answer write;
		struct wire_dht_scan_answer scan;
	} m;
	const struct wire_ring_peer *hint = NULL;
	struct dht_leg *leg = NULL;
	struct bytes epochs = { 0 };
	enum dht_phase phase;
	uint8_t status = 0;
	int err;

	xassert(from && h);
	if (h->type == WIRE_DHT_READ_ANSWER) {
		phase = PHASE_READ;
		err = wire_dht_read_answer_body_decode(h, &m.read);
		if (!err)
			leg = leg_find(dht, m.read.op, m.read.class, from);
		status = err ? 0 : m.read.status;
		hint = !err && m.read.has_hint ? &m.read.hint : NULL;
		epochs = err ? epochs : m.read.epochs;
	} else if (h->type == WIRE_DHT_WRITE_ANSWER) {
		phase = PHASE_WRITE;
		err = wire_dht_write_answer_body_decode(h, &m.write);
		if (!err)
			leg = leg_find(dht, m.write.op, m.write.class, from);
		status = err ? 0 : m.write.status;
		hint = !err && m.write.has_hint ? &m.write.hint : NULL;
		epochs = err ? epochs : m.write.epochs;
	} else if (h->type == WIRE_DHT_SCAN_ANSWER) {
		phase = PHASE_SCAN;
		err = wire_dht_scan_answer_body_decode(h, &m.scan);
		if (!err)
			leg = leg_find(dht, m.scan.op, m.scan.class, from);
		status = err ? 0 : m.scan.status;
		hint = !err && m.scan.has_hint ? &m.scan.hint : NULL;
		epochs = err ? epochs : m.scan.epochs;
	} else {
		return false;
	}
	dht->count.strange += err != 0;
	if (!leg || leg->task->phase != phase) {
		dht->count.answers_late += !err;
		return true;
	}
	if (leg_refused(leg, status, hint))
		return true;
	if (phase == PHASE_READ && m.read.in_doubt && !MUTANT(dht_reads_in_doubt)) {
		leg_doubt(leg);
		return true;
	}
	leg->state = LEG_DONE;
	ring_epochs_get(&leg->epochs, epochs);
	if (phase == PHASE_READ)
		dht_read_answer(leg, &m.read);
	else if (phase == PHASE_SCAN)
		dht_range_answer(leg, &m.scan);
	leg->task->step(leg->task);
	return true;
}
