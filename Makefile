# SPDX-License-Identifier: GPL-2.0-or-later
#
# make            modules and agents
# make help       every target
#
# A source file is picked up by the folder it lies in:
#   agents/LAYER/*.c           library of that layer (build/VARIANT/LAYER.a)
#   agents/LAYER/*_test.c      unit test program (cmocka, TAP)
#   tools/testing/unit/*_test.c  the same, for what lies elsewhere
#   tools/testing/fuzz/*.c     fuzz target (libFuzzer)
# Everything built lands in build/, but for the modules (kbuild's own habit).

VERSION := 0.1.0
KDIR    ?= $(firstword $(wildcard /lib/modules/$(shell uname -r)/build) \
	     $(lastword $(sort $(wildcard /usr/src/linux-headers-*-amd64))))
VARIANT ?= release
BUILD   ?= build
O       := $(BUILD)/$(VARIANT)

prefix     ?= /usr
sbindir    ?= $(prefix)/sbin
libdir     ?= $(prefix)/lib
includedir ?= $(prefix)/include
mandir     ?= $(prefix)/share/man
sysconfdir ?= /etc
unitdir    ?= /lib/systemd/system
compdir    ?= $(prefix)/share/bash-completion/completions
KREL       := $(patsubst linux-headers-%,%,$(notdir $(patsubst %/build,%,$(KDIR))))
moddir     ?= /lib/modules/$(KREL)/updates

CC      := gcc
CLANG   := clang-14
# V=1 shows the commands
V ?= 0
ifeq ($(V),0)
Q := @
say = @printf '  %-7s %s\n' $(1) $(2)
endif

PKGS    := libmnl libuv inih gnutls nettle sqlite3 liburcu libcap-ng libseccomp
ifneq ($(MAKECMDGOALS),help)
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
# http-parser has no .pc file, and only vnoded uses it.
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -Wl,--as-needed -lhttp_parser -Wl,--no-as-needed
endif

WARN    := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	   -Wpointer-arith -Wvla -Wimplicit-fallthrough -Wno-unused-parameter
CFLAGS  ?= -O2 -g
CFLAGS_release := $(CFLAGS) -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined \
		  -fno-omit-frame-pointer -DXOS_DEBUG=1
CFLAGS_ALL = -std=gnu11 -fPIC -pthread $(WARN) $(CFLAGS_$(VARIANT)) -D_GNU_SOURCE \
	     -DXOS_VERSION=\"$(VERSION)\" -Iagents -Iinclude/uapi $(PKG_CFLAGS)
LDFLAGS_asan := -fsanitize=address,undefined
CFLAGS_tsan  := -O1 -g -fsanitize=thread -fno-omit-frame-pointer -DXOS_DEBUG=1
LDFLAGS_tsan := -fsanitize=thread
LDFLAGS_ALL = $(LDFLAGS) $(LDFLAGS_$(VARIANT)) -pthread

# Layers, lowest first (scripts/check-layers holds the rule).
LAYERS   := base env wire resp web nl store secure daemon suspect overlay dht txn acl redis select dserver mip6 order vnode
PROGRAMS := xosd handoffd vnoded
CORES    := suspect overlay dht txn acl select dserver mip6 order vnode

lib_src  = $(filter-out %_test.c,$(wildcard agents/$(1)/*.c))
obj      = $(patsubst %.c,$(O)/%.o,$(1))

LAYER_LIBS := $(foreach l,$(LAYERS),$(O)/$(l).a)
LIBXOS_SRC := $(call lib_src,libxos)
# What a program is made of besides its main.c is linkable by tests and the simulator.
PROG_LIBS  := $(foreach p,$(PROGRAMS),$(O)/$(p).a)
ALL_LIBS   := $(LAYER_LIBS) $(PROG_LIBS) $(O)/libxos.a

XOSCTL_SRC := $(wildcard tools/xosctl/*.c tools/xosctl/cmd/*.c)
SAMPLE_SRC := $(wildcard tools/samples/*.c)
SAMPLES    := $(patsubst tools/samples/%.c,$(O)/bin/%,$(SAMPLE_SRC))
# Services of virtual nodes; vn-NAME.c may say "Links: -lLIBRARY" in a comment.
SERVICE_SRC := $(wildcard tools/samples/vnode/*.c)
SERVICES    := $(patsubst tools/samples/vnode/%.c,$(O)/lib/%.so,$(SERVICE_SRC))
SIM_SRC    := $(wildcard tools/testing/sim/*.c tools/testing/sim/*/*.c)
SCALE_SRC  := $(wildcard tools/testing/scale/*.c)
BENCH_SRC  := $(wildcard tools/testing/bench/*.c)
BENCHES    := $(patsubst tools/testing/bench/%.c,$(O)/bench/%,$(BENCH_SRC))
TEST_SRC   := $(wildcard agents/*/*_test.c tools/testing/unit/*_test.c)
UNIT_TESTS := $(patsubst %.c,$(O)/tests/%,$(notdir $(TEST_SRC)))
HELPER_SRC := $(wildcard tools/testing/selftests/xos/*.c)
HELPERS    := $(patsubst tools/testing/selftests/xos/%.c,$(O)/selftests/%,$(HELPER_SRC))
FUZZ_SRC   := $(wildcard tools/testing/fuzz/*.c)
FUZZERS    := $(patsubst tools/testing/fuzz/%.c,$(BUILD)/fuzz/%,$(FUZZ_SRC))
BINS       := $(foreach p,$(PROGRAMS),$(if $(wildcard agents/$(p)/main.c),$(O)/bin/$(p))) \
	      $(if $(XOSCTL_SRC),$(O)/bin/xosctl) $(O)/bin/xos-vnhost $(SAMPLES) $(SERVICES)
SHARED     := $(if $(LIBXOS_SRC),$(O)/libxos.so.0)

.PHONY: all agents modules modules-clean clean help generate seeds tests helpers simulator benches \
	fuzzers vnode-host
all: modules agents

agents: $(BINS) $(SHARED)
tests: $(UNIT_TESTS)
helpers: $(HELPERS)
vnode-host: $(O)/bin/xos-vnhost $(SERVICES) $(O)/tests/vnode_host_test
fuzzers: $(FUZZERS) seeds
benches: $(BENCHES)
simulator: $(if $(SIM_SRC),$(O)/bin/xos-sim) $(O)/bin/xos-scale

# --- objects -----------------------------------------------------------------
$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CFLAGS_ALL) $(CFLAGS_$(subst /,_,$(patsubst %/,%,$(dir $<)))) -MMD -MP -c -o $@ $<

# Kernel sources compiled in userspace see the shim headers first.
CFLAGS_tools_testing_unit := -Itools/testing/unit/shim -I.
CFLAGS_tools_testing_sim  := -Itools/testing/sim
CFLAGS_tools_testing_sim_checkers  := -Itools/testing/sim
CFLAGS_tools_testing_sim_dserver := -Itools/testing/sim
CFLAGS_tools_testing_sim_hostile := -Itools/testing/sim
CFLAGS_tools_testing_sim_mip6 := -Itools/testing/sim
CFLAGS_tools_testing_sim_select := -Itools/testing/sim
CFLAGS_tools_testing_sim_threads   := -Itools/testing/sim
CFLAGS_tools_testing_sim_vnode     := -Itools/testing/sim
CFLAGS_tools_testing_sim_scenarios := -Itools/testing/sim
CFLAGS_tools_testing_sim_order := -Itools/testing/sim
CFLAGS_tools_xosctl       := -Itools/xosctl
CFLAGS_tools_xosctl_cmd   := -Itools/xosctl
CFLAGS_tools_samples      := -Iagents/libxos
CFLAGS_tools_samples_vnode := -Iagents/libxos

define layer_rule
$(O)/$(1).a: $(call obj,$(filter-out agents/$(1)/main.c,$(call lib_src,$(1))))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(Q)ar rcs $$@ $$^
endef
$(foreach l,$(LAYERS) $(PROGRAMS) libxos,$(eval $(call layer_rule,$(l))))

link = $(Q)$(CC) $(LDFLAGS_ALL) -o $@ $(1) -Wl,--start-group $(ALL_LIBS) -Wl,--end-group $(PKG_LIBS) -lm

define prog_rule
$(O)/bin/$(1): $(O)/agents/$(1)/main.o $(ALL_LIBS)
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(call link,$$<)
endef
$(foreach p,$(PROGRAMS),$(eval $(call prog_rule,$(p))))

# The host of services exports what it replaces, and links nothing that services may use, too.
VNHOST_LIBS := $(foreach l,vnode wire base,$(O)/$(l).a)
VNHOST_SRC  := $(wildcard agents/vnhost/*.c)
$(O)/bin/xos-vnhost: $(call obj,$(VNHOST_SRC)) $(VNHOST_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -rdynamic -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(VNHOST_LIBS) -Wl,--end-group -ldl

$(O)/bin/xosctl: $(call obj,$(XOSCTL_SRC)) $(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(call link,$(filter %.o,$^))

$(O)/bin/xos-sim: $(call obj,$(SIM_SRC)) $(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(call link,$(filter %.o,$^))

$(O)/bin/xos-scale: $(call obj,$(SCALE_SRC)) $(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(call link,$(filter %.o,$^))

$(SAMPLES): $(O)/bin/%: $(O)/tools/samples/%.o $(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(call link,$<)

$(SERVICES): $(O)/lib/%.so: $(O)/tools/samples/vnode/%.o
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -shared -o $@ $< \
		$(shell sed -n 's/^ \* Links: //p' tools/samples/vnode/$*.c)

$(BENCHES): $(O)/bench/%: $(O)/tools/testing/bench/%.o $(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(call link,$<)

$(HELPERS): $(O)/selftests/%: $(O)/tools/testing/selftests/xos/%.o $(ALL_LIBS)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(call link,$< $(shell grep -qs nl-genl-3 tools/testing/selftests/xos/$*.c && echo -lnl-genl-3 -lnl-3))

# Sources that need the headers of libnl-3 say so by including them.
$(O)/tools/testing/selftests/xos/%.o: CFLAGS_ALL += $(shell pkg-config --cflags libnl-genl-3.0 2>/dev/null)

# Only what libxos.map names is visible from outside.
$(O)/libxos.so.0: $(call obj,$(LIBXOS_SRC)) $(LAYER_LIBS) agents/libxos/libxos.map
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) -shared -Wl,-soname,libxos.so.0 \
		-Wl,--version-script=agents/libxos/libxos.map -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(LAYER_LIBS) -Wl,--end-group $(PKG_LIBS)

define test_rule
$(O)/tests/$(basename $(notdir $(1))): $(O)/$(basename $(1)).o $(ALL_LIBS)
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(call link,$$<) -lcmocka
endef
$(foreach t,$(TEST_SRC),$(eval $(call test_rule,$(t))))

# Fuzz targets are built whole by clang, sanitizers on.
FUZZ_LIB_SRC := $(foreach l,$(LAYERS),$(call lib_src,$(l)))
FUZZ_CFLAGS  := -std=gnu11 -g -O1 -fsanitize=fuzzer-no-link,address,undefined -D_GNU_SOURCE \
		-Iagents -Iinclude/uapi -Itools/testing/unit/shim -I. $(PKG_CFLAGS) -pthread \
		-DXOS_DEBUG=1 -DXOS_VERSION=\"$(VERSION)\"
$(BUILD)/fuzz/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CLANG,$<)
	$(Q)$(CLANG) $(FUZZ_CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/fuzz/all.a: $(patsubst %.c,$(BUILD)/fuzz/obj/%.o,$(FUZZ_LIB_SRC))
	@rm -f $@
	$(Q)ar rcs $@ $^
$(FUZZERS): $(BUILD)/fuzz/%: $(BUILD)/fuzz/obj/tools/testing/fuzz/%.o $(BUILD)/fuzz/all.a
	$(call say,CLANG,$@)
	$(Q)$(CLANG) -fsanitize=fuzzer,address,undefined -pthread -o $@ $^ $(PKG_LIBS) -lm

# --- kernel ------------------------------------------------------------------
modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) W=1 KCFLAGS=-Werror modules
modules-clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) clean

# --- generated files (committed; check-generated fails when they drift) --------
generate:
	scripts/gen

# First inputs of the fuzz targets; not committed.
seeds:
	scripts/gen --seeds

clean: modules-clean
	rm -rf $(BUILD)

-include $(wildcard scripts/*.mk)
-include $(shell test -d $(BUILD) && find $(BUILD) -name '*.d')

.SECONDARY:
