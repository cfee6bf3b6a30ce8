/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Credentials of a member of a virtual organisation, a folder:
 *
 *	certificate.pem	 its certificate, and that of the issuer that signed it
 *	key.pem		 private key, mode 0600
 *	authorities.pem	 whom it trusts
 *	revoked.pem	 revocation lists; may be absent
 *	seed.key	 of a node: what all nodes hash with, so that others cannot foresee it;
 *			 nobody is authenticated by it
 *	issuer.pem	 on an issuer node: certificate of the subordinate authority
 *	issuer.key	 and its private key, mode 0600
 */
#ifndef _XOS_SECURE_CREDENTIALS_H
#define _XOS_SECURE_CREDENTIALS_H

#include <gnutls/abstract.h>

#include <secure/cert.h>
#include <secure/key.h>
#include <wire/peer.h>

#define CREDENTIALS_CERTIFICATE "certificate.pem"
#define CREDENTIALS_KEY		"key.pem"
#define CREDENTIALS_AUTHORITIES "authorities.pem"
#define CREDENTIALS_REVOKED	"revoked.pem"
#define CREDENTIALS_SEED	"seed.key"
#define CREDENTIALS_ISSUER	"issuer.pem"
#define CREDENTIALS_ISSUER_KEY	"issuer.key"

/**
 * struct credentials - what was read from a folder
 * @dir: folder
 * @who: what the certificate says
 * @chain: own certificate, then the issuer's
 * @chain_n: how many
 * @key: private key
 * @seed: of the virtual organisation, in the credentials of a node
 * @issuer: certificate of the subordinate authority; NULL on a node that is none
 * @issuer_key: its private key
 * @trust: authorities and lists
 */
struct credentials {
	char dir[SECURE_PATH_MAX];
	struct cert_who who;
	gnutls_x509_crt_t chain[CERT_CHAIN_MAX];
	uint32_t chain_n;
	gnutls_x509_privkey_t key;
	struct secure_key seed;
	gnutls_x509_crt_t issuer;
	gnutls_privkey_t issuer_key;
	struct trust trust;
};

/**
 * credentials_load() - read a folder and check that it is good
 * @dir: folder
 * @role: role that the certificate must have
 * @now_s: seconds since 1970
 * @c: result, to be given to credentials_exit()
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * A certificate that has expired, or is revoked, is an error.
 *
 * Return: 0, -ENOENT for no folder, -EACCES for what may not be used, -EBADMSG for what
 * is damaged, or a negative errno.
 */
int credentials_load(const char *dir, enum secure_role role, int64_t now_s, struct credentials *c,
		     char *reason);

/**
 * credentials_exit() - wipe and free
 * @c: credentials; zeroed ones are ignored
 */
void credentials_exit(struct credentials *c);

/**
 * credentials_take() - write a certificate that an issuer gave
 * @dir: folder
 * @trust: whom to believe
 * @key: key that it was asked for
 * @issued: answer of the issuer
 * @role: role that it must have
 * @id: identity that it must have; NULL: any
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0, -EACCES when it is not what was asked for, -EBADMSG, or a negative errno;
 * nothing is changed then.
 */
int credentials_take(const char *dir, const struct trust *trust, gnutls_x509_privkey_t key,
		     const struct wire_peer_issued *issued, enum secure_role role,
		     const struct xos_id *id, int64_t now_s, char *reason);

/**
 * credentials_write_trust() - write authorities.pem and revoked.pem
 * @t: trust
 * @dir: folder
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0 or a negative errno.
 */
int credentials_write_trust(const struct trust *t, const char *dir, char *reason);

#endif
