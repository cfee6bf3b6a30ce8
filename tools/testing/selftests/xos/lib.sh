# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# For tests written in bash: TAP, namespaces, processes, modules, cleanup.
#
#   . "$(dirname "$0")/lib.sh"
#   plan 2
#   run_ok "the tool answers" xosctl --version
#   is "$(cat state)" ready "the state is ready"
#
# A test ends by itself with status 1 when a result was "not ok" or the plan
# was not kept. Whatever it made through this file is removed at its end, also
# after a failure or a signal. `# time-limit: SECONDS` in the head of a test
# changes how long its runner waits (120 on the stock kernel, 5 times as long
# on the debug one).
#
# Environment (set by the runners, with defaults for a run by hand):
#   XOS_TOP      top of the tree            XOS_BIN      programs
#   XOS_HELPERS  programs of the selftests  XOS_MODULES  build tree of the modules
#   XOS_KERNEL   stock, debug or host       XOS_DATA     directory on a real disk
#   XOS_SCALE    load in percent: 100 on the stock kernel, 10 on the debug one
# XOS_TMP is a scratch directory of this test alone.

XOS_TOP=${XOS_TOP:-$(readlink -f "$(dirname "${BASH_SOURCE[0]}")/../../../..")}
XOS_KERNEL=${XOS_KERNEL:-host}
XOS_BIN=${XOS_BIN:-$XOS_TOP/build/release/bin}
XOS_HELPERS=${XOS_HELPERS:-$XOS_TOP/build/release/selftests}
XOS_MODULES=${XOS_MODULES:-$XOS_TOP/build/modules-$XOS_KERNEL}
if [ -z "${XOS_SCALE:-}" ]; then
	XOS_SCALE=100
	[ "$XOS_KERNEL" != debug ] || XOS_SCALE=10
fi
XOS_TMP=$(mktemp -d /tmp/xos-test.XXXXXX)
XOS_DATA=${XOS_DATA:-$XOS_TMP}
export XOS_TOP XOS_BIN XOS_HELPERS XOS_MODULES XOS_KERNEL XOS_SCALE XOS_DATA XOS_TMP
PATH=$XOS_BIN:$XOS_HELPERS:$PATH

_planned=
_count=0
_failed=0
_namespaces=()
_pids=()
_modules=()
_hooks=()

# --- results -----------------------------------------------------------------

# plan COUNT: how many results follow. Without a count: the test calls
# done_testing as its last act instead.
plan() {
	_planned=$1
	echo "1..$1"
}

done_testing() {
	plan "$_count"
}

# diag TEXT...: a comment; standard input when there is no text.
diag() {
	if [ $# -gt 0 ]; then
		printf '%s\n' "$*"
	else
		cat
	fi | sed 's/^/# /'
}

# ok DESCRIPTION
ok() {
	_count=$((_count + 1))
	echo "ok $_count - $1"
}

# not_ok DESCRIPTION [DIAGNOSTIC...]
not_ok() {
	_count=$((_count + 1))
	_failed=$((_failed + 1))
	echo "not ok $_count - $1"
	shift
	[ $# -eq 0 ] || printf '%s\n' "$@" | diag
}

# skip DESCRIPTION REASON: one result that could not be had here.
skip() {
	_count=$((_count + 1))
	echo "ok $_count - $1 # SKIP $2"
}

# skip_all REASON: end the test, nothing of it can run here.
skip_all() {
	_planned=0
	_count=0
	echo "1..0 # SKIP $*"
	exit 0
}

# bail REASON: the rest of the test makes no sense.
bail() {
	_failed=$((_failed + 1))
	echo "Bail out! $*"
	exit 1
}

# is GOT WANTED DESCRIPTION
is() {
	if [ "$1" = "$2" ]; then
		ok "$3"
	else
		not_ok "$3" "got:    $1" "wanted: $2"
	fi
}

# matches TEXT EXTENDED-REGEX DESCRIPTION
matches() {
	if [[ $1 =~ $2 ]]; then
		ok "$3"
	else
		not_ok "$3" "got:          $1" "wanted match: $2"
	fi
}

# run_ok DESCRIPTION COMMAND...: the command succeeds.
run_ok() {
	local desc=$1 output status=0

	shift
	output=$("$@" 2>&1) || status=$?
	if [ $status -eq 0 ]; then
		ok "$desc"
	else
		not_ok "$desc" "command: $*" "status:  $status" "$output"
	fi
}

# run_fail DESCRIPTION COMMAND...: the command fails (but no signal ends it).
run_fail() {
	run_fail_with "" "$@"
}

# run_fail_with EXTENDED-REGEX DESCRIPTION COMMAND...: it fails and says so.
run_fail_with() {
	local pattern=$1 desc=$2 output status=0

	shift 2
	output=$("$@" 2>&1) || status=$?
	if [ $status -gt 0 ] && [ $status -lt 128 ] && [[ $output =~ $pattern ]]; then
		ok "$desc"
	else
		not_ok "$desc" "command: $*" "status:  $status, wanted 1..127" \
			"wanted match: $pattern" "$output"
	fi
}

# relay COMMAND...: results of a program that prints "ok WHAT" and "not ok WHAT"
# lines, and ends with 0 or (after a "not ok") with 1.
relay() {
	local line

	while read -r line; do
		case $line in
		"ok "*) ok "${line#ok }" ;;
		"not ok "*) not_ok "${line#not ok }" ;;
		"status "[01]) ok "$* ends" ;;
		"status "*) not_ok "$* ends" "$line" ;;
		*) diag "${line#\# }" ;;
		esac
	done < <("$@" 2>&1; echo "status $?")
}

# --- waiting and load --------------------------------------------------------

# wait_until SECONDS COMMAND...: until the command succeeds; else status 1.
# The bound is there to end a broken test, not to measure: make it generous.
wait_until() {
	local end=$((SECONDS + $1))

	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.1
	done
}

# scaled COUNT: that much load under XOS_SCALE, at least 1.
scaled() {
	local count=$(($1 * XOS_SCALE / 100))

	echo $((count > 0 ? count : 1))
}

# --- namespaces --------------------------------------------------------------

# ns_add NAME...: network namespaces of this test alone, loopback up.
ns_add() {
	local name

	for name in "$@"; do
		ip netns add "$(ns_name "$name")" || bail "cannot make a network namespace"
		_namespaces+=("$(ns_name "$name")")
		ip -n "$(ns_name "$name")" link set lo up
	done
}

# ns_name NAME: what ip(8) calls the namespace that this test calls NAME.
ns_name() {
	echo "xos$$-$1"
}

# ns NAME COMMAND...: run in it.
ns() {
	local name

	name=$(ns_name "$1")
	shift
	ip netns exec "$name" "$@"
}

# ns_del NAME
ns_del() {
	local name i

	name=$(ns_name "$1")
	ip netns del "$name"
	for i in "${!_namespaces[@]}"; do
		[ "${_namespaces[$i]}" != "$name" ] || unset "_namespaces[$i]"
	done
}

# veth NS-A IF-A NS-B IF-B: a link between two namespaces, both ends up.
# Addresses are usable at once: no duplicate address detection.
veth() {
	local a b

	a=$(ns_name "$1")
	b=$(ns_name "$3")
	ip link add "$2" netns "$a" type veth peer name "$4" netns "$b" ||
		bail "cannot link $1 and $3"
	ip netns exec "$a" sysctl -qw "net.ipv6.conf.$2.accept_dad=0"
	ip netns exec "$b" sysctl -qw "net.ipv6.conf.$4.accept_dad=0"
	ip -n "$a" link set "$2" up
	ip -n "$b" link set "$4" up
}

# --- processes ---------------------------------------------------------------

# spawn COMMAND...: in the background, killed at the end; $! is its pid.
# In a namespace: spawn ip netns exec "$(ns_name NAME)" COMMAND...
spawn() {
	"$@" &
	_pids+=($!)
}

# stop PID [SIGNAL]: end what spawn started and wait for it.
stop() {
	kill "-${2:-TERM}" "$1" 2>/dev/null
	wait "$1" 2>/dev/null
}

# at_exit COMMAND: run at the end, last one first, before all other cleaning.
at_exit() {
	_hooks=("$1" "${_hooks[@]}")
}

# --- modules -----------------------------------------------------------------

# mod_path NAME: the built module, or status 1.
mod_path() {
	local path

	for path in "$XOS_MODULES"/kernel/*/"$1.ko"; do
		[ -e "$path" ] || return 1
		echo "$path"
		return 0
	done
}

mod_loaded() {
	[ -d "/sys/module/$1" ]
}

# mod_load NAME [PARAMETER...]: insmod, with what it depends on.
mod_load() {
	local name=$1 path depends

	shift
	path=$(mod_path "$name") || {
		echo "no $name.ko below $XOS_MODULES"
		return 1
	}
	depends=$(modinfo -F depends "$path")
	if [ -n "$depends" ]; then
		# shellcheck disable=SC2086 # a list
		modprobe -a ${depends//,/ } || return 1
	fi
	insmod "$path" "$@" || return 1
	_modules=("$name" "${_modules[@]}")
}

# mod_unpin NAME: what the module still leads somewhere does not keep it.
mod_unpin() {
	[ ! -e "/sys/module/$1/parameters/unload_always" ] ||
		echo 1 >"/sys/module/$1/parameters/unload_always"
}

# mod_unload NAME: rmmod, also while gates live; the test is over.
mod_unload() {
	local i

	mod_unpin "$1"
	rmmod "$1" || return 1
	for i in "${!_modules[@]}"; do
		[ "${_modules[$i]}" != "$1" ] || unset "_modules[$i]"
	done
}

# kmsg_mark; kmsg_since: what the kernel logged after the mark.
kmsg_mark() {
	_mark="test mark $BASHPID $RANDOM"
	echo "<7>$_mark" >/dev/kmsg
}

kmsg_since() {
	dmesg | sed "1,/$_mark/d"
}

# --- the end -----------------------------------------------------------------

_clean() {
	local item

	for item in "${_hooks[@]}"; do
		eval "$item"
	done
	for item in "${_pids[@]}"; do
		kill -KILL "$item" 2>/dev/null
		wait "$item" 2>/dev/null
	done
	for item in "${_namespaces[@]}"; do
		ip netns pids "$item" 2>/dev/null | xargs -r kill -KILL 2>/dev/null
		ip netns del "$item" 2>/dev/null
	done
	for item in "${_modules[@]}"; do
		mod_unpin "$item"
		wait_until 10 rmmod "$item" || diag "cannot unload $item"
	done
	rm -rf "$XOS_TMP"
}

_end() {
	local status=$?

	trap - EXIT INT TERM HUP
	_clean
	if [ "$status" -eq 0 ] && [ "$_count" -ne "${_planned:--1}" ]; then
		diag "planned ${_planned:-nothing}, had $_count results"
		status=1
	fi
	[ "$_failed" -eq 0 ] || status=1
	exit $status
}

trap _end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

echo "TAP version 13"
