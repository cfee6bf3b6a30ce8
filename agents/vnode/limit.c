// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What happens by time: limits of requests, drains that take too long, and the
 * comparison of replies. Nothing here changes the state of the service by
 * itself; it only proposes.
 */
#include "vnode_impl.h"

#define TICK_NS	       (100 * ENV_MS)
#define AGAIN_NS       (500 * ENV_MS)
/* After a drain that came to nothing the log flows for this long. */
#define DRAIN_AGAIN_NS ENV_SEC

/* Time in which the log was held up for a snapshot does not count. */
static bool late(const struct vnode *v, const struct kept *k, uint64_t limit_ns)
{
	uint64_t from = k->sent_ns > v->flows_ns ? k->sent_ns : v->flows_ns;

	return k->type == WIRE_VN_REQUEST && k->sent && !k->ended &&
	       from + limit_ns < env_now(v->env);
}

/*
 * The request to blame when one takes too long: the oldest that computes for
 * longer than its time. One that waits is blamed when nobody computes, or after
 * twice the time: whoever computes may be what it waits for.
 */
static struct kept *overdue(struct vnode *v)
{
	const struct progress *p = v->ops->progress(v->ctx);
	uint64_t limit = v->about.time_max_ms * ENV_MS;
	struct kept *culprit = NULL, *k;
	bool computing = false;

	for (int i = 0; p && i < PROGRESS_SLOTS; i++) {
		if (!p->slot[i].index || !p->slot[i].computing)
			continue;
		computing = true;
		k = kept_find(v, p->slot[i].index);
		if (k && late(v, k, limit) && (!culprit || k->index < culprit->index))
			culprit = k;
	}
	for (uint32_t i = 0; i < v->kept_n && !culprit; i++) {
		if (late(v, &v->kept[i], computing ? 2 * limit : limit))
			culprit = &v->kept[i];
	}
	return culprit;
}

/* A read takes too long: nothing is lost with the host. */
static void check_reads(struct vnode *v)
{
	uint64_t culprit;

	if (!v->about.time_max_ms || v->host != VNODE_HOST_READY ||
	    !reads_late(v, v->about.time_max_ms * ENV_MS, &culprit))
		return;
	v->stats.timeouts++;
	env_log(v->env, ENV_ERR, ENV_SUB_VNODE, "%s: a read takes too long", v->about.name);
	reads_give_back(v, culprit);
	host_restart(v);
}

static void check_time(struct vnode *v)
{
	struct kept *k;

	if (v->drain_until_ns || v->blocked)
		v->flows_ns = env_now(v->env);
	if (!v->leader || !v->about.time_max_ms || v->host != VNODE_HOST_READY || !v->running)
		return;
	k = overdue(v);
	if (!k)
		return;
	v->stats.timeouts++;
	propose_skip(v, k, "takes too long");
}

/* Tell the others what was answered here. */
static void tell_done(struct vnode *v)
{
	uint64_t indexes[WIRE_VN_DONE_MAX], hashes[WIRE_VN_DONE_MAX];
	uint32_t n = 0, last = v->done_from;

	for (uint32_t i = v->done_from; i < v->kept_n && n < WIRE_VN_DONE_MAX; i++) {
		struct kept *k = &v->kept[i];

		last = i + 1;
		if (k->type != WIRE_VN_REQUEST || !k->answered || k->told)
			continue;
		indexes[n] = k->index;
		hashes[n++] = k->hash;
	}
	if (!n || !PROPOSE(v, vn_done, .indexes = { .v = indexes, .n = n },
			   .hashes = { .v = hashes, .n = n }))
		return;
	for (uint32_t i = v->done_from; i < last; i++)
		v->kept[i].told = v->kept[i].told || v->kept[i].answered;
	while (v->done_from < v->kept_n &&
	       (v->kept[v->done_from].told || v->kept[v->done_from].type != WIRE_VN_REQUEST))
		v->done_from++;
}

static void check_drain(struct vnode *v)
{
	if (!v->drain_until_ns || env_now(v->env) < v->drain_until_ns || v->imaging)
		return;
	v->flows_ns = env_now(v->env);
	v->drain_until_ns = 0;
	v->want_snapshot = false;
	v->catch_up = false;
	v->stats.drains_lost++;
	v->drain_again_ns = env_now(v->env) + DRAIN_AGAIN_NS;
	if (v->blocked) {
		v->blocked = false;
		v->ops->resume(v->ctx);
	}
	host_update(v);
}

static void tick(void *ctx)
{
	struct vnode *v = ctx;

	env_timer_set(v->env, &v->tick, TICK_NS);
	check_reads(v);
	check_time(v);
	check_drain(v);
	if (!v->leader)
		return;
	tell_done(v);
	decisions_flush(v);
	if (v->starved && PROPOSE(v, vn_noop, .since = v->host_switch, .count = v->starved))
		v->starved = 0;
}

static void again(void *ctx)
{
	struct vnode *v = ctx;

	if (v->host == VNODE_HOST_BROKEN)
		v->host = VNODE_HOST_NONE;
	v->awaits_skip = 0;
	host_update(v);
}

void limits_start(struct vnode *v)
{
	v->tick.fire = tick;
	v->tick.ctx = v;
	v->again.fire = again;
	v->again.ctx = v;
	env_timer_set(v->env, &v->tick, TICK_NS);
}

void vnode_host_gone(struct vnode *v)
{
	const struct progress *p = v->ops->progress(v->ctx);
	struct kept *k = p && p->culprit ? kept_find(v, p->culprit) : NULL;
	uint32_t first = 0;

	v->stats.crashes++;
	if (p && p->culprit & READ_NUMBER)
		reads_give_back(v, p->culprit);
	while (!k && first < v->kept_n &&
	       (v->kept[first].type != WIRE_VN_REQUEST || !v->kept[first].sent ||
		v->kept[first].ended))
		first++;
	/* without a witness the oldest one is blamed, when it happens twice */
	if (!k && first < v->kept_n && v->kept[first].index == v->suspect)
		k = &v->kept[first];
	v->suspect = first < v->kept_n ? v->kept[first].index : 0;
	if (v->leader && k) {
		propose_skip(v, k, "crashed");
		return;
	}
	env_log(v->env, ENV_ERR, ENV_SUB_VNODE, "%s: the service died", v->about.name);
	host_stop(v);
	env_timer_set(v->env, &v->again, AGAIN_NS);
}
