#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows, in the VM: a contact node beside IPVS, which does the same with tunnels. One
# generator, one link in and one out, no connection tracking for either; each in
# namespaces of its own, measured by turns:
#
#	g (generator) ---- n (contact node) ---- s (members)
#	 \____________________________________/   answers, in setup_rate only
#
#   contact_pps_vs_ipvs	segments a second of 1024 clients that are known
#   contact_cpu		time for a segment of contact_pps without the generator's own, which
#			is measured with a contact node that drops all it gets
#   contact_new_pps	SYNs a second, each of a client that is not known
#   setup_rate_vs_ipvs	connections a second that s answers directly, from SYN to FIN
#
# Meant for a machine that counts instructions (tools/testing/vm/run --icount), where three
# turns are many.
#
# xos_handoff works in PRE_ROUTING, before the routing decision; IPVS in LOCAL_IN, behind
# it. Both choose by Maglev hashing (IPVS: scheduler mh) among two members.
. "$(dirname "$0")/../selftests/xos/lib.sh"
. "$(dirname "$0")/lib/rows.sh"

[ -n "${XOS_VM:-}" ] || bail "not in the VM (make bench-handoff)"
exec 3>&1 >&2

tool=$XOS_HELPERS/handoff_tool
load=$XOS_TOP/build/release/bench/contact_load
vip=2001:db8:5:1::100
port=8000
contact=2001:db8:5::10
care_of=(2001:db8:5::11 2001:db8:5::12)
clients=2001:db8:c
turns=${XOS_BENCH_TURNS:-3}
packets=40000
new_packets=8000
connections=500

mac() { # namespace, device
	ns "$1" cat "/sys/class/net/$2/address"
}

topology() { # who
	local g=g$1 n=n$1 s=s$1 a
	ns_add "$g" "$n" "$s"
	veth "$g" eth0 "$n" eth0
	veth "$n" eth1 "$s" eth0
	veth "$g" eth1 "$s" eth1
	ns "$n" sysctl -qw net.ipv6.conf.all.forwarding=1
	ns "$n" ip -6 addr add 2001:db8:a::1/64 dev eth0 nodad
	ns "$n" ip -6 addr add $contact/64 dev eth1 nodad
	ns "$n" ip -6 route add local $vip/128 dev lo
	ns "$g" ip -6 addr add 2001:db8:a::2/64 dev eth0 nodad
	ns "$g" ip -6 route add $vip/128 via 2001:db8:a::1
	ns "$s" ip -6 addr add $vip/128 dev lo nodad preferred_lft 0
	for a in "${care_of[@]}"; do
		ns "$s" ip -6 addr add "$a/64" dev eth0 nodad
		ns "$n" ip -6 neigh replace "$a" lladdr "$(mac "$s" eth0)" dev eth1 nud permanent
	done
	# In setup_rate answers go past the contact node.
	ns "$s" ip -6 route add $clients::/48 dev eth1
	for a in 1 2 3 4; do
		ns "$g" ip -6 addr add "$clients::$a/48" dev eth1 nodad
	done
}

# What comes to a device ends there, and is counted.
sink() { # namespace, device
	ns "$1" tc qdisc add dev "$2" clsact
	ns "$1" tc filter add dev "$2" ingress matchall action drop
}

sunk() { # namespace, device
	ns "$1" tc -s filter show dev "$2" ingress | sed -n 's/.* bytes \([0-9]*\) pkt (dropped.*/\1/p'
}

group() { # namespace, role, number of the local member
	local i
	{
		printf 'claim\nvip %s 0 %s\n' $vip "$2"
		printf 'member %s 9 %s 0 active%s\n' $vip $contact "$([ "$3" = 9 ] && echo " local")"
		for i in 1 2; do
			echo "member $vip $i ${care_of[$((i - 1))]} 1 active$([ "$3" = $i ] && echo " local")"
		done
	} | ns "$1" "$tool" | grep -v '^ok' && bail "no group"
}

contact_ipvs() {
	local a
	ns nipvs ipvsadm -A -t "[$vip]:$port" -s mh
	for a in "${care_of[@]}"; do
		ns nipvs ipvsadm -a -t "[$vip]:$port" -r "[$a]:$port" -i
	done
	[ "$(ns nipvs sysctl -n net.ipv4.vs.conntrack)" = 0 ] || bail "IPVS tracks connections"
}

# The time for a segment, in nanoseconds, goes to each_ns; all must have come.
flood() { # who, new or known, number of the turn
	local us got before count=$packets all=$((packets + 1024)) at=s$1
	[ "$1" != nobody ] || at=n$1
	[ "$2" = known ] || count=$new_packets all=$new_packets
	before=$(sunk "$at" eth0)
	us=$(ns "g$1" taskset -c $(($(nproc) - 1)) "$load" segments eth0 "$(mac "n$1" eth0)" "$clients:$3::" \
		$vip $port "$([ "$2" = known ] && echo 1024 || echo $count)" $count "$2")
	got=$(($(sunk "$at" eth0) - before))
	[ "$got" -ge "$all" ] || bail "$1: $got of $all segments passed"
	each_ns=$((us * 1000 / count))
}

known() {
	local i xos ipvs
	for ((i = 0; i < turns; i++)); do
		flood xos known 1
		xos=$each_ns
		flood ipvs known 1
		ipvs=$each_ns
		flood nobody known 1
		echo $((1000000000 / xos)) $((1000000000 / ipvs)) >>"$XOS_TMP/pps"
		echo $((xos - each_ns)) $((ipvs - each_ns)) >>"$XOS_TMP/cpu"
	done
}

new() {
	local i xos
	for ((i = 0; i < turns; i++)); do
		flood xos new $((2 + i))
		xos=$each_ns
		flood ipvs new $((2 + i))
		echo $((1000000000 / xos)) $((1000000000 / each_ns)) >>"$XOS_TMP/new"
	done
}

# The first member answers now, the second one is gone.
serving_xos() {
	printf 'claim\nmember-set %s 2 1 down\n' $vip | ns nxos "$tool" | grep -v '^ok' && bail "no change"
	group sxos member 1
}

serving_ipvs() {
	ns nipvs ipvsadm -d -t "[$vip]:$port" -r "[${care_of[1]}]:$port"
	ns sipvs ip link add tun0 type ip6tnl mode ip6ip6 local "${care_of[0]}" remote :: encaplimit none
	ns sipvs ip link set tun0 up
}

connections() { # who, count: microseconds
	# shellcheck disable=SC2046
	ns "g$1" "$load" connect $vip $port "$2" $(printf "$clients::%s " 1 2 3 4)
}

setup() {
	local i who xos
	for who in xos ipvs; do
		ns s$who tc qdisc del dev eth0 clsact
		serving_$who
		spawn ip netns exec "$(ns_name s$who)" "$load" serve $vip $port
		wait_until 30 connections $who 4 || bail "$who: no connection"
	done
	for ((i = 0; i < turns; i++)); do
		xos=$(connections xos $connections)
		echo $((connections * 1000000 / xos)) $((connections * 1000000 / $(connections ipvs $connections))) >>"$XOS_TMP/setup"
	done
}

command -v ipvsadm >/dev/null || bail "no ipvsadm (scripts/setup bench)"
modprobe -a veth ip_vs ip_vs_mh ip6_tunnel sch_ingress cls_matchall act_gact
mod_load xos_handoff || bail "no module"
for who in xos ipvs nobody; do
	topology $who
done
group nxos contact 9
contact_ipvs
sink sxos eth0
sink sipvs eth0
sink nnobody eth0
known
row_of_turns contact_pps_vs_ipvs 1/s IPVS "$XOS_TMP/pps"
row_of_turns contact_cpu ns IPVS "$XOS_TMP/cpu"
new
row_of_turns contact_new_pps 1/s IPVS "$XOS_TMP/new"
setup
row_of_turns setup_rate_vs_ipvs 1/s IPVS "$XOS_TMP/setup"
exec 1>/dev/null
done_testing
