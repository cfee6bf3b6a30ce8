/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the authority, shared by authority.c and authority_issue.c. */
#ifndef _XOS_SECURE_AUTHORITY_IMPL_H
#define _XOS_SECURE_AUTHORITY_IMPL_H

#include <secure/authority.h>

/* Set @reason and return @err. */
int authority_complain(char *reason, const char *what, int err);

int authority_write_crt(const char *path, gnutls_x509_crt_t crt, char *reason);

/* Write authorities.pem and revoked.pem. */
int authority_write_trust(const struct authority *a, char *reason);

/**
 * authority_key_write() - keep a private key
 * @dir: folder
 * @key: key
 * @who: what its certificate says
 * @passphrase: passphrase, or PIN
 * @token: PKCS#11 URI; empty: in a file
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0 or a negative errno.
 */
int authority_key_write(const char *dir, gnutls_x509_privkey_t key, const struct cert_who *who,
			const char *passphrase, const char *token, char *reason);

/* Open the key of @a->crt, wherever it is: 0, -EACCES, -EBADMSG, or a negative errno. */
int authority_key_open(struct authority *a, const char *passphrase, char *reason);

/* Read whom certificates were made for. */
int authority_read_issued(struct authority *a, char *reason);

/* Sign and write a new revocation list: all that is revoked, and @more. */
int authority_write_list(struct authority *a, const struct trust_entry *more, uint32_t n,
			 int64_t now_s, char *reason);

#endif
