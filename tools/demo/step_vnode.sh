# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

replicas="s2 s3 s4"
rows=300

vnoded_conf() { # namespace
	mkdir -p "$run/$1" "$data/$1-vnode"
	chown xos:xos "$run/$1" "$data/$1-vnode"
	cat >"$run/$1/vnoded.conf" <<-CONF
		[grid]
		$(secrets_conf "$1")
		[node]
		listen = $(addr_of "$1")
		data-dir = $data/$1-vnode
		run-dir = $run/$1
		user = xos
		[vnode]
		services = ${bin%/bin}/lib
		host = $bin/xos-vnhost
		heartbeat-ms = 200
		[http]
		port = 7480
	CONF
}

start_vnoded() { # namespace
	ip netns exec "$1" "$bin/vnoded" --config "$run/$1/vnoded.conf" </dev/null >>"$run/$1/vnoded.log" 2>&1 &
	echo $! >"$run/$1/vnoded.pid"
}

vn_field() { # namespace, field
	ctl "$1" -j vnode show | jq -r ".[] | .[\"$2\"]"
}

vn_leader() {
	local s
	for s in $replicas; do
		[ "$(vn_field "$s" leader)" = true ] && [ "$(vn_field "$s" host)" = ready ] && echo "$s" && return
	done
	return 1
}

# A statement to the gateway of a machine, asked there.
sql() { # namespace, operation, statement
	in_ns "$1" curl -s --fail-with-body "http://[::1]:7480/packages/$2" --data-binary "$3"
}

# The machine's own packages as one INSERT.
insert_packages() {
	sed -n 's,^pkg/\([^ ]*\) \(.*\)$,\1 \2,p' "$run/records" | head -n $rows |
		awk -v q="'" 'BEGIN { printf "insert into package values " }
			{ printf "%s(%s%s%s,%s%s%s)", (NR > 1 ? "," : ""), q, $1, q, q, $2, q }'
}

packages_query="select count(*), count(distinct name), sum(length(version)) from package"
orders_query="select count(*), count(distinct number), sum(number) from orders"

same_answer() { # namespace, statement, wanted
	test "$(sql "$1" query "$2")" = "$3"
}

kill_machine() { # namespace
	local pid
	ip -n rt link set "v$1" down
	for pid in $(ip netns pids "$1"); do
		kill -9 "$pid"
	done
}

writes_done() { # how many, at least
	test "$(wc -l <"$run/orders.progress")" -ge "$1"
}

step_vnode() {
	local s t0 leader survivor wanted writer writes=80
	step 6 "an SQL database on three machines, one of them killed"
	# without the step before that makes them
	[ -s "$run/records" ] || package_list >"$run/records"
	for s in $replicas; do
		vnoded_conf "$s"
		start_vnoded "$s"
	done
	for s in $replicas; do
		held "vnoded serves on $s" wait_for 60 ctl "$s" vnode show
	done
	held "a virtual node is made: SQLite as Debian ships it, three replicas" ctl s2 -w 60000 vnode create packages \
		service vn-sqlite.so members "$(addr_of s2)" "$(addr_of s3)" "$(addr_of s4)"
	held "it has a leader" wait_for 60 vn_leader
	leader=$(vn_leader)
	held "a table is made" sql s2 sql "create table package(name, version); create table orders(number)"
	held "$rows real rows are inserted through s3" sql s3 sql "$(insert_packages)"
	wanted=$(sql s2 query "$packages_query")
	held "they are there" test "$(cut -f1,2 <<<"$wanted")" = "$(printf '%d\t%d' $rows $rows)"
	for s in $replicas; do
		held "$s answers $(tr '\t' ' ' <<<"$wanted")" same_answer "$s" "$packages_query" "$wanted"
	done
	show sql s4 query "select name, version from package where name like 'b%' limit 3"
	show ctl "$leader" vnode show
	survivor=$(tr ' ' '\n' <<<"$replicas" | grep -v "$leader" | head -n 1)
	: >"$run/orders.progress"
	in_ns "$survivor" "$here/sql_client.py" packages $writes >"$run/orders.out" 2>"$run/orders.progress" &
	writer=$!
	held "a client writes through $survivor, a key for each request" wait_for 60 writes_done 20
	say "  machine $leader is killed: all its processes with SIGKILL, its cable pulled"
	kill_machine "$leader"
	held "each write of the client is answered" wait $writer
	measured "longest wait of a client when the leader's machine dies" "$(cat "$run/orders.out") ms"
	for s in $replicas; do
		[ "$s" = "$leader" ] && continue
		held "$s has each order once" same_answer "$s" "$orders_query" \
			"$(printf '%d\t%d\t%d' $writes $writes $((writes * (writes + 1) / 2)))"
		held "$s answers as before" same_answer "$s" "$packages_query" "$wanted"
	done
	ip -n rt link set "v$leader" up
	t0=$(now_ms)
	start_vnoded "$leader"
	held "$leader is back and has all that it missed" wait_for 60 same_answer "$leader" "$orders_query" "$(sql "$survivor" query "$orders_query")"
	measured "a killed machine back with the same state" "$(($(now_ms) - t0)) ms"
	held "$leader answers as before" same_answer "$leader" "$packages_query" "$wanted"
}
