// SPDX-License-Identifier: GPL-2.0-or-later
/* What must be true of a distributed server. */
#include <stdio.h>

#include "ds.h"

void ds_fail(struct ds_world *w, const char *checker, const char *fmt, ...)
{
	va_list args;

	if (w->failed)
		return;
	w->failed = true;
	w->checker = checker;
	va_start(args, fmt);
	vsnprintf(w->reason, sizeof(w->reason), fmt, args);
	va_end(args);
	ds_say(w, "FAILED %s: %s", checker, w->reason);
}

/* After every event: one owner, and nothing reaches a socket whose state was taken. */
void ds_check_now(struct ds_world *w)
{
	for (uint32_t c = 0; c < DS_CONNS; c++) {
		int owners = 0;

		for (uint32_t i = 0; i < DS_NODES; i++) {
			const struct ds_sock *s = &w->node[i].sock[c];
			const struct ds_gate *g = &w->node[i].gate[c];

			owners += s->here && !s->frozen;
			if (s->here && s->dumped && (!g->here || g->in == DSERVER_LOCAL || g->pass))
				ds_fail(w, "ds-gate", "n%u: gate open over the frozen c%u", i, c);
		}
		if (owners > 1)
			ds_fail(w, "ds-owner", "c%u is alive on %d nodes", c, owners);
	}
}

static void check_conn(struct ds_world *w, uint32_t c)
{
	const struct ds_client *cl = &w->client[c];
	uint32_t owner = DS_NODES;

	for (uint32_t i = 0; i < DS_NODES; i++) {
		const struct ds_sock *s = &w->node[i].sock[c];

		if (w->node[i].gate[c].here)
			ds_fail(w, "ds-end", "n%u still has a gate of c%u", i, c);
		if (!s->here)
			continue;
		if (owner < DS_NODES)
			ds_fail(w, "ds-end", "c%u has two sockets", c);
		owner = i;
		if (s->frozen || s->parked || !s->held_by_app)
			ds_fail(w, "ds-end", "n%u does not use c%u", i, c);
		else if (s->next != cl->sent || s->app != cl->sent)
			ds_fail(w, "ds-end", "c%u: %u sent, %u received, %u counted", c, cl->sent,
				s->next, s->app);
	}
	if (owner == DS_NODES)
		ds_fail(w, "ds-end", "c%u is lost", c);
	else if (w->node[w->front].table[c] != owner)
		ds_fail(w, "ds-end", "c%u lives at n%u, its packets go to n%u", c, owner,
			w->node[w->front].table[c]);
	if (cl->acked != cl->sent)
		ds_fail(w, "ds-end", "c%u: %u of %u acknowledged", c, cl->acked, cl->sent);
}

/* When all faults are over, and all moves had their time. */
void ds_check_end(struct ds_world *w)
{
	struct dserver_move_info info;

	for (uint32_t i = 0; i < DS_NODES; i++) {
		const struct xos_addr vip = ds_vip();
		const struct group *g = dserver_group(w->node[i].core, &vip);
		uint32_t pos = 0;

		ds_say(w, "n%u: group %llx, contact n%d%s", i, (unsigned long long)g->version,
		       g->contact.ip[15] - 1, g->self_contact ? ", itself" : "");

		if (dserver_move_next(w->node[i].core, &pos, &info))
			ds_fail(w, "ds-end", "n%u still has a move that is %s", i, info.state);
	}
	for (uint32_t c = 0; c < DS_CONNS; c++)
		check_conn(w, c);
}
