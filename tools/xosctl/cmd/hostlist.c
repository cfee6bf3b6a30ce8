// SPDX-License-Identifier: GPL-2.0-or-later
#include "hostlist.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Digits of a number that is joined with others; a longer one is a part of the name. */
#define DIGITS_MAX 18

int hostlist_add(struct hostlist *l, struct bytes name)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 64;
		void *v = realloc(l->v, cap * sizeof(*l->v));

		if (!v)
			return -ENOMEM;
		l->v = v;
		l->cap = cap;
	}
	snprintf(l->v[l->n++], sizeof(*l->v), "%.*s", (int)name.len, (const char *)name.data);
	return 0;
}

void hostlist_free(struct hostlist *l)
{
	free(l->v);
	*l = (struct hostlist){ .n = 0 };
}

/* Bytes before the number at the end of a name. */
static size_t stem(const char *name)
{
	size_t len = strlen(name), n = len;

	while (n && len - n < DIGITS_MAX && name[n - 1] >= '0' && name[n - 1] <= '9')
		n--;
	return n;
}

static uint64_t number(const char *name)
{
	return strtoull(name + stem(name), NULL, 10);
}

/* The same but for the number, and as many digits: [08-11] is four names of one length. */
static bool joins(const char *a, const char *b)
{
	size_t n = stem(a);

	return a[n] && n == stem(b) && strlen(a) == strlen(b) && !memcmp(a, b, n);
}

/* By what is before the number, by its digits, by the number. */
static int compare(const void *x, const void *y)
{
	const char *a = x, *b = y;
	size_t na = stem(a), nb = stem(b);
	int c = memcmp(a, b, na < nb ? na : nb);

	if (c || na != nb)
		return c ? c : na < nb ? -1 : 1;
	if (strlen(a) != strlen(b))
		return strlen(a) < strlen(b) ? -1 : 1;
	return strcmp(a + na, b + na);
}

static bool follows(const char *a, const char *b)
{
	return joins(a, b) && number(b) == number(a) + 1;
}

/* Of names that join, from @i to before @end: runs of numbers. */
static void print_numbers(const struct hostlist *l, size_t i, size_t end)
{
	const char *sep = "";

	while (i < end) {
		size_t last = i;

		while (last + 1 < end && follows(l->v[last], l->v[last + 1]))
			last++;
		printf("%s%s", sep, l->v[i] + stem(l->v[i]));
		if (last > i)
			printf("-%s", l->v[last] + stem(l->v[last]));
		sep = ",";
		i = last + 1;
	}
}

void hostlist_print_slurm(struct hostlist *l)
{
	size_t end;

	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), compare);
	for (size_t i = 0; i < l->n; i = end) {
		for (end = i + 1; end < l->n && joins(l->v[i], l->v[end]); end++)
			;
		if (i)
			putchar(',');
		if (end == i + 1) {
			fputs(l->v[i], stdout);
			continue;
		}
		printf("%.*s[", (int)stem(l->v[i]), l->v[i]);
		print_numbers(l, i, end);
		putchar(']');
	}
	if (l->n)
		putchar('\n');
}
