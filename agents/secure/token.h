/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tokens: who has one may get one certificate from an issuer. A token file is PEM
 * text: the token, signed by an authority, and the authorities, so that who joins
 * knows whom to believe.
 */
#ifndef _XOS_SECURE_TOKEN_H
#define _XOS_SECURE_TOKEN_H

#include <base/bytes.h>

#include <secure/authority.h>
#include <secure/credentials.h>

/* Longest token, as a message. */
#define TOKEN_MAX 512

/**
 * struct token - what a token says
 * @vo: virtual organisation
 * @id: number
 * @role: role of the certificate
 * @expires: seconds since 1970
 * @name: of the holder; "" when it may choose
 * @raw: the whole message
 * @raw_len: its length
 */
struct token {
	char vo[CERT_NAME_MAX];
	struct xos_id id;
	enum secure_role role;
	int64_t expires;
	char name[CERT_NAME_MAX];
	uint8_t raw[TOKEN_MAX];
	size_t raw_len;
};

/**
 * token_make() - make a token
 * @a: authority, opened with the passphrase
 * @role: node or client
 * @name: of the holder; "" to let it choose
 * @expires: seconds since 1970
 * @out: PEM text of a token file with a NUL behind it, to be freed with gnutls_free()
 *
 * Return: 0, -EINVAL, -ENOMEM, -EIO.
 */
int token_make(struct authority *a, enum secure_role role, const char *name, int64_t expires,
	       gnutls_datum_t *out);

/**
 * token_read() - read a token; the signature is not checked
 * @raw: whole message
 * @out: result
 *
 * Return: 0 or -EBADMSG.
 */
int token_read(struct bytes raw, struct token *out);

/**
 * token_load() - read the text of a token file
 * @text: PEM, with a NUL behind it
 * @now_s: seconds since 1970
 * @out: token
 * @trust: authorities, to be given to trust_exit() after success
 *
 * Return: 0, -EBADMSG when it is damaged.
 */
int token_load(const struct secure_blob *text, int64_t now_s, struct token *out,
	       struct trust *trust);

/**
 * token_check() - may it be redeemed?
 * @t: token
 * @trust: who may have signed it
 * @now_s: seconds since 1970
 *
 * Return: 0; -EACCES not signed by an authority that is trusted, -ESTALE expired, -EXDEV of
 * another virtual organisation, -EPERM for a role that issuers may not give.
 */
int token_check(const struct token *t, const struct trust *trust, int64_t now_s);

#endif
