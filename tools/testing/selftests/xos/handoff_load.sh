#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 240
#
# Connections of plain clients, under load in both directions, are moved round
# between the members again and again, over links that lose, delay and reorder
# packets and carry 1280 bytes: no reset, no wrong byte. Then a member drains.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/handoff_lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
plan 24

conns=$(scaled 40)
rounds=$(scaled 4)

grid_make s1 s2 s3
grid_client_addresses 8
run_ok "xos_handoff loads" mod_load xos_handoff
holds "the agents form a group" grid_start
for s in s1 s2 s3; do
	grid_serve $s "$XOS_HELPERS/handoff_load" server $vip $port
done
holds "with a service on each" wait_until 60 grid_serving s1 s2 s3

# Round after round every member drains in turn.
rounds_run() {
	local i s
	for ((i = 0; i < rounds; i++)); do
		for s in s1 s2 s3; do
			drain $s || return
			undrain $s || return
		done
	done
}

load() { # connections, bytes a second
	# shellcheck disable=SC2046,SC2016
	spawn ip netns exec "$(ns_name cl)" bash -c 'exec "$0" "$@" >"$XOS_TMP/load" 2>"$XOS_TMP/lost"' \
		"$XOS_HELPERS/handoff_load" client $vip $port "$1" "$2" 1000 $(grid_clients 8)
	load_pid=$!
	wait_until 60 grep -q connected "$XOS_TMP/load"
}

load_end() {
	kill -USR1 "$load_pid"
	wait "$load_pid"
	local status=$?
	tail -n 1 "$XOS_TMP/load" | diag >&2
	[ $status -eq 0 ] || evidence >&2
	return $status
}

scenario() { # what, bytes a second
	local before rsts
	before=$(moves)
	rsts=$(resets)
	holds "$1: $conns connections" load "$conns" "$2"
	holds "$1: drained round and round" rounds_run
	is $(($(resets) - rsts)) 0 "$1: no member sent a reset"
	holds "$1: all are whole" load_end
	holds "$1: $(($(moves) - before)) moves" test $(($(moves) - before)) -ge $((conns * rounds))
}

scenario "clean links" 20000
ns rt tc qdisc add dev vcl root netem delay 20ms 10ms 25% loss 1% reorder 10% 50% limit 5000
ns cl tc qdisc add dev eth0 root netem delay 20ms 10ms 25% loss 1% reorder 10% 50% limit 5000
scenario "loss, delay, reordering" 20000
ns rt tc qdisc del dev vcl root
ns cl tc qdisc del dev eth0 root
ns rt ip link set vcl mtu 1280
ns cl ip link set eth0 mtu 1280
scenario "MTU 1280" 20000

# Where the connections are, as the members' TCP sees it.
spread() {
	local s
	for s in "${members[@]}"; do
		echo "$s $(ns "$s" ss -Htn6 state established "( sport = :$port )" | wc -l)"
	done | tr '\n' ' '
}

# Many at once: one member has them all, then none.
many=$(scaled 600)
alone() {
	drain s2 && drain s3 && load "$many" 10
}
all_moved() {
	undrain s2 && undrain s3 && ctl n member drain s1 vip $vip && wait_until 120 drained s1
}
before=$(moves)
holds "s1 alone has $many connections" alone
start=$(date +%s%3N)
diag "$(spread)"
holds "it drains" all_moved
diag "in $(($(date +%s%3N) - start)) ms: $(spread)"
holds "all are whole" load_end
moved=$(($(moves) - before))
run_ok "with no more than one move each" test $moved -gt 0 -a $moved -le "$many"

[ "$_failed" -eq 0 ] || cat "$XOS_TMP"/*.log | sort | uniq -c | tail -n 20 | diag
is "$(ns n "$XOS_BIN/xosctl" -j conn show | jq '.gates | length')" 0 "the contact node has no gates"
grid_stop
run_ok "the module can be removed" mod_unload xos_handoff
