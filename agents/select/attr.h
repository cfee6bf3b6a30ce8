/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Attributes of a machine: named, typed values. Names are lower case (they are
 * folded when set, and query text is folded when parsed); values keep their
 * case, and comparing them minds it.
 */
#ifndef _XOS_SELECT_ATTR_H
#define _XOS_SELECT_ATTR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/bytes.h>
#include <select/number.h>

#define ATTR_NAME_MAX 64
#define ATTR_STR_MAX  256
/* Attributes of one machine, and the bytes of all their strings together. */
#define ATTR_SET_MAX  64
#define ATTR_TEXT_MAX 8192

/**
 * enum attr_type - type of a value; part of the wire format
 * @ATTR_NONE: no value
 * @ATTR_INT: 64-bit number with a unit
 * @ATTR_STRING: bytes, by convention UTF-8
 * @ATTR_BOOL: true or false
 * @ATTR_VERSION: text, in the order of version.h
 */
enum attr_type { ATTR_NONE, ATTR_INT, ATTR_STRING, ATTR_BOOL, ATTR_VERSION, ATTR_TYPE_COUNT };

/**
 * struct attr - one attribute, borrowing its text
 * @name: ATTR_NAME_MAX bytes at most: a letter, then letters, digits, '_' '-' '.';
 *	no word of the query language
 * @type: type
 * @unit: unit of @num, for ATTR_INT
 * @num: value of ATTR_INT, 0 or 1 for ATTR_BOOL
 * @text: value of ATTR_STRING and ATTR_VERSION, ATTR_STR_MAX bytes at most
 */
struct attr {
	struct bytes name;
	enum attr_type type;
	enum attr_unit unit;
	int64_t num;
	struct bytes text;
};

/**
 * struct attr_set - the attributes of a machine, sorted by name; may be copied
 * @v: entries
 * @n: entries in use
 * @used: bytes of @text in use
 * @refused: attributes that found no room
 * @text: strings, back to back
 */
struct attr_set {
	struct attr_slot {
		int64_t num;
		uint16_t text_off;
		uint16_t text_len;
		uint8_t type;
		uint8_t unit;
		uint8_t name_len;
		char name[ATTR_NAME_MAX];
	} v[ATTR_SET_MAX];
	uint32_t n;
	uint32_t used;
	uint64_t refused;
	uint8_t text[ATTR_TEXT_MAX];
};

/**
 * attr_set_init() - empty a set
 * @set: set
 */
void attr_set_init(struct attr_set *set);

/**
 * attr_set_put() - add an attribute, or give one a new value
 * @set: set
 * @a: attribute, copied; not borrowed from @set; its name may have upper case letters
 *
 * Return: 0; -EINVAL for a bad name or type; -EMSGSIZE for a string that is too
 * long; -ENOSPC when the set is full (counted).
 */
int attr_set_put(struct attr_set *set, const struct attr *a);

/**
 * attr_set_del() - remove an attribute
 * @set: set
 * @name: lower case
 *
 * Return: whether it was there.
 */
bool attr_set_del(struct attr_set *set, struct bytes name);

/**
 * attr_set_get() - find an attribute
 * @set: set
 * @name: lower case
 * @out: borrows from @set
 *
 * Return: whether it is there.
 */
bool attr_set_get(const struct attr_set *set, struct bytes name, struct attr *out);

/**
 * attr_set_at() - the attribute at a place, in the order of names
 * @set: set
 * @i: place, < @set->n
 * @out: borrows from @set
 */
void attr_set_at(const struct attr_set *set, uint32_t i, struct attr *out);

/**
 * attr_parse() - read a value as configuration writes it
 * @name: name of the attribute, borrowed
 * @text: "int:", "string:", "bool:" or "version:" and the value, or a value alone:
 *	then true, false, yes and no are bool, a whole number with or without unit is
 *	int, anything else is string
 * @out: borrows from both
 *
 * Return: 0, or -EINVAL when the value is not of the type it names.
 */
int attr_parse(struct bytes name, struct bytes text, struct attr *out);

/**
 * attr_format() - write a value as the query language reads it
 * @a: attribute
 * @out: where it goes; NUL-terminated, a longer text is cut
 * @size: its size, at least 1
 *
 * Return: bytes written, without the NUL.
 */
size_t attr_format(const struct attr *a, char *out, size_t size);

/**
 * attr_name_valid() - whether an attribute may have this name
 * @name: name, any case
 *
 * Return: true if it may.
 */
bool attr_name_valid(struct bytes name);

/**
 * attr_keyword() - whether a word belongs to the query language
 * @word: word, any case
 *
 * Return: true if it does.
 */
bool attr_keyword(struct bytes word);

/**
 * attr_word_eq() - compare with a lower case word, letters in any case
 * @a: text
 * @word: lower case
 *
 * Return: true if equal.
 */
bool attr_word_eq(struct bytes a, const char *word);

#endif
