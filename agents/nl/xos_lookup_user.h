/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/netlink/specs/xos_lookup.yaml
 * by scripts/gen.
 *
 * Control of the lookup module: an agent lends it the UDP socket of a ring node and the
 * table that says which nodes own which keys; the module answers lookup queries on that
 * socket in softirq. What it cannot answer goes up to the socket as if the module were
 * not there.
 *
 * Only attaching needs a capability. The netlink socket that attached is from then on the
 * only one that may change the table, and when it closes the module lets go of the UDP
 * socket and forgets table and keys: a table never outlives the agent that vouches for
 * it. Every refusal carries an extended acknowledgement that names the attribute.
 */
#ifndef _XOS_NL_XOS_LOOKUP_USER_H
#define _XOS_NL_XOS_LOOKUP_USER_H

#include <linux/xos_lookup.h>

#include <nl/nl_sock.h>

extern const struct xnl_family xos_lookup_family;
extern const struct xnl_op xos_lookup_ops[6];

/**
 * struct xos_lookup_stats - stats attributes
 * @answered: Queries that were answered here
 * @passed: Datagrams that are no queries and went up to the socket
 * @miss_table: Queries that went up because there is no table, or it is not complete
 * @miss_lease: Queries that went up because the lease of the table had run out
 * @miss_pad: Queries that went up because they were too short to hold the answer
 * @miss_packet: Queries that went up because of their packet (extension headers, IPv4,
 *   multicast)
 * @drop_mac: Queries dropped because they were not authentic
 * @drop_malformed: Authentic queries dropped because they could not be parsed
 * @drop_route: Answers lost because there was no route or no memory
 * @has_answered: is @answered there?
 * @has_passed: is @passed there?
 * @has_miss_table: is @miss_table there?
 * @has_miss_lease: is @miss_lease there?
 * @has_miss_pad: is @miss_pad there?
 * @has_miss_packet: is @miss_packet there?
 * @has_drop_mac: is @drop_mac there?
 * @has_drop_malformed: is @drop_malformed there?
 * @has_drop_route: is @drop_route there?
 */
struct xos_lookup_stats {
	uint64_t answered;
	uint64_t passed;
	uint64_t miss_table;
	uint64_t miss_lease;
	uint64_t miss_pad;
	uint64_t miss_packet;
	uint64_t drop_mac;
	uint64_t drop_malformed;
	uint64_t drop_route;
	bool has_answered;
	bool has_passed;
	bool has_miss_table;
	bool has_miss_lease;
	bool has_miss_pad;
	bool has_miss_packet;
	bool has_drop_mac;
	bool has_drop_malformed;
	bool has_drop_route;
};

extern const struct xnl_set xos_lookup_stats_attrs;

/**
 * struct xos_lookup_responder - responder attributes
 * @socket_fd: Bound IPv6 UDP socket, a descriptor of the process that asks
 * @node_id: Identity of the ring node; the sender of the answers
 * @port_id: Netlink port of the socket that attached
 * @port: UDP port of the socket
 * @arcs: Arcs in the table
 * @classes: Replica classes of the grid
 * @epoch: Version of the table
 * @lease_ms: Milliseconds until the table must have been renewed; 0 when it has run out
 * @stats: Counters of the responder
 * @has_socket_fd: is @socket_fd there?
 * @has_node_id: is @node_id there?
 * @has_port_id: is @port_id there?
 * @has_port: is @port there?
 * @has_arcs: is @arcs there?
 * @has_classes: is @classes there?
 * @has_epoch: is @epoch there?
 * @has_lease_ms: is @lease_ms there?
 * @has_stats: is @stats there?
 */
struct xos_lookup_responder {
	uint32_t socket_fd;
	uint8_t node_id[16];
	uint32_t port_id;
	uint16_t port;
	uint32_t arcs;
	uint32_t classes;
	uint64_t epoch;
	uint32_t lease_ms;
	struct xos_lookup_stats stats;
	bool has_socket_fd;
	bool has_node_id;
	bool has_port_id;
	bool has_port;
	bool has_arcs;
	bool has_classes;
	bool has_epoch;
	bool has_lease_ms;
	bool has_stats;
};

extern const struct xnl_set xos_lookup_responder_attrs;

/* Set socket-fd. */
static inline void xos_lookup_responder_put_socket_fd(struct xos_lookup_responder *m, uint32_t v)
{
	m->socket_fd = v;
	m->has_socket_fd = true;
}

/* Set node-id. */
static inline void xos_lookup_responder_put_node_id(struct xos_lookup_responder *m,
						    const uint8_t v[16])
{
	memcpy(m->node_id, v, 16);
	m->has_node_id = true;
}

/**
 * struct xos_lookup_key - key attributes
 * @key_id: Number of the key, as datagrams carry it
 * @secret: The key; never given back
 * @remove: Forget the key instead
 * @has_key_id: is @key_id there?
 * @has_secret: is @secret there?
 */
struct xos_lookup_key {
	uint16_t key_id;
	uint8_t secret[32];
	bool remove;
	bool has_key_id;
	bool has_secret;
};

extern const struct xnl_set xos_lookup_key_attrs;

/* Set key-id. */
static inline void xos_lookup_key_put_key_id(struct xos_lookup_key *m, uint16_t v)
{
	m->key_id = v;
	m->has_key_id = true;
}

/* Set secret. */
static inline void xos_lookup_key_put_secret(struct xos_lookup_key *m, const uint8_t v[32])
{
	memcpy(m->secret, v, 32);
	m->has_secret = true;
}

/**
 * struct xos_lookup_arc - arc attributes
 * @class: Replica class
 * @start: First key of the arc; it ends where the next one of its class starts
 * @vacant: Nobody serves the arc; queries for its keys go up to the socket
 * @id: Identity of the owner
 * @addr: Address of the owner
 * @port: UDP port of the owner
 * @epoch: Epoch of the arc. An answer carries the greatest of its arcs
 * @has_class: is @class there?
 * @has_start: is @start there?
 * @has_id: is @id there?
 * @has_addr: is @addr there?
 * @has_port: is @port there?
 * @has_epoch: is @epoch there?
 */
struct xos_lookup_arc {
	uint32_t class;
	struct bytes start;
	bool vacant;
	uint8_t id[16];
	uint8_t addr[16];
	uint16_t port;
	uint64_t epoch;
	bool has_class;
	bool has_start;
	bool has_id;
	bool has_addr;
	bool has_port;
	bool has_epoch;
};

extern const struct xnl_set xos_lookup_arc_attrs;

/**
 * struct xos_lookup_arc_list - list of struct xos_lookup_arc
 * @v: elements to send; NULL in a parsed list
 * @n: number of elements
 * @raw: where the elements of a parsed list are
 * @attr: attribute number of the elements in @raw
 */
struct xos_lookup_arc_list {
	const struct xos_lookup_arc *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * xos_lookup_arc_list_next() - the next element
 * @l: list, to send or parsed
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
bool xos_lookup_arc_list_next(const struct xos_lookup_arc_list *l, size_t *pos,
			      struct xos_lookup_arc *out);

/* Set class. */
static inline void xos_lookup_arc_put_class(struct xos_lookup_arc *m, uint32_t v)
{
	m->class = v;
	m->has_class = true;
}

/* Set start. */
static inline void xos_lookup_arc_put_start(struct xos_lookup_arc *m, struct bytes v)
{
	m->start = v;
	m->has_start = true;
}

/* Set id. */
static inline void xos_lookup_arc_put_id(struct xos_lookup_arc *m, const uint8_t v[16])
{
	memcpy(m->id, v, 16);
	m->has_id = true;
}

/* Set addr. */
static inline void xos_lookup_arc_put_addr(struct xos_lookup_arc *m, const uint8_t v[16])
{
	memcpy(m->addr, v, 16);
	m->has_addr = true;
}

/* Set port. */
static inline void xos_lookup_arc_put_port(struct xos_lookup_arc *m, uint16_t v)
{
	m->port = v;
	m->has_port = true;
}

/* Set epoch. */
static inline void xos_lookup_arc_put_epoch(struct xos_lookup_arc *m, uint64_t v)
{
	m->epoch = v;
	m->has_epoch = true;
}

/**
 * struct xos_lookup_table - table attributes
 * @epoch: Version of the table; a renewal of the lease names it
 * @classes: Replica classes of the grid
 * @lease_ms: Milliseconds for which the table may be used unless it is renewed
 * @more: More arcs follow in the next message; the table takes effect without it
 * @arc: Arcs, in ascending order of class and start over all messages
 * @has_epoch: is @epoch there?
 * @has_classes: is @classes there?
 * @has_lease_ms: is @lease_ms there?
 */
struct xos_lookup_table {
	uint64_t epoch;
	uint32_t classes;
	uint32_t lease_ms;
	bool more;
	struct xos_lookup_arc_list arc;
	bool has_epoch;
	bool has_classes;
	bool has_lease_ms;
};

extern const struct xnl_set xos_lookup_table_attrs;

/* Set epoch. */
static inline void xos_lookup_table_put_epoch(struct xos_lookup_table *m, uint64_t v)
{
	m->epoch = v;
	m->has_epoch = true;
}

/* Set classes. */
static inline void xos_lookup_table_put_classes(struct xos_lookup_table *m, uint32_t v)
{
	m->classes = v;
	m->has_classes = true;
}

/* Set lease-ms. */
static inline void xos_lookup_table_put_lease_ms(struct xos_lookup_table *m, uint32_t v)
{
	m->lease_ms = v;
	m->has_lease_ms = true;
}

/**
 * xos_lookup_attach() - Answer queries on a UDP socket
 * @s: socket of the family
 * @req: attributes of the request: socket-fd, node-id
 *
 * Return: as xnl_do().
 */
static inline int xos_lookup_attach(struct xnl_sock *s, const struct xos_lookup_responder *req)
{
	return xnl_do(s, &xos_lookup_ops[0], req, NULL);
}

/**
 * xos_lookup_detach() - Let go of the UDP socket of the responder that this netlink
 *   socket owns
 * @s: socket of the family
 *
 * Return: as xnl_do().
 */
static inline int xos_lookup_detach(struct xnl_sock *s)
{
	return xnl_do(s, &xos_lookup_ops[1], NULL, NULL);
}

/**
 * xos_lookup_key_set() - Set or forget a key of the responder that this netlink socket
 *   owns
 * @s: socket of the family
 * @req: attributes of the request: key-id, secret, remove
 *
 * Return: as xnl_do().
 */
static inline int xos_lookup_key_set(struct xnl_sock *s, const struct xos_lookup_key *req)
{
	return xnl_do(s, &xos_lookup_ops[2], req, NULL);
}

/**
 * xos_lookup_table_set() - Replace the table of the responder that this netlink socket
 *   owns
 * @s: socket of the family
 * @req: attributes of the request: epoch, classes, lease-ms, more, arc
 *
 * Return: as xnl_do().
 */
static inline int xos_lookup_table_set(struct xnl_sock *s, const struct xos_lookup_table *req)
{
	return xnl_do(s, &xos_lookup_ops[3], req, NULL);
}

/**
 * xos_lookup_lease_renew() - Renew the lease of the present table
 * @s: socket of the family
 * @req: attributes of the request: epoch, lease-ms
 *
 * Return: as xnl_do().
 */
static inline int xos_lookup_lease_renew(struct xnl_sock *s, const struct xos_lookup_table *req)
{
	return xnl_do(s, &xos_lookup_ops[4], req, NULL);
}

/**
 * xos_lookup_responder_get_dump() - Show the responders of the network namespace with
 *   their counters
 * @s: socket of the family
 * @fn: called for each object, and with NULL when the dump starts again; a value other
 *   than 0 ends it
 * @arg: for @fn
 *
 * Return: as xnl_dump().
 */
int xos_lookup_responder_get_dump(struct xnl_sock *s,
				  int (*fn)(void *arg, const struct xos_lookup_responder *item),
				  void *arg);

#endif
