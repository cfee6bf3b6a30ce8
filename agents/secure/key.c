// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/key.h>

#include <errno.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <string.h>

#include <base/hex.h>

#define KEY_DIGITS (2 * SECURE_KEY_LEN)

static int key_parse(const char *text, size_t len, struct secure_key *key)
{
	if (len && text[len - 1] == '\n')
		len--;
	if (len != KEY_DIGITS)
		return -EINVAL;
	for (size_t i = 0; i < KEY_DIGITS; i++) {
		int v = hex_digit(text[i]);

		if (v < 0)
			return -EINVAL;
		key->b[i / 2] = (uint8_t)(i % 2 ? key->b[i / 2] << 4 | v : v);
	}
	return 0;
}

int secure_key_load(const char *path, struct secure_key *key, char *reason)
{
	struct secure_blob text;
	struct secure_key tmp;
	int err;

	err = secure_file_read(path, true, &text, reason);
	if (err)
		return err;
	err = key_parse((const char *)text.data, text.len, &tmp);
	if (err)
		snprintf(reason, SECURE_REASON_MAX,
			 "%.160s: must hold %d hexadecimal digits and nothing else", path,
			 KEY_DIGITS);
	else
		*key = tmp;
	secure_blob_wipe(&text);
	secure_key_wipe(&tmp);
	return err;
}

int secure_key_store(const char *path, const struct secure_key *key, char *reason)
{
	char text[KEY_DIGITS + 2];
	int err;

	for (int i = 0; i < SECURE_KEY_LEN; i++)
		sprintf(text + 2 * i, "%02x", key->b[i]);
	text[KEY_DIGITS] = '\n';
	err = secure_file_write(path, 0600, text, KEY_DIGITS + 1, reason);
	explicit_bzero(text, sizeof(text));
	return err;
}

int secure_key_derive(const struct secure_key *key, const char *label, void *out, size_t len)
{
	const gnutls_datum_t secret = { (unsigned char *)key->b, SECURE_KEY_LEN };
	const gnutls_datum_t none = { NULL, 0 };
	const gnutls_datum_t info = { (unsigned char *)label, (unsigned int)strlen(label) };
	uint8_t prk[32];
	const gnutls_datum_t mid = { prk, sizeof(prk) };
	int err;

	err = gnutls_hkdf_extract(GNUTLS_MAC_SHA256, &secret, &none, prk);
	if (!err)
		err = gnutls_hkdf_expand(GNUTLS_MAC_SHA256, &mid, &info, out, len);
	explicit_bzero(prk, sizeof(prk));
	return err ? -EIO : 0;
}

void secure_key_wipe(struct secure_key *key)
{
	explicit_bzero(key, sizeof(*key));
}
