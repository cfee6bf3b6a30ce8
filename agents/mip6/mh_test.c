// SPDX-License-Identifier: GPL-2.0-or-later
/* The test vectors were made by a generator whose output an independent correspondent node took. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>

#include <base/addr.h>
#include <mip6/mh.h>

static const uint8_t home_token[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static const uint8_t care_token[] = { 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18 };

static const char kbm_hex[] = "cedf8515311913c2601bc6aa86a92ddf2601d97e";
static const char kbm_removal_hex[] = "dd5783bcf1e9002bc00ad5b83a95ed6e4ebb4ad5";
static const char update_hex[] =
	"6000000000383c4020010db800050000000000000000001120010db8000c00000000000000000002"
	"870201020000c91020010db8000500010000000000000100"
	"3b030500b3f9006480000069040400070009050ce93a778a886e9e0a711a2c8f";
static const char home_init_hex[] = "3b010100d84e0000a0a1a2a3a4a5a6a7";
static const char care_init_hex[] = "3b01020097fe0000b0b1b2b3b4b5b6b7";

static struct xos_addr home, care_of, client;

static void addresses(void)
{
	assert_int_equal(xos_addr_parse("2001:db8:5:1::100", 0, &home), 0);
	assert_int_equal(xos_addr_parse("2001:db8:5::11", 0, &care_of), 0);
	assert_int_equal(xos_addr_parse("2001:db8:c::2", 0, &client), 0);
}

static void assert_hex(const uint8_t *b, size_t len, const char *want)
{
	char text[2 * MH_PACKET_MAX + 1] = "";

	for (size_t i = 0; i < len; i++)
		snprintf(text + 2 * i, 3, "%02x", b[i]);
	assert_string_equal(text, want);
}

static void keys(void **state)
{
	uint8_t kbm[MH_KBM_LEN];

	mh_kbm(home_token, care_token, kbm);
	assert_hex(kbm, sizeof(kbm), kbm_hex);
	mh_kbm(home_token, NULL, kbm);
	assert_hex(kbm, sizeof(kbm), kbm_removal_hex);
}

static struct mh_update the_update(const uint8_t *kbm)
{
	return (struct mh_update){ .home = home.ip,
				   .care_of = care_of.ip,
				   .client = client.ip,
				   .kbm = kbm,
				   .seq = 100,
				   .lifetime = 105,
				   .home_nonce = 7,
				   .care_nonce = 9 };
}

static void update(void **state)
{
	uint8_t kbm[MH_KBM_LEN];
	struct mh_update u = the_update(kbm);
	struct mh_packet p;

	addresses();
	mh_kbm(home_token, care_token, kbm);
	mh_update(&p, &u);
	assert_hex(p.b, p.len, update_hex);
}

/* One that removes the binding comes from the home address, without an option. */
static void removal(void **state)
{
	struct mh_update u;
	uint8_t kbm[MH_KBM_LEN];
	struct mh_packet p;

	addresses();
	mh_kbm(home_token, NULL, kbm);
	u = the_update(kbm);
	u.care_of = NULL;
	u.lifetime = 0;
	mh_update(&p, &u);
	assert_int_equal(p.len, 40 + 32);
	assert_int_equal(p.b[6], MH_PROTO);
	assert_memory_equal(p.b + 8, home.ip, 16);
	assert_true(mh_auth_ok(bytes_of(p.b + 40, 32), 20, kbm, home.ip, client.ip));
	assert_false(mh_auth_ok(bytes_of(p.b + 40, 32), 20, kbm, care_of.ip, client.ip));
}

static void test_inits(void **state)
{
	uint8_t cookie[MH_COOKIE_LEN];
	struct mh_packet p;

	addresses();
	for (int i = 0; i < MH_COOKIE_LEN; i++)
		cookie[i] = (uint8_t)(0xa0 + i);
	mh_test_init(&p, MH_HOTI, home.ip, client.ip, cookie);
	assert_hex(p.b + 40, p.len - 40, home_init_hex);
	for (int i = 0; i < MH_COOKIE_LEN; i++)
		cookie[i] = (uint8_t)(0xb0 + i);
	mh_test_init(&p, MH_COTI, care_of.ip, client.ip, cookie);
	assert_hex(p.b + 40, p.len - 40, care_init_hex);
}

static const uint8_t home_test[24] = { 59, 2, MH_HOT, 0, 0, 0, 0x12, 0x34, 1, 2, 3, 4,
				       5,  6, 7,      8, 9, 8, 7,    6,	   5, 4, 3, 2 };
static const uint8_t ack[] = { 59, 3, MH_BA, 0,	 0, 0, 135, 0, 0x80, 1, 0, 105, 1, 4, 0, 0,
			       0,  0, 5,     12, 1, 2, 3,   4, 5,    6, 7, 8,	9, 0, 1, 2 };

static int parse(const uint8_t *b, size_t len, struct mh *mh)
{
	return mh_parse(bytes_of(b, len), mh);
}

static void reads(void **state)
{
	static const uint8_t refresh[] = { 59, 0, 0, 0, 0, 0, 0, 0 };
	uint8_t error[24] = { 59, 2, MH_BE, 0, 0, 0, 1 };
	struct mh mh;

	assert_int_equal(parse(home_test, 24, &mh), 0);
	assert_int_equal(mh.type, MH_HOT);
	assert_int_equal(mh.nonce, 0x1234);
	assert_memory_equal(mh.cookie, home_test + 8, 8);
	assert_memory_equal(mh.token, home_test + 16, 8);
	assert_int_equal(parse(ack, 32, &mh), 0);
	assert_int_equal(mh.status, 135);
	assert_int_equal(mh.seq, 0x8001);
	assert_int_equal(mh.lifetime, 105);
	assert_int_equal(mh.auth, 20);
	error[23] = 7;
	assert_int_equal(parse(error, 24, &mh), 0);
	assert_int_equal(mh.status, MH_BE_UNKNOWN_BINDING);
	assert_int_equal(mh.home[15], 7);
	assert_int_equal(parse(refresh, 8, &mh), 0);
	assert_int_equal(mh.type, MH_BRR);
}

static void refuses(void **state)
{
	uint8_t b[32];
	struct mh mh;

	memcpy(b, ack, sizeof(b));
	for (size_t len = 0; len < 32; len++)
		assert_int_equal(parse(b, len, &mh), -EBADMSG);
	/* something follows: another header, an option behind the last one, a short one */
	b[0] = 6;
	assert_int_equal(parse(b, 32, &mh), -EBADMSG);
	b[0] = 59;
	b[13] = 200;
	assert_int_equal(parse(b, 32, &mh), -EBADMSG);
	b[13] = 4;
	b[19] = 11;
	assert_int_equal(parse(b, 32, &mh), -EBADMSG);
	b[19] = 12;
	b[2] = MH_COT;
	b[1] = 1;
	assert_int_equal(parse(b, 32, &mh), -EBADMSG);
	b[2] = MH_BU;
	assert_int_equal(parse(b, 32, &mh), -EOPNOTSUPP);
	b[2] = 77;
	assert_int_equal(parse(b, 32, &mh), -EOPNOTSUPP);
}

/* Every bit of what is signed counts, the checksum alone does not. */
static void authentic(void **state)
{
	uint8_t kbm[MH_KBM_LEN];
	struct mh_update u = the_update(kbm);
	struct mh_packet p;
	uint8_t *mh = p.b + 64;

	addresses();
	mh_kbm(home_token, care_token, kbm);
	mh_update(&p, &u);
	for (uint32_t bit = 0; bit < 32 * 8; bit++) {
		bool checksum = bit / 8 == 4 || bit / 8 == 5;

		mh[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(mh_auth_ok(bytes_of(mh, 32), 20, kbm, care_of.ip, client.ip),
				 checksum);
		mh[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_true(mh_auth_ok(bytes_of(mh, 32), 20, kbm, care_of.ip, client.ip));
	assert_false(mh_auth_ok(bytes_of(mh, 32), 0, kbm, care_of.ip, client.ip));
	assert_false(mh_auth_ok(bytes_of(mh, 32), 21, kbm, care_of.ip, client.ip));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys),	      cmocka_unit_test(update), cmocka_unit_test(removal),
		cmocka_unit_test(test_inits), cmocka_unit_test(reads),	cmocka_unit_test(refuses),
		cmocka_unit_test(authentic),
	};

	return cmocka_run_group_tests_name("mh", tests, NULL, NULL);
}
