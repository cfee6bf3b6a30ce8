#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows, in the VM (emulated, about 20 times slower than its host):
#
#   gap_rttN       longest silence that a client with a round trip of N ms sees in 6
#                  moves of its connection under traffic, peer: the same without moves
#   drain_rate     idle connections that one member gives away in a second
#   agent_cpu      time of the processor that both agents and services take for one of
#                  these
. "$(dirname "$0")/../selftests/xos/lib.sh"
. "$(dirname "$0")/../selftests/xos/handoff_lib.sh"
. "$(dirname "$0")/lib/rows.sh"

[ -n "${XOS_VM:-}" ] || bail "not in the VM (make bench-handoff)"
exec 3>&1 >&2

load() { # connections, bytes a second
	# shellcheck disable=SC2046
	spawn ip netns exec "$(ns_name cl)" "$XOS_HELPERS/handoff_load" client $vip $port "$1" "$2" 1000 $(grid_clients 4) >"$XOS_TMP/load"
	load_pid=$!
	wait_until 60 grep -q connected "$XOS_TMP/load"
}

# The longest silence of what was loaded, in ms.
load_end() {
	kill -USR1 "$load_pid"
	wait "$load_pid" || bail "$(tail -n 1 "$XOS_TMP/load")"
	silence=$(sed -n 's/.*longest silence \([0-9]*\) ms/\1/p' "$XOS_TMP/load")
}

# Time that agents and services have taken, in ticks of 10 ms.
ticks() {
	local s v sum=0
	for s in "${members[@]}"; do
		for v in agent_$s service_$s; do
			sum=$((sum + $(awk '{ print $14 + $15 }' "/proc/${!v}/stat")))
		done
	done
	echo $sum
}

gap() { # round trip in ms
	local i s quiet
	ns rt tc qdisc replace dev vcl root netem delay "$(($1 * 500))us" limit 5000
	ns cl tc qdisc replace dev eth0 root netem delay "$(($1 * 500))us" limit 5000
	load 1 200000
	sleep 5
	load_end
	quiet=$silence
	load 1 200000
	for i in 1 2 3; do
		for s in s1 s2; do
			drain $s || bail "no drain"
			undrain $s
		done
	done
	load_end
	row "gap_rtt$1" "$silence" ms "no moves" "$quiet"
}

drain_many() {
	local n before start ms
	n=$(scaled 400)
	ns rt tc qdisc del dev vcl root
	ns cl tc qdisc del dev eth0 root
	drain s2 || bail "no drain"
	load "$n" 10
	undrain s2
	before=$(ticks)
	start=$(date +%s%3N)
	drain s1 || bail "no drain"
	ms=$(($(date +%s%3N) - start))
	row drain_rate $((n * 1000 / ms)) 1/s
	row agent_cpu $((($(ticks) - before) * 10000 / n)) us
	load_end
}

grid_make s1 s2
grid_client_addresses 4
mod_load xos_handoff || bail "no module"
grid_start || bail "no group"
for s in s1 s2; do
	grid_serve $s "$XOS_HELPERS/handoff_load" server $vip $port
done
wait_until 60 grid_serving s1 s2 || bail "no service"
for rtt in 1 10 50 200; do
	gap $rtt
done
drain_many
grid_stop
exec 1>/dev/null
done_testing
