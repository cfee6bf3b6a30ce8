/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes wrong, and when: the plan of a seed carried out. */
#ifndef _XOS_SIM_FAULTS_H
#define _XOS_SIM_FAULTS_H

#include "sim.h"

struct machine;

/**
 * faults_start() - start the machines, one after the other, and the faults
 * @s: run at virtual time 0
 */
void faults_start(struct sim *s);

/**
 * faults_stop() - nothing goes wrong any more, and everything is up again
 * @s: run
 *
 * Pauses that have begun still last their time.
 */
void faults_stop(struct sim *s);

/**
 * faults_machine_syncs() - a machine begins a sync: shall it crash meanwhile?
 * @m: machine
 * @sync_ns: time that the sync takes
 *
 * What is said before it is durable is wrong only when a crash comes just then,
 * which crashes at any time are too rare for.
 */
void faults_machine_syncs(struct machine *m, uint64_t sync_ns);

/**
 * faults_machine_down() - a machine stopped: plan its return
 * @m: machine
 */
void faults_machine_down(struct machine *m);

#endif
