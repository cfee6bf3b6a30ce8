// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two independent parsers on the same kernel: libnl-3 (nl-genl-3) and the
 * generated client over libmnl. Objects are made by the client, dumped by both, and every
 * attribute is compared; events are received by both. What the client does when a dump is
 * interrupted, when events are lost and when it is refused is tried for real.
 *
 *   nl_interop handoff|lookup|netns NAME      prints "ok WHAT" or "not ok WHAT" lines
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netlink/attr.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

#include <nl/xos_handoff_user.h>
#include <nl/xos_lookup_user.h>

#define ITEMS_MAX   4096
#define CLIENTS	    1500
#define LOST_EVENTS 400

static int failed;

static bool check(bool good, const char *fmt, const char *arg)
{
	printf(good ? "ok " : "not ok ");
	printf(fmt, arg);
	putchar('\n');
	fflush(stdout);
	failed += !good;
	return good;
}

/** struct items - attributes of messages, in the order in which they came */
struct items {
	struct {
		uint8_t cmd;
		int len;
		void *attrs;
	} v[ITEMS_MAX];
	int n;
};

static struct items by_libnl, by_client;

static void items_add(struct items *items, uint8_t cmd, const void *attrs, size_t len)
{
	if (items->n == ITEMS_MAX)
		exit(2);
	items->v[items->n].cmd = cmd;
	items->v[items->n].len = (int)len;
	items->v[items->n].attrs = memcpy(malloc(len ? len : 1), attrs, len);
	items->n++;
}

static void items_clear(struct items *items)
{
	while (items->n)
		free(items->v[--items->n].attrs);
}

/* --- the side of libnl-3 ---------------------------------------------------- */

/** struct other - a socket of libnl-3 */
struct other {
	struct nl_sock *sk;
	int family;
};

static int other_valid(struct nl_msg *msg, void *arg)
{
	struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(msg));

	items_add(&by_libnl, genl->cmd, genlmsg_attrdata(genl, 0),
		  (size_t)genlmsg_attrlen(genl, 0));
	return NL_OK;
}

static void other_open(struct other *o, const char *family)
{
	o->sk = nl_socket_alloc();
	if (!o->sk || genl_connect(o->sk))
		exit(2);
	o->family = genl_ctrl_resolve(o->sk, family);
	nl_socket_modify_cb(o->sk, NL_CB_VALID, NL_CB_CUSTOM, other_valid, NULL);
	check(o->family > 0, "libnl resolves the family %s", family);
}

static int other_send(struct other *o, uint8_t cmd, int flags, uint8_t version, uint16_t reserved,
		      uint16_t attr)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct genlmsghdr *genl =
		genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, o->family, 0, flags, cmd, version);
	int err;

	genl->reserved = reserved;
	if (attr)
		nla_put_u32(msg, attr, 1);
	err = nl_send_auto(o->sk, msg);
	nlmsg_free(msg);
	return err;
}

static int other_dump(struct other *o, uint8_t cmd)
{
	items_clear(&by_libnl);
	if (other_send(o, cmd, NLM_F_DUMP, 1, 0, 0) < 0)
		return -1;
	return nl_recvmsgs_default(o->sk);
}

/* What the kernel answers to a request that libnl makes. */
static int other_request(struct other *o, uint8_t cmd, uint16_t reserved, uint16_t attr)
{
	if (other_send(o, cmd, NLM_F_ACK, 1, reserved, attr) < 0)
		return -NLE_FAILURE;
	return nl_wait_for_ack(o->sk);
}

/* --- comparison ------------------------------------------------------------- */

/* Differs from one moment to the next. */
static bool is_volatile(const struct xnl_field *f)
{
	return !strcmp(f->name, "stats") || !strcmp(f->name, "idle-ms") ||
	       !strcmp(f->name, "expires-ms") || !strcmp(f->name, "lease-ms");
}

static bool same_value(const struct xnl_field *f, const struct nlattr *a, const struct nlattr *b);

static bool same_attrs(const struct xnl_set *set, void *a, int alen, void *b, int blen)
{
	struct nlattr *ta[256] = { NULL }, *tb[256] = { NULL };

	if (nla_parse(ta, 255, a, alen, NULL) || nla_parse(tb, 255, b, blen, NULL))
		return false;
	for (int i = 1; i <= 255; i++) {
		const struct xnl_field *f = i <= set->n ? &set->fields[i - 1] : NULL;

		if (f && !f->kind)
			continue; /* padding */
		/* an attribute that the client does not know would be a hole in the schema */
		if (!ta[i] != !tb[i] || (ta[i] && !f))
			return false;
		if (ta[i] && !is_volatile(f) && !same_value(f, ta[i], tb[i]))
			return false;
	}
	return true;
}

static bool same_value(const struct xnl_field *f, const struct nlattr *a, const struct nlattr *b)
{
	if (f->kind == XNL_K_NEST)
		return same_attrs(f->set, nla_data(a), nla_len(a), nla_data(b), nla_len(b));
	return nla_len(a) == nla_len(b) && !memcmp(nla_data(a), nla_data(b), (size_t)nla_len(a));
}

static const struct xnl_set *dumped;

/* An object that the client parsed is written again, to be read by libnl. */
static int client_item(void *arg, const void *item)
{
	static uint8_t mem[65536] __attribute__((aligned(8)));
	struct nlmsghdr *nlh = (void *)mem;

	if (!item) {
		items_clear(&by_client);
		return 0;
	}
	memset(nlh, 0, sizeof(*nlh));
	nlh->nlmsg_len = NLMSG_HDRLEN;
	if (xnl_set_put(dumped, item, nlh, sizeof(mem)))
		return -EINVAL;
	items_add(&by_client, 0, mem + NLMSG_HDRLEN, nlh->nlmsg_len - NLMSG_HDRLEN);
	return 0;
}

static void compare_dump(struct other *o, struct xnl_sock *s, const struct xnl_op *op, int want)
{
	char what[128];
	bool same;
	int err;

	dumped = op->set;
	items_clear(&by_client);
	err = xnl_dump(s, op, NULL, client_item, NULL);
	same = !err && !other_dump(o, op->cmd) && by_libnl.n == by_client.n;
	for (int i = 0; same && i < by_client.n; i++)
		same = same_attrs(op->set, by_libnl.v[i].attrs, by_libnl.v[i].len,
				  by_client.v[i].attrs, by_client.v[i].len);
	if (!same || by_client.n != want)
		printf("# %s: client %d objects (%d), libnl %d, wanted %d\n", op->name, by_client.n,
		       err, by_libnl.n, want);
	snprintf(what, sizeof(what), "%s: %d objects", op->name, want);
	check(same && by_client.n == want, "both read the same, %s", what);
}

static const struct xnl_op *op_find(const struct xnl_family *family, const char *name)
{
	for (uint16_t i = 0; i < family->ops_n; i++)
		if (!strcmp(family->ops[i].name, name))
			return &family->ops[i];
	exit(2);
}

/* What is not in the schema is refused, by every operation that exists. */
static void check_strict(struct other *o, const struct xnl_family *family, const char *op,
			 uint8_t top)
{
	uint8_t cmd = op_find(family, op)->cmd;

	check(other_request(o, cmd, 0, 250) < 0, "%s with an unknown attribute is refused", op);
	check(other_request(o, cmd, 1, 0) < 0, "%s with the reserved field set is refused", op);
	check(other_request(o, top + 1, 0, 0) < 0, "an operation beyond the last is refused%s", "");
}

/* --- xos_handoff ------------------------------------------------------------ */

static uint64_t generation;

static void address(uint8_t out[16], const char *prefix, unsigned int n)
{
	inet_pton(AF_INET6, prefix, out);
	out[14] = (uint8_t)(n >> 8);
	out[15] = (uint8_t)n;
}

static struct xos_handoff_vip vip_of(unsigned int n)
{
	struct xos_handoff_vip vip = { 0 };
	uint8_t addr[16];

	address(addr, "2001:db8:aa::", n);
	xos_handoff_vip_put_generation(&vip, generation);
	xos_handoff_vip_put_addr(&vip, addr);
	return vip;
}

static struct xos_handoff_client client_of(unsigned int n)
{
	struct xos_handoff_client c = { 0 };
	uint8_t addr[16];

	xos_handoff_client_put_generation(&c, generation);
	address(addr, "2001:db8:aa::", 1);
	xos_handoff_client_put_vip_addr(&c, addr);
	address(addr, "2001:db8:c::", n);
	xos_handoff_client_put_addr(&c, addr);
	xos_handoff_client_put_member_id(&c, 1 + n % 3);
	return c;
}

static int handoff_fill(struct xnl_sock *s)
{
	struct xos_handoff_writer claim = { 0 }, who;
	int err = xos_handoff_writer_claim(s, &claim, &who);

	generation = who.generation;
	for (unsigned int i = 1; !err && i <= 3; i++) {
		struct xos_handoff_vip vip = vip_of(i);

		xos_handoff_vip_put_flags(&vip, XOS_HANDOFF_VIP_FLAGS_CONTACT);
		err = xos_handoff_vip_new(s, &vip);
	}
	for (unsigned int i = 1; !err && i <= 3; i++) {
		struct xos_handoff_member m = { 0 };
		uint8_t addr[16];

		xos_handoff_member_put_generation(&m, generation);
		address(addr, "2001:db8:aa::", 1);
		xos_handoff_member_put_vip_addr(&m, addr);
		xos_handoff_member_put_id(&m, i);
		address(addr, "2001:db8:5::", i);
		xos_handoff_member_put_care_of(&m, addr);
		xos_handoff_member_put_weight(&m, i);
		err = xos_handoff_member_new(s, &m);
	}
	for (unsigned int i = 1; !err && i <= CLIENTS; i++) {
		struct xos_handoff_client c = client_of(i);

		err = xos_handoff_client_set(s, &c);
	}
	for (unsigned int i = 1; !err && i <= 2; i++) {
		struct xos_handoff_gate g = { 0 };
		uint8_t addr[16];

		xos_handoff_gate_put_generation(&g, generation);
		address(addr, "2001:db8:aa::", 1);
		xos_handoff_gate_put_addr(&g, addr);
		xos_handoff_gate_put_port(&g, 80);
		address(addr, "2001:db8:c::", i);
		xos_handoff_gate_put_client_addr(&g, addr);
		xos_handoff_gate_put_client_port(&g, (uint16_t)(40000 + i));
		xos_handoff_gate_put_in(&g, XOS_HANDOFF_GATE_IN_HOLD);
		err = xos_handoff_gate_set(s, &g);
	}
	if (err)
		printf("# %s\n", xnl_error_text(s));
	return err;
}

/** struct meddler - changes the tables while they are dumped */
struct meddler {
	struct xnl_sock *s;
	int seen;
	int restarts;
};

static int meddle(void *arg, const struct xos_handoff_client *c)
{
	struct meddler *m = arg;

	if (!c) {
		m->restarts++;
		m->seen = 0;
		return 0;
	}
	if (!m->seen++ && !m->restarts) {
		struct xos_handoff_client extra = client_of(CLIENTS + 1);

		return xos_handoff_client_set(m->s, &extra);
	}
	return 0;
}

/* A dump that another socket changes under the reader starts again and is whole then. */
static void handoff_interrupt(struct xnl_sock *s)
{
	struct xos_handoff_client none = { 0 };
	struct meddler m = { 0 };
	int err;

	if (xnl_open(&xos_handoff_family, NULL, &m.s))
		exit(2);
	err = xos_handoff_client_get_dump(s, &none, meddle, &m);
	if (err || m.restarts != 1 || m.seen != CLIENTS + 1)
		printf("# error %d, %d restarts, %d objects\n", err, m.restarts, m.seen);
	check(!err && m.restarts == 1, "an interrupted dump starts again%s", "");
	check(m.seen == CLIENTS + 1, "and is whole then%s", "");
	xnl_close(m.s);
}

static void handoff_errors(struct xnl_sock *s)
{
	struct xos_handoff_vip vip = vip_of(99);
	const struct xnl_error *e = xnl_last_error(s);
	int err;

	err = xos_handoff_vip_del(s, &vip);
	check(err == -ENOENT && e->text[0] && !strcmp(e->attr, "addr"),
	      "a refusal has the kernel's reason and the attribute: %s", xnl_error_text(s));
	vip.has_addr = false;
	err = xos_handoff_vip_del(s, &vip);
	check(err == -EINVAL && e->missing && !strcmp(e->attr, "addr"),
	      "a missing attribute is named: %s", xnl_error_text(s));
	vip = vip_of(1);
	xos_handoff_vip_put_flags(&vip, 0x80);
	err = xos_handoff_vip_set(s, &vip);
	check(err == -EINVAL && !strcmp(e->attr, "flags"),
	      "the policy refuses a bit that is none: %s", xnl_error_text(s));
}

/** struct heard - events that the client received */
struct heard {
	int events;
	int lost;
};

static void hear(void *arg, const struct xnl_event *ev)
{
	struct heard *h = arg;

	if (!ev) {
		h->lost++;
		return;
	}
	h->events++;
	items_add(&by_client, ev->op->cmd, ev->attrs.data, ev->attrs.len);
}

static void vips_toggle(struct xnl_sock *s, int times)
{
	struct xos_handoff_vip vip = vip_of(50);

	for (int i = 0; i < times; i++)
		if (xos_handoff_vip_new(s, &vip) || xos_handoff_vip_del(s, &vip))
			exit(2);
}

static void handoff_events(struct xnl_sock *s)
{
	struct xnl_sock *e;
	struct heard h = { 0 };
	struct xos_handoff_vip got;
	struct xnl_event ev;
	struct other o;
	bool same;
	int group;

	other_open(&o, "xos_handoff");
	group = genl_ctrl_resolve_grp(o.sk, "xos_handoff", XOS_HANDOFF_MCGRP_CHANGES);
	check(group > 0 && !nl_socket_add_membership(o.sk, group), "libnl joins the group %s",
	      XOS_HANDOFF_MCGRP_CHANGES);
	nl_socket_disable_seq_check(o.sk);
	nl_socket_set_nonblocking(o.sk);
	if (xnl_open(&xos_handoff_family, NULL, &e) || xnl_join(e, XOS_HANDOFF_MCGRP_CHANGES))
		exit(2);
	items_clear(&by_libnl);
	items_clear(&by_client);
	vips_toggle(s, 2);
	while (!nl_recvmsgs_default(o.sk))
		;
	same = !xnl_events(e, hear, &h) && h.events == 4 && !h.lost && by_libnl.n == 4;
	for (int i = 0; same && i < 4; i++)
		same = by_libnl.v[i].cmd == by_client.v[i].cmd &&
		       by_libnl.v[i].len == by_client.v[i].len &&
		       !memcmp(by_libnl.v[i].attrs, by_client.v[i].attrs,
			       (size_t)by_libnl.v[i].len);
	check(same, "both receive the same events%s", "");
	ev.op = &xos_handoff_ops[0];
	for (uint16_t i = 0; same && i < xos_handoff_family.ops_n; i++)
		if (xos_handoff_ops[i].cmd == by_client.v[0].cmd)
			ev.op = &xos_handoff_ops[i];
	ev.attrs = bytes_of(by_client.v[0].attrs, (size_t)by_client.v[0].len);
	check(same && !xos_handoff_vip_ntf_parse(&ev, &got) && got.has_addr && got.addr[15] == 50 &&
		      xos_handoff_vip_del_ntf_parse(&ev, &got) == -ENOMSG,
	      "an event parses as what it is%s", "");
	nl_socket_free(o.sk);

	/* nobody reads: the socket overflows, and says so once it is read */
	setsockopt(xnl_fd(e), SOL_SOCKET, SO_RCVBUF, &(int){ 4096 }, sizeof(int));
	h = (struct heard){ 0 };
	vips_toggle(s, LOST_EVENTS);
	check(!xnl_events(e, hear, &h) && h.lost == 1 && h.events < 2 * LOST_EVENTS,
	      "lost events are reported once%s", "");
	vips_toggle(s, 1);
	h = (struct heard){ 0 };
	check(!xnl_events(e, hear, &h) && !h.lost && h.events == 2, "and those after them come%s",
	      "");
	xnl_close(e);
}

static void handoff(void)
{
	struct xos_handoff_vip_stats none = { 0 };
	struct xos_handoff_stats stats;
	struct xos_handoff_vip vip, got;
	struct xnl_sock *s;
	struct other o;

	other_open(&o, "xos_handoff");
	if (!check(!xnl_open(&xos_handoff_family, NULL, &s), "the client opens %s", "xos_handoff"))
		return;
	if (!check(!handoff_fill(s), "objects are made%s", ""))
		return;
	compare_dump(&o, s, op_find(&xos_handoff_family, "vip-get"), 3);
	compare_dump(&o, s, op_find(&xos_handoff_family, "member-get"), 3);
	compare_dump(&o, s, op_find(&xos_handoff_family, "client-get"), CLIENTS);
	compare_dump(&o, s, op_find(&xos_handoff_family, "gate-get"), 2);
	vip = vip_of(1);
	vip.has_generation = false;
	check(!xos_handoff_vip_get(s, &vip, &got) && got.members == 3 && got.clients == CLIENTS &&
		      got.has_stats && got.flags == XOS_HANDOFF_VIP_FLAGS_CONTACT &&
		      !memcmp(got.addr, vip.addr, 16),
	      "one object is read with its values%s", "");
	check(!memcmp(&got.stats.steered_packets, &none.steered_packets, 8) &&
		      got.stats.has_steered_packets,
	      "and its nested counters%s", "");
	check(!xos_handoff_stats_get(s, &stats) && stats.vips == 3 && stats.clients == CLIENTS,
	      "the sizes of the tables are read%s", "");
	handoff_errors(s);
	check_strict(&o, &xos_handoff_family, "vip-get", XOS_HANDOFF_CMD_MAX);
	check(other_request(&o, op_find(&xos_handoff_family, "stats-get")->cmd, 0, 2) < 0,
	      "an attribute for an operation that takes none is refused%s", "");
	handoff_interrupt(s);
	handoff_events(s);
	xnl_close(s);
	nl_socket_free(o.sk);
}

/* Tables are of one namespace; the socket that is opened there sees them from here. */
static void netns(const char *name)
{
	struct xos_handoff_stats there, here;
	struct xnl_sock *s[2];

	if (xnl_open(&xos_handoff_family, name, &s[0]) ||
	    xnl_open(&xos_handoff_family, NULL, &s[1]))
		exit(2);
	check(!xos_handoff_stats_get(s[0], &there) && there.vips == 3 &&
		      !xos_handoff_stats_get(s[1], &here) && here.vips == 0,
	      "a socket opened in namespace %s sees that one", name);
	xnl_close(s[0]);
	xnl_close(s[1]);
}

/* --- xos_lookup ------------------------------------------------------------- */

static int udp_socket(void)
{
	struct sockaddr_in6 any = { .sin6_family = AF_INET6 };
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0), one = 1;

	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one));
	if (fd < 0 || bind(fd, (void *)&any, sizeof(any)))
		exit(2);
	return fd;
}

static int lookup_attach(struct xnl_sock *s, int fd, uint8_t n)
{
	struct xos_lookup_responder r = { 0 };
	const uint8_t id[16] = { 0xab, n };

	xos_lookup_responder_put_socket_fd(&r, (uint32_t)fd);
	xos_lookup_responder_put_node_id(&r, id);
	return xos_lookup_attach(s, &r);
}

static int lookup_table(struct xnl_sock *s, uint64_t epoch)
{
	struct xos_lookup_table t = { 0 };
	struct xos_lookup_arc arcs[3] = { 0 };

	for (uint8_t i = 0; i < 3; i++) {
		const uint8_t id[16] = { i + 1 }, addr[16] = { 0x20, 1, [15] = i };

		xos_lookup_arc_put_class(&arcs[i], i);
		xos_lookup_arc_put_start(&arcs[i], bytes_of("", 0));
		xos_lookup_arc_put_id(&arcs[i], id);
		xos_lookup_arc_put_addr(&arcs[i], addr);
		xos_lookup_arc_put_port(&arcs[i], 7400 + i);
		xos_lookup_arc_put_epoch(&arcs[i], i + 1);
	}
	xos_lookup_table_put_epoch(&t, epoch);
	xos_lookup_table_put_classes(&t, 3);
	xos_lookup_table_put_lease_ms(&t, 60000);
	t.arc = (struct xos_lookup_arc_list){ .v = arcs, .n = 3 };
	return xos_lookup_table_set(s, &t);
}

static void lookup(void)
{
	struct xnl_sock *s[2], *foreign;
	struct other o;
	int fd[2], err = 0;

	other_open(&o, "xos_lookup");
	for (uint8_t i = 0; i < 2; i++) {
		fd[i] = udp_socket();
		if (!check(!xnl_open(&xos_lookup_family, NULL, &s[i]), "the client opens %s",
			   "xos_lookup"))
			return;
		err = err ? err : lookup_attach(s[i], fd[i], i);
	}
	check(!err, "two responders attach: %s", xnl_error_text(s[1]));
	err = lookup_table(s[0], 5);
	check(!err, "a list of nested sets is sent: %s", xnl_error_text(s[0]));
	compare_dump(&o, s[0], op_find(&xos_lookup_family, "responder-get"), 2);
	if (xnl_open(&xos_lookup_family, NULL, &foreign))
		exit(2);
	err = lookup_table(foreign, 6);
	check(err < 0 && xnl_last_error(foreign)->text[0],
	      "a socket that did not attach is told why: %s", xnl_error_text(foreign));
	check_strict(&o, &xos_lookup_family, "detach", XOS_LOOKUP_CMD_MAX);
	xnl_close(foreign);
	xnl_close(s[0]);
	xnl_close(s[1]);
	compare_dump(&o, (xnl_open(&xos_lookup_family, NULL, &foreign), foreign),
		     op_find(&xos_lookup_family, "responder-get"), 0);
	xnl_close(foreign);
	close(fd[0]);
	close(fd[1]);
	nl_socket_free(o.sk);
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "handoff"))
		handoff();
	else if (argc == 2 && !strcmp(argv[1], "lookup"))
		lookup();
	else if (argc == 3 && !strcmp(argv[1], "netns"))
		netns(argv[2]);
	else
		return 2;
	items_clear(&by_libnl);
	items_clear(&by_client);
	return failed ? 1 : 0;
}
