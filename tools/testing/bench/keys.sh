#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: single-key writes, reads and read-modify-writes through a grid of three
# agents with r = 3 on this host, through libxos and the control sockets, durable (a real
# sync on the disk that build/ lies on); and the same of an etcd of three members on that
# disk, through its gRPC interface. XOS_BENCH_OPS scales the runs.
set -eu

. "$(dirname "$0")/lib/peers.sh"
dir=$top/build/bench-grid

trap 'peers_stop; "$top/scripts/grid" down --dir "$dir" >&2' EXIT
"$top/scripts/grid" up 3 --dir "$dir" >&2
dirs=("$dir/0/run" "$dir/1/run" "$dir/2/run")
host=$(sed -n 's/^listen = //p' "$dir/0/xosd.conf" | head -n 1)

peer=
if etcd_build; then
	etcd_up "$host"
	peer=etcd
	"$etcd_load" fill put 16 "$ops" "${endpoints[@]}" >/dev/null
fi
"$load" fill put 16 "$ops" "${dirs[@]}" >/dev/null

measure() { # row, what, clients
	local n ours its=""
	n=$(ops_of "$3")
	ours=$("$load" "$1_c$3" "$2" "$3" "$n" "${dirs[@]}")
	[ -z "$peer" ] || its=$("$etcd_load" "etcd_$1_c$3" "$2" "$3" "$((n / 2))" "${endpoints[@]}")
	beside etcd "$ours" "$its"
}

for clients in 1 16 64 256; do
	measure write put $clients
	measure read get $clients
	measure rmw rmw $clients
done
