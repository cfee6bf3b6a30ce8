# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154

step_vip() {
	step 5 "one address, many servers, and a live connection that moves"
}
