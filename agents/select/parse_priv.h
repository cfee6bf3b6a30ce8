/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the files of the parser: parse.c, parse_value.c, parse_scalar.c, parse_clause.c. */
#ifndef _XOS_SELECT_PARSE_PRIV_H
#define _XOS_SELECT_PARSE_PRIV_H

#include <base/id.h>
#include <select/lex.h>
#include <select/query.h>

/**
 * struct parser - a parse under way
 * @text: query text
 * @tok: token that is looked at
 * @after: what came before @tok, for error messages
 * @q: tree being built
 * @err: first error
 * @depth: nesting
 * @cursor_pos: where the cursor is
 * @claim_pos: where the time of a claim is
 */
struct parser {
	struct bytes text;
	struct lex_token tok;
	struct bytes after;
	struct query *q;
	struct query_error *err;
	uint32_t depth;
	uint32_t cursor_pos;
	uint32_t claim_pos;
};

/* Report "MSG 'EXCERPT'" at an offset. */
int parse_fail_at(struct parser *p, uint32_t pos, const char *msg, struct bytes excerpt);

/* Report "expected WHAT after 'the token before'". */
int parse_expected(struct parser *p, const char *what);

/* To the next token; a look at the one behind it. */
void parse_step(struct parser *p);
void parse_peek(const struct parser *p, struct lex_token *out);

/* Is the token this keyword? Step over it if it is. */
bool parse_is(const struct parser *p, const char *keyword);
bool parse_take(struct parser *p, const char *keyword);

/* A new node; a byte of its words. */
int parse_node(struct parser *p, enum query_kind kind, uint16_t *out);
void parse_byte(struct parser *p, uint8_t c);

/* parse_value.c: the name of an attribute, copied and folded; a value; what is asked of a scalar. */
int parse_name(struct parser *p, uint16_t *off, uint16_t *len);
int parse_value(struct parser *p, const char *what, uint16_t *out);
int parse_list(struct parser *p, uint16_t *link);
bool parse_at_value(const struct parser *p);
int parse_test(struct parser *p, struct query_node *n, bool negated);

/* parse_scalar.c: what is tested or ordered by; an attribute alone stays in the test itself. */
int parse_scalar(struct parser *p, uint16_t *out);
int parse_tested(struct parser *p, struct query_node *test);

/* parse_clause.c: what follows the expression; a "count" or "explain" before it. */
int parse_mode(struct parser *p);
int parse_clauses(struct parser *p);
bool parse_at_clause(const struct parser *p);

/* parse.c: a whole expression. */
int parse_expr(struct parser *p, uint16_t *out);

#endif
