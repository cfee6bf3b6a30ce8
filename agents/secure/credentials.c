// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/credentials.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int damaged(char *reason, const char *path, const char *what)
{
	snprintf(reason, SECURE_REASON_MAX, "%.160s: %.80s", path, what);
	return -EBADMSG;
}

static int load_chain(struct credentials *c, char *reason)
{
	char path[SECURE_PATH_MAX];
	unsigned int n = CERT_CHAIN_MAX;
	struct secure_blob pem;
	gnutls_datum_t in;
	int err;

	err = secure_file_read(secure_path(path, c->dir, CREDENTIALS_CERTIFICATE), false, &pem,
			       reason);
	if (err)
		return err;
	in = (gnutls_datum_t){ pem.data, (unsigned int)pem.len };
	if (gnutls_x509_crt_list_import(c->chain, &n, &in, GNUTLS_X509_FMT_PEM,
					GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED) < 1)
		err = damaged(reason, path, "no certificate, or too many");
	else
		c->chain_n = n;
	if (!err && cert_read(c->chain[0], &c->who))
		err = damaged(reason, path, "no certificate of a virtual organisation");
	secure_blob_wipe(&pem);
	return err;
}

static bool fits(gnutls_x509_privkey_t key, gnutls_x509_crt_t crt)
{
	uint8_t x[64], y[64];
	size_t xn = sizeof(x), yn = sizeof(y);

	return !gnutls_x509_privkey_get_key_id(key, 0, x, &xn) &&
	       !gnutls_x509_crt_get_key_id(crt, 0, y, &yn) && xn == yn && !memcmp(x, y, xn);
}

static int load_key(struct credentials *c, char *reason)
{
	char path[SECURE_PATH_MAX];
	struct secure_blob pem;
	gnutls_datum_t in;
	int err;

	err = secure_file_read(secure_path(path, c->dir, CREDENTIALS_KEY), true, &pem, reason);
	if (err)
		return err;
	in = (gnutls_datum_t){ pem.data, (unsigned int)pem.len };
	if (gnutls_x509_privkey_init(&c->key))
		err = -ENOMEM;
	else if (gnutls_x509_privkey_import2(c->key, &in, GNUTLS_X509_FMT_PEM, NULL, 0))
		err = damaged(reason, path, "no private key");
	else if (!fits(c->key, c->chain[0]))
		err = damaged(reason, path, "does not fit the certificate");
	secure_blob_wipe(&pem);
	return err;
}

static int load_trust(struct credentials *c, int64_t now_s, char *reason)
{
	static const char *const files[] = { CREDENTIALS_AUTHORITIES, CREDENTIALS_REVOKED };
	char path[SECURE_PATH_MAX];
	struct secure_blob pem;
	int err;

	trust_init(&c->trust, c->who.vo);
	for (int i = 0; i < 2; i++) {
		err = secure_file_read(secure_path(path, c->dir, files[i]), false, &pem, reason);
		if (err == -ENOENT && i)
			return 0;
		if (err)
			return err;
		err = trust_load(&c->trust, pem.data, pem.len, now_s);
		secure_blob_wipe(&pem);
		if (err < 0)
			return damaged(reason, path, "is damaged, or of others");
	}
	return 0;
}

static int load_issuer(struct credentials *c, char *reason)
{
	char path[SECURE_PATH_MAX];
	struct secure_blob pem;
	struct cert_who who;
	gnutls_datum_t in;
	int err;

	err = secure_file_read(secure_path(path, c->dir, CREDENTIALS_ISSUER), false, &pem, reason);
	if (err)
		return err == -ENOENT ? 0 : err;
	in = (gnutls_datum_t){ pem.data, (unsigned int)pem.len };
	if (gnutls_x509_crt_init(&c->issuer))
		err = -ENOMEM;
	else if (gnutls_x509_crt_import(c->issuer, &in, GNUTLS_X509_FMT_PEM) ||
		 cert_read(c->issuer, &who) || who.role != SECURE_ROLE_ISSUER)
		err = damaged(reason, path, "no certificate of an issuer");
	secure_blob_wipe(&pem);
	if (err)
		return err;
	err = secure_file_read(secure_path(path, c->dir, CREDENTIALS_ISSUER_KEY), true, &pem,
			       reason);
	if (err)
		return err;
	in = (gnutls_datum_t){ pem.data, (unsigned int)pem.len };
	if (gnutls_privkey_init(&c->issuer_key))
		err = -ENOMEM;
	else if (gnutls_privkey_import_x509_raw(c->issuer_key, &in, GNUTLS_X509_FMT_PEM, NULL, 0))
		err = damaged(reason, path, "no private key");
	secure_blob_wipe(&pem);
	return err;
}

static int check(struct credentials *c, enum secure_role role, int64_t now_s, char *reason)
{
	struct cert_who who;
	enum trust_verdict v = trust_check(&c->trust, c->chain, c->chain_n, now_s, &who);

	if (v == TRUST_GOOD && who.role != role)
		v = TRUST_ROLE;
	if (v == TRUST_GOOD)
		return 0;
	snprintf(reason, SECURE_REASON_MAX, "%.120s/" CREDENTIALS_CERTIFICATE ": %s", c->dir,
		 trust_verdict_text(v));
	return -EACCES;
}

int credentials_load(const char *dir, enum secure_role role, int64_t now_s, struct credentials *c,
		     char *reason)
{
	char path[SECURE_PATH_MAX];
	int err;

	memset(c, 0, sizeof(*c));
	if (strlen(dir) >= SECURE_PATH_MAX - 32) {
		snprintf(reason, SECURE_REASON_MAX, "the name of the folder is too long");
		return -ENAMETOOLONG;
	}
	strcpy(c->dir, dir);
	err = load_chain(c, reason);
	if (!err)
		err = load_key(c, reason);
	if (!err)
		err = load_trust(c, now_s, reason);
	if (!err)
		err = check(c, role, now_s, reason);
	if (!err && role == SECURE_ROLE_NODE)
		err = secure_key_load(secure_path(path, dir, CREDENTIALS_SEED), &c->seed, reason);
	if (!err)
		err = load_issuer(c, reason);
	if (err)
		credentials_exit(c);
	return err;
}

void credentials_exit(struct credentials *c)
{
	for (uint32_t i = 0; i < c->chain_n; i++)
		gnutls_x509_crt_deinit(c->chain[i]);
	if (c->key)
		gnutls_x509_privkey_deinit(c->key);
	if (c->issuer)
		gnutls_x509_crt_deinit(c->issuer);
	if (c->issuer_key)
		gnutls_privkey_deinit(c->issuer_key);
	trust_exit(&c->trust);
	secure_key_wipe(&c->seed);
	memset(c, 0, sizeof(*c));
}

int credentials_write_trust(const struct trust *t, const char *dir, char *reason)
{
	char path[SECURE_PATH_MAX];
	gnutls_datum_t pem;
	int err = 0;

	for (int lists = 0; lists < 2 && !err; lists++) {
		if (trust_print(t, lists, &pem)) {
			snprintf(reason, SECURE_REASON_MAX, "no memory");
			return -ENOMEM;
		}
		secure_path(path, dir, lists ? CREDENTIALS_REVOKED : CREDENTIALS_AUTHORITIES);
		err = secure_file_write(path, 0644, pem.data, pem.size, reason);
		gnutls_free(pem.data);
	}
	return err;
}

static int import_chain(const struct wire_peer_issued *issued, gnutls_x509_crt_t *chain,
			uint32_t *n)
{
	struct bytes der;
	size_t pos = 0;

	*n = 0;
	while (*n < CERT_CHAIN_MAX && wire_bytes_list_next(&issued->chain, &pos, &der)) {
		gnutls_datum_t in = { (unsigned char *)der.data, (unsigned int)der.len };

		if (gnutls_x509_crt_init(&chain[*n]))
			return -ENOMEM;
		(*n)++;
		if (gnutls_x509_crt_import(chain[*n - 1], &in, GNUTLS_X509_FMT_DER))
			return -EBADMSG;
	}
	return 0;
}

static int write_chain(const char *dir, gnutls_x509_crt_t *chain, uint32_t n, char *reason)
{
	char path[SECURE_PATH_MAX], text[CERT_CHAIN_MAX * 2 * CERT_DER_MAX];
	size_t len = 0;

	for (uint32_t i = 0; i < n; i++) {
		size_t room = sizeof(text) - len;

		if (gnutls_x509_crt_export(chain[i], GNUTLS_X509_FMT_PEM, text + len, &room))
			return damaged(reason, dir, "the certificate cannot be written");
		len += room;
	}
	return secure_file_write(secure_path(path, dir, CREDENTIALS_CERTIFICATE), 0644, text, len,
				 reason);
}

int credentials_take(const char *dir, const struct trust *trust, gnutls_x509_privkey_t key,
		     const struct wire_peer_issued *issued, enum secure_role role,
		     const struct xos_id *id, int64_t now_s, char *reason)
{
	gnutls_x509_crt_t chain[CERT_CHAIN_MAX];
	enum trust_verdict v = TRUST_MALFORMED;
	struct cert_who who;
	uint32_t n;
	int err;

	err = import_chain(issued, chain, &n);
	if (!err)
		v = trust_check(trust, chain, n, now_s, &who);
	if (!err && v == TRUST_GOOD &&
	    (who.role != role || !fits(key, chain[0]) || (id && !xos_id_eq(id, &who.id))))
		v = TRUST_ROLE;
	if (v == TRUST_GOOD)
		err = write_chain(dir, chain, n, reason);
	else
		snprintf(reason, SECURE_REASON_MAX, "the issuer's answer: %s",
			 trust_verdict_text(v));
	while (n)
		gnutls_x509_crt_deinit(chain[--n]);
	return err ? err : v == TRUST_GOOD ? 0 : -EACCES;
}
