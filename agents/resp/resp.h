/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Redis serialization protocol, versions 2 and 3, the side of a server:
 * requests are parsed, replies are written. Pure: no input or output, no
 * allocation; memory and limits come from the caller.
 *
 * Source: the protocol specification of Redis (redis.io, "RESP protocol spec").
 */
#ifndef _XOS_RESP_RESP_H
#define _XOS_RESP_RESP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/bytes.h>

/* Longest request that is a plain line instead of an array, line end included. */
#define RESP_INLINE_MAX (64 * 1024)
/* Longest text of struct resp_parser.error, terminator included. */
#define RESP_ERROR_MAX	64

/**
 * struct resp_limits - what is refused as too much
 * @args_max: arguments of a request, the command's name included
 * @bytes_max: bytes of a request as it was sent, at most INT32_MAX
 */
struct resp_limits {
	uint32_t args_max;
	uint32_t bytes_max;
};

/**
 * struct resp_arg - an argument
 * @at: where it begins, counted from the first byte of the request
 * @len: bytes
 */
struct resp_arg {
	uint32_t at;
	uint32_t len;
};

/**
 * struct resp_parser - a request being parsed; zeroed but for the fields of the caller
 * @limits: of the caller
 * @args: of the caller: room for @limits.args_max arguments
 * @argc: arguments found so far; all of them when the request is whole
 * @error: what is wrong, after RESP_BAD
 * @at: private: bytes looked at
 * @want: private: arguments announced
 * @bulk: private: bytes of the argument being read, with its line end; 0: none
 */
struct resp_parser {
	struct resp_limits limits;
	struct resp_arg *args;
	uint32_t argc;
	char error[RESP_ERROR_MAX];
	uint32_t at;
	uint32_t want;
	uint32_t bulk;
};

/**
 * enum resp_result - what resp_parse() found
 * @RESP_MORE: more bytes are needed
 * @RESP_REQUEST: a whole request; with no argument it is an empty line or
 *	array, which gets no reply
 * @RESP_BAD: no request; the stream cannot be understood from here on
 */
enum resp_result { RESP_MORE, RESP_REQUEST, RESP_BAD };

/**
 * resp_parse() - parse the request at the beginning of a buffer
 * @p: parser
 * @data: bytes from the first of the request on; may lie elsewhere at the next
 *	call. The quotes of a plain line are resolved in place
 * @len: how many there are
 * @used: result: bytes of the request, after RESP_REQUEST
 *
 * What was looked at in an earlier call is not looked at again. After
 * RESP_REQUEST the parser is ready for the next request, with @argc and @args
 * still those of this one.
 *
 * Return: see enum resp_result.
 */
enum resp_result resp_parse(struct resp_parser *p, uint8_t *data, size_t len, size_t *used);

/**
 * resp_number() - a decimal number in its only form: no sign but '-', no leading zeros
 * @text: text
 * @out: result
 *
 * Return: true when it is one and fits 64 bits with sign.
 */
bool resp_number(struct bytes text, int64_t *out);

/**
 * resp_glob() - does a pattern match a text?
 * @pattern: '*', '?', '[a-z]', '[^a]', '\' before a literal character
 * @text: text
 *
 * Takes time in the product of both lengths at most.
 *
 * Return: true when all of @text matches.
 */
bool resp_glob(struct bytes pattern, struct bytes text);

/**
 * struct resp_reply - replies being written; zeroed but for the fields of the caller
 * @data: memory
 * @len: bytes written
 * @cap: bytes there are
 * @proto: of the caller: version of the protocol, 2 or 3
 * @grow: of the caller: make @cap at least @need, or leave it; may be NULL
 * @full: a reply did not fit, and what was written since is not whole
 */
struct resp_reply {
	uint8_t *data;
	size_t len;
	size_t cap;
	uint8_t proto;
	void (*grow)(struct resp_reply *r, size_t need);
	bool full;
};

/**
 * resp_simple() - a status
 * @r: reply
 * @text: without line ends
 */
void resp_simple(struct resp_reply *r, const char *text);

/**
 * resp_error() - an error
 * @r: reply
 * @fmt: printf format; begins with a code in capitals. Line ends become spaces,
 *	a long text is cut
 */
__attribute__((format(printf, 2, 3))) void resp_error(struct resp_reply *r, const char *fmt, ...);

/**
 * resp_int() - a number
 * @r: reply
 * @n: number
 */
void resp_int(struct resp_reply *r, int64_t n);

/**
 * resp_bulk() - a string of any bytes
 * @r: reply
 * @s: string
 */
void resp_bulk(struct resp_reply *r, struct bytes s);

/**
 * resp_text() - a string
 * @r: reply
 * @s: string
 */
static inline void resp_text(struct resp_reply *r, const char *s)
{
	resp_bulk(r, bytes_str(s));
}

/**
 * resp_null() - nothing, in the place of a string
 * @r: reply
 */
void resp_null(struct resp_reply *r);

/**
 * resp_null_array() - nothing, in the place of an array
 * @r: reply
 */
void resp_null_array(struct resp_reply *r);

/**
 * resp_array() - begin an array; its elements follow
 * @r: reply
 * @n: elements
 */
void resp_array(struct resp_reply *r, size_t n);

/**
 * resp_map() - begin a map; keys and values follow in turn. An array in version 2
 * @r: reply
 * @n: pairs
 */
void resp_map(struct resp_reply *r, size_t n);

/**
 * resp_set() - begin a set; its elements follow. An array in version 2
 * @r: reply
 * @n: elements
 */
void resp_set(struct resp_reply *r, size_t n);

#endif
