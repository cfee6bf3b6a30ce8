#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 180
#
# Members die under load. An agent that dies costs its member new clients and no
# connection; with a host its connections are lost, at once and not by hanging, and
# nobody else's. Both come back.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/handoff_lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
plan 21

conns=24
grid_make s1 s2 s3
grid_client_addresses 96
run_ok "xos_handoff loads" mod_load xos_handoff
holds "the agents form a group" grid_start
for s in s1 s2 s3; do
	grid_serve $s "$XOS_HELPERS/handoff_load" server $vip $port
done
holds "with a service on each" wait_until 60 grid_serving s1 s2 s3

life() { # member
	ctl n -j member show | jq -r ".[] | select(.name == \"$1\") | .life"
}
is_life() { test "$(life "$1")" = "$2"; }

# Connections that a member's TCP has.
served() { ns "$1" ss -Htn6 state established "( sport = :$port )" | wc -l; }

# Connections of the first clients, in the background.
load() {
	# shellcheck disable=SC2046,SC2016
	spawn ip netns exec "$(ns_name cl)" bash -c 'exec "$0" "$@" >"$XOS_TMP/load" 2>"$XOS_TMP/lost"' \
		"$XOS_HELPERS/handoff_load" client $vip $port "$conns" "$(scaled 20000)" 1000 $(grid_clients 24)
	load_pid=$!
	wait_until 60 grep -q connected "$XOS_TMP/load"
}

# Clients that nobody has seen, one connection each: all are served to the end.
newcomers() { # the last one of 24
	# shellcheck disable=SC2046
	ns cl "$XOS_HELPERS/handoff_load" client $vip $port 24 1000 3 $(grid_clients "$1" | tail -n 24) \
		>"$XOS_TMP/new" 2>&1
}
serves_newcomers() { # member
	ns "$1" ss -Htn6 state established "( sport = :$port )" | grep -qE 'c::1:(7[3-9]|8[0-9]|9[0-6])]'
}

holds "$conns connections" load
holds "all members have some" test "$(served s1)" -gt 0 -a "$(served s2)" -gt 0 -a "$(served s3)" -gt 0

before=$(served s2)
agent_stop s2 KILL
run_ok "an agent dies, its member is suspected" wait_until 20 is_life s2 suspected
newcomers 48 &
new_pid=$!
sleep 1
is "$(served s2)" "$before" "and gets none of the new clients"
wait $new_pid
is $? 0 "whom the others serve: $(cat "$XOS_TMP/new")"
sleep 5
is "$(life s2)" suspected "its host lives, so it keeps its connections"
is "$(wc -l <"$XOS_TMP/lost")" 0 "which nobody loses"
grid_agent s2
run_ok "its next life is welcome" wait_until 20 is_life s2 alive

lost=$(served s1)
ns rt ip link set vs1 down
run_ok "a host dies and is given up" wait_until 30 is_life s1 failed
is "$(ctl n -j vip agent | jq .failed)" 1 "which is counted"
all_told() { test "$(wc -l <"$XOS_TMP/lost")" -ge "$lost"; }
run_ok "its $lost connections end soon" wait_until 20 all_told
is "$(grep -c 'Connection reset by peer' "$XOS_TMP/lost")" "$lost" "each by a reset"
run_ok "new clients are served" newcomers 72

ns rt ip link set vs1 up
run_ok "the host comes back" wait_until 30 is_life s1 alive
newcomers 96 &
new_pid=$!
run_ok "and its member gets clients" wait_until 10 serves_newcomers s1
wait $new_pid
is $? 0 "who are served: $(cat "$XOS_TMP/new")"

kill -USR1 "$load_pid"
wait "$load_pid"
is "$(cut -d ' ' -f 1 <"$XOS_TMP/load" | tail -n 1)" $((conns - lost)) \
	"all others are whole: $(tail -n 1 "$XOS_TMP/load")"
[ "$_failed" -eq 0 ] || cat "$XOS_TMP"/*.log "$XOS_TMP/lost" | sort | uniq -c | tail -n 30 | diag
grid_stop
run_ok "the module can be removed" mod_unload xos_handoff
