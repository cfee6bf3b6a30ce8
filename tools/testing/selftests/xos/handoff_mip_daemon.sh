#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# Route optimisation with somebody else's correspondent node: MIP6D is the path of a daemon
# that takes "-c FILE" with a configuration in the language of UMIP's mip6d, and is not part of
# this tree. It has to lie where the VM sees it (not below /tmp):
#
#	MIP6D=/opt/mip6d make vm-test TESTS=handoff_mip_daemon

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/handoff_lib.sh"
. "$(dirname "$0")/handoff_mip_lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
[ -n "${MIP6D:-}" ] || skip_all "no MIP6D, the path of an independent correspondent node"
modprobe -a xfrm_user 2>/dev/null || skip_all "this kernel has no xfrm_user"
plan 18

grid_make s1 s2
mip_grid
cat >"$XOS_TMP/mip6d.conf" <<-CONF
	NodeConfig CN;
	DoRouteOptimizationCN enabled;
	DebugLevel 1;
CONF

daemon_start() {
	spawn ip netns exec "$(ns_name cl)" "$MIP6D" -c "$XOS_TMP/mip6d.conf" </dev/null >>"$XOS_TMP/mip6d.log" 2>&1
	mip6d=$!
	wait_until 30 ns cl bash -c 'ss -Haw6 | grep -q .'
}

# The client sends to this member: what the daemon told its kernel.
bound_to() { # member
	ns cl ip xfrm state list src $client dst $vip proto route2 | grep -q "coa $(grid_addr "$1")$"
}

holds "the daemon runs" daemon_start
holds "$conns connections of the client" load cl $client
at=$(where)
to=$([ "$at" = s1 ] && echo s2 || echo s1)
if ! wait_until 60 bound_to "$at"; then
	tail -n 60 "$XOS_TMP/mip6d.log" | diag
	grid_stop
	bail "the daemon accepts no binding"
fi
ok "the daemon accepts a binding to $at"
holds "segments leave with a home address option" grows "$at" sent
holds "and come with a type 2 routing header" grows "$at" received

holds "$at drains" drain "$at"
holds "the daemon accepts a binding to $to" wait_until 60 bound_to "$to"
holds "segments leave from there" grows "$to" sent
holds "and come there" grows "$to" received
is "$(resets)" 0 "no member sent a reset"

# A daemon that begins anew knows nothing, and has another key.
stop "$mip6d"
ns cl ip xfrm state flush
ns cl ip xfrm policy flush
holds "a new daemon runs" daemon_start
holds "the client is sent to from the vip" grows "$to" plain

holds "all are whole" load_end cl $client
is "$(resets)" 0 "no member sent a reset"

[ "$_failed" -eq 0 ] || cat "$XOS_TMP"/*.log | tail -n 60 | diag
stop "$mip6d"
grid_stop
run_ok "the module can be removed" mod_unload xos_handoff
