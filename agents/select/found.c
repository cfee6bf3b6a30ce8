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

void found_join(struct found_list *l, struct found_list *more)
{
	if (!more->first)
		return;
	if (l->last)
		l->last->next = more->first;
	else
		l->first = more->first;
	l->last = more->last;
	l->n += more->n;
	*more = (struct found_list){ .n = 0 };
}
