/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Joining with a token: how a new machine gets its credentials from an issuer. */
#ifndef _XOS_SECURE_JOIN_H
#define _XOS_SECURE_JOIN_H

#include <secure/token.h>

/**
 * join_grid() - get credentials; blocks for some seconds an address at most
 * @token_text: contents of the token file
 * @addrs: nodes to ask, one after the other; the issuers among them answer
 * @n: how many
 * @name: name that this node would like to have
 * @dir: folder of the credentials, made
 * @now_s: seconds since 1970
 * @reason: SECURE_REASON_MAX bytes for what is wrong
 *
 * Return: 0; -EBADMSG for a token that is none; -EACCES refused; or a negative errno.
 */
int join_grid(const struct secure_blob *token_text, const struct xos_addr *addrs, uint32_t n,
	      const char *name, const char *dir, int64_t now_s, char *reason);

#endif
