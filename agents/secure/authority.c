// SPDX-License-Identifier: GPL-2.0-or-later
/* The authority of a VO: its folder, its key, its successors. */
#include <secure/authority.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gnutls/crypto.h>

#include <secure/authority_impl.h>
#include <secure/credentials.h>

#define DAY_S 86400

struct xos_id authority_new_id(void)
{
	struct xos_id id = { { 0 } };

	/* 16 bytes are never cut short (getrandom(2)). */
	if (getrandom(id.b, sizeof(id.b), 0) != sizeof(id.b))
		abort();
	/* The serial number of a certificate is positive. */
	id.b[0] &= 0x7f;
	id.b[0] |= 0x40;
	return id;
}

int authority_complain(char *reason, const char *what, int err)
{
	snprintf(reason, SECURE_REASON_MAX, "%.200s", what);
	return err;
}

int authority_write_crt(const char *path, gnutls_x509_crt_t crt, char *reason)
{
	gnutls_datum_t pem;
	int err;

	if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem))
		return authority_complain(reason, "certificate cannot be written", -EIO);
	err = secure_file_write(path, 0644, pem.data, pem.size, reason);
	gnutls_free(pem.data);
	return err;
}

int authority_write_trust(const struct authority *a, char *reason)
{
	return credentials_write_trust(&a->trust, a->dir, reason);
}

/* A new key and its certificate, signed by itself; written by the caller. */
static int make_self(const char *vo, uint32_t generation, int64_t now_s, gnutls_x509_privkey_t *key,
		     gnutls_x509_crt_t *crt, char *reason)
{
	struct sign_request request = { .who = { .role = SECURE_ROLE_AUTHORITY,
						 .id = authority_new_id(),
						 .seq = generation,
						 .not_before = now_s,
						 .not_after = now_s + AUTHORITY_DAYS * DAY_S } };
	uint8_t public[SIGN_PUBLIC_LEN];
	gnutls_privkey_t signer;
	int err;

	snprintf(request.who.vo, CERT_NAME_MAX, "%s", vo);
	snprintf(request.who.name, CERT_NAME_MAX, "authority-%u", generation);
	err = sign_key_new(key);
	if (err)
		return authority_complain(reason, "key cannot be made", err);
	err = sign_key_public(*key, public);
	if (!err && gnutls_privkey_init(&signer))
		err = -ENOMEM;
	if (!err) {
		err = gnutls_privkey_import_x509(signer, *key, 0) ? -EIO : 0;
		if (!err)
			err = sign_certificate(&request, public, NULL, signer, crt);
		gnutls_privkey_deinit(signer);
	}
	if (err) {
		gnutls_x509_privkey_deinit(*key);
		return authority_complain(reason, "certificate of the authority cannot be made",
					  err);
	}
	return 0;
}

/* A PIN is as the token wants it. */
static int check_passphrase(const char *passphrase, const char *token, char *reason)
{
	size_t len = strlen(passphrase);

	if (*token && len && len < AUTHORITY_PASSPHRASE_MAX)
		return 0;
	if (len >= AUTHORITY_PASSPHRASE_MIN && len < AUTHORITY_PASSPHRASE_MAX)
		return 0;
	snprintf(reason, SECURE_REASON_MAX, "a passphrase has %d to %d characters",
		 AUTHORITY_PASSPHRASE_MIN, AUTHORITY_PASSPHRASE_MAX - 1);
	return -EINVAL;
}

static int write_self(const char *dir, gnutls_x509_privkey_t key, gnutls_x509_crt_t crt,
		      const char *passphrase, const char *token, char *reason)
{
	char path[SECURE_PATH_MAX];
	struct cert_who who;
	int err;

	if (cert_read(crt, &who))
		return -EIO;
	err = authority_key_write(dir, key, &who, passphrase, token, reason);
	if (!err)
		err = authority_write_crt(secure_path(path, dir, "authority.pem"), crt, reason);
	return err;
}

static int make_seed(const char *dir, char *reason)
{
	char path[SECURE_PATH_MAX];
	struct secure_key seed;
	int err;

	if (gnutls_rnd(GNUTLS_RND_KEY, seed.b, SECURE_KEY_LEN))
		return authority_complain(reason, "no randomness", -EIO);
	err = secure_key_store(secure_path(path, dir, CREDENTIALS_SEED), &seed, reason);
	secure_key_wipe(&seed);
	return err;
}

int authority_create(const char *dir, const char *vo, const char *passphrase, int64_t now_s,
		     char *reason)
{
	return authority_create_on(dir, vo, passphrase, "", now_s, reason);
}

int authority_create_on(const char *dir, const char *vo, const char *passphrase, const char *token,
			int64_t now_s, char *reason)
{
	struct authority a = { .self = { .seq = 1 } };
	gnutls_x509_privkey_t key;
	char path[SECURE_PATH_MAX];
	int err;

	if (!cert_name_good(vo))
		return authority_complain(
			reason, "a name has 1 to 63 letters, digits, '.', '-' and '_'", -EINVAL);
	if (strlen(token) >= AUTHORITY_TOKEN_MAX)
		return authority_complain(reason, "the URI of the token is too long", -EINVAL);
	err = check_passphrase(passphrase, token, reason);
	if (err)
		return err;
	if (mkdir(dir, 0700) && errno != EEXIST) {
		err = -errno;
		snprintf(reason, SECURE_REASON_MAX, "%.180s: %s", dir, strerror(-err));
		return err;
	}
	if (!access(secure_path(path, dir, "authority.pem"), F_OK))
		return authority_complain(reason, "there is an authority in this folder already",
					  -EEXIST);
	err = make_self(vo, 1, now_s, &key, &a.crt, reason);
	if (err)
		return err;
	err = write_self(dir, key, a.crt, passphrase, token, reason);
	if (!err)
		err = authority_write_crt(secure_path(path, dir, "authorities.pem"), a.crt, reason);
	if (!err)
		err = make_seed(dir, reason);
	gnutls_x509_crt_deinit(a.crt);
	gnutls_x509_privkey_deinit(key);
	if (err)
		return err;
	/* The first, empty list: who has one knows that nothing is missing. */
	err = authority_open(dir, passphrase, now_s, &a, reason);
	if (!err) {
		err = authority_write_list(&a, NULL, 0, now_s, reason);
		authority_close(&a);
	}
	return err;
}

/* --- opening ----------------------------------------------------------------------- */

static int open_crt(struct authority *a, char *reason)
{
	char path[SECURE_PATH_MAX];
	struct secure_blob pem;
	gnutls_datum_t in;
	int err;

	err = secure_file_read(secure_path(path, a->dir, "authority.pem"), false, &pem, reason);
	if (err)
		return err;
	in = (gnutls_datum_t){ pem.data, (unsigned int)pem.len };
	err = gnutls_x509_crt_init(&a->crt) ? -ENOMEM : 0;
	if (!err && (gnutls_x509_crt_import(a->crt, &in, GNUTLS_X509_FMT_PEM) ||
		     cert_read(a->crt, &a->self) || a->self.role != SECURE_ROLE_AUTHORITY))
		err = authority_complain(reason, "authority.pem is no certificate of an authority",
					 -EBADMSG);
	secure_blob_wipe(&pem);
	return err;
}

static int open_trust(struct authority *a, int64_t now_s, char *reason)
{
	static const char *const files[] = { "authorities.pem", "revoked.pem" };
	char path[SECURE_PATH_MAX];
	struct secure_blob pem;
	int err;

	trust_init(&a->trust, a->self.vo);
	for (int i = 0; i < 2; i++) {
		err = secure_file_read(secure_path(path, a->dir, files[i]), false, &pem, reason);
		if (err == -ENOENT && i)
			return 0;
		if (err)
			return err;
		err = trust_load(&a->trust, pem.data, pem.len, now_s);
		secure_blob_wipe(&pem);
		if (err < 0) {
			snprintf(reason, SECURE_REASON_MAX, "%.180s: is damaged", path);
			return err;
		}
	}
	return 0;
}

int authority_open(const char *dir, const char *passphrase, int64_t now_s, struct authority *a,
		   char *reason)
{
	int err;

	memset(a, 0, sizeof(*a));
	if (strlen(dir) >= SECURE_PATH_MAX - 32)
		return authority_complain(reason, "the name of the folder is too long",
					  -ENAMETOOLONG);
	strcpy(a->dir, dir);
	err = open_crt(a, reason);
	if (!err)
		err = open_trust(a, now_s, reason);
	if (!err)
		err = authority_read_issued(a, reason);
	if (!err && passphrase)
		err = authority_key_open(a, passphrase, reason);
	if (err)
		authority_close(a);
	return err;
}

void authority_close(struct authority *a)
{
	if (a->crt)
		gnutls_x509_crt_deinit(a->crt);
	if (a->key)
		gnutls_privkey_deinit(a->key);
	trust_exit(&a->trust);
	free(a->issued);
	explicit_bzero(a, sizeof(*a));
}

/* --- rotation ---------------------------------------------------------------------- */

/* The new authority as the old one vouches for it: that is what spreads in the grid. */
static int sign_successor(struct authority *a, gnutls_x509_privkey_t key, gnutls_x509_crt_t crt,
			  gnutls_x509_crt_t *cross, char *reason)
{
	struct sign_request request = { .addrs_n = 0 };
	uint8_t public[SIGN_PUBLIC_LEN];

	if (cert_read(crt, &request.who) || sign_key_public(key, public) ||
	    sign_certificate(&request, public, a->crt, a->key, cross))
		return authority_complain(reason, "the successor cannot be signed", -EIO);
	return 0;
}

static int add_crt(struct trust *t, gnutls_x509_crt_t crt, int64_t now_s)
{
	gnutls_datum_t der;
	int err;

	if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der))
		return -ENOMEM;
	err = trust_add(t, &der, true, now_s);
	gnutls_free(der.data);
	return err < 0 ? err : 0;
}

/* The successor takes the place of the authority in @a and on the disk. */
static int install_successor(struct authority *a, gnutls_x509_privkey_t key, gnutls_x509_crt_t crt,
			     gnutls_x509_crt_t cross, const char *passphrase, int64_t now_s,
			     char *reason)
{
	char path[SECURE_PATH_MAX];
	gnutls_privkey_t signer;
	int err;

	/* What the old one vouched for is what members are given, so that they can check it. */
	err = add_crt(&a->trust, cross, now_s);
	if (err)
		return authority_complain(reason, "too many authorities; retire the old ones", err);
	if (gnutls_privkey_init(&signer))
		return -ENOMEM;
	if (gnutls_privkey_import_x509(signer, key, GNUTLS_PRIVKEY_IMPORT_COPY)) {
		gnutls_privkey_deinit(signer);
		return -EIO;
	}
	gnutls_privkey_deinit(a->key);
	a->key = signer;
	gnutls_x509_crt_deinit(a->crt);
	a->crt = crt;
	cert_read(crt, &a->self);
	err = authority_write_crt(secure_path(path, a->dir, "successor.pem"), cross, reason);
	if (!err)
		err = authority_write_trust(a, reason);
	if (!err)
		err = write_self(a->dir, key, crt, passphrase, a->token, reason);
	return err ? err : authority_write_list(a, NULL, 0, now_s, reason);
}

int authority_rotate(struct authority *a, const char *passphrase, int64_t now_s, char *reason)
{
	gnutls_x509_crt_t crt, cross;
	gnutls_x509_privkey_t key;
	int err;

	err = check_passphrase(passphrase, a->token, reason);
	if (!err)
		err = make_self(a->self.vo, a->self.seq + 1, now_s, &key, &crt, reason);
	if (err)
		return err;
	err = sign_successor(a, key, crt, &cross, reason);
	if (err) {
		gnutls_x509_crt_deinit(crt);
	} else {
		err = install_successor(a, key, crt, cross, passphrase, now_s, reason);
		if (a->crt != crt)
			gnutls_x509_crt_deinit(crt);
		gnutls_x509_crt_deinit(cross);
	}
	gnutls_x509_privkey_deinit(key);
	return err;
}

int authority_retire(struct authority *a, int64_t now_s, char *reason)
{
	struct trust_entry old[TRUST_AUTHORITIES_MAX];
	struct cert_who who;
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->trust.n; i++) {
		if (cert_read(a->trust.authorities[i], &who) || xos_id_eq(&who.id, &a->self.id))
			continue;
		if (!trust_revoked(&a->trust, &who.id, who.seq))
			old[n++] = (struct trust_entry){ who.id, CERT_SEQ_ALL };
	}
	if (!n)
		return authority_complain(reason, "there is no other authority", -ENOENT);
	return authority_write_list(a, old, n, now_s, reason);
}
