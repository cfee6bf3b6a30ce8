// SPDX-License-Identifier: GPL-2.0-or-later
/* Values that a transaction computes with: decimal numbers and lists. */
#include <txn/txn_priv.h>

#include <base/be.h>

/* Longest decimal number of 64 bits with its sign. */
#define DIGITS_MAX 20

/* Read a decimal number. Return: 0 or -EINVAL. */
static int number_read(struct bytes in, int64_t *out)
{
	bool minus = in.len && in.data[0] == '-';
	uint64_t v = 0, max = (uint64_t)INT64_MAX + minus;

	xassert(out);
	if (in.len <= minus || in.len - minus > DIGITS_MAX - 1)
		return -EINVAL;
	for (size_t i = minus; i < in.len; i++) {
		uint8_t digit = (uint8_t)(in.data[i] - '0');

		if (digit > 9 || v > (max - digit) / 10)
			return -EINVAL;
		v = v * 10 + digit;
	}
	*out = minus ? (int64_t)(0 - v) : (int64_t)v;
	return 0;
}

/* Add to a number; NULL data counts as 0. Return: 0, -EINVAL, -ERANGE, -E2BIG. */
int txn_value_add(struct txn *txn, struct bytes old, int64_t *number, struct bytes *out)
{
	uint8_t text[DIGITS_MAX + 1];
	size_t at = sizeof(text);
	int64_t have = 0, sum;
	uint64_t left;

	xassert(number && out);
	if (old.data && number_read(old, &have))
		return -EINVAL;
	if (__builtin_add_overflow(have, *number, &sum))
		return -ERANGE;
	*number = sum;
	left = sum < 0 ? 0 - (uint64_t)sum : (uint64_t)sum;
	do {
		text[--at] = (uint8_t)('0' + left % 10);
		left /= 10;
	} while (left);
	if (sum < 0)
		text[--at] = '-';
	return txn_copy(txn, bytes_of(text + at, sizeof(text) - at), out);
}

int txn_list_next(struct bytes list, size_t *pos, struct bytes *elem)
{
	size_t left = list.len - *pos;
	uint32_t len;

	xassert(*pos <= list.len);
	if (!left)
		return 0;
	if (left < sizeof(len))
		return -EINVAL;
	len = be32_load(list.data + *pos);
	if (len > left - sizeof(len))
		return -EINVAL;
	*elem = bytes_of(list.data + *pos + sizeof(len), len);
	*pos += sizeof(len) + len;
	return 1;
}

/* Where the first element that equals @elem begins. Return: 1, 0 there is none, -EINVAL. */
static int list_find(struct bytes list, const struct bytes *elem, size_t *at)
{
	struct bytes e;
	size_t pos = 0;
	int found = 0;

	for (;;) {
		size_t begin = pos;
		int more = txn_list_next(list, &pos, &e);

		xassert(at);
		if (more <= 0)
			return more ? more : found;
		if (elem && !found && bytes_eq(e, *elem)) {
			*at = begin;
			found = 1;
		}
	}
}

/* Add an element at the end. Return: 0, -EINVAL, -EMSGSIZE, -E2BIG. */
int txn_value_append(struct txn *txn, struct bytes old, struct bytes elem, struct bytes *out)
{
	size_t len = old.len + 4 + elem.len, at;
	uint8_t *mem;

	xassert(out);
	if (list_find(old, NULL, &at) < 0)
		return -EINVAL;
	if (len > DHT_VALUE_MAX)
		return -EMSGSIZE;
	mem = txn_mem(txn, len);
	if (!mem)
		return -E2BIG;
	if (old.len)
		memcpy(mem, old.data, old.len);
	be32_store(mem + old.len, (uint32_t)elem.len);
	if (elem.len)
		memcpy(mem + old.len + 4, elem.data, elem.len);
	*out = bytes_of(mem, len);
	return 0;
}

/* Take an element out. Return: 0, -ENOENT, -EINVAL, -E2BIG. */
int txn_value_remove(struct txn *txn, struct bytes old, struct bytes elem, struct bytes *out)
{
	size_t at = 0, gone = 4 + elem.len;
	int found = list_find(old, &elem, &at);
	uint8_t *mem;

	if (found <= 0)
		return found ? found : -ENOENT;
	xassert(at + gone <= old.len);
	mem = txn_mem(txn, old.len - gone + 1);
	if (!mem)
		return -E2BIG;
	memcpy(mem, old.data, at);
	memcpy(mem + at, old.data + at + gone, old.len - at - gone);
	*out = bytes_of(mem, old.len - gone);
	return 0;
}
