// SPDX-License-Identifier: GPL-2.0-or-later
#include <redis/value.h>

#include <base/assert.h>
#include <base/be.h>

static const uint8_t magic[4] = { 0xf5, 'x', 'R', 1 };

void redis_value_decode(struct bytes raw, struct redis_value *v)
{
	const uint8_t *at = raw.data;
	uint8_t type;

	*v = (struct redis_value){ .type = REDIS_STRING, .str = raw };
	if (raw.len < REDIS_HEAD_LEN || memcmp(at, magic, sizeof(magic)))
		return;
	type = at[4];
	if (type < REDIS_STRING || type > REDIS_SET ||
	    (type != REDIS_STRING && raw.len != REDIS_COLL_LEN))
		return;
	v->type = type;
	v->expire_ms = be64_load(at + 5);
	at += REDIS_HEAD_LEN;
	if (type == REDIS_STRING) {
		v->str = bytes_of(at, raw.len - REDIS_HEAD_LEN);
		return;
	}
	v->str = bytes_of(NULL, 0);
	memcpy(v->id.b, at, REDIS_ID_LEN);
	v->count = be64_load(at + REDIS_ID_LEN);
	v->head = be64_load(at + REDIS_ID_LEN + 8);
}

/* A string that lies in the map as it is: no expiry, and nobody takes it for more. */
static bool plain(const struct redis_value *v)
{
	return v->type == REDIS_STRING && !v->expire_ms &&
	       (v->str.len < sizeof(magic) || memcmp(v->str.data, magic, sizeof(magic)));
}

size_t redis_value_len(const struct redis_value *v)
{
	if (v->type != REDIS_STRING)
		return REDIS_COLL_LEN;
	return v->str.len + (plain(v) ? 0 : REDIS_HEAD_LEN);
}

void redis_value_encode(const struct redis_value *v, uint8_t *out)
{
	xassert(v->type != REDIS_NONE);
	if (!plain(v)) {
		memcpy(out, magic, sizeof(magic));
		out[4] = (uint8_t)v->type;
		be64_store(out + 5, v->expire_ms);
		out += REDIS_HEAD_LEN;
	}
	if (v->type == REDIS_STRING) {
		if (v->str.len)
			memcpy(out, v->str.data, v->str.len);
		return;
	}
	memcpy(out, v->id.b, REDIS_ID_LEN);
	be64_store(out + REDIS_ID_LEN, v->count);
	be64_store(out + REDIS_ID_LEN + 8, v->head);
}

const char *redis_type_name(enum redis_type type)
{
	static const char *const names[] = { "none", "string", "hash", "list", "set" };

	return names[type];
}
