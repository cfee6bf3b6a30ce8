// SPDX-License-Identifier: GPL-2.0-or-later
#include "repair.h"

#include <errno.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <handoffd/fin.h>

#define RECORD_FORMAT  1
/* tcp_send_rcvq() takes one allocation a call. */
#define CHUNK_LEN      (32 * 1024)
/* States as in tcp_info. */
#define ESTABLISHED    1
#define CLOSE_WAIT     8
#define SOCK_BUF_LOCK  72 /* SO_BUF_LOCK, Linux 5.14 */
/* Option kinds (RFC 9293, 7323, 2018), which TCP_REPAIR_OPTIONS uses as names. */
#define KIND_MSS       2
#define KIND_WSCALE    3
#define KIND_SACK_PERM 4
#define KIND_TIMESTAMP 8

static int fail(struct repair_why *why, int err, const char *what)
{
	if (err)
		snprintf(why->text, sizeof(why->text), "%s: %s", what, strerror(-err));
	return err;
}

static int refuse(struct repair_why *why, int err, const char *text)
{
	snprintf(why->text, sizeof(why->text), "%s", text);
	return err;
}

static int set_int(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value)) ? -errno : 0;
}

static int get_int(int fd, int level, int name, uint32_t *value)
{
	socklen_t len = sizeof(*value);

	return getsockopt(fd, level, name, value, &len) ? -errno : 0;
}

static int get_info(int fd, struct tcp_info *info)
{
	socklen_t len = sizeof(*info);

	memset(info, 0, sizeof(*info));
	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, &len) ? -errno : 0;
}

int repair_mode(int fd)
{
	uint32_t on = 0;
	int err;

	err = get_int(fd, IPPROTO_TCP, TCP_REPAIR, &on);
	return err ? err : !!on;
}

int repair_undo(int fd)
{
	int err;

	err = set_int(fd, IPPROTO_TCP, TCP_REPAIR, TCP_REPAIR_OFF_NO_WP);
	/* Leaving repair mode clears it, and a listener could not be restarted. */
	return err ? err : set_int(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

int repair_check(int fd, struct repair_why *why)
{
	struct pollfd p = { .fd = fd, .events = POLLPRI };
	uint32_t domain = 0, proto = 0;
	struct tcp_info info;
	socklen_t len = 16;
	char ulp[16] = "";
	int err;

	why->text[0] = 0;
	err = get_int(fd, SOL_SOCKET, SO_DOMAIN, &domain);
	if (!err)
		err = get_int(fd, SOL_SOCKET, SO_PROTOCOL, &proto);
	if (err)
		return fail(why, err, "not a socket");
	if (domain != AF_INET6)
		return refuse(why, -EOPNOTSUPP, "not an IPv6 socket");
	if (proto == IPPROTO_MPTCP)
		return refuse(why, -EOPNOTSUPP, "multipath TCP cannot move");
	if (proto != IPPROTO_TCP)
		return refuse(why, -EOPNOTSUPP, "not a TCP socket");
	if (!getsockopt(fd, IPPROTO_TCP, TCP_ULP, ulp, &len) && len && ulp[0])
		return refuse(why, -EOPNOTSUPP, "kernel TLS or another upper layer cannot move");
	err = get_info(fd, &info);
	if (err)
		return fail(why, err, "TCP_INFO");
	if (info.tcpi_state != ESTABLISHED && info.tcpi_state != CLOSE_WAIT)
		return refuse(why, -ENOTCONN, "only ESTABLISHED and CLOSE_WAIT can move");
	if (poll(&p, 1, 0) > 0 && (p.revents & POLLPRI))
		return refuse(why, -EAGAIN, "urgent data is waiting");
	return 0;
}

static int get_addr(int fd, bool peer, struct xos_addr *out)
{
	struct sockaddr_in6 sa = { .sin6_family = AF_UNSPEC };
	socklen_t len = sizeof(sa);

	if (peer ? getpeername(fd, (struct sockaddr *)&sa, &len) :
		   getsockname(fd, (struct sockaddr *)&sa, &len))
		return -errno;
	memcpy(out->ip, &sa.sin6_addr, sizeof(out->ip));
	out->port = ntohs(sa.sin6_port);
	return 0;
}

/* The options that an application may have set and would miss. */
static int dump_options(int fd, struct wire_ds_tcp *r)
{
	uint32_t v = 0;
	int err;

	err = get_int(fd, IPPROTO_TCP, TCP_NODELAY, &v);
	r->nodelay = v;
	if (!err)
		err = get_int(fd, SOL_SOCKET, SO_KEEPALIVE, &v);
	r->keepalive = v;
	if (!err)
		err = get_int(fd, IPPROTO_TCP, TCP_KEEPIDLE, &r->keepidle_s);
	if (!err)
		err = get_int(fd, IPPROTO_TCP, TCP_KEEPINTVL, &r->keepintvl_s);
	if (!err)
		err = get_int(fd, IPPROTO_TCP, TCP_KEEPCNT, &r->keepcnt);
	if (!err)
		err = get_int(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &r->user_timeout_ms);
	if (!err)
		err = get_int(fd, IPPROTO_IPV6, IPV6_TCLASS, &r->tclass);
	r->has_keepidle_s = r->has_keepintvl_s = r->has_keepcnt = true;
	r->has_user_timeout_ms = r->has_tclass = true;
	return err;
}

/* Read a whole queue without taking anything from it; @want is what an ioctl counted. */
static int dump_queue(int fd, int queue, int want, uint8_t *to, struct bytes *out)
{
	ssize_t n = 0;
	int err;

	if (want > (int)WIRE_DS_QUEUE_MAX)
		return -EMSGSIZE;
	err = set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, queue);
	if (err)
		return err;
	if (want)
		n = recv(fd, to, (size_t)want, MSG_PEEK | MSG_DONTWAIT);
	if (n < 0)
		return -errno;
	if (n != want)
		return -EIO;
	*out = bytes_of(to, (size_t)n);
	return 0;
}

static int dump_queues(int fd, uint8_t *scratch, struct wire_ds_tcp *r)
{
	int inq = 0, outq = 0, unsent = 0, err;

	if (ioctl(fd, SIOCINQ, &inq) || ioctl(fd, SIOCOUTQ, &outq) ||
	    ioctl(fd, SIOCOUTQNSD, &unsent))
		return -errno;
	err = dump_queue(fd, TCP_RECV_QUEUE, inq, scratch, &r->rcv_queue);
	if (!err)
		err = get_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, &r->rcv_seq);
	if (!err)
		err = dump_queue(fd, TCP_SEND_QUEUE, outq, scratch + WIRE_DS_QUEUE_MAX,
				 &r->snd_queue);
	if (!err)
		err = get_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, &r->snd_seq);
	if (err)
		return err;
	/* The kernel names the ends; the FIN of CLOSE_WAIT has a number of its own. */
	r->rcv_seq -= (uint32_t)inq + (r->state == CLOSE_WAIT);
	r->snd_seq -= (uint32_t)outq;
	r->unsent = (uint32_t)unsent;
	return set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_NO_QUEUE);
}

/*
 * A receiver of FIN has told a window from behind it; the restored socket
 * meets that FIN again.
 */
static void window_before_fin(struct wire_ds_tcp *r)
{
	uint32_t next = r->rcv_seq + (uint32_t)r->rcv_queue.len;

	if ((int32_t)(r->rcv_wup - next) > 0) {
		r->rcv_wnd += r->rcv_wup - next;
		r->rcv_wup = next;
	}
}

static int dump_state(int fd, struct wire_ds_tcp *r)
{
	struct tcp_repair_window win;
	socklen_t len = sizeof(win);
	struct tcp_info info;
	uint32_t mss = 0;
	int err;

	err = get_info(fd, &info);
	if (err)
		return err;
	r->state = info.tcpi_state;
	r->options = info.tcpi_options;
	r->snd_wscale = info.tcpi_snd_wscale;
	r->rcv_wscale = info.tcpi_rcv_wscale;
	r->cwnd = info.tcpi_snd_cwnd;
	r->ssthresh = info.tcpi_snd_ssthresh;
	err = get_int(fd, IPPROTO_TCP, TCP_MAXSEG, &mss);
	if (!err)
		err = get_int(fd, IPPROTO_TCP, TCP_TIMESTAMP, &r->timestamp);
	if (err)
		return err;
	r->mss = (uint16_t)mss;
	if (getsockopt(fd, IPPROTO_TCP, TCP_REPAIR_WINDOW, &win, &len))
		return -errno;
	r->snd_wl1 = win.snd_wl1;
	r->snd_wnd = win.snd_wnd;
	r->max_window = win.max_window;
	r->rcv_wnd = win.rcv_wnd;
	r->rcv_wup = win.rcv_wup;
	return 0;
}

int repair_dump(int fd, uint8_t *scratch, struct buf *out, struct repair_why *why)
{
	struct wire_ds_tcp r = { .format = RECORD_FORMAT };
	socklen_t cc_len = 16;
	char cc[16] = "";
	int err;

	err = repair_check(fd, why);
	if (err)
		return err;
	err = set_int(fd, IPPROTO_TCP, TCP_REPAIR, TCP_REPAIR_ON);
	if (err)
		return fail(why, err, "TCP_REPAIR");
	err = get_addr(fd, false, &r.server);
	if (!err)
		err = get_addr(fd, true, &r.client);
	if (!err)
		err = dump_state(fd, &r);
	if (!err && r.state != ESTABLISHED && r.state != CLOSE_WAIT)
		err = -ENOTCONN;
	if (!err)
		err = dump_queues(fd, scratch, &r);
	if (!err)
		err = dump_options(fd, &r);
	if (!getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, cc, &cc_len)) {
		r.congestion = bytes_of(cc, strnlen(cc, sizeof(cc)));
		r.has_congestion = true;
	}
	if (r.state == CLOSE_WAIT)
		window_before_fin(&r);
	if (!err)
		err = wire_ds_tcp_encode(&r, out);
	if (err) {
		repair_undo(fd);
		return fail(why, err, err == -EMSGSIZE ? "too much is queued" : "dump");
	}
	return 0;
}

static void put_addr(const struct xos_addr *a, struct sockaddr_in6 *sa)
{
	*sa = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = htons(a->port) };
	memcpy(&sa->sin6_addr, a->ip, sizeof(a->ip));
}

/* Sequence numbers and clock go in before the connection exists, the addresses make it. */
static int restore_identity(int fd, const struct wire_ds_tcp *r)
{
	struct sockaddr_in6 server, client;
	int err;

	put_addr(&r->server, &server);
	put_addr(&r->client, &client);
	err = set_int(fd, IPPROTO_TCP, TCP_REPAIR, TCP_REPAIR_ON);
	if (!err)
		err = set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_SEND_QUEUE);
	if (!err)
		err = set_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, (int)r->snd_seq);
	if (!err)
		err = set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_RECV_QUEUE);
	if (!err)
		err = set_int(fd, IPPROTO_TCP, TCP_QUEUE_SEQ, (int)r->rcv_seq);
	if (!err)
		err = set_int(fd, IPPROTO_TCP, TCP_TIMESTAMP, (int)r->timestamp);
	if (!err && bind(fd, (struct sockaddr *)&server, sizeof(server)))
		err = -errno;
	if (!err && connect(fd, (struct sockaddr *)&client, sizeof(client)))
		err = errno == EADDRNOTAVAIL ? -EADDRINUSE : -errno;
	return err;
}

/* What both ends agreed on in their SYN segments. */
static int restore_negotiated(int fd, const struct wire_ds_tcp *r)
{
	struct tcp_repair_opt opt[4];
	int n = 0;

	if (r->options & TCPI_OPT_WSCALE)
		opt[n++] = (struct tcp_repair_opt){ KIND_WSCALE,
						    r->snd_wscale | (uint32_t)r->rcv_wscale << 16 };
	if (r->options & TCPI_OPT_SACK)
		opt[n++] = (struct tcp_repair_opt){ KIND_SACK_PERM, 0 };
	if (r->options & TCPI_OPT_TIMESTAMPS)
		opt[n++] = (struct tcp_repair_opt){ KIND_TIMESTAMP, 0 };
	opt[n++] = (struct tcp_repair_opt){ KIND_MSS, r->mss };
	if (setsockopt(fd, IPPROTO_TCP, TCP_REPAIR_OPTIONS, opt, (socklen_t)n * sizeof(*opt)))
		return -errno;
	return 0;
}

static int restore_queue(int fd, int queue, const uint8_t *data, size_t len)
{
	ssize_t n;
	int err;

	err = set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, queue);
	while (!err && len) {
		n = send(fd, data, len < CHUNK_LEN ? len : CHUNK_LEN, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n <= 0)
			return n ? -errno : -EIO;
		data += n;
		len -= (size_t)n;
	}
	return err;
}

/* Room for the queues; not locking the sizes leaves them to the kernel afterwards. */
static int make_room(int fd, const struct wire_ds_tcp *r)
{
	int err = 0;

	if (r->rcv_queue.len > CHUNK_LEN)
		err = set_int(fd, SOL_SOCKET, SO_RCVBUFFORCE, (int)r->rcv_queue.len * 2);
	if (!err && r->snd_queue.len > CHUNK_LEN / 4)
		err = set_int(fd, SOL_SOCKET, SO_SNDBUFFORCE, (int)r->snd_queue.len * 2);
	if (!err)
		set_int(fd, SOL_SOCKET, SOCK_BUF_LOCK, 0);
	return err;
}

static int restore_window(int fd, const struct wire_ds_tcp *r)
{
	struct tcp_repair_window win = {
		.snd_wl1 = r->snd_wl1,
		.snd_wnd = r->snd_wnd,
		.max_window = r->max_window,
		.rcv_wnd = r->rcv_wnd,
		.rcv_wup = r->rcv_wup,
	};

	return setsockopt(fd, IPPROTO_TCP, TCP_REPAIR_WINDOW, &win, sizeof(win)) ? -errno : 0;
}

static int restore_options(int fd, const struct wire_ds_tcp *r)
{
	int err = 0;

	if (r->nodelay)
		err = set_int(fd, IPPROTO_TCP, TCP_NODELAY, 1);
	if (!err && r->has_keepidle_s)
		err = set_int(fd, IPPROTO_TCP, TCP_KEEPIDLE, (int)r->keepidle_s);
	if (!err && r->has_keepintvl_s)
		err = set_int(fd, IPPROTO_TCP, TCP_KEEPINTVL, (int)r->keepintvl_s);
	if (!err && r->has_keepcnt)
		err = set_int(fd, IPPROTO_TCP, TCP_KEEPCNT, (int)r->keepcnt);
	if (!err && r->has_user_timeout_ms)
		err = set_int(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, (int)r->user_timeout_ms);
	if (!err && r->has_tclass)
		err = set_int(fd, IPPROTO_IPV6, IPV6_TCLASS, (int)r->tclass);
	if (!err && r->keepalive)
		err = set_int(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
	/* A congestion control that is not there is no reason to lose a connection. */
	if (r->congestion.len)
		setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, r->congestion.data,
			   (socklen_t)r->congestion.len);
	return err;
}

int repair_restore(const struct wire_ds_tcp *r, int *out, struct repair_why *why)
{
	int fd, err;

	why->text[0] = 0;
	if (r->format != RECORD_FORMAT)
		return refuse(why, -EPROTONOSUPPORT, "record of a newer version");
	if ((r->state != ESTABLISHED && r->state != CLOSE_WAIT) || r->unsent > r->snd_queue.len)
		return refuse(why, -EBADMSG, "record makes no sense");
	fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
	if (fd < 0)
		return fail(why, -errno, "socket");
	err = fail(why, restore_identity(fd, r), "address or sequence numbers");
	if (!err)
		err = fail(why, restore_negotiated(fd, r), "TCP options");
	if (!err)
		err = fail(why, make_room(fd, r), "buffer size");
	if (!err)
		err = fail(why,
			   restore_queue(fd, TCP_RECV_QUEUE, r->rcv_queue.data, r->rcv_queue.len),
			   "receive queue");
	if (!err)
		err = fail(why,
			   restore_queue(fd, TCP_SEND_QUEUE, r->snd_queue.data,
					 r->snd_queue.len - r->unsent),
			   "send queue");
	if (!err)
		err = fail(why, set_int(fd, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_NO_QUEUE), "queue");
	if (!err)
		err = fail(why, restore_window(fd, r), "window");
	if (!err)
		err = fail(why, restore_options(fd, r), "socket options");
	if (err) {
		close(fd); /* in repair mode: silent */
		return err;
	}
	*out = fd;
	return 0;
}

int repair_thaw(int fd, const struct wire_ds_tcp *r, struct repair_why *why)
{
	const uint8_t *tail = r->snd_queue.data + r->snd_queue.len - r->unsent;
	size_t left = r->unsent;
	ssize_t n;
	int err;

	why->text[0] = 0;
	err = repair_mode(fd);
	if (err <= 0)
		return fail(why, err, "TCP_REPAIR");
	err = repair_undo(fd);
	if (err)
		return fail(why, err, "leave repair mode");
	while (left) {
		n = send(fd, tail, left, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n <= 0)
			return fail(why, n ? -errno : -EIO, "queue what was not sent");
		tail += n;
		left -= (size_t)n;
	}
	if (r->state == CLOSE_WAIT)
		return fail(why, fin_replay(r), "replay FIN");
	return 0;
}
