# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash

step_vip() {
	step 5 "one address, many servers, and a live connection that moves"
}
