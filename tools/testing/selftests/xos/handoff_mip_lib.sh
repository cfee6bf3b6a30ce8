# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154
#
# For tests of route optimisation: the grid of handoff_lib.sh with a service on each member,
# and a client at $client with $conns connections.

optimise=yes
client=2001:db8:c::2
conns=4

# Two members with agents and services.
mip_grid() {
	local s
	run_ok "xos_handoff loads" mod_load xos_handoff
	holds "the agents form a group" grid_start
	for s in s1 s2; do
		grid_serve $s "$XOS_HELPERS/handoff_load" server "$vip" "$port"
	done
	holds "with a service on each" wait_until 60 grid_serving s1 s2
}

load() { # namespace, address
	# shellcheck disable=SC2016
	spawn ip netns exec "$(ns_name "$1")" bash -c 'exec "$0" "$@" >"$XOS_TMP/load.${!#}"' \
		"$XOS_HELPERS/handoff_load" client "$vip" "$port" $conns 80000 1000 "$2"
	eval "load_$1=$!"
	wait_until 60 grep -q connected "$XOS_TMP/load.$2"
}

load_end() { # namespace, address
	local v=load_$1
	kill -USR1 "${!v}"
	wait "${!v}"
	local status=$?
	tail -n 1 "$XOS_TMP/load.$2" | diag >&2
	return $status
}

binding() { # member, counter: of the client's binding there; 0 without one
	ns "$1" "$XOS_BIN/xosctl" -j conn show | jq "[.bindings[] | select(.client == \"$client\") | .$2] | add // 0"
}

grows() { # member, counter
	local first
	first=$(binding "$1" "$2")
	wait_until 30 more "$1" "$2" "$((first + 20))"
}

more() { # member, counter, than
	test "$(binding "$1" "$2")" -gt "$3"
}

where() { # the member that has the connections
	local s
	for s in s1 s2; do
		[ "$(ns $s ss -Htn6 state established "( sport = :$port )" | wc -l)" -eq 0 ] || echo $s
	done
}

paths() { # member, field
	ns "$1" "$XOS_HELPERS/handoff_tool" <<<paths | cut -d' ' -f"$2"
}
