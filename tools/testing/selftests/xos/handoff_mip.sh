#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# Route optimisation with clients that are correspondent nodes of Mobile IPv6: a small
# peer (mip_peer.c) answers the tests and binding updates, the kernel's own code handles
# their data. Connections take the direct path in both directions, go on when they are
# handed to another member, when the client forgets everything and when the path
# gets narrow; a client that knows nothing of all this is served as before.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/handoff_lib.sh"
. "$(dirname "$0")/handoff_mip_lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
modprobe xfrm_user 2>/dev/null || skip_all "this kernel has no xfrm_user"
plan 40

plain=2001:db8:d::2

grid_make s1 s2
# A client of another kind, on a link of its own.
ns_add old
veth old eth0 rt vold
ns old ip -6 addr add $plain/64 dev eth0 nodad
ns rt ip -6 addr add 2001:db8:d::1/64 dev vold nodad
ns old ip -6 route add default via 2001:db8:d::1

mip_grid

# Mobility headers that pass the router go into a file, for tshark.
spawn ip netns exec "$(ns_name rt)" dumpcap -q -i vcl -w "$XOS_TMP/packets" \
	-f 'ip6[6] = 135 or ((ip6[6] = 60 or ip6[6] = 43) and ip6[40] = 135)' 2>/dev/null
capture=$!
# The head of the file is there when packets are looked at.
wait_until 30 test -s "$XOS_TMP/packets"
# shellcheck disable=SC2016
spawn ip netns exec "$(ns_name cl)" bash -c 'exec "$0" "$1" >"$XOS_TMP/peer"' "$XOS_HELPERS/mip_peer" $client
peer=$!
holds "the client answers mobility headers" wait_until 20 grep -q ready "$XOS_TMP/peer"

bound_to() { # member: the last thing that the client accepted leads there
	grep -E '^(un)?bind' "$XOS_TMP/peer" | tail -n 1 | grep -q "^bind $vip $(grid_addr "$1") "
}

unbound() { # or was its removal
	grep -E '^(un)?bind' "$XOS_TMP/peer" | tail -n 1 | grep -q "^unbind $vip"
}

# The direct path.
holds "$conns connections of the client" load cl $client
at=$(where)
to=$([ "$at" = s1 ] && echo s2 || echo s1)
holds "the client accepts a binding to $at" wait_until 30 bound_to "$at"
holds "segments leave with a home address option" grows "$at" sent
holds "and come with a type 2 routing header" grows "$at" received
ns rt timeout 20 dumpcap -q -i vcl -c 200 -w "$XOS_TMP/data" -f 'ip6[6] = 60' 2>/dev/null
ns rt timeout 20 dumpcap -q -i vcl -c 200 -w "$XOS_TMP/data2" -f 'ip6[6] = 43' 2>/dev/null

# Without being asked it would be refreshed after 315 s.
bound_more() { # than
	test "$(grep -c "^bind $vip $(grid_addr "$at") " "$XOS_TMP/peer")" -gt "$1"
}
binds=$(grep -c '^bind' "$XOS_TMP/peer")
kill -USR2 $peer
holds "the client asks for a refresh" wait_until 20 grep -q "^refresh $vip" "$XOS_TMP/peer"
holds "and gets it" wait_until 20 bound_more "$binds"

# Another member.
holds "$at drains" drain "$at"
holds "the connections are at $to" test "$(where)" = "$to"
holds "the client accepts a binding to $to" wait_until 60 bound_to "$to"
holds "segments leave from there" grows "$to" sent
holds "and come there" grows "$to" received
is "$(binding "$at" sent)" 0 "$at has no binding any more"
is "$(resets)" 0 "no member sent a reset"

# The client loses its memory: from then on it sends to the vip, and so is it answered.
kill -USR1 $peer
holds "a client forgets everything" wait_until 20 grep -q "^forgot" "$XOS_TMP/peer"
holds "and is sent to from the vip" grows "$to" plain
undrain "$at"
holds "$to drains" drain "$to"
holds "the client accepts a binding to $at" wait_until 60 bound_to "$at"
holds "segments leave from there" grows "$at" sent

# Errors about optioned segments reach the vip's TCP.
ns rt ip link set vcl mtu 1300
ns cl ip link set eth0 mtu 1300
holds "the path gets narrow, and the load goes on" grows "$at" sent
run_ok "errors about it reached the vip" test "$(paths "$at" 4)" -gt 0
ns rt ip link set vcl mtu 1500
ns cl ip link set eth0 mtu 1500
holds "all are whole" load_end cl $client
is "$(resets)" 0 "no member sent a reset"
holds "the client is told when nobody needs the binding" wait_until 60 unbound

# A client whose packets come to a member that does not have its connection.
stop $peer
holds "$conns connections again" load cl $client
at=$(where)
to=$([ "$at" = s1 ] && echo s2 || echo s1)
ns cl ip xfrm state add src $client dst $vip proto route2 mode ro coa "$(grid_addr "$to")"
ns cl ip xfrm policy add dir out src $client/128 dst $vip/128 proto tcp \
	tmpl src $client dst $vip proto route2 mode ro level use
before=$(paths "$to" 3)
relays() {
	test "$(paths "$to" 3)" -ge $((before + 20))
}
holds "$to sends what is for $at to the contact node" wait_until 60 relays
holds "all are whole" load_end cl $client
is "$(resets)" 0 "no member sent a reset"

# A client that has never heard of it.
undrain "$to"
holds "$conns connections of another client" load old $plain
unable() {
	test "$(ctl "$(where)" -j vip agent | jq .unable)" -ge 1
}
holds "says that it knows no mobility headers" wait_until 30 unable
is "$(ns "$(where)" "$XOS_BIN/xosctl" -j conn show | jq '.bindings | length')" 0 "and is not sent to directly"
holds "all are whole" load_end old $plain

# What was on the wire, judged by tshark.
stop $capture INT
shark() { # file, filter: number of packets
	tshark -r "$XOS_TMP/$1" -Y "$2" 2>/dev/null | wc -l
}
types() {
	tshark -r "$XOS_TMP/packets" -Y mipv6 -T fields -e mip6.mhtype 2>/dev/null | sort -nu | tr '\n' ' '
}
if command -v tshark >/dev/null && [ -s "$XOS_TMP/packets" ]; then
	matches "$(types)" '^0 1 2 3 4 5 6 (7 )?$' "tests, updates, acknowledgements and a refresh request were seen"
	run_ok "home address options" test "$(shark data ipv6.opt.mipv6.home_address)" -gt 100
	run_ok "and type 2 routing headers" test "$(shark data2 ipv6.routing.mipv6.home_address)" -gt 100
	is "$(($(shark packets _ws.malformed) + $(shark data _ws.malformed) + $(shark data2 _ws.malformed)))" 0 "none is malformed"
else
	skip "tests, updates, acknowledgements and a refresh request were seen" "no tshark"
	skip "home address options" "no tshark"
	skip "and type 2 routing headers" "no tshark"
	skip "none is malformed" "no tshark"
fi

[ "$_failed" -eq 0 ] || cat "$XOS_TMP"/*.log "$XOS_TMP/peer" | tail -n 60 | diag
grid_stop
run_ok "the module can be removed" mod_unload xos_handoff
