#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 120
#
# The clauses of select on real agents, under ASan and UBSan: what xosctl prints of ordered,
# spread, counted and explained answers, also when a machine is dead.

. "$(dirname "$0")/lib/grid.sh"

plan 40

grid_built

# Machines m0 to m6 in racks r0 r1 r2 r0 r1 r2 r0.
ask() { ctl 3 -j select "$@"; }
names() { ask "$@" | jq -r '[.machines[].machine] | join(" ")'; }
field() { # filter of jq, query
	local f=$1
	shift
	ask "$@" | jq -r "$f"
}
whole() { test "$(field '"\(.outcome) \(.found)"' true)" = "complete 7"; }

run_ok "a grid of seven comes up" grid up 7
run_ok "and all are found" wait_until 60 whole

is "$(names 'order by machine')" "m0 m1 m2 m3 m4 m5 m6" "machines in order"
is "$(names 'order by machine desc limit 3')" "m6 m5 m4" "the last three"
is "$(names 'order by rack desc, number(substr(machine, 1)) limit 4')" "m2 m5 m1 m4" "by two values, one of them computed"
is "$(names 'rack != r1 prefer machine == m5 weight 2 prefer machine == m3 order by machine limit 3')" "m5 m3 m0" \
	"what is preferred comes first"
is "$(field '"\(.outcome) \(.found) \(.matched)"' 'order by machine limit 3')" "limit-reached 3 7" \
	"an ordered answer says how many match"

# Pages.
first=$(ask 'order by machine limit 3')
after=$(jq -r .cursor <<<"$first")
second=$(ask "order by machine limit 3 after $after")
third=$(ask "order by machine limit 3 after $(jq -r .cursor <<<"$second")")
is "$(jq -r '.machines[].machine' <<<"$first$second$third" | tr '\n' ' ')" "m0 m1 m2 m3 m4 m5 m6 " "page after page shows everybody once"
is "$(jq -r '[.outcome, .cursor] | join(" ")' <<<"$third")" "complete " "and the last page has no cursor"
matches "$(ask "order by rack after $after" 2>&1)" 'column 21: this cursor is of another order' \
	"a cursor belongs to its order"

# Where they lie.
is "$(names 'spread rack max 1 order by machine')" "m0 m1 m2" "one of each rack, the best"
is "$(field .found "spread rack max 2 limit 5")" 5 "two of each rack, five in all"
is "$(names 'same rack order by machine desc')" "m6 m3 m0" "the rack with most machines"
is "$(names 'same rack limit 2 order by machine desc')" "m6 m3" "two of one rack, the best"
is "$(field .found 'same rack min 4' 2>"$XOS_TMP/why")" 3 "three are not four"
matches "$(cat "$XOS_TMP/why")" 'fewer machines match, or are free, than are needed' "which is refused"

# Counts.
is "$(field '"\(.found) \(.machines | length) \(.outcome)"' 'count rack in (r0, r1)')" "5 0 complete" "machines are counted, not shown"
is "$(ctl 3 select 'explain rack == r0 and machine > m2 and gpus >= 1' | tr -s ' ')" \
	" removed not true unknown condition
 4 4 0 rack == r0
 1 3 0 machine > m2
 2 7 7 gpus >= 1
complete, 0 found" "each condition is explained"
is "$(ctl 3 select 'machine in (m1, m2) order by machine show rack, gpus' | tr -s ' ' | cut -d' ' -f1,4-)" \
	"m1 rack=r1 gpus=
m2 rack=r2 gpus=
complete," "attributes are shown"
matches "$(ctl 3 select 'count true limit 3' 2>&1)" "^Error: column 12: 'count' and 'explain' show no machines" "count takes no limit"
run_ok "an answer in time" test "$(field .outcome 'order by machine deadline 15s')" = complete

is "$(field .found 'count disk-free > 0 fresh 100ms')" 7 "fresh attributes match"
run_ok "and were read for it" test "$(counter 5 select_refreshed)" -ge 1

# For other programs.
is "$(ctl 3 select as slurm machine != m3)" "m[0-2,4-6]" "a node list of Slurm"
is "$(ctl 3 select as hostfile order by machine limit 2)" "m0 slots=$(nproc)
m1 slots=$(nproc)" "a hostfile of mpirun"

# Claims.
is "$(names 'rack == r0 order by machine limit 2 claim 5min as one')" "m0 m3" "two machines are reserved"
is "$(names 'rack == r0 limit 2 claim 5min as two')" "m6" "another job gets what is left"
run_fail "or nothing, when that is too little" ask 'rack == r0 limit 2 min 2 claim 5min as three'
is "$(names 'rack == r0 order by machine desc limit 3 claim 1s as one')" "m3 m0" "who has them renews them"
free() { test "$(names 'machine in (m0, m3) order by machine limit 2 claim 1s as three')" = "m0 m3"; }
run_ok "and when their time is over they are free" wait_until 30 free

# Machine 4 serves one user only.
cp "$g/4/xosd.conf" "$XOS_TMP/conf"
printf '[select]\naccept = user ==\n' >>"$g/4/xosd.conf"
matches "$("$XOS_BIN/xosd" --config "$g/4/xosd.conf" 2>&1)" "accept.*column 8: expected a value after '=='" \
	"an expression that is none is refused at the start"
(cat "$XOS_TMP/conf" && printf '[select]\naccept = user == ada\n') >"$g/4/xosd.conf"
run_ok "a machine starts again that serves one user" bash -c "$top/scripts/grid kill 4 --dir $g && $top/scripts/grid start 4 --dir $g"
run_ok "and is found by who only looks" wait_until 60 whole
is "$(names 'rack == r1 with user = bob') $(names 'rack == r1 order by machine with user = ada')" "m1 m1 m4" \
	"another user does not find it"
is "$(ctl 3 select 'explain rack == r1 with user = bob' | tail -n 1)" "complete, 1 found, 1 refuse the job" "which is explained"

# What is missing is said.
run_ok "a machine is killed" grid kill 6
is "$(field '"\(.outcome) \(.found)"' 'order by machine desc limit 3 deadline 5s')" "partial 3" \
	"the best are only known when everybody was asked"
is "$(field .found 'count true deadline 5s')" 6 "a count is of those who answer"

cat "$g"/*/log >"$XOS_TMP/logs"
run_ok "all go down" grid down
run_fail "nothing was reported by the sanitizers" \
	grep -E 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' "$XOS_TMP/logs"
