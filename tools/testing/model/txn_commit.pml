/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commit of one transaction, and its takeover (agents/txn), checked by spin.
 *
 * KEYS keys of OWNERS owners each. The manager may stop at any point; SETTLERS
 * others take over, each with a ballot of its own. A message that was sent
 * can be handled at any later time, any number of times, or never: that is
 * loss, doubling and reordering. Owners never forget what they said durably;
 * what is said only after a sync is one step with the sync here.
 *
 * An owner that hears the decision to abort drops its vote with all that it
 * had promised, and keeps a floor instead when it had promised anything: so
 * does the code.
 *
 * Claims (each an assertion of this file):
 *   agreement   nobody decides to commit when another decides to abort
 *   validity    what is committed was prepared by a majority of each key
 *
 * Run by tools/testing/host/model.sh; -DBUG=n plants a bug that must be found.
 */
#ifndef KEYS
#define KEYS 1
#endif
#define OWNERS	 3
#define MAJORITY 2
#ifndef SETTLERS
#define SETTLERS 2
#endif
#ifndef BUG
#define BUG 0
#endif
#define N      (KEYS * OWNERS)
/* Ballot 0 is the first round, 1 the manager's second, 2 and on those of settlers. */
#define BALLOTS (SETTLERS + 2)

#define NONE	 0
#define PREPARED 1
#define ABORT	 2

/* Owners. */
byte vote[N];
byte promised[N];
byte accepted_in[N];
byte accepted[N];
bit committed[N];
bit floor[N];
/* What an owner has ever voted, for validity only. */
bit ever[N];

/* Messages sent: to all owners of a key, and answers of single owners. */
bit prepare_sent = 0;
bit answer0[N];
byte accept_sent[BALLOTS * KEYS];
bit promise_sent[BALLOTS];
bit promise_has[BALLOTS * N];
byte promise_vote[BALLOTS * N];
byte promise_in[BALLOTS * N];
byte promise_value[BALLOTS * N];
bit accept_done[BALLOTS * N];
bit commit_sent = 0;
bit abort_sent = 0;

bit told_commit = 0;
bit told_abort = 0;

inline decide(value)
{
	if
	:: value == PREPARED ->
		commit_sent = 1;
		told_commit = 1
	:: else ->
		abort_sent = 1;
		told_abort = 1
	fi;
	assert(!(told_commit && told_abort))
}

/* A majority of each key has voted, when there is a commit. */
inline valid()
{
	k = 0;
	do
	:: k < KEYS ->
		assert(ever[k * OWNERS] + ever[k * OWNERS + 1] + ever[k * OWNERS + 2] >= MAJORITY);
		k++
	:: else -> break
	od;
	k = 0
}

inline count_accepted(b, key, n)
{
	n = accept_done[b * N + key * OWNERS] + accept_done[b * N + key * OWNERS + 1] +
	    accept_done[b * N + key * OWNERS + 2]
}

inline count_prepared(key, n)
{
	n = answer0[key * OWNERS] + answer0[key * OWNERS + 1] + answer0[key * OWNERS + 2]
}

proctype owner(byte me)
{
	byte key = me / OWNERS;
	byte b;

end:	do
	/* Prepare: vote, when nothing higher was promised and nothing forbids it. */
	:: atomic { prepare_sent && !committed[me] && !floor[me] && vote[me] == NONE &&
		    (promised[me] == 0 || BUG == 1) ->
		vote[me] = PREPARED;
		ever[me] = 1;
		answer0[me] = 1 }
	:: atomic { prepare_sent && vote[me] == PREPARED && promised[me] == 0 && !answer0[me] ->
		answer0[me] = 1 }
	/* Promise. */
	:: atomic { promise_sent[2] && !committed[me] && promised[me] <= 2 && !promise_has[2 * N + me] ->
		b = 2; goto promise }
#if SETTLERS > 1
	:: atomic { promise_sent[3] && !committed[me] && promised[me] <= 3 && !promise_has[3 * N + me] ->
		b = 3; goto promise }
#endif
	/* Accept. */
	:: atomic { accept_sent[1 * KEYS + key] && !committed[me] && (promised[me] <= 1 || BUG == 2) &&
		    !accept_done[1 * N + me] -> b = 1; goto accept }
	:: atomic { accept_sent[2 * KEYS + key] && !committed[me] && promised[me] <= 2 &&
		    !accept_done[2 * N + me] -> b = 2; goto accept }
#if SETTLERS > 1
	:: atomic { accept_sent[3 * KEYS + key] && !committed[me] && promised[me] <= 3 &&
		    !accept_done[3 * N + me] -> b = 3; goto accept }
#endif
	/* The decision. */
	:: atomic { commit_sent && !committed[me] -> committed[me] = 1 }
	:: atomic { abort_sent && !committed[me] && (vote[me] || promised[me] || accepted_in[me]) ->
		if
		:: promised[me] && BUG != 3 &&
		   (BUG != 8 || accepted_in[me]) -> floor[me] = 1
		:: else
		fi;
		vote[me] = NONE;
		promised[me] = 0;
		accepted_in[me] = 0;
		accepted[me] = NONE }
	od;

promise:
	atomic {
		promised[me] = b;
		promise_has[b * N + me] = 1;
		promise_vote[b * N + me] = vote[me];
		promise_in[b * N + me] = accepted_in[me];
		promise_value[b * N + me] = accepted[me];
		b = 0;
		goto end
	}
accept:
	atomic {
		if
		:: accept_sent[b * KEYS + key] == PREPARED && floor[me] && vote[me] == NONE &&
		   accepted_in[me] == 0 && BUG != 4
		:: else ->
			promised[me] = b;
			accepted_in[me] = b;
			accepted[me] = accept_sent[b * KEYS + key];
			accept_done[b * N + me] = 1
		fi;
		b = 0;
		goto end
	}
}

/* All keys' votes of ballot @b are chosen, or that of one key that aborts. */
inline learn(b)
{
	k = 0;
	all = 1;
	do
	:: k < KEYS ->
		count_accepted(b, k, n);
		if
		:: accept_sent[b * KEYS + k] == ABORT && n >= MAJORITY -> one = 1
		:: accept_sent[b * KEYS + k] == PREPARED && n >= MAJORITY
		:: b == 1 && whole[k]
		:: else -> all = 0
		fi;
		k++
	:: else -> break
	od;
	k = 0;
	n = 0
}

proctype manager()
{
	byte k = 0, n = 0;
	bit all = 1, one = 0, enough = 1;
	bit whole[KEYS];

	prepare_sent = 1;
	/* Look at the votes, at some moment. */
	atomic {
		do
		:: k < KEYS ->
			count_prepared(k, n);
			whole[k] = (n == OWNERS);
			if
			:: n < OWNERS -> all = 0
			:: else
			fi;
			if
			:: n < MAJORITY -> enough = 0
			:: else
			fi;
			k++
		:: else -> break
		od;
		k = 0;
		n = 0
	}
	if
	:: atomic { all || (BUG == 5 && enough) -> decide(PREPARED); valid(); goto done }
	/* The second round, for what is not whole. */
	:: atomic { !all && enough ->
		do
		:: k < KEYS ->
			if
			:: !whole[k] -> accept_sent[1 * KEYS + k] = PREPARED
			:: else
			fi;
			k++
		:: else -> break
		od;
		k = 0 }
	/* Or to abort: one key that is not whole says it for all. */
	:: atomic { !all ->
		do
		:: whole[k] -> k++
		:: else -> break
		od;
		accept_sent[1 * KEYS + k] = ABORT;
		k = 0 }
	/* Or it dies. */
	:: goto done
	fi;
	do
	:: atomic {
		learn(1);
		if
		:: one -> decide(ABORT); goto done
		:: !one && all -> decide(PREPARED); valid(); goto done
		:: else
		fi }
	:: goto done
	od;
done:	skip
}

/* What a ballot may propose for a key, from the promises that are there. */
inline value_of(b, key, value)
{
	n = 0;
	have = 0;
	high = 0;
	value = NONE;
	i = 0;
	do
	:: i < OWNERS ->
		if
		:: promise_has[b * N + key * OWNERS + i] ->
			have++;
			n = n + (promise_vote[b * N + key * OWNERS + i] == PREPARED);
			if
			:: promise_in[b * N + key * OWNERS + i] > high && BUG != 6 ->
				high = promise_in[b * N + key * OWNERS + i];
				value = promise_value[b * N + key * OWNERS + i]
			:: else
			fi
		:: else
		fi;
		i++
	:: else -> break
	od;
	if
	:: have < MAJORITY -> value = NONE
	:: have >= MAJORITY && !high && n >= MAJORITY && BUG != 7 -> value = PREPARED
	:: have >= MAJORITY && !high && (n < MAJORITY || BUG == 7) -> value = ABORT
	:: else
	fi;
	i = 0;
	n = 0
}

proctype settler(byte b)
{
	byte k = 0, n = 0, i = 0, have = 0, high = 0, value = 0, bad = 255;
	bit all = 1, one = 0, ready = 1;
	bit whole[KEYS];

	promise_sent[b] = 1;
	/* Wait for promises of all keys, or give up. */
	do
	:: atomic {
		ready = 1;
		bad = 255;
		k = 0;
		do
		:: k < KEYS ->
			value_of(b, k, value);
			if
			:: value == NONE -> ready = 0
			:: value == ABORT && bad == 255 -> bad = k
			:: else
			fi;
			k++
		:: else -> break
		od;
		k = 0;
		value = 0;
		have = 0;
		high = 0;
		if
		:: ready -> break
		:: else
		fi }
	:: goto done
	od;
	atomic {
		do
		:: k < KEYS ->
			if
			:: bad == 255 -> accept_sent[b * KEYS + k] = PREPARED
			:: bad == k -> accept_sent[b * KEYS + k] = ABORT
			:: else
			fi;
			k++
		:: else -> break
		od;
		k = 0
	}
	do
	:: atomic {
		learn(b);
		if
		:: one -> decide(ABORT); goto done
		:: !one && all -> decide(PREPARED); valid(); goto done
		:: else
		fi }
	:: goto done
	od;
done:	skip
}

init {
	byte o = 0;

	atomic {
		do
		:: o < N -> run owner(o); o++
		:: else -> break
		od;
		run manager();
		run settler(2);
#if SETTLERS > 1
		run settler(3);
#endif
	}
}
