#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: read-modify-writes and quorum reads through a grid of four agents with r = 4, values
# of 100 bytes, durable. Beside them what was recorded of Scalaris (four Erlang VMs on one
# machine with two cores, r = 4, in memory, in another run), where there is a figure.
set -eu

. "$(dirname "$0")/lib/peers.sh"
dir=$top/build/bench-grid

trap '"$top/scripts/grid" down --dir "$dir" >&2' EXIT
"$top/scripts/grid" up 4 --replicas 4 --dir "$dir" >&2
dirs=("$dir/0/run" "$dir/1/run" "$dir/2/run" "$dir/3/run")

declare -A recorded=([rmw_4]=451 [rmw_64]=753 [read_4]=1963 [read_64]=5514)

measure() { # row, what, clients
	local figure=${recorded[$1_$3]:-}
	"$load" "$1_r4_c$3" "$2" "$3" "$(ops_of "$3")" "${dirs[@]}" |
		jq -c --argjson figure "${figure:-null}" \
			'. + (if $figure then {peer: "scalaris (recorded, other run)", peer_value: $figure} else {} end)'
}

"$load" fill put 16 "$ops" "${dirs[@]}" >/dev/null
for clients in 1 4 16 64 256; do
	measure rmw rmw $clients
	measure read get $clients
done
