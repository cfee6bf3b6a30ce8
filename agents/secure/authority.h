/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of a virtual organisation's authority, on a machine that is no part of
 * the grid:
 *
 *	authority.pem	 certificate of the authority that signs
 *	authority.key	 its private key, encrypted with a passphrase (PKCS#8)
 *	authority.token	 instead: PKCS#11 URI (RFC 7512) of the token that has the key
 *	authorities.pem	 all authorities that are trusted, for the credentials of members
 *	successor.pem	 after a rotation: the authority, signed by the one before
 *	revoked.pem	 revocation lists
 *	seed.key	 the seed in the credentials of nodes (credentials.h)
 *	issued		 whom certificates were made for, a line each
 *
 * Credentials of a member are a folder, too (credentials.h).
 */
#ifndef _XOS_SECURE_AUTHORITY_H
#define _XOS_SECURE_AUTHORITY_H

#include <secure/file.h>
#include <secure/sign.h>

#define AUTHORITY_ISSUED_MAX	 8192
#define AUTHORITY_PASSPHRASE_MIN 8
#define AUTHORITY_PASSPHRASE_MAX 256
/* Longest URI of a token, terminator included. */
#define AUTHORITY_TOKEN_MAX	 256
#define AUTHORITY_DAYS		 3650
#define AUTHORITY_LIST_DAYS	 90

/**
 * struct authority_record - somebody who got a certificate
 * @who: what the newest one says
 * @revoked: all of them are revoked
 */
struct authority_record {
	struct cert_who who;
	bool revoked;
};

/**
 * struct authority - an opened folder
 * @dir: folder
 * @self: what the certificate says
 * @crt: certificate
 * @key: private key, or NULL when it was opened without a passphrase
 * @token: PKCS#11 URI of the token that has it; empty: it is in the folder
 * @pin: of the token
 * @trust: authorities and lists
 * @issued: who got certificates
 * @issued_n: how many
 */
struct authority {
	char dir[SECURE_PATH_MAX];
	struct cert_who self;
	gnutls_x509_crt_t crt;
	gnutls_privkey_t key;
	char token[AUTHORITY_TOKEN_MAX];
	char pin[AUTHORITY_PASSPHRASE_MAX];
	struct trust trust;
	struct authority_record *issued;
	uint32_t issued_n;
};

/**
 * authority_create() - found a virtual organisation
 * @dir: folder, made; it must not have an authority yet
 * @vo: name
 * @passphrase: of the key, AUTHORITY_PASSPHRASE_MIN characters at least
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0, -EINVAL, -EEXIST, or a negative errno.
 */
int authority_create(const char *dir, const char *vo, const char *passphrase, int64_t now_s,
		     char *reason);

/**
 * authority_create_on() - as authority_create(), with the key on a PKCS#11 token
 * @dir: folder
 * @vo: name
 * @passphrase: PIN of the token, as authority_open() gets it later, too
 * @token: PKCS#11 URI of the token, as "pkcs11:token=NAME"; empty: the key is in the folder
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Modules of tokens are those that p11-kit(8) knows.
 *
 * Return: as authority_create(); -EIO what the token says.
 */
int authority_create_on(const char *dir, const char *vo, const char *passphrase, const char *token,
			int64_t now_s, char *reason);

/**
 * authority_open() - open a folder
 * @dir: folder
 * @passphrase: of the key; NULL: to look only
 * @now_s: seconds since 1970
 * @a: result, to be given to authority_close()
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0, -EACCES for a wrong passphrase, -EBADMSG, or a negative errno.
 */
int authority_open(const char *dir, const char *passphrase, int64_t now_s, struct authority *a,
		   char *reason);

void authority_close(struct authority *a);

/**
 * authority_issue() - make credentials
 * @a: folder, opened with the passphrase
 * @request: role, name, addresses; identity and sequence number are filled in: who has
 *	that name and role already keeps the identity, unless it was revoked
 * @days: how long they are good
 * @out: folder of the credentials, made; files that are there are replaced
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Credentials of an issuer are added to those of its node: @out is the node's folder.
 *
 * Return: 0 or a negative errno.
 */
int authority_issue(struct authority *a, struct sign_request *request, uint32_t days,
		    const char *out, int64_t now_s, char *reason);

/**
 * authority_revoke() - revoke all certificates of somebody, and those still to be made
 * @a: folder, opened with the passphrase
 * @name: its name, or its identity as 32 hexadecimal digits (also one that an issuer made)
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0, -ENOENT for nobody of this name, or a negative errno.
 */
int authority_revoke(struct authority *a, const char *name, int64_t now_s, char *reason);

/**
 * authority_rotate() - make a successor that signs from now on; both are trusted
 * @a: folder, opened with the passphrase
 * @passphrase: of the new key
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0, -ENOSPC for too many authorities at once, or a negative errno.
 */
int authority_rotate(struct authority *a, const char *passphrase, int64_t now_s, char *reason);

/**
 * authority_retire() - end a rotation: revoke all authorities but the one that signs
 * @a: folder, opened with the passphrase
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0 or a negative errno.
 */
int authority_retire(struct authority *a, int64_t now_s, char *reason);

/* A new random identity. */
struct xos_id authority_new_id(void);

#endif
