// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How authorities and revocation lists get round: from the files of the credentials, and
 * from peer to peer. Who learns something tells all whom it has a stream to.
 */
#include <secure/secure_impl.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <base/be.h>
#include <wire/peer.h>

#define TICK_NS	      (2 * ENV_SEC)
#define TRUST_MSG_MAX WIRE_PEER_REVOKED_SIZE_MAX

static int send_authority(struct env_session *session, gnutls_x509_crt_t crt, struct buf *out)
{
	struct wire_peer_authority m = { .certificate = { NULL, 0 } };
	gnutls_datum_t der;
	int err;

	if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der))
		return -ENOMEM;
	m.certificate = bytes_of(der.data, der.size);
	err = wire_peer_authority_encode(&m, out);
	gnutls_free(der.data);
	return err ? err : session_send(session, buf_bytes(out));
}

int trust_send(struct env_session *session)
{
	const struct trust *t = &session->secure->member->credentials.trust;
	uint8_t *mem = malloc(TRUST_MSG_MAX);
	int err = mem ? 0 : -ENOMEM;

	for (uint32_t i = 0; i < t->n && !err; i++) {
		struct wire_peer_revoked m = { .list = bytes_of(t->lists[i].der.data,
								t->lists[i].der.size) };
		struct buf out = buf_of(mem, TRUST_MSG_MAX);

		err = send_authority(session, t->authorities[i], &out);
		if (err || !t->lists[i].der.data)
			continue;
		out.len = 0;
		/* A list that has grown too long for a message does not spread this way. */
		if (!wire_peer_revoked_encode(&m, &out))
			err = session_send(session, buf_bytes(&out));
	}
	free(mem);
	return err;
}

static void tell_all(struct secure *s, const struct env_session *but)
{
	struct env_session *session, *next;

	cds_list_for_each_entry_safe(session, next, &s->member->sessions, node) {
		if (session != but && session->step == STEP_OPEN && !session->ended &&
		    trust_send(session))
			session->owner.end(session->owner.ctx);
	}
}

static uint64_t files_stamp(const struct credentials *c)
{
	static const char *const files[] = { CREDENTIALS_CERTIFICATE, CREDENTIALS_KEY,
					     CREDENTIALS_AUTHORITIES, CREDENTIALS_REVOKED,
					     CREDENTIALS_ISSUER };
	char path[SECURE_PATH_MAX];
	uint64_t stamp = 0;
	struct stat st;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (stat(secure_path(path, c->dir, files[i]), &st))
			memset(&st, 0, sizeof(st));
		stamp = stamp * 31 + (uint64_t)st.st_mtim.tv_sec * ENV_SEC +
			(uint64_t)st.st_mtim.tv_nsec + st.st_ino;
	}
	return stamp;
}

/* Something new is known: it must not be forgotten, and open streams must obey it. */
static void trust_changed(struct secure *s, const struct env_session *from)
{
	struct member *m = s->member;
	char reason[SECURE_REASON_MAX];

	if (credentials_write_trust(&m->credentials.trust, m->credentials.dir, reason))
		env_log(s->env, ENV_WARN, ENV_SUB_NET, "what peers told is kept in memory only: %s",
			reason);
	m->stamp = files_stamp(&m->credentials);
	member_forget_tickets(s);
	member_recheck(s);
	keys_replace(s);
	tell_all(s, from);
}

int trust_recv(struct env_session *session, uint16_t type, struct bytes msg)
{
	struct secure *s = session->secure;
	struct trust *t = &s->member->credentials.trust;
	struct wire_peer_authority authority;
	struct wire_peer_revoked revoked;
	gnutls_datum_t der;
	int ret;

	if (type == WIRE_PEER_AUTHORITY) {
		if (wire_peer_authority_decode(msg, &authority))
			return -EBADMSG;
		der = (gnutls_datum_t){ (unsigned char *)authority.certificate.data,
					(unsigned int)authority.certificate.len };
		ret = trust_add(t, &der, false, secure_wall_s(s));
	} else {
		if (wire_peer_revoked_decode(msg, &revoked))
			return -EBADMSG;
		der = (gnutls_datum_t){ (unsigned char *)revoked.list.data,
					(unsigned int)revoked.list.len };
		ret = trust_add_list(t, &der);
	}
	if (ret < 0) {
		secure_refuse(s, &s->counters.trust_refused, "authority or revocation list",
			      "no authority that is trusted signed it");
	} else if (ret) {
		s->counters.trust_taken++;
		env_log(s->env, ENV_INFO, ENV_SUB_NET, "audit: %s learnt from node %s",
			type == WIRE_PEER_AUTHORITY ? "an authority was" : "a revocation list was",
			session->who.name);
		trust_changed(s, session);
	}
	return 0;
}

void secure_reload(struct secure *s)
{
	struct credentials fresh;
	struct member *m = s->member;
	char reason[SECURE_REASON_MAX] = "of another node";
	uint64_t digest, stamp;
	int err;

	if (!m)
		return;
	digest = trust_digest(&m->credentials.trust);
	stamp = files_stamp(&m->credentials);
	err = credentials_load(m->credentials.dir, SECURE_ROLE_NODE, secure_wall_s(s), &fresh,
			       reason);
	if (!err) {
		err = member_replace(s, &fresh);
		credentials_exit(&fresh);
	}
	m->stamp = stamp;
	if (err) {
		s->counters.reload_failed++;
		env_log(s->env, ENV_ERR, ENV_SUB_NET, "credentials stay as they are: %s", reason);
		return;
	}
	s->counters.reloads++;
	env_log(s->env, ENV_INFO, ENV_SUB_NET, "audit: credentials read again, certificate %u",
		m->credentials.who.seq);
	if (trust_digest(&m->credentials.trust) != digest)
		trust_changed(s, NULL);
}

static void check_lists(struct secure *s)
{
	const struct trust *t = &s->member->credentials.trust;
	int64_t newest = 0;

	for (uint32_t i = 0; i < t->n; i++) {
		if (t->lists[i].next_update > newest)
			newest = t->lists[i].next_update;
	}
	if (newest && newest < secure_wall_s(s))
		secure_refuse(s, &s->counters.trust_stale, "revocation list",
			      "it is old, but is used; a new one should be made");
}

static void tick(void *ctx)
{
	struct secure *s = ctx;

	env_timer_set(s->env, &s->member->timer, TICK_NS);
	if (files_stamp(&s->member->credentials) != s->member->stamp)
		secure_reload(s);
	member_recheck(s);
	keys_tick(s);
	renew_tick(s);
	check_lists(s);
}

void trust_start(struct secure *s)
{
	struct member *m = s->member;

	m->stamp = files_stamp(&m->credentials);
	m->timer = (struct env_timer){ .fire = tick, .ctx = s };
	env_timer_set(s->env, &m->timer, TICK_NS);
}
