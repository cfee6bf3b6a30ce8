// SPDX-License-Identifier: GPL-2.0-or-later
#include <suspect/suspect.h>

#include <errno.h>

#include <base/assert.h>
#include <wire/suspect.h>

/* log10(e) in hundredths: the level rises by this for each gap of silence. */
#define LEVEL_PER_GAP 43
/* A gap is never taken for longer than this many pings. */
#define GAP_PINGS_MAX 8

static struct suspect_watch *find(const struct suspect *s, const struct xos_id *id)
{
	xassert(id);
	for (uint32_t i = 0; i < s->watch_n; i++) {
		if (s->watch[i].consumers && xos_id_eq(&s->watch[i].id, id))
			return &s->watch[i];
	}
	return NULL;
}

static uint32_t level_of(const struct suspect *s, const struct suspect_watch *w, uint64_t now)
{
	uint64_t gap = w->gap_ns + 2 * w->dev_ns;
	uint64_t silence = now > w->heard_ns ? now - w->heard_ns : 0;
	uint64_t level;

	if (gap < s->ping_ns)
		gap = s->ping_ns;
	if (gap > GAP_PINGS_MAX * s->ping_ns)
		gap = GAP_PINGS_MAX * s->ping_ns;
	xassert(gap);
	/* In steps of 1/1024 of a gap, so that nothing overflows. */
	level = silence / (gap / 1024 + 1) * LEVEL_PER_GAP / 1024;
	return level > UINT32_MAX ? UINT32_MAX : (uint32_t)level;
}

static enum suspect_state state_of(const struct suspect_consumer *c, uint32_t level)
{
	xassert(c->suspect_at <= c->failed_at);
	if (level >= c->failed_at)
		return SUSPECT_FAILED;
	return level >= c->suspect_at ? SUSPECT_SUSPECTED : SUSPECT_UP;
}

/* Tell each consumer what has changed. A callback may free the slot. */
static void judge(struct suspect *s, uint32_t at, uint64_t now)
{
	struct suspect_watch *w = &s->watch[at];
	struct xos_id id = w->id;
	uint32_t level = level_of(s, w, now);

	xassert(at < s->watch_max);
	for (uint32_t i = 0; i < s->consumer_n; i++) {
		enum suspect_state state = state_of(&s->consumer[i], level);

		if (!(w->consumers & (1u << i)) || !xos_id_eq(&w->id, &id))
			continue;
		if (w->state[i] == state)
			continue;
		w->state[i] = state;
		s->consumer[i].changed(s->consumer[i].ctx, &id, state);
	}
}

static void ping(struct suspect *s, const struct suspect_watch *w)
{
	uint8_t mem[WIRE_SUSPECT_PING_SIZE_MAX];
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_suspect_ping m = { .seq = ++s->seq };

	if (wire_suspect_ping_encode(&m, &b))
		xassert(!"a ping fits its own size");
	s->pings++;
	env_send_peer(s->env, &(struct env_peer){ w->id, w->addr }, ENV_DGRAM, buf_bytes(&b));
}

static void round_arm(struct suspect *s)
{
	/* A tenth of jitter keeps nodes from pinging in step. */
	env_timer_set(s->env, &s->timer,
		      s->ping_ns - s->ping_ns / 20 + env_random_below(s->env, s->ping_ns / 10 + 1));
}

static void round_fire(void *ctx)
{
	struct suspect *s = ctx;
	uint64_t now = env_now(s->env), late = now - s->round_ns;

	/* Who slept heard nothing, which says nothing about the others. */
	late = late > 2 * s->ping_ns ? late - s->ping_ns : 0;
	s->round_ns = now;
	for (uint32_t i = 0; i < s->watch_n; i++) {
		struct suspect_watch *w = &s->watch[i];

		if (!w->consumers)
			continue;
		w->heard_ns += late;
		if (w->heard_ns > now)
			w->heard_ns = now;
		ping(s, w);
		judge(s, i, now);
	}
	while (s->watch_n && !s->watch[s->watch_n - 1].consumers)
		s->watch_n--;
	if (s->watch_n)
		round_arm(s);
}

void suspect_init(struct suspect *s, struct arena *arena, struct env *env, uint64_t ping_ns,
		  uint32_t watch_max)
{
	xassert(ping_ns && watch_max);
	*s = (struct suspect){ .env = env, .ping_ns = ping_ns, .watch_max = watch_max };
	s->watch = arena_alloc(arena, watch_max * sizeof(*s->watch));
	s->timer.fire = round_fire;
	s->timer.ctx = s;
}

uint32_t suspect_add_consumer(struct suspect *s, const struct suspect_consumer *c)
{
	xassert(s->consumer_n < SUSPECT_CONSUMERS_MAX);
	xassert(c->changed && c->suspect_at && c->suspect_at <= c->failed_at);
	s->consumer[s->consumer_n] = *c;
	return s->consumer_n++;
}

static struct suspect_watch *slot_take(struct suspect *s)
{
	for (uint32_t i = 0; i < s->watch_max; i++) {
		if (s->watch[i].consumers)
			continue;
		if (i >= s->watch_n)
			s->watch_n = i + 1;
		xassert(s->watch_n <= s->watch_max);
		return &s->watch[i];
	}
	s->refused++;
	return NULL;
}

int suspect_watch(struct suspect *s, uint32_t consumer, const struct xos_id *id,
		  const struct xos_addr *addr)
{
	struct suspect_watch *w = find(s, id);

	xassert(consumer < s->consumer_n);
	if (!w) {
		w = slot_take(s);
		if (!w)
			return -ENOBUFS;
		*w = (struct suspect_watch){ .id = *id, .gap_ns = s->ping_ns };
		w->heard_ns = env_now(s->env);
	}
	w->addr = *addr;
	w->consumers |= (uint8_t)(1u << consumer);
	if (!env_timer_armed(&s->timer)) {
		s->round_ns = env_now(s->env);
		round_arm(s);
	}
	return 0;
}

void suspect_unwatch(struct suspect *s, uint32_t consumer, const struct xos_id *id)
{
	struct suspect_watch *w = find(s, id);

	xassert(consumer < s->consumer_n);
	if (!w)
		return;
	w->consumers &= (uint8_t) ~(1u << consumer);
	w->state[consumer] = SUSPECT_UP;
}

uint32_t suspect_level(const struct suspect *s, const struct xos_id *id)
{
	const struct suspect_watch *w = find(s, id);

	return w ? level_of(s, w, env_now(s->env)) : 0;
}

enum suspect_state suspect_state(const struct suspect *s, uint32_t consumer,
				 const struct xos_id *id)
{
	const struct suspect_watch *w = find(s, id);

	xassert(consumer < s->consumer_n);
	return w ? (enum suspect_state)w->state[consumer] : SUSPECT_UP;
}

void suspect_heard(struct suspect *s, const struct xos_id *id)
{
	struct suspect_watch *w = find(s, id);

	if (!w)
		return;
	w->heard_ns = env_now(s->env);
	judge(s, (uint32_t)(w - s->watch), w->heard_ns);
}

static void pong_taken(struct suspect *s, const struct xos_id *id)
{
	struct suspect_watch *w = find(s, id);
	uint64_t now = env_now(s->env), gap, off;

	if (!w)
		return;
	s->pongs++;
	if (w->pong_ns) {
		gap = now - w->pong_ns;
		if (gap > GAP_PINGS_MAX * s->ping_ns)
			gap = GAP_PINGS_MAX * s->ping_ns;
		off = gap > w->gap_ns ? gap - w->gap_ns : w->gap_ns - gap;
		w->gap_ns = (w->gap_ns * 7 + gap) / 8;
		w->dev_ns = (w->dev_ns * 7 + off) / 8;
	}
	w->pong_ns = now;
}

bool suspect_recv(struct suspect *s, const struct env_peer *from, const struct wire_header *h)
{
	uint8_t mem[WIRE_SUSPECT_PONG_SIZE_MAX];
	struct buf b = buf_of(mem, sizeof(mem));
	struct wire_suspect_ping in;
	struct wire_suspect_pong out;

	xassert(from && h);
	if (h->type == WIRE_SUSPECT_PONG) {
		if (wire_suspect_pong_body_decode(h, &out))
			s->strange++;
		else
			pong_taken(s, &from->id);
		return true;
	}
	if (h->type != WIRE_SUSPECT_PING)
		return false;
	if (wire_suspect_ping_body_decode(h, &in)) {
		s->strange++;
		return true;
	}
	out = (struct wire_suspect_pong){ .seq = in.seq };
	if (wire_suspect_pong_encode(&out, &b))
		xassert(!"a pong fits its own size");
	env_send_peer(s->env, from, ENV_DGRAM, buf_bytes(&b));
	return true;
}
