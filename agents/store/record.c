// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/record.h>

#include <base/be.h>
#include <base/crc32c.h>
#include <store/log.h>

#define RECORD_MAGIC   0x584f5352 /* "XOSR" */
#define RECORD_CRC_OFF 24

static uint32_t record_crc(const uint8_t *at, size_t payload_len)
{
	static const uint8_t zero[4];
	uint32_t crc;

	crc = crc32c(0, at, RECORD_CRC_OFF);
	crc = crc32c(crc, zero, sizeof(zero));
	return crc32c(crc, at + RECORD_CRC_OFF + 4,
		      STORE_RECORD_HDR - RECORD_CRC_OFF - 4 + payload_len);
}

int store_record_encode(const struct store_record *r, struct buf *out)
{
	size_t size = store_record_size(r->payload.len);
	uint8_t *at;

	if (r->payload.len > STORE_LOG_RECORD_MAX)
		return -EMSGSIZE;
	at = buf_reserve(out, size);
	if (!at)
		return -EMSGSIZE;
	memset(at, 0, STORE_RECORD_HDR);
	memset(at + size - STORE_RECORD_ALIGN, 0, STORE_RECORD_ALIGN);
	be32_store(at, RECORD_MAGIC);
	be32_store(at + 4, (uint32_t)r->payload.len);
	be64_store(at + 8, r->seq);
	be64_store(at + 16, r->durable);
	if (r->payload.len)
		memcpy(at + STORE_RECORD_HDR, r->payload.data, r->payload.len);
	be32_store(at + RECORD_CRC_OFF, record_crc(at, r->payload.len));
	return 0;
}

static bool all_zero(const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i])
			return false;
	}
	return true;
}

int store_record_decode(struct bytes in, struct store_record *out)
{
	size_t len;

	if (in.len < STORE_RECORD_HDR)
		return in.len && !all_zero(in.data, in.len) ? -EBADMSG : -ENODATA;
	if (be32_load(in.data) != RECORD_MAGIC)
		return all_zero(in.data, STORE_RECORD_HDR) ? -ENODATA : -EBADMSG;
	len = be32_load(in.data + 4);
	if (len > STORE_LOG_RECORD_MAX || store_record_size(len) > in.len)
		return -EBADMSG;
	if (be32_load(in.data + RECORD_CRC_OFF) != record_crc(in.data, len))
		return -EBADMSG;
	*out = (struct store_record){
		.seq = be64_load(in.data + 8),
		.durable = be64_load(in.data + 16),
		.payload = bytes_of(in.data + STORE_RECORD_HDR, len),
		.size = store_record_size(len),
	};
	return 0;
}

void store_record_scan(struct bytes in, size_t from, uint64_t next, struct store_record_scan *out)
{
	struct store_record r;
	size_t at = from;
	int err;

	*out = (struct store_record_scan){ .end = from, .next = next };
	while (at <= in.len) {
		err = store_record_decode(bytes_of(in.data + at, in.len - at), &r);
		if (err || r.seq != out->next)
			break;
		if (r.durable > out->durable)
			out->durable = r.durable;
		at += r.size;
		out->end = at;
		out->next++;
	}
	/* Behind the gap nothing is trusted but the claims about what was durable. */
	while (at + STORE_RECORD_HDR <= in.len) {
		err = store_record_decode(bytes_of(in.data + at, in.len - at), &r);
		if (err == -EBADMSG)
			out->torn = true;
		if (!err && r.seq >= out->next) {
			out->torn = true;
			if (r.durable > out->durable)
				out->durable = r.durable;
		}
		at += err ? STORE_RECORD_ALIGN : r.size;
	}
}
