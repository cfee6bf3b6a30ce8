// SPDX-License-Identifier: GPL-2.0-or-later
/* Tokens, issuers, and new certificates for members. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <secure/issuer.h>

#include "test_members.h"

static char why[SECURE_REASON_MAX];

/* A token as its file has it. */
static void make_token(struct authority *by, enum secure_role role, const char *name,
		       int64_t expires, struct token *t)
{
	struct secure_blob text;
	gnutls_datum_t pem;
	struct trust trust;

	assert_int_equal(token_make(by, role, name, expires, &pem), 0);
	text = (struct secure_blob){ pem.data, pem.size };
	assert_int_equal(token_load(&text, fake.now_s, t, &trust), 0);
	assert_string_equal(trust.vo, "grid");
	trust_exit(&trust);
	gnutls_free(pem.data);
}

static int redeem(const struct credentials *c, const struct token *t, const char *name,
		  struct cert_who *who)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t crt;
	int err;

	assert_int_equal(sign_key_new(&key), 0);
	assert_int_equal(sign_key_public(key, public), 0);
	err = issuer_redeem(c, t, name, public, fake.now_s, &crt, why);
	if (!err) {
		gnutls_x509_crt_t chain[2] = { crt, c->issuer };

		assert_int_equal(trust_check(&c->trust, chain, 2, fake.now_s, who), TRUST_GOOD);
		gnutls_x509_crt_deinit(crt);
	}
	gnutls_x509_privkey_deinit(key);
	return err;
}

static void load_issuer(struct credentials *c)
{
	issue(&vo, SECURE_ROLE_NODE, "i", 100, NULL);
	issue_to(&vo, SECURE_ROLE_ISSUER, "issuer", 60, "i");
	assert_int_equal(credentials_load(dir("i"), SECURE_ROLE_NODE, fake.now_s, c, reason), 0);
	assert_non_null(c->issuer);
}

static void test_token_once(void **state)
{
	struct token first, second;
	struct credentials c;
	struct cert_who who;

	load_issuer(&c);
	make_token(&vo, SECURE_ROLE_NODE, "", NOW + 3600, &first);
	make_token(&vo, SECURE_ROLE_CLIENT, "alice", NOW + 7200, &second);
	assert_int_equal(redeem(&c, &first, "web1", &who), 0);
	assert_string_equal(who.name, "web1");
	assert_int_equal(who.role, SECURE_ROLE_NODE);
	assert_true(who.not_after <= NOW + ISSUER_DAYS * DAY);
	assert_int_equal(redeem(&c, &first, "web2", &who), -EEXIST);
	assert_non_null(strstr(why, "used before"));
	assert_int_equal(redeem(&c, &second, "bob", &who), 0);
	assert_string_equal(who.name, "alice");
	assert_int_equal(who.role, SECURE_ROLE_CLIENT);
	/* The issuer knows it after a restart, too, and when older ones have ended. */
	credentials_exit(&c);
	assert_int_equal(credentials_load(dir("i"), SECURE_ROLE_NODE, NOW, &c, reason), 0);
	assert_int_equal(redeem(&c, &first, "web2", &who), -EEXIST);
	fake.now_s = NOW + 3601;
	make_token(&vo, SECURE_ROLE_NODE, "", NOW + 7200, &first);
	assert_int_equal(redeem(&c, &first, "web3", &who), 0);
	assert_int_equal(redeem(&c, &second, "alice", &who), -EEXIST);
	credentials_exit(&c);
}

static void test_token_refused(void **state)
{
	struct authority stranger;
	struct credentials c;
	struct cert_who who;
	struct token t;

	load_issuer(&c);
	make_token(&vo, SECURE_ROLE_NODE, "", NOW + 60, &t);
	fake.now_s = NOW + 60;
	assert_int_equal(redeem(&c, &t, "x", &who), -ESTALE);
	fake.now_s = NOW;
	make_token(&other, SECURE_ROLE_NODE, "", NOW + 60, &t);
	assert_int_equal(redeem(&c, &t, "x", &who), -EACCES);
	make_token(&vo, SECURE_ROLE_NODE, "", NOW + 60, &t);
	assert_int_equal(redeem(&c, &t, "../x", &who), -EINVAL);
	/* Another word, the same signature. */
	t.role = SECURE_ROLE_CLIENT;
	assert_int_equal(redeem(&c, &t, "x", &who), -EACCES);
	t.role = SECURE_ROLE_NODE;
	t.expires += 3600;
	assert_int_equal(redeem(&c, &t, "x", &who), -EACCES);
	t.expires -= 3600;
	t.id.b[3] ^= 1;
	assert_int_equal(redeem(&c, &t, "x", &who), -EACCES);
	t.id.b[3] ^= 1;
	assert_int_equal(redeem(&c, &t, "x", &who), 0);
	/* Roles that no token gives, even when the authority errs. */
	{
		gnutls_datum_t pem;

		assert_int_equal(token_make(&vo, SECURE_ROLE_ADMIN, "", NOW + 60, &pem), -EINVAL);
		assert_int_equal(token_make(&vo, SECURE_ROLE_ISSUER, "", NOW + 60, &pem), -EINVAL);
	}
	assert_int_equal(authority_create(dir("elsewhere"), "elsewhere", PASSWORD, NOW, reason), 0);
	assert_int_equal(authority_open(dir("elsewhere"), PASSWORD, NOW, &stranger, reason), 0);
	strcpy(t.vo, "elsewhere");
	assert_int_equal(redeem(&c, &t, "x", &who), -EXDEV);
	authority_close(&stranger);
	credentials_exit(&c);
}

/* Damaged token files are errors, never crashes. */
static void test_token_damaged(void **state)
{
	gnutls_datum_t pem;
	struct token t;
	int good = 0;

	assert_int_equal(token_make(&vo, SECURE_ROLE_NODE, "", NOW + 60, &pem), 0);
	for (size_t i = 0; i < pem.size; i++) {
		struct secure_blob text = { malloc(pem.size + 1), pem.size };
		struct trust trust;

		memcpy(text.data, pem.data, pem.size);
		text.data[pem.size] = 0;
		text.data[i] ^= 1;
		if (!token_load(&text, NOW, &t, &trust)) {
			good += !token_check(&t, &vo.trust, NOW);
			trust_exit(&trust);
		}
		free(text.data);
	}
	/* Bytes that carry nothing may change: ends of lines, the certificates behind. */
	assert_true(good < (int)pem.size);
	gnutls_free(pem.data);
}

/* Who has its certificate from an issuer asks for a new one in time, and gets it. */
static void test_renewal(void **state)
{
	struct secure *i;
	struct credentials c;
	struct token t;
	uint8_t public[SIGN_PUBLIC_LEN];
	gnutls_x509_crt_t crt;
	char path[SECURE_PATH_MAX];
	struct secure *m;
	struct xos_id id;

	load_issuer(&c);
	/* A member whose certificate the issuer made, with the key of a. */
	make_token(&vo, SECURE_ROLE_NODE, "a", NOW + 60, &t);
	assert_int_equal(sign_key_public(a->member->credentials.key, public), 0);
	assert_int_equal(issuer_redeem(&c, &t, "a", public, NOW, &crt, why), 0);
	write_pair(secure_path(path, dir("a"), CREDENTIALS_CERTIFICATE), crt, c.issuer);
	gnutls_x509_crt_deinit(crt);
	credentials_exit(&c);
	m = make("a");
	i = make("i");
	id = secure_who(m)->id;
	open_between(m, i);
	assert_true(opened());
	fake.now_s = NOW + 20 * DAY - 1;
	tick(m);
	pump(1000);
	assert_int_equal(secure_counters(i)->renewals, 0);
	fake.now_s = NOW + 20 * DAY + 1;
	tick(m);
	pump(1000);
	assert_int_equal(secure_counters(i)->renewals, 1);
	assert_int_equal(secure_counters(m)->renewed, 1);
	assert_int_equal(secure_counters(m)->reloads, 1);
	assert_int_equal(secure_who(m)->seq, 2);
	assert_true(xos_id_eq(&secure_who(m)->id, &id));
	assert_int_equal(secure_who(m)->not_after, NOW + 50 * DAY + 1);
	close_both();
	open_between(m, i);
	assert_true(opened());
	close_both();
	/* One from the authority itself is for the authority to renew. */
	issue(&vo, SECURE_ROLE_NODE, "b", 10, NULL);
	tick(b);
	open_between(b, i);
	assert_true(opened());
	{
		uint8_t mem[WIRE_PEER_RENEW_SIZE_MAX];
		struct wire_peer_renew r = { .public = bytes_of(public, sizeof(public)) };
		struct buf out = buf_of(mem, sizeof(mem));

		assert_int_equal(wire_peer_renew_encode(&r, &out), 0);
		client.guard->ops->session_write(client.session, buf_bytes(&out));
		pump(1000);
	}
	assert_int_equal(secure_counters(i)->renew_refused, 1);
	close_both();
	secure_destroy(m);
	secure_destroy(i);
}

/* --- tokens that the grid is asked about ------------------------------------------------ */

/* Who joins: an ordinary TLS client that shows no certificate. */
static struct {
	struct tls_io io;
	gnutls_certificate_credentials_t credentials;
	gnutls_priority_t priority;
	uint8_t sent[64 * 1024];
	size_t sent_len;
	uint8_t answer[WIRE_PEER_ISSUED_SIZE_MAX];
	size_t answer_len;
	int done;
} newcomer;

static struct {
	struct secure_claim *claim;
	struct xos_id token;
	int asked;
	int answer;
} grid;

static int newcomer_output(void *ctx, struct bytes data)
{
	assert_true(newcomer.sent_len + data.len <= sizeof(newcomer.sent));
	memcpy(newcomer.sent + newcomer.sent_len, data.data, data.len);
	newcomer.sent_len += data.len;
	return 0;
}

static void newcomer_open(struct secure *s)
{
	static const gnutls_datum_t alpn = { (unsigned char *)"xos-join/1", 10 };
	struct env_peer self = { .id = secure_who(s)->id };
	struct xos_addr addr = addr_of("127.0.0.1");

	memset(&newcomer, 0, sizeof(newcomer));
	newcomer.io.output = newcomer_output;
	gnutls_certificate_allocate_credentials(&newcomer.credentials);
	gnutls_priority_init(&newcomer.priority, "NORMAL:-VERS-ALL:+VERS-TLS1.3", NULL);
	assert_int_equal(tls_io_init(&newcomer.io, GNUTLS_CLIENT, newcomer.priority), 0);
	gnutls_credentials_set(newcomer.io.tls, GNUTLS_CRD_CERTIFICATE, newcomer.credentials);
	gnutls_alpn_set_protocols(newcomer.io.tls, &alpn, 1, GNUTLS_ALPN_MANDATORY);
	end_open(&server, s, false, &self, &addr);
	newcomer.done = tls_io_handshake(&newcomer.io);
}

static void newcomer_close(void)
{
	tls_io_exit(&newcomer.io);
	gnutls_priority_deinit(newcomer.priority);
	gnutls_certificate_free_credentials(newcomer.credentials);
}

static void newcomer_carry(void)
{
	while (newcomer.sent_len || server.wire_len) {
		ssize_t n = (ssize_t)newcomer.sent_len;

		if (n && !server.err)
			server.err = server.guard->ops->session_feed(
				server.session, bytes_of(newcomer.sent, newcomer.sent_len));
		newcomer.sent_len = 0;
		newcomer.io.in = bytes_of(server.wire, server.wire_len);
		if (!newcomer.done)
			newcomer.done = tls_io_handshake(&newcomer.io);
		while (newcomer.done > 0 &&
		       (n = tls_io_recv(&newcomer.io, newcomer.answer + newcomer.answer_len,
					sizeof(newcomer.answer) - newcomer.answer_len)) > 0)
			newcomer.answer_len += (size_t)n;
		server.wire_len = 0;
	}
}

static void newcomer_ask(const struct token *t)
{
	uint8_t mem[WIRE_PEER_JOIN_SIZE_MAX], public[SIGN_PUBLIC_LEN] = { 1 };
	struct wire_peer_join m = { .token = bytes_of(t->raw, t->raw_len),
				    .public = bytes_of(public, sizeof(public)),
				    .name = bytes_str("new") };
	struct buf out = buf_of(mem, sizeof(mem));

	newcomer_carry();
	assert_int_equal(newcomer.done, 1);
	assert_int_equal(wire_peer_join_encode(&m, &out), 0);
	assert_int_equal(tls_io_send(&newcomer.io, buf_bytes(&out)), 0);
	newcomer_carry();
}

/* The errno that it was refused with; 0: it has a certificate; -1: no answer yet. */
static int newcomer_verdict(void)
{
	struct wire_peer_issued m;

	newcomer_carry();
	if (!newcomer.answer_len)
		return -1;
	assert_int_equal(
		wire_peer_issued_decode(bytes_of(newcomer.answer, newcomer.answer_len), &m), 0);
	assert_int_equal(m.chain.n, m.error ? 0 : 2);
	return (int)m.error;
}

static void ask_grid(void *ctx, struct secure_claim *claim, const struct xos_id *token)
{
	grid.asked++;
	grid.claim = claim;
	grid.token = *token;
	if (grid.answer <= 0)
		secure_claimed(claim, grid.answer);
}

/* A node that is an issuer, and asks. */
static struct secure *make_issuer(void)
{
	struct secure *s;

	issue(&vo, SECURE_ROLE_NODE, "i", 100, NULL);
	issue_to(&vo, SECURE_ROLE_ISSUER, "issuer", 60, "i");
	s = make("i");
	memset(&grid, 0, sizeof(grid));
	secure_on_claim(s, ask_grid, NULL);
	return s;
}

static void test_claim(void **state)
{
	static const struct {
		int grid;
		int verdict;
	} cases[] = {
		{ 0, 0 },
		{ -EAGAIN, 0 },
		{ -EEXIST, EEXIST },
		{ -ETIMEDOUT, ETIMEDOUT },
	};
	struct secure *s = make_issuer();
	struct token t;

	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(*cases); i++) {
		bool later = i % 2;

		make_token(&vo, SECURE_ROLE_NODE, "", NOW + 3600, &t);
		grid.answer = later ? 1 : cases[i / 2].grid;
		newcomer_open(s);
		newcomer_ask(&t);
		assert_int_equal(grid.asked, i + 1);
		assert_true(xos_id_eq(&grid.token, &t.id));
		if (later) {
			assert_int_equal(newcomer_verdict(), -1);
			secure_claimed(grid.claim, cases[i / 2].grid);
		}
		assert_int_equal(newcomer_verdict(), cases[i / 2].verdict);
		end_exit(&server);
		newcomer_close();
	}
	assert_int_equal(secure_counters(s)->joins, 4);
	assert_int_equal(secure_counters(s)->join_refused, 4);
	secure_destroy(s);
}

/* A token that says itself that it is no good is not even asked about. */
static void test_claim_bad(void **state)
{
	struct secure *s = make_issuer();
	struct token t;

	make_token(&other, SECURE_ROLE_NODE, "", NOW + 3600, &t);
	newcomer_open(s);
	newcomer_ask(&t);
	assert_int_equal(newcomer_verdict(), EACCES);
	assert_int_equal(grid.asked, 0);
	end_exit(&server);
	newcomer_close();
	secure_destroy(s);
}

/* Who asked is gone, or the guard is, before the grid has answered. */
static void test_claim_gone(void **state)
{
	struct secure *s = make_issuer();
	struct token t;

	grid.answer = 1;
	make_token(&vo, SECURE_ROLE_NODE, "", NOW + 3600, &t);
	for (int i = 0; i < 2; i++) {
		newcomer_open(s);
		newcomer_ask(&t);
		assert_int_equal(grid.asked, i + 1);
		end_exit(&server);
		newcomer_close();
		if (!i)
			secure_claimed(grid.claim, 0);
	}
	assert_int_equal(secure_counters(s)->joins, 0);
	secure_destroy(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_token_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_token_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_token_damaged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_claim, setup, teardown),
		cmocka_unit_test_setup_teardown(test_claim_bad, setup, teardown),
		cmocka_unit_test_setup_teardown(test_claim_gone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_renewal, setup, teardown),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
