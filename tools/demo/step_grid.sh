# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

ring_complete() { # namespace to ask, nodes
	ctl "$1" -j ring show | jq -e ".complete and .count == $2"
}

step_grid() {
	local s t0
	step 1 "five nodes join through one seed"
	held "xos_handoff.ko loads" load_module xos_handoff
	held "xos_lookup.ko loads" load_module xos_lookup
	t0=$(now_ms)
	for s in $servers; do
		xosd_conf "$s"
		start_xosd "$s"
	done
	held "the ring of five is complete, as s5 sees it" wait_for 60 ring_complete s5 5
	measured "five agents started and joined" "$(($(now_ms) - t0)) ms"
	show ctl s5 ring show
	show ctl s1 status
	held "agents run as the user xos" test "$(ps -o user= -p "$(pid_of s1 xosd)")" = xos
}
