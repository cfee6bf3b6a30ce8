/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The space that machines lie in: an axis for each attribute that queries are
 * routed by. A machine is a point, its coordinates 16-bit codes that keep the
 * order of the values; the bits of the codes, interleaved level by level (Z
 * order), make its key, and a hash of its identity the rest of it. So the nodes
 * whose keys begin with the same bits are those in one cell of the space, and a
 * slot of the table (overlay/trie.h) is a cell too: a box of codes.
 */
#ifndef _XOS_SELECT_SPACE_H
#define _XOS_SELECT_SPACE_H

#include <overlay/contact.h>
#include <select/attr.h>

#define SPACE_AXES_MAX	16
/* Bits of a code, and the bits of a key that are left to the hash at least. */
#define SPACE_CODE_BITS 16
#define SPACE_HASH_BITS 32
#define SPACE_NAME_MAX	24

/**
 * enum space_kind - how values become codes
 * @SPACE_LOG: whole numbers, by their logarithm
 * @SPACE_NAME: strings, by a hash: equal or not
 * @SPACE_CODE: the value is the code
 *
 * Code 0 is for a missing attribute, or one of another type. What an axis stands
 * for is searched by its type: a machine that gives the attribute another type is
 * not found by a test of it.
 */
enum space_kind { SPACE_LOG, SPACE_NAME, SPACE_CODE };

/**
 * struct space_axis - an axis
 * @name: attribute, lower case
 * @kind: how values become codes
 */
struct space_axis {
	char name[SPACE_NAME_MAX];
	enum space_kind kind;
};

/**
 * struct space - a space of keys; nodes with different ones are not comparable
 * @id: says which one, in every message
 * @axes: how many
 * @levels: bits of each code that are part of the key
 * @axis: axes, in the order in which their bits are interleaved
 */
struct space {
	uint32_t id;
	uint8_t axes;
	uint8_t levels;
	struct space_axis axis[SPACE_AXES_MAX];
};

/**
 * struct space_point - coordinates
 * @c: code on each axis
 */
struct space_point {
	uint16_t c[SPACE_AXES_MAX];
};

/**
 * struct space_box - a range of codes on each axis, both ends inside
 * @lo: lowest codes
 * @hi: highest codes
 */
struct space_box {
	uint16_t lo[SPACE_AXES_MAX];
	uint16_t hi[SPACE_AXES_MAX];
};

/* Boxes of one query; a query that needs more gets larger ones. */
#define BOXES_MAX 16

/**
 * struct boxes - a union of boxes, which may overlap
 * @n: how many; none for a query that nothing can match
 * @v: boxes
 */
struct boxes {
	uint32_t n;
	struct space_box v[BOXES_MAX];
};

/**
 * space_init() - fill in what follows from the axes
 * @s: space: @axes and @axis are set; @levels too, or 0 for as many as fit
 */
void space_init(struct space *s);

/**
 * space_default() - the space of this version: memory, cores, arch, os, rack, dc, disk, machine
 * @s: result
 */
void space_default(struct space *s);

/**
 * space_code() - code of a number
 * @kind: SPACE_LOG or SPACE_CODE
 * @value: number
 *
 * Return: 1 to 65535; never falls when the value rises.
 */
uint16_t space_code(enum space_kind kind, int64_t value);

/**
 * space_code_name() - code of a string
 * @name: string
 *
 * Return: 1 to 65535.
 */
uint16_t space_code_name(struct bytes name);

/**
 * space_locate() - where a machine lies
 * @s: space
 * @set: its attributes
 * @out: result
 */
void space_locate(const struct space *s, const struct attr_set *set, struct space_point *out);

/**
 * space_key() - key of a point
 * @s: space
 * @p: point
 * @id: identity of the machine, for the hash
 * @out: result
 */
void space_key(const struct space *s, const struct space_point *p, const struct xos_id *id,
	       struct trie_key *out);

/**
 * space_region() - the cell of all keys that begin like a key
 * @s: space
 * @key: key
 * @bits: how many bits of it
 * @out: result
 */
void space_region(const struct space *s, const struct trie_key *key, uint32_t bits,
		  struct space_box *out);

/**
 * space_cover() - how much of a cell do boxes cover?
 * @s: space
 * @cell: cell
 * @boxes: boxes
 *
 * Return: their share of the cell's codes, from above when they overlap; 0 only
 * when they do not touch it, 1 when a single one covers it.
 */
float space_cover(const struct space *s, const struct space_box *cell, const struct boxes *boxes);

/**
 * space_box_full() - the box that is the whole space
 * @box: result
 */
void space_box_full(struct space_box *box);

/**
 * space_axis_find() - the axis of an attribute
 * @s: space
 * @name: attribute
 *
 * Return: its index, -1 when it has none.
 */
int space_axis_find(const struct space *s, struct bytes name);

#endif
