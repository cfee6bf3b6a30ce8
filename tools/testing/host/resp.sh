#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# The Redis protocol: real clients (redis-cli, redis-benchmark) against a grid
# of agents under ASan, and the same commands against a real redis-server, whose
# replies must be the same.

. "$(dirname "$0")/lib/grid.sh"

plan 28

grid_built

run_ok "a grid of three comes up" "$top/scripts/grid" up 3 --dir "$g"
host=$(sed -n 's/^listen = //p' "$g/0/xosd.conf" | head -n 1)
is "$("$top/scripts/grid" status --dir "$g" | jq '.nodes[2].resp_port')" 8402 "and says where"

cli() { # node, arguments
	timeout 60 redis-cli -h "$host" -p $((8400 + $1)) "${@:2}"
}

# A server to compare with, on an address of ours and with no disk.
spawn redis-server --bind "$host" --port 8399 --databases 1 --save '' --appendonly no \
	--daemonize no --dir "$XOS_TMP" --logfile "$XOS_TMP/redis.log"
wait_until 20 redis-cli -h "$host" -p 8399 ping || bail "redis-server does not answer"

# What a command answers must not depend on the order in which a hash or set keeps things.
cat >"$XOS_TMP/commands" <<-'END'
	PING
	PING hello
	ECHO "a b"
	SELECT 0
	SELECT 1
	SET k v
	GET k
	GET nothing
	SET k w NX
	SET k2 w NX
	SET k w XX GET
	SET k x KEEPTTL
	SET k
	SET k v EX 0
	GETSET k y
	SETNX k z
	GETDEL k2
	GETDEL k2
	APPEND k tail
	STRLEN k
	STRLEN nothing
	INCR n
	INCRBY n 41
	DECR n
	DECRBY n 2
	INCR k
	INCRBY n notanumber
	MSET a 1 b 2 c 3
	MGET a b nothing c
	MSET a
	EXISTS a b nothing a
	DEL a nothing b
	TYPE c
	TYPE nothing
	EXPIRE c 1000
	TTL c
	TTL n
	TTL nothing
	PERSIST c
	PERSIST c
	EXPIRE nothing 10
	PEXPIRE c -1
	GET c
	HSET h f 1
	HSET h f 2 g 3
	HGET h f
	HGET h nothing
	HMGET h f nothing g
	HLEN h
	HEXISTS h g
	HDEL h g nothing
	HGETALL h
	HGETALL nothing
	HKEYS h
	HVALS h
	GET h
	HSET k f v
	LPUSH l a
	RPUSH l b c
	LRANGE l 0 -1
	LRANGE l 1 1
	LRANGE l -2 -1
	LINDEX l -1
	LLEN l
	LPOP l
	RPOP l
	LPOP l
	LPOP l
	EXISTS l
	SADD s m
	SADD s m
	SCARD s
	SISMEMBER s m
	SISMEMBER s n
	SMEMBERS s
	SREM s m n
	EXISTS s
	TYPE h
	DEL h
	MULTI
	SET t 1
	INCR t
	LPUSH t x
	GET t
	EXEC
	EXEC
	MULTI
	NOTACOMMAND
	EXEC
	MULTI
	SET t 9
	DISCARD
	GET t
	WATCH t
	MULTI
	INCR t
	EXEC
	UNWATCH
	MULTI
	MULTI
	DISCARD
	NOTACOMMAND with arguments
	GET
	DBSIZE
END
for proto in -2 -3; do
	cli 0 $proto --no-raw <"$XOS_TMP/commands" >"$XOS_TMP/ours$proto" 2>&1
	redis-cli -h "$host" -p 8399 $proto --no-raw <"$XOS_TMP/commands" >"$XOS_TMP/theirs$proto" 2>&1
	is "$(diff "$XOS_TMP/theirs$proto" "$XOS_TMP/ours$proto")" "" \
		"$(wc -l <"$XOS_TMP/commands") commands get the replies of redis-server, protocol ${proto#-}"
	for key in $(cli 0 --raw SCAN 0 COUNT 1000 | tail -n +2); do cli 0 DEL "$key"; done >/dev/null
	redis-cli -h "$host" -p 8399 FLUSHALL >/dev/null
done

# What one node wrote another one reads, by either protocol.
run_ok "a key is set at one node" cli 0 SET shared value
is "$(cli 2 GET shared)" value "and read at another"
is "$("$XOS_BIN/xosctl" -r "$g/1/run" key get shared)" value "also with xosctl"
for i in 5 3 1 4 2; do cli $((i % 3)) SET "ord:$i" "$i" >/dev/null; done
is "$(cli 1 --raw SCAN 0 MATCH 'ord:*' COUNT 100 | tail -n +2 | tr '\n' ' ')" "ord:1 ord:2 ord:3 ord:4 ord:5 " \
	"SCAN is in order"

# A transaction over keys of two nodes, whose watched key somebody changes meanwhile.
out=$({
	printf 'WATCH w\nMULTI\nSET w mine\nSET w2 mine\n'
	sleep 1
	cli 1 SET w theirs >/dev/null
	printf 'EXEC\n'
} | cli 0 --no-raw | tail -n 1)
is "$out" "(nil)" "EXEC fails when a watched key has changed"
is "$(cli 2 GET w)$(cli 2 EXISTS w2)" theirs0 "and nothing was done"

# Many clients add to one key at once: each is counted, once.
for node in 0 1 2; do
	for _ in 1 2 3; do
		{ yes 'INCR hot' | head -n 40 | cli $node >/dev/null; } &
		adders+=($!)
	done
done
wait "${adders[@]}"
is "$(cli 0 GET hot)" 360 "360 additions through three nodes"

# Commands that no keys are named for come behind all before them.
before=$(cli 0 DBSIZE)
exec {fd}<>"/dev/tcp/$host/8400"
{ for i in $(seq 60); do printf 'SET pipe:%d x\r\n' "$i"; done && printf 'DBSIZE\r\n'; } >&"$fd"
is "$(head -n 61 <&"$fd" | tail -n 1 | tr -d ':\r')" $((before + 60)) "DBSIZE sees what was set before it"
exec {fd}>&-

# Commands that share a transaction unasked are not refused for what they read together.
large=$(head -c 60000 /dev/zero | tr '\0' v)
for _ in 1 2 3 4 5 6; do cli 0 RPUSH big "$large" "$large" "$large" "$large" "$large" "$large" "$large" "$large"; done >/dev/null
for i in $(seq 48); do exec {fd}<>"/dev/tcp/$host/8400" && fds+=("$fd"); done
for fd in "${fds[@]}"; do printf 'LPOP big\r\n' >&"$fd"; done
# shellcheck disable=SC2016 # a length, no variable
is "$(for fd in "${fds[@]}"; do head -n 1 <&"$fd"; done | sort | uniq -c | tr -s ' \r' ' ')" ' 48 $60000 ' \
	"48 clients take large elements of one list at once"
for fd in "${fds[@]}"; do exec {fd}>&-; done

for test in set get incr lpush sadd hset mset; do
	run_ok "redis-benchmark $test" timeout 100 redis-benchmark -h "$host" -p 8401 -t $test -n 400 -r 1000 -c 8 -P 4 -q
done

# Strangers to the protocol.
# shellcheck disable=SC2016 # a length, no variable
printf '*3\r\n$99999999999\r\n' | timeout 5 bash -c "exec 3<>/dev/tcp/$host/8400; cat >&3; cat <&3" >"$XOS_TMP/answer"
matches "$(cat "$XOS_TMP/answer")" '^-ERR Protocol error' "what cannot be understood is told so, and closed"
is "$(counter 0 redis_bad_requests)" 1 "and counted"
# A password.
(umask 077 && echo "a secret" >"$XOS_TMP/password")
echo "password-file = $XOS_TMP/password" >>"$g/2/xosd.conf"
"$top/scripts/grid" kill 2 --dir "$g" && "$top/scripts/grid" start 2 --dir "$g"
wait_until 30 cli 2 AUTH "a secret"
matches "$(cli 2 GET shared)" '^NOAUTH ' "without the password nothing is told"
matches "$(cli 2 AUTH wrong)" '^WRONGPASS ' "a wrong one is none"
wait_until 60 sh -c "timeout 60 redis-cli -h $host -p 8402 --no-auth-warning -a 'a secret' GET shared | grep -qx value"
is "$(cli 2 --no-auth-warning -a "a secret" GET shared)" value "with it all is"
sed -i -e '/^listen = /s/=.*/= 0.0.0.0/' -e '/^password-file/d' "$g/2/xosd.conf"
"$top/scripts/grid" kill 2 --dir "$g"
is "$(timeout 20 "$XOS_BIN/xosd" --config "$g/2/xosd.conf" >/dev/null 2>&1 || echo $?)" 1 \
	"without one it does not listen to other machines"

is "$(grep -h 'ERROR: AddressSanitizer\|runtime error\|assertion' "$g"/*/log)" "" "nothing was reported by the sanitizers"
run_ok "the grid goes down" "$top/scripts/grid" down --dir "$g"
