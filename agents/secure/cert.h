/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a certificate of a virtual organisation (VO) says, and whom it may be
 * believed.
 *
 * Certificates are X.509 with Ed25519 keys. The subject is O = VO, OU = role,
 * CN = name. The serial number is the identity of the holder (16 bytes, the
 * first bit 0) and a sequence number (4 bytes), which rises when the holder gets
 * a new certificate. So the revocation list of the VO, an X.509 CRL, can name
 * all certificates that somebody has or will have: an entry revokes those
 * of its identity with its sequence number or a lower one.
 *
 * An authority signs certificates of any role. An issuer is a subordinate
 * authority on a node: it signs certificates of the roles node and client only,
 * and no chain is longer than authority, issuer, holder.
 */
#ifndef _XOS_SECURE_CERT_H
#define _XOS_SECURE_CERT_H

#include <stdbool.h>
#include <stdint.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <base/addr.h>
#include <base/id.h>

#define CERT_NAME_MAX	      64
#define CERT_SERIAL_LEN	      (XOS_ID_LEN + 4)
/* A chain without the authority. */
#define CERT_CHAIN_MAX	      2
/* Longest certificate, as DER. */
#define CERT_DER_MAX	      2048
/* Clocks may differ by so much when a certificate is new. */
#define CERT_SKEW_S	      300
/* All of an identity's certificates. */
#define CERT_SEQ_ALL	      UINT32_MAX
#define TRUST_AUTHORITIES_MAX 8
/* Entries of all revocation lists together. */
#define TRUST_REVOKED_MAX     8192

/**
 * enum secure_role - what the holder of a certificate may be
 * @SECURE_ROLE_NONE: no role
 * @SECURE_ROLE_NODE: an agent of the grid
 * @SECURE_ROLE_CLIENT: a user of the grid's services
 * @SECURE_ROLE_ADMIN: who looks after the grid
 * @SECURE_ROLE_ISSUER: a subordinate authority on a node
 * @SECURE_ROLE_AUTHORITY: the authority of the VO
 */
enum secure_role {
	SECURE_ROLE_NONE,
	SECURE_ROLE_NODE,
	SECURE_ROLE_CLIENT,
	SECURE_ROLE_ADMIN,
	SECURE_ROLE_ISSUER,
	SECURE_ROLE_AUTHORITY,
	SECURE_ROLE_COUNT
};

/**
 * struct cert_who - what a certificate says of its holder
 * @vo: virtual organisation
 * @name: name of the holder
 * @role: role
 * @id: identity
 * @seq: sequence number
 * @not_before: seconds since 1970
 * @not_after: seconds since 1970
 * @bound: it may be used at the addresses that it names only (cert_at())
 */
struct cert_who {
	char vo[CERT_NAME_MAX];
	char name[CERT_NAME_MAX];
	enum secure_role role;
	struct xos_id id;
	uint32_t seq;
	int64_t not_before;
	int64_t not_after;
	bool bound;
};

/**
 * enum trust_verdict - may a chain be believed?
 * @TRUST_GOOD: yes
 * @TRUST_MALFORMED: no certificate of ours
 * @TRUST_AUTHORITY: not signed by an authority that is trusted
 * @TRUST_NOT_YET: not valid yet
 * @TRUST_EXPIRED: not valid any more
 * @TRUST_REVOKED: on the revocation list
 * @TRUST_VO: of another virtual organisation
 * @TRUST_ROLE: its role may not do this, or an issuer may not give it
 */
enum trust_verdict {
	TRUST_GOOD,
	TRUST_MALFORMED,
	TRUST_AUTHORITY,
	TRUST_NOT_YET,
	TRUST_EXPIRED,
	TRUST_REVOKED,
	TRUST_VO,
	TRUST_ROLE,
	TRUST_VERDICTS
};

/**
 * struct trust_list - one revocation list, as its authority signed it
 * @der: the CRL
 * @number: its number
 * @next_update: when a newer one should be there, seconds since 1970
 */
struct trust_list {
	gnutls_datum_t der;
	uint64_t number;
	int64_t next_update;
};

/**
 * struct trust_entry - a line of a revocation list
 */
struct trust_entry {
	struct xos_id id;
	uint32_t seq;
};

/**
 * struct trust - authorities of a VO and what they revoked
 * @vo: name of the VO
 * @authorities: certificates; one that an authority signed for its successor counts
 * @n: how many
 * @lists: newest revocation list of each authority, at the authority's index
 * @revoked: all entries, sorted
 * @revoked_n: how many
 */
struct trust {
	char vo[CERT_NAME_MAX];
	gnutls_x509_crt_t authorities[TRUST_AUTHORITIES_MAX];
	uint32_t n;
	struct trust_list lists[TRUST_AUTHORITIES_MAX];
	struct trust_entry *revoked;
	uint32_t revoked_n;
};

/* A name of a VO or of a holder: letters, digits, ".", "-" and "_", 1 to 63. */
bool cert_name_good(const char *name);

const char *secure_role_name(enum secure_role role);
/* SECURE_ROLE_NONE for what is none. */
enum secure_role secure_role_parse(const char *name);
const char *trust_verdict_text(enum trust_verdict verdict);

/**
 * cert_read() - what a certificate says; nothing is verified
 * @crt: certificate
 * @out: result
 *
 * Return: 0, -EBADMSG when it is no certificate of a VO.
 */
int cert_read(gnutls_x509_crt_t crt, struct cert_who *out);

/**
 * cert_at() - may the holder be at an address?
 * @crt: certificate
 * @addr: where it was reached
 *
 * Return: true when it names that address, or none at all.
 */
bool cert_at(gnutls_x509_crt_t crt, const struct xos_addr *addr);

/* Serial number of an identity and a sequence number, and back (false: none of ours). */
void cert_serial_put(uint8_t serial[CERT_SERIAL_LEN], const struct xos_id *id, uint32_t seq);
bool cert_serial_get(const uint8_t *serial, size_t len, struct xos_id *id, uint32_t *seq);

/**
 * trust_init() - nobody is trusted
 * @t: trust
 * @vo: name of the VO
 */
void trust_init(struct trust *t, const char *vo);

void trust_exit(struct trust *t);

/**
 * trust_add() - trust an authority
 * @t: trust
 * @der: certificate
 * @on_its_own: without a signature of an authority that is trusted already, as from a file
 * @now_s: seconds since 1970
 *
 * Return: 1 when it is new, 0 when it is known; -EBADMSG, -EACCES when it may not be
 * trusted, -ENOSPC.
 */
int trust_add(struct trust *t, const gnutls_datum_t *der, bool on_its_own, int64_t now_s);

/**
 * trust_add_list() - take a revocation list
 * @t: trust
 * @der: CRL
 *
 * Return: 1 when it is newer than the one that is known, 0 when it is not; -EBADMSG, -EACCES
 * when no authority signed it, -ENOSPC for too many entries, -ENOMEM.
 */
int trust_add_list(struct trust *t, const gnutls_datum_t *der);

/**
 * trust_load() - trust_add() and trust_add_list() all that is in PEM text
 * @t: trust
 * @pem: text
 * @len: bytes
 * @now_s: seconds since 1970
 *
 * Return: 1 when something was new, 0, or the first error.
 */
int trust_load(struct trust *t, const uint8_t *pem, size_t len, int64_t now_s);

/**
 * trust_print() - as PEM text that trust_load() takes
 * @t: trust
 * @lists: the revocation lists, not the authorities
 * @out: text, to be freed with gnutls_free()
 *
 * Return: 0 or -ENOMEM.
 */
int trust_print(const struct trust *t, bool lists, gnutls_datum_t *out);

/* Is this certificate revoked? */
bool trust_revoked(const struct trust *t, const struct xos_id *id, uint32_t seq);

/* A number that changes when authorities or lists change, equal on nodes that have the same. */
uint64_t trust_digest(const struct trust *t);

/**
 * trust_check() - may a chain be believed?
 * @t: trust
 * @chain: certificates, the holder's first
 * @n: how many
 * @now_s: seconds since 1970
 * @who: what the holder's certificate says; also set when the verdict is not good,
 *	but for TRUST_MALFORMED
 *
 * Return: the verdict. That the role is the wanted one is for the caller to check.
 */
enum trust_verdict trust_check(const struct trust *t, const gnutls_x509_crt_t *chain, uint32_t n,
			       int64_t now_s, struct cert_who *who);

#endif
