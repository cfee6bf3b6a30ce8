// SPDX-License-Identifier: GPL-2.0-or-later
/* Transactions of this node: their slots, their beginning and their end. */
#include <txn/txn_priv.h>

#include <txn/node_txn.h>

/* What a set of the scope takes besides its key; later versions have more attributes. */
#define SCOPE_SET_ROOM 64

size_t txn_arena_size(const struct txn_config *cfg)
{
	xassert(cfg->txns_max && cfg->steps_max && cfg->legs_max && cfg->votes_max);
	return sizeof(struct txns) + cfg->txns_max * (sizeof(struct txn) + TXN_BYTES_MAX) +
	       cfg->legs_max * (sizeof(struct txn_leg) + 16) +
	       cfg->steps_max * (sizeof(struct txn_op) + 16) +
	       4 * cfg->txns_max * (txn_run_size() + 16) +
	       cfg->writes_max * (sizeof(struct txn_write) + 16) +
	       cfg->votes_max * sizeof(struct txn_held) + 2 * PAGE_RECORD_MAX + 512;
}

struct txns *txns_init(struct arena *arena, const struct txn_home *home,
		       const struct txn_config *cfg)
{
	struct txns *t = arena_alloc(arena, sizeof(*t));
	uint8_t *mem;

	xassert(cfg->txns_max && cfg->txns_max <= UINT16_MAX);
	t->env = home->env;
	t->store = home->store;
	t->ring = home->ring;
	t->link = home->link;
	t->dht = home->dht;
	t->cfg = *cfg;
	t->txn = arena_alloc(arena, cfg->txns_max * sizeof(*t->txn));
	mem = arena_alloc(arena, (size_t)cfg->txns_max * TXN_BYTES_MAX);
	for (uint32_t i = 0; i < cfg->txns_max; i++)
		t->txn[i].mem = buf_of(mem + (size_t)i * TXN_BYTES_MAX, TXN_BYTES_MAX);
	/* Numbers of questions of an earlier life are not met again. */
	t->gen = env_random(t->env) >> 20;
	pool_init(&t->legs, arena, sizeof(struct txn_leg), cfg->legs_max);
	pool_init(&t->ops, arena, sizeof(struct txn_op), cfg->steps_max);
	pool_init(&t->runs, arena, txn_run_size(), 4 * cfg->txns_max);
	CDS_INIT_LIST_HEAD(&t->leads);
	pool_init(&t->writes, arena, sizeof(struct txn_write), cfg->writes_max);
	t->held = arena_alloc(arena, cfg->votes_max * sizeof(*t->held));
	t->in = arena_alloc(arena, PAGE_RECORD_MAX);
	t->out = arena_alloc(arena, PAGE_RECORD_MAX);
	txn_held_init(t);
	return t;
}

void txns_start(struct txns *t)
{
	xassert(t->sweep.fire);
	env_timer_set(t->env, &t->sweep, TXN_SWEEP_NS);
}

bool txns_recv(struct txns *t, const struct env_peer *from, const struct wire_header *h)
{
	struct wire_txn_answer a;
	struct wire_txn_ask q;

	xassert(from && h);
	if (h->type == WIRE_TXN_ASK) {
		if (wire_txn_ask_body_decode(h, &q))
			t->count.strange++;
		else if (!q.grid || q.grid == ring_grid(t->ring))
			txn_owner_ask(t, from, &q);
		return true;
	}
	if (h->type == WIRE_TXN_ANSWER) {
		if (wire_txn_answer_body_decode(h, &a))
			t->count.strange++;
		else
			txn_leg_answer(t, from, &a);
		return true;
	}
	return false;
}

/* Hybrid time: the wall clock, but never twice the same, and above what was seen. */
uint64_t txn_clock(struct txns *t, uint64_t above)
{
	uint64_t now = env_wall(t->env) / 1000;

	if (now <= t->clock)
		now = t->clock + 1;
	if (now <= above)
		now = above + 1;
	xassert(now > t->clock);
	t->clock = now;
	return now;
}

uint64_t txn_now(const struct txns *txns)
{
	uint64_t now = env_wall(txns->env) / 1000;

	xassert(txns->env);
	return now > txns->clock ? now : txns->clock;
}

struct txn *txn_get(struct txns *t, bool settler)
{
	/* What others have left behind must be settled though clients take all they can. */
	uint32_t spare = settler ? 0 : t->cfg.txns_max / 8;
	struct txn *free = NULL;
	uint32_t n = 0;
	struct buf mem;

	for (uint32_t i = 0; i < t->cfg.txns_max; i++) {
		n += !t->txn[i].used;
		if (!t->txn[i].used && !free)
			free = &t->txn[i];
	}
	if (!free || n <= spare) {
		t->count.refused++;
		return NULL;
	}
	mem = free->mem;
	xassert(!env_timer_armed(&free->timer) && !env_timer_armed(&free->ops_timer));
	memset(free, 0, sizeof(*free));
	free->mem = buf_of(mem.data, mem.cap);
	free->txns = t;
	free->slot = (uint32_t)(free - t->txn);
	free->used = true;
	free->settler = settler;
	free->timer.fire = txn_fire;
	free->timer.ctx = free;
	CDS_INIT_LIST_HEAD(&free->ops);
	txn_phase_set(free, TXN_OPEN);
	return free;
}

void txn_put(struct txn *txn)
{
	xassert(txn->used && !txn->commit);
	txn_steps_stop(txn);
	txn_legs_put(txn);
	env_timer_cancel(txn->txns->env, &txn->timer);
	env_timer_cancel(txn->txns->env, &txn->ops_timer);
	txn->used = false;
}

/* Tell the client how it ended; it has nothing to do with the transaction any more. */
void txn_tell(struct txn *txn, int status)
{
	struct txn_commit *commit = txn->commit;
	struct txn_counters *n = &txn->txns->count;

	xassert(txn->used);
	txn->commit = NULL;
	if (!commit)
		return;
	n->committed += !status;
	n->conflicts += status == -ECANCELED;
	n->unknown += status == -ETIMEDOUT;
	commit->status = status;
	commit->version = txn->id;
	commit->done(commit);
}

void txn_end(struct txn *txn, int status)
{
	xassert(txn->used);
	txn_tell(txn, status);
	txn_put(txn);
}

/* What each vote is stored with. Return: 0 or -E2BIG. */
int txn_scope_make(struct txn *txn)
{
	struct wire_txn_part parts[TXN_KEYS_MAX];
	struct wire_txn_scope scope = { .parts = { .v = parts, .n = txn->part_n } };
	size_t room = SCOPE_SET_ROOM;
	struct buf b;

	xassert(txn->part_n && txn->part_n <= TXN_KEYS_MAX);
	for (uint32_t i = 0; i < txn->part_n; i++) {
		parts[i] = (struct wire_txn_part){ .key = txn->part[i].key,
						   .write = txn->part[i].write };
		room += parts[i].key.len + SCOPE_SET_ROOM;
	}
	b = buf_of(buf_reserve(&txn->mem, room), room);
	if (!b.data || wire_set_encode(&wire_txn_scope_set, &scope, &b) ||
	    b.len > WIRE_DHT_SCOPE_LEN)
		return -E2BIG;
	txn->scope = buf_bytes(&b);
	return 0;
}

static void id_done(struct txn_step *step)
{
	struct txn *txn = step->ctx;

	xassert(txn->id_busy);
	txn->id_busy = false;
	if (txn->commit)
		txn_commit_on(txn);
}

static int begin_id(struct txn *txn, struct bytes id)
{
	struct txn_step *s = &txn->id_step;
	size_t len = sizeof(TXN_OWN_ID) - 1;

	xassert(id.len && id.len <= TXN_ID_MAX);
	memcpy(txn->id_key, TXN_OWN_ID, len);
	memcpy(txn->id_key + len, id.data, id.len);
	*s = (struct txn_step){ .done = id_done, .ctx = txn, .kind = TXN_TEST_SET, .absent = true };
	s->key = bytes_of(txn->id_key, len + id.len);
	s->value = bytes_str(TXN_ID_DONE);
	txn->id_busy = true;
	return txn_step_add(txn, s);
}

int txn_begin(struct txns *txns, const struct txn_options *options, struct txn **out)
{
	uint64_t ns = options && options->timeout_ns ? options->timeout_ns : txns->cfg.txn_ns;
	struct txn *txn;
	int err = 0;

	if (options && options->id.len > TXN_ID_MAX)
		return -EMSGSIZE;
	txn = txn_get(txns, false);
	if (!txn)
		return -ENOBUFS;
	txns->count.begun++;
	txn->deadline_ns = env_now(txns->env) + ns;
	txn->age = txn_clock(txns, 0);
	if (options && options->from)
		txn->seen = options->from - 1;
	txn->until = options ? options->until : 0;
	xassert(txn->age);
	if (options && options->id.len)
		err = begin_id(txn, options->id);
	if (err) {
		txn_put(txn);
		return err;
	}
	*out = txn;
	return 0;
}

int txn_do(struct txn *txn, struct txn_step *step)
{
	xassert(txn->used && txn->phase == TXN_OPEN && !txn->commit && step->done);
	return txn_step_add(txn, step);
}

/* End, but not from inside the call of the client. */
void txn_end_soon(struct txn *txn, int status)
{
	xassert(txn->commit);
	txn_phase_set(txn, TXN_DEAD);
	txn->status = status;
	env_timer_set(txn->txns->env, &txn->timer, 0);
}

/* Go on with a commit whose steps are all done. */
void txn_commit_on(struct txn *txn)
{
	struct txns *t = txn->txns;
	int id_status = txn->id_step.status;

	xassert(txn->commit && !txn->id_busy);
	if (id_status == -EEXIST) {
		txn->commit->repeated = bytes_eq(txn->id_step.result, bytes_str(TXN_ID_DONE));
		txn_end_soon(txn, txn->commit->repeated ? 0 : -EPERM);
	} else if (id_status) {
		txn_end_soon(txn, id_status);
	} else if (!ring_replicas(t->ring) || !ring_complete(t->ring)) {
		txn_end_soon(txn, -EAGAIN);
	} else if (txn->doomed || env_now(t->env) >= txn->deadline_ns) {
		txn_end_soon(txn, -ECANCELED);
	} else if (!txn->part_n) {
		txn_end_soon(txn, 0);
	} else {
		txn_manage(txn);
	}
}

int txn_commit(struct txn *txn, struct txn_commit *commit)
{
	uint32_t busy = 0;
	struct txn_op *op;

	xassert(txn->used && txn->phase == TXN_OPEN && !txn->commit && commit->done);
	cds_list_for_each_entry(op, &txn->ops, node)
		busy += op->step != &txn->id_step;
	if (busy)
		return -EBUSY;
	txn->commit = commit;
	commit->status = 0;
	commit->repeated = false;
	commit->version = (struct dht_version){ 0 };
	if (!txn->id_busy)
		txn_commit_on(txn);
	return 0;
}

void txn_abort(struct txn *txn)
{
	xassert(txn->used);
	txn->commit = NULL;
	/* A decision under way goes on by itself. */
	if (txn->phase != TXN_DECIDE)
		txn_put(txn);
}

const struct txn_counters *txns_counters(const struct txns *t)
{
	xassert(t);
	return &t->count;
}
