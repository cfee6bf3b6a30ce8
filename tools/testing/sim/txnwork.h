/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clients that run transactions, and what they saw. Three kinds of data that
 * nobody else touches:
 *
 * lists     transactions append unique elements to some lists, and read lists
 *           and whole ranges of them; what is read tells the order in which
 *           transactions came (the list-append workload of Elle, 2020)
 * accounts  transfers between accounts that begin at 0; every audit must find
 *           a sum of 0
 * pairs     two keys that are always written together, without being read
 */
#ifndef _XOS_SIM_TXNWORK_H
#define _XOS_SIM_TXNWORK_H

#include "sim.h"

/**
 * txnwork_init() - make the clients
 * @s: run
 */
void txnwork_init(struct sim *s);

/**
 * txnwork_exit() - free everything
 * @s: run
 */
void txnwork_exit(struct sim *s);

/**
 * txnwork_start() - let the clients work
 * @s: run
 */
void txnwork_start(struct sim *s);

/**
 * txnwork_idle() - has every transaction come to an end?
 * @s: run
 *
 * Return: true when nobody waits.
 */
bool txnwork_idle(const struct sim *s);

/**
 * txnwork_machine_died() - transactions under way at a machine are lost
 * @s: run
 * @machine: machine
 */
void txnwork_machine_died(struct sim *s, uint32_t machine);

/**
 * txnwork_call() - let the client of the checkers run one transaction
 * @s: run
 * @kind: what
 * @group: of which lists, for TXNWORK_LIST: all of them are read
 * @machine: through which node
 *
 * Return: its index; its outcome is not HISTORY_PENDING when it is over.
 */
size_t txnwork_call(struct sim *s, enum txnwork_kind kind, uint32_t group, uint32_t machine);

/**
 * txnwork_own() - does a key belong to these clients?
 * @key: key
 *
 * Return: true when it does.
 */
bool txnwork_own(struct bytes key);

#endif
