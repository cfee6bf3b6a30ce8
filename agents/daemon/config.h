/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Configuration files: INI, read through libinih into a struct that a table
 * describes. The table has a documented default for every option; help text and
 * the example file are printed from it.
 */
#ifndef _XOS_DAEMON_CONFIG_H
#define _XOS_DAEMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define CONFIG_REASON_MAX 512
#define CONFIG_TEXT_MAX	  256
#define CONFIG_LIST_MAX	  16
#define CONFIG_PAIRS_MAX  64
#define CONFIG_NAME_MAX	  64

/**
 * struct config_list - an option that may be given several times
 * @n: how often it was
 * @v: values
 */
struct config_list {
	uint32_t n;
	char v[CONFIG_LIST_MAX][CONFIG_TEXT_MAX];
};

/**
 * struct config_pairs - a section whose names are free
 * @n: how many there are
 * @v: names and values in the order of the file
 */
struct config_pairs {
	uint32_t n;
	struct {
		char name[CONFIG_NAME_MAX];
		char value[CONFIG_TEXT_MAX];
	} v[CONFIG_PAIRS_MAX];
};

/**
 * enum config_type - type of an option, and of its field
 * @CONFIG_STRING: char[CONFIG_TEXT_MAX]
 * @CONFIG_UINT: uint64_t
 * @CONFIG_BOOL: bool; yes, no, true, false, on, off, 1, 0
 * @CONFIG_LIST: struct config_list
 * @CONFIG_PAIRS: struct config_pairs; the option has no name
 */
enum config_type { CONFIG_STRING, CONFIG_UINT, CONFIG_BOOL, CONFIG_LIST, CONFIG_PAIRS };

/**
 * struct config_option - one row of a table, which ends with a row without section
 * @section: section of the file
 * @name: name in the section
 * @type: see enum config_type
 * @offset: of the field in the struct
 * @def: default as the file would have it; NULL for none (empty, 0, no)
 * @min: least value of a number; least length of a string
 * @max: greatest value of a number; greatest length of a string, 0 for CONFIG_TEXT_MAX - 1
 * @check: further check of a value, or NULL; returns what is wrong with it, NULL when nothing is
 * @doc: what it is for, one line
 */
struct config_option {
	const char *section;
	const char *name;
	enum config_type type;
	size_t offset;
	const char *def;
	uint64_t min;
	uint64_t max;
	const char *(*check)(const char *value);
	const char *doc;
};

/**
 * config_defaults() - fill a struct with the defaults
 * @table: options
 * @out: struct, zeroed before
 */
void config_defaults(const struct config_option *table, void *out);

/**
 * config_load() - read a file over the defaults
 * @table: options
 * @path: file
 * @out: struct with its defaults
 * @reason: CONFIG_REASON_MAX bytes for "FILE:LINE: what is wrong"
 *
 * Return: 0, -EINVAL for wrong contents, or a negative errno of fopen(3).
 */
int config_load(const struct config_option *table, const char *path, void *out, char *reason);

/**
 * config_set() - set one option, as the file would
 * @table: options
 * @section: section
 * @name: name
 * @value: text
 * @out: struct
 * @reason: CONFIG_REASON_MAX bytes for what is wrong
 *
 * Return: 0 or -EINVAL.
 */
int config_set(const struct config_option *table, const char *section, const char *name,
	       const char *value, void *out, char *reason);

/**
 * config_print() - print an example file: all options, documented, with their defaults
 * @table: options
 * @to: where to
 */
void config_print(const struct config_option *table, FILE *to);

#endif
