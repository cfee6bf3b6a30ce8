// SPDX-License-Identifier: GPL-2.0-or-later
#include "checkers/check.h"

void check_durable(struct sim *s, const uint64_t *expected)
{
}
