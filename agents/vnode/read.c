// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Read-only requests outside of the log. Whoever brings one has waited until
 * everything that was committed when it was asked is applied here (read index).
 * The host gets it when it has done all of that and no request runs: then the
 * service stands still, and any number of reads may look at it.
 *
 * For that the entries behind a barrier wait a little. None of them passes it,
 * whatever its kind: this replica alone has the barrier, and the host must see
 * the log's order. When the requests before it do not end soon (one waits for
 * what is behind), the reads are given back: the log can order them as well.
 */
#include "vnode_impl.h"

/* How long the entries wait at most; after a wait in vain no other one for a while. */
#define READ_WAIT_NS  (20 * ENV_MS)
#define READ_AGAIN_NS (200 * ENV_MS)

/**
 * struct vread - a read
 * @node: in the list of its replica
 * @ticket: of whoever brought it
 * @at: entry that it has to see
 * @number: at the host, 0 while it has to wait
 * @sent_ns: when the host got it
 */
struct vread {
	struct cds_list_head node;
	uint64_t ticket;
	uint64_t at;
	uint64_t number;
	uint64_t sent_ns;
};

size_t reads_size(void)
{
	return VNODE_READS_MAX * ((sizeof(struct vread) + 15) & ~(size_t)15);
}

static void read_end(struct vnode *v, struct vread *r, uint32_t result, uint32_t error,
		     struct bytes data)
{
	struct vnode_answer a = {
		.ticket = r->ticket, .result = result, .error = error, .data = data
	};

	if (r->number)
		v->reads_out--;
	else
		v->reads_waiting--;
	cds_list_del(&r->node);
	pool_put(&v->read_pool, r);
	v->ops->read_done(v->ctx, &a);
}

void reads_give_back(struct vnode *v, uint64_t culprit)
{
	struct vread *r, *next;

	env_timer_cancel(v->env, &v->read_timer);
	cds_list_for_each_entry_safe(r, next, &v->reads, node)
		read_end(v, r,
			 culprit && r->number == culprit ? WIRE_VN_RESULT_FAILED :
							   WIRE_VN_RESULT_BUSY,
			 0, bytes_of(NULL, 0));
}

bool reads_late(struct vnode *v, uint64_t limit_ns, uint64_t *culprit)
{
	struct vread *r;

	cds_list_for_each_entry(r, &v->reads, node) {
		if (r->number && r->sent_ns + limit_ns < env_now(v->env)) {
			*culprit = r->number;
			return true;
		}
	}
	return false;
}

/* The requests before the barrier did not end in time. */
static void in_vain(void *ctx)
{
	struct vread *r, *next;
	struct vnode *v = ctx;

	if (v->reads_out) {
		env_timer_set(v->env, &v->read_timer, READ_WAIT_NS);
		return;
	}
	v->stats.reads_in_vain++;
	v->reads_not_before_ns = env_now(v->env) + READ_AGAIN_NS;
	cds_list_for_each_entry_safe(r, next, &v->reads, node) {
		if (!r->number)
			read_end(v, r, WIRE_VN_RESULT_BUSY, 0, bytes_of(NULL, 0));
	}
	feed(v);
}

void reads_start(struct vnode *v, struct arena *arena)
{
	pool_init(&v->read_pool, arena, sizeof(struct vread), VNODE_READS_MAX);
	CDS_INIT_LIST_HEAD(&v->reads);
	v->read_timer.fire = in_vain;
	v->read_timer.ctx = v;
}

/* Has the host done all that the read has to see? Nothing runs. */
static bool seen(const struct vnode *v, const struct vread *r)
{
	return fed_all(v, r->at) || MUTANT(vnode_read_behind);
}

static void read_send(struct vnode *v, struct vread *r)
{
	uint64_t now = env_wall(v->env);
	struct bytes operation, args;

	if (!v->ops->read_get(v->ctx, r->ticket, &operation, &args)) {
		v->reads_waiting--;
		cds_list_del(&r->node);
		pool_put(&v->read_pool, r);
		return;
	}
	v->reads_waiting--;
	v->reads_out++;
	v->stats.reads++;
	r->number = READ_NUMBER | ++v->read_count;
	r->sent_ns = env_now(v->env);
	HOST_SEND(v, vh_read, .number = r->number, .operation = operation, .args = args,
		  .time_ns = v->applied_ns > now ? v->applied_ns : now);
}

/* Those that wait for the host's present work set a barrier behind what is applied now. */
static void barrier_set(struct vnode *v)
{
	v->read_barrier = v->applied;
	env_timer_set(v->env, &v->read_timer, READ_WAIT_NS);
}

void reads_feed(struct vnode *v)
{
	bool quiet = (!v->running && v->hot_stage == HOT_IDLE) || MUTANT(vnode_read_while_running);
	/* whoever comes while others are there may join them as long as nobody waits for their end */
	bool open = !v->reads_out || (fed_all(v, v->applied) && !v->want_snapshot);
	struct vread *r, *next;

	if (!v->reads_waiting || v->host != VNODE_HOST_READY || v->imaging)
		return;
	cds_list_for_each_entry_safe(r, next, &v->reads, node) {
		if (v->reads_out == VNODE_READS_OUT_MAX)
			break;
		if (!r->number && quiet && open && seen(v, r))
			read_send(v, r);
	}
	if (!v->reads_waiting)
		env_timer_cancel(v->env, &v->read_timer);
}

bool reads_hold(const struct vnode *v, const struct kept *k)
{
	if (MUTANT(vnode_wake_passes_reads) && k->type == WIRE_VN_WAKE)
		return false;
	if (v->reads_out && !MUTANT(vnode_read_while_running))
		return true;
	return v->reads_waiting && k->index > v->read_barrier;
}

bool vnode_read_only(const struct vnode *v, struct bytes operation)
{
	for (uint32_t i = 0; i < v->read_only_n; i++) {
		if (bytes_eq(bytes_str(v->read_only[i]), operation))
			return true;
	}
	return false;
}

bool vnode_described(const struct vnode *v)
{
	return v->described;
}

/*
 * Under PDS, and where decisions are followed, requests need entries that come behind them:
 * the host is seldom quiet at a place that was chosen before.
 */
static bool orderly(const struct vnode *v)
{
	if (v->about.scheduler == VSCHED_PDS)
		return false;
	return !host_is_free(v) || v->host_decides;
}

bool vnode_reads(const struct vnode *v, struct bytes operation)
{
	return v->host == VNODE_HOST_READY && feeding(v) && orderly(v) &&
	       env_now(v->env) >= v->reads_not_before_ns && vnode_read_only(v, operation);
}

bool vnode_read(struct vnode *v, uint64_t ticket, struct bytes operation)
{
	struct vread *r = vnode_reads(v, operation) ? pool_get(&v->read_pool) : NULL;

	if (!r)
		return false;
	*r = (struct vread){ .ticket = ticket, .at = v->applied };
	cds_list_add_tail(&r->node, &v->reads);
	if (!v->reads_waiting++)
		barrier_set(v);
	feed(v);
	return true;
}

void reads_take_result(struct vnode *v, const struct wire_vh_result *m)
{
	struct vread *r, *found = NULL;

	cds_list_for_each_entry(r, &v->reads, node) {
		if (r->number == m->number) {
			found = r;
			break;
		}
	}
	if (!found)
		return;
	read_end(v, found, WIRE_VN_RESULT_OK, m->error, m->data);
	if (!v->reads_out && v->reads_waiting)
		barrier_set(v);
	if (!v->reads_out)
		feed(v);
	else
		reads_feed(v);
}

void reads_learn(struct vnode *v, const struct wire_vh_ready *m)
{
	struct wire_vh_operation o;
	size_t pos = 0;

	v->read_only_n = 0;
	v->described = true;
	while (wire_vh_operation_list_next(&m->operations, &pos, &o)) {
		if (!o.read_only)
			continue;
		memcpy(v->read_only[v->read_only_n], o.name.data, o.name.len);
		v->read_only[v->read_only_n++][o.name.len] = '\0';
	}
}
