// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of machines that matched. */
#include <select/forward_priv.h>

void found_extra_put(struct found_extra *e)
{
	if (e)
		pool_put(e->home, e);
}

bool found_add(struct found_list *l, struct pool *pieces, const struct found *f)
{
	struct found_piece *p = l->last;

	if (!p || p->n == FOUND_PIECE) {
		p = pool_get(pieces);
		if (!p)
			return false;
		if (l->last)
			l->last->next = p;
		else
			l->first = p;
		l->last = p;
	}
	p->v[p->n++] = *f;
	l->n++;
	l->count++;
	return true;
}

void found_free(struct found_list *l, struct pool *pieces)
{
	while (l->first) {
		struct found_piece *p = l->first;

		l->first = p->next;
		for (uint32_t i = 0; i < p->n; i++)
			found_extra_put(p->v[i].extra);
		pool_put(pieces, p);
	}
	if (l->tally)
		pool_put(l->tally->home, l->tally);
	*l = (struct found_list){ .n = 0 };
}

/* Few machines go into the free places of the last piece: most answers are of one machine. */
static bool fits_in(struct found_list *l, struct found_list *more)
{
	if (!l->last || more->n > FOUND_PIECE - l->last->n)
		return false;
	for (struct found_piece *p = more->first; p; p = p->next) {
		memcpy(&l->last->v[l->last->n], p->v, p->n * sizeof(p->v[0]));
		l->last->n += p->n;
		/* What was copied took its extra along. */
		p->n = 0;
	}
	l->n += more->n;
	return true;
}

static bool has(const struct found_list *l, const struct xos_id *id)
{
	for (const struct found_piece *p = l->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n; i++) {
			if (xos_id_eq(&p->v[i].peer.id, id))
				return true;
		}
	}
	return false;
}

bool found_join_new(struct found_list *l, struct pool *pieces, struct found_list *more,
		    uint32_t max)
{
	for (struct found_piece *p = more->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n && l->n < max; i++) {
			if (has(l, &p->v[i].peer.id))
				continue;
			if (!found_add(l, pieces, &p->v[i]))
				return false;
			p->v[i].extra = NULL;
		}
	}
	return true;
}

void found_keep(struct found_list *l, struct pool *pieces, struct found_piece *p)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->n; i++) {
		if (!p->v[i].drop)
			p->v[n++] = p->v[i];
	}
	p->n = n;
	p->next = NULL;
	l->n += n;
	if (l->last && n <= FOUND_PIECE - l->last->n) {
		memcpy(&l->last->v[l->last->n], p->v, n * sizeof(p->v[0]));
		l->last->n += n;
		pool_put(pieces, p);
		return;
	}
	if (l->last)
		l->last->next = p;
	else
		l->first = p;
	l->last = p;
}

/* The counts of @more are added; its tally becomes that of @l when there is none yet. */
static void tally_join(struct found_list *l, struct found_list *more)
{
	struct found_tally *t = l->tally, *m = more->tally;

	l->count += MUTANT(select_counts_kept) ? more->n : more->count;
	if (!m)
		return;
	more->tally = NULL;
	if (!t) {
		l->tally = m;
		return;
	}
	t->machines += m->machines;
	t->refused += m->refused;
	t->n = m->n > t->n ? m->n : t->n;
	for (uint32_t i = 0; i < m->n; i++) {
		t->v[i].removed += m->v[i].removed;
		t->v[i].untrue += m->v[i].untrue;
		t->v[i].unknown += m->v[i].unknown;
	}
	pool_put(m->home, m);
}

void found_join(struct found_list *l, struct pool *pieces, struct found_list *more)
{
	tally_join(l, more);
	if (!more->first) {
		*more = (struct found_list){ .n = 0 };
		return;
	}
	if (fits_in(l, more)) {
		found_free(more, pieces);
		return;
	}
	if (l->last)
		l->last->next = more->first;
	else
		l->first = more->first;
	l->last = more->last;
	l->n += more->n;
	*more = (struct found_list){ .n = 0 };
}
