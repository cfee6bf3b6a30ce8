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

/* Read whom certificates were made for. */
int authority_read_issued(struct authority *a, char *reason);

/* Sign and write a new revocation list: all that is revoked, and @more. */
int authority_write_list(struct authority *a, const struct trust_entry *more, uint32_t n,
			 int64_t now_s, char *reason);

#endif
