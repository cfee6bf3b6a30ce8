#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A virtual node on three real vnoded: clients with sessions add numbers while its
# replicas are killed; each number that was acknowledged is there once, at the place that
# the reply said. A service that crashes or hangs harms nothing else.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 39

NODES=3 NET=30
clients=3
adds=${XOS_VNODE_ADDS:-80}
. "$(dirname "$0")/lib/vnode.sh"
# how the virtual node runs while its replicas are killed
scheduler=${XOS_VNODE_SCHEDULER:-sat}
policy=${XOS_VNODE_POLICY:-active}

# Configuration, as of any daemon.
sed 's/^port = .*/port = many/' "$d/1/conf" >"$d/bad"
matches "$("$bin/vnoded" --config "$d/bad" --check-config 2>&1; echo $?)" 'bad:5: port' \
	"a wrong configuration is told with file and line"
is "$("$bin/vnoded" --config "$d/bad" --check-config 2>/dev/null; echo $?)" 2 "and status 2"
sed "s,^credentials = .*,credentials = $d/none," "$d/1/conf" >"$d/bad"
matches "$("$bin/vnoded" --config "$d/bad" 2>&1)" 'err: main: credentials: .*No such file' \
	"without credentials it does not start"
is "$("$bin/vnoded" --config "$d/1/conf" --check-config)" "$d/1/conf: good" "a good one is called so"

for i in 1 2 3; do start $i; done
run_ok "a virtual node is made" create counter vn-counter.so time-max 1500 scheduler "$scheduler" policy "$policy"
run_ok "it gets a leader" wait_until 30 ready counter
run_fail_with 'there is one of that name' "a second one of its name is refused" create counter vn-bank.so
run_fail_with 'no replica of that virtual node' "one that there is not cannot be called" ctl 2 vnode call none get
is "$(ctl 1 vnode call counter add 5; ctl 2 vnode call counter add 6; ctl 3 vnode call counter get)" \
	"$(printf '5 1\n11 2\n11 2')" "each of the three serves"
run_fail_with 'Function not implemented' "what the service refuses is told" ctl 1 vnode call counter jump

# Requests that break the service.
run_ok "another one is made" create queue vn-queue.so
run_ok "and gets a leader" wait_until 30 ready queue
run_fail_with 'crashed or hung' "a request that crashes the service is answered" ctl 1 vnode call counter crash
is "$(ctl 2 vnode call counter get)" "11 2" "and undone"
run_fail_with 'crashed or hung' "one that others may have seen the work of" ctl 2 vnode call counter late 0
# under hot nobody has seen anything
late=$([ "$policy" = hot ] && echo 0 || echo 1)
is "$(ctl 3 vnode call counter get)" "11 $((2 + late))" "is cut off: what it did stays"
# it computes at every replica; where all else has to wait for that, another one may come to lead
run_fail_with 'crashed or hung|nobody knows' "a request that hangs" ctl 3 vnode call counter hang
is "$(ctl 1 vnode call counter add 1)" "12 $((3 + late))" "the service goes on"
is "$(field 1 queue restarts)" 1 "the other one was not touched"

# Waiting, and time: a request waits for another one, or for its time.
(ctl 3 vnode call queue take >"$d/taken") &
taker=$!
is "$(ctl 1 vnode call queue put parcel)" 1 "an item is put in"
wait $taker
is "$(cat "$d/taken")" parcel "who waited for it has it"
run_fail_with 'Connection timed out' "a wait ends by the log" ctl 2 vnode call queue take 50

# Read-only operations need no log, at any replica, and see what was acknowledged before.
before=$(field 1 counter requests)
stale=0
for n in $(seq 30); do
	ctl $((n % 3 + 1)) vnode call counter get >"$d/out" || echo "failed $n"
	[ "$(cat "$d/out")" = "12 $((3 + late))" ] || stale=$((stale + 1))
done
is $stale 0 "reads see the last write, at each replica"
is "$(field 1 counter requests)" "$before" "no entry of the log is used for that"
# where decisions are followed only the leader reads
case $policy,$scheduler in *semi*|*lsa) least=0 ;; *) least=5 ;; esac
# shellcheck disable=SC2046
run_ok "each of the three replicas did some" test $(for i in 1 2 3; do field $i counter reads; done | sort -n | head -1) -ge $least
run_fail_with 'crashed or hung' "a read that crashes the service is answered" ctl 2 vnode call counter peek-crash
is "$(ctl 2 vnode call counter get)" "12 $((3 + late))" "and harms nothing"

# Clients, while replicas are killed.
working=()
for c in $(seq $clients); do
	client "$c" &
	working+=($!)
done
busy() { kill -0 "${working[@]}" 2>"$d/out"; }
kills=0
while busy; do
	victim=$(leads counter || echo 2)
	[ $((kills % 3)) -lt 2 ] || victim=$((RANDOM % 3 + 1))
	kill -KILL "${pids[$victim]}"
	wait "${pids[$victim]}" 2>"$d/out"
	kills=$((kills + 1))
	sleep 0.3
	start "$victim"
	sleep 0.7
done
diag "$kills replicas were killed"
run_ok "replicas were killed meanwhile" test $kills -ge 2
is "$(cat "$d"/history.* | grep -c 'gave up')" 0 "no client gave up"
ctl 1 vnode call counter log | tail -n +$((4 + late)) >"$d/final"
is "$(sort "$d/final" | uniq -d | wc -l)" 0 "no number is there twice"
is "$(wc -l <"$d/final")" $((clients * adds)) "each is there"
is "$(misplaced $((3 + late)))" 0 "each is where its reply said"

# Another scheduler, another policy, while it serves.
for words in "scheduler mat" "scheduler ord" "policy hot" "policy cold" "policy semi-active" "policy active"; do
	# shellcheck disable=SC2086
	ctl 2 vnode ${words% *} counter "${words#* }" || not_ok "$words"
	ctl 3 vnode call counter add 1 >"$d/out"
done
is "$(field 1 counter scheduler) $(field 1 counter policy)" "ord active" "scheduler and policy are changed"
is "$(ctl 1 vnode call counter get | cut -d' ' -f2)" $((clients * adds + 9 + late)) "nothing is lost by that"
same() {
	for i in 1 2 3; do field $i counter diverged; done | grep -qvx 0 && return 1
	[ "$(for i in 1 2 3; do field $i counter applied; done | sort -u | wc -l)" = 1 ]
}
run_ok "no replica diverged" wait_until 20 same
for i in 1 2 3; do
	kill -TERM "${pids[$i]}"
	wait "${pids[$i]}" || not_ok "node $i ended with an error"
done
audited() { grep -hqE "audit: user $(id -u), process [0-9]+: $1\$" "$d/$2/log"; }
run_ok "the log says who made them" audited 'create virtual node queue' 1
run_ok "and who switched one" audited 'switch virtual node counter' 2
run_fail "the sanitizers found nothing" grep -hE 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' \
	"$d/1/log" "$d/2/log" "$d/3/log"
run_fail "no entry was taken for damage" grep -h 'damage' "$d/1/log" "$d/2/log" "$d/3/log"
