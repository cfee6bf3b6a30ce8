/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The codec of every message between agents, and between agents and their
 * clients. A message is a header of 16 bytes and attributes (type, length,
 * value), everything big-endian; Documentation/wire/index.rst has the layout.
 *
 * What a message is made of stands in tables that scripts/gen writes from
 * Documentation/wire/ (one C file a family); the functions here walk these
 * tables. Decoding copies nothing and allocates nothing: byte strings and
 * lists of the result borrow the memory of the input.
 */
#ifndef _XOS_WIRE_WIRE_H
#define _XOS_WIRE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/addr.h>
#include <base/buf.h>
#include <base/bytes.h>
#include <base/id.h>
#include <wire/types.h>

/* Sets nest at most this deep; scripts/gen refuses more. */
#define WIRE_DEPTH_MAX 5
/* An attribute set has numbers 1 to 63, of which at most 8 are lists. */
#define WIRE_ATTR_MAX  63
#define WIRE_LIST_MAX  8
/* A field that is always there has no has_ member. */
#define WIRE_HAS_NONE  UINT16_MAX

/** enum wire_kind - how a value is encoded, and the type of its struct member */
enum wire_kind {
	/** @WIRE_K_NONE: a number without an attribute, skipped like an unknown one */
	WIRE_K_NONE,
	/** @WIRE_K_U8: uint8_t */
	WIRE_K_U8,
	/** @WIRE_K_U16: uint16_t */
	WIRE_K_U16,
	/** @WIRE_K_U32: uint32_t */
	WIRE_K_U32,
	/** @WIRE_K_U64: uint64_t */
	WIRE_K_U64,
	/** @WIRE_K_FLAG: bool; no value, present or not */
	WIRE_K_FLAG,
	/** @WIRE_K_BYTES: struct bytes */
	WIRE_K_BYTES,
	/** @WIRE_K_STRING: struct bytes of UTF-8 (RFC 3629) without NUL */
	WIRE_K_STRING,
	/** @WIRE_K_ADDR: struct xos_addr; 16 bytes address, 2 bytes port */
	WIRE_K_ADDR,
	/** @WIRE_K_ID: struct xos_id */
	WIRE_K_ID,
	/** @WIRE_K_NEST: a struct with a table of its own */
	WIRE_K_NEST,
	/** @WIRE_K_FIXED: u32 that is always sent with one value and has no member */
	WIRE_K_FIXED,
};

#define WIRE_F_REQUIRED 0x01
#define WIRE_F_LIST	0x02

struct wire_set;

/**
 * struct wire_field - one attribute of a set
 * @name: as in the YAML file
 * @set: contents of WIRE_K_NEST
 * @enum_name: names of the values of an integer, or NULL
 * @min: least length of a byte string, least value of an integer
 * @max: greatest length or value; the value of WIRE_K_FIXED
 * @offset: of the member
 * @has: offset of the has_ member, or WIRE_HAS_NONE
 * @count_max: how many elements a list may have
 * @kind: enum wire_kind
 * @flags: WIRE_F_REQUIRED, WIRE_F_LIST
 * @list: index of this list among the lists of the set
 */
struct wire_field {
	const char *name;
	const struct wire_set *set;
	const char *(*enum_name)(uint64_t value);
	uint64_t min;
	uint64_t max;
	uint16_t offset;
	uint16_t has;
	uint16_t count_max;
	uint8_t kind;
	uint8_t flags;
	uint8_t list;
};

/**
 * struct wire_set - the attributes of a message or of a nested attribute
 * @name: as in the YAML file
 * @fields: attribute number n is element n - 1
 * @required: bit n - 1 is set when attribute n must be there
 * @size: of the struct that it is decoded into, in bytes
 * @n: highest attribute number
 */
struct wire_set {
	const char *name;
	const struct wire_field *fields;
	uint64_t required;
	uint32_t size;
	uint16_t n;
};

/**
 * struct wire_msg - one message
 * @name: as in the YAML file
 * @doc: its first sentence
 * @set: its attributes
 * @type: number in the header
 */
struct wire_msg {
	const char *name;
	const char *doc;
	const struct wire_set *set;
	uint16_t type;
};

/**
 * struct wire_header - a message whose header was found good
 * @type: enum wire_type, or a number that this version does not know
 * @version: of the sender, at least 1
 * @flags: none is defined
 * @body: the attributes
 */
struct wire_header {
	uint16_t type;
	uint8_t version;
	uint8_t flags;
	struct bytes body;
};

/**
 * wire_header_decode() - check magic, version, length and checksum of a message
 * @in: exactly one message
 * @h: result, untouched on failure
 *
 * Return: 0 or -EBADMSG.
 */
int wire_header_decode(struct bytes in, struct wire_header *h);

/**
 * wire_frame_len() - length of the message at the start of a stream
 * @in: what was received so far
 * @len: length of the whole message, header included; untouched on failure
 *
 * Return: 0, -EAGAIN while there is less than a header, or -EBADMSG when no
 * message can start like this (the stream is lost then).
 */
int wire_frame_len(struct bytes in, size_t *len);

/**
 * wire_encode() - append a whole message
 * @msg: which
 * @in: its struct
 * @out: where to; unchanged on failure
 *
 * Return: 0, -EMSGSIZE when it does not fit into @out or something in it is
 * longer than its limit, -EINVAL when a value is out of range, a string is not
 * UTF-8 or a list that must not be empty is.
 */
int wire_encode(const struct wire_msg *msg, const void *in, struct buf *out);

/**
 * wire_decode() - decode a whole message
 * @msg: which is expected
 * @in: exactly one message; @out borrows it
 * @out: its struct, of msg->set->size bytes; undefined on failure
 *
 * Return: 0; -EBADMSG when it is malformed, of another type, over a limit or
 * has a single attribute twice; -EPROTO when a required attribute is missing.
 */
int wire_decode(const struct wire_msg *msg, struct bytes in, void *out);

/**
 * wire_body_decode() - decode the attributes of a message whose header is decoded
 * @msg: which is expected
 * @h: from wire_header_decode(); @out borrows its body
 * @out: its struct; undefined on failure
 *
 * Return: as wire_decode().
 */
int wire_body_decode(const struct wire_msg *msg, const struct wire_header *h, void *out);

/**
 * wire_set_encode() - append attributes without a header
 * @set: which
 * @in: their struct
 * @out: where to; unchanged on failure
 *
 * For records that are stored in the format of the wire.
 *
 * Return: as wire_encode().
 */
int wire_set_encode(const struct wire_set *set, const void *in, struct buf *out);

/**
 * wire_set_decode() - decode attributes without a header
 * @set: which
 * @in: all of them; @out borrows it
 * @out: their struct, of set->size bytes; NULL only checks
 *
 * Return: as wire_decode().
 */
int wire_set_decode(const struct wire_set *set, struct bytes in, void *out);

/**
 * wire_msg_find() - table of a message type
 * @type: number in the header
 *
 * Return: the table, or NULL when this version does not know the type.
 */
const struct wire_msg *wire_msg_find(uint16_t type);

/**
 * wire_type_name() - name of a message type
 * @type: number in the header
 *
 * Return: as in the YAML file; "unknown" for a number that is none.
 */
const char *wire_type_name(uint16_t type);

/**
 * struct wire_list - what all lists look like
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: attributes that hold the elements of a decoded list, maybe among others
 * @attr: their number in @raw
 *
 * The typed lists have these members in this order. A decoded list may be
 * encoded again, even into another attribute; it borrows the message.
 */
struct wire_list {
	const void *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_list_next() - the next element of any list
 * @list: a typed list
 * @pos: 0 before the first; opaque
 * @elem: kind and set of an element
 * @out: the element; untouched at the end
 *
 * Return: true and an element, or false at the end.
 */
bool wire_list_next(const void *list, size_t *pos, const struct wire_field *elem, void *out);

/* Elements of lists that have no set of their own. */
extern const struct wire_field wire_elem_u8, wire_elem_u16, wire_elem_u32, wire_elem_u64;
extern const struct wire_field wire_elem_addr, wire_elem_id, wire_elem_bytes;

#define WIRE_LIST_OF(name, ctype)                                                      \
	struct wire_##name##_list {                                                    \
		const ctype *v;                                                        \
		uint32_t n;                                                            \
		struct bytes raw;                                                      \
		uint16_t attr;                                                         \
	};                                                                             \
	static inline bool wire_##name##_list_next(const struct wire_##name##_list *l, \
						   size_t *pos, ctype *out)            \
	{                                                                              \
		return wire_list_next(l, pos, &wire_elem_##name, out);                 \
	}

WIRE_LIST_OF(u8, uint8_t)
WIRE_LIST_OF(u16, uint16_t)
WIRE_LIST_OF(u32, uint32_t)
WIRE_LIST_OF(u64, uint64_t)
WIRE_LIST_OF(addr, struct xos_addr)
WIRE_LIST_OF(id, struct xos_id)
WIRE_LIST_OF(bytes, struct bytes)

#endif
