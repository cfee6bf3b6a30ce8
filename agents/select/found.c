// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of machines that matched. */
#include <select/forward_priv.h>

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
	return true;
}

void found_free(struct found_list *l, struct pool *pieces)
{
	while (l->first) {
		struct found_piece *p = l->first;

		l->first = p->next;
		pool_put(pieces, p);
	}
	*l = (struct found_list){ .n = 0 };
}

/* Few machines go into the free places of the last piece: most answers are of one machine. */
static bool fits_in(struct found_list *l, const struct found_list *more)
{
	if (!l->last || more->n > FOUND_PIECE - l->last->n)
		return false;
	for (const struct found_piece *p = more->first; p; p = p->next) {
		memcpy(&l->last->v[l->last->n], p->v, p->n * sizeof(p->v[0]));
		l->last->n += p->n;
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

bool found_join_new(struct found_list *l, struct pool *pieces, const struct found_list *more,
		    uint32_t max)
{
	for (const struct found_piece *p = more->first; p; p = p->next) {
		for (uint32_t i = 0; i < p->n && l->n < max; i++) {
			if (!has(l, &p->v[i].peer.id) && !found_add(l, pieces, &p->v[i]))
				return false;
		}
	}
	return true;
}

void found_join(struct found_list *l, struct pool *pieces, struct found_list *more)
{
	if (!more->first)
		return;
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
