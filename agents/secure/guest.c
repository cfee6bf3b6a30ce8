// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/guest.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>
#include <secure/secure_impl.h>

/**
 * struct guest - a client of a service
 * @node: in member.guests
 * @secure: guard
 * @owner: callbacks
 * @io: TLS; nothing is left in @io.in between calls
 * @keys: what the agent shows
 * @who: the client, when @known
 * @issuer: who signed its certificate, when @has_issuer
 * @known: it has shown a certificate
 * @has_issuer: an issuer signed it
 * @open: the handshake is done
 * @ended: the owner was told to close
 * @early: bytes received before
 */
struct guest {
	struct cds_list_head node;
	struct secure *secure;
	struct guest_owner owner;
	struct tls_io io;
	struct member_keys *keys;
	struct cert_who who;
	struct cert_who issuer;
	bool known;
	bool has_issuer;
	bool open;
	bool ended;
	size_t early;
};

static int output(void *ctx, struct bytes data)
{
	struct guest *g = ctx;

	return g->owner.output(g->owner.ctx, data);
}

int guest_new(struct secure *s, const struct guest_owner *owner, struct guest **out)
{
	struct guest *g;
	int err;

	if (!s->member)
		return -ENOTSUP;
	g = calloc(1, sizeof(*g));
	if (!g)
		return -ENOMEM;
	g->secure = s;
	g->owner = *owner;
	g->keys = member_keys_get(s->member);
	cds_list_add(&g->node, &s->member->guests);
	g->io = (struct tls_io){ .output = output, .ctx = g };
	err = tls_io_init(&g->io, GNUTLS_SERVER | GNUTLS_NO_TICKETS, s->priority);
	if (!err && gnutls_credentials_set(g->io.tls, GNUTLS_CRD_CERTIFICATE, g->keys->tls))
		err = -EIO;
	if (err) {
		guest_free(g);
		return err;
	}
	gnutls_certificate_server_set_request(g->io.tls, GNUTLS_CERT_REQUEST);
	*out = g;
	return 0;
}

void guest_free(struct guest *g)
{
	if (!g)
		return;
	cds_list_del(&g->node);
	tls_io_exit(&g->io);
	member_keys_put(g->keys);
	free(g);
}

bool guest_open(const struct guest *g)
{
	return g->open;
}

const struct cert_who *guest_who(const struct guest *g)
{
	return g->known ? &g->who : NULL;
}

static int refuse(struct guest *g, enum trust_verdict v)
{
	trust_refuse(g->secure, v, &g->who);
	g->secure->counters.guest_refused++;
	member_alert(g->io.tls, v);
	return -EACCES;
}

/* A certificate is not needed, but one that is shown has to be good. */
static int check_who(struct guest *g)
{
	const struct trust *trust = &g->secure->member->credentials.trust;
	gnutls_x509_crt_t chain[CERT_CHAIN_MAX];
	unsigned int shown = 0;
	enum trust_verdict v;
	uint32_t n;

	if (!gnutls_certificate_get_peers(g->io.tls, &shown) || !shown)
		return 0;
	n = member_peer_chain(g->io.tls, chain);
	v = trust_check(trust, chain, n, secure_wall_s(g->secure), &g->who);
	g->has_issuer = n == 2 && !cert_read(chain[1], &g->issuer);
	while (n)
		gnutls_x509_crt_deinit(chain[--n]);
	if (v == TRUST_GOOD && g->who.role != SECURE_ROLE_CLIENT &&
	    g->who.role != SECURE_ROLE_ADMIN)
		v = TRUST_ROLE;
	if (v != TRUST_GOOD)
		return refuse(g, v);
	g->known = true;
	return 0;
}

static int handshake(struct guest *g)
{
	struct secure *s = g->secure;
	int err;

	err = tls_io_handshake(&g->io);
	if (!err)
		return 0;
	if (err < 0) {
		if (g->io.output_err)
			return g->io.output_err;
		secure_refuse(s, &s->counters.guest_refused, "client", gnutls_strerror(err));
		return -EACCES;
	}
	err = check_who(g);
	if (err)
		return err;
	g->open = true;
	s->counters.guest_opened++;
	return 0;
}

static int read_records(struct guest *g)
{
	struct secure *s = g->secure;
	uint8_t plain[TLS_RECORD_MAX];
	ssize_t n;
	int err;

	while ((n = tls_io_recv(&g->io, plain, sizeof(plain))) > 0) {
		err = g->owner.input(g->owner.ctx, bytes_of(plain, (size_t)n));
		if (err)
			return err;
	}
	if (n == GNUTLS_E_AGAIN)
		return 0;
	/* 0: the client closed properly. */
	if (n)
		secure_refuse(s, &s->counters.guest_refused, "client", gnutls_strerror((int)n));
	return -ECONNRESET;
}

int guest_feed(struct guest *g, struct bytes data)
{
	struct secure *s = g->secure;
	int err = 0;

	xassert(!g->io.in.len);
	if (g->ended)
		return -EACCES;
	if (!g->open) {
		g->early += data.len;
		if (g->early > GUEST_EARLY_MAX) {
			secure_refuse(s, &s->counters.guest_refused, "client",
				      "the handshake is too long");
			return -EACCES;
		}
	}
	g->io.in = data;
	if (!g->open)
		err = handshake(g);
	if (!err && g->open)
		err = read_records(g);
	g->io.in = bytes_of(NULL, 0);
	return err;
}

int guest_write(struct guest *g, struct bytes data)
{
	xassert(g->open);
	return tls_io_send(&g->io, data);
}

void guests_recheck(struct secure *s)
{
	struct guest *g;

	cds_list_for_each_entry(g, &s->member->guests, node) {
		enum trust_verdict v;

		if (!g->known || g->ended)
			continue;
		v = member_still_good(s, &g->who, g->has_issuer ? &g->issuer : NULL);
		if (v == TRUST_GOOD)
			continue;
		trust_refuse(s, v, &g->who);
		s->counters.guest_closed++;
		g->ended = true;
		g->owner.end(g->owner.ctx);
	}
}
