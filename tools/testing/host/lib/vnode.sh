# SPDX-License-Identifier: GPL-2.0-or-later
#
# For tests with real vnoded under ASan and UBSan: sourced behind the selftests' lib.sh, with
# NODES (how many), NET (127.53.NET.*) and adds (numbers of each client) set. Replicas are made
# on the first three.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
build=${XOS_VNODE_BUILD:-$top/build/asan}
bin=$build/bin
[ -x "$bin/vnoded" ] || bail "$bin/vnoded is not built (make agents VARIANT=asan)"
d=$XOS_TMP
# Security is on: the agents are nodes of a virtual organisation.
(umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$d/passphrase")
vo() { "$bin/xosctl" vo "$@" dir "$d/vo" passphrase-fd 3 3<"$d/passphrase"; }
vo init vnode-test >"$d/out" 2>&1 || bail "$(cat "$d/out")"

for i in $(seq "$NODES"); do
	mkdir -p "$d/$i/run" "$d/$i/data"
	vo issue node "n$i" out "$d/$i/credentials" >"$d/out" 2>&1 || bail "$(cat "$d/out")"
	cat >"$d/$i/conf" <<-CONF
		[grid]
		credentials = $d/$i/credentials
		[node]
		listen = 127.53.$NET.$i
		port = 7430
		data-dir = $d/$i/data
		run-dir = $d/$i/run
		user =
		group =
		[vnode]
		services = ${XOS_VNODE_SERVICES:-$build/lib}
		host = $bin/xos-vnhost
	CONF
done
address() { echo "127.53.$NET.$1"; }
members="127.53.$NET.1 127.53.$NET.2 127.53.$NET.3"

pids=()
start() { # node
	spawn "$bin/vnoded" --config "$d/$1/conf" 2>>"$d/$1/log"
	pids[$1]=$!
	wait_until 60 ctl "$1" vnode show >"$d/out" 2>&1
}
ctl() { # node, words...
	local node=$1
	shift
	"$bin/xosctl" -w 5000 -r "$d/$node/run" "$@" 2>&1
}
field() { ctl "$1" -j vnode show | jq -r ".[] | select(.name == \"$2\") | .[\"$3\"]"; }
ready_at() { # node, name
	[ "$(field "$1" "$2" leader) $(field "$1" "$2" host)" = "true ready" ]
}
leads() { # name
	local i
	for i in $(seq "$NODES"); do
		[ "$(field "$i" "$1" leader)" = true ] && echo "$i" && return
	done
	return 1
}
ready() { # name
	local i
	i=$(leads "$1") && [ "$(field "$i" "$1" host)" = ready ]
}
create() { # name, service, more...
	local name=$1 service=$2
	shift 2
	# shellcheck disable=SC2086
	ctl 1 vnode create "$name" service "$service" "$@" members $members
}

# Clients of a counter: numbers that tell who added them, one after the other.
retry() { # session, number, words...: until it is acknowledged, at any node
	local out
	for _ in $(seq 200); do
		out=$(ctl $((RANDOM % NODES + 1)) vnode call counter session "$1" "$2" "${@:3}") && {
			echo "$out"
			return
		}
		sleep 0.05
	done
	echo "gave up: $out"
}
client() { # number
	local s n
	until s=$(ctl $((RANDOM % NODES + 1)) vnode session counter); do sleep 0.1; done
	for n in $(seq "$adds"); do
		[ ! -e "$d/stop" ] || break
		echo "$1$(printf %04d "$n") $(retry "$s" "$n" add "$1$(printf %04d "$n")")"
	done >"$d/history.$1"
}
# A reply is "SUM PLACE": how many do not stand at that place of $d/final? So many were there before.
misplaced() { # before
	local number place n=0
	while read -r number _ place; do
		[ "$(sed -n "$((place - $1))p" "$d/final")" = "$number" ] || n=$((n + 1))
	done < <(cat "$d"/history.*)
	echo $n
}
