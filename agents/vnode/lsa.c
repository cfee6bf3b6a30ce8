// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Decisions of a host under LSA on their way into the log. The host holds each
 * reply back until the decisions that it rests on are there: otherwise a client
 * could see a state that no other replica can rebuild.
 */
#include "vnode_impl.h"

/* Entries with decisions on their way at once; more wait and travel together. */
#define OUT_MAX 2

void decisions_flush(struct vnode *v)
{
	uint32_t n;

	while (v->leader && v->decisions_n && v->decisions_out < OUT_MAX) {
		n = v->decisions_n < WIRE_VH_DECISIONS_MAX ? v->decisions_n : WIRE_VH_DECISIONS_MAX;
		if (!PROPOSE(v, vn_decisions, .since = v->last_switch,
			     .mutexes = { .v = v->decisions[0], .n = n },
			     .threads = { .v = v->decisions[1], .n = n },
			     .requests = { .v = v->decisions[2], .n = n }))
			return;
		v->decisions_out++;
		v->decisions_n -= n;
		for (int i = 0; i < 3; i++)
			memmove(v->decisions[i], v->decisions[i] + n,
				v->decisions_n * sizeof(v->decisions[i][0]));
	}
}

void decisions_take(struct vnode *v, const struct wire_vh_decisions *m)
{
	size_t a = 0, b = 0, c = 0;
	uint64_t mutex, thread, request;

	while (wire_u64_list_next(&m->mutexes, &a, &mutex) &&
	       wire_u64_list_next(&m->threads, &b, &thread) &&
	       wire_u64_list_next(&m->requests, &c, &request)) {
		if (v->decisions_n == VNODE_DECISIONS_MAX) {
			env_log(v->env, ENV_ERR, ENV_SUB_VNODE,
				"%s: decisions cannot be ordered as fast as they are made",
				v->about.name);
			host_restart(v);
			return;
		}
		v->decisions[0][v->decisions_n] = mutex;
		v->decisions[1][v->decisions_n] = thread;
		v->decisions[2][v->decisions_n++] = request;
	}
	decisions_flush(v);
}

void decisions_applied(struct vnode *v, uint32_t n)
{
	if (v->decisions_out)
		v->decisions_out--;
	v->decisions_stable += n;
	HOST_SEND(v, vh_stable, .count = v->decisions_stable);
	decisions_flush(v);
}
