#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 600
#
# The model of a commit and its takeover (tools/testing/model/txn_commit.pml):
# spin looks at every order of events, and finds bugs that are planted in it.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 5

top=$(cd "$(dirname "$0")/../../.." && pwd)
command -v spin >/dev/null || bail "spin is not installed (scripts/setup)"
cd "$XOS_TMP" || bail "no folder to work in"

check() { # defines; prints the number of errors
	spin -a "$@" "$top/tools/testing/model/txn_commit.pml" >spin.log 2>&1 || return 1
	gcc -w -O2 -DSAFETY -DCOLLAPSE -DMEMLIM=3000 -o pan pan.c || return 1
	./pan -m100000 >pan.log 2>&1
	sed -n 's/.*errors: //p' pan.log
}

is "$(check -DKEYS=1 -DSETTLERS=1)" 0 "a manager and one who takes over never disagree"
matches "$(grep 'states, stored' pan.log)" '^ *[0-9]{6,}' "and all states were looked at"
is "$(check -DKEYS=1 -DSETTLERS=1 -DBUG=2)" 1 "found: a ballot below the promised one is accepted"
is "$(check -DKEYS=1 -DSETTLERS=1 -DBUG=3)" 1 "found: an abort leaves no floor"
is "$(check -DKEYS=1 -DSETTLERS=1 -DBUG=6)" 1 "found: what was accepted before is ignored"
