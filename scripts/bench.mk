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

#: make bench-handoff      gaps of handoffs and rate of a drain, in the VM: build/bench-handoff.json
.PHONY: bench-handoff
bench-handoff:
	@scripts/setup check
	@$(MAKE) --no-print-directory -s agents helpers
	@tools/testing/vm/build-modules stock
	@tools/testing/vm/run --time-limit 900 --data /data --env XOS_KERNEL=stock --env XOS_DATA=/data \
		--env XOS_TOP=$(CURDIR) $(CURDIR)/tools/testing/bench/handoff.sh >$(BUILD)/bench-handoff.rows
	@tools/testing/bench/run --out $(BUILD)/bench-handoff.json $(CURDIR)/tools/testing/bench/handoff_rows.sh
