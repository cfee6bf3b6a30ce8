// SPDX-License-Identifier: GPL-2.0-or-later
/* Entries since the last snapshot: what a host that begins anew is fed with. */
#include "vnode_impl.h"

bool kept_room(const struct vnode *v, size_t len)
{
	return v->kept_n < VNODE_ENTRIES_MAX && v->bytes_n + len <= VNODE_BYTES_MAX;
}

struct kept *kept_add(struct vnode *v, const struct vnode_entry *e, uint16_t type)
{
	struct kept *k = &v->kept[v->kept_n++];

	*k = (struct kept){
		.index = e->index,
		.time_ns = e->time_ns,
		.session = e->session,
		.seq = e->seq,
		.at = v->bytes_n,
		.len = (uint32_t)e->data.len,
		.type = type,
	};
	memcpy(v->bytes + v->bytes_n, e->data.data, e->data.len);
	v->bytes_n += k->len;
	return k;
}

struct kept *kept_find(struct vnode *v, uint64_t index)
{
	uint32_t lo = 0, hi = v->kept_n, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (v->kept[mid].index < index)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < v->kept_n && v->kept[lo].index == index ? &v->kept[lo] : NULL;
}

struct bytes kept_message(const struct vnode *v, const struct kept *k)
{
	return bytes_of(v->bytes + k->at, k->len);
}

static void follow(struct vnode *v, uint64_t index)
{
	v->fed = 0;
	v->done_from = 0;
	v->base = index;
	v->base_scheduler = v->about.scheduler;
	v->base_policy = v->about.policy;
	v->running = 0;
}

void kept_clear(struct vnode *v, uint64_t index)
{
	v->kept_n = 0;
	v->bytes_n = 0;
	v->unanswered = 0;
	v->hot_waiting = 0;
	v->part_maker = 0;
	follow(v, index);
}

void kept_settle(struct vnode *v, uint64_t index)
{
	hot_keep_pending(v);
	follow(v, index);
}
