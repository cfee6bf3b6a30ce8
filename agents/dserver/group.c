// SPDX-License-Identifier: GPL-2.0-or-later
#include "group.h"

#include <base/assert.h>

const struct group_member *group_find(const struct group *g, struct bytes name)
{
	for (uint32_t i = 0; i < g->n; i++) {
		if (bytes_eq(group_member_name(&g->member[i]), name))
			return &g->member[i];
	}
	return NULL;
}

const struct group_member *group_find_addr(const struct group *g, const struct xos_addr *addr)
{
	for (uint32_t i = 0; i < g->n; i++) {
		if (xos_addr_eq(&g->member[i].addr, addr))
			return &g->member[i];
	}
	return NULL;
}

/* Is there anybody for new clients of whom nothing bad is known? */
static bool has_alive(const struct group *g)
{
	for (uint32_t i = 0; i < g->n; i++) {
		const struct group_member *m = &g->member[i];

		if (m->weight && m->state == WIRE_DS_MEMBER_STATE_ACTIVE &&
		    m->life == WIRE_DS_MEMBER_LIFE_ALIVE)
			return true;
	}
	return false;
}

uint32_t group_given(const struct group *g, const struct group_member *m)
{
	if (m->life == WIRE_DS_MEMBER_LIFE_FAILED)
		return WIRE_DS_MEMBER_STATE_DOWN;
	if (m->life == WIRE_DS_MEMBER_LIFE_SUSPECTED && m->state == WIRE_DS_MEMBER_STATE_ACTIVE &&
	    has_alive(g))
		return WIRE_DS_MEMBER_STATE_DRAINING;
	return m->state;
}

static int member_add(struct group *g, const struct group_member *m)
{
	xassert(g->n <= GROUP_MEMBER_MAX);
	if (g->n == GROUP_MEMBER_MAX)
		return -ENOSPC;
	if (group_find_addr(g, &m->addr))
		return -EEXIST;
	g->member[g->n] = *m;
	g->member[g->n++].number = g->next_number++;
	g->version++;
	return 1;
}

int group_member_set(struct group *g, const struct group_member *m, unsigned int fields)
{
	const struct group_member *old = group_find(g, group_member_name(m));
	const struct group_member *other;
	struct group_member new;

	if (!m->name_len || m->weight > 1000)
		return -EINVAL;
	if (!old)
		return fields & GROUP_SET_ADDR ? member_add(g, m) : -ENOENT;
	new = *old;
	if (fields & GROUP_SET_ADDR) {
		other = group_find_addr(g, &m->addr);
		if (other && other != old)
			return -EEXIST;
		new.addr = m->addr;
	}
	if (fields & GROUP_SET_WEIGHT)
		new.weight = m->weight;
	if (fields & GROUP_SET_STATE)
		new.state = m->state;
	if (new.weight == old->weight &&new.state == old->state &&
	    xos_addr_eq(&new.addr, &old->addr))
		return 0;
	g->member[old - g->member] = new;
	g->version++;
	return 1;
}

int group_member_del(struct group *g, struct bytes name)
{
	const struct group_member *m = group_find(g, name);
	uint32_t i;

	if (!m)
		return -ENOENT;
	if (m->contact)
		return -EBUSY;
	i = (uint32_t)(m - g->member);
	xassert(i < g->n);
	memmove(&g->member[i], &g->member[i + 1], (g->n - i - 1) * sizeof(*m));
	g->n--;
	g->version++;
	return 0;
}

int group_encode(const struct group *g, struct buf *out)
{
	struct wire_ds_member v[GROUP_MEMBER_MAX];
	struct wire_ds_group m = {
		.vip = g->vip,
		.version = g->version,
		.next_number = g->next_number,
		.members = { .v = v, .n = g->n },
	};

	for (uint32_t i = 0; i < g->n; i++) {
		const struct group_member *gm = &g->member[i];

		v[i] = (struct wire_ds_member){
			.number = gm->number,
			.name = group_member_name(gm),
			.addr = gm->addr,
			.weight = gm->weight,
			.state = gm->state,
			.contact = gm->contact,
			.life = gm->life,
			.has_life = gm->life != WIRE_DS_MEMBER_LIFE_ALIVE,
		};
	}
	return wire_ds_group_encode(&m, out);
}

/* Fill @g->member from a message; false when it contradicts itself. */
static bool members_decode(struct group *g, const struct wire_ds_group *m)
{
	struct wire_ds_member wm;
	size_t pos = 0;

	g->n = 0;
	while (wire_ds_member_list_next(&m->members, &pos, &wm)) {
		struct group_member *gm = &g->member[g->n];

		if (g->n == GROUP_MEMBER_MAX || group_find(g, wm.name) ||
		    group_find_addr(g, &wm.addr))
			return false;
		for (uint32_t i = 0; i < g->n; i++) {
			if (g->member[i].number == wm.number)
				return false;
		}
		*gm = (struct group_member){
			.number = wm.number,
			.name_len = (uint8_t)wm.name.len,
			.contact = wm.contact,
			.addr = wm.addr,
			.weight = wm.weight,
			.state = wm.state,
			.life = wm.has_life ? wm.life : WIRE_DS_MEMBER_LIFE_ALIVE,
		};
		memcpy(gm->name, wm.name.data, wm.name.len);
		g->n++;
	}
	return true;
}

int group_apply(struct group *g, const struct wire_ds_group *m)
{
	struct group new = *g;

	xassert(xos_addr_eq(&g->vip, &m->vip));
	if (m->version <= g->version)
		return 0;
	new.version = m->version;
	new.next_number = m->next_number;
	if (!members_decode(&new, m))
		return -EBADMSG;
	*g = new;
	return 1;
}
