#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# make install into a scratch folder: what is installed runs, links, and goes again.

. "$(dirname "$0")/../selftests/xos/lib.sh"

plan 14

top=$(cd "$(dirname "$0")/../../.." && pwd)
root=$XOS_TMP/root
run_ok "make install honours DESTDIR and prefix" \
	make -s -C "$top" install DESTDIR="$root" prefix=/opt/xos libdir=/opt/xos/lib
for p in xosd handoffd vnoded xosctl; do
	option=--version
	[ $p = xosctl ] && option=-V
	is "$("$root/opt/xos/sbin/$p" $option)" "$p 0.1.0" "$p runs"
done
run_ok "its configuration is good" "$root/opt/xos/sbin/xosd" --config "$root/etc/xos/xosd.conf" --check-config
run_ok "that of handoffd too" "$root/opt/xos/sbin/handoffd" --config "$root/etc/xos/handoffd.conf" --check-config
run_ok "and that of vnoded" "$root/opt/xos/sbin/vnoded" --config "$root/etc/xos/vnoded.conf" --check-config

cat >"$XOS_TMP/prog.c" <<'C'
#include <stdio.h>
#include <xos.h>
#include <xos_service.h>

int main(void)
{
	struct xos *x;

	printf("%d\n", xos_open("/nonexistent", 100, &x));
	xos_service_close(NULL);
	return 0;
}
C
flags=$(PKG_CONFIG_PATH=$root/opt/xos/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root pkg-config --cflags --libs libxos)
# shellcheck disable=SC2086
run_ok "a program builds with pkg-config" gcc -Wall -Werror -o "$XOS_TMP/prog" "$XOS_TMP/prog.c" $flags
is "$(LD_LIBRARY_PATH=$root/opt/xos/lib "$XOS_TMP/prog")" "-2" "and runs with the library"
is "$(nm -D --defined-only "$root/opt/xos/lib/libxos.so.0" | awk '$2 == "T" { print $3 }' | grep -vc '^xos_')" 0 \
	"the library shows nothing but its interface"
run_ok "the units name the programs" grep -q "ExecStart=/opt/xos/sbin/xosd" "$root/lib/systemd/system/xosd.service"
run_ok "make uninstall" make -s -C "$top" uninstall DESTDIR="$root" prefix=/opt/xos libdir=/opt/xos/lib
is "$(find "$root" -type f ! -path '*/etc/xos/*' | wc -l)" 0 "leaves nothing but the configuration"
