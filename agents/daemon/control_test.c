// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <daemon/control.h>
#include <wire/control.h>

#define PAGES 40
#define PAGE  (60 * 1024)

/* A server in this process, clients in children that report by exit status. */
struct fixture {
	struct env_uv *env;
	struct control_server *server;
	char dir[32];
	char path[64];
	int children;
	/* how many descriptors there may be while a child runs, when set */
	struct rlimit none;
	/* a long answer under way */
	struct control_client *client;
	uint32_t seq;
	int page;
};

static void say_page(void *ctx)
{
	static uint8_t room[CONTROL_MSG_MAX], value[PAGE];
	struct buf b = buf_of(room, sizeof(room));
	struct wire_ctl_key_item m = { .value = bytes_of(value, sizeof(value)) };
	struct fixture *f = ctx;

	m.seq = f->seq;
	if (!control_client_open(f->client) || f->page == PAGES) {
		control_done(f->client, f->seq, 0, NULL);
		control_client_put(f->client);
		f->client = NULL;
		return;
	}
	f->page++;
	assert_int_equal(wire_ctl_key_item_encode(&m, &b), 0);
	control_send(f->client, buf_bytes(&b));
	control_on_drain(f->client, say_page, f);
}

/* What a descriptor that came along leads to. */
static void answer_fd(struct control_client *client, uint32_t seq, int fd)
{
	char text[16] = { 0 };

	if (read(fd, text, sizeof(text) - 1) < 0)
		text[0] = 0;
	close(fd);
	control_done(client, seq, -EPERM, "read %s", text);
}

static void request(void *ctx, struct control_client *client, uint16_t type, struct bytes msg,
		    int fd)
{
	struct wire_ctl_key_range range;
	struct wire_ctl_status status;
	struct fixture *f = ctx;

	if (type == WIRE_CTL_STATUS && !wire_ctl_status_decode(msg, &status)) {
		if (fd >= 0)
			answer_fd(client, status.seq, fd);
		else
			control_done(client, status.seq, -ENOENT, NULL);
	} else if (type == WIRE_CTL_KEY_RANGE && !wire_ctl_key_range_decode(msg, &range)) {
		f->client = control_client_get(client);
		f->seq = range.seq;
		f->page = 0;
		say_page(f);
	}
}

static int child_connect(const struct fixture *f)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);

	strcpy(sun.sun_path, f->path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&sun, sizeof(sun)))
		_exit(90);
	return fd;
}

static bool recv_done(int fd, struct wire_ctl_done *done, int *items)
{
	static uint8_t room[CONTROL_MSG_MAX];
	struct wire_header h;
	ssize_t n;

	for (*items = 0; (n = recv(fd, room, sizeof(room), 0)) > 0; (*items)++) {
		struct bytes msg = bytes_of(room, (size_t)n);

		if (wire_header_decode(msg, &h))
			return false;
		if (h.type == WIRE_CTL_DONE)
			return !wire_ctl_done_decode(msg, done);
	}
	return false;
}

static void send_status(int fd, uint32_t seq, int pass)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { { 0 } };
	struct wire_ctl_status m = { .seq = seq };
	uint8_t room[64];
	struct buf b = buf_of(room, sizeof(room));
	struct iovec iov = { .iov_base = room };
	struct msghdr mh = { .msg_iov = &iov, .msg_iovlen = 1 };
	struct cmsghdr *cm = &control.align;

	if (wire_ctl_status_encode(&m, &b))
		_exit(91);
	iov.iov_len = b.len;
	if (pass >= 0) {
		mh.msg_control = &control;
		mh.msg_controllen = sizeof(control);
		cm->cmsg_level = SOL_SOCKET;
		cm->cmsg_type = SCM_RIGHTS;
		cm->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(cm), &pass, sizeof(int));
	}
	if (sendmsg(fd, &mh, 0) < 0)
		_exit(92);
}

/* The children; each returns 0 when it saw what it should. */

static int child_simple(const struct fixture *f)
{
	struct wire_ctl_done done;
	int fd = child_connect(f), items;

	send_status(fd, 7, -1);
	return !(recv_done(fd, &done, &items) && !items && done.seq == 7 && done.error == ENOENT &&
		 bytes_eq(done.text, bytes_str("No such file or directory")));
}

static int child_pass_fd(const struct fixture *f)
{
	struct wire_ctl_done done;
	int fd = child_connect(f), items, p[2];

	if (pipe(p) || write(p[1], "hello", 5) != 5)
		return 1;
	send_status(fd, 8, p[0]);
	return !(recv_done(fd, &done, &items) && done.error == EPERM &&
		 bytes_eq(done.text, bytes_str("read hello")));
}

static int child_garbage(const struct fixture *f)
{
	int fd = child_connect(f);
	char c;

	if (send(fd, "nonsense", 8, 0) != 8)
		return 1;
	return recv(fd, &c, 1, 0) != 0;
}

/* Reads only after the server had to queue. */
static int child_pages(const struct fixture *f)
{
	struct wire_ctl_key_range m = { .seq = 9 };
	struct wire_ctl_done done;
	int fd = child_connect(f), items;
	uint8_t room[128];
	struct buf b = buf_of(room, sizeof(room));

	if (wire_ctl_key_range_encode(&m, &b) || send(fd, b.data, b.len, 0) < 0)
		return 1;
	usleep(200000);
	return !(recv_done(fd, &done, &items) && items == PAGES && !done.error);
}

static int child_leaves(const struct fixture *f)
{
	struct wire_ctl_key_range m = { .seq = 9 };
	int fd = child_connect(f);
	uint8_t room[128];
	struct buf b = buf_of(room, sizeof(room));

	return wire_ctl_key_range_encode(&m, &b) || send(fd, b.data, b.len, 0) < 0;
}

static void child_ended(void *ctx, int signo)
{
	struct fixture *f = ctx;
	int status;

	while (waitpid(-1, &status, WNOHANG) > 0) {
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
		if (!--f->children)
			env_uv_stop(f->env, 0);
	}
}

static void run_child(struct fixture *f, int (*child)(const struct fixture *f))
{
	struct env_uv_signal *signal;
	int go[2];
	char c;

	assert_int_equal(env_uv_signal_add(f->env, SIGCHLD, child_ended, f, &signal), 0);
	f->children = 1;
	assert_int_equal(pipe(go), 0);
	if (!fork()) {
		close(go[1]);
		_exit(read(go[0], &c, 1) || child(f));
	}
	if (f->none.rlim_max)
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &f->none), 0);
	close(go[0]);
	close(go[1]);
	assert_int_equal(env_uv_run(f->env), 0);
	env_uv_signal_del(signal);
}

static int setup(void **state)
{
	struct control_config config = { .gid = (gid_t)-1, .request = request };
	struct env_uv_config env_config = { .timers_max = 0 };
	struct fixture *f = calloc(1, sizeof(*f));

	strcpy(f->dir, "/tmp/control-test-XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	snprintf(f->path, sizeof(f->path), "%s/sock", f->dir);
	config.path = f->path;
	config.ctx = f;
	*state = f;
	return env_uv_create(&env_config, &f->env) ||
	       control_server_create(f->env, &config, &f->server);
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	int err;

	control_server_destroy(f->server);
	env_uv_destroy(f->env);
	err = rmdir(f->dir);
	free(f);
	return err;
}

static void test_answers(void **state)
{
	struct fixture *f = *state;

	run_child(f, child_simple);
	run_child(f, child_pass_fd);
	assert_int_equal(control_counters(f->server)->requests, 2);
}

static void test_garbage_closes(void **state)
{
	struct fixture *f = *state;

	run_child(f, child_garbage);
	assert_int_equal(control_counters(f->server)->malformed, 1);
}

static void test_pages_wait_for_reader(void **state)
{
	struct fixture *f = *state;

	run_child(f, child_pages);
	assert_int_equal(f->page, PAGES);
	assert_int_equal(control_counters(f->server)->overflow, 0);
}

static void test_client_that_leaves(void **state)
{
	struct fixture *f = *state;

	run_child(f, child_leaves);
	run_child(f, child_simple);
	assert_null(f->client);
	assert_true(f->page < PAGES);
}

static void descriptors_again(void *ctx)
{
	const struct rlimit *old = ctx;

	assert_int_equal(setrlimit(RLIMIT_NOFILE, old), 0);
}

/* Without a descriptor for it a client waits, and the loop does not turn for nothing. */
static void test_no_descriptors(void **state)
{
	struct fixture *f = *state;
	struct rlimit old;
	struct env_timer timer = { .fire = descriptors_again, .ctx = &old };

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	f->none = old;
	f->none.rlim_cur = 3;
	env_timer_set(env_uv_env(f->env), &timer, 3 * CONTROL_PAUSE_NS / 2);
	run_child(f, child_simple);
	assert_in_range(control_counters(f->server)->accept_failed, 1, 10);
	assert_int_equal(control_counters(f->server)->requests, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_garbage_closes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pages_wait_for_reader, setup, teardown),
		cmocka_unit_test_setup_teardown(test_client_that_leaves, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_descriptors, setup, teardown),
	};

	return cmocka_run_group_tests_name("control", tests, NULL, NULL);
}
