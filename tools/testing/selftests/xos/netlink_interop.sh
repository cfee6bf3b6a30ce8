#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The netlink families as two independent parsers see them: libnl-3 and the generated
# client over libmnl (nl_interop.c has the tests).
# time-limit: 240

. "$(dirname "$0")/lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
for name in xos_handoff xos_lookup; do
	mod_load "$name" || bail "cannot load $name"
done
ns_add a
relay ns a nl_interop handoff
relay nl_interop netns "$(ns_name a)"
relay ns a nl_interop lookup
done_testing
