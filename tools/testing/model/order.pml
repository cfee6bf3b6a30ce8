/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Election, replication and membership change of agents/order at a small
 * size: N replicas, TERMS terms, logs of LEN entries, one change of the voters
 * from OLD to NEW (bit sets). Checked by spin in every order in which things
 * can happen.
 *
 * A message and its answer are one step. That loses nothing: a late message is
 * a late step, and one of a former term is ignored by its receiver. Whatever a
 * replica promises (term, vote, entries) is durable when it is answered, so a
 * crash only costs the role.
 *
 * Each of these breaks it, which tools/testing/model/check tries as well:
 *   VOTE_TWICE   a replica votes for two candidates of one term
 *   STALE_LOG    a vote is given to a candidate whose log is behind
 *   OLD_TERM     entries of an earlier term are committed by counting
 *   NO_JOINT     the voters are replaced in one step
 *   NEW_ONLY     a joint membership asks the new majority only
 */
#ifndef N
#define N 3
#endif
#ifndef TERMS
#define TERMS 4
#endif
#ifndef LEN
#define LEN 3
#endif
#define OLD 7	/* 0, 1, 2 */
#define NEW 1	/* 0 alone */

/* An entry: 0 none, else its term and what it is. */
#define NOOP	  0
#define JOINT	  1
#define FINAL	  2
#define ENTRY(t, k) ((t) * 3 + (k))
#define TERM(e)	  ((e) / 3)
#define KIND(e)	  ((e) % 3)

typedef Log {
	byte e[LEN]
};

typedef Acks {
	byte upto[N]
};

byte term[N];
byte voted[N];			/* replica + 1, 0 for none */
byte votes[N];			/* bit set; of a candidate */
bool leads[N];
byte last[N];			/* entries in the log */
Log log[N];
byte known[N];			/* of a leader: entries that it knows are committed */
Acks acks[N];			/* of a leader: entries that each has told it */

byte leader_of[TERMS + 1];	/* replica + 1 */
byte committed[LEN];		/* entries that were committed */
byte committer[LEN];		/* term of the leader that did it */
byte commit;

#define BIT(i)	  (1 << (i))
#define COUNT(s)  (((s) & 1) + (((s) >> 1) & 1) + (((s) >> 2) & 1))
#define MAJORITY(set, of) (2 * COUNT((set) & (of)) > COUNT(of))

/* Which membership is in force: that of the newest entry with one. */
inline membership(i)
{
	kind = NOOP;
	k = 0;
	do
	:: k < last[i] ->
		if
		:: KIND(log[i].e[k]) != NOOP -> kind = KIND(log[i].e[k])
		:: else
		fi;
		k++
	:: else -> break
	od;
	k = 0
}

inline quorum(i, set)
{
	membership(i);
	if
	:: kind == NOOP -> ok = MAJORITY(set, OLD)
#ifdef NEW_ONLY
	:: kind == JOINT -> ok = MAJORITY(set, NEW)
#else
	:: kind == JOINT -> ok = MAJORITY(set, OLD) && MAJORITY(set, NEW)
#endif
	:: kind == FINAL -> ok = MAJORITY(set, NEW)
	fi;
	kind = NOOP
}

#define LAST_TERM(i) (last[i] == 0 -> 0 : TERM(log[i].e[last[i] - 1]))

inline follow(i, t)
{
	if
	:: t > term[i] -> term[i] = t; voted[i] = 0
	:: else
	fi;
	leads[i] = false;
	votes[i] = 0
}

/* Stand for election. A replica that no membership names may try as well. */
inline stand(i)
{
	term[i] = term[i] + 1;
	voted[i] = i + 1;
	votes[i] = BIT(i);
	leads[i] = false
}

inline vote(i, j)
{
	follow(j, term[i]);
	ok = LAST_TERM(i) > LAST_TERM(j) || (LAST_TERM(i) == LAST_TERM(j) && last[i] >= last[j]);
#ifdef STALE_LOG
	ok = true;
#endif
#ifndef VOTE_TWICE
	ok = ok && voted[j] == 0;
#endif
	if
	:: ok -> voted[j] = i + 1; votes[i] = votes[i] | BIT(j)
	:: else
	fi;
	ok = false
}

inline win(i)
{
	quorum(i, votes[i]);
	if
	:: ok && last[i] < LEN ->
		/* One leader a term. */
		assert(leader_of[term[i]] == 0 || leader_of[term[i]] == i + 1);
		leader_of[term[i]] = i + 1;
		/* Whoever wins a later term has everything that was committed. */
		k = 0;
		do
		:: k < commit ->
			assert(committer[k] >= term[i] ||
			       (k < last[i] && log[i].e[k] == committed[k]));
			k++
		:: else -> break
		od;
		k = 0;
		leads[i] = true;
		known[i] = 0;
		votes[i] = 0;
		acks[i].upto[0] = 0; acks[i].upto[1] = 0; acks[i].upto[2] = 0;
		log[i].e[last[i]] = ENTRY(term[i], NOOP);
		last[i] = last[i] + 1
	:: else
	fi;
	ok = false
}

/* The next half of the change, when what is before is committed in this term. */
inline change(i)
{
	membership(i);
	if
	:: known[i] == last[i] && kind != FINAL ->
#ifdef NO_JOINT
		log[i].e[last[i]] = ENTRY(term[i], FINAL);
#else
		log[i].e[last[i]] = ENTRY(term[i], kind + 1);
#endif
		last[i] = last[i] + 1
	:: else
	fi;
	kind = NOOP
}

/* One entry, behind those that are equal; what differs goes. */
inline replicate(i, j)
{
	follow(j, term[i]);
	acks[j].upto[0] = 0; acks[j].upto[1] = 0; acks[j].upto[2] = 0;
	k = 0;
	do
	:: k < last[i] && k < last[j] && log[i].e[k] == log[j].e[k] -> k++
	:: else -> break
	od;
	if
	:: k < last[i] ->
		log[j].e[k] = log[i].e[k];
		k++;
		last[j] = k;
		acks[i].upto[j] = k;
		do
		:: k < LEN -> log[j].e[k] = 0; k++
		:: else -> break
		od
	:: else -> acks[i].upto[j] = k
	fi;
	k = 0
}

/* The first @n entries of a leader are with a majority, as far as it was told. */
inline settle(i, n)
{
	set = BIT(i);
	do
	:: x < N ->
		if
		:: acks[i].upto[x] >= n -> set = set | BIT(x)
		:: else
		fi;
		x++
	:: else -> break
	od;
	x = 0;
	quorum(i, set);
	set = 0;
#ifndef OLD_TERM
	ok = ok && TERM(log[i].e[n - 1]) == term[i];
#endif
	if
	:: ok ->
		do
		:: k < n ->
			assert(k >= commit || committed[k] == log[i].e[k]);
			if
			:: k >= commit -> committed[k] = log[i].e[k]; committer[k] = term[i]
			:: else
			fi;
			k++
		:: else -> break
		od;
		k = 0;
		known[i] = n;
		if
		:: n > commit -> commit = n
		:: else
		fi
	:: else
	fi;
	ok = false
}

active proctype world()
{
	byte i, j, k, x, kind, set;
	bool ok;

	do
	:: atomic {
		select(i : 0 .. N - 1);
		select(j : 0 .. N - 1);
		if
		:: term[i] < TERMS && !leads[i] && j == 0 -> stand(i)
		:: votes[i] != 0 && i != j && term[j] <= term[i] &&
		   !(term[j] == term[i] && leads[j]) -> vote(i, j)
		:: votes[i] != 0 && j == 0 -> win(i)
		:: leads[i] && j == 0 && last[i] < LEN -> change(i)
		:: leads[i] && i != j && term[j] <= term[i] -> replicate(i, j)
		:: leads[i] && j > 0 && j <= last[i] && j > known[i] -> settle(i, j)
		:: leads[i] && j == 0 -> leads[i] = false	/* it crashed */
		:: else -> skip
		fi;
		i = 0;
		j = 0
	   }
	od
}
