/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The network between machines. Each ordered pair has a link; a link carries
 * datagrams, each on its own, and one stream: what is sent on it arrives in
 * order or, when the stream breaks, a tail of it does not arrive at all.
 *
 * A link may be cut (partition) or clogged (holds all back, then lets go). A
 * stream on a cut link retransmits until its patience is over. Who talks to a
 * machine that died without a word keeps sending into a dead connection for a
 * while (half open). In most runs a receiver is simply told the true sender; where somebody
 * hostile is on the network, all goes through the guard of the daemons (hostile/ward.h).
 */
#ifndef _XOS_SIM_NET_H
#define _XOS_SIM_NET_H

#include <env/env.h>

#include "plan.h"

struct machine;
struct sim;

struct link;
struct lane;

/**
 * struct packet - a message under way
 * @next: behind it in the stream
 * @link: whose it is
 * @sender: identity of the sender when it was sent
 * @due_ns: earliest arrival
 * @channel: how it travels
 * @number: of a datagram that was sealed, for hostile_opened()
 * @len: bytes in @data
 * @data: the message
 */
struct packet {
	struct packet *next;
	struct link *link;
	struct xos_id sender;
	uint64_t due_ns;
	enum env_channel channel;
	uint64_t number;
	size_t len;
	uint8_t data[];
};

/**
 * struct link - one direction between two machines
 * @sim: run
 * @from: sender
 * @to: receiver
 * @delay_ns: fixed part of the delay
 * @cuts: partitions that cut it; nothing gets through while there is one
 * @clogged_until_ns: nothing is delivered before
 * @head: oldest message of the stream
 * @tail: where the next one goes
 * @queued: messages in the stream
 * @epoch: counts connections; events of older ones are void
 * @open: the handshake is over
 * @stalled_ns: since when retransmission is under way, 0 when it is not
 * @last_ns: arrival of the last message queued
 * @deaf_until_ns: half open: what is sent before this time is lost
 * @lane: TLS session, where there is a guard
 */
struct link {
	struct sim *sim;
	uint32_t from;
	uint32_t to;
	uint64_t delay_ns;
	uint32_t cuts;
	uint64_t clogged_until_ns;
	struct packet *head;
	struct packet **tail;
	uint32_t queued;
	uint64_t epoch;
	bool open;
	uint64_t stalled_ns;
	uint64_t last_ns;
	uint64_t deaf_until_ns;
	struct lane *lane;
};

/* Partitions at once; one more is not made. */
#define NET_CUTS_MAX 8

/**
 * struct cut - a partition
 * @side: enum cut_side of each machine; the far side hears nothing from the near one
 * @oneway: but are heard
 * @on: it is in force
 */
struct cut {
	uint8_t side[PLAN_NODES_MAX];
	bool oneway;
	bool on;
};

/**
 * struct net - all links
 * @links: nodes * nodes, by sender, then receiver
 * @nodes: machines
 * @cuts: partitions
 */
struct net {
	struct link *links;
	uint32_t nodes;
	struct cut cuts[NET_CUTS_MAX];
};

/* Sides of a partition; a machine on neither is not touched by it. */
enum cut_side { CUT_NONE, CUT_NEAR, CUT_FAR };

/**
 * net_init() - connect all machines
 * @s: run
 */
void net_init(struct sim *s);

/**
 * net_exit() - free the links and what is on them
 * @s: run; its events are all gone afterwards
 */
void net_exit(struct sim *s);

/**
 * net_link() - find a link
 * @s: run
 * @from: sender
 * @to: receiver
 *
 * Return: the link.
 */
struct link *net_link(struct sim *s, uint32_t from, uint32_t to);

/**
 * net_addr() - where a machine listens
 * @index: machine
 *
 * Return: its address.
 */
struct xos_addr net_addr(uint32_t index);

/**
 * net_machine() - who listens at an address
 * @s: run
 * @addr: address
 *
 * Return: the machine, NULL when there is none.
 */
const struct machine *net_machine(const struct sim *s, const struct xos_addr *addr);

/**
 * net_message_name() - say what a message is
 * @msg: message
 *
 * Return: the name of its type.
 */
const char *net_message_name(struct bytes msg);

/**
 * net_send() - a machine sends a message
 * @from: sender
 * @to: address of the receiver
 * @channel: how it shall travel
 * @msg: message; copied
 *
 * Return: as env_ops.send().
 */
int net_send(struct machine *from, const struct xos_addr *to, enum env_channel channel,
	     struct bytes msg);

/**
 * net_reset() - break the stream of a link
 * @s: run
 * @link: link
 * @keep_ns: what arrives within this time is still delivered
 */
void net_reset(struct sim *s, struct link *link, uint64_t keep_ns);

/**
 * net_machine_died() - break the streams of a machine that stopped
 * @s: run
 * @index: machine
 * @power: without a word: its unsent bytes are gone and its peers notice late
 */
void net_machine_died(struct sim *s, uint32_t index, bool power);

/**
 * net_cut() - begin a partition
 * @s: run
 * @cut: which; not in force
 */
void net_cut(struct sim *s, struct cut *cut);

/**
 * net_mend() - end a partition
 * @s: run
 * @cut: which; harmless when not in force
 */
void net_mend(struct sim *s, struct cut *cut);

/**
 * net_heal() - mend every cut and clogged link
 * @s: run
 */
void net_heal(struct sim *s);

#endif
