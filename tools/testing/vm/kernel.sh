# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034 # the variables are for the caller
#
# Which kernel a VM boots. Sourced by the other scripts here.
#
# vm_kernel NAME sets, for NAME stock or debug:
#   vm_image    the kernel image
#   vm_release  its release (uname -r)
#   vm_kdir     where modules for it are built against
#   vm_modules  its /lib/modules/RELEASE directory on this host

vm_here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
vm_top=$(readlink -f "$vm_here/../../..")

vm_die() {
	echo "${0##*/}: $*" >&2
	exit 125
}

# The newest installed Debian kernel that has its modules.
vm_kernel_stock() {
	local image release

	while read -r image; do
		release=${image#/boot/vmlinuz-}
		[ -e "/lib/modules/$release/modules.dep" ] || continue
		vm_image=$image
		vm_release=$release
		vm_modules=/lib/modules/$release
		vm_kdir=/usr/src/linux-headers-$release
		return 0
	done < <(printf '%s\n' /boot/vmlinuz-*-amd64 | sort -rV)
	vm_die "no kernel with modules in /boot (scripts/setup check)"
}

vm_kernel_debug() {
	local dir

	dir=$("$vm_here/build-debug-kernel" --dir) || exit 125
	[ -e "$dir/complete" ] ||
		vm_die "the debug kernel is not built (tools/testing/vm/build-debug-kernel)"
	vm_image=$dir/bzImage
	vm_release=$(cat "$dir/release")
	vm_modules=$dir/root/lib/modules/$vm_release
	vm_kdir=$dir/linux
}

vm_kernel() {
	case $1 in
	stock) vm_kernel_stock ;;
	debug) vm_kernel_debug ;;
	*) vm_die "unknown kernel '$1': stock or debug" ;;
	esac
}
