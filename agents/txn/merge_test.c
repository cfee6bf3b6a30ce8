// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include <txn/txn_priv.h>

#define MAJORITY 2
#define ATTEMPT	 77

static struct txn_record have, other;

/* The vote of one transaction, whose ballots are given as rounds. */
static struct wire_dht_vote vote(uint64_t counter, uint8_t state, uint64_t round, uint64_t accepted)
{
	struct wire_dht_vote v = { .counter = counter, .writer = 1, .state = state };

	v.round = round;
	v.proposer = round;
	v.accepted_round = accepted;
	v.accepted_proposer = accepted;
	v.has_accepted_round = v.has_accepted_proposer = accepted != 0;
	if (state == WIRE_DHT_VOTE_STATE_PREPARED) {
		v.write = true;
		v.value = bytes_str("new");
		v.has_value = true;
	}
	return v;
}

static struct txn_record record(uint64_t counter, uint64_t floor)
{
	struct txn_record r = { .exists = true };

	r.item.counter = counter;
	r.item.writer = 1;
	r.item.value = bytes_str("old");
	r.item.has_value = true;
	r.item.floor = floor;
	r.item.has_floor = floor != 0;
	return r;
}

static int merge(uint8_t class, uint64_t attempt)
{
	struct txn_merge m = { .majority = MAJORITY, .have = &have, .other = &other };

	m.copy.class = class;
	m.copy.attempt = attempt;
	return txn_merge(&m);
}

/* Merge what two owners have into nothing. */
static void merge_two(const struct txn_record *a, const struct txn_record *b)
{
	have = (struct txn_record){ 0 };
	other = *a;
	assert_int_equal(merge(0, ATTEMPT), 0);
	have.exists = true;
	other = *b;
	assert_int_equal(merge(1, ATTEMPT), 0);
}

static void test_items(void **state)
{
	struct txn_record a = record(5, 3), b = record(6, 2);

	merge_two(&a, &b);
	assert_int_equal(have.item.counter, 6);
	assert_int_equal(have.item.floor, 3);
	merge_two(&b, &a);
	assert_int_equal(have.item.counter, 6);
	assert_int_equal(have.item.floor, 3);
	assert_int_equal(have.vote_n, 0);
}

/* One owner's vote holds the key and counts for nothing; those of a majority are as good as one. */
static void test_votes(void **state)
{
	struct txn_record a = record(5, 0), b = record(5, 0);

	a.vote[a.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_PREPARED, 0, 0);
	merge_two(&a, &b);
	assert_int_equal(have.vote_n, 1);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_HELD);
	assert_true(bytes_eq(have.vote[0].value, bytes_str("new")));
	assert_false(txn_vote_counts(MAJORITY, &have.vote[0]));
	merge_two(&b, &a);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_HELD);
	assert_false(txn_vote_counts(MAJORITY, &have.vote[0]));
	b.vote[b.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_PREPARED, 0, 0);
	merge_two(&a, &b);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_HELD);
	assert_int_equal(have.vote[0].voters, 3);
	assert_true(txn_vote_counts(MAJORITY, &have.vote[0]));
	/* A copy of a copy is one voter, and only when it counts itself. */
	a.vote[0] = have.vote[0];
	merge_two(&a, &a);
	assert_int_equal(have.vote[0].voters, 3);
	a.vote[0].voters = 1;
	merge_two(&a, &b);
	assert_int_equal(have.vote[0].voters, 2);
}

static void test_ballots(void **state)
{
	struct txn_record a = record(5, 0), b = record(5, 0);

	/* Promised and accepted are two things. */
	a.vote[a.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_NONE, 7, 2);
	b.vote[b.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_PREPARED, 4, 3);
	b.vote[0].abort = true;
	merge_two(&a, &b);
	assert_int_equal(have.vote_n, 1);
	assert_int_equal(have.vote[0].round, 7);
	assert_int_equal(have.vote[0].accepted_round, 3);
	assert_true(have.vote[0].abort);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_HELD);
	merge_two(&b, &a);
	assert_int_equal(have.vote[0].round, 7);
	assert_int_equal(have.vote[0].accepted_round, 3);
	assert_true(have.vote[0].abort);
}

static void test_decided(void **state)
{
	struct txn_record a = record(5, 0), b = record(5, 0);

	/* Committed there, and what was written lies in the vote here. */
	a.vote[a.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_COMMITTED, 0, 0);
	b.vote[b.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_PREPARED, 0, 0);
	merge_two(&a, &b);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_COMMITTED);
	assert_int_equal(have.item.counter, 9);
	assert_true(bytes_eq(have.item.value, bytes_str("new")));
	merge_two(&b, &a);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_COMMITTED);
	assert_int_equal(have.item.counter, 9);
	assert_false(have.vote[0].has_value);
	a.vote[0].state = WIRE_DHT_VOTE_STATE_ABORTED;
	merge_two(&b, &a);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_ABORTED);
	assert_int_equal(have.item.counter, 5);
	b.vote[0].state = WIRE_DHT_VOTE_STATE_COMMITTED;
	merge_two(&a, &b);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_COMMITTED);
}

/* Accepted here; there it may have been forgotten that it was aborted. */
static void test_unsure(void **state)
{
	struct txn_record a = record(5, 9), b = record(5, 0);

	b.vote[b.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_PREPARED, 1, 1);
	merge_two(&a, &b);
	assert_false(have.vote[0].unsure);
	a.item.lost = 9;
	merge_two(&a, &b);
	assert_true(have.vote[0].unsure);
	merge_two(&b, &a);
	assert_true(have.vote[0].unsure);
	assert_int_equal(have.item.lost, 9);
	/* To abort cannot bring it back. */
	b.vote[0].abort = true;
	merge_two(&a, &b);
	assert_false(have.vote[0].unsure);
}

/* What an attempt that was given up has copied goes, and what this node has said stays. */
static void test_attempts(void **state)
{
	struct txn_record a = record(5, 0), b = record(5, 0);

	a.vote[a.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_PREPARED, 0, 0);
	merge_two(&a, &b);
	assert_int_equal(have.vote_n, 1);
	other = b;
	assert_int_equal(merge(1, ATTEMPT + 1), 0);
	assert_int_equal(have.vote_n, 0);
	have = a;
	other = b;
	assert_int_equal(merge(1, 0), 0);
	assert_int_equal(have.vote_n, 1);
	assert_int_equal(have.vote[0].state, WIRE_DHT_VOTE_STATE_PREPARED);
}

/* Of aborted transactions the last ones are remembered. */
static void test_many_aborted(void **state)
{
	have = record(5, 0);
	other = record(5, 0);
	for (uint32_t i = 0; i < TXN_ABORTED_MAX; i++)
		have.vote[have.vote_n++] = vote(20 + i, WIRE_DHT_VOTE_STATE_ABORTED, 1, 1);
	other.vote[other.vote_n++] = vote(10, WIRE_DHT_VOTE_STATE_ABORTED, 1, 1);
	other.vote[other.vote_n++] = vote(19, WIRE_DHT_VOTE_STATE_ABORTED, 1, 1);
	assert_int_equal(merge(1, 0), 0);
	assert_int_equal(have.vote_n, TXN_ABORTED_MAX);
	assert_int_equal(have.item.lost, 19);
	assert_int_equal(have.item.floor, 19);
}

static void test_too_many(void **state)
{
	have = record(5, 0);
	other = record(5, 0);
	for (uint32_t i = 0; i < WIRE_DHT_VOTES; i++)
		have.vote[have.vote_n++] = vote(10 + i, WIRE_DHT_VOTE_STATE_PREPARED, 0, 0);
	other.vote[other.vote_n++] = vote(9, WIRE_DHT_VOTE_STATE_PREPARED, 0, 0);
	assert_int_equal(merge(1, 0), -ENOSPC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_items),	     cmocka_unit_test(test_votes),
		cmocka_unit_test(test_ballots),	     cmocka_unit_test(test_decided),
		cmocka_unit_test(test_unsure),	     cmocka_unit_test(test_attempts),
		cmocka_unit_test(test_many_aborted), cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
