// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * HTTP requests on arbitrary bytes. Fed at once or in two pieces the same requests must be
 * found, ask the same of the same virtual nodes, and be answered by what can be read.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/siphash.h>
#include <web/web.h>

#define BODY_MAX 1024

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t mix(uint64_t hash, struct bytes b)
{
	static const uint64_t key[2] = { 1, 2 };

	return hash * 31 + siphash(key, b.data, b.len);
}

static uint64_t answer(enum web_form form, const struct web_fault *f)
{
	uint8_t room[WEB_REPLY_MAX];
	struct buf b = buf_of(room, sizeof(room));

	xassert(f->status >= 400 && f->status < 600);
	web_fault_write(&(struct web_reply){ .form = form }, f, &b);
	return mix(form, buf_bytes(&b));
}

static uint64_t look(const struct web_request *q)
{
	uint64_t hash = q->keep;
	struct web_call_room room;
	struct web_fault f;
	struct web_call c;

	if (!web_call_of(q, true, &room, &c, &f))
		return hash + answer(c.form, &f);
	xassert(c.name.len && c.name.len <= WEB_NAME_MAX && c.operation.len);
	xassert(c.read_only || c.args.len <= BODY_MAX);
	hash = mix(mix(hash, c.name), c.operation);
	return mix(mix(hash, c.args), c.key) + c.form + c.read_only;
}

/* All requests in bytes that arrive in two pieces; returns a hash of what was found. */
static uint64_t read_all(struct bytes data, size_t first)
{
	struct web_reader *r = web_reader_new(BODY_MAX);
	enum web_result result = WEB_MORE;
	size_t at = 0, have = first, used;
	uint64_t hash = 0;

	while (at < data.len && result != WEB_BAD) {
		uint8_t *copy = malloc(have - at + 1);

		memcpy(copy, data.data + at, have - at);
		result = web_read(r, bytes_of(copy, have - at), &used);
		free(copy);
		xassert(used <= have - at);
		at += used;
		if (result == WEB_READY) {
			hash = hash * 31 + look(web_request(r));
			web_next(r);
		} else if (result == WEB_BAD) {
			/* of two things that are wrong either may be told */
			answer(WEB_RAW, web_reader_fault(r));
			hash = hash * 31 + 1;
		} else {
			xassert(at == have);
		}
		if (at == have)
			have = data.len;
	}
	web_reader_free(r);
	return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes all = bytes_of(data + 2, size - 2);
	size_t first;

	if (size < 3)
		return 0;
	first = (size_t)(data[0] | data[1] << 8) % all.len;
	xassert(read_all(all, all.len) == read_all(all, first ? first : all.len));
	return 0;
}
