/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a handle of libxos is; not installed. */
#ifndef _XOS_LIBXOS_XOS_IMPL_H
#define _XOS_LIBXOS_XOS_IMPL_H

#include "client.h"

/**
 * struct xos - a handle
 * @client: connection to the agent
 * @request: the message being built
 */
struct xos {
	struct client client;
	uint8_t request[CLIENT_MSG_MAX];
};

#endif
