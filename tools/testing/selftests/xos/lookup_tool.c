// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Both ends of a lookup, for selftests of xos_lookup.
 *
 *   lookup_tool serve ADDRESS KEYFILE     lend a socket to the module and obey words on
 *                                         standard input, one line of answer each
 *   lookup_tool ask ADDRESS KEYFILE KEY [HOW [COUNT]]
 *                                         send queries, print what came back
 *
 * ADDRESS is as xos_addr_parse() reads it. HOW is one of good, nopad, badmac, self,
 * malformed, garbage; COUNT queries are sent one after the other.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <env/env_uv.h>
#include <env/guard.h>
#include <nl/xos_lookup_user.h>
#include <secure/secure.h>
#include <wire/lookup.h>

#define GRID	    "selftest"
#define NODE_BYTE   0x5e
#define ASKER_BYTE  0xa5
#define LEASE_MS    60000
#define TIMEOUT_MS  1500
#define DGRAM_BYTES 2048

static struct secure *secure;
static struct xnl_sock *nl;
static uint64_t version = 1;
static int udp = -1;

static void die(const char *what)
{
	fprintf(stderr, "lookup_tool: %s\n", what);
	exit(3);
}

static struct sockaddr_in6 sockaddr_of(const char *text)
{
	struct sockaddr_in6 sin6 = { .sin6_family = AF_INET6 };
	struct xos_addr a;

	if (xos_addr_parse(text, 7400, &a))
		die("bad address");
	memcpy(&sin6.sin6_addr, a.ip, 16);
	sin6.sin6_port = htons(a.port);
	return sin6;
}

static void setup(const char *key_file, uint8_t id)
{
	struct env_uv_config env_config = { .timers_max = 0 };
	struct secure_config config = { .grid = GRID, .program = "lookup_tool" };
	char reason[SECURE_REASON_MAX];
	struct secure_key key;
	struct env_uv *env;

	memset(&config.id, id, sizeof(config.id));
	config.key = &key;
	if (secure_key_load(key_file, &key, reason))
		die(reason);
	if (env_uv_create(&env_config, &env) || secure_create(env_uv_env(env), &config, &secure))
		die("set-up");
	udp = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/* Arcs of two classes: [, m) and [m, ) in class 0, all keys in class 1. */
static int set_table(bool vacant, uint32_t lease_ms)
{
	static const char *const starts[] = { "", "m", "" };
	struct xos_lookup_arc arcs[3];
	struct xos_lookup_table t = { .arc = { .v = arcs, .n = 3 } };

	memset(arcs, 0, sizeof(arcs));
	for (int i = 0; i < 3; i++) {
		uint8_t id[16], addr[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = (uint8_t)(i + 1) };

		memset(id, i + 1, sizeof(id));
		xos_lookup_arc_put_class(&arcs[i], i == 2);
		xos_lookup_arc_put_start(&arcs[i], bytes_str(starts[i]));
		arcs[i].vacant = vacant && i == 2;
		if (arcs[i].vacant)
			continue;
		xos_lookup_arc_put_id(&arcs[i], id);
		xos_lookup_arc_put_addr(&arcs[i], addr);
		xos_lookup_arc_put_port(&arcs[i], (uint16_t)(7400 + i));
		xos_lookup_arc_put_epoch(&arcs[i], 40 + (uint64_t)i);
	}
	xos_lookup_table_put_epoch(&t, ++version);
	xos_lookup_table_put_classes(&t, 2);
	xos_lookup_table_put_lease_ms(&t, lease_ms);
	return xos_lookup_table_set(nl, &t);
}

/* A table of as many arcs as asked for, in several messages. */
static int set_large(uint32_t count)
{
	struct xos_lookup_arc arcs[64];
	char names[64][16];
	uint32_t at = 0;
	int err = 0;

	version++;
	while (!err && at < count) {
		struct xos_lookup_table t = { .arc = { .v = arcs } };

		memset(arcs, 0, sizeof(arcs));
		for (; t.arc.n < 64 && at < count; t.arc.n++, at++) {
			struct xos_lookup_arc *a = &arcs[t.arc.n];
			uint8_t raw[16] = { (uint8_t)(at >> 8), (uint8_t)at };

			snprintf(names[t.arc.n], 16, "%06u", at);
			xos_lookup_arc_put_class(a, 0);
			xos_lookup_arc_put_start(a, bytes_str(at ? names[t.arc.n] : ""));
			xos_lookup_arc_put_id(a, raw);
			xos_lookup_arc_put_addr(a, raw);
			xos_lookup_arc_put_port(a, 7400);
		}
		xos_lookup_table_put_epoch(&t, version);
		xos_lookup_table_put_classes(&t, 1);
		xos_lookup_table_put_lease_ms(&t, LEASE_MS);
		t.more = at < count;
		err = xos_lookup_table_set(nl, &t);
	}
	return err;
}

static int set_empty(void)
{
	struct xos_lookup_table t = { .epoch = 0 };

	return xos_lookup_table_set(nl, &t);
}

static int set_disorder(void)
{
	struct xos_lookup_arc arcs[2];
	struct xos_lookup_table t = { .arc = { .v = arcs, .n = 2 } };

	memset(arcs, 0, sizeof(arcs));
	for (int i = 0; i < 2; i++) {
		xos_lookup_arc_put_class(&arcs[i], 0);
		xos_lookup_arc_put_start(&arcs[i], bytes_str(""));
		arcs[i].vacant = true;
	}
	xos_lookup_table_put_epoch(&t, ++version);
	xos_lookup_table_put_classes(&t, 1);
	xos_lookup_table_put_lease_ms(&t, LEASE_MS);
	return xos_lookup_table_set(nl, &t);
}

static int set_gap(void)
{
	struct xos_lookup_arc arc = { .vacant = true };
	struct xos_lookup_table t = { .arc = { .v = &arc, .n = 1 } };

	xos_lookup_arc_put_class(&arc, 0);
	xos_lookup_arc_put_start(&arc, bytes_str("b"));
	xos_lookup_table_put_epoch(&t, ++version);
	xos_lookup_table_put_classes(&t, 1);
	xos_lookup_table_put_lease_ms(&t, LEASE_MS);
	return xos_lookup_table_set(nl, &t);
}

static int renew(uint64_t epoch)
{
	struct xos_lookup_table t = { .epoch = 0 };

	xos_lookup_table_put_epoch(&t, epoch);
	xos_lookup_table_put_lease_ms(&t, LEASE_MS);
	return xos_lookup_lease_renew(nl, &t);
}

static int set_key(uint16_t id, bool remove)
{
	struct secure_dgram_key keys[SECURE_DGRAM_KEYS_MAX];
	struct xos_lookup_key m = { .remove = remove };

	secure_dgram_keys(secure, keys);
	xos_lookup_key_put_key_id(&m, id == UINT16_MAX ? keys[0].id : id);
	if (!remove)
		xos_lookup_key_put_secret(&m, keys[0].key.b);
	return xos_lookup_key_set(nl, &m);
}

static int attach(int fd)
{
	struct xos_lookup_responder r = { .port = 0 };
	uint8_t id[16];

	memset(id, NODE_BYTE, sizeof(id));
	xos_lookup_responder_put_socket_fd(&r, (uint32_t)fd);
	xos_lookup_responder_put_node_id(&r, id);
	return xos_lookup_attach(nl, &r);
}

static int attach_other(void)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), err;

	if (bind(fd, (struct sockaddr *)&sin, sizeof(sin)))
		die("bind");
	err = attach(fd);
	close(fd);
	return err;
}

/* Datagrams that the module passed on to the socket. */
static int count_passed(void)
{
	uint8_t room[DGRAM_BYTES];
	int n = 0;

	while (recv(udp, room, sizeof(room), MSG_DONTWAIT) >= 0)
		n++;
	return n;
}

static int obey(const char *word)
{
	if (!strcmp(word, "table"))
		return set_table(false, LEASE_MS);
	if (!strcmp(word, "table-vacant"))
		return set_table(true, LEASE_MS);
	if (!strcmp(word, "table-short-lease"))
		return set_table(false, 1);
	if (!strcmp(word, "table-empty"))
		return set_empty();
	if (!strcmp(word, "table-disorder"))
		return set_disorder();
	if (!strcmp(word, "table-gap"))
		return set_gap();
	if (!strncmp(word, "table-large ", 12))
		return set_large((uint32_t)atoi(word + 12));
	if (!strcmp(word, "renew"))
		return renew(version);
	if (!strcmp(word, "renew-old"))
		return renew(version - 1);
	if (!strcmp(word, "key"))
		return set_key(UINT16_MAX, false);
	if (!strcmp(word, "key-remove"))
		return set_key(UINT16_MAX, true);
	if (!strncmp(word, "key ", 4))
		return set_key((uint16_t)atoi(word + 4), false);
	if (!strcmp(word, "attach"))
		return attach(udp);
	if (!strcmp(word, "attach-no-socket"))
		return attach(STDIN_FILENO);
	if (!strcmp(word, "attach-ipv4"))
		return attach_other();
	if (!strcmp(word, "detach"))
		return xos_lookup_detach(nl);
	return -ENOSYS;
}

static int serve(const char *addr, const char *key_file)
{
	struct sockaddr_in6 sin6 = sockaddr_of(addr);
	char line[128];

	setup(key_file, NODE_BYTE);
	if (bind(udp, (struct sockaddr *)&sin6, sizeof(sin6)))
		die("bind");
	if (xnl_open(&xos_lookup_family, NULL, &nl))
		die("xos_lookup is not there");
	while (fgets(line, sizeof(line), stdin)) {
		int err;

		line[strcspn(line, "\n")] = 0;
		if (!strcmp(line, "passed")) {
			printf("%d\n", count_passed());
		} else {
			err = obey(line);
			printf("%s\n", err == -ENOSYS ? "what?" : err ? xnl_error_text(nl) : "ok");
		}
		fflush(stdout);
	}
	return 0;
}

/* A sealed query, spoiled as asked. */
static size_t make_query(const char *key, uint64_t id, const char *how, uint8_t *out)
{
	static const uint8_t zero[WIRE_LOOKUP_ANSWER_SIZE_MAX];
	struct wire_lookup_query m = { .query_id = id, .key = bytes_str(key) };
	uint8_t room[DGRAM_BYTES];
	struct buf b = buf_of(room, sizeof(room)), sealed = buf_of(out, DGRAM_BYTES);
	struct env_guard *guard = secure_guard(secure);

	m.pad = bytes_of(zero, sizeof(zero));
	m.has_pad = strcmp(how, "nopad") != 0;
	if (wire_lookup_query_encode(&m, &b))
		die("encode");
	/* The envelope is authentic, what is in it is not a query. */
	if (!strcmp(how, "malformed"))
		room[WIRE_HEADER_LEN + 5] ^= 0x40;
	if (guard->ops->seal(guard, &(struct env_peer){ .addr.port = 0 }, buf_bytes(&b), &sealed))
		die("seal");
	if (!strcmp(how, "badmac"))
		out[sealed.len - 1] ^= 1;
	if (!strcmp(how, "garbage"))
		memset(out, 0x77, sealed.len);
	return sealed.len;
}

static void show_answer(struct bytes dgram, uint64_t id)
{
	struct env_guard *guard = secure_guard(secure);
	struct wire_lookup_answer m;
	struct wire_owner o;
	struct xos_id from;
	struct bytes msg;
	size_t pos = 0;

	if (guard->ops->open(guard, dgram, &from, &msg) || wire_lookup_answer_decode(msg, &m) ||
	    m.query_id != id) {
		puts("bad answer");
		return;
	}
	printf("from %02x epoch %llu", from.b[0], (unsigned long long)m.epoch);
	while (wire_owner_list_next(&m.owners, &pos, &o))
		printf(" class %u node %02x port %u", o.class, o.id.b[0], o.addr.port);
	putchar('\n');
}

static int ask(const char *addr, const char *key_file, const char *key, const char *how, int count)
{
	struct sockaddr_in6 sin6 = sockaddr_of(addr);
	uint8_t room[DGRAM_BYTES];
	int answers = 0;

	setup(key_file, strcmp(how, "self") ? ASKER_BYTE : NODE_BYTE);
	if (connect(udp, (struct sockaddr *)&sin6, sizeof(sin6)))
		die("connect");
	for (int i = 0; i < count; i++) {
		uint64_t id = (uint64_t)getpid() << 32 | (uint64_t)i;
		struct pollfd p = { .fd = udp, .events = POLLIN };
		size_t len = make_query(key, id, how, room);
		ssize_t n;

		if (send(udp, room, len, 0) < 0)
			continue;
		n = poll(&p, 1, TIMEOUT_MS) > 0 ? recv(udp, room, sizeof(room), 0) : -1;
		if (n > 0 && count == 1)
			show_answer(bytes_of(room, (size_t)n), id);
		answers += n > 0;
	}
	if (count > 1)
		printf("%d answers\n", answers);
	else if (!answers)
		puts("no answer");
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "serve"))
		return serve(argv[2], argv[3]);
	if (argc >= 5 && argc <= 7 && !strcmp(argv[1], "ask"))
		return ask(argv[2], argv[3], argv[4], argc > 5 ? argv[5] : "good",
			   argc > 6 ? atoi(argv[6]) : 1);
	die("usage: see the head of lookup_tool.c");
}
