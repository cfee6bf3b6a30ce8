// SPDX-License-Identifier: GPL-2.0-or-later
/* What an authority does day by day: certificates, revocation lists, and who has what. */
#include <secure/authority.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <base/assert.h>
#include <secure/authority_impl.h>
#include <secure/credentials.h>

#define DAY_S	 86400
/* Longest line of the file "issued". */
#define LINE_LEN 192

/* --- the file "issued" ------------------------------------------------------------- */

static int parse_hex(const char *hex, struct xos_id *id)
{
	if (strlen(hex) != 2 * XOS_ID_LEN || strspn(hex, "0123456789abcdef") != 2 * XOS_ID_LEN)
		return -EINVAL;
	for (int i = 0; i < XOS_ID_LEN; i++)
		sscanf(hex + 2 * i, "%2hhx", &id->b[i]);
	return 0;
}

static int parse_line(const struct authority *a, const char *line, struct authority_record *r)
{
	char hex[33], role[CERT_NAME_MAX];

	memset(r, 0, sizeof(*r));
	if (sscanf(line, "%32s %" SCNu32 " %63s %" SCNd64 " %63s", hex, &r->who.seq, role,
		   &r->who.not_after, r->who.name) != 5 ||
	    parse_hex(hex, &r->who.id))
		return -EBADMSG;
	r->who.role = secure_role_parse(role);
	strcpy(r->who.vo, a->self.vo);
	r->revoked = trust_revoked(&a->trust, &r->who.id, CERT_SEQ_ALL);
	return r->who.role == SECURE_ROLE_NONE ? -EBADMSG : 0;
}

int authority_read_issued(struct authority *a, char *reason)
{
	char path[SECURE_PATH_MAX], *line, *rest;
	struct secure_blob text;
	int err;

	a->issued = calloc(AUTHORITY_ISSUED_MAX, sizeof(*a->issued));
	if (!a->issued)
		return authority_complain(reason, "no memory", -ENOMEM);
	err = secure_file_read(secure_path(path, a->dir, "issued"), false, &text, reason);
	if (err == -ENOENT)
		return 0;
	if (err)
		return err;
	for (line = strtok_r((char *)text.data, "\n", &rest); line && !err;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (a->issued_n == AUTHORITY_ISSUED_MAX)
			err = -ENOSPC;
		else
			err = parse_line(a, line, &a->issued[a->issued_n++]);
	}
	secure_blob_wipe(&text);
	if (err)
		snprintf(reason, SECURE_REASON_MAX, "%.180s: is damaged or too long", path);
	return err;
}

static int write_issued(const struct authority *a, char *reason)
{
	size_t cap = (size_t)a->issued_n * LINE_LEN + 1, len = 0;
	char path[SECURE_PATH_MAX], *text = malloc(cap);
	int err;

	if (!text)
		return authority_complain(reason, "no memory", -ENOMEM);
	for (uint32_t i = 0; i < a->issued_n; i++) {
		const struct cert_who *who = &a->issued[i].who;

		for (int k = 0; k < XOS_ID_LEN; k++)
			len += (size_t)snprintf(text + len, cap - len, "%02x", who->id.b[k]);
		len += (size_t)snprintf(text + len, cap - len, " %" PRIu32 " %s %" PRId64 " %s\n",
					who->seq, secure_role_name(who->role), who->not_after,
					who->name);
	}
	err = secure_file_write(secure_path(path, a->dir, "issued"), 0600, text, len, reason);
	free(text);
	return err;
}

static struct authority_record *find_record(struct authority *a, const char *name,
					    enum secure_role role)
{
	for (uint32_t i = 0; i < a->issued_n; i++) {
		struct authority_record *r = &a->issued[i];

		if (!r->revoked && r->who.role == role && !strcmp(r->who.name, name))
			return r;
	}
	return NULL;
}

/* --- issuing ----------------------------------------------------------------------- */

static int name_request(struct authority *a, struct sign_request *request, uint32_t days,
			int64_t now_s, struct authority_record **out, char *reason)
{
	struct cert_who *who = &request->who;
	struct authority_record *r;

	if (!cert_name_good(who->name))
		return authority_complain(
			reason, "a name has 1 to 63 letters, digits, '.', '-' and '_'", -EINVAL);
	r = find_record(a, who->name, who->role);
	if (!r && a->issued_n == AUTHORITY_ISSUED_MAX)
		return authority_complain(reason, "too many certificates", -ENOSPC);
	if (!r) {
		r = &a->issued[a->issued_n++];
		*r = (struct authority_record){ .who = *who };
		r->who.id = authority_new_id();
	}
	r->who.seq++;
	strcpy(r->who.vo, a->self.vo);
	r->who.not_before = now_s;
	r->who.not_after = now_s + (int64_t)days * DAY_S;
	if (r->who.not_after > a->self.not_after)
		r->who.not_after = a->self.not_after;
	*who = r->who;
	*out = r;
	return 0;
}

static int copy_seed(const char *from, const char *to, char *reason)
{
	char path[SECURE_PATH_MAX];
	struct secure_key seed;
	int err;

	err = secure_key_load(secure_path(path, from, CREDENTIALS_SEED), &seed, reason);
	if (err)
		return err;
	err = secure_key_store(secure_path(path, to, CREDENTIALS_SEED), &seed, reason);
	secure_key_wipe(&seed);
	return err;
}

static int write_member(struct authority *a, enum secure_role role, gnutls_x509_privkey_t key,
			gnutls_x509_crt_t crt, const char *out, char *reason)
{
	char path[SECURE_PATH_MAX];
	gnutls_datum_t pem;
	int err;

	/* The key first: a certificate without its key would be of no use. */
	if (gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
					      &pem))
		return authority_complain(reason, "key cannot be written", -EIO);
	err = secure_file_write(secure_path(path, out,
					    role == SECURE_ROLE_ISSUER ? CREDENTIALS_ISSUER_KEY :
									 CREDENTIALS_KEY),
				0600, pem.data, pem.size, reason);
	explicit_bzero(pem.data, pem.size);
	gnutls_free(pem.data);
	if (!err)
		err = authority_write_crt(secure_path(path, out,
						      role == SECURE_ROLE_ISSUER ?
							      CREDENTIALS_ISSUER :
							      CREDENTIALS_CERTIFICATE),
					  crt, reason);
	if (!err && role == SECURE_ROLE_NODE)
		err = copy_seed(a->dir, out, reason);
	if (!err)
		err = credentials_write_trust(&a->trust, out, reason);
	return err;
}

int authority_issue(struct authority *a, struct sign_request *request, uint32_t days,
		    const char *out, int64_t now_s, char *reason)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	struct authority_record *r;
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t crt;
	int err;

	xassert(a->key);
	err = name_request(a, request, days, now_s, &r, reason);
	if (err)
		return err;
	if (mkdir(out, 0700) && errno != EEXIST) {
		err = -errno;
		snprintf(reason, SECURE_REASON_MAX, "%.180s: %s", out, strerror(-err));
		return err;
	}
	/* Noted before it exists: what was made is never forgotten. */
	err = write_issued(a, reason);
	if (err)
		return err;
	err = sign_key_new(&key);
	if (err)
		return authority_complain(reason, "key cannot be made", err);
	err = sign_key_public(key, public);
	if (!err)
		err = sign_certificate(request, public, a->crt, a->key, &crt);
	if (!err) {
		err = write_member(a, request->who.role, key, crt, out, reason);
		gnutls_x509_crt_deinit(crt);
	} else {
		authority_complain(reason, "the certificate cannot be signed", err);
	}
	gnutls_x509_privkey_deinit(key);
	return err;
}

/* --- revoking ---------------------------------------------------------------------- */

static int take_list(struct authority *a, gnutls_x509_crl_t crl, char *reason)
{
	gnutls_datum_t der;
	int err;

	if (gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_DER, &der))
		return -EIO;
	err = trust_add_list(&a->trust, &der);
	gnutls_free(der.data);
	if (err < 0)
		return authority_complain(reason, "the revocation list cannot be used", err);
	return authority_write_trust(a, reason);
}

int authority_write_list(struct authority *a, const struct trust_entry *more, uint32_t n,
			 int64_t now_s, char *reason)
{
	uint32_t total = a->trust.revoked_n + n;
	struct trust_entry *all;
	gnutls_x509_crl_t crl;
	uint64_t number = 0;
	int err;

	if (total > TRUST_REVOKED_MAX)
		return authority_complain(reason, "the revocation list is full", -ENOSPC);
	all = calloc(total + 1, sizeof(*all));
	if (!all)
		return authority_complain(reason, "no memory", -ENOMEM);
	if (a->trust.revoked_n)
		memcpy(all, a->trust.revoked, a->trust.revoked_n * sizeof(*all));
	if (n)
		memcpy(all + a->trust.revoked_n, more, n * sizeof(*all));
	for (uint32_t i = 0; i < a->trust.n; i++) {
		if (a->trust.lists[i].number > number)
			number = a->trust.lists[i].number;
	}
	err = sign_list(all, total, number + 1, now_s, AUTHORITY_LIST_DAYS, a->crt, a->key, &crl);
	free(all);
	if (err)
		return authority_complain(reason, "the revocation list cannot be signed", err);
	err = take_list(a, crl, reason);
	gnutls_x509_crl_deinit(crl);
	return err;
}

int authority_revoke(struct authority *a, const char *name, int64_t now_s, char *reason)
{
	struct trust_entry more[SECURE_ROLE_COUNT];
	uint32_t n = 0;
	int err;

	xassert(a->key);
	if (!parse_hex(name, &more[0].id)) {
		more[n++].seq = CERT_SEQ_ALL;
	} else {
		for (uint32_t i = 0; i < a->issued_n && n < SECURE_ROLE_COUNT; i++) {
			if (!a->issued[i].revoked && !strcmp(a->issued[i].who.name, name))
				more[n++] =
					(struct trust_entry){ a->issued[i].who.id, CERT_SEQ_ALL };
		}
	}
	if (!n)
		return authority_complain(reason, "nobody of this name has a certificate", -ENOENT);
	err = authority_write_list(a, more, n, now_s, reason);
	for (uint32_t i = 0; i < a->issued_n && !err; i++)
		a->issued[i].revoked = trust_revoked(&a->trust, &a->issued[i].who.id, CERT_SEQ_ALL);
	return err;
}
