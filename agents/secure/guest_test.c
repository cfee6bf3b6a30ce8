// SPDX-License-Identifier: GPL-2.0-or-later
/* Clients of a service: an ordinary TLS client at one end, a guest at the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "test_members.h"

#include <secure/guest.h>

/* Bytes on their way. */
struct pipe {
	uint8_t data[256 * 1024];
	size_t len;
};

/* The client: whatever it is, the guest is to stand it. */
static struct {
	struct tls_io io;
	gnutls_certificate_credentials_t credentials;
	gnutls_priority_t priority;
	struct credentials shown;
	int done;
	char heard[64];
} user;

static struct {
	struct guest *guest;
	int err;
	int ended;
	char heard[64];
} host;

static struct pipe to_user, to_host;

/* More of a text of at most 63 characters. */
static void put(char text[64], const void *data, size_t n)
{
	size_t len = strlen(text);

	assert_true(len + n < 64);
	memcpy(text + len, data, n);
	text[len + n] = 0;
}

static int into(struct pipe *p, struct bytes data)
{
	assert_true(p->len + data.len <= sizeof(p->data));
	memcpy(p->data + p->len, data.data, data.len);
	p->len += data.len;
	return 0;
}

static int user_output(void *ctx, struct bytes data)
{
	return into(&to_host, data);
}

static int host_output(void *ctx, struct bytes data)
{
	return into(&to_user, data);
}

static int host_input(void *ctx, struct bytes data)
{
	put(host.heard, data.data, data.len);
	return 0;
}

static void host_end(void *ctx)
{
	host.ended++;
}

/* A client with the certificate in @name's folder, or with none. */
static void begin(struct secure *s, const char *name, enum secure_role role, const char *priority)
{
	const struct guest_owner owner = { host_output, host_input, host_end, NULL };

	memset(&user, 0, sizeof(user));
	memset(&host, 0, sizeof(host));
	to_user.len = to_host.len = 0;
	assert_int_equal(gnutls_certificate_allocate_credentials(&user.credentials), 0);
	if (name) {
		assert_int_equal(credentials_load(dir(name), role, NOW + 1, &user.shown, reason),
				 0);
		assert_true(gnutls_certificate_set_x509_key(user.credentials, user.shown.chain,
							    (int)user.shown.chain_n,
							    user.shown.key) >= 0);
	}
	user.io.output = user_output;
	assert_int_equal(gnutls_priority_init(&user.priority, priority, NULL), 0);
	assert_int_equal(tls_io_init(&user.io, GNUTLS_CLIENT, user.priority), 0);
	gnutls_credentials_set(user.io.tls, GNUTLS_CRD_CERTIFICATE, user.credentials);
	assert_int_equal(guest_new(s, &owner, &host.guest), 0);
	user.done = tls_io_handshake(&user.io);
}

static void end(void)
{
	guest_free(host.guest);
	tls_io_exit(&user.io);
	gnutls_priority_deinit(user.priority);
	gnutls_certificate_free_credentials(user.credentials);
	credentials_exit(&user.shown);
}

static void user_take(void)
{
	char text[TLS_RECORD_MAX];
	ssize_t n;

	user.io.in = bytes_of(to_user.data, to_user.len);
	if (!user.done)
		user.done = tls_io_handshake(&user.io);
	while (user.done > 0 && (n = tls_io_recv(&user.io, text, sizeof(text))) > 0)
		put(user.heard, text, (size_t)n);
	to_user.len = 0;
}

/* Carry bytes until nothing moves, at most @step at a time to the guest. */
static void carry(size_t step)
{
	while (to_user.len || (to_host.len && !host.err)) {
		size_t n = to_host.len < step ? to_host.len : step;

		if (n && !host.err) {
			host.err = guest_feed(host.guest, bytes_of(to_host.data, n));
			memmove(to_host.data, to_host.data + n, to_host.len - n);
			to_host.len -= n;
		}
		if (to_user.len)
			user_take();
	}
}

#define TLS13 "NORMAL:-VERS-ALL:+VERS-TLS1.3"

static void talk(void)
{
	assert_int_equal(tls_io_send(&user.io, bytes_str("ask")), 0);
	carry(7);
	assert_string_equal(host.heard, "ask");
	assert_int_equal(guest_write(host.guest, bytes_str("answer")), 0);
	carry(7);
	assert_string_equal(user.heard, "answer");
}

static void test_client(void **state)
{
	static const enum secure_role roles[] = { SECURE_ROLE_CLIENT, SECURE_ROLE_ADMIN };

	for (int i = 0; i < 2; i++) {
		issue(&vo, roles[i], i ? "root" : "alice", 10, NULL);
		begin(a, i ? "root" : "alice", roles[i], TLS13);
		assert_false(guest_open(host.guest));
		carry(1000);
		assert_int_equal(host.err, 0);
		assert_true(guest_open(host.guest));
		assert_string_equal(guest_who(host.guest)->name, i ? "root" : "alice");
		assert_int_equal(guest_who(host.guest)->role, roles[i]);
		talk();
		end();
	}
	assert_int_equal(secure_counters(a)->guest_opened, 2);
	assert_int_equal(secure_counters(a)->guest_refused, 0);
}

/* As OpenSSL does: its chain goes up to the authority. */
static void test_whole_chain(void **state)
{
	gnutls_x509_crt_t chain[2];

	issue(&vo, SECURE_ROLE_CLIENT, "alice", 10, NULL);
	begin(a, "alice", SECURE_ROLE_CLIENT, TLS13);
	chain[0] = user.shown.chain[0];
	chain[1] = vo.crt;
	gnutls_certificate_free_keys(user.credentials);
	assert_true(gnutls_certificate_set_x509_key(user.credentials, chain, 2, user.shown.key) >=
		    0);
	carry(1000);
	assert_int_equal(host.err, 0);
	assert_string_equal(guest_who(host.guest)->name, "alice");
	end();
}

static void test_nobody(void **state)
{
	begin(a, NULL, SECURE_ROLE_NONE, TLS13);
	carry(1);
	assert_int_equal(host.err, 0);
	assert_true(guest_open(host.guest));
	assert_null(guest_who(host.guest));
	talk();
	end();
}

static void refused(const char *name, enum secure_role role, const uint64_t *counter)
{
	uint64_t before = *counter, all = secure_counters(a)->guest_refused;

	begin(a, name, role, TLS13);
	carry(1000);
	assert_int_equal(host.err, -EACCES);
	assert_false(guest_open(host.guest));
	assert_null(guest_who(host.guest));
	assert_int_equal(*counter, before + 1);
	assert_int_equal(secure_counters(a)->guest_refused, all + 1);
	end();
}

static void test_bad_certificate(void **state)
{
	const struct secure_counters *c = secure_counters(a);

	issue(&vo, SECURE_ROLE_NODE, "machine", 10, NULL);
	refused("machine", SECURE_ROLE_NODE, &c->stream_role);
	issue(&other, SECURE_ROLE_CLIENT, "stranger", 10, NULL);
	refused("stranger", SECURE_ROLE_CLIENT, &c->stream_authority);
	issue(&vo, SECURE_ROLE_CLIENT, "late", 5, NULL);
	fake.now_s = NOW + 5 * DAY;
	refused("late", SECURE_ROLE_CLIENT, &c->stream_expired);
}

/* Revoked while it is connected: its owner is told to close, and it is not heard any more. */
static void test_revoked(void **state)
{
	issue(&vo, SECURE_ROLE_CLIENT, "mallory", 10, NULL);
	begin(a, "mallory", SECURE_ROLE_CLIENT, TLS13);
	carry(1000);
	talk();
	assert_int_equal(authority_revoke(&vo, "mallory", NOW, reason), 0);
	assert_int_equal(credentials_write_trust(&vo.trust, dir("a"), reason), 0);
	tick(a);
	assert_int_equal(host.ended, 1);
	assert_int_equal(secure_counters(a)->guest_closed, 1);
	assert_int_equal(guest_feed(host.guest, bytes_str("x")), -EACCES);
	/* Once is enough. */
	tick(a);
	assert_int_equal(host.ended, 1);
	end();
	refused("mallory", SECURE_ROLE_CLIENT, &secure_counters(a)->stream_revoked);
}

static void test_old_version(void **state)
{
	begin(a, NULL, SECURE_ROLE_NONE, "NORMAL:-VERS-ALL:+VERS-TLS1.2");
	carry(1000);
	assert_int_equal(host.err, -EACCES);
	assert_int_equal(secure_counters(a)->guest_refused, 1);
	end();
}

static void test_rubbish(void **state)
{
	static const char text[] = "PING\r\n and more that is no TLS at all\r\n";

	begin(a, NULL, SECURE_ROLE_NONE, TLS13);
	assert_int_equal(guest_feed(host.guest, bytes_str(text)), -EACCES);
	assert_int_equal(secure_counters(a)->guest_refused, 1);
	end();
}

/* A handshake that goes on and on. */
static void test_too_long(void **state)
{
	static uint8_t record[5 + 16 * 1024] = { 22, 3, 3, 0x40, 0, 1, 0xff, 0xff, 0xff };
	int err = 0;

	begin(a, NULL, SECURE_ROLE_NONE, TLS13);
	for (int i = 0; i < 6 && !err; i++)
		err = guest_feed(host.guest, bytes_of(record, sizeof(record)));
	assert_int_equal(err, -EACCES);
	assert_int_equal(secure_counters(a)->guest_refused, 1);
	end();
}

static void test_changed_record(void **state)
{
	begin(a, NULL, SECURE_ROLE_NONE, TLS13);
	carry(1000);
	assert_int_equal(tls_io_send(&user.io, bytes_str("ask")), 0);
	to_host.data[to_host.len - 1] ^= 1;
	carry(1000);
	assert_int_equal(host.err, -ECONNRESET);
	assert_string_equal(host.heard, "");
	assert_int_equal(secure_counters(a)->guest_refused, 1);
	end();
}

static void test_proper_end(void **state)
{
	begin(a, NULL, SECURE_ROLE_NONE, TLS13);
	carry(1000);
	gnutls_bye(user.io.tls, GNUTLS_SHUT_WR);
	carry(1000);
	assert_int_equal(host.err, -ECONNRESET);
	assert_int_equal(secure_counters(a)->guest_refused, 0);
	end();
}

static void test_insecure(void **state)
{
	const struct guest_owner owner = { host_output, host_input, host_end, NULL };
	struct secure_key key = { .b = { 1 } };
	struct secure_config config = {
		.key = &key, .id = { { 9 } }, .grid = "grid", .program = "test 1"
	};
	struct secure *s;
	struct guest *g;

	assert_int_equal(secure_create(&fake.env, &config, &s), 0);
	assert_int_equal(guest_new(s, &owner, &g), -ENOTSUP);
	secure_destroy(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_client, setup, teardown),
		cmocka_unit_test_setup_teardown(test_whole_chain, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nobody, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_certificate, setup, teardown),
		cmocka_unit_test_setup_teardown(test_revoked, setup, teardown),
		cmocka_unit_test_setup_teardown(test_old_version, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rubbish, setup, teardown),
		cmocka_unit_test_setup_teardown(test_too_long, setup, teardown),
		cmocka_unit_test_setup_teardown(test_changed_record, setup, teardown),
		cmocka_unit_test_setup_teardown(test_proper_end, setup, teardown),
		cmocka_unit_test_setup_teardown(test_insecure, setup, teardown),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
