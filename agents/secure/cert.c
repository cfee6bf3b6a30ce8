// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/cert.h>

#include <errno.h>
#include <string.h>

#include <base/be.h>

static const char *const role_names[SECURE_ROLE_COUNT] = {
	[SECURE_ROLE_NONE] = "none",	 [SECURE_ROLE_NODE] = "node",
	[SECURE_ROLE_CLIENT] = "client", [SECURE_ROLE_ADMIN] = "admin",
	[SECURE_ROLE_ISSUER] = "issuer", [SECURE_ROLE_AUTHORITY] = "authority",
};

bool cert_name_good(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len < CERT_NAME_MAX && *name != '.' && *name != '-' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
		       len;
}

const char *secure_role_name(enum secure_role role)
{
	return role < SECURE_ROLE_COUNT ? role_names[role] : "unknown";
}

enum secure_role secure_role_parse(const char *name)
{
	for (int i = SECURE_ROLE_NODE; i < SECURE_ROLE_COUNT; i++) {
		if (!strcmp(name, role_names[i]))
			return (enum secure_role)i;
	}
	return SECURE_ROLE_NONE;
}

void cert_serial_put(uint8_t serial[CERT_SERIAL_LEN], const struct xos_id *id, uint32_t seq)
{
	memcpy(serial, id->b, XOS_ID_LEN);
	be32_store(serial + XOS_ID_LEN, seq);
}

bool cert_serial_get(const uint8_t *serial, size_t len, struct xos_id *id, uint32_t *seq)
{
	if (len != CERT_SERIAL_LEN || serial[0] & 0x80)
		return false;
	memcpy(id->b, serial, XOS_ID_LEN);
	*seq = be32_load(serial + XOS_ID_LEN);
	return !xos_id_is_zero(id) && *seq;
}

/* A part of the subject, which must be there once. */
static bool subject_part(gnutls_x509_crt_t crt, const char *oid, char out[CERT_NAME_MAX])
{
	size_t len = CERT_NAME_MAX;
	char second[CERT_NAME_MAX];

	if (gnutls_x509_crt_get_dn_by_oid(crt, oid, 0, 0, out, &len) || !cert_name_good(out))
		return false;
	len = sizeof(second);
	return gnutls_x509_crt_get_dn_by_oid(crt, oid, 1, 0, second, &len) ==
	       GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
}

static int next_address(gnutls_x509_crt_t crt, unsigned int at, uint8_t ip[16])
{
	uint8_t name[256];
	size_t len = sizeof(name);
	int type = gnutls_x509_crt_get_subject_alt_name(crt, at, name, &len, NULL);

	if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
		return -ENOENT;
	if (type != GNUTLS_SAN_IPADDRESS || (len != 4 && len != 16))
		return -EBADMSG;
	if (len == 16) {
		memcpy(ip, name, 16);
		return 0;
	}
	memset(ip, 0, 10);
	ip[10] = ip[11] = 0xff;
	memcpy(ip + 12, name, 4);
	return 0;
}

bool cert_at(gnutls_x509_crt_t crt, const struct xos_addr *addr)
{
	uint8_t ip[16];
	int err;

	for (unsigned int i = 0;; i++) {
		err = next_address(crt, i, ip);
		if (err == -ENOENT)
			return !i;
		if (!err && !memcmp(ip, addr->ip, 16))
			return true;
	}
}

int cert_read(gnutls_x509_crt_t crt, struct cert_who *out)
{
	uint8_t serial[64], ip[16];
	size_t len = sizeof(serial);
	char role[CERT_NAME_MAX];
	unsigned int bits;

	memset(out, 0, sizeof(*out));
	if (gnutls_x509_crt_get_version(crt) != 3 ||
	    gnutls_x509_crt_get_pk_algorithm(crt, &bits) != GNUTLS_PK_EDDSA_ED25519 ||
	    gnutls_x509_crt_get_signature_algorithm(crt) != GNUTLS_SIGN_EDDSA_ED25519 ||
	    gnutls_x509_crt_get_serial(crt, serial, &len) ||
	    !cert_serial_get(serial, len, &out->id, &out->seq))
		return -EBADMSG;
	if (!subject_part(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, out->vo) ||
	    !subject_part(crt, GNUTLS_OID_X520_ORGANIZATIONAL_UNIT_NAME, role) ||
	    !subject_part(crt, GNUTLS_OID_X520_COMMON_NAME, out->name))
		return -EBADMSG;
	out->role = secure_role_parse(role);
	out->not_before = gnutls_x509_crt_get_activation_time(crt);
	out->not_after = gnutls_x509_crt_get_expiration_time(crt);
	out->bound = next_address(crt, 0, ip) != -ENOENT;
	if (out->role == SECURE_ROLE_NONE || out->not_before < 0 || out->not_after < 0)
		return -EBADMSG;
	return 0;
}
