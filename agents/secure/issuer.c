// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/issuer.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S	      86400
#define REDEEMED_FILE "redeemed"
#define LINE_LEN      64

/* The file "redeemed": lines of number and end of a token. Those that have ended are dropped. */
static int read_redeemed(const char *path, const char *number, int64_t now_s, char *out,
			 size_t *len, char *why)
{
	struct secure_blob text;
	uint32_t n = 0;
	char *line, *rest;
	int err;

	*len = 0;
	err = secure_file_read(path, true, &text, why);
	if (err)
		return err == -ENOENT ? 0 : err;
	for (line = strtok_r((char *)text.data, "\n", &rest); line && !err;
	     line = strtok_r(NULL, "\n", &rest)) {
		char hex[33];
		int64_t expires;

		if (sscanf(line, "%32s %" SCNd64, hex, &expires) != 2)
			err = -EBADMSG;
		else if (!strcmp(hex, number))
			err = -EEXIST;
		else if (expires > now_s && ++n >= ISSUER_REDEEMED_MAX)
			err = -ENOSPC;
		else if (expires > now_s)
			*len += (size_t)sprintf(out + *len, "%s %" PRId64 "\n", hex, expires);
	}
	secure_blob_wipe(&text);
	return err;
}

/* Note, durably, that a token is used up. */
static int use_up(const struct credentials *c, const struct token *token, int64_t now_s, char *why)
{
	char path[SECURE_PATH_MAX], number[2 * XOS_ID_LEN + 1];
	char *text = malloc((ISSUER_REDEEMED_MAX + 1) * LINE_LEN);
	size_t len;
	int err;

	if (!text)
		return -ENOMEM;
	for (int i = 0; i < XOS_ID_LEN; i++)
		sprintf(number + 2 * i, "%02x", token->id.b[i]);
	secure_path(path, c->dir, REDEEMED_FILE);
	err = read_redeemed(path, number, now_s, text, &len, why);
	if (!err) {
		len += (size_t)sprintf(text + len, "%s %" PRId64 "\n", number, token->expires);
		err = secure_file_write(path, 0600, text, len, why);
	}
	free(text);
	if (err == -EEXIST)
		snprintf(why, SECURE_REASON_MAX, "the token was used before");
	else if (err == -ENOSPC)
		snprintf(why, SECURE_REASON_MAX, "too many tokens are in use");
	return err;
}

static int sign(const struct credentials *c, struct sign_request *request,
		const uint8_t public[SIGN_PUBLIC_LEN], int64_t now_s, gnutls_x509_crt_t *out)
{
	struct cert_who issuer;

	if (cert_read(c->issuer, &issuer))
		return -EIO;
	request->who.not_before = now_s;
	request->who.not_after = now_s + ISSUER_DAYS * DAY_S;
	if (request->who.not_after > issuer.not_after)
		request->who.not_after = issuer.not_after;
	strcpy(request->who.vo, issuer.vo);
	return sign_certificate(request, public, c->issuer, c->issuer_key, out);
}

int issuer_check(const struct credentials *c, const struct token *token, const char **name,
		 int64_t now_s, char *why)
{
	int err;

	err = token_check(token, &c->trust, now_s);
	if (err) {
		snprintf(why, SECURE_REASON_MAX, "%s",
			 err == -ESTALE ? "the token has expired" :
			 err == -EXDEV	? "the token is of another virtual organisation" :
			 err == -EPERM	? "the token's role is not for issuers to give" :
					  "no authority signed the token");
		return err;
	}
	if (*token->name)
		*name = token->name;
	if (cert_name_good(*name))
		return 0;
	snprintf(why, SECURE_REASON_MAX, "the name cannot be");
	return -EINVAL;
}

int issuer_redeem(const struct credentials *c, const struct token *token, const char *name,
		  const uint8_t public[SIGN_PUBLIC_LEN], int64_t now_s, gnutls_x509_crt_t *out,
		  char *why)
{
	struct sign_request request = { .who = { .role = token->role, .seq = 1 } };
	int err;

	err = issuer_check(c, token, &name, now_s, why);
	if (err)
		return err;
	/* Used up first: a crash costs a token, never a second certificate. */
	err = use_up(c, token, now_s, why);
	if (err)
		return err;
	strcpy(request.who.name, name);
	request.who.id = authority_new_id();
	err = sign(c, &request, public, now_s, out);
	if (err)
		snprintf(why, SECURE_REASON_MAX, "the certificate cannot be signed");
	return err;
}

int issuer_renew(const struct credentials *c, const struct cert_who *who,
		 const uint8_t public[SIGN_PUBLIC_LEN], int64_t now_s, gnutls_x509_crt_t *out)
{
	struct sign_request request = {
		.who = { .role = who->role, .id = who->id, .seq = who->seq + 1 }
	};

	/* Addresses and a longer life are for the authority to give. */
	if (who->bound || (who->role != SECURE_ROLE_NODE && who->role != SECURE_ROLE_CLIENT))
		return -EPERM;
	strcpy(request.who.name, who->name);
	return sign(c, &request, public, now_s, out);
}
