#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# xos_handoff without memory: each change of its tables is made again and again,
# with the first, the second, ... allocation on its way failing, until one run
# needs no more allocations. A change that fails says why and has not happened;
# one that succeeds has. Then packets: while one in fifty allocations that may not sleep fails,
# connections go through tunnels, gates and both headers of the direct path, and lose
# no byte. What leaks is found by the scan at the end of the run.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/handoff_lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
debugfs=/sys/kernel/debug
[ -d $debugfs/failslab ] || skip_all "this kernel does not inject faults"
plan 25

tool=$XOS_HELPERS/handoff_tool
runs_max=400

# Allocations that may sleep fail as well; only in threads that ask for it.
for kind in failslab fail_page_alloc; do
	echo N >$debugfs/$kind/ignore-gfp-wait
	echo 0 >$debugfs/$kind/verbose
done
echo 0 >$debugfs/fail_page_alloc/min-order

tool_start() { # namespace
	rm -f "$XOS_TMP/in" "$XOS_TMP/out"
	mkfifo "$XOS_TMP/in" "$XOS_TMP/out"
	exec 7<>"$XOS_TMP/in" 8<>"$XOS_TMP/out"
	# shellcheck disable=SC2016
	spawn ip netns exec "$(ns_name "$1")" bash -c 'exec "$0" <"$1/in" >"$1/out"' "$tool" "$XOS_TMP"
	tool_pid=$!
}

tool_stop() {
	exec 7>&- 8>&-
	stop "$tool_pid" KILL
}

tell() { # words
	local answer
	echo "$*" >&7
	read -r -t 60 answer <&8
	echo "$answer"
}

# Make a change with ever later allocations failing; undo it after each such run, for
# an error may also mean that only the answer had no memory. Prints how many runs there
# were, or what went wrong.
change() { # words that undo it, words
	local undo=$1 words=$2 n answer undone
	for ((n = 1; n <= runs_max; n++)); do
		answer=$(tell fail $n "$words")
		case $answer in
		ok)
			[ $n -gt 1 ] || echo "no allocation failed"
			echo "$n runs"
			return
			;;
		failed:*) ;;
		*)
			echo "run $n: $answer"
			return
			;;
		esac
		[ -n "$undo" ] || continue
		undone=$(tell "$undo")
		[ "$answer" != "failed: ok" ] || [ "$undone" = ok ] ||
			echo "run $n succeeded, and cannot be undone: $undone"
	done
	echo "no end after $runs_max runs"
}

run_ok "the module is loaded" mod_load xos_handoff
ns_add a
tool_start a
matches "$(change "" "claim")" '^[0-9]+ runs$' "claiming, without memory"
is "$(tell claim)" ok "and with it"
matches "$(change "vip-del $vip 0" "vip $vip 0 contact member")" '^[0-9]+ runs$' "a first address"
is "$(tell gates)" 0 "which is there now, without gates"
matches "$(change "vip-del $vip 1" "vip $vip 1 contact member")" '^[0-9]+ runs$' "a second one"
# What is not undone may be there already when the answer to an earlier run was lost.
matches "$(change "" "member $vip 1 2001:db8:5::11 100 active")" '^[0-9]+ runs$|: the member exists' "a member"
matches "$(change "" "member $vip 2 2001:db8:5::12 100 active")" '^[0-9]+ runs$|: the member exists' "another one"
matches "$(change "" "member-set $vip 2 50 draining")" '^[0-9]+ runs$' "its weight and state"
matches "$(change "gate-del $vip $port 2001:db8:c::1 4000" "gate $vip $port 2001:db8:c::1 4000 local pass")" \
	'^[0-9]+ runs$' "a gate"
is "$(tell gates)" 1 "there is one gate now"
matches "$(change "binding-del $vip 2001:db8:c::1" "binding $vip 2001:db8:c::1 60000")" '^[0-9]+ runs$' "a binding"
tell "binding-del $vip 2001:db8:c::1" >/dev/null
matches "$(change "" "gates")" '^[0-9]+ runs$|^run [0-9]+: 1$' "listing them"
matches "$(change "" "vip-del $vip 1")" '^[0-9]+ runs$|no such vip' "removing an address"
tool_stop
run_ok "the namespace goes" ip netns del "$(ns_name a)"

# Packets.
direct=2001:db8:c::1:1
cat >"$XOS_TMP/echo.py" <<'PY'
import socket, sys, threading
l = socket.create_server((sys.argv[1], int(sys.argv[2])), family=socket.AF_INET6, backlog=64)
def one(c):
    while d := c.recv(16384):
        c.sendall(d)
    c.close()
while True:
    threading.Thread(target=one, args=(l.accept()[0],), daemon=True).start()
PY
cat >"$XOS_TMP/bulk.py" <<'PY'
import errno, socket, sys, threading, time
def connect(source):
    # The client's own allocations fail as well; without memory bind() says "in use".
    for _ in range(50):
        try:
            return socket.create_connection((sys.argv[1], int(sys.argv[2])), 200, (source, 4000))
        except OSError as e:
            if e.errno not in (errno.EADDRINUSE, errno.ENOMEM, errno.ENOBUFS):
                raise
            time.sleep(0.1)
data = bytes((i * 7 + i // 251) & 255 for i in range(int(sys.argv[3])))
same = 0
for source in sys.argv[4:]:
    with connect(source) as s:
        threading.Thread(target=s.sendall, args=(data,), daemon=True).start()
        got = b""
        while len(got) < len(data) and (d := s.recv(65536)):
            got += d
        same += got == data
print(same)
PY

times=1000000
fail_packets() { # percent
	for kind in failslab fail_page_alloc; do
		echo Y >$debugfs/$kind/ignore-gfp-wait
		echo $times >$debugfs/$kind/times
		echo "$1" >$debugfs/$kind/probability
	done
}
at_exit "fail_packets 0"

group() { # namespace, role
	local s
	{
		printf 'claim\nvip %s 0 %s\n' $vip "$2"
		for s in n s1 s2; do
			echo "member $vip $([ $s = n ] && echo 9 || echo "${s#s}") $(grid_addr $s) $([ $s = s1 ] && echo 1 || echo 0) active$([ "$1" = $s ] && echo " local")"
		done
		[ "$1" != s1 ] || echo "binding $vip $direct 3600000"
		# The third client waits until it is let in.
		[ "$1" != s1 ] || echo "gate $vip $port 2001:db8:c::1:3 4000 hold pass"
	} | ns "$1" "$tool" | sort | uniq -c | tr -s ' '
}

# The path of one client, at the client; the kernel's own Mobile IPv6.
optimise() {
	local coa
	coa=$(grid_addr s1)
	ns cl ip xfrm state add src $vip dst $direct proto hao mode ro coa "$coa"
	ns cl ip xfrm state add src $direct dst $vip proto route2 mode ro coa "$coa"
	ns cl ip xfrm policy add dir in src $vip/128 dst $direct/128 proto tcp \
		tmpl src $vip dst $direct proto hao mode ro level use
	ns cl ip xfrm policy add dir out src $direct/128 dst $vip/128 proto tcp \
		tmpl src $direct dst $vip proto route2 mode ro level use
}

grid_make s1 s2
grid_client_addresses 8
is "$(group n contact)" " 5 ok" "the contact node has a group"
is "$(group s1 member)" " 7 ok" "s1 has one, with a binding and a gate"
run_ok "a client takes the direct path" optimise
spawn ip netns exec "$(ns_name s1)" python3 "$XOS_TMP/echo.py" $vip $port
wait_until 60 ns s1 bash -c "ss -Hltn6 | grep -q :$port"
fail_packets 2
# shellcheck disable=SC2046,SC2016
spawn ip netns exec "$(ns_name cl)" bash -c 'exec python3 "$0/bulk.py" "$@" >"$0/same"' \
	"$XOS_TMP" $vip $port "$(scaled 200000)" $(grid_clients 8)
bulk=$!
# The third client's connection waits at the gate until it is let go.
third_waits() {
	ns cl ss -Htan6 "src [2001:db8:c::1:3]:4000" | grep -q SYN-SENT
}
run_ok "a gate holds the third client" wait_until 300 third_waits
printf 'claim\ngate %s %s 2001:db8:c::1:3 4000 local pass\n' $vip $port | ns s1 "$tool" | tail -n 1 >"$XOS_TMP/opened"
is "$(cat "$XOS_TMP/opened")" ok "the gate is opened"
wait $bulk
left=$(cat $debugfs/failslab/times)
fail_packets 0
is "$(cat "$XOS_TMP/same")" 8 "eight clients got back what they sent, one on the direct path"
run_ok "although allocations failed ($((times - left)))" test "$left" -lt $times
run_ok "segments had an option" test "$(ns s1 "$tool" <<<paths | cut -d' ' -f1)" -gt 0
run_ok "or a routing header" test "$(ns s1 "$tool" <<<paths | cut -d' ' -f2)" -gt 0
run_ok "the module goes" mod_unload xos_handoff
true
