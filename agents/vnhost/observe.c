// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What threads see of clocks and chance under the policy semi-active: the host
 * that leads takes what its machine has and says so (vh-decisions), the others
 * wait for that. Replies rest on it as on the decisions of LSA.
 */
#include "runtime.h"

#include <stdlib.h>

#include <base/assert.h>

/* A value that the log has and its thread did not ask for yet. */
struct observed {
	uint64_t thread;
	uint64_t request;
	uint64_t value;
	struct observed *next;
};

static struct observed *first, **end = &first;
static bool observing, leading;
/* Counts what a waiting thread may wait for. */
static _Atomic uint32_t news;

static void remove_at(struct observed **at)
{
	struct observed *o = *at;

	*at = o->next;
	if (!o->next)
		end = at;
	free(o);
}

static bool take(const struct vn_thread *self, uint64_t *value)
{
	for (struct observed **at = &first; *at; at = &(*at)->next) {
		if ((*at)->thread != self->t.name || (*at)->request != self->t.request)
			continue;
		*value = (*at)->value;
		remove_at(at);
		return true;
	}
	return false;
}

bool observe(struct vn_thread *self, uint64_t *value)
{
	uint32_t seen;

	if (self->solo || !observing)
		return false;
	vn_inside++;
	runtime_lock();
	while (!take(self, value)) {
		if (leading) {
			runtime_decide(0, self->t.name, self->t.request, value);
			break;
		}
		seen = atomic_load(&news);
		runtime_unlock();
		runtime_wait_change(&news, seen);
		runtime_lock();
	}
	runtime_unlock();
	vn_inside--;
	return true;
}

static void tell(void)
{
	atomic_fetch_add(&news, 1);
	runtime_wake_all(&news);
}

void observe_value(uint64_t thread, uint64_t request, uint64_t value)
{
	struct observed *o;

	/* a request that ended, or that is skipped, asks for nothing any more */
	if (!vsched_knows(runtime.sched, request))
		return;
	o = malloc(sizeof(*o));
	xassert(o);
	*o = (struct observed){ .thread = thread, .request = request, .value = value };
	*end = o;
	end = &o->next;
	tell();
}

void observe_over(uint64_t request)
{
	for (struct observed **at = &first; *at;) {
		if ((*at)->request == request)
			remove_at(at);
		else
			at = &(*at)->next;
	}
}

void observe_mode(bool on)
{
	observing = on;
}

void observe_lead(bool leader)
{
	leading = leader;
	tell();
}
