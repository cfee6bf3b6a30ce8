// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/keyring.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <base/be.h>

static void key_wipe(struct keyring_key *key)
{
	if (key->hmac)
		gnutls_hmac_deinit(key->hmac, NULL);
	if (key->senders)
		senders_exit(key->senders);
	free(key->senders);
	explicit_bzero(key, sizeof(*key));
}

/* Newest first; of two made in the same second the one with the greater number. */
static bool before(const struct keyring_key *a, const struct keyring_key *b)
{
	return a->created != b->created ? a->created > b->created : a->id > b->id;
}

int keyring_add(struct keyring *r, const struct keyring_key *key, int64_t now_s)
{
	struct keyring_key copy = *key;
	uint32_t at = 0;

	if (key->created > now_s + KEYRING_SKEW_S)
		return -EINVAL;
	if (keyring_find(r, key->id))
		return 0;
	while (at < r->n && before(&r->keys[at], key))
		at++;
	if (at == KEYRING_MAX)
		return 0;
	copy.hmac = NULL;
	copy.use_from = copy.made + KEYRING_SPREAD_S;
	copy.senders = calloc(1, sizeof(*copy.senders));
	if (!copy.senders ||
	    gnutls_hmac_init(&copy.hmac, GNUTLS_MAC_SHA256, copy.secret.b, SECURE_KEY_LEN)) {
		int err = copy.senders ? -EIO : -ENOMEM;

		key_wipe(&copy);
		return err;
	}
	if (r->n == KEYRING_MAX)
		key_wipe(&r->keys[--r->n]);
	memmove(&r->keys[at + 1], &r->keys[at], (r->n - at) * sizeof(*r->keys));
	r->keys[at] = copy;
	r->n++;
	explicit_bzero(&copy, sizeof(copy));
	return 1;
}

int keyring_make(struct keyring *r, int64_t now_s, int64_t up_s)
{
	struct keyring_key key = { .created = now_s, .made = up_s };
	int ret;

	/* It replaces those before it, whatever the clocks of their makers said. */
	if (r->n && key.created <= r->keys[0].created)
		key.created = r->keys[0].created + 1;
	do {
		if (getrandom(&key.id, sizeof(key.id), 0) != sizeof(key.id))
			return -EIO;
	} while (keyring_find(r, key.id));
	if (gnutls_rnd(GNUTLS_RND_KEY, key.secret.b, SECURE_KEY_LEN))
		return -EIO;
	ret = keyring_add(r, &key, key.created);
	explicit_bzero(&key, sizeof(key));
	return ret;
}

struct keyring_key *keyring_active(struct keyring *r, int64_t up_s)
{
	for (uint32_t i = 0; i < r->n; i++) {
		if (r->keys[i].use_from <= up_s)
			return &r->keys[i];
	}
	/* The first is needed at once; there is none before it. */
	return r->n ? &r->keys[r->n - 1] : NULL;
}

bool keyring_expire(struct keyring *r, int64_t up_s)
{
	uint32_t i = 0;

	while (i < r->n && r->keys[i].use_from + KEYRING_OVERLAP_S > up_s)
		i++;
	/* The one at @i has been in use for long enough: those behind it go. */
	if (i + 1 >= r->n)
		return false;
	while (r->n > i + 1)
		key_wipe(&r->keys[--r->n]);
	return true;
}

struct keyring_key *keyring_find(struct keyring *r, uint16_t id)
{
	for (uint32_t i = 0; i < r->n; i++) {
		if (r->keys[i].id == id)
			return &r->keys[i];
	}
	return NULL;
}

uint64_t keyring_digest(const struct keyring *r)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		uint8_t text[10], hash[32];

		be16_store(text, r->keys[i].id);
		be64_store(text + 2, (uint64_t)r->keys[i].created);
		gnutls_hash_fast(GNUTLS_DIG_SHA256, text, sizeof(text), hash);
		sum += be64_load(hash) | 1;
	}
	return r->n && !sum ? 1 : sum;
}

void keyring_exit(struct keyring *r)
{
	while (r->n)
		key_wipe(&r->keys[--r->n]);
}
