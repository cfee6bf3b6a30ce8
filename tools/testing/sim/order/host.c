// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"
#include "order/world.h"

/* 2026-01-01, when virtual wall clocks begin. */
#define HOST_WALL_NS   (1767225600ULL * ENV_SEC)
#define HOST_UPTIME_NS (1000 * ENV_SEC)

static struct host *host_of(struct env *env)
{
	return (struct host *)env;
}

static uint64_t clock_read(const struct host *h, uint64_t at_ns)
{
	__int128 drift = (__int128)at_ns * h->drift_ppm / 1000000;

	return (uint64_t)((int64_t)at_ns + (int64_t)drift + h->offset_ns);
}

/* The first virtual time at which the host's clock is at least @local_ns. */
static uint64_t clock_when(const struct host *h, uint64_t local_ns)
{
	__int128 wanted = (__int128)local_ns - h->offset_ns;
	uint64_t at_ns;

	if (wanted <= 0)
		return 0;
	at_ns = (uint64_t)(wanted * 1000000 / (1000000 + h->drift_ppm));
	while (clock_read(h, at_ns) < local_ns)
		at_ns++;
	return at_ns;
}

static uint64_t host_now(struct env *env)
{
	return clock_read(host_of(env), host_of(env)->w->s.now_ns);
}

static uint64_t host_wall(struct env *env)
{
	return host_of(env)->wall_ns + host_now(env);
}

static uint64_t host_random(struct env *env)
{
	return rng_next(&host_of(env)->rng);
}

static void host_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	struct host *h = host_of(env);

	xassert(h->busy);
	sim_fold(&h->w->s, delay_ns);
	timers_set(&h->timers, timer, host_now(env) + delay_ns);
}

static void host_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&host_of(env)->timers, timer);
}

static int host_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
		     struct bytes msg)
{
	xassert(host_of(env)->busy);
	return link_send(host_of(env), to, channel, msg);
}

static void host_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
	struct host *h = host_of(env);
	char line[512];

	if (!h->w->s.verbose)
		return;
	vsnprintf(line, sizeof(line), fmt, args);
	sim_say(&h->w->s, (int)h->index, "log %d: %s", (int)level, line);
}

static const struct env_ops host_ops = {
	.now = host_now,
	.wall = host_wall,
	.random = host_random,
	.timer_set = host_timer_set,
	.timer_cancel = host_timer_cancel,
	.send = host_send,
	.log = host_log,
};

/* --- disks ----------------------------------------------------------------------- */

static uint32_t disk_pending(const struct disk *d)
{
	return d->log ? store_mem_log_pending(d->log) : store_mem_pending(d->store);
}

static void sync_start(void *ctx, uint64_t boots);

static void sync_done(void *ctx, uint64_t boots)
{
	struct disk *d = ctx;
	struct host *h = d->host;
	struct sim *s = &h->w->s;
	uint32_t n = d->syncing;

	if (!h->order || boots != h->boots || !host_ready(h, sync_done, d, boots))
		return;
	d->syncing = 0;
	if (s->faults && chance_hit(&s->rng, s->plan.node.sync_fail_ppm)) {
		sim_say(s, (int)h->index, "sync failed");
		s->stats.sync_failures++;
		if (d->log)
			store_mem_log_fail_sync(d->log);
		else
			store_mem_fail_sync(d->store);
		h->doomed = true;
	}
	host_enter(h);
	sim_fold(s, n);
	n = d->log ? store_mem_log_sync(d->log, n) : store_mem_sync(d->store, n);
	host_leave(h);
	if (n && h->order && !d->syncing)
		sync_start(d, boots);
}

/* A sync covers what was submitted before it began. */
static void sync_start(void *ctx, uint64_t boots)
{
	struct disk *d = ctx;
	struct host *h = d->host;
	const struct plan_node *p = &h->w->s.plan.node;
	uint64_t jitter = (uint64_t)p->sync_jitter_us * 1000;

	if (!h->order || boots != h->boots || d->syncing)
		return;
	d->syncing = disk_pending(d);
	if (!d->syncing)
		return;
	if (chance_hit(&h->w->s.rng, p->sync_tail_ppm))
		jitter *= 100;
	sim_after(&h->w->s, p->sync_us * 1000ULL + chance_exp(&h->w->s.rng, jitter) + 1, sync_done,
		  d, boots);
}

static void disk_wakeup(void *ctx)
{
	struct disk *d = ctx;

	xassert(d->host->busy);
	sim_after(&d->host->w->s, 0, sync_start, d, d->host->boots);
}

static void disks_make(struct host *h)
{
	struct store_mem_config log = { .wakeup = disk_wakeup, .ctx = &h->log };
	struct store_mem_config store = { .wakeup = disk_wakeup, .ctx = &h->store };

	h->log = (struct disk){ .host = h, .log = store_mem_log_create(&log) };
	h->store = (struct disk){ .host = h, .store = store_mem_create(&store) };
	xassert(h->log.log && h->store.store);
}

static void disks_free(struct host *h)
{
	store_mem_log_destroy(h->log.log);
	store_mem_destroy(h->store.store);
}

void host_wipe(struct host *h)
{
	xassert(!h->order);
	disks_free(h);
	disks_make(h);
	h->flipped_ns = 0;
	h->damaged = false;
}

void host_flip(struct host *h)
{
	struct rng *r = &h->w->s.rng;

	xassert(!h->order);
	h->flipped_ns = h->w->s.now_ns;
	if (chance_hit(r, CHANCE_CERTAIN / 4) && !store_mem_flip(h->store.store, rng_next(r)))
		return;
	store_mem_log_flip(h->log.log, rng_next(r));
}

/* --- life ------------------------------------------------------------------------ */

void host_init(struct world *w, uint32_t index)
{
	struct host *h = &w->hosts[index];
	struct timers_entry *slots = malloc((WORLD_TIMERS_MAX + 1) * sizeof(*slots));
	const struct plan_node *p = &w->s.plan.node;

	*h = (struct host){ .w = w, .index = index, .addr = { .ip = { 0xfd }, .port = 7400 } };
	h->env.ops = &host_ops;
	memset(h->env.log_level, w->s.verbose ? ENV_DEBUG : ENV_ERR, sizeof(h->env.log_level));
	h->addr.ip[15] = (uint8_t)index;
	h->id.b[0] = (uint8_t)(index + 1);
	rng_seed(&h->rng, w->s.plan.seed * 1013 + index);
	h->offset_ns = (int64_t)rng_below(&w->s.rng, HOST_UPTIME_NS);
	h->drift_ppm = (int32_t)rng_below(&w->s.rng, 2 * p->drift_ppm + 1) - (int)p->drift_ppm;
	h->wall_ns = HOST_WALL_NS + rng_below(&w->s.rng, HOST_UPTIME_NS);
	xassert(slots);
	timers_init(&h->timers, slots, WORLD_TIMERS_MAX);
	disks_make(h);
	for (uint32_t i = 0; i < WORLD_GROUPS_MAX; i++)
		h->app[i] = (struct app){ .host = h, .group = i };
}

void host_exit(struct host *h)
{
	for (uint32_t i = 0; i < WORLD_GROUPS_MAX; i++)
		app_exit(&h->app[i]);
	free(h->memory);
	free(h->timers.heap);
	disks_free(h);
}

static void host_down(struct host *h)
{
	free(h->memory);
	h->memory = NULL;
	h->order = NULL;
	for (uint32_t i = 0; i < WORLD_GROUPS_MAX; i++)
		app_reset(&h->app[i]);
}

void host_boot(struct host *h)
{
	struct world *w = h->w;
	size_t size = order_arena_size(&w->cfg);
	struct arena arena;
	int err;

	xassert(!h->order && !h->damaged);
	h->memory = calloc(1, size);
	xassert(h->memory);
	arena_init(&arena, h->memory, size);
	timers_init(&h->timers, h->timers.heap, WORLD_TIMERS_MAX);
	h->boots++;
	h->wake_ns = UINT64_MAX;
	h->log.syncing = 0;
	h->store.syncing = 0;
	h->paused_until_ns = 0;
	w->s.stats.restarts += h->boots > 1;
	sim_fold(&w->s, h->index + 0x626f6f74);
	sim_say(&w->s, (int)h->index, "boot %llu", (unsigned long long)h->boots);
	h->order = order_init(&arena, &h->env, store_mem_log(h->log.log),
			      store_mem_store(h->store.store), &h->id, &w->cfg);
	host_enter(h);
	err = order_start(h->order);
	if (!err)
		admin_host_up(h);
	if (err) {
		sim_say(&w->s, (int)h->index, "damaged: error %d", err);
		h->busy = false;
		h->damaged = true;
		host_down(h);
		return;
	}
	host_leave(h);
}

void host_crash(struct host *h, bool power)
{
	struct sim *s = &h->w->s;
	uint32_t logs = store_mem_log_pending(h->log.log);
	uint32_t keep = (uint32_t)rng_below(&s->rng, (uint64_t)logs + 1);
	uint32_t batches = store_mem_pending(h->store.store);

	xassert(h->order && !h->busy);
	sim_say(s, (int)h->index, "%s, %u of %u unsynced records survive",
		power ? "power lost" : "killed", keep, logs);
	sim_fold(s, h->index + 0x64656164);
	s->stats.crashes++;
	s->stats.power_losses += power;
	store_mem_log_crash(h->log.log, keep, rng_below(&s->rng, 200));
	store_mem_crash(h->store.store, (uint32_t)rng_below(&s->rng, (uint64_t)batches + 1));
	users_host_died(h);
	admin_host_died(h);
	link_host_died(h, power);
	host_down(h);
	h->doomed = false;
	chaos_host_down(h);
	if (power) {
		uint64_t uptime = clock_read(h, s->now_ns);

		h->offset_ns -= (int64_t)uptime;
		h->wall_ns += uptime;
	}
}

bool host_ready(struct host *h, event_fn fire, void *ctx, uint64_t arg)
{
	if (!h->order || h->paused_until_ns <= h->w->s.now_ns)
		return true;
	events_add(&h->w->s.events, h->paused_until_ns, fire, ctx, arg);
	return false;
}

static void host_wake(void *ctx, uint64_t boots)
{
	struct host *h = ctx;
	struct env_timer *timer;

	if (!h->order || boots != h->boots || h->wake_ns != h->w->s.now_ns)
		return;
	if (h->paused_until_ns > h->w->s.now_ns)
		h->wake_ns = h->paused_until_ns;
	if (!host_ready(h, host_wake, h, boots))
		return;
	h->wake_ns = UINT64_MAX;
	host_enter(h);
	while ((timer = timers_pop(&h->timers, host_now(&h->env))))
		timer->fire(timer->ctx);
	host_leave(h);
}

void host_enter(struct host *h)
{
	xassert(h->order && !h->busy);
	h->busy = true;
}

void host_leave(struct host *h)
{
	struct sim *s = &h->w->s;
	uint64_t next = timers_next(&h->timers), at_ns;

	xassert(h->busy);
	h->busy = false;
	if (h->doomed || order_failed(h->order)) {
		host_crash(h, false);
		return;
	}
	if (next == UINT64_MAX)
		return;
	at_ns = clock_when(h, next);
	if (at_ns < s->now_ns)
		at_ns = s->now_ns;
	if (at_ns >= h->wake_ns)
		return;
	h->wake_ns = at_ns;
	events_add(&s->events, at_ns, host_wake, h, h->boots);
}
