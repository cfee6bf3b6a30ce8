# SPDX-License-Identifier: GPL-2.0-or-later
# For benchmarks beside programs that others made: start them, and put their figures into
# our rows. Without the packages of scripts/packages/bench.txt it says so and the rows have
# no peer.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
export XOS_BIN=$top/build/release/bin
# shellcheck disable=SC2034 # for those who source this
load=$top/build/release/bench/key_load
ops=${XOS_BENCH_OPS:-10000}
peer_pids=()
peer_dirs=()

say() { echo "bench: $*" >&2; }

# As many operations as make sense for so many clients.
ops_of() { # clients
	echo $(($1 == 1 ? (ops + 9) / 10 : ops))
}

peers_stop() {
	[ ${#peer_pids[@]} -eq 0 ] || { kill "${peer_pids[@]}" && wait "${peer_pids[@]}"; } 2>/dev/null || true
	peer_pids=()
	[ ${#peer_dirs[@]} -eq 0 ] || rm -rf "${peer_dirs[@]}"
	peer_dirs=()
}

# Programs of the peer, all of them there?
peer_has() { # programs
	local program
	for program in "$@"; do
		command -v "$program" >/dev/null && continue
		say "there is no $program (scripts/setup bench): rows without this peer"
		return 1
	done
}

# Our row, and the same measured of the peer: both are printed, ours with the ratio.
beside() { # peer, our row, its row
	jq -nc --arg peer "$1" --argjson ours "$2" --argjson its "${3:-null}" \
		'$ours + (if $its then {peer: $peer, peer_value: $its.value} else {} end)'
	[ -z "${3:-}" ] || echo "$3"
}

# --- etcd: three members on this disk ----------------------------------------------------

etcd_dir=$top/build/bench-etcd
etcd_load=$top/build/bench-peer/etcd_load
endpoints=()

# The load generator speaks gRPC as etcd's own library does, from Debian's sources of it.
etcd_build() {
	local source=$top/tools/testing/bench/peer/etcd_load.go
	peer_has etcd go && [ -d /usr/share/gocode/src/go.etcd.io/etcd/clientv3 ] || return 1
	[ ! "$etcd_load" -nt "$source" ] || return 0
	mkdir -p "${etcd_load%/*}"
	GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=${etcd_load%/*}/cache GOFLAGS="" \
		go build -p 2 -o "$etcd_load" "$source"
}

# Start a member; its process is peer_pids[NUMBER].
etcd_member() { # number, new or existing
	local peers=http://$etcd_host:$((8380 + $1)) clients=http://$etcd_host:$((8370 + $1)) members="" i
	for i in 0 1 2; do members+=${members:+,}m$i=http://$etcd_host:$((8380 + i)); done
	etcd --name "m$1" --data-dir "$etcd_dir/$1" --initial-cluster "$members" --initial-cluster-state "$2" \
		--listen-peer-urls "$peers" --initial-advertise-peer-urls "$peers" \
		--listen-client-urls "$clients" --advertise-client-urls "$clients" \
		"${etcd_args[@]}" >>"$etcd_dir/log$1" 2>&1 &
	peer_pids[$1]=$!
}

# Before any other peer.
etcd_up() { # host, further arguments
	local i
	etcd_host=$1
	etcd_args=("${@:2}")
	rm -rf "$etcd_dir"
	mkdir -p "$etcd_dir"
	peer_dirs+=("$etcd_dir")
	endpoints=()
	for i in 0 1 2; do
		etcd_member $i new
		endpoints+=("http://$etcd_host:$((8370 + i))")
	done
	"$etcd_load" warm put 3 30 "${endpoints[@]}" >/dev/null
}

# --- redis-server: one, that syncs each write ---------------------------------------------

redis_dir=$top/build/bench-redis

redis_up() { # host
	rm -rf "$redis_dir"
	mkdir -p "$redis_dir"
	peer_dirs+=("$redis_dir")
	redis-server --bind "$1" --port 8399 --save '' --appendonly yes --appendfsync always --daemonize no \
		--dir "$redis_dir" >"$redis_dir/log" 2>&1 &
	peer_pids+=($!)
	for _ in $(seq 100); do
		redis-cli -h "$1" -p 8399 ping >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	return 1
}

# A row by redis-benchmark, from its line of comma-separated values.
redis_row() { # row, host, port, clients, operations, further arguments
	redis-benchmark -h "$2" -p "$3" -c "$4" -n "$5" --csv "${@:6}" | tail -n 1 | tr -d '"' |
		jq -Rc --arg row "$1" 'split(",") | {name: $row, value: (.[1] | tonumber), unit: "1/s",
			p50_us: (.[4] | tonumber * 1000), p99_us: (.[6] | tonumber * 1000)}'
}
