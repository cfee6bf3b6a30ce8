#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A virtual node is written into a file while clients write to it, and made anew from it with
# what they were told and their sessions. Two of three machines are lost for good: the one that
# is left gives a backup, and with that the virtual node goes on.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 24

NODES=4 NET=34
adds=60
. "$(dirname "$0")/lib/vnode.sh"

for i in 1 2 3 4; do start $i; done
run_ok "a virtual node is made" create counter vn-counter.so
run_ok "it gets a leader" wait_until 30 ready counter

# A backup while it serves.
session=$(ctl 1 vnode session counter)
is "$(ctl 1 vnode call counter session "$session" 1 add 7)" "7 1" "a session adds a number"
client 1 &
working=$!
wait_until 30 grep -q '^10010' "$d/history.1"
leader=$(leads counter)
other=$((leader % 3 + 1))
run_fail_with 'another replica leads' "a replica that may be behind gives no backup" \
	ctl $other vnode backup counter "$d/none"
run_fail "and leaves no file" test -e "$d/none"
cp "$d/history.1" "$d/before"
run_ok "the leader does, while it serves" ctl "$leader" vnode backup counter "$d/file"
wait $working
is "$(wc -l <"$d/history.1")" $adds "the client was served meanwhile"

# Only whole files are taken.
head -c -1 "$d/file" >"$d/short"
run_fail_with 'not a whole backup' "a file that is cut off is refused" ctl 4 vnode restore counter "$d/short"
{ head -c 300 "$d/file"; printf x; tail -c +302 "$d/file"; } >"$d/changed"
cmp -s "$d/file" "$d/changed" && { head -c 300 "$d/file"; printf y; tail -c +302 "$d/file"; } >"$d/changed"
run_fail_with 'not a whole backup' "one in which a byte differs, too" ctl 4 vnode restore counter "$d/changed"
run_fail_with 'is a backup of counter' "another name is refused" ctl 4 vnode restore other "$d/file"
run_fail_with 'there is one of that name' "and where the virtual node is" ctl 1 vnode restore counter "$d/file"

# Elsewhere it is another virtual node, with the state of that moment.
run_ok "it is made anew elsewhere" ctl 4 vnode restore counter "$d/file"
run_ok "with a leader" wait_until 30 ready_at 4 counter
is "$(ctl 4 vnode call counter session "$session" 1 add 7)" "7 1" "what its sessions did is known"
ctl 4 vnode call counter log | sort >"$d/there"
{ echo 7; cut -d' ' -f1 "$d/before"; } | sort >"$d/told"
is "$(comm -13 "$d/there" "$d/told" | wc -l)" 0 "all that was acknowledged before the backup is there"
run_ok "it can go again" ctl 4 vnode delete counter

# Two of three are lost, for good: the leader and another one.
final=$(ctl 1 vnode call counter get)
caught_up() { [ "$(for i in 1 2 3; do field $i counter applied; done | sort -u | wc -l)" = 1 ]; }
wait_until 20 caught_up
left=$other
for i in 1 2 3; do
	[ $i = "$left" ] && continue
	kill -KILL "${pids[$i]}"
	wait "${pids[$i]}" 2>"$d/out"
	rm -rf "$d/$i/data"
done
lonely() { [ "$(field "$left" counter leader) $(field "$left" counter leader-addr)" = "false null" ]; }
wait_until 30 lonely
matches "$(ctl "$left" vnode backup counter "$d/rest"; echo $?)" 'no replica leads.*0$' \
	"the one that is left gives a backup, and says what it is worth"
run_ok "its replica goes" ctl "$left" vnode delete counter
run_ok "and comes back as the only one of a new group" ctl "$left" vnode restore counter "$d/rest"
run_ok "which has a leader" wait_until 30 ready_at "$left" counter
is "$(ctl "$left" vnode call counter get)" "$final" "nothing is lost"
is "$(ctl "$left" vnode call counter session "$session" 2 add 1 | cut -d' ' -f2)" $((adds + 2)) \
	"its sessions go on"
add() { "$bin/xosctl" -w 60000 -r "$d/$left/run" vnode replica add counter "$(address 4)" 2>&1; }
run_ok "it gets a replica on another machine" add
for i in "$left" 4; do
	kill -TERM "${pids[$i]}"
	wait "${pids[$i]}" || not_ok "node $i ended with an error"
done
run_fail "the sanitizers found nothing" grep -hE 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' \
	"$d/1/log" "$d/2/log" "$d/3/log" "$d/4/log"
