// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include <stdio.h>

static const char *const kinds[] = { "put", "del", "get", "range" };
static const char *const outcomes[] = { "pending", "ok", "failed", "unknown" };

void check_tell_key(struct sim *s, const char *checker, uint32_t key, const char *what)
{
	const struct history *h = &s->history;

	for (size_t i = 0; i < h->count && s->verbose; i++) {
		const struct history_op *o = &h->ops[i];

		if (o->key != key || o->kind == HISTORY_RANGE)
			continue;
		printf("key %u: steps %6llu to %6lld: client %u at n%02u: %s %llu: %s (%d)\n", key,
		       (unsigned long long)o->invoked, (long long)o->returned, o->client,
		       o->machine, kinds[o->kind], (unsigned long long)o->value,
		       outcomes[o->outcome], o->status);
	}
	sim_fail(s, checker, "key %u: %s", key, what);
}
