# SPDX-License-Identifier: GPL-2.0-or-later
#
# Benchmarks: scripts that print rows (tools/testing/bench/run).

#: make bench              measure, print a table, write build/bench.json (BENCH='keys' for some)

BENCH ?= keys resp scalaris failover security

#: make bench-vnode        the replicated log and virtual nodes, into build/bench-vnode.json

.PHONY: bench bench-vnode
bench-vnode:
	@scripts/setup bench || { scripts/setup check && \
		echo "bench: the programs to compare with cannot be installed: rows without them"; }
	@$(MAKE) --no-print-directory -s agents benches
	@tools/testing/bench/run --out $(BUILD)/bench-vnode.json \
		tools/testing/bench/log.sh tools/testing/bench/vnode.sh

bench:
	@scripts/setup bench || { scripts/setup check && \
		echo "bench: the programs to compare with cannot be installed: rows without them"; }
	@$(MAKE) --no-print-directory -s agents benches
	@tools/testing/bench/run --out $(BUILD)/bench.json \
		$(foreach b,$(BENCH),tools/testing/bench/$(b).sh)

#: make bench-handoff      handoffs, contact node beside IPVS, direct path: build/bench-handoff.json
BENCH_VM := tools/testing/vm/run --time-limit 900 --data /data --env XOS_KERNEL=stock \
	--env XOS_DATA=/data --env XOS_TOP=$(CURDIR) --env XOS_BENCH_TURNS
.PHONY: bench-handoff
bench-handoff:
	@scripts/setup bench
	@$(MAKE) --no-print-directory -s agents helpers benches
	@tools/testing/vm/build-modules stock
	@$(BENCH_VM) $(CURDIR)/tools/testing/bench/handoff.sh >$(BUILD)/bench-handoff.rows
	@$(BENCH_VM) --icount $(CURDIR)/tools/testing/bench/contact.sh >>$(BUILD)/bench-handoff.rows
	@$(BENCH_VM) --icount $(CURDIR)/tools/testing/bench/direct.sh >>$(BUILD)/bench-handoff.rows
	@tools/testing/bench/run --out $(BUILD)/bench-handoff.json tools/testing/bench/handoff_rows.sh \
		$(if $(filter 0,$(shell id -u)),tools/testing/bench/repair.sh)
