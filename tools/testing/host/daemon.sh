#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How xosd behaves as a daemon: configuration, readiness, signals, log levels, folders,
# secrets, and who may use its control socket.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 37

top=$(cd "$(dirname "$0")/../../.." && pwd)
bin=$top/build/asan/bin
[ -x "$bin/xosd" ] || bail "build/asan/bin/xosd is not built (make agents VARIANT=asan)"
d=$XOS_TMP/node
conf=$d/xosd.conf
mkdir -p "$d/run" "$d/data"
chmod 755 "$XOS_TMP" "$d" "$d/run"
(umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$d/key")

write_conf() {
	cat >"$conf" <<-CONF
		[grid]
		name = daemon-test
		insecure = yes
		group-key = $d/key
		create = yes
		[node]
		listen = 127.53.1.1
		port = 7553
		data-dir = $d/data
		run-dir = $d/run
		user =
		group = users
		$(printf '%s\n' "$@")
	CONF
}

# A line added to a good configuration is refused with file, line and reason, exit 2.
bad() { # description, pattern, lines...
	local what=$1 pattern=$2 out status
	shift 2
	write_conf "$@"
	out=$("$bin/xosd" --config "$conf" --check-config 2>&1)
	status=$?
	matches "$status $out" "^2 xosd: $conf:[0-9]+: $pattern" "$what"
}

bad "an unknown section" "there is no section \[nodes\]" "[nodes]" "x = 1"
bad "an unknown option" "section \[node\] has no option 'colour'" "colour = red"
bad "a number that is none" "port: given twice" "port = many"
bad "a limit" "operations: a number from 1 to 65536" "[limits]" "operations = 0"
bad "an address" "join: 'somewhere' is no numeric address" "[grid]" "join = somewhere"
bad "a log level" "all: 'loud' is no level" "[log]" "all = loud"
bad "a line that is none" "" "nonsense without an equals sign"
write_conf
is "$("$bin/xosd" --config "$conf" --check-config)" "$conf: good" "a good configuration is called so"
run_fail_with 'No such file' "a missing file is told" "$bin/xosd" --config "$d/none"
run_fail_with 'creates the grid or joins it' "what only the whole shows is told" \
	"$bin/xosd" --config "$conf" --join 127.0.0.1
matches "$("$bin/xosd" --help)" '--check-config' "there is help"
is "$("$bin/xosd" --version | cut -d' ' -f1)" xosd "and a version"
"$bin/xosd" --print-config | sed -n '/^\[/p; s/^# \([a-z-]* = ..*\)$/\1/p' >"$d/printed.conf"
run_ok "the printed defaults are a good configuration" "$bin/xosd" --config "$d/printed.conf" --check-config

# Readiness and life.
cat >"$d/notified.py" <<'PY'
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
s.settimeout(60)
for _ in range(2):
    print(s.recv(256).decode(), flush=True)
PY
spawn python3 "$d/notified.py" "$d/notify" >"$d/notified" 2>&1
wait_until 20 test -S "$d/notify"
NOTIFY_SOCKET=$d/notify spawn setpriv --groups users "$bin/xosd" --config "$conf" 2>"$d/log"
pid=$!
run_ok "it says when it is ready" wait_until 60 grep -q '^READY=1' "$d/notified"
ctl() { "$bin/xosctl" -r "$d/run" "$@"; }
run_ok "its control socket answers" ctl status
is "$(stat -c %a "$d/key")" 600 "the key is the owner's"
key=$(cat "$d/key")
run_fail "it is not in the arguments" grep -qa "$key" "/proc/$pid/cmdline"
run_fail "nor in the environment" grep -qa "$key" "/proc/$pid/environ"

# Log levels.
is "$(ctl -j log show | jq -r '.[] | select(.subsystem == "dht") | .level')" info "a level is shown"
run_ok "and set" ctl log set dht debug
is "$(ctl -j log show | jq -r '.[] | select(.subsystem == "dht") | .level')" debug "and is what it was set to"
run_fail_with 'levels are' "a level that there is not is refused" ctl log set dht loud
run_fail_with 'no subsystem' "so is a subsystem" ctl log set nothing debug
printf '[log]\nnet = err\n' >>"$conf"
kill -HUP "$pid"
net_level() { test "$(ctl -j log show | jq -r '.[] | select(.subsystem == "net") | .level')" = err; }
run_ok "SIGHUP reads them from the file" wait_until 20 net_level

# Who may ask.
run_fail_with 'Permission denied' "another user may not use the socket" \
	setpriv --reuid 65534 --regid 65534 --clear-groups "$bin/xosctl" -r "$d/run" status

member() { setpriv --reuid 12345 --regid "$(getent group users | cut -d: -f3)" --clear-groups "$bin/xosctl" -r "$d/run" "$@"; }
run_ok "a member of the group may" member status
run_fail_with 'only root' "but may not change the agent" member log set dht debug
run_ok "which the log says for the audit" grep -q 'audit: user 12345, .* set a log level, refused' "$d/log"

# Folders.
run_fail_with 'another agent uses it' "its folder is locked" "$bin/xosd" --config "$conf"
sed -i 's/^name = daemon-test/name = elsewhere/; s/^port = .*/port = 7554/' "$conf"
kill -TERM "$pid"
wait "$pid"
is $? 0 "SIGTERM ends it with status 0"
is "$(sed -n 2p "$d/notified")" STOPPING=1 "it said so"
run_fail "and its socket is gone" test -e "$d/run/xosd.sock"
run_fail_with 'another grid' "its folder is refused to another grid" "$bin/xosd" --config "$conf"
write_conf
chmod 644 "$d/key"
run_fail_with 'group key' "a key that others can read is refused" "$bin/xosd" --config "$conf"
chmod 600 "$d/key"
echo short >"$d/key"
run_fail_with 'group key' "so is one that is none" "$bin/xosd" --config "$conf"
run_fail "the log does not hold the key" grep -q "$key" "$d/log"
run_fail "the sanitizers found nothing" grep -E 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' "$d/log"
