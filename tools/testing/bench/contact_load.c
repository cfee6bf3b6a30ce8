// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Load for contact nodes and direct paths, the same for everyone who is compared.
 *
 *	contact_load segments IF MAC PREFIX ADDRESS PORT CLIENTS COUNT new|known
 *	contact_load serve ADDRESS PORT
 *	contact_load connect ADDRESS PORT COUNT FROM...
 *	contact_load bulk ADDRESS PORT BYTES
 *
 * segments writes COUNT TCP segments without data to the device IF, for the station MAC,
 * from CLIENTS addresses under PREFIX in turn; "new" ones are all SYN, "known" ones
 * are SYN once from each client, which are not counted, and ACK then. serve answers
 * each connection with as many bytes as its first 8 bytes say, and ends it. connect
 * opens COUNT connections one after another, from its addresses in turn; bulk fetches BYTES
 * by one. All but serve print the time that it took, in microseconds.
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH	    32
#define CHUNK	    65536
#define CLIENT_PORT 40000
#define ASK_LEN	    8

/* A frame as it goes to the device. */
struct frame {
	struct ip6_hdr ip;
	struct tcphdr tcp;
} __attribute__((packed));

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static struct sockaddr_in6 address(const char *ip, const char *port)
{
	struct sockaddr_in6 a = { .sin6_family = AF_INET6,
				  .sin6_port = htons((uint16_t)atoi(port)) };

	if (inet_pton(AF_INET6, ip, &a.sin6_addr) != 1) {
		fprintf(stderr, "contact_load: %s is no address\n", ip);
		exit(2);
	}
	return a;
}

/* --- segments ------------------------------------------------------------------------ */

static uint32_t sum16(uint32_t sum, const void *p, size_t len)
{
	const uint8_t *b = p;

	for (size_t i = 0; i < len; i += 2)
		sum += (uint32_t)(b[i] << 8 | b[i + 1]);
	return sum;
}

static uint16_t checksum(const struct frame *f)
{
	uint32_t sum = IPPROTO_TCP + (uint32_t)sizeof(f->tcp);

	sum = sum16(sum, &f->ip.ip6_src, 2 * sizeof(f->ip.ip6_src));
	sum = sum16(sum, &f->tcp, sizeof(f->tcp));
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((uint16_t)~sum);
}

static void make_segment(struct frame *f, uint32_t client, bool syn)
{
	client = htonl(client);
	memcpy(&f->ip.ip6_src.s6_addr[12], &client, sizeof(client));
	f->tcp.th_flags = syn ? TH_SYN : TH_ACK;
	f->tcp.th_sum = 0;
	f->tcp.th_sum = checksum(f);
}

/* Where segments go, and the batch that they go in. */
struct sender {
	int fd;
	struct sockaddr_ll to;
	struct frame frame[BATCH];
	struct iovec iov[BATCH];
	struct mmsghdr msg[BATCH];
};

static void sender_open(struct sender *s, char **arg)
{
	struct sockaddr_in6 from = address(arg[2], "0"), to = address(arg[3], arg[4]);
	unsigned int mac[ETH_ALEN];
	const int on = 1;

	s->fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (s->fd < 0 || setsockopt(s->fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)))
		die("packet socket");
	s->to = (struct sockaddr_ll){ .sll_family = AF_PACKET,
				      .sll_protocol = htons(ETH_P_IPV6),
				      .sll_ifindex = (int)if_nametoindex(arg[0]),
				      .sll_halen = ETH_ALEN };
	if (sscanf(arg[1], "%x:%x:%x:%x:%x:%x", &mac[0], &mac[1], &mac[2], &mac[3], &mac[4],
		   &mac[5]) != ETH_ALEN)
		exit(2);
	for (int i = 0; i < ETH_ALEN; i++)
		s->to.sll_addr[i] = (uint8_t)mac[i];
	for (int i = 0; i < BATCH; i++) {
		struct frame *f = &s->frame[i];

		f->ip.ip6_flow = htonl(6U << 28);
		f->ip.ip6_plen = htons(sizeof(f->tcp));
		f->ip.ip6_nxt = IPPROTO_TCP;
		f->ip.ip6_hlim = 64;
		f->ip.ip6_src = from.sin6_addr;
		f->ip.ip6_dst = to.sin6_addr;
		f->tcp.th_sport = htons(CLIENT_PORT);
		f->tcp.th_dport = to.sin6_port;
		f->tcp.th_off = sizeof(f->tcp) / 4;
		f->tcp.th_win = 0xffff;
		s->iov[i] = (struct iovec){ f, sizeof(*f) };
		s->msg[i].msg_hdr = (struct msghdr){ .msg_name = &s->to,
						     .msg_namelen = sizeof(s->to),
						     .msg_iov = &s->iov[i],
						     .msg_iovlen = 1 };
	}
}

static void send_all(struct sender *s, uint32_t clients, uint32_t count, bool syn)
{
	for (uint32_t sent = 0; sent < count; sent += BATCH) {
		unsigned int n = count - sent < BATCH ? count - sent : BATCH;

		for (unsigned int i = 0; i < n; i++)
			make_segment(&s->frame[i], (sent + i) % clients + 1, syn);
		if (sendmmsg(s->fd, s->msg, n, 0) != (int)n)
			die("sendmmsg");
	}
}

static void segments(char **arg)
{
	uint32_t clients = (uint32_t)atoi(arg[5]), count = (uint32_t)atoi(arg[6]);
	bool known = !strcmp(arg[7], "known");
	static struct sender s;
	uint64_t start;

	sender_open(&s, arg);
	if (known)
		send_all(&s, clients, clients, true);
	start = now_us();
	send_all(&s, clients, count, !known);
	printf("%llu\n", (unsigned long long)(now_us() - start));
}

/* --- connections --------------------------------------------------------------------- */

static void put_ask(uint8_t *p, uint64_t bytes)
{
	for (int i = 0; i < ASK_LEN; i++)
		p[i] = (uint8_t)(bytes >> (56 - 8 * i));
}

static uint64_t get_ask(const uint8_t *p)
{
	uint64_t bytes = 0;

	for (int i = 0; i < ASK_LEN; i++)
		bytes = bytes << 8 | p[i];
	return bytes;
}

static _Noreturn void serve(char **arg)
{
	struct sockaddr_in6 at = address(arg[0], arg[1]);
	static uint8_t chunk[CHUNK];
	uint8_t ask[ASK_LEN];
	const int on = 1;
	int l = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0), fd;

	if (l < 0 || setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    bind(l, (struct sockaddr *)&at, sizeof(at)) || listen(l, 128))
		die("listen");
	for (;;) {
		fd = accept(l, NULL, NULL);
		if (fd < 0)
			die("accept");
		if (recv(fd, ask, sizeof(ask), MSG_WAITALL) == sizeof(ask)) {
			for (uint64_t left = get_ask(ask); left;) {
				size_t n = left < sizeof(chunk) ? (size_t)left : sizeof(chunk);
				ssize_t sent = send(fd, chunk, n, MSG_NOSIGNAL);

				if (sent <= 0)
					break;
				left -= (uint64_t)sent;
			}
		}
		close(fd);
	}
}

/* One connection from its beginning to its end; it leaves no state behind. */
static void fetch(const struct sockaddr_in6 *to, const char *from, uint64_t bytes)
{
	static const struct linger hard = { .l_onoff = 1 };
	static uint8_t chunk[CHUNK];
	uint8_t ask[ASK_LEN];
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ssize_t n;

	if (from) {
		struct sockaddr_in6 sa = address(from, "0");

		if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)))
			die("bind");
	}
	put_ask(ask, bytes);
	if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) ||
	    send(fd, ask, sizeof(ask), MSG_NOSIGNAL) != sizeof(ask))
		die("connect");
	while ((n = recv(fd, chunk, sizeof(chunk), 0)) > 0)
		bytes -= (uint64_t)n;
	if (n || bytes)
		die("recv");
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(fd);
}

static void connect_many(int argc, char **arg)
{
	struct sockaddr_in6 to = address(arg[0], arg[1]);
	int count = atoi(arg[2]);
	uint64_t start = now_us();

	for (int i = 0; i < count; i++)
		fetch(&to, arg[3 + i % (argc - 3)], 0);
	printf("%llu\n", (unsigned long long)(now_us() - start));
}

static void bulk(char **arg)
{
	struct sockaddr_in6 to = address(arg[0], arg[1]);
	uint64_t start = now_us();

	fetch(&to, NULL, strtoull(arg[2], NULL, 0));
	printf("%llu\n", (unsigned long long)(now_us() - start));
}

int main(int argc, char **argv)
{
	if (argc == 10 && !strcmp(argv[1], "segments"))
		segments(argv + 2);
	else if (argc == 4 && !strcmp(argv[1], "serve"))
		serve(argv + 2);
	else if (argc > 5 && !strcmp(argv[1], "connect"))
		connect_many(argc - 2, argv + 2);
	else if (argc == 5 && !strcmp(argv[1], "bulk"))
		bulk(argv + 2);
	else
		return 2;
	return 0;
}
