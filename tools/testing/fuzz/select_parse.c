// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The query parser and evaluator on arbitrary text. A query that parses must
 * evaluate to one of three truths, and its nodes and words must lie inside it; a
 * machine has a key in its order.
 */
#include <stddef.h>
#include <stdint.h>

#include <base/assert.h>
#include <select/eval.h>
#include <select/rank.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_set(struct attr_set *set)
{
	static const char *const attrs[][2] = {
		{ "a", "4GiB" }, { "b", "x86_64" }, { "c", "version:6.1" }, { "d", "yes" }
	};
	struct attr a;

	attr_set_init(set);
	for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++) {
		xassert(!attr_parse(bytes_str(attrs[i][0]), bytes_str(attrs[i][1]), &a));
		xassert(!attr_set_put(set, &a));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct attr_set set;
	static struct query q;
	char text[QUERY_ERROR_MAX + 24];
	struct query_error err;
	uint8_t key[QUERY_KEY_MAX];
	enum tri t;

	if (!set.n)
		fuzz_set(&set);
	if (query_parse(bytes_of(data, size), &q, &err)) {
		query_error_format(&err, text, sizeof(text));
		xassert(err.column >= 1 && err.column <= QUERY_TEXT_MAX + 1);
		xassert(err.text[0]);
		return 0;
	}
	xassert(q.nodes <= QUERY_NODES_MAX && q.root < q.nodes && q.words_len <= size);
	for (uint16_t i = 1; i < q.nodes; i++) {
		const struct query_node *n = &q.node[i];

		xassert(n->a < q.nodes && n->b < q.nodes && n->next < q.nodes && n->of < q.nodes);
		xassert(n->text_off + n->text_len <= q.words_len);
	}
	for (uint16_t c = query_conditions(&q); c; c = q.node[c].next)
		xassert(q.node[c].from < q.node[c].to && q.node[c].to <= size);
	xassert(rank_key(&q, &set, size, key) <= sizeof(key));
	t = query_eval(&q, &set);
	xassert(t == TRI_FALSE || t == TRI_UNKNOWN || t == TRI_TRUE);
	return 0;
}
