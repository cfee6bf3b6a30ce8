#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# xos_handoff: a contact node that has forgotten its clients steers some of them to a
# member that does not have their connections. That member gives each segment to
# the one that had the client before; what nobody has is reset after one such step. A
# handshake by SYN cookies, which has no socket before its last segment, is not given away.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/handoff_lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
plan 17

tool=$XOS_HELPERS/handoff_tool
count=8

cat >"$XOS_TMP/server.py" <<'PY'
import socket, sys, threading
l = socket.create_server((sys.argv[1], int(sys.argv[2])), family=socket.AF_INET6, backlog=256)
def one(c):
    c.sendall(sys.argv[3].encode())
    while d := c.recv(4096):
        c.sendall(d)
while True:
    threading.Thread(target=one, args=(l.accept()[0],), daemon=True).start()
PY

# For each line that comes, how many connections answer to a word, by server.
cat >"$XOS_TMP/client.py" <<'PY'
import socket, sys
conns = []
for source in sys.argv[3:]:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 30, (source, 0))
    conns.append((s, s.recv(2).decode()))
def alive(s):
    try:
        s.sendall(b"word")
        return s.recv(4) == b"word"
    except OSError:
        return False
for line in sys.stdin:
    good = [name for s, name in conns if alive(s)]
    print(good.count("s1"), good.count("s2"), flush=True)
PY

# One segment without SYN of a connection that nobody has.
cat >"$XOS_TMP/stray.py" <<'PY'
import socket, struct, sys
s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_TCP)
s.setsockopt(socket.IPPROTO_IPV6, 7, 16)  # IPV6_CHECKSUM
s.bind((sys.argv[3], 0))
s.sendto(struct.pack("!HHIIBBHHH", 1234, int(sys.argv[2]), 7, 7, 5 << 4, 0x10, 1000, 0, 0), (sys.argv[1], 0))
PY

knows() { # namespace, role, weights of s1 and s2
	local s
	{
		printf 'claim\nvip %s 0 %s\n' $vip "$2"
		printf 'member %s 9 %s 0 active%s\n' $vip "$(grid_addr n)" "$([ "$1" = n ] && echo " local")"
		for s in s1 s2; do
			echo "member $vip ${s#s} $(grid_addr $s) $([ $s = s1 ] && echo "$3" || echo "$4") active$([ "$1" = $s ] && echo " local")"
		done
	} | ns "$1" "$tool" | sort | uniq -c | tr -s ' '
}

weights() { # namespace, of s1 and s2
	printf 'claim\nmember-set %s 1 %s active\nmember-set %s 2 %s active\n' $vip "$2" $vip "$3" |
		ns "$1" "$tool" | sort | uniq -c | tr -s ' '
}

# The contact node begins anew, and steers everybody to s2.
forget() {
	printf 'claim\nvip-del %s 0\n' $vip | ns n "$tool" >/dev/null
	is "$(knows n contact 0 1)" " 5 ok" "the contact node knows nothing of its clients"
}

passed() { # namespace
	ns "$1" "$tool" <<<paths | cut -d' ' -f5
}

grid_make s1 s2
grid_client_addresses $count
run_ok "xos_handoff loads" mod_load xos_handoff
is "$(knows n contact 1 0)" " 5 ok" "the contact node gives new clients to s1"
for s in s1 s2; do
	is "$(knows $s member 1 0)" " 5 ok" "$s knows that"
	spawn ip netns exec "$(ns_name $s)" python3 "$XOS_TMP/server.py" $vip $port $s
	wait_until 30 ns $s bash -c "ss -Hltn6 | grep -q :$port"
done
mkfifo "$XOS_TMP/in" "$XOS_TMP/out"
exec 7<>"$XOS_TMP/in" 8<>"$XOS_TMP/out"
# shellcheck disable=SC2046,SC2016
spawn ip netns exec "$(ns_name cl)" bash -c 'exec python3 "$0/client.py" "$@" <"$0/in" >"$0/out"' \
	"$XOS_TMP" $vip $port $(grid_clients $count)
alive() { # how many connections are, by server
	local answer
	echo >&7
	read -r -t 60 answer <&8
	echo "$answer"
}
is "$(alive)" "$count 0" "$count clients have connections to s1"

# Without memory at the contact node.
is "$(weights s2 0 1)" " 3 ok" "s2 learns that new clients are its own now"
forget
is "$(alive)" "$count 0" "all connections live"
run_ok "as s2 passed their segments on" test "$(passed s2)" -ge $count
is "$(passed s1)" 0 "and s1 had no need to"
is "$(resets)" 0 "no member sent a reset"

# What nobody has.
before=$(passed s2)
ns cl python3 "$XOS_TMP/stray.py" $vip $port 2001:db8:c::1:1
wait_until 30 test "$(passed s2)" -gt "$before"
is "$(passed s2) $(passed s1)" "$((before + 1)) 0" "a segment for no connection is passed on once"
was_reset() {
	test "$(resets)" -eq 1
}
run_ok "and reset" wait_until 30 was_reset

# The last segment of a handshake by cookies.
ns s2 sysctl -qw net.ipv4.tcp_syncookies=2
# shellcheck disable=SC2046
is "$(ns cl python3 "$XOS_TMP/client.py" $vip $port $(grid_clients $count) <<<"")" "0 $count" "new connections by SYN cookies stay at s2"
is "$(ns s2 nstat -asz TcpExtSyncookiesRecv | awk '/Syncookies/ { print $2 }')" $count "which needed them"
is "$(alive)" "$count 0" "and those at s1 still live"

# The end.
run_ok "the module can be removed" mod_unload xos_handoff
true
