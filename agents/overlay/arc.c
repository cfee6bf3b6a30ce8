// SPDX-License-Identifier: GPL-2.0-or-later
/* Arcs: on the wire, how wide, and where to split one. */
#include <overlay/ring_priv.h>

/* Until there are items to go by, keys are taken for words. */
#define WORD_FIRST 'a'
#define WORD_END   ('z' + 1)

struct wire_ring_arc ring_arc_wire(const struct ring_arc *a)
{
	xassert(a->class < RING_CLASSES_MAX);
	return (struct wire_ring_arc){
		.class = a->class,
		.epoch = a->epoch,
		.start = ring_key_bytes(&a->start),
		.end = ring_key_bytes(&a->end),
		.has_end = !a->open,
	};
}

void ring_arc_get(struct ring_arc *out, const struct wire_ring_arc *in)
{
	xassert(in->class < RING_CLASSES_MAX);
	out->class = in->class;
	out->epoch = in->epoch;
	out->open = !in->has_end;
	ring_key_set(&out->start, in->start);
	ring_key_set(&out->end, in->has_end ? in->end : bytes_of(NULL, 0));
}

/* The first seven bytes of a key as a number, so that the end of all keys has one too. */
static uint64_t key_number(const struct ring_key *k, bool end_of_all)
{
	uint64_t v = 0;

	xassert(k->len <= RING_KEY_MAX);
	if (end_of_all)
		return 1ULL << 56;
	for (uint32_t i = 0; i < 7; i++)
		v = v << 8 | (i < k->len ? k->b[i] : 0);
	return v;
}

/* How much of the keys an arc holds, as far as can be told without items. */
uint64_t ring_arc_width(const struct ring_arc *a)
{
	uint64_t lo = key_number(&a->start, false), hi = key_number(&a->end, a->open);
	uint64_t first = (uint64_t)WORD_FIRST << 48, end = (uint64_t)WORD_END << 48;
	uint64_t words_lo = lo > first ? lo : first, words_hi = hi < end ? hi : end;

	xassert(hi >= lo);
	/* Any part of the words outweighs what lies outside of them. */
	return ((words_lo < words_hi ? words_hi - words_lo : 0) << 6) + ((hi - lo) >> 8);
}

/* The shortest prefix of @m above @a; false when @m is not between @a and the arc's end. */
static bool shorten(const struct ring_arc *a, struct bytes above, struct bytes m,
		    struct ring_key *at)
{
	xassert(at);
	if (m.len > RING_KEY_MAX || bytes_cmp(m, above) <= 0 || !ring_arc_has(a, m))
		return false;
	for (size_t len = 1; len <= m.len; len++) {
		if (bytes_cmp(bytes_of(m.data, len), above) <= 0)
			continue;
		ring_key_set(at, bytes_of(m.data, len));
		return true;
	}
	return false;
}

static uint8_t key_byte(const struct ring_key *k, uint32_t i)
{
	return i < k->len ? k->b[i] : 0;
}

/* Half-way between two keys, read as fractions in base 256. */
static bool middle(const struct ring_arc *a, const struct ring_key *lo, const struct ring_key *hi,
		   bool hi_open, struct ring_key *at)
{
	uint32_t len = (lo->len > hi->len ? lo->len : hi->len) + 1u, carry = hi_open;
	uint8_t m[RING_KEY_MAX + 1];
	uint32_t sum = 0;

	xassert(len <= sizeof(m));
	/* Sum from the last digit, then halve from the first. */
	for (uint32_t i = len; i-- > 0;) {
		sum += key_byte(lo, i) + (hi_open ? 0u : key_byte(hi, i));
		m[i] = (uint8_t)sum;
		sum >>= 8;
	}
	carry += sum;
	for (uint32_t i = 0; i < len; i++) {
		uint32_t digit = carry << 8 | m[i];

		m[i] = (uint8_t)(digit >> 1);
		carry = digit & 1;
	}
	if (len > RING_KEY_MAX)
		len = RING_KEY_MAX;
	return shorten(a, ring_key_bytes(&a->start), bytes_of(m, len), at);
}

/**
 * struct median - a scan that stops at the middle item
 * @left: items before the one wanted
 * @found: it was reached
 * @prev: key before it
 * @key: its key
 */
struct median {
	uint64_t left;
	bool found;
	struct ring_key prev;
	struct ring_key key;
};

static bool median_visit(void *ctx, struct bytes key, struct bytes value)
{
	struct median *m = ctx;

	xassert(key.len >= 2);
	ring_key_set(m->left ? &m->prev : &m->key, bytes_of(key.data + 2, key.len - 2));
	if (m->left) {
		m->left--;
		return true;
	}
	m->found = true;
	return false;
}

static int arc_scan(struct ring *ring, store_visit_fn visit, void *ctx)
{
	const struct ring_arc *a = &ring->hard.arc;
	uint8_t from[PAGE_KEY_MAX], to[PAGE_KEY_MAX];
	struct bytes last = page_key(a->class, ring_key_bytes(&a->end), to);

	xassert(ring->hard.has_arc);
	if (a->open) {
		to[1] = (uint8_t)(a->class + 1);
		last.len = 2;
	}
	return store_scan(ring->store, page_key(a->class, ring_key_bytes(&a->start), from), last,
			  visit, ctx);
}

/*
 * Where the upper part of the node's arc begins when it is split: at the
 * median of its items, or half-way between its ends when there are none.
 */
bool ring_arc_split(struct ring *ring, struct ring_key *at)
{
	const struct ring_arc *a = &ring->hard.arc;
	struct ring_key lo = { .len = 1, .b = { WORD_FIRST } };
	struct ring_key hi = { .len = 1, .b = { WORD_END } };
	struct median m = { .left = ring->items / 2 };

	xassert(ring->hard.has_arc);
	if (ring->items >= 2 && !arc_scan(ring, median_visit, &m) && m.found &&
	    shorten(a, ring_key_bytes(&m.prev), ring_key_bytes(&m.key), at) &&
	    bytes_cmp(ring_key_bytes(at), ring_key_bytes(&a->start)) > 0)
		return true;
	if (bytes_cmp(ring_key_bytes(&a->start), ring_key_bytes(&lo)) > 0)
		lo = a->start;
	if (!a->open && bytes_cmp(ring_key_bytes(&a->end), ring_key_bytes(&hi)) < 0)
		hi = a->end;
	if (bytes_cmp(ring_key_bytes(&lo), ring_key_bytes(&hi)) < 0 &&
	    middle(a, &lo, &hi, false, at))
		return true;
	return middle(a, &a->start, &a->end, a->open, at);
}

static bool count_visit(void *ctx, struct bytes key, struct bytes value)
{
	uint64_t *n = ctx;

	xassert(key.len >= 2);
	++*n;
	return true;
}

/* Items in the node's arc, counted in the store. */
uint64_t ring_arc_count(struct ring *ring)
{
	uint64_t n = 0;

	if (ring->hard.has_arc && arc_scan(ring, count_visit, &n))
		ring_fail(ring, "cannot read the store");
	return n;
}
