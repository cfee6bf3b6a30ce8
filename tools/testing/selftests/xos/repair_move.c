// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Moves live TCP connections between two network namespaces by handoffd's
 * repair.c and checks every byte. repair.sh makes the namespaces:
 *
 *	repair_move CLIENT DONOR ACCEPTOR    (names under /run/netns)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <unistd.h>

#include <handoffd/repair.h>

#define VIP	 "2001:db8:5:1::100"
#define PORT	 8000
#define UP_LEN	 60000
#define DOWN_LEN 150000
#define STEP_MS	 10000

static const char *ns_client, *ns_donor, *ns_acceptor;
static int test_no;

static void ok(bool good, const char *what)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++test_no, what);
	fflush(stdout);
	if (!good)
		exit(1);
}

static void die(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

static void enter(const char *ns)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", ns);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		die(path);
	close(fd);
}

__attribute__((format(printf, 1, 2))) static void run(const char *fmt, ...)
{
	char cmd[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(cmd, sizeof(cmd), fmt, ap);
	va_end(ap);
	if (system(cmd))
		die(cmd);
}

/* What the kernel module does on real members: nothing gets in or out of a frozen connection. */
static void gate(const char *ns, bool closed)
{
	if (closed)
		run("ip netns exec %s nft -f - <<'E'\ntable ip6 gate {\n"
		    "chain i { type filter hook prerouting priority -300; ip6 daddr " VIP
		    " iifname != lo drop; }\n"
		    "chain o { type filter hook output priority -300; ip6 saddr " VIP
		    " drop; }\n}\nE",
		    ns);
	else
		run("ip netns exec %s nft delete table ip6 gate", ns);
}

static void steer(const char *to)
{
	run("ip -n %s -6 route replace " VIP "/128 via 2001:db8:5::%s", ns_client,
	    to == ns_donor ? "11" : "12");
}

static struct sockaddr_in6 vip_addr(void)
{
	struct sockaddr_in6 sa = { .sin6_family = AF_INET6, .sin6_port = htons(PORT) };

	inet_pton(AF_INET6, VIP, &sa.sin6_addr);
	return sa;
}

struct pair {
	int client;
	int server;
};

static struct pair connect_pair(void)
{
	struct sockaddr_in6 sa = vip_addr();
	struct pair p;
	int l, one = 1;

	steer(ns_donor);
	enter(ns_donor);
	l = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(l, (struct sockaddr *)&sa, sizeof(sa)) || listen(l, 5))
		die("listen");
	enter(ns_client);
	p.client = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(p.client, (struct sockaddr *)&sa, sizeof(sa)))
		die("connect");
	p.server = accept4(l, NULL, NULL, SOCK_CLOEXEC);
	if (p.server < 0)
		die("accept");
	close(l);
	fcntl(p.client, F_SETFL, O_NONBLOCK);
	fcntl(p.server, F_SETFL, O_NONBLOCK);
	return p;
}

static uint8_t pattern(uint32_t seed, size_t i)
{
	uint32_t x = seed + (uint32_t)i * 2654435761u;

	return (uint8_t)(x >> 16);
}

/* Both sides send without the other reading: as much as is accepted, at most @len. */
static size_t fill(int fd, uint32_t seed, size_t from, size_t len)
{
	uint8_t buf[1000];
	size_t done = from;

	while (done < len) {
		size_t n = len - done < sizeof(buf) ? len - done : sizeof(buf);
		ssize_t r;

		for (size_t i = 0; i < n; i++)
			buf[i] = pattern(seed, done + i);
		r = send(fd, buf, n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (r < 0 && errno == EAGAIN)
			break;
		if (r < 0)
			die("send");
		done += (size_t)r;
	}
	return done;
}

/* Read @len bytes and compare; false when they differ, end or do not come. */
static bool drain(int fd, uint32_t seed, size_t len)
{
	uint8_t buf[4096];
	size_t done = 0;

	while (done < len) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t r;

		if (poll(&p, 1, STEP_MS) <= 0)
			return false;
		r = recv(fd, buf, len - done < sizeof(buf) ? len - done : sizeof(buf), 0);
		if (r <= 0)
			return false;
		for (ssize_t i = 0; i < r; i++) {
			if (buf[i] != pattern(seed, done + (size_t)i))
				return false;
		}
		done += (size_t)r;
	}
	return true;
}

static bool at_end(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint8_t c;

	return poll(&p, 1, STEP_MS) == 1 && recv(fd, &c, 1, 0) == 0;
}

static uint8_t record[WIRE_DS_TCP_SIZE_MAX], scratch[REPAIR_SCRATCH_LEN];

/* Freeze and dump @fd at the donor, close it in silence, turn the route. */
static size_t take(int fd)
{
	struct buf out = buf_of(record, sizeof(record));
	struct repair_why why;

	gate(ns_donor, true);
	gate(ns_acceptor, true);
	if (repair_dump(fd, scratch, &out, &why)) {
		printf("# %s\n", why.text);
		return 0;
	}
	close(fd);
	steer(ns_acceptor);
	gate(ns_donor, false);
	return out.len;
}

/* In a process of its own: what another host would do. Leaves the socket in *@fd. */
static void give(size_t len, int *fd)
{
	struct repair_why why;
	struct wire_ds_tcp r;

	enter(ns_acceptor);
	if (wire_ds_tcp_decode(bytes_of(record, len), &r))
		die("record");
	if (repair_restore(&r, fd, &why)) {
		printf("# %s\n", why.text);
		exit(1);
	}
	gate(ns_acceptor, false);
	if (repair_thaw(*fd, &r, &why)) {
		printf("# %s\n", why.text);
		exit(1);
	}
}

static bool child_ok(pid_t pid)
{
	int status;

	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && !WEXITSTATUS(status);
}

static void test_idle(void)
{
	struct pair p = connect_pair();
	size_t len;
	pid_t pid;
	int fd;

	fill(p.client, 1, 0, 100);
	ok(drain(p.server, 1, 100), "idle: bytes before the move");
	len = take(p.server);
	ok(len > 0, "idle: dumped");
	pid = fork();
	if (!pid) {
		give(len, &fd);
		exit(!drain(fd, 2, 5000) || fill(fd, 3, 0, 5000) != 5000 || !at_end(fd));
	}
	ok(fill(p.client, 2, 0, 5000) == 5000 && drain(p.client, 3, 5000),
	   "idle: both directions after the move");
	shutdown(p.client, SHUT_WR);
	ok(child_ok(pid), "idle: the new server read everything and the end");
	ok(at_end(p.client), "idle: an orderly end, no reset");
	close(p.client);
}

static void test_queues(void)
{
	struct pair p = connect_pair();
	int unsent = 0, rcvbuf = 20000, fd;
	size_t len, down;
	pid_t pid;

	setsockopt(p.client, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof(rcvbuf));
	ok(fill(p.client, 4, 0, UP_LEN) == UP_LEN, "queues: client sends, nobody reads");
	down = fill(p.server, 5, 0, DOWN_LEN);
	usleep(200000);
	ioctl(p.server, SIOCOUTQNSD, &unsent);
	printf("# server queued %zu bytes, %d of them never sent\n", down, unsent);
	ok(unsent > 0, "queues: the client's window is closed");
	len = take(p.server);
	ok(len > UP_LEN, "queues: dumped");
	pid = fork();
	if (!pid) {
		give(len, &fd);
		fcntl(fd, F_SETFL, 0);
		exit(!drain(fd, 4, UP_LEN) || !drain(fd, 6, 3000) || !at_end(fd));
	}
	ok(drain(p.client, 5, down), "queues: what the server had queued arrives");
	ok(fill(p.client, 6, 0, 3000) == 3000, "queues: client goes on");
	shutdown(p.client, SHUT_WR);
	ok(child_ok(pid), "queues: what waited in the receive queue is read on the other server");
	ok(at_end(p.client), "queues: an orderly end");
	close(p.client);
}

static void test_close_wait(bool fin_read)
{
	struct pair p = connect_pair();
	size_t len;
	pid_t pid;
	int fd;

	fill(p.client, 7, 0, 2000);
	shutdown(p.client, SHUT_WR);
	if (fin_read)
		ok(drain(p.server, 7, 2000) && at_end(p.server), "close-wait: end was read");
	else
		usleep(200000);
	len = take(p.server);
	ok(len > 0, "close-wait: dumped");
	pid = fork();
	if (!pid) {
		give(len, &fd);
		exit(!drain(fd, 7, fin_read ? 0 : 2000) || !at_end(fd) ||
		     fill(fd, 8, 0, 4000) != 4000);
	}
	ok(drain(p.client, 8, 4000), "close-wait: server's answer arrives");
	ok(child_ok(pid), "close-wait: the new server saw the data and the end");
	ok(at_end(p.client), "close-wait: an orderly end");
	close(p.client);
}

static void test_undo(void)
{
	struct buf out = buf_of(record, sizeof(record));
	struct pair p = connect_pair();
	struct repair_why why;

	ok(!repair_dump(p.server, scratch, &out, &why) && repair_mode(p.server) == 1,
	   "undo: dumped");
	ok(!repair_undo(p.server) && repair_mode(p.server) == 0, "undo: back");
	fill(p.client, 9, 0, 1000);
	fill(p.server, 10, 0, 1000);
	ok(drain(p.server, 9, 1000) && drain(p.client, 10, 1000), "undo: goes on where it was");
	close(p.client);
	close(p.server);
}

static void test_refusals(void)
{
	struct pair p = connect_pair();
	struct repair_why why;
	struct wire_ds_tcp r;
	int fd, mptcp;

	send(p.client, "!", 1, MSG_OOB);
	usleep(200000);
	ok(repair_check(p.server, &why) == -EAGAIN && strstr(why.text, "urgent"),
	   "refused: urgent data");
	ok(!setsockopt(p.server, IPPROTO_TCP, TCP_ULP, "tls", 3) ?
		   repair_check(p.server, &why) == -EOPNOTSUPP :
		   true,
	   "refused: kernel TLS (where the kernel has it)");
	shutdown(p.server, SHUT_WR);
	usleep(50000);
	ok(repair_check(p.server, &why) != 0, "refused: the server has closed");
	ok(repair_check(0, &why) != 0 && why.text[0], "refused: no socket");
	mptcp = socket(AF_INET6, SOCK_STREAM, IPPROTO_MPTCP);
	ok(mptcp < 0 || repair_check(mptcp, &why) == -EOPNOTSUPP, "refused: multipath TCP");
	memset(&r, 0, sizeof(r));
	r.format = 2;
	ok(repair_restore(&r, &fd, &why) == -EPROTONOSUPPORT, "refused: record of another format");
	close(p.client);
	close(p.server);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: repair_move CLIENT DONOR ACCEPTOR\n");
		return 2;
	}
	ns_client = argv[1];
	ns_donor = argv[2];
	ns_acceptor = argv[3];
	test_idle();
	test_queues();
	test_close_wait(false);
	test_close_wait(true);
	test_undo();
	test_refusals();
	printf("1..%d\n", test_no);
	return 0;
}
