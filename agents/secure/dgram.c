// SPDX-License-Identifier: GPL-2.0-or-later
/* The envelope of datagrams; secure.h has the layout. */
#include <secure/secure_impl.h>

#include <errno.h>
#include <string.h>

#include <base/be.h>
#include <base/mutant.h>
#include <wire/wire.h>

#define DGRAM_MAGIC   0x584f5344 /* "XOSD" */
#define DGRAM_VERSION 1
#define DGRAM_EXTRA   (SECURE_DGRAM_HDR + SECURE_DGRAM_MAC)
#define FAMILY_MASK   0xff00

_Static_assert(DGRAM_EXTRA <= ENV_GUARD_DGRAM_MAX, "datagrams grow more than env_uv.c expects");

/* Byte 5 of the envelope: what a datagram is sealed with. */
enum dgram_kind {
	KIND_MAC, /* a MAC, key of all members */
	KIND_PAIR, /* encrypted, key of the two peers */
	KIND_MEMBER, /* encrypted, key of all members, turned into one of the sender's */
	KIND_MEMBER_AES, /* the same by another cipher: the sender chooses */
	KIND_COUNT
};

/* What a datagram is sealed or opened with. */
struct dgram_key {
	enum dgram_kind kind;
	uint16_t id;
	gnutls_hmac_hd_t hmac;
	gnutls_aead_cipher_hd_t aead;
	struct pair *pair;
	/* While a datagram is opened by a cipher of the sender's. */
	struct senders *senders;
	struct sender sender;
};

static void key_put(struct dgram_key *key, bool authentic)
{
	if (key->senders)
		senders_put(key->senders, &key->sender, authentic);
}

static bool is_member_kind(enum dgram_kind kind)
{
	return kind == KIND_MEMBER || kind == KIND_MEMBER_AES;
}

static gnutls_cipher_algorithm_t cipher_of(enum dgram_kind kind)
{
	return kind == KIND_MEMBER_AES ? GNUTLS_CIPHER_AES_128_GCM :
					 GNUTLS_CIPHER_CHACHA20_POLY1305;
}

static int dgram_mac(gnutls_hmac_hd_t hmac, const uint8_t *data, size_t len, uint8_t *mac)
{
	uint8_t digest[32];

	if (gnutls_hmac(hmac, data, len))
		return -EIO;
	/* Resets the state for the next one. */
	gnutls_hmac_output(hmac, digest);
	memcpy(mac, digest, SECURE_DGRAM_MAC);
	return 0;
}

static void nonce_of(const uint8_t *at, uint8_t nonce[12])
{
	memset(nonce, 0, 4);
	memcpy(nonce + 4, at + 8, 8);
}

static uint16_t type_of(struct bytes msg)
{
	return msg.len < WIRE_HEADER_LEN ? 0 : be16_load(msg.data + WIRE_OFF_TYPE);
}

static bool is_family(uint16_t type, uint16_t member)
{
	return (type & FAMILY_MASK) == (member & FAMILY_MASK);
}

/*
 * Questions that change nothing where they arrive, and their answers: that the sender is
 * some member is enough. All else needs the key with that very peer. The kernel answers
 * lookups, and knows MACs only.
 */
static enum dgram_kind kind_of(const struct secure *s, struct bytes msg)
{
	uint16_t type = type_of(msg);

	if (!s->member || is_family(type, WIRE_LOOKUP_QUERY))
		return KIND_MAC;
	if (is_family(type, WIRE_SELECT_QUERY) || type == WIRE_RING_FIND ||
	    type == WIRE_RING_FIND_ANSWER || type == WIRE_RING_DESCRIBE ||
	    type == WIRE_RING_DESCRIBE_ANSWER)
		return s->member->fast_cipher == GNUTLS_CIPHER_AES_128_GCM ? KIND_MEMBER_AES :
									     KIND_MEMBER;
	return KIND_PAIR;
}

static int key_to(struct secure *s, const struct env_peer *to, struct bytes msg,
		  struct dgram_key *key)
{
	struct keyring_key *k;

	*key = (struct dgram_key){ .kind = kind_of(s, msg), .id = s->key_id, .hmac = s->hmac };
	if (!s->member)
		return 0;
	if (key->kind == KIND_PAIR) {
		key->pair = pair_to(&s->member->pairs, to);
		if (!key->pair)
			return -ENOKEY;
		key->id = key->pair->key_id;
		key->aead = key->pair->send;
		return 0;
	}
	k = keyring_active(&s->member->keyring, secure_up_s(s));
	if (!k)
		return -ENOKEY;
	key->id = k->id;
	key->hmac = k->hmac;
	if (!is_member_kind(key->kind))
		return 0;
	key->aead = senders_self(k->senders, k->hmac, &s->id, cipher_of(key->kind));
	return key->aead ? 0 : -EIO;
}

/* The message goes behind the header at @at, sealed. */
static int seal_body(struct dgram_key *key, uint8_t *at, struct bytes msg)
{
	uint8_t *body = at + SECURE_DGRAM_HDR, nonce[12];
	size_t len = msg.len + SECURE_DGRAM_MAC;

	if (key->kind == KIND_MAC) {
		if (msg.len)
			memcpy(body, msg.data, msg.len);
		return dgram_mac(key->hmac, at, SECURE_DGRAM_HDR + msg.len, body + msg.len);
	}
	nonce_of(at, nonce);
	return gnutls_aead_cipher_encrypt(key->aead, nonce, sizeof(nonce), at, SECURE_DGRAM_HDR,
					  SECURE_DGRAM_MAC, msg.data, msg.len, body, &len) ?
		       -EIO :
		       0;
}

int secure_dgram_seal(struct env_guard *guard, const struct env_peer *to, struct bytes msg,
		      struct buf *out)
{
	struct secure *s = secure_of(guard);
	struct dgram_key key;
	uint8_t *at;
	int err;

	if (msg.len > ENV_DGRAM_MSG_MAX)
		return -EMSGSIZE;
	err = key_to(s, to, msg, &key);
	if (err)
		return err;
	at = buf_reserve(out, msg.len + DGRAM_EXTRA);
	if (!at)
		return -EMSGSIZE;
	be32_store(at, DGRAM_MAGIC);
	at[4] = DGRAM_VERSION;
	at[5] = (uint8_t)key.kind;
	be16_store(at + 6, key.id);
	be64_store(at + 8, key.pair ? key.pair->counter++ : s->counter++);
	memcpy(at + 16, s->id.b, XOS_ID_LEN);
	err = seal_body(&key, at, msg);
	if (err) {
		out->len -= msg.len + DGRAM_EXTRA;
		return err;
	}
	s->counters.dgram_sealed++;
	return 0;
}

/* 0; -EACCES; -ENOKEY: a key of members, of which this one has not heard. */
static int key_from(struct secure *s, const uint8_t *at, const struct xos_id *id,
		    struct dgram_key *key)
{
	struct keyring_key *k;

	*key = (struct dgram_key){ .kind = at[5], .id = be16_load(at + 6), .hmac = s->hmac };
	if (!s->member)
		return key->kind == KIND_MAC && key->id == s->key_id ? 0 : -EACCES;
	if (key->kind == KIND_PAIR) {
		key->pair = pair_from(&s->member->pairs, id, key->id);
		key->aead = key->pair ? key->pair->recv : NULL;
		return key->aead ? 0 : -EACCES;
	}
	k = keyring_find(&s->member->keyring, key->id);
	if (!k)
		return -ENOKEY;
	key->hmac = k->hmac;
	if (!is_member_kind(key->kind))
		return 0;
	if (senders_get(k->senders, k->hmac, id, cipher_of(key->kind), &key->sender))
		return -EIO;
	key->senders = k->senders;
	key->aead = key->sender.aead;
	return 0;
}

/* Is it authentic? @msg gets what is in it. */
static bool open_body(struct secure *s, struct dgram_key *key, struct bytes dgram,
		      struct bytes *msg)
{
	uint8_t mac[SECURE_DGRAM_MAC], nonce[12];
	const uint8_t *at = dgram.data;
	size_t len = sizeof(s->opened);

	*msg = bytes_of(at + SECURE_DGRAM_HDR, dgram.len - DGRAM_EXTRA);
	if (key->kind == KIND_MAC)
		return !dgram_mac(key->hmac, at, SECURE_DGRAM_HDR + msg->len, mac) &&
		       (MUTANT(secure_code_unchecked) ||
			!gnutls_memcmp(mac, msg->data + msg->len, SECURE_DGRAM_MAC));
	nonce_of(at, nonce);
	if (gnutls_aead_cipher_decrypt(key->aead, nonce, sizeof(nonce), at, SECURE_DGRAM_HDR,
				       SECURE_DGRAM_MAC, msg->data, msg->len + SECURE_DGRAM_MAC,
				       s->opened, &len))
		return false;
	*msg = bytes_of(s->opened, len);
	return true;
}

/* Answers of the kernel have counters of their own, and carry the number of the question. */
static bool is_fresh(struct secure *s, const struct dgram_key *key, const struct xos_id *id,
		     uint64_t counter, struct bytes msg)
{
	if (MUTANT(secure_replay_taken))
		return true;
	if (key->pair)
		return replay_window(&key->pair->top, &key->pair->seen, counter);
	return is_family(type_of(msg), WIRE_LOOKUP_QUERY) || replay_fresh(&s->replay, id, counter);
}

/* Is that what a message has to be sealed with, or better? */
static bool is_strong_enough(const struct secure *s, enum dgram_kind kind, struct bytes msg)
{
	enum dgram_kind wanted = kind_of(s, msg);

	return kind == KIND_PAIR || kind == wanted ||
	       (is_member_kind(kind) && is_member_kind(wanted));
}

int secure_dgram_open(struct env_guard *guard, struct bytes dgram, struct xos_id *from,
		      struct bytes *msg)
{
	struct secure *s = secure_of(guard);
	struct secure_counters *c = &s->counters;
	const uint8_t *at = dgram.data;
	struct dgram_key key;
	struct bytes inner;
	struct xos_id id;
	bool authentic;
	int err;

	if (dgram.len < DGRAM_EXTRA || dgram.len > DGRAM_EXTRA + ENV_DGRAM_MSG_MAX ||
	    be32_load(at) != DGRAM_MAGIC || at[4] != DGRAM_VERSION || at[5] >= KIND_COUNT) {
		secure_refuse(s, &c->dgram_malformed, "datagram", "malformed");
		return -EBADMSG;
	}
	memcpy(id.b, at + 16, XOS_ID_LEN);
	err = key_from(s, at, &id, &key);
	if (err) {
		secure_refuse(s, &c->dgram_key_id, "datagram", "sealed with another key");
		return err;
	}
	authentic = open_body(s, &key, dgram, &inner);
	key_put(&key, authentic);
	if (!authentic) {
		secure_refuse(s, &c->dgram_mac, "datagram", "authentication code does not match");
		return -EACCES;
	}
	if (xos_id_eq(&id, &s->id) && !MUTANT(secure_own_taken)) {
		secure_refuse(s, &c->dgram_self, "datagram", "it is this node's own");
		return -EACCES;
	}
	if (!is_strong_enough(s, key.kind, inner)) {
		secure_refuse(s, &c->dgram_weak, "datagram", "needs another kind of key");
		return -EACCES;
	}
	if (!is_fresh(s, &key, &id, be64_load(at + 8), inner)) {
		secure_refuse(s, &c->dgram_replay, "datagram", "seen before");
		return -EALREADY;
	}
	c->dgram_evicted = s->replay.evicted;
	c->dgram_opened++;
	*from = id;
	*msg = inner;
	return 0;
}
