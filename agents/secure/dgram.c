// SPDX-License-Identifier: GPL-2.0-or-later
/* The envelope of datagrams; secure.h has the layout. */
#include <secure/secure_impl.h>

#include <errno.h>
#include <string.h>

#include <base/be.h>
#include <wire/wire.h>

#define DGRAM_MAGIC   0x584f5344 /* "XOSD" */
#define DGRAM_VERSION 1
#define DGRAM_EXTRA   (SECURE_DGRAM_HDR + SECURE_DGRAM_MAC)

#define WIRE_FAMILY_MASK 0xff00

_Static_assert(DGRAM_EXTRA <= ENV_GUARD_DGRAM_MAX, "datagrams grow more than env_uv.c expects");

static int dgram_mac(struct secure *s, const uint8_t *data, size_t len, uint8_t *mac)
{
	uint8_t digest[32];

	if (gnutls_hmac(s->hmac, data, len))
		return -EIO;
	/* Resets the state for the next one. */
	gnutls_hmac_output(s->hmac, digest);
	memcpy(mac, digest, SECURE_DGRAM_MAC);
	return 0;
}

int secure_dgram_seal(struct env_guard *guard, const struct xos_addr *to, struct bytes msg,
		      struct buf *out)
{
	struct secure *s = secure_of(guard);
	uint8_t *at;
	int err;

	if (msg.len > ENV_DGRAM_MSG_MAX)
		return -EMSGSIZE;
	if (!s->hmac)
		return -ENOKEY;
	at = buf_reserve(out, msg.len + DGRAM_EXTRA);
	if (!at)
		return -EMSGSIZE;
	be32_store(at, DGRAM_MAGIC);
	at[4] = DGRAM_VERSION;
	at[5] = 0;
	be16_store(at + 6, s->key_id);
	be64_store(at + 8, s->counter++);
	memcpy(at + 16, s->id.b, XOS_ID_LEN);
	if (msg.len)
		memcpy(at + SECURE_DGRAM_HDR, msg.data, msg.len);
	err = dgram_mac(s, at, SECURE_DGRAM_HDR + msg.len, at + SECURE_DGRAM_HDR + msg.len);
	if (err) {
		out->len -= msg.len + DGRAM_EXTRA;
		return err;
	}
	s->counters.dgram_sealed++;
	return 0;
}

static bool is_lookup(struct bytes msg)
{
	return msg.len >= WIRE_HEADER_LEN &&
	       (be16_load(msg.data + WIRE_OFF_TYPE) & WIRE_FAMILY_MASK) ==
		       (WIRE_LOOKUP_QUERY & WIRE_FAMILY_MASK);
}

int secure_dgram_open(struct env_guard *guard, struct bytes dgram, struct xos_id *from,
		      struct bytes *msg)
{
	struct secure *s = secure_of(guard);
	struct secure_counters *c = &s->counters;
	uint8_t mac[SECURE_DGRAM_MAC];
	const uint8_t *at = dgram.data;
	struct bytes inner;
	struct xos_id id;

	if (dgram.len < DGRAM_EXTRA || dgram.len > DGRAM_EXTRA + ENV_DGRAM_MSG_MAX ||
	    be32_load(at) != DGRAM_MAGIC || at[4] != DGRAM_VERSION || at[5]) {
		secure_refuse(s, &c->dgram_malformed, "datagram", "malformed");
		return -EBADMSG;
	}
	if (!s->hmac || be16_load(at + 6) != s->key_id) {
		secure_refuse(s, &c->dgram_key_id, "datagram", "sealed with another key");
		return -EACCES;
	}
	inner = bytes_of(at + SECURE_DGRAM_HDR, dgram.len - DGRAM_EXTRA);
	if (dgram_mac(s, at, SECURE_DGRAM_HDR + inner.len, mac) ||
	    gnutls_memcmp(mac, inner.data + inner.len, SECURE_DGRAM_MAC)) {
		secure_refuse(s, &c->dgram_mac, "datagram", "authentication code does not match");
		return -EACCES;
	}
	memcpy(id.b, at + 16, XOS_ID_LEN);
	if (xos_id_eq(&id, &s->id)) {
		secure_refuse(s, &c->dgram_self, "datagram", "it is this node's own");
		return -EACCES;
	}
	if (!is_lookup(inner) && !replay_fresh(&s->replay, &id, be64_load(at + 8))) {
		secure_refuse(s, &c->dgram_replay, "datagram", "seen before");
		return -EALREADY;
	}
	c->dgram_evicted = s->replay.evicted;
	c->dgram_opened++;
	*from = id;
	*msg = inner;
	return 0;
}
