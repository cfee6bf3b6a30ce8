#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: the longest time that a write of a client at one of four agents takes (r = 3) while
# another agent is killed; and while one is cut off silently, which a stopped process
# is to the others. What fails is tried again, and counts from the first attempt.
set -eu

. "$(dirname "$0")/lib/peers.sh"
dir=$top/build/bench-grid

down() {
	[ ! -f "$dir/3/pid" ] || kill -CONT "$(cat "$dir/3/pid")" 2>/dev/null || true
	[ ! -f "$dir/nodes" ] || "$top/scripts/grid" down --dir "$dir" >&2
}
trap down EXIT

measure() { # row, signal
	local pid
	"$top/scripts/grid" up 4 --dir "$dir" >&2
	"$load" fill put 16 "$ops" "$dir/0/run" >/dev/null
	pid=$(cat "$dir/3/pid")
	{ sleep 1 && kill "-$2" "$pid" && touch "$dir/struck"; } &
	"$load" "$1" gap 16 "$((ops * 3))" "$dir/0/run" "$dir/1/run"
	[ -f "$dir/struck" ] || { say "the load was over before the agent was" && exit 1; }
	wait
	down
}

measure failover_gap KILL
measure failover_gap_cut STOP
