// SPDX-License-Identifier: GPL-2.0-or-later
#include <env/timers.h>

#include <base/assert.h>

void timers_init(struct timers *t, struct timers_entry *mem, uint32_t limit)
{
	*t = (struct timers){ .heap = mem, .limit = limit };
}

static bool before(const struct timers_entry *a, const struct timers_entry *b)
{
	if (a->timer->deadline_ns != b->timer->deadline_ns)
		return a->timer->deadline_ns < b->timer->deadline_ns;
	return a->order < b->order;
}

static void place(struct timers *t, uint32_t at, struct timers_entry e)
{
	t->heap[at] = e;
	e.timer->slot = at;
}

static void sift_up(struct timers *t, uint32_t at)
{
	struct timers_entry e = t->heap[at];

	for (; at > 1 && before(&e, &t->heap[at / 2]); at /= 2)
		place(t, at, t->heap[at / 2]);
	place(t, at, e);
}

static void sift_down(struct timers *t, uint32_t at)
{
	struct timers_entry e = t->heap[at];

	for (;;) {
		uint32_t child = at * 2;

		if (child > t->count)
			break;
		if (child < t->count && before(&t->heap[child + 1], &t->heap[child]))
			child++;
		if (!before(&t->heap[child], &e))
			break;
		place(t, at, t->heap[child]);
		at = child;
	}
	place(t, at, e);
}

void timers_set(struct timers *t, struct env_timer *timer, uint64_t deadline_ns)
{
	timers_cancel(t, timer);
	xassert(t->count < t->limit);
	timer->deadline_ns = deadline_ns;
	t->heap[++t->count] = (struct timers_entry){ .timer = timer, .order = t->order++ };
	sift_up(t, t->count);
}

void timers_cancel(struct timers *t, struct env_timer *timer)
{
	uint32_t at = timer->slot;
	struct timers_entry last;

	if (!at)
		return;
	xassert(at <= t->count && t->heap[at].timer == timer);
	timer->slot = 0;
	last = t->heap[t->count--];
	if (last.timer == timer)
		return;
	place(t, at, last);
	sift_up(t, at);
	sift_down(t, last.timer->slot);
}

uint64_t timers_next(const struct timers *t)
{
	return t->count ? t->heap[1].timer->deadline_ns : UINT64_MAX;
}

struct env_timer *timers_pop(struct timers *t, uint64_t now_ns)
{
	struct env_timer *timer;

	if (timers_next(t) > now_ns)
		return NULL;
	timer = t->heap[1].timer;
	timers_cancel(t, timer);
	return timer;
}
