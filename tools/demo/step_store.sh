# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

records=1000

# The machine's own packages, name -> version; where there are fewer than 1,000, the sizes too.
package_list() {
	{
		dpkg-query -W -f 'pkg/${Package}:${Architecture} ${Version}\n'
		dpkg-query -W -f 'size/${Package}:${Architecture} ${Installed-Size}\n'
	} | awk 'NF == 2' | head -n $records | LC_ALL=C sort
}

read_back() { # namespace
	ctl "$1" key range | tr '\t' ' ' | LC_ALL=C sort
}

same_records() { # namespace
	diff -q <(read_back "$1") "$run/records"
}

step_store() {
	local t0 ms victim reader
	step 3 "1,000 real records: stored, read back, scanned, a crash survived"
	package_list >"$run/records"
	held "there are $records records" test "$(wc -l <"$run/records")" -eq $records
	sed 's/^/key put /' "$run/records" >"$run/batch"
	t0=$(now_ms)
	held "stored through s1, each durable on two of its three replicas" ctl s1 -b "$run/batch"
	ms=$(($(now_ms) - t0))
	measured "durable writes, one after the other" "$((ms / records)) ms each, $((records * 1000 / ms))/s"
	t0=$(now_ms)
	held "read back through s4, in order, all equal" same_records s4
	measured "ordered scan of 1,000 records" "$(($(now_ms) - t0)) ms"
	show ctl s5 key range prefix pkg/libc limit 3
	show ctl s3 ring show
	# A node that has data, but not the one that the others join through.
	victim=$(ctl s1 -j ring show | jq -r '[.nodes[] | select(.items > 0 and .machine != "s1")][0].machine')
	reader=$(tr ' ' '\n' <<<"$servers" | grep -v -e s1 -e "$victim" | head -n 1)
	kill -9 "$(pid_of "$victim" xosd)"
	wait "$(pid_of "$victim" xosd)" 2>/dev/null
	say "  agent $victim killed with SIGKILL"
	held "it is gone" bash -c "! $bin/xosctl -r $run/$victim -w 1000 status"
	t0=$(now_ms)
	held "every record is still there, read through $reader" same_records "$reader"
	measured "scan with one agent dead" "$(($(now_ms) - t0)) ms"
	held "a record can still be written" ctl "$reader" key put demo/after-crash yes
	start_xosd "$victim"
	held "$victim is back and the ring complete" wait_for 60 ring_complete s1 5
	held "it has its data" test "$(ctl "$victim" -j status | jq .items)" -gt 0
	held "every record is there, read through $victim" \
		diff -q <(ctl "$victim" key range prefix pkg/ | wc -l) <(grep -c ^pkg/ "$run/records")
	held "and the one written meanwhile" test "$(ctl "$victim" key get demo/after-crash)" = yes
}
