// SPDX-License-Identifier: GPL-2.0-or-later
#include <nl/nl_sock.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include <base/assert.h>

#define GENL_HEAD_LEN	  (MNL_NLMSG_HDRLEN + MNL_ALIGN(sizeof(struct genlmsghdr)))
/* Room left in the receive buffer for the acknowledgement of a request. */
#define ACK_ROOM	  16384
/* The kernel answers while it takes the request: longer means that it never will. */
#define REPLY_TIMEOUT_SEC 10
#define EVENT_BUFFER_LEN  (1 << 20)

/* Multicast groups of a family, at most. */
#define GROUP_MAX 8

/** struct group - a multicast group of the family */
struct group {
	char name[GENL_NAMSIZ];
	uint32_t id;
};

/**
 * struct xnl_sock - a socket of one family
 * @mnl: socket of libmnl
 * @family: whom it talks to
 * @id: number that the kernel gave to the family
 * @portid: address of the socket
 * @seq: of the last request
 * @joined: serves for events
 * @groups: multicast groups of the family
 * @groups_n: how many these are
 * @err: why the last request failed
 * @line: text made of @err
 * @tx: last request
 * @rx: what was received
 */
struct xnl_sock {
	struct mnl_socket *mnl;
	const struct xnl_family *family;
	uint16_t id;
	uint32_t portid;
	uint32_t seq;
	bool joined;
	struct group groups[GROUP_MAX];
	uint32_t groups_n;
	struct xnl_error err;
	char line[sizeof(struct xnl_error) + 64];
	uint8_t tx[XNL_MSG_LEN_MAX] __attribute__((aligned(8)));
	uint8_t rx[XNL_MSG_LEN_MAX + ACK_ROOM] __attribute__((aligned(8)));
};

static struct bytes genl_attrs(const struct nlmsghdr *nlh)
{
	return bytes_of((const uint8_t *)nlh + GENL_HEAD_LEN, nlh->nlmsg_len - GENL_HEAD_LEN);
}

static struct nlmsghdr *msg_begin(struct xnl_sock *s, uint16_t type, uint16_t flags, uint8_t cmd,
				  uint8_t version)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(s->tx);
	struct genlmsghdr *genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++s->seq;
	genl->cmd = cmd;
	genl->version = version;
	memset(&s->err, 0, sizeof(s->err));
	return nlh;
}

/* Receive into rx from @off on; messages of others than the kernel are dropped. */
static int msg_recv(struct xnl_sock *s, size_t off, int flags, size_t *len)
{
	struct sockaddr_nl from;
	struct iovec iov = { .iov_base = s->rx + off, .iov_len = sizeof(s->rx) - off };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	ssize_t n;

	for (;;) {
		msg.msg_name = &from;
		msg.msg_namelen = sizeof(from);
		n = recvmsg(mnl_socket_get_fd(s->mnl), &msg, flags);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (msg.msg_flags & MSG_TRUNC)
			return -EMSGSIZE;
		if (msg.msg_namelen == sizeof(from) && from.nl_pid == 0)
			break;
	}
	*len = (size_t)n;
	return 0;
}

/* The text that the kernel adds to an acknowledgement, at @ext. */
static void extack_read(struct xnl_sock *s, const struct xnl_set *set, struct bytes ext)
{
	const struct nlmsghdr *req = (const void *)s->tx;
	const struct nlattr *nla = (const void *)ext.data;
	int left = (int)ext.len;
	uint32_t off;

	for (; mnl_attr_ok(nla, left); left -= MNL_ALIGN(nla->nla_len), nla = mnl_attr_next(nla)) {
		const void *value = mnl_attr_get_payload(nla);
		uint16_t type = mnl_attr_get_type(nla), len = mnl_attr_get_payload_len(nla);

		if (type == NLMSGERR_ATTR_MSG && len) {
			snprintf(s->err.text, sizeof(s->err.text), "%.*s", len,
				 (const char *)value);
		} else if (type == NLMSGERR_ATTR_OFFS && len == sizeof(off) && set) {
			memcpy(&off, value, sizeof(off));
			if (off >= GENL_HEAD_LEN && off < req->nlmsg_len)
				xnl_attr_path(set, genl_attrs(req), s->tx + off, s->err.attr,
					      sizeof(s->err.attr));
		} else if (type == NLMSGERR_ATTR_MISS_TYPE && len == sizeof(off) && set) {
			memcpy(&off, value, sizeof(off));
			if (off && off <= set->n && set->fields[off - 1].name) {
				snprintf(s->err.attr, sizeof(s->err.attr), "%s",
					 set->fields[off - 1].name);
				s->err.missing = true;
			}
		}
	}
}

/* An NLMSG_ERROR or NLMSG_DONE message ends the request: what does it say? */
static int ack_read(struct xnl_sock *s, const struct xnl_set *set, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	size_t len = mnl_nlmsg_get_payload_len(nlh), used = sizeof(int);
	int code;

	if (len < sizeof(int))
		return -EBADMSG;
	memcpy(&code, e, sizeof(code));
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		if (len < sizeof(*e))
			return -EBADMSG;
		used = sizeof(*e);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED) && code) {
			if (e->msg.nlmsg_len < sizeof(e->msg) ||
			    e->msg.nlmsg_len - sizeof(e->msg) > len - used)
				return -EBADMSG;
			used += MNL_ALIGN(e->msg.nlmsg_len - sizeof(e->msg));
		}
	}
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS && used < len)
		extack_read(s, set, bytes_of((const uint8_t *)e + used, len - used));
	return code > 0 ? -EBADMSG : code;
}

/**
 * struct reply - what a request waits for
 * @set: attributes of the request and of the replies; NULL for control requests
 * @fn: called for each message with attributes; a value other than 0 is kept
 * @arg: for @fn
 * @result: first value other than 0 of @fn
 * @intr: the dump was not consistent
 */
struct reply {
	const struct xnl_set *set;
	int (*fn)(void *arg, struct bytes attrs);
	void *arg;
	int result;
	bool intr;
};

/* One message; returns 1 when the request goes on, else its result. */
static int reply_msg(struct xnl_sock *s, struct reply *r, const struct nlmsghdr *nlh)
{
	if (nlh->nlmsg_seq != s->seq || (nlh->nlmsg_pid && nlh->nlmsg_pid != s->portid))
		return 1;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		r->intr = true;
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
		return ack_read(s, r->set, nlh);
	if (nlh->nlmsg_type < NLMSG_MIN_TYPE || nlh->nlmsg_len < GENL_HEAD_LEN)
		return 1;
	if (!r->result && r->fn)
		r->result = r->fn(r->arg, genl_attrs(nlh));
	return 1;
}

/* Send the message in tx and read until it is acknowledged or the dump is done. */
static int msg_talk(struct xnl_sock *s, struct reply *r)
{
	const struct nlmsghdr *req = (const void *)s->tx;
	bool dump = (req->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	size_t off = 0, len = 0;
	int err = 1;

	xassert(!s->joined);
	if (mnl_socket_sendto(s->mnl, req, req->nlmsg_len) < 0)
		return -errno;
	while (err == 1) {
		const struct nlmsghdr *nlh;
		int left;

		/* A reply stays where it is while its acknowledgement is read. */
		off = dump ? 0 : off + MNL_ALIGN(len);
		if (sizeof(s->rx) - off < ACK_ROOM)
			return -EMSGSIZE;
		err = msg_recv(s, off, 0, &len);
		if (err)
			return err == -EAGAIN ? -ETIMEDOUT : err;
		nlh = (const void *)(s->rx + off);
		left = (int)len;
		err = 1;
		for (; err == 1 && mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left))
			err = reply_msg(s, r, nlh);
	}
	return err;
}

static int talk(struct xnl_sock *s, struct reply *r)
{
	int err = msg_talk(s, r);

	s->err.code = err;
	return err;
}

/* One group out of the answer of the controller. */
static void group_read(struct xnl_sock *s, const struct nlattr *nest)
{
	struct group *g = &s->groups[s->groups_n];
	const struct nlattr *nla;

	if (s->groups_n == GROUP_MAX)
		return;
	memset(g, 0, sizeof(*g));
	mnl_attr_for_each_nested(nla, nest) {
		if (mnl_attr_get_type(nla) == CTRL_ATTR_MCAST_GRP_NAME &&
		    mnl_attr_validate(nla, MNL_TYPE_NUL_STRING) >= 0)
			snprintf(g->name, sizeof(g->name), "%s", mnl_attr_get_str(nla));
		if (mnl_attr_get_type(nla) == CTRL_ATTR_MCAST_GRP_ID &&
		    mnl_attr_validate(nla, MNL_TYPE_U32) >= 0)
			g->id = mnl_attr_get_u32(nla);
	}
	if (g->id && g->name[0])
		s->groups_n++;
}

static int family_reply(void *arg, struct bytes attrs)
{
	const struct nlattr *nla = (const void *)attrs.data, *group;
	struct xnl_sock *s = arg;
	int left = (int)attrs.len;

	for (; mnl_attr_ok(nla, left); left -= MNL_ALIGN(nla->nla_len), nla = mnl_attr_next(nla)) {
		if (mnl_attr_get_type(nla) == CTRL_ATTR_FAMILY_ID &&
		    mnl_attr_validate(nla, MNL_TYPE_U16) >= 0)
			s->id = mnl_attr_get_u16(nla);
		if (mnl_attr_get_type(nla) == CTRL_ATTR_MCAST_GROUPS)
			mnl_attr_for_each_nested(group, nla)
				group_read(s, group);
	}
	return 0;
}

/* Number and multicast groups of the family. */
static int family_resolve(struct xnl_sock *s)
{
	struct reply r = { .fn = family_reply, .arg = s };
	struct nlmsghdr *nlh = msg_begin(s, GENL_ID_CTRL, NLM_F_ACK, CTRL_CMD_GETFAMILY, 1);
	int err;

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, s->family->name);
	err = talk(s, &r);
	return !err && !s->id ? -ENOENT : err;
}

static int sock_setup(struct xnl_sock *s)
{
	struct timeval timeout = { .tv_sec = REPLY_TIMEOUT_SEC };
	int one = 1, fd = mnl_socket_get_fd(s->mnl);

	if (mnl_socket_setsockopt(s->mnl, NETLINK_EXT_ACK, &one, sizeof(one)) < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout)))
		return -errno;
	s->portid = mnl_socket_get_portid(s->mnl);
	return family_resolve(s);
}

static struct mnl_socket *mnl_open_bound(void)
{
	struct mnl_socket *mnl = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);

	if (mnl && mnl_socket_bind(mnl, 0, MNL_SOCKET_AUTOPID) < 0) {
		int saved = errno;

		mnl_socket_close(mnl);
		errno = saved;
		return NULL;
	}
	return mnl;
}

/* A socket belongs to the namespace in which it was opened, wherever its owner goes. */
static int mnl_open_in(const char *netns, struct mnl_socket **out)
{
	char path[128];
	int there, here, err = 0;

	if (!netns) {
		*out = mnl_open_bound();
		return *out ? 0 : -errno;
	}
	if ((size_t)snprintf(path, sizeof(path), "%s%s", strchr(netns, '/') ? "" : "/run/netns/",
			     netns) >= sizeof(path))
		return -ENAMETOOLONG;
	there = open(path, O_RDONLY | O_CLOEXEC);
	if (there < 0)
		return -errno;
	here = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (here < 0) {
		err = -errno;
		goto err_close_there;
	}
	if (setns(there, CLONE_NEWNET)) {
		err = -errno;
		goto err_close_here;
	}
	*out = mnl_open_bound();
	if (!*out)
		err = -errno;
	/* To go on in the wrong namespace would be worse than to stop. */
	xassert(!setns(here, CLONE_NEWNET));
err_close_here:
	close(here);
err_close_there:
	close(there);
	return err;
}

int xnl_open(const struct xnl_family *family, const char *netns, struct xnl_sock **out)
{
	struct xnl_sock *s = calloc(1, sizeof(*s));
	int err;

	if (!s)
		return -ENOMEM;
	s->family = family;
	err = mnl_open_in(netns, &s->mnl);
	if (err)
		goto err_free;
	err = sock_setup(s);
	if (err)
		goto err_close;
	*out = s;
	return 0;
err_close:
	mnl_socket_close(s->mnl);
err_free:
	free(s);
	return err;
}

int xnl_adopt(const struct xnl_family *family, int fd, struct xnl_sock **out)
{
	struct xnl_sock *s = calloc(1, sizeof(*s));
	int err;

	if (!s) {
		err = -ENOMEM;
		goto err_close_fd;
	}
	s->family = family;
	s->mnl = mnl_socket_fdopen(fd);
	if (!s->mnl) {
		err = -errno;
		goto err_free;
	}
	err = sock_setup(s);
	if (err) {
		xnl_close(s);
		return err;
	}
	*out = s;
	return 0;
err_free:
	free(s);
err_close_fd:
	close(fd);
	return err;
}

void xnl_close(struct xnl_sock *s)
{
	if (!s)
		return;
	mnl_socket_close(s->mnl);
	free(s);
}

int xnl_fd(const struct xnl_sock *s)
{
	return mnl_socket_get_fd(s->mnl);
}

const struct xnl_error *xnl_last_error(const struct xnl_sock *s)
{
	return &s->err;
}

const char *xnl_error_text(struct xnl_sock *s)
{
	const struct xnl_error *e = &s->err;
	const char *text = e->text[0] ? e->text : strerror(-e->code);
	size_t len = strlen(s->family->name);

	/* A module that is named like its family has put its name in front already. */
	if (!strncmp(text, s->family->name, len) && !strncmp(text + len, ": ", 2))
		text += len + 2;
	if (e->attr[0])
		snprintf(s->line, sizeof(s->line), "%s: %s (%sattribute %s)", s->family->name, text,
			 e->missing ? "missing " : "", e->attr);
	else
		snprintf(s->line, sizeof(s->line), "%s: %s", s->family->name, text);
	return s->line;
}

/** struct one - the single reply of a request, and where it goes */
struct one {
	const struct xnl_set *set;
	void *rep;
	bool seen;
};

static int one_reply(void *arg, struct bytes attrs)
{
	struct one *o = arg;

	o->seen = true;
	return o->rep ? xnl_set_parse(o->set, attrs, o->rep) : 0;
}

int xnl_do(struct xnl_sock *s, const struct xnl_op *op, const void *req, void *rep)
{
	struct one o = { .set = op->set, .rep = rep };
	struct reply r = { .set = op->set, .fn = one_reply, .arg = &o };
	struct nlmsghdr *nlh = msg_begin(s, s->id, NLM_F_ACK, op->cmd, s->family->version);
	int err = xnl_set_put(op->set, req, nlh, sizeof(s->tx));

	if (!err)
		err = talk(s, &r);
	if (!err)
		err = r.result;
	if (!err && rep && !o.seen)
		err = -EPROTO;
	s->err.code = err;
	return err;
}

/** struct items - objects of a dump, and who wants them */
struct items {
	const struct xnl_set *set;
	uint8_t *item;
	int (*fn)(void *arg, const void *item);
	void *arg;
};

static int items_reply(void *arg, struct bytes attrs)
{
	struct items *i = arg;
	int err = xnl_set_parse(i->set, attrs, i->item);

	return err ? err : i->fn(i->arg, i->item);
}

static int dump_once(struct xnl_sock *s, const struct xnl_op *op, const void *req,
		     struct items *items, bool *again)
{
	struct reply r = { .set = op->set, .fn = items_reply, .arg = items };
	struct nlmsghdr *nlh =
		msg_begin(s, s->id, NLM_F_ACK | NLM_F_DUMP, op->cmd, s->family->version);
	int err = xnl_set_put(op->set, req, nlh, sizeof(s->tx));

	if (!err)
		err = talk(s, &r);
	*again = !err && !r.result && r.intr;
	return err ? err : r.result;
}

int xnl_dump(struct xnl_sock *s, const struct xnl_op *op, const void *req,
	     int (*fn)(void *arg, const void *item), void *arg)
{
	struct items items = { .set = op->set, .fn = fn, .arg = arg };
	bool again = true;
	int err = 0;

	items.item = calloc(1, op->set->size);
	if (!items.item)
		return -ENOMEM;
	for (int i = 0; again && i < XNL_DUMP_TRIES_MAX; i++) {
		if (i)
			err = fn(arg, NULL);
		if (!err)
			err = dump_once(s, op, req, &items, &again);
		if (err)
			break;
	}
	if (!err && again)
		err = -EINTR;
	free(items.item);
	s->err.code = err;
	return err;
}

int xnl_join(struct xnl_sock *s, const char *group)
{
	const struct group *g = NULL;
	int len = EVENT_BUFFER_LEN;

	for (uint32_t i = 0; i < s->groups_n; i++)
		if (!strcmp(s->groups[i].name, group))
			g = &s->groups[i];
	if (!g)
		return -ENOENT;
	if (setsockopt(xnl_fd(s), SOL_SOCKET, SO_RCVBUFFORCE, &len, sizeof(len)))
		setsockopt(xnl_fd(s), SOL_SOCKET, SO_RCVBUF, &len, sizeof(len));
	if (mnl_socket_setsockopt(s->mnl, NETLINK_ADD_MEMBERSHIP, (void *)(uintptr_t)&g->id,
				  sizeof(g->id)) < 0)
		return -errno;
	s->joined = true;
	return 0;
}

static void event_msg(struct xnl_sock *s, const struct nlmsghdr *nlh,
		      void (*fn)(void *arg, const struct xnl_event *ev), void *arg)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	struct xnl_event ev = { 0 };

	if (nlh->nlmsg_type != s->id || nlh->nlmsg_len < GENL_HEAD_LEN)
		return;
	for (uint16_t i = 0; i < s->family->ops_n && !ev.op; i++)
		if (s->family->ops[i].cmd == genl->cmd)
			ev.op = &s->family->ops[i];
	if (!ev.op)
		return;
	ev.attrs = genl_attrs(nlh);
	fn(arg, &ev);
}

int xnl_events(struct xnl_sock *s, void (*fn)(void *arg, const struct xnl_event *ev), void *arg)
{
	const struct nlmsghdr *nlh;
	size_t len;
	int err, left;

	xassert(s->joined);
	for (;;) {
		err = msg_recv(s, 0, MSG_DONTWAIT, &len);
		if (err == -EAGAIN)
			return 0;
		if (err == -ENOBUFS || err == -EMSGSIZE) {
			fn(arg, NULL);
			continue;
		}
		if (err)
			return err;
		left = (int)len;
		for (nlh = (const void *)s->rx; mnl_nlmsg_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left))
			event_msg(s, nlh, fn, arg);
	}
}

int xnl_event_parse(const struct xnl_event *ev, const struct xnl_op *op, void *out)
{
	if (ev->op != op)
		return -ENOMSG;
	return xnl_set_parse(op->set, ev->attrs, out);
}
