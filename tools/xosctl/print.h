/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One print call serves text and JSON: each call names the JSON key and the
 * text format, so that the two can never drift apart.
 *
 * In JSON mode objects and arrays nest and commas are kept here; in text mode
 * open and close print nothing, and a line ends with print_nl().
 */
#ifndef _XOS_XOSCTL_PRINT_H
#define _XOS_XOSCTL_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include <base/addr.h>
#include <base/bytes.h>
#include <base/id.h>

/**
 * enum print_type - where a value is shown
 * @PRINT_ANY: text and JSON
 * @PRINT_JSON: JSON only
 * @PRINT_TEXT: text only
 */
enum print_type { PRINT_ANY, PRINT_JSON, PRINT_TEXT };

/**
 * struct print_options - how to print, from the command line
 * @json: JSON instead of text (-j)
 * @pretty: indent JSON (-p)
 * @details: more lines an object (-d)
 * @statistics: counters too (-s); 2 for all of them
 * @oneline: one line an object, inner line ends as '\\' (-o)
 * @timestamp: prefix events with the time (-t)
 * @color: mark states by colour
 */
struct print_options {
	bool json;
	bool pretty;
	bool details;
	int statistics;
	bool oneline;
	bool timestamp;
	bool color;
};

extern struct print_options print_options;

/**
 * enum print_color - what a colour means
 */
enum print_color { COLOR_NONE, COLOR_GOOD, COLOR_WARN, COLOR_BAD, COLOR_KEY };

void print_open_object(const char *key);
void print_close_object(void);
void print_open_array(const char *key);
void print_close_array(void);

/* End of an object's last line in text. */
void print_nl(void);
/* A line break inside an object: a '\' with -o. */
void print_break(void);

/**
 * print_flush_line() - end one JSON document of a stream
 *
 * For monitor: each event is a document on a line of its own.
 */
void print_flush_line(void);

void print_string(enum print_type type, const char *key, const char *fmt, const char *value);
void print_color_string(enum print_type type, enum print_color color, const char *key,
			const char *fmt, const char *value);
void print_uint(enum print_type type, const char *key, const char *fmt, uint64_t value);
void print_int(enum print_type type, const char *key, const char *fmt, int64_t value);
void print_bool(enum print_type type, const char *key, const char *fmt, bool value);
void print_id(enum print_type type, const char *key, const char *fmt, const struct xos_id *id);
void print_addr(enum print_type type, const char *key, const char *fmt,
		const struct xos_addr *addr);

/**
 * print_bytes() - print bytes that are usually text
 * @type: where
 * @key: JSON key
 * @fmt: text format with one %s
 * @value: bytes; those that are not printable ASCII become \xHH (in JSON with
 *	the backslash doubled), so that any key can be shown and told apart
 */
void print_bytes(enum print_type type, const char *key, const char *fmt, struct bytes value);

/* Text that JSON does not see: headers of tables, labels. */
__attribute__((format(printf, 1, 2))) void print_text(const char *fmt, ...);

#endif
