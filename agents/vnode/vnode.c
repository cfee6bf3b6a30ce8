// SPDX-License-Identifier: GPL-2.0-or-later
#include "vnode_impl.h"

#include <base/crc32c.h>

/* How long requests are held back so that a snapshot can be made. */
#define DRAIN_NS     (200 * ENV_MS)
#define SKIP_WAIT_NS ENV_SEC
/* When a service that does not run is tried again. */
#define BROKEN_NS    (5 * ENV_SEC)

/* --- creation ------------------------------------------------------------------------ */

static size_t align(size_t n)
{
	return (n + 15) & ~(size_t)15;
}

size_t vnode_arena_size(void)
{
	return align(sizeof(struct vnode)) + align(VNODE_ENTRIES_MAX * sizeof(struct kept)) +
	       align(VNODE_BYTES_MAX) + VNODE_WAITS_MAX * align(sizeof(struct vwait)) +
	       reads_size() + 64;
}

struct vnode *vnode_create(struct arena *arena, struct env *env, const struct vnode_ops *ops,
			   void *ctx, const char *folder)
{
	struct vnode *v = arena_alloc(arena, sizeof(*v));

	v->env = env;
	v->ops = ops;
	v->ctx = ctx;
	v->folder = folder;
	v->kept = arena_alloc(arena, VNODE_ENTRIES_MAX * sizeof(*v->kept));
	v->bytes = arena_alloc(arena, VNODE_BYTES_MAX);
	pool_init(&v->wait_pool, arena, sizeof(struct vwait), VNODE_WAITS_MAX);
	CDS_INIT_LIST_HEAD(&v->waits);
	reads_start(v, arena);
	hot_start(v);
	limits_start(v);
	return v;
}

void vnode_stop(struct vnode *v)
{
	host_stop(v);
	env_timer_cancel(v->env, &v->tick);
	env_timer_cancel(v->env, &v->again);
}

static void text_copy(char *to, size_t size, struct bytes from)
{
	size_t n = from.len < size ? from.len : size - 1;

	if (n)
		memcpy(to, from.data, n);
	to[n] = '\0';
}

void vnode_about_read(const struct wire_vn_about *from, struct vnode_about *to)
{
	text_copy(to->name, sizeof(to->name), from->name);
	text_copy(to->path, sizeof(to->path), from->path);
	text_copy(to->config, sizeof(to->config), from->config);
	to->policy = from->policy;
	to->scheduler = from->scheduler < VSCHED_COUNT ? from->scheduler : VSCHED_SEQ;
	to->time_max_ms = from->time_max_ms;
	to->memory_max = from->memory_max;
}

void vnode_about_write(const struct vnode_about *from, struct wire_vn_about *to)
{
	*to = (struct wire_vn_about){
		.name = bytes_str(from->name),
		.path = bytes_str(from->path),
		.config = bytes_str(from->config),
		.policy = from->policy,
		.scheduler = from->scheduler,
		.time_max_ms = from->time_max_ms,
		.memory_max = from->memory_max,
	};
}

/* --- answers --------------------------------------------------------------------------- */

static void unblock(struct vnode *v)
{
	if (!v->blocked)
		return;
	v->blocked = false;
	v->ops->resume(v->ctx);
}

/* A reply differs from the leader's, or from what this replica said before. */
static void diverged(struct vnode *v, struct kept *k)
{
	bool again = v->diverged_at == k->index;

	v->stats.diverged++;
	v->diverged_at = k->index;
	env_log(v->env, ENV_ERR, ENV_SUB_VNODE,
		"%s: the reply to request %llu differs between replicas; %s", v->about.name,
		(unsigned long long)k->index,
		again ? "again, this replica stops" : "this replica begins anew");
	host_stop(v);
	if (again) {
		text_copy(v->failure, sizeof(v->failure), bytes_str("it diverged from the others"));
		v->host = VNODE_HOST_BROKEN;
	} else {
		host_update(v);
	}
}

void answer(struct vnode *v, struct kept *k, uint32_t result, uint32_t error, struct bytes data)
{
	uint64_t hash = vsched_mix(crc32c(0, data.data, data.len), (uint64_t)result << 32 | error);
	struct vnode_answer a = {
		.index = k->index,
		.session = k->session,
		.seq = k->seq,
		.ticket = k->ticket,
		.result = result,
		.error = error,
		.data = data,
	};

	if (!k->answered) {
		k->answered = true;
		k->hash = hash;
		v->unanswered--;
		v->hot_waiting -= k->hot;
		v->stats.answered++;
		v->ops->answer(v->ctx, &a);
	} else if (!k->skipped && k->hash != hash) {
		diverged(v, k);
		return;
	}
	if (!k->skipped && k->expected && k->expected != hash)
		diverged(v, k);
}

/* --- requests that crash or hang ------------------------------------------------------- */

static uint32_t cut_of(struct vnode *v, uint64_t index)
{
	const struct progress *p = v->ops->progress(v->ctx);

	for (int i = 0; p && i < PROGRESS_SLOTS; i++) {
		if (p->slot[i].index == index)
			return p->slot[i].cut == UINT32_MAX ? 0 : p->slot[i].cut;
	}
	return 0;
}

static void failure_text(struct vnode *v, const struct kept *k, const char *why)
{
	struct wire_vn_request m;
	struct buf b = buf_of(v->failure, sizeof(v->failure) - 1);

	xassert(!wire_vn_request_decode(kept_message(v, k), &m));
	buf_append(&b, m.operation.data, m.operation.len);
	buf_append(&b, " ", 1);
	buf_append(&b, why, strlen(why));
	v->failure[b.len] = '\0';
}

void propose_skip(struct vnode *v, struct kept *k, const char *why)
{
	uint32_t cut = cut_of(v, k->index);

	failure_text(v, k, why);
	env_log(v->env, ENV_ERR, ENV_SUB_VNODE, "%s: request %llu is skipped: %s", v->about.name,
		(unsigned long long)k->index, v->failure);
	host_stop(v);
	if (MUTANT(vnode_skip_here_only)) {
		k->skipped = true;
		answer(v, k, WIRE_VN_RESULT_FAILED, 0, bytes_of(NULL, 0));
		host_update(v);
		return;
	}
	v->awaits_skip = k->index;
	PROPOSE(v, vn_skip, .index = k->index, .cut = cut);
	/* should the entry get lost, the host is begun all the same and it happens again */
	env_timer_set(v->env, &v->again, SKIP_WAIT_NS);
}

static void apply_skip(struct vnode *v, const struct wire_vn_skip *m)
{
	struct kept *k = kept_find(v, m->index);
	bool seen;

	if (!k || k->type != WIRE_VN_REQUEST || k->skipped)
		return;
	seen = k->sent || v->awaits_skip == m->index;
	if (k->answered && v->awaits_skip != m->index)
		env_log(v->env, ENV_ERR, ENV_SUB_VNODE,
			"%s: request %llu is skipped, but was done here in time", v->about.name,
			(unsigned long long)k->index);
	k->skipped = true;
	k->cut = m->cut;
	v->stats.skipped++;
	answer(v, k, WIRE_VN_RESULT_FAILED, 0, bytes_of(NULL, 0));
	if (v->awaits_skip == m->index)
		v->awaits_skip = 0;
	/* a host that died of it is not waited for any longer, either */
	if (!seen && !env_timer_armed(&v->again))
		return;
	env_timer_cancel(v->env, &v->again);
	host_restart(v);
}

/* --- entries --------------------------------------------------------------------------- */

static bool held_up(struct vnode *v, const struct vnode_entry *e, uint16_t type)
{
	/* under hot a snapshot needs no end of requests: they stand in it */
	bool drains = v->drain_until_ns && v->about.policy != WIRE_VN_POLICY_HOT;

	if (v->imaging || (type == WIRE_VN_REQUEST && drains)) {
		v->blocked = true;
		return true;
	}
	if (kept_room(v, e->data.len))
		return false;
	v->stats.full++;
	v->blocked = true;
	v->drain_again_ns = 0;
	vnode_snapshot_wanted(v);
	return v->blocked;
}

static void apply_spec(struct vnode *v, const struct wire_vn_spec *m)
{
	if (v->known)
		return;
	vnode_about_read(&m->about, &v->about);
	v->base_scheduler = v->about.scheduler;
	v->base_policy = v->about.policy;
	v->known = true;
	host_update(v);
}

static void apply_done(struct vnode *v, const struct vnode_entry *e, const struct wire_vn_done *m)
{
	size_t a = 0, b = 0;
	uint64_t index, hash;
	struct kept *k;

	while (wire_u64_list_next(&m->indexes, &a, &index) &&
	       wire_u64_list_next(&m->hashes, &b, &hash)) {
		k = kept_find(v, index);
		if (!k || k->skipped)
			continue;
		k->told = true;
		k->expected = hash;
		if (!e->mine && k->answered && k->hash != hash) {
			diverged(v, k);
			return;
		}
	}
}

static void apply_request(struct vnode *v, const struct vnode_entry *e,
			  const struct wire_vn_request *m)
{
	struct kept *k = kept_add(v, e, WIRE_VN_REQUEST);

	k->ticket = m->ticket;
	k->hot = v->about.policy == WIRE_VN_POLICY_HOT;
	v->hot_waiting += k->hot;
	v->unanswered++;
	v->stats.requests++;
}

static void apply_switch(struct vnode *v, const struct vnode_entry *e,
			 const struct wire_vn_switch *m)
{
	if (m->scheduler >= VSCHED_COUNT || m->policy > WIRE_VN_POLICY_HOT)
		return;
	kept_add(v, e, WIRE_VN_SWITCH);
	v->about.scheduler = m->scheduler;
	v->about.policy = m->policy;
	v->stats.switches++;
	host_update(v);
}

static void apply_decisions(struct vnode *v, const struct vnode_entry *e,
			    const struct wire_vn_decisions *m)
{
	struct kept *k = kept_add(v, e, WIRE_VN_DECISIONS);

	k->about = m->since;
	if (e->mine && v->decisions_lost) {
		v->decisions_lost--;
		return;
	}
	if (!e->mine) {
		/* this leader went ahead of what the one before it had decided */
		host_follow(v);
		host_update(v);
		return;
	}
	if (!v->host_decides)
		return;
	/* they are this very host's: it has acted by them already */
	k->sent = true;
	decisions_applied(v, m->mutexes.n);
}

static void apply_noop(struct vnode *v, const struct vnode_entry *e, const struct wire_vn_noop *m)
{
	struct kept *k = kept_add(v, e, WIRE_VN_NOOP);

	k->about = m->since;
	k->hot = v->about.policy == WIRE_VN_POLICY_HOT;
}

static void apply(struct vnode *v, const struct vnode_entry *e, const struct wire_header *h)
{
	union {
		struct wire_vn_spec spec;
		struct wire_vn_request request;
		struct wire_vn_wake wake;
		struct wire_vn_decisions decisions;
		struct wire_vn_noop noop;
		struct wire_vn_skip skip;
		struct wire_vn_switch change;
		struct wire_vn_done done;
		struct wire_vn_update update;
	} m;

	if (h->type == WIRE_VN_REQUEST && !wire_vn_request_body_decode(h, &m.request))
		apply_request(v, e, &m.request);
	else if (h->type == WIRE_VN_WAKE && !wire_vn_wake_body_decode(h, &m.wake))
		kept_add(v, e, h->type)->about = m.wake.index;
	else if (h->type == WIRE_VN_DECISIONS && !wire_vn_decisions_body_decode(h, &m.decisions))
		apply_decisions(v, e, &m.decisions);
	else if (h->type == WIRE_VN_NOOP && !wire_vn_noop_body_decode(h, &m.noop))
		apply_noop(v, e, &m.noop);
	else if (h->type == WIRE_VN_UPDATE && !wire_vn_update_body_decode(h, &m.update))
		hot_apply(v, e, &m.update);
	else if (h->type == WIRE_VN_SKIP && !wire_vn_skip_body_decode(h, &m.skip))
		apply_skip(v, &m.skip);
	else if (h->type == WIRE_VN_SWITCH && !wire_vn_switch_body_decode(h, &m.change))
		apply_switch(v, e, &m.change);
	else if (h->type == WIRE_VN_DONE && !wire_vn_done_body_decode(h, &m.done))
		apply_done(v, e, &m.done);
	else if (h->type == WIRE_VN_SPEC && !wire_vn_spec_body_decode(h, &m.spec))
		apply_spec(v, &m.spec);
}

bool vnode_apply(struct vnode *v, const struct vnode_entry *e)
{
	struct wire_header h;

	if (wire_header_decode(e->data, &h))
		return true;
	if (held_up(v, e, h.type))
		return false;
	v->stats.applied++;
	v->applied = e->index;
	v->applied_ns = e->time_ns;
	apply(v, e, &h);
	if (v->about.policy == WIRE_VN_POLICY_HOT && v->bytes_n > VNODE_BYTES_MAX / 4)
		vnode_snapshot_wanted(v);
	feed(v);
	return true;
}

/* --- snapshots ------------------------------------------------------------------------- */

/* Is the state of the host what the log says up to here? */
static bool stands_still(const struct vnode *v)
{
	bool runs = v->running || v->unanswered > v->hot_waiting;

	return (!runs || MUTANT(vnode_snapshot_with_threads)) && v->hot_stage == HOT_IDLE &&
	       !v->part_maker && fed_all(v, v->applied) && !v->reads_out;
}

void try_snapshot(struct vnode *v)
{
	struct wire_vn_spec m;
	struct buf b;

	if (!v->want_snapshot || v->imaging || v->host != VNODE_HOST_READY || v->awaits_skip ||
	    !stands_still(v))
		return;
	if (!v->ops->image_begin(v->ctx)) {
		v->want_snapshot = false;
		v->drain_until_ns = 0;
		unblock(v);
		return;
	}
	v->imaging = true;
	vnode_about_write(&v->about, &m.about);
	b = buf_of(v->room, sizeof(v->room));
	xassert(!wire_vn_spec_encode(&m, &b));
	v->ops->image_write(v->ctx, buf_bytes(&b));
	hot_write_pending(v);
	HOST_SEND(v, vh_snapshot, .index = v->applied);
}

static void take_chunk(struct vnode *v, const struct wire_vh_chunk *m)
{
	struct buf b = buf_of(v->room, sizeof(v->room));

	if (!v->imaging)
		return;
	xassert(!wire_vh_chunk_encode(m, &b));
	v->ops->image_write(v->ctx, buf_bytes(&b));
	if (!m->last)
		return;
	v->imaging = false;
	v->want_snapshot = false;
	v->drain_until_ns = 0;
	v->catch_up = false;
	v->stats.snapshots++;
	kept_settle(v, v->applied);
	v->ops->image_end(v->ctx, true);
	unblock(v);
	host_update(v);
}

void vnode_snapshot_wanted(struct vnode *v)
{
	if (v->want_snapshot || !v->known || env_now(v->env) < v->drain_again_ns)
		return;
	v->want_snapshot = true;
	v->drain_until_ns = env_now(v->env) + DRAIN_NS;
	v->catch_up = true;
	host_update(v);
	try_snapshot(v);
}

void vnode_forget(struct vnode *v)
{
	if (!MUTANT(vnode_transfer_keeps_host))
		host_stop(v);
	v->known = false;
	v->want_snapshot = false;
	v->drain_until_ns = 0;
	v->awaits_skip = 0;
	kept_clear(v, 0);
}

void vnode_restored(struct vnode *v, uint64_t index)
{
	struct wire_vn_spec m;
	uint64_t pos = 0;

	if (wire_vn_spec_decode(v->ops->image_read(v->ctx, &pos), &m)) {
		text_copy(v->failure, sizeof(v->failure), bytes_str("the snapshot is damaged"));
		v->host = VNODE_HOST_BROKEN;
		return;
	}
	vnode_about_read(&m.about, &v->about);
	v->known = true;
	v->applied = index;
	kept_clear(v, index);
	hot_read_pending(v, pos);
	host_update(v);
}

/* --- the host -------------------------------------------------------------------------- */

static void take_reply(struct vnode *v, const struct wire_vh_reply *m)
{
	struct kept *k = kept_find(v, m->index);

	if (!k || !k->sent || k->ended)
		return;
	k->ended = true;
	v->running--;
	waits_of_request_end(v, m->index);
	answer(v, k, k->skipped ? WIRE_VN_RESULT_FAILED : WIRE_VN_RESULT_OK, m->error, m->data);
	if (!v->running)
		feed(v);
	try_snapshot(v);
}

static void take_failed(struct vnode *v, const struct wire_vh_failed *m)
{
	text_copy(v->failure, sizeof(v->failure), m->text);
	env_log(v->env, ENV_ERR, ENV_SUB_VNODE, "%s: the service does not run: %s", v->about.name,
		v->failure);
	host_stop(v);
	v->host = VNODE_HOST_BROKEN;
	env_timer_set(v->env, &v->again, BROKEN_NS);
}

static void take_starved(struct vnode *v, const struct wire_vh_starved *m)
{
	v->starved = m->missing < VSCHED_WORKERS_DEFAULT ? m->missing : VSCHED_WORKERS_DEFAULT;
	if (v->leader && PROPOSE(v, vn_noop, .since = v->host_switch, .count = v->starved))
		v->starved = 0;
}

bool vnode_host_message(struct vnode *v, const struct wire_header *h)
{
	union {
		struct wire_vh_ready ready;
		struct wire_vh_reply reply;
		struct wire_vh_result result;
		struct wire_vh_chunk chunk;
		struct wire_vh_wait wait;
		struct wire_vh_failed failed;
		struct wire_vh_starved starved;
		struct wire_vh_decisions decisions;
		struct wire_vh_ended ended;
		struct wire_vh_update update;
	} m;

	if (h->type == WIRE_VH_READY && !wire_vh_ready_body_decode(h, &m.ready)) {
		v->host = VNODE_HOST_READY;
		reads_learn(v, &m.ready);
		feed(v);
	} else if (h->type == WIRE_VH_RESULT && !wire_vh_result_body_decode(h, &m.result)) {
		reads_take_result(v, &m.result);
	} else if (h->type == WIRE_VH_REPLY && !wire_vh_reply_body_decode(h, &m.reply)) {
		take_reply(v, &m.reply);
	} else if (h->type == WIRE_VH_ENDED && !wire_vh_ended_body_decode(h, &m.ended)) {
		hot_take_ended(v, &m.ended);
	} else if (h->type == WIRE_VH_UPDATE && !wire_vh_update_body_decode(h, &m.update)) {
		hot_take_update(v, &m.update);
	} else if (h->type == WIRE_VH_WAIT && !wire_vh_wait_body_decode(h, &m.wait)) {
		wait_begin(v, &m.wait);
	} else if (h->type == WIRE_VH_DECISIONS &&
		   !wire_vh_decisions_body_decode(h, &m.decisions)) {
		decisions_take(v, &m.decisions);
	} else if (h->type == WIRE_VH_STARVED && !wire_vh_starved_body_decode(h, &m.starved)) {
		take_starved(v, &m.starved);
	} else if (h->type == WIRE_VH_CHUNK && !wire_vh_chunk_body_decode(h, &m.chunk)) {
		take_chunk(v, &m.chunk);
	} else if (h->type == WIRE_VH_FAILED && !wire_vh_failed_body_decode(h, &m.failed)) {
		take_failed(v, &m.failed);
	} else {
		return false;
	}
	return true;
}

/* --- the rest -------------------------------------------------------------------------- */

void vnode_role(struct vnode *v, bool leader)
{
	bool lost = v->leader && !leader;

	if (v->leader == leader)
		return;
	v->leader = leader;
	/* nobody ended waits while nobody led */
	v->flows_ns = env_now(v->env);
	waits_role(v);
	if (!lost) {
		host_update(v);
		return;
	}
	if (v->awaits_skip) {
		v->awaits_skip = 0;
		env_timer_cancel(v->env, &v->again);
	}
	host_follow(v);
	v->decisions_lost = 0;
	host_update(v);
}

bool vnode_admit(struct vnode *v)
{
	/* what is kept has to have room for the updates of the requests that are kept */
	bool room = v->about.policy != WIRE_VN_POLICY_HOT || v->bytes_n < VNODE_BYTES_MAX / 2;

	if (v->unanswered < VNODE_RUNNING_MAX && room)
		return true;
	v->stats.refused++;
	return false;
}

const struct vnode_about *vnode_about(const struct vnode *v)
{
	return v->known ? &v->about : NULL;
}

const struct vnode_stats *vnode_stats(const struct vnode *v)
{
	return &v->stats;
}

enum vnode_host vnode_host_state(const struct vnode *v)
{
	return v->host;
}

const char *vnode_failure(const struct vnode *v)
{
	return v->failure;
}

uint32_t vnode_running(const struct vnode *v)
{
	return v->running;
}
