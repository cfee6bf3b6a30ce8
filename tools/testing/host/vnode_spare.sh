#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A machine that is gone for good: its replica is replaced by one on a machine that matches an
# expression, by itself, while clients add numbers. One that has no vnoded is passed over.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 16

NODES=4 NET=34
clients=2
adds=9999
. "$(dirname "$0")/lib/vnode.sh"

# Machine 5 has an xosd only, and says that it is a spare one, like 4. 3 says so, too.
xosds=()
start_xosd() { # node
	local join=create=yes
	[ "$1" = 1 ] || join="join=127.53.$NET.1"
	mkdir -p "$d/$1/run" "$d/$1/xosd"
	cat >"$d/$1/xosd.conf" <<-CONF
		[grid]
		credentials = $d/$1/credentials
		${join/=/ = }
		[node]
		machine = m$1
		listen = 127.53.$NET.$1
		data-dir = $d/$1/xosd
		run-dir = $d/$1/run
		user =
		group =
		[attributes]
		spare = $([ "$1" -ge 3 ] && echo yes || echo no)
	CONF
	spawn "$bin/xosd" --config "$d/$1/xosd.conf" 2>>"$d/$1/xosd.log"
	xosds[$1]=$!
}
vo issue node n5 out "$d/5.credentials" >"$d/out"
mkdir -p "$d/5" && mv "$d/5.credentials" "$d/5/credentials"
for i in 1 2 3 4 5; do start_xosd $i; done
found() { ctl 1 -j select 'spare == "yes"' limit 10 | jq -e ".found == $1"; }
run_ok "a grid of five comes up" wait_until 60 found 3

for i in $(seq $NODES); do
	cat >>"$d/$i/conf" <<-CONF
		spares = spare == "yes"
		replace-after = 5
	CONF
	start "$i"
done
run_ok "a virtual node is made" create counter vn-counter.so
run_ok "it gets a leader" wait_until 30 ready counter
working=()
for c in $(seq $clients); do
	client "$c" &
	working+=($!)
done

# Away for a moment is not gone.
kill -STOP "${pids[2]}"
sleep 1
kill -CONT "${pids[2]}"
replaced() { ctl "$1" -j vnode counters | jq .members_replaced; }
all_replaced() { local i n=0; for i in 1 2 4; do n=$((n + $(replaced $i))); done; echo $n; }

# Machine 3 dies. Whoever led there leads elsewhere.
kill -KILL "${pids[3]}" "${xosds[3]}"
wait "${pids[3]}" "${xosds[3]}" 2>"$d/out"
moved() { [ "$(field 4 counter host)" = ready ] && [ "$(field "$(leads counter)" counter voters)" = 3 ]; }
members_are() { # how many, seen at each
	local i
	for i in 1 2 4; do [ "$(field $i counter replicas)" = "$1" ] || return 1; done
}
run_ok "a machine that is gone is replaced by one that matches and can" wait_until 90 moved
run_ok "there are three replicas, as before" wait_until 30 members_are 3
run_ok "the machine without a vnoded has none" test ! -e "$d/5/run/vnoded.sock"
run_ok "it was said, and counted" test "$(all_replaced)" -ge 1
matches "$(cat "$d"/?/log)" "counter: 127.53.$NET.3:7430 is silent for .* s; its replica is replaced" \
	"with the machine that was silent"
matches "$(cat "$d"/?/log)" 'counter: the replica is replaced' "and that it worked"
is "$(grep -h 'its replica is replaced' "$d"/?/log | grep -vc "127.53.$NET.3:7430 is silent")" 0 \
	"no other one was replaced"

# The next one: nobody is left that could.
victim=2
kill -KILL "${pids[$victim]}"
wait "${pids[$victim]}" 2>"$d/out"
complains() { grep -qh "no machine can take the replica of\|not replaced" "$d"/1/log "$d"/4/log; }
run_ok "when nobody can, that is said" wait_until 90 complains
at=$(cat "$d"/history.* | wc -l)
goes_on() { [ "$(cat "$d"/history.* | wc -l)" -gt "$at" ]; }
run_ok "and the others go on" wait_until 30 goes_on
start $victim
touch "$d/stop"
wait "${working[@]}"
is "$(cat "$d"/history.* | grep -c 'gave up')" 0 "no client gave up"
ctl 1 vnode call counter log >"$d/final"
is "$(sort "$d/final" | uniq -d | wc -l) $(wc -l <"$d/final")" "0 $(cat "$d"/history.* | wc -l)" \
	"each number is there once"
is "$(misplaced 0)" 0 "each is where its reply said"
for i in 1 2 4; do
	kill -TERM "${pids[$i]}"
	wait "${pids[$i]}" || not_ok "node $i ended with an error"
done
run_fail "the sanitizers found nothing" grep -hE 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' "$d"/?/log
