#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A virtual node on real vnoded, some of which are killed and others stopped for a while, in random
# order, two of five at once; packets are lost, and disks become full. Clients add numbers and
# read. Each number is there once, at the place its reply said; a read sees at least what was
# acknowledged, or read, before it began.

# Its own network, so that packets can be lost, and its own mounts, so that disks can be small.
if [ -z "${XOS_CHAOS_INSIDE:-}" ]; then
	own=(--mount --net)
	[ "$(id -u)" = 0 ] || own+=(--map-root-user)
	XOS_CHAOS_INSIDE=1 exec unshare "${own[@]}" "$0"
fi

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 13

NODES=${XOS_VNODE_NODES:-5} NET=32
clients=2
adds=9999
rounds=${XOS_VNODE_ROUNDS:-6}
. "$(dirname "$0")/lib/vnode.sh"
members=$(for i in $(seq "$NODES"); do address "$i"; done)

ip link set lo up
for i in $(seq "$NODES"); do
	mount -t tmpfs -o size=64m tmpfs "$d/$i/data" || bail "a small disk cannot be mounted"
	start "$i"
done
run_ok "a virtual node is made" create counter vn-counter.so scheduler mat policy "${XOS_VNODE_POLICY:-active}"
run_ok "it gets a leader" wait_until 30 ready counter
run_ok "another one shares its disks" create ballast vn-counter.so
run_ok "and gets a leader" wait_until 30 ready ballast

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
# Of the packets of all so many in a hundred are lost.
lose() { # percent
	nft flush ruleset
	[ "$1" = 0 ] || nft -f - <<-NFT
		table inet chaos {
			chain out {
				type filter hook output priority 0
				oifname lo numgen random mod 100 < $1 counter drop
			}
		}
	NFT
}
lost() { nft -j list ruleset | jq '[.. | .counter? | objects | .packets] | add // 0'; }
run_ok "packets can be lost" lose 0

# A disk is full: its vnoded ends, loudly, before it says anything that it cannot keep.
padding=$(printf '%060000d' 0)
full_disk() { # node
	local at=$(($1 % NODES + 1)) status=0
	dd if=/dev/zero of="$d/$1/data/full" bs=4k 2>"$d/out"
	# what is set aside already may still be written
	for _ in $(seq 1000); do
		kill -0 "${pids[$1]}" 2>"$d/out" || break
		ctl $at vnode call ballast add "7 $padding" >"$d/out" || sleep 0.1
	done
	wait "${pids[$1]}" || status=$?
	[ $status = 1 ] || not_ok "node $1 with a full disk ended with status $status"
	grep -q 'the disk failed; stopping' "$d/$1/log" || not_ok "node $1 does not say why it ended"
	at_stop=$(floor)
	wait_until 30 moved_on || not_ok "no number is added while node $1 has no disk"
	rm "$d/$1/data/full"
	start "$1"
	wait_until 30 served "$1" || not_ok "node $1 does not come back with room on its disk"
	disks=$((disks + 1))
}

losses=0 disks=0
# shellcheck disable=SC2016 # expanded at the end
at_exit 'for i in $(seq "$NODES"); do umount -l "$d/$i/data"; done'
for round in $(seq "$rounds"); do
	[ $((round % 3)) != 1 ] || lose 15
	if [ $((round % 3)) = 2 ]; then
		full_disk $((RANDOM % NODES + 1))
		continue
	fi
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
	losses=$((losses + $(lost)))
	lose 0
done
touch "$d/stop"
wait "${working[@]}"
run_ok "packets were lost meanwhile" test $losses -gt 0
run_ok "and disks were full" test $disks -gt 0
diag "$rounds rounds, $losses packets lost, $disks full disks, $(cat "$d"/history.* | wc -l) numbers, $(cat "$d"/seen.* | wc -l) reads"
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
