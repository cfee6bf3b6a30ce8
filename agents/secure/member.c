// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Certificates of streams: what TLS is told, and the check of the other end, which is the
 * same for a new session and for a resumed one.
 */
#include <secure/secure_impl.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/be.h>
#include <base/mutant.h>
#include <base/siphash.h>

#define ALPN_PEER "xos/1"
#define ALPN_JOIN "xos-join/1"

/*
 * TLS 1.3 only; Ed25519 only; resumption with a new ephemeral key. Of the ciphers the one that is
 * fast here comes first; the other end takes all of them.
 */
#define PRIORITY(ciphers)                                  \
	"NONE:+VERS-TLS1.3:" ciphers ":+AEAD:+ECDHE-ECDSA" \
	":+GROUP-X25519:+GROUP-SECP256R1:+SIGN-EDDSA-ED25519:+CTYPE-X509"

static const char priority_aes[] = PRIORITY("+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305");
static const char priority_chacha[] = PRIORITY("+CHACHA20-POLY1305:+AES-128-GCM:+AES-256-GCM");

int member_set_cipher(struct secure *s, gnutls_cipher_algorithm_t cipher)
{
	const char *text = cipher == GNUTLS_CIPHER_AES_128_GCM ? priority_aes : priority_chacha;

	if (s->priority)
		gnutls_priority_deinit(s->priority);
	s->priority = NULL;
	s->member->fast_cipher = cipher;
	return gnutls_priority_init(&s->priority, text, NULL) ? -EIO : 0;
}

/* --- credentials ------------------------------------------------------------------- */

struct member_keys *member_keys_get(struct member *m)
{
	m->keys->refs++;
	return m->keys;
}

void member_keys_put(struct member_keys *k)
{
	if (!k || --k->refs)
		return;
	gnutls_certificate_free_credentials(k->tls);
	free(k);
}

static int keys_make(struct credentials *c, struct member_keys **out)
{
	struct member_keys *k = calloc(1, sizeof(*k));

	if (!k)
		return -ENOMEM;
	k->refs = 1;
	if (gnutls_certificate_allocate_credentials(&k->tls)) {
		free(k);
		return -ENOMEM;
	}
	if (gnutls_certificate_set_x509_key(k->tls, c->chain, (int)c->chain_n, c->key) < 0) {
		member_keys_put(k);
		return -EIO;
	}
	*out = k;
	return 0;
}

int member_create(struct secure *s, struct credentials *credentials, const char *peers)
{
	struct member *m = calloc(1, sizeof(*m));

	if (!m) {
		credentials_exit(credentials);
		return -ENOMEM;
	}
	s->member = m;
	CDS_INIT_LIST_HEAD(&m->sessions);
	CDS_INIT_LIST_HEAD(&m->guests);
	CDS_INIT_LIST_HEAD(&m->claims);
	pairs_init(&m->pairs, s->replay.key);
	m->credentials = *credentials;
	memset(credentials, 0, sizeof(*credentials));
	if (peers && *peers)
		m->peers = strdup(peers);
	if (peers && *peers && !m->peers)
		return -ENOMEM;
	m->tickets = calloc(TICKETS_MAX, sizeof(*m->tickets));
	if (!m->tickets)
		return -ENOMEM;
	if (gnutls_session_ticket_key_generate(&m->ticket_key) ||
	    member_set_cipher(s, sender_fast_cipher()))
		return -EIO;
	trust_start(s);
	return keys_make(&m->credentials, &m->keys);
}

void member_forget_tickets(struct secure *s)
{
	struct member *m = s->member;

	for (uint32_t i = 0; m->tickets && i < TICKETS_MAX; i++) {
		if (m->tickets[i].data.data)
			explicit_bzero(m->tickets[i].data.data, m->tickets[i].data.size);
		gnutls_free(m->tickets[i].data.data);
		m->tickets[i] = (struct ticket){ .data = { NULL, 0 } };
	}
}

void member_destroy(struct secure *s)
{
	struct member *m = s->member;

	if (!m)
		return;
	joins_destroy(m);
	member_forget_tickets(s);
	keyring_exit(&m->keyring);
	free(m->tickets);
	free(m->peers);
	member_keys_put(m->keys);
	if (m->ticket_key.data)
		explicit_bzero(m->ticket_key.data, m->ticket_key.size);
	gnutls_free(m->ticket_key.data);
	credentials_exit(&m->credentials);
	free(m);
	s->member = NULL;
}

/* What was known of the VO before is not forgotten: files may be older than what peers told. */
static int keep_trust(struct trust *fresh, const struct trust *old, int64_t now_s)
{
	for (uint32_t i = 0; i < old->n; i++) {
		gnutls_datum_t der;
		int err;

		if (gnutls_x509_crt_export2(old->authorities[i], GNUTLS_X509_FMT_DER, &der))
			return -ENOMEM;
		err = trust_add(fresh, &der, false, now_s);
		gnutls_free(der.data);
		if (err >= 0 && old->lists[i].der.data)
			trust_add_list(fresh, &old->lists[i].der);
	}
	return 0;
}

int member_replace(struct secure *s, struct credentials *fresh)
{
	struct member *m = s->member;
	struct member_keys *keys;
	int err;

	if (!xos_id_eq(&fresh->who.id, &s->id))
		return -EPERM;
	err = keep_trust(&fresh->trust, &m->credentials.trust, secure_wall_s(s));
	if (!err)
		err = keys_make(fresh, &keys);
	if (err)
		return err;
	member_keys_put(m->keys);
	m->keys = keys;
	credentials_exit(&m->credentials);
	m->credentials = *fresh;
	memset(fresh, 0, sizeof(*fresh));
	/* Sessions that are resumed would show the old certificate. */
	member_forget_tickets(s);
	return 0;
}

/* --- a session --------------------------------------------------------------------- */

static struct ticket *ticket_of(struct secure *s, const struct xos_addr *addr)
{
	uint8_t key[18];

	memcpy(key, addr->ip, 16);
	be16_store(key + 16, addr->port);
	return &s->member->tickets[siphash(s->replay.key, key, sizeof(key)) % TICKETS_MAX];
}

int member_session_init(struct env_session *session)
{
	static const gnutls_datum_t alpn[] = {
		{ (unsigned char *)ALPN_PEER, sizeof(ALPN_PEER) - 1 },
		{ (unsigned char *)ALPN_JOIN, sizeof(ALPN_JOIN) - 1 },
	};
	struct member *m = session->secure->member;
	struct ticket *t = ticket_of(session->secure, &session->addr);
	bool joins = !session->client && m->credentials.issuer;

	session->keys = member_keys_get(m);
	cds_list_add(&session->node, &m->sessions);
	if (gnutls_credentials_set(session->io.tls, GNUTLS_CRD_CERTIFICATE, m->keys->tls) ||
	    gnutls_alpn_set_protocols(session->io.tls, alpn, joins ? 2 : 1, GNUTLS_ALPN_MANDATORY))
		return -EIO;
	if (session->client) {
		/* A ticket that cannot be used only costs the resumption. */
		if (t->data.data && xos_addr_eq(&t->addr, &session->addr))
			gnutls_session_set_data(session->io.tls, t->data.data, t->data.size);
		return 0;
	}
	/* Who joins has no certificate; of all others member_session_check() wants one. */
	gnutls_certificate_server_set_request(session->io.tls,
					      joins ? GNUTLS_CERT_REQUEST : GNUTLS_CERT_REQUIRE);
	return gnutls_session_ticket_enable_server(session->io.tls, &m->ticket_key) ? -EIO : 0;
}

void member_session_exit(struct env_session *session)
{
	join_session_exit(session);
	cds_list_del(&session->node);
	pair_del(&session->pair);
	if (session->leaf)
		gnutls_x509_crt_deinit(session->leaf);
	member_keys_put(session->keys);
}

void member_session_save(struct env_session *session)
{
	struct ticket *t = ticket_of(session->secure, &session->addr);
	gnutls_datum_t data;

	if (!(gnutls_session_get_flags(session->io.tls) & GNUTLS_SFLAGS_SESSION_TICKET) ||
	    gnutls_session_get_data2(session->io.tls, &data))
		return;
	session->saved = true;
	if (data.size > TICKET_LEN) {
		gnutls_free(data.data);
		return;
	}
	if (t->data.data)
		explicit_bzero(t->data.data, t->data.size);
	gnutls_free(t->data.data);
	t->addr = session->addr;
	t->data = data;
}

static uint64_t *verdict_counter(struct secure_counters *c, enum trust_verdict v)
{
	switch (v) {
	case TRUST_AUTHORITY:
		return &c->stream_authority;
	case TRUST_NOT_YET:
		return &c->stream_not_yet;
	case TRUST_EXPIRED:
		return &c->stream_expired;
	case TRUST_REVOKED:
		return &c->stream_revoked;
	case TRUST_VO:
		return &c->stream_vo;
	case TRUST_ROLE:
		return &c->stream_role;
	default:
		return &c->stream_malformed;
	}
}

void trust_refuse(struct secure *s, enum trust_verdict verdict, const struct cert_who *who)
{
	char why[256];

	/* Names in certificates are harmless: cert_name_good(). */
	snprintf(why, sizeof(why), "%s (%s %s)", trust_verdict_text(verdict),
		 secure_role_name(who->role), *who->name ? who->name : "without a name");
	secure_refuse(s, verdict_counter(&s->counters, verdict), "stream", why);
}

void member_alert(gnutls_session_t tls, enum trust_verdict v)
{
	gnutls_alert_description_t alert = GNUTLS_A_BAD_CERTIFICATE;

	if (v == TRUST_AUTHORITY)
		alert = GNUTLS_A_UNKNOWN_CA;
	else if (v == TRUST_EXPIRED)
		alert = GNUTLS_A_CERTIFICATE_EXPIRED;
	else if (v == TRUST_REVOKED)
		alert = GNUTLS_A_CERTIFICATE_REVOKED;
	else if (v == TRUST_VO || v == TRUST_ROLE)
		alert = GNUTLS_A_ACCESS_DENIED;
	gnutls_alert_send(tls, GNUTLS_AL_FATAL, alert);
}

static bool is_authority(gnutls_x509_crt_t crt)
{
	struct cert_who who;

	return !cert_read(crt, &who) && who.role == SECURE_ROLE_AUTHORITY;
}

uint32_t member_peer_chain(gnutls_session_t tls, gnutls_x509_crt_t chain[CERT_CHAIN_MAX])
{
	gnutls_x509_crt_t all[CERT_CHAIN_MAX + 1];
	unsigned int n = 0;
	const gnutls_datum_t *raw = gnutls_certificate_get_peers(tls, &n);
	uint32_t got = 0;
	bool good;

	if (!raw || !n || n > CERT_CHAIN_MAX + 1)
		return 0;
	while (got < n && raw[got].size <= CERT_DER_MAX && !gnutls_x509_crt_init(&all[got])) {
		if (gnutls_x509_crt_import(all[got], &raw[got], GNUTLS_X509_FMT_DER)) {
			gnutls_x509_crt_deinit(all[got]);
			break;
		}
		got++;
	}
	good = got == n;
	/* Some send the authority, too (RFC 8446 section 4.4.2); ours are the ones that count. */
	if (good && got > 1 && is_authority(all[got - 1]))
		gnutls_x509_crt_deinit(all[--got]);
	if (good && got <= CERT_CHAIN_MAX) {
		memcpy(chain, all, got * sizeof(*chain));
		return got;
	}
	while (got)
		gnutls_x509_crt_deinit(all[--got]);
	return 0;
}

static enum trust_verdict check_chain(struct env_session *session, gnutls_x509_crt_t *chain,
				      uint32_t n)
{
	struct secure *s = session->secure;
	enum trust_verdict v = trust_check(&s->member->credentials.trust, chain, n,
					   secure_wall_s(s), &session->who);

	if (MUTANT(secure_any_authority) && v == TRUST_AUTHORITY)
		v = TRUST_GOOD;
	if (v == TRUST_GOOD && session->who.role != SECURE_ROLE_NODE)
		v = TRUST_ROLE;
	session->has_issuer = n == 2 && !cert_read(chain[1], &session->issuer);
	return v;
}

static bool wants_to_join(const struct env_session *session)
{
	gnutls_datum_t alpn;

	return !session->client && !gnutls_alpn_get_selected_protocol(session->io.tls, &alpn) &&
	       alpn.size == sizeof(ALPN_JOIN) - 1 && !memcmp(alpn.data, ALPN_JOIN, alpn.size);
}

/* Is a name one of the words of a list? */
static bool listed(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (list += strspn(list, " "); *list; list += strspn(list, " ")) {
		size_t word = strcspn(list, " ");

		if (word == len && !memcmp(list, name, len))
			return true;
		list += word;
	}
	return false;
}

static bool may_be_peer(struct env_session *session)
{
	struct secure *s = session->secure;
	char why[128];

	if (!s->member->peers || listed(s->member->peers, session->who.name))
		return true;
	snprintf(why, sizeof(why), "node %s is not among the peers of this agent",
		 session->who.name);
	secure_refuse(s, &s->counters.stream_peer, "stream", why);
	member_alert(session->io.tls, TRUST_ROLE);
	return false;
}

int member_session_check(struct env_session *session)
{
	gnutls_x509_crt_t chain[CERT_CHAIN_MAX];
	enum trust_verdict v;
	uint32_t n;

	if (wants_to_join(session)) {
		session->step = STEP_JOIN;
		return 0;
	}
	n = member_peer_chain(session->io.tls, chain);
	v = check_chain(session, chain, n);
	/* The certificate is needed again for the greeting. */
	while (n > 1)
		gnutls_x509_crt_deinit(chain[--n]);
	if (n)
		session->leaf = chain[0];
	if (v == TRUST_GOOD && !may_be_peer(session))
		return -EACCES;
	if (v == TRUST_GOOD) {
		session->pair.id = session->who.id;
		return pair_add(&session->secure->member->pairs, &session->pair, session->io.tls,
				session->client);
	}
	trust_refuse(session->secure, v, &session->who);
	member_alert(session->io.tls, v);
	return -EACCES;
}

int member_session_claim(struct env_session *session, const struct env_peer *claimed)
{
	struct secure *s = session->secure;
	const char *why = NULL;

	if (!xos_id_eq(&claimed->id, &session->who.id))
		why = "the greeting claims another identity than the certificate";
	else if (!cert_at(session->leaf, &claimed->addr) ||
		 (session->client && !cert_at(session->leaf, &session->addr)))
		why = "the certificate does not name the address that it is used at";
	gnutls_x509_crt_deinit(session->leaf);
	session->leaf = NULL;
	if (!why) {
		pair_reach(&s->member->pairs, &session->pair, &claimed->addr);
		return 0;
	}
	secure_refuse(s, &s->counters.stream_name, "stream", why);
	member_alert(session->io.tls, TRUST_ROLE);
	return -EACCES;
}

static enum trust_verdict one_good(const struct secure *s, const struct cert_who *who)
{
	if (trust_revoked(&s->member->credentials.trust, &who->id, who->seq))
		return TRUST_REVOKED;
	return secure_wall_s(s) < who->not_after ? TRUST_GOOD : TRUST_EXPIRED;
}

enum trust_verdict member_still_good(const struct secure *s, const struct cert_who *who,
				     const struct cert_who *issuer)
{
	enum trust_verdict v = one_good(s, who);

	return v == TRUST_GOOD && issuer ? one_good(s, issuer) : v;
}

void member_recheck(struct secure *s)
{
	struct env_session *session, *next;

	cds_list_for_each_entry_safe(session, next, &s->member->sessions, node) {
		enum trust_verdict v;

		if (session->step < STEP_HELLO || session->ended)
			continue;
		v = member_still_good(s, &session->who,
				      session->has_issuer ? &session->issuer : NULL);
		if (v == TRUST_GOOD)
			continue;
		trust_refuse(s, v, &session->who);
		s->counters.stream_closed++;
		session->ended = true;
		pair_del(&session->pair);
		session->owner.end(session->owner.ctx);
	}
	guests_recheck(s);
}
