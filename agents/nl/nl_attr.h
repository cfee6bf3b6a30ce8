/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Netlink attributes to structs and back, by tables that scripts/gen writes
 * from Documentation/netlink/specs/. Parsing copies integers and byte strings
 * of a fixed length; the rest of a struct borrows the message.
 *
 * The prefix is xnl_ because nl_ is libnl's.
 */
#ifndef _XOS_NL_NL_ATTR_H
#define _XOS_NL_NL_ATTR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/bytes.h>

struct nlattr;
struct nlmsghdr;

/* Sets nest at most this deep; scripts/gen refuses more. */
#define XNL_DEPTH_MAX 5
/* Lists in one set, at most. */
#define XNL_LIST_MAX  8
/* A struct member that is there or not by itself (flag, list). */
#define XNL_HAS_NONE  UINT16_MAX

/** enum xnl_kind - how an attribute is encoded, and the type of its struct member */
enum xnl_kind {
	/** @XNL_K_NONE: a number without an attribute, or padding: skipped */
	XNL_K_NONE,
	/** @XNL_K_INT: integer of 1, 2, 4 or 8 bytes */
	XNL_K_INT,
	/** @XNL_K_FLAG: bool; no value, present or not */
	XNL_K_FLAG,
	/** @XNL_K_STRING: const char *, terminated */
	XNL_K_STRING,
	/** @XNL_K_BYTES: struct bytes */
	XNL_K_BYTES,
	/** @XNL_K_ARRAY: uint8_t[n], bytes of one length */
	XNL_K_ARRAY,
	/** @XNL_K_NEST: a struct with a table of its own */
	XNL_K_NEST,
};

#define XNL_F_LIST	 0x01
#define XNL_F_SIGNED	 0x02
#define XNL_F_BIG_ENDIAN 0x04
#define XNL_F_IPV6	 0x08

/**
 * struct xnl_field - one attribute of a set
 * @name: as in the YAML file
 * @set: contents of XNL_K_NEST
 * @enum_name: names of the values of an integer, or NULL
 * @len_min: least length of a byte string or string
 * @len_max: greatest length of these; 0 for no limit but that of netlink
 * @offset: of the member
 * @has: offset of the has_ member, or XNL_HAS_NONE
 * @size: of an integer or an array, in bytes
 * @kind: enum xnl_kind
 * @flags: XNL_F_*
 */
struct xnl_field {
	const char *name;
	const struct xnl_set *set;
	const char *(*enum_name)(uint64_t value);
	uint32_t len_min;
	uint32_t len_max;
	uint16_t offset;
	uint16_t has;
	uint16_t size;
	uint8_t kind;
	uint8_t flags;
};

/**
 * struct xnl_set - an attribute set
 * @name: as in the YAML file
 * @fields: attribute number n is element n - 1
 * @size: of its struct, in bytes
 * @n: highest attribute number, at most 255
 */
struct xnl_set {
	const char *name;
	const struct xnl_field *fields;
	uint32_t size;
	uint16_t n;
};

/**
 * xnl_set_parse() - parse attributes
 * @set: which
 * @attrs: all of them, at an address aligned to 4; @out borrows it
 * @out: their struct, of set->size bytes; NULL only checks
 *
 * Attributes that are not known are skipped.
 *
 * Return: 0, or -EBADMSG when one is malformed or a single one occurs twice.
 */
int xnl_set_parse(const struct xnl_set *set, struct bytes attrs, void *out);

/**
 * xnl_set_put() - append attributes to a message
 * @set: which
 * @in: their struct; NULL for none
 * @nlh: message
 * @cap: room for the whole message, in bytes
 *
 * Return: 0; -EMSGSIZE when they do not fit (the message is spoiled then),
 * -EINVAL when a string or byte string has a length that cannot be.
 */
int xnl_set_put(const struct xnl_set *set, const void *in, struct nlmsghdr *nlh, size_t cap);

/**
 * xnl_attr_path() - name of the attribute at an address
 * @set: what @attrs are
 * @attrs: attributes
 * @at: address in @attrs
 * @out: result, such as "stats.held"; empty when no attribute starts there
 * @cap: its size, in bytes
 */
void xnl_attr_path(const struct xnl_set *set, struct bytes attrs, const uint8_t *at, char *out,
		   size_t cap);

/**
 * struct xnl_list - what all lists look like
 * @v: elements to send; NULL in a parsed list
 * @n: number of elements
 * @raw: attributes that hold the elements of a parsed list, maybe among others
 * @attr: their number in @raw
 */
struct xnl_list {
	const void *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * xnl_list_next() - the next element of any list
 * @list: a typed list
 * @pos: 0 before the first; opaque
 * @elem: what an element is
 * @out: the element; untouched at the end
 *
 * Return: true and an element, or false at the end.
 */
bool xnl_list_next(const void *list, size_t *pos, const struct xnl_field *elem, void *out);

/* Elements of lists that have no set of their own. */
extern const struct xnl_field xnl_elem_u8, xnl_elem_u16, xnl_elem_u32, xnl_elem_u64;
extern const struct xnl_field xnl_elem_string, xnl_elem_bytes;

#define XNL_LIST_OF(name, ctype)                                                                  \
	struct xnl_##name##_list {                                                                \
		ctype const *v;                                                                   \
		uint32_t n;                                                                       \
		struct bytes raw;                                                                 \
		uint16_t attr;                                                                    \
	};                                                                                        \
	static inline bool xnl_##name##_list_next(const struct xnl_##name##_list *l, size_t *pos, \
						  ctype *out)                                     \
	{                                                                                         \
		return xnl_list_next(l, pos, &xnl_elem_##name, out);                              \
	}

XNL_LIST_OF(u8, uint8_t)
XNL_LIST_OF(u16, uint16_t)
XNL_LIST_OF(u32, uint32_t)
XNL_LIST_OF(u64, uint64_t)
XNL_LIST_OF(string, const char *)
XNL_LIST_OF(bytes, struct bytes)

#endif
