# SPDX-License-Identifier: GPL-2.0-or-later
#: make demo               the main job: a grid in a VM with the real modules
#:                         (SHELL_AT_END=1 leaves you in a shell in the grid,
#:                         SECURE=1: certificates instead of a group key)
.PHONY: demo
demo:
	scripts/setup demo
	$(MAKE) agents
	tools/testing/vm/build-modules stock
	tools/testing/vm/run --time-limit 900 $(if $(SHELL_AT_END),--tty) --data /data \
		--env XOS_BIN=$(CURDIR)/$(O)/bin --env XOS_MODULES=$(CURDIR)/build/modules-stock/kernel \
		--env SHELL_AT_END --env DEMO_STEPS --env DEMO_SECURE=$(SECURE) --env DEMO_COLOR=$(shell test -t 1 && echo 1) \
		$(CURDIR)/tools/demo/run
