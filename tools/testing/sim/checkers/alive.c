// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

#include "chance.h"
#include "client.h"
#include "machine.h"

/* Nodes through which everything is scanned. */
#define ALIVE_SCANS   2
/* Virtual time in which a healed grid has to answer. */
#define ALIVE_TIME_NS (120 * ENV_SEC)

/* One operation through some node; in a healed grid it has to succeed. */
static uint64_t call(struct sim *s, enum history_kind kind, uint32_t key)
{
	struct client *c = client_auditor(s);
	uint64_t until = s->now_ns + ALIVE_TIME_NS;
	struct history_op what = {
		.kind = kind,
		.key = key,
		.key_end = s->history.key_count,
		.machine = machine_any(s)->index,
	};

	if (s->failed)
		return HISTORY_ABSENT;
	client_call(c, &what);
	while (c->busy && s->now_ns < until && sim_step(s))
		;
	if (c->busy)
		sim_fail(s, "alive", "n%02u does not answer about key %u", what.machine, key);
	else if (c->status)
		sim_fail(s, "alive", "n%02u cannot %s key %u in a healed grid: error %d",
			 what.machine, kind == HISTORY_GET ? "read" : "write", key, c->status);
	return kind == HISTORY_PUT ? s->history.value : c->read;
}

/*
 * Is there a write whose outcome nobody knows? It may lie at a minority of the
 * replicas, and may take effect at any later time.
 */
static bool in_doubt(const struct sim *s, uint32_t key)
{
	for (size_t i = 0; i < s->history.count; i++) {
		const struct history_op *op = &s->history.ops[i];

		if (op->key == key && (op->kind == HISTORY_PUT || op->kind == HISTORY_DEL) &&
		    (op->outcome == HISTORY_UNKNOWN || op->outcome == HISTORY_PENDING))
			return true;
	}
	return false;
}

static void expect(struct sim *s, uint32_t key, uint64_t value)
{
	uint64_t got = call(s, HISTORY_GET, key);

	if (got != value && !s->failed && !in_doubt(s, key)) {
		sim_fail(s, "alive", "key %u has value %lld where %lld is expected", key,
			 (long long)got, (long long)value);
		check_tell_key(s, "alive", key, "is not what it was");
	}
}

static void scan(struct sim *s, const uint64_t *expected)
{
	const struct client *c = client_auditor(s);
	uint32_t at = 0;

	call(s, HISTORY_RANGE, 0);
	for (uint32_t key = 0; key < s->history.key_count && !s->failed; key++) {
		if (in_doubt(s, key)) {
			at += at < c->item_count && c->items[at].key == key;
			continue;
		}
		if (expected[key] == HISTORY_ABSENT)
			continue;
		if (at >= c->item_count || c->items[at].key != key ||
		    c->items[at].value != expected[key])
			sim_fail(s, "alive", "a scan of everything does not show key %u as it is",
				 key);
		at++;
	}
	if (!s->failed && at != c->item_count)
		sim_fail(s, "alive", "a scan of everything shows %u items instead of %u",
			 c->item_count, at);
}

void check_unchanged(struct sim *s, const uint64_t *expected)
{
	for (uint32_t key = 0; key < s->history.key_count && !s->failed; key++)
		expect(s, key, expected[key]);
	for (uint32_t i = 0; i < ALIVE_SCANS && !s->failed; i++)
		scan(s, expected);
}

void check_alive(struct sim *s, uint64_t *expected)
{
	uint32_t n = s->history.key_count;

	for (uint32_t key = 0; key < n && !s->failed; key++)
		expected[key] = call(s, HISTORY_GET, key);
	check_unchanged(s, expected);
	for (uint32_t key = 0; key < n && !s->failed; key++) {
		bool put = chance_hit(&s->rng, CHANCE_CERTAIN / 2);

		expected[key] = call(s, put ? HISTORY_PUT : HISTORY_DEL, key);
		if (!put)
			expected[key] = HISTORY_ABSENT;
	}
	check_unchanged(s, expected);
}
