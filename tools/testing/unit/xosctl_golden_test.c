// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What xosctl prints: a fake agent answers with fixed messages, and output and
 * exit status are compared with files in tools/testing/golden. UPDATE=1 writes
 * these anew; read the difference before it is committed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <wire/control.h>

#define GOLDEN_DIR "tools/testing/golden"
#define OUT_MAX	   16384

static char run_dir[] = "/tmp/xosctl-golden-XXXXXX";
static char xosctl_path[PATH_MAX];
static pid_t agent_pid;

static const struct xos_id id_a = { { 0xa1, 0xb2, 0xc3, 0xd4, 0xe5 } };
static const struct xos_id id_b = { { 0x0b, 0x0c, 0x0d, 0x0e, 0x0f } };

static struct xos_addr addr_of(uint8_t last)
{
	struct xos_addr a = { .ip = { 0x20, 0x01, 0x0d, 0xb8 }, .port = 7400 };

	a.ip[15] = last;
	return a;
}

/* One message of an answer. */
#define SAY(fd, msg, ...)                                                       \
	do {                                                                    \
		static uint8_t _room[128 * 1024];                               \
		struct buf _b = buf_of(_room, sizeof(_room));                   \
		struct wire_##msg _m = { .seq = seq, __VA_ARGS__ };             \
                                                                                \
		if (wire_##msg##_encode(&_m, &_b) ||                            \
		    send(fd, _b.data, _b.len, MSG_NOSIGNAL) != (ssize_t)_b.len) \
			_exit(1);                                               \
	} while (0)

static void say_done(int fd, uint32_t seq, int error, const char *text)
{
	SAY(fd, ctl_done, .error = (uint32_t)error, .text = bytes_str(text), .has_text = *text);
}

static void say_status(int fd, uint32_t seq)
{
	SAY(fd, ctl_status_item, .program = bytes_str("xosd"), .version = bytes_str("0.1.0"),
	    .grid = bytes_str("demo"), .id = id_a, .addr = addr_of(1), .machine = bytes_str("n1"),
	    .state = bytes_str("serving"), .replicas = 3, .class = 1, .uptime_ms = 61234,
	    .nodes_known = 5, .nodes_up = 4, .items = 1000, .kernel_lookup = 1);
	say_done(fd, seq, 0, "");
}

static void say_counters(int fd, uint32_t seq)
{
	SAY(fd, ctl_counter, .name = bytes_str("dht_reads"), .value = 17);
	SAY(fd, ctl_counter, .name = bytes_str("dht_refused"), .value = 0);
	say_done(fd, seq, 0, "");
}

static void say_ring(int fd, uint32_t seq)
{
	SAY(fd, ctl_ring_node, .id = id_a, .addr = addr_of(1), .machine = bytes_str("n1"),
	    .rack = bytes_str("r1"), .class = 0, .level = 0, .self = true, .end = bytes_str("m"),
	    .has_end = true, .epoch = 3, .items = 400);
	SAY(fd, ctl_ring_node, .id = id_b, .addr = addr_of(2), .machine = bytes_str("n2"),
	    .rack = bytes_str("r2"), .class = 0, .level = 1, .start = bytes_of("m\xff\"", 3),
	    .has_start = true, .epoch = 3, .items = 600);
	SAY(fd, ctl_ring_summary, .nodes = 2, .replicas = 1, .complete = 0);
	say_done(fd, seq, 0, "");
}

static void say_items(int fd, uint32_t seq)
{
	SAY(fd, ctl_key_item, .key = bytes_str("pkg/bash"), .value = bytes_str("5.2.15-2+b2"),
	    .version = 9);
	SAY(fd, ctl_key_item, .key = bytes_of("pkg/\x00\\", 6), .value = bytes_of("\n\x80", 2),
	    .version = 10);
	say_done(fd, seq, 0, "");
}

static void say_conditions(int fd, uint32_t seq)
{
	SAY(fd, ctl_select_clause, .text = bytes_str("cores >= 4"), .removed = 3, .untrue = 3);
	SAY(fd, ctl_select_clause, .text = bytes_str("has gpu"), .removed = 5, .untrue = 7,
	    .unknown = 2);
	SAY(fd, ctl_select_summary, .outcome = bytes_str("complete"), .found = 2);
	say_done(fd, seq, 0, "");
}

static void say_ordered(int fd, uint32_t seq)
{
	struct wire_ctl_shown shown[] = {
		{ .name = bytes_str("rack"), .value = bytes_str("r1") },
		{ .name = bytes_str("gpu"), .value = bytes_str("") },
	};

	SAY(fd, ctl_select_item, .id = id_b, .addr = addr_of(2), .machine = bytes_str("n2"),
	    .shown = { .v = shown, .n = 2 });
	SAY(fd, ctl_select_summary, .outcome = bytes_str("limit-reached"), .found = 1,
	    .matched = 40, .has_matched = true, .cursor = bytes_str("0123abcd"),
	    .has_cursor = true);
	say_done(fd, seq, 0, "");
}

static void say_many(int fd, uint32_t seq, bool shows)
{
	static const char *const names[] = { "n10", "web",  "n2", "n07", "n1", "n11", "n3",
					     "n08", "db-a", "n5", "7",	 "8",  "gpu0" };
	struct wire_ctl_shown cores = { .name = bytes_str("cores"), .value = bytes_str("8") };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		SAY(fd, ctl_select_item, .id = id_b, .addr = addr_of(2),
		    .machine = bytes_str(names[i]), .shown = { .v = &cores, .n = shows });
	SAY(fd, ctl_select_summary, .outcome = bytes_str("partial"), .found = 13, .missing = 2,
	    .has_missing = true);
	say_done(fd, seq, 0, "");
}

static void say_machines(int fd, uint32_t seq, struct bytes query)
{
	if (bytes_eq(query, bytes_str("cores >="))) {
		say_done(fd, seq, EINVAL, "column 9: expected a value after '>='");
		return;
	}
	if (bytes_eq(query, bytes_str("explain cores >= 4 and has gpu"))) {
		say_conditions(fd, seq);
		return;
	}
	if (bytes_eq(query, bytes_str("has many")) ||
	    bytes_eq(query, bytes_str("has many show cores"))) {
		say_many(fd, seq, query.len > 8);
		return;
	}
	if (bytes_eq(query, bytes_str("order by cores limit 1 show rack, gpu"))) {
		say_ordered(fd, seq);
		return;
	}
	SAY(fd, ctl_select_item, .id = id_b, .addr = addr_of(2), .machine = bytes_str("n2"));
	SAY(fd, ctl_select_summary, .outcome = bytes_str("complete"), .found = 1);
	say_done(fd, seq, 0, "");
}

static void serve(int fd, struct bytes msg)
{
	struct wire_ctl_key_get get;
	struct wire_ctl_select sel;
	struct wire_header h;
	/* The number of the request is the first attribute of each. */
	uint32_t seq;

	if (wire_header_decode(msg, &h) || msg.len < WIRE_HEADER_LEN + 10)
		_exit(1);
	seq = (uint32_t)msg.data[22] << 24 | (uint32_t)msg.data[23] << 16 |
	      (uint32_t)msg.data[24] << 8 | msg.data[25];
	if (h.type == WIRE_CTL_STATUS) {
		say_status(fd, seq);
	} else if (h.type == WIRE_CTL_COUNTERS) {
		say_counters(fd, seq);
	} else if (h.type == WIRE_CTL_RING_SHOW) {
		say_ring(fd, seq);
	} else if (h.type == WIRE_CTL_KEY_RANGE) {
		say_items(fd, seq);
	} else if (h.type == WIRE_CTL_KEY_GET && !wire_ctl_key_get_decode(msg, &get)) {
		if (bytes_eq(get.key, bytes_str("silent")))
			return;
		say_done(fd, seq, ENOENT, "there is no such key");
	} else if (h.type == WIRE_CTL_SELECT && !wire_ctl_select_decode(msg, &sel)) {
		say_machines(fd, seq, sel.query);
	} else {
		say_done(fd, seq, 0, "");
	}
}

/* One client after the other; ends with its parent. */
static void agent(int listener)
{
	static uint8_t room[128 * 1024];
	ssize_t n;
	int fd;

	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		while ((n = recv(fd, room, sizeof(room), 0)) > 0)
			serve(fd, bytes_of(room, (size_t)n));
		close(fd);
	}
	_exit(0);
}

static int start_agent(void **state)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	char self[PATH_MAX] = { 0 };
	int fd;

	if (!mkdtemp(run_dir) || readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return -1;
	snprintf(xosctl_path, sizeof(xosctl_path), "%.4000s/../bin/xosctl", dirname(self));
	snprintf(sun.sun_path, sizeof(sun.sun_path), "%s/xosd.sock", run_dir);
	fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&sun, sizeof(sun)) || listen(fd, 8))
		return -1;
	agent_pid = fork();
	if (!agent_pid)
		agent(fd);
	close(fd);
	return agent_pid < 0;
}

static int stop_agent(void **state)
{
	char path[64];

	kill(agent_pid, SIGTERM);
	waitpid(agent_pid, NULL, 0);
	snprintf(path, sizeof(path), "%s/xosd.sock", run_dir);
	unlink(path);
	return rmdir(run_dir);
}

static size_t read_all(FILE *f, char *out)
{
	size_t n = fread(out, 1, OUT_MAX - 1, f);

	out[n] = 0;
	return n;
}

/* Run xosctl; output, errors and exit status in one text. */
static void run_xosctl(const char *args, char *out)
{
	char cmd[2 * PATH_MAX];
	size_t n;
	int status;
	FILE *p;

	snprintf(cmd, sizeof(cmd), "TZ=UTC NO_COLOR=1 %s -r %s -w 300 %s 2>&1", xosctl_path,
		 run_dir, args);
	p = popen(cmd, "r");
	assert_non_null(p);
	n = read_all(p, out);
	status = pclose(p);
	assert_true(WIFEXITED(status));
	snprintf(out + n, OUT_MAX - n, "exit %d\n", WEXITSTATUS(status));
}

static void check(const char *name, const char *args)
{
	static char got[OUT_MAX], want[OUT_MAX];
	char path[128];
	FILE *f;

	run_xosctl(args, got);
	snprintf(path, sizeof(path), GOLDEN_DIR "/%s.txt", name);
	f = fopen(path, getenv("UPDATE") ? "w+" : "r");
	assert_non_null(f);
	if (getenv("UPDATE")) {
		fputs(got, f);
		rewind(f);
	}
	read_all(f, want);
	fclose(f);
	assert_string_equal(got, want);
}

#define GOLDEN(name, args)             \
	static void name(void **state) \
	{                              \
		check(#name, args);    \
	}

GOLDEN(help, "help")
GOLDEN(help_key, "key help")
GOLDEN(status, "")
GOLDEN(status_json, "-j status")
GOLDEN(status_counters, "-s status")
GOLDEN(status_counters_all, "-j -p -s -s status")
GOLDEN(status_oneline, "-o status show")
GOLDEN(ring, "ring show")
GOLDEN(ring_details, "-d ring")
GOLDEN(ring_json, "-j -p ring show")
GOLDEN(node, "node show")
GOLDEN(key_range, "key range prefix pkg/")
GOLDEN(key_range_json, "-j key range")
GOLDEN(key_missing, "key get nothing")
GOLDEN(key_silent, "key get silent")
GOLDEN(select_one, "select 'cores >= 4' limit 1")
GOLDEN(select_json, "-j select 'cores >= 4'")
GOLDEN(select_error, "select 'cores >='")
GOLDEN(select_ordered, "select order by cores limit 1 show rack, gpu")
GOLDEN(select_ordered_json, "-j -p select order by cores limit 1 show rack, gpu")
GOLDEN(select_hosts, "select as hosts has many")
GOLDEN(select_hostfile, "select as hostfile has many")
GOLDEN(select_slurm, "select as slurm has many")
GOLDEN(select_as, "select as list has many")
GOLDEN(select_as_explained, "select as hosts explain 'cores >= 4' and has gpu")
GOLDEN(select_as_json, "-j select as slurm has many")
GOLDEN(select_explain, "select explain 'cores >= 4' and has gpu")
GOLDEN(select_explain_json, "-j select explain 'cores >= 4 and has gpu'")
GOLDEN(syntax_object, "nonsense")
GOLDEN(syntax_command, "key nonsense")
GOLDEN(syntax_number, "key range limit many")
GOLDEN(syntax_extra, "status show more")
GOLDEN(unreachable, "-r /nonexistent status")

static void batch(void **state)
{
	static char got[OUT_MAX];
	char args[128], path[] = "/tmp/xosctl-batch-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_true(write(fd, "# two commands\nkey put 'a b' \"c\"\nkey get x\nstatus\n", 49) ==
		    49);
	close(fd);
	snprintf(args, sizeof(args), "-b %s 2>&1 | sed s:%s:FILE:", path, path);
	run_xosctl(args, got);
	unlink(path);
	assert_string_equal(got, "Error: there is no such key.\nCommand failed FILE:3\nexit 0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help),
		cmocka_unit_test(help_key),
		cmocka_unit_test(status),
		cmocka_unit_test(status_json),
		cmocka_unit_test(status_counters),
		cmocka_unit_test(status_counters_all),
		cmocka_unit_test(status_oneline),
		cmocka_unit_test(ring),
		cmocka_unit_test(ring_details),
		cmocka_unit_test(ring_json),
		cmocka_unit_test(node),
		cmocka_unit_test(key_range),
		cmocka_unit_test(key_range_json),
		cmocka_unit_test(key_missing),
		cmocka_unit_test(key_silent),
		cmocka_unit_test(select_one),
		cmocka_unit_test(select_json),
		cmocka_unit_test(select_error),
		cmocka_unit_test(select_ordered),
		cmocka_unit_test(select_ordered_json),
		cmocka_unit_test(select_hosts),
		cmocka_unit_test(select_hostfile),
		cmocka_unit_test(select_slurm),
		cmocka_unit_test(select_as),
		cmocka_unit_test(select_as_explained),
		cmocka_unit_test(select_as_json),
		cmocka_unit_test(select_explain),
		cmocka_unit_test(select_explain_json),
		cmocka_unit_test(syntax_object),
		cmocka_unit_test(syntax_command),
		cmocka_unit_test(syntax_number),
		cmocka_unit_test(syntax_extra),
		cmocka_unit_test(unreachable),
		cmocka_unit_test(batch),
	};

	return cmocka_run_group_tests_name("xosctl", tests, start_agent, stop_agent);
}
