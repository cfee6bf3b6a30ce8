/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tokens are used up in the grid: an item for each that was redeemed, made by a transaction
 * that succeeds once. So a token works once, whichever issuers it is brought to.
 */
#ifndef _XOS_XOSD_CLAIMS_H
#define _XOS_XOSD_CLAIMS_H

#include <base/list.h>
#include <secure/secure.h>

#include "node.h"

/* Time for one; the stream on which a machine joins is closed after 5 s. */
#define CLAIM_NS   (3 * ENV_SEC)
/* At once; further ones are told that the grid cannot say. */
#define CLAIMS_MAX 32

/**
 * struct claims - tokens that are being used up
 * @node: node
 * @list: they
 * @n: how many
 */
struct claims {
	struct node *node;
	struct cds_list_head list;
	uint32_t n;
};

/**
 * claims_init() - answer the guard from now on
 * @c: claims
 * @node: node, started
 * @secure: guard
 */
void claims_init(struct claims *c, struct node *node, struct secure *secure);

/**
 * claims_exit() - give up what is under way, before the node and the guard go
 * @c: claims; without claims_init() it is harmless
 */
void claims_exit(struct claims *c);

#endif
