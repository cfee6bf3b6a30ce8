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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_token_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_token_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_token_damaged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_renewal, setup, teardown),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
