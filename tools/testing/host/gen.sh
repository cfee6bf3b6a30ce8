#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The generator: what is committed is up to date, drift is noticed, wrong
# schemas are refused with place and reason, and the codec of a later wire
# version talks to that of this tree.
set -u
top=$(cd "$(dirname "$0")/../../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
gen=$top/scripts/gen
n=0 failed=0

result() { # STATUS DESCRIPTION [DETAIL]
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		failed=$((failed + 1))
		echo "not ok $n - $2"
		[ -z "${3:-}" ] || sed 's/^/# /' <<<"$3"
	fi
}

# A tree of schemas to spoil.
root=$tmp/root
fresh() {
	rm -rf "$root"
	mkdir -p "$root/Documentation/netlink/specs" "$root/Documentation/wire"
	cat >"$root/Documentation/wire/peer.yaml" <<-YAML
		name: peer
		protocol: xos-wire
		type-base: 0x0100
		doc: Test.
		definitions:
		  - {name: big, type: const, value: 9, doc: Test.}
		  - name: mood
		    type: enum
		    doc: Test.
		    entries: [{name: good, doc: Test.}, {name: bad, doc: Test.}]
		attribute-sets:
		  - name: item
		    doc: Test.
		    attributes:
		      - {name: key, type: binary, max-len: big, required: true, doc: Test.}
		messages:
		  - name: one
		    doc: Test.
		    attributes:
		      - {name: num, type: u8, enum: mood, doc: Test.}
		      - {name: items, type: nest, nested-attributes: item, multi-attr: true, max-count: 3, doc: Test.}
		  - {name: two, doc: Test., set: item}
	YAML
	cat >"$root/Documentation/netlink/specs/xos_test.yaml" <<-YAML
		name: xos_test
		protocol: genetlink
		doc: Test.
		definitions:
		  - {name: mood, type: enum, entries: [good, bad]}
		attribute-sets:
		  - name: thing
		    attributes:
		      - {name: id, type: u32, checks: {min: 1, max: 70000}}
		      - {name: mood, type: u32, enum: mood}
		      - {name: label, type: string, checks: {max-len: 15}}
		      - {name: parts, type: nest, nested-attributes: part, multi-attr: true}
		  - name: part
		    attributes:
		      - {name: raw, type: binary, checks: {exact-len: 4}}
		operations:
		  list:
		    - name: thing-get
		      doc: Test.
		      attribute-set: thing
		      do: {request: {attributes: [id, parts]}, reply: {attributes: [id, mood]}}
		      dump: {reply: {attributes: [id, mood]}}
		    - {name: thing-ntf, doc: Test., notify: thing-get, mcgrp: things}
		mcast-groups: {list: [{name: things}]}
	YAML
}

# bad DESCRIPTION SED-EXPRESSION FILE REASON: spoiled like this, it is refused for that.
bad() {
	local out status=0

	fresh
	sed -i "$2" "$root/Documentation/$3"
	out=$("$gen" --root "$root" --out "$tmp/out" 2>&1) || status=$?
	[ $status = 1 ] && grep -qF -- "$4" <<<"$out" && grep -qF "${3##*/}" <<<"$out" &&
		! grep -q Traceback <<<"$out"
	result $? "refused: $1" "$out"
}

"$gen" --check >"$tmp/log"
result $? "generated files are what the schemas say" "$(cat "$tmp/log")"

fresh
out=$("$gen" --root "$root" 2>&1)
result $? "a small tree of schemas is generated" "$out"
"$gen" --root "$root" --check >/dev/null
result $? "and is up to date then"
[ -z "$("$gen" --root "$root")" ]
result $? "a second run writes nothing"
echo >>"$root/agents/wire/peer.h"
rm "$root/agents/wire/types.c"
out=$("$gen" --root "$root" --check)
[ $? = 1 ] && [ "$(cut -d: -f1 <<<"$out")" = "agents/wire/peer.h
agents/wire/types.c" ]
result $? "a changed and a missing file are listed" "$out"
"$gen" --root "$root" >/dev/null
cp "$root/agents/wire/peer.h" "$root/agents/wire/gone.h"
out=$("$gen" --root "$root" --check)
[ $? = 1 ] && grep -q '^agents/wire/gone.h: no YAML' <<<"$out"
result $? "a file that no schema makes any more is listed" "$out"

w=wire/peer.yaml
bad "a key that is unknown" 's/required: true/require: true/' $w "unknown key 'require'"
bad "a key that occurs twice" 's/^type-base.*/&\nname: peer/' $w "occurs twice"
bad "broken YAML" 's/^messages:/messages: [/' $w "peer.yaml"
bad "a missing doc" 's/max-count: 3, doc: Test./max-count: 3/' $w "key 'doc' is missing"
bad "a list without a limit" 's/, max-count: 3//' $w "go together"
bad "a byte string without a limit" 's/max-len: big, //' $w "needs 'max-len'"
bad "a constant that is not defined" 's/max-len: big/max-len: huge/' $w "nor a constant"
bad "a type that is none" 's/type: u8/type: u7/' $w "type 'u7'"
bad "a set that is not defined" 's/nested-attributes: item/nested-attributes: itme/' $w "'itme'"
bad "an enum that is not defined" 's/enum: mood/enum: moods/' $w "enum 'moods'"
bad "two messages of one name" 's/name: two/name: one/' $w "'one'"
bad "two messages of one number" 's/name: two/name: two, value: 1/' $w "'257' occurs twice"
bad "an attribute number too large" 's/name: num/name: num, value: 64/' $w "1..63"
bad "a name that C cannot have" 's/name: num/name: default/' $w "word of the C language"
bad "a name of the runtime" 's/name: item$/name: header/' $w "'header' is taken"
bad "a file that is named otherwise" 's/^name: peer/name: pear/' $w "must lie in pear.yaml"
bad "a type-base that is none" 's/0x0100/0x0101/' $w "type-base"

s=netlink/specs/xos_test.yaml
bad "netlink: an unknown key" 's/max: 70000/maximum: 7/' $s "unknown key 'maximum'"
bad "netlink: a check of another type" 's/checks: {max-len: 15}/checks: {max: 15}/' $s "does not go with"
bad "netlink: an attribute that is not in the set" 's/\[id, parts\]/[id, part]/' $s "no attribute 'part'"
bad "netlink: a group that is not defined" 's/mcgrp: things/mcgrp: thing/' $s "group 'thing'"
bad "netlink: a set that holds itself" 's/{name: raw, type: binary, checks: {exact-len: 4}}/{name: raw, type: nest, nested-attributes: thing}/' $s "circle"
bad "netlink: a type that 6.1 lacks" 's/type: u32, enum: mood/type: uint, enum: mood/' $s "type 'uint'"

# The later version: built against the same runtime, it and ours take each other's messages.
cflags="-std=gnu11 -Wall -Wextra -Werror -Wno-unused-parameter -fsanitize=address,undefined"
base=("$top"/agents/base/crc32c.c "$top"/agents/base/assert.c)
"$gen" --variant v2 --out "$tmp/v2" >/dev/null
result $? "a later version is generated"
cat >"$tmp/say.c" <<'C'
#include <stdio.h>
#include <wire/lookup.h>
#include <wire/peer.h>
/* say write: a message to stdout; say read: take one and tell what was in it */
int main(int argc, char **argv)
{
	static uint8_t mem[4096];
	struct wire_owner o = { .id = { { 7 } }, .addr = { { 1 }, 7400 }, .class = 2 };
	struct wire_lookup_answer m = { .query_id = 5, .epoch = 6, .owners = { .v = &o, .n = 1 } };
	struct wire_header h;
	struct buf b = buf_of(mem, sizeof(mem));
	size_t pos = 0;

	if (argv[1][0] == 'w') {
		if (wire_lookup_answer_encode(&m, &b))
			return 1;
		return fwrite(mem, 1, b.len, stdout) != b.len;
	}
	b.len = fread(mem, 1, sizeof(mem), stdin);
	if (wire_header_decode(buf_bytes(&b), &h) || wire_lookup_answer_body_decode(&h, &m) ||
	    !wire_owner_list_next(&m.owners, &pos, &o))
		return 1;
	printf("version %u: query %u epoch %u owner %u class %u\n", h.version,
	       (unsigned int)m.query_id, (unsigned int)m.epoch, o.id.b[0], o.class);
	return 0;
}
C
build() { # OUTPUT INCLUDE-DIRECTORY...
	local out=$1 first=$2

	shift
	# shellcheck disable=SC2086 # a list
	gcc $cflags "${@/#/-I}" -o "$out" "$tmp/say.c" "$top/agents/wire/wire.c" \
		"$first"/wire/*.c "${base[@]}" 2>&1
}
mkdir -p "$tmp/v1/wire"
for f in "$top"/agents/wire/*.[ch]; do
	case $f in *_test.c | */wire.c | */wire.h) ;; *) cp "$f" "$tmp/v1/wire" ;; esac
done
mkdir -p "$tmp/v2/agents/wire"
out=$(build "$tmp/say1" "$tmp/v1" "$top/agents")
result $? "the codec of this tree builds" "$out"
out=$(build "$tmp/say2" "$tmp/v2/agents" "$top/agents")
result $? "the later codec builds" "$out"
want="query 5 epoch 6 owner 7 class 2"
for from in 1 2; do
	for to in 1 2; do
		out=$("$tmp/say$from" write | "$tmp/say$to" read 2>&1)
		[ "$out" = "version $from: $want" ]
		result $? "a message of version $from is read by version $to" "$out"
	done
done
one=$("$tmp/say1" write | wc -c)
two=$("$tmp/say2" write | wc -c)
[ "$two" -eq $((one + 20)) ]
result $? "the later version sends more" "$one and $two bytes"

echo "1..$n"
[ $failed = 0 ]
