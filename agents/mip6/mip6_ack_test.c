// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rest of the list in Documentation/agents/mip6-conformance.rst: acknowledgements, what
 * ends a binding or keeps it, and clients that cannot.
 */
#include "mip6_rig.h"

/* --- acknowledgements ---------------------------------------------------------------- */

static void nothing_before_the_acknowledgement(void **state)
{
	to_sent();
	assert_int_equal(rig.binds, 0);
	ack(0, seq_sent(), 105);
	assert_true(bound());
}

/* The lifetime counts from the update, not from the answer. */
static void lifetime_is_what_was_granted(void **state)
{
	to_sent();
	pass(ENV_SEC / 2);
	ack(0, seq_sent(), 30);
	assert_int_equal(rig.bound_ns, 120 * ENV_SEC - ENV_SEC / 2);
}

static void lifetime_is_not_more_than_allowed(void **state)
{
	to_sent();
	ack(0, seq_sent(), 0xffff);
	assert_int_equal(rig.bound_ns, MIP6_LIFETIME_S * ENV_SEC);
}

static void acknowledgement_must_be_signed(void **state)
{
	uint8_t out[32], kbm[MH_KBM_LEN];

	to_sent();
	ack_bare(0, seq_sent(), 105);
	assert_false(bound());
	mh_kbm(rig.token[0], rig.token[1], kbm);
	kbm[19] ^= 1;
	ack_head(out, 0, seq_sent(), 105);
	sign(out, kbm, self.ip);
	receive(client, vip.ip, out, sizeof(out));
	assert_false(bound());
	assert_int_equal(mip6_stats(rig.m)->forged, 2);
	/* a refusal as well */
	ack_bare(128, seq_sent(), 0);
	ack(0, seq_sent(), 105);
	assert_true(bound());
}

static void acknowledgement_must_be_of_this_update(void **state)
{
	to_sent();
	ack(0, (uint16_t)(seq_sent() + 1), 105);
	ack(0, (uint16_t)(seq_sent() - 1), 105);
	assert_false(bound());
	ack(0, seq_sent(), 105);
	assert_true(bound());
}

static void sequence_number_is_taken_over(void **state)
{
	uint16_t theirs;

	to_sent();
	theirs = (uint16_t)(seq_sent() + 0x7000);
	pass(ENV_SEC / 2);
	ack_bare(MH_SEQ_WINDOW, theirs, 0);
	assert_int_equal(sent(MH_BU, NULL), 1);
	ack(MH_SEQ_WINDOW, theirs, 0);
	assert_int_equal(seq_sent(), (uint16_t)(theirs + 1));
	ack(0, seq_sent(), 105);
	assert_true(bound());
}

/* The next number after 65535 is 0. */
static void sequence_numbers_wrap(void **state)
{
	uint16_t theirs = 0xffff;

	to_sent();
	/* A number that is taken over lies less than half the way ahead of ours. */
	if ((uint16_t)(theirs - seq_sent()) > 0x7000) {
		pass(ENV_SEC / 2);
		ack(MH_SEQ_WINDOW, (uint16_t)(seq_sent() + 0x7000), 0);
	}
	if ((uint16_t)(theirs - seq_sent()) > 0x7000) {
		pass(ENV_SEC / 2);
		ack(MH_SEQ_WINDOW, (uint16_t)(seq_sent() + 0x7000), 0);
	}
	pass(ENV_SEC / 2);
	ack(MH_SEQ_WINDOW, theirs, 0);
	assert_int_equal(seq_sent(), 0);
	ack(0, 0, 105);
	assert_true(bound());
}

/* Which tests are made anew for a status that came without authorisation data. */
static void redone(uint8_t status, uint32_t home, uint32_t care)
{
	uint16_t seq;

	to_sent();
	seq = seq_sent();
	pass(ENV_SEC / 2);
	forget_sent();
	ack_bare(status, seq, 0);
	assert_int_equal(sent(MH_HOTI, NULL), home);
	assert_int_equal(sent(MH_COTI, NULL), care);
	rig.token[0][0]++;
	rig.token[1][0] += (uint8_t)care;
	if (!home)
		rig.token[0][0]--;
	if (care)
		answer_care();
	if (home)
		answer_home();
	assert_int_equal(sent(MH_BU, NULL), 1);
	ack(0, seq_sent(), 105);
	assert_true(bound());
}

static void home_nonce_expired(void **state)
{
	redone(MH_HOME_NONCE, 1, 0);
}

static void care_nonce_expired(void **state)
{
	redone(MH_CARE_NONCE, 0, 1);
}

static void both_nonces_expired(void **state)
{
	redone(MH_NONCES, 1, 1);
}

static void refused_for_ever_is_plain(void **state)
{
	uint32_t refusals = 0;
	uint16_t seq;

	to_sent();
	while (sent(MH_BU, NULL)) {
		assert_true(++refusals < 10);
		seq = seq_sent();
		pass(ENV_SEC / 2);
		forget_sent();
		ack_bare(MH_NONCES, seq, 0);
		pass(ENV_SEC / 2);
		if (sent(MH_HOTI, NULL))
			answer_home();
		if (sent(MH_COTI, NULL))
			answer_care();
	}
	assert_int_equal(refusals, MIP6_FAILURE_MAX + 1);
	forget_sent();
	pass(60 * ENV_SEC);
	assert_int_equal(sent(MH_COTI, NULL) + sent(MH_BU, NULL), 0);
	assert_int_equal(mip6_stats(rig.m)->refused, 1);
	assert_false(bound());
}

static void other_refusals_are_plain(void **state)
{
	static const uint8_t statuses[] = { 128, 129, 130, 131, 132, 133, 134, 139, 174, 255 };

	for (size_t i = 0; i < sizeof(statuses); i++) {
		if (i)
			setup(NULL);
		to_sent();
		ack(statuses[i], seq_sent(), 0);
		forget_sent();
		pass(MIP6_REST_NS - ENV_SEC);
		assert_int_equal(sent(MH_COTI, NULL) + sent(MH_BU, NULL), 0);
		assert_false(bound());
		pass(2 * ENV_SEC);
		assert_true(sent(MH_COTI, NULL) > 0);
		if (i + 1 < sizeof(statuses))
			teardown(NULL);
	}
}

/* A status below 128 is a yes: 1 says that a prefix has to be found out, which we have not. */
static void accepted_with_another_status(void **state)
{
	to_sent();
	ack(1, seq_sent(), 105);
	assert_true(bound());
}

/* --- keeping and ending a binding ------------------------------------------------------ */

static void refreshed_before_it_ends(void **state)
{
	to_bound();
	pass(314 * ENV_SEC);
	assert_int_equal(rig.sent_n, 0);
	pass(2 * ENV_SEC);
	/* Both tokens have lived too long by then. */
	answer_home();
	answer_care();
	assert_int_equal(sent(MH_BU, NULL), 1);
	assert_int_equal(rig.binds, 1);
	ack(0, seq_sent(), 105);
	assert_int_equal(rig.binds, 2);
	assert_true(rig.bound_ns > 419 * ENV_SEC);
}

static void refresh_is_asked_for(void **state)
{
	to_bound();
	pass(MIP6_TOKEN_NS);
	refresh_request();
	answer_home();
	answer_care();
	assert_int_equal(sent(MH_BU, NULL), 1);
	assert_true(bound());
}

static void nobody_else_asks_for_a_refresh(void **state)
{
	static const uint8_t brr[8] = { 59, 0, MH_BRR };

	to_bound();
	pass(MIP6_TOKEN_NS);
	receive(stranger, vip.ip, brr, sizeof(brr));
	assert_int_equal(rig.sent_n, 0);
}

static void unknown_binding_is_plain_at_once(void **state)
{
	to_bound();
	pass(ENV_SEC);
	binding_error(MH_BE_UNKNOWN_BINDING);
	assert_int_equal(rig.bound_ns, 0);
	assert_int_equal(mip6_stats(rig.m)->lost, 1);
	/* The home token is young enough for another binding. */
	assert_int_equal(sent(MH_HOTI, NULL), 0);
	answer_care();
	ack(0, seq_sent(), 105);
	assert_true(bound());
}

static void error_without_binding_means_nothing(void **state)
{
	to_sent();
	forget_sent();
	binding_error(MH_BE_UNKNOWN_BINDING);
	assert_int_equal(rig.sent_n, 0);
	assert_int_equal(rig.binds, 0);
	assert_int_equal(mip6_stats(rig.m)->lost, 0);
}

static void unknown_type_is_plain_for_long(void **state)
{
	to_bound();
	binding_error(MH_BE_UNKNOWN_TYPE);
	assert_int_equal(rig.bound_ns, 0);
	/* The client's binding is still there, and is removed. */
	forget_sent();
	pass(MIP6_UNABLE_NS - 60 * ENV_SEC);
	assert_int_equal(sent(MH_COTI, NULL), 0);
}

static void removed_when_nobody_is_left(void **state)
{
	uint8_t kbm[MH_KBM_LEN], out[32];
	const struct mh_packet *p;
	const uint8_t *mh;

	to_bound();
	rig.connected = false;
	pass(MIP6_IDLE_NS + 2 * ENV_SEC);
	assert_int_equal(rig.bound_ns, 0);
	p = &rig.sent[rig.sent_n - 1];
	mh = mh_of(p);
	assert_true(is_removal(p));
	/* From the home address, without an option, with a key of the home token alone. */
	assert_memory_equal(p->b + 8, vip.ip, MH_IP_LEN);
	assert_int_equal(get16(mh + 10), 0);
	mh_kbm(rig.token[0], NULL, kbm);
	assert_true(mh_auth_ok(bytes_of(mh, 32), 20, kbm, vip.ip, client));
	/* Once it is acknowledged it is not sent again. */
	ack_head(out, 0, get16(mh + 6), 0);
	sign(out, kbm, vip.ip);
	receive(client, vip.ip, out, sizeof(out));
	forget_sent();
	pass(60 * ENV_SEC);
	assert_int_equal(rig.sent_n, 0);
}

/* --- clients that cannot ------------------------------------------------------------------ */

static void parameter_problem_is_plain_for_long(void **state)
{
	mip6_unable(rig.m, client, self.ip);
	forget_sent();
	pass(MIP6_UNABLE_NS - ENV_SEC);
	assert_int_equal(sent(MH_COTI, NULL), 0);
	assert_int_equal(sent(MH_BU, NULL), 0);
	pass(2 * ENV_SEC);
	assert_true(sent(MH_COTI, NULL) > 0);
}

static void parameter_problem_about_an_update(void **state)
{
	to_sent();
	mip6_unable(rig.m, client, vip.ip);
	assert_int_equal(mip6_stats(rig.m)->unable, 1);
	forget_sent();
	pass(60 * ENV_SEC);
	assert_int_equal(sent(MH_BU, NULL), 0);
}

static void problems_of_strangers_mean_nothing(void **state)
{
	mip6_unable(rig.m, stranger, self.ip);
	mip6_unable(rig.m, stranger, vip.ip);
	assert_int_equal(mip6_stats(rig.m)->unable, 0);
	to_bound();
}

static void unknown_types_are_answered(void **state)
{
	uint8_t other[16] = { 59, 1, 77 };
	const struct mh_packet *p;

	forget_sent();
	for (int i = 0; i < 100; i++)
		receive(client, vip.ip, other, sizeof(other));
	assert_int_equal(rig.sent_n, 1);
	p = latest(MH_BE);
	assert_memory_equal(p->b + 8, vip.ip, MH_IP_LEN);
	assert_memory_equal(p->b + 24, client, MH_IP_LEN);
	assert_int_equal(mh_of(p)[6], MH_BE_UNKNOWN_TYPE);
	/* What a correspondent node gets, a mobile node leaves alone. */
	other[2] = MH_HOTI;
	pass(ENV_SEC / 2);
	receive(client, vip.ip, other, sizeof(other));
	assert_int_equal(sent(MH_BE, NULL), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_before_the_acknowledgement),
		TEST(lifetime_is_what_was_granted),
		TEST(lifetime_is_not_more_than_allowed),
		TEST(acknowledgement_must_be_signed),
		TEST(acknowledgement_must_be_of_this_update),
		TEST(sequence_number_is_taken_over),
		TEST(sequence_numbers_wrap),
		TEST(home_nonce_expired),
		TEST(care_nonce_expired),
		TEST(both_nonces_expired),
		TEST(refused_for_ever_is_plain),
		TEST(other_refusals_are_plain),
		TEST(accepted_with_another_status),
		TEST(refreshed_before_it_ends),
		TEST(refresh_is_asked_for),
		TEST(nobody_else_asks_for_a_refresh),
		TEST(unknown_binding_is_plain_at_once),
		TEST(error_without_binding_means_nothing),
		TEST(unknown_type_is_plain_for_long),
		TEST(removed_when_nobody_is_left),
		TEST(parameter_problem_is_plain_for_long),
		TEST(parameter_problem_about_an_update),
		TEST(problems_of_strangers_mean_nothing),
		TEST(unknown_types_are_answered),
	};

	return cmocka_run_group_tests_name("mip6_ack", tests, NULL, NULL);
}
