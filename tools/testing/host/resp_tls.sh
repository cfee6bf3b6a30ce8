#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# The Redis protocol with TLS on a grid of a virtual organisation: a client is who its
# certificate says; others are nobody.

. "$(dirname "$0")/lib/grid.sh"

plan 64

grid_built

vo() { "$XOS_BIN/xosctl" vo "$@" dir "$g/vo" passphrase-fd 3 3<"$g/vo.passphrase"; }
run_ok "a secure grid of three comes up" grid up 3 --secure
is "$(grid status | jq '.nodes[2].resp_tls_port')" 8502 "and says where TLS is spoken"
host=$(sed -n 's/^listen = //p' "$g/0/xosd.conf" | head -n 1)
for who in alice bob mallory; do vo issue client "$who" out "$XOS_TMP/$who"; done
vo issue admin root out "$XOS_TMP/root"
vo issue node n7 out "$XOS_TMP/n7"
mkdir "$XOS_TMP/far"
"$XOS_BIN/xosctl" vo init local dir "$XOS_TMP/far/vo" passphrase-fd 3 3<"$g/vo.passphrase"
"$XOS_BIN/xosctl" vo issue client eve dir "$XOS_TMP/far/vo" out "$XOS_TMP/far/eve" passphrase-fd 3 3<"$g/vo.passphrase"

tls() { # node, arguments
	timeout 30 redis-cli -h "$host" -p $((8500 + $1)) --tls --cacert "$XOS_TMP/alice/authorities.pem" "${@:2}"
}
as() { # who, node, arguments
	tls "$2" --cert "$XOS_TMP/$1/certificate.pem" --key "$XOS_TMP/$1/key.pem" "${@:3}"
}
said() { "$@" 2>&1; }
more() { # node, counter, than
	test "$(counter "$1" "$2")" -gt "$3"
}

# --- who is who ---------------------------------------------------------------------------
is "$(as alice 0 acl whoami)" alice "a client is who its certificate says"
is "$(as root 1 acl whoami)" root "and so is an admin"
is "$(as alice 0 set fruit apple)" OK "it writes"
is "$(as root 2 get fruit)" apple "and another reads, at another node"
matches "$(as alice 0 client info)" 'user=alice' "CLIENT INFO says who it is"
is "$(printf 'reset\nacl whoami\n' | as alice 0 | tail -n 1)" alice "RESET does not take its certificate away"
is "$(said tls 0 get fruit)" "NOAUTH Authentication required." "without a certificate nothing is read"
is "$(printf 'reset\nget fruit\n' | tls 0 2>&1 | tr -s '\n' ' ')" "RESET NOAUTH Authentication required. " "nor after RESET"
is "$(said tls 0 auth guess)" "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?" \
	"and there is no password to guess"
head -c 3000000 /dev/urandom | base64 -w 40000 | head -n 50 | sed 's/^/set big:x /' >"$XOS_TMP/big"
is "$(as alice 1 <"$XOS_TMP/big" 2>&1 | sort | uniq -c | tr -s ' ')" " 50 OK" "large values go through"
is "$(as alice 2 get big:x | md5sum)" "$(tail -n 1 "$XOS_TMP/big" | cut -d' ' -f3 | md5sum)" "and come back"
run_ok "redis-benchmark works, with pipelining" timeout 120 redis-benchmark -h "$host" -p 8501 --tls \
	--cacert "$XOS_TMP/alice/authorities.pem" --cert "$XOS_TMP/alice/certificate.pem" \
	--key "$XOS_TMP/alice/key.pem" -t set,get -n 2000 -P 16 -c 10 -q

# --- who is refused -----------------------------------------------------------------------
before=$(counter 0 secure_stream_role)
matches "$(said as n7 0 ping)" 'Server closed the connection|alert|refused|access denied' "a node's certificate makes no client"
run_ok "and it is counted" more 0 secure_stream_role "$before"
before=$(counter 0 secure_stream_authority)
matches "$(said tls 0 --cert "$XOS_TMP/far/eve/certificate.pem" --key "$XOS_TMP/far/eve/key.pem" ping)" \
	'Server closed the connection|alert|unknown ca' "nor does one of another authority"
run_ok "and it is counted" more 0 secure_stream_authority "$before"
matches "$(timeout 30 redis-cli -h "$host" -p 8500 --tls --cacert "$XOS_TMP/far/eve/authorities.pem" ping 2>&1)" \
	'certificate verify failed' "a client sees that an agent is of another organisation"
before=$(counter 0 secure_guest_refused)
timeout 10 redis-cli -h "$host" -p 8500 ping >"$XOS_TMP/out" 2>&1
run_ok "a client that speaks no TLS there is refused" more 0 secure_guest_refused "$before"

# --- who may do what ------------------------------------------------------------------------
is "$(ctl 0 acl show)" "" "nobody has made a rule"
for k in fruit/apple fruit/pear other; do as root 0 set "$k" "of $k" >/dev/null; done
run_ok "a rule is made" ctl 0 acl add alice read fruit/
run_ok "a second one, at another node" ctl 1 acl add alice write fruit/pear
is "$(ctl 2 acl show | tr '\n' ';')" "alice read fruit/;alice write fruit/pear;" "all nodes know them"
is "$(ctl 2 -j acl show mallory)" "[]" "there is none for others"
denied() { matches_quietly NOPERM "$@"; }
matches_quietly() { local text=$1; shift; said "$@" | grep -q "$text"; }
for i in 0 1 2; do
	run_ok "node $i comes to know" wait_until 20 denied as alice "$i" set other 1
done
is "$(as alice 1 get fruit/apple)" "of fruit/apple" "it reads what it may"
is "$(as alice 1 set fruit/pear ripe)" OK "and writes what it may"
is "$(printf '%s\n' 'get other' 'set fruit/apple 1' 'mget fruit/pear other' 'dbsize' 'range a z' |
	as alice 1 2>&1 | grep -c NOPERM)" 5 "and nothing else"
is "$(as alice 1 scan 0 count 100 | tail -n +2 | tr '\n' ' ')" "fruit/apple fruit/pear " "a walk shows what it may read"
is "$(as alice 1 range fruit/ fruit0 | tr '\n' ' ')" " fruit/apple of fruit/apple fruit/pear ripe " "a range within that works"
is "$(printf '%s\n' multi 'get other' exec | as alice 1 2>&1 | grep -c 'NOPERM\|EXECABORT')" 2 \
	"a transaction with what it may not do is not begun"
is "$(as mallory 1 set other 2)" OK "who is in no rule may do everything"
run_ok "but when there is a rule for everybody" ctl 2 acl add @client read
run_ok "it may do that" wait_until 20 denied as mallory 1 set other 3
is "$(as root 1 set other 4) $(as mallory 1 get other)" "OK 4" "an admin may do everything"
run_fail_with 'no such rule' "a rule that there is not" ctl 0 acl del alice write other
ctl 0 acl del @client && ctl 0 acl del alice
allowed() { test OK = "$(said as alice 1 set other 5)"; }
run_ok "without rules everything is as before" wait_until 20 allowed

# --- how many items -------------------------------------------------------------------------
for k in 1 2; do as root 0 set "q/$k" x >/dev/null; done
run_fail_with 'items=N' "a right that nothing enforces is refused" ctl 0 acl add alice publish q/
run_ok "a quota of items is made" ctl 0 acl add alice items=3 q/
is "$(ctl 1 acl show)" "alice items=3 q/" "and shown"
full() { test "QUOTA there are as many items as this user may make" = "$(said as alice 1 sadd q/set a b)"; }
run_ok "who has as many items as it may have makes no more" wait_until 20 full
run_ok "which is counted" more 1 redis_quota_items 0
is "$(as mallory 1 set q/m x) $(as root 1 set q/r x) $(as alice 1 get q/1) $(as alice 1 del q/1 q/2 q/set q/m q/r)" \
	"OK OK x 5" "others do, and it reads and deletes"
again() { test OK = "$(said as alice 1 set q/1 x)"; }
run_ok "after which it may make items again" wait_until 20 again
ctl 0 acl del alice
run_ok "the log says which user was refused what" \
	grep -q 'audit: user alice at .*: sadd, refused' "$g/1/log"
run_ok "who of its machine changed the rules" \
	grep -qE "audit: user $(id -u), process [0-9]+: change what users may do\$" "$g/1/log"
run_ok "and where an admin came from" grep -q 'audit: admin root at ' "$g/0/log"

mkfifo "$XOS_TMP/say"
# --- how much -------------------------------------------------------------------------------
grid kill 0
sed -i '/^\[redis\]/a user-connections = 3\nuser-requests = 100\nuser-bytes = 50000' "$g/0/xosd.conf"
grid start 0
run_ok "a node comes back with quotas" wait_until 60 complete 0 3
run_ok "and serves" wait_until 20 test PONG = "$(as root 0 ping)"
began=$(date +%s%N)
yes ping | head -n 400 | as alice 0 >"$XOS_TMP/alice.out" &
pid=$!
run_ok "who asks too fast has to wait" wait_until 20 more 0 redis_quota_waits 0
is "$(as bob 0 ping; kill -0 $pid && echo waits)" "PONG
waits" "others do not notice"
wait $pid
is "$(grep -c PONG "$XOS_TMP/alice.out")" 400 "it gets all replies"
took=$((($(date +%s%N) - began) / 1000000))
run_ok "over the time that its quota says ($took ms)" test "$took" -ge 2900
before=$(counter 0 redis_quota_waits)
is "$(yes ping | head -n 400 | as root 0 | grep -c PONG) $(counter 0 redis_quota_waits)" "400 $before" "an admin has no quota"
for i in 1 2 3; do
	as alice 0 <"$XOS_TMP/say" >/dev/null 2>&1 &
done
exec 6<>"$XOS_TMP/say"
connections() { test "$(as root 0 info clients | tr -d '\r' | sed -n 's/^connected_clients://p')" -ge 4; }
wait_until 20 connections
matches "$(said as alice 0 ping)" 'max number of clients' "nor more connections than its share"
run_ok "which the log says" grep -q 'alice refused: it has as many connections' "$g/0/log"
exec 6>&-

# --- slow, and revoked --------------------------------------------------------------------
before=$(counter 1 redis_handshake_late)
exec 5<>"/dev/tcp/$host/8501"
printf '\026\003\001' >&5
as mallory 2 <"$XOS_TMP/say" >"$XOS_TMP/mallory.out" 2>&1 &
pid=$!
exec 6>"$XOS_TMP/say"
echo "set mine 1" >&6
run_ok "a client is served" wait_until 20 grep -q OK "$XOS_TMP/mallory.out"
before_closed=$(counter 2 secure_guest_closed)
vo revoke mallory
cp "$g/vo/revoked.pem" "$g/0/data/credentials/revoked.pem"
run_ok "when it is revoked its connection is closed, at another node than the one that was told" \
	wait_until 60 more 2 secure_guest_closed "$before_closed"
exec 6>&-
wait "$pid"
matches "$(said as mallory 2 ping)" 'Server closed the connection|alert|revoked' "and it does not come back"
run_ok "a client that does not finish its handshake is closed" wait_until 30 more 1 redis_handshake_late "$before"
run_ok "which the log says" grep -q 'refused: its handshake took too long' "$g/1/log"
exec 5>&-
