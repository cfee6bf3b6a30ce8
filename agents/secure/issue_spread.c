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

int join_recv(struct env_session *session, struct bytes msg)
{
	struct secure *s = session->secure;
	const struct credentials *c = &s->member->credentials;
	char name[CERT_NAME_MAX], why[SECURE_REASON_MAX] = "the request cannot be read";
	struct wire_peer_join m;
	struct cert_who who;
	gnutls_x509_crt_t crt;
	struct token token;
	int err = -EBADMSG;

	/* One answer a stream; the other end closes it, or time does. */
	if (session->ended)
		return -EPROTO;
	session->ended = true;
	if (c->issuer && !wire_peer_join_decode(msg, &m) && !token_read(m.token, &token) &&
	    name_of(m.name, name))
		err = issuer_redeem(c, &token, name, m.public.data, secure_wall_s(s), &crt, why);
	explicit_bzero(&token, sizeof(token));
	if (err) {
		secure_refuse(s, &s->counters.join_refused, "token", why);
		send_refusal(session, err, why);
		return err;
	}
	s->counters.joins++;
	if (!cert_read(crt, &who))
		env_log(s->env, ENV_INFO, ENV_SUB_NET,
			"%s %s joins with a token, identity %02x%02x%02x%02x",
			secure_role_name(who.role), who.name, who.id.b[0], who.id.b[1], who.id.b[2],
			who.id.b[3]);
	err = send_certificate(session, crt, true);
	gnutls_x509_crt_deinit(crt);
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
	env_log(s->env, ENV_INFO, ENV_SUB_NET, "%s has a new certificate", session->who.name);
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
