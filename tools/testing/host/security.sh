#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# A grid of a virtual organisation, real agents under ASan and UBSan: what is on the network
# in clear, who gets in, who does not, revocation, rotation under load, floods, the sandbox.
# make grid-security

. "$(dirname "$0")/lib/grid.sh"

plan 68

grid_built

vo() { "$XOS_BIN/xosctl" vo "$@" dir "$g/vo" passphrase-fd 3 3<"$g/vo.passphrase"; }
more() { # node, counter, than
	test "$(counter "$1" "$2")" -gt "$3"
}

# --- what is on the network -----------------------------------------------------------
mkdir -p "$g"
addr=127.$(($(printf %s "$(cd "$g" && pwd)" | cksum | cut -d' ' -f1) / 256 % 253 + 1)).$(($(printf %s "$(cd "$g" && pwd)" | cksum | cut -d' ' -f1) % 256)).1
pcap=$XOS_TMP/capture.pcapng
spawn tshark -q -i lo -f "host $addr" -w "$pcap" >"$XOS_TMP/tshark.log" 2>&1
capture=$!
run_ok "the capture runs" wait_until 20 test -s "$pcap"

run_ok "a secure grid of four comes up, three of it with tokens" grid up 4 --secure
is "$(grep -hm 1 '^listen' "$g/0/xosd.conf")" "listen = $addr" "it is where the capture looks"
run_ok "the ring is complete" wait_until 30 complete 2 4
run_ok "a key is written" ctl 0 key put plain-key-xyzzy plain-value-plugh
is "$(ctl 3 key get plain-key-xyzzy)" plain-value-plugh "and read through another node"
head -c 5000 /dev/zero | tr '\0' v >"$XOS_TMP/large"
run_ok "a value too long for a datagram is written" ctl 1 key put plain-key-large - <"$XOS_TMP/large"
is "$(ctl 2 select 'machine == m1' | tail -n 1)" "complete, 1 found" "machines are found"
run_ok "a lookup by datagram is answered" ctl 1 lookup get clear-key-frotz via "$addr:7402"
sleep 1
kill "$capture"
wait "$capture" 2>/dev/null
has() { grep -qa "$1" "$pcap"; }
run_ok "the capture has the key of the lookup, as documented" has clear-key-frotz
run_fail "it has no key of the store" has plain-key-xyzzy
run_fail "nor a value" has plain-value-plugh
run_fail "nor a selection" has 'machine == m1'
run_fail "nor a certificate" has authority-1
tls() { tshark -r "$pcap" -d "tcp.port==7400-7403,tls" "$@" 2>/dev/null; }
is "$(tls -T fields -E occurrence=a -e tls.handshake.type | tr ',' '\n' | grep . | sort -u | tr '\n' ' ')" "1 2 " \
	"of handshakes only the two hellos can be seen"
is "$(tls -T fields -e tls.handshake.extensions.supported_version -Y 'tls.handshake.type == 2' | sort -u)" 0x0304 \
	"every stream is TLS 1.3"
is "$(tls -Y 'tcp.len > 0 && !tls && !tcp.reassembled_in && !tcp.segment_data' | wc -l)" 0 "every stream is TLS"
cat >"$XOS_TMP/datagrams.py" <<'PY'
import sys
kinds, bad = {}, 0
for line in sys.stdin:
    d = bytes.fromhex(line.strip())
    if not d:
        continue
    kind, family = d[5], d[36]
    # 2 and 3 are the same by two ciphers
    kinds[min(kind, 2)] = kinds.get(kind, 0) + 1
    # in clear (kind 0) there are lookups only
    if d[:4] != b"XOSD" or kind > 3 or (kind == 0 and family != 7):
        bad += 1
print(bad, " ".join(str(k) for k in sorted(kinds)))
PY
is "$(tshark -r "$pcap" -Y 'udp && !icmp' -T fields -e udp.payload 2>/dev/null | python3 "$XOS_TMP/datagrams.py")" "0 0 1 2" \
	"datagrams are of the three kinds, in clear are lookups only"

# --- defaults and the insecure mode ------------------------------------------------------
is "$(ctl 0 -j status | jq '.insecure // false')" false "the grid does not call itself insecure"
run_ok "an insecure one comes up" "$top/scripts/grid" up 1 --replicas 1 --dir "$g-two"
matches "$("$XOS_BIN/xosctl" -r "$g-two/0/run" status)" INSECURE "its status says so"
matches "$(cat "$g-two/0/log")" 'warn: main: INSECURE' "and its log"
run_ok "it goes down" "$top/scripts/grid" down --dir "$g-two"

# --- who gets in ---------------------------------------------------------------------------
newcomer() { # name, further lines of the configuration
	local d=$XOS_TMP/$1
	mkdir -p "$d/run" "$d/data"
	sed -e "s,$g/3,$d,g" -e 's/^port = .*/port = 7477/' -e "s/^machine = .*/machine = $1/" \
		-e '/^\[redis\]/,$d' \
		"$g/3/xosd.conf" >"$d/conf"
}
newcomer thief
run_fail_with 'used before' "a token is good once" \
	timeout 60 "$XOS_BIN/xosd" --config "$XOS_TMP/thief/conf" --token-file "$g/3/token"
is "$(counter 0 secure_join_refused)" 1 "the issuer counts it"
sed 's/[A-Z]/A/3' "$g/3/token" >"$XOS_TMP/forged"
chmod 600 "$XOS_TMP/forged"
run_fail_with 'token' "a forged token is none" \
	timeout 60 "$XOS_BIN/xosd" --config "$XOS_TMP/thief/conf" --token-file "$XOS_TMP/forged"
vo token node out "$XOS_TMP/token"
sed -i 's/^join = .*/join = '"$addr"':7401/' "$XOS_TMP/thief/conf"
run_fail_with 'no issuer' "a node that is no issuer gives nothing for a token" \
	timeout 60 "$XOS_BIN/xosd" --config "$XOS_TMP/thief/conf" --token-file "$XOS_TMP/token"
chmod 644 "$XOS_TMP/token"
run_fail_with 'mode 0644' "a token that others can read is refused" \
	timeout 60 "$XOS_BIN/xosd" --config "$XOS_TMP/thief/conf" --token-file "$XOS_TMP/token"
# Two issuers: what one has redeemed the other one knows. The machine gets its credentials, then
# it cannot listen, so that the grid stays as it is.
vo issue issuer i1 out "$g/1/data/credentials"
kill -HUP "$(cat "$g/1/pid")"
newcomer here
newcomer there
sed -i 's/^listen = .*/listen = 192.0.2.77/' "$XOS_TMP/here/conf" "$XOS_TMP/there/conf"
sed -i /^join/d "$XOS_TMP/there/conf"
vo token node out "$XOS_TMP/both"
run_fail_with 'credentials were got' "a token is redeemed at one issuer" \
	timeout 60 "$XOS_BIN/xosd" --config "$XOS_TMP/here/conf" --token-file "$XOS_TMP/both"
run_fail_with 'used before' "and then not at another one" \
	timeout 60 "$XOS_BIN/xosd" --config "$XOS_TMP/there/conf" --join "$addr:7401" --token-file "$XOS_TMP/both"
is "$(counter 1 secure_join_refused)" 1 "which counts it"
newcomer user
vo issue client alice out "$XOS_TMP/user/data/credentials"
run_fail_with 'role' "a client's certificate makes no node" timeout 60 "$XOS_BIN/xosd" --config "$XOS_TMP/user/conf"
newcomer stranger
other=$XOS_TMP/other
"$XOS_BIN/xosctl" vo init local dir "$other" passphrase-fd 3 3<"$g/vo.passphrase"
"$XOS_BIN/xosctl" vo issue node n9 dir "$other" out "$XOS_TMP/stranger/data/credentials" passphrase-fd 3 3<"$g/vo.passphrase"
spawn "$XOS_BIN/xosd" --config "$XOS_TMP/stranger/conf" 2>"$XOS_TMP/stranger/log"
run_ok "a node of another authority is refused" \
	wait_until 30 grep -q 'not signed by an authority' "$XOS_TMP/stranger/log"
run_ok "the grid does not notice" complete 0 4
kill $!

# --- floods ----------------------------------------------------------------------------------
cat >"$XOS_TMP/flood.py" <<'PY'
import os, resource, socket, sys, time
addr, seconds = sys.argv[1], float(sys.argv[2])
resource.setrlimit(resource.RLIMIT_NOFILE, (11000, 11000))
held, end = [], time.monotonic() + seconds
while len(held) < 10000:
    s = socket.socket()
    s.settimeout(5)
    try:
        s.connect((addr, 7400))
        if len(held) % 3 == 1:
            s.send(os.urandom(64))
        elif len(held) % 3 == 2:
            s.send(b"\x16\x03\x01\x02\x00\x01\x00\x01")
    except OSError:
        pass
    held.append(s)
print(len(held), flush=True)
time.sleep(max(0, end - time.monotonic()))
PY
before=$(counter 0 net_accept_refused)
spawn python3 "$XOS_TMP/flood.py" "$addr" 8 >"$XOS_TMP/flood.out"
flood=$!
failed=0
for i in 1 2 3 4 5 6 7 8; do
	ctl 0 key put "flood/$i" "$i" || failed=$((failed + 1))
	ctl 2 key get "flood/$i" >/dev/null || failed=$((failed + 1))
done
is $failed 0 "keys are written and read during a flood of half-open connections"
wait $flood
is "$(cat "$XOS_TMP/flood.out")" 10000 "which were 10,000 at the same time"
run_ok "what is over the limit is closed and counted" more 0 net_accept_refused "$before"
run_ok "which the log says" grep -q 'refused: there are too many connections' "$g/0/log"
run_ok "what makes no sense is refused and counted" more 0 secure_stream_auth 0
spawn python3 -c '
import socket, sys, time
held = [socket.create_connection((sys.argv[1], 7400)) for _ in range(20)]
time.sleep(8)' "$addr"
run_ok "who is slow is cut off and counted" wait_until 20 more 0 net_timeouts 19
run_ok "the ring is complete" wait_until 30 complete 1 4

# --- rotation under load ------------------------------------------------------------------------
failed=$XOS_TMP/failed
: >"$failed"
load() {
	local i=0
	while [ ! -e "$XOS_TMP/enough" ]; do
		i=$((i + 1))
		ctl $((i % 3)) key put "load/$i" "$i" >>"$failed" 2>&1
		[ "$(ctl $(((i + 1) % 3)) key get "load/$i" 2>&1)" = "$i" ] || echo "get $i" >>"$failed"
	done
	echo "$i" >"$XOS_TMP/loaded"
}
made() { # by all nodes together
	local i sum=0
	for i in 0 1 2 3; do sum=$((sum + $(counter "$i" secure_keys_made))); done
	echo $sum
}
load &
loader=$!
taken() { test "$(counter 2 secure_trust_taken)" -ge "$1"; }
before=$(counter 2 secure_trust_taken)
run_ok "the authority gets a successor" vo rotate
is "$(vo show | head -n 1)" "virtual organisation $(ctl 0 -j status | jq -r .grid)  revoked 0" "which vo show tells"
before_keys=$(made)
vo issue node n0 out "$g/0/data/credentials"
run_ok "which every node learns from one" wait_until 30 taken $((before + 2))
renewed() { more 0 secure_reloads 0 && test "$(made)" -gt "$before_keys"; }
run_ok "a new certificate is used without a restart, the keys of datagrams change" wait_until 40 renewed
sleep 12
touch "$XOS_TMP/enough"
wait $loader
is "$(cat "$failed")" "" "not one of $(cat "$XOS_TMP/loaded") writes and reads failed meanwhile"

# --- revocation --------------------------------------------------------------------------------------
run_ok "a node is revoked" vo revoke "$(ctl 3 -j status | jq -r .id)"
is "$(vo show | head -n 1 | sed 's/.* //')" 1 "vo show counts it"
cp "$g/vo/revoked.pem" "$g/1/data/credentials/revoked.pem"
gone() { test "$(ctl 0 -j ring show | jq .count)" -eq 3 && more 2 secure_stream_revoked 0; }
run_ok "a minute later all have closed their streams to it" wait_until 60 gone
grid kill 3
grid start 3 >/dev/null 2>&1
sleep 5
is "$(ctl 0 -j ring show | jq .count)" 3 "it does not come back"
run_ok "root on its machine still reaches its agent" ctl 3 status
grid kill 3

# --- another node at the address of one ------------------------------------------------------------
newcomer impostor
vo issue node n8 out "$XOS_TMP/impostor/data/credentials"
cp "$g/vo/revoked.pem" "$XOS_TMP/impostor/data/credentials/"
sed -i "s/^port = .*/port = 7402/" "$XOS_TMP/impostor/conf"
before=$(counter 0 net_wrong_peer)
before_cut=$(counter 0 secure_stream_cut)
grid kill 2
run_ok "streams of a node that is killed are cut off, which is counted" wait_until 20 more 0 secure_stream_cut "$before_cut"
spawn "$XOS_BIN/xosd" --config "$XOS_TMP/impostor/conf" 2>"$XOS_TMP/impostor/log"
impostor=$!
run_ok "what is meant for a node does not go to another one at its address" \
	wait_until 60 more 0 net_wrong_peer "$before"
run_ok "which the log says" wait_until 40 grep -q 'a message is not sent: it is for another node' "$g/0/log"
kill $impostor
wait $impostor 2>/dev/null
run_ok "the node itself comes back" grid start 2

# --- the authority's folder is lost; there is a copy ----------------------------------------------
cp -a "$g/vo" "$XOS_TMP/copy"
run_ok "a copy of the authority's folder issues" "$XOS_BIN/xosctl" vo issue node n1 dir "$XOS_TMP/copy" \
	out "$g/1/data/credentials" passphrase-fd 3 3<"$g/vo.passphrase"
taken_again() { grep -q 'audit: credentials read again' "$g/1/log"; }
run_ok "what the grid takes" wait_until 20 taken_again

# --- who did what -----------------------------------------------------------------------------------
audited() { grep -q "audit: $1" "$g"/[0-3]/log; }
run_ok "the log says who joined with a token" audited 'node n[1-3] joins with a token, identity'
run_ok "and that lists and authorities were learnt, from whom" audited '.* learnt from node n'

# --- the rest ---------------------------------------------------------------------------------------
secrets() {
	local f
	for f in "$g"/*/data/credentials/key.pem "$g"/*/data/credentials/issuer.key "$g"/*/token; do
		sed -n 2p "$f"
	done
	cat "$g"/*/data/credentials/seed.key "$g/vo.passphrase"
	echo
}
secrets >"$XOS_TMP/secrets"
cat "$g"/*/log "$XOS_TMP"/*/log >"$XOS_TMP/logs" 2>/dev/null
run_fail "no secret is in a log" grep -qF -f <(grep . "$XOS_TMP/secrets") "$XOS_TMP/logs"
run_fail "none is in an argument or the environment" bash -c "
	for p in $(cat "$g"/[0-2]/pid | tr '\n' ' '); do cat /proc/\$p/cmdline /proc/\$p/environ; done |
		grep -qaF -f <(grep . '$XOS_TMP/secrets')"
in_memory() { # pid, file with a secret
	python3 - "$1" "$2" <<'PY'
import sys
want = open(sys.argv[2], "rb").read().strip()
mem = open(f"/proc/{sys.argv[1]}/mem", "rb")
for line in open(f"/proc/{sys.argv[1]}/maps"):
    lo, hi = (int(x, 16) for x in line.split()[0].split("-"))
    if "rw" not in line or hi - lo > 1 << 28:
        continue
    try:
        mem.seek(lo)
        if want in mem.read(hi - lo):
            sys.exit(0)
    except (OSError, ValueError):
        pass
sys.exit(1)
PY
}
run_ok "all go down" grid down
if [ -x "$top/build/release/bin/xosd" ]; then
	XOS_BIN=$top/build/release/bin "$top/scripts/grid" up 1 --replicas 1 --secure --dir "$g-three" >/dev/null
	pid=$(cat "$g-three/0/pid")
	sed -n 2p "$g-three/0/data/credentials/key.pem" >"$XOS_TMP/key.text"
	run_fail "the text of its key is not in its memory any more" in_memory "$pid" "$XOS_TMP/key.text"
	printf %s "${g##*/}-three" >"$XOS_TMP/canary"
	run_ok "where the name of its folder is found" in_memory "$pid" "$XOS_TMP/canary"
	is "$(awk '/^Max core file size/ { print $5, $6 }' "/proc/$pid/limits")" "0 0" "it makes no core dumps"
	is "$(awk '/^Seccomp:/ { print $2 }' "/proc/$pid/status")" 2 "an agent is in its sandbox"
	is "$(awk '/^Cap(Eff|Prm|Bnd):/ { print $2 }' "/proc/$pid/status" | sort -u | head -n 1)" 0000000000000000 \
		"and has no capabilities"
	"$top/scripts/grid" down --dir "$g-three"
else
	skip 5 "build/release is not there"
fi
grep -A 30 'ERROR: AddressSanitizer' "$XOS_TMP/logs" | diag
run_fail "nothing was reported by the sanitizers" \
	grep -E 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' "$XOS_TMP/logs"
