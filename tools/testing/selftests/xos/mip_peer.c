// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A correspondent node of Mobile IPv6 (RFC 6275, section 9), as small as it gets: it
 * answers home tests, care-of tests and binding updates, and leaves the data to the
 * kernel's own implementation (XFRM mode "ro", set up by iproute2). It shares no code
 * with the agents.
 *
 *	mip_peer ADDRESS [LIFETIME]	address of this host; longest binding, in seconds
 *
 * A line for each event on standard output:
 *
 *	hoti | coti			a test was answered
 *	bind HOME CARE-OF SEQ LIFETIME	an update was accepted
 *	unbind HOME SEQ			a binding was removed
 *	refuse STATUS SEQ		an update was not accepted
 *	error HOME CARE-OF		a binding error was sent
 *	forgot				SIGUSR1: all bindings were forgotten
 *	refresh HOME			SIGUSR2: it was asked to say that it still needs its binding
 */
#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/crypto.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define MH	     135
#define BINDINGS_MAX 256
#define BU_LEN	     32
#define BA_LEN	     32
#define AUTH_AT	     20
#define SEQ_TOO_OLD  135

/* A client of ours has one care-of address for each home address. */
static struct binding {
	struct in6_addr home;
	struct in6_addr care_of;
	uint16_t seq;
	bool known;
	bool bound;
} bindings[BINDINGS_MAX];

/* What a binding update says. */
struct update {
	struct in6_addr home;
	struct in6_addr care_of;
	uint16_t seq;
	uint16_t lifetime;
	uint8_t kbm[20];
};

static struct in6_addr self;
static char self_text[INET6_ADDRSTRLEN];
static unsigned int lifetime_max_s = 420;
static uint8_t key[20];
static int mh_fd;
static FILE *batch;

static void say(const char *fmt, const char *a, const char *b, unsigned int x, unsigned int y)
{
	printf(fmt, a, b, x, y);
	fflush(stdout);
}

static const char *text(const struct in6_addr *a)
{
	static char room[4][INET6_ADDRSTRLEN];
	static int next;
	char *out = room[next++ % 4];

	return inet_ntop(AF_INET6, a, out, INET6_ADDRSTRLEN);
}

/* One more "xfrm ..." for ip(8). */
__attribute__((format(printf, 1, 2))) static void xfrm(const char *fmt, ...)
{
	va_list args;

	if (!batch)
		batch = popen("ip -force -batch -", "w");
	fprintf(batch, "xfrm ");
	va_start(args, fmt);
	vfprintf(batch, fmt, args);
	va_end(args);
	fprintf(batch, "\n");
}

/* Let it do all that. */
static void xfrm_done(void)
{
	if (batch && pclose(batch))
		fprintf(stderr, "mip_peer: ip xfrm failed\n");
	batch = NULL;
}

/* The kernel takes packets with a home address option, and lets mobility headers pass. */
static void xfrm_begin(void)
{
	xfrm("state add src :: dst :: proto hao mode ro coa :: flag wildrecv");
	xfrm("policy add dir in src ::/0 dst %s/128 proto %d tmpl src :: dst :: proto hao mode ro level use",
	     self_text, MH);
	xfrm_done();
}

static void xfrm_unbind(const struct binding *b)
{
	xfrm("policy delete dir out src %s/128 dst %s/128 proto tcp", self_text, text(&b->home));
	xfrm("policy delete dir in src %s/128 dst %s/128 proto tcp", text(&b->home), self_text);
	xfrm("state delete src %s dst %s proto route2", self_text, text(&b->home));
	xfrm("state delete src %s dst %s proto hao", text(&b->home), self_text);
}

static void xfrm_bind(const struct binding *b)
{
	xfrm("state add src %s dst %s proto hao mode ro coa %s", text(&b->home), self_text,
	     text(&b->care_of));
	xfrm("state add src %s dst %s proto route2 mode ro coa %s", self_text, text(&b->home),
	     text(&b->care_of));
	xfrm("policy add dir in src %s/128 dst %s/128 proto tcp tmpl src %s dst %s proto hao mode ro level use",
	     text(&b->home), self_text, text(&b->home), self_text);
	xfrm("policy add dir out src %s/128 dst %s/128 proto tcp tmpl src %s dst %s proto route2 mode ro level use",
	     self_text, text(&b->home), self_text, text(&b->home));
}

/* Keygen token (RFC 6275, section 5.2.5); the index of a nonce is the nonce here. */
static void token(const struct in6_addr *addr, uint16_t nonce, uint8_t kind, uint8_t *out)
{
	uint8_t in[16 + 8 + 1] = { 0 }, mac[20];

	memcpy(in, addr, 16);
	in[22] = (uint8_t)(nonce >> 8);
	in[23] = (uint8_t)nonce;
	in[24] = kind;
	gnutls_hmac_fast(GNUTLS_MAC_SHA1, key, sizeof(key), in, sizeof(in), mac);
	memcpy(out, mac, 8);
}

/* The authenticator at AUTH_AT of a message whose checksum is 0 (section 6.2.7). */
static void sign(const uint8_t *kbm, const struct in6_addr *care_of, const uint8_t *mh, size_t len,
		 uint8_t *out)
{
	uint8_t in[32 + 64], mac[20];

	memcpy(in, care_of, 16);
	memcpy(in + 16, &self, 16);
	memcpy(in + 32, mh, AUTH_AT);
	memcpy(in + 32 + AUTH_AT, mh + AUTH_AT + 12, len - AUTH_AT - 12);
	in[32 + 4] = in[32 + 5] = 0;
	gnutls_hmac_fast(GNUTLS_MAC_SHA1, kbm, 20, in, 32 + len - 12, mac);
	memcpy(out, mac, 12);
}

/* Send a mobility header; over the care-of address with a type 2 routing header. */
static void send_mh(const uint8_t *mh, size_t len, const struct in6_addr *to,
		    const struct in6_addr *care_of)
{
	_Alignas(struct cmsghdr) uint8_t control[CMSG_SPACE(24) + CMSG_SPACE(20)] = { 0 };
	struct in6_pktinfo from = { .ipi6_addr = self };
	struct sockaddr_in6 dst = { .sin6_family = AF_INET6, .sin6_addr = *to };
	struct iovec iov = { (void *)mh, len };
	struct msghdr msg = { .msg_name = &dst,
			      .msg_namelen = sizeof(dst),
			      .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = CMSG_SPACE(sizeof(from)) };
	struct cmsghdr *c;

	if (care_of)
		msg.msg_controllen += CMSG_SPACE(24);
	c = CMSG_FIRSTHDR(&msg);
	c->cmsg_level = IPPROTO_IPV6;
	c->cmsg_type = IPV6_PKTINFO;
	c->cmsg_len = CMSG_LEN(sizeof(from));
	memcpy(CMSG_DATA(c), &from, sizeof(from));
	if (care_of) {
		uint8_t rt[24] = { 0, 2, 2, 1 };

		memcpy(rt + 8, care_of, 16);
		c = CMSG_NXTHDR(&msg, c);
		c->cmsg_level = IPPROTO_IPV6;
		c->cmsg_type = IPV6_RTHDR;
		c->cmsg_len = CMSG_LEN(sizeof(rt));
		memcpy(CMSG_DATA(c), rt, sizeof(rt));
	}
	if (sendmsg(mh_fd, &msg, 0) < 0)
		fprintf(stderr, "mip_peer: send to %s: %s\n", text(to), strerror(errno));
}

static void answer_test(const uint8_t *mh, const struct in6_addr *from)
{
	bool home = mh[2] == 1;
	uint8_t out[24] = { 59, 2, home ? 3 : 4 };

	out[7] = home ? 7 : 9;
	memcpy(out + 8, mh + 8, 8);
	token(from, out[7], home ? 0 : 1, out + 16);
	send_mh(out, sizeof(out), from, NULL);
	say(home ? "hoti\n" : "coti\n", "", "", 0, 0);
}

static struct binding *binding_of(const struct in6_addr *home)
{
	struct binding *b = bindings;

	while (b < bindings + BINDINGS_MAX && b->known && memcmp(&b->home, home, 16))
		b++;
	if (b == bindings + BINDINGS_MAX)
		return NULL;
	b->home = *home;
	return b;
}

static void acknowledge(const struct update *u, uint8_t status, uint16_t seq, unsigned int life_s)
{
	uint8_t out[BA_LEN] = { 59, 3, 6 };

	out[6] = status;
	out[8] = (uint8_t)(seq >> 8);
	out[9] = (uint8_t)seq;
	out[10] = (uint8_t)(life_s / 4 >> 8);
	out[11] = (uint8_t)(life_s / 4);
	/* PadN of 6 bytes: the authenticator option begins at 8n + 2 */
	out[12] = 1;
	out[13] = 4;
	out[18] = 5;
	out[19] = 12;
	sign(u->kbm, &u->care_of, out, sizeof(out), out + AUTH_AT);
	send_mh(out, sizeof(out), &u->home, memcmp(&u->home, &u->care_of, 16) ? &u->care_of : NULL);
}

/* Is it signed with the key that the tokens make? */
static bool authentic(const uint8_t *mh, struct update *u)
{
	bool removal = !memcmp(&u->home, &u->care_of, 16);
	uint8_t tokens[16], mac[12];

	token(&u->home, (uint16_t)(mh[14] << 8 | mh[15]), 0, tokens);
	token(&u->care_of, (uint16_t)(mh[16] << 8 | mh[17]), 1, tokens + 8);
	gnutls_hash_fast(GNUTLS_DIG_SHA1, tokens, removal ? 8 : 16, u->kbm);
	sign(u->kbm, &u->care_of, mh, BU_LEN, mac);
	return !memcmp(mac, mh + AUTH_AT, sizeof(mac));
}

static void update(const uint8_t *mh, size_t len, const struct in6_addr *home,
		   const struct in6_addr *care_of)
{
	struct update u = { .home = *home, .care_of = *care_of };
	struct binding *b = binding_of(home);
	unsigned int life_s;

	if (len != BU_LEN || mh[12] != 4 || mh[18] != 5 || !b)
		return;
	u.seq = (uint16_t)(mh[6] << 8 | mh[7]);
	u.lifetime = (uint16_t)(mh[10] << 8 | mh[11]);
	if (!authentic(mh, &u)) {
		say("refuse %s%s%u %u\n", "", "", 0, u.seq);
		return;
	}
	if (b->known && (int16_t)(u.seq - b->seq) <= 0) {
		say("refuse %s%s%u %u\n", "", "", SEQ_TOO_OLD, u.seq);
		acknowledge(&u, SEQ_TOO_OLD, b->seq, 0);
		return;
	}
	life_s = u.lifetime * 4U < lifetime_max_s ? u.lifetime * 4U : lifetime_max_s;
	if (b->bound)
		xfrm_unbind(b);
	b->known = true;
	b->seq = u.seq;
	b->care_of = u.care_of;
	b->bound = u.lifetime && memcmp(home, care_of, 16);
	if (b->bound)
		xfrm_bind(b);
	xfrm_done();
	acknowledge(&u, 0, u.seq, b->bound ? life_s : 0);
	if (b->bound)
		say("bind %s %s %u %u\n", text(home), text(care_of), u.seq, life_s);
	else
		say("unbind %s %s%u\n", text(home), "", u.seq, 0);
}

/* The kernel has put the home address in place of the source; the option has the latter. */
static void care_of_address(struct msghdr *msg, struct in6_addr *out)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_DSTOPTS &&
		    c->cmsg_len >= CMSG_LEN(24))
			memcpy(out, CMSG_DATA(c) + 8, sizeof(*out));
	}
}

static void receive(void)
{
	_Alignas(struct cmsghdr) uint8_t control[256];
	uint8_t mh[256];
	struct sockaddr_in6 from;
	struct iovec iov = { mh, sizeof(mh) };
	struct msghdr msg = { .msg_name = &from,
			      .msg_namelen = sizeof(from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = sizeof(control) };
	ssize_t n = recvmsg(mh_fd, &msg, 0);
	struct in6_addr care_of;

	if (n < 16)
		return;
	care_of = from.sin6_addr;
	care_of_address(&msg, &care_of);
	if (mh[2] == 1 || mh[2] == 2)
		answer_test(mh, &from.sin6_addr);
	else if (mh[2] == 5)
		update(mh, (size_t)n, &from.sin6_addr, &care_of);
}

/* A segment came with a home address option and there is no binding (section 9.3.3). */
static void reported(int fd)
{
	_Alignas(struct nlmsghdr) uint8_t room[4096];
	ssize_t n = recv(fd, room, sizeof(room), 0);
	const struct nlmsghdr *h = (const struct nlmsghdr *)room;
	const struct xfrm_user_report *r = NLMSG_DATA(h);
	const struct nlattr *a = (const struct nlattr *)(r + 1);
	uint8_t out[24] = { 59, 2, 7, 0, 0, 0, 1 };
	struct in6_addr care_of;

	if (n < (ssize_t)(NLMSG_HDRLEN + sizeof(*r) + NLA_HDRLEN + 16) ||
	    h->nlmsg_type != XFRM_MSG_REPORT || a->nla_type != XFRMA_COADDR)
		return;
	memcpy(&care_of, a + 1, sizeof(care_of));
	memcpy(out + 8, &r->sel.saddr, 16);
	send_mh(out, sizeof(out), &care_of, NULL);
	say("error %s %s\n", text((const struct in6_addr *)&r->sel.saddr), text(&care_of), 0, 0);
}

static void forget(void)
{
	for (struct binding *b = bindings; b < bindings + BINDINGS_MAX && b->known; b++) {
		if (b->bound)
			xfrm_unbind(b);
		b->bound = false;
	}
	xfrm_done();
	say("forgot\n", "", "", 0, 0);
}

static void ask_refresh(void)
{
	static const uint8_t out[8] = { 59, 0, 0 };

	for (struct binding *b = bindings; b < bindings + BINDINGS_MAX && b->known; b++) {
		if (!b->bound)
			continue;
		send_mh(out, sizeof(out), &b->home, &b->care_of);
		say("refresh %s%s\n", text(&b->home), "", 0, 0);
	}
}

static int reports(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK,
				    .nl_groups = 1U << (XFRMNLGRP_REPORT - 1) };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_XFRM);

	return fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr)) ? -1 : fd;
}

int main(int argc, char **argv)
{
	struct pollfd fds[3];
	const int on = 1;
	sigset_t set;

	if (argc < 2 || inet_pton(AF_INET6, argv[1], &self) != 1)
		return 2;
	inet_ntop(AF_INET6, &self, self_text, sizeof(self_text));
	if (argc > 2)
		lifetime_max_s = (unsigned int)atoi(argv[2]);
	gnutls_rnd(GNUTLS_RND_KEY, key, sizeof(key));
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	mh_fd = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, MH);
	setsockopt(mh_fd, IPPROTO_IPV6, IPV6_RECVDSTOPTS, &on, sizeof(on));
	fds[0] = (struct pollfd){ mh_fd, POLLIN, 0 };
	fds[1] = (struct pollfd){ signalfd(-1, &set, SFD_CLOEXEC), POLLIN, 0 };
	fds[2] = (struct pollfd){ reports(), POLLIN, 0 };
	if (fds[0].fd < 0 || fds[1].fd < 0 || fds[2].fd < 0) {
		perror("mip_peer");
		return 1;
	}
	xfrm_begin();
	say("ready\n", "", "", 0, 0);
	while (poll(fds, 3, -1) >= 0) {
		struct signalfd_siginfo info;

		if (fds[0].revents)
			receive();
		if (fds[1].revents && read(fds[1].fd, &info, sizeof(info)) > 0) {
			if (info.ssi_signo == SIGUSR1)
				forget();
			else
				ask_refresh();
		}
		if (fds[2].revents)
			reported(fds[2].fd);
	}
	return 1;
}
