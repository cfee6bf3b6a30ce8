/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How values of the Redis protocol lie in the ordered map.
 *
 * A key of a client is a key of the map. A string without an expiry is the
 * plain value, so that other clients of the map read and write it as it is.
 * Everything else begins with a magic number:
 *
 *   magic (4) type (1) expiry (8, ms since 1970, 0: none) then
 *     string:  the bytes
 *     others:  id (16) count (8) head (8)
 *
 * Elements of a collection are items of their own, so that a large one is
 * spread and changed in pieces:
 *
 *   0xff 'e' id field      hash: value of the field; set: empty
 *   0xff 'e' id index (8)  list; the first element is at head
 *   0xff 'g' id            the key of this collection is gone, its elements are not
 *
 * Numbers are big-endian. Keys of clients do not begin with 0xff.
 */
#ifndef _XOS_REDIS_VALUE_H
#define _XOS_REDIS_VALUE_H

#include <base/bytes.h>
#include <dht/dht.h>

#define REDIS_ID_LEN	  16
#define REDIS_HIDDEN	  0xff
#define REDIS_ELEM	  'e'
#define REDIS_GARBAGE	  'g'
#define REDIS_ELEM_PREFIX (2 + REDIS_ID_LEN)
/* Longest field of a hash or member of a set. */
#define REDIS_FIELD_MAX	  (DHT_KEY_MAX - REDIS_ELEM_PREFIX)
/* Bytes before a string that is not plain. */
#define REDIS_HEAD_LEN	  13
/* Longest string. */
#define REDIS_STRING_MAX  (DHT_VALUE_MAX - REDIS_HEAD_LEN)
/* Bytes of a collection's own item. */
#define REDIS_COLL_LEN	  (REDIS_HEAD_LEN + REDIS_ID_LEN + 16)
/* A list begins in the middle of its indexes. */
#define REDIS_LIST_START  (UINT64_C(1) << 63)

/**
 * enum redis_type - type of a value; the numbers are stored
 */
enum redis_type { REDIS_NONE, REDIS_STRING, REDIS_HASH, REDIS_LIST, REDIS_SET };

struct redis_id {
	uint8_t b[REDIS_ID_LEN];
};

/**
 * struct redis_value - a value of a client's key
 * @type: type; REDIS_NONE: there is no such key
 * @expire_ms: when it ends, wall clock in milliseconds since 1970; 0: never
 * @str: string: the bytes, borrowed
 * @id: collection: part of the keys of its elements
 * @count: collection: elements
 * @head: list: index of the first element
 */
struct redis_value {
	enum redis_type type;
	uint64_t expire_ms;
	struct bytes str;
	struct redis_id id;
	uint64_t count;
	uint64_t head;
};

/**
 * redis_value_decode() - read a value of the map
 * @raw: value
 * @v: result; borrows @raw
 *
 * What does not decode is a plain string.
 */
void redis_value_decode(struct bytes raw, struct redis_value *v);

/**
 * redis_value_len() - bytes of a value in the map
 * @v: value that exists
 *
 * Return: the number, which may be above DHT_VALUE_MAX.
 */
size_t redis_value_len(const struct redis_value *v);

/**
 * redis_value_encode() - write a value of the map
 * @v: value that exists
 * @out: redis_value_len() bytes
 */
void redis_value_encode(const struct redis_value *v, uint8_t *out);

/**
 * redis_type_name() - as TYPE says it
 * @type: type
 *
 * Return: static text.
 */
const char *redis_type_name(enum redis_type type);

#endif
