#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: requests to a virtual node of three replicas on this host through the control
# sockets, 100 bytes each, durable (a real sync on the disk that build/ lies on), and reads
# outside of its log; the same of an etcd of three members on that disk; the same service
# with one replica; and the longest time that a client waits while the leader is killed
# (XOS_BENCH_KILLS times, median and worst), while policy and scheduler are switched, and while
# a replica is replaced. XOS_BENCH_OPS scales the runs.
set -eu

. "$(dirname "$0")/lib/peers.sh"
dir=$top/build/bench-vnode
load=$top/build/release/bench/vnode_load
kills=${XOS_BENCH_KILLS:-10}
pids=()
# a run of gap, in milliseconds, and when it is disturbed, in seconds
gap_ms=3000 gap_at=1

ours_stop() {
	[ ${#pids[@]} -eq 0 ] || { kill "${pids[@]}" && wait "${pids[@]}"; } 2>/dev/null || true
	rm -rf "$dir"
}
trap '[ $? = 0 ] || tail -qn 3 "$dir"/?/log >&2; peers_stop; ours_stop' EXIT

node_addr() { echo "127.53.36.$1"; }

node_prepare() { # number
	mkdir -p "$dir/$1/run" "$dir/$1/data"
	cat >"$dir/$1/conf" <<-CONF
		[grid]
		name = bench
		insecure = yes
		group-key = $dir/group.key
		[node]
		listen = $(node_addr "$1")
		data-dir = $dir/$1/data
		run-dir = $dir/$1/run
		user =
		group =
		[vnode]
		services = $top/build/release/lib
		host = $XOS_BIN/xos-vnhost
	CONF
}

ctl() { # number, words...
	"$XOS_BIN/xosctl" -w 30000 -r "$dir/$1/run" "${@:2}"
}

until_done() { # seconds, command...
	local end=$((SECONDS + $1))

	until "${@:2}" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || { say "in vain: ${*:2}" && return 1; }
		sleep 0.05
	done
}

node_start() { # number
	"$XOS_BIN/vnoded" --config "$dir/$1/conf" >>"$dir/$1/log" 2>&1 &
	pids[$1]=$!
	until_done 20 ctl "$1" vnode show || { tail -n 5 "$dir/$1/log" >&2; exit 1; }
}

leads() { # name
	local i
	for i in "${!pids[@]}"; do
		ctl "$i" -j vnode show | jq -e ".[] | select(.name == \"$1\" and .leader and .host == \"ready\")" >/dev/null &&
			echo "$i" && return
	done
	return 1
}

create() { # name, members...
	local addrs=() i
	for i in "${@:2}"; do addrs+=("$(node_addr "$i")"); done
	ctl "$2" vnode create "$1" service vn-counter.so time-max 20000 members "${addrs[@]}" >&2
	until_done 20 leads "$1"
}

caught_up() { # name, members...
	local i
	test "$(for i in "${@:2}"; do
		ctl "$i" -j vnode show | jq ".[] | select(.name == \"$1\") | [.applied, .term]" -c
	done | sort -u | wc -l)" = 1
}

mkdir -p "$dir"
(umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$dir/group.key")
for i in 1 2 3 4; do node_prepare $i; node_start $i; done
dirs=("$dir/1/run" "$dir/2/run" "$dir/3/run")

peer=
if etcd_build; then
	etcd_up 127.0.0.1
	peer=etcd
	"$etcd_load" fill put 16 "$ops" "${endpoints[@]}" >/dev/null
fi

# --- requests and reads -----------------------------------------------------------------------

measure() { # row, our kind, its kind, clients, virtual node, run-dirs...
	local n ours its=""
	n=$(ops_of "$4")
	ours=$("$load" "$1_c$4" "$2" "$4" "$n" "${@:5}")
	[ -z "$peer" ] || its=$("$etcd_load" "etcd_$3_c$4" "$3" "$4" "$((n / 2))" "${endpoints[@]}")
	beside etcd "$ours" "$its"
}

for clients in 1 16 64 256; do
	create "three$clients" 1 2 3
	measure vnode_call add put $clients "three$clients" "${dirs[@]}" | tee "$dir/rows"
	measure vnode_read get get $clients "three$clients" "${dirs[@]}"
	create "one$clients" 1
	beside "three replicas" "$("$load" "vnode_alone_c$clients" add $clients "$(ops_of $clients)" "one$clients" "$dir/1/run")" \
		"$(head -n 1 "$dir/rows")" | head -n 1
	for i in 1 2 3; do ctl $i vnode delete "three$clients"; done
	ctl 1 vnode delete "one$clients"
done

# --- pauses -----------------------------------------------------------------------------------

# The longest wait of sixteen clients of a virtual node while a command runs.
gap() { # row, virtual node, numbers of vnoded, command...
	local at=() i
	for i in $3; do at+=("$dir/$i/run"); done
	{ sleep $gap_at && "${@:4}" >&2; } &
	"$load" "$1" gap 16 $gap_ms "$2" "${at[@]}"
	wait $!
}

# Median and worst of rows with one name.
many() { # row
	jq -sc "map(.value) | sort | {name: \"$1_median\", value: .[length / 2 | floor], unit: \"ms\"},
		{name: \"$1_worst\", value: .[-1], unit: \"ms\"}"
}

strike() { kill -KILL "$1"; }

our_kills() {
	local leader
	for _ in $(seq "$kills"); do
		leader=$(leads gap)
		gap kill gap "$(tr -d "$leader" <<<"1 2 3")" strike "${pids[$leader]}"
		wait "${pids[$leader]}" 2>/dev/null || true
		node_start "$leader"
		until_done 30 leads gap
		until_done 30 caught_up gap 1 2 3
	done
}

etcd_kills() {
	local leader others i
	for _ in $(seq "$kills"); do
		leader=$("$etcd_load" leader leader 1 1 "${endpoints[@]}")
		others=()
		for i in 0 1 2; do [ "$i" = "$leader" ] || others+=("${endpoints[$i]}"); done
		{ sleep $gap_at && strike "${peer_pids[$leader]}"; } &
		# its library tells each try that fails
		"$etcd_load" kill gap 16 $gap_ms "${others[@]}" 2>>"$dir/etcd.log"
		wait "${peer_pids[$leader]}" 2>/dev/null || true
		etcd_member "$leader" existing
		"$etcd_load" warm put 3 30 "${endpoints[@]}" >/dev/null
	done
}

create gap 1 2 3
# not in a pipe: they change whom to end at last
our_kills >"$dir/kills"
many vnode_kill_gap <"$dir/kills" >"$dir/ours"
: >"$dir/its"
if [ -n "$peer" ]; then
	etcd_kills >"$dir/kills"
	many etcd_kill_gap <"$dir/kills" >"$dir/its"
fi
for which in 1 2; do
	beside etcd "$(sed -n "${which}p" "$dir/ours")" "$(sed -n "${which}p" "$dir/its")"
done
gap vnode_gap_policy gap "1 2 3" ctl 1 vnode policy gap warm
gap vnode_gap_policy_back gap "1 2 3" ctl 1 vnode policy gap active
gap vnode_gap_scheduler gap "1 2 3" ctl 1 vnode scheduler gap mat
# clients of the replica that goes would have to look for another one
gap vnode_gap_replace gap "1 2" ctl 1 vnode replica replace gap "$(node_addr 3)" "$(node_addr 4)"
