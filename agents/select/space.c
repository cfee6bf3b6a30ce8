// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/space.h>

#include <base/assert.h>
#include <base/siphash.h>

/* Of a logarithmic code: bits below the exponent. */
#define LOG_FRACTION_BITS 10

static const uint64_t hash_key[2] = { 0x78732d73656c6563ULL, 0x742d737061636500ULL };

void space_init(struct space *s)
{
	uint64_t hash = 0;

	xassert(s->axes && s->axes <= SPACE_AXES_MAX);
	if (!s->levels)
		s->levels = (TRIE_BITS - SPACE_HASH_BITS) / s->axes < SPACE_CODE_BITS ?
				    (uint8_t)((TRIE_BITS - SPACE_HASH_BITS) / s->axes) :
				    SPACE_CODE_BITS;
	xassert(s->levels <= SPACE_CODE_BITS && s->axes * s->levels <= TRIE_BITS - SPACE_HASH_BITS);
	for (uint32_t k = 0; k < s->axes; k++) {
		const struct space_axis *a = &s->axis[k];
		uint64_t key[2] = { hash, (uint64_t)a->kind };

		hash = siphash(key, a->name, strlen(a->name));
	}
	s->id = (uint32_t)(hash ^ s->levels);
}

uint16_t space_code(enum space_kind kind, int64_t value)
{
	uint32_t exponent, fraction;

	if (value <= 0)
		return 1;
	if (kind == SPACE_CODE)
		return value < UINT16_MAX ? (uint16_t)value : UINT16_MAX;
	exponent = 63 - (uint32_t)__builtin_clzll((uint64_t)value);
	fraction = exponent > LOG_FRACTION_BITS ?
			   (uint32_t)((uint64_t)value >> (exponent - LOG_FRACTION_BITS)) :
			   (uint32_t)((uint64_t)value << (LOG_FRACTION_BITS - exponent));
	fraction &= (1u << LOG_FRACTION_BITS) - 1;
	return (uint16_t)(2 + (exponent << LOG_FRACTION_BITS | fraction));
}

uint16_t space_code_name(struct bytes name)
{
	return (uint16_t)(1 + siphash(hash_key, name.data, name.len) % UINT16_MAX);
}

static uint16_t code_of(const struct space_axis *axis, const struct attr *a)
{
	if (axis->kind == SPACE_NAME)
		return a->type == ATTR_STRING ? space_code_name(a->text) : 0;
	return a->type == ATTR_INT ? space_code(axis->kind, a->num) : 0;
}

void space_locate(const struct space *s, const struct attr_set *set, struct space_point *out)
{
	struct attr a;

	memset(out, 0, sizeof(*out));
	for (uint32_t k = 0; k < s->axes; k++) {
		if (attr_set_get(set, bytes_str(s->axis[k].name), &a))
			out->c[k] = code_of(&s->axis[k], &a);
	}
}

void space_key(const struct space *s, const struct space_point *p, const struct xos_id *id,
	       struct trie_key *out)
{
	uint64_t hash[2] = { siphash(hash_key, id->b, sizeof(id->b)), 0 };
	uint32_t bits = (uint32_t)s->axes * s->levels;

	hash[1] = hash[0] * 0x9e3779b97f4a7c15ULL;
	*out = (struct trie_key){ { 0, 0 } };
	for (uint32_t i = 0; i < TRIE_BITS; i++) {
		uint64_t bit = i < bits ? (uint64_t)p->c[i % s->axes] >>
						  (SPACE_CODE_BITS - 1 - i / s->axes) :
					  hash[(i - bits) / 64] >> (63 - (i - bits) % 64);

		out->w[i / 64] |= (bit & 1) << (63 - i % 64);
	}
}

void space_region(const struct space *s, const struct trie_key *key, uint32_t bits,
		  struct space_box *out)
{
	uint32_t used = (uint32_t)s->axes * s->levels;

	xassert(bits <= TRIE_BITS);
	if (bits > used)
		bits = used;
	memset(out->lo, 0, sizeof(out->lo));
	for (uint32_t i = 0; i < bits; i++)
		out->lo[i % s->axes] |=
			(uint16_t)(trie_key_bit(key, i) << (SPACE_CODE_BITS - 1 - i / s->axes));
	for (uint32_t k = 0; k < s->axes; k++) {
		uint32_t known = bits / s->axes + (k < bits % s->axes);

		out->hi[k] = (uint16_t)(out->lo[k] | (UINT16_MAX >> known));
	}
}

float space_cover(const struct space *s, const struct space_box *cell, const struct boxes *boxes)
{
	float sum = 0;

	for (uint32_t i = 0; i < boxes->n; i++) {
		const struct space_box *b = &boxes->v[i];
		float share = 1;

		for (uint32_t k = 0; k < s->axes; k++) {
			uint32_t lo = b->lo[k] > cell->lo[k] ? b->lo[k] : cell->lo[k];
			uint32_t hi = b->hi[k] < cell->hi[k] ? b->hi[k] : cell->hi[k];

			if (lo > hi) {
				share = 0;
				break;
			}
			share *= (float)(hi - lo + 1) / (float)(cell->hi[k] - cell->lo[k] + 1u);
		}
		sum += share;
	}
	return sum < 1 ? sum : 1;
}

void space_box_full(struct space_box *box)
{
	memset(box->lo, 0, sizeof(box->lo));
	memset(box->hi, 0xff, sizeof(box->hi));
}

int space_axis_find(const struct space *s, struct bytes name)
{
	for (uint32_t k = 0; k < s->axes; k++) {
		if (bytes_eq(name, bytes_str(s->axis[k].name)))
			return (int)k;
	}
	return -1;
}

void space_default(struct space *s)
{
	static const struct space_axis axes[] = {
		{ "memory", SPACE_LOG }, { "cores", SPACE_LOG },    { "arch", SPACE_NAME },
		{ "os", SPACE_NAME },	 { "rack", SPACE_NAME },    { "dc", SPACE_NAME },
		{ "disk", SPACE_LOG },	 { "machine", SPACE_NAME },
	};

	*s = (struct space){ .axes = sizeof(axes) / sizeof(axes[0]) };
	memcpy(s->axis, axes, sizeof(axes));
	space_init(s);
}
