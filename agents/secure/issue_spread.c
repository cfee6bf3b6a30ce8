// SPDX-License-Identifier: GPL-2.0-or-later
/* Certificates over streams: for those who join with a token, and for members anew. */
#include <secure/issuer.h>
#include <secure/secure_impl.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <wire/peer.h>

#define ISSUED_MSG_MAX WIRE_PEER_ISSUED_SIZE_MAX
/* An issuer that does not answer, or refuses, is asked again after so long. */
#define RENEW_AGAIN_S  300

static bool name_of(struct bytes in, char out[CERT_NAME_MAX])
{
	if (in.len >= CERT_NAME_MAX)
		return false;
	memcpy(out, in.data, in.len);
	out[in.len] = 0;
	return cert_name_good(out);
}

/* As DER into @list; @der holds the memory. */
static int put_crt(gnutls_x509_crt_t crt, struct wire_bytes_list *list, struct bytes *v,
		   gnutls_datum_t *der)
{
	if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, der))
		return -ENOMEM;
	v[list->n] = bytes_of(der->data, der->size);
	list->v = v;
	list->n++;
	return 0;
}

static int send_issued(struct env_session *session, struct wire_peer_issued *m)
{
	uint8_t *mem = malloc(ISSUED_MSG_MAX);
	struct buf out = buf_of(mem, ISSUED_MSG_MAX);
	int err = mem ? wire_peer_issued_encode(m, &out) : -ENOMEM;

	if (!err)
		err = session_send(session, buf_bytes(&out));
	if (mem)
		explicit_bzero(mem, ISSUED_MSG_MAX);
	free(mem);
	return err;
}

/* The certificate with all that its holder needs; the seed for a new node only. */
static int send_certificate(struct env_session *session, gnutls_x509_crt_t crt, bool seed)
{
	const struct credentials *c = &session->secure->member->credentials;
	gnutls_datum_t der[CERT_CHAIN_MAX + TRUST_AUTHORITIES_MAX] = { { NULL, 0 } };
	struct bytes chain[CERT_CHAIN_MAX], authorities[TRUST_AUTHORITIES_MAX];
	struct wire_peer_issued m = { .error = 0 };
	int err;

	err = put_crt(crt, &m.chain, chain, &der[0]);
	if (!err)
		err = put_crt(c->issuer, &m.chain, chain, &der[1]);
	for (uint32_t i = 0; i < c->trust.n && !err; i++)
		err = put_crt(c->trust.authorities[i], &m.authorities, authorities,
			      &der[CERT_CHAIN_MAX + i]);
	m.seed = bytes_of(c->seed.b, SECURE_KEY_LEN);
	m.has_seed = seed;
	if (!err)
		err = send_issued(session, &m);
	for (size_t i = 0; i < sizeof(der) / sizeof(*der); i++)
		gnutls_free(der[i].data);
	return err;
}

static int send_refusal(struct env_session *session, int err, const char *why)
{
	struct wire_peer_issued m = { .error = (uint32_t)-err,
				      .text = bytes_of(why, strnlen(why, 127)),
				      .has_text = true };

	return send_issued(session, &m);
}

/**
 * struct secure_claim - a token that is being used up in the whole grid
 * @node: in member.claims
 * @secure: guard
 * @session: who joins; NULL when it is gone
 * @token: token
 * @name: name that the holder would like
 * @public: its public key
 */
struct secure_claim {
	struct cds_list_head node;
	struct secure *secure;
	struct env_session *session;
	struct token token;
	char name[CERT_NAME_MAX];
	uint8_t public[SIGN_PUBLIC_LEN];
};

static void claim_free(struct secure_claim *claim)
{
	if (claim->session)
		claim->session->claim = NULL;
	cds_list_del(&claim->node);
	explicit_bzero(claim, sizeof(*claim));
	free(claim);
}

void join_session_exit(struct env_session *session)
{
	if (session->claim)
		session->claim->session = NULL;
}

void joins_destroy(struct member *m)
{
	struct secure_claim *claim, *next;

	cds_list_for_each_entry_safe(claim, next, &m->claims, node)
		claim_free(claim);
}

static int refuse_join(struct env_session *session, int err, const char *why)
{
	struct secure *s = session->secure;

	secure_refuse(s, &s->counters.join_refused, "token", why);
	send_refusal(session, err, why);
	return err;
}

static int redeem(struct secure_claim *claim)
{
	struct env_session *session = claim->session;
	struct secure *s = claim->secure;
	char why[SECURE_REASON_MAX];
	struct cert_who who;
	gnutls_x509_crt_t crt;
	int err;

	err = issuer_redeem(&s->member->credentials, &claim->token, claim->name, claim->public,
			    secure_wall_s(s), &crt, why);
	if (err)
		return refuse_join(session, err, why);
	s->counters.joins++;
	if (!cert_read(crt, &who))
		env_log(s->env, ENV_INFO, ENV_SUB_NET,
			"audit: %s %s joins with a token, identity %02x%02x%02x%02x",
			secure_role_name(who.role), who.name, who.id.b[0], who.id.b[1], who.id.b[2],
			who.id.b[3]);
	err = send_certificate(session, crt, true);
	gnutls_x509_crt_deinit(crt);
	return err;
}

void secure_claimed(struct secure_claim *claim, int status)
{
	struct env_session *session = claim->session;

	/* Who has gone has lost the token: it may come again with another one. */
	if (session && (!status || status == -EAGAIN))
		redeem(claim);
	else if (session && status == -EEXIST)
		refuse_join(session, status, "the token was used before");
	else if (session)
		refuse_join(session, status, "the grid cannot say whether the token was used");
	claim_free(claim);
}

static struct secure_claim *claim_new(struct env_session *session, struct bytes msg, int *err,
				      char *why)
{
	struct secure *s = session->secure;
	const struct credentials *c = &s->member->credentials;
	struct secure_claim *claim = calloc(1, sizeof(*claim));
	struct wire_peer_join m;
	const char *name;

	*err = -ENOMEM;
	if (!claim)
		return NULL;
	claim->secure = s;
	claim->session = session;
	session->claim = claim;
	cds_list_add_tail(&claim->node, &s->member->claims);
	name = claim->name;
	*err = -EBADMSG;
	if (c->issuer && !wire_peer_join_decode(msg, &m) && !token_read(m.token, &claim->token) &&
	    name_of(m.name, claim->name)) {
		memcpy(claim->public, m.public.data, SIGN_PUBLIC_LEN);
		*err = issuer_check(c, &claim->token, &name, secure_wall_s(s), why);
	}
	if (!*err)
		return claim;
	claim_free(claim);
	return NULL;
}

int join_recv(struct env_session *session, struct bytes msg)
{
	char why[SECURE_REASON_MAX] = "the request cannot be read";
	const struct member *m = session->secure->member;
	struct secure_claim *claim;
	int err;

	/* One answer a stream; the other end closes it, or time does. */
	if (session->ended)
		return -EPROTO;
	session->ended = true;
	claim = claim_new(session, msg, &err, why);
	if (!claim)
		return refuse_join(session, err, why);
	if (m->claim) {
		m->claim(m->claim_ctx, claim, &claim->token.id);
		return 0;
	}
	err = redeem(claim);
	claim_free(claim);
	return err;
}

int renew_recv(struct env_session *session, struct bytes msg)
{
	struct secure *s = session->secure;
	const struct credentials *c = &s->member->credentials;
	struct wire_peer_renew m;
	gnutls_x509_crt_t crt;
	int err = -EPERM;

	if (wire_peer_renew_decode(msg, &m))
		return -EBADMSG;
	/* Who has its certificate from the authority goes there again. */
	if (c->issuer && session->has_issuer)
		err = issuer_renew(c, &session->who, m.public.data, secure_wall_s(s), &crt);
	if (err) {
		secure_refuse(s, &s->counters.renew_refused, "request for a new certificate",
			      "this node may not give it");
		return send_refusal(session, err, "this issuer may not give it");
	}
	s->counters.renewals++;
	env_log(s->env, ENV_INFO, ENV_SUB_NET, "audit: %s has a new certificate",
		session->who.name);
	err = send_certificate(session, crt, false);
	gnutls_x509_crt_deinit(crt);
	return err;
}

/* --- the other side of renewal -------------------------------------------------------- */

/* The key stays, so that only one file changes: certificate and key always fit. */
static int ask(struct env_session *session)
{
	struct member *m = session->secure->member;
	uint8_t mem[WIRE_PEER_RENEW_SIZE_MAX], public[SIGN_PUBLIC_LEN];
	struct wire_peer_renew request = { .public = bytes_of(public, sizeof(public)) };
	struct buf out = buf_of(mem, sizeof(mem));
	int err;

	m->renewing = true;
	err = sign_key_public(m->credentials.key, public);
	if (!err)
		err = wire_peer_renew_encode(&request, &out);
	return err ? err : session_send(session, buf_bytes(&out));
}

void renew_tick(struct secure *s)
{
	struct member *m = s->member;
	const struct cert_who *who = &m->credentials.who;
	int64_t now_s = secure_wall_s(s);
	struct env_session *session;

	/* In the last third of its life; only what came from an issuer is renewed by one. */
	if (m->credentials.chain_n != CERT_CHAIN_MAX || now_s < m->renew_at ||
	    now_s < who->not_after - (who->not_after - who->not_before) / 3)
		return;
	cds_list_for_each_entry(session, &m->sessions, node) {
		if (session->step != STEP_OPEN || session->ended || !session->is_issuer)
			continue;
		m->renew_at = now_s + RENEW_AGAIN_S;
		if (ask(session))
			env_log(s->env, ENV_WARN, ENV_SUB_NET,
				"a new certificate could not be asked for");
		return;
	}
}

int issued_recv(struct env_session *session, struct bytes msg)
{
	struct secure *s = session->secure;
	struct member *m = s->member;
	struct wire_peer_issued issued;
	char reason[SECURE_REASON_MAX];

	if (wire_peer_issued_decode(msg, &issued) || !m->renewing)
		return -EBADMSG;
	m->renewing = false;
	if (issued.error) {
		env_log(s->env, ENV_WARN, ENV_SUB_NET, "no new certificate: error %u",
			issued.error);
		return 0;
	}
	if (credentials_take(m->credentials.dir, &m->credentials.trust, m->credentials.key, &issued,
			     SECURE_ROLE_NODE, &s->id, secure_wall_s(s), reason)) {
		env_log(s->env, ENV_ERR, ENV_SUB_NET, "the new certificate is of no use: %s",
			reason);
		return 0;
	}
	s->counters.renewed++;
	secure_reload(s);
	return 0;
}
