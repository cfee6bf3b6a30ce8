#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 240
#
# The contact node of a vip dies under load: its standby has the client table,
# takes the address over, and no living connection notices. Then the first one
# comes back, is the standby, and takes over in turn.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/handoff_lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
plan 20

conns=$(scaled 20)
front=2001:db8:5::99

grid_make s1 s2 s3
grid_standby n2 $front
grid_client_addresses 8
run_ok "xos_handoff loads" mod_load xos_handoff
holds "the agents form a group" grid_start
for s in s1 s2 s3; do
	grid_serve $s "$XOS_HELPERS/handoff_load" server $vip $port
done
holds "with a service on each" wait_until 60 grid_serving s1 s2 s3
has_front() { ns "$1" ip -6 addr show dev eth0 | grep -q "$front/"; }
run_ok "the contact node has the address that the router sends to" has_front n
run_fail "its standby has not" has_front n2

entries() { ns "$1" "$XOS_BIN/xosctl" -j conn show | jq -c '.clients[] | [.client, .member]' | sort; }
same_tables() { [ "$(entries n)" = "$(entries n2)" ]; }

# shellcheck disable=SC2046
spawn_load() {
	spawn ip netns exec "$(ns_name cl)" "$XOS_HELPERS/handoff_load" client $vip $port "$conns" 5000 1000 $(grid_clients 8) >"$XOS_TMP/load" 2>&1
	load_pid=$!
	wait_until 60 grep -q connected "$XOS_TMP/load"
}

holds "$conns connections" spawn_load
holds "some of them move" drain s1
undrain s1
run_ok "the standby has the client table: $(entries n | wc -l) entries" wait_until 20 same_tables
# What the weights would say is not what the table says.
ctl n member set s2 vip $vip weight 90 >/dev/null
run_ok "the log says who changed that" \
	grep -qE 'audit: user 0, process [0-9]+: set member s2$' "$XOS_TMP/n.log"
rsts=$(resets)

agent_stop n KILL
ns rt ip link set vn down
run_ok "the contact node dies, the standby takes the address" wait_until 30 has_front n2
contact=n2
new_connection() {
	ns cl "$XOS_HELPERS/handoff_load" client $vip $port 1 1000 1 2001:db8:c::2
}
run_ok "new connections are served" new_connection
knows_contact() { ctl "$1" -j vip show | jq -r '.[0].contact' | grep -qF "[$(grid_addr "$2")]"; }
holds "the members know the new contact node" wait_until 20 knows_contact s1 n2
holds "a member drains through it" drain s2
undrain s2
is $(($(resets) - rsts)) 0 "no member sent a reset"

ns rt ip link set vn up
grid_agent n
run_ok "the first one comes back and is the standby" wait_until 30 knows_contact n n2
gave_up() { ! has_front n; }
run_ok "without the address" wait_until 20 gave_up
run_ok "it gets the table" wait_until 20 same_tables
agent_stop n2 KILL
ns rt ip link set vn2 down
run_ok "and takes over in turn" wait_until 30 has_front n
contact=n
sleep 2
kill -USR1 "$load_pid"
wait "$load_pid"
is $? 0 "all connections are whole: $(tail -n 1 "$XOS_TMP/load")"
[ "$_failed" -eq 0 ] || {
	evidence
	cat "$XOS_TMP/load" "$XOS_TMP"/*.log | sort | uniq -c | tail -n 40 | diag
}
ns rt ip link set vn2 up
grid_stop
run_ok "the module can be removed" mod_unload xos_handoff
