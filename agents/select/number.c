// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/number.h>

#include <errno.h>

static const struct number_unit {
	const char *name;
	int64_t factor;
	enum attr_unit unit;
} number_units[] = {
	{ "", 1, ATTR_COUNT },
	{ "B", 1, ATTR_BYTES },
	{ "KiB", 1LL << 10, ATTR_BYTES },
	{ "MiB", 1LL << 20, ATTR_BYTES },
	{ "GiB", 1LL << 30, ATTR_BYTES },
	{ "TiB", 1LL << 40, ATTR_BYTES },
	{ "PiB", 1LL << 50, ATTR_BYTES },
	{ "K", 1LL << 10, ATTR_BYTES },
	{ "M", 1LL << 20, ATTR_BYTES },
	{ "G", 1LL << 30, ATTR_BYTES },
	{ "T", 1LL << 40, ATTR_BYTES },
	{ "P", 1LL << 50, ATTR_BYTES },
	{ "kB", 1000, ATTR_BYTES },
	{ "MB", 1000000, ATTR_BYTES },
	{ "GB", 1000000000, ATTR_BYTES },
	{ "TB", 1000000000000, ATTR_BYTES },
	{ "PB", 1000000000000000, ATTR_BYTES },
	{ "ms", 1, ATTR_MS },
	{ "s", 1000, ATTR_MS },
	{ "min", 60000, ATTR_MS },
	{ "h", 3600000, ATTR_MS },
	{ "d", 86400000, ATTR_MS },
	{ "Hz", 1, ATTR_HZ },
	{ "kHz", 1000, ATTR_HZ },
	{ "MHz", 1000000, ATTR_HZ },
	{ "GHz", 1000000000, ATTR_HZ },
	{ "bit/s", 1, ATTR_BPS },
	{ "kbit/s", 1000, ATTR_BPS },
	{ "Mbit/s", 1000000, ATTR_BPS },
	{ "Gbit/s", 1000000000, ATTR_BPS },
	{ "Tbit/s", 1000000000000, ATTR_BPS },
};

static const struct number_unit *number_unit_find(struct bytes name)
{
	for (size_t i = 0; i < sizeof(number_units) / sizeof(number_units[0]); i++)
		if (bytes_eq(name, bytes_str(number_units[i].name)))
			return &number_units[i];
	return NULL;
}

static bool number_digit(struct bytes s, size_t i)
{
	return i < s.len && s.data[i] >= '0' && s.data[i] <= '9';
}

int number_parse(struct bytes s, struct number *out)
{
	bool negative = s.len && s.data[0] == '-', overflow = false;
	int64_t whole = 0, part = 0, scale = 1;
	const struct number_unit *unit;
	size_t i = negative;

	if (!number_digit(s, i))
		return -EINVAL;
	for (; number_digit(s, i); i++)
		overflow |= __builtin_mul_overflow(whole, 10, &whole) ||
			    __builtin_add_overflow(whole, s.data[i] - '0', &whole);
	if (i < s.len && s.data[i] == '.') {
		if (!number_digit(s, ++i))
			return -EINVAL;
		for (int k = 0; number_digit(s, i); i++, k++) {
			if (k == NUMBER_FRACTION_MAX)
				return -EINVAL;
			part = part * 10 + (s.data[i] - '0');
			scale *= 10;
		}
	}
	unit = number_unit_find(bytes_of(s.data + i, s.len - i));
	if (!unit)
		return -EINVAL;
	part *= unit->factor;
	if (overflow || __builtin_mul_overflow(whole, unit->factor, &whole) ||
	    __builtin_add_overflow(whole, part / scale, &whole))
		return -ERANGE;
	out->fraction = part % scale;
	out->value = negative ? -whole - out->fraction : whole;
	out->unit = unit->unit;
	return 0;
}

int number_cmp(int64_t value, const struct number *n)
{
	if (value != n->value)
		return value < n->value ? -1 : 1;
	return n->fraction ? -1 : 0;
}
