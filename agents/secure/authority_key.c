// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The private key of the authority: in a file, encrypted with the passphrase, or on a
 * PKCS#11 token, whose PIN is the passphrase then. A key for a token is made in memory,
 * as not every token can make one of Ed25519, and never written to a disk.
 */
#include <secure/authority_impl.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gnutls/crypto.h>
#include <gnutls/pkcs11.h>

#define KEY_FILE   "authority.key"
#define TOKEN_FILE "authority.token"
#define LABEL_MAX  (CERT_NAME_MAX + 16)

/* Asked for by the token. Asking again would lock it. */
static int tell_pin(void *ctx, int attempt, const char *url, const char *label, unsigned int flags,
		    char *pin, size_t max)
{
	const char *passphrase = ctx;

	if (attempt || flags & GNUTLS_PIN_WRONG || strlen(passphrase) >= max)
		return -1;
	strcpy(pin, passphrase);
	return 0;
}

static void label_of(const struct cert_who *who, char label[LABEL_MAX])
{
	snprintf(label, LABEL_MAX, "xos-%s-%u", who->vo, who->seq);
}

static int write_to_file(const char *dir, gnutls_x509_privkey_t key, const char *passphrase,
			 char *reason)
{
	char path[SECURE_PATH_MAX];
	gnutls_datum_t pem;
	int err;

	if (gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, passphrase,
					      GNUTLS_PKCS_PBES2_AES_256, &pem))
		return authority_complain(reason, "key cannot be encrypted", -EIO);
	err = secure_file_write(secure_path(path, dir, KEY_FILE), 0600, pem.data, pem.size, reason);
	explicit_bzero(pem.data, pem.size);
	gnutls_free(pem.data);
	return err;
}

static int write_to_token(const char *dir, gnutls_x509_privkey_t key, const struct cert_who *who,
			  const char *passphrase, const char *token, char *reason)
{
	const unsigned int flags = GNUTLS_PKCS11_OBJ_FLAG_LOGIN |
				   GNUTLS_PKCS11_OBJ_FLAG_MARK_SENSITIVE |
				   GNUTLS_PKCS11_OBJ_FLAG_MARK_PRIVATE;
	uint8_t id[20];
	size_t id_len = sizeof(id);
	char path[SECURE_PATH_MAX], label[LABEL_MAX];
	int err;

	label_of(who, label);
	if (gnutls_x509_privkey_get_key_id(key, 0, id, &id_len))
		return authority_complain(reason, "key has no number", -EIO);
	gnutls_pkcs11_set_pin_function(tell_pin, (void *)passphrase);
	err = gnutls_pkcs11_copy_x509_privkey2(token, key, label,
					       &(gnutls_datum_t){ id, (unsigned int)id_len },
					       GNUTLS_KEY_DIGITAL_SIGNATURE, flags);
	gnutls_pkcs11_set_pin_function(NULL, NULL);
	if (err) {
		snprintf(reason, SECURE_REASON_MAX, "%.160s: %.80s", token, gnutls_strerror(err));
		return -EIO;
	}
	return secure_file_write(secure_path(path, dir, TOKEN_FILE), 0600, token, strlen(token),
				 reason);
}

int authority_key_write(const char *dir, gnutls_x509_privkey_t key, const struct cert_who *who,
			const char *passphrase, const char *token, char *reason)
{
	return *token ? write_to_token(dir, key, who, passphrase, token, reason) :
			write_to_file(dir, key, passphrase, reason);
}

static int read_token(struct authority *a, char *reason)
{
	char path[SECURE_PATH_MAX];
	struct secure_blob text;
	int err;

	err = secure_file_read(secure_path(path, a->dir, TOKEN_FILE), true, &text, reason);
	if (err)
		return err;
	if (text.len >= AUTHORITY_TOKEN_MAX)
		err = authority_complain(reason, "the URI of the token is too long", -EBADMSG);
	else
		memcpy(a->token, text.data, text.len + 1);
	secure_blob_wipe(&text);
	return err;
}

static int open_on_token(struct authority *a, char *reason)
{
	char url[AUTHORITY_TOKEN_MAX + LABEL_MAX + 32], label[LABEL_MAX];
	int err;

	label_of(&a->self, label);
	snprintf(url, sizeof(url), "%s;object=%s;type=private", a->token, label);
	gnutls_privkey_set_pin_function(a->key, tell_pin, a->pin);
	err = gnutls_privkey_import_url(a->key, url, 0);
	if (!err)
		return 0;
	snprintf(reason, SECURE_REASON_MAX, "%.160s: %.80s", a->token, gnutls_strerror(err));
	return -EACCES;
}

static int open_in_file(struct authority *a, const char *passphrase, char *reason)
{
	struct secure_blob pem;
	char path[SECURE_PATH_MAX];
	gnutls_datum_t in;
	int err;

	err = secure_file_read(secure_path(path, a->dir, KEY_FILE), true, &pem, reason);
	if (err)
		return err;
	in = (gnutls_datum_t){ pem.data, (unsigned int)pem.len };
	if (gnutls_privkey_import_x509_raw(a->key, &in, GNUTLS_X509_FMT_PEM, passphrase, 0))
		err = authority_complain(reason, "the passphrase is wrong, or the key is damaged",
					 -EACCES);
	secure_blob_wipe(&pem);
	return err;
}

/* The key must be that of the certificate. A token may be unable to show the public one. */
static int check_pair(const struct authority *a, char *reason)
{
	static const gnutls_datum_t text = { (unsigned char *)"xos", 3 };
	gnutls_datum_t sig = { NULL, 0 };
	gnutls_pubkey_t pubkey;
	bool same;

	if (gnutls_pubkey_init(&pubkey))
		return -ENOMEM;
	same = !gnutls_pubkey_import_x509(pubkey, a->crt, 0) &&
	       !gnutls_privkey_sign_data2(a->key, GNUTLS_SIGN_EDDSA_ED25519, 0, &text, &sig) &&
	       gnutls_pubkey_verify_data2(pubkey, GNUTLS_SIGN_EDDSA_ED25519, 0, &text, &sig) >= 0;
	gnutls_free(sig.data);
	gnutls_pubkey_deinit(pubkey);
	return same ? 0 : authority_complain(reason, "key and certificate do not fit", -EBADMSG);
}

int authority_key_open(struct authority *a, const char *passphrase, char *reason)
{
	char path[SECURE_PATH_MAX];
	bool token = !access(secure_path(path, a->dir, TOKEN_FILE), F_OK);
	int err = gnutls_privkey_init(&a->key) ? -ENOMEM : 0;

	if (!err && strlen(passphrase) >= AUTHORITY_PASSPHRASE_MAX)
		err = authority_complain(reason, "the passphrase is too long", -EINVAL);
	if (!err && token) {
		strcpy(a->pin, passphrase);
		err = read_token(a, reason);
		if (!err)
			err = open_on_token(a, reason);
	} else if (!err) {
		err = open_in_file(a, passphrase, reason);
	}
	return err ? err : check_pair(a, reason);
}
