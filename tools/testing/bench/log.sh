#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: a replicated log of three processes on this host, durable (a real sync
# on the disk that build/ lies on), 100-byte proposals and linearisable reads
# at the leader. XOS_BENCH_OPS scales the runs.
set -eu

top=$(cd "$(dirname "$0")/../../.." && pwd)
dir=$top/build/bench-log
load=$top/build/release/bench/log_load
ops=${XOS_BENCH_OPS:-10000}

trap 'rm -rf "$dir"' EXIT
for clients in 1 16 64 256; do
	n=$((clients == 1 ? (ops + 9) / 10 : ops))
	for kind in write read; do
		rm -rf "$dir"
		"$load" "log_${kind}_c$clients" $kind "$clients" "$n" "$dir"
	done
done
