/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers of select as lists that other programs read. */
#ifndef _XOS_XOSCTL_CMD_SELECT_LIST_H
#define _XOS_XOSCTL_CMD_SELECT_LIST_H

#include <stddef.h>

/* Bytes of a query. */
#define QUERY_MAX 4096

/**
 * enum select_list - kind of a list
 * @LIST_NONE: none
 * @LIST_HOSTS: a name a line, for xargs and pssh
 * @LIST_HOSTFILE: "NAME slots=CORES" a line, for mpirun
 * @LIST_SLURM: one node list of Slurm
 */
enum select_list { LIST_NONE, LIST_HOSTS, LIST_HOSTFILE, LIST_SLURM };

/**
 * select_list_named() - the list of a name
 * @name: "hosts", "hostfile" or "slurm"; may be NULL
 *
 * Return: it, or LIST_NONE.
 */
enum select_list select_list_named(const char *name);

/**
 * select_list_run() - ask, and print nothing but the list
 * @kind: kind
 * @query: query; is changed
 * @len: its length
 *
 * That the answer is partial is said on standard error.
 * Return: an enum xosctl_exit.
 */
int select_list_run(enum select_list kind, char query[QUERY_MAX], size_t len);

#endif
