# SPDX-License-Identifier: GPL-2.0-or-later
# For tests with a grid of agents under ASan and UBSan on this machine. $g is its folder;
# what is up there goes down at the end.
# shellcheck shell=bash

# shellcheck source-path=SCRIPTDIR/../../selftests/xos
. "$(dirname "${BASH_SOURCE[0]}")/../../selftests/xos/lib.sh"

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
export XOS_BIN=$top/build/asan/bin
g=$XOS_TMP/grid
# shellcheck disable=SC2016
at_exit '[ -f "$g/nodes" ] && "$top/scripts/grid" down --dir "$g"'

grid_built() {
	[ -x "$XOS_BIN/xosd" ] || bail "build/asan/bin/xosd is not built (make agents VARIANT=asan)"
}
grid() { "$top/scripts/grid" "$@" --dir "$g"; }
ctl() { # node, arguments
	local i=$1
	shift
	"$XOS_BIN/xosctl" -r "$g/$i/run" "$@"
}
counter() { # node, name
	ctl "$1" -j -s status | jq ".counters.$2"
}
complete() { # node, how many
	ctl "$1" -j ring show | jq -e ".complete and .count == $2" >/dev/null
}
