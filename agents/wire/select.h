/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/select.yaml
 * by scripts/gen.
 *
 * A machine is asked whether it matches a query, and answers for itself from the
 * attributes that it has at that moment.
 */
#ifndef _XOS_WIRE_SELECT_H
#define _XOS_WIRE_SELECT_H

#include <wire/wire.h>
#include <wire/common.h>

/* Longest query, in bytes. */
#define WIRE_SELECT_TEXT_MAX 4096

/**
 * enum wire_select_verdict - What a machine says
 * @WIRE_SELECT_VERDICT_NO: It does not match.
 * @WIRE_SELECT_VERDICT_UNKNOWN: It cannot say, as it lacks an attribute; that is no
 *   match.
 * @WIRE_SELECT_VERDICT_YES: It matches.
 * @WIRE_SELECT_VERDICT_MALFORMED: It does not understand the query.
 */
enum wire_select_verdict {
	WIRE_SELECT_VERDICT_NO = 0,
	WIRE_SELECT_VERDICT_UNKNOWN = 1,
	WIRE_SELECT_VERDICT_YES = 2,
	WIRE_SELECT_VERDICT_MALFORMED = 3,
};

/**
 * wire_select_verdict_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_select_verdict_name(uint64_t value);

#define WIRE_SELECT_QUERY_TEXT_LEN_MAX 4096

/**
 * struct wire_select_query - Do you match?
 * @query_id: Chosen by who asks, returned in the answer
 * @text: The query; its clauses are for who asks (at most 4096 bytes, UTF-8)
 */
struct wire_select_query {
	uint64_t query_id;
	struct bytes text;
};

extern const struct wire_set wire_select_query_set;

/**
 * struct wire_select_answer - What the machine says
 * @query_id: From the query
 * @verdict: What it says (enum wire_select_verdict)
 */
struct wire_select_answer {
	uint64_t query_id;
	uint8_t verdict;
};

extern const struct wire_set wire_select_answer_set;

/* A whole select-query message is never longer. */
#define WIRE_SELECT_QUERY_SIZE_MAX 4132

extern const struct wire_msg wire_select_query_msg;

/**
 * wire_select_query_encode() - append a whole message: Do you match?
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_select_query_encode(const struct wire_select_query *m, struct buf *out)
{
	return wire_encode(&wire_select_query_msg, m, out);
}

/**
 * wire_select_query_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_query_decode(struct bytes in, struct wire_select_query *m)
{
	return wire_decode(&wire_select_query_msg, in, m);
}

/**
 * wire_select_query_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_query_body_decode(const struct wire_header *h,
						struct wire_select_query *m)
{
	return wire_body_decode(&wire_select_query_msg, h, m);
}

/* A whole select-answer message is never longer. */
#define WIRE_SELECT_ANSWER_SIZE_MAX 37

extern const struct wire_msg wire_select_answer_msg;

/**
 * wire_select_answer_encode() - append a whole message: What the machine says
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_select_answer_encode(const struct wire_select_answer *m, struct buf *out)
{
	return wire_encode(&wire_select_answer_msg, m, out);
}

/**
 * wire_select_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_answer_decode(struct bytes in, struct wire_select_answer *m)
{
	return wire_decode(&wire_select_answer_msg, in, m);
}

/**
 * wire_select_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_select_answer_body_decode(const struct wire_header *h,
						 struct wire_select_answer *m)
{
	return wire_body_decode(&wire_select_answer_msg, h, m);
}

#endif
