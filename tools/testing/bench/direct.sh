#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows, in the VM: one connection from a server to a client that is a correspondent
# node of Mobile IPv6 (the kernel's own code), in bulk, by turns
#
#   ro_throughput_vs_plain	route-optimised by xos_handoff beside a connection without
#   ro_throughput_vs_xfrm	the same beside a server whose route optimisation is the kernel's
#
#	cl ---- rt ---- xos, xfrm, plain
#
# Meant for a machine that counts instructions (tools/testing/vm/run --icount).
. "$(dirname "$0")/../selftests/xos/lib.sh"
. "$(dirname "$0")/lib/rows.sh"

[ -n "${XOS_VM:-}" ] || bail "not in the VM (make bench-handoff)"
exec 3>&1 >&2

tool=$XOS_HELPERS/handoff_tool
load=$XOS_TOP/build/release/bench/contact_load
port=8000
client=2001:db8:c::2
turns=${XOS_BENCH_TURNS:-3}
bytes=$((24 << 20))

# Home address and care-of address of a server.
declare -A home=([xos]=2001:db8:5:1::100 [xfrm]=2001:db8:5:2::100 [plain]=2001:db8:5::13)
declare -A care_of=([xos]=2001:db8:5::11 [xfrm]=2001:db8:5::12 [plain]=2001:db8:5::13)

topology() {
	local s
	ns_add rt cl "${!home[@]}"
	ns rt ip link add br0 type bridge
	ns rt ip link set br0 up
	ns rt ip -6 addr add 2001:db8:5::1/64 dev br0 nodad
	ns rt sysctl -qw net.ipv6.conf.all.forwarding=1
	for s in "${!home[@]}"; do
		veth "$s" eth0 rt "v$s"
		ns rt ip link set "v$s" master br0
		ns "$s" ip -6 addr add "${care_of[$s]}/64" dev eth0 nodad
		ns "$s" ip -6 route add default via 2001:db8:5::1
	done
	veth cl eth0 rt vcl
	ns cl ip -6 addr add $client/64 dev eth0 nodad
	ns rt ip -6 addr add 2001:db8:c::1/64 dev vcl nodad
	ns cl ip -6 route add default via 2001:db8:c::1
}

# The path between two hosts, at one of them: what comes in and goes out.
optimise() { # namespace, its address, the other's, headers in and out, care-of address
	ns "$1" ip xfrm state add src "$3" dst "$2" proto "$4" mode ro coa "$6"
	ns "$1" ip xfrm state add src "$2" dst "$3" proto "$5" mode ro coa "$6"
	ns "$1" ip xfrm policy add dir in src "$3/128" dst "$2/128" proto tcp \
		tmpl src "$3" dst "$2" proto "$4" mode ro level use
	ns "$1" ip xfrm policy add dir out src "$2/128" dst "$3/128" proto tcp \
		tmpl src "$2" dst "$3" proto "$5" mode ro level use
}

servers() {
	local s
	ns xos ip -6 addr add "${home[xos]}/128" dev lo nodad preferred_lft 0
	ns xfrm ip -6 addr add "${home[xfrm]}/128" dev lo home nodad preferred_lft 0
	printf '%s\n' claim "vip ${home[xos]} 0 member" \
		"member ${home[xos]} 1 ${care_of[xos]} 1 active local" \
		"binding ${home[xos]} $client 3600000" | ns xos "$tool" | grep -v '^ok' && bail "no binding"
	optimise xfrm "${home[xfrm]}" $client route2 hao "${care_of[xfrm]}"
	for s in xos xfrm; do
		optimise cl $client "${home[$s]}" hao route2 "${care_of[$s]}"
	done
	for s in "${!home[@]}"; do
		spawn ip netns exec "$(ns_name "$s")" "$load" serve "${home[$s]}" $port
		wait_until 30 bulk "$s" 1000 || bail "$s: no connection"
	done
}

bulk() { # server, bytes: microseconds
	ns cl "$load" bulk "${home[$1]}" $port "$2"
}

rate() { # server: KiB a second
	echo $((bytes * 1000000 / 1024 / $(bulk "$1" $bytes)))
}

# Did the bytes take the direct path?
on_path() {
	test "$(ns xos "$XOS_BIN/xosctl" -j conn show | jq '.bindings[0].sent')" -ge "$((bytes / 65536))"
}

modprobe -a veth bridge xfrm_user
mod_load xos_handoff || bail "no module"
topology
servers
for ((i = 0; i < turns; i++)); do
	xos=$(rate xos)
	echo "$xos $(rate plain)" >>"$XOS_TMP/plain"
	echo "$xos $(rate xfrm)" >>"$XOS_TMP/xfrm"
done
on_path || bail "not on the direct path"
row_of_turns ro_throughput_vs_plain KiB/s plain "$XOS_TMP/plain"
row_of_turns ro_throughput_vs_xfrm KiB/s XFRM "$XOS_TMP/xfrm"
exec 1>/dev/null
done_testing
