# SPDX-License-Identifier: GPL-2.0-or-later
#
# Benchmarks: scripts that print rows (tools/testing/bench/run).

#: make bench              measure, print a table, write build/bench.json (BENCH='keys' for some)

BENCH ?= keys security

.PHONY: bench
bench:
	@scripts/setup check
	@$(MAKE) --no-print-directory -s agents benches
	@tools/testing/bench/run --out $(BUILD)/bench.json \
		$(foreach b,$(BENCH),tools/testing/bench/$(b).sh)
