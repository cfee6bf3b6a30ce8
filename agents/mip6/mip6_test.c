// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What RFC 6275 asks of a mobile node towards a correspondent node: return routability and
 * binding updates. The list is Documentation/agents/mip6-conformance.rst.
 */
#include "mip6_rig.h"

/* --- return routability -------------------------------------------------------------- */

static void tests_go_from_both_addresses(void **state)
{
	const struct mh_packet *home = latest(MH_HOTI), *care = latest(MH_COTI);

	assert_int_equal(sent(MH_HOTI, NULL), 1);
	assert_int_equal(sent(MH_COTI, NULL), 1);
	assert_memory_equal(home->b + 8, vip.ip, MH_IP_LEN);
	assert_memory_equal(care->b + 8, self.ip, MH_IP_LEN);
	assert_memory_equal(home->b + 24, client, MH_IP_LEN);
	assert_memory_equal(care->b + 24, client, MH_IP_LEN);
	/* no home address option in front of either */
	assert_int_equal(home->b[6], MH_PROTO);
	assert_int_equal(care->b[6], MH_PROTO);
	assert_memory_not_equal(mh_of(home) + 8, mh_of(care) + 8, MH_COOKIE_LEN);
}

static void update_needs_both_tests(void **state)
{
	answer_care();
	assert_int_equal(sent(MH_BU, NULL), 0);
	answer_home();
	assert_int_equal(sent(MH_BU, NULL), 1);
}

static void cookies_are_checked(void **state)
{
	uint8_t wrong[MH_COOKIE_LEN];

	memcpy(wrong, mh_of(latest(MH_HOTI)) + 8, sizeof(wrong));
	wrong[7] ^= 1;
	answer(MH_HOT, client, vip.ip, wrong);
	memcpy(wrong, mh_of(latest(MH_COTI)) + 8, sizeof(wrong));
	wrong[0] ^= 0x80;
	answer(MH_COT, client, self.ip, wrong);
	assert_int_equal(mip6_stats(rig.m)->forged, 2);
	/* Only the one that is wrong is missing. */
	answer_care();
	assert_int_equal(sent(MH_BU, NULL), 0);
	answer_home();
	assert_int_equal(sent(MH_BU, NULL), 1);
}

static void answers_come_from_the_client(void **state)
{
	answer(MH_HOT, stranger, vip.ip, mh_of(latest(MH_HOTI)) + 8);
	answer(MH_COT, stranger, self.ip, mh_of(latest(MH_COTI)) + 8);
	/* and to the address that the test went out from */
	answer(MH_HOT, client, self.ip, mh_of(latest(MH_HOTI)) + 8);
	answer(MH_COT, client, vip.ip, mh_of(latest(MH_COTI)) + 8);
	assert_int_equal(sent(MH_BU, NULL), 0);
}

static void late_answers_mean_nothing(void **state)
{
	uint8_t home[MH_COOKIE_LEN], care[MH_COOKIE_LEN];

	memcpy(home, mh_of(latest(MH_HOTI)) + 8, sizeof(home));
	memcpy(care, mh_of(latest(MH_COTI)) + 8, sizeof(care));
	to_bound();
	answer(MH_HOT, client, vip.ip, home);
	answer(MH_COT, client, self.ip, care);
	assert_int_equal(rig.sent_n, 0);
	assert_int_equal(mip6_stats(rig.m)->forged, 2);
}

static void tests_are_repeated_and_given_up(void **state)
{
	static const uint64_t at_s[] = { 0, 1, 3, 7 };
	uint32_t n = 0;

	pass(60 * ENV_SEC);
	for (uint32_t i = 0; i < rig.sent_n; i++) {
		if (mh_of(&rig.sent[i])[2] != MH_COTI)
			continue;
		assert_true(n < 4);
		assert_int_equal(rig.sent_ns[i] - START_NS, at_s[n++] * ENV_SEC);
	}
	assert_int_equal(n, 4);
	assert_int_equal(sent(MH_HOTI, NULL), 4);
	assert_int_equal(rig.binds, 0);
	forget_sent();
	pass(MIP6_REST_NS);
	assert_true(sent(MH_COTI, NULL) > 0);
}

static void old_tokens_are_not_used(void **state)
{
	answer_home();
	pass(2 * ENV_SEC);
	answer_care();
	/* The client says nothing; at the last repetition both tokens are too old. */
	rig.now_ns += MIP6_TOKEN_NS;
	forget_sent();
	pass(20 * ENV_SEC);
	assert_int_equal(sent(MH_BU, NULL), 0);
	assert_true(sent(MH_COTI, NULL) > 0 && sent(MH_HOTI, NULL) > 0);
}

/* --- binding updates ----------------------------------------------------------------- */

static void update_says_what_it_must(void **state)
{
	uint8_t kbm[MH_KBM_LEN];
	const struct mh_packet *p;
	const uint8_t *mh;

	to_sent();
	p = latest(MH_BU);
	mh = mh_of(p);
	assert_memory_equal(p->b + 8, self.ip, MH_IP_LEN);
	assert_int_equal(p->b[6], 60);
	assert_memory_equal(p->b + IP6_LEN + 8, vip.ip, MH_IP_LEN);
	/* A; neither H, L nor K; not longer than return routability allows */
	assert_int_equal(get16(mh + 8), 0x8000);
	assert_int_equal(get16(mh + 10), 105);
	/* nonce indices, and binding authorisation data at the very end */
	assert_int_equal(mh[12], 4);
	assert_int_equal(get16(mh + 14), 7);
	assert_int_equal(get16(mh + 16), 9);
	assert_int_equal(mh[18], 5);
	assert_int_equal(mh + 20 + MH_AUTH_LEN - p->b, p->len);
	mh_kbm(rig.token[0], rig.token[1], kbm);
	assert_true(mh_auth_ok(bytes_of(mh, 32), 20, kbm, self.ip, client));
}

static void each_update_has_a_number_of_its_own(void **state)
{
	static const uint64_t at_s[] = { 0, 1, 3, 7 };
	uint16_t first;
	uint32_t n = 0;

	to_sent();
	first = seq_sent();
	pass(60 * ENV_SEC);
	for (uint32_t i = 0; i < rig.sent_n; i++) {
		const uint8_t *mh = mh_of(&rig.sent[i]);

		if (mh[2] != MH_BU || is_removal(&rig.sent[i]))
			continue;
		assert_true(n < 4);
		assert_int_equal(get16(mh + 6), (uint16_t)(first + n));
		assert_int_equal(rig.sent_ns[i] - START_NS, at_s[n++] * ENV_SEC);
	}
	assert_int_equal(n, 4);
	assert_false(bound());
}

static void not_more_than_three_a_second(void **state)
{
	to_bound();
	for (int i = 0; i < 300; i++) {
		refresh_request();
		if (sent(MH_COTI, NULL))
			answer_care();
		if (sent(MH_HOTI, NULL))
			answer_home();
		if (sent(MH_BU, NULL))
			ack(0, seq_sent(), 105);
		pass(10 * ENV_MS);
	}
	for (enum mh_type t = MH_HOTI; t <= MH_BU; t++) {
		for (uint32_t i = 0; i < rig.sent_n; i++) {
			uint32_t n = 0;

			for (uint32_t j = i; j < rig.sent_n; j++)
				n += mh_of(&rig.sent[j])[2] == t &&
				     rig.sent_ns[j] - rig.sent_ns[i] < ENV_SEC;
			assert_true(n <= 3);
		}
	}
	assert_true(sent(MH_BU, NULL) > 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tests_go_from_both_addresses),
		TEST(update_needs_both_tests),
		TEST(cookies_are_checked),
		TEST(answers_come_from_the_client),
		TEST(late_answers_mean_nothing),
		TEST(tests_are_repeated_and_given_up),
		TEST(old_tokens_are_not_used),
		TEST(update_says_what_it_must),
		TEST(each_update_has_a_number_of_its_own),
		TEST(not_more_than_three_a_second),
	};

	return cmocka_run_group_tests_name("mip6", tests, NULL, NULL);
}
