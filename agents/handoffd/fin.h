/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TCP_REPAIR makes ESTABLISHED connections only. One whose client has sent FIN
 * (CLOSE_WAIT) is restored as it was before, and gets that FIN once more.
 */
#ifndef _XOS_HANDOFFD_FIN_H
#define _XOS_HANDOFFD_FIN_H

#include <wire/dserver.h>

#define FIN_PACKET_LEN 60

/**
 * fin_build() - the client's FIN as an IPv6 packet (RFC 8200, RFC 9293)
 * @r: the connection, in state CLOSE_WAIT
 * @packet: FIN_PACKET_LEN bytes
 */
void fin_build(const struct wire_ds_tcp *r, uint8_t *packet);

/**
 * fin_replay() - let this host receive the client's FIN
 * @r: the connection, in state CLOSE_WAIT; its server address is local
 *
 * Needs CAP_NET_RAW. Return: 0 or a negative errno.
 */
int fin_replay(const struct wire_ds_tcp *r);

#endif
