# SPDX-License-Identifier: GPL-2.0-or-later
#: make check              every test, on this host and in the VM (ONLY='unit/*' for some)
#: make fuzz               fuzz targets for longer          (TIME=seconds each)

ONLY ?=
TIME ?= 60

.PHONY: check fuzz
check:
	@scripts/setup check
	@tools/testing/run $(foreach o,$(ONLY),--only '$(o)') tools/testing/suites

fuzz: fuzzers seeds
	@for f in $(FUZZERS); do XOS_FUZZ_S=$(TIME) tools/testing/fuzz-one $$f || exit 1; done

#: make grid-security      a grid of a virtual organisation: what is in clear, who gets in
.PHONY: grid-security
grid-security:
	@scripts/setup check
	@$(MAKE) --no-print-directory -s agents VARIANT=release
	@$(MAKE) --no-print-directory -s agents VARIANT=asan
	@tools/testing/host/security.sh
