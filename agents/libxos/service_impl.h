/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of xos_service.h. */
#ifndef _XOS_LIBXOS_SERVICE_IMPL_H
#define _XOS_LIBXOS_SERVICE_IMPL_H

#include <pthread.h>
#include <stdbool.h>

#include <base/buf.h>
#include <base/list.h>
#include <wire/service.h>

#include "xos_service.h"

#define SERVICE_MSG_MAX	 (WIRE_SVC_REOFFER_SIZE_MAX)
#define SERVICE_BUCKETS	 4096
#define SERVICE_RETRY_MS 500

/** enum service_conn_state - who uses a connection */
enum service_conn_state {
	/** @CONN_OURS: the program */
	CONN_OURS,
	/** @CONN_ASKED: the program, and it was asked to let go */
	CONN_ASKED,
	/** @CONN_PARKED: nobody; it leaves or arrives */
	CONN_PARKED,
};

/**
 * struct service_conn - a connection that may move
 * @node: in its bucket
 * @fd: socket
 * @client: client end
 * @data: of the program
 * @state: enum service_conn_state
 * @arriving: parked as it comes
 * @tx: move, when asked or parked
 * @peer: the other agent
 * @app: state of the program, when parked; owned
 * @app_len: its bytes
 * @moving: in the service's list of those that were asked or are parked
 */
struct service_conn {
	struct cds_list_head node;
	struct cds_list_head moving;
	int fd;
	struct xos_addr client;
	void *data;
	enum service_conn_state state;
	bool arriving;
	struct xos_id tx;
	struct xos_addr peer;
	void *app;
	size_t app_len;
};

/**
 * struct xos_service - a service
 * @config: as given; strings copied
 * @server: address and port
 * @path: agent's socket
 * @listener: listening socket
 * @epoll: what xos_service_fd() returns: @agent, @timer, @wake
 * @agent: socket to the agent, -1 without
 * @timer: ticks while there is no agent
 * @wake: ends the thread
 * @welcome: the agent has accepted
 * @threaded: @thread runs
 * @thread: of xos_service_start()
 * @lock: all below, @agent's sending, and the connections; never held in callbacks
 * @bucket: connections by client
 * @by_fd: connections by descriptor
 * @by_fd_n: entries in it
 * @moving: connections that were asked or are parked
 * @out: message being built
 * @in: message being read; used by the dispatching thread alone
 * @state: scratch for ops->release; of the dispatching thread
 */
struct xos_service {
	struct xos_service_config config;
	struct xos_addr server;
	char path[108];
	char name[64];
	int listener;
	int epoll;
	int agent;
	int timer;
	int wake;
	bool welcome;
	bool threaded;
	pthread_t thread;
	pthread_mutex_t lock;
	struct cds_list_head bucket[SERVICE_BUCKETS];
	struct service_conn **by_fd;
	size_t by_fd_n;
	struct cds_list_head moving;
	uint8_t out[SERVICE_MSG_MAX];
	uint8_t in[SERVICE_MSG_MAX];
	uint8_t state[XOS_SERVICE_STATE_MAX];
};

/* service_conn.c; the lock is held */
struct service_conn *service_conn_by_client(struct xos_service *s, const struct xos_addr *client);
struct service_conn *service_conn_by_fd(struct xos_service *s, int fd);
struct service_conn *service_conn_by_tx(struct xos_service *s, const struct xos_id *tx);
struct service_conn *service_conn_add(struct xos_service *s, int fd, const struct xos_addr *client);
void service_conn_del(struct xos_service *s, struct service_conn *c);
void service_conn_state(struct xos_service *s, struct service_conn *c,
			enum service_conn_state state);
int service_conn_park(struct xos_service *s, struct service_conn *c, const void *app, size_t len);

/* service_agent.c */
int service_send(struct xos_service *s, const struct wire_msg *msg, const void *m, int fd);
void service_connect(struct xos_service *s);
void service_lost(struct xos_service *s);
void service_input(struct xos_service *s);
void service_released(struct xos_service *s, struct service_conn *c, int err);

#endif
