/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/overlay.yaml
 * by scripts/gen.
 *
 * The ordered ring: finding the owner of a position, keeping neighbours, joining, moving
 * an arc from its owner to a joiner, leases, and taking over.
 */
#ifndef _XOS_WIRE_OVERLAY_H
#define _XOS_WIRE_OVERLAY_H

#include <wire/wire.h>
#include <wire/common.h>

/*
 * Greatest length of a stored record, a value of 64 KiB, another one that a transaction
 * will write, and votes.
 */
#define WIRE_RING_RECORD_MAX 180224

/**
 * enum wire_ring_status - How a node of the ring answers a request to join or to go on
 *   with a transfer
 * @WIRE_RING_STATUS_OK: It is done, or goes on.
 * @WIRE_RING_STATUS_BUSY: The node moves another part of its arc; ask again later.
 * @WIRE_RING_STATUS_NOT_JOINED: The node has no arc itself.
 * @WIRE_RING_STATUS_WRONG_GRID: The node belongs to another grid.
 * @WIRE_RING_STATUS_NO_CLASS: The node owns nothing, or nothing that can be split, in the
 *   class asked for.
 * @WIRE_RING_STATUS_UNKNOWN: The node knows no such transfer and will never carry it out.
 * @WIRE_RING_STATUS_MEMBER: The joiner is a member already.
 * @WIRE_RING_STATUS_PASSED: The arc, or a part of it, has a greater epoch.
 * @WIRE_RING_STATUS_LEASED: Somebody else holds, or may hold, a lease for a part of the
 *   arc.
 * @WIRE_RING_STATUS_NO_LEASE: The node has no lease for its own arc, or is not a full
 *   replica yet.
 */
enum wire_ring_status {
	WIRE_RING_STATUS_OK = 0,
	WIRE_RING_STATUS_BUSY = 1,
	WIRE_RING_STATUS_NOT_JOINED = 2,
	WIRE_RING_STATUS_WRONG_GRID = 3,
	WIRE_RING_STATUS_NO_CLASS = 4,
	WIRE_RING_STATUS_UNKNOWN = 5,
	WIRE_RING_STATUS_MEMBER = 6,
	WIRE_RING_STATUS_PASSED = 7,
	WIRE_RING_STATUS_LEASED = 8,
	WIRE_RING_STATUS_NO_LEASE = 9,
};

/**
 * wire_ring_status_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_ring_status_name(uint64_t value);

#define WIRE_RING_PEER_KEY_LEN_MAX 1024

/**
 * struct wire_ring_peer - A node and its position
 * @id: Identity of the node
 * @addr: Address and port of its peer socket
 * @class: Replica class of its position (0 to 6)
 * @key: Key of its position, the start of its arc (at most 1024 bytes)
 */
struct wire_ring_peer {
	struct xos_id id;
	struct xos_addr addr;
	uint8_t class;
	struct bytes key;
};

extern const struct wire_set wire_ring_peer_set;

/**
 * struct wire_ring_peer_list - list of struct wire_ring_peer
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ring_peer_list {
	const struct wire_ring_peer *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ring_peer_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ring_peer_list_next(const struct wire_ring_peer_list *l, size_t *pos,
					    struct wire_ring_peer *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ring_peer_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_RING_ARC_START_LEN_MAX 1024
#define WIRE_RING_ARC_END_LEN_MAX   1024

/**
 * struct wire_ring_arc - Part of the key space of one replica class
 * @class: Replica class (0 to 6)
 * @epoch: Changes when the arc is taken over without the word of its owner
 * @start: First key inside (at most 1024 bytes)
 * @end: First key behind; absent when the arc reaches the end of the class (at most 1024
 *   bytes)
 * @has_end: is @end there?
 */
struct wire_ring_arc {
	uint8_t class;
	uint64_t epoch;
	struct bytes start;
	struct bytes end;
	bool has_end;
};

extern const struct wire_set wire_ring_arc_set;

#define WIRE_RING_MEMBER_MACHINE_LEN_MAX 63
#define WIRE_RING_MEMBER_RACK_LEN_MAX	 63

/**
 * struct wire_ring_member - What a node says of itself
 * @peer: The node and its position
 * @arc: What it owns
 * @items: Items stored in the arc, tombstones included
 * @machine: Machine that it runs on (at most 63 bytes, UTF-8)
 * @rack: Rack of that machine (at most 63 bytes, UTF-8)
 * @custody: Bit of each class that it holds until somebody joins it
 * @moving: Part of the arc is being handed to a joiner
 * @leased: The node holds a lease for all of its arc
 * @claiming: The node is taking over keys whose owner has failed
 * @has_machine: is @machine there?
 * @has_rack: is @rack there?
 */
struct wire_ring_member {
	struct wire_ring_peer peer;
	struct wire_ring_arc arc;
	uint64_t items;
	struct bytes machine;
	struct bytes rack;
	uint8_t custody;
	bool moving;
	bool leased;
	bool claiming;
	bool has_machine;
	bool has_rack;
};

extern const struct wire_set wire_ring_member_set;

#define WIRE_RING_EPOCH_START_LEN_MAX 1024

/**
 * struct wire_ring_epoch - Epoch of a replica class from a key on, up to the next such
 *   entry of the class
 * @class: Replica class (0 to 6)
 * @start: First key (at most 1024 bytes)
 * @epoch: Epoch of the arcs there
 */
struct wire_ring_epoch {
	uint8_t class;
	struct bytes start;
	uint64_t epoch;
};

extern const struct wire_set wire_ring_epoch_set;

/**
 * struct wire_ring_epoch_list - list of struct wire_ring_epoch
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ring_epoch_list {
	const struct wire_ring_epoch *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ring_epoch_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ring_epoch_list_next(const struct wire_ring_epoch_list *l, size_t *pos,
					     struct wire_ring_epoch *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ring_epoch_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_RING_ITEM_KEY_LEN_MAX    1024
#define WIRE_RING_ITEM_RECORD_LEN_MAX 180224

/**
 * struct wire_ring_item - One stored item, as its owner stored it
 * @key: Key (at most 1024 bytes)
 * @record: Stored record, see the dht family (at most 180224 bytes)
 */
struct wire_ring_item {
	struct bytes key;
	struct bytes record;
};

extern const struct wire_set wire_ring_item_set;

/**
 * struct wire_ring_item_list - list of struct wire_ring_item
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ring_item_list {
	const struct wire_ring_item *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ring_item_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ring_item_list_next(const struct wire_ring_item_list *l, size_t *pos,
					    struct wire_ring_item *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ring_item_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

/**
 * struct wire_ring_granted - Stored - an arc that was given away and whose new owner has
 *   not confirmed it
 * @transfer: Number of the transfer, drawn by the giver
 * @joiner: New owner
 * @arc: What was given
 */
struct wire_ring_granted {
	uint64_t transfer;
	struct xos_id joiner;
	struct wire_ring_arc arc;
};

extern const struct wire_set wire_ring_granted_set;

/**
 * struct wire_ring_granted_list - list of struct wire_ring_granted
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ring_granted_list {
	const struct wire_ring_granted *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ring_granted_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ring_granted_list_next(const struct wire_ring_granted_list *l, size_t *pos,
					       struct wire_ring_granted *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ring_granted_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

/**
 * struct wire_ring_taken - Stored - an arc that this node takes over
 * @transfer: Number of the transfer, drawn by the giver
 * @giver: Former owner
 * @addr: Where the former owner listens
 * @arc: What is taken
 */
struct wire_ring_taken {
	uint64_t transfer;
	struct xos_id giver;
	struct xos_addr addr;
	struct wire_ring_arc arc;
};

extern const struct wire_set wire_ring_taken_set;

#define WIRE_RING_RECORD_GRID_NAME_LEN_MAX 63
#define WIRE_RING_RECORD_GRANTED_COUNT_MAX 16
#define WIRE_RING_RECORD_MAP_COUNT_MAX	   256

/**
 * struct wire_ring_record - Stored - the hard state of a ring node
 * @id: Identity of the node
 * @grid: Identity of the grid, 0 when not known
 * @grid_name: Name of the grid (at most 63 bytes, UTF-8)
 * @replicas: Replica classes, 0 when not known (0 to 7)
 * @complete: All replica classes have been given out
 * @custody: Bit of each class in custody
 * @arc: What the node owns; absent before it has joined
 * @taken: Transfer to this node that its giver has to decide or hear the end of
 * @granted: Transfers from this node that their joiners have not confirmed (at most 16
 *   elements)
 * @map: Epochs of the other classes, as far as the arc reaches (at most 256 elements)
 * @has_grid_name: is @grid_name there?
 * @has_arc: is @arc there?
 * @has_taken: is @taken there?
 */
struct wire_ring_record {
	struct xos_id id;
	uint64_t grid;
	struct bytes grid_name;
	uint8_t replicas;
	bool complete;
	uint8_t custody;
	struct wire_ring_arc arc;
	struct wire_ring_taken taken;
	struct wire_ring_granted_list granted;
	struct wire_ring_epoch_list map;
	bool has_grid_name;
	bool has_arc;
	bool has_taken;
};

extern const struct wire_set wire_ring_record_set;

#define WIRE_RING_KNOWN_NODES_COUNT_MAX 1024

/**
 * struct wire_ring_known - Stored - members of the grid that the node has heard of
 * @nodes: The members (at most 1024 elements)
 */
struct wire_ring_known {
	struct wire_node_list nodes;
};

extern const struct wire_set wire_ring_known_set;

#define WIRE_RING_FIND_KEY_LEN_MAX 1024

/**
 * struct wire_ring_find - Who owns a position, or who is the last before it?
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @class: Replica class of the position (0 to 6)
 * @key: Key of the position (at most 1024 bytes)
 * @before: Look for the last node before the position, not for its owner
 */
struct wire_ring_find {
	uint64_t grid;
	uint64_t query_id;
	uint8_t class;
	struct bytes key;
	bool before;
};

extern const struct wire_set wire_ring_find_set;

#define WIRE_RING_FIND_ANSWER_NEARER_COUNT_MAX 4
#define WIRE_RING_FIND_ANSWER_SUCC_COUNT_MAX   8

/**
 * struct wire_ring_find_answer - Answer to ring-find
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @replicas: Replica classes of the grid (1 to 7)
 * @complete: All replica classes have been given out
 * @arc: The arc of the sender, when it contains the position
 * @self: The sender; absent when it has not joined
 * @nearer: Nodes nearer to the position, nearest first (at most 4 elements)
 * @last: The sender knows nobody between itself and the position
 * @succ: Successors of the sender, nearest first (at most 8 elements)
 * @has_arc: is @arc there?
 * @has_self: is @self there?
 */
struct wire_ring_find_answer {
	uint64_t grid;
	uint64_t query_id;
	uint8_t replicas;
	bool complete;
	struct wire_ring_arc arc;
	struct wire_ring_peer self;
	struct wire_ring_peer_list nearer;
	bool last;
	struct wire_ring_peer_list succ;
	bool has_arc;
	bool has_self;
};

extern const struct wire_set wire_ring_find_answer_set;

/**
 * struct wire_ring_stabilize - The sender takes the receiver for its successor
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @self: The sender
 * @complete: All replica classes have been given out
 */
struct wire_ring_stabilize {
	uint64_t grid;
	uint64_t query_id;
	struct wire_ring_peer self;
	bool complete;
};

extern const struct wire_set wire_ring_stabilize_set;

#define WIRE_RING_STABILIZE_ANSWER_SUCC_COUNT_MAX 8

/**
 * struct wire_ring_stabilize_answer - Neighbours of the sender
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @self: The sender
 * @complete: All replica classes have been given out
 * @pred: Predecessor of the sender
 * @succ: Successors of the sender, nearest first (at most 8 elements)
 * @has_pred: is @pred there?
 */
struct wire_ring_stabilize_answer {
	uint64_t grid;
	uint64_t query_id;
	struct wire_ring_peer self;
	bool complete;
	struct wire_ring_peer pred;
	struct wire_ring_peer_list succ;
	bool has_pred;
};

extern const struct wire_set wire_ring_stabilize_answer_set;

/**
 * struct wire_ring_finger - Ask for one finger
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @index: Which finger; finger i is about 2^i nodes ahead (0 to 31)
 */
struct wire_ring_finger {
	uint64_t grid;
	uint64_t query_id;
	uint8_t index;
};

extern const struct wire_set wire_ring_finger_set;

/**
 * struct wire_ring_finger_answer - Answer to ring-finger
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @finger: The finger; absent when the sender has none there
 * @has_finger: is @finger there?
 */
struct wire_ring_finger_answer {
	uint64_t grid;
	uint64_t query_id;
	struct wire_ring_peer finger;
	bool has_finger;
};

extern const struct wire_set wire_ring_finger_answer_set;

/**
 * struct wire_ring_describe - Ask a node for itself and its neighbours
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 */
struct wire_ring_describe {
	uint64_t grid;
	uint64_t query_id;
};

extern const struct wire_set wire_ring_describe_set;

#define WIRE_RING_DESCRIBE_ANSWER_SUCC_COUNT_MAX 8

/**
 * struct wire_ring_describe_answer - Answer to ring-describe
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @replicas: Replica classes of the grid (1 to 7)
 * @complete: All replica classes have been given out
 * @member: The sender; absent when it has not joined
 * @succ: Successors of the sender, nearest first (at most 8 elements)
 * @has_member: is @member there?
 */
struct wire_ring_describe_answer {
	uint64_t grid;
	uint64_t query_id;
	uint8_t replicas;
	bool complete;
	struct wire_ring_member member;
	struct wire_ring_peer_list succ;
	bool has_member;
};

extern const struct wire_set wire_ring_describe_answer_set;

#define WIRE_RING_JOIN_GRID_NAME_LEN_MAX 63

/**
 * struct wire_ring_join - Ask the owner of an arc for a part of it
 * @query_id: Chosen by who asks, returned in the answer
 * @grid_name: Name of the grid that the joiner is configured for (at most 63 bytes,
 *   UTF-8)
 * @class: Replica class that the joiner wants to join (0 to 6)
 */
struct wire_ring_join {
	uint64_t query_id;
	struct bytes grid_name;
	uint8_t class;
};

extern const struct wire_set wire_ring_join_set;

/**
 * struct wire_ring_join_answer - Answer to ring-join
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @status: How it was decided (enum wire_ring_status)
 * @transfer: Number of the transfer, drawn by the giver
 * @replicas: Replica classes of the grid (0 to 7)
 * @arc: What the joiner will own when the transfer is through
 * @has_transfer: is @transfer there?
 * @has_replicas: is @replicas there?
 * @has_arc: is @arc there?
 */
struct wire_ring_join_answer {
	uint64_t grid;
	uint64_t query_id;
	uint8_t status;
	uint64_t transfer;
	uint8_t replicas;
	struct wire_ring_arc arc;
	bool has_transfer;
	bool has_replicas;
	bool has_arc;
};

extern const struct wire_set wire_ring_join_answer_set;

#define WIRE_RING_PULL_FROM_LEN_MAX 1024

/**
 * struct wire_ring_pull - Ask for the next items of an arc that is being transferred
 * @query_id: Chosen by who asks, returned in the answer
 * @transfer: Number of the transfer, drawn by the giver
 * @from: First key wanted (at most 1024 bytes)
 */
struct wire_ring_pull {
	uint64_t query_id;
	uint64_t transfer;
	struct bytes from;
};

extern const struct wire_set wire_ring_pull_set;

#define WIRE_RING_CHUNK_ITEMS_COUNT_MAX 1024
#define WIRE_RING_CHUNK_NEXT_LEN_MAX	1024

/**
 * struct wire_ring_chunk - Items of an arc that is being transferred
 * @query_id: Chosen by who asks, returned in the answer
 * @transfer: Number of the transfer, drawn by the giver
 * @status: Whether the transfer goes on (enum wire_ring_status)
 * @items: Items in the order of their keys (at most 1024 elements)
 * @next: First key that is not here; absent when all are (at most 1024 bytes)
 * @has_next: is @next there?
 */
struct wire_ring_chunk {
	uint64_t query_id;
	uint64_t transfer;
	uint8_t status;
	struct wire_ring_item_list items;
	struct bytes next;
	bool has_next;
};

extern const struct wire_set wire_ring_chunk_set;

/**
 * struct wire_ring_commit - The joiner has all items durable and asks for the arc
 * @query_id: Chosen by who asks, returned in the answer
 * @transfer: Number of the transfer, drawn by the giver
 */
struct wire_ring_commit {
	uint64_t query_id;
	uint64_t transfer;
};

extern const struct wire_set wire_ring_commit_set;

#define WIRE_RING_GRANT_SUCC_COUNT_MAX 8
#define WIRE_RING_GRANT_MAP_COUNT_MAX  256

/**
 * struct wire_ring_grant - The word of the giver
 * @query_id: Chosen by who asks, returned in the answer
 * @transfer: Number of the transfer, drawn by the giver
 * @status: ok - the arc belongs to the joiner; unknown - it does not, and will not (enum
 *   wire_ring_status)
 * @complete: All replica classes have been given out
 * @self: The giver
 * @succ: Successors of the sender, nearest first (at most 8 elements)
 * @map: Epochs of the other classes, as the giver knew them when it gave (at most 256
 *   elements)
 * @has_self: is @self there?
 */
struct wire_ring_grant {
	uint64_t query_id;
	uint64_t transfer;
	uint8_t status;
	bool complete;
	struct wire_ring_peer self;
	struct wire_ring_peer_list succ;
	struct wire_ring_epoch_list map;
	bool has_self;
};

extern const struct wire_set wire_ring_grant_set;

/**
 * struct wire_ring_settle - The joiner owns the arc durably; the giver may forget the
 *   transfer
 * @query_id: Chosen by who asks, returned in the answer
 * @transfer: Number of the transfer, drawn by the giver
 */
struct wire_ring_settle {
	uint64_t query_id;
	uint64_t transfer;
};

extern const struct wire_set wire_ring_settle_set;

/**
 * struct wire_ring_settle_answer - The giver has forgotten the transfer
 * @query_id: Chosen by who asks, returned in the answer
 * @transfer: Number of the transfer, drawn by the giver
 */
struct wire_ring_settle_answer {
	uint64_t query_id;
	uint64_t transfer;
};

extern const struct wire_set wire_ring_settle_answer_set;

#define WIRE_RING_RENEW_AT_LEN_MAX 1024

/**
 * struct wire_ring_renew - Ask the owner of the same keys in another class for a lease of
 *   an arc; or, with claim, for a new epoch of keys whose owner has failed
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @arc: Keys and epoch
 * @at: Key inside of the arc that the answer should begin with (at most 1024 bytes)
 * @claim: The sender takes over the arc, and is no full replica of it yet
 * @probe: Only say what the answer would be, and keep to it for a moment
 */
struct wire_ring_renew {
	uint64_t grid;
	uint64_t query_id;
	struct wire_ring_arc arc;
	struct bytes at;
	bool claim;
	bool probe;
};

extern const struct wire_set wire_ring_renew_set;

#define WIRE_RING_RENEW_ANSWER_MAP_COUNT_MAX 256

/**
 * struct wire_ring_renew_answer - Answer to ring-renew
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @status: ok - granted, for the keys that are also in the arc of the sender (enum
 *   wire_ring_status)
 * @owned: With passed - a full replica holds a lease with the greater epoch; what was
 *   asked for is lost
 * @left: With leased - milliseconds until it is not, when nobody renews it
 * @arc: The arc of the sender
 * @map: Epochs of all classes in the keys that both arcs have (at most 256 elements)
 * @has_left: is @left there?
 * @has_arc: is @arc there?
 */
struct wire_ring_renew_answer {
	uint64_t grid;
	uint64_t query_id;
	uint8_t status;
	bool owned;
	uint32_t left;
	struct wire_ring_arc arc;
	struct wire_ring_epoch_list map;
	bool has_left;
	bool has_arc;
};

extern const struct wire_set wire_ring_renew_answer_set;

#define WIRE_RING_FETCH_FROM_LEN_MAX 1024

/**
 * struct wire_ring_fetch - Ask for items, to copy them into an arc that is taken over
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @arc: What is taken over, with its new epoch
 * @from: First key wanted (at most 1024 bytes)
 */
struct wire_ring_fetch {
	uint64_t grid;
	uint64_t query_id;
	struct wire_ring_arc arc;
	struct bytes from;
};

extern const struct wire_set wire_ring_fetch_set;

#define WIRE_RING_FETCH_ANSWER_EPOCHS_LEN_MAX  56
#define WIRE_RING_FETCH_ANSWER_ITEMS_COUNT_MAX 1024
#define WIRE_RING_FETCH_ANSWER_NEXT_LEN_MAX    1024

/**
 * struct wire_ring_fetch_answer - Answer to ring-fetch
 * @grid: Identity of the grid, drawn by its founder; 0 when the sender does not know it
 *   yet
 * @query_id: Chosen by who asks, returned in the answer
 * @status: ok - the items are complete as far as next (enum wire_ring_status)
 * @epochs: Epochs of all classes, 8 bytes each, as the sender knows them for these keys
 *   (at most 56 bytes)
 * @items: Items in the order of their keys (at most 1024 elements)
 * @next: First key that is not covered; absent when all are, to the end of the class (at
 *   most 1024 bytes)
 * @has_epochs: is @epochs there?
 * @has_next: is @next there?
 */
struct wire_ring_fetch_answer {
	uint64_t grid;
	uint64_t query_id;
	uint8_t status;
	struct bytes epochs;
	struct wire_ring_item_list items;
	struct bytes next;
	bool has_epochs;
	bool has_next;
};

extern const struct wire_set wire_ring_fetch_answer_set;

/* A whole ring-find message is never longer. */
#define WIRE_RING_FIND_SIZE_MAX 1087

extern const struct wire_msg wire_ring_find_msg;

/**
 * wire_ring_find_encode() - append a whole message: Who owns a position, or who is the
 *   last before it?
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_find_encode(const struct wire_ring_find *m, struct buf *out)
{
	return wire_encode(&wire_ring_find_msg, m, out);
}

/**
 * wire_ring_find_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_find_decode(struct bytes in, struct wire_ring_find *m)
{
	return wire_decode(&wire_ring_find_msg, in, m);
}

/**
 * wire_ring_find_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_find_body_decode(const struct wire_header *h, struct wire_ring_find *m)
{
	return wire_body_decode(&wire_ring_find_msg, h, m);
}

/* A whole ring-find-answer message is never longer. */
#define WIRE_RING_FIND_ANSWER_SIZE_MAX 16307

extern const struct wire_msg wire_ring_find_answer_msg;

/**
 * wire_ring_find_answer_encode() - append a whole message: Answer to ring-find
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_find_answer_encode(const struct wire_ring_find_answer *m,
					       struct buf *out)
{
	return wire_encode(&wire_ring_find_answer_msg, m, out);
}

/**
 * wire_ring_find_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_find_answer_decode(struct bytes in, struct wire_ring_find_answer *m)
{
	return wire_decode(&wire_ring_find_answer_msg, in, m);
}

/**
 * wire_ring_find_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_find_answer_body_decode(const struct wire_header *h,
						    struct wire_ring_find_answer *m)
{
	return wire_body_decode(&wire_ring_find_answer_msg, h, m);
}

/* A whole ring-stabilize message is never longer. */
#define WIRE_RING_STABILIZE_SIZE_MAX 1139

extern const struct wire_msg wire_ring_stabilize_msg;

/**
 * wire_ring_stabilize_encode() - append a whole message: The sender takes the receiver
 *   for its successor
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_stabilize_encode(const struct wire_ring_stabilize *m, struct buf *out)
{
	return wire_encode(&wire_ring_stabilize_msg, m, out);
}

/**
 * wire_ring_stabilize_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_stabilize_decode(struct bytes in, struct wire_ring_stabilize *m)
{
	return wire_decode(&wire_ring_stabilize_msg, in, m);
}

/**
 * wire_ring_stabilize_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_stabilize_body_decode(const struct wire_header *h,
						  struct wire_ring_stabilize *m)
{
	return wire_body_decode(&wire_ring_stabilize_msg, h, m);
}

/* A whole ring-stabilize-answer message is never longer. */
#define WIRE_RING_STABILIZE_ANSWER_SIZE_MAX 10940

extern const struct wire_msg wire_ring_stabilize_answer_msg;

/**
 * wire_ring_stabilize_answer_encode() - append a whole message: Neighbours of the sender
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_stabilize_answer_encode(const struct wire_ring_stabilize_answer *m,
						    struct buf *out)
{
	return wire_encode(&wire_ring_stabilize_answer_msg, m, out);
}

/**
 * wire_ring_stabilize_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_stabilize_answer_decode(struct bytes in,
						    struct wire_ring_stabilize_answer *m)
{
	return wire_decode(&wire_ring_stabilize_answer_msg, in, m);
}

/**
 * wire_ring_stabilize_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_stabilize_answer_body_decode(const struct wire_header *h,
							 struct wire_ring_stabilize_answer *m)
{
	return wire_body_decode(&wire_ring_stabilize_answer_msg, h, m);
}

/* A whole ring-finger message is never longer. */
#define WIRE_RING_FINGER_SIZE_MAX 51

extern const struct wire_msg wire_ring_finger_msg;

/**
 * wire_ring_finger_encode() - append a whole message: Ask for one finger
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_finger_encode(const struct wire_ring_finger *m, struct buf *out)
{
	return wire_encode(&wire_ring_finger_msg, m, out);
}

/**
 * wire_ring_finger_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_finger_decode(struct bytes in, struct wire_ring_finger *m)
{
	return wire_decode(&wire_ring_finger_msg, in, m);
}

/**
 * wire_ring_finger_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_finger_body_decode(const struct wire_header *h,
					       struct wire_ring_finger *m)
{
	return wire_body_decode(&wire_ring_finger_msg, h, m);
}

/* A whole ring-finger-answer message is never longer. */
#define WIRE_RING_FINGER_ANSWER_SIZE_MAX 1133

extern const struct wire_msg wire_ring_finger_answer_msg;

/**
 * wire_ring_finger_answer_encode() - append a whole message: Answer to ring-finger
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_finger_answer_encode(const struct wire_ring_finger_answer *m,
						 struct buf *out)
{
	return wire_encode(&wire_ring_finger_answer_msg, m, out);
}

/**
 * wire_ring_finger_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_finger_answer_decode(struct bytes in, struct wire_ring_finger_answer *m)
{
	return wire_decode(&wire_ring_finger_answer_msg, in, m);
}

/**
 * wire_ring_finger_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_finger_answer_body_decode(const struct wire_header *h,
						      struct wire_ring_finger_answer *m)
{
	return wire_body_decode(&wire_ring_finger_answer_msg, h, m);
}

/* A whole ring-describe message is never longer. */
#define WIRE_RING_DESCRIBE_SIZE_MAX 44

extern const struct wire_msg wire_ring_describe_msg;

/**
 * wire_ring_describe_encode() - append a whole message: Ask a node for itself and its
 *   neighbours
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_describe_encode(const struct wire_ring_describe *m, struct buf *out)
{
	return wire_encode(&wire_ring_describe_msg, m, out);
}

/**
 * wire_ring_describe_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_describe_decode(struct bytes in, struct wire_ring_describe *m)
{
	return wire_decode(&wire_ring_describe_msg, in, m);
}

/**
 * wire_ring_describe_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_describe_body_decode(const struct wire_header *h,
						 struct wire_ring_describe *m)
{
	return wire_body_decode(&wire_ring_describe_msg, h, m);
}

/* A whole ring-describe-answer message is never longer. */
#define WIRE_RING_DESCRIBE_ANSWER_SIZE_MAX 12128

extern const struct wire_msg wire_ring_describe_answer_msg;

/**
 * wire_ring_describe_answer_encode() - append a whole message: Answer to ring-describe
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_describe_answer_encode(const struct wire_ring_describe_answer *m,
						   struct buf *out)
{
	return wire_encode(&wire_ring_describe_answer_msg, m, out);
}

/**
 * wire_ring_describe_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_describe_answer_decode(struct bytes in,
						   struct wire_ring_describe_answer *m)
{
	return wire_decode(&wire_ring_describe_answer_msg, in, m);
}

/**
 * wire_ring_describe_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_describe_answer_body_decode(const struct wire_header *h,
							struct wire_ring_describe_answer *m)
{
	return wire_body_decode(&wire_ring_describe_answer_msg, h, m);
}

/* A whole ring-join message is never longer. */
#define WIRE_RING_JOIN_SIZE_MAX 106

extern const struct wire_msg wire_ring_join_msg;

/**
 * wire_ring_join_encode() - append a whole message: Ask the owner of an arc for a part of
 *   it
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_join_encode(const struct wire_ring_join *m, struct buf *out)
{
	return wire_encode(&wire_ring_join_msg, m, out);
}

/**
 * wire_ring_join_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_join_decode(struct bytes in, struct wire_ring_join *m)
{
	return wire_decode(&wire_ring_join_msg, in, m);
}

/**
 * wire_ring_join_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_join_body_decode(const struct wire_header *h, struct wire_ring_join *m)
{
	return wire_body_decode(&wire_ring_join_msg, h, m);
}

/* A whole ring-join-answer message is never longer. */
#define WIRE_RING_JOIN_ANSWER_SIZE_MAX 2159

extern const struct wire_msg wire_ring_join_answer_msg;

/**
 * wire_ring_join_answer_encode() - append a whole message: Answer to ring-join
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_join_answer_encode(const struct wire_ring_join_answer *m,
					       struct buf *out)
{
	return wire_encode(&wire_ring_join_answer_msg, m, out);
}

/**
 * wire_ring_join_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_join_answer_decode(struct bytes in, struct wire_ring_join_answer *m)
{
	return wire_decode(&wire_ring_join_answer_msg, in, m);
}

/**
 * wire_ring_join_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_join_answer_body_decode(const struct wire_header *h,
						    struct wire_ring_join_answer *m)
{
	return wire_body_decode(&wire_ring_join_answer_msg, h, m);
}

/* A whole ring-pull message is never longer. */
#define WIRE_RING_PULL_SIZE_MAX 1074

extern const struct wire_msg wire_ring_pull_msg;

/**
 * wire_ring_pull_encode() - append a whole message: Ask for the next items of an arc that
 *   is being transferred
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_pull_encode(const struct wire_ring_pull *m, struct buf *out)
{
	return wire_encode(&wire_ring_pull_msg, m, out);
}

/**
 * wire_ring_pull_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_pull_decode(struct bytes in, struct wire_ring_pull *m)
{
	return wire_decode(&wire_ring_pull_msg, in, m);
}

/**
 * wire_ring_pull_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_pull_body_decode(const struct wire_header *h, struct wire_ring_pull *m)
{
	return wire_body_decode(&wire_ring_pull_msg, h, m);
}

/* A whole ring-chunk message is never longer. */
#define WIRE_RING_CHUNK_SIZE_MAX 1048576

extern const struct wire_msg wire_ring_chunk_msg;

/**
 * wire_ring_chunk_encode() - append a whole message: Items of an arc that is being
 *   transferred
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_chunk_encode(const struct wire_ring_chunk *m, struct buf *out)
{
	return wire_encode(&wire_ring_chunk_msg, m, out);
}

/**
 * wire_ring_chunk_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_chunk_decode(struct bytes in, struct wire_ring_chunk *m)
{
	return wire_decode(&wire_ring_chunk_msg, in, m);
}

/**
 * wire_ring_chunk_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_chunk_body_decode(const struct wire_header *h,
					      struct wire_ring_chunk *m)
{
	return wire_body_decode(&wire_ring_chunk_msg, h, m);
}

/* A whole ring-commit message is never longer. */
#define WIRE_RING_COMMIT_SIZE_MAX 44

extern const struct wire_msg wire_ring_commit_msg;

/**
 * wire_ring_commit_encode() - append a whole message: The joiner has all items durable
 *   and asks for the arc
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_commit_encode(const struct wire_ring_commit *m, struct buf *out)
{
	return wire_encode(&wire_ring_commit_msg, m, out);
}

/**
 * wire_ring_commit_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_commit_decode(struct bytes in, struct wire_ring_commit *m)
{
	return wire_decode(&wire_ring_commit_msg, in, m);
}

/**
 * wire_ring_commit_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_commit_body_decode(const struct wire_header *h,
					       struct wire_ring_commit *m)
{
	return wire_body_decode(&wire_ring_commit_msg, h, m);
}

/* A whole ring-grant message is never longer. */
#define WIRE_RING_GRANT_SIZE_MAX 280450

extern const struct wire_msg wire_ring_grant_msg;

/**
 * wire_ring_grant_encode() - append a whole message: The word of the giver
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_grant_encode(const struct wire_ring_grant *m, struct buf *out)
{
	return wire_encode(&wire_ring_grant_msg, m, out);
}

/**
 * wire_ring_grant_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_grant_decode(struct bytes in, struct wire_ring_grant *m)
{
	return wire_decode(&wire_ring_grant_msg, in, m);
}

/**
 * wire_ring_grant_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_grant_body_decode(const struct wire_header *h,
					      struct wire_ring_grant *m)
{
	return wire_body_decode(&wire_ring_grant_msg, h, m);
}

/* A whole ring-settle message is never longer. */
#define WIRE_RING_SETTLE_SIZE_MAX 44

extern const struct wire_msg wire_ring_settle_msg;

/**
 * wire_ring_settle_encode() - append a whole message: The joiner owns the arc durably;
 *   the giver may forget the transfer
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_settle_encode(const struct wire_ring_settle *m, struct buf *out)
{
	return wire_encode(&wire_ring_settle_msg, m, out);
}

/**
 * wire_ring_settle_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_settle_decode(struct bytes in, struct wire_ring_settle *m)
{
	return wire_decode(&wire_ring_settle_msg, in, m);
}

/**
 * wire_ring_settle_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_settle_body_decode(const struct wire_header *h,
					       struct wire_ring_settle *m)
{
	return wire_body_decode(&wire_ring_settle_msg, h, m);
}

/* A whole ring-settle-answer message is never longer. */
#define WIRE_RING_SETTLE_ANSWER_SIZE_MAX 44

extern const struct wire_msg wire_ring_settle_answer_msg;

/**
 * wire_ring_settle_answer_encode() - append a whole message: The giver has forgotten the
 *   transfer
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_settle_answer_encode(const struct wire_ring_settle_answer *m,
						 struct buf *out)
{
	return wire_encode(&wire_ring_settle_answer_msg, m, out);
}

/**
 * wire_ring_settle_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_settle_answer_decode(struct bytes in, struct wire_ring_settle_answer *m)
{
	return wire_decode(&wire_ring_settle_answer_msg, in, m);
}

/**
 * wire_ring_settle_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_settle_answer_body_decode(const struct wire_header *h,
						      struct wire_ring_settle_answer *m)
{
	return wire_body_decode(&wire_ring_settle_answer_msg, h, m);
}

/* A whole ring-renew message is never longer. */
#define WIRE_RING_RENEW_SIZE_MAX 3173

extern const struct wire_msg wire_ring_renew_msg;

/**
 * wire_ring_renew_encode() - append a whole message: Ask the owner of the same keys in
 *   another class for a lease of an arc; or, with claim, for a new epoch of keys whose
 *   owner has failed
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_renew_encode(const struct wire_ring_renew *m, struct buf *out)
{
	return wire_encode(&wire_ring_renew_msg, m, out);
}

/**
 * wire_ring_renew_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_renew_decode(struct bytes in, struct wire_ring_renew *m)
{
	return wire_decode(&wire_ring_renew_msg, in, m);
}

/**
 * wire_ring_renew_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_renew_body_decode(const struct wire_header *h,
					      struct wire_ring_renew *m)
{
	return wire_body_decode(&wire_ring_renew_msg, h, m);
}

/* A whole ring-renew-answer message is never longer. */
#define WIRE_RING_RENEW_ANSWER_SIZE_MAX 272746

extern const struct wire_msg wire_ring_renew_answer_msg;

/**
 * wire_ring_renew_answer_encode() - append a whole message: Answer to ring-renew
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_renew_answer_encode(const struct wire_ring_renew_answer *m,
						struct buf *out)
{
	return wire_encode(&wire_ring_renew_answer_msg, m, out);
}

/**
 * wire_ring_renew_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_renew_answer_decode(struct bytes in, struct wire_ring_renew_answer *m)
{
	return wire_decode(&wire_ring_renew_answer_msg, in, m);
}

/**
 * wire_ring_renew_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_renew_answer_body_decode(const struct wire_header *h,
						     struct wire_ring_renew_answer *m)
{
	return wire_body_decode(&wire_ring_renew_answer_msg, h, m);
}

/* A whole ring-fetch message is never longer. */
#define WIRE_RING_FETCH_SIZE_MAX 3161

extern const struct wire_msg wire_ring_fetch_msg;

/**
 * wire_ring_fetch_encode() - append a whole message: Ask for items, to copy them into an
 *   arc that is taken over
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_fetch_encode(const struct wire_ring_fetch *m, struct buf *out)
{
	return wire_encode(&wire_ring_fetch_msg, m, out);
}

/**
 * wire_ring_fetch_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_fetch_decode(struct bytes in, struct wire_ring_fetch *m)
{
	return wire_decode(&wire_ring_fetch_msg, in, m);
}

/**
 * wire_ring_fetch_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_fetch_body_decode(const struct wire_header *h,
					      struct wire_ring_fetch *m)
{
	return wire_body_decode(&wire_ring_fetch_msg, h, m);
}

/* A whole ring-fetch-answer message is never longer. */
#define WIRE_RING_FETCH_ANSWER_SIZE_MAX 1048576

extern const struct wire_msg wire_ring_fetch_answer_msg;

/**
 * wire_ring_fetch_answer_encode() - append a whole message: Answer to ring-fetch
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ring_fetch_answer_encode(const struct wire_ring_fetch_answer *m,
						struct buf *out)
{
	return wire_encode(&wire_ring_fetch_answer_msg, m, out);
}

/**
 * wire_ring_fetch_answer_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_fetch_answer_decode(struct bytes in, struct wire_ring_fetch_answer *m)
{
	return wire_decode(&wire_ring_fetch_answer_msg, in, m);
}

/**
 * wire_ring_fetch_answer_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ring_fetch_answer_body_decode(const struct wire_header *h,
						     struct wire_ring_fetch_answer *m)
{
	return wire_body_decode(&wire_ring_fetch_answer_msg, h, m);
}

#endif
