#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# xos_lookup: who may lend what, what is answered in softirq and what goes up to the
# socket, what is dropped, and that nothing outlives the socket that vouches for it.

. "$(dirname "$0")/lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
plan 42

tool=$XOS_HELPERS/lookup_tool
key=$XOS_TMP/group.key
addr='[2001:db8::1]:7400'

# Start a server in namespace a; its words and answers go through two pipes.
server_start() {
	rm -f "$XOS_TMP/in" "$XOS_TMP/out"
	mkfifo "$XOS_TMP/in" "$XOS_TMP/out"
	# Opened for both, so that opening waits for nobody.
	exec 7<>"$XOS_TMP/in" 8<>"$XOS_TMP/out"
	# shellcheck disable=SC2016
	spawn ip netns exec "$(ns_name a)" bash -c 'exec "$0" serve "$1" "$2" <"$3/in" >"$3/out"' \
		"$tool" "$addr" "$key" "$XOS_TMP"
	server=$!
}

server_stop() { # signal
	exec 7>&- 8>&-
	stop "$server" "${1:-TERM}"
}

tell() { # words
	local answer
	echo "$*" >&7
	read -r -t 60 answer <&8
	echo "$answer"
}

ask() { # key, how, count
	ns b "$tool" ask "$addr" "$key" "$@"
}

count_of() { # counter
	ns a "$XOS_BIN/xosctl" -j lookup show | jq ".[0].stats[\"$1\"]"
}

responders() { # namespace
	ns "$1" "$XOS_BIN/xosctl" -j lookup show | jq length
}

answer_m='from 5e epoch 42 class 0 node 02 port 7401 class 1 node 03 port 7402'
answer_a='from 5e epoch 42 class 0 node 01 port 7400 class 1 node 03 port 7402'

(umask 077 && od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >"$key")
ns_add a b
veth a eth0 b eth0
ns a ip -6 addr add 2001:db8::1/64 dev eth0 nodad
ns b ip -6 addr add 2001:db8::2/64 dev eth0 nodad
wait_until 20 ns b ping -6 -c 1 -W 2 2001:db8::1 >/dev/null

run_ok "xos_lookup loads" mod_load xos_lookup
server_start

# What is refused, and why.
matches "$(tell table)" 'attached no responder' "a table needs a responder"
matches "$(tell detach)" 'attached no responder' "so does a detach"
matches "$(tell attach-no-socket)" 'no open socket' "a pipe is no socket"
matches "$(tell attach-ipv4)" 'no IPv6 UDP socket' "an IPv4 socket is refused"
is "$(tell attach)" ok "an IPv6 UDP socket is taken"
matches "$(tell attach)" 'owns a responder already' "once"
matches "$(tell table-disorder)" 'must ascend' "arcs in disorder are refused"
matches "$(tell table-gap)" 'no arc that starts at the first' "a gap at the beginning is refused"
matches "$(tell renew)" 'another epoch' "there is no lease without a table"
matches "$(tell key-remove)" 'no key of this number' "there is no key to forget"
matches "$(echo attach | setpriv --inh-caps=-all --bounding-set=-all "$tool" serve '[::1]:7499' "$key")" \
	'not permitted' "who has no capability cannot attach"

# Without a key nothing is authentic, without a table the agent answers.
is "$(tell table)" ok "a table is taken"
is "$(ask apple)" "no answer" "without a key nothing is authentic"
is "$(count_of drop-mac)" 1 "and that is counted"
is "$(tell key)" ok "a key is taken"
is "$(tell table-empty)" ok "a table can be emptied"
is "$(ask apple)" "no answer" "without a table the module does not answer"
is "$(tell passed)" 1 "but hands the query to the agent"
is "$(count_of miss-table)" 1 "and counts it"

# Answers.
is "$(tell table)" ok "a table again"
is "$(ask apple)" "$answer_a" "a key before the split has its owners"
is "$(ask zebra)" "$answer_m" "a key behind the split has its owners"
is "$(ask m)" "$answer_m" "the split belongs to the upper arc"
n=$(scaled 1000)
is "$(ask apple good "$n")" "$n answers" "$n queries are answered"
is "$(tell passed)" 0 "none of them reached the socket"

# What goes up, what is dropped.
ask apple nopad >/dev/null
is "$(tell passed),$(count_of miss-pad)" 1,1 "a query too short for the answer goes up"
ask apple badmac >/dev/null
is "$(tell passed),$(count_of drop-mac)" 0,2 "a forged query is dropped"
ask apple self >/dev/null
is "$(tell passed),$(count_of drop-mac)" 0,3 "a reflected query is dropped"
ask apple malformed >/dev/null
is "$(tell passed),$(count_of drop-malformed)" 0,1 "an authentic query that makes no sense is dropped"
ask apple garbage >/dev/null
is "$(tell passed),$(count_of passed)" 1,1 "what is no query goes up"
tell table-vacant >/dev/null
is "$(ask apple),$(tell passed)" "no answer,1" "a key with a vacant arc goes up"
tell table-short-lease >/dev/null
sleep 0.1
is "$(ask apple),$(tell passed),$(count_of miss-lease)" "no answer,1,1" "after its lease the table is not used"
tell table >/dev/null
matches "$(tell renew-old)" 'another epoch' "an old table cannot be renewed"
is "$(tell renew)" ok "the present one can"

# Limits.
is "$(tell table-large 4096)" ok "the largest table is taken, in many messages"
is "$(ask 002047x)" "from 5e epoch 0 class 0 node 07 port 7400" "and searched"
matches "$(tell table-large 4097)" 'too many arcs' "a larger one is refused"
is "$(for i in 1 2 3 4; do tell key $i; done | sort | uniq -c | tr -s ' ')" \
	"$(printf ' 3 ok\n 1 xos_lookup: too many keys')" "there are four keys at most"

# Isolation and ends.
is "$(responders a),$(responders b)" 1,0 "another namespace sees no responder"
server_stop KILL
is "$(responders a)" 0 "the responder goes with the agent, killed as it was"
server_start
tell attach >/dev/null
tell key >/dev/null
tell table >/dev/null
spawn ip netns exec "$(ns_name b)" "$tool" ask "$addr" "$key" apple good 100000
run_ok "the module can be removed under load" mod_unload xos_lookup
server_stop || true
