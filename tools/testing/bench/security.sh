#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: what security costs. The rows of the key store (keys.sh) on an insecure grid and on one
# of a virtual organisation, in turns; handshakes and datagrams per second, by tools/testing/bench/handshake.
set -eu

top=$(cd "$(dirname "$0")/../../.." && pwd)
dir=$top/build/bench-security
load=$top/build/release/bench/key_load
ops=${XOS_BENCH_OPS:-10000}

trap '[ ! -f "$dir/nodes" ] || "$top/scripts/grid" down --dir "$dir" >&2' EXIT
# A row of the secure grid is compared with that of the insecure one.
row() { # name, key_load's arguments after the row's name
	local name=$1 out
	shift
	out=$("$load" "${kind}_$name" "$@" "${dirs[@]}")
	if [ $kind = insecure ]; then
		echo "$out" >"$dir-$name"
		echo "$out"
		return
	fi
	jq -c --slurpfile i "$dir-$name" '. + {peer: "insecure", peer_value: $i[0].value}' <<<"$out"
	rm -f "$dir-$name"
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
