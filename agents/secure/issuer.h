/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An issuer: what a node with a subordinate authority does for those who have a token, and
 * for members whose certificate ends soon. Which tokens were redeemed it keeps in the
 * file "redeemed" of its credentials, durably before it answers. Other issuers know
 * only what secure_on_claim() tells them.
 */
#ifndef _XOS_SECURE_ISSUER_H
#define _XOS_SECURE_ISSUER_H

#include <secure/token.h>

/* A certificate of an issuer is good for so many days at most. */
#define ISSUER_DAYS	    30
/* Tokens that were redeemed and have not expired. */
#define ISSUER_REDEEMED_MAX 4096

/**
 * issuer_check() - may a token be redeemed, as far as it says itself?
 * @c: credentials of an issuer node
 * @token: token
 * @name: name that the holder would like; changed to the one that the token is for
 * @now_s: seconds since 1970
 * @why: SECURE_REASON_MAX bytes for why not
 *
 * Return: 0; as token_check(); -EINVAL for a name.
 */
int issuer_check(const struct credentials *c, const struct token *token, const char **name,
		 int64_t now_s, char *why);

/**
 * issuer_redeem() - a certificate for a token
 * @c: credentials of an issuer node
 * @token: token
 * @name: name that the holder would like
 * @public: its public key
 * @now_s: seconds since 1970
 * @out: certificate
 * @why: SECURE_REASON_MAX bytes for why not
 *
 * Return: 0; as token_check(); -EEXIST redeemed before; -EINVAL for a name; -ENOSPC; -EIO.
 */
int issuer_redeem(const struct credentials *c, const struct token *token, const char *name,
		  const uint8_t public[SIGN_PUBLIC_LEN], int64_t now_s, gnutls_x509_crt_t *out,
		  char *why);

/**
 * issuer_renew() - a new certificate for a member
 * @c: credentials of an issuer node
 * @who: what its certificate says, which was checked
 * @public: its public key
 * @now_s: seconds since 1970
 * @out: certificate
 *
 * Return: 0, -EPERM when only the authority may, -EIO.
 */
int issuer_renew(const struct credentials *c, const struct cert_who *who,
		 const uint8_t public[SIGN_PUBLIC_LEN], int64_t now_s, gnutls_x509_crt_t *out);

#endif
