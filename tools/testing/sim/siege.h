/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An owner that is cut off step by step, so that it holds its lease to the
 * last moment while others wait for its arc: first its own class no longer
 * hears it, and perhaps all but one machine; then answers to it are late; then
 * nothing gets through, and perhaps that one machine starts anew.
 */
#ifndef _XOS_SIM_SIEGE_H
#define _XOS_SIM_SIEGE_H

#include "net.h"

struct sim;

/**
 * struct siege - one under way
 * @on: there is one
 * @alone: the victim reaches the witness only
 * @loose: its steps have any length
 * @victim: index of the owner that is cut off
 * @witness: index of an owner of another class
 * @cut: what is cut now
 */
struct siege {
	bool on;
	bool alone;
	bool loose;
	uint32_t victim;
	uint32_t witness;
	struct cut cut;
};

/**
 * siege_begin() - choose an owner and cut it off
 * @s: run
 */
void siege_begin(struct sim *s);

/**
 * siege_over() - give up the one that is under way, if any
 * @s: run
 */
void siege_over(struct sim *s);

#endif
