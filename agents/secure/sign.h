/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Making keys and certificates; cert.h says what is in them. */
#ifndef _XOS_SECURE_SIGN_H
#define _XOS_SECURE_SIGN_H

#include <gnutls/abstract.h>

#include <secure/cert.h>

#define SIGN_ADDRS_MAX	8
/* Length of an Ed25519 public key. */
#define SIGN_PUBLIC_LEN 32

/**
 * struct sign_request - a certificate that is wanted
 * @who: what it is to say
 * @addrs: addresses that it is bound to; the port does not count
 * @addrs_n: how many; 0: not bound
 */
struct sign_request {
	struct cert_who who;
	struct xos_addr addrs[SIGN_ADDRS_MAX];
	uint32_t addrs_n;
};

/**
 * sign_key_new() - a new Ed25519 key
 * @out: key, to be given to gnutls_x509_privkey_deinit(), which wipes it
 *
 * Return: 0, -ENOMEM, -EIO.
 */
int sign_key_new(gnutls_x509_privkey_t *out);

/**
 * sign_key_public() - the public half
 * @key: Ed25519 key
 * @out: its bytes
 *
 * Return: 0 or -EINVAL.
 */
int sign_key_public(gnutls_x509_privkey_t key, uint8_t out[SIGN_PUBLIC_LEN]);

/**
 * sign_certificate() - make a certificate
 * @request: what it says
 * @public: public key of the holder
 * @issuer: who signs; NULL: the holder itself
 * @key: private key of who signs
 * @out: result
 *
 * Return: 0, -EINVAL for a name that cannot be, -ENOMEM, -EIO when the key does not sign.
 */
int sign_certificate(const struct sign_request *request, const uint8_t public[SIGN_PUBLIC_LEN],
		     gnutls_x509_crt_t issuer, gnutls_privkey_t key, gnutls_x509_crt_t *out);

/**
 * sign_list() - make a revocation list
 * @entries: what is revoked
 * @n: how many
 * @number: its number, greater than those before
 * @now_s: seconds since 1970
 * @days: until a newer one should be there
 * @issuer: authority
 * @key: its private key
 * @out: result
 *
 * Return: 0, -ENOMEM, -EIO.
 */
int sign_list(const struct trust_entry *entries, uint32_t n, uint64_t number, int64_t now_s,
	      uint32_t days, gnutls_x509_crt_t issuer, gnutls_privkey_t key,
	      gnutls_x509_crl_t *out);

#endif
