// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the host gets, and when. Entries go to it in the order of the log. Behind
 * a vn-switch requests wait until all before it have ended; what those still
 * need (wake-ups, decisions) passes it, at every replica alike.
 */
#include "vnode_impl.h"

static void send_request(struct vnode *v, struct kept *k)
{
	struct wire_vn_request m;

	k->sent = true;
	k->sent_ns = env_now(v->env);
	if (k->skipped && !k->cut && !MUTANT(vnode_skip_forgotten)) {
		k->ended = true;
		return;
	}
	xassert(!wire_vn_request_decode(kept_message(v, k), &m));
	v->running++;
	HOST_SEND(v, vh_request, .index = k->index, .time_ns = k->time_ns, .operation = m.operation,
		  .args = m.args, .cut = k->cut, .has_cut = k->skipped);
}

static void send_decisions(struct vnode *v, struct kept *k)
{
	struct wire_vn_decisions m;

	xassert(!wire_vn_decisions_decode(kept_message(v, k), &m));
	HOST_SEND(v, vh_decisions, .mutexes = m.mutexes, .threads = m.threads,
		  .requests = m.requests, .values = m.values);
}

/* The host's part of a switch. */
static void send_switch(struct vnode *v, struct kept *k)
{
	struct wire_vn_switch m;

	xassert(!wire_vn_switch_decode(kept_message(v, k), &m));
	v->host_scheduler = m.scheduler;
	v->host_policy = m.policy;
	v->host_switch = k->index;
	HOST_SEND(v, vh_schedule, .scheduler = m.scheduler,
		  .observe = m.policy == WIRE_VN_POLICY_SEMI_ACTIVE,
		  .changes = m.policy == WIRE_VN_POLICY_HOT);
}

/* Under hot the wait may be one of another host, which did the request before. */
static void send_wake(struct vnode *v, struct kept *k)
{
	const struct kept *request = kept_find(v, k->about);
	struct wire_vn_wake m;

	xassert(!wire_vn_wake_decode(kept_message(v, k), &m));
	if (request && request->hot && !wait_known(v, m.thread, m.wait))
		return;
	wait_end(v, m.thread, m.wait);
	HOST_SEND(v, vh_wake, .index = m.index, .thread = m.thread, .wait = m.wait);
}

static void send_noop(struct vnode *v, struct kept *k)
{
	struct wire_vn_noop m;

	xassert(!wire_vn_noop_decode(kept_message(v, k), &m));
	if (!k->hot || v->hot_stage == HOT_RUNS)
		HOST_SEND(v, vh_noop, .count = m.count);
}

static void send_entry(struct vnode *v, struct kept *k)
{
	k->sent = true;
	if (k->type == WIRE_VN_REQUEST)
		send_request(v, k);
	else if (k->type == WIRE_VN_DECISIONS)
		send_decisions(v, k);
	else if (k->type == WIRE_VN_WAKE)
		send_wake(v, k);
	else if (k->type == WIRE_VN_NOOP)
		send_noop(v, k);
	else if (k->type == WIRE_VN_SWITCH)
		send_switch(v, k);
	else if (k->type == WIRE_VN_UPDATE)
		hot_send(v, k);
}

/* May the entry pass a switch that waits for the end of what is before it? */
static bool may_pass(const struct kept *k, const struct kept *barrier)
{
	return k->type != WIRE_VN_REQUEST && k->type != WIRE_VN_SWITCH && k->about < barrier->index;
}

bool feeding(const struct vnode *v)
{
	return v->leader || v->catch_up || v->about.policy == WIRE_VN_POLICY_ACTIVE ||
	       v->about.policy == WIRE_VN_POLICY_SEMI_ACTIVE ||
	       v->about.policy == WIRE_VN_POLICY_HOT;
}

bool host_is_free(const struct vnode *v)
{
	return v->host_scheduler == VSCHED_LSA || v->host_policy == WIRE_VN_POLICY_SEMI_ACTIVE;
}

void host_follow(struct vnode *v)
{
	if (!v->host_decides)
		return;
	if ((host_is_free(v) && !MUTANT(vnode_decider_goes_on)) || v->hot_stage != HOT_IDLE) {
		host_stop(v);
		return;
	}
	v->host_decides = false;
	HOST_SEND(v, vh_lead, .leader = false);
}

bool fed_all(const struct vnode *v, uint64_t up_to)
{
	for (uint32_t i = v->fed; i < v->kept_n && v->kept[i].index <= up_to; i++) {
		if (!v->kept[i].sent && !hot_pending(&v->kept[i]))
			return false;
	}
	return true;
}

/**
 * struct feeding - a pass over what is kept
 * @barrier: switch that waits for the end of what is before it, NULL for none
 * @open: requests may be done tentatively
 * @waits: requests without an outcome are before
 * @all: nothing else is held back
 * @again: the host got an update that the barrier, or requests, may have waited for
 */
struct feeding {
	const struct kept *barrier;
	bool open;
	bool waits;
	bool all;
	bool again;
};

static void feed_entry(struct vnode *v, struct kept *k, struct feeding *f)
{
	if (k->type == WIRE_VN_REQUEST && k->hot && k->answered) {
		/* an update has what it did */
		k->sent = k->ended = true;
	} else if (f->barrier && !may_pass(k, f->barrier)) {
		f->all = f->all && k->type != WIRE_VN_DECISIONS;
	} else if (reads_hold(v, k)) {
		f->all = false;
	} else if (hot_pending(k)) {
		f->waits = true;
		if (f->open && hot_room(v)) {
			send_entry(v, k);
			hot_sent(v);
		}
	} else if (!f->barrier && k->type == WIRE_VN_SWITCH &&
		   (v->running || f->waits || hot_update_behind(v, k->index)) &&
		   !MUTANT(vnode_switch_at_once)) {
		f->barrier = k;
	} else {
		f->again = f->again || ((f->barrier || f->waits) && k->counts);
		send_entry(v, k);
	}
}

/* Also when a switch waits: what is before it ends only when somebody decides. */
static bool host_leads(struct vnode *v, const struct feeding *f)
{
	if (!v->leader || v->host_decides || !f->all || v->decisions_lost)
		return false;
	v->host_decides = true;
	HOST_SEND(v, vh_lead, .leader = true);
	return true;
}

void feed(struct vnode *v)
{
	struct feeding f;

	if (v->host != VNODE_HOST_READY || !feeding(v) || v->imaging)
		return;
	do {
		f = (struct feeding){ .open = hot_open(v), .all = true };
		for (uint32_t i = v->fed; i < v->kept_n; i++) {
			if (v->kept[i].sent)
				f.waits = f.waits || hot_pending(&v->kept[i]);
			else
				feed_entry(v, &v->kept[i], &f);
		}
	} while ((host_leads(v, &f) && f.waits) || f.again);
	while (v->fed < v->kept_n && v->kept[v->fed].sent && !hot_pending(&v->kept[v->fed]))
		v->fed++;
	reads_feed(v);
	try_snapshot(v);
}

/* A file of the folder, nowhere else: who creates a virtual node is not who installs services. */
static struct bytes service_path(struct vnode *v, uint8_t *room, size_t size)
{
	struct buf b = buf_of(room, size);
	const char *file = strchr(v->about.path, '/') ? "" : v->about.path;

	if (buf_append(&b, v->folder, strlen(v->folder)) || buf_append(&b, "/", 1) ||
	    buf_append(&b, file, strlen(file)))
		return bytes_str("/");
	return buf_bytes(&b);
}

static void host_begin(struct vnode *v)
{
	uint8_t path[WIRE_VH_PATH_MAX];
	struct wire_header h;
	struct bytes msg;
	uint64_t pos = 0;

	v->host = VNODE_HOST_STARTING;
	v->host_scheduler = v->base_scheduler;
	v->host_policy = v->base_policy;
	v->host_switch = v->base;
	v->stats.restarts++;
	hot_host_begins(v);
	v->ops->host_begin(v->ctx);
	HOST_SEND(v, vh_begin, .path = service_path(v, path, sizeof(path)),
		  .config = bytes_str(v->about.config), .scheduler = v->base_scheduler,
		  .memory_max = v->about.memory_max, .restore = v->base != 0,
		  .observe = v->base_policy == WIRE_VN_POLICY_SEMI_ACTIVE,
		  .changes = v->base_policy == WIRE_VN_POLICY_HOT);
	while (v->base) {
		msg = v->ops->image_read(v->ctx, &pos);
		if (!msg.len)
			break;
		if (!wire_header_decode(msg, &h) && h.type == WIRE_VH_CHUNK)
			v->ops->host_send(v->ctx, msg);
	}
}

void host_update(struct vnode *v)
{
	bool wanted = v->known && !v->awaits_skip &&
		      (feeding(v) || v->about.policy == WIRE_VN_POLICY_WARM);

	if (wanted && v->host == VNODE_HOST_NONE && !env_timer_armed(&v->again))
		host_begin(v);
	else if (!wanted && v->host != VNODE_HOST_NONE)
		host_stop(v);
	feed(v);
}

void host_stop(struct vnode *v)
{
	if (v->imaging)
		v->ops->image_end(v->ctx, false);
	v->imaging = false;
	if (v->host != VNODE_HOST_NONE)
		v->ops->host_end(v->ctx);
	v->host = VNODE_HOST_NONE;
	v->host_decides = false;
	hot_host_ends(v);
	v->decisions_n = 0;
	v->decisions_lost += v->decisions_out;
	v->decisions_out = 0;
	v->decisions_stable = 0;
	v->starved = 0;
	v->running = 0;
	v->fed = 0;
	waits_clear(v);
	reads_give_back(v, 0);
	for (uint32_t i = 0; i < v->kept_n; i++) {
		if (MUTANT(vnode_wake_not_kept) && v->kept[i].type == WIRE_VN_WAKE)
			continue;
		v->kept[i].sent = false;
		v->kept[i].ended = false;
	}
}

void host_restart(struct vnode *v)
{
	host_stop(v);
	host_update(v);
}
