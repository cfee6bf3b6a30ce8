// SPDX-License-Identifier: GPL-2.0-or-later
/* Streams between members of a virtual organisation, and with those who are none. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include <wire/peer.h>
#include <wire/types.h>

#include "test_members.h"

/* --- streams --------------------------------------------------------------------------- */

static void test_good(void **state)
{
	for (int i = 0; i < 2; i++) {
		open_between(i ? b : a, i ? a : b);
		assert_true(opened());
		assert_true(xos_id_eq(&client.peer.id, &secure_who(i ? a : b)->id));
		assert_true(xos_id_eq(&server.peer.id, &secure_who(i ? b : a)->id));
		client.guard->ops->session_write(client.session, message(100000));
		server.guard->ops->session_write(server.session, message(16));
		pump(1000);
		assert_int_equal(server.msg_len, 100000);
		assert_int_equal(client.msgs, 1);
		close_both();
	}
	assert_int_equal(secure_counters(a)->stream_opened, 2);
	assert_string_equal(fake.lines, "");
}

static void test_resumed(void **state)
{
	for (int i = 0; i < 3; i++) {
		open_between(a, b);
		assert_true(opened());
		close_both();
	}
	assert_int_equal(secure_counters(a)->stream_resumed, 2);
	assert_int_equal(secure_counters(b)->stream_resumed, 2);
	/* A session that is resumed is checked as a new one is. */
	fake.now_s = NOW + 10 * DAY;
	open_between(a, b);
	assert_false(client.opened || server.opened);
	assert_true(secure_counters(a)->stream_expired + secure_counters(b)->stream_expired > 0);
	close_both();
}

/* Neither end opens when one of them is not who it should be; the other counts why. */
static void refused(struct secure *stranger, size_t counter, const char *why)
{
	for (int i = 0; i < 2; i++) {
		const struct secure_counters *c = secure_counters(a);
		uint64_t before = *(const uint64_t *)((const char *)c + counter);
		struct end *end = i ? &client : &server;

		fake.lines[0] = 0;
		open_between(i ? a : stranger, i ? stranger : a);
		assert_int_equal(end->opened, 0);
		assert_int_equal(end->err, -EACCES);
		assert_int_equal(end->msgs, 0);
		assert_int_equal(*(const uint64_t *)((const char *)c + counter), before + 1);
		assert_non_null(strstr(fake.lines, why));
		close_both();
	}
}

#define REFUSED(stranger, counter, why) \
	refused(stranger, offsetof(struct secure_counters, counter), why)

/* The stranger trusts the grid, so that the refusal is not its own. */
static void trusts_all(struct secure *s)
{
	gnutls_datum_t der;

	gnutls_x509_crt_export2(vo.crt, GNUTLS_X509_FMT_DER, &der);
	assert_true(trust_add(&s->member->credentials.trust, &der, true, NOW) >= 0);
	gnutls_free(der.data);
}

static void test_wrong_authority(void **state)
{
	struct secure *s;

	issue(&other, SECURE_ROLE_NODE, "c", 10, NULL);
	s = make("c");
	trusts_all(s);
	REFUSED(s, stream_authority, "not signed by an authority");
	secure_destroy(s);
}

static void test_wrong_role(void **state)
{
	static const enum secure_role roles[] = { SECURE_ROLE_CLIENT, SECURE_ROLE_ADMIN };
	struct secure *s;

	for (int i = 0; i < 2; i++) {
		issue(&vo, roles[i], "r", 10, NULL);
		s = make_as("r", roles[i]);
		REFUSED(s, stream_role, "its role may not do this");
		secure_destroy(s);
	}
}

static void test_wrong_time(void **state)
{
	struct secure *s;

	issue(&vo, SECURE_ROLE_NODE, "d", 5, NULL);
	s = make("d");
	fake.now_s = NOW + 5 * DAY;
	/* Its own clock does not count: it is the other end that looks. */
	REFUSED(s, stream_expired, "has expired");
	secure_destroy(s);
	fake.now_s = NOW + DAY;
	issue(&vo, SECURE_ROLE_NODE, "d", 5, NULL);
	fake.now_s = NOW + DAY - CERT_SKEW_S - 1;
	s = NULL;
	{
		struct secure_config config = { .grid = "grid", .program = "test 1" };
		struct credentials c;

		assert_int_equal(
			credentials_load(dir("d"), SECURE_ROLE_NODE, NOW + DAY, &c, reason), 0);
		config.id = c.who.id;
		config.credentials = &c;
		assert_int_equal(secure_create(&fake.env, &config, &s), 0);
	}
	REFUSED(s, stream_not_yet, "not valid yet");
	fake.now_s++;
	open_between(s, a);
	assert_true(opened());
	close_both();
	secure_destroy(s);
}

/* An agent that has to do with some nodes only has to do with no other. */
static void test_peers_only(void **state)
{
	struct secure *c;

	test_peers = "ab  b bc";
	issue(&vo, SECURE_ROLE_NODE, "p", 10, NULL);
	c = make("p");
	test_peers = NULL;
	open_between(b, c);
	assert_true(opened());
	close_both();
	for (int i = 0; i < 2; i++) {
		fake.lines[0] = 0;
		open_between(i ? a : c, i ? c : a);
		assert_int_equal(i ? server.opened : client.opened, 0);
		assert_int_equal(i ? server.err : client.err, -EACCES);
		assert_int_equal(secure_counters(c)->stream_peer, i + 1);
		assert_non_null(strstr(fake.lines, "node a is not among the peers"));
		close_both();
	}
	secure_destroy(c);
}

/* Another's identity in the greeting. */
static void test_wrong_name(void **state)
{
	struct xos_addr ca = addr_of("127.0.0.1"), sa = addr_of("127.0.0.2");
	struct env_peer cp = { .id = { { 0x41, 7 } }, .addr = ca };
	struct env_peer sp = { .id = secure_who(b)->id, .addr = sa };

	end_open(&client, a, true, &cp, &sa);
	end_open(&server, b, false, &sp, &ca);
	pump(1000);
	assert_int_equal(server.opened, 0);
	assert_int_equal(server.err, -EACCES);
	assert_int_equal(secure_counters(b)->stream_name, 1);
	close_both();
}

/* A certificate for one address is of no use at another. */
static void test_wrong_address(void **state)
{
	struct secure *s;

	issue(&vo, SECURE_ROLE_NODE, "e", 10, "127.0.0.9");
	s = make("e");
	REFUSED(s, stream_name, "does not name the address");
	secure_destroy(s);
	issue(&vo, SECURE_ROLE_NODE, "e", 10, "127.0.0.2");
	s = make("e");
	open_between(a, s);
	assert_true(opened());
	close_both();
	secure_destroy(s);
}

/* Who has only the group key of insecure mode gets nowhere, and nobody falls back to it. */
static void test_downgrade(void **state)
{
	static const struct secure_key key = { "0123456789abcdef0123456789abcde" };
	struct secure_config config = { .key = &key, .grid = "grid", .program = "p" };
	struct xos_addr ca = addr_of("127.0.0.1"), sa = addr_of("127.0.0.2");
	struct env_peer cp = { .id = { { 0x41 } }, .addr = ca };
	struct env_peer ap = { .id = secure_who(a)->id, .addr = sa };
	struct secure *s;

	config.id.b[0] = 0x41;
	assert_int_equal(secure_create(&fake.env, &config, &s), 0);
	end_open(&client, s, true, &cp, &sa);
	end_open(&server, a, false, &ap, &ca);
	pump(1000);
	assert_int_equal(server.err, -EACCES);
	assert_int_equal(server.opened + client.opened, 0);
	assert_int_equal(secure_counters(a)->stream_auth, 1);
	close_both();
	end_open(&client, a, true, &ap, &ca);
	end_open(&server, s, false, &cp, &sa);
	pump(1000);
	assert_int_equal(client.opened + server.opened, 0);
	close_both();
	secure_destroy(s);
}

/* TLS 1.3 has no second handshake: one that begins in an open stream ends it. */
static void test_renegotiation(void **state)
{
	struct xos_addr ca = addr_of("127.0.0.1"), sa = addr_of("127.0.0.2");
	struct env_peer cp = { .id = secure_who(a)->id, .addr = ca };
	static uint8_t hello[4096];
	size_t hello_len;

	end_open(&client, a, true, &cp, &sa);
	assert_true(client.wire_len && client.wire_len < sizeof(hello));
	hello_len = client.wire_len;
	memcpy(hello, client.wire, hello_len);
	end_exit(&client);
	open_between(a, b);
	assert_true(opened());
	server.err = server.guard->ops->session_feed(server.session, bytes_of(hello, hello_len));
	assert_int_equal(server.err, -ECONNRESET);
	assert_int_equal(server.opened, 1);
	assert_int_equal(server.msgs, 0);
	assert_int_equal(secure_counters(b)->stream_record, 1);
	assert_non_null(strstr(fake.lines, "stream refused"));
	close_both();
}

/* A handshake message that claims to be long is refused by its length. */
static void test_oversized_handshake(void **state)
{
	static uint8_t record[5 + 16384] = { 22, 3, 1, 0x40, 0, 1, 0xff, 0xff, 0xff };
	struct xos_addr ca = addr_of("127.0.0.1");
	struct env_peer ap = { .id = secure_who(a)->id, .addr = ca };

	end_open(&server, a, false, &ap, &ca);
	for (int i = 0; i < 5 && !server.err; i++)
		server.err = server.guard->ops->session_feed(server.session,
							     bytes_of(record, sizeof(record)));
	assert_int_equal(server.err, -EACCES);
	assert_int_equal(secure_counters(a)->stream_auth, 1);
	end_exit(&server);
}

/* What was cut off is not delivered, wherever it is cut. */
static void test_truncated(void **state)
{
	for (size_t cut = 1; cut < 600; cut += 7) {
		open_between(a, b);
		client.guard->ops->session_write(client.session, message(500));
		assert_true(client.wire_len < 600);
		if (cut < client.wire_len)
			client.wire_len -= cut;
		pump(1000);
		assert_int_equal(server.msgs, 0);
		close_both();
		if (cut > 500)
			break;
	}
}

/* Who ends a stream says so; without that the other end counts it and says it in the log. */
static void test_cut_off(void **state)
{
	const struct secure_counters *c = secure_counters(b);

	open_between(a, b);
	client.guard->ops->session_close(client.session);
	pump(1000);
	assert_int_equal(server.err, -ECONNRESET);
	assert_int_equal(c->stream_cut, 0);
	close_both();
	open_between(a, b);
	server.guard->ops->session_cut(server.session);
	assert_int_equal(c->stream_cut, 1);
	assert_non_null(strstr(fake.lines, "cut off"));
	close_both();
	/* In the middle of a message; nothing of it counts. */
	open_between(a, b);
	assert_int_equal(client.guard->ops->session_write(client.session, message(500)), 0);
	client.wire_len -= 100;
	pump(1000);
	server.guard->ops->session_cut(server.session);
	assert_int_equal(server.msgs, 0);
	assert_int_equal(c->stream_cut, 2);
	close_both();
	/* A stream that this end has ended was not cut off. */
	open_between(a, b);
	server.session->ended = true;
	server.guard->ops->session_cut(server.session);
	assert_int_equal(c->stream_cut, 2);
	close_both();
}

/* --- revocation ------------------------------------------------------------------------ */

/* The file changes at one node; it closes what is open and tells the others. */
static void test_revoked(void **state)
{
	struct end to_c;
	struct secure *c;

	issue(&vo, SECURE_ROLE_NODE, "f", 10, NULL);
	c = make("f");
	open_between(a, c);
	assert_true(opened());
	to_c = client;
	end_exit(&server);
	open_between(a, b);
	assert_true(opened());
	assert_int_equal(authority_revoke(&vo, "f", NOW, reason), 0);
	copy_list("a");
	tick(a);
	/* The ends moved in memory, so only the counters can tell. */
	assert_int_equal(secure_counters(a)->reloads, 1);
	assert_int_equal(secure_counters(a)->stream_closed, 1);
	assert_int_equal(secure_counters(a)->stream_revoked, 1);
	pump(1000);
	assert_int_equal(secure_counters(b)->trust_taken, 1);
	assert_int_equal(server.err, 0);
	close_both();
	end_exit(&to_c);
	/* Now both refuse it; b has the list from a, and on its disk. */
	REFUSED(c, stream_revoked, "is revoked");
	open_between(c, b);
	assert_int_equal(server.opened, 0);
	assert_int_equal(secure_counters(b)->stream_revoked, 1);
	close_both();
	secure_destroy(b);
	b = make("b");
	open_between(c, b);
	assert_int_equal(server.opened, 0);
	close_both();
	secure_destroy(c);
}

/* A list that is older than it should be is reported, and still counts. */
static void test_old_list(void **state)
{
	struct secure *c;

	issue(&vo, SECURE_ROLE_NODE, "o", 200, NULL);
	issue(&vo, SECURE_ROLE_NODE, "a", 200, NULL);
	c = make("o");
	assert_int_equal(authority_revoke(&vo, "o", NOW, reason), 0);
	copy_list("a");
	tick(a);
	assert_int_equal(secure_counters(a)->trust_stale, 0);
	fake.now_s = NOW + (AUTHORITY_LIST_DAYS + 1) * DAY;
	tick(a);
	assert_int_equal(secure_counters(a)->trust_stale, 1);
	assert_non_null(strstr(fake.lines, "it is old, but is used"));
	REFUSED(c, stream_revoked, "is revoked");
	secure_destroy(c);
}

/* A list that no authority signed changes nothing. */
static void test_forged_list(void **state)
{
	struct trust_entry entry = { .id = secure_who(b)->id, .seq = CERT_SEQ_ALL };
	static uint8_t mem[WIRE_PEER_REVOKED_SIZE_MAX];
	struct buf out = buf_of(mem, sizeof(mem));
	struct wire_peer_revoked m;
	gnutls_x509_crl_t crl;
	gnutls_datum_t der;

	assert_int_equal(sign_list(&entry, 1, 1000, NOW, 1, other.crt, other.key, &crl), 0);
	assert_int_equal(gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_DER, &der), 0);
	m.list = bytes_of(der.data, der.size);
	assert_int_equal(wire_peer_revoked_encode(&m, &out), 0);
	open_between(a, b);
	assert_int_equal(client.guard->ops->session_write(client.session, buf_bytes(&out)), 0);
	pump(1000);
	assert_int_equal(secure_counters(b)->trust_refused, 1);
	assert_int_equal(secure_counters(b)->trust_taken, 0);
	assert_int_equal(server.msgs, 0);
	assert_int_equal(server.err, 0);
	close_both();
	gnutls_free(der.data);
	gnutls_x509_crl_deinit(crl);
}

/* A new certificate is taken without a restart, open streams live on; a bad one is not. */
static void test_renewed(void **state)
{
	FILE *f;

	open_between(a, b);
	fake.now_s = NOW + 9 * DAY;
	issue(&vo, SECURE_ROLE_NODE, "a", 10, NULL);
	tick(a);
	assert_int_equal(secure_counters(a)->reloads, 1);
	client.guard->ops->session_write(client.session, message(16));
	pump(1000);
	assert_int_equal(server.msgs, 1);
	fake.now_s = NOW + 10 * DAY;
	tick(b);
	/* The stream was opened with the certificate that has expired now. */
	assert_int_equal(server.ended, 1);
	close_both();
	f = fopen(dir("a/certificate.pem"), "w");
	assert_non_null(f);
	fputs("nonsense", f);
	fclose(f);
	tick(a);
	assert_int_equal(secure_counters(a)->reload_failed, 1);
	assert_non_null(strstr(fake.lines, "stay as they are"));
	tick(a);
	assert_int_equal(secure_counters(a)->reload_failed, 1);
}

/* Rotation: who has not got a new file learns of the new authority from a peer. */
static void test_rotated(void **state)
{
	struct secure *c;

	assert_int_equal(authority_rotate(&vo, PASSWORD, NOW, reason), 0);
	issue(&vo, SECURE_ROLE_NODE, "g", 10, NULL);
	c = make("g");
	open_between(a, c);
	assert_false(opened());
	close_both();
	copy_list("b");
	tick(b);
	open_between(b, a);
	assert_true(opened());
	assert_true(secure_counters(a)->trust_taken > 0);
	close_both();
	open_between(a, c);
	assert_true(opened());
	close_both();
	/* And of the end of the old one; its certificates with it. */
	issue(&vo, SECURE_ROLE_NODE, "b", 10, NULL);
	assert_int_equal(authority_retire(&vo, NOW, reason), 0);
	copy_list("b");
	tick(b);
	open_between(b, c);
	assert_true(opened());
	close_both();
	open_between(a, b);
	assert_int_equal(server.opened, 0);
	assert_int_equal(server.err, -EACCES);
	assert_int_equal(secure_counters(b)->stream_authority, 1);
	close_both();
	secure_destroy(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, setup, teardown),
		cmocka_unit_test_setup_teardown(test_resumed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_authority, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_role, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_time, setup, teardown),
		cmocka_unit_test_setup_teardown(test_peers_only, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_name, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_address, setup, teardown),
		cmocka_unit_test_setup_teardown(test_downgrade, setup, teardown),
		cmocka_unit_test_setup_teardown(test_renegotiation, setup, teardown),
		cmocka_unit_test_setup_teardown(test_oversized_handshake, setup, teardown),
		cmocka_unit_test_setup_teardown(test_truncated, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cut_off, setup, teardown),
		cmocka_unit_test_setup_teardown(test_revoked, setup, teardown),
		cmocka_unit_test_setup_teardown(test_old_list, setup, teardown),
		cmocka_unit_test_setup_teardown(test_forged_list, setup, teardown),
		cmocka_unit_test_setup_teardown(test_renewed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rotated, setup, teardown),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
