#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rows: processor time of handoffd for a connection that moves, on this machine's kernel,
# by phase; needs root. Messages, the record on disk and the gates are not in it.
exec "$(dirname "$0")/../../../build/release/bench/repair_cost" 2000
