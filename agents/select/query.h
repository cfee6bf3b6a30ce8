/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The query language: a text becomes a tree in memory of fixed size, which is
 * evaluated against the attributes of a machine.
 *
 *	query   = [expr] clause*
 *	expr    = term ("or" term)*
 *	term    = factor ("and" factor)*
 *	factor  = "not" factor | "(" expr ")" | "true" | "false" | "has" NAME | test
 *	test    = scalar ("==" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "~>") VALUE
 *	        | scalar ["not"] "in" (VALUE (".." | "..<") [VALUE] | ".." VALUE)
 *	        | scalar ["not"] "in" "(" VALUE ("," VALUE)* ")"
 *	        | scalar ["not"] ("~" GLOB | "matches" REGEX)
 *	        | scalar ["not"] ("starts" | "ends") ["with"] VALUE
 *	        | scalar ["not"] "contains" (VALUE | ("all" | "any") "(" VALUE ("," VALUE)* ")")
 *	scalar  = product (("+" | "-") product)*
 *	product = operand (("*" | "/") operand)*
 *	operand = NAME | NUMBER | FUNCTION "(" scalar ("," VALUE)* ")" | "(" scalar ")"
 *	clause  = "limit" N | "min" N | "count" | "explain" | "fresh" TIME | "deadline" TIME
 *	        | "order" "by" scalar ["asc" | "desc"] ("," scalar ["asc" | "desc"])*
 *	        | "prefer" expr ["weight" N] | "spread" NAME "max" N | "same" NAME
 *	        | "after" CURSOR | "show" NAME ("," NAME)*
 *	        | "with" NAME "=" VALUE ("," NAME "=" VALUE)* | "claim" TIME "as" VALUE
 *
 * "count" and "explain" may also come first.
 *
 * A test does not begin with a parenthesis: there it holds an expression. Signs
 * of arithmetic have spaces around them, as names may hold them too.
 * Names and keywords may be in any case; values mind their case.
 */
#ifndef _XOS_SELECT_QUERY_H
#define _XOS_SELECT_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include <base/bytes.h>
#include <select/attr.h>
#include <select/number.h>

/* Bytes of a query. */
#define QUERY_TEXT_MAX	      4096
/* Operators, tests and values in one query; place 0 means "none". */
#define QUERY_NODES_MAX	      256
/* Parentheses and "not" inside one another. */
#define QUERY_DEPTH_MAX	      32
/* Largest number after "limit" and "min". */
#define QUERY_COUNT_MAX	      1000000
/* Scalars after "order by", clauses "prefer" and their weight, pairs after "with". */
#define QUERY_ORDERS_MAX      4
#define QUERY_PREFERS_MAX     8
#define QUERY_WEIGHT_MAX      1000
#define QUERY_WITH_MAX	      16
/* Attributes after "show". */
#define QUERY_SHOW_MAX	      8
/* Time after "fresh" and "deadline". */
#define QUERY_FRESH_MIN_MS    100
#define QUERY_FRESH_MAX_MS    86400000
#define QUERY_DEADLINE_MAX_MS 20000
/* Time after "claim", bytes of the name of a job, and machines of one claim. */
#define QUERY_CLAIM_MIN_MS    1000
#define QUERY_CLAIM_MAX_MS    86400000
#define QUERY_JOB_MAX	      63
#define QUERY_CLAIM_MAX	      256
/* Bytes of what machines are ordered by, and of a cursor: of these, an identity, a checksum. */
#define QUERY_KEY_MAX	      48
#define QUERY_CURSOR_MAX      (QUERY_KEY_MAX + 16 + 4)

/**
 * enum query_kind - what a node of the tree is
 * @QUERY_CONST: true or false (@op)
 * @QUERY_AND: all of the children of @a
 * @QUERY_OR: any of the children of @a
 * @QUERY_NOT: the opposite of @a
 * @QUERY_HAS: the attribute is there
 * @QUERY_CMP: the attribute compared (@op) with value @a
 * @QUERY_RANGE: the attribute is at least @a and at most @b; either may be 0
 * @QUERY_LIST: the attribute equals one of the values from @a on
 * @QUERY_GLOB: the text of the attribute matches pattern @a
 * @QUERY_REGEX: a part of it matches the regular expression @a
 * @QUERY_STARTS: it begins with @a
 * @QUERY_ENDS: it ends with @a
 * @QUERY_WORDS: of its words, parted by spaces and commas, @op (enum query_words) is in
 *	the values from @a on
 * @QUERY_VALUE: a value
 * @QUERY_ATTR: the value of an attribute
 * @QUERY_CALL: function @op (enum query_func) of @a, and values behind it
 * @QUERY_ARITH: @a and @b joined by @op, a sign
 */
enum query_kind {
	QUERY_CONST,
	QUERY_AND,
	QUERY_OR,
	QUERY_NOT,
	QUERY_HAS,
	QUERY_CMP,
	QUERY_RANGE,
	QUERY_LIST,
	QUERY_GLOB,
	QUERY_REGEX,
	QUERY_STARTS,
	QUERY_ENDS,
	QUERY_WORDS,
	QUERY_VALUE,
	QUERY_ATTR,
	QUERY_CALL,
	QUERY_ARITH,
};

/**
 * enum query_op - comparison of QUERY_CMP
 * @QUERY_ABOUT: a version that is not older, and the same but for its last number
 *
 * Of QUERY_RANGE: QUERY_LT when the upper end is outside, else QUERY_LE.
 */
enum query_op { QUERY_EQ, QUERY_NE, QUERY_LT, QUERY_LE, QUERY_GT, QUERY_GE, QUERY_ABOUT };

/**
 * enum query_words - what QUERY_WORDS asks for
 */
enum query_words { QUERY_ANY, QUERY_ALL };

/**
 * enum query_func - functions
 * @QUERY_LOWER: text in lower case
 * @QUERY_UPPER: text in upper case
 * @QUERY_LENGTH: bytes of a text
 * @QUERY_SUBSTR: text from a byte on (0 is the first), so many bytes if that is given
 * @QUERY_VERSION: text in the order of versions
 * @QUERY_NUMBER: text read as a number with unit
 */
enum query_func {
	QUERY_LOWER,
	QUERY_UPPER,
	QUERY_LENGTH,
	QUERY_SUBSTR,
	QUERY_VERSION,
	QUERY_NUMBER,
	QUERY_FUNCS
};

/**
 * struct query_node - a node of the tree
 * @num: value read as a number, when @numeric
 * @kind: enum query_kind
 * @op: enum query_op, or the constant
 * @numeric: the value is a number (bare, not quoted)
 * @text_len: bytes of the name or value
 * @text_off: where the name (tests) or value lies in the words of the query
 * @from: where it begins in the text of the query, for conditions
 * @to: and ends
 * @of: the scalar that is tested, 0 for the attribute of that name
 * @a: first child
 * @b: second child
 * @next: next child of the same parent
 */
struct query_node {
	struct number num;
	uint8_t kind;
	uint8_t op;
	bool numeric;
	uint16_t text_len;
	uint16_t text_off;
	uint16_t from;
	uint16_t to;
	uint16_t of;
	uint16_t a;
	uint16_t b;
	uint16_t next;
};

/**
 * struct query_word - a name, folded
 * @off: where it lies in the words of the query
 * @len: its bytes, 0 when it is not given
 */
struct query_word {
	uint16_t off;
	uint16_t len;
};

/**
 * enum query_mode - what is wanted
 * @QUERY_FIND: machines
 * @QUERY_COUNT: how many there are
 * @QUERY_EXPLAIN: how many, and which condition removed how many
 */
enum query_mode { QUERY_FIND, QUERY_COUNT, QUERY_EXPLAIN };

/**
 * struct query - a parsed query; may be copied
 * @root: the expression; 0 when the query names none and every machine matches
 * @nodes: nodes in use, node 0 included
 * @words_len: bytes of @words in use
 * @clauses: where the first clause begins, from 1; 0 when there is none
 * @mode: what is wanted
 * @limit: machines wanted at most, 0 when not given
 * @min: machines needed at least, 0 when not given
 * @spread_max: machines with the same value of @spread at most
 * @fresh_ms: how long ago the attributes may have been read, 0 for any time
 * @deadline_ms: time for the answer, 0 when not given
 * @claim_ms: how long what is found is reserved for a job, 0 when it is not
 * @job: node of the name of that job
 * @orders_n: in @order
 * @prefers_n: in @prefer
 * @show_n: in @show
 * @with_n: in @with
 * @cursor_len: bytes of @cursor, 0 when not given
 * @order_hash: of the text after "order by" and "prefer", for the cursor
 * @spread: attribute whose values are spread
 * @same: attribute that all machines have the same value of
 * @order: what to order by: scalars, and whether the largest comes first
 * @prefer: conditions, and what they weigh
 * @show: attributes that are shown of what is found
 * @with: what the job says of itself: names, and nodes of values
 * @cursor: the last machine that was shown: checksum of the order, key, identity
 * @node: the tree
 * @words: names, folded, and values, without quotes
 */
struct query {
	uint16_t root;
	uint16_t nodes;
	uint16_t words_len;
	uint16_t clauses;
	enum query_mode mode;
	uint32_t limit;
	uint32_t min;
	uint32_t spread_max;
	uint32_t fresh_ms;
	uint32_t deadline_ms;
	uint32_t claim_ms;
	uint16_t job;
	uint8_t orders_n;
	uint8_t prefers_n;
	uint8_t show_n;
	uint8_t with_n;
	uint8_t cursor_len;
	uint32_t order_hash;
	struct query_word spread;
	struct query_word same;
	struct {
		uint16_t scalar;
		bool descending;
	} order[QUERY_ORDERS_MAX];
	struct {
		uint16_t node;
		uint16_t weight;
	} prefer[QUERY_PREFERS_MAX];
	struct query_word show[QUERY_SHOW_MAX];
	struct {
		struct query_word name;
		uint16_t value;
	} with[QUERY_WITH_MAX];
	uint8_t cursor[QUERY_CURSOR_MAX];
	struct query_node node[QUERY_NODES_MAX];
	uint8_t words[QUERY_TEXT_MAX];
};

#define QUERY_ERROR_MAX 160

/**
 * struct query_error - why a text is no query
 * @column: character at which it goes wrong, from 1
 * @text: reason, without the column, NUL-terminated
 */
struct query_error {
	uint32_t column;
	char text[QUERY_ERROR_MAX];
};

/**
 * query_parse() - read a query
 * @text: text, QUERY_TEXT_MAX bytes at most
 * @out: result; undefined on failure
 * @err: filled on failure
 *
 * Return: 0, or -EINVAL.
 */
int query_parse(struct bytes text, struct query *out, struct query_error *err);

/**
 * query_parse_expr() - read an expression, without clauses
 * @text: text, QUERY_TEXT_MAX bytes at most
 * @out: result; undefined on failure
 * @err: filled on failure
 *
 * Return: 0, or -EINVAL.
 */
int query_parse_expr(struct bytes text, struct query *out, struct query_error *err);

/**
 * query_error_format() - write "column 12: reason"
 * @err: error
 * @out: memory of the caller
 * @size: its size, at least QUERY_ERROR_MAX + 24
 */
void query_error_format(const struct query_error *err, char *out, size_t size);

static inline struct bytes query_text(const struct query *q, const struct query_node *n)
{
	return bytes_of(q->words + n->text_off, n->text_len);
}

static inline struct bytes query_word(const struct query *q, const struct query_word *w)
{
	return bytes_of(q->words + w->off, w->len);
}

/**
 * query_conditions() - the conditions that are joined by "and" at the top
 * @q: query
 *
 * Return: the first one, others follow as @next; 0 when there is none.
 */
static inline uint16_t query_conditions(const struct query *q)
{
	return q->node[q->root].kind == QUERY_AND ? q->node[q->root].a : q->root;
}

#endif
