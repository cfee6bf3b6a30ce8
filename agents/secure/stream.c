// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Streams: a TLS 1.3 session over the bytes of env_uv.c. Everything that
 * arrives is consumed by GnuTLS at once, everything that it sends goes to the
 * owner's queue at once; so neither end ever waits in here.
 */
#include <secure/secure_impl.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <base/be.h>
#include <wire/peer.h>
#include <wire/wire.h>

/* What a peer may send before it is known: a handshake with certificates, and a greeting. */
#define EARLY_MAX  (64 * 1024)
/* A greeting may carry attributes of later versions, up to here. */
#define HELLO_MAX  4096
#define PLAIN_MIN  (32 * 1024)
#define PLAIN_KEEP (64 * 1024)

static int output(void *ctx, struct bytes data)
{
	struct env_session *s = ctx;

	return s->owner.output(s->owner.ctx, data);
}

static int insecure_session_init(struct env_session *s)
{
	struct secure *sec = s->secure;

	gnutls_db_set_ptr(s->io.tls, sec);
	return gnutls_credentials_set(s->io.tls, GNUTLS_CRD_PSK,
				      s->client ? (void *)sec->psk_client :
						  (void *)sec->psk_server) ?
		       -EIO :
		       0;
}

int secure_session_new(struct env_guard *guard, bool client, const struct env_peer *self,
		       const struct xos_addr *addr, const struct env_session_owner *owner,
		       struct env_session **out)
{
	unsigned int flags = client ? GNUTLS_CLIENT : GNUTLS_SERVER;
	struct secure *sec = secure_of(guard);
	struct env_session *s = calloc(1, sizeof(*s));
	int err;

	if (!s)
		return -ENOMEM;
	s->secure = sec;
	s->owner = *owner;
	s->self = *self;
	s->addr = *addr;
	s->client = client;
	CDS_INIT_LIST_HEAD(&s->node);
	s->io = (struct tls_io){ .output = output, .ctx = s };
	err = tls_io_init(&s->io, flags | (sec->member ? 0 : GNUTLS_NO_TICKETS), sec->priority);
	if (!err)
		err = sec->member ? member_session_init(s) : insecure_session_init(s);
	if (err) {
		secure_session_free(s);
		return err;
	}
	*out = s;
	return 0;
}

void secure_session_free(struct env_session *s)
{
	tls_io_exit(&s->io);
	member_session_exit(s);
	free(s->plain);
	free(s);
}

int session_send(struct env_session *s, struct bytes msg)
{
	return tls_io_send(&s->io, msg);
}

static int hello_send(struct env_session *s)
{
	struct wire_peer_hello hello = {
		.id = s->self.id,
		.addr = s->self.addr,
		.wire_version = WIRE_VERSION,
		.program = bytes_str(s->secure->program),
		.has_program = true,
		.has_trust = s->secure->member,
		.has_keys = s->secure->member,
		.issuer = s->secure->member && s->secure->member->credentials.issuer,
	};
	uint8_t mem[WIRE_PEER_HELLO_SIZE_MAX];
	struct buf out = buf_of(mem, sizeof(mem));
	int err;

	if (s->secure->member) {
		hello.trust = trust_digest(&s->secure->member->credentials.trust);
		hello.keys = keyring_digest(&s->secure->member->keyring);
	}
	err = wire_peer_hello_encode(&hello, &out);
	xassert(!err);
	return session_send(s, buf_bytes(&out));
}

static int hello_recv(struct env_session *s, struct bytes msg)
{
	struct secure *sec = s->secure;
	struct wire_peer_hello hello;
	struct env_peer peer;
	int err;

	if (wire_peer_hello_decode(msg, &hello) || xos_id_is_zero(&hello.id)) {
		secure_refuse(sec, &sec->counters.stream_hello, "stream", "no proper greeting");
		return -EPROTO;
	}
	if (xos_id_eq(&hello.id, &sec->id)) {
		secure_refuse(sec, &sec->counters.stream_self, "stream", "it is this node's own");
		return -EACCES;
	}
	peer = (struct env_peer){ .id = hello.id, .addr = hello.addr };
	err = sec->member ? member_session_claim(s, &peer) : 0;
	if (err)
		return err;
	s->step = STEP_OPEN;
	s->is_issuer = hello.issuer;
	sec->counters.stream_opened++;
	if (sec->member && gnutls_session_is_resumed(s->io.tls))
		sec->counters.stream_resumed++;
	err = s->owner.opened(s->owner.ctx, &peer);
	if (!err && sec->member && hello.has_trust &&
	    hello.trust != trust_digest(&sec->member->credentials.trust))
		err = trust_send(s);
	if (!err && sec->member && hello.has_keys)
		err = keys_meet(s, hello.keys);
	return err;
}

static int handshake(struct env_session *s)
{
	struct secure *sec = s->secure;
	int err;

	err = tls_io_handshake(&s->io);
	if (!err)
		return 0;
	if (err < 0) {
		if (s->io.output_err)
			return s->io.output_err;
		secure_refuse(sec, &sec->counters.stream_auth, "stream", gnutls_strerror(err));
		return -EACCES;
	}
	if (gnutls_protocol_get_version(s->io.tls) != GNUTLS_TLS1_3 ||
	    (!sec->member && gnutls_auth_get_type(s->io.tls) != GNUTLS_CRD_PSK)) {
		secure_refuse(sec, &sec->counters.stream_auth, "stream", "not by group key");
		return -EACCES;
	}
	err = sec->member ? member_session_check(s) : 0;
	if (err || s->step == STEP_JOIN)
		return err;
	s->step = STEP_HELLO;
	return hello_send(s);
}

int secure_session_start(struct env_session *s)
{
	return handshake(s);
}

/* Room for a record, or for the rest of the message that has begun. */
static int plain_reserve(struct env_session *s, size_t want)
{
	size_t cap = s->plain_cap ? s->plain_cap : PLAIN_MIN;
	uint8_t *mem;

	if (want <= s->plain_cap)
		return 0;
	while (cap < want)
		cap *= 2;
	mem = realloc(s->plain, cap);
	if (!mem)
		return -ENOMEM;
	s->plain = mem;
	s->plain_cap = cap;
	return 0;
}

static int frame_bad(struct env_session *s)
{
	secure_refuse(s->secure, &s->secure->counters.stream_frame, "stream", "no message");
	return -EBADMSG;
}

/* Messages that the guard keeps for itself. */
static int guard_recv(struct env_session *s, uint16_t type, struct bytes msg)
{
	int err = -EBADMSG;

	if (type == WIRE_PEER_AUTHORITY || type == WIRE_PEER_REVOKED)
		err = trust_recv(s, type, msg);
	else if (type == WIRE_PEER_KEYS)
		err = keys_recv(s, msg);
	else if (type == WIRE_PEER_RENEW)
		err = renew_recv(s, msg);
	else if (type == WIRE_PEER_ISSUED)
		err = issued_recv(s, msg);
	/* There may have been secrets in it; it lies in our own buffer. */
	explicit_bzero((void *)msg.data, msg.len);
	return err ? frame_bad(s) : 0;
}

/* A whole message of an open stream; the greeting comes once. */
static int message_recv(struct env_session *s, struct bytes msg)
{
	uint16_t type = be16_load(msg.data + WIRE_OFF_TYPE);

	if (type == WIRE_PEER_HELLO) {
		secure_refuse(s->secure, &s->secure->counters.stream_hello, "stream",
			      "a second greeting");
		return -EPROTO;
	}
	if (s->secure->member && (type & 0xff00) == (WIRE_PEER_HELLO & 0xff00))
		return guard_recv(s, type, msg);
	return s->owner.input(s->owner.ctx, msg);
}

/* Hand out the whole messages in @plain; what remains moves to its front. */
static int frames(struct env_session *s)
{
	size_t at = 0, len;
	int err = 0;

	while (!err) {
		struct bytes rest = bytes_of(s->plain + at, s->plain_len - at);

		err = wire_frame_len(rest, &len);
		if (err == -EAGAIN) {
			err = 0;
			break;
		}
		if (err || (s->step != STEP_OPEN && len > HELLO_MAX))
			return frame_bad(s);
		if (len > rest.len) {
			err = plain_reserve(s, at + len + TLS_RECORD_MAX);
			break;
		}
		rest.len = len;
		at += len;
		err = s->step == STEP_JOIN  ? join_recv(s, rest) :
		      s->step == STEP_HELLO ? hello_recv(s, rest) :
					      message_recv(s, rest);
	}
	s->plain_len -= at;
	memmove(s->plain, s->plain + at, s->plain_len);
	if (!s->plain_len && s->plain_cap > PLAIN_KEEP) {
		free(s->plain);
		s->plain = NULL;
		s->plain_cap = 0;
	}
	return err;
}

int secure_session_feed(struct env_session *s, struct bytes in)
{
	struct secure *sec = s->secure;
	ssize_t n;
	int err;

	xassert(!s->io.in.len);
	if (s->step != STEP_OPEN && s->early > EARLY_MAX) {
		secure_refuse(sec, &sec->counters.stream_auth, "stream",
			      "the handshake is too long");
		return -EACCES;
	}
	/* The last of it may come with messages that follow: only what came before counts. */
	if (s->step != STEP_OPEN)
		s->early += in.len;
	s->io.in = in;
	if (s->step == STEP_HANDSHAKE) {
		err = handshake(s);
		if (err || s->step == STEP_HANDSHAKE)
			goto out;
	}
	for (;;) {
		err = plain_reserve(s, s->plain_len + TLS_RECORD_MAX);
		if (err)
			break;
		n = tls_io_recv(&s->io, s->plain + s->plain_len, s->plain_cap - s->plain_len);
		if (n == GNUTLS_E_AGAIN)
			break;
		if (n <= 0) {
			/* 0: the other end closed properly. */
			err = -ECONNRESET;
			if (n)
				secure_refuse(sec,
					      s->step == STEP_HELLO ? &sec->counters.stream_auth :
								      &sec->counters.stream_record,
					      "stream", gnutls_strerror((int)n));
			break;
		}
		if (s->client && !s->saved && sec->member)
			member_session_save(s);
		s->plain_len += (size_t)n;
		err = frames(s);
		if (err)
			break;
	}
out:
	s->io.in = bytes_of(NULL, 0);
	return err;
}

void secure_session_close(struct env_session *s)
{
	if (s->step == STEP_OPEN)
		tls_io_end(&s->io);
}

/* During a handshake the owner says that the connection ended. */
void secure_session_cut(struct env_session *s)
{
	struct secure *sec = s->secure;

	if (s->step != STEP_OPEN)
		sec->counters.stream_cut++;
	else if (!s->ended)
		secure_refuse(sec, &sec->counters.stream_cut, "stream",
			      "cut off, the other end did not say that it ends");
}

int secure_session_write(struct env_session *s, struct bytes msg)
{
	xassert(s->step == STEP_OPEN);
	return session_send(s, msg);
}
