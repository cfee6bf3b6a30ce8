#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What all other selftests take for granted about the machine they run in.

. "$(dirname "$0")/lib.sh"

# The backing device of the data directory.
data_source() {
	findmnt -no SOURCE,FSTYPE --target "$XOS_DATA"
}

# TCP_REPAIR (19) can be switched on and off on a fresh socket.
tcp_repair() {
	ns a python3 -c '
import socket
s = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
s.setsockopt(socket.IPPROTO_TCP, 19, 1)
assert s.getsockopt(socket.IPPROTO_TCP, 19) == 1
s.setsockopt(socket.IPPROTO_TCP, 19, 0)'
}

synced_write() {
	dd if=/dev/zero of="$XOS_DATA/probe.$$" bs=4096 count=4 conv=fsync &&
		rm "$XOS_DATA/probe.$$"
}

load_unload() {
	mod_load "$1" && mod_loaded "$1" && mod_unload "$1" && ! mod_loaded "$1"
}

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
plan 13

matches "$(data_source)" '^/dev/vd[a-z]+ +ext4$' "data lies on ext4 on a virtio disk"
run_ok "a synced write succeeds" synced_write
is "$(findmnt -no FSTYPE /)" overlay "the root is an overlay"
is "$(findmnt -no FSTYPE /sys/kernel/debug)" debugfs "debugfs is mounted"
run_ok "tracefs is mounted" test -e /sys/kernel/tracing/events/enable

ns_add a b
veth a eth0 b eth0
ns a ip -6 addr add 2001:db8::1/64 dev eth0
ns b ip -6 addr add 2001:db8::2/64 dev eth0
run_ok "two namespaces reach each other over veth" \
	wait_until 20 ip netns exec "$(ns_name a)" ping -6 -c 1 -W 2 2001:db8::2
run_ok "netem is there" ns a tc qdisc add dev eth0 root netem delay 5ms
run_ok "nftables is there" ns b nft add table inet probe
run_ok "Mobile IPv6 transformations are there" ns a ip xfrm state add src 2001:db8::1 \
	dst 2001:db8::2 proto hao mode ro coa 2001:db8::3
run_ok "TCP_REPAIR is there" tcp_repair
for module in xos_handoff xos_lookup; do
	if mod_path $module >/dev/null; then
		run_ok "$module loads and unloads" load_unload $module
	else
		not_ok "$module loads and unloads" "no such module below $XOS_MODULES"
	fi
done
run_ok "the agents' programs are there" test -x "$XOS_BIN/xosctl"
