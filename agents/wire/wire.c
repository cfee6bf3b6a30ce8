// SPDX-License-Identifier: GPL-2.0-or-later
#include <wire/wire.h>

#include <errno.h>

#include <base/assert.h>
#include <base/be.h>
#include <base/crc32c.h>

#define ADDR_LEN 18

const struct wire_field wire_elem_u8 = { .kind = WIRE_K_U8, .max = UINT8_MAX };
const struct wire_field wire_elem_u16 = { .kind = WIRE_K_U16, .max = UINT16_MAX };
const struct wire_field wire_elem_u32 = { .kind = WIRE_K_U32, .max = UINT32_MAX };
const struct wire_field wire_elem_u64 = { .kind = WIRE_K_U64, .max = UINT64_MAX };
const struct wire_field wire_elem_addr = { .kind = WIRE_K_ADDR };
const struct wire_field wire_elem_id = { .kind = WIRE_K_ID };
const struct wire_field wire_elem_bytes = { .kind = WIRE_K_BYTES, .max = WIRE_MSG_LEN_MAX };

/** struct tlv - one attribute found in the input */
struct tlv {
	uint16_t attr;
	struct bytes value;
};

/* Take the attribute at *pos and move past it; the caller checked *pos < in.len. */
static int tlv_read(struct bytes in, size_t *pos, struct tlv *t)
{
	size_t left = in.len - *pos;
	uint32_t len;

	if (left < WIRE_TLV_LEN)
		return -EBADMSG;
	len = be32_load(in.data + *pos + 2);
	if (len > left - WIRE_TLV_LEN)
		return -EBADMSG;
	t->attr = be16_load(in.data + *pos);
	t->value = bytes_of(in.data + *pos + WIRE_TLV_LEN, len);
	*pos += WIRE_TLV_LEN + len;
	return 0;
}

/* Length of the UTF-8 sequence at @p, shortest form and no surrogates, or 0 (RFC 3629 section 4). */
static size_t utf8_seq(const uint8_t *p, size_t left)
{
	static const struct {
		uint8_t first, last, second_min, second_max, len;
	} rows[] = {
		{ 0x01, 0x7f, 0x00, 0xff, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (*p < rows[i].first || *p > rows[i].last)
			continue;
		if (rows[i].len > left)
			return 0;
		if (rows[i].len > 1 && (p[1] < rows[i].second_min || p[1] > rows[i].second_max))
			return 0;
		for (size_t k = 2; k < rows[i].len; k++)
			if ((p[k] & 0xc0) != 0x80)
				return 0;
		return rows[i].len;
	}
	return 0;
}

static bool string_ok(struct bytes s)
{
	size_t pos = 0, len;

	while (pos < s.len) {
		len = utf8_seq(s.data + pos, s.len - pos);
		if (!len)
			return false;
		pos += len;
	}
	return true;
}

static bool value_in_range(const struct wire_field *f, uint64_t v)
{
	return v >= f->min && v <= f->max;
}

/* Bytes of an integer kind, 0 for the others. */
static size_t int_len(uint8_t kind)
{
	return kind >= WIRE_K_U8 && kind <= WIRE_K_U64 ? (size_t)1 << (kind - WIRE_K_U8) : 0;
}

static int int_decode(const struct wire_field *f, struct bytes in, void *out)
{
	uint64_t v = 0;

	if (in.len != int_len(f->kind))
		return -EBADMSG;
	for (size_t i = 0; i < in.len; i++)
		v = v << 8 | in.data[i];
	if (!value_in_range(f, v))
		return -EBADMSG;
	if (!out)
		return 0;
	/* be.h asserts a little-endian host: the low bytes come first */
	memcpy(out, &v, in.len);
	return 0;
}

static int set_decode(const struct wire_set *set, struct bytes in, void *out, unsigned int depth);

static int addr_decode(struct bytes in, struct xos_addr *out)
{
	if (in.len != ADDR_LEN)
		return -EBADMSG;
	if (out) {
		memcpy(out->ip, in.data, sizeof(out->ip));
		out->port = be16_load(in.data + sizeof(out->ip));
	}
	return 0;
}

static int value_decode(const struct wire_field *f, struct bytes in, void *out, unsigned int depth)
{
	switch (f->kind) {
	case WIRE_K_U8:
	case WIRE_K_U16:
	case WIRE_K_U32:
	case WIRE_K_U64:
		return int_decode(f, in, out);
	case WIRE_K_FLAG:
		if (in.len)
			return -EBADMSG;
		if (out)
			*(bool *)out = true;
		return 0;
	case WIRE_K_STRING:
		if (!string_ok(in))
			return -EBADMSG;
		/* fallthrough */
	case WIRE_K_BYTES:
		if (!value_in_range(f, in.len))
			return -EBADMSG;
		if (out)
			*(struct bytes *)out = in;
		return 0;
	case WIRE_K_ADDR:
		return addr_decode(in, out);
	case WIRE_K_ID:
		if (in.len != XOS_ID_LEN)
			return -EBADMSG;
		if (out)
			memcpy(out, in.data, XOS_ID_LEN);
		return 0;
	case WIRE_K_NEST:
		return set_decode(f->set, in, out, depth + 1);
	default:
		return 0;
	}
}

/* One more element for the list at @out; @start is where its attribute begins. */
static void list_grow(void *out, const uint8_t *start, const struct tlv *t)
{
	const uint8_t *end = t->value.data + t->value.len;
	struct wire_list l;

	memcpy(&l, out, sizeof(l));
	if (!l.n)
		l.raw.data = start;
	l.raw.len = (size_t)(end - l.raw.data);
	l.attr = t->attr;
	l.n++;
	memcpy(out, &l, sizeof(l));
}

static int list_decode(const struct wire_field *f, const uint8_t *start, const struct tlv *t,
		       void *out, unsigned int depth)
{
	/* Each element is checked here so that wire_list_next() cannot meet a bad one. */
	int err = value_decode(f, t->value, NULL, depth);

	if (!err && out)
		list_grow(out, start, t);
	return err;
}

static int set_decode(const struct wire_set *set, struct bytes in, void *out, unsigned int depth)
{
	uint32_t count[WIRE_LIST_MAX] = { 0 };
	uint64_t seen = 0;
	size_t pos = 0;

	if (depth > WIRE_DEPTH_MAX)
		return -EBADMSG;
	if (out)
		memset(out, 0, set->size);
	while (pos < in.len) {
		const uint8_t *start = in.data + pos;
		const struct wire_field *f;
		uint8_t *member;
		struct tlv t;
		uint64_t bit;
		int err;

		if (tlv_read(in, &pos, &t))
			return -EBADMSG;
		if (!t.attr || t.attr > set->n || !set->fields[t.attr - 1].kind)
			continue;
		f = &set->fields[t.attr - 1];
		bit = 1ULL << (t.attr - 1);
		member = out ? (uint8_t *)out + f->offset : NULL;
		if (f->flags & WIRE_F_LIST) {
			if (count[f->list]++ >= f->count_max)
				return -EBADMSG;
			err = list_decode(f, start, &t, member, depth);
		} else {
			if (seen & bit)
				return -EBADMSG;
			err = value_decode(f, t.value, member, depth);
			if (out && f->has != WIRE_HAS_NONE)
				*(bool *)((uint8_t *)out + f->has) = true;
		}
		if (err)
			return err;
		seen |= bit;
	}
	return (seen & set->required) == set->required ? 0 : -EPROTO;
}

static uint8_t *tlv_begin(struct buf *out, uint16_t attr, size_t len)
{
	uint8_t *p = buf_reserve(out, WIRE_TLV_LEN + len);

	if (!p)
		return NULL;
	be16_store(p, attr);
	be32_store(p + 2, (uint32_t)len);
	return p + WIRE_TLV_LEN;
}

static int int_encode(const struct wire_field *f, uint16_t attr, const void *in, struct buf *out)
{
	size_t len = int_len(f->kind);
	uint64_t v = 0;
	uint8_t *p;

	memcpy(&v, in, len);
	if (!value_in_range(f, v))
		return -EINVAL;
	p = tlv_begin(out, attr, len);
	if (!p)
		return -EMSGSIZE;
	for (size_t i = 0; i < len; i++)
		p[i] = (uint8_t)(v >> 8 * (len - 1 - i));
	return 0;
}

static int bytes_encode(const struct wire_field *f, uint16_t attr, struct bytes in, struct buf *out)
{
	uint8_t *p;

	if (in.len > f->max)
		return -EMSGSIZE;
	if (in.len < f->min || (f->kind == WIRE_K_STRING && !string_ok(in)))
		return -EINVAL;
	p = tlv_begin(out, attr, in.len);
	if (!p)
		return -EMSGSIZE;
	if (in.len)
		memcpy(p, in.data, in.len);
	return 0;
}

static int set_encode(const struct wire_set *set, const void *in, struct buf *out,
		      unsigned int depth);

static int nest_encode(const struct wire_field *f, uint16_t attr, const void *in, struct buf *out,
		       unsigned int depth)
{
	uint8_t *p = tlv_begin(out, attr, 0);
	int err;

	if (!p)
		return -EMSGSIZE;
	err = set_encode(f->set, in, out, depth + 1);
	if (!err)
		be32_store(p - 4, (uint32_t)(out->data + out->len - p));
	return err;
}

static int value_encode(const struct wire_field *f, uint16_t attr, const void *in, struct buf *out,
			unsigned int depth)
{
	const struct xos_addr *addr = in;
	uint8_t *p;

	switch (f->kind) {
	case WIRE_K_U8:
	case WIRE_K_U16:
	case WIRE_K_U32:
	case WIRE_K_U64:
		return int_encode(f, attr, in, out);
	case WIRE_K_FLAG:
		return !*(const bool *)in || tlv_begin(out, attr, 0) ? 0 : -EMSGSIZE;
	case WIRE_K_BYTES:
	case WIRE_K_STRING:
		return bytes_encode(f, attr, *(const struct bytes *)in, out);
	case WIRE_K_ADDR:
		p = tlv_begin(out, attr, ADDR_LEN);
		if (!p)
			return -EMSGSIZE;
		memcpy(p, addr->ip, sizeof(addr->ip));
		be16_store(p + sizeof(addr->ip), addr->port);
		return 0;
	case WIRE_K_ID:
		p = tlv_begin(out, attr, XOS_ID_LEN);
		if (!p)
			return -EMSGSIZE;
		memcpy(p, in, XOS_ID_LEN);
		return 0;
	case WIRE_K_NEST:
		return nest_encode(f, attr, in, out, depth);
	case WIRE_K_FIXED:
		p = tlv_begin(out, attr, 4);
		if (p)
			be32_store(p, (uint32_t)f->max);
		return p ? 0 : -EMSGSIZE;
	default:
		return 0;
	}
}

/* Size of an element in memory. */
static size_t elem_size(const struct wire_field *f)
{
	switch (f->kind) {
	case WIRE_K_BYTES:
	case WIRE_K_STRING:
		return sizeof(struct bytes);
	case WIRE_K_ADDR:
		return sizeof(struct xos_addr);
	case WIRE_K_ID:
		return sizeof(struct xos_id);
	case WIRE_K_NEST:
		return f->set->size;
	default:
		return int_len(f->kind);
	}
}

/* Elements of a decoded list are copied as they came, what is unknown in them included. */
static int list_copy(const struct wire_list *l, uint16_t attr, struct buf *out)
{
	uint32_t n = 0;
	size_t pos = 0;
	struct tlv t;
	uint8_t *p;

	while (pos < l->raw.len) {
		if (tlv_read(l->raw, &pos, &t))
			return -EINVAL;
		if (t.attr != l->attr)
			continue;
		p = tlv_begin(out, attr, t.value.len);
		if (!p)
			return -EMSGSIZE;
		if (t.value.len)
			memcpy(p, t.value.data, t.value.len);
		n++;
	}
	return n == l->n ? 0 : -EINVAL;
}

static int list_encode(const struct wire_field *f, uint16_t attr, const void *in, struct buf *out,
		       unsigned int depth)
{
	size_t size = elem_size(f);
	struct wire_list l;
	int err = 0;

	memcpy(&l, in, sizeof(l));
	if (l.n > f->count_max)
		return -EMSGSIZE;
	if (!l.n)
		return f->flags & WIRE_F_REQUIRED ? -EINVAL : 0;
	if (!l.v)
		return list_copy(&l, attr, out);
	for (uint32_t i = 0; i < l.n && !err; i++)
		err = value_encode(f, attr, (const uint8_t *)l.v + i * size, out, depth);
	return err;
}

static int set_encode(const struct wire_set *set, const void *in, struct buf *out,
		      unsigned int depth)
{
	const uint8_t *base = in;
	int err;

	xassert(depth <= WIRE_DEPTH_MAX);
	for (uint16_t i = 0; i < set->n; i++) {
		const struct wire_field *f = &set->fields[i];

		if (!f->kind || (f->has != WIRE_HAS_NONE && !*(const bool *)(base + f->has)))
			continue;
		if (f->flags & WIRE_F_LIST)
			err = list_encode(f, i + 1, base + f->offset, out, depth);
		else
			err = value_encode(f, i + 1, base + f->offset, out, depth);
		if (err)
			return err;
	}
	return 0;
}

int wire_set_encode(const struct wire_set *set, const void *in, struct buf *out)
{
	size_t start = out->len;
	int err = set_encode(set, in, out, 0);

	if (err)
		out->len = start;
	return err;
}

int wire_set_decode(const struct wire_set *set, struct bytes in, void *out)
{
	return set_decode(set, in, out, 0);
}

/* The checksum covers the message with its own field as zero. */
static uint32_t msg_crc(const uint8_t *msg, size_t len)
{
	static const uint8_t zero[4];
	uint32_t crc = crc32c(0, msg, WIRE_OFF_CRC);

	crc = crc32c(crc, zero, sizeof(zero));
	return crc32c(crc, msg + WIRE_HEADER_LEN, len - WIRE_HEADER_LEN);
}

int wire_encode(const struct wire_msg *msg, const void *in, struct buf *out)
{
	size_t start = out->len, len;
	uint8_t *p;
	int err;

	p = buf_reserve(out, WIRE_HEADER_LEN);
	if (!p)
		return -EMSGSIZE;
	memset(p, 0, WIRE_HEADER_LEN);
	err = set_encode(msg->set, in, out, 0);
	len = out->len - start;
	if (!err && len > WIRE_MSG_LEN_MAX)
		err = -EMSGSIZE;
	if (err) {
		out->len = start;
		return err;
	}
	be16_store(p + WIRE_OFF_MAGIC, WIRE_MAGIC);
	p[WIRE_OFF_VERSION] = WIRE_VERSION;
	be16_store(p + WIRE_OFF_TYPE, msg->type);
	be32_store(p + WIRE_OFF_LEN, (uint32_t)len);
	be32_store(p + WIRE_OFF_CRC, msg_crc(p, len));
	return 0;
}

int wire_frame_len(struct bytes in, size_t *len)
{
	uint32_t n;

	if (in.len < WIRE_HEADER_LEN)
		return -EAGAIN;
	n = be32_load(in.data + WIRE_OFF_LEN);
	if (be16_load(in.data + WIRE_OFF_MAGIC) != WIRE_MAGIC || !in.data[WIRE_OFF_VERSION] ||
	    n < WIRE_HEADER_LEN || n > WIRE_MSG_LEN_MAX)
		return -EBADMSG;
	*len = n;
	return 0;
}

int wire_header_decode(struct bytes in, struct wire_header *h)
{
	size_t len;

	if (wire_frame_len(in, &len) || len != in.len)
		return -EBADMSG;
	if (be32_load(in.data + WIRE_OFF_CRC) != msg_crc(in.data, len))
		return -EBADMSG;
	h->type = be16_load(in.data + WIRE_OFF_TYPE);
	h->version = in.data[WIRE_OFF_VERSION];
	h->flags = in.data[WIRE_OFF_FLAGS];
	h->body = bytes_of(in.data + WIRE_HEADER_LEN, len - WIRE_HEADER_LEN);
	return 0;
}

int wire_body_decode(const struct wire_msg *msg, const struct wire_header *h, void *out)
{
	if (h->type != msg->type)
		return -EBADMSG;
	return set_decode(msg->set, h->body, out, 0);
}

int wire_decode(const struct wire_msg *msg, struct bytes in, void *out)
{
	struct wire_header h;

	if (wire_header_decode(in, &h))
		return -EBADMSG;
	return wire_body_decode(msg, &h, out);
}

const char *wire_type_name(uint16_t type)
{
	const struct wire_msg *msg = wire_msg_find(type);

	return msg ? msg->name : "unknown";
}

bool wire_list_next(const void *list, size_t *pos, const struct wire_field *elem, void *out)
{
	struct wire_list l;
	struct tlv t;

	memcpy(&l, list, sizeof(l));
	if (l.v) {
		size_t size = elem_size(elem);

		if (*pos >= l.n)
			return false;
		memcpy(out, (const uint8_t *)l.v + *pos * size, size);
		++*pos;
		return true;
	}
	while (*pos < l.raw.len) {
		if (tlv_read(l.raw, pos, &t))
			return false;
		if (t.attr == l.attr)
			return !value_decode(elem, t.value, out, 1);
	}
	return false;
}
