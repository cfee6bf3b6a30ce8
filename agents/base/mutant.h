/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Planted bugs, one at a time and chosen at run time, that the simulator has
 * to find: they test the tests. They exist only in a build with -DXOS_MUTANTS
 * (make sim-mutants); everywhere else MUTANT() is the constant false and the
 * bug is not in the binary.
 */
#ifndef _XOS_BASE_MUTANT_H
#define _XOS_BASE_MUTANT_H

#include <stdbool.h>

/**
 * enum mutant_id - every planted bug
 * @MUTANT_NONE: the code as it is meant to be
 *
 * The others are the lines of mutants.def.
 */
enum mutant_id {
	MUTANT_NONE,
#define MUTANT_DEF(name, what) MUTANT_##name,
#include <base/mutants.def>
#undef MUTANT_DEF
	MUTANT_COUNT
};

#ifdef XOS_MUTANTS
/* The planted bug that is switched on; set once, before anything runs. */
extern enum mutant_id mutant_active;
#define MUTANT(name) (mutant_active == MUTANT_##name)
#else
/**
 * MUTANT() - is this planted bug switched on?
 * @name: a name from mutants.def
 *
 * Return: true to misbehave as the list says.
 */
#define MUTANT(name) ((void)MUTANT_##name, false)
#endif

#endif
