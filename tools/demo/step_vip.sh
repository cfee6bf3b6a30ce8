# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

port=8000
end="[$vip]:$port"

handoffd_conf() { # namespace
	mkdir -p "$run/$1" "$data/$1-handoff"
	chown xos:xos "$run/$1" "$data/$1-handoff"
	cat >"$run/$1/handoffd.conf" <<-CONF
		[grid]
		name = demo
		group-key = $run/group.key
		[node]
		name = $1
		listen = $(addr_of "$1")
		data-dir = $data/$1-handoff
		run-dir = $run/$1
		user = xos
		vip = $vip contact $(addr_of n)
	CONF
}

start_handoffd() { # namespace
	in_ns "$1" "$bin/handoffd" --config "$run/$1/handoffd.conf" </dev/null >>"$run/$1/handoffd.log" 2>&1 &
	echo $! >"$run/$1/handoffd.pid"
}

start_service() { # namespace
	in_ns "$1" "$bin/xos-line-echo" "$vip" $port "$1" "$run/$1" </dev/null >>"$run/$1/echo.log" 2>&1 &
	echo $! >"$run/$1/echo.pid"
}

group_known() { # namespace, members
	test "$(ctl "$1" -j member show | jq length)" -eq "$2"
}

service_known() { # namespace
	test "$(ctl "$1" -j vip agent | jq .services)" -eq 1
}

# One connection of the client, held open: what it sends goes to fd 5, answers come from 6.
connect() {
	mkfifo "$run/talk.in" "$run/talk.out"
	exec 5<>"$run/talk.in" 6<>"$run/talk.out"
	in_ns cl "$here/client.py" $vip $port <"$run/talk.in" >"$run/talk.out" 2>>"$run/client.log" &
	talk_pid=$!
}

hear() {
	local answer=
	read -r -t 30 answer <&6
	echo "$answer"
}

talk() { # line
	echo "$1" >&5
	hear
}

hang_up() {
	kill "$talk_pid" 2>/dev/null
	exec 5>&- 6>&-
}

# Count the packets that a namespace sees coming from the address.
count_from_vip() { # namespace
	in_ns "$1" nft add table ip6 demo
	in_ns "$1" nft add chain ip6 demo seen '{ type filter hook prerouting priority -500; }'
	in_ns "$1" nft add rule ip6 demo seen ip6 saddr $vip counter
}

from_vip() { # namespace
	in_ns "$1" nft list table ip6 demo | grep -o 'packets [0-9]*' | cut -d' ' -f2
}

prepare_vip() {
	local s
	ip -n n route add local "$vip/128" dev lo 2>/dev/null
	in_ns n sysctl -qw net.ipv6.conf.all.forwarding=1
	count_from_vip n
	count_from_vip rt
	for s in $servers; do
		ip -n "$s" addr add "$vip/128" dev lo nodad preferred_lft 0
	done
	for s in n $servers; do
		handoffd_conf "$s"
		start_handoffd "$s"
	done
}

# Addresses that stand for many clients: the unit of steering is the client.
client_addresses() { # count
	local i
	for ((i = 1; i <= $1; i++)); do
		ip -n cl addr add "2001:db8:c::1:$i/64" dev eth0 nodad
	done
}

# How many of so many clients each server answers.
spread() { # clients
	local i from=()
	for ((i = 1; i <= $1; i++)); do
		from+=("2001:db8:c::1:$i")
	done
	in_ns cl "$here/client.py" $vip $port "${from[@]}" 2>>"$run/client.log" | sort | uniq -c
}

step_vip() {
	local s
	step 5 "one address, many servers, and a live connection that moves"
	prepare_vip
	for s in n $servers; do
		held "handoffd of $s is there" wait_for 30 ctl "$s" vip agent
	done
	for s in $servers; do
		held "member $s added" ctl n member add "$s" vip $vip addr "$(addr_of "$s")"
		start_service "$s"
	done
	for s in $servers; do
		held "$s knows the group and its service" wait_for 30 eval "group_known $s 6 && service_known $s"
	done
	show ctl n member show
	client_addresses 20
	spread 20 >"$run/spread"
	say "  20 clients connect to $end:"
	sed 's/^/  /' "$run/spread"
	held "all were answered" test "$(awk '{ n += $1 } END { print n }' "$run/spread")" -eq 20
	held "by several servers" test "$(wc -l <"$run/spread")" -ge 3
	measured "servers that 20 clients were spread over" "$(wc -l <"$run/spread") of 5"
	held "answers come directly: $(from_vip rt) packets from the address at the router" \
		test "$(from_vip rt)" -gt 20
	held "and none at the contact node" test "$(from_vip n)" -eq 0
	move_connections
	drain_server
}

server_of() { # answer such as "3 s2: line"
	sed 's/^[0-9]* \([^:]*\):.*/\1/' <<<"$1"
}

client_end() { # server namespace: the client end of the one connection that $1 has to the vip
	in_ns "$1" ss -Htn6 state established "( sport = :$port )" | awk '{ print $4 }' | head -n 1
}

move_one() { # connection number, server it is at; prints the server that it moved to
	local from=$2 to client t0
	for to in $servers; do [ "$to" != "$from" ] && break; done
	client=$(client_end "$from")
	t0=$(now_ms)
	show ctl "$from" conn handoff "$end" client "$client" to "$to" >&2 || return 1
	moved_ms=$(($(now_ms) - t0))
	moved_to=$to
}

move_connections() {
	local answer from
	connect
	answer=$(talk "first line")
	from=$(server_of "$answer")
	say "  an ESTABLISHED connection of a plain client: '$answer'"
	held "it is the first line" test "${answer%% *}" = 1
	held "the idle connection moves from $from" move_one 1 "$from"
	measured "handoff of an idle connection, as xosctl sees it" "${moved_ms:-?} ms"
	answer=$(talk "second line")
	held "the client goes on, its line count with it: '$answer'" test "$answer" = "2 $moved_to: second line"
	from=$moved_to
	kill -STOP "$(pid_of "$from" echo)"
	printf 'third line\nhalf of the fou' >&5
	sleep 1
	kill -CONT "$(pid_of "$from" echo)"
	held "with data waiting it moves again from $from" move_one 1 "$from"
	answer=$(talk "rth line")
	held "the waiting line was answered: '$answer'" test "${answer#3 s?: }" = "third line"
	answer=$(hear)
	held "no byte was lost: '$answer'" test "${answer#4 "$moved_to": }" = "half of the fourth line"
	measured "bytes lost, duplicated or reordered" 0
	held "the weights change under it" ctl n member set s1 vip $vip weight 50
	answer=$(talk "fifth line")
	held "and it stays where it is: '$answer'" test "$answer" = "5 $moved_to: fifth line"
}

drain_server() {
	local s=$moved_to
	held "$s is drained" ctl n member drain "$s" vip $vip
	spread 20 >"$run/spread"
	say "  20 clients connect again:"
	sed 's/^/  /' "$run/spread"
	held "all were answered" test "$(awk '{ n += $1 } END { print n }' "$run/spread")" -eq 20
	held "$s got no new connection" test "$(grep -c " $s\$" "$run/spread")" -eq 0
	answer=$(talk "sixth line")
	held "the connection that it has goes on: '$answer'" test "$answer" = "6 $s: sixth line"
	hang_up
	show ctl n conn show | tail -n 8
}
