# SPDX-License-Identifier: GPL-2.0-or-later
#
# The simulator: whole grids in one process, in virtual time, with faults.

#: make sim                grids with faults, simulated   (SEEDS=n, or SEED=s VERBOSE=1; CALM=1 NODES=n
#:                         ORDER=1: only replicated logs, ORDER=0: only grids)
#: make sim-mutants        does the simulator find planted bugs?         (SEEDS=n MUTANT=name)

SEEDS   ?=
SEED    ?=
NODES   ?=
MUTANT  ?=
VERBOSE ?=
CALM    ?=
ORDER   ?=
TAP     ?=

CFLAGS_mutants := $(CFLAGS) -DXOS_MUTANTS

SIM_ARGS = $(if $(SEEDS),--seeds $(SEEDS)) $(if $(SEED),--seed $(SEED)) \
	   $(if $(NODES),--nodes $(NODES)) $(if $(filter-out 0,$(VERBOSE)),--verbose) \
	   $(if $(filter-out 0,$(CALM)),--calm) $(if $(filter-out 0,$(TAP)),--tap)

#: make sim-select         selection with N nodes, beside the paper's way: build/sim-select-N.json
#:                         (N=1000 SEED=s MODE=xos|paper DIST=normal|zipf|correlated PHASES=letters CHECK=1)

N       ?= 1000
MODE    ?= both
DIST    ?= uniform
PHASES  ?=
CHECK   ?=

#: make model              check the model of election and membership change (spin)

.PHONY: sim sim-mutants sim-select model
sim-select: simulator
	@$(O)/bin/xos-scale --nodes $(N) --mode $(MODE) --dist $(DIST) $(if $(SEED),--seed $(SEED)) \
		$(if $(PHASES),--phases $(PHASES)) $(if $(filter-out 0,$(CHECK)),--check) \
		--out $(BUILD)/sim-select-$(N).json

sim: simulator
ifneq ($(ORDER),1)
	@$(O)/bin/xos-sim $(SIM_ARGS)
endif
ifneq ($(ORDER),0)
	@$(O)/bin/xos-sim --order $(SIM_ARGS)
endif

sim-mutants:
	@$(MAKE) --no-print-directory -s simulator VARIANT=mutants
ifeq ($(filter order_%,$(MUTANT))$(filter 1,$(ORDER)),)
	@$(BUILD)/mutants/bin/xos-sim --mutants $(if $(MUTANT),--mutant $(MUTANT)) $(SIM_ARGS)
endif
ifneq ($(if $(MUTANT),$(filter order_%,$(MUTANT)),$(filter-out 0,$(or $(ORDER),1))),)
	@$(BUILD)/mutants/bin/xos-sim --order --mutants $(if $(MUTANT),--mutant $(MUTANT)) $(SIM_ARGS)
endif

#: make vnode-chaos        virtual nodes on real processes that are killed and stopped   (ROUNDS=n)
.PHONY: vnode-chaos
vnode-chaos:
	@$(MAKE) --no-print-directory -s agents vnode-host VARIANT=asan
	@for n in 3 5; do \
		XOS_VNODE_NODES=$$n XOS_VNODE_ROUNDS=$(or $(ROUNDS),40) tools/testing/host/vnode_chaos.sh || exit 1; \
	done

model:
	@scripts/setup check
	@tools/testing/model/check
