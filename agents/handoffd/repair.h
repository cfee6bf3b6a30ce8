/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Take a live TCP connection out of this kernel and put one into it, by the
 * TCP_REPAIR socket option (needs CAP_NET_ADMIN). Nothing here gates packets:
 * repair mode stops neither reception nor retransmission, so whoever calls
 * repair_dump() has closed the gates of the connection before, and keeps them
 * closed until the socket is closed here or thawed there.
 */
#ifndef _XOS_HANDOFFD_REPAIR_H
#define _XOS_HANDOFFD_REPAIR_H

#include <base/buf.h>
#include <wire/dserver.h>

/* Space that repair_dump() needs for both queues, in bytes. */
#define REPAIR_SCRATCH_LEN (2 * WIRE_DS_QUEUE_MAX)
#define REPAIR_WHY_MAX	   128

/**
 * struct repair_why - why a connection cannot be dumped or restored, for people
 * @text: a clause without a full stop; empty on success
 */
struct repair_why {
	char text[REPAIR_WHY_MAX];
};

/**
 * repair_check() - can this connection move?
 * @fd: TCP socket
 * @why: reason of a refusal
 *
 * Return: 0; -EOPNOTSUPP for what TCP_REPAIR cannot carry (not TCP over IPv6,
 * MPTCP, kernel TLS or another upper layer protocol); -EAGAIN for what may pass
 * (urgent data waiting); -ENOTCONN when it is neither ESTABLISHED nor CLOSE_WAIT.
 */
int repair_check(int fd, struct repair_why *why);

/**
 * repair_dump() - put a socket into repair mode and write down its state
 * @fd: TCP socket for which repair_check() said 0; stays open and in repair
 *	mode when this succeeds: closing its last descriptor is silent then
 * @scratch: REPAIR_SCRATCH_LEN bytes of the caller
 * @out: a whole ds-tcp message is appended
 * @why: reason of a refusal
 *
 * Return: 0; -EMSGSIZE when a queue is longer than WIRE_DS_QUEUE_MAX or @out is
 * full; as repair_check(); a negative errno of a system call. After a failure the
 * socket is out of repair mode again.
 */
int repair_dump(int fd, uint8_t *scratch, struct buf *out, struct repair_why *why);

/**
 * repair_undo() - take a socket out of repair mode where it was dumped
 * @fd: socket of repair_dump()
 *
 * Sends nothing. Return: 0 or a negative errno.
 */
int repair_undo(int fd);

/**
 * repair_restore() - make a socket from a record
 * @record: state of the connection
 * @fd: the socket, in repair mode, not blocking, close-on-exec; of the caller
 * @why: reason of a refusal
 *
 * The local address must be an address of this network namespace, and there
 * must be a route to the client. What was never sent is not in the socket yet:
 * repair_thaw() adds it.
 *
 * Return: 0; -EADDRINUSE when the connection is here already; a negative errno.
 */
int repair_restore(const struct wire_ds_tcp *record, int *fd, struct repair_why *why);

/**
 * repair_thaw() - let a restored socket go
 * @fd: socket of repair_restore(), or a duplicate that another process held
 * @record: the record it was made from
 * @why: reason of a failure
 *
 * Leaves repair mode, queues what was never sent and, for CLOSE_WAIT, replays
 * the client's FIN. The gates must let packets pass, or hold them, by now.
 * A second call on the same socket changes nothing.
 *
 * Return: 0 or a negative errno.
 */
int repair_thaw(int fd, const struct wire_ds_tcp *record, struct repair_why *why);

/**
 * repair_mode() - is a socket in repair mode?
 * @fd: TCP socket
 *
 * Return: 1, 0 or a negative errno.
 */
int repair_mode(int fd);

#endif
