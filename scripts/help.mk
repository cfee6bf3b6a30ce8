# SPDX-License-Identifier: GPL-2.0-or-later
.PHONY: help
help:
	@sed -n 's/^#: //p' Makefile scripts/*.mk
#: make                    modules (KDIR= for other headers) and agents
#: make agents             agents, xosctl, libxos, samples   (VARIANT=release|asan)
#: make modules            xos_handoff.ko and xos_lookup.ko
#: make generate           write again what the YAML files define
#: make install            DESTDIR= and prefix= are honoured
#: make clean
