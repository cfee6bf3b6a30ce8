// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The contact node watches the members. Two thresholds: a member whose agent is
 * silent gets no new clients, which costs nothing when that was a mistake. One
 * whose host is silent too, and for longer, is given nothing any more: its clients
 * are steered to others, whose TCP resets what it does not know.
 */
#include "internal.h"

static struct group_member *watch_member(struct vip *v, uint32_t i)
{
	struct group_member *m = &v->group.member[i];

	return xos_addr_eq(&m->addr, &v->d->c.self) ? NULL : m;
}

static void watch_set(struct vip *v, struct group_member *m, uint32_t life)
{
	static const char *const text[] = {
		[WIRE_DS_MEMBER_LIFE_ALIVE] = "is back",
		[WIRE_DS_MEMBER_LIFE_SUSPECTED] = "is silent: it gets no new clients",
		[WIRE_DS_MEMBER_LIFE_FAILED] = "and its host are silent: it is given up",
	};
	struct dserver *d = v->d;

	m->life = life;
	v->group.version++;
	d->stats.suspected += life == WIRE_DS_MEMBER_LIFE_SUSPECTED;
	d->stats.failed += life == WIRE_DS_MEMBER_LIFE_FAILED;
	env_log(d->c.env, ENV_WARN, ENV_SUB_DSERVER, "member %.*s %s", (int)m->name_len, m->name,
		text[life]);
}

/* What silence means. */
static uint32_t watch_life(const struct group_member *m, uint64_t now)
{
	uint64_t agent = now - m->heard_ns, host = now - m->host_ns;

	if (agent < DSERVER_SUSPECT_NS)
		return WIRE_DS_MEMBER_LIFE_ALIVE;
	if (MUTANT(dserver_agent_is_host))
		host = agent;
	if (MUTANT(dserver_never_failed) || agent < DSERVER_FAIL_NS || host < DSERVER_FAIL_NS)
		return WIRE_DS_MEMBER_LIFE_SUSPECTED;
	return WIRE_DS_MEMBER_LIFE_FAILED;
}

static bool watch_judge(struct vip *v, struct group_member *m, uint64_t now)
{
	uint32_t life = watch_life(m, now);

	if (now - m->heard_ns > DSERVER_SUSPECT_NS / 2)
		OPS(v->d, probe, &m->addr);
	/* Only its agent's own word brings a member back. */
	if (life == m->life || life == WIRE_DS_MEMBER_LIFE_ALIVE)
		return false;
	/* Clients of one that was given up have been told. */
	if (m->life == WIRE_DS_MEMBER_LIFE_FAILED)
		return false;
	watch_set(v, m, life);
	return true;
}

/* Who slept heard nothing, which says nothing about the others. */
static void watch_slept(struct vip *v, uint64_t now)
{
	uint64_t late = now - v->watched_ns;

	v->watched_ns = now;
	if (late < 2 * DSERVER_BEAT_NS)
		return;
	late -= DSERVER_BEAT_NS;
	for (uint32_t i = 0; i < v->group.n; i++) {
		struct group_member *m = &v->group.member[i];

		m->heard_ns = m->heard_ns + late < now ? m->heard_ns + late : now;
		m->host_ns = m->host_ns + late < now ? m->host_ns + late : now;
	}
}

static void watch_fire(void *ctx)
{
	struct vip *v = ctx;
	uint64_t now = env_now(v->d->c.env);
	bool changed = false;

	if (!v->group.self_contact)
		return;
	env_timer_set(v->d->c.env, &v->watch, DSERVER_BEAT_NS);
	watch_slept(v, now);
	for (uint32_t i = 0; i < v->group.n; i++) {
		struct group_member *m = watch_member(v, i);

		if (!m)
			continue;
		/* New in the group. */
		if (!m->heard_ns)
			m->heard_ns = m->host_ns = now;
		changed |= watch_judge(v, m, now);
	}
	if (changed)
		vip_changed(v);
}

void watch_stop(struct vip *v)
{
	env_timer_cancel(v->d->c.env, &v->watch);
}

/* This node is the contact node, or is not any more. */
void watch_group_changed(struct vip *v)
{
	if (!v->group.self_contact) {
		watch_stop(v);
		return;
	}
	if (env_timer_armed(&v->watch))
		return;
	v->watch = (struct env_timer){ .fire = watch_fire, .ctx = v };
	v->watched_ns = env_now(v->d->c.env);
	for (uint32_t i = 0; i < v->group.n; i++)
		v->group.member[i].heard_ns = 0;
	env_timer_set(v->d->c.env, &v->watch, DSERVER_BEAT_NS);
}

/* The agent of a member lives: whether the group changed. */
bool watch_heard(struct vip *v, struct group_member *m)
{
	m->heard_ns = m->host_ns = env_now(v->d->c.env);
	if (m->life == WIRE_DS_MEMBER_LIFE_ALIVE || MUTANT(dserver_never_back))
		return false;
	watch_set(v, m, WIRE_DS_MEMBER_LIFE_ALIVE);
	return true;
}

void dserver_host_answers(struct dserver *d, const uint8_t *ip)
{
	for (uint32_t i = 0; i < VIP_MAX; i++) {
		struct vip *v = &d->vip[i];

		for (uint32_t j = 0; v->used && j < v->group.n; j++) {
			if (!memcmp(v->group.member[j].addr.ip, ip, sizeof(v->group.vip.ip)))
				v->group.member[j].host_ns = env_now(d->c.env);
		}
	}
}
