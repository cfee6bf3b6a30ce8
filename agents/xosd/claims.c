// SPDX-License-Identifier: GPL-2.0-or-later
#include "claims.h"

#include <errno.h>
#include <stdlib.h>

#include <txn/txn.h>

#define TOKEN_KEY     DHT_RESERVED "token/"
#define TOKEN_KEY_LEN (DHT_RESERVED_LEN + 6)

struct claim {
	struct cds_list_head node;
	struct claims *all;
	struct secure_claim *claim;
	struct txn_run run;
	struct txn_step step;
	uint8_t key[TOKEN_KEY_LEN + XOS_ID_LEN];
};

static void claim_free(struct claim *c)
{
	cds_list_del(&c->node);
	c->all->n--;
	free(c);
}

static void claim_done(struct txn_run *run)
{
	struct claim *c = run->ctx;

	secure_claimed(c->claim, run->status);
	claim_free(c);
}

static void claim_token(void *ctx, struct secure_claim *claim, const struct xos_id *token)
{
	struct claims *all = ctx;
	struct claim *c = all->n < CLAIMS_MAX ? calloc(1, sizeof(*c)) : NULL;
	int err;

	if (!c) {
		secure_claimed(claim, -ENOBUFS);
		return;
	}
	c->all = all;
	c->claim = claim;
	memcpy(c->key, TOKEN_KEY, TOKEN_KEY_LEN);
	memcpy(c->key + TOKEN_KEY_LEN, token->b, XOS_ID_LEN);
	c->step = (struct txn_step){ .kind = TXN_TEST_SET,
				     .absent = true,
				     .key = bytes_of(c->key, sizeof(c->key)),
				     .value = bytes_str("used") };
	c->run = (struct txn_run){ .done = claim_done,
				   .ctx = c,
				   .options.timeout_ns = CLAIM_NS,
				   .steps = &c->step,
				   .steps_n = 1,
				   .strict = true };
	cds_list_add(&c->node, &all->list);
	all->n++;
	err = txn_own_start(node_txns(all->node), &c->run);
	if (err) {
		secure_claimed(claim, err);
		claim_free(c);
	}
}

void claims_init(struct claims *c, struct node *node, struct secure *secure)
{
	c->node = node;
	CDS_INIT_LIST_HEAD(&c->list);
	secure_on_claim(secure, claim_token, c);
}

void claims_exit(struct claims *c)
{
	struct claim *one, *next;

	if (!c->node)
		return;
	cds_list_for_each_entry_safe(one, next, &c->list, node) {
		txn_run_stop(node_txns(c->node), &one->run);
		claim_free(one);
	}
}
