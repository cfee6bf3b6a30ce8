#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: redis-benchmark at one agent of a grid of three (r = 3, durable), and the same at one
# redis-server on this disk that syncs each write (appendfsync always). Values of 100 bytes;
# keys drawn from 100,000, or (hot) one key; p16: 16 commands at once a client.
set -eu

. "$(dirname "$0")/lib/peers.sh"
dir=$top/build/bench-grid

peer_has redis-benchmark || exit 1
trap 'peers_stop; "$top/scripts/grid" down --dir "$dir" >&2' EXIT
"$top/scripts/grid" up 3 --dir "$dir" >&2
host=$(sed -n 's/^listen = //p' "$dir/0/xosd.conf" | head -n 1)
peer=
if peer_has redis-server && redis_up "$host"; then peer=redis; fi

measure() { # row, command, clients, further arguments
	local n ours its=""
	n=$(ops_of "$3")
	[[ $1 != *_p16* ]] || n=$((n * 4))
	ours=$(redis_row "$1_c$3" "$host" 8400 "$3" "$n" -t "$2" -d 100 "${@:4}")
	[ -z "$peer" ] || its=$(redis_row "redis_$1_c$3" "$host" 8399 "$3" "$n" -t "$2" -d 100 "${@:4}")
	beside redis "$ours" "$its"
}

for clients in 1 16 64 256; do
	measure resp_set set $clients -r 100000
	measure resp_get get $clients -r 100000
done
for what in set get; do
	measure resp_${what}_hot $what 64
	measure resp_${what}_p16 $what 64 -r 100000 -P 16
done
