#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kernel's own dump of its attribute policies (CTRL_CMD_GETPOLICY) says what the
# YAML files say: operations, permissions, multicast groups, and of each attribute of
# a request its type and limits, nested ones included.
# time-limit: 240

. "$(dirname "$0")/lib.sh"

[ -n "${XOS_VM:-}" ] || skip_all "not in the VM"
python3 -c 'import yaml' 2>/dev/null || skip_all "no PyYAML"
for name in xos_handoff xos_lookup; do
	mod_load "$name" || bail "cannot load $name"
	relay python3 "$(dirname "$0")/netlink_policy.py" \
		"$XOS_TOP/Documentation/netlink/specs/$name.yaml"
done
done_testing
