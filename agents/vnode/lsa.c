// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Decisions of a host (LSA, semi-active) on their way into the log. The host holds each
 * reply back until the decisions that it rests on are there: otherwise a client
 * could see a state that no other replica can rebuild.
 */
#include "vnode_impl.h"

/* Entries with decisions on their way at once; more wait and travel together. */
#define OUT_MAX 2

/* Values of the first @n decisions that have one, to @out. Return: how many. */
static uint32_t values_of(const struct vnode *v, uint32_t n, uint64_t *out)
{
	uint32_t values = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (!v->decisions[0][i])
			out[values++] = v->decisions[3][i];
	}
	return values;
}

void decisions_flush(struct vnode *v)
{
	uint64_t values[WIRE_VH_DECISIONS_MAX];
	uint32_t n;

	while (v->leader && v->decisions_n && v->decisions_out < OUT_MAX) {
		n = v->decisions_n < WIRE_VH_DECISIONS_MAX ? v->decisions_n : WIRE_VH_DECISIONS_MAX;
		if (!PROPOSE(v, vn_decisions, .since = v->host_switch,
			     .mutexes = { .v = v->decisions[0], .n = n },
			     .threads = { .v = v->decisions[1], .n = n },
			     .requests = { .v = v->decisions[2], .n = n },
			     .values = { .v = values, .n = values_of(v, n, values) }))
			return;
		v->decisions_out++;
		v->decisions_n -= n;
		for (int i = 0; i < 4; i++)
			memmove(v->decisions[i], v->decisions[i] + n,
				v->decisions_n * sizeof(v->decisions[i][0]));
	}
}

void decisions_take(struct vnode *v, const struct wire_vh_decisions *m)
{
	size_t a = 0, b = 0, c = 0, d = 0;
	uint64_t mutex, thread, request, value = 0;

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
		v->decisions[2][v->decisions_n] = request;
		if (!mutex && !wire_u64_list_next(&m->values, &d, &value))
			value = 0;
		v->decisions[3][v->decisions_n++] = value;
	}
	if (MUTANT(vnode_stable_early))
		HOST_SEND(v, vh_stable,
			  .count = v->decisions_stable + v->decisions_n + VNODE_DECISIONS_MAX);
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
