# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
#
# A small grid for tests of handoffd:
#
#	cl ---- rt ==== n (contact node)
#	          \==== s1, s2, ... (members)
#
# each a namespace, each member with an agent and a service of its own.

vip=2001:db8:5:1::100
port=8000
members=()
contact=n
standby=
front=
optimise=no

# As run_ok, but in this shell: what the command spawns stays its child.
holds() { # description, command...
	local desc=$1
	shift
	if "$@" >/dev/null; then
		ok "$desc"
	else
		not_ok "$desc" "command: $*"
	fi
}

grid_lan() { # namespace, host part of its address
	veth "$1" eth0 rt "v$1"
	ns rt ip link set "v$1" master br0
	ns "$1" ip -6 addr add "2001:db8:5::$2/64" dev eth0 nodad
	ns "$1" ip -6 route add default via 2001:db8:5::1
}

grid_addr() { # namespace
	case $1 in
	n) echo 2001:db8:5::10 ;;
	n2) echo 2001:db8:5::20 ;;
	s*) echo "2001:db8:5::1${1#s}" ;;
	esac
}

grid_make() { # members
	local s
	members=("$@")
	modprobe -a veth bridge sch_netem 2>/dev/null
	ns_add rt cl n "$@"
	ns rt ip link add br0 type bridge
	ns rt ip link set br0 up
	ns rt ip -6 addr add 2001:db8:5::1/64 dev br0 nodad
	grid_lan n 10
	for s in "$@"; do
		grid_lan "$s" "1${s#s}"
		ns "$s" ip -6 addr add $vip/128 dev lo nodad preferred_lft 0
	done
	veth cl eth0 rt vcl
	ns cl ip -6 addr add 2001:db8:c::2/64 dev eth0 nodad
	ns rt ip -6 addr add 2001:db8:c::1/64 dev vcl nodad
	ns cl ip -6 route add default via 2001:db8:c::1
	ns rt sysctl -qw net.ipv6.conf.all.forwarding=1
	ns n sysctl -qw net.ipv6.conf.all.forwarding=1
	ns n ip -6 route add local $vip/128 dev lo
	ns rt ip -6 route add $vip/128 via 2001:db8:5::10
	(umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$XOS_TMP/group.key")
}

# A second contact node, and the address on the LAN that the one in charge has.
grid_standby() { # namespace, address
	standby=$1
	front=$2
	ns_add "$1"
	grid_lan "$1" 20
	ns "$1" sysctl -qw net.ipv6.conf.all.forwarding=1
	ns "$1" ip -6 route add local $vip/128 dev lo
	ns rt ip -6 route replace $vip/128 via "$2"
}

# Addresses that stand for many clients: the unit of steering is the client.
grid_client_addresses() { # count
	local a
	for a in $(grid_clients "$1"); do
		ns cl ip -6 addr add "$a/64" dev eth0 nodad
	done
}

grid_clients() { # count
	local i
	for ((i = 1; i <= $1; i++)); do
		echo "2001:db8:c::1:$i"
	done
}

grid_agent() { # namespace
	mkdir -p "$XOS_TMP/run/$1" "$XOS_DATA/handoff-$$/$1"
	cat >"$XOS_TMP/$1.conf" <<-CONF
		[grid]
		name = test
		insecure = yes
		group-key = $XOS_TMP/group.key
		[node]
		name = $1
		listen = $(grid_addr "$1")
		data-dir = $XOS_DATA/handoff-$$/$1
		run-dir = $XOS_TMP/run/$1
		user =
		route-optimisation = $optimise
		vip = $vip contact $(grid_addr n)${standby:+ standby $(grid_addr "$standby")}
	CONF
	case $1 in
	n | n2) [ -z "$front" ] || echo "contact-address = $front/64 dev eth0" >>"$XOS_TMP/$1.conf" ;;
	esac
	spawn ip netns exec "$(ns_name "$1")" "$XOS_BIN/handoffd" --config "$XOS_TMP/$1.conf" </dev/null 2>>"$XOS_TMP/$1.log"
	eval "agent_$1=$!"
}

ctl() { # namespace, arguments of xosctl
	local name=$1
	shift
	ns "$name" "$XOS_BIN/xosctl" -r "$XOS_TMP/run/$name" "$@"
}

# The agents, and the group at the contact node.
grid_start() {
	local s
	for s in n $standby "${members[@]}"; do
		grid_agent "$s"
	done
	for s in n $standby "${members[@]}"; do
		wait_until 60 ctl "$s" vip agent || return
	done
	for s in $standby "${members[@]}"; do
		wait_until 20 ctl n member add "$s" vip $vip addr "$(grid_addr "$s")" weight "$([ "$s" = "$standby" ] && echo 0 || echo 1)" || return
	done
	for s in $standby "${members[@]}"; do
		wait_until 60 grid_knows "$s" || return
	done
}

grid_knows() { # namespace
	test "$(ctl "$1" -j member show | jq length)" -eq $((${#members[@]} + 1 + (${#standby} > 0)))
}

grid_serve() { # namespace, program, arguments; its last argument is the folder of the sockets
	local name=$1
	shift
	spawn ip netns exec "$(ns_name "$name")" "$@" "$XOS_TMP/run/$name" </dev/null 2>>"$XOS_TMP/$name.service.log"
	eval "service_$name=$!"
}

grid_serving() { # namespaces
	local s
	for s in "$@"; do
		test "$(ctl "$s" -j vip agent | jq .services)" -eq 1 || return
	done
}

agent_stop() { # namespace, signal
	local v=agent_$1
	stop "${!v}" "$2"
}

grid_stop() {
	local s v
	for s in n $standby "${members[@]}"; do
		v=agent_$s
		stop "${!v}"
		v=service_$s
		[ -z "${!v:-}" ] || stop "${!v}"
	done
	rm -rf "$XOS_DATA/handoff-$$"
}

# All connections of a member go to the others.
drain() { # namespace
	ctl "$contact" member drain "$1" vip $vip || return
	wait_until 60 drained "$1"
}

drained() { # namespace
	ctl "$1" -j vip show | jq -e '.[0] | .draining and .left == 0' >/dev/null &&
		[ "$(ns "$1" ss -Htn6 "( sport = :$port )" | wc -l)" -eq 0 ]
}

undrain() { # namespace
	ctl "$contact" member undrain "$1" vip $vip
}

# Connections that members have given away so far.
moves() {
	local s sum=0
	for s in "${members[@]}"; do
		sum=$((sum + $(ctl "$s" -j vip agent | jq '.["moves-out"]')))
	done
	echo $sum
}

# Resets that the members' TCP has sent.
resets() {
	local s
	for s in "${members[@]}"; do
		ns "$s" nstat -asz TcpOutRsts | awk '/TcpOutRsts/ { print $2 }'
	done | awk '{ n += $1 } END { print n + 0 }'
}

# For a failure that is not understood: what the members' TCP and module counted.
evidence() {
	local s
	for s in n "${members[@]}"; do
		diag "$s: $(ns "$s" nstat -as | awk '/Rst|Abort|Embryonic|Overflow|PAWS|Cookie/ && $2 > 0 { printf "%s %d, ", $1, $2 }')" \
			"drops $(ns "$s" "$XOS_HELPERS/handoff_tool" <<<drops), paths $(ns "$s" "$XOS_HELPERS/handoff_tool" <<<paths)"
	done
	cat "$XOS_TMP"/*.service.log "$XOS_TMP"/lost 2>/dev/null | head -n 5 | diag
}
