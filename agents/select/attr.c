// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/attr.h>

#include <errno.h>

#include <base/assert.h>

static uint8_t fold(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

bool attr_word_eq(struct bytes a, const char *word)
{
	if (a.len != strlen(word))
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.data[i]) != (uint8_t)word[i])
			return false;
	return true;
}

bool attr_keyword(struct bytes word)
{
	static const char *const words[] = {
		"and",	 "or",	  "not",   "in",      "has",   "true",	 "false",  "limit",
		"min",	 "order", "by",	   "desc",    "asc",   "prefer", "spread", "same",
		"count", "show",  "after", "explain", "fresh", "with",	 "claim",  "deadline",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (attr_word_eq(word, words[i]))
			return true;
	return false;
}

bool attr_name_valid(struct bytes name)
{
	if (!name.len || name.len > ATTR_NAME_MAX || attr_keyword(name))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = fold(name.data[i]);
		bool dot = c == '.' && i + 1 < name.len && name.data[i + 1] != '.';

		if (c >= 'a' && c <= 'z')
			continue;
		if (!i || !((c >= '0' && c <= '9') || c == '_' || c == '-' || dot))
			return false;
	}
	return true;
}

void attr_set_init(struct attr_set *set)
{
	memset(set, 0, sizeof(*set));
}

/* Place of a name, or where it would go. */
static bool attr_set_find(const struct attr_set *set, struct bytes name, uint32_t *place)
{
	uint32_t lo = 0, hi = set->n;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;
		const struct attr_slot *s = &set->v[mid];
		int c = bytes_cmp(bytes_of(s->name, s->name_len), name);

		if (!c) {
			*place = mid;
			return true;
		}
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*place = lo;
	return false;
}

static void attr_set_remove(struct attr_set *set, uint32_t place)
{
	struct attr_slot gone = set->v[place];

	xassert(place < set->n);
	memmove(set->text + gone.text_off, set->text + gone.text_off + gone.text_len,
		set->used - gone.text_off - gone.text_len);
	set->used -= gone.text_len;
	memmove(&set->v[place], &set->v[place + 1], (set->n - place - 1) * sizeof(gone));
	set->n--;
	for (uint32_t i = 0; i < set->n; i++)
		if (set->v[i].text_off > gone.text_off)
			set->v[i].text_off -= gone.text_len;
}

bool attr_set_del(struct attr_set *set, struct bytes name)
{
	uint32_t place;

	if (!attr_set_find(set, name, &place))
		return false;
	attr_set_remove(set, place);
	return true;
}

int attr_set_put(struct attr_set *set, const struct attr *a)
{
	bool has_text = a->type == ATTR_STRING || a->type == ATTR_VERSION;
	struct attr_slot slot = { .num = has_text ? 0 : a->num,
				  .text_len = has_text ? a->text.len : 0,
				  .type = a->type,
				  .unit = a->type == ATTR_INT ? a->unit : ATTR_COUNT,
				  .name_len = a->name.len };
	uint32_t place, freed = 0;
	bool there;

	if (!attr_name_valid(a->name) || a->type <= ATTR_NONE || a->type >= ATTR_TYPE_COUNT ||
	    a->unit >= ATTR_UNIT_COUNT)
		return -EINVAL;
	if (has_text && a->text.len > ATTR_STR_MAX)
		return -EMSGSIZE;
	for (size_t i = 0; i < a->name.len; i++)
		slot.name[i] = fold(a->name.data[i]);
	there = attr_set_find(set, bytes_of(slot.name, slot.name_len), &place);
	if (there)
		freed = set->v[place].text_len;
	if ((!there && set->n == ATTR_SET_MAX) ||
	    set->used - freed + slot.text_len > ATTR_TEXT_MAX) {
		set->refused++;
		return -ENOSPC;
	}
	if (there)
		attr_set_remove(set, place);
	slot.text_off = set->used;
	if (slot.text_len)
		memcpy(set->text + set->used, a->text.data, slot.text_len);
	set->used += slot.text_len;
	memmove(&set->v[place + 1], &set->v[place], (set->n - place) * sizeof(slot));
	set->v[place] = slot;
	set->n++;
	return 0;
}

void attr_set_at(const struct attr_set *set, uint32_t i, struct attr *out)
{
	const struct attr_slot *s = &set->v[i];

	xassert(i < set->n);
	*out = (struct attr){ .name = bytes_of(s->name, s->name_len),
			      .type = s->type,
			      .unit = s->unit,
			      .num = s->num,
			      .text = bytes_of(set->text + s->text_off, s->text_len) };
}

bool attr_set_get(const struct attr_set *set, struct bytes name, struct attr *out)
{
	uint32_t place;

	if (!attr_set_find(set, name, &place))
		return false;
	attr_set_at(set, place, out);
	return true;
}

static bool attr_parse_bool(struct bytes text, int64_t *out)
{
	if (attr_word_eq(text, "true") || attr_word_eq(text, "yes"))
		*out = 1;
	else if (attr_word_eq(text, "false") || attr_word_eq(text, "no"))
		*out = 0;
	else
		return false;
	return true;
}

static bool attr_parse_int(struct bytes text, struct attr *out)
{
	struct number n;

	if (number_parse(text, &n) || n.fraction)
		return false;
	out->num = n.value;
	out->unit = n.unit;
	return true;
}

int attr_parse(struct bytes name, struct bytes text, struct attr *out)
{
	static const struct {
		const char *prefix;
		enum attr_type type;
	} prefixes[] = { { "int:", ATTR_INT },
			 { "string:", ATTR_STRING },
			 { "bool:", ATTR_BOOL },
			 { "version:", ATTR_VERSION } };
	struct attr a = { .name = name };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t len = strlen(prefixes[i].prefix);

		if (!bytes_has_prefix(text, bytes_str(prefixes[i].prefix)))
			continue;
		a.type = prefixes[i].type;
		text = bytes_of(text.data + len, text.len - len);
		break;
	}
	if ((a.type == ATTR_NONE || a.type == ATTR_BOOL) && attr_parse_bool(text, &a.num))
		a.type = ATTR_BOOL;
	else if (a.type == ATTR_BOOL)
		return -EINVAL;
	else if ((a.type == ATTR_NONE || a.type == ATTR_INT) && attr_parse_int(text, &a))
		a.type = ATTR_INT;
	else if (a.type == ATTR_INT)
		return -EINVAL;
	else
		a.text = text;
	if (a.type == ATTR_NONE)
		a.type = ATTR_STRING;
	*out = a;
	return 0;
}

static size_t format_number(int64_t num, char out[20])
{
	uint64_t left = num < 0 ? -(uint64_t)num : (uint64_t)num;
	char digits[20];
	size_t i = sizeof(digits), n = 0;

	do {
		digits[--i] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (num < 0)
		out[n++] = '-';
	memcpy(out + n, digits + i, sizeof(digits) - i);
	return n + sizeof(digits) - i;
}

size_t attr_format(const struct attr *a, char *out, size_t size)
{
	static const char *const units[] = {
		[ATTR_COUNT] = "", [ATTR_BYTES] = "B", [ATTR_MS] = "ms", [ATTR_HZ] = "Hz", [ATTR_BPS] = "bit/s"
	};
	struct bytes text = a->text;
	char number[32];
	size_t n;

	if (a->type == ATTR_BOOL) {
		text = bytes_str(a->num ? "true" : "false");
	} else if (a->type == ATTR_INT) {
		n = format_number(a->num, number);
		memcpy(number + n, units[a->unit], strlen(units[a->unit]));
		text = bytes_of(number, n + strlen(units[a->unit]));
	}
	n = text.len < size ? text.len : size - 1;
	memcpy(out, text.data, n);
	out[n] = 0;
	return n;
}
