// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/sample.h>

#include <string.h>

#include <base/assert.h>

void sample_init(struct sample *s, struct contact *v, uint8_t max)
{
	xassert(max);
	*s = (struct sample){ .v = v, .max = max };
}

static struct contact *find(struct sample *s, const struct xos_id *id)
{
	for (uint32_t i = 0; i < s->n; i++) {
		if (xos_id_eq(&s->v[i].peer.id, id))
			return &s->v[i];
	}
	return NULL;
}

void sample_add(struct sample *s, const struct contact *c)
{
	struct contact *old = find(s, &c->peer.id);

	xassert(s->n <= s->max);
	if (old && (c->version > old->version || (c->version == old->version && c->age < old->age)))
		*old = *c;
	else if (!old && s->n < s->max)
		s->v[s->n++] = *c;
}

void sample_drop(struct sample *s, const struct xos_id *id)
{
	struct contact *c = find(s, id);

	if (c)
		*c = s->v[--s->n];
}

/* Random entries go to the front, and from there into @out. */
static uint32_t choose(struct sample *s, struct env *env, struct contact *out, uint32_t max)
{
	uint32_t n = s->n < max ? s->n : max;

	s->sent_n = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t j = i + (uint32_t)env_random_below(env, s->n - i);
		struct contact c = s->v[j];

		s->v[j] = s->v[i];
		s->v[i] = c;
		out[i] = c;
		s->sent[s->sent_n++] = c.peer.id;
	}
	return n;
}

int sample_begin(struct sample *s, struct env *env, struct contact *partner, struct contact *out)
{
	uint32_t oldest = 0;

	if (!s->n)
		return -1;
	for (uint32_t i = 0; i < s->n; i++) {
		s->v[i].age += s->v[i].age < UINT16_MAX;
		if (s->v[i].age > s->v[oldest].age)
			oldest = i;
	}
	*partner = s->v[oldest];
	s->v[oldest] = s->v[--s->n];
	return (int)choose(s, env, out, SAMPLE_SWAP_MAX - 1);
}

uint32_t sample_answer(struct sample *s, struct env *env, struct contact *out)
{
	xassert(s->max);
	return choose(s, env, out, SAMPLE_SWAP_MAX);
}

/* One of the entries that were given away, if it is still there. */
static struct contact *given_away(struct sample *s)
{
	while (s->sent_n) {
		struct contact *c = find(s, &s->sent[--s->sent_n]);

		if (c)
			return c;
	}
	return NULL;
}

void sample_merge(struct sample *s, const struct xos_id *self, const struct contact *in, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		struct contact *place;

		if (xos_id_eq(&in[i].peer.id, self))
			continue;
		if (s->n < s->max || find(s, &in[i].peer.id)) {
			sample_add(s, &in[i]);
			continue;
		}
		place = given_away(s);
		if (place)
			*place = in[i];
	}
}
