/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A TLS session over bytes that somebody else moves. Everything that arrives is consumed by
 * GnuTLS at once, everything that it sends is given away at once; so nothing ever waits here.
 */
#ifndef _XOS_SECURE_TLS_IO_H
#define _XOS_SECURE_TLS_IO_H

#include <sys/types.h>

#include <gnutls/gnutls.h>

#include <base/bytes.h>

/* A TLS record holds at most this much (RFC 8446 section 5.1). */
#define TLS_RECORD_MAX (16 * 1024)

/**
 * struct tls_io - one end
 * @tls: session of GnuTLS
 * @in: received bytes that it has not consumed
 * @output: takes bytes for the network, copied before it returns: 0 or a negative errno
 * @ctx: its argument
 * @output_err: why it took no more
 */
struct tls_io {
	gnutls_session_t tls;
	struct bytes in;
	int (*output)(void *ctx, struct bytes data);
	void *ctx;
	int output_err;
};

/**
 * tls_io_init() - begin
 * @io: zeroed, but for @output and @ctx; stays where it is
 * @flags: of gnutls_init(), besides what all sessions have
 * @priority: what may be negotiated
 *
 * Return: 0, -ENOMEM or -EIO; tls_io_exit() is called in any case.
 */
int tls_io_init(struct tls_io *io, unsigned int flags, gnutls_priority_t priority);

void tls_io_exit(struct tls_io *io);

/**
 * tls_io_handshake() - go on with the handshake, as far as @io->in goes
 * @io: session
 *
 * Return: 1 when it is done, 0 when it needs more, or an error of GnuTLS, which the other
 * end has been told; @io->output_err counts first.
 */
int tls_io_handshake(struct tls_io *io);

/**
 * tls_io_recv() - read what the other end said
 * @io: session
 * @mem: where to
 * @cap: at least TLS_RECORD_MAX bytes
 *
 * Return: bytes; GNUTLS_E_AGAIN when all of @io->in is consumed; 0 when the other end closed
 * properly; another error of GnuTLS.
 */
ssize_t tls_io_recv(struct tls_io *io, void *mem, size_t cap);

/**
 * tls_io_end() - say that nothing follows, so that the other end can tell it from a cut
 * @io: session, its handshake done
 */
void tls_io_end(struct tls_io *io);

/**
 * tls_io_send() - say something
 * @io: session
 * @data: what
 *
 * Return: 0, @io->output_err or -EIO.
 */
int tls_io_send(struct tls_io *io, struct bytes data);

#endif
