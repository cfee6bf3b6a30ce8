/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of machines in the forms that other programs read. */
#ifndef _XOS_XOSCTL_CMD_HOSTLIST_H
#define _XOS_XOSCTL_CMD_HOSTLIST_H

#include <stddef.h>

#include <base/bytes.h>

/* Bytes of a name, with its NUL. */
#define HOSTLIST_NAME_MAX 64

/**
 * struct hostlist - names of machines
 * @v: names
 * @n: how many
 * @cap: how many there is room for
 */
struct hostlist {
	char (*v)[HOSTLIST_NAME_MAX];
	size_t n;
	size_t cap;
};

/**
 * hostlist_add() - append a name
 * @l: list
 * @name: at most HOSTLIST_NAME_MAX - 1 bytes of it are kept
 *
 * Return: 0 or -ENOMEM.
 */
int hostlist_add(struct hostlist *l, struct bytes name);

/**
 * hostlist_print_slurm() - print all names as one node list of Slurm, such as n[1-3,07],web
 * @l: list; sorted by it
 *
 * Names that are the same but for a number of so many digits at their end are joined.
 */
void hostlist_print_slurm(struct hostlist *l);

/**
 * hostlist_free() - give the memory back
 * @l: list, empty afterwards
 */
void hostlist_free(struct hostlist *l);

#endif
