# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

query='arch == x86_64 and memory >= 256MiB and rack == r2'

selected() { # namespace to ask
	ctl "$1" -j select "$query" limit 3 | jq -r '.machines[].machine' | sort | tr '\n' ' '
}

step_select() {
	local s t0
	step 2 "machines are found by what they say of themselves"
	show ctl s3 attr show
	show ctl s1 select "$query" limit 3
	for s in $servers; do
		held "asked at $s: s3 s4 s5" test "$(selected "$s")" = "s3 s4 s5 "
	done
	held "nothing matches rack r9, and the answer is complete" \
		test "$(ctl s1 -j select 'rack == r9' | jq -r '"\(.found) \(.outcome)"')" = "0 complete"
	show ctl s2 select 'cores >=' || true
	t0=$(now_ms)
	for s in $servers; do
		selected "$s" >/dev/null
	done
	measured "select over five machines, with the start of xosctl" "$((($(now_ms) - t0) / 5)) ms"
}
