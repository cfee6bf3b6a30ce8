# SPDX-License-Identifier: GPL-2.0-or-later
#: make install            programs, library, units, configuration, modules (DESTDIR, prefix)
#: make uninstall          remove what install put there, but for configuration

pkgconfigdir ?= $(libdir)/pkgconfig
sysusersdir  ?= $(prefix)/lib/sysusers.d
vnodedir     ?= $(prefix)/lib/xos
D            := $(DESTDIR)
INSTALL_DATA := install -D -m 0644
INSTALL_BIN  := install -D -m 0755
INSTALLED_KO := $(strip $(foreach m,handoff lookup,$(wildcard kernel/$(m)/xos_$(m).ko)))

.PHONY: install install-agents install-modules uninstall
install: install-agents install-modules

install-agents: agents
	$(INSTALL_BIN) $(O)/bin/xosd $(D)$(sbindir)/xosd
	$(INSTALL_BIN) $(O)/bin/handoffd $(D)$(sbindir)/handoffd
	$(INSTALL_BIN) $(O)/bin/vnoded $(D)$(sbindir)/vnoded
	$(INSTALL_BIN) $(O)/bin/xos-vnhost $(D)$(vnodedir)/xos-vnhost
	install -d $(D)$(vnodedir)/services
	$(INSTALL_BIN) $(O)/bin/xosctl $(D)$(sbindir)/xosctl
	$(INSTALL_BIN) $(O)/libxos.so.0 $(D)$(libdir)/libxos.so.0
	ln -sf libxos.so.0 $(D)$(libdir)/libxos.so
	$(INSTALL_DATA) agents/libxos/xos.h $(D)$(includedir)/xos.h
	$(INSTALL_DATA) agents/libxos/xos_service.h $(D)$(includedir)/xos_service.h
	$(INSTALL_DATA) agents/libxos/xos_vnode.h $(D)$(includedir)/xos_vnode.h
	install -d $(D)$(pkgconfigdir) $(D)$(sysconfdir)/xos
	printf '%s\n' 'libdir=$(libdir)' 'includedir=$(includedir)' '' 'Name: libxos' \
		'Description: client library of XOS grids' 'Version: $(VERSION)' \
		'Libs: -L$${libdir} -lxos' 'Cflags: -I$${includedir}' >$(D)$(pkgconfigdir)/libxos.pc
	$(INSTALL_DATA) tools/xosctl/completion/xosctl $(D)$(compdir)/xosctl
	$(INSTALL_DATA) tools/xosctl/man/xosctl.8 $(D)$(mandir)/man8/xosctl.8
	for p in xosd handoffd vnoded; do \
		install -d $(D)$(unitdir) && \
		sed 's,/usr/sbin,$(sbindir),' agents/$$p/$$p.service >$(D)$(unitdir)/$$p.service && \
		{ [ -e $(D)$(sysconfdir)/xos/$$p.conf ] || \
		  $(O)/bin/$$p --print-config | sed 's,/usr/lib/xos,$(vnodedir),' \
			>$(D)$(sysconfdir)/xos/$$p.conf; } || exit 1; \
	done
	$(INSTALL_DATA) agents/xosd/xos.sysusers $(D)$(sysusersdir)/xos.conf

# Modules that were built (make modules) go where depmod finds them.
install-modules:
	$(if $(INSTALLED_KO),install -d $(D)$(moddir) && install -m 0644 $(INSTALLED_KO) $(D)$(moddir)/)

uninstall:
	rm -f $(D)$(sbindir)/xosd $(D)$(sbindir)/handoffd $(D)$(sbindir)/xosctl
	rm -f $(D)$(libdir)/libxos.so.0 $(D)$(libdir)/libxos.so $(D)$(pkgconfigdir)/libxos.pc
	rm -f $(D)$(includedir)/xos.h $(D)$(includedir)/xos_service.h $(D)$(includedir)/xos_vnode.h
	rm -f $(D)$(sbindir)/vnoded $(D)$(vnodedir)/xos-vnhost $(D)$(unitdir)/vnoded.service
	rm -f $(D)$(compdir)/xosctl $(D)$(mandir)/man8/xosctl.8 $(D)$(sysusersdir)/xos.conf
	rm -f $(D)$(unitdir)/xosd.service $(D)$(unitdir)/handoffd.service
	rm -f $(D)$(moddir)/xos_handoff.ko $(D)$(moddir)/xos_lookup.ko
