#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The authority's key on a PKCS#11 token, which SoftHSM plays: certificates, revocation,
# a successor on the same token; what a wrong PIN and a missing token lead to.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 14

XOS_BIN=$XOS_TOP/build/asan/bin
[ -x "$XOS_BIN/xosctl" ] || bail "build/asan/bin/xosctl is not built (make agents VARIANT=asan)"
d=$XOS_TMP
mkdir "$d/tokens"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$d/tokens" >"$d/hsm.conf"
export SOFTHSM2_CONF=$d/hsm.conf
softhsm2-util --init-token --free --label xos-test --pin 1234 --so-pin 123456 >"$d/out" 2>&1 || bail "$(cat "$d/out")"
printf 1234 >"$d/pin"
printf 4321 >"$d/wrong"
vo() { "$XOS_BIN/xosctl" vo "$@" dir "$d/vo" passphrase-fd 3 3<"$d/pin"; }
wrong() { "$XOS_BIN/xosctl" vo "$@" dir "$d/vo" passphrase-fd 3 3<"$d/wrong"; }

run_fail_with 'pkcs11:token=no-such' "a token that is not there is told" vo init grid pkcs11 pkcs11:token=no-such
run_ok "an authority is made with its key on a token" vo init grid pkcs11 pkcs11:token=xos-test
is "$(ls "$d/vo")" "authorities.pem
authority.pem
authority.token
revoked.pem
seed.key" "there is no key in its folder"
run_fail_with 'already' "a second one in the folder is refused" vo init grid pkcs11 pkcs11:token=xos-test
run_ok "it issues a certificate" vo issue node n1 out "$d/n1"
run_ok "which OpenSSL verifies" openssl verify -CAfile "$d/vo/authorities.pem" "$d/n1/certificate.pem"
run_ok "and a token for a machine" vo token node out "$d/join"
run_ok "it revokes" vo revoke n1
matches "$(openssl crl -in "$d/vo/revoked.pem" -noout -text)" 'Serial Number' "and its list says so"
run_ok "its successor is made on the token, too" vo rotate
is "$(softhsm2-util --show-slots | grep -c 'Initialized:.*yes'); $(find "$d/vo" -name '*.key')" "1; $d/vo/seed.key" \
	"again without a key in the folder"
run_ok "and issues" vo issue client alice out "$d/alice"
run_fail_with 'pkcs11:token=xos-test' "a wrong PIN is refused" wrong issue client bob out "$d/bob"
rm -r "$d/tokens"/*
run_fail_with 'pkcs11:token=xos-test' "and so is a token that is gone" vo issue client bob out "$d/bob"
