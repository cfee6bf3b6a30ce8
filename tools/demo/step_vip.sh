# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

port=8000
end="[$vip]:$port"
file_port=8001
file_end="[$vip]:$file_port"

handoffd_conf() { # namespace
	mkdir -p "$run/$1" "$data/$1-handoff"
	chown xos:xos "$run/$1" "$data/$1-handoff"
	cat >"$run/$1/handoffd.conf" <<-CONF
		[grid]
		$(secrets_conf "$1")
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
	ip netns exec "$1" "$bin/handoffd" --config "$run/$1/handoffd.conf" </dev/null >>"$run/$1/handoffd.log" 2>&1 &
	echo $! >"$run/$1/handoffd.pid"
}

start_service() { # namespace
	ip netns exec "$1" "$bin/xos-line-echo" "$vip" $port "$1" "$run/$1" </dev/null >>"$run/$1/echo.log" 2>&1 &
	echo $! >"$run/$1/echo.pid"
	ip netns exec "$1" "$bin/xos-file-server" "$vip" $file_port "$data/www" "$run/$1" </dev/null >>"$run/$1/files.log" 2>&1 &
	echo $! >"$run/$1/files.pid"
}

group_known() { # namespace, members
	test "$(ctl "$1" -j member show | jq length)" -eq "$2"
}

service_known() { # namespace
	test "$(ctl "$1" -j vip agent | jq .services)" -eq 2
}

# One connection of the client, held open: what it sends goes to fd 5, answers come from 6.
connect() {
	mkfifo "$run/talk.in" "$run/talk.out"
	exec 5<>"$run/talk.in" 6<>"$run/talk.out"
	ip netns exec cl "$here/client.py" "$vip" $port <"$run/talk.in" >"$run/talk.out" 2>>"$run/client.log" &
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
	in_ns "$1" nft add rule ip6 demo seen ip6 saddr "$vip" counter
}

from_vip() { # namespace
	in_ns "$1" nft list table ip6 demo | grep -o 'packets [0-9]*' | cut -d' ' -f2
}

prepare_vip() {
	local s
	[ -d /sys/module/xos_handoff ] || load_module xos_handoff
	mkdir -p "$data/www"
	dd if=/dev/urandom of="$data/www/big" bs=1M count=64 status=none
	head -c 3M "$data/www/big" >"$data/www/small"
	chmod -R a+rX "$data/www"
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
	in_ns cl "$here/client.py" "$vip" $port "${from[@]}" 2>>"$run/client.log" | sort | uniq -c
}

step_vip() {
	local s
	step 5 "one address, many servers, and a live connection that moves"
	prepare_vip
	moved_to=none
	for s in n $servers; do
		held "handoffd of $s is there" wait_for 30 ctl "$s" vip agent || return
	done
	for s in $servers; do
		held "member $s added" ctl n member add "$s" vip "$vip" addr "$(addr_of "$s")"
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
	download_moves
	drain_under_load
}

server_of() { # answer such as "3 s2: line"
	sed 's/^[0-9]* \([^:]*\):.*/\1/' <<<"$1"
}

client_end() { # server namespace, port: the client end of the one connection that it has there
	in_ns "$1" ss -Htn6 state established "( sport = :$2 )" | awk '{ print $4 }' | head -n 1
}

move_one() { # server it is at; sets moved_to and moved_ms
	local to client t0
	for to in $servers; do [ "$to" != "$1" ] && break; done
	client=$(client_end "$1" $port)
	t0=$(now_ms)
	show ctl "$1" conn handoff "$end" client "$client" to "$to" >&2 || return 1
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
	held "the idle connection moves from $from" move_one "$from" || return
	measured "handoff of an idle connection, as xosctl sees it" "${moved_ms:-?} ms"
	answer=$(talk "second line")
	held "the client goes on, its line count with it: '$answer'" test "$answer" = "2 $moved_to: second line"
	move_under_traffic "$moved_to"
	held "the weights change under it" ctl n member set s1 vip "$vip" weight 50
	answer=$(talk "last line")
	held "and it stays where it is: '$answer'" test "$answer" = "$((stream_last + 1)) $moved_to: last line"
}

# The client sends line after line while its connection moves; every answer must come, in order.
stream_last=302
move_under_traffic() { # server it is at
	local i answer wrong=0 by_old=0
	for ((i = 3; i <= stream_last; i++)); do
		echo "line $i" >&5
		sleep 0.005
	done &
	sleep 0.3
	held "under traffic it moves again from $1" move_one "$1" || return
	measured "handoff under traffic, as xosctl sees it" "$moved_ms ms"
	for ((i = 3; i <= stream_last; i++)); do
		answer=$(hear)
		[ "$answer" = "$i $1: line $i" ] && by_old=$((by_old + 1)) && continue
		[ "$answer" = "$i $moved_to: line $i" ] || wrong=$((wrong + 1))
	done
	held "$((stream_last - 2)) answers in order, $by_old from $1 and the rest from $moved_to" \
		test $wrong -eq 0 -a $by_old -gt 0 -a $by_old -lt $((stream_last - 2))
	measured "lines lost, doubled or out of order of $((stream_last - 2))" "$wrong"
}

drain_server() {
	local s=$moved_to
	held "$s is drained" ctl n member drain "$s" vip "$vip"
	spread 20 >"$run/spread"
	say "  20 clients connect again:"
	sed 's/^/  /' "$run/spread"
	held "all were answered" test "$(awk '{ n += $1 } END { print n }' "$run/spread")" -eq 20
	held "$s got no new connection" test "$(grep -c " $s\$" "$run/spread")" -eq 0
	held "its connection moves away by itself" wait_for 20 drain_done "$s"
	answer=$(talk "one more")
	held "and goes on: '$answer'" test "$answer" != "${answer/: one more/}" -a "${answer%% *}" = $((stream_last + 2)) -a "$(server_of "$answer")" != "$s"
	hang_up
	show ctl n conn show | tail -n 8
}

# The link of the client: as wide as the emulated machine can fill while it does the rest.
slow_link() { # rate, delay
	modprobe sch_netem
	in_ns rt tc qdisc replace dev vcl root netem rate "$1" delay "$2" limit 200
}

server_with() { # port: the server that has the connection
	local s
	for s in $servers; do
		[ -z "$(client_end "$s" "$1")" ] || echo "$s"
	done
}

# The longest silence between two moments, and how much had come by then.
silence() { # log, from, until (ms since 1970)
	awk -v from="$2" -v until="$3" '$1 >= from && last && last <= until && $1 - last > gap { gap = $1 - last; had = $2 }
		{ last = $1 } END { printf "%d %d", gap, had / 1048576 }' "$1"
}

download_one() { # from, to; adds a line to $run/moves
	local t0 t1 client
	client=$(client_end "$1" $file_port)
	t0=$(now_ms)
	ctl "$1" conn handoff "$file_end" client "$client" to "$2" 2>>"$run/client.log" || return 1
	t1=$(now_ms)
	echo "$1 $2 $t0 $t1" >>"$run/moves"
}

download_moves() {
	local sum first from to got pid t0 t1 gap had
	for to in $servers; do ctl n member undrain "$to" vip "$vip"; done
	# Slow enough that a busy machine has the time for all moves; fast when they are done.
	slow_link 12mbit 5ms
	sum=$(sha256sum <"$data/www/big" | cut -d' ' -f1)
	say "  a client downloads 64 MiB from $file_end; its connection goes round all servers:"
	: >"$run/moves"
	in_ns cl "$here/client.py" get "$vip" $file_port big "$run/get.log" 2001:db8:c::2 >"$run/get" 2>>"$run/client.log" &
	pid=$!
	wait_for 20 test -s "$run/get.log"
	first=$(server_with $file_port)
	from=$first
	for to in $servers "$first"; do
		[ "$to" != "$from" ] || continue
		held "$from to $to" download_one "$from" "$to" || break
		from=$to
	done
	slow_link 100mbit 5ms
	wait $pid
	got=$(cat "$run/get")
	held "all 64 MiB are right: sha256 ${got:0:16}..." test "$got" = "$sum"
	say "  from  to   handoff ms   client's silence ms   MiB had by then"
	while read -r from to t0 t1; do
		read -r gap had <<<"$(silence "$run/get.log" "$t0" "$((t1 + 50))")"
		printf '  %-4s  %-4s %10d %21d %17d\n' "$from" "$to" $((t1 - t0)) "$gap" "$had"
		echo "$gap" >>"$run/gaps"
	done <"$run/moves"
	measured "moves of one download" "$(wc -l <"$run/moves")"
	measured "longest silence of the client at a move" "$(sort -n "$run/gaps" | tail -n 1) ms"
}

drain_under_load() {
	local pid sum i from=() to before=0 drained=none
	for ((i = 1; i <= 20; i++)); do
		from+=("2001:db8:c::1:$i")
	done
	sum=$(sha256sum <"$data/www/small" | cut -d' ' -f1)
	slow_link 24mbit 5ms
	say "  20 clients download 3 MiB each:"
	rm -f "$run/get.log"
	in_ns cl "$here/client.py" get "$vip" $file_port small "$run/get.log" "${from[@]}" >"$run/get" 2>>"$run/client.log" &
	pid=$!
	wait_for 20 test -s "$run/get.log"
	for to in $servers; do
		i=$(in_ns "$to" ss -Htn6 state established "( sport = :$file_port )" | wc -l)
		[ "$i" -le "$before" ] || { before=$i && drained=$to; }
	done
	show ctl n member drain "$drained" vip "$vip"
	held "$drained had $before of them, now none" wait_for 20 drain_done "$drained"
	show ctl "$drained" vip show
	show ctl n member show
	wait $pid
	held "all 20 files are right" test "$(grep -c "$sum" "$run/get")" -eq 20
	measured "downloads moved by the drain, and files wrong" "$before, $((20 - $(grep -c "$sum" "$run/get")))"
	in_ns rt tc qdisc del dev vcl root
}

drain_done() { # server
	ctl "$1" -j vip show | jq -e '.[0] | .draining and .left == 0 and .moved > 0' >/dev/null
}
