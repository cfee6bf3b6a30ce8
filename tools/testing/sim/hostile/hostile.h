/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Somebody on the network who belongs to no virtual organisation, hears everything and
 * can send anything to everybody: garbage, datagrams that were heard, again, elsewhere, to who
 * sent them, cut off or changed, or sealed with keys of its own; streams with garbage, with
 * a handshake that was heard, or with a certificate of its own; it changes bytes of streams.
 *
 * The checker: nothing of that is believed. All other checkers hold meanwhile.
 */
#ifndef _XOS_SIM_HOSTILE_H
#define _XOS_SIM_HOSTILE_H

#include "sim.h"

struct hostile;

/**
 * hostile_start() - it begins, when the plan has it
 * @s: run
 */
void hostile_start(struct sim *s);

/**
 * hostile_exit() - free what it has
 * @s: run
 */
void hostile_exit(struct sim *s);

/**
 * hostile_hears_dgram() - a datagram is sent
 * @s: run
 * @from: sender
 * @to: receiver
 * @dgram: as it is on the wire
 *
 * Return: its number, for hostile_opened().
 */
uint64_t hostile_hears_dgram(struct sim *s, uint32_t from, uint32_t to, struct bytes dgram);

/**
 * hostile_opened() - the receiver has taken it
 * @s: run
 * @number: of the datagram
 */
void hostile_opened(struct sim *s, uint64_t number);

/**
 * hostile_hears() - a stream begins
 * @s: run
 * @to: who is called
 * @hello: what the caller says first
 */
void hostile_hears(struct sim *s, uint32_t to, struct bytes hello);

/**
 * hostile_tampers() - does it change what is on its way on a stream?
 * @l: link
 * @data: bytes, changed
 * @len: how many
 *
 * Return: whether it did.
 */
bool hostile_tampers(struct link *l, uint8_t *data, size_t len);

#endif
