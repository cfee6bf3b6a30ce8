# SPDX-License-Identifier: GPL-2.0-or-later
#
# Tests in a virtual machine, on Debian's kernel or on the debug kernel.

#: make vm-test            selftests in the VM      (KERNEL=stock|debug TESTS='vm_* lookup_*')
#: make debug-kernel       build the debug kernel into its cache outside the tree
#: make vm-shell           a shell in the VM        (KERNEL=stock|debug)

KERNEL ?= stock
TESTS  ?=
VM_TIME_LIMIT_stock := 1500
VM_TIME_LIMIT_debug := 7200
VM_SETUP_stock := check
VM_SETUP_debug := debug

.PHONY: vm-test vm-tap vm-build vm-shell debug-kernel
debug-kernel:
	@scripts/setup debug
	@tools/testing/vm/build-debug-kernel

# Everything a VM run uses, for the kernel that it boots.
vm-build:
	@scripts/setup $(VM_SETUP_$(KERNEL))
ifeq ($(KERNEL),debug)
	@tools/testing/vm/build-debug-kernel
endif
	$(MAKE) agents helpers VARIANT=release
	tools/testing/vm/build-modules $(KERNEL)

# The bare TAP stream, as a suite of make check.
vm-tap:
	@tools/testing/vm/run --kernel $(KERNEL) --time-limit $(VM_TIME_LIMIT_$(KERNEL)) \
		--log build/vm/console-$(KERNEL).log --env XOS_SCALE --env MIP6D \
		-- tools/testing/vm/selftests $(foreach t,$(TESTS),'$(t)')

vm-test: vm-build
	@KERNEL=$(KERNEL) tools/testing/run --live vm-$(KERNEL) $(VM_TIME_LIMIT_$(KERNEL)) \
		"make -s vm-tap KERNEL=$(KERNEL) TESTS='$(TESTS)'"

vm-shell: vm-build
	@tools/testing/vm/run --kernel $(KERNEL) --tty --log build/vm/console-shell.log
