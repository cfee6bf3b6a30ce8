// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/senders.h>

#include <errno.h>
#include <string.h>
#ifdef __aarch64__
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

#include <base/be.h>

gnutls_cipher_algorithm_t sender_fast_cipher(void)
{
	bool aes = false;

#if defined(__x86_64__) || defined(__i386__)
	aes = __builtin_cpu_supports("aes") && __builtin_cpu_supports("pclmul");
#elif defined(__aarch64__)
	unsigned long has = getauxval(AT_HWCAP);

	aes = (has & HWCAP_AES) && (has & HWCAP_PMULL);
#endif
	return aes ? GNUTLS_CIPHER_AES_128_GCM : GNUTLS_CIPHER_CHACHA20_POLY1305;
}

static bool is_of(const struct sender *at, const struct xos_id *id,
		  gnutls_cipher_algorithm_t cipher)
{
	return at->aead && at->cipher == cipher && xos_id_eq(&at->id, id);
}

static void drop(struct sender *at)
{
	if (at->aead)
		gnutls_aead_cipher_deinit(at->aead);
	memset(at, 0, sizeof(*at));
}

/* Keys of two ciphers have nothing to do with each other. */
static int make(struct senders *s, gnutls_hmac_hd_t key, const struct xos_id *id,
		gnutls_cipher_algorithm_t cipher, struct sender *out)
{
	const uint8_t label = cipher == GNUTLS_CIPHER_CHACHA20_POLY1305 ? 'C' : 'A';
	uint8_t bits[32];
	const gnutls_datum_t in = { bits, (unsigned int)gnutls_cipher_get_key_size(cipher) };
	int err;

	if (gnutls_hmac(key, &label, 1) || gnutls_hmac(key, id->b, XOS_ID_LEN))
		return -EIO;
	/* Resets the state for the next one. */
	gnutls_hmac_output(key, bits);
	*out = (struct sender){ .id = *id, .cipher = cipher };
	err = gnutls_aead_cipher_init(&out->aead, cipher, &in);
	explicit_bzero(bits, sizeof(bits));
	if (err)
		return -EIO;
	s->made++;
	return 0;
}

gnutls_aead_cipher_hd_t senders_self(struct senders *s, gnutls_hmac_hd_t key,
				     const struct xos_id *id, gnutls_cipher_algorithm_t cipher)
{
	if (is_of(&s->self, id, cipher))
		return s->self.aead;
	drop(&s->self);
	return make(s, key, id, cipher, &s->self) ? NULL : s->self.aead;
}

static struct sender *place(struct senders *s, const struct xos_id *id)
{
	/* Identities are random: issuers choose them. */
	return &s->kept[be16_load(id->b) % SENDERS_KEPT];
}

int senders_get(struct senders *s, gnutls_hmac_hd_t key, const struct xos_id *id,
		gnutls_cipher_algorithm_t cipher, struct sender *out)
{
	struct sender *at = place(s, id);

	if (!is_of(at, id, cipher))
		return make(s, key, id, cipher, out);
	*out = *at;
	return 0;
}

void senders_put(struct senders *s, struct sender *sender, bool authentic)
{
	struct sender *at = place(s, &sender->id);

	if (at->aead == sender->aead)
		return;
	if (!authentic) {
		drop(sender);
		return;
	}
	drop(at);
	*at = *sender;
}

void senders_exit(struct senders *s)
{
	drop(&s->self);
	for (int i = 0; i < SENDERS_KEPT; i++)
		drop(&s->kept[i]);
}
