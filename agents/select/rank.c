// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/rank.h>

#include <base/assert.h>
#include <base/be.h>
#include <base/buf.h>
#include <base/mutant.h>
#include <select/eval.h>
#include <select/scalar.h>
#include <select/version.h>

/* First byte of a value in a key, by type; the highest one of all for none. */
#define KEY_MISSING 0xff

void rank_of_query(const struct query *q, struct rank *out)
{
	bool limited = q->limit && q->limit < RANK_MAX;

	*out = (struct rank){ .on = q->mode == QUERY_FIND &&
				    (q->orders_n || q->prefers_n || q->spread.len || q->same.len),
			      .same = q->same.len,
			      .limit = limited ? q->limit : RANK_MAX,
			      .spread_max = q->spread_max };
}

/* --- keys ----------------------------------------------------------------------------- */

static uint32_t score_of(const struct query *q, const struct attr_set *set)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < q->prefers_n; i++) {
		if (query_eval_node(q, q->prefer[i].node, set) == TRI_TRUE)
			sum += q->prefer[i].weight;
	}
	return sum;
}

static void put(struct buf *b, uint8_t byte)
{
	if (b->len < b->cap)
		b->data[b->len++] = byte;
}

/* An end, which is lower than whatever may follow; a zero inside is told apart from it. */
static void put_text(struct buf *b, struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		put(b, text.data[i]);
		if (!text.data[i])
			put(b, 0xff);
	}
	put(b, 0);
	put(b, 0);
}

static void put_value(struct buf *b, const struct attr *a)
{
	uint8_t number[8];

	put(b, (uint8_t)a->type);
	if (a->type == ATTR_STRING) {
		put_text(b, a->text);
	} else if (a->type == ATTR_VERSION) {
		version_key(a->text, b);
	} else {
		be64_store(number, (uint64_t)a->num ^ 1ULL << 63);
		for (uint32_t i = 0; i < sizeof(number); i++)
			put(b, number[i]);
	}
}

uint32_t rank_key(const struct query *q, const struct attr_set *set, uint64_t chance,
		  uint8_t out[QUERY_KEY_MAX])
{
	struct buf b = buf_of(out, QUERY_KEY_MAX);
	uint8_t room[ATTR_STR_MAX], first[8];
	struct attr a;

	if (q->prefers_n) {
		be32_store(first, UINT32_MAX - score_of(q, set));
		for (uint32_t i = 0; i < 4; i++)
			put(&b, first[i]);
	}
	for (uint32_t i = 0; i < q->orders_n; i++) {
		size_t start = b.len;

		if (!scalar_eval(q, q->order[i].scalar, set, room, &a)) {
			put(&b, KEY_MISSING);
			continue;
		}
		put_value(&b, &a);
		for (size_t k = start; q->order[i].descending && k < b.len; k++)
			b.data[k] = (uint8_t)~b.data[k];
	}
	be64_store(first, chance);
	for (uint32_t i = 0; !q->orders_n && i < sizeof(first); i++)
		put(&b, first[i]);
	return (uint32_t)b.len;
}

/* --- order ---------------------------------------------------------------------------- */

int rank_cmp(const struct found *a, const struct found *b)
{
	static const struct found_extra none;
	const struct found_extra *x = a->extra ? a->extra : &none;
	const struct found_extra *y = b->extra ? b->extra : &none;
	int c = bytes_cmp(bytes_of(x->key, x->key_len), bytes_of(y->key, y->key_len));

	return c ? c : xos_id_cmp(&a->peer.id, &b->peer.id);
}

static int cmp_u64(uint64_t a, uint64_t b)
{
	return a == b ? 0 : a < b ? -1 : 1;
}

static uint64_t same_of(const struct found *f)
{
	return f->extra ? f->extra->same : 0;
}

static uint64_t spread_of(const struct found *f)
{
	return f->extra ? f->extra->spread : 0;
}

/* By what has to be the same, then by key. */
static int cmp_group(const struct found *a, const struct found *b)
{
	int c = cmp_u64(same_of(a), same_of(b));

	return c ? c : rank_cmp(a, b);
}

/* By what has to be the same, then by what is spread, then by key. */
static int cmp_spread(const struct found *a, const struct found *b)
{
	int c = cmp_u64(same_of(a), same_of(b));

	c = c ? c : cmp_u64(spread_of(a), spread_of(b));
	return c ? c : rank_cmp(a, b);
}

/* The same machine once more is behind its better key. */
static int cmp_identity(const struct found *a, const struct found *b)
{
	int c = xos_id_cmp(&a->peer.id, &b->peer.id);

	return c ? c : rank_cmp(a, b);
}

typedef int (*cmp_fn)(const struct found *a, const struct found *b);

static void sift(struct found **v, uint32_t i, uint32_t n, cmp_fn cmp)
{
	for (;;) {
		uint32_t child = 2 * i + 1;
		struct found *x = v[i];

		if (child >= n)
			return;
		child += child + 1 < n && cmp(v[child], v[child + 1]) < 0;
		if (cmp(x, v[child]) >= 0)
			return;
		v[i] = v[child];
		v[child] = x;
		i = child;
	}
}

static void sort(struct found **v, uint32_t n, cmp_fn cmp)
{
	for (uint32_t i = n / 2; i-- > 0;)
		sift(v, i, n, cmp);
	for (uint32_t end = n; end > 1; end--) {
		struct found *last = v[end - 1];

		v[end - 1] = v[0];
		v[0] = last;
		sift(v, 0, end - 1, cmp);
	}
}

/* --- what is kept --------------------------------------------------------------------- */

static uint32_t gather(struct found_list *l, struct found **v, uint32_t room)
{
	uint32_t n = 0;

	if (l->n > room)
		return 0;
	for (struct found_piece *p = l->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n; i++)
			v[n++] = &p->v[i];
	}
	return n;
}

static uint32_t without_dropped(struct found **v, uint32_t n)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (!v[i]->drop)
			v[kept++] = v[i];
	}
	return kept;
}

/* Of machines in an order: those behind the first @max of a run are dropped. */
static uint32_t cut_runs(struct found **v, uint32_t n, uint32_t max, bool by_spread)
{
	uint32_t run = 0;

	for (uint32_t i = 0; i < n; i++) {
		bool more = i && same_of(v[i]) == same_of(v[i - 1]) &&
			    (!by_spread || spread_of(v[i]) == spread_of(v[i - 1]));

		run = more ? run + 1 : 1;
		v[i]->drop = run > max;
	}
	return without_dropped(v, n);
}

/* A machine that moved while it was looked for may have answered twice. */
static uint32_t cut_twice(struct found **v, uint32_t n)
{
	sort(v, n, cmp_identity);
	for (uint32_t i = 0; i < n; i++)
		v[i]->drop = i && xos_id_eq(&v[i]->peer.id, &v[i - 1]->peer.id);
	return without_dropped(v, n);
}

/* Sorts the machines of a list and gives how many of them are kept; the others are marked. */
static uint32_t keep(const struct rank *r, struct found_list *l, struct found **v, uint32_t room)
{
	uint32_t all = gather(l, v, room), n = cut_twice(v, all);

	l->count -= all - n < l->count ? all - n : l->count;
	if (r->spread_max && !MUTANT(select_spreads_none)) {
		sort(v, n, cmp_spread);
		n = cut_runs(v, n, r->spread_max, true);
	}
	sort(v, n, cmp_group);
	return cut_runs(v, n, r->limit, false);
}

void rank_trim(const struct rank *r, struct found_list *l, struct found **scratch, uint32_t room,
	       struct pool *pieces)
{
	struct found_list kept = { .tally = l->tally };
	struct rank best = *r;

	if (MUTANT(select_keeps_first))
		best.limit = 1;
	if ((!best.spread_max && l->n <= best.limit) || l->n > room ||
	    keep(&best, l, scratch, room) == l->n)
		return;
	kept.count = l->count;
	for (struct found_piece *p = l->first, *next; p; p = next) {
		for (uint32_t i = 0; i < p->n; i++) {
			if (p->v[i].drop)
				found_extra_put(p->v[i].extra);
		}
		next = p->next;
		found_keep(&kept, pieces, p);
	}
	*l = kept;
}

/* Of groups in a row, the one with most machines; of those, with the best one. */
static uint32_t best_group(struct found **v, uint32_t n, uint32_t *start)
{
	uint32_t best = 0, len;

	for (uint32_t i = 0; i < n; i += len) {
		for (len = 1; i + len < n && same_of(v[i + len]) == same_of(v[i]); len++)
			;
		if (len > best || (len == best && rank_cmp(v[i], v[*start]) < 0)) {
			best = len;
			*start = i;
		}
	}
	return best;
}

uint32_t rank_choose(const struct rank *r, struct found_list *l, struct found **scratch,
		     uint32_t room)
{
	uint32_t n = keep(r, l, scratch, room), start = 0;

	if (!r->same)
		return n;
	n = best_group(scratch, n, &start);
	memmove(scratch, scratch + start, n * sizeof(*scratch));
	return n;
}
