#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: what security costs. The rows of the key store (keys.sh) on an insecure grid and on one
# of a virtual organisation, in turns, also by the CPU time that the agents took, which other work on the
# machine changes less; handshakes and datagrams per second, by tools/testing/bench/handshake.
set -eu

top=$(cd "$(dirname "$0")/../../.." && pwd)
dir=$top/build/bench-security
load=$top/build/release/bench/key_load
ops=${XOS_BENCH_OPS:-10000}

trap '[ ! -f "$dir/nodes" ] || "$top/scripts/grid" down --dir "$dir" >&2' EXIT
# CPU time of all agents, in ticks.
ticks() {
	local i sum=0
	for i in 0 1 2; do
		sum=$((sum + $(cut -d' ' -f14,15 "/proc/$(cat "$dir/$i/pid")/stat" | tr ' ' '+')))
	done
	echo $sum
}
# A row of the secure grid is compared with that of the insecure one.
compared() { # name; the row is standard input
	if [ $kind = insecure ]; then
		tee "$dir-$1"
		return
	fi
	jq -c --slurpfile i "$dir-$1" '. + {peer: "insecure", peer_value: $i[0].value}'
	rm -f "$dir-$1"
}
row() { # name, key_load's arguments after the row's name: get or put, clients, operations
	local name=$1 before
	shift
	before=$(ticks)
	"$load" "${kind}_$name" "$@" "${dirs[@]}" | compared "$name"
	jq -nc --arg name "${kind}_${name}_cpu" --argjson n $(($3 * $(getconf CLK_TCK))) --argjson t $(($(ticks) - before)) \
		'{name: $name, value: ($n / ([$t, 1] | max) | round), unit: "1/CPU s"}' | compared "${name}_cpu"
}

for kind in insecure secure; do
	options=()
	[ $kind = insecure ] || options=(--secure)
	"$top/scripts/grid" up 3 ${options[@]+"${options[@]}"} --dir "$dir" >&2
	dirs=("$dir/0/run" "$dir/1/run" "$dir/2/run")
	"$load" fill put 16 "$ops" "${dirs[@]}" >/dev/null
	row write_c16 put 16 "$ops"
	row read_c16 get 16 "$ops"
	"$top/scripts/grid" down --dir "$dir" >&2
done
"$top/build/release/bench/handshake" 1000
