#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What vnoded, its keeper and the services of virtual nodes can not do, with the build that is
# installed: a service tries (lib/vn-nosy.c).

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 20

NODES=1 NET=34
XOS_VNODE_BUILD=$XOS_TOP/build/release
XOS_VNODE_SERVICES=$XOS_TMP/services
. "$(dirname "$0")/lib/vnode.sh"
mkdir "$d/services"
run_ok "a nosy service is built" cc -Wall -shared -fPIC -I"$top/agents/libxos" \
	-o "$d/services/vn-nosy.so" "$top/tools/testing/host/lib/vn-nosy.c"

start 1
vnoded=${pids[1]}
keeper=$(pgrep -P "$vnoded")
run_ok "it runs as a virtual node" ctl 1 vnode create nosy service vn-nosy.so members "127.53.$NET.1"
run_ok "which gets a leader" wait_until 30 ready nosy
host=$(pgrep -P "$keeper")
is "$(cat "/proc/$vnoded/comm" "/proc/$keeper/comm" "/proc/$host/comm" | tr '\n' ' ')" "vnoded vnoded-keeper xos-vnhost " \
	"vnoded has a keeper, and that has the host of the service"
for pid in $vnoded $keeper $host; do
	is "$(awk '/^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):/ { print $2 }' "/proc/$pid/status" | sort -u | tr '\n' ' ')" \
		"0000000000000000 1 2 " "$(cat "/proc/$pid/comm"): no capability, no new privileges, behind a filter"
done

nosy() { ctl 1 vnode call nosy "$@"; }
key=$d/1/credentials/key.pem
is "$(nosy read /usr/lib/os-release)" "done" "a service can read what is the system's"
if nosy read "$key" | grep -q "done" && grep -q 'no Landlock' "$d/1/log"; then
	denied() { skip "$1" "this kernel has no Landlock"; }
else
	denied() { is "$(nosy "${@:2}")" "Permission denied" "$1"; }
fi
denied "it cannot read the key of its node" read "$key"
denied "nor the memory of vnoded" read "/proc/$vnoded/mem"
denied "nor look into other folders" list "$d"
denied "nor make a file" write "$d/services/vn-other.so"
denied "nor change one" write "$d/1/data/lock"
is "$(nosy mode "$key")" "Operation not permitted" "nor give one away"
is "$(stat -c %a "$key")" 600 "which stays as it is"
is "$(nosy socket)" "Operation not permitted" "nor speak to the network"
is "$(nosy connect "$d/1/run/vnoded.sock")" "Operation not permitted" "nor to an agent"
if [ "$(uname -r | cut -d. -f1,2 | tr -d .)" -ge 612 ]; then
	is "$(nosy signal "$vnoded")" "Operation not permitted" "nor send a signal to vnoded"
else
	skip "nor send a signal to vnoded" "before Linux 6.12"
fi

# Without its keeper it cannot go on.
kill -9 "$keeper"
run_ok "without its keeper vnoded ends" wait_until 10 grep -q 'the keeper of services died' "$d/1/log"
run_ok "and the services with it" wait_until 10 eval "! kill -0 $host 2>/dev/null"
