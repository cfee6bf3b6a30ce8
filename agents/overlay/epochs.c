// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/epochs.h>

#include <errno.h>

#include <base/assert.h>

struct bytes ring_epochs_put(const struct ring_epochs *e, uint8_t *mem)
{
	xassert(e->n <= RING_CLASSES_MAX);
	for (uint32_t i = 0; i < e->n; i++) {
		for (uint32_t k = 0; k < 8; k++)
			mem[8 * i + k] = (uint8_t)(e->v[i] >> (56 - 8 * k));
	}
	return bytes_of(mem, 8u * e->n);
}

void ring_epochs_get(struct ring_epochs *e, struct bytes in)
{
	xassert(e);
	memset(e, 0, sizeof(*e));
	if (in.len % 8 || in.len > RING_EPOCHS_LEN)
		return;
	e->n = (uint8_t)(in.len / 8);
	for (uint32_t i = 0; i < in.len; i++)
		e->v[i / 8] = e->v[i / 8] << 8 | in.data[i];
}

bool ring_agree(const struct ring_said *a, const struct ring_said *b)
{
	xassert(a->class < RING_CLASSES_MAX && b->class < RING_CLASSES_MAX);
	if (a->class >= a->epochs.n || b->class >= a->epochs.n || a->epochs.n != b->epochs.n)
		return false;
	return a->epochs.v[a->class] == b->epochs.v[a->class] &&
	       a->epochs.v[b->class] == b->epochs.v[b->class];
}

uint32_t ring_agreed_most(const struct ring_said *said, uint32_t n)
{
	uint32_t with[RING_CLASSES_MAX] = { 0 }, all = (1u << n) - 1, best = 0;
	bool one = true;

	xassert(n <= RING_CLASSES_MAX);
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < n; k++)
			with[i] |= (uint32_t)(i == k || ring_agree(&said[i], &said[k])) << k;
		one &= with[i] == all;
	}
	if (one)
		return all;
	/* At most 2^7 sets of answers: try them all. */
	for (uint32_t set = 1; set < all; set++) {
		bool good = ring_bits(set) > ring_bits(best);

		for (uint32_t i = 0; i < n && good; i++)
			good = !(set >> i & 1) || !(set & ~with[i]);
		if (good)
			best = set;
	}
	return best;
}

bool ring_agreed(const struct ring_said *said, uint32_t n, uint32_t quorum)
{
	xassert(quorum);
	return ring_bits(ring_agreed_most(said, n)) >= quorum;
}

bool ring_arc_cut(const struct ring_arc *a, const struct ring_arc *b, struct ring_arc *out)
{
	const struct ring_arc *end = a;

	xassert(a && b && out);
	if (a->open ||
	    (!b->open && bytes_cmp(ring_key_bytes(&b->end), ring_key_bytes(&a->end)) < 0))
		end = b;
	*out = (struct ring_arc){ .class = a->class, .epoch = a->epoch, .open = end->open };
	out->end = end->end;
	out->start = a->start;
	if (bytes_cmp(ring_key_bytes(&b->start), ring_key_bytes(&a->start)) > 0)
		out->start = b->start;
	return out->open || bytes_cmp(ring_key_bytes(&out->start), ring_key_bytes(&out->end)) < 0;
}

void ring_map_init(struct ring_map *m, struct arena *arena)
{
	memset(m, 0, sizeof(*m));
	m->seg = arena_alloc(arena, RING_SEGS_MAX * sizeof(*m->seg));
	xassert(m->seg);
}

void ring_map_reset(struct ring_map *m, uint8_t classes, uint64_t epoch)
{
	xassert(classes <= RING_CLASSES_MAX);
	m->n = classes;
	m->bytes = 0;
	for (uint8_t c = 0; c < classes; c++)
		m->seg[c] = (struct ring_seg){ .class = c, .epoch = epoch };
}

/* The entry that covers a key; all keys are covered, when the class is known. */
static uint32_t seg_find(const struct ring_map *m, uint8_t class, struct bytes key)
{
	uint32_t at = m->n;

	for (uint32_t i = 0; i < m->n; i++) {
		if (m->seg[i].class == class &&
		    bytes_cmp(ring_key_bytes(&m->seg[i].start), key) <= 0)
			at = i;
	}
	xassert(at <= m->n);
	return at;
}

uint64_t ring_map_get(const struct ring_map *m, uint8_t class, struct bytes key)
{
	uint32_t at = seg_find(m, class, key);

	xassert(class < RING_CLASSES_MAX);
	return at < m->n ? m->seg[at].epoch : 0;
}

bool ring_map_next(const struct ring_map *m, int class, struct bytes key, struct bytes *next)
{
	bool found = false;

	xassert(next);
	for (uint32_t i = 0; i < m->n; i++) {
		struct bytes start = ring_key_bytes(&m->seg[i].start);

		if ((class >= 0 && m->seg[i].class != class) || bytes_cmp(start, key) <= 0 ||
		    (found && bytes_cmp(start, *next) >= 0))
			continue;
		found = true;
		*next = start;
	}
	return found;
}

uint64_t ring_map_range(const struct ring_map *m, uint8_t class, const struct ring_arc *a,
			uint64_t *least)
{
	uint32_t at = seg_find(m, class, ring_key_bytes(&a->start));
	uint64_t lo = UINT64_MAX, hi = 0;

	xassert(class < RING_CLASSES_MAX);
	for (; at < m->n && m->seg[at].class == class; at++) {
		const struct ring_seg *s = &m->seg[at];

		if (!a->open && bytes_cmp(ring_key_bytes(&s->start), ring_key_bytes(&a->end)) >= 0)
			break;
		lo = s->epoch < lo ? s->epoch : lo;
		hi = s->epoch > hi ? s->epoch : hi;
	}
	if (least)
		*least = lo;
	return hi;
}

/* Let an entry begin at a key. Return: which. */
static uint32_t seg_split(struct ring_map *m, uint8_t class, struct bytes key)
{
	uint32_t at = seg_find(m, class, key);

	xassert(at < m->n && m->n < RING_SEGS_MAX);
	if (bytes_eq(ring_key_bytes(&m->seg[at].start), key))
		return at;
	memmove(&m->seg[at + 1], &m->seg[at], (m->n - at) * sizeof(m->seg[0]));
	m->n++;
	ring_key_set(&m->seg[at + 1].start, key);
	m->bytes += (uint32_t)key.len;
	return at + 1;
}

/* Entries that say the same are one. */
static void seg_join(struct ring_map *m)
{
	uint32_t n = 0;

	xassert(m->n <= RING_SEGS_MAX);
	m->bytes = 0;
	for (uint32_t i = 0; i < m->n; i++) {
		if (n && m->seg[n - 1].class == m->seg[i].class &&
		    m->seg[n - 1].epoch == m->seg[i].epoch)
			continue;
		if (n != i)
			m->seg[n] = m->seg[i];
		m->bytes += m->seg[n++].start.len;
	}
	m->n = n;
}

int ring_map_note(struct ring_map *m, uint8_t class, const struct ring_arc *a, uint64_t epoch)
{
	uint64_t least;
	uint32_t from;

	ring_map_range(m, class, a, &least);
	if (least >= epoch)
		return 0;
	if (m->n + 2 >= RING_SEGS_MAX || m->bytes + a->start.len + a->end.len > RING_SEG_BYTES_MAX)
		return -ENOBUFS;
	from = seg_split(m, class, ring_key_bytes(&a->start));
	if (!a->open)
		seg_split(m, class, ring_key_bytes(&a->end));
	xassert(from < m->n);
	for (; from < m->n && m->seg[from].class == class; from++) {
		if (!a->open &&
		    bytes_cmp(ring_key_bytes(&m->seg[from].start), ring_key_bytes(&a->end)) >= 0)
			break;
		if (m->seg[from].epoch < epoch)
			m->seg[from].epoch = epoch;
	}
	seg_join(m);
	return 1;
}

void ring_map_trim(struct ring_map *m, const struct ring_arc *a)
{
	uint8_t classes = m->n ? (uint8_t)(m->seg[m->n - 1].class + 1) : 0;

	xassert(classes <= RING_CLASSES_MAX);
	for (uint8_t c = 0; c < classes; c++) {
		/* No room to be exact: then what is known of others' keys may stay. */
		if (m->n + 2 >= RING_SEGS_MAX)
			return;
		seg_split(m, c, ring_key_bytes(&a->start));
		if (!a->open)
			seg_split(m, c, ring_key_bytes(&a->end));
	}
	for (uint32_t i = 0; i < m->n; i++) {
		struct ring_seg *s = &m->seg[i];

		if (!ring_arc_has(a, ring_key_bytes(&s->start)))
			s->epoch = 0;
	}
	seg_join(m);
}
