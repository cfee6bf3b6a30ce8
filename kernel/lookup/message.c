// SPDX-License-Identifier: GPL-2.0-only
#include "message.h"

#include <asm/unaligned.h>
#include <linux/crc32.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define MSG_OFF	   XOS_WIRE_DGRAM_OFF_MSG
#define BODY_OFF   (MSG_OFF + XOS_WIRE_HEADER_LEN)
#define TLV_LEN	   XOS_WIRE_TLV_LEN
#define ADDR_BYTES 18
/* Attributes of the two messages and of an owner: identity, address, class. */
#define OWNER_LEN  (3 * TLV_LEN + XOS_LOOKUP_ID_LEN + ADDR_BYTES + 1)

/* CRC-32C as RFC 3720 has it: all ones before, inverted after. */
static u32 crc32c_of(u32 crc, const u8 *data, u32 len)
{
	return ~__crc32c_le(~crc, data, len);
}

/* The checksum of a message counts its own field as zero. */
static u32 message_crc(const u8 *msg, u32 len)
{
	static const u8 zero[4];
	u32 crc;

	crc = crc32c_of(0, msg, XOS_WIRE_OFF_CRC);
	crc = crc32c_of(crc, zero, sizeof(zero));
	return crc32c_of(crc, msg + XOS_WIRE_HEADER_LEN, len - XOS_WIRE_HEADER_LEN);
}

bool xosl_message_is_query(const u8 *data, u32 len)
{
	return len >= BODY_OFF + XOS_WIRE_DGRAM_MAC_LEN &&
	       get_unaligned_be32(data) == XOS_WIRE_DGRAM_MAGIC &&
	       data[XOS_WIRE_DGRAM_OFF_VERSION] == XOS_WIRE_DGRAM_VERSION &&
	       get_unaligned_be16(data + MSG_OFF) == XOS_WIRE_MAGIC &&
	       get_unaligned_be16(data + MSG_OFF + XOS_WIRE_OFF_TYPE) == XOS_WIRE_LOOKUP_QUERY;
}

static int parse_attr(u16 type, const u8 *value, u32 len, struct xosl_query *query, u32 *seen)
{
	u32 bit;

	if (type != XOS_WIRE_LOOKUP_QUERY_A_QUERY_ID && type != XOS_WIRE_LOOKUP_QUERY_A_KEY)
		return 0;
	bit = 1U << type;
	if (*seen & bit)
		return -EBADMSG;
	*seen |= bit;
	if (type == XOS_WIRE_LOOKUP_QUERY_A_QUERY_ID) {
		if (len != sizeof(u64))
			return -EBADMSG;
		query->id = get_unaligned_be64(value);
		return 0;
	}
	if (len > XOS_WIRE_LOOKUP_KEY_LEN)
		return -EBADMSG;
	query->key = value;
	query->key_len = (u16)len;
	return 0;
}

int xosl_message_parse(const u8 *data, u32 len, struct xosl_query *query)
{
	const u32 need = 1U << XOS_WIRE_LOOKUP_QUERY_A_QUERY_ID | 1U << XOS_WIRE_LOOKUP_QUERY_A_KEY;
	const u8 *msg = data + MSG_OFF, *at = data + BODY_OFF;
	u32 msg_len = len - MSG_OFF - XOS_WIRE_DGRAM_MAC_LEN;
	const u8 *end = msg + msg_len;
	u32 seen = 0;

	if (!msg[XOS_WIRE_OFF_VERSION] || get_unaligned_be32(msg + XOS_WIRE_OFF_LEN) != msg_len ||
	    get_unaligned_be32(msg + XOS_WIRE_OFF_CRC) != message_crc(msg, msg_len))
		return -EBADMSG;
	while (at < end) {
		u32 value_len;

		if (end - at < TLV_LEN)
			return -EBADMSG;
		value_len = get_unaligned_be32(at + 2);
		if (value_len > (u32)(end - at) - TLV_LEN ||
		    parse_attr(get_unaligned_be16(at), at + TLV_LEN, value_len, query, &seen))
			return -EBADMSG;
		at += TLV_LEN + value_len;
	}
	return seen == need ? 0 : -EBADMSG;
}

static u8 *put_attr(u8 *at, u16 type, u32 len)
{
	put_unaligned_be16(type, at);
	put_unaligned_be32(len, at + 2);
	return at + TLV_LEN;
}

static u8 *put_u64(u8 *at, u16 type, u64 value)
{
	at = put_attr(at, type, sizeof(value));
	put_unaligned_be64(value, at);
	return at + sizeof(value);
}

static u8 *put_owner(u8 *at, const struct xosl_owner *owner, u8 class)
{
	at = put_attr(at, XOS_WIRE_LOOKUP_ANSWER_A_OWNERS, OWNER_LEN);
	at = put_attr(at, XOS_WIRE_OWNER_A_ID, XOS_LOOKUP_ID_LEN);
	memcpy(at, owner->id, XOS_LOOKUP_ID_LEN);
	at = put_attr(at + XOS_LOOKUP_ID_LEN, XOS_WIRE_OWNER_A_ADDR, ADDR_BYTES);
	memcpy(at, owner->addr, XOS_LOOKUP_ADDR_LEN);
	put_unaligned_be16(owner->port, at + XOS_LOOKUP_ADDR_LEN);
	at = put_attr(at + ADDR_BYTES, XOS_WIRE_OWNER_A_CLASS, 1);
	*at = class;
	return at + 1;
}

u32 xosl_message_answer(u8 *out, u64 query_id, const struct xosl_owner *const *owners, u32 classes,
			const u8 *sender, u16 key_id, u64 counter)
{
	u8 *msg = out + MSG_OFF, *at = out + BODY_OFF;
	u32 msg_len, i;
	u64 epoch = 0;

	for (i = 0; i < classes; i++)
		epoch = max(epoch, owners[i]->epoch);
	put_unaligned_be32(XOS_WIRE_DGRAM_MAGIC, out);
	out[XOS_WIRE_DGRAM_OFF_VERSION] = XOS_WIRE_DGRAM_VERSION;
	out[XOS_WIRE_DGRAM_OFF_VERSION + 1] = 0;
	put_unaligned_be16(key_id, out + XOS_WIRE_DGRAM_OFF_KEY_ID);
	put_unaligned_be64(counter, out + XOS_WIRE_DGRAM_OFF_COUNTER);
	memcpy(out + XOS_WIRE_DGRAM_OFF_SENDER, sender, XOS_LOOKUP_ID_LEN);

	at = put_u64(at, XOS_WIRE_LOOKUP_ANSWER_A_QUERY_ID, query_id);
	at = put_u64(at, XOS_WIRE_LOOKUP_ANSWER_A_EPOCH, epoch);
	for (i = 0; i < classes; i++)
		at = put_owner(at, owners[i], (u8)i);
	msg_len = (u32)(at - msg);

	put_unaligned_be16(XOS_WIRE_MAGIC, msg);
	msg[XOS_WIRE_OFF_VERSION] = XOS_WIRE_VERSION;
	msg[XOS_WIRE_OFF_FLAGS] = 0;
	put_unaligned_be16(XOS_WIRE_LOOKUP_ANSWER, msg + XOS_WIRE_OFF_TYPE);
	put_unaligned_be16(0, msg + XOS_WIRE_OFF_RESERVED);
	put_unaligned_be32(msg_len, msg + XOS_WIRE_OFF_LEN);
	put_unaligned_be32(message_crc(msg, msg_len), msg + XOS_WIRE_OFF_CRC);
	return MSG_OFF + msg_len + XOS_WIRE_DGRAM_MAC_LEN;
}
