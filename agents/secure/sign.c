// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/sign.h>

#include <errno.h>
#include <string.h>

#include <base/be.h>

#define DAY_S 86400

int sign_key_new(gnutls_x509_privkey_t *out)
{
	gnutls_x509_privkey_t key;

	if (gnutls_x509_privkey_init(&key))
		return -ENOMEM;
	if (gnutls_x509_privkey_generate(key, GNUTLS_PK_EDDSA_ED25519, 256, 0)) {
		gnutls_x509_privkey_deinit(key);
		return -EIO;
	}
	*out = key;
	return 0;
}

int sign_key_public(gnutls_x509_privkey_t key, uint8_t out[SIGN_PUBLIC_LEN])
{
	gnutls_ecc_curve_t curve;
	gnutls_datum_t x, y, k;
	int err = -EINVAL;

	if (gnutls_x509_privkey_export_ecc_raw(key, &curve, &x, &y, &k))
		return -EINVAL;
	if (curve == GNUTLS_ECC_CURVE_ED25519 && x.size == SIGN_PUBLIC_LEN) {
		memcpy(out, x.data, SIGN_PUBLIC_LEN);
		err = 0;
	}
	gnutls_free(x.data);
	gnutls_free(y.data);
	if (k.data)
		explicit_bzero(k.data, k.size);
	gnutls_free(k.data);
	return err;
}

static int set_subject(gnutls_x509_crt_t crt, const struct cert_who *who)
{
	const char *role = secure_role_name(who->role);

	return gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, who->vo,
					     (unsigned int)strlen(who->vo)) ||
			       gnutls_x509_crt_set_dn_by_oid(
				       crt, GNUTLS_OID_X520_ORGANIZATIONAL_UNIT_NAME, 0, role,
				       (unsigned int)strlen(role)) ||
			       gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0,
							     who->name,
							     (unsigned int)strlen(who->name)) ?
		       -EIO :
		       0;
}

static int set_key(gnutls_x509_crt_t crt, const uint8_t public[SIGN_PUBLIC_LEN])
{
	const gnutls_datum_t x = { (unsigned char *)public, SIGN_PUBLIC_LEN };
	gnutls_pubkey_t pubkey;
	uint8_t id[64];
	size_t len = sizeof(id);
	int err;

	if (gnutls_pubkey_init(&pubkey))
		return -ENOMEM;
	err = gnutls_pubkey_import_ecc_raw(pubkey, GNUTLS_ECC_CURVE_ED25519, &x, NULL) ||
	      gnutls_x509_crt_set_pubkey(crt, pubkey) ||
	      gnutls_x509_crt_get_key_id(crt, 0, id, &len) ||
	      gnutls_x509_crt_set_subject_key_id(crt, id, len);
	gnutls_pubkey_deinit(pubkey);
	return err ? -EIO : 0;
}

/* What the key may be used for follows from the role. */
static int set_usage(gnutls_x509_crt_t crt, enum secure_role role)
{
	bool ca = role == SECURE_ROLE_AUTHORITY || role == SECURE_ROLE_ISSUER;
	unsigned int usage = GNUTLS_KEY_DIGITAL_SIGNATURE;

	if (ca)
		usage = GNUTLS_KEY_KEY_CERT_SIGN;
	if (role == SECURE_ROLE_AUTHORITY)
		usage |= GNUTLS_KEY_CRL_SIGN;
	if (gnutls_x509_crt_set_basic_constraints(crt, ca,
						  !ca			     ? -1 :
						  role == SECURE_ROLE_ISSUER ? 0 :
									       1) ||
	    gnutls_x509_crt_set_key_usage(crt, usage))
		return -EIO;
	if (ca)
		return 0;
	if (role == SECURE_ROLE_NODE &&
	    gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0))
		return -EIO;
	return gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0) ? -EIO : 0;
}

static int set_addrs(gnutls_x509_crt_t crt, const struct sign_request *request)
{
	static const uint8_t v4[12] = { [10] = 0xff, [11] = 0xff };

	for (uint32_t i = 0; i < request->addrs_n; i++) {
		const uint8_t *ip = request->addrs[i].ip;
		bool is_v4 = !memcmp(ip, v4, sizeof(v4));

		if (gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS,
							 ip + (is_v4 ? 12 : 0), is_v4 ? 4 : 16,
							 i ? GNUTLS_FSAN_APPEND : GNUTLS_FSAN_SET))
			return -EIO;
	}
	return 0;
}

static int set_issuer_key_id(gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer)
{
	uint8_t id[64];
	size_t len = sizeof(id);

	return gnutls_x509_crt_get_subject_key_id(issuer, id, &len, NULL) ||
			       gnutls_x509_crt_set_authority_key_id(crt, id, len) ?
		       -EIO :
		       0;
}

/* As everybody else will read it: GnuTLS knows parts of a certificate only once it is imported. */
static int read_back(gnutls_x509_crt_t made, gnutls_x509_crt_t *out)
{
	gnutls_datum_t der;
	int err;

	if (gnutls_x509_crt_export2(made, GNUTLS_X509_FMT_DER, &der))
		return -EIO;
	err = gnutls_x509_crt_init(out) ? -ENOMEM : 0;
	if (!err && gnutls_x509_crt_import(*out, &der, GNUTLS_X509_FMT_DER)) {
		gnutls_x509_crt_deinit(*out);
		err = -EIO;
	}
	gnutls_free(der.data);
	return err;
}

int sign_certificate(const struct sign_request *request, const uint8_t public[SIGN_PUBLIC_LEN],
		     gnutls_x509_crt_t issuer, gnutls_privkey_t key, gnutls_x509_crt_t *out)
{
	const struct cert_who *who = &request->who;
	uint8_t serial[CERT_SERIAL_LEN];
	gnutls_x509_crt_t crt;
	int err;

	if (!cert_name_good(who->vo) || !cert_name_good(who->name) || who->id.b[0] & 0x80 ||
	    xos_id_is_zero(&who->id) || !who->seq || who->role == SECURE_ROLE_NONE)
		return -EINVAL;
	if (gnutls_x509_crt_init(&crt))
		return -ENOMEM;
	cert_serial_put(serial, &who->id, who->seq);
	err = gnutls_x509_crt_set_version(crt, 3) ||
	      gnutls_x509_crt_set_serial(crt, serial, sizeof(serial)) ||
	      gnutls_x509_crt_set_activation_time(crt, who->not_before) ||
	      gnutls_x509_crt_set_expiration_time(crt, who->not_after);
	if (err || set_subject(crt, who) || set_key(crt, public) || set_usage(crt, who->role) ||
	    set_addrs(crt, request) || set_issuer_key_id(crt, issuer ? issuer : crt) ||
	    gnutls_x509_crt_privkey_sign(crt, issuer ? issuer : crt, key, GNUTLS_DIG_SHA512, 0))
		err = -EIO;
	else
		err = read_back(crt, out);
	gnutls_x509_crt_deinit(crt);
	return err;
}

static int fill_list(gnutls_x509_crl_t crl, const struct trust_entry *entries, uint32_t n,
		     uint64_t number, int64_t now_s, uint32_t days)
{
	/* A leading zero byte keeps the number positive. */
	uint8_t raw[9] = { 0 };

	be64_store(raw + 1, number);
	if (gnutls_x509_crl_set_version(crl, 2) || gnutls_x509_crl_set_this_update(crl, now_s) ||
	    gnutls_x509_crl_set_next_update(crl, now_s + (int64_t)days * DAY_S) ||
	    gnutls_x509_crl_set_number(crl, raw, sizeof(raw)))
		return -EIO;
	for (uint32_t i = 0; i < n; i++) {
		uint8_t serial[CERT_SERIAL_LEN];

		cert_serial_put(serial, &entries[i].id, entries[i].seq);
		if (gnutls_x509_crl_set_crt_serial(crl, serial, sizeof(serial), now_s))
			return -EIO;
	}
	return 0;
}

int sign_list(const struct trust_entry *entries, uint32_t n, uint64_t number, int64_t now_s,
	      uint32_t days, gnutls_x509_crt_t issuer, gnutls_privkey_t key, gnutls_x509_crl_t *out)
{
	gnutls_x509_crl_t crl;
	uint8_t id[64];
	size_t len = sizeof(id);

	if (gnutls_x509_crl_init(&crl))
		return -ENOMEM;
	if (fill_list(crl, entries, n, number, now_s, days) ||
	    gnutls_x509_crt_get_subject_key_id(issuer, id, &len, NULL) ||
	    gnutls_x509_crl_set_authority_key_id(crl, id, len) ||
	    gnutls_x509_crl_privkey_sign(crl, issuer, key, GNUTLS_DIG_SHA512, 0)) {
		gnutls_x509_crl_deinit(crl);
		return -EIO;
	}
	*out = crl;
	return 0;
}
