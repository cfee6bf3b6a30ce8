// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The parser of Redis requests on arbitrary bytes. Fed at once or in two
 * pieces it must find the same requests, and arguments must lie inside them.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/siphash.h>
#include <resp/resp.h>

#define ARGS_MAX  8
#define BYTES_MAX 2048

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* All requests in @len bytes that arrive in two pieces; returns a hash of what was found. */
static uint64_t parse_all(const uint8_t *data, size_t len, size_t first)
{
	static const uint64_t key[2] = { 1, 2 };
	struct resp_arg args[ARGS_MAX];
	struct resp_parser p = { .limits = { ARGS_MAX, BYTES_MAX }, .args = args };
	uint8_t *copy = malloc(len + 1);
	size_t at = 0, have = first, used;
	uint64_t hash = 0;

	memcpy(copy, data, len);
	while (true) {
		enum resp_result r = resp_parse(&p, copy + at, have - at, &used);

		if (r == RESP_MORE && have == len)
			break;
		if (r == RESP_MORE) {
			have = len;
			continue;
		}
		hash = hash * 31 + r;
		if (r == RESP_BAD) {
			hash += siphash(key, p.error, strlen(p.error));
			break;
		}
		xassert(used && used <= have - at && used <= BYTES_MAX && p.argc <= ARGS_MAX);
		for (uint32_t i = 0; i < p.argc; i++) {
			xassert((uint64_t)args[i].at + args[i].len <= used);
			hash = hash * 31 + siphash(key, copy + at + args[i].at, args[i].len);
		}
		if (p.argc > 1)
			resp_glob(bytes_of(copy + at + args[0].at, args[0].len),
				  bytes_of(copy + at + args[1].at, args[1].len));
		at += used;
	}
	free(copy);
	return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t first;

	if (size < 2)
		return 0;
	first = (size_t)(data[0] | data[1] << 8) % (size - 1);
	data += 2;
	size -= 2;
	xassert(parse_all(data, size, size) == parse_all(data, size, first < size ? first : size));
	return 0;
}
