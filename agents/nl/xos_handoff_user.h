/* SPDX-License-Identifier: GPL-2.0-or-later */
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
#ifndef _XOS_NL_XOS_HANDOFF_USER_H
#define _XOS_NL_XOS_HANDOFF_USER_H

#include <linux/xos_handoff.h>

#include <nl/nl_sock.h>

extern const struct xnl_family xos_handoff_family;
extern const struct xnl_op xos_handoff_ops[27];

/**
 * xos_handoff_vip_flags_name() - name of a value of enum xos_handoff_vip_flags
 * @value: one bit
 *
 * Return: the name, NULL when it has none.
 */
const char *xos_handoff_vip_flags_name(uint64_t value);

/**
 * xos_handoff_member_flags_name() - name of a value of enum xos_handoff_member_flags
 * @value: one bit
 *
 * Return: the name, NULL when it has none.
 */
const char *xos_handoff_member_flags_name(uint64_t value);

/**
 * xos_handoff_member_state_name() - name of a value of enum xos_handoff_member_state
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *xos_handoff_member_state_name(uint64_t value);

/**
 * xos_handoff_client_state_name() - name of a value of enum xos_handoff_client_state
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *xos_handoff_client_state_name(uint64_t value);

/**
 * xos_handoff_gate_in_name() - name of a value of enum xos_handoff_gate_in
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *xos_handoff_gate_in_name(uint64_t value);

/**
 * xos_handoff_gate_out_name() - name of a value of enum xos_handoff_gate_out
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *xos_handoff_gate_out_name(uint64_t value);

/**
 * struct xos_handoff_writer - writer attributes
 * @generation: Generation of the writer. Greater than any before it in this network
 *   namespace; without it the kernel takes the next one
 * @force: Take over although the socket of the present writer is open
 * @port_id: Netlink port of the socket that made the claim
 * @alive: That socket is still open
 * @has_generation: is @generation there?
 * @has_port_id: is @port_id there?
 */
struct xos_handoff_writer {
	uint64_t generation;
	bool force;
	uint32_t port_id;
	bool alive;
	bool has_generation;
	bool has_port_id;
};

extern const struct xnl_set xos_handoff_writer_attrs;

/* Set generation. */
static inline void xos_handoff_writer_put_generation(struct xos_handoff_writer *m, uint64_t v)
{
	m->generation = v;
	m->has_generation = true;
}

/**
 * struct xos_handoff_vip_stats - vip-stats attributes
 * @steered_packets: Packets that the contact node gave to members, itself included
 * @steered_bytes: Bytes of these packets
 * @local_packets: Packets of the vip that were delivered here
 * @client_new: Clients that got a member
 * @client_remapped: Clients that got another member, as theirs was down or gone
 * @client_full: Clients steered without an entry, as the table was full
 * @conn_pinned: Connections that got an entry of their own, as the client's member drains
 * @conn_unpinned: Connections given to a draining member after all, as the table was full
 *   or no member was active
 * @icmp_steered: ICMPv6 errors steered by the client that they quote
 * @has_steered_packets: is @steered_packets there?
 * @has_steered_bytes: is @steered_bytes there?
 * @has_local_packets: is @local_packets there?
 * @has_client_new: is @client_new there?
 * @has_client_remapped: is @client_remapped there?
 * @has_client_full: is @client_full there?
 * @has_conn_pinned: is @conn_pinned there?
 * @has_conn_unpinned: is @conn_unpinned there?
 * @has_icmp_steered: is @icmp_steered there?
 */
struct xos_handoff_vip_stats {
	uint64_t steered_packets;
	uint64_t steered_bytes;
	uint64_t local_packets;
	uint64_t client_new;
	uint64_t client_remapped;
	uint64_t client_full;
	uint64_t conn_pinned;
	uint64_t conn_unpinned;
	uint64_t icmp_steered;
	bool has_steered_packets;
	bool has_steered_bytes;
	bool has_local_packets;
	bool has_client_new;
	bool has_client_remapped;
	bool has_client_full;
	bool has_conn_pinned;
	bool has_conn_unpinned;
	bool has_icmp_steered;
};

extern const struct xnl_set xos_handoff_vip_stats_attrs;

/**
 * struct xos_handoff_vip - vip attributes
 * @generation: Generation of the writer; goes with each change
 * @addr: The distributed server's address (home address)
 * @port: TCP port in host byte order; 0, the default, stands for all
 * @flags: Roles of this network namespace
 * @seed: Key of the hash that spreads clients over members. All contact nodes of a vip
 *   have the same; never given back
 * @client_timeout: Seconds without a packet after which a client, or a connection that
 *   has an entry of its own, is forgotten. 7440 by default, which is more than the two
 *   hours of TCP keepalive
 * @members: Number of members
 * @clients: Number of entries in the client table
 * @gates: Number of gates
 * @stats: Counters of the vip
 * @contact_id: Number of the member that is the contact node, 0 by default. A member
 *   sends to it what came to it directly and is for no connection that it has
 * @bindings: Number of bindings
 * @has_generation: is @generation there?
 * @has_addr: is @addr there?
 * @has_port: is @port there?
 * @has_flags: is @flags there?
 * @has_seed: is @seed there?
 * @has_client_timeout: is @client_timeout there?
 * @has_members: is @members there?
 * @has_clients: is @clients there?
 * @has_gates: is @gates there?
 * @has_stats: is @stats there?
 * @has_contact_id: is @contact_id there?
 * @has_bindings: is @bindings there?
 */
struct xos_handoff_vip {
	uint64_t generation;
	uint8_t addr[16];
	uint16_t port;
	uint32_t flags;
	uint8_t seed[16];
	uint32_t client_timeout;
	uint32_t members;
	uint32_t clients;
	uint32_t gates;
	struct xos_handoff_vip_stats stats;
	uint32_t contact_id;
	uint32_t bindings;
	bool has_generation;
	bool has_addr;
	bool has_port;
	bool has_flags;
	bool has_seed;
	bool has_client_timeout;
	bool has_members;
	bool has_clients;
	bool has_gates;
	bool has_stats;
	bool has_contact_id;
	bool has_bindings;
};

extern const struct xnl_set xos_handoff_vip_attrs;

/* Set generation. */
static inline void xos_handoff_vip_put_generation(struct xos_handoff_vip *m, uint64_t v)
{
	m->generation = v;
	m->has_generation = true;
}

/* Set addr. */
static inline void xos_handoff_vip_put_addr(struct xos_handoff_vip *m, const uint8_t v[16])
{
	memcpy(m->addr, v, 16);
	m->has_addr = true;
}

/* Set port. */
static inline void xos_handoff_vip_put_port(struct xos_handoff_vip *m, uint16_t v)
{
	m->port = v;
	m->has_port = true;
}

/* Set flags. */
static inline void xos_handoff_vip_put_flags(struct xos_handoff_vip *m, uint32_t v)
{
	m->flags = v;
	m->has_flags = true;
}

/* Set seed. */
static inline void xos_handoff_vip_put_seed(struct xos_handoff_vip *m, const uint8_t v[16])
{
	memcpy(m->seed, v, 16);
	m->has_seed = true;
}

/* Set client-timeout. */
static inline void xos_handoff_vip_put_client_timeout(struct xos_handoff_vip *m, uint32_t v)
{
	m->client_timeout = v;
	m->has_client_timeout = true;
}

/* Set contact-id. */
static inline void xos_handoff_vip_put_contact_id(struct xos_handoff_vip *m, uint32_t v)
{
	m->contact_id = v;
	m->has_contact_id = true;
}

/**
 * struct xos_handoff_member_stats - member-stats attributes
 * @tx_packets: Packets given to it, by tunnel or on this node
 * @tx_bytes: Bytes of these, without the tunnel header
 * @tx_dropped: Packets that could not be given to it
 * @rx_packets: Packets that came by tunnel from it
 * @rx_bytes: Bytes of these, without the tunnel header
 * @conn_new: SYN segments given to it, repeated ones included
 * @has_tx_packets: is @tx_packets there?
 * @has_tx_bytes: is @tx_bytes there?
 * @has_tx_dropped: is @tx_dropped there?
 * @has_rx_packets: is @rx_packets there?
 * @has_rx_bytes: is @rx_bytes there?
 * @has_conn_new: is @conn_new there?
 */
struct xos_handoff_member_stats {
	uint64_t tx_packets;
	uint64_t tx_bytes;
	uint64_t tx_dropped;
	uint64_t rx_packets;
	uint64_t rx_bytes;
	uint64_t conn_new;
	bool has_tx_packets;
	bool has_tx_bytes;
	bool has_tx_dropped;
	bool has_rx_packets;
	bool has_rx_bytes;
	bool has_conn_new;
};

extern const struct xnl_set xos_handoff_member_stats_attrs;

/**
 * struct xos_handoff_member - member attributes
 * @generation: Generation of the writer; goes with each change
 * @vip_addr: Address of the vip
 * @vip_port: Port of the vip; 0 by default
 * @id: Number of the member, the same in the whole group
 * @care_of: The member's own address: tunnels to it end there, and tunnels from it start
 *   there. Fixed when the member is made
 * @weight: Share of new clients relative to other members; 1 by default. 0 is for a node
 *   that takes part in the group and serves nobody, a contact node
 * @state: Active by default
 * @flags: Properties of the member; fixed when it is made
 * @slots: Slots that it has in the table by which new clients are spread
 * @slots_all: Size of that table
 * @stats: Counters of the member
 * @has_generation: is @generation there?
 * @has_vip_addr: is @vip_addr there?
 * @has_vip_port: is @vip_port there?
 * @has_id: is @id there?
 * @has_care_of: is @care_of there?
 * @has_weight: is @weight there?
 * @has_state: is @state there?
 * @has_flags: is @flags there?
 * @has_slots: is @slots there?
 * @has_slots_all: is @slots_all there?
 * @has_stats: is @stats there?
 */
struct xos_handoff_member {
	uint64_t generation;
	uint8_t vip_addr[16];
	uint16_t vip_port;
	uint32_t id;
	uint8_t care_of[16];
	uint32_t weight;
	uint32_t state;
	uint32_t flags;
	uint32_t slots;
	uint32_t slots_all;
	struct xos_handoff_member_stats stats;
	bool has_generation;
	bool has_vip_addr;
	bool has_vip_port;
	bool has_id;
	bool has_care_of;
	bool has_weight;
	bool has_state;
	bool has_flags;
	bool has_slots;
	bool has_slots_all;
	bool has_stats;
};

extern const struct xnl_set xos_handoff_member_attrs;

/* Set generation. */
static inline void xos_handoff_member_put_generation(struct xos_handoff_member *m, uint64_t v)
{
	m->generation = v;
	m->has_generation = true;
}

/* Set vip-addr. */
static inline void xos_handoff_member_put_vip_addr(struct xos_handoff_member *m,
						   const uint8_t v[16])
{
	memcpy(m->vip_addr, v, 16);
	m->has_vip_addr = true;
}

/* Set vip-port. */
static inline void xos_handoff_member_put_vip_port(struct xos_handoff_member *m, uint16_t v)
{
	m->vip_port = v;
	m->has_vip_port = true;
}

/* Set id. */
static inline void xos_handoff_member_put_id(struct xos_handoff_member *m, uint32_t v)
{
	m->id = v;
	m->has_id = true;
}

/* Set care-of. */
static inline void xos_handoff_member_put_care_of(struct xos_handoff_member *m, const uint8_t v[16])
{
	memcpy(m->care_of, v, 16);
	m->has_care_of = true;
}

/* Set weight. */
static inline void xos_handoff_member_put_weight(struct xos_handoff_member *m, uint32_t v)
{
	m->weight = v;
	m->has_weight = true;
}

/* Set state. */
static inline void xos_handoff_member_put_state(struct xos_handoff_member *m, uint32_t v)
{
	m->state = v;
	m->has_state = true;
}

/* Set flags. */
static inline void xos_handoff_member_put_flags(struct xos_handoff_member *m, uint32_t v)
{
	m->flags = v;
	m->has_flags = true;
}

/**
 * struct xos_handoff_client - client attributes
 * @generation: Generation of the writer; goes with each change
 * @vip_addr: Address of the vip
 * @vip_port: Port of the vip; 0 by default
 * @addr: Address of the client
 * @port: Port of the client: the entry is for one connection and goes before that of the
 *   client. Without it the entry is for all the client's connections
 * @server_port: Port of the server; goes with port, and may be left out when the vip has
 *   one port
 * @member_id: The member that serves
 * @state: How far the entry has come
 * @idle_ms: Milliseconds since the last packet
 * @expires_ms: Milliseconds after which the entry is forgotten when no packet comes
 * @has_generation: is @generation there?
 * @has_vip_addr: is @vip_addr there?
 * @has_vip_port: is @vip_port there?
 * @has_addr: is @addr there?
 * @has_port: is @port there?
 * @has_server_port: is @server_port there?
 * @has_member_id: is @member_id there?
 * @has_state: is @state there?
 * @has_idle_ms: is @idle_ms there?
 * @has_expires_ms: is @expires_ms there?
 */
struct xos_handoff_client {
	uint64_t generation;
	uint8_t vip_addr[16];
	uint16_t vip_port;
	uint8_t addr[16];
	uint16_t port;
	uint16_t server_port;
	uint32_t member_id;
	uint32_t state;
	uint32_t idle_ms;
	uint32_t expires_ms;
	bool has_generation;
	bool has_vip_addr;
	bool has_vip_port;
	bool has_addr;
	bool has_port;
	bool has_server_port;
	bool has_member_id;
	bool has_state;
	bool has_idle_ms;
	bool has_expires_ms;
};

extern const struct xnl_set xos_handoff_client_attrs;

/* Set generation. */
static inline void xos_handoff_client_put_generation(struct xos_handoff_client *m, uint64_t v)
{
	m->generation = v;
	m->has_generation = true;
}

/* Set vip-addr. */
static inline void xos_handoff_client_put_vip_addr(struct xos_handoff_client *m,
						   const uint8_t v[16])
{
	memcpy(m->vip_addr, v, 16);
	m->has_vip_addr = true;
}

/* Set vip-port. */
static inline void xos_handoff_client_put_vip_port(struct xos_handoff_client *m, uint16_t v)
{
	m->vip_port = v;
	m->has_vip_port = true;
}

/* Set addr. */
static inline void xos_handoff_client_put_addr(struct xos_handoff_client *m, const uint8_t v[16])
{
	memcpy(m->addr, v, 16);
	m->has_addr = true;
}

/* Set port. */
static inline void xos_handoff_client_put_port(struct xos_handoff_client *m, uint16_t v)
{
	m->port = v;
	m->has_port = true;
}

/* Set server-port. */
static inline void xos_handoff_client_put_server_port(struct xos_handoff_client *m, uint16_t v)
{
	m->server_port = v;
	m->has_server_port = true;
}

/* Set member-id. */
static inline void xos_handoff_client_put_member_id(struct xos_handoff_client *m, uint32_t v)
{
	m->member_id = v;
	m->has_member_id = true;
}

/**
 * struct xos_handoff_gate_stats - gate-stats attributes
 * @held: Packets that were queued
 * @released: Packets that went from the queue to TCP on this node
 * @diverted: Packets that went to another member, from the queue or directly
 * @dropped_in: Arriving packets that were dropped as the gate says drop
 * @dropped_out: Leaving packets that were dropped
 * @overflow: Arriving packets that were dropped as the queue was full
 * @has_held: is @held there?
 * @has_released: is @released there?
 * @has_diverted: is @diverted there?
 * @has_dropped_in: is @dropped_in there?
 * @has_dropped_out: is @dropped_out there?
 * @has_overflow: is @overflow there?
 */
struct xos_handoff_gate_stats {
	uint64_t held;
	uint64_t released;
	uint64_t diverted;
	uint64_t dropped_in;
	uint64_t dropped_out;
	uint64_t overflow;
	bool has_held;
	bool has_released;
	bool has_diverted;
	bool has_dropped_in;
	bool has_dropped_out;
	bool has_overflow;
};

extern const struct xnl_set xos_handoff_gate_stats_attrs;

/**
 * struct xos_handoff_gate - gate attributes
 * @generation: Generation of the writer; goes with each change
 * @addr: Address of the vip
 * @port: Port of the server
 * @client_addr: Address of the client
 * @client_port: Port of the client
 * @in: What happens to packets that arrive; unchanged (at first local) when missing
 * @out: What happens to packets that leave; unchanged (at first pass) when missing
 * @member_id: The member that packets are diverted to
 * @held_packets: Packets in the queue
 * @held_bytes: Memory that these take, in bytes
 * @stats: Counters of the gate
 * @has_generation: is @generation there?
 * @has_addr: is @addr there?
 * @has_port: is @port there?
 * @has_client_addr: is @client_addr there?
 * @has_client_port: is @client_port there?
 * @has_in: is @in there?
 * @has_out: is @out there?
 * @has_member_id: is @member_id there?
 * @has_held_packets: is @held_packets there?
 * @has_held_bytes: is @held_bytes there?
 * @has_stats: is @stats there?
 */
struct xos_handoff_gate {
	uint64_t generation;
	uint8_t addr[16];
	uint16_t port;
	uint8_t client_addr[16];
	uint16_t client_port;
	uint32_t in;
	uint32_t out;
	uint32_t member_id;
	uint32_t held_packets;
	uint32_t held_bytes;
	struct xos_handoff_gate_stats stats;
	bool has_generation;
	bool has_addr;
	bool has_port;
	bool has_client_addr;
	bool has_client_port;
	bool has_in;
	bool has_out;
	bool has_member_id;
	bool has_held_packets;
	bool has_held_bytes;
	bool has_stats;
};

extern const struct xnl_set xos_handoff_gate_attrs;

/* Set generation. */
static inline void xos_handoff_gate_put_generation(struct xos_handoff_gate *m, uint64_t v)
{
	m->generation = v;
	m->has_generation = true;
}

/* Set addr. */
static inline void xos_handoff_gate_put_addr(struct xos_handoff_gate *m, const uint8_t v[16])
{
	memcpy(m->addr, v, 16);
	m->has_addr = true;
}

/* Set port. */
static inline void xos_handoff_gate_put_port(struct xos_handoff_gate *m, uint16_t v)
{
	m->port = v;
	m->has_port = true;
}

/* Set client-addr. */
static inline void xos_handoff_gate_put_client_addr(struct xos_handoff_gate *m, const uint8_t v[16])
{
	memcpy(m->client_addr, v, 16);
	m->has_client_addr = true;
}

/* Set client-port. */
static inline void xos_handoff_gate_put_client_port(struct xos_handoff_gate *m, uint16_t v)
{
	m->client_port = v;
	m->has_client_port = true;
}

/* Set in. */
static inline void xos_handoff_gate_put_in(struct xos_handoff_gate *m, uint32_t v)
{
	m->in = v;
	m->has_in = true;
}

/* Set out. */
static inline void xos_handoff_gate_put_out(struct xos_handoff_gate *m, uint32_t v)
{
	m->out = v;
	m->has_out = true;
}

/* Set member-id. */
static inline void xos_handoff_gate_put_member_id(struct xos_handoff_gate *m, uint32_t v)
{
	m->member_id = v;
	m->has_member_id = true;
}

/**
 * struct xos_handoff_sock - sock attributes
 * @generation: Generation of the writer; goes with each change
 * @addr: Local address of the connection, a vip
 * @port: Local port
 * @client_addr: Remote address
 * @client_port: Remote port
 * @cwnd: Congestion window to set, in segments
 * @ssthresh: Slow start threshold to set, in segments
 * @mss: Segment size that TCP uses now, in bytes
 * @mtu: Path MTU that it was computed from, in bytes
 * @has_generation: is @generation there?
 * @has_addr: is @addr there?
 * @has_port: is @port there?
 * @has_client_addr: is @client_addr there?
 * @has_client_port: is @client_port there?
 * @has_cwnd: is @cwnd there?
 * @has_ssthresh: is @ssthresh there?
 * @has_mss: is @mss there?
 * @has_mtu: is @mtu there?
 */
struct xos_handoff_sock {
	uint64_t generation;
	uint8_t addr[16];
	uint16_t port;
	uint8_t client_addr[16];
	uint16_t client_port;
	uint32_t cwnd;
	uint32_t ssthresh;
	uint32_t mss;
	uint32_t mtu;
	bool has_generation;
	bool has_addr;
	bool has_port;
	bool has_client_addr;
	bool has_client_port;
	bool has_cwnd;
	bool has_ssthresh;
	bool has_mss;
	bool has_mtu;
};

extern const struct xnl_set xos_handoff_sock_attrs;

/* Set generation. */
static inline void xos_handoff_sock_put_generation(struct xos_handoff_sock *m, uint64_t v)
{
	m->generation = v;
	m->has_generation = true;
}

/* Set addr. */
static inline void xos_handoff_sock_put_addr(struct xos_handoff_sock *m, const uint8_t v[16])
{
	memcpy(m->addr, v, 16);
	m->has_addr = true;
}

/* Set port. */
static inline void xos_handoff_sock_put_port(struct xos_handoff_sock *m, uint16_t v)
{
	m->port = v;
	m->has_port = true;
}

/* Set client-addr. */
static inline void xos_handoff_sock_put_client_addr(struct xos_handoff_sock *m, const uint8_t v[16])
{
	memcpy(m->client_addr, v, 16);
	m->has_client_addr = true;
}

/* Set client-port. */
static inline void xos_handoff_sock_put_client_port(struct xos_handoff_sock *m, uint16_t v)
{
	m->client_port = v;
	m->has_client_port = true;
}

/* Set cwnd. */
static inline void xos_handoff_sock_put_cwnd(struct xos_handoff_sock *m, uint32_t v)
{
	m->cwnd = v;
	m->has_cwnd = true;
}

/* Set ssthresh. */
static inline void xos_handoff_sock_put_ssthresh(struct xos_handoff_sock *m, uint32_t v)
{
	m->ssthresh = v;
	m->has_ssthresh = true;
}

/**
 * struct xos_handoff_stats - stats attributes
 * @vips: Vips in this network namespace
 * @clients: Entries in the client table
 * @gates: Gates
 * @held_packets: Packets in the queues of all gates
 * @held_bytes: Memory that these take, in bytes
 * @tunnelled: Packets sent to other members
 * @untunnelled: Packets taken out of tunnels from other members
 * @drop_source: Tunnels to a vip from an address that is no member's
 * @drop_malformed: Packets to a vip that could not be parsed
 * @drop_martian: Packets to a vip from an address that no client can have
 * @drop_no_member: Packets for which there was no member to serve them
 * @drop_no_local: Packets for a member, but no local member gives the tunnel its source
 * @drop_no_route: Packets for a member without a route to it
 * @drop_too_big: Packets larger than the path to the member; the client was told
 * @drop_hop_limit: Packets whose hop limit ended here; the client was told
 * @drop_memory: Packets for which memory was missing
 * @drop_gate: Packets that a gate dropped, in either direction
 * @drop_overflow: Packets that the queue of a gate, or all queues together, had no room
 *   for
 * @gate_full: Gates refused, as there were too many
 * @event_lost: Notifications for which memory was missing
 * @optioned: Segments sent from a care-of address with a home address option
 * @routed: Packets from which a type 2 routing header was taken off
 * @relayed: Packets that came to a member directly, are for no connection of it, and were
 *   sent to the contact node
 * @translated: ICMPv6 errors about packets with a home address option, made to be about
 *   the vip
 * @drop_routed: Packets with a type 2 routing header to a vip that this node does not
 *   serve
 * @binding_full: Bindings refused, as there were too many
 * @passed_on: Segments that the contact node sent to a member without a socket for them,
 *   and that it sent to the member that had the client before
 * @bindings: Bindings
 * @has_vips: is @vips there?
 * @has_clients: is @clients there?
 * @has_gates: is @gates there?
 * @has_held_packets: is @held_packets there?
 * @has_held_bytes: is @held_bytes there?
 * @has_tunnelled: is @tunnelled there?
 * @has_untunnelled: is @untunnelled there?
 * @has_drop_source: is @drop_source there?
 * @has_drop_malformed: is @drop_malformed there?
 * @has_drop_martian: is @drop_martian there?
 * @has_drop_no_member: is @drop_no_member there?
 * @has_drop_no_local: is @drop_no_local there?
 * @has_drop_no_route: is @drop_no_route there?
 * @has_drop_too_big: is @drop_too_big there?
 * @has_drop_hop_limit: is @drop_hop_limit there?
 * @has_drop_memory: is @drop_memory there?
 * @has_drop_gate: is @drop_gate there?
 * @has_drop_overflow: is @drop_overflow there?
 * @has_gate_full: is @gate_full there?
 * @has_event_lost: is @event_lost there?
 * @has_optioned: is @optioned there?
 * @has_routed: is @routed there?
 * @has_relayed: is @relayed there?
 * @has_translated: is @translated there?
 * @has_drop_routed: is @drop_routed there?
 * @has_binding_full: is @binding_full there?
 * @has_passed_on: is @passed_on there?
 * @has_bindings: is @bindings there?
 */
struct xos_handoff_stats {
	uint32_t vips;
	uint32_t clients;
	uint32_t gates;
	uint32_t held_packets;
	uint32_t held_bytes;
	uint64_t tunnelled;
	uint64_t untunnelled;
	uint64_t drop_source;
	uint64_t drop_malformed;
	uint64_t drop_martian;
	uint64_t drop_no_member;
	uint64_t drop_no_local;
	uint64_t drop_no_route;
	uint64_t drop_too_big;
	uint64_t drop_hop_limit;
	uint64_t drop_memory;
	uint64_t drop_gate;
	uint64_t drop_overflow;
	uint64_t gate_full;
	uint64_t event_lost;
	uint64_t optioned;
	uint64_t routed;
	uint64_t relayed;
	uint64_t translated;
	uint64_t drop_routed;
	uint64_t binding_full;
	uint64_t passed_on;
	uint32_t bindings;
	bool has_vips;
	bool has_clients;
	bool has_gates;
	bool has_held_packets;
	bool has_held_bytes;
	bool has_tunnelled;
	bool has_untunnelled;
	bool has_drop_source;
	bool has_drop_malformed;
	bool has_drop_martian;
	bool has_drop_no_member;
	bool has_drop_no_local;
	bool has_drop_no_route;
	bool has_drop_too_big;
	bool has_drop_hop_limit;
	bool has_drop_memory;
	bool has_drop_gate;
	bool has_drop_overflow;
	bool has_gate_full;
	bool has_event_lost;
	bool has_optioned;
	bool has_routed;
	bool has_relayed;
	bool has_translated;
	bool has_drop_routed;
	bool has_binding_full;
	bool has_passed_on;
	bool has_bindings;
};

extern const struct xnl_set xos_handoff_stats_attrs;

/**
 * struct xos_handoff_binding_stats - binding-stats attributes
 * @sent: Segments sent with a home address option
 * @plain: Segments sent from the vip, as the client had not sent on the new path in that
 *   connection yet
 * @plain_size: Segments sent from the vip, as there was no room for the option
 * @received: Segments that came with a type 2 routing header
 * @has_sent: is @sent there?
 * @has_plain: is @plain there?
 * @has_plain_size: is @plain_size there?
 * @has_received: is @received there?
 */
struct xos_handoff_binding_stats {
	uint64_t sent;
	uint64_t plain;
	uint64_t plain_size;
	uint64_t received;
	bool has_sent;
	bool has_plain;
	bool has_plain_size;
	bool has_received;
};

extern const struct xnl_set xos_handoff_binding_stats_attrs;

/**
 * struct xos_handoff_binding - binding attributes
 * @generation: Generation of the writer; goes with each change
 * @vip_addr: Address of the vip, the home address
 * @vip_port: Port of the vip; 0 by default. The binding is for all ports all the same
 * @addr: Address of the client, the correspondent node
 * @lifetime_ms: Milliseconds after which the kernel stops by itself; the client has
 *   promised to accept packets for as long
 * @expires_ms: What is left of these, in milliseconds
 * @stats: Counters of the binding
 * @has_generation: is @generation there?
 * @has_vip_addr: is @vip_addr there?
 * @has_vip_port: is @vip_port there?
 * @has_addr: is @addr there?
 * @has_lifetime_ms: is @lifetime_ms there?
 * @has_expires_ms: is @expires_ms there?
 * @has_stats: is @stats there?
 */
struct xos_handoff_binding {
	uint64_t generation;
	uint8_t vip_addr[16];
	uint16_t vip_port;
	uint8_t addr[16];
	uint32_t lifetime_ms;
	uint32_t expires_ms;
	struct xos_handoff_binding_stats stats;
	bool has_generation;
	bool has_vip_addr;
	bool has_vip_port;
	bool has_addr;
	bool has_lifetime_ms;
	bool has_expires_ms;
	bool has_stats;
};

extern const struct xnl_set xos_handoff_binding_attrs;

/* Set generation. */
static inline void xos_handoff_binding_put_generation(struct xos_handoff_binding *m, uint64_t v)
{
	m->generation = v;
	m->has_generation = true;
}

/* Set vip-addr. */
static inline void xos_handoff_binding_put_vip_addr(struct xos_handoff_binding *m,
						    const uint8_t v[16])
{
	memcpy(m->vip_addr, v, 16);
	m->has_vip_addr = true;
}

/* Set vip-port. */
static inline void xos_handoff_binding_put_vip_port(struct xos_handoff_binding *m, uint16_t v)
{
	m->vip_port = v;
	m->has_vip_port = true;
}

/* Set addr. */
static inline void xos_handoff_binding_put_addr(struct xos_handoff_binding *m, const uint8_t v[16])
{
	memcpy(m->addr, v, 16);
	m->has_addr = true;
}

/* Set lifetime-ms. */
static inline void xos_handoff_binding_put_lifetime_ms(struct xos_handoff_binding *m, uint32_t v)
{
	m->lifetime_ms = v;
	m->has_lifetime_ms = true;
}

/**
 * xos_handoff_writer_claim() - Become the writer of this network namespace
 * @s: socket of the family
 * @req: attributes of the request: generation, force
 * @rep: reply; borrows the socket until the next request. Attributes: generation, port-id
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_writer_claim(struct xnl_sock *s, const struct xos_handoff_writer *req,
					   struct xos_handoff_writer *rep)
{
	return xnl_do(s, &xos_handoff_ops[0], req, rep);
}

/**
 * xos_handoff_writer_get() - Who is the writer
 * @s: socket of the family
 * @rep: reply; borrows the socket until the next request. Attributes: generation,
 *   port-id, alive
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_writer_get(struct xnl_sock *s, struct xos_handoff_writer *rep)
{
	return xnl_do(s, &xos_handoff_ops[1], NULL, rep);
}

/**
 * xos_handoff_vip_new() - Make a vip
 * @s: socket of the family
 * @req: attributes of the request: generation, addr, port, flags, seed, client-timeout,
 *   contact-id
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_vip_new(struct xnl_sock *s, const struct xos_handoff_vip *req)
{
	return xnl_do(s, &xos_handoff_ops[2], req, NULL);
}

/**
 * xos_handoff_vip_set() - Change a vip
 * @s: socket of the family
 * @req: attributes of the request: generation, addr, port, flags, seed, client-timeout,
 *   contact-id
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_vip_set(struct xnl_sock *s, const struct xos_handoff_vip *req)
{
	return xnl_do(s, &xos_handoff_ops[3], req, NULL);
}

/**
 * xos_handoff_vip_del() - Remove a vip with its members and client entries
 * @s: socket of the family
 * @req: attributes of the request: generation, addr, port
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_vip_del(struct xnl_sock *s, const struct xos_handoff_vip *req)
{
	return xnl_do(s, &xos_handoff_ops[4], req, NULL);
}

/**
 * xos_handoff_vip_get() - Get one vip, or all
 * @s: socket of the family
 * @req: attributes of the request: addr, port
 * @rep: reply; borrows the socket until the next request. Attributes: addr, port, flags,
 *   client-timeout, members, clients, gates, stats, contact-id, bindings
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_vip_get(struct xnl_sock *s, const struct xos_handoff_vip *req,
				      struct xos_handoff_vip *rep)
{
	return xnl_do(s, &xos_handoff_ops[5], req, rep);
}

/**
 * xos_handoff_vip_get_dump() - Get one vip, or all
 * @s: socket of the family
 * @fn: called for each object, and with NULL when the dump starts again; a value other
 *   than 0 ends it
 * @arg: for @fn
 *
 * Return: as xnl_dump().
 */
int xos_handoff_vip_get_dump(struct xnl_sock *s,
			     int (*fn)(void *arg, const struct xos_handoff_vip *item), void *arg);

/**
 * xos_handoff_vip_ntf_parse() - A vip was made or changed
 * @ev: event of the group changes
 * @out: its attributes, borrowed
 *
 * Return: as xnl_event_parse(): -ENOMSG when it is another event.
 */
static inline int xos_handoff_vip_ntf_parse(const struct xnl_event *ev, struct xos_handoff_vip *out)
{
	return xnl_event_parse(ev, &xos_handoff_ops[6], out);
}

/**
 * xos_handoff_vip_del_ntf_parse() - A vip was removed
 * @ev: event of the group changes
 * @out: its attributes, borrowed
 *
 * Return: as xnl_event_parse(): -ENOMSG when it is another event.
 */
static inline int xos_handoff_vip_del_ntf_parse(const struct xnl_event *ev,
						struct xos_handoff_vip *out)
{
	return xnl_event_parse(ev, &xos_handoff_ops[7], out);
}

/**
 * xos_handoff_member_new() - Add a member to a vip
 * @s: socket of the family
 * @req: attributes of the request: generation, vip-addr, vip-port, id, care-of, weight,
 *   state, flags
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_member_new(struct xnl_sock *s, const struct xos_handoff_member *req)
{
	return xnl_do(s, &xos_handoff_ops[8], req, NULL);
}

/**
 * xos_handoff_member_set() - Change weight or state of a member
 * @s: socket of the family
 * @req: attributes of the request: generation, vip-addr, vip-port, id, weight, state
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_member_set(struct xnl_sock *s, const struct xos_handoff_member *req)
{
	return xnl_do(s, &xos_handoff_ops[9], req, NULL);
}

/**
 * xos_handoff_member_del() - Remove a member; as down for the clients that it had
 * @s: socket of the family
 * @req: attributes of the request: generation, vip-addr, vip-port, id
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_member_del(struct xnl_sock *s, const struct xos_handoff_member *req)
{
	return xnl_do(s, &xos_handoff_ops[10], req, NULL);
}

/**
 * xos_handoff_member_get() - Get one member, all of a vip, or all
 * @s: socket of the family
 * @req: attributes of the request: vip-addr, vip-port, id
 * @rep: reply; borrows the socket until the next request. Attributes: vip-addr, vip-port,
 *   id, care-of, weight, state, flags, slots, slots-all, stats
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_member_get(struct xnl_sock *s, const struct xos_handoff_member *req,
					 struct xos_handoff_member *rep)
{
	return xnl_do(s, &xos_handoff_ops[11], req, rep);
}

/**
 * xos_handoff_member_get_dump() - Get one member, all of a vip, or all
 * @s: socket of the family
 * @req: attributes that narrow it: vip-addr, vip-port
 * @fn: called for each object, and with NULL when the dump starts again; a value other
 *   than 0 ends it
 * @arg: for @fn
 *
 * Return: as xnl_dump().
 */
int xos_handoff_member_get_dump(struct xnl_sock *s, const struct xos_handoff_member *req,
				int (*fn)(void *arg, const struct xos_handoff_member *item),
				void *arg);

/**
 * xos_handoff_member_ntf_parse() - A member was added or changed
 * @ev: event of the group changes
 * @out: its attributes, borrowed
 *
 * Return: as xnl_event_parse(): -ENOMSG when it is another event.
 */
static inline int xos_handoff_member_ntf_parse(const struct xnl_event *ev,
					       struct xos_handoff_member *out)
{
	return xnl_event_parse(ev, &xos_handoff_ops[12], out);
}

/**
 * xos_handoff_member_del_ntf_parse() - A member was removed
 * @ev: event of the group changes
 * @out: its attributes, borrowed
 *
 * Return: as xnl_event_parse(): -ENOMSG when it is another event.
 */
static inline int xos_handoff_member_del_ntf_parse(const struct xnl_event *ev,
						   struct xos_handoff_member *out)
{
	return xnl_event_parse(ev, &xos_handoff_ops[13], out);
}

/**
 * xos_handoff_client_set() - Give a client, or with port one connection of it, to a
 *   member
 * @s: socket of the family
 * @req: attributes of the request: generation, vip-addr, vip-port, addr, port,
 *   server-port, member-id
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_client_set(struct xnl_sock *s, const struct xos_handoff_client *req)
{
	return xnl_do(s, &xos_handoff_ops[14], req, NULL);
}

/**
 * xos_handoff_client_del() - Forget a client or, with port, one connection of it
 * @s: socket of the family
 * @req: attributes of the request: generation, vip-addr, vip-port, addr, port,
 *   server-port
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_client_del(struct xnl_sock *s, const struct xos_handoff_client *req)
{
	return xnl_do(s, &xos_handoff_ops[15], req, NULL);
}

/**
 * xos_handoff_client_get() - Get one entry of the client table, all of a vip, or all
 * @s: socket of the family
 * @req: attributes of the request: vip-addr, vip-port, addr, port, server-port
 * @rep: reply; borrows the socket until the next request. Attributes: vip-addr, vip-port,
 *   addr, port, server-port, member-id, state, idle-ms, expires-ms
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_client_get(struct xnl_sock *s, const struct xos_handoff_client *req,
					 struct xos_handoff_client *rep)
{
	return xnl_do(s, &xos_handoff_ops[16], req, rep);
}

/**
 * xos_handoff_client_get_dump() - Get one entry of the client table, all of a vip, or all
 * @s: socket of the family
 * @req: attributes that narrow it: vip-addr, vip-port
 * @fn: called for each object, and with NULL when the dump starts again; a value other
 *   than 0 ends it
 * @arg: for @fn
 *
 * Return: as xnl_dump().
 */
int xos_handoff_client_get_dump(struct xnl_sock *s, const struct xos_handoff_client *req,
				int (*fn)(void *arg, const struct xos_handoff_client *item),
				void *arg);

/**
 * xos_handoff_client_ntf_parse() - A client, or a connection, got a member or another one
 * @ev: event of the group clients
 * @out: its attributes, borrowed
 *
 * Return: as xnl_event_parse(): -ENOMSG when it is another event.
 */
static inline int xos_handoff_client_ntf_parse(const struct xnl_event *ev,
					       struct xos_handoff_client *out)
{
	return xnl_event_parse(ev, &xos_handoff_ops[17], out);
}

/**
 * xos_handoff_gate_set() - Make or change the gate of one connection
 * @s: socket of the family
 * @req: attributes of the request: generation, addr, port, client-addr, client-port, in,
 *   out, member-id
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_gate_set(struct xnl_sock *s, const struct xos_handoff_gate *req)
{
	return xnl_do(s, &xos_handoff_ops[18], req, NULL);
}

/**
 * xos_handoff_gate_del() - Remove a gate; the connection is then local
 * @s: socket of the family
 * @req: attributes of the request: generation, addr, port, client-addr, client-port
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_gate_del(struct xnl_sock *s, const struct xos_handoff_gate *req)
{
	return xnl_do(s, &xos_handoff_ops[19], req, NULL);
}

/**
 * xos_handoff_gate_get() - Get one gate, or all
 * @s: socket of the family
 * @req: attributes of the request: addr, port, client-addr, client-port
 * @rep: reply; borrows the socket until the next request. Attributes: addr, port,
 *   client-addr, client-port, in, out, member-id, held-packets, held-bytes, stats
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_gate_get(struct xnl_sock *s, const struct xos_handoff_gate *req,
				       struct xos_handoff_gate *rep)
{
	return xnl_do(s, &xos_handoff_ops[20], req, rep);
}

/**
 * xos_handoff_gate_get_dump() - Get one gate, or all
 * @s: socket of the family
 * @fn: called for each object, and with NULL when the dump starts again; a value other
 *   than 0 ends it
 * @arg: for @fn
 *
 * Return: as xnl_dump().
 */
int xos_handoff_gate_get_dump(struct xnl_sock *s,
			      int (*fn)(void *arg, const struct xos_handoff_gate *item), void *arg);

/**
 * xos_handoff_gate_overflow_ntf_parse() - The queue of a gate was full and a packet was
 *   dropped
 * @ev: event of the group gates
 * @out: its attributes, borrowed
 *
 * Return: as xnl_event_parse(): -ENOMSG when it is another event.
 */
static inline int xos_handoff_gate_overflow_ntf_parse(const struct xnl_event *ev,
						      struct xos_handoff_gate *out)
{
	return xnl_event_parse(ev, &xos_handoff_ops[21], out);
}

/**
 * xos_handoff_sock_tune() - Make an established TCP connection of this network namespace
 *   compute its segment size anew from the path MTU, which TCP does not do by itself
 *   after it was restored; optionally set congestion window and threshold
 * @s: socket of the family
 * @req: attributes of the request: generation, addr, port, client-addr, client-port,
 *   cwnd, ssthresh
 * @rep: reply; borrows the socket until the next request. Attributes: mss, mtu
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_sock_tune(struct xnl_sock *s, const struct xos_handoff_sock *req,
					struct xos_handoff_sock *rep)
{
	return xnl_do(s, &xos_handoff_ops[22], req, rep);
}

/**
 * xos_handoff_stats_get() - Get sizes of tables and counters of this network namespace
 * @s: socket of the family
 * @rep: reply; borrows the socket until the next request. Attributes: vips, clients,
 *   gates, held-packets, held-bytes, tunnelled, untunnelled, drop-source, drop-malformed,
 *   drop-martian, drop-no-member, drop-no-local, drop-no-route, drop-too-big,
 *   drop-hop-limit, drop-memory, drop-gate, drop-overflow, gate-full, event-lost,
 *   optioned, routed, relayed, translated, drop-routed, binding-full, passed-on, bindings
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_stats_get(struct xnl_sock *s, struct xos_handoff_stats *rep)
{
	return xnl_do(s, &xos_handoff_ops[23], NULL, rep);
}

/**
 * xos_handoff_binding_set() - Make a binding, or let it live longer
 * @s: socket of the family
 * @req: attributes of the request: generation, vip-addr, vip-port, addr, lifetime-ms
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_binding_set(struct xnl_sock *s, const struct xos_handoff_binding *req)
{
	return xnl_do(s, &xos_handoff_ops[24], req, NULL);
}

/**
 * xos_handoff_binding_del() - Remove a binding
 * @s: socket of the family
 * @req: attributes of the request: generation, vip-addr, vip-port, addr
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_binding_del(struct xnl_sock *s, const struct xos_handoff_binding *req)
{
	return xnl_do(s, &xos_handoff_ops[25], req, NULL);
}

/**
 * xos_handoff_binding_get() - Get one binding, or all
 * @s: socket of the family
 * @req: attributes of the request: vip-addr, vip-port, addr
 * @rep: reply; borrows the socket until the next request. Attributes: vip-addr, vip-port,
 *   addr, expires-ms, stats
 *
 * Return: as xnl_do().
 */
static inline int xos_handoff_binding_get(struct xnl_sock *s, const struct xos_handoff_binding *req,
					  struct xos_handoff_binding *rep)
{
	return xnl_do(s, &xos_handoff_ops[26], req, rep);
}

/**
 * xos_handoff_binding_get_dump() - Get one binding, or all
 * @s: socket of the family
 * @fn: called for each object, and with NULL when the dump starts again; a value other
 *   than 0 ends it
 * @arg: for @fn
 *
 * Return: as xnl_dump().
 */
int xos_handoff_binding_get_dump(struct xnl_sock *s,
				 int (*fn)(void *arg, const struct xos_handoff_binding *item),
				 void *arg);

#endif
