// SPDX-License-Identifier: GPL-2.0-or-later
#include <nl/nl_attr.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include <base/assert.h>

const struct xnl_field xnl_elem_u8 = { .kind = XNL_K_INT, .size = 1 };
const struct xnl_field xnl_elem_u16 = { .kind = XNL_K_INT, .size = 2 };
const struct xnl_field xnl_elem_u32 = { .kind = XNL_K_INT, .size = 4 };
const struct xnl_field xnl_elem_u64 = { .kind = XNL_K_INT, .size = 8 };
const struct xnl_field xnl_elem_string = { .kind = XNL_K_STRING };
const struct xnl_field xnl_elem_bytes = { .kind = XNL_K_BYTES };

/** struct attr - one attribute found in the input */
struct attr {
	const uint8_t *start;
	struct bytes value;
	uint16_t type;
};

/* Take the attribute at *pos and move past it; the caller checked *pos < in.len. */
static int attr_read(struct bytes in, size_t *pos, struct attr *a)
{
	const struct nlattr *nla = (const void *)(in.data + *pos);
	size_t left = in.len - *pos, step;

	if (left < sizeof(*nla) || nla->nla_len < sizeof(*nla) || nla->nla_len > left)
		return -EBADMSG;
	a->start = in.data + *pos;
	a->type = nla->nla_type & NLA_TYPE_MASK;
	a->value = bytes_of(a->start + MNL_ATTR_HDRLEN, nla->nla_len - MNL_ATTR_HDRLEN);
	step = MNL_ALIGN((size_t)nla->nla_len);
	/* the last one need not be padded */
	*pos += step < left ? step : left;
	return 0;
}

static const struct xnl_field *field_find(const struct xnl_set *set, uint16_t type)
{
	if (!type || type > set->n || !set->fields[type - 1].kind)
		return NULL;
	return &set->fields[type - 1];
}

static bool len_ok(const struct xnl_field *f, size_t len)
{
	return len >= f->len_min && (!f->len_max || len <= f->len_max);
}

static void swap_bytes(uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len / 2; i++) {
		uint8_t t = p[i];

		p[i] = p[len - 1 - i];
		p[len - 1 - i] = t;
	}
}

static int set_parse(const struct xnl_set *set, struct bytes in, void *out, unsigned int depth);

static int value_parse(const struct xnl_field *f, struct bytes in, void *out, unsigned int depth)
{
	switch (f->kind) {
	case XNL_K_INT:
	case XNL_K_ARRAY:
		if (in.len != f->size)
			return -EBADMSG;
		if (out)
			memcpy(out, in.data, f->size);
		if (out && f->flags & XNL_F_BIG_ENDIAN)
			swap_bytes(out, f->size);
		return 0;
	case XNL_K_FLAG:
		if (in.len)
			return -EBADMSG;
		if (out)
			*(bool *)out = true;
		return 0;
	case XNL_K_STRING:
		if (!in.len || memchr(in.data, 0, in.len) != in.data + in.len - 1 ||
		    !len_ok(f, in.len - 1))
			return -EBADMSG;
		if (out)
			*(const char **)out = (const char *)in.data;
		return 0;
	case XNL_K_BYTES:
		if (!len_ok(f, in.len))
			return -EBADMSG;
		if (out)
			*(struct bytes *)out = in;
		return 0;
	case XNL_K_NEST:
		return set_parse(f->set, in, out, depth + 1);
	default:
		return 0;
	}
}

static void list_grow(void *out, const struct attr *a)
{
	const uint8_t *end = a->value.data + a->value.len;
	struct xnl_list l;

	memcpy(&l, out, sizeof(l));
	if (!l.n)
		l.raw.data = a->start;
	l.raw.len = (size_t)(end - l.raw.data);
	l.attr = a->type;
	l.n++;
	memcpy(out, &l, sizeof(l));
}

static int field_parse(const struct xnl_field *f, const struct attr *a, uint8_t *out,
		       unsigned int depth)
{
	int err;

	if (f->flags & XNL_F_LIST) {
		/* Checked here so that xnl_list_next() cannot meet a bad element. */
		err = value_parse(f, a->value, NULL, depth);
		if (!err && out)
			list_grow(out + f->offset, a);
		return err;
	}
	err = value_parse(f, a->value, out ? out + f->offset : NULL, depth);
	if (!err && out && f->has != XNL_HAS_NONE)
		*(bool *)(out + f->has) = true;
	return err;
}

static int set_parse(const struct xnl_set *set, struct bytes in, void *out, unsigned int depth)
{
	uint64_t seen[4] = { 0 };
	size_t pos = 0;
	int err;

	if (depth > XNL_DEPTH_MAX)
		return -EBADMSG;
	if (out)
		memset(out, 0, set->size);
	while (pos < in.len) {
		const struct xnl_field *f;
		struct attr a;
		uint64_t bit;

		if (attr_read(in, &pos, &a))
			return -EBADMSG;
		f = field_find(set, a.type);
		if (!f)
			continue;
		bit = 1ULL << (a.type & 63);
		if (!(f->flags & XNL_F_LIST) && seen[a.type >> 6] & bit)
			return -EBADMSG;
		seen[a.type >> 6] |= bit;
		err = field_parse(f, &a, out, depth);
		if (err)
			return err;
	}
	return 0;
}

int xnl_set_parse(const struct xnl_set *set, struct bytes attrs, void *out)
{
	xassert(((uintptr_t)attrs.data & (MNL_ALIGNTO - 1)) == 0 && set->n <= UINT8_MAX);
	return set_parse(set, attrs, out, 0);
}

static int set_put(const struct xnl_set *set, const uint8_t *in, struct nlmsghdr *nlh, size_t cap,
		   unsigned int depth);

static int nest_put(const struct xnl_field *f, uint16_t type, const void *in, struct nlmsghdr *nlh,
		    size_t cap, unsigned int depth)
{
	struct nlattr *nest = mnl_attr_nest_start_check(nlh, cap, type);
	size_t len;
	int err;

	if (!nest)
		return -EMSGSIZE;
	err = set_put(f->set, in, nlh, cap, depth + 1);
	if (err)
		return err;
	len = (size_t)((const uint8_t *)mnl_nlmsg_get_payload_tail(nlh) - (const uint8_t *)nest);
	if (len > UINT16_MAX)
		return -EMSGSIZE;
	mnl_attr_nest_end(nlh, nest);
	return 0;
}

static int bytes_put(const struct xnl_field *f, uint16_t type, struct bytes in, size_t extra,
		     struct nlmsghdr *nlh, size_t cap)
{
	if (!len_ok(f, in.len))
		return -EINVAL;
	if (in.len + extra > UINT16_MAX - MNL_ATTR_HDRLEN)
		return -EMSGSIZE;
	/* libmnl copies from a valid address even when there is nothing to copy */
	if (!in.data)
		in.data = (const uint8_t *)"";
	if (!mnl_attr_put_check(nlh, cap, type, in.len + extra, in.data))
		return -EMSGSIZE;
	return 0;
}

static int value_put(const struct xnl_field *f, uint16_t type, const void *in, struct nlmsghdr *nlh,
		     size_t cap, unsigned int depth)
{
	uint8_t value[8];

	switch (f->kind) {
	case XNL_K_INT:
		xassert(f->size <= sizeof(value));
		memcpy(value, in, f->size);
		if (f->flags & XNL_F_BIG_ENDIAN)
			swap_bytes(value, f->size);
		return mnl_attr_put_check(nlh, cap, type, f->size, value) ? 0 : -EMSGSIZE;
	case XNL_K_ARRAY:
		return mnl_attr_put_check(nlh, cap, type, f->size, in) ? 0 : -EMSGSIZE;
	case XNL_K_FLAG:
		if (!*(const bool *)in)
			return 0;
		return mnl_attr_put_check(nlh, cap, type, 0, "") ? 0 : -EMSGSIZE;
	case XNL_K_STRING:
		return bytes_put(f, type, bytes_str(*(const char *const *)in), 1, nlh, cap);
	case XNL_K_BYTES:
		return bytes_put(f, type, *(const struct bytes *)in, 0, nlh, cap);
	case XNL_K_NEST:
		return nest_put(f, type, in, nlh, cap, depth);
	default:
		return 0;
	}
}

/* Size of an element in memory. */
static size_t elem_size(const struct xnl_field *f)
{
	switch (f->kind) {
	case XNL_K_STRING:
		return sizeof(const char *);
	case XNL_K_BYTES:
		return sizeof(struct bytes);
	case XNL_K_NEST:
		return f->set->size;
	default:
		return f->size;
	}
}

/* Elements of a parsed list are sent as they came. */
static int list_copy(const struct xnl_list *l, uint16_t type, struct nlmsghdr *nlh, size_t cap)
{
	size_t pos = 0;
	struct attr a;

	while (pos < l->raw.len) {
		const struct nlattr *nla;

		if (attr_read(l->raw, &pos, &a))
			return -EINVAL;
		if (a.type != l->attr)
			continue;
		nla = (const void *)a.start;
		if (!mnl_attr_put_check(nlh, cap, type | (nla->nla_type & NLA_F_NESTED),
					a.value.len, a.value.data))
			return -EMSGSIZE;
	}
	return 0;
}

static int list_put(const struct xnl_field *f, uint16_t type, const void *in, struct nlmsghdr *nlh,
		    size_t cap, unsigned int depth)
{
	size_t size = elem_size(f);
	struct xnl_list l;
	int err = 0;

	memcpy(&l, in, sizeof(l));
	if (!l.v)
		return list_copy(&l, type, nlh, cap);
	for (uint32_t i = 0; i < l.n && !err; i++)
		err = value_put(f, type, (const uint8_t *)l.v + i * size, nlh, cap, depth);
	return err;
}

static int set_put(const struct xnl_set *set, const uint8_t *in, struct nlmsghdr *nlh, size_t cap,
		   unsigned int depth)
{
	int err;

	xassert(depth <= XNL_DEPTH_MAX);
	for (uint16_t i = 0; i < set->n; i++) {
		const struct xnl_field *f = &set->fields[i];

		if (!f->kind || (f->has != XNL_HAS_NONE && !*(const bool *)(in + f->has)))
			continue;
		if (f->flags & XNL_F_LIST)
			err = list_put(f, i + 1, in + f->offset, nlh, cap, depth);
		else
			err = value_put(f, i + 1, in + f->offset, nlh, cap, depth);
		if (err)
			return err;
	}
	return 0;
}

int xnl_set_put(const struct xnl_set *set, const void *in, struct nlmsghdr *nlh, size_t cap)
{
	return in ? set_put(set, in, nlh, cap, 0) : 0;
}

void xnl_attr_path(const struct xnl_set *set, struct bytes attrs, const uint8_t *at, char *out,
		   size_t cap)
{
	size_t pos = 0, used;
	struct attr a;

	out[0] = '\0';
	while (pos < attrs.len && !attr_read(attrs, &pos, &a)) {
		const struct xnl_field *f = field_find(set, a.type);

		if (!f || at < a.start || at >= a.value.data + a.value.len)
			continue;
		snprintf(out, cap, "%s", f->name);
		if (at == a.start || f->kind != XNL_K_NEST)
			return;
		used = strlen(out);
		if (used + 2 >= cap)
			return;
		out[used] = '.';
		xnl_attr_path(f->set, a.value, at, out + used + 1, cap - used - 1);
		if (!out[used + 1])
			out[used] = '\0';
		return;
	}
}

bool xnl_list_next(const void *list, size_t *pos, const struct xnl_field *elem, void *out)
{
	size_t size = elem_size(elem);
	struct xnl_list l;
	struct attr a;

	memcpy(&l, list, sizeof(l));
	if (l.v) {
		if (*pos >= l.n)
			return false;
		memcpy(out, (const uint8_t *)l.v + *pos * size, size);
		++*pos;
		return true;
	}
	while (*pos < l.raw.len) {
		if (attr_read(l.raw, pos, &a))
			return false;
		if (a.type == l.attr)
			return !value_parse(elem, a.value, out, 1);
	}
	return false;
}
