#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The HTTP gateway of three real vnoded, with curl: what a reply says is what was done, a key
# has a request done once whatever is killed meanwhile, and limits hold.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 68

NODES=3 NET=33
adds=${XOS_VNODE_ADDS:-40}
. "$(dirname "$0")/lib/vnode.sh"
for i in 1 2 3; do
	cat >>"$d/$i/conf" <<-CONF
		keys-max = 200
		[http]
		listen = 127.53.$NET.$i
		port = 7480
		tls-listen = 127.53.$NET.$i
		tls-port = 7443
		clients = 8
	CONF
done
web() { # node, path, curl's arguments...: the body
	timeout 60 curl -s "http://127.53.$NET.$1:7480$2" "${@:3}"
}
status() { web "$@" -o "$d/body" -w '%{http_code}'; }
said() { tr -d '\r' <"$d/head" | sed -n "s/^$1: //Ip"; }
count() { ctl "$1" -j vnode counters | jq -r ".http_$2"; }
more() { [ "$(count "$1" "$2")" -gt "$3" ]; }
raw() { # node, bytes for printf: all that comes back
	# shellcheck disable=SC2059
	(exec 3<>"/dev/tcp/127.53.$NET.$1/7480" && printf "$2" >&3 && timeout 20 cat <&3) 2>&1 | tr -d '\r'
}
vo issue client alice out "$d/alice" >"$d/out"
tls() { # node, path, curl's arguments...
	timeout 60 curl -s -k "https://127.53.$NET.$1:7443$2" "${@:3}"
}
alice=(--cert "$d/alice/certificate.pem" --key "$d/alice/key.pem")

sed 's/^listen = 127.53.*/listen = 192.0.2.1/' "$d/1/conf" | sed "0,/192.0.2.1/s//127.53.$NET.1/" >"$d/bad"
matches "$(timeout 20 "$bin/vnoded" --config "$d/bad" 2>&1)" 'clients from other machines need TLS' \
	"without TLS it serves this machine only"

for i in 1 2 3; do start $i; done
run_ok "a virtual node is made" create counter vn-counter.so time-max 1500
run_ok "it gets a leader" wait_until 30 ready counter
run_ok "another one is made" create queue vn-queue.so
run_ok "and gets a leader" wait_until 30 ready queue
run_ok "and a database" create db vn-sqlite.so
run_ok "which gets one" wait_until 30 ready db
leader=$(leads counter)
other=$((leader % 3 + 1))

# --- requests -----------------------------------------------------------------------------
is "$(web 1 /counter/add -d 5; echo; web 2 /counter/add -d 6; echo; web 3 /counter/get)" \
	"$(printf '5 1\n11 2\n11 2')" "each node serves POST and GET"
before=$(ctl "$leader" -j vnode show | jq '.[] | select(.name == "counter") | .requests')
web 1 /counter/get >"$d/out"
web 2 '/counter/%67et' >"$d/out"
is "$(cat "$d/out")" "11 2" "a path is decoded"
is "$(field "$leader" counter requests)" "$before" "what is read needs no log"
is "$(web 1 /counter/add -d 0 -D "$d/head" -H 'Content-Type: application/json'; said content-type)" \
	"11 3application/json" "JSON is answered as JSON"
is "$(said xos-executed)" yes "and said to be done"
run_ok "with its place in the log" test "$(said xos-index)" -gt 0
is "$(web 1 /counter/add -d 0 -D "$d/head"; said content-type)" "11 4application/octet-stream" "other bytes as bytes"
is "$(web 1 /counter/get -I -o "$d/head"; said content-length)" "4" "HEAD tells the length"
is "$(web 2 /counter/get --next -s "http://127.53.$NET.2:7480/counter/get" -w ' %{num_connects}')" "11 411 4 0" \
	"a connection serves one request after the other"
is "$(raw 1 'GET /counter/get HTTP/1.1\r\nHost: [::1]\r\n\r\nGET /counter/get HTTP/1.0\r\n\r\n' | grep -c '^11 4')" 2 \
	"also when they come at once"
text() { head -c "$1" /dev/zero | tr '\0' x; }
echo "select '$(text 65500)' where 1 = 0" | head -c 65536 >"$d/large"
is "$(status 1 /db/sql --data-binary "@$d/large" -H 'Expect: 100-continue') $(wc -c <"$d/large" | cut -c1-3)" "200 655" \
	"64 KiB are taken"
is "$(status 1 "/db/query?select%201%20%2B%201") $(cat "$d/body")" "200 2" "a query is decoded"
is "$(status 1 /db/sql -d 'nonsense') $(cut -c1-4 "$d/body")" "400 near" "what the service says of an error is passed on"

# --- errors -------------------------------------------------------------------------------
is "$(status 1 /none/get) $(jq -r .executed "$d/body")" "404 no" "a virtual node that is not here"
is "$(status 1 /counter/jump -d '') $(jq -r '.detail + " " + .executed' "$d/body")" \
	"501 Function not implemented yes" "what the service refuses is told"
is "$(status "$other" /counter/add) $(jq -r .status "$d/body")" "405 405" "GET changes nothing: 405"
is "$(status "$other" /counter/none)" 405 "whatever it asks for"
is "$(status 1 /counter/crash -d '' -D "$d/head") $(said xos-executed)" "500 unknown" "a request that crashes the service"
is "$(web 2 /counter/get)" "11 4" "harms nothing"
before=$(count 1 malformed)
is "$(raw 1 'PUT /counter/add HTTP/1.1\r\nHost: h\r\n\r\n' | head -1)" "HTTP/1.1 501 Not Implemented" "another method"
is "$(raw 1 'junk\r\n\r\n' | head -1)" "HTTP/1.1 400 Bad Request" "what is no HTTP"
is "$(count 1 malformed)" $((before + 2)) "is counted"
is "$(status 1 /counter/get -H 'Origin: http://evil.example')" 403 "pages of browsers are refused"
is "$(status 1 /counter/get -H 'Host: evil.example')" 403 "also those that made a name for this machine"

# --- limits -------------------------------------------------------------------------------
head -c 65537 /dev/zero >"$d/large"
is "$(status 1 /queue/put --data-binary "@$d/large")" 413 "a longer body is refused"
is "$(status 1 /queue/put --data-binary "@$d/large" -H 'Transfer-Encoding: chunked')" 413 "in chunks, too"
is "$(status 1 "/queue/$(head -c 8200 /dev/zero | tr '\0' x)")" 414 "a longer target"
is "$(status 1 /counter/get -H "X: $(head -c 30000 /dev/zero | tr '\0' x)")" 431 "a longer head"
holders=()
before=$(count 1 clients_full)
for _ in $(seq 9); do
	(exec 3<>"/dev/tcp/127.53.$NET.1/7480" && sleep 30) &
	holders+=($!)
done
run_ok "a connection more than allowed is closed and counted" wait_until 20 more 1 clients_full "$before"
kill "${holders[@]}"
wait "${holders[@]}" 2>"$d/out"
run_ok "then others are served again" wait_until 20 web 1 /counter/get -f -o "$d/out"
before=$(count 2 gone)
timeout 1 curl -s "http://127.53.$NET.2:7480/queue/take" -d '' >"$d/out"
run_ok "a client that goes away while it waits is noticed" wait_until 20 more 2 gone "$before"

# --- SOAP ---------------------------------------------------------------------------------
envelope='<e:Envelope xmlns:e="urn:e"/>'
soap() { # node, action, more: the status, body in $d/body
	status "$1" /queue -H 'Content-Type: text/xml' -H "SOAPAction: \"urn:queue#$2\"" -D "$d/head" -d "$envelope" "${@:3}"
}
# whoever went away has asked for an item all the same
web 1 /queue/put -d lost >"$d/out"
is "$(soap 1 put) $(said content-type)" "200 text/xml; charset=utf-8" "an envelope is passed to the operation of its action"
is "$(web 2 /queue/take -d '')" "$envelope" "as it is"
is "$(soap 3 jump) $(said content-type)" "500 text/xml; charset=utf-8" "an error is a fault"
is "$(python3 - "$d/body" <<-'PY'
	import sys, xml.etree.ElementTree as x
	e = "{http://schemas.xmlsoap.org/soap/envelope/}"
	f = x.parse(sys.argv[1]).getroot().find(f"{e}Body/{e}Fault")
	print(f.findtext("faultcode"), f.findtext("faultstring"), f.find("detail")[0][1].text)
PY
)" "soap:Server Function not implemented yes" "of SOAP 1.1, with what became of it"
is "$(soap 3 put -H 'Origin: http://evil') $(grep -c '<detail>' "$d/body")" "500 0" "without detail when nothing was done"

# --- TLS ----------------------------------------------------------------------------------
is "$(tls 1 /counter/get "${alice[@]}")" "11 4" "a client with a certificate is served with TLS"
before=$(count 2 anonymous)
is "$(tls 2 /counter/get -o "$d/body" -w '%{http_code}') $(jq -r .executed "$d/body")" "403 no" "one without is not"
is "$(count 2 anonymous)" $((before + 1)) "and counted"
run_ok "which the log says" grep -q 'refused: a client of HTTP without a certificate' "$d/2/log"
echo "select '$(text 60000)'" >"$d/large"
is "$(tls 3 /db/sql "${alice[@]}" --data-binary "@$d/large" | md5sum)" "$({ text 60000; echo; } | md5sum)" \
	"a long request and a long reply go through"

# --- keys ---------------------------------------------------------------------------------
keyed() { # node, key, number
	status "$1" /counter/add -H "Idempotency-Key: \"$2\"" -d "$3" "${@:4}"
}
is "$(keyed 1 first 1; cat "$d/body"; echo; keyed 2 first 1; cat "$d/body")" "$(printf '20012 5\n20012 5')" \
	"the same key has the same request done once, at any node"
is "$(web 1 /counter/get)" "12 5" "it counts once"
is "$(keyed 3 first 2) $(jq -r .executed "$d/body")" "422 no" "for another request it is refused"
is "$(tls 1 /counter/add "${alice[@]}" -H 'Idempotency-Key: first' -d 0)" "12 6" "other clients have keys of their own"
is "$(keyed 1 '' 1)" 400 "an empty key is none"

# Clients with keys, while replicas are killed.
once() { # key, number: until it is acknowledged, at any node
	local code
	for _ in $(seq 200); do
		code=$(timeout 30 curl -s "http://127.53.$NET.$((RANDOM % 3 + 1)):7480/counter/add" \
			-H "Idempotency-Key: $1" -d "$2" -o "$d/reply.$1" -w '%{http_code}')
		[ "$code" = 200 ] && cat "$d/reply.$1" && return
		case $code in 000 | 503 | 504) ;; *) echo "status $code: $(cat "$d/reply.$1")" >>"$d/strange" ;; esac
		sleep 0.05
	done
	echo "gave up"
}
asker() { # number: at least so many requests, and until replicas were killed
	for n in $(seq $((20 * adds))); do
		[ "$n" -le "$adds" ] || [ -e "$d/killing" ] || break
		echo "$1$(printf %04d "$n") $(once "$1-$n" "$1$(printf %04d "$n")")"
	done >"$d/history.$1"
}
places=$(web 1 /counter/log | wc -l)
working=()
: >"$d/killing"
for c in 1 2; do
	asker $c &
	working+=($!)
done
kills=0
while kill -0 "${working[@]}" 2>"$d/out"; do
	victim=$(leads counter || echo 2)
	[ $((kills % 3)) -lt 2 ] || victim=$((RANDOM % 3 + 1))
	kill -KILL "${pids[$victim]}"
	wait "${pids[$victim]}" 2>"$d/out"
	kills=$((kills + 1))
	[ $kills -lt 2 ] || rm -f "$d/killing"
	sleep 0.3
	start "$victim"
	sleep 0.7
done
run_ok "replicas were killed meanwhile" test $kills -ge 2
is "$(cat "$d"/history.* | grep -c 'gave up')" 0 "no client gave up"
is "$(cat "$d/strange" 2>/dev/null)" "" "none got another answer"
ctl 1 vnode call counter log | tail -n +$((places + 1)) >"$d/final"
is "$(sort "$d/final" | uniq -d | wc -l)" 0 "no number is there twice"
is "$(wc -l <"$d/final")" "$(cat "$d"/history.* | wc -l)" "each is there"
is "$(misplaced "$places")" 0 "each is where its reply said"

# --- how much one user may take -------------------------------------------------------------
kill -TERM "${pids[1]}"
wait "${pids[1]}"
printf 'user-connections = 2\nuser-requests = 20\n' >>"$d/1/conf"
start 1
serves() { tls 1 /counter/get "${alice[@]}" | grep -q ' '; }
run_ok "a node has quotas" wait_until 30 serves
vo issue client bob out "$d/bob" >"$d/out"
vo issue admin root out "$d/root" >"$d/out"
as() { tls 1 "/counter/get?n=[1-$2]" --cert "$d/$1/certificate.pem" --key "$d/$1/key.pem" -o /dev/null -w '%{http_code}\n'; }
began=$(date +%s%N)
as alice 80 >"$d/alice.out" &
noisy=$!
run_ok "who asks too often has to wait" wait_until 20 more 1 quota_waits 0
is "$(as bob 3 | sort | uniq -c | tr -s ' '; kill -0 $noisy && echo waits)" "$(printf ' 3 200\nwaits')" "others do not notice"
wait $noisy
is "$(sort "$d/alice.out" | uniq -c | tr -s ' ')" " 80 200" "it gets all answers"
run_ok "over the time that its quota says" test $((($(date +%s%N) - began) / 1000000)) -ge 2900
before=$(count 1 quota_waits)
is "$(as root 80 | sort | uniq -c | tr -s ' ') $(count 1 quota_waits)" " 80 200 $before" "an admin has no quota"
held=()
for _ in 1 2; do
	timeout 20 openssl s_client -quiet -connect "127.53.$NET.1:7443" -cert "$d/alice/certificate.pem" -key "$d/alice/key.pem" \
		< <(sleep 15) >"$d/out" 2>&1 &
	held+=($!)
done
refused() { as alice 1 >"$d/out"; more 1 quota_connections 0; }
run_ok "one connection more than its share is closed" wait_until 10 refused
run_ok "which the log says" grep -q 'alice refused: it has as many connections of HTTP' "$d/1/log"
kill "${held[@]}"

for i in 1 2 3; do
	kill -TERM "${pids[$i]}"
	wait "${pids[$i]}" || not_ok "node $i ended with an error"
done
run_fail "the sanitizers found nothing" grep -hE 'ERROR: AddressSanitizer|LeakSanitizer|runtime error' \
	"$d/1/log" "$d/2/log" "$d/3/log"
