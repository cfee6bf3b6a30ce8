#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# time-limit: 300
#
# A rolling upgrade: agents of two wire versions in one grid. The second version
# (scripts/build-variant) sends an attribute more in every set of every message
# and writes another version into every header. One agent after the other is
# replaced; both versions write and read before, meanwhile and afterwards; and
# one goes back.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 21

top=$XOS_TOP
v1=$top/build/release/bin
g=$XOS_TMP/grid
nodes=4
# shellcheck disable=SC2016
at_exit '[ -f "$g/nodes" ] && XOS_BIN=$v1 "$top/scripts/grid" down --dir "$g"'

[ -x "$v1/xosd" ] || bail "build/release/bin/xosd is not built (make agents)"
v2=$("$top/scripts/build-variant" v2 2>"$XOS_TMP/build.log") || {
	diag <"$XOS_TMP/build.log"
	bail "the second version does not build"
}

grid() { # programs, arguments
	XOS_BIN=$1 "$top/scripts/grid" "${@:2}" --dir "$g"
}
ctl() { # programs, node, arguments
	"$1/xosctl" -r "$g/$2/run" "${@:3}"
}
complete() { # programs, node
	ctl "$1" "$2" -j ring show | jq -e ".complete and .count == $nodes" >/dev/null
}
exe_of() { # node
	readlink -f "/proc/$(cat "$g/$1/pid")/exe"
}

# Stop agent I as an administrator does, start the other version on its data.
replace() { # programs, node
	local pid
	pid=$(cat "$g/$2/pid")
	kill "$pid" && wait_until 20 not_running "$pid" && grid "$1" start "$2" &&
		wait_until 60 complete "$v1" 0
}
replace_others() { replace "$v2" 0 && replace "$v2" 2 && replace "$v2" 3; }
not_running() { ! kill -0 "$1" 2>/dev/null; }

# Write eight keys under a name through a node, half of them in place of older ones.
write_some() { # programs, node, name
	local i
	for i in 0 1 2 3 4 5 6 7; do
		ctl "$1" "$2" key put "up/$3/$i" "$3 $i" || return 1
	done
	ctl "$1" "$2" key put up/last "$3"
}

# Everything written so far, as a node of either version shows it.
seen_by() { # programs, node
	ctl "$1" "$2" key range prefix up/ | sort
}

run_ok "a grid of version 1 comes up" grid "$v1" up "$nodes"
run_ok "it writes" write_some "$v1" 1 old
old=$(seen_by "$v1" 2)
is "$(wc -l <<<"$old")" 9 "nine keys are there"

run_ok "node 1 is replaced by version 2" replace "$v2" 1
is "$(exe_of 1)" "$(readlink -f "$v2/xosd")" "which really runs"
is "$(seen_by "$v2" 1)" "$old" "and reads what version 1 wrote"
run_ok "version 2 writes" write_some "$v2" 1 mixed-2
run_ok "version 1 writes" write_some "$v1" 3 mixed-1
is "$(ctl "$v1" 0 key get up/last)" mixed-1 "the later write wins"
is "$(seen_by "$v1" 0)" "$(seen_by "$v2" 1)" "both versions see the same"
is "$(ctl "$v1" 0 -j select 'cores >= 1' | jq -r '.found')" "$nodes" "version 1 selects machines of both"
is "$(ctl "$v2" 1 -j select 'cores >= 1' | jq -r '.found')" "$nodes" "and so does version 2"
is "$(ctl "$v1" 1 key get up/old/3)" "old 3" "a tool of version 1 asks an agent of version 2"
is "$(ctl "$v2" 0 key get up/old/3)" "old 3" "and the other way round"

run_ok "the others are replaced" replace_others
for i in 0 1 2 3; do exe_of $i; done | sort -u >"$XOS_TMP/exes"
is "$(cat "$XOS_TMP/exes")" "$(readlink -f "$v2/xosd")" "version 2 runs everywhere"
is "$(seen_by "$v2" 0 | wc -l)" 25 "nothing is lost"
run_ok "it writes" write_some "$v2" 0 new
is "$(seen_by "$v2" 3 | wc -l)" 33 "all of it is read through another node"
run_ok "one node goes back to version 1" replace "$v1" 2
is "$(seen_by "$v1" 2)" "$(seen_by "$v2" 3)" "and sees the same, what version 2 wrote included"
