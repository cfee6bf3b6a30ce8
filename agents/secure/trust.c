// SPDX-License-Identifier: GPL-2.0-or-later
/* Authorities of a VO, their revocation lists, and what follows for a chain. */
#include <secure/cert.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <gnutls/crypto.h>

#include <base/be.h>

#define PEM_END "-----END "

/* Times are checked against the clock of the environment. */
#define VERIFY_FLAGS GNUTLS_VERIFY_DISABLE_TIME_CHECKS

/* An old list is better than none: it is used, and its age reported (struct trust_list). */
#define LIST_TIMES                                              \
	((unsigned int)GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED | \
	 (unsigned int)GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE)

static const char *const verdict_texts[TRUST_VERDICTS] = {
	[TRUST_GOOD] = "good",
	[TRUST_MALFORMED] = "no certificate of a virtual organisation",
	[TRUST_AUTHORITY] = "not signed by an authority of the virtual organisation",
	[TRUST_NOT_YET] = "the certificate is not valid yet",
	[TRUST_EXPIRED] = "the certificate has expired",
	[TRUST_REVOKED] = "the certificate is revoked",
	[TRUST_VO] = "of another virtual organisation",
	[TRUST_ROLE] = "its role may not do this",
};

const char *trust_verdict_text(enum trust_verdict verdict)
{
	return verdict < TRUST_VERDICTS ? verdict_texts[verdict] : "unknown";
}

void trust_init(struct trust *t, const char *vo)
{
	*t = (struct trust){ .n = 0 };
	strncpy(t->vo, vo, CERT_NAME_MAX - 1);
}

void trust_exit(struct trust *t)
{
	for (uint32_t i = 0; i < t->n; i++) {
		gnutls_x509_crt_deinit(t->authorities[i]);
		gnutls_free(t->lists[i].der.data);
	}
	free(t->revoked);
	t->n = 0;
	t->revoked = NULL;
	t->revoked_n = 0;
}

/* --- what is revoked --------------------------------------------------------------- */

static int entry_cmp(const void *a, const void *b)
{
	return memcmp(a, b, XOS_ID_LEN);
}

/* The highest sequence number that the entries revoke of an identity; 0: none. */
static uint32_t revoked_upto(const struct trust_entry *v, uint32_t n, const struct xos_id *id)
{
	uint32_t lo = 0, hi = n, upto = 0;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (xos_id_cmp(&v[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < n && xos_id_eq(&v[lo].id, id); lo++) {
		if (v[lo].seq > upto)
			upto = v[lo].seq;
	}
	return upto;
}

bool trust_revoked(const struct trust *t, const struct xos_id *id, uint32_t seq)
{
	return seq <= revoked_upto(t->revoked, t->revoked_n, id);
}

static int list_entries(const struct trust_list *list, struct trust_entry *v, uint32_t *n)
{
	gnutls_x509_crl_t crl;
	int count, err = 0;

	if (gnutls_x509_crl_init(&crl))
		return -ENOMEM;
	if (gnutls_x509_crl_import(crl, &list->der, GNUTLS_X509_FMT_DER)) {
		gnutls_x509_crl_deinit(crl);
		return -EBADMSG;
	}
	count = gnutls_x509_crl_get_crt_count(crl);
	for (int i = 0; i < count && !err; i++) {
		uint8_t serial[64];
		size_t len = sizeof(serial);
		time_t when;

		if (*n == TRUST_REVOKED_MAX)
			err = -ENOSPC;
		else if (gnutls_x509_crl_get_crt_serial(crl, (unsigned int)i, serial, &len,
							&when) ||
			 !cert_serial_get(serial, len, &v[*n].id, &v[*n].seq))
			err = -EBADMSG;
		else
			(*n)++;
	}
	gnutls_x509_crl_deinit(crl);
	return err;
}

/* Authorities repeat what those before them revoked: one entry of each identity. */
static uint32_t unique(struct trust_entry *v, uint32_t n)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (!kept || !xos_id_eq(&v[kept - 1].id, &v[i].id))
			v[kept++] = v[i];
		else if (v[i].seq > v[kept - 1].seq)
			v[kept - 1].seq = v[i].seq;
	}
	return kept;
}

/*
 * All entries anew. An authority that was revoked by a later one revokes nothing any
 * more, so that a stolen old authority cannot revoke its successors: the latest
 * comes first, and each is heard unless those before it revoked it.
 */
static int rebuild(struct trust *t)
{
	struct trust_entry *v = calloc(TRUST_REVOKED_MAX, sizeof(*v));
	bool done[TRUST_AUTHORITIES_MAX] = { false };
	uint32_t n = 0;
	int err = 0;

	if (!v)
		return -ENOMEM;
	for (uint32_t round = 0; round < t->n && !err; round++) {
		struct cert_who who = { .seq = 0 }, best = { .seq = 0 };
		uint32_t at = 0;

		for (uint32_t i = 0; i < t->n; i++) {
			if (done[i] || cert_read(t->authorities[i], &who) || who.seq <= best.seq)
				continue;
			best = who;
			at = i;
		}
		if (!best.seq)
			break;
		done[at] = true;
		if (t->lists[at].der.data && !revoked_upto(v, n, &best.id))
			err = list_entries(&t->lists[at], v, &n);
		qsort(v, n, sizeof(*v), entry_cmp);
	}
	if (err) {
		free(v);
		return err;
	}
	free(t->revoked);
	t->revoked = v;
	t->revoked_n = unique(v, n);
	return 0;
}

/* --- authorities ------------------------------------------------------------------- */

static bool same_key(gnutls_x509_crt_t a, gnutls_x509_crt_t b)
{
	uint8_t x[64], y[64];
	size_t xn = sizeof(x), yn = sizeof(y);

	return !gnutls_x509_crt_get_key_id(a, GNUTLS_KEYID_USE_SHA256, x, &xn) &&
	       !gnutls_x509_crt_get_key_id(b, GNUTLS_KEYID_USE_SHA256, y, &yn) && xn == yn &&
	       !memcmp(x, y, xn);
}

/* Which of the trusted authorities signed it; -1: none. */
static int signer_of(const struct trust *t, gnutls_x509_crt_t crt)
{
	for (uint32_t i = 0; i < t->n; i++) {
		unsigned int verdict = 1;
		struct cert_who who;

		if (cert_read(t->authorities[i], &who) || trust_revoked(t, &who.id, who.seq))
			continue;
		if (!gnutls_x509_crt_list_verify(&crt, 1, &t->authorities[i], 1, NULL, 0,
						 VERIFY_FLAGS, &verdict) &&
		    !verdict)
			return (int)i;
	}
	return -1;
}

static int authority_check(const struct trust *t, gnutls_x509_crt_t crt, bool on_its_own,
			   int64_t now_s)
{
	struct cert_who who, signer;
	unsigned int ca = 0;
	int at;

	if (cert_read(crt, &who) || who.role != SECURE_ROLE_AUTHORITY || strcmp(who.vo, t->vo) ||
	    gnutls_x509_crt_get_basic_constraints(crt, NULL, &ca, NULL) < 0 || !ca)
		return -EBADMSG;
	if (on_its_own)
		return 0;
	at = signer_of(t, crt);
	if (at < 0 || cert_read(t->authorities[at], &signer) || signer.seq >= who.seq ||
	    now_s >= who.not_after || now_s + CERT_SKEW_S < who.not_before)
		return -EACCES;
	return 0;
}

int trust_add(struct trust *t, const gnutls_datum_t *der, bool on_its_own, int64_t now_s)
{
	gnutls_x509_crt_t crt;
	int err;

	if (der->size > CERT_DER_MAX)
		return -EBADMSG;
	if (gnutls_x509_crt_init(&crt))
		return -ENOMEM;
	err = gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) ? -EBADMSG : 0;
	for (uint32_t i = 0; i < t->n && !err; i++) {
		if (same_key(crt, t->authorities[i])) {
			gnutls_x509_crt_deinit(crt);
			return 0;
		}
	}
	if (!err)
		err = authority_check(t, crt, on_its_own, now_s);
	if (!err && t->n == TRUST_AUTHORITIES_MAX)
		err = -ENOSPC;
	if (err) {
		gnutls_x509_crt_deinit(crt);
		return err;
	}
	t->lists[t->n] = (struct trust_list){ .number = 0 };
	t->authorities[t->n++] = crt;
	return 1;
}

/* --- revocation lists -------------------------------------------------------------- */

/* Which authority signed a list; -1: none. */
static int list_signer(const struct trust *t, gnutls_x509_crl_t crl)
{
	for (uint32_t i = 0; i < t->n; i++) {
		unsigned int verdict = 1;

		if (gnutls_x509_crl_verify(crl, &t->authorities[i], 1, VERIFY_FLAGS, &verdict))
			continue;
		/* What is invalid for its age only has no other mark. */
		if (verdict & LIST_TIMES)
			verdict &= ~(LIST_TIMES | (unsigned int)GNUTLS_CERT_INVALID);
		if (!verdict)
			return (int)i;
	}
	return -1;
}

static int list_number(gnutls_x509_crl_t crl, uint64_t *number)
{
	uint8_t raw[32];
	size_t len = sizeof(raw);
	unsigned int critical;

	*number = 0;
	if (gnutls_x509_crl_get_number(crl, raw, &len, &critical) || !len || len > 9)
		return -EBADMSG;
	for (size_t i = 0; i < len; i++)
		*number = *number << 8 | raw[i];
	return 0;
}

static int list_take(struct trust *t, gnutls_x509_crl_t crl, const gnutls_datum_t *der)
{
	struct trust_list list = { .number = 0 }, old;
	int at = list_signer(t, crl), err;

	if (at < 0)
		return -EACCES;
	if (list_number(crl, &list.number))
		return -EBADMSG;
	if (t->lists[at].der.data && list.number <= t->lists[at].number)
		return 0;
	list.next_update = gnutls_x509_crl_get_next_update(crl);
	list.der.data = gnutls_malloc(der->size);
	if (!list.der.data)
		return -ENOMEM;
	memcpy(list.der.data, der->data, der->size);
	list.der.size = der->size;
	old = t->lists[at];
	t->lists[at] = list;
	err = rebuild(t);
	if (err) {
		t->lists[at] = old;
		gnutls_free(list.der.data);
		return err;
	}
	gnutls_free(old.der.data);
	return 1;
}

int trust_add_list(struct trust *t, const gnutls_datum_t *der)
{
	gnutls_x509_crl_t crl;
	int err;

	if (gnutls_x509_crl_init(&crl))
		return -ENOMEM;
	if (gnutls_x509_crl_import(crl, der, GNUTLS_X509_FMT_DER))
		err = -EBADMSG;
	else
		err = list_take(t, crl, der);
	gnutls_x509_crl_deinit(crl);
	return err;
}

/* --- PEM --------------------------------------------------------------------------- */

static int load_one(struct trust *t, bool list, const gnutls_datum_t *pem, int64_t now_s)
{
	gnutls_datum_t der;
	int err;

	if (gnutls_pem_base64_decode2(list ? "X509 CRL" : "CERTIFICATE", pem, &der))
		return -EBADMSG;
	err = list ? trust_add_list(t, &der) : trust_add(t, &der, true, now_s);
	gnutls_free(der.data);
	return err;
}

int trust_load(struct trust *t, const uint8_t *pem, size_t len, int64_t now_s)
{
	const char *at = (const char *)pem, *end = at + len;
	bool fresh = false;

	while (at < end) {
		const char *begin = memmem(at, (size_t)(end - at), "-----BEGIN ", 11), *stop;
		gnutls_datum_t one;
		bool list;
		int ret;

		if (!begin)
			break;
		stop = memmem(begin, (size_t)(end - begin), PEM_END, strlen(PEM_END));
		stop = stop ? memchr(stop, '\n', (size_t)(end - stop)) : NULL;
		if (!stop)
			return -EBADMSG;
		list = !strncmp(begin + 11, "X509 CRL", 8);
		one = (gnutls_datum_t){ (unsigned char *)begin, (unsigned int)(stop + 1 - begin) };
		ret = load_one(t, list, &one, now_s);
		if (ret < 0)
			return ret;
		fresh = fresh || ret;
		at = stop + 1;
	}
	return fresh;
}

static int append_pem(gnutls_datum_t *out, const char *what, const gnutls_datum_t *der)
{
	gnutls_datum_t pem;
	unsigned char *mem;

	if (gnutls_pem_base64_encode2(what, der, &pem))
		return -ENOMEM;
	mem = gnutls_realloc(out->data, out->size + pem.size + 1);
	if (mem) {
		memcpy(mem + out->size, pem.data, pem.size);
		out->data = mem;
		out->size += pem.size;
		mem[out->size] = 0;
	}
	gnutls_free(pem.data);
	return mem ? 0 : -ENOMEM;
}

int trust_print(const struct trust *t, bool lists, gnutls_datum_t *out)
{
	int err = 0;

	*out = (gnutls_datum_t){ NULL, 0 };
	for (uint32_t i = 0; i < t->n && !err; i++) {
		gnutls_datum_t der;

		if (lists) {
			if (t->lists[i].der.data)
				err = append_pem(out, "X509 CRL", &t->lists[i].der);
		} else if (gnutls_x509_crt_export2(t->authorities[i], GNUTLS_X509_FMT_DER, &der)) {
			err = -ENOMEM;
		} else {
			err = append_pem(out, "CERTIFICATE", &der);
			gnutls_free(der.data);
		}
	}
	return err;
}

uint64_t trust_digest(const struct trust *t)
{
	uint64_t sum = 0;

	/* A sum does not depend on the order in which they came. */
	for (uint32_t i = 0; i < t->n; i++) {
		uint8_t text[40], hash[32];
		size_t len = 32;

		memset(text, 0, sizeof(text));
		gnutls_x509_crt_get_key_id(t->authorities[i], GNUTLS_KEYID_USE_SHA256, text, &len);
		be64_store(text + 32, t->lists[i].number);
		gnutls_hash_fast(GNUTLS_DIG_SHA256, text, sizeof(text), hash);
		sum += be64_load(hash);
	}
	return sum;
}

/* --- a chain ----------------------------------------------------------------------- */

static enum trust_verdict check_one(const struct trust *t, const struct cert_who *who,
				    int64_t now_s)
{
	if (strcmp(who->vo, t->vo))
		return TRUST_VO;
	if (trust_revoked(t, &who->id, who->seq))
		return TRUST_REVOKED;
	if (now_s + CERT_SKEW_S < who->not_before)
		return TRUST_NOT_YET;
	return now_s < who->not_after ? TRUST_GOOD : TRUST_EXPIRED;
}

/* An authority that is revoked or out of its time signs nothing. */
static bool anchored(const struct trust *t, const gnutls_x509_crt_t *chain, uint32_t n,
		     int64_t now_s)
{
	for (uint32_t i = 0; i < t->n; i++) {
		unsigned int verdict = 1;
		struct cert_who who;

		if (cert_read(t->authorities[i], &who) || check_one(t, &who, now_s) != TRUST_GOOD)
			continue;
		if (!gnutls_x509_crt_list_verify(chain, (int)n, &t->authorities[i], 1, NULL, 0,
						 VERIFY_FLAGS, &verdict) &&
		    !verdict)
			return true;
	}
	return false;
}

enum trust_verdict trust_check(const struct trust *t, const gnutls_x509_crt_t *chain, uint32_t n,
			       int64_t now_s, struct cert_who *who)
{
	struct cert_who issuer;
	enum trust_verdict v;

	if (!n || n > CERT_CHAIN_MAX || cert_read(chain[0], who))
		return TRUST_MALFORMED;
	if (strcmp(who->vo, t->vo))
		return TRUST_VO;
	if (n == 2 && (cert_read(chain[1], &issuer) || issuer.role != SECURE_ROLE_ISSUER ||
		       gnutls_x509_crt_check_issuer(chain[0], chain[1]) != 1))
		return TRUST_AUTHORITY;
	if (!anchored(t, chain, n, now_s))
		return TRUST_AUTHORITY;
	v = check_one(t, who, now_s);
	if (v == TRUST_GOOD && n == 2) {
		v = check_one(t, &issuer, now_s);
		if (v == TRUST_GOOD && who->role != SECURE_ROLE_NODE &&
		    who->role != SECURE_ROLE_CLIENT)
			v = TRUST_ROLE;
	}
	return v;
}
