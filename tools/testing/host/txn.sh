#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# Transactions through real agents, under ASan and UBSan: steps and their errors, ids, clients
# that meet at one key, and a node that is killed in between.

. "$(dirname "$0")/lib/grid.sh"

plan 22

grid_built

txn() { # node, script, options
	local i=$1 script=$2
	shift 2
	# shellcheck disable=SC2059
	printf "$script" | ctl "$i" txn run "$@"
}
status_of() {
	"$@" >/dev/null 2>&1
	echo $?
}

run_ok "a grid of four comes up" grid up 4
run_ok "two keys change together" txn 0 'add alice -5\nadd bob 5\nappend log "alice to bob"\n'
is "$(ctl 2 key get alice) $(ctl 3 key get bob)" "-5 5" "as another node sees them"
is "$(txn 1 'write x 1\nread x\ndelete x\nread x\n' | cut -f1,3 | tr '\n\t' '; ')" \
	"write;read 1;delete;read (No such file or directory);committed;" \
	"a transaction sees what it has written"
is "$(status_of txn 0 'swap bob 6 7\nwrite y 1\n')" 2 "a swap of another value is refused"
is "$(status_of ctl 0 key get y)" 2 "and nothing of it is done"
matches "$(txn 0 'swap bob 6 7\nwrite y 1\n' lenient | tail -n 1)" '^committed' "but for a lenient one"
is "$(status_of txn 0 'add log 1\n')" 2 "a list is no number"
is "$(status_of txn 0 'fly away\n')" 1 "an unknown step is bad syntax"
matches "$(txn 0 'add carol 1\n' id pay-1 | tail -n 1)" '^committed' "an id is committed"
matches "$(txn 3 'add carol 1\n' id pay-1 | tail -n 1)" '^committed before' "and not again"
is "$(ctl 1 key get carol) $(ctl 1 txn outcome pay-1)" "1 committed" "as its outcome says"
is "$(status_of ctl 2 txn outcome pay-2) $(status_of txn 0 'add carol 1\n' id pay-2)" "2 2" \
	"an id that was asked for never happens"
# shellcheck disable=SC2016
run_ok "clients meet at one key" bash -c '
	for c in 0 1 2 3; do
		for _ in $(seq 15); do
			printf "add hot 1\nadd alice 1\nadd bob -1\n" | "$0" -r "$1/$c/run" txn run || exit 1
		done >/dev/null &
	done
	for j in $(jobs -p); do wait "$j" || exit 1; done' "$XOS_BIN/xosctl" "$g"
is "$(ctl 0 key get hot) $(ctl 1 key get alice) $(ctl 2 key get bob)" "60 55 -55" "and nothing is lost or doubled"
# shellcheck disable=SC2016
run_ok "also through one node, where they go together" bash -c '
	for c in $(seq 8); do
		for _ in $(seq 10); do
			printf "add warm 1\n" | "$0" -r "$1/0/run" txn run || exit 1
		done >/dev/null &
	done
	for j in $(jobs -p); do wait "$j" || exit 1; done' "$XOS_BIN/xosctl" "$g"
is "$(ctl 3 key get warm)" 80 "and each counts once"
# libxos, by its example: what was read is still so, or it begins anew.
transfer() { XOS_RUN_DIR=$g/$1/run "$XOS_BIN/xos-transfer" "$2" "$3" "$4"; }
txn 0 'write ann 100\nwrite ben 0\n' >/dev/null
run_ok "a program moves an amount" transfer 2 ann ben 30
is "$(ctl 1 key get ann) $(ctl 1 key get ben) $(status_of transfer 0 ann ben 71)" "70 30 1" "but not more than there is"
for c in 0 1 2 3; do
	for _ in 1 2 3 4 5; do transfer "$c" ann ben 10 2>/dev/null; done &
done
wait
is "$(ctl 1 key get ann) $(ctl 1 key get ben)" "0 100" "nor do many at once"
grid kill 1 >/dev/null
matches "$(txn 0 'add hot 1\nrange a c\n' | tail -n 3 | tr '\n\t' '; ')" \
	'^  ben 100;  bob -55;committed' "with a node killed it goes on"
run_ok "which comes back" grid start 1
