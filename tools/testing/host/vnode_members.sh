#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Replicas of a virtual node come and go while clients add numbers: one is added and filled by a
# snapshot, a dead one is replaced, the leader is removed. Nothing is lost or done twice.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 23

NODES=5 NET=31
clients=2
adds=9999
. "$(dirname "$0")/lib/vnode.sh"

for i in $(seq $NODES); do start "$i"; done
run_ok "a virtual node is made" create counter vn-counter.so
run_ok "it gets a leader" wait_until 30 ready counter

# So much that the log is cut: a new replica needs a snapshot.
padding=$(printf '%060000d' 0)
for _ in $(seq 40); do ctl 1 vnode call counter add "7 $padding" >"$d/out" || diag "$(cat "$d/out")"; done
snapshot() { [ "$(field "$1" counter snapshot)" -gt 0 ]; }
run_ok "the log is cut" wait_until 30 snapshot 1

working=()
for c in $(seq $clients); do
	client "$c" &
	working+=($!)
done
replica() { ctl "${at:-1}" -w 60000 vnode replica "$@"; }
run_fail_with 'does not answer' "a node that is not there is refused" replica add counter "127.53.$NET.99"
run_ok "a replica is added" replica add counter "$(address 4)"
run_ok "again: it is there" replica add counter "$(address 4)"
run_ok "it was filled by a snapshot" wait_until 30 snapshot 4
is "$(field "$(leads counter)" counter voters)" 4 "it counts"

# A dead one, not the leader and not the one that is asked, is replaced.
victim=3
[ "$(leads counter)" != 3 ] || victim=2
kill -KILL "${pids[$victim]}"
wait "${pids[$victim]}" 2>"$d/out"
run_ok "a dead replica is replaced" replica replace counter "$(address $victim)" "$(address 5)"
is "$(field "$(leads counter)" counter voters)" 4 "there are as many as before"
start $victim
run_fail_with 'old replica' "the one that came back does not become a member again" \
	replica add counter "$(address $victim)"
run_ok "it is deleted" ctl $victim vnode delete counter
audited() { grep -hqE "audit: user $(id -u), process [0-9]+: $1\$" "$d/$2/log"; }
run_ok "the log says who did that" audited 'delete the replica of virtual node counter' "$victim"
run_ok "and who changed the replicas" audited 'change the replicas of virtual node counter' 1
run_ok "then a new one is made there" replica add counter "$(address $victim)"

# The leader goes.
leader=$(leads counter)
at=$((leader % NODES + 1))
run_ok "the leader is removed" replica remove counter "$(address "$leader")"
gone() { [ -z "$(field "$leader" counter host)" ]; }
run_ok "and has no replica any more" wait_until 30 gone
run_ok "another one leads" wait_until 30 ready counter

# The clients worked all the time.
kill -0 "${working[@]}" || not_ok "a client ended early"
touch "$d/stop"
wait "${working[@]}"
is "$(cat "$d"/history.* | grep -c 'gave up')" 0 "no client gave up"
ctl $at vnode call counter log | tail -n +41 >"$d/final"
is "$(sort "$d/final" | uniq -c | awk '$1 > 1' | wc -l) $(wc -l <"$d/final")" "0 $(cat "$d"/history.* | wc -l)" \
	"each number is there once"
is "$(misplaced 40)" 0 "each is where its reply said"
same() {
	local i seen=
	for i in $(seq $NODES); do
		[ "$i" != "$leader" ] || continue
		[ "$(field "$i" counter diverged)" = 0 ] || return 1
		seen="$seen$(field "$i" counter applied)\n"
	done
	[ "$(echo -e "$seen" | sort -u | sed '/^$/d' | wc -l)" = 1 ]
}
run_ok "all are alike" wait_until 30 same
for i in $(seq $NODES); do
	kill -TERM "${pids[$i]}"
	wait "${pids[$i]}" || not_ok "node $i ended with an error"
done
run_fail "the sanitizers found nothing" grep -hE 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' "$d"/?/log
