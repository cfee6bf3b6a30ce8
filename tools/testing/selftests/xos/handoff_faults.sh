#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# xos_handoff without memory: each change of its tables is made again and again,
# with the first, the second, ... allocation on its way failing, until one run
# needs no more allocations. A change that fails says why and has not happened;
# one that succeeds has. What leaks is found by the scan at the end of the run.

. "$(dirname "$0")/lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
debugfs=/sys/kernel/debug
[ -d $debugfs/failslab ] || skip_all "this kernel does not inject faults"
plan 16

tool=$XOS_HELPERS/handoff_tool
vip=2001:db8:5:1::100
port=8000
runs_max=400

# Allocations that may sleep fail as well; only in threads that ask for it.
for kind in failslab fail_page_alloc; do
	echo N >$debugfs/$kind/ignore-gfp-wait
	echo 0 >$debugfs/$kind/verbose
done
echo 0 >$debugfs/fail_page_alloc/min-order

tool_start() { # namespace
	rm -f "$XOS_TMP/in" "$XOS_TMP/out"
	mkfifo "$XOS_TMP/in" "$XOS_TMP/out"
	exec 7<>"$XOS_TMP/in" 8<>"$XOS_TMP/out"
	# shellcheck disable=SC2016
	spawn ip netns exec "$(ns_name "$1")" bash -c 'exec "$0" <"$1/in" >"$1/out"' "$tool" "$XOS_TMP"
	tool_pid=$!
}

tool_stop() {
	exec 7>&- 8>&-
	stop "$tool_pid" KILL
}

tell() { # words
	local answer
	echo "$*" >&7
	read -r -t 60 answer <&8
	echo "$answer"
}

# Make a change with ever later allocations failing; undo it after each such run, for
# an error may also mean that only the answer had no memory. Prints how many runs there
# were, or what went wrong.
change() { # words that undo it, words
	local undo=$1 words=$2 n answer undone
	for ((n = 1; n <= runs_max; n++)); do
		answer=$(tell fail $n "$words")
		case $answer in
		ok)
			[ $n -gt 1 ] || echo "no allocation failed"
			echo "$n runs"
			return
			;;
		failed:*) ;;
		*)
			echo "run $n: $answer"
			return
			;;
		esac
		[ -n "$undo" ] || continue
		undone=$(tell "$undo")
		[ "$answer" != "failed: ok" ] || [ "$undone" = ok ] ||
			echo "run $n succeeded, and cannot be undone: $undone"
	done
	echo "no end after $runs_max runs"
}

run_ok "the module is loaded" mod_load xos_handoff
ns_add a
tool_start a
matches "$(change "" "claim")" '^[0-9]+ runs$' "claiming, without memory"
is "$(tell claim)" ok "and with it"
matches "$(change "vip-del $vip 0" "vip $vip 0 contact member")" '^[0-9]+ runs$' "a first address"
is "$(tell gates)" 0 "which is there now, without gates"
matches "$(change "vip-del $vip 1" "vip $vip 1 contact member")" '^[0-9]+ runs$' "a second one"
# What is not undone may be there already when the answer to an earlier run was lost.
matches "$(change "" "member $vip 1 2001:db8:5::11 100 active")" '^[0-9]+ runs$|: the member exists' "a member"
matches "$(change "" "member $vip 2 2001:db8:5::12 100 active")" '^[0-9]+ runs$|: the member exists' "another one"
matches "$(change "" "member-set $vip 2 50 draining")" '^[0-9]+ runs$' "its weight and state"
matches "$(change "gate-del $vip $port 2001:db8:c::1 4000" "gate $vip $port 2001:db8:c::1 4000 local pass")" \
	'^[0-9]+ runs$' "a gate"
is "$(tell gates)" 1 "there is one gate now"
matches "$(change "binding-del $vip 2001:db8:c::1" "binding $vip 2001:db8:c::1 60000")" '^[0-9]+ runs$' "a binding"
tell "binding-del $vip 2001:db8:c::1" >/dev/null
matches "$(change "" "gates")" '^[0-9]+ runs$|^run [0-9]+: 1$' "listing them"
matches "$(change "" "vip-del $vip 1")" '^[0-9]+ runs$|no such vip' "removing an address"
tool_stop
run_ok "the namespace goes" ip netns del "$(ns_name a)"
run_ok "and the module" mod_unload xos_handoff
