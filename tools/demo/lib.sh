# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What the steps of the demo share: telling, measuring, the grid of namespaces.

servers="s1 s2 s3 s4 s5"
vip=2001:db8:5:1::100
bin=${XOS_BIN:?}
run=/run/demo
data=/data
declare -a table=()
failures=0

if [ -n "${DEMO_COLOR:-}" ]; then
	bold=$(printf '\033[1m') dim=$(printf '\033[2m') red=$(printf '\033[31m') off=$(printf '\033[0m')
else
	bold='' dim='' red='' off=''
fi

say() { printf '%s\n' "$*"; }

step() { # number, title
	current=$1
	printf '\n%s== Step %s: %s%s\n' "$bold" "$1" "$2" "$off"
}

# Show a command and its output, as a user would see them.
show() {
	printf '%s# %s%s\n' "$dim" "$*" "$off"
	"$@" 2>&1 | sed 's/^/  /'
	return "${PIPESTATUS[0]}"
}

# One line of the closing table.
measured() { # what, value
	table+=("$current|$1|$2")
	say "  -> $1: $2"
}

held() { # what must be true, command...
	local what=$1
	shift
	if "$@" >"$run/held" 2>&1; then
		say "  ok: $what"
	else
		say "  ${red}FAILED: $what${off}   ($*)"
		sed 's/^/    /' "$run/held"
		failures=$((failures + 1))
		return 1
	fi
}

now_ms() { date +%s%3N; }

in_ns() { # namespace, command...
	local ns=$1
	shift
	ip netns exec "$ns" "$@"
}

ctl() { # namespace, arguments of xosctl
	local ns=$1
	shift
	in_ns "$ns" "$bin/xosctl" -r "$run/$ns" "$@"
}

wait_for() { # seconds, command...
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.2
	done
}

# One interface of a namespace into the LAN of the servers.
lan() { # namespace, host part of its address
	ip link add "v$1" netns rt type veth peer name eth0 netns "$1"
	ip -n rt link set "v$1" master br0 up
	ip -n "$1" addr add "2001:db8:5::$2/64" dev eth0 nodad
	ip -n "$1" link set eth0 up
	ip -n "$1" route add default via 2001:db8:5::1
}

addr_of() { # namespace
	case $1 in
	n) echo 2001:db8:5::10 ;;
	s*) echo "2001:db8:5::1${1#s}" ;;
	esac
}

#  cl ---- rt ==== n (contact node)
#             \=== s1 .. s5 (servers)
make_network() {
	local ns
	for ns in rt cl n $servers; do
		ip netns add "$ns"
		ip -n "$ns" link set lo up
	done
	ip -n rt link add br0 type bridge
	ip -n rt link set br0 up
	ip -n rt addr add 2001:db8:5::1/64 dev br0 nodad
	lan n 10
	for ns in $servers; do
		lan "$ns" "1${ns#s}"
	done
	ip link add vcl netns rt type veth peer name eth0 netns cl
	ip -n rt addr add 2001:db8:c::1/64 dev vcl nodad
	ip -n rt link set vcl up
	ip -n cl addr add 2001:db8:c::2/64 dev eth0 nodad
	ip -n cl link set eth0 up
	ip -n cl route add default via 2001:db8:c::1
	in_ns rt sysctl -qw net.ipv6.conf.all.forwarding=1
	ip -n rt route add "$vip/128" via 2001:db8:5::10
}

# The authority of the grid's virtual organisation. The passphrase lies beside it: all
# machines of this grid are one.
vo() { # arguments of xosctl vo
	"$bin/xosctl" vo "$@" dir "$run/vo" passphrase-fd 3 3<"$run/passphrase"
}

random_hex() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }

# SECURE=1: credentials for each node, otherwise one group key.
make_secrets() {
	local ns
	mkdir -p "$run"
	if [ -z "${DEMO_SECURE:-}" ]; then
		(umask 077 && random_hex >"$run/group.key")
		return
	fi
	(umask 077 && random_hex >"$run/passphrase")
	vo init demo
	for ns in n $servers; do
		vo issue node "$ns" out "$run/$ns-credentials"
		chown -R xos:xos "$run/$ns-credentials"
	done
}

# What the section [grid] says about secrets.
secrets_conf() { # namespace
	if [ -n "${DEMO_SECURE:-}" ]; then
		echo "credentials = $run/$1-credentials"
	else
		printf '%s\n' "name = demo" "insecure = yes" "group-key = $run/group.key"
	fi
}

xosd_conf() { # namespace
	local i=${1#s} rack=r1
	[ "$i" -ge 3 ] && rack=r2
	mkdir -p "$run/$1" "$data/$1"
	chown xos:xos "$run/$1" "$data/$1"
	cat >"$run/$1/xosd.conf" <<-CONF
		[grid]
		$(secrets_conf "$1")
		$([ "$1" = s1 ] && echo "create = yes" || echo "join = $(addr_of s1)")
		[node]
		machine = $1
		rack = $rack
		listen = $(addr_of "$1")
		data-dir = $data/$1
		run-dir = $run/$1
		user = xos
		[attributes]
		service = $([ $((i % 2)) -eq 1 ] && echo web || echo batch)
	CONF
}

start_xosd() { # namespace
	ip netns exec "$1" "$bin/xosd" --config "$run/$1/xosd.conf" </dev/null >>"$run/$1/xosd.log" 2>&1 &
	echo $! >"$run/$1/xosd.pid"
}

# Load a built module with what it depends on.
load_module() { # name
	local path=$XOS_MODULES/${1#xos_}/$1.ko dep
	for dep in $(modinfo -F depends "$path" | tr , ' '); do
		modprobe "$dep" || return 1
	done
	insmod "$path"
}

# The agent is the child of "ip netns exec", which has become it by exec.
pid_of() { cat "$run/$1/$2.pid"; }
