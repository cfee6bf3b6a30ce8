#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The test runner and the reader of kernel logs must see what is wrong.

. "$(dirname "$0")/../selftests/xos/lib.sh"

run_tool=$XOS_TOP/tools/testing/run
check_log=$XOS_TOP/tools/testing/vm/check-log

# suite NAME LINES...: an executable that runs these shell lines.
suite() {
	local file=$XOS_TMP/$1

	shift
	printf '%s\n' '#!/bin/sh' "$@" >"$file"
	chmod +x "$file"
}

# totals NAME: the last line of a run of that suite alone.
totals() {
	"$run_tool" --only "t/$1" "$XOS_TMP/suites" | tail -n 1
}

# verdict NAME: the status of a run of that suite alone.
verdict() {
	local status=0

	"$run_tool" --only "t/$1" "$XOS_TMP/suites" >/dev/null || status=$?
	echo $status
}

# log_has TEXT: does the reader of kernel logs find a report in it?
log_has() {
	printf '[    1.0] boring\n%s\n[    9.0] boring\n' "$1" >"$XOS_TMP/kernel.txt"
	! "$check_log" "$XOS_TMP/kernel.txt"
}

suite good 'echo 1..2; echo ok 1 - a; echo ok 2 - b'
suite plain 'true'
suite skipping 'echo 1..2; echo "ok 1 - a # SKIP not here"; echo ok 2'
suite skipped 'echo "1..0 # SKIP not here"'
suite bad 'echo 1..2; echo ok 1 - a; echo not ok 2 - b; echo "# the reason"; exit 1'
suite lying 'echo 1..1; echo not ok 1 - a; exit 0'
suite short 'echo 1..3; echo ok 1 - a'
suite long 'echo 1..1; echo ok 1 - a; echo ok 2 - b'
suite noplan 'echo ok 1 - a'
suite crash 'echo 1..1; echo ok 1 - a; kill -SEGV $$'
suite status 'exit 3'
suite slow 'sleep 60'
suite bail 'echo 1..2; echo ok 1; echo "Bail out! no reason"; exit 1'
cat >"$XOS_TMP/suites" <<EOF
# how each of these ends is known
each t 2 $XOS_TMP/[a-z]*
run t/shell 5 echo x | grep -q x
each t/none 5 $XOS_TMP/nothing-*
EOF
chmod -x "$XOS_TMP/suites"

plan 28
is "$(totals good)" "2 passed, 0 failed" "good results are counted"
is "$(totals plain)" "1 passed, 0 failed" "a command without TAP counts by its status"
is "$(totals shell)" "1 passed, 0 failed" "a suite may be a pipeline"
is "$(totals skipping)" "1 passed, 0 failed, 1 skipped" "skipped results are counted"
is "$(totals skipped)" "0 passed, 0 failed, 1 skipped" "a skipped suite is counted"
is "$(verdict good)" 0 "good results end with status 0"
is "$(verdict skipped)" 1 "nothing passed is no success"
is "$(totals bad)" "1 passed, 1 failed" "a failed result fails"
is "$(verdict bad)" 1 "a failed result ends with status 1"
is "$(totals lying)" "0 passed, 1 failed" "a failed result fails in spite of status 0"
is "$(totals short)" "1 passed, 1 failed" "fewer results than planned fail"
is "$(totals long)" "2 passed, 1 failed" "more results than planned fail"
is "$(totals noplan)" "1 passed, 1 failed" "results without a plan fail"
is "$(totals crash)" "1 passed, 1 failed" "a crash after good results fails"
is "$(totals status)" "0 passed, 1 failed" "a bad status without TAP fails"
is "$(totals slow)" "0 passed, 1 failed" "a suite that does not end fails"
is "$(totals bail)" "1 passed, 2 failed" "bailing out fails"
is "$(totals none)" "0 passed, 1 failed" "a pattern without a match fails"

run_fail "a boring kernel log has no report" log_has "[    3.0] Spectre V2 : WARNING: eIBRS"
run_ok "WARNING is seen" log_has "[    3.0] WARNING: CPU: 0 PID: 1 at net/core.c:1"
run_ok "lockdep is seen" log_has "[    3.0] WARNING: possible circular locking dependency"
run_ok "an invalid wait context is seen" log_has "[    3.0] [ BUG: Invalid wait context ]"
run_ok "KASAN is seen" log_has "[    3.0][  T12] BUG: KASAN: use-after-free in f+0x1/0x2"
run_ok "UBSAN is seen" log_has "[    3.0] UBSAN: array-index-out-of-bounds in a.c:1:2"
run_ok "a leak is seen" log_has "[    3.0] kmemleak: 2 new suspected memory leaks"
run_ok "a stall is seen" log_has "[    3.0] rcu: INFO: rcu_preempt self-detected stall on CPU"
run_ok "a hung task is seen" log_has "[    3.0] INFO: task a:1 blocked for more than 120 seconds."
run_ok "a crashed program is seen" log_has "[    3.0] xosd[7]: segfault at 8 ip 0 sp 0 error 4"
