#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Moves live TCP connections from one network namespace to another by
# TCP_REPAIR, on the kernel that runs this machine. No module: nft plays the gates.
#
#   client 2001:db8:5::1 ---- bridge ---- donor ::11, acceptor ::12
#                                         (both have the vip on lo)
set -u
top=$(cd "$(dirname "$0")/../../.." && pwd)
prog=$top/build/${VARIANT:-release}/selftests/repair_move
pre=xosr$$

skip() { echo "1..0 # SKIP $1"; exit 0; }
cleanup() {
	for n in c d a; do ip netns del $pre$n 2>/dev/null; done
}
trap cleanup EXIT

[ "$(id -u)" = 0 ] || skip "needs root"
[ -x "$prog" ] || { echo "Bail out! $prog is not built"; exit 1; }
ip netns add ${pre}c 2>/dev/null || skip "no network namespaces"
for n in d a; do ip netns add $pre$n; done
ip -n ${pre}c link add br0 type bridge 2>/dev/null || skip "no bridge"
ip netns exec ${pre}c nft add table ip6 probe 2>/dev/null || skip "no nf_tables"

ip -n ${pre}c addr add 2001:db8:5::1/64 dev br0 nodad
ip -n ${pre}c link set br0 up
i=11
for n in d a; do
	ip -n ${pre}c link add v$i type veth peer name eth0 netns $pre$n
	ip -n ${pre}c link set v$i master br0 up
	ip -n $pre$n link set lo up
	ip -n $pre$n addr add 2001:db8:5::$i/64 dev eth0 nodad
	ip -n $pre$n link set eth0 up
	ip -n $pre$n addr add 2001:db8:5:1::100/128 dev lo nodad preferred_lft 0
	i=$((i + 1))
done

"$prog" ${pre}c ${pre}d ${pre}a
