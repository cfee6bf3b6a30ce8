// SPDX-License-Identifier: GPL-2.0-or-later
#include "conns.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>

#define STATE(s)	 (1U << (s))
#define MOVABLE		 (STATE(TCP_ESTABLISHED) | STATE(TCP_CLOSE_WAIT))
/* The kernel's number for the timer that sends again. */
#define TIMER_RETRANSMIT 1
#define LIVE                                                                           \
	(MOVABLE | STATE(TCP_FIN_WAIT1) | STATE(TCP_FIN_WAIT2) | STATE(TCP_LAST_ACK) | \
	 STATE(TCP_CLOSING))

/* What a dump is for. */
struct dump {
	const struct xos_addr *vip;
	conns_watch_fn fn;
	void *arg;
};

static int see(const struct nlmsghdr *h, void *arg)
{
	const struct inet_diag_msg *m = mnl_nlmsg_get_payload(h);
	struct dserver_conn conn = { .vip = *((struct dump *)arg)->vip };
	const struct dump *d = arg;
	uint16_t port = ntohs(m->id.idiag_sport);

	if (mnl_nlmsg_get_payload_len(h) < sizeof(*m) ||
	    memcmp(m->id.idiag_src, d->vip->ip, sizeof(d->vip->ip)) ||
	    (d->vip->port && d->vip->port != port))
		return MNL_CB_OK;
	memcpy(conn.server.ip, m->id.idiag_src, sizeof(conn.server.ip));
	conn.server.port = port;
	memcpy(conn.client.ip, m->id.idiag_dst, sizeof(conn.client.ip));
	conn.client.port = ntohs(m->id.idiag_dport);
	d->fn(d->arg, &conn, STATE(m->idiag_state) & MOVABLE,
	      m->idiag_timer == TIMER_RETRANSMIT ? m->idiag_retrans : 0);
	return MNL_CB_OK;
}

static int ask(struct mnl_socket *nl, const struct xos_addr *vip, uint8_t *room, unsigned int seq)
{
	struct inet_diag_req_v2 req = {
		.sdiag_family = AF_INET6,
		.sdiag_protocol = IPPROTO_TCP,
		.idiag_states = LIVE,
		/* The kernel filters by port; by address it would need a program. */
		.id.idiag_sport = htons(vip->port),
	};
	struct nlmsghdr *h = mnl_nlmsg_put_header(room);

	h->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	h->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	h->nlmsg_seq = seq;
	*(struct inet_diag_req_v2 *)mnl_nlmsg_put_extra_header(h, sizeof(req)) = req;
	return mnl_socket_sendto(nl, h, h->nlmsg_len) < 0 ? -errno : 0;
}

int conns_watch(const struct xos_addr *vip, conns_watch_fn fn, void *arg)
{
	static _Alignas(NLMSG_ALIGNTO) uint8_t room[32768];
	struct dump d = { .vip = vip, .fn = fn, .arg = arg };
	unsigned int seq = (unsigned int)time(NULL);
	struct mnl_socket *nl;
	int err, more = MNL_CB_OK;
	ssize_t n;

	nl = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
	if (!nl)
		return -errno;
	err = mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) ? -errno : ask(nl, vip, room, seq);
	while (!err && more > MNL_CB_STOP) {
		n = mnl_socket_recvfrom(nl, room, sizeof(room));
		if (n >= 0)
			more = mnl_cb_run(room, (size_t)n, seq, mnl_socket_get_portid(nl), see, &d);
		if (n < 0 || more < 0)
			err = -errno;
	}
	mnl_socket_close(nl);
	return err;
}

/* Who only wants to know what there is. */
struct list {
	dserver_conn_fn fn;
	void *arg;
};

static void list_one(void *arg, const struct dserver_conn *conn, bool movable, uint8_t retries)
{
	const struct list *l = arg;

	l->fn(l->arg, conn, movable);
}

int conns_list(const struct xos_addr *vip, dserver_conn_fn fn, void *arg)
{
	struct list l = { fn, arg };

	return conns_watch(vip, list_one, &l);
}
