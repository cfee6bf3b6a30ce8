/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause */
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_handoff.yaml
 * by scripts/gen.
 *
 * Control of the handoff module: one IPv6 address (vip) in front of a group of servers
 * (members), and the gates through which the packets of a connection pass while it moves
 * from one member to another.
 *
 * Everything belongs to one network namespace. The tables survive the process that filled
 * them. Changes are fenced by a generation number: a writer claims a generation, each
 * change carries it, and a change that carries any other than the claimed one is refused.
 * Every refusal carries an extended acknowledgement that names the attribute.
 */
#ifndef _UAPI_LINUX_XOS_HANDOFF_H
#define _UAPI_LINUX_XOS_HANDOFF_H

#define XOS_HANDOFF_FAMILY_NAME	   "xos_handoff"
#define XOS_HANDOFF_FAMILY_VERSION 1

/* Bytes of an IPv6 address. */
#define XOS_HANDOFF_ADDR_LEN 16

/* Bytes of a vip's hash seed. */
#define XOS_HANDOFF_SEED_LEN 16

/* Largest number of vips in a network namespace. */
#define XOS_HANDOFF_VIP_MAX 64

/* Largest number of members of a vip. */
#define XOS_HANDOFF_MEMBER_MAX 128

/* Largest weight of a member. */
#define XOS_HANDOFF_WEIGHT_MAX 1000

/**
 * enum xos_handoff_vip_flags - What this network namespace does for a vip
 * @XOS_HANDOFF_VIP_FLAGS_CONTACT: Steer what clients send to the vip to its members.
 * @XOS_HANDOFF_VIP_FLAGS_MEMBER: Serve the vip, take tunnelled packets of it from other
 *   members.
 */
enum xos_handoff_vip_flags {
	XOS_HANDOFF_VIP_FLAGS_CONTACT = 1,
	XOS_HANDOFF_VIP_FLAGS_MEMBER = 2,
};

/**
 * enum xos_handoff_member_flags - Properties of a member
 * @XOS_HANDOFF_MEMBER_FLAGS_LOCAL: The member is this network namespace; its care-of
 *   address is ours.
 */
enum xos_handoff_member_flags {
	XOS_HANDOFF_MEMBER_FLAGS_LOCAL = 1,
};

/**
 * enum xos_handoff_member_state - What the contact node may give to a member
 * @XOS_HANDOFF_MEMBER_STATE_ACTIVE: New connections and those that it has.
 * @XOS_HANDOFF_MEMBER_STATE_DRAINING: Only the connections that it has.
 * @XOS_HANDOFF_MEMBER_STATE_DOWN: Nothing; what it had goes to the other members, who
 *   reset it.
 */
enum xos_handoff_member_state {
	XOS_HANDOFF_MEMBER_STATE_ACTIVE = 0,
	XOS_HANDOFF_MEMBER_STATE_DRAINING = 1,
	XOS_HANDOFF_MEMBER_STATE_DOWN = 2,
};

/**
 * enum xos_handoff_client_state - How far an entry of the client table has come
 * @XOS_HANDOFF_CLIENT_STATE_NEW: One packet was seen; forgotten soon if no second one
 *   comes.
 * @XOS_HANDOFF_CLIENT_STATE_LIVE: More than one packet was seen, or an agent set the
 *   entry.
 * @XOS_HANDOFF_CLIENT_STATE_CLOSING: A connection of which the client has sent FIN or
 *   RST.
 */
enum xos_handoff_client_state {
	XOS_HANDOFF_CLIENT_STATE_NEW = 0,
	XOS_HANDOFF_CLIENT_STATE_LIVE = 1,
	XOS_HANDOFF_CLIENT_STATE_CLOSING = 2,
};

/**
 * enum xos_handoff_gate_in - What happens to packets of a connection that arrive
 * @XOS_HANDOFF_GATE_IN_LOCAL: Delivered here, as without a gate.
 * @XOS_HANDOFF_GATE_IN_HOLD: Queued, in order, until the gate changes.
 * @XOS_HANDOFF_GATE_IN_DIVERT: Sent to another member through a tunnel.
 * @XOS_HANDOFF_GATE_IN_DROP: Dropped and counted.
 */
enum xos_handoff_gate_in {
	XOS_HANDOFF_GATE_IN_LOCAL = 0,
	XOS_HANDOFF_GATE_IN_HOLD = 1,
	XOS_HANDOFF_GATE_IN_DIVERT = 2,
	XOS_HANDOFF_GATE_IN_DROP = 3,
};

/**
 * enum xos_handoff_gate_out - What happens to packets of a connection that leave
 * @XOS_HANDOFF_GATE_OUT_PASS: Sent, as without a gate.
 * @XOS_HANDOFF_GATE_OUT_DROP: Dropped and counted, so that nothing of a frozen connection
 *   escapes.
 */
enum xos_handoff_gate_out {
	XOS_HANDOFF_GATE_OUT_PASS = 0,
	XOS_HANDOFF_GATE_OUT_DROP = 1,
};

/**
 * enum xos_handoff_writer_attr - writer attributes
 * @XOS_HANDOFF_A_WRITER_GENERATION: (u64) Generation of the writer. Greater than any
 *   before it in this network namespace; without it the kernel takes the next one.
 * @XOS_HANDOFF_A_WRITER_FORCE: (flag) Take over although the socket of the present writer
 *   is open.
 * @XOS_HANDOFF_A_WRITER_PORT_ID: (u32) Netlink port of the socket that made the claim.
 * @XOS_HANDOFF_A_WRITER_ALIVE: (flag) That socket is still open.
 * @XOS_HANDOFF_A_WRITER_PAD: (pad) pad
 * @__XOS_HANDOFF_A_WRITER_MAX: One more than the last.
 * @XOS_HANDOFF_A_WRITER_MAX: The last.
 */
enum xos_handoff_writer_attr {
	XOS_HANDOFF_A_WRITER_GENERATION = 1,
	XOS_HANDOFF_A_WRITER_FORCE = 2,
	XOS_HANDOFF_A_WRITER_PORT_ID = 3,
	XOS_HANDOFF_A_WRITER_ALIVE = 4,
	XOS_HANDOFF_A_WRITER_PAD = 5,
	__XOS_HANDOFF_A_WRITER_MAX,
	XOS_HANDOFF_A_WRITER_MAX = (__XOS_HANDOFF_A_WRITER_MAX - 1)
};

/**
 * enum xos_handoff_vip_attr - vip attributes
 * @XOS_HANDOFF_A_VIP_GENERATION: (u64) Generation of the writer; goes with each change.
 * @XOS_HANDOFF_A_VIP_ADDR: (binary) The distributed server's address (home address).
 * @XOS_HANDOFF_A_VIP_PORT: (u16) TCP port in host byte order; 0, the default, stands for
 *   all.
 * @XOS_HANDOFF_A_VIP_FLAGS: (u32) Roles of this network namespace.
 * @XOS_HANDOFF_A_VIP_SEED: (binary) Key of the hash that spreads clients over members.
 *   All contact nodes of a vip have the same; never given back.
 * @XOS_HANDOFF_A_VIP_CLIENT_TIMEOUT: (u32) Seconds without a packet after which a client,
 *   or a connection that has an entry of its own, is forgotten. 7440 by default, which is
 *   more than the two hours of TCP keepalive.
 * @XOS_HANDOFF_A_VIP_MEMBERS: (u32) Number of members.
 * @XOS_HANDOFF_A_VIP_CLIENTS: (u32) Number of entries in the client table.
 * @XOS_HANDOFF_A_VIP_GATES: (u32) Number of gates.
 * @XOS_HANDOFF_A_VIP_STATS: (nest) Counters of the vip.
 * @XOS_HANDOFF_A_VIP_CONTACT_ID: (u32) Number of the member that is the contact node, 0
 *   by default. A member sends to it what came to it directly and is for no connection
 *   that it has.
 * @XOS_HANDOFF_A_VIP_BINDINGS: (u32) Number of bindings.
 * @__XOS_HANDOFF_A_VIP_MAX: One more than the last.
 * @XOS_HANDOFF_A_VIP_MAX: The last.
 */
enum xos_handoff_vip_attr {
	XOS_HANDOFF_A_VIP_GENERATION = 1,
	XOS_HANDOFF_A_VIP_ADDR = 2,
	XOS_HANDOFF_A_VIP_PORT = 3,
	XOS_HANDOFF_A_VIP_FLAGS = 4,
	XOS_HANDOFF_A_VIP_SEED = 5,
	XOS_HANDOFF_A_VIP_CLIENT_TIMEOUT = 6,
	XOS_HANDOFF_A_VIP_MEMBERS = 7,
	XOS_HANDOFF_A_VIP_CLIENTS = 8,
	XOS_HANDOFF_A_VIP_GATES = 9,
	XOS_HANDOFF_A_VIP_STATS = 10,
	XOS_HANDOFF_A_VIP_CONTACT_ID = 11,
	XOS_HANDOFF_A_VIP_BINDINGS = 12,
	__XOS_HANDOFF_A_VIP_MAX,
	XOS_HANDOFF_A_VIP_MAX = (__XOS_HANDOFF_A_VIP_MAX - 1)
};

/**
 * enum xos_handoff_vip_stats_attr - vip-stats attributes
 * @XOS_HANDOFF_A_VIP_STATS_PAD: (pad) pad
 * @XOS_HANDOFF_A_VIP_STATS_STEERED_PACKETS: (u64) Packets that the contact node gave to
 *   members, itself included.
 * @XOS_HANDOFF_A_VIP_STATS_STEERED_BYTES: (u64) Bytes of these packets.
 * @XOS_HANDOFF_A_VIP_STATS_LOCAL_PACKETS: (u64) Packets of the vip that were delivered
 *   here.
 * @XOS_HANDOFF_A_VIP_STATS_CLIENT_NEW: (u64) Clients that got a member.
 * @XOS_HANDOFF_A_VIP_STATS_CLIENT_REMAPPED: (u64) Clients that got another member, as
 *   theirs was down or gone.
 * @XOS_HANDOFF_A_VIP_STATS_CLIENT_FULL: (u64) Clients steered without an entry, as the
 *   table was full.
 * @XOS_HANDOFF_A_VIP_STATS_CONN_PINNED: (u64) Connections that got an entry of their own,
 *   as the client's member drains.
 * @XOS_HANDOFF_A_VIP_STATS_CONN_UNPINNED: (u64) Connections given to a draining member
 *   after all, as the table was full or no member was active.
 * @XOS_HANDOFF_A_VIP_STATS_ICMP_STEERED: (u64) ICMPv6 errors steered by the client that
 *   they quote.
 * @__XOS_HANDOFF_A_VIP_STATS_MAX: One more than the last.
 * @XOS_HANDOFF_A_VIP_STATS_MAX: The last.
 */
enum xos_handoff_vip_stats_attr {
	XOS_HANDOFF_A_VIP_STATS_PAD = 1,
	XOS_HANDOFF_A_VIP_STATS_STEERED_PACKETS = 2,
	XOS_HANDOFF_A_VIP_STATS_STEERED_BYTES = 3,
	XOS_HANDOFF_A_VIP_STATS_LOCAL_PACKETS = 4,
	XOS_HANDOFF_A_VIP_STATS_CLIENT_NEW = 5,
	XOS_HANDOFF_A_VIP_STATS_CLIENT_REMAPPED = 6,
	XOS_HANDOFF_A_VIP_STATS_CLIENT_FULL = 7,
	XOS_HANDOFF_A_VIP_STATS_CONN_PINNED = 8,
	XOS_HANDOFF_A_VIP_STATS_CONN_UNPINNED = 9,
	XOS_HANDOFF_A_VIP_STATS_ICMP_STEERED = 10,
	__XOS_HANDOFF_A_VIP_STATS_MAX,
	XOS_HANDOFF_A_VIP_STATS_MAX = (__XOS_HANDOFF_A_VIP_STATS_MAX - 1)
};

/**
 * enum xos_handoff_member_attr - member attributes
 * @XOS_HANDOFF_A_MEMBER_GENERATION: (u64) Generation of the writer; goes with each
 *   change.
 * @XOS_HANDOFF_A_MEMBER_VIP_ADDR: (binary) Address of the vip.
 * @XOS_HANDOFF_A_MEMBER_VIP_PORT: (u16) Port of the vip; 0 by default.
 * @XOS_HANDOFF_A_MEMBER_ID: (u32) Number of the member, the same in the whole group.
 * @XOS_HANDOFF_A_MEMBER_CARE_OF: (binary) The member's own address: tunnels to it end
 *   there, and tunnels from it start there. Fixed when the member is made.
 * @XOS_HANDOFF_A_MEMBER_WEIGHT: (u32) Share of new clients relative to other members; 1
 *   by default. 0 is for a node that takes part in the group and serves nobody, a contact
 *   node.
 * @XOS_HANDOFF_A_MEMBER_STATE: (u32) Active by default.
 * @XOS_HANDOFF_A_MEMBER_FLAGS: (u32) Properties of the member; fixed when it is made.
 * @XOS_HANDOFF_A_MEMBER_SLOTS: (u32) Slots that it has in the table by which new clients
 *   are spread.
 * @XOS_HANDOFF_A_MEMBER_SLOTS_ALL: (u32) Size of that table.
 * @XOS_HANDOFF_A_MEMBER_STATS: (nest) Counters of the member.
 * @__XOS_HANDOFF_A_MEMBER_MAX: One more than the last.
 * @XOS_HANDOFF_A_MEMBER_MAX: The last.
 */
enum xos_handoff_member_attr {
	XOS_HANDOFF_A_MEMBER_GENERATION = 1,
	XOS_HANDOFF_A_MEMBER_VIP_ADDR = 2,
	XOS_HANDOFF_A_MEMBER_VIP_PORT = 3,
	XOS_HANDOFF_A_MEMBER_ID = 4,
	XOS_HANDOFF_A_MEMBER_CARE_OF = 5,
	XOS_HANDOFF_A_MEMBER_WEIGHT = 6,
	XOS_HANDOFF_A_MEMBER_STATE = 7,
	XOS_HANDOFF_A_MEMBER_FLAGS = 8,
	XOS_HANDOFF_A_MEMBER_SLOTS = 9,
	XOS_HANDOFF_A_MEMBER_SLOTS_ALL = 10,
	XOS_HANDOFF_A_MEMBER_STATS = 11,
	__XOS_HANDOFF_A_MEMBER_MAX,
	XOS_HANDOFF_A_MEMBER_MAX = (__XOS_HANDOFF_A_MEMBER_MAX - 1)
};

/**
 * enum xos_handoff_member_stats_attr - member-stats attributes
 * @XOS_HANDOFF_A_MEMBER_STATS_PAD: (pad) pad
 * @XOS_HANDOFF_A_MEMBER_STATS_TX_PACKETS: (u64) Packets given to it, by tunnel or on this
 *   node.
 * @XOS_HANDOFF_A_MEMBER_STATS_TX_BYTES: (u64) Bytes of these, without the tunnel header.
 * @XOS_HANDOFF_A_MEMBER_STATS_TX_DROPPED: (u64) Packets that could not be given to it.
 * @XOS_HANDOFF_A_MEMBER_STATS_RX_PACKETS: (u64) Packets that came by tunnel from it.
 * @XOS_HANDOFF_A_MEMBER_STATS_RX_BYTES: (u64) Bytes of these, without the tunnel header.
 * @XOS_HANDOFF_A_MEMBER_STATS_CONN_NEW: (u64) SYN segments given to it, repeated ones
 *   included.
 * @__XOS_HANDOFF_A_MEMBER_STATS_MAX: One more than the last.
 * @XOS_HANDOFF_A_MEMBER_STATS_MAX: The last.
 */
enum xos_handoff_member_stats_attr {
	XOS_HANDOFF_A_MEMBER_STATS_PAD = 1,
	XOS_HANDOFF_A_MEMBER_STATS_TX_PACKETS = 2,
	XOS_HANDOFF_A_MEMBER_STATS_TX_BYTES = 3,
	XOS_HANDOFF_A_MEMBER_STATS_TX_DROPPED = 4,
	XOS_HANDOFF_A_MEMBER_STATS_RX_PACKETS = 5,
	XOS_HANDOFF_A_MEMBER_STATS_RX_BYTES = 6,
	XOS_HANDOFF_A_MEMBER_STATS_CONN_NEW = 7,
	__XOS_HANDOFF_A_MEMBER_STATS_MAX,
	XOS_HANDOFF_A_MEMBER_STATS_MAX = (__XOS_HANDOFF_A_MEMBER_STATS_MAX - 1)
};

/**
 * enum xos_handoff_client_attr - client attributes
 * @XOS_HANDOFF_A_CLIENT_GENERATION: (u64) Generation of the writer; goes with each
 *   change.
 * @XOS_HANDOFF_A_CLIENT_VIP_ADDR: (binary) Address of the vip.
 * @XOS_HANDOFF_A_CLIENT_VIP_PORT: (u16) Port of the vip; 0 by default.
 * @XOS_HANDOFF_A_CLIENT_ADDR: (binary) Address of the client.
 * @XOS_HANDOFF_A_CLIENT_PORT: (u16) Port of the client: the entry is for one connection
 *   and goes before that of the client. Without it the entry is for all the client's
 *   connections.
 * @XOS_HANDOFF_A_CLIENT_SERVER_PORT: (u16) Port of the server; goes with port, and may be
 *   left out when the vip has one port.
 * @XOS_HANDOFF_A_CLIENT_MEMBER_ID: (u32) The member that serves.
 * @XOS_HANDOFF_A_CLIENT_STATE: (u32) How far the entry has come.
 * @XOS_HANDOFF_A_CLIENT_IDLE_MS: (u32) Milliseconds since the last packet.
 * @XOS_HANDOFF_A_CLIENT_EXPIRES_MS: (u32) Milliseconds after which the entry is forgotten
 *   when no packet comes.
 * @__XOS_HANDOFF_A_CLIENT_MAX: One more than the last.
 * @XOS_HANDOFF_A_CLIENT_MAX: The last.
 */
enum xos_handoff_client_attr {
	XOS_HANDOFF_A_CLIENT_GENERATION = 1,
	XOS_HANDOFF_A_CLIENT_VIP_ADDR = 2,
	XOS_HANDOFF_A_CLIENT_VIP_PORT = 3,
	XOS_HANDOFF_A_CLIENT_ADDR = 4,
	XOS_HANDOFF_A_CLIENT_PORT = 5,
	XOS_HANDOFF_A_CLIENT_SERVER_PORT = 6,
	XOS_HANDOFF_A_CLIENT_MEMBER_ID = 7,
	XOS_HANDOFF_A_CLIENT_STATE = 8,
	XOS_HANDOFF_A_CLIENT_IDLE_MS = 9,
	XOS_HANDOFF_A_CLIENT_EXPIRES_MS = 10,
	__XOS_HANDOFF_A_CLIENT_MAX,
	XOS_HANDOFF_A_CLIENT_MAX = (__XOS_HANDOFF_A_CLIENT_MAX - 1)
};

/**
 * enum xos_handoff_gate_attr - gate attributes
 * @XOS_HANDOFF_A_GATE_GENERATION: (u64) Generation of the writer; goes with each change.
 * @XOS_HANDOFF_A_GATE_ADDR: (binary) Address of the vip.
 * @XOS_HANDOFF_A_GATE_PORT: (u16) Port of the server.
 * @XOS_HANDOFF_A_GATE_CLIENT_ADDR: (binary) Address of the client.
 * @XOS_HANDOFF_A_GATE_CLIENT_PORT: (u16) Port of the client.
 * @XOS_HANDOFF_A_GATE_IN: (u32) What happens to packets that arrive; unchanged (at first
 *   local) when missing.
 * @XOS_HANDOFF_A_GATE_OUT: (u32) What happens to packets that leave; unchanged (at first
 *   pass) when missing.
 * @XOS_HANDOFF_A_GATE_MEMBER_ID: (u32) The member that packets are diverted to.
 * @XOS_HANDOFF_A_GATE_HELD_PACKETS: (u32) Packets in the queue.
 * @XOS_HANDOFF_A_GATE_HELD_BYTES: (u32) Memory that these take, in bytes.
 * @XOS_HANDOFF_A_GATE_STATS: (nest) Counters of the gate.
 * @__XOS_HANDOFF_A_GATE_MAX: One more than the last.
 * @XOS_HANDOFF_A_GATE_MAX: The last.
 */
enum xos_handoff_gate_attr {
	XOS_HANDOFF_A_GATE_GENERATION = 1,
	XOS_HANDOFF_A_GATE_ADDR = 2,
	XOS_HANDOFF_A_GATE_PORT = 3,
	XOS_HANDOFF_A_GATE_CLIENT_ADDR = 4,
	XOS_HANDOFF_A_GATE_CLIENT_PORT = 5,
	XOS_HANDOFF_A_GATE_IN = 6,
	XOS_HANDOFF_A_GATE_OUT = 7,
	XOS_HANDOFF_A_GATE_MEMBER_ID = 8,
	XOS_HANDOFF_A_GATE_HELD_PACKETS = 9,
	XOS_HANDOFF_A_GATE_HELD_BYTES = 10,
	XOS_HANDOFF_A_GATE_STATS = 11,
	__XOS_HANDOFF_A_GATE_MAX,
	XOS_HANDOFF_A_GATE_MAX = (__XOS_HANDOFF_A_GATE_MAX - 1)
};

/**
 * enum xos_handoff_gate_stats_attr - gate-stats attributes
 * @XOS_HANDOFF_A_GATE_STATS_PAD: (pad) pad
 * @XOS_HANDOFF_A_GATE_STATS_HELD: (u64) Packets that were queued.
 * @XOS_HANDOFF_A_GATE_STATS_RELEASED: (u64) Packets that went from the queue to TCP on
 *   this node.
 * @XOS_HANDOFF_A_GATE_STATS_DIVERTED: (u64) Packets that went to another member, from the
 *   queue or directly.
 * @XOS_HANDOFF_A_GATE_STATS_DROPPED_IN: (u64) Arriving packets that were dropped as the
 *   gate says drop.
 * @XOS_HANDOFF_A_GATE_STATS_DROPPED_OUT: (u64) Leaving packets that were dropped.
 * @XOS_HANDOFF_A_GATE_STATS_OVERFLOW: (u64) Arriving packets that were dropped as the
 *   queue was full.
 * @__XOS_HANDOFF_A_GATE_STATS_MAX: One more than the last.
 * @XOS_HANDOFF_A_GATE_STATS_MAX: The last.
 */
enum xos_handoff_gate_stats_attr {
	XOS_HANDOFF_A_GATE_STATS_PAD = 1,
	XOS_HANDOFF_A_GATE_STATS_HELD = 2,
	XOS_HANDOFF_A_GATE_STATS_RELEASED = 3,
	XOS_HANDOFF_A_GATE_STATS_DIVERTED = 4,
	XOS_HANDOFF_A_GATE_STATS_DROPPED_IN = 5,
	XOS_HANDOFF_A_GATE_STATS_DROPPED_OUT = 6,
	XOS_HANDOFF_A_GATE_STATS_OVERFLOW = 7,
	__XOS_HANDOFF_A_GATE_STATS_MAX,
	XOS_HANDOFF_A_GATE_STATS_MAX = (__XOS_HANDOFF_A_GATE_STATS_MAX - 1)
};

/**
 * enum xos_handoff_sock_attr - sock attributes
 * @XOS_HANDOFF_A_SOCK_GENERATION: (u64) Generation of the writer; goes with each change.
 * @XOS_HANDOFF_A_SOCK_ADDR: (binary) Local address of the connection, a vip.
 * @XOS_HANDOFF_A_SOCK_PORT: (u16) Local port.
 * @XOS_HANDOFF_A_SOCK_CLIENT_ADDR: (binary) Remote address.
 * @XOS_HANDOFF_A_SOCK_CLIENT_PORT: (u16) Remote port.
 * @XOS_HANDOFF_A_SOCK_CWND: (u32) Congestion window to set, in segments.
 * @XOS_HANDOFF_A_SOCK_SSTHRESH: (u32) Slow start threshold to set, in segments.
 * @XOS_HANDOFF_A_SOCK_MSS: (u32) Segment size that TCP uses now, in bytes.
 * @XOS_HANDOFF_A_SOCK_MTU: (u32) Path MTU that it was computed from, in bytes.
 * @__XOS_HANDOFF_A_SOCK_MAX: One more than the last.
 * @XOS_HANDOFF_A_SOCK_MAX: The last.
 */
enum xos_handoff_sock_attr {
	XOS_HANDOFF_A_SOCK_GENERATION = 1,
	XOS_HANDOFF_A_SOCK_ADDR = 2,
	XOS_HANDOFF_A_SOCK_PORT = 3,
	XOS_HANDOFF_A_SOCK_CLIENT_ADDR = 4,
	XOS_HANDOFF_A_SOCK_CLIENT_PORT = 5,
	XOS_HANDOFF_A_SOCK_CWND = 6,
	XOS_HANDOFF_A_SOCK_SSTHRESH = 7,
	XOS_HANDOFF_A_SOCK_MSS = 8,
	XOS_HANDOFF_A_SOCK_MTU = 9,
	__XOS_HANDOFF_A_SOCK_MAX,
	XOS_HANDOFF_A_SOCK_MAX = (__XOS_HANDOFF_A_SOCK_MAX - 1)
};

/**
 * enum xos_handoff_stats_attr - stats attributes
 * @XOS_HANDOFF_A_STATS_PAD: (pad) pad
 * @XOS_HANDOFF_A_STATS_VIPS: (u32) Vips in this network namespace.
 * @XOS_HANDOFF_A_STATS_CLIENTS: (u32) Entries in the client table.
 * @XOS_HANDOFF_A_STATS_GATES: (u32) Gates.
 * @XOS_HANDOFF_A_STATS_HELD_PACKETS: (u32) Packets in the queues of all gates.
 * @XOS_HANDOFF_A_STATS_HELD_BYTES: (u32) Memory that these take, in bytes.
 * @XOS_HANDOFF_A_STATS_TUNNELLED: (u64) Packets sent to other members.
 * @XOS_HANDOFF_A_STATS_UNTUNNELLED: (u64) Packets taken out of tunnels from other
 *   members.
 * @XOS_HANDOFF_A_STATS_DROP_SOURCE: (u64) Tunnels to a vip from an address that is no
 *   member's.
 * @XOS_HANDOFF_A_STATS_DROP_MALFORMED: (u64) Packets to a vip that could not be parsed.
 * @XOS_HANDOFF_A_STATS_DROP_MARTIAN: (u64) Packets to a vip from an address that no
 *   client can have.
 * @XOS_HANDOFF_A_STATS_DROP_NO_MEMBER: (u64) Packets for which there was no member to
 *   serve them.
 * @XOS_HANDOFF_A_STATS_DROP_NO_LOCAL: (u64) Packets for a member, but no local member
 *   gives the tunnel its source.
 * @XOS_HANDOFF_A_STATS_DROP_NO_ROUTE: (u64) Packets for a member without a route to it.
 * @XOS_HANDOFF_A_STATS_DROP_TOO_BIG: (u64) Packets larger than the path to the member;
 *   the client was told.
 * @XOS_HANDOFF_A_STATS_DROP_HOP_LIMIT: (u64) Packets whose hop limit ended here; the
 *   client was told.
 * @XOS_HANDOFF_A_STATS_DROP_MEMORY: (u64) Packets for which memory was missing.
 * @XOS_HANDOFF_A_STATS_DROP_GATE: (u64) Packets that a gate dropped, in either direction.
 * @XOS_HANDOFF_A_STATS_DROP_OVERFLOW: (u64) Packets that the queue of a gate, or all
 *   queues together, had no room for.
 * @XOS_HANDOFF_A_STATS_GATE_FULL: (u64) Gates refused, as there were too many.
 * @XOS_HANDOFF_A_STATS_EVENT_LOST: (u64) Notifications for which memory was missing.
 * @XOS_HANDOFF_A_STATS_OPTIONED: (u64) Segments sent from a care-of address with a home
 *   address option.
 * @XOS_HANDOFF_A_STATS_ROUTED: (u64) Packets from which a type 2 routing header was taken
 *   off.
 * @XOS_HANDOFF_A_STATS_RELAYED: (u64) Packets that came to a member directly, are for no
 *   connection of it, and were sent to the contact node.
 * @XOS_HANDOFF_A_STATS_TRANSLATED: (u64) ICMPv6 errors about packets with a home address
 *   option, made to be about the vip.
 * @XOS_HANDOFF_A_STATS_DROP_ROUTED: (u64) Packets with a type 2 routing header to a vip
 *   that this node does not serve.
 * @XOS_HANDOFF_A_STATS_BINDING_FULL: (u64) Bindings refused, as there were too many.
 * @XOS_HANDOFF_A_STATS_PASSED_ON: (u64) Segments that the contact node sent to a member
 *   without a socket for them, and that it sent to the member that had the client before.
 * @XOS_HANDOFF_A_STATS_BINDINGS: (u32) Bindings.
 * @__XOS_HANDOFF_A_STATS_MAX: One more than the last.
 * @XOS_HANDOFF_A_STATS_MAX: The last.
 */
enum xos_handoff_stats_attr {
	XOS_HANDOFF_A_STATS_PAD = 1,
	XOS_HANDOFF_A_STATS_VIPS = 2,
	XOS_HANDOFF_A_STATS_CLIENTS = 3,
	XOS_HANDOFF_A_STATS_GATES = 4,
	XOS_HANDOFF_A_STATS_HELD_PACKETS = 5,
	XOS_HANDOFF_A_STATS_HELD_BYTES = 6,
	XOS_HANDOFF_A_STATS_TUNNELLED = 7,
	XOS_HANDOFF_A_STATS_UNTUNNELLED = 8,
	XOS_HANDOFF_A_STATS_DROP_SOURCE = 9,
	XOS_HANDOFF_A_STATS_DROP_MALFORMED = 10,
	XOS_HANDOFF_A_STATS_DROP_MARTIAN = 11,
	XOS_HANDOFF_A_STATS_DROP_NO_MEMBER = 12,
	XOS_HANDOFF_A_STATS_DROP_NO_LOCAL = 13,
	XOS_HANDOFF_A_STATS_DROP_NO_ROUTE = 14,
	XOS_HANDOFF_A_STATS_DROP_TOO_BIG = 15,
	XOS_HANDOFF_A_STATS_DROP_HOP_LIMIT = 16,
	XOS_HANDOFF_A_STATS_DROP_MEMORY = 17,
	XOS_HANDOFF_A_STATS_DROP_GATE = 18,
	XOS_HANDOFF_A_STATS_DROP_OVERFLOW = 19,
	XOS_HANDOFF_A_STATS_GATE_FULL = 20,
	XOS_HANDOFF_A_STATS_EVENT_LOST = 21,
	XOS_HANDOFF_A_STATS_OPTIONED = 22,
	XOS_HANDOFF_A_STATS_ROUTED = 23,
	XOS_HANDOFF_A_STATS_RELAYED = 24,
	XOS_HANDOFF_A_STATS_TRANSLATED = 25,
	XOS_HANDOFF_A_STATS_DROP_ROUTED = 26,
	XOS_HANDOFF_A_STATS_BINDING_FULL = 27,
	XOS_HANDOFF_A_STATS_PASSED_ON = 28,
	XOS_HANDOFF_A_STATS_BINDINGS = 29,
	__XOS_HANDOFF_A_STATS_MAX,
	XOS_HANDOFF_A_STATS_MAX = (__XOS_HANDOFF_A_STATS_MAX - 1)
};

/**
 * enum xos_handoff_binding_attr - binding attributes
 * @XOS_HANDOFF_A_BINDING_GENERATION: (u64) Generation of the writer; goes with each
 *   change.
 * @XOS_HANDOFF_A_BINDING_VIP_ADDR: (binary) Address of the vip, the home address.
 * @XOS_HANDOFF_A_BINDING_VIP_PORT: (u16) Port of the vip; 0 by default. The binding is
 *   for all ports all the same.
 * @XOS_HANDOFF_A_BINDING_ADDR: (binary) Address of the client, the correspondent node.
 * @XOS_HANDOFF_A_BINDING_LIFETIME_MS: (u32) Milliseconds after which the kernel stops by
 *   itself; the client has promised to accept packets for as long.
 * @XOS_HANDOFF_A_BINDING_EXPIRES_MS: (u32) What is left of these, in milliseconds.
 * @XOS_HANDOFF_A_BINDING_STATS: (nest) Counters of the binding.
 * @__XOS_HANDOFF_A_BINDING_MAX: One more than the last.
 * @XOS_HANDOFF_A_BINDING_MAX: The last.
 */
enum xos_handoff_binding_attr {
	XOS_HANDOFF_A_BINDING_GENERATION = 1,
	XOS_HANDOFF_A_BINDING_VIP_ADDR = 2,
	XOS_HANDOFF_A_BINDING_VIP_PORT = 3,
	XOS_HANDOFF_A_BINDING_ADDR = 4,
	XOS_HANDOFF_A_BINDING_LIFETIME_MS = 5,
	XOS_HANDOFF_A_BINDING_EXPIRES_MS = 6,
	XOS_HANDOFF_A_BINDING_STATS = 7,
	__XOS_HANDOFF_A_BINDING_MAX,
	XOS_HANDOFF_A_BINDING_MAX = (__XOS_HANDOFF_A_BINDING_MAX - 1)
};

/**
 * enum xos_handoff_binding_stats_attr - binding-stats attributes
 * @XOS_HANDOFF_A_BINDING_STATS_PAD: (pad) pad
 * @XOS_HANDOFF_A_BINDING_STATS_SENT: (u64) Segments sent with a home address option.
 * @XOS_HANDOFF_A_BINDING_STATS_PLAIN: (u64) Segments sent from the vip, as the client had
 *   not sent on the new path in that connection yet.
 * @XOS_HANDOFF_A_BINDING_STATS_PLAIN_SIZE: (u64) Segments sent from the vip, as there was
 *   no room for the option.
 * @XOS_HANDOFF_A_BINDING_STATS_RECEIVED: (u64) Segments that came with a type 2 routing
 *   header.
 * @__XOS_HANDOFF_A_BINDING_STATS_MAX: One more than the last.
 * @XOS_HANDOFF_A_BINDING_STATS_MAX: The last.
 */
enum xos_handoff_binding_stats_attr {
	XOS_HANDOFF_A_BINDING_STATS_PAD = 1,
	XOS_HANDOFF_A_BINDING_STATS_SENT = 2,
	XOS_HANDOFF_A_BINDING_STATS_PLAIN = 3,
	XOS_HANDOFF_A_BINDING_STATS_PLAIN_SIZE = 4,
	XOS_HANDOFF_A_BINDING_STATS_RECEIVED = 5,
	__XOS_HANDOFF_A_BINDING_STATS_MAX,
	XOS_HANDOFF_A_BINDING_STATS_MAX = (__XOS_HANDOFF_A_BINDING_STATS_MAX - 1)
};

/**
 * enum xos_handoff_cmd - operations
 * @XOS_HANDOFF_CMD_WRITER_CLAIM: Become the writer of this network namespace. Refused
 *   when the generation is not greater than the present one, or (without force) when the
 *   socket of the present writer is open. From then on changes with an older generation
 *   are refused. The tables stay as they are.
 * @XOS_HANDOFF_CMD_WRITER_GET: Who is the writer. The generation is 0 before the first
 *   claim.
 * @XOS_HANDOFF_CMD_VIP_NEW: Make a vip.
 * @XOS_HANDOFF_CMD_VIP_SET: Change a vip. What is missing stays as it is.
 * @XOS_HANDOFF_CMD_VIP_DEL: Remove a vip with its members and client entries. Refused
 *   while it has gates or bindings.
 * @XOS_HANDOFF_CMD_VIP_GET: Get one vip, or all.
 * @XOS_HANDOFF_CMD_VIP_NTF: A vip was made or changed.
 * @XOS_HANDOFF_CMD_VIP_DEL_NTF: A vip was removed.
 * @XOS_HANDOFF_CMD_MEMBER_NEW: Add a member to a vip.
 * @XOS_HANDOFF_CMD_MEMBER_SET: Change weight or state of a member. Living connections
 *   stay where they are, unless the state becomes down.
 * @XOS_HANDOFF_CMD_MEMBER_DEL: Remove a member; as down for the clients that it had.
 *   Refused while a gate diverts to it.
 * @XOS_HANDOFF_CMD_MEMBER_GET: Get one member, all of a vip, or all.
 * @XOS_HANDOFF_CMD_MEMBER_NTF: A member was added or changed.
 * @XOS_HANDOFF_CMD_MEMBER_DEL_NTF: A member was removed.
 * @XOS_HANDOFF_CMD_CLIENT_SET: Give a client, or with port one connection of it, to a
 *   member. Makes the entry if there is none.
 * @XOS_HANDOFF_CMD_CLIENT_DEL: Forget a client or, with port, one connection of it.
 * @XOS_HANDOFF_CMD_CLIENT_GET: Get one entry of the client table, all of a vip, or all.
 * @XOS_HANDOFF_CMD_CLIENT_NTF: A client, or a connection, got a member or another one.
 * @XOS_HANDOFF_CMD_GATE_SET: Make or change the gate of one connection. When the answer
 *   comes, no CPU handles a packet of the connection by the former rule any more. Going
 *   from hold to local or divert empties the queue in order before anything newer passes.
 * @XOS_HANDOFF_CMD_GATE_DEL: Remove a gate; the connection is then local. Refused while
 *   the gate holds (set local, divert or drop first).
 * @XOS_HANDOFF_CMD_GATE_GET: Get one gate, or all.
 * @XOS_HANDOFF_CMD_GATE_OVERFLOW_NTF: The queue of a gate was full and a packet was
 *   dropped. Sent for the first packet, then each time that their number has doubled.
 * @XOS_HANDOFF_CMD_SOCK_TUNE: Make an established TCP connection of this network
 *   namespace compute its segment size anew from the path MTU, which TCP does not do by
 *   itself after it was restored; optionally set congestion window and threshold.
 * @XOS_HANDOFF_CMD_STATS_GET: Get sizes of tables and counters of this network namespace.
 * @XOS_HANDOFF_CMD_BINDING_SET: Make a binding, or let it live longer. Segments to the
 *   client leave from this member's care-of address with a home address option (RFC 6275,
 *   section 6.3), connection by connection, each from the moment on when one of the
 *   client's segments has come with a type 2 routing header.
 * @XOS_HANDOFF_CMD_BINDING_DEL: Remove a binding. Segments to the client leave from the
 *   vip again.
 * @XOS_HANDOFF_CMD_BINDING_GET: Get one binding, or all.
 * @__XOS_HANDOFF_CMD_MAX: One more than the last.
 * @XOS_HANDOFF_CMD_MAX: The last.
 */
enum xos_handoff_cmd {
	XOS_HANDOFF_CMD_WRITER_CLAIM = 1,
	XOS_HANDOFF_CMD_WRITER_GET = 2,
	XOS_HANDOFF_CMD_VIP_NEW = 3,
	XOS_HANDOFF_CMD_VIP_SET = 4,
	XOS_HANDOFF_CMD_VIP_DEL = 5,
	XOS_HANDOFF_CMD_VIP_GET = 6,
	XOS_HANDOFF_CMD_VIP_NTF = 7,
	XOS_HANDOFF_CMD_VIP_DEL_NTF = 8,
	XOS_HANDOFF_CMD_MEMBER_NEW = 9,
	XOS_HANDOFF_CMD_MEMBER_SET = 10,
	XOS_HANDOFF_CMD_MEMBER_DEL = 11,
	XOS_HANDOFF_CMD_MEMBER_GET = 12,
	XOS_HANDOFF_CMD_MEMBER_NTF = 13,
	XOS_HANDOFF_CMD_MEMBER_DEL_NTF = 14,
	XOS_HANDOFF_CMD_CLIENT_SET = 15,
	XOS_HANDOFF_CMD_CLIENT_DEL = 16,
	XOS_HANDOFF_CMD_CLIENT_GET = 17,
	XOS_HANDOFF_CMD_CLIENT_NTF = 18,
	XOS_HANDOFF_CMD_GATE_SET = 19,
	XOS_HANDOFF_CMD_GATE_DEL = 20,
	XOS_HANDOFF_CMD_GATE_GET = 21,
	XOS_HANDOFF_CMD_GATE_OVERFLOW_NTF = 22,
	XOS_HANDOFF_CMD_SOCK_TUNE = 23,
	XOS_HANDOFF_CMD_STATS_GET = 24,
	XOS_HANDOFF_CMD_BINDING_SET = 25,
	XOS_HANDOFF_CMD_BINDING_DEL = 26,
	XOS_HANDOFF_CMD_BINDING_GET = 27,
	__XOS_HANDOFF_CMD_MAX,
	XOS_HANDOFF_CMD_MAX = (__XOS_HANDOFF_CMD_MAX - 1)
};

#define XOS_HANDOFF_MCGRP_CHANGES "changes"
#define XOS_HANDOFF_MCGRP_CLIENTS "clients"
#define XOS_HANDOFF_MCGRP_GATES	  "gates"

#endif
