#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 180
#
# Random requests to both families, most right and some not, while packets of the very
# addresses, clients and connections pass that they are about. The kernel must not complain.

. "$(dirname "$0")/lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
python3 -c 'import yaml' 2>/dev/null || skip_all "no PyYAML"
plan 9

# Fewer would leave operations that never meet what they need.
requests=$(scaled 6000)
[ "$requests" -ge 3000 ] || requests=3000
seed=${XOS_SEED:-$RANDOM}
specs=$XOS_TOP/Documentation/netlink/specs

ns_add a b
veth a eth0 b eth0
ns a ip -6 addr add 2001:db8:5::10/64 dev eth0 nodad
ns b ip -6 addr add 2001:db8:5::99/64 dev eth0 nodad
for ((i = 1; i <= 3; i++)); do
	ns b ip -6 addr add "2001:db8:c::$i/64" dev eth0 nodad
done
for ((i = 0; i < 2; i++)); do
	ns a ip -6 addr add "2001:db8:5:1::10$i/128" dev lo nodad
done
ns a sysctl -qw net.ipv6.conf.all.forwarding=1
ns a ip -6 route add 2001:db8:c::/64 dev eth0
ns b ip -6 route add 2001:db8:5:1::/64 via 2001:db8:5::10

# Connections that are real, as the requests about sockets want them.
cat >"$XOS_TMP/real.py" <<'PY'
import socket, sys, time

serve = sys.argv[1] == "serve"
socks = []
for i in range(2):
    for port in (80, 8000):
        vip = (f"2001:db8:5:1::10{i}", port)
        if serve:
            s = socket.socket(socket.AF_INET6)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(vip)
            s.listen(64)
            socks.append(s)
            continue
        for j in range(1, 4):
            for client_port in (4000, 4001):
                s = socket.socket(socket.AF_INET6)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                s.bind((f"2001:db8:c::{j}", client_port))
                s.connect(vip)
                socks.append(s)
print("ready", flush=True)
time.sleep(1000)
PY
spawn ip netns exec "$(ns_name a)" python3 "$XOS_TMP/real.py" serve >"$XOS_TMP/serve"
wait_until 20 grep -q ready "$XOS_TMP/serve"
spawn ip netns exec "$(ns_name b)" python3 "$XOS_TMP/real.py" connect >"$XOS_TMP/connect"
run_ok "there are connections" wait_until 20 grep -q ready "$XOS_TMP/connect"

run_ok "xos_handoff loads" mod_load xos_handoff
run_ok "xos_lookup loads" mod_load xos_lookup

# Segments of all connections that the requests are about, sent by hand, and lookups.
cat >"$XOS_TMP/traffic.py" <<'PY'
import random, socket, struct, sys, time

udp = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
rng = random.Random(int(sys.argv[1]))
socks = []
for i in range(1, 4):
    s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW)
    socks.append((s, socket.inet_pton(socket.AF_INET6, f"2001:db8:c::{i}")))

def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF

while True:
    s, src = rng.choice(socks)
    dst = socket.inet_pton(socket.AF_INET6, f"2001:db8:5:1::10{rng.randrange(2)}")
    flags = rng.choice([2, 16, 16, 24, 17, 4])
    tcp = struct.pack("!HHIIBBHHH", 4000 + rng.randrange(2), rng.choice([80, 8000]),
                      rng.getrandbits(32), rng.getrandbits(32), 0x50, flags, 1000, 0, 0)
    tcp += b"x" * rng.randrange(100)
    pseudo = src + dst + struct.pack("!II", len(tcp), 6)
    tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
    ip6 = struct.pack("!IHBB", 6 << 28, len(tcp), 6, 64) + src + dst
    try:
        s.sendto(ip6 + tcp, (socket.inet_ntop(socket.AF_INET6, dst), 0))
        udp.sendto(rng.randbytes(rng.randrange(1, 200)), ("2001:db8:5::10", 7400))
    except OSError:
        pass
    time.sleep(0.001)
PY
spawn ip netns exec "$(ns_name b)" python3 "$XOS_TMP/traffic.py" "$seed"
traffic=$!

fuzz() { # family, address to lend a socket of
	ns a python3 "$(dirname "$0")/netlink_fuzz.py" "$specs/$1.yaml" "$seed" "$requests" ${2:+"$2"} \
		>"$XOS_TMP/$1.out" 2>&1
	local status=$?
	diag <"$XOS_TMP/$1.out"
	return $status
}

run_ok "xos_handoff answers $requests requests (seed $seed)" fuzz xos_handoff
run_ok "xos_lookup answers $requests requests" fuzz xos_lookup 2001:db8:5::10
run_ok "the traffic went on" kill -0 "$traffic"
stop "$traffic"
run_ok "what is left is shown" ns a "$XOS_BIN/xosctl" -j conn show
run_ok "xos_handoff can be removed as it is" mod_unload xos_handoff
run_ok "and xos_lookup" mod_unload xos_lookup
