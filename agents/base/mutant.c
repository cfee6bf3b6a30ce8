// SPDX-License-Identifier: GPL-2.0-or-later
#include <base/mutant.h>

#ifdef XOS_MUTANTS
enum mutant_id mutant_active = MUTANT_NONE;
#endif
