/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clients of a service of the agent, over TLS 1.3 (RFC 8446): any TLS client can be one.
 *
 * The agent shows the certificate that it has as a member of the virtual organisation. A
 * client may show one, too: of the role client or admin. One that shows none is
 * nobody, and it is for the service to say what nobody may do. A certificate that is
 * not to be believed ends the connection; one that is revoked or runs out later ends it then.
 *
 * Bytes go in and out; the socket, and how long a handshake may take, are the owner's.
 */
#ifndef _XOS_SECURE_GUEST_H
#define _XOS_SECURE_GUEST_H

#include <base/bytes.h>
#include <secure/cert.h>
#include <secure/secure.h>

/* What a guest may send before its handshake is done. */
#define GUEST_EARLY_MAX (64 * 1024)

struct guest;

/**
 * struct guest_owner - what a guest calls
 * @output: bytes for the network, in order, copied before it returns: 0 or a negative errno
 * @input: what the client said: 0 or a negative errno
 * @end: close the connection, but not from inside of this call
 * @ctx: argument of all
 */
struct guest_owner {
	int (*output)(void *ctx, struct bytes data);
	int (*input)(void *ctx, struct bytes data);
	void (*end)(void *ctx);
	void *ctx;
};

/**
 * guest_new() - a client has connected
 * @s: guard
 * @owner: copied
 * @out: result
 *
 * Return: 0, -ENOTSUP in insecure mode, -ENOMEM or -EIO.
 */
int guest_new(struct secure *s, const struct guest_owner *owner, struct guest **out);

/**
 * guest_free() - the connection is closed
 * @g: guest; NULL is ignored
 */
void guest_free(struct guest *g);

/**
 * guest_feed() - bytes came from the network
 * @g: guest
 * @data: bytes
 *
 * Return: 0; -ECONNRESET when the client has closed; a negative errno when it is refused
 * (counted), after which the connection is to be closed when its output is sent.
 */
int guest_feed(struct guest *g, struct bytes data);

/**
 * guest_write() - say something to the client
 * @g: guest whose handshake is done
 * @data: what
 *
 * Return: 0, or what @owner.output() returned, or -EIO.
 */
int guest_write(struct guest *g, struct bytes data);

/**
 * guest_open() - is the handshake done?
 * @g: guest
 */
bool guest_open(const struct guest *g);

/**
 * guest_who() - who the client is
 * @g: guest
 *
 * Return: what its certificate says; NULL without one, and before the handshake is done.
 */
const struct cert_who *guest_who(const struct guest *g);

#endif
