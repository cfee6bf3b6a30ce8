# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Rows of benchmarks in the VM, for tools/testing/bench/run. The caller has sent its
# standard output to descriptor 3.

row() { # name, value, unit, [peer, value, [low, high]]
	printf '{"name": "%s", "value": %s, "unit": "%s"%s%s}\n' "$1" "$2" "$3" \
		"${4:+, \"peer\": \"$4\", \"peer_value\": $5}" "${6:+, \"low\": $6, \"high\": $7}" >&3
}

median() { # numbers
	printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# A row of what was measured in turns: medians, and the range of the ratios of all turns.
row_of_turns() { # name, unit, peer, file with two columns: ours, the peer's
	local ours theirs
	mapfile -t ours < <(cut -d' ' -f1 "$4")
	mapfile -t theirs < <(cut -d' ' -f2 "$4")
	# shellcheck disable=SC2046 # two numbers
	row "$1" "$(median "${ours[@]}")" "$2" "$3" "$(median "${theirs[@]}")" \
		$(awk '{ print $1 / $2 }' "$4" | sort -n | sed -n '1p;$p' | xargs printf '%.3f ')
}
