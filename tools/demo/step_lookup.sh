# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

kernel_answers() { # namespace
	in_ns "$1" "$bin/xosctl" -j lookup show | jq '[.[].stats.answered] | add'
}

table_there() { # namespace
	in_ns "$1" "$bin/xosctl" -j lookup show | jq -e '.[0].arcs > 0 and .[0]["lease-ms"] > 0'
}

step_lookup() {
	local before after key=pkg/bash:amd64 by_kernel by_agent
	step 4 "who owns a key: answered by the kernel"
	held "xos_lookup of s3 has the table of the ring" wait_for 20 table_there s3
	before=$(kernel_answers s3)
	show ctl s1 lookup get $key via "$(addr_of s3)"
	by_kernel=$(ctl s1 -j lookup get $key via "$(addr_of s3)")
	after=$(kernel_answers s3)
	show in_ns s3 "$bin/xosctl" -s lookup show
	held "the kernel of s3 answered (counter $before -> $after)" test $((after - before)) -ge 2
	measured "lookups answered in softirq" "$((after - before)) of 2"
	rmmod xos_lookup
	say "  xos_lookup removed"
	by_agent=$(ctl s1 -j lookup get $key via "$(addr_of s3)")
	held "the agent gives the same answer" test "$by_kernel" = "$by_agent"
	held "and the ring did not notice" ring_complete s3 5
}
