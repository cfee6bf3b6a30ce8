#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The rows that make bench-handoff has measured in the VM.
grep '^{' "$(dirname "$0")/../../../build/bench-handoff.rows"
