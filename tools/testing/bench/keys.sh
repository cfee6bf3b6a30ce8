#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: single-key reads and writes through a grid of three agents with r = 3
# on this host, through libxos and the control sockets, durable (a real sync
# on the disk that build/ lies on). XOS_BENCH_OPS scales the runs.
set -eu

top=$(cd "$(dirname "$0")/../../.." && pwd)
dir=$top/build/bench-grid
load=$top/build/release/bench/key_load
ops=${XOS_BENCH_OPS:-10000}

trap '"$top/scripts/grid" down --dir "$dir" >&2' EXIT
"$top/scripts/grid" up 3 --dir "$dir" >&2
dirs=("$dir/0/run" "$dir/1/run" "$dir/2/run")

"$load" fill put 16 "$ops" "${dirs[@]}" >/dev/null
for clients in 1 16 64; do
	n=$((clients == 1 ? (ops + 9) / 10 : ops))
	"$load" "write_c$clients" put "$clients" "$n" "${dirs[@]}"
	"$load" "read_c$clients" get "$clients" "$n" "${dirs[@]}"
done
