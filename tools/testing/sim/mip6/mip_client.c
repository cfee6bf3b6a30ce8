// SPDX-License-Identifier: GPL-2.0-or-later
/* A correspondent node (RFC 6275, section 9), written from the RFC and not from the core. */
#include "mip.h"

#include <nettle/hmac.h>

#include <base/siphash.h>

#define NONCE_NS    (30 * ENV_SEC)
#define NONCE_LIVES 8
/* Two updates with one number are a fault when they are this close. */
#define SEQ_NS	    (600 * ENV_SEC)

static uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static void put16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static uint16_t nonce_now(const struct mip_client *c)
{
	return (uint16_t)(c->w->now_ns / NONCE_NS + 1);
}

static bool nonce_old(const struct mip_client *c, uint16_t nonce)
{
	return (uint16_t)(nonce_now(c) - nonce) >= NONCE_LIVES;
}

static void token(const struct mip_client *c, const uint8_t *ip, uint16_t nonce, uint8_t kind,
		  uint8_t *out)
{
	uint8_t in[MH_IP_LEN + 3];
	uint64_t h;

	memcpy(in, ip, MH_IP_LEN);
	put16(in + MH_IP_LEN, nonce);
	in[MH_IP_LEN + 2] = kind;
	h = siphash(c->key, in, sizeof(in));
	memcpy(out, &h, MH_TOKEN_LEN);
}

static void answer_test(struct mip_client *c, const uint8_t *from, const uint8_t *mh)
{
	bool home = mh[2] == MH_HOTI;
	uint8_t out[24] = { 59, 2, home ? MH_HOT : MH_COT };

	put16(out + 6, nonce_now(c));
	memcpy(out + 8, mh + 8, MH_COOKIE_LEN);
	token(c, from, nonce_now(c), home ? 0 : 1, out + 16);
	mip_deliver(c->w, mip_node_of(c->w, from), c, from, bytes_of(out, sizeof(out)));
}

/* An acknowledgement goes by the care-of address to the home address, or there at once. */
static void acknowledge(struct mip_client *c, const uint8_t *care_of, const uint8_t *kbm,
			uint8_t status, uint16_t seq, uint32_t units)
{
	uint8_t out[32] = { 59, 3, MH_BA, 0, 0, 0, status };
	struct hmac_sha1_ctx ctx;

	put16(out + 8, seq);
	put16(out + 10, units);
	out[12] = 1;
	out[13] = 4;
	out[18] = 5;
	out[19] = MH_AUTH_LEN;
	if (kbm) {
		hmac_sha1_set_key(&ctx, MH_KBM_LEN, kbm);
		hmac_sha1_update(&ctx, MH_IP_LEN, care_of);
		hmac_sha1_update(&ctx, MH_IP_LEN, c->ip);
		hmac_sha1_update(&ctx, 20, out);
		hmac_sha1_digest(&ctx, MH_AUTH_LEN, out + 20);
	}
	/* Without an authenticator the padding ends the message. */
	if (!kbm) {
		out[1] = 1;
		out[13] = 2;
	}
	mip_deliver(c->w, mip_node_of(c->w, care_of), c, c->w->vip.ip,
		    bytes_of(out, kbm ? sizeof(out) : 16));
}

/* Each update has a number of its own (section 11.7.2). */
static void see_seq(struct mip_client *c, uint16_t seq, uint64_t id)
{
	for (uint64_t i = 0; i < c->seqs_n && i < MIP_SEQS; i++) {
		if (c->seqs[i] != seq || c->w->now_ns - c->seqs_ns[i] > SEQ_NS)
			continue;
		if (c->seqs_id[i] != id)
			mip_fail(c->w, "mip-seq", "sequence number %u was used twice", seq);
		return;
	}
	c->seqs[c->seqs_n % MIP_SEQS] = seq;
	c->seqs_ns[c->seqs_n % MIP_SEQS] = c->w->now_ns;
	c->seqs_id[c->seqs_n++ % MIP_SEQS] = id;
}

static void accept(struct mip_client *c, const uint8_t *care_of, const uint8_t *kbm, uint16_t seq,
		   uint32_t units)
{
	bool removal = !memcmp(care_of, c->w->vip.ip, MH_IP_LEN);

	/* What is granted may be less than what was asked for. */
	if (units > 15)
		units = 15 + (uint32_t)rng_below(&c->w->rng, units - 15 + 1);
	c->seq_known = true;
	c->seq = seq;
	c->bound = !removal && units;
	memcpy(c->care_of, care_of, MH_IP_LEN);
	c->until_ns = c->w->now_ns + (uint64_t)units * MH_LIFETIME_S * ENV_SEC;
	acknowledge(c, care_of, kbm, 0, seq, units);
}

static void update(struct mip_client *c, const uint8_t *from, const uint8_t *mh, uint64_t id)
{
	bool removal = !memcmp(from, c->w->vip.ip, MH_IP_LEN);
	uint16_t seq = get16(mh + 6), home = get16(mh + 14), care = get16(mh + 16);
	uint8_t tokens[2][MH_TOKEN_LEN], kbm[MH_KBM_LEN];
	bool home_old = nonce_old(c, home), care_old = !removal && nonce_old(c, care);

	if (home_old || care_old) {
		acknowledge(c, from, NULL,
			    home_old && care_old ? MH_NONCES :
			    home_old		 ? MH_HOME_NONCE :
						   MH_CARE_NONCE,
			    seq, 0);
		return;
	}
	token(c, c->w->vip.ip, home, 0, tokens[0]);
	token(c, from, care, 1, tokens[1]);
	mh_kbm(tokens[0], removal ? NULL : tokens[1], kbm);
	if (!mh_auth_ok(bytes_of(mh, 32), 20, kbm, from, c->ip)) {
		if (!c->reboot_ns || c->w->now_ns - c->reboot_ns > MIP6_TOKEN_NS)
			mip_fail(c->w, "mip-auth", "an update was signed with tokens of nobody");
		return;
	}
	see_seq(c, seq, id);
	if (c->seq_known && (int16_t)(seq - c->seq) <= 0)
		acknowledge(c, from, kbm, MH_SEQ_WINDOW, c->seq, 0);
	else
		accept(c, from, kbm, seq, get16(mh + 10));
}

void mip_client_packet(struct mip_client *c, const struct mh_packet *p, uint64_t id)
{
	bool option = p->b[6] == 60;
	const uint8_t *mh = p->b + 40 + (option ? 24 : 0), *from = p->b + 8;

	c->asked++;
	if (c->kind == MIP_UNABLE)
		mip_deliver(c->w, mip_node_of(c->w, from), c, option ? c->w->vip.ip : from,
			    bytes_of(NULL, 0));
	if (c->kind != MIP_ABLE)
		return;
	if (mh[2] == MH_BU)
		update(c, from, mh, id);
	else
		answer_test(c, from, mh);
}

void mip_client_segment(struct mip_client *c, struct mip_node *from)
{
	uint8_t out[24] = { 59, 2, MH_BE, 0, 0, 0, MH_BE_UNKNOWN_BINDING };

	if (c->bound && c->until_ns > c->w->now_ns &&
	    !memcmp(c->care_of, from->self.addr.ip, MH_IP_LEN))
		return;
	/* It is allowed to find out late that a client has forgotten everything. */
	if (!c->reboot_ns || c->w->now_ns - c->reboot_ns > 60 * ENV_SEC)
		mip_fail(c->w, "mip-path", "a segment on a path that the client does not accept");
	memcpy(out + 8, c->w->vip.ip, MH_IP_LEN);
	mip_deliver(c->w, from, c, from->self.addr.ip, bytes_of(out, sizeof(out)));
}

void mip_client_forget(struct mip_client *c)
{
	c->bound = c->seq_known = false;
	c->key[0] = rng_next(&c->w->rng);
	c->reboot_ns = c->w->now_ns;
	c->seqs_n = 0;
}
