#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# xos_handoff: who may write, what is refused and why, steering by weights, drain,
# gates, tunnels from strangers, isolation, and removal under traffic.

. "$(dirname "$0")/lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
plan 46

tool=$XOS_HELPERS/handoff_tool
vip=2001:db8:5:1::100
port=8000

# A writer in a namespace; its words and answers go through two pipes.
writer_start() { # namespace
	rm -f "$XOS_TMP/in" "$XOS_TMP/out"
	mkfifo "$XOS_TMP/in" "$XOS_TMP/out"
	exec 7<>"$XOS_TMP/in" 8<>"$XOS_TMP/out"
	# shellcheck disable=SC2016
	spawn ip netns exec "$(ns_name "$1")" bash -c 'exec "$0" <"$1/in" >"$1/out"' "$tool" "$XOS_TMP"
	writer=$!
}

writer_stop() {
	exec 7>&- 8>&-
	stop "$writer" KILL
}

tell() { # words
	local answer
	echo "$*" >&7
	read -r -t 60 answer <&8
	echo "$answer"
}

# One line from a client address to the vip and the name of the server that answers.
ask() { # client address...
	ns cl python3 -c '
import socket, sys
for source in sys.argv[3:]:
    try:
        with socket.create_connection((sys.argv[1], int(sys.argv[2])), 5, (source, 0)) as s:
            print(s.recv(16).decode().strip())
    except OSError as e:
        print("failed", e)' "$vip" $port "$@"
}

serve() { # namespace: a server that says its name to whoever connects, and echoes
	spawn ip netns exec "$(ns_name "$1")" python3 -c '
import socket, sys, threading
l = socket.create_server((sys.argv[1], int(sys.argv[2])), family=socket.AF_INET6, backlog=256)
def one(c):
    c.sendall(sys.argv[3].encode() + b"\n")
    while True:
        d = c.recv(65536)
        if not d:
            return
        c.sendall(d)
while True:
    threading.Thread(target=one, args=(l.accept()[0],), daemon=True).start()' "$vip" $port "$1"
}

clients() { # count
	local i
	for ((i = 1; i <= $1; i++)); do
		echo "2001:db8:c::1:$i"
	done
}

lan() { # namespace, host part
	veth "$1" eth0 rt "v$1"
	ns rt ip link set "v$1" master br0
	ns "$1" ip -6 addr add "2001:db8:5::$2/64" dev eth0 nodad
	ns "$1" ip -6 route add default via 2001:db8:5::1
}

ns_add rt cl n s1 s2
ns rt ip link add br0 type bridge
ns rt ip link set br0 up
ns rt ip -6 addr add 2001:db8:5::1/64 dev br0 nodad
lan n 10
lan s1 11
lan s2 12
veth cl eth0 rt vcl
ns cl ip -6 addr add 2001:db8:c::2/64 dev eth0 nodad
ns rt ip -6 addr add 2001:db8:c::1/64 dev vcl nodad
ns cl ip -6 route add default via 2001:db8:c::1
ns rt sysctl -qw net.ipv6.conf.all.forwarding=1
ns n sysctl -qw net.ipv6.conf.all.forwarding=1
ns rt ip -6 route add $vip/128 via 2001:db8:5::10
for s in s1 s2; do
	ns $s ip -6 addr add $vip/128 dev lo nodad preferred_lft 0
done
for a in $(clients 24); do
	ns cl ip -6 addr add "$a/64" dev eth0 nodad
done

run_ok "xos_handoff loads" mod_load xos_handoff

# Who may write.
writer_start n
matches "$(tell vip $vip 0 contact)" 'generation' "a change needs a claim"
is "$(tell claim)" ok "a writer claims the namespace"
matches "$(ns n "$tool" <<<'claim')" 'writer' "a second one is refused while the first lives"
matches "$(ns n "$tool" <<<'vip 2001:db8::9 0 contact')" 'generation' "and cannot change anything"
is "$(ns s1 "$tool" <<<'claim')" ok "another namespace has a writer of its own"

# What is refused.
is "$(tell vip $vip 0 contact)" ok "a vip is made"
matches "$(tell vip $vip 0 contact)" 'exist' "not twice"
matches "$(tell vip ff02::1 0 contact)" 'attribute addr' "a multicast address is no vip"
matches "$(tell member $vip 1 2001:db8:5::11 2000 active)" 'attribute weight' "a weight has a limit"
matches "$(tell member 2001:db8::77 1 2001:db8:5::11 1 active)" 'vip' "a member needs its vip"
matches "$(tell gate $vip $port 2001:db8:c::2 5 divert drop 9)" 'member' "a gate leads to a member that there is"

# Bindings.
is "$(tell binding $vip 2001:db8:c::9 60000)" ok "a binding is made"
is "$(tell binding $vip 2001:db8:c::9 60000)" ok "and may live longer"
matches "$(tell binding $vip 2001:db8:c::9 262140001)" 'attribute lifetime-ms' "but not for ever"
matches "$(tell binding $vip ff02::1 60000)" 'attribute addr' "a multicast address is no client"
matches "$(tell vip-del $vip 0)" 'bindings' "a vip with bindings stays"
is "$(tell binding-del $vip 2001:db8:c::9)" ok "a binding is removed"
matches "$(tell binding-del $vip 2001:db8:c::9)" 'no binding' "not twice"

# Steering.
is "$(tell member $vip 1 2001:db8:5::11 1 active)" ok "member s1"
is "$(tell member $vip 2 2001:db8:5::12 1 active)" ok "member s2"
is "$(tell member $vip 3 2001:db8:5::10 0 active local)" ok "the contact node itself, for tunnels"
for s in s1 s2; do
	printf 'claim\nvip %s 0 member\nmember %s 3 2001:db8:5::10 0 active\nmember %s %s 2001:db8:5::1%s 1 active local\nmember %s %s 2001:db8:5::1%s 1 active\n' \
		$vip $vip $vip ${s#s} ${s#s} $vip $((3 - ${s#s})) $((3 - ${s#s})) >"$XOS_TMP/$s.words"
	is "$(ns $s "$tool" <"$XOS_TMP/$s.words" | sort | uniq -c | tr -s ' ')" " 5 ok" "$s knows its group"
	serve $s
done
wait_until 20 ask 2001:db8:c::2 >/dev/null
# shellcheck disable=SC2046
got=$(ask $(clients 24) | sort | uniq -c | tr -s ' \n' ' ')
matches "$got" '^ [0-9]+ s1 [0-9]+ s2 $' "24 clients are spread over both members ($got)"
# shellcheck disable=SC2046
before=$(ask $(clients 24) | tr '\n' ' ')
is "$(tell member-set $vip 1 100 active)" ok "the weights change"
# shellcheck disable=SC2046
is "$(ask $(clients 24) | tr '\n' ' ')" "$before" "and no living client is given to another member"

# Drain.
is "$(tell member-set $vip 1 100 draining)" ok "s1 drains"
# shellcheck disable=SC2046
is "$(ask $(clients 24) | sort -u | tr '\n' ' ')" "s2 " "new connections go to s2, also of clients of s1"
is "$(tell member-set $vip 1 100 active)" ok "s1 takes new connections again"

# Gates: a connection is held for a while, and nothing of it is lost.
writer_stop
matches "$(ns n "$XOS_BIN/xosctl" -j conn show | jq '.clients | length > 0')" true "the tables survive their writer"
writer_start n
is "$(tell claim)" ok "the next writer takes over"
bulk=$(scaled 400000)
cat >"$XOS_TMP/bulk.py" <<'PY'
import hashlib, socket, sys, threading
total = int(sys.argv[3])
s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 100)
print(s.getsockname()[1], s.recv(3).decode().strip(), flush=True)
data = bytes((i * 7 + i // 251) & 255 for i in range(total))
threading.Thread(target=s.sendall, args=(data,), daemon=True).start()
got = b""
while len(got) < total:
    d = s.recv(65536)
    if not d:
        break
    got += d
print("equal" if hashlib.sha256(got).digest() == hashlib.sha256(data).digest() else "differs", flush=True)
PY
mkfifo "$XOS_TMP/bulk"
exec 9<>"$XOS_TMP/bulk"
# shellcheck disable=SC2016
spawn ip netns exec "$(ns_name cl)" bash -c 'exec python3 "$0/bulk.py" "$1" "$2" "$3" >"$0/bulk"' \
	"$XOS_TMP" $vip $port "$bulk"
read -r -t 60 cport at <&9
ns "$at" "$tool" >"$XOS_TMP/gates" <<-WORDS
	claim
	gate $vip $port 2001:db8:c::2 $cport hold drop
	gates
	gate $vip $port 2001:db8:c::2 $cport local pass
	gate-del $vip $port 2001:db8:c::2 $cport
	gates
WORDS
is "$(tr '\n' ' ' <"$XOS_TMP/gates")" "ok ok 1 ok ok 0 " "a gate holds a connection under load and lets it go on"
read -r -t 100 verdict <&9
is "$verdict" equal "and of $bulk bytes in both directions none was lost, doubled or changed"

# A tunnel from somebody who is no member.
drops() { ns s1 "$tool" <<<drops | cut -d' ' -f1; }
first=$(drops)
ns cl ip link add tun0 type ip6tnl mode ip6ip6 local 2001:db8:c::2 remote 2001:db8:5::11 encaplimit none
ns cl ip link set tun0 up
ns cl ip -6 route replace $vip/128 dev tun0
ask 2001:db8:c::1:1 >/dev/null
ns cl ip -6 route del $vip/128 dev tun0
run_ok "a tunnel from a stranger is dropped and counted" test "$(drops)" -gt "$first"

# Limits.
n=$(($(cat /sys/module/xos_handoff/parameters/gates_max)))
echo 4 >/sys/module/xos_handoff/parameters/gates_max
for i in 1 2 3 4 5; do
	echo "gate $vip $port 2001:db8:c::9 $i drop drop"
done >"$XOS_TMP/words"
is "$(sed '1i claim' "$XOS_TMP/words" | ns s2 "$tool" | sort | uniq -c | tr -s ' ' | tr '\n' ';')" \
	" 5 ok; 1 xos_handoff: too many gates (attribute addr);" "a fifth gate is too many"
echo "$n" >/sys/module/xos_handoff/parameters/gates_max
is "$(ns s2 "$tool" <<<drops | cut -d' ' -f4)" 1 "and that is counted"
for i in 1 2 3 4; do
	echo "gate-del $vip $port 2001:db8:c::9 $i"
done | sed '1i claim' | ns s2 "$tool" >/dev/null
is "$(ns s2 "$tool" <<<gates)" 0 "gates are gone when they are removed"

# Who removes the module takes the connections with it that gates lead.
printf 'claim\ngate %s %s 2001:db8:c::9 1 drop drop\n' $vip $port | ns s2 "$tool" >/dev/null
if rmmod xos_handoff 2>"$XOS_TMP/refused"; then
	not_ok "the module stays while there is a gate"
else
	ok "the module stays while there is a gate: $(tr '\n' ' ' <"$XOS_TMP/refused")"
fi
echo 1 >/sys/module/xos_handoff/parameters/unload_always
is "$(cat /sys/module/xos_handoff/refcnt)" 0 "but for who insists"
echo 0 >/sys/module/xos_handoff/parameters/unload_always
is "$(cat /sys/module/xos_handoff/refcnt)" 1 "and changes his mind"
printf 'claim\ngate-del %s %s 2001:db8:c::9 1\n' $vip $port | ns s2 "$tool" >/dev/null
is "$(cat /sys/module/xos_handoff/refcnt)" 0 "it may go when the gate is gone"
is "$(ns cl "$XOS_BIN/xosctl" -j conn show | jq -c .)" '{"clients":[],"gates":[],"bindings":[]}' "another namespace sees nothing of it"

# The end.
# shellcheck disable=SC2046,SC2016
spawn ip netns exec "$(ns_name cl)" bash -c 'while :; do (exec 3<>"/dev/tcp/$0/$1") 2>/dev/null; done' $vip $port
writer_stop
run_ok "the module can be removed under traffic" mod_unload xos_handoff
run_ok "and loaded again" mod_load xos_handoff
run_ok "and removed" mod_unload xos_handoff
true
