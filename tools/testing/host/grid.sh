#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# Real agents on this host, under ASan and UBSan: keys, crashes, strangers, exit
# statuses, two grids side by side, and nothing left behind.

. "$(dirname "$0")/lib/grid.sh"

plan 36

grid_built
# shellcheck disable=SC2016
at_exit '[ -f "$g-two/nodes" ] && "$top/scripts/grid" down --dir "$g-two"'

status_of() {
	"$@" >/dev/null 2>&1
	echo $?
}

run_ok "a grid of five comes up" grid up 5
is "$(grid status | jq '.nodes | length')" 5 "status is JSON with five nodes"
run_ok "and each has a process" bash -c "$top/scripts/grid status --dir $g | jq -e 'all(.nodes[]; .pid > 0)'"
run_ok "the ring is complete, as another node sees it" complete 2 5

# Keys, through different nodes.
run_ok "a key is written" ctl 0 key put fruit/apple red
is "$(ctl 3 key get fruit/apple)" red "and read through another node"
run_ok "it is written again" ctl 4 key put fruit/apple green
is "$(ctl 1 key get fruit/apple)" green "and the new value is read"
# shellcheck disable=SC1003
run_ok "a key of odd bytes" ctl 2 key put 'fruit/\x00\xff\\' '\x01'
# shellcheck disable=SC1003
is "$(ctl 0 key get 'fruit/\x00\xff\\')" '\x01' "comes back as it was"
head -c 65536 /dev/zero | tr '\0' v >"$XOS_TMP/large"
run_ok "the largest value is written" ctl 1 key put large - <"$XOS_TMP/large"
is "$(ctl 4 key get large | tr -d '\n' | wc -c)" 65536 "and read"
for i in 5 3 1 4 2; do ctl "$i" key put "order/$i" "$i" 2>/dev/null || ctl 0 key put "order/$i" "$i"; done
is "$(ctl 2 key range prefix order/ | cut -f1 | tr '\n' ' ')" "order/1 order/2 order/3 order/4 order/5 " "a range is in order"
is "$(ctl 2 key range from order/2 to order/5 limit 2 | cut -f2 | tr '\n' ' ')" "2 3 " "from, to and limit hold"
run_ok "a key is removed" ctl 3 key del order/3
is "$(ctl 1 key range prefix order/ | wc -l)" 4 "and gone from the range"

# Exit statuses.
is "$(status_of ctl 0 key get order/3)" 2 "a missing key is a refusal"
is "$(status_of ctl 0 key fetch x)" 1 "an unknown command is bad syntax"
is "$(status_of "$XOS_BIN/xosctl" -r "$XOS_TMP" status)" 3 "no agent is not reachable"
is "$(status_of ctl 0 key put large2 - < <(head -c 70000 /dev/zero))" 1 "a value that is too long costs nothing"
matches "$(ctl 0 select 'cores >' 2>&1)" '^Error: column 8: ' "a wrong query says where"

# A crash.
run_ok "a node is killed" grid kill 1
is "$(ctl 0 key get fruit/apple)" green "its keys are still read"
run_ok "and written" ctl 3 key put fruit/apple blue
matches "$(ctl 2 select 'cores >= 1' | tail -n 1)" '^partial, 4 found' "a selection says that it is partial"
run_ok "it starts again" grid start 1
run_ok "and the ring is complete" wait_until 60 complete 1 5
is "$(ctl 1 key get fruit/apple)" blue "it knows what was written meanwhile"
is "$(status_of timeout 20 "$XOS_BIN/xosd" --config "$g/1/xosd.conf")" 1 "a second agent on its data is refused"

# Strangers.
mkdir -p "$XOS_TMP/thief/run"
(umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$XOS_TMP/thief/key")
refusals() {
	ctl 0 -j -s status | jq '.counters | .secure_stream_auth + .secure_dgram_mac + .secure_dgram_key_id'
}
before=$(refusals)
sed -e "s,group-key = .*,group-key = $XOS_TMP/thief/key," -e "s,$g/4,$XOS_TMP/thief,g" \
	-e 's/^port = .*/port = 7477/' -e '/^\[redis\]/,$d' "$g/4/xosd.conf" >"$XOS_TMP/thief/conf"
spawn "$XOS_BIN/xosd" --config "$XOS_TMP/thief/conf"
refused() { test "$(refusals)" -gt "$before"; }
run_ok "a node with another key is refused and counted" wait_until 60 refused
run_ok "the ring does not notice" complete 0 5

# Two grids.
run_ok "another grid comes up beside it" "$top/scripts/grid" up 2 --replicas 2 --dir "$g-two"
is "$("$XOS_BIN/xosctl" -r "$g-two/0/run" key get fruit/apple 2>&1)" "Error: there is no such key." "and has keys of its own"
run_ok "it goes down" "$top/scripts/grid" down --dir "$g-two"

cat "$g"/*/log >"$XOS_TMP/logs"
run_ok "all go down" grid down
run_fail "nothing was reported by the sanitizers" \
	grep -E 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' "$XOS_TMP/logs"
