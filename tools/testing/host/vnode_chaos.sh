#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A virtual node on real vnoded, some of which are killed and others stopped for a while, in random
# order, two of five at once. Clients add numbers and read. Each number is there once, at the place
# its reply said; a read sees at least what was acknowledged, or read, before it began.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 8

NODES=${XOS_VNODE_NODES:-5} NET=32
clients=2
adds=9999
rounds=${XOS_VNODE_ROUNDS:-6}
. "$(dirname "$0")/lib/vnode.sh"
members=$(for i in $(seq "$NODES"); do address "$i"; done)

for i in $(seq "$NODES"); do start "$i"; done
run_ok "a virtual node is made" create counter vn-counter.so scheduler mat
run_ok "it gets a leader" wait_until 30 ready counter

# What has been seen or acknowledged so far: each client has a file with its last place.
floor() { cat "$d"/history.* "$d"/seen.* 2>/dev/null | awk '$3 > n {n = $3} END {print n + 0}'; }
reader() { # number
	local least out
	: >"$d/seen.$1"
	while [ ! -e "$d/stop" ]; do
		least=$(floor)
		out=$(ctl $((RANDOM % NODES + 1)) vnode call counter get) || continue
		[ "${out#* }" -ge "$least" ] || echo "$out, but there were $least" >>"$d/stale"
		echo "read $out" >>"$d/seen.$1"
	done
}
working=()
for c in $(seq $clients); do
	client "$c" &
	working+=($!)
	reader "$c" &
	working+=($!)
done

# A minority at a time is away: one stopped, and of five also one killed.
served() { ctl "$1" vnode call counter get >"$d/out"; }
moved_on() { [ "$(floor)" -gt "$at_stop" ]; }
# A read waits at a node that was stopped, maybe as the leader, while the others went on.
late_read() { # node
	local least reader
	least=$(floor)
	(ctl "$1" vnode call counter get >"$d/late" || echo "0 $least" >"$d/late") &
	reader=$!
	# so that it is there when the node wakes up; not needed for a good verdict
	sleep 0.1
	kill -CONT "${pids[$1]}"
	wait $reader
	[ "$(cut -d' ' -f2 "$d/late")" -ge "$least" ] || echo "late: $(cat "$d/late") < $least" >>"$d/stale"
}
for _ in $(seq "$rounds"); do
	stopped=$((RANDOM % NODES + 1))
	[ $((RANDOM % 2)) = 0 ] || stopped=$(leads counter || echo 1)
	killed=$((stopped % NODES + 1))
	kill -STOP "${pids[$stopped]}"
	at_stop=$(floor)
	if [ "$NODES" -ge 5 ]; then
		kill -KILL "${pids[$killed]}"
		wait "${pids[$killed]}" 2>"$d/out"
		start "$killed"
	fi
	wait_until 30 served "$killed" || not_ok "the others do not go on without node $stopped"
	wait_until 30 moved_on || not_ok "no number is added without node $stopped"
	late_read "$stopped"
	wait_until 30 served "$stopped" || not_ok "node $stopped does not come back"
done
touch "$d/stop"
wait "${working[@]}"
diag "$rounds rounds, $(cat "$d"/history.* | wc -l) numbers, $(cat "$d"/seen.* | wc -l) reads"
is "$(cat "$d"/history.* | grep -c 'gave up')" 0 "no client gave up"
ctl 1 vnode call counter log >"$d/final"
is "$(sort "$d/final" | uniq -d | wc -l) $(wc -l <"$d/final")" "0 $(cat "$d"/history.* | wc -l)" \
	"each number is there once"
is "$(misplaced 0)" 0 "each is where its reply said"
is "$(cat "$d/stale" 2>/dev/null)" "" "no read was behind what was known before it"
same() {
	local i
	for i in $(seq "$NODES"); do field "$i" counter diverged; done | grep -qvx 0 && return 1
	[ "$(for i in $(seq "$NODES"); do field "$i" counter applied; done | sort -u | wc -l)" = 1 ]
}
run_ok "no replica diverged" wait_until 30 same
for i in $(seq "$NODES"); do
	kill -TERM "${pids[$i]}"
	wait "${pids[$i]}" || not_ok "node $i ended with an error"
done
run_fail "the sanitizers found nothing" grep -hE 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' "$d"/?/log
