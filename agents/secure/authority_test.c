// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include <secure/authority.h>
#include <secure/credentials.h>

#define NOW	 1800000000LL
#define DAY	 86400LL
#define PASSWORD "correct horse battery"

static char top[] = "/tmp/xos-vo-XXXXXX";
static char reason[SECURE_REASON_MAX];

static const char *dir(const char *name)
{
	static char paths[8][SECURE_PATH_MAX];
	static int next;

	return secure_path(paths[next++ % 8], top, name);
}

static int group_setup(void **state)
{
	char *at = mkdtemp(top);

	return at ? 0 : -1;
}

static int group_teardown(void **state)
{
	char command[SECURE_PATH_MAX + 16];

	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	return system(command);
}

static void found(const char *name, const char *vo)
{
	assert_int_equal(authority_create(dir(name), vo, PASSWORD, NOW, reason), 0);
}

static void open_vo(const char *name, struct authority *a)
{
	assert_int_equal(authority_open(dir(name), PASSWORD, NOW, a, reason), 0);
}

static void issue(struct authority *a, enum secure_role role, const char *name, uint32_t days,
		  const char *out)
{
	struct sign_request request = { .who = { .role = role } };

	strcpy(request.who.name, name);
	assert_int_equal(authority_issue(a, &request, days, dir(out), NOW, reason), 0);
}

static int load(const char *name, int64_t now, struct credentials *c)
{
	return credentials_load(dir(name), SECURE_ROLE_NODE, now, c, reason);
}

static void test_create(void **state)
{
	struct authority a;
	struct stat st;

	assert_int_equal(authority_create(dir("short"), "grid", "short", NOW, reason), -EINVAL);
	assert_int_equal(authority_create(dir("odd"), "gr id", PASSWORD, NOW, reason), -EINVAL);
	found("vo", "grid");
	assert_int_equal(authority_create(dir("vo"), "grid", PASSWORD, NOW, reason), -EEXIST);
	assert_int_equal(stat(dir("vo/authority.key"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(authority_open(dir("vo"), "wrong password", NOW, &a, reason), -EACCES);
	assert_null(strstr(reason, "wrong password"));
	assert_int_equal(authority_open(dir("vo"), NULL, NOW, &a, reason), 0);
	assert_null(a.key);
	authority_close(&a);
	assert_int_equal(chmod(dir("vo/authority.key"), 0640), 0);
	assert_int_equal(authority_open(dir("vo"), PASSWORD, NOW, &a, reason), -EACCES);
	assert_non_null(strstr(reason, "0640"));
	assert_int_equal(chmod(dir("vo/authority.key"), 0600), 0);
}

static void test_issue(void **state)
{
	struct credentials c, again;
	struct authority a;

	open_vo("vo", &a);
	issue(&a, SECURE_ROLE_NODE, "n1", 10, "n1");
	assert_int_equal(load("n1", NOW, &c), 0);
	assert_string_equal(c.who.name, "n1");
	assert_string_equal(c.who.vo, "grid");
	assert_int_equal(c.who.seq, 1);
	/* A new certificate keeps the identity, and so does another opening of the folder. */
	authority_close(&a);
	open_vo("vo", &a);
	issue(&a, SECURE_ROLE_NODE, "n1", 10, "n1");
	assert_int_equal(load("n1", NOW, &again), 0);
	assert_true(xos_id_eq(&c.who.id, &again.who.id));
	assert_int_equal(again.who.seq, 2);
	credentials_exit(&c);
	credentials_exit(&again);
	/* In time only; clocks may differ by some minutes at the start. */
	assert_int_equal(load("n1", NOW - CERT_SKEW_S, &c), 0);
	credentials_exit(&c);
	assert_int_equal(load("n1", NOW - CERT_SKEW_S - 1, &c), -EACCES);
	assert_int_equal(load("n1", NOW + 10 * DAY - 1, &c), 0);
	credentials_exit(&c);
	assert_int_equal(load("n1", NOW + 10 * DAY, &c), -EACCES);
	assert_non_null(strstr(reason, "expired"));
	/* Another role, others' authorities, a key that others can read. */
	issue(&a, SECURE_ROLE_CLIENT, "c1", 10, "c1");
	assert_int_equal(load("c1", NOW, &c), -EACCES);
	assert_int_equal(chmod(dir("n1/key.pem"), 0604), 0);
	assert_int_equal(load("n1", NOW, &c), -EACCES);
	assert_int_equal(chmod(dir("n1/key.pem"), 0600), 0);
	authority_close(&a);
}

/* What a chain is worth to somebody who trusts the authority of @a. */
static enum trust_verdict verdict(struct authority *a, gnutls_x509_crt_t leaf,
				  gnutls_x509_crt_t issuer)
{
	gnutls_x509_crt_t chain[2] = { leaf, issuer };
	struct cert_who who;

	return trust_check(&a->trust, chain, issuer ? 2 : 1, NOW, &who);
}

static void test_other_authority(void **state)
{
	struct authority a, b;
	struct credentials c;

	/* The same name, another key. */
	found("other", "grid");
	found("stranger", "stranger");
	open_vo("vo", &a);
	open_vo("other", &b);
	issue(&b, SECURE_ROLE_NODE, "n1", 10, "o1");
	assert_int_equal(load("o1", NOW, &c), 0);
	assert_int_equal(verdict(&a, c.chain[0], NULL), TRUST_AUTHORITY);
	assert_int_equal(verdict(&b, c.chain[0], NULL), TRUST_GOOD);
	credentials_exit(&c);
	authority_close(&b);
	open_vo("stranger", &b);
	issue(&b, SECURE_ROLE_NODE, "n1", 10, "s1");
	assert_int_equal(load("s1", NOW, &c), 0);
	assert_int_equal(verdict(&a, c.chain[0], NULL), TRUST_VO);
	credentials_exit(&c);
	authority_close(&b);
	authority_close(&a);
}

/* A certificate that @by signed, whether it may or not. */
static gnutls_x509_crt_t forge(gnutls_x509_crt_t by, gnutls_privkey_t key, enum secure_role role)
{
	struct sign_request request = { .who = { .vo = "grid",
						 .name = "forged",
						 .role = role,
						 .id = authority_new_id(),
						 .seq = 1,
						 .not_before = NOW,
						 .not_after = NOW + DAY } };
	uint8_t public[SIGN_PUBLIC_LEN];
	gnutls_x509_privkey_t own;
	gnutls_x509_crt_t crt;

	assert_int_equal(sign_key_new(&own), 0);
	assert_int_equal(sign_key_public(own, public), 0);
	assert_int_equal(sign_certificate(&request, public, by, key, &crt), 0);
	gnutls_x509_privkey_deinit(own);
	return crt;
}

static void test_issuer(void **state)
{
	static const struct {
		enum secure_role role;
		enum trust_verdict verdict;
	} may[] = {
		{ SECURE_ROLE_NODE, TRUST_GOOD },	    { SECURE_ROLE_CLIENT, TRUST_GOOD },
		{ SECURE_ROLE_ADMIN, TRUST_ROLE },	    { SECURE_ROLE_ISSUER, TRUST_AUTHORITY },
		{ SECURE_ROLE_AUTHORITY, TRUST_AUTHORITY },
	};
	gnutls_x509_crt_t crt;
	gnutls_privkey_t key;
	struct credentials c;
	struct authority a;

	open_vo("vo", &a);
	issue(&a, SECURE_ROLE_ISSUER, "i1", 5, "n1");
	assert_int_equal(load("n1", NOW, &c), 0);
	assert_non_null(c.issuer);
	for (size_t i = 0; i < sizeof(may) / sizeof(*may); i++) {
		enum trust_verdict v;

		crt = forge(c.issuer, c.issuer_key, may[i].role);
		v = verdict(&a, crt, c.issuer);
		/* A certificate authority under an issuer is refused by the path or by the role. */
		if (may[i].verdict == TRUST_AUTHORITY)
			assert_true(v == TRUST_AUTHORITY || v == TRUST_ROLE);
		else
			assert_int_equal(v, may[i].verdict);
		assert_int_equal(verdict(&a, crt, NULL), TRUST_AUTHORITY);
		gnutls_x509_crt_deinit(crt);
	}
	/* A node is no issuer. */
	assert_int_equal(gnutls_privkey_init(&key), 0);
	assert_int_equal(gnutls_privkey_import_x509(key, c.key, 0), 0);
	crt = forge(c.chain[0], key, SECURE_ROLE_NODE);
	assert_int_equal(verdict(&a, crt, c.chain[0]), TRUST_AUTHORITY);
	gnutls_x509_crt_deinit(crt);
	/* With the issuer goes what it signed. */
	crt = forge(c.issuer, c.issuer_key, SECURE_ROLE_NODE);
	assert_int_equal(verdict(&a, crt, c.issuer), TRUST_GOOD);
	assert_int_equal(authority_revoke(&a, "i1", NOW, reason), 0);
	assert_int_equal(verdict(&a, crt, c.issuer), TRUST_REVOKED);
	gnutls_x509_crt_deinit(crt);
	gnutls_privkey_deinit(key);
	credentials_exit(&c);
	authority_close(&a);
}

static void test_revoke(void **state)
{
	struct credentials c;
	struct authority a;
	struct xos_id old;

	open_vo("vo", &a);
	issue(&a, SECURE_ROLE_NODE, "n2", 10, "n2");
	assert_int_equal(load("n2", NOW, &c), 0);
	old = c.who.id;
	assert_int_equal(authority_revoke(&a, "nobody", NOW, reason), -ENOENT);
	assert_int_equal(authority_revoke(&a, "n2", NOW, reason), 0);
	assert_int_equal(verdict(&a, c.chain[0], NULL), TRUST_REVOKED);
	credentials_exit(&c);
	assert_true(trust_revoked(&a.trust, &old, 1000));
	/* The same name again is somebody else. */
	issue(&a, SECURE_ROLE_NODE, "n2", 10, "n2");
	assert_int_equal(load("n2", NOW, &c), 0);
	assert_false(xos_id_eq(&c.who.id, &old));
	credentials_exit(&c);
	authority_close(&a);
	open_vo("vo", &a);
	assert_true(trust_revoked(&a.trust, &old, 1));
	authority_close(&a);
}

/* An older list, and one of a stranger, change nothing. */
static void test_lists(void **state)
{
	struct trust_entry entry = { .id = { { 0x41 } }, .seq = 3 };
	gnutls_x509_crl_t crl;
	struct authority a, b;
	gnutls_datum_t der;

	open_vo("vo", &a);
	open_vo("other", &b);
	for (uint64_t number = 100; number >= 99; number--) {
		assert_int_equal(
			sign_list(&entry, number == 100, number, NOW, 1, a.crt, a.key, &crl), 0);
		assert_int_equal(gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_DER, &der), 0);
		assert_int_equal(trust_add_list(&a.trust, &der), number == 100);
		assert_int_equal(trust_add_list(&b.trust, &der), -EACCES);
		gnutls_free(der.data);
		gnutls_x509_crl_deinit(crl);
	}
	assert_true(trust_revoked(&a.trust, &entry.id, 3));
	assert_false(trust_revoked(&a.trust, &entry.id, 4));
	authority_close(&b);
	authority_close(&a);
}

/* A successor spreads by the word of the authority before it. */
static void test_rotate(void **state)
{
	struct credentials before, after;
	struct trust_entry entry;
	gnutls_x509_crt_t crt;
	gnutls_x509_crl_t crl;
	struct authority a, old;
	gnutls_datum_t der;

	open_vo("vo", &a);
	open_vo("vo", &old);
	issue(&a, SECURE_ROLE_NODE, "n3", 10, "n3");
	assert_int_equal(load("n3", NOW, &before), 0);
	assert_int_equal(authority_rotate(&a, PASSWORD, NOW, reason), 0);
	assert_int_equal(a.self.seq, 2);
	issue(&a, SECURE_ROLE_NODE, "n4", 10, "n4");
	assert_int_equal(load("n4", NOW, &after), 0);
	assert_int_equal(verdict(&a, before.chain[0], NULL), TRUST_GOOD);
	assert_int_equal(verdict(&a, after.chain[0], NULL), TRUST_GOOD);
	/* Who has not heard yet refuses the new, until it gets the successor. */
	assert_int_equal(trust_check(&before.trust, after.chain, 1, NOW, &after.who),
			 TRUST_AUTHORITY);
	assert_int_equal(gnutls_x509_crt_export2(a.crt, GNUTLS_X509_FMT_DER, &der), 0);
	assert_int_equal(trust_add(&before.trust, &der, false, NOW), -EACCES);
	gnutls_free(der.data);
	assert_int_equal(gnutls_x509_crt_export2(a.trust.authorities[1], GNUTLS_X509_FMT_DER, &der),
			 0);
	assert_int_equal(trust_add(&before.trust, &der, false, NOW), 1);
	assert_int_equal(trust_add(&before.trust, &der, false, NOW), 0);
	gnutls_free(der.data);
	assert_int_equal(trust_check(&before.trust, after.chain, 1, NOW, &after.who), TRUST_GOOD);
	/* One that is not later than who vouches for it is no successor. */
	crt = forge(a.crt, a.key, SECURE_ROLE_AUTHORITY);
	assert_int_equal(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der), 0);
	assert_int_equal(trust_add(&before.trust, &der, false, NOW), -EACCES);
	gnutls_free(der.data);
	gnutls_x509_crt_deinit(crt);
	/* In the end only the new one counts, on the disk too. */
	assert_int_equal(authority_retire(&a, NOW, reason), 0);
	assert_int_equal(verdict(&a, before.chain[0], NULL), TRUST_AUTHORITY);
	assert_int_equal(verdict(&a, after.chain[0], NULL), TRUST_GOOD);
	/* Whoever has the old one now cannot take revenge. */
	entry = (struct trust_entry){ a.self.id, CERT_SEQ_ALL };
	assert_int_equal(sign_list(&entry, 1, 1000000, NOW, 1, old.crt, old.key, &crl), 0);
	assert_int_equal(gnutls_x509_crl_export2(crl, GNUTLS_X509_FMT_DER, &der), 0);
	trust_add_list(&a.trust, &der);
	gnutls_free(der.data);
	gnutls_x509_crl_deinit(crl);
	authority_close(&old);
	assert_int_equal(verdict(&a, after.chain[0], NULL), TRUST_GOOD);
	authority_close(&a);
	open_vo("vo", &a);
	assert_int_equal(verdict(&a, before.chain[0], NULL), TRUST_AUTHORITY);
	assert_int_equal(authority_retire(&a, NOW, reason), -ENOENT);
	authority_close(&a);
	credentials_exit(&before);
	credentials_exit(&after);
}

static void test_addresses(void **state)
{
	struct sign_request request = { .who = { .role = SECURE_ROLE_NODE, .name = "n5" } };
	struct xos_addr other;
	struct credentials c;
	struct authority a;

	assert_int_equal(xos_addr_parse("127.0.0.1", 1, &request.addrs[0]), 0);
	assert_int_equal(xos_addr_parse("2001:db8::1", 1, &request.addrs[1]), 0);
	assert_int_equal(xos_addr_parse("127.0.0.2", 1, &other), 0);
	request.addrs_n = 2;
	open_vo("vo", &a);
	assert_int_equal(authority_issue(&a, &request, 1, dir("n5"), NOW, reason), 0);
	assert_int_equal(load("n5", NOW, &c), 0);
	assert_true(c.who.bound);
	assert_true(cert_at(c.chain[0], &request.addrs[0]));
	assert_true(cert_at(c.chain[0], &request.addrs[1]));
	assert_false(cert_at(c.chain[0], &other));
	credentials_exit(&c);
	assert_int_equal(load("n4", NOW, &c), 0);
	assert_true(cert_at(c.chain[0], &other));
	credentials_exit(&c);
	authority_close(&a);
}

/* Damaged certificates are refused, not believed. */
static void test_damaged(void **state)
{
	struct credentials c;
	struct authority a;
	gnutls_datum_t der;
	int good = 0;

	open_vo("vo", &a);
	assert_int_equal(load("n4", NOW, &c), 0);
	assert_int_equal(gnutls_x509_crt_export2(c.chain[0], GNUTLS_X509_FMT_DER, &der), 0);
	for (size_t i = 0; i < der.size; i++) {
		gnutls_x509_crt_t crt;

		der.data[i] ^= 0x10;
		assert_int_equal(gnutls_x509_crt_init(&crt), 0);
		if (!gnutls_x509_crt_import(crt, &der, GNUTLS_X509_FMT_DER))
			good += verdict(&a, crt, NULL) == TRUST_GOOD;
		gnutls_x509_crt_deinit(crt);
		der.data[i] ^= 0x10;
	}
	assert_int_equal(good, 0);
	assert_int_equal(trust_load(&a.trust, (const uint8_t *)"-----BEGIN X509 CRL-----\nxx", 27,
				    NOW),
			 -EBADMSG);
	gnutls_free(der.data);
	credentials_exit(&c);
	authority_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_create),		cmocka_unit_test(test_issue),
		cmocka_unit_test(test_other_authority), cmocka_unit_test(test_issuer),
		cmocka_unit_test(test_revoke),		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_rotate),		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_damaged),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
