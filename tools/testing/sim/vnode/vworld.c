// SPDX-License-Identifier: GPL-2.0-or-later
#include "vworld.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

#include "chance.h"

#define ACTIVE_NS   (8 * ENV_SEC)
#define HEAL_NS	    (30 * ENV_SEC)
#define EVENTS_MAX  3000000
#define POLICIES    (WIRE_VN_POLICY_HOT + 1)
#define WALL_NS	    1700000000000000000ULL
/* Longer than the time limit: a host that hangs is found. */
#define TIME_MAX_MS 400

void vworld_fail(struct vworld *w, const char *fmt, ...)
{
	va_list args;

	if (w->failed)
		return;
	w->failed = true;
	va_start(args, fmt);
	vsnprintf(w->reason, sizeof(w->reason), fmt, args);
	va_end(args);
}

void vworld_later(struct vworld *w, uint64_t mean_ns, event_fn fire, void *ctx, uint64_t arg)
{
	events_add(&w->events, w->now + chance_exp(&w->r, mean_ns), fire, ctx, arg);
}

/* --- environment ------------------------------------------------------------------------- */

static struct vreplica *replica_of(struct env *env)
{
	return (struct vreplica *)env;
}

static uint64_t env_op_now(struct env *env)
{
	return replica_of(env)->w->now;
}

static uint64_t env_op_random(struct env *env)
{
	return rng_next(&replica_of(env)->w->r);
}

static void timer_fires(void *ctx, uint64_t arg)
{
	struct env_timer *t = ctx;

	if (t->slot != arg)
		return;
	t->slot = 0;
	t->fire(t->ctx);
}

static void env_op_timer_set(struct env *env, struct env_timer *t, uint64_t delay_ns)
{
	struct vworld *w = replica_of(env)->w;

	t->slot = ++w->timers;
	events_add(&w->events, w->now + delay_ns, timer_fires, t, t->slot);
}

static void env_op_timer_cancel(struct env *env, struct env_timer *t)
{
	t->slot = 0;
}

static void env_op_log(struct env *env, enum env_level level, enum env_subsys subsys,
		       const char *fmt, va_list args)
{
}

static const struct env_ops env_ops = {
	.now = env_op_now,
	.wall = env_op_now,
	.random = env_op_random,
	.timer_set = env_op_timer_set,
	.timer_cancel = env_op_timer_cancel,
	.log = env_op_log,
};

/* --- the log ----------------------------------------------------------------------------- */

static void apply_next(void *ctx, uint64_t life)
{
	struct vreplica *r = ctx;
	struct vworld *w = r->w;
	struct vnode_entry e;

	if (life != r->life || r->stuck)
		return;
	if (r->applied < w->n) {
		const struct ventry *l = &w->log[r->applied];

		e = (struct vnode_entry){ .index = r->applied + 1,
					  .time_ns = l->time_ns,
					  .mine = r->leading && l->term == r->leading,
					  .data = bytes_of(l->data, l->len) };
		r->applied++;
		if (!vnode_apply(r->v, &e)) {
			r->applied--;
			r->stuck = true;
			return;
		}
	}
	vworld_later(w, 500 * 1000, apply_next, r, life);
}

/* An entry on its way into the log. */
struct proposal {
	struct vworld *w;
	size_t len;
	uint8_t data[];
};

/* It survived when its leader still leads; others are lost. */
static void commit(void *ctx, uint64_t term)
{
	struct proposal *p = ctx;
	struct vworld *w = p->w;

	if (term == w->term && w->n < VWORLD_LOG_MAX)
		w->log[w->n++] = (struct ventry){
			.time_ns = WALL_NS + w->now, .term = term, .len = p->len, .data = p->data
		};
}

/* A leader's entries do not overtake each other. */
static bool append(struct vworld *w, struct bytes data)
{
	struct proposal *p = malloc(sizeof(*p) + data.len);
	uint64_t at = w->now + chance_exp(&w->r, 2 * ENV_MS);

	xassert(p);
	p->w = w;
	p->len = data.len;
	memcpy(p->data, data.data, data.len);
	w->commit_ns = at > w->commit_ns ? at : w->commit_ns;
	events_add(&w->events, w->commit_ns, commit, p, w->term);
	return true;
}

/* --- what the container asks for --------------------------------------------------------- */

static bool op_propose(void *ctx, struct bytes entry)
{
	struct vreplica *r = ctx;

	if (r->leading != r->w->term || chance_hit(&r->w->r, CHANCE_CERTAIN / 20))
		return false;
	return append(r->w, entry);
}

/* Nobody can take back any more what a request came to. */
static void history(struct vworld *w, const struct vnode_answer *a)
{
	uint64_t seen[2];

	w->effects += !w->answered[a->ticket];
	memcpy(seen, a->data.data, sizeof(seen));
	if (seen[1] <= VWORLD_REQUESTS && !w->states[seen[1]])
		w->states[seen[1]] = seen[0];
}

static void op_answer(void *ctx, const struct vnode_answer *a)
{
	struct vreplica *r = ctx;
	uint64_t hash = vsched_mix(a->result + 1, a->error);

	for (size_t i = 0; i < a->data.len; i++)
		hash = vsched_mix(hash, a->data.data[i]);
	xassert(a->ticket && a->ticket <= VWORLD_REQUESTS);
	if (a->result == WIRE_VN_RESULT_OK)
		history(r->w, a);
	if (r->w->answered[a->ticket] && r->w->answered[a->ticket] != hash)
		vworld_fail(r->w, "two replicas answer request %llu differently",
			    (unsigned long long)a->index);
	r->w->answered[a->ticket] = hash;
}

static bool op_read_get(void *ctx, uint64_t ticket, struct bytes *operation, struct bytes *args)
{
	const struct vread_call *q = &((struct vreplica *)ctx)->w->read[ticket];

	*operation = bytes_str(q->crash ? "crash" : "look");
	*args = bytes_of(NULL, 0);
	return true;
}

/* What a read saw has to be one state of the history, and not an old one. */
static void op_read_done(void *ctx, const struct vnode_answer *a)
{
	struct vworld *w = ((struct vreplica *)ctx)->w;
	const struct vread_call *q = &w->read[a->ticket];
	uint64_t seen[2];

	if (a->result == WIRE_VN_RESULT_BUSY)
		return;
	if (q->crash != (a->result == WIRE_VN_RESULT_FAILED))
		vworld_fail(w, "a read that %s comes to %u", q->crash ? "crashes" : "is good",
			    a->result);
	if (q->crash || w->failed)
		return;
	memcpy(seen, a->data.data, sizeof(seen));
	if (seen[0] < q->least)
		vworld_fail(w, "a read sees %llu effects, there were %llu",
			    (unsigned long long)seen[0], (unsigned long long)q->least);
	else if (seen[0] && (seen[0] > VWORLD_REQUESTS || w->states[seen[0]] != seen[1]))
		vworld_fail(w, "a read sees a state that is none of the history");
	if (seen[0] > w->effects)
		w->effects = seen[0];
}

static void go_on(void *ctx, uint64_t life)
{
	struct vreplica *r = ctx;

	if (life != r->life || !r->stuck)
		return;
	r->stuck = false;
	apply_next(r, life);
}

static void op_resume(void *ctx)
{
	struct vreplica *r = ctx;

	events_add(&r->w->events, r->w->now, go_on, r, r->life);
}

static void op_host_begin(void *ctx)
{
	vhost_begin(&((struct vreplica *)ctx)->host);
}

static void op_host_send(void *ctx, struct bytes msg)
{
	vhost_send(&((struct vreplica *)ctx)->host, msg);
}

static void op_host_end(void *ctx)
{
	vhost_end(&((struct vreplica *)ctx)->host);
}

static const struct progress *op_progress(void *ctx)
{
	return &((struct vreplica *)ctx)->host.progress;
}

static struct bytes op_image_read(void *ctx, uint64_t *pos)
{
	struct vreplica *r = ctx;
	struct bytes left = bytes_of(r->image.data + *pos, r->image.len - *pos);
	size_t len;

	if (wire_frame_len(left, &len))
		return bytes_of(NULL, 0);
	*pos += len;
	return bytes_of(left.data, len);
}

static bool op_image_begin(void *ctx)
{
	struct vreplica *r = ctx;

	r->next.len = 0;
	r->next.index = r->applied;
	return true;
}

static void op_image_write(void *ctx, struct bytes msg)
{
	struct vreplica *r = ctx;

	xassert(r->next.len + msg.len <= sizeof(r->next.data));
	memcpy(r->next.data + r->next.len, msg.data, msg.len);
	r->next.len += msg.len;
}

static void op_image_end(void *ctx, bool good)
{
	struct vreplica *r = ctx;

	if (good)
		r->image = r->next;
}

static const struct vnode_ops core_ops = {
	.propose = op_propose,
	.answer = op_answer,
	.read_get = op_read_get,
	.read_done = op_read_done,
	.resume = op_resume,
	.host_begin = op_host_begin,
	.host_send = op_host_send,
	.host_end = op_host_end,
	.progress = op_progress,
	.image_read = op_image_read,
	.image_begin = op_image_begin,
	.image_write = op_image_write,
	.image_end = op_image_end,
};

/* --- replicas ---------------------------------------------------------------------------- */

static void replica_begin(struct vreplica *r)
{
	size_t size = (vnode_arena_size() + 4095) & ~(size_t)4095;
	struct arena arena;

	r->memory = calloc(1, size);
	xassert(r->memory);
	arena_init(&arena, (void *)(((uintptr_t)r->memory + 15) & ~(uintptr_t)15), size - 16);
	r->v = vnode_create(&arena, &r->env, &core_ops, r, "/services");
	r->life++;
	r->stuck = false;
	r->leading = 0;
	r->applied = 0;
	if (r->image.index) {
		vnode_forget(r->v);
		r->applied = r->image.index;
		vnode_restored(r->v, r->image.index);
	}
	vworld_later(r->w, ENV_MS, apply_next, r, r->life);
}

/* The vnoded of a replica dies and comes back. */
static void replica_restart(struct vreplica *r)
{
	vnode_stop(r->v);
	vhost_end(&r->host);
	/* its memory stays: events of cancelled timers look at them, and the process ends soon */
	replica_begin(r);
}

/* A replica that is behind gets the snapshot of another one, as it is. */
static void transfer(struct vreplica *r, const struct vreplica *from)
{
	bool stuck = r->stuck;

	if (r->leading || from->image.index <= r->applied)
		return;
	vnode_forget(r->v);
	r->image = from->image;
	r->applied = r->image.index;
	r->stuck = false;
	vnode_restored(r->v, r->applied);
	if (stuck)
		apply_next(r, r->life);
}

static void lead(void *ctx, uint64_t term)
{
	struct vreplica *r = ctx;
	struct vworld *w = r->w;

	if (term != w->term || w->leader != (int)(r - w->replica))
		return;
	r->leading = term;
	vnode_role(r->v, true);
}

static void elect(struct vworld *w, int who)
{
	w->term++;
	for (int i = 0; i < VWORLD_REPLICAS; i++) {
		w->replica[i].leading = 0;
		vnode_role(w->replica[i].v, false);
	}
	w->leader = who;
	vworld_later(w, 20 * ENV_MS, lead, &w->replica[who], w->term);
}

/* --- clients and faults ------------------------------------------------------------------ */

static void ask(void *ctx, uint64_t arg)
{
	static const char *const operations[] = { "add", "draw", "sleep", "sleep", "draw", "sleep" };
	struct vworld *w = ctx;
	struct vreplica *r = &w->replica[w->leader];
	struct wire_vn_request m = { .ticket = w->asked + 1 };
	uint8_t room[256];
	struct buf b = buf_of(room, sizeof(room));
	uint64_t dice = rng_below(&w->r, 40);

	m.operation = bytes_str(dice == 0 ? "crash" : dice == 1 ? "hang" : operations[dice % 6]);
	if (w->asked < VWORLD_REQUESTS && r->leading == w->term && vnode_admit(r->v)) {
		w->asked++;
		xassert(!wire_vn_request_encode(&m, &b));
		append(w, buf_bytes(&b));
	}
	if (w->now < ACTIVE_NS)
		vworld_later(w, 30 * ENV_MS, ask, w, 0);
}

/* The log says when the replica may be read (read index). */
static void read_ready(void *ctx, uint64_t ticket)
{
	struct vworld *w = ctx;
	struct vread_call *q = &w->read[ticket];

	if (q->life != q->r->life)
		return;
	if (q->r->applied < q->index)
		vworld_later(w, ENV_MS, read_ready, w, ticket);
	else
		vnode_read(q->r->v, ticket, bytes_str(q->crash ? "crash" : "look"));
}

static void ask_read(void *ctx, uint64_t arg)
{
	struct vworld *w = ctx;
	struct vreplica *r = &w->replica[rng_below(&w->r, VWORLD_REPLICAS)];

	if (w->reads < VWORLD_READS) {
		w->read[w->reads] = (struct vread_call){ .r = r,
							 .life = r->life,
							 .index = w->n,
							 .least = w->effects,
							 .crash = !rng_below(&w->r, 80) };
		read_ready(w, w->reads++);
	}
	if (w->now < ACTIVE_NS)
		vworld_later(w, 20 * ENV_MS, ask_read, w, 0);
}

static void change(struct vworld *w)
{
	struct wire_vn_switch m = { .policy = (uint32_t)rng_below(&w->r, POLICIES),
				    .scheduler = (uint32_t)rng_below(&w->r, 3) };
	uint8_t room[256];
	struct buf b = buf_of(room, sizeof(room));

	xassert(!wire_vn_switch_encode(&m, &b));
	append(w, buf_bytes(&b));
}

static void fault(void *ctx, uint64_t arg)
{
	struct vworld *w = ctx;
	int i = (int)rng_below(&w->r, VWORLD_REPLICAS);
	struct vreplica *r = &w->replica[i];

	if (w->now >= ACTIVE_NS)
		return;
	vworld_later(w, 110 * ENV_MS, fault, w, 0);
	switch (rng_below(&w->r, 11)) {
	case 0:
		elect(w, i);
		break;
	case 1:
		if (w->leader == i)
			elect(w, (i + 1) % VWORLD_REPLICAS);
		replica_restart(r);
		break;
	case 2:
		/* never the leader's: twice in a row would blame a request that is innocent */
		if (w->leader != i)
			vhost_kill(&r->host);
		break;
	case 3:
		change(w);
		break;
	case 4:
		transfer(r, &w->replica[(i + 1) % VWORLD_REPLICAS]);
		break;
	case 5:
		/* it is replaced by a new one, which has nothing but what another one gives it */
		if (w->leader == i)
			elect(w, (i + 1) % VWORLD_REPLICAS);
		r->image = w->replica[(i + 1) % VWORLD_REPLICAS].image;
		replica_restart(r);
		break;
	default:
		vnode_snapshot_wanted(r->v);
	}
}

static void found(struct vworld *w)
{
	struct wire_vn_spec m = { .about = { .name = bytes_str("sim"),
					     .path = bytes_str("hash.so"),
					     .config = bytes_str(""),
					     .scheduler = VSCHED_SAT,
					     .time_max_ms = TIME_MAX_MS } };
	static uint8_t room[512];
	struct buf b = buf_of(room, sizeof(room));

	xassert(!wire_vn_spec_encode(&m, &b));
	w->log[w->n++] = (struct ventry){ .time_ns = WALL_NS, .len = b.len, .data = b.data };
}

/* --- the verdict ------------------------------------------------------------------------- */

/* In the end all replicas run the service, wherever they were. */
static void heal(struct vworld *w)
{
	struct wire_vn_switch m = { .policy = WIRE_VN_POLICY_ACTIVE, .scheduler = VSCHED_SAT };
	uint8_t room[256];
	struct buf b = buf_of(room, sizeof(room));

	xassert(!wire_vn_switch_encode(&m, &b));
	append(w, buf_bytes(&b));
}

static uint64_t expected_effects(struct vworld *w)
{
	struct wire_vn_request m;
	uint64_t n = 0;

	for (uint64_t i = 0; i < w->n; i++) {
		if (wire_vn_request_decode(bytes_of(w->log[i].data, w->log[i].len), &m))
			continue;
		n += !bytes_eq(m.operation, bytes_str("crash")) &&
		     !bytes_eq(m.operation, bytes_str("hang"));
		if (!w->answered[m.ticket])
			vworld_fail(w, "request %llu is never answered", (unsigned long long)i + 1);
	}
	return n;
}

static void judge(struct vworld *w)
{
	uint64_t effects = expected_effects(w);

	for (int i = 0; i < VWORLD_REPLICAS; i++) {
		const struct vhost *h = &w->replica[i].host;

		if (w->replica[i].applied != w->n)
			vworld_fail(w, "replica %d does not go on", i);
		else if (vnode_host_state(w->replica[i].v) != VNODE_HOST_READY)
			vworld_fail(w, "replica %d has no host", i);
		else if (h->effects != effects)
			vworld_fail(w, "replica %d has %llu effects instead of %llu", i,
				    (unsigned long long)h->effects, (unsigned long long)effects);
		else if (h->state != w->replica[0].host.state)
			vworld_fail(w, "the state of replica %d differs", i);
		if (vnode_stats(w->replica[i].v)->diverged)
			vworld_fail(w, "replica %d diverged", i);
	}
}

static void run_until(struct vworld *w, uint64_t end)
{
	uint32_t budget = EVENTS_MAX;
	struct event e;

	while (!w->failed && w->now < end && events_pop(&w->events, &e)) {
		w->now = e.at_ns;
		e.fire(e.ctx, e.arg);
		if (!--budget)
			vworld_fail(w, "it does not end");
	}
}

static void world_init(struct vworld *w, uint64_t seed)
{
	rng_seed(&w->r, seed);
	for (int i = 0; i < VWORLD_REPLICAS; i++) {
		struct vreplica *r = &w->replica[i];

		r->env.ops = &env_ops;
		r->w = w;
		r->host.r = r;
		replica_begin(r);
	}
	elect(w, 0);
	found(w);
	vworld_later(w, 100 * ENV_MS, ask, w, 0);
	vworld_later(w, 120 * ENV_MS, ask_read, w, 0);
	vworld_later(w, 300 * ENV_MS, fault, w, 0);
}

bool vworld_run(uint64_t seed, char *reason)
{
	struct vworld *w = calloc(1, sizeof(*w));
	bool good;

	xassert(w);
	world_init(w, seed);
	run_until(w, ACTIVE_NS + ENV_SEC);
	heal(w);
	run_until(w, ACTIVE_NS + HEAL_NS);
	if (!w->failed)
		judge(w);
	good = !w->failed;
	memcpy(reason, w->reason, VWORLD_REASON_MAX);
	events_exit(&w->events);
	return good;
}
