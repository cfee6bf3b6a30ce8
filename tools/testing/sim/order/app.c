// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The replicated service: registers, and which puts took effect. Whatever is
 * shown to one replica is compared with what was shown to others at that place.
 */
#include <stdlib.h>

#include <base/assert.h>
#include <base/be.h>
#include <base/crc32c.h>

#include "chance.h"
#include "order/world.h"

/* A request: which register, which value. */
#define APP_REQUEST_LEN 16

static struct sim *sim_of(const struct app *a)
{
	return &a->host->w->s;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
	h = (h ^ x) * 0x9e3779b97f4a7c15ULL;
	return h ^ h >> 29;
}

void app_reset(struct app *a)
{
	app_exit(a);
	*a = (struct app){ .host = a->host, .group = a->group, .tag = a->tag };
}

void app_exit(struct app *a)
{
	free(a->image);
	a->image = NULL;
}

/* --- applying -------------------------------------------------------------------- */

static uint64_t entry_hash(const struct order_entry *e)
{
	uint64_t h = mix(mix(mix(e->term, e->time_ns), e->session), e->seq);

	return mix(h, crc32c(0, e->data.data, e->data.len)) | 1;
}

/* The first replica to show an index says what is there; the others have to agree. */
static void compare(struct app *a, const struct order_entry *e)
{
	struct truth *t = &a->host->w->truth[a->group];
	uint64_t h = entry_hash(e);

	if (e->index >= WORLD_INDEX_MAX) {
		sim_fail(sim_of(a), "size", "more entries than are remembered");
		return;
	}
	if (!t->entry[e->index]) {
		if (e->index < t->last)
			sim_fail(sim_of(a), "matching",
				 "n%02u applies %llu, which others skipped, group %u",
				 a->host->index, (unsigned long long)e->index, a->group);
		t->entry[e->index] = h;
		t->hash[e->index] = a->state.hash;
		t->last = e->index;
	}
	if (t->entry[e->index] != h || t->hash[e->index] != a->state.hash)
		sim_fail(sim_of(a), "matching", "n%02u applies something else at %llu, group %u",
			 a->host->index, (unsigned long long)e->index, a->group);
}

static void owed_pay(void *ctx, uint64_t boots)
{
	struct app *a = ctx;
	struct host *h = a->host;

	if (!h->order || h->boots != boots || !a->g || !host_ready(h, owed_pay, a, boots))
		return;
	host_enter(h);
	for (uint32_t i = 0; i < a->owed_n; i++)
		order_reply(a->g, a->owed[i].session, a->owed[i].seq,
			    bytes_of(a->owed[i].reply, sizeof(a->owed[i].reply)));
	a->owed_n = 0;
	host_leave(h);
}

/* All replicas give the same reply, and it is the one that the client gets. */
static void reply(struct app *a, const struct order_entry *e, uint64_t value, uint64_t before)
{
	struct world *w = a->host->w;
	uint64_t r[2] = { value, before };

	if (w->reply[value] && w->reply[value] != mix(value, before))
		sim_fail(&w->s, "reply", "n%02u replies something else to %llu", a->host->index,
			 (unsigned long long)value);
	w->reply[value] = mix(value, before);
	if (a->owed_n < 8 && chance_hit(&w->s.rng, w->late_ppm)) {
		a->owed[a->owed_n].session = e->session;
		a->owed[a->owed_n].seq = e->seq;
		memcpy(a->owed[a->owed_n++].reply, r, sizeof(r));
		sim_after(&w->s, chance_exp(&w->s.rng, 20 * ENV_MS), owed_pay, a, a->host->boots);
		return;
	}
	order_reply(a->g, e->session, e->seq, bytes_of(r, sizeof(r)));
}

static void busy_end(void *ctx, uint64_t boots)
{
	struct app *a = ctx;
	struct host *h = a->host;

	if (!h->order || h->boots != boots || !a->g || !host_ready(h, busy_end, a, boots))
		return;
	a->busy = false;
	host_enter(h);
	order_resume(a->g);
	host_leave(h);
}

static bool refuse(struct app *a)
{
	struct sim *s = sim_of(a);

	if (a->busy)
		return true;
	if (!chance_hit(&s->rng, a->host->w->busy_ppm))
		return false;
	a->busy = true;
	sim_after(s, chance_exp(&s->rng, 30 * ENV_MS), busy_end, a, a->host->boots);
	return true;
}

static bool app_apply(void *ctx, const struct order_entry *e)
{
	struct app *a = ctx;
	uint64_t key, value, before;

	if (refuse(a))
		return false;
	xassert(e->data.len == APP_REQUEST_LEN);
	key = be64_load(e->data.data);
	value = be64_load(e->data.data + 8);
	xassert(key < WORLD_KEYS_MAX && value < WORLD_IDS_MAX);
	if (e->index <= a->state.index)
		sim_fail(sim_of(a), "matching", "n%02u goes back to %llu", a->host->index,
			 (unsigned long long)e->index);
	if (a->state.done[value / 8] >> value % 8 & 1)
		sim_fail(sim_of(a), "once", "n%02u applies put %llu twice, group %u",
			 a->host->index, (unsigned long long)value, a->group);
	a->state.done[value / 8] |= (uint8_t)(1 << value % 8);
	before = a->state.reg[key];
	a->state.reg[key] = value;
	a->state.index = e->index;
	a->state.hash = mix(mix(a->state.hash, e->index), value);
	compare(a, e);
	reply(a, e, value, before);
	return true;
}

/* --- snapshots ------------------------------------------------------------------- */

static size_t image_size(const struct app *a)
{
	return sizeof(a->state) + a->host->w->filler;
}

static void image_go_on(struct app *a)
{
	size_t taken = 0;

	if (!a->image || !a->g)
		return;
	if (order_snapshot_write(a->g, bytes_of(a->image + a->image_at, a->image_len - a->image_at),
				 &taken) == ORDER_OK)
		order_snapshot_end(a->g);
	a->image_at += taken;
}

static void app_snapshot_wanted(void *ctx, uint64_t applied)
{
	struct app *a = ctx;
	enum order_status status = a->owed_n ? ORDER_BUSY : order_snapshot_begin(a->g);

	sim_say(sim_of(a), (int)a->host->index, "group %u: snapshot after %llu: %s, %u owed",
		a->group, (unsigned long long)applied, order_status_name(status), a->owed_n);
	if (status != ORDER_OK)
		return;
	app_exit(a);
	a->image_len = image_size(a);
	a->image_at = 0;
	a->image = malloc(a->image_len);
	xassert(a->image);
	memcpy(a->image, &a->state, sizeof(a->state));
	for (size_t i = sizeof(a->state); i < a->image_len; i++)
		a->image[i] = (uint8_t)(i * 7 + a->state.index);
	image_go_on(a);
}

static void app_snapshot_room(void *ctx)
{
	image_go_on(ctx);
}

static void app_snapshot_done(void *ctx, uint64_t index, enum order_status status)
{
	struct app *a = ctx;

	app_exit(a);
	sim_of(a)->stats.snapshots++;
}

static void app_restore_begin(void *ctx, uint64_t index)
{
	struct app *a = ctx;

	app_exit(a);
	a->image_len = image_size(a);
	a->image_at = 0;
	a->image = malloc(a->image_len);
	xassert(a->image);
	a->owed_n = 0;
	memset(&a->state, 0, sizeof(a->state));
	sim_of(a)->stats.restores++;
}

static bool app_restore_data(void *ctx, struct bytes data)
{
	struct app *a = ctx;

	if (refuse(a))
		return false;
	if (a->image_at + data.len > a->image_len) {
		sim_fail(sim_of(a), "snapshot", "n%02u gets a snapshot that is too long",
			 a->host->index);
		return true;
	}
	memcpy(a->image + a->image_at, data.data, data.len);
	a->image_at += data.len;
	return true;
}

static void app_restore_end(void *ctx)
{
	struct app *a = ctx;
	const struct truth *t = &a->host->w->truth[a->group];
	bool good = a->image_at == a->image_len;

	if (good)
		memcpy(&a->state, a->image, sizeof(a->state));
	for (size_t i = sizeof(a->state); good && i < a->image_len; i++)
		good = a->image[i] == (uint8_t)(i * 7 + a->state.index);
	if (good && a->state.index)
		good = a->state.index < WORLD_INDEX_MAX && t->hash[a->state.index] == a->state.hash;
	if (!good)
		sim_fail(sim_of(a), "snapshot", "n%02u gets a snapshot that is not the state",
			 a->host->index);
	app_exit(a);
}

/* --- who leads, who is there ----------------------------------------------------- */

static void app_role(void *ctx, enum order_role role, uint64_t term, uint64_t leader)
{
	struct app *a = ctx;
	struct truth *t = &a->host->w->truth[a->group];
	uint64_t at = term % 4096;

	sim_say(sim_of(a), (int)a->host->index, "group %u: role %d, term %llu, leader %llx",
		a->group, (int)role, (unsigned long long)term, (unsigned long long)leader);
	if (role == ORDER_LEADER && chance_hit(&sim_of(a)->rng, a->host->w->brief_ppm))
		chaos_power_loss(a->host, 60 * ENV_MS);
	if (!leader)
		return;
	if (t->leader[at].term == term && t->leader[at].tag != leader)
		sim_fail(sim_of(a), "leaders", "two leaders in term %llu of group %u",
			 (unsigned long long)term, a->group);
	sim_of(a)->stats.elections += t->leader[at].term != term;
	t->leader[at].term = term;
	t->leader[at].tag = leader;
}

static void app_members(void *ctx, const struct order_members *m, uint64_t index)
{
	struct app *a = ctx;

	admin_members_seen(a->host->w, a->group, m, index);
}

static void app_evicted(void *ctx, uint64_t session)
{
	struct app *a = ctx;

	sim_of(a)->stats.evictions++;
}

const struct order_service app_service = {
	.apply = app_apply,
	.restore_begin = app_restore_begin,
	.restore_data = app_restore_data,
	.restore_end = app_restore_end,
	.role = app_role,
	.members = app_members,
	.snapshot_wanted = app_snapshot_wanted,
	.snapshot_room = app_snapshot_room,
	.snapshot_done = app_snapshot_done,
	.evicted = app_evicted,
};
