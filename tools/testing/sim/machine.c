// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <base/assert.h>

#include "chance.h"
#include "checkers/check.h"
#include "client.h"
#include "faults.h"
#include "hostile/ward.h"
#include "txnwork.h"

#define MACHINE_OPS_MAX	  32
#define MACHINE_SEEDS	  3
/* 2026-01-01, when virtual wall clocks begin. */
#define MACHINE_WALL_NS	  (1767225600ULL * ENV_SEC)
#define MACHINE_UPTIME_NS (1000 * ENV_SEC)

static struct machine *machine_of(struct env *env)
{
	return (struct machine *)env;
}

static uint64_t clock_read(const struct machine *m, uint64_t at_ns)
{
	__int128 drift = (__int128)at_ns * m->clock.drift_ppm / 1000000;

	return (uint64_t)((int64_t)at_ns + (int64_t)drift + m->clock.offset_ns);
}

/* The first virtual time at which the machine's uptime is at least @local_ns. */
static uint64_t clock_when(const struct machine *m, uint64_t local_ns)
{
	__int128 wanted = (__int128)local_ns - m->clock.offset_ns;
	uint64_t at_ns;

	if (wanted <= 0)
		return 0;
	at_ns = (uint64_t)(wanted * 1000000 / (1000000 + m->clock.drift_ppm));
	while (clock_read(m, at_ns) < local_ns)
		at_ns++;
	return at_ns;
}

static uint64_t machine_now(struct env *env)
{
	struct machine *m = machine_of(env);

	return clock_read(m, m->sim->now_ns);
}

static uint64_t machine_wall(struct env *env)
{
	return machine_of(env)->clock.wall_ns + machine_now(env);
}

static uint64_t machine_random(struct env *env)
{
	return rng_next(&machine_of(env)->rng);
}

static void machine_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	struct machine *m = machine_of(env);

	xassert(m->busy);
	sim_fold(m->sim, delay_ns);
	timers_set(&m->timers, timer, machine_now(env) + delay_ns);
}

static void machine_timer_cancel(struct env *env, struct env_timer *timer)
{
	timers_cancel(&machine_of(env)->timers, timer);
}

static int machine_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
			struct bytes msg)
{
	xassert(machine_of(env)->busy);
	return net_send(machine_of(env), to, channel, msg);
}

/* Has any machine a node of this identity now? */
static bool is_somebody(const struct sim *s, const struct xos_id *id)
{
	for (uint32_t i = 0; i < s->plan.nodes; i++) {
		if (xos_id_eq(id, &s->machines[i].id))
			return true;
	}
	return false;
}

/*
 * Nodes keep their addresses here, so nobody may ever be taken for somebody else; only
 * the node that comes after a lost disk for the one that was there before.
 */
static int machine_send_peer(struct env *env, const struct env_peer *to, enum env_channel channel,
			     struct bytes msg)
{
	struct machine *m = machine_of(env);
	const struct machine *there = net_machine(m->sim, &to->addr);

	if (there && !xos_id_is_zero(&to->id) && !xos_id_eq(&to->id, &there->id) &&
	    (!there->losses || is_somebody(m->sim, &to->id)))
		sim_fail(m->sim, "peers", "n%02u takes n%02u for another node", m->index,
			 there->index);
	return machine_send(env, &to->addr, channel, msg);
}

static void machine_log(struct env *env, enum env_level level, enum env_subsys subsys,
			const char *fmt, va_list args)
{
	struct machine *m = machine_of(env);
	char line[512];

	if (!m->sim->verbose)
		return;
	vsnprintf(line, sizeof(line), fmt, args);
	sim_say(m->sim, (int)m->index, "log %d: %s", (int)level, line);
}

static const struct env_ops machine_ops = {
	.now = machine_now,
	.wall = machine_wall,
	.random = machine_random,
	.timer_set = machine_timer_set,
	.timer_cancel = machine_timer_cancel,
	.send = machine_send,
	.send_peer = machine_send_peer,
	.log = machine_log,
};

static uint64_t sync_time(struct machine *m)
{
	const struct plan_node *p = &m->sim->plan.node;
	uint64_t jitter = (uint64_t)p->sync_jitter_us * 1000;

	if (chance_hit(&m->sim->rng, p->sync_tail_ppm))
		jitter *= 100;
	return (uint64_t)p->sync_us * 1000 + chance_exp(&m->sim->rng, jitter) + 1;
}

static void sync_start(void *ctx, uint64_t boots);

static void sync_done(void *ctx, uint64_t boots)
{
	struct machine *m = ctx;
	struct sim *s = m->sim;
	uint32_t batches = m->syncing;

	if (!m->node || boots != m->boots)
		return;
	if (!machine_ready(s, m->index, sync_done, m, boots))
		return;
	m->syncing = 0;
	if (s->faults && chance_hit(&s->rng, s->plan.node.sync_fail_ppm)) {
		sim_say(s, (int)m->index, "sync failed");
		s->stats.sync_failures++;
		store_mem_fail_sync(m->disk);
		m->doomed = true;
	}
	machine_enter(m);
	sim_fold(s, batches);
	batches = store_mem_sync(m->disk, batches);
	machine_leave(m);
	if (batches && m->node && !m->syncing)
		sync_start(m, boots);
}

/* A sync covers what was submitted before it began. */
static void sync_start(void *ctx, uint64_t boots)
{
	struct machine *m = ctx;
	uint64_t ns;

	if (!m->node || boots != m->boots || m->syncing)
		return;
	m->syncing = store_mem_pending(m->disk);
	if (!m->syncing)
		return;
	ns = sync_time(m);
	faults_machine_syncs(m, ns);
	sim_after(m->sim, ns, sync_done, m, boots);
}

static void disk_wakeup(void *ctx)
{
	struct machine *m = ctx;

	xassert(m->busy);
	sim_after(m->sim, 0, sync_start, m, m->boots);
}

static struct store_mem *disk_new(struct machine *m)
{
	struct store_mem_config disk = { .wakeup = disk_wakeup, .ctx = m };

	return store_mem_create(&disk);
}

void machine_init(struct sim *s, uint32_t index)
{
	struct machine *m = &s->machines[index];
	const struct plan_node *p = &s->plan.node;
	struct timers_entry *slots;

	*m = (struct machine){ .sim = s, .index = index, .addr = net_addr(index) };
	m->env.ops = &machine_ops;
	memset(m->env.log_level, s->verbose ? ENV_DEBUG : ENV_ERR, sizeof(m->env.log_level));
	rng_seed(&m->rng, s->plan.seed * 1009 + index);
	m->clock.offset_ns = (int64_t)rng_below(&s->rng, MACHINE_UPTIME_NS);
	m->clock.drift_ppm = (int32_t)rng_below(&s->rng, 2 * p->drift_ppm + 1) - (int)p->drift_ppm;
	m->clock.wall_ns = MACHINE_WALL_NS + rng_below(&s->rng, MACHINE_UPTIME_NS);
	m->disk = disk_new(m);
	slots = malloc((MACHINE_TIMERS_MAX + 1) * sizeof(*slots));
	xassert(m->disk && slots);
	timers_init(&m->timers, slots, MACHINE_TIMERS_MAX);
	m->wake_ns = UINT64_MAX;
}

void machine_exit(struct machine *m)
{
	ward_down(m);
	free(m->memory);
	free(m->timers.heap);
	store_mem_destroy(m->disk);
}

static void config_make(struct machine *m, struct node_config *cfg)
{
	const struct plan *p = &m->sim->plan;

	*cfg = (struct node_config){
		.addr = m->addr,
		.grid = "sim",
		.replicas = (uint8_t)p->replicas,
		.create = m->index == 0 && !m->losses,
		.ops_max = MACHINE_OPS_MAX,
		.known_max = PLAN_NODES_MAX + 8,
		/* Small, so that the few items of a test fill more than one. */
		.chunk_max = 512,
		.lease_ns = p->lease_ms * ENV_MS,
		.drift_ppm = PLAN_DRIFT_MAX,
	};
	/*
	 * Identities in certificates begin with a bit 0. A certificate outlives the disk:
	 * its node comes back with the same identity and knows nothing.
	 */
	if (p->net.hostile_every_ms)
		cfg->id = (struct xos_id){ { 0x40, 0, (uint8_t)m->index, 1 } };
	snprintf(cfg->machine, sizeof(cfg->machine), "m%u", m->index);
	snprintf(cfg->rack, sizeof(cfg->rack), "r%u", m->index % 4);
	/* The founder first; whom else to ask depends on the seed only. */
	for (uint32_t i = 0; i < MACHINE_SEEDS && m->losses; i++)
		cfg->seeds[cfg->seeds_n++] = net_addr((m->index + 1 + i * i) % p->nodes);
	for (uint32_t i = 0; i < MACHINE_SEEDS && m->index; i++) {
		struct rng r;

		rng_seed(&r, p->seed * 31 + m->index * 7 + i);
		if (i == 0 || chance_hit(&r, p->join_any_ppm))
			cfg->seeds[cfg->seeds_n++] =
				net_addr(i ? (uint32_t)rng_below(&r, m->index) : 0);
	}
}

void machine_boot(struct machine *m)
{
	const struct plan *p = &m->sim->plan;
	struct node_config cfg;
	struct arena arena;
	size_t size;
	int err;

	xassert(!m->node);
	config_make(m, &cfg);
	size = node_arena_size(&cfg);
	m->memory = calloc(1, size);
	xassert(m->memory);
	arena_init(&arena, m->memory, size);
	timers_init(&m->timers, m->timers.heap, MACHINE_TIMERS_MAX);
	m->boots++;
	m->wake_ns = UINT64_MAX;
	m->syncing = 0;
	m->paused_until_ns = 0;
	m->sim->stats.restarts += m->boots > 1;
	sim_fold(m->sim, m->index + 0x626f6f74);
	sim_say(m->sim, (int)m->index, "boot %llu", (unsigned long long)m->boots);
	m->busy = true;
	err = node_init(&arena, &m->env, store_mem_store(m->disk), &cfg, &m->node);
	m->busy = false;
	if (err) {
		sim_fail(m->sim, "boot", "n%02u does not start again: error %d", m->index, err);
		free(m->memory);
		m->memory = NULL;
		m->node = NULL;
		return;
	}
	m->id = *node_id(m->node);
	machine_enter(m);
	if (p->net.hostile_every_ms)
		ward_up(m);
	err = node_start(m->node);
	if (err)
		sim_fail(m->sim, "boot", "n%02u does not start again: error %d", m->index, err);
	machine_leave(m);
}

void machine_crash(struct machine *m, bool power)
{
	struct sim *s = m->sim;
	uint32_t pending = store_mem_pending(m->disk);
	uint32_t keep = (uint32_t)rng_below(&s->rng, (uint64_t)pending + 1);

	xassert(m->node && !m->busy);
	sim_say(s, (int)m->index, "%s, %u of %u unsynced batches survive",
		power ? "power lost" : "killed", keep, pending);
	sim_fold(s, m->index + 0x64656164);
	s->stats.crashes++;
	s->stats.power_losses += power;
	store_mem_crash(m->disk, keep);
	net_machine_died(s, m->index, power);
	clients_machine_died(s, m->index);
	txnwork_machine_died(s, m->index);
	ward_down(m);
	free(m->memory);
	m->memory = NULL;
	m->node = NULL;
	m->doomed = false;
	if (power) {
		uint64_t uptime = clock_read(m, s->now_ns);

		m->clock.offset_ns -= (int64_t)uptime;
		m->clock.wall_ns += uptime;
	}
	faults_machine_down(m);
}

void machine_lose(struct machine *m, bool gone)
{
	xassert(!gone || m->index);
	sim_say(m->sim, (int)m->index, "disk lost%s", gone ? ", gone for good" : "");
	m->gone = gone;
	m->losses++;
	m->sim->stats.disks_lost++;
	m->sim->stats.gone += gone;
	machine_crash(m, true);
	store_mem_destroy(m->disk);
	m->disk = disk_new(m);
	xassert(m->disk);
	m->view = (struct ring_view){ 0 };
}

struct machine *machine_any(struct sim *s)
{
	struct machine *m;

	do {
		m = &s->machines[rng_below(&s->rng, s->plan.nodes)];
	} while (m->gone);
	return m;
}

uint32_t machine_count(const struct sim *s)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->plan.nodes; i++)
		n += !s->machines[i].gone;
	return n;
}

bool machine_is_up(const struct sim *s, uint32_t index)
{
	return s->machines[index].node != NULL;
}

bool machine_ready(struct sim *s, uint32_t index, event_fn fire, void *ctx, uint64_t arg)
{
	struct machine *m = &s->machines[index];

	if (!m->node || m->paused_until_ns <= s->now_ns)
		return true;
	events_add(&s->events, m->paused_until_ns, fire, ctx, arg);
	return false;
}

void machine_receive(struct sim *s, const struct packet *p, struct bytes msg)
{
	struct machine *m = &s->machines[p->link->to];
	struct env_peer from = { .id = p->sender, .addr = net_addr(p->link->from) };

	if (!m->node)
		return;
	sim_fold(s, (uint64_t)p->link->from << 32 | (uint64_t)m->index << 8 | 0x80);
	sim_say(s, (int)m->index, "recv %s from n%02u, %zu bytes", net_message_name(msg),
		p->link->from, msg.len);
	machine_enter(m);
	node_recv(m->node, &from, p->channel, msg);
	machine_leave(m);
}

static void machine_wake(void *ctx, uint64_t boots)
{
	struct machine *m = ctx;
	struct sim *s = m->sim;
	struct env_timer *timer;

	if (!m->node || boots != m->boots || m->wake_ns != s->now_ns)
		return;
	if (m->paused_until_ns > s->now_ns)
		m->wake_ns = m->paused_until_ns;
	if (!machine_ready(s, m->index, machine_wake, m, boots))
		return;
	m->wake_ns = UINT64_MAX;
	machine_enter(m);
	while ((timer = timers_pop(&m->timers, machine_now(&m->env))))
		timer->fire(timer->ctx);
	machine_leave(m);
}

void machine_enter(struct machine *m)
{
	xassert(m->node && !m->busy);
	m->busy = true;
}

static void machine_arm(struct machine *m)
{
	uint64_t next = timers_next(&m->timers), at_ns;

	if (next == UINT64_MAX)
		return;
	at_ns = clock_when(m, next);
	if (at_ns < m->sim->now_ns)
		at_ns = m->sim->now_ns;
	if (at_ns >= m->wake_ns)
		return;
	m->wake_ns = at_ns;
	events_add(&m->sim->events, at_ns, machine_wake, m, m->boots);
}

void machine_leave(struct machine *m)
{
	xassert(m->busy);
	m->busy = false;
	machine_arm(m);
	check_holders(m);
	if (m->doomed && m->node)
		machine_crash(m, false);
}
