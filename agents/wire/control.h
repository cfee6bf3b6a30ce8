/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/control.yaml
 * by scripts/gen.
 *
 * What xosctl and libxos say to an agent over its control socket. A request carries a
 * number; the answer is any count of item messages with that number, then ctl-done.
 */
#ifndef _XOS_WIRE_CONTROL_H
#define _XOS_WIRE_CONTROL_H

#include <wire/wire.h>
#include <wire/common.h>

/* Longest key, in bytes. */
#define WIRE_CTL_KEY_MAX 1024

/* Longest value, in bytes. */
#define WIRE_CTL_VALUE_MAX 65536

/* Longest piece of text for people, in bytes. */
#define WIRE_CTL_TEXT_MAX 512

/* Longest name, in bytes. */
#define WIRE_CTL_NAME_MAX 64

/* Attributes that a query wants to see of a machine. */
#define WIRE_CTL_SHOWN_MAX 8

/* Longest text of all rules, in bytes. */
#define WIRE_CTL_ACL_MAX 32768

/* Most steps of one transaction. */
#define WIRE_CTL_TXN_STEPS 1024

/**
 * enum wire_ctl_txn_kind - What a step of a transaction does
 * @WIRE_CTL_TXN_KIND_READ: Read a key.
 * @WIRE_CTL_TXN_KIND_WRITE: Set a key.
 * @WIRE_CTL_TXN_KIND_DELETE: Remove a key.
 * @WIRE_CTL_TXN_KIND_TEST_SET: Set a key when it has the expected value.
 * @WIRE_CTL_TXN_KIND_ADD: Add to the number in a key.
 * @WIRE_CTL_TXN_KIND_APPEND: Add an element at the end of a list.
 * @WIRE_CTL_TXN_KIND_REMOVE: Remove the first element of a list that equals the value.
 * @WIRE_CTL_TXN_KIND_RANGE: Read keys in order.
 * @WIRE_CTL_TXN_KIND_EXPECT: Let the commit fail when the key has another version.
 */
enum wire_ctl_txn_kind {
	WIRE_CTL_TXN_KIND_READ = 0,
	WIRE_CTL_TXN_KIND_WRITE = 1,
	WIRE_CTL_TXN_KIND_DELETE = 2,
	WIRE_CTL_TXN_KIND_TEST_SET = 3,
	WIRE_CTL_TXN_KIND_ADD = 4,
	WIRE_CTL_TXN_KIND_APPEND = 5,
	WIRE_CTL_TXN_KIND_REMOVE = 6,
	WIRE_CTL_TXN_KIND_RANGE = 7,
	WIRE_CTL_TXN_KIND_EXPECT = 8,
};

/**
 * wire_ctl_txn_kind_name() - name of a value
 * @value: value
 *
 * Return: the name, NULL when it has none.
 */
const char *wire_ctl_txn_kind_name(uint64_t value);

#define WIRE_CTL_TXN_STEP_KEY_LEN_MAX	 1024
#define WIRE_CTL_TXN_STEP_VALUE_LEN_MAX	 65536
#define WIRE_CTL_TXN_STEP_EXPECT_LEN_MAX 65536
#define WIRE_CTL_TXN_STEP_TO_LEN_MAX	 1024

/**
 * struct wire_ctl_txn_step - A step of a transaction
 * @kind: What it does (enum wire_ctl_txn_kind)
 * @key: Key, or where a range begins (at most 1024 bytes)
 * @value: Value or element (at most 65536 bytes)
 * @expect: Test-set: value that must be there; absent: the key must not exist (at most
 *   65536 bytes)
 * @number: Add: what to add, in two's complement
 * @to: Range: key behind the last; absent for no end (at most 1024 bytes)
 * @limit: Range: items at most
 * @counter: Expect: version, its first part
 * @writer: Expect: version, its second part
 * @has_value: is @value there?
 * @has_expect: is @expect there?
 * @has_number: is @number there?
 * @has_to: is @to there?
 * @has_limit: is @limit there?
 * @has_counter: is @counter there?
 * @has_writer: is @writer there?
 */
struct wire_ctl_txn_step {
	uint8_t kind;
	struct bytes key;
	struct bytes value;
	struct bytes expect;
	uint64_t number;
	struct bytes to;
	uint32_t limit;
	uint64_t counter;
	uint64_t writer;
	bool has_value;
	bool has_expect;
	bool has_number;
	bool has_to;
	bool has_limit;
	bool has_counter;
	bool has_writer;
};

extern const struct wire_set wire_ctl_txn_step_set;

/**
 * struct wire_ctl_txn_step_list - list of struct wire_ctl_txn_step
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ctl_txn_step_list {
	const struct wire_ctl_txn_step *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ctl_txn_step_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ctl_txn_step_list_next(const struct wire_ctl_txn_step_list *l, size_t *pos,
					       struct wire_ctl_txn_step *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ctl_txn_step_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_CTL_SHOWN_NAME_LEN_MAX  64
#define WIRE_CTL_SHOWN_VALUE_LEN_MAX 512

/**
 * struct wire_ctl_shown - An attribute of a machine
 * @name: Name (at most 64 bytes, UTF-8)
 * @value: Value, empty when it has none (at most 512 bytes, UTF-8)
 */
struct wire_ctl_shown {
	struct bytes name;
	struct bytes value;
};

extern const struct wire_set wire_ctl_shown_set;

/**
 * struct wire_ctl_shown_list - list of struct wire_ctl_shown
 * @v: elements to encode; NULL in a decoded list
 * @n: number of elements
 * @raw: where the elements of a decoded list are
 * @attr: attribute number of the elements in @raw
 */
struct wire_ctl_shown_list {
	const struct wire_ctl_shown *v;
	uint32_t n;
	struct bytes raw;
	uint16_t attr;
};

/**
 * wire_ctl_shown_list_next() - the next element
 * @l: list, to encode or decoded
 * @pos: 0 before the first; opaque
 * @out: the element; borrows what the list borrows
 *
 * Return: true and an element, or false at the end.
 */
static inline bool wire_ctl_shown_list_next(const struct wire_ctl_shown_list *l, size_t *pos,
					    struct wire_ctl_shown *out)
{
	static const struct wire_field elem = {
		.kind = WIRE_K_NEST,
		.set = &wire_ctl_shown_set,
	};

	return wire_list_next(l, pos, &elem, out);
}

#define WIRE_CTL_DONE_TEXT_LEN_MAX 512

/**
 * struct wire_ctl_done - The end of an answer
 * @seq: Number of the request
 * @error: 0, or a positive errno
 * @text: Why it was refused (at most 512 bytes, UTF-8)
 * @has_text: is @text there?
 */
struct wire_ctl_done {
	uint32_t seq;
	uint32_t error;
	struct bytes text;
	bool has_text;
};

extern const struct wire_set wire_ctl_done_set;

/**
 * struct wire_ctl_status - Ask an agent how it is
 * @seq: Number of the request
 */
struct wire_ctl_status {
	uint32_t seq;
};

extern const struct wire_set wire_ctl_status_set;

#define WIRE_CTL_STATUS_ITEM_PROGRAM_LEN_MAX 64
#define WIRE_CTL_STATUS_ITEM_VERSION_LEN_MAX 64
#define WIRE_CTL_STATUS_ITEM_GRID_LEN_MAX    64
#define WIRE_CTL_STATUS_ITEM_MACHINE_LEN_MAX 64
#define WIRE_CTL_STATUS_ITEM_STATE_LEN_MAX   64

/**
 * struct wire_ctl_status_item - How an agent is
 * @seq: Number of the request
 * @program: Name of the program (at most 64 bytes, UTF-8)
 * @version: Its version (at most 64 bytes, UTF-8)
 * @grid: Name of the grid (at most 64 bytes, UTF-8)
 * @id: Identity of the node
 * @addr: Where it listens for peers
 * @machine: Name of its machine (at most 64 bytes, UTF-8)
 * @state: joining, serving or stopped (at most 64 bytes, UTF-8)
 * @replicas: Replica classes of the grid
 * @class: The node's replica class
 * @uptime_ms: Milliseconds since it started
 * @nodes_known: Nodes it has heard of
 * @nodes_up: Those that are not suspected, itself included
 * @items: Items it stores, tombstones included
 * @kernel_lookup: 1 when xos_lookup answers for it
 * @insecure: Peers show no certificates
 * @credentials_until: When its certificate expires, seconds since 1970
 * @has_credentials_until: is @credentials_until there?
 */
struct wire_ctl_status_item {
	uint32_t seq;
	struct bytes program;
	struct bytes version;
	struct bytes grid;
	struct xos_id id;
	struct xos_addr addr;
	struct bytes machine;
	struct bytes state;
	uint8_t replicas;
	uint8_t class;
	uint64_t uptime_ms;
	uint32_t nodes_known;
	uint32_t nodes_up;
	uint64_t items;
	uint8_t kernel_lookup;
	bool insecure;
	uint64_t credentials_until;
	bool has_credentials_until;
};

extern const struct wire_set wire_ctl_status_item_set;

/**
 * struct wire_ctl_ring_show - Ask for all nodes of the ring, in order
 * @seq: Number of the request
 */
struct wire_ctl_ring_show {
	uint32_t seq;
};

extern const struct wire_set wire_ctl_ring_show_set;

#define WIRE_CTL_RING_NODE_MACHINE_LEN_MAX 64
#define WIRE_CTL_RING_NODE_RACK_LEN_MAX	   64
#define WIRE_CTL_RING_NODE_START_LEN_MAX   1024
#define WIRE_CTL_RING_NODE_END_LEN_MAX	   1024

/**
 * struct wire_ctl_ring_node - A node of the ring and the arc that it holds
 * @seq: Number of the request
 * @id: Identity
 * @addr: Where it listens for peers
 * @machine: Name of its machine (at most 64 bytes, UTF-8)
 * @rack: Its rack, may be empty (at most 64 bytes, UTF-8)
 * @class: Replica class
 * @level: 0 up, 1 suspect, 2 failed, as the asked node sees it
 * @self: This is the node that answers
 * @start: First key of its arc; absent for the beginning (at most 1024 bytes)
 * @end: Key behind its arc; absent for no end (at most 1024 bytes)
 * @epoch: Changes when the arc is taken over; a counter in the upper half
 * @items: Items stored, tombstones included
 * @no_lease: It holds no lease for all of its arc, and may serve nothing
 * @claiming: It is taking over keys whose owner has failed
 * @has_start: is @start there?
 * @has_end: is @end there?
 */
struct wire_ctl_ring_node {
	uint32_t seq;
	struct xos_id id;
	struct xos_addr addr;
	struct bytes machine;
	struct bytes rack;
	uint8_t class;
	uint8_t level;
	bool self;
	struct bytes start;
	struct bytes end;
	uint64_t epoch;
	uint64_t items;
	bool no_lease;
	bool claiming;
	bool has_start;
	bool has_end;
};

extern const struct wire_set wire_ctl_ring_node_set;

/**
 * struct wire_ctl_ring_summary - Last item of the answer to ctl-ring-show
 * @seq: Number of the request
 * @nodes: Nodes that were walked
 * @replicas: Replica classes of the grid
 * @complete: 1 when the arcs of every class cover all keys and the ring closes
 */
struct wire_ctl_ring_summary {
	uint32_t seq;
	uint32_t nodes;
	uint8_t replicas;
	uint8_t complete;
};

extern const struct wire_set wire_ctl_ring_summary_set;

#define WIRE_CTL_KEY_GET_KEY_LEN_MAX 1024

/**
 * struct wire_ctl_key_get - Read a key
 * @seq: Number of the request
 * @key: Key (1 to 1024 bytes)
 */
struct wire_ctl_key_get {
	uint32_t seq;
	struct bytes key;
};

extern const struct wire_set wire_ctl_key_get_set;

#define WIRE_CTL_KEY_PUT_KEY_LEN_MAX   1024
#define WIRE_CTL_KEY_PUT_VALUE_LEN_MAX 65536

/**
 * struct wire_ctl_key_put - Write a key
 * @seq: Number of the request
 * @key: Key (1 to 1024 bytes)
 * @value: Value (at most 65536 bytes)
 */
struct wire_ctl_key_put {
	uint32_t seq;
	struct bytes key;
	struct bytes value;
};

extern const struct wire_set wire_ctl_key_put_set;

#define WIRE_CTL_KEY_DEL_KEY_LEN_MAX 1024

/**
 * struct wire_ctl_key_del - Remove a key
 * @seq: Number of the request
 * @key: Key (1 to 1024 bytes)
 */
struct wire_ctl_key_del {
	uint32_t seq;
	struct bytes key;
};

extern const struct wire_set wire_ctl_key_del_set;

#define WIRE_CTL_KEY_RANGE_FROM_LEN_MAX 1024
#define WIRE_CTL_KEY_RANGE_TO_LEN_MAX	1024

/**
 * struct wire_ctl_key_range - Read keys in order
 * @seq: Number of the request
 * @from: First key (at most 1024 bytes)
 * @to: Key behind the last; empty for no end (at most 1024 bytes)
 * @limit: At most so many items, 0 for all
 */
struct wire_ctl_key_range {
	uint32_t seq;
	struct bytes from;
	struct bytes to;
	uint64_t limit;
};

extern const struct wire_set wire_ctl_key_range_set;

#define WIRE_CTL_KEY_ITEM_KEY_LEN_MAX	1024
#define WIRE_CTL_KEY_ITEM_VALUE_LEN_MAX 65536

/**
 * struct wire_ctl_key_item - An item
 * @seq: Number of the request
 * @key: Key (at most 1024 bytes)
 * @value: Value (at most 65536 bytes)
 * @version: Version counter of the value
 */
struct wire_ctl_key_item {
	uint32_t seq;
	struct bytes key;
	struct bytes value;
	uint64_t version;
};

extern const struct wire_set wire_ctl_key_item_set;

#define WIRE_CTL_SELECT_QUERY_LEN_MAX 4096

/**
 * struct wire_ctl_select - Find machines
 * @seq: Number of the request
 * @query: Expression and clauses (at most 4096 bytes, UTF-8)
 */
struct wire_ctl_select {
	uint32_t seq;
	struct bytes query;
};

extern const struct wire_set wire_ctl_select_set;

#define WIRE_CTL_SELECT_ITEM_MACHINE_LEN_MAX 64
#define WIRE_CTL_SELECT_ITEM_SHOWN_COUNT_MAX 8

/**
 * struct wire_ctl_select_item - A machine that answered for itself
 * @seq: Number of the request
 * @id: Identity
 * @addr: Where it listens for peers
 * @machine: Name of the machine (at most 64 bytes, UTF-8)
 * @shown: What the query wants to see of it (at most 8 elements)
 */
struct wire_ctl_select_item {
	uint32_t seq;
	struct xos_id id;
	struct xos_addr addr;
	struct bytes machine;
	struct wire_ctl_shown_list shown;
};

extern const struct wire_set wire_ctl_select_item_set;

#define WIRE_CTL_SELECT_SUMMARY_OUTCOME_LEN_MAX 64
#define WIRE_CTL_SELECT_SUMMARY_CURSOR_LEN_MAX	512

/**
 * struct wire_ctl_select_summary - Last item of the answer to ctl-select
 * @seq: Number of the request
 * @outcome: complete, partial or limit-reached (at most 64 bytes, UTF-8)
 * @found: Machines found; of count and explain, machines that match
 * @visited: Machines that looked at themselves
 * @depth: Longest way that the query went, in questions
 * @missing: Regions of the space that nobody answered for
 * @matched: With an order, spread or same: machines that match, those that are not given
 *   too
 * @cursor: With an order, when there are more: what after continues with (at most 512
 *   bytes, UTF-8)
 * @refused: Of explain: machines that match, and refuse the job
 * @has_visited: is @visited there?
 * @has_depth: is @depth there?
 * @has_missing: is @missing there?
 * @has_matched: is @matched there?
 * @has_cursor: is @cursor there?
 * @has_refused: is @refused there?
 */
struct wire_ctl_select_summary {
	uint32_t seq;
	struct bytes outcome;
	uint32_t found;
	uint32_t visited;
	uint32_t depth;
	uint32_t missing;
	uint32_t matched;
	struct bytes cursor;
	uint32_t refused;
	bool has_visited;
	bool has_depth;
	bool has_missing;
	bool has_matched;
	bool has_cursor;
	bool has_refused;
};

extern const struct wire_set wire_ctl_select_summary_set;

/**
 * struct wire_ctl_attr_show - Ask for the attributes of the node
 * @seq: Number of the request
 */
struct wire_ctl_attr_show {
	uint32_t seq;
};

extern const struct wire_set wire_ctl_attr_show_set;

#define WIRE_CTL_ATTR_ITEM_NAME_LEN_MAX	 64
#define WIRE_CTL_ATTR_ITEM_TYPE_LEN_MAX	 64
#define WIRE_CTL_ATTR_ITEM_VALUE_LEN_MAX 512

/**
 * struct wire_ctl_attr_item - An attribute of the node
 * @seq: Number of the request
 * @name: Name (at most 64 bytes, UTF-8)
 * @type: number, bytes, string, version or bool (at most 64 bytes, UTF-8)
 * @value: Value as the query language writes it (at most 512 bytes, UTF-8)
 */
struct wire_ctl_attr_item {
	uint32_t seq;
	struct bytes name;
	struct bytes type;
	struct bytes value;
};

extern const struct wire_set wire_ctl_attr_item_set;

#define WIRE_CTL_LOOKUP_KEY_LEN_MAX 1024

/**
 * struct wire_ctl_lookup - Find who owns a key
 * @seq: Number of the request
 * @key: Key (1 to 1024 bytes)
 * @via: Node to ask over the network; the agent looks for itself when absent
 * @has_via: is @via there?
 */
struct wire_ctl_lookup {
	uint32_t seq;
	struct bytes key;
	struct xos_addr via;
	bool has_via;
};

extern const struct wire_set wire_ctl_lookup_set;

/**
 * struct wire_ctl_lookup_owner - One owner of a key
 * @seq: Number of the request
 * @class: Replica class
 * @id: Identity of the owner
 * @addr: Where it listens for peers
 * @epoch: Epoch of its arc as the answerer knows it
 */
struct wire_ctl_lookup_owner {
	uint32_t seq;
	uint8_t class;
	struct xos_id id;
	struct xos_addr addr;
	uint64_t epoch;
};

extern const struct wire_set wire_ctl_lookup_owner_set;

#define WIRE_CTL_LOG_SET_SUBSYSTEM_LEN_MAX 64
#define WIRE_CTL_LOG_SET_LEVEL_LEN_MAX	   64

/**
 * struct wire_ctl_log_set - Change how much a part of the agent logs
 * @seq: Number of the request
 * @subsystem: Part, or all (at most 64 bytes, UTF-8)
 * @level: err, warn, info or debug (at most 64 bytes, UTF-8)
 */
struct wire_ctl_log_set {
	uint32_t seq;
	struct bytes subsystem;
	struct bytes level;
};

extern const struct wire_set wire_ctl_log_set_set;

/**
 * struct wire_ctl_log_show - Ask for the log levels
 * @seq: Number of the request
 */
struct wire_ctl_log_show {
	uint32_t seq;
};

extern const struct wire_set wire_ctl_log_show_set;

#define WIRE_CTL_LOG_ITEM_SUBSYSTEM_LEN_MAX 64
#define WIRE_CTL_LOG_ITEM_LEVEL_LEN_MAX	    64

/**
 * struct wire_ctl_log_item - The log level of a part
 * @seq: Number of the request
 * @subsystem: Part (at most 64 bytes, UTF-8)
 * @level: err, warn, info or debug (at most 64 bytes, UTF-8)
 */
struct wire_ctl_log_item {
	uint32_t seq;
	struct bytes subsystem;
	struct bytes level;
};

extern const struct wire_set wire_ctl_log_item_set;

/**
 * struct wire_ctl_counters - Ask for all counters
 * @seq: Number of the request
 */
struct wire_ctl_counters {
	uint32_t seq;
};

extern const struct wire_set wire_ctl_counters_set;

#define WIRE_CTL_COUNTER_NAME_LEN_MAX 64

/**
 * struct wire_ctl_counter - A counter
 * @seq: Number of the request
 * @name: Name, part first (at most 64 bytes, UTF-8)
 * @value: Value
 */
struct wire_ctl_counter {
	uint32_t seq;
	struct bytes name;
	uint64_t value;
};

extern const struct wire_set wire_ctl_counter_set;

/**
 * struct wire_ctl_monitor - Ask for events until the connection ends
 * @seq: Number of the request
 */
struct wire_ctl_monitor {
	uint32_t seq;
};

extern const struct wire_set wire_ctl_monitor_set;

#define WIRE_CTL_EVENT_OBJECT_LEN_MAX 64
#define WIRE_CTL_EVENT_EVENT_LEN_MAX  64
#define WIRE_CTL_EVENT_TEXT_LEN_MAX   512

/**
 * struct wire_ctl_event - Something happened
 * @seq: Number of the request
 * @time_ns: Wall-clock nanoseconds since 1970
 * @object: node or ring (at most 64 bytes, UTF-8)
 * @event: exists, create, change or destroy (at most 64 bytes, UTF-8)
 * @text: What happened (at most 512 bytes, UTF-8)
 */
struct wire_ctl_event {
	uint32_t seq;
	uint64_t time_ns;
	struct bytes object;
	struct bytes event;
	struct bytes text;
};

extern const struct wire_set wire_ctl_event_set;

#define WIRE_CTL_TXN_ID_LEN_MAX	     64
#define WIRE_CTL_TXN_STEPS_COUNT_MAX 1024

/**
 * struct wire_ctl_txn - Run a transaction
 * @seq: Number of the request
 * @id: Idempotency id: what was committed under it is not done again (at most 64 bytes)
 * @timeout_ms: Time allowed; the node's default when absent
 * @strict: A step that fails ends the whole; otherwise it is left out
 * @steps: Steps (at most 1024 elements)
 * @has_id: is @id there?
 * @has_timeout_ms: is @timeout_ms there?
 */
struct wire_ctl_txn {
	uint32_t seq;
	struct bytes id;
	uint32_t timeout_ms;
	bool strict;
	struct wire_ctl_txn_step_list steps;
	bool has_id;
	bool has_timeout_ms;
};

extern const struct wire_set wire_ctl_txn_set;

#define WIRE_CTL_TXN_OUTCOME_ID_LEN_MAX 64

/**
 * struct wire_ctl_txn_outcome - Ask what became of an idempotency id
 * @seq: Number of the request
 * @id: Idempotency id (1 to 64 bytes)
 */
struct wire_ctl_txn_outcome {
	uint32_t seq;
	struct bytes id;
};

extern const struct wire_set wire_ctl_txn_outcome_set;

#define WIRE_CTL_TXN_RESULT_KEY_LEN_MAX	   1024
#define WIRE_CTL_TXN_RESULT_VALUE_LEN_MAX  65536
#define WIRE_CTL_TXN_RESULT_RESUME_LEN_MAX 1024

/**
 * struct wire_ctl_txn_result - What a step has found
 * @seq: Number of the request
 * @step: Number of the step, from 0
 * @kind: What it does (enum wire_ctl_txn_kind)
 * @error: 0, or a positive errno
 * @key: Key (at most 1024 bytes)
 * @value: Value found, or the list as it is now (at most 65536 bytes)
 * @number: Add: the sum, in two's complement
 * @counter: Version found, its first part
 * @writer: Version found, its second part
 * @count: Items of a range
 * @resume: Range: there may be more from here on (at most 1024 bytes)
 * @has_value: is @value there?
 * @has_number: is @number there?
 * @has_resume: is @resume there?
 */
struct wire_ctl_txn_result {
	uint32_t seq;
	uint32_t step;
	uint8_t kind;
	uint32_t error;
	struct bytes key;
	struct bytes value;
	uint64_t number;
	uint64_t counter;
	uint64_t writer;
	uint32_t count;
	struct bytes resume;
	bool has_value;
	bool has_number;
	bool has_resume;
};

extern const struct wire_set wire_ctl_txn_result_set;

#define WIRE_CTL_TXN_ITEM_KEY_LEN_MAX	1024
#define WIRE_CTL_TXN_ITEM_VALUE_LEN_MAX 65536

/**
 * struct wire_ctl_txn_item - An item of a range in a transaction
 * @seq: Number of the request
 * @step: Number of the step
 * @key: Key (at most 1024 bytes)
 * @value: Value (at most 65536 bytes)
 */
struct wire_ctl_txn_item {
	uint32_t seq;
	uint32_t step;
	struct bytes key;
	struct bytes value;
};

extern const struct wire_set wire_ctl_txn_item_set;

/**
 * struct wire_ctl_txn_end - Last item of the answer to a transaction that was committed
 * @seq: Number of the request
 * @counter: Version of the written keys, its first part
 * @writer: Version of the written keys, its second part
 * @repeated: The id was committed before; nothing was done now
 */
struct wire_ctl_txn_end {
	uint32_t seq;
	uint64_t counter;
	uint64_t writer;
	bool repeated;
};

extern const struct wire_set wire_ctl_txn_end_set;

/**
 * struct wire_ctl_acl_show - Ask what users may do
 * @seq: Number of the request
 */
struct wire_ctl_acl_show {
	uint32_t seq;
};

extern const struct wire_set wire_ctl_acl_show_set;

#define WIRE_CTL_ACL_TEXT_LEN_MAX 32768

/**
 * struct wire_ctl_acl - What users may do
 * @seq: Number of the request
 * @text: Rules, one a line (at most 32768 bytes)
 */
struct wire_ctl_acl {
	uint32_t seq;
	struct bytes text;
};

extern const struct wire_set wire_ctl_acl_set;

#define WIRE_CTL_ACL_SET_OLD_LEN_MAX 32768
#define WIRE_CTL_ACL_SET_NEW_LEN_MAX 32768

/**
 * struct wire_ctl_acl_set - Change what users may do, when it is still what somebody saw
 * @seq: Number of the request
 * @old: Rules that there are; absent: none (at most 32768 bytes)
 * @new: Rules from now on (at most 32768 bytes)
 * @has_old: is @old there?
 */
struct wire_ctl_acl_set {
	uint32_t seq;
	struct bytes old;
	struct bytes new;
	bool has_old;
};

extern const struct wire_set wire_ctl_acl_set_set;

#define WIRE_CTL_SELECT_CLAUSE_TEXT_LEN_MAX 512

/**
 * struct wire_ctl_select_clause - What a condition did, in the answer to a query with
 *   explain
 * @seq: Number of the request
 * @text: The condition (at most 512 bytes, UTF-8)
 * @removed: Machines for which it, and none before it, was not true
 * @untrue: Machines for which it was not true
 * @unknown: Of these, machines for which it was unknown
 */
struct wire_ctl_select_clause {
	uint32_t seq;
	struct bytes text;
	uint32_t removed;
	uint32_t untrue;
	uint32_t unknown;
};

extern const struct wire_set wire_ctl_select_clause_set;

/* A whole ctl-done message is never longer. */
#define WIRE_CTL_DONE_SIZE_MAX 554

extern const struct wire_msg wire_ctl_done_msg;

/**
 * wire_ctl_done_encode() - append a whole message: The end of an answer
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_done_encode(const struct wire_ctl_done *m, struct buf *out)
{
	return wire_encode(&wire_ctl_done_msg, m, out);
}

/**
 * wire_ctl_done_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_done_decode(struct bytes in, struct wire_ctl_done *m)
{
	return wire_decode(&wire_ctl_done_msg, in, m);
}

/**
 * wire_ctl_done_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_done_body_decode(const struct wire_header *h, struct wire_ctl_done *m)
{
	return wire_body_decode(&wire_ctl_done_msg, h, m);
}

/* A whole ctl-status message is never longer. */
#define WIRE_CTL_STATUS_SIZE_MAX 26

extern const struct wire_msg wire_ctl_status_msg;

/**
 * wire_ctl_status_encode() - append a whole message: Ask an agent how it is
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_status_encode(const struct wire_ctl_status *m, struct buf *out)
{
	return wire_encode(&wire_ctl_status_msg, m, out);
}

/**
 * wire_ctl_status_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_status_decode(struct bytes in, struct wire_ctl_status *m)
{
	return wire_decode(&wire_ctl_status_msg, in, m);
}

/**
 * wire_ctl_status_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_status_body_decode(const struct wire_header *h,
					      struct wire_ctl_status *m)
{
	return wire_body_decode(&wire_ctl_status_msg, h, m);
}

/* A whole ctl-status-item message is never longer. */
#define WIRE_CTL_STATUS_ITEM_SIZE_MAX 511

extern const struct wire_msg wire_ctl_status_item_msg;

/**
 * wire_ctl_status_item_encode() - append a whole message: How an agent is
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_status_item_encode(const struct wire_ctl_status_item *m, struct buf *out)
{
	return wire_encode(&wire_ctl_status_item_msg, m, out);
}

/**
 * wire_ctl_status_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_status_item_decode(struct bytes in, struct wire_ctl_status_item *m)
{
	return wire_decode(&wire_ctl_status_item_msg, in, m);
}

/**
 * wire_ctl_status_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_status_item_body_decode(const struct wire_header *h,
						   struct wire_ctl_status_item *m)
{
	return wire_body_decode(&wire_ctl_status_item_msg, h, m);
}

/* A whole ctl-ring-show message is never longer. */
#define WIRE_CTL_RING_SHOW_SIZE_MAX 26

extern const struct wire_msg wire_ctl_ring_show_msg;

/**
 * wire_ctl_ring_show_encode() - append a whole message: Ask for all nodes of the ring, in
 *   order
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_ring_show_encode(const struct wire_ctl_ring_show *m, struct buf *out)
{
	return wire_encode(&wire_ctl_ring_show_msg, m, out);
}

/**
 * wire_ctl_ring_show_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_ring_show_decode(struct bytes in, struct wire_ctl_ring_show *m)
{
	return wire_decode(&wire_ctl_ring_show_msg, in, m);
}

/**
 * wire_ctl_ring_show_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_ring_show_body_decode(const struct wire_header *h,
						 struct wire_ctl_ring_show *m)
{
	return wire_body_decode(&wire_ctl_ring_show_msg, h, m);
}

/* A whole ctl-ring-node message is never longer. */
#define WIRE_CTL_RING_NODE_SIZE_MAX 2332

extern const struct wire_msg wire_ctl_ring_node_msg;

/**
 * wire_ctl_ring_node_encode() - append a whole message: A node of the ring and the arc
 *   that it holds
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_ring_node_encode(const struct wire_ctl_ring_node *m, struct buf *out)
{
	return wire_encode(&wire_ctl_ring_node_msg, m, out);
}

/**
 * wire_ctl_ring_node_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_ring_node_decode(struct bytes in, struct wire_ctl_ring_node *m)
{
	return wire_decode(&wire_ctl_ring_node_msg, in, m);
}

/**
 * wire_ctl_ring_node_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_ring_node_body_decode(const struct wire_header *h,
						 struct wire_ctl_ring_node *m)
{
	return wire_body_decode(&wire_ctl_ring_node_msg, h, m);
}

/* A whole ctl-ring-summary message is never longer. */
#define WIRE_CTL_RING_SUMMARY_SIZE_MAX 50

extern const struct wire_msg wire_ctl_ring_summary_msg;

/**
 * wire_ctl_ring_summary_encode() - append a whole message: Last item of the answer to
 *   ctl-ring-show
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_ring_summary_encode(const struct wire_ctl_ring_summary *m,
					       struct buf *out)
{
	return wire_encode(&wire_ctl_ring_summary_msg, m, out);
}

/**
 * wire_ctl_ring_summary_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_ring_summary_decode(struct bytes in, struct wire_ctl_ring_summary *m)
{
	return wire_decode(&wire_ctl_ring_summary_msg, in, m);
}

/**
 * wire_ctl_ring_summary_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_ring_summary_body_decode(const struct wire_header *h,
						    struct wire_ctl_ring_summary *m)
{
	return wire_body_decode(&wire_ctl_ring_summary_msg, h, m);
}

/* A whole ctl-key-get message is never longer. */
#define WIRE_CTL_KEY_GET_SIZE_MAX 1056

extern const struct wire_msg wire_ctl_key_get_msg;

/**
 * wire_ctl_key_get_encode() - append a whole message: Read a key
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_key_get_encode(const struct wire_ctl_key_get *m, struct buf *out)
{
	return wire_encode(&wire_ctl_key_get_msg, m, out);
}

/**
 * wire_ctl_key_get_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_get_decode(struct bytes in, struct wire_ctl_key_get *m)
{
	return wire_decode(&wire_ctl_key_get_msg, in, m);
}

/**
 * wire_ctl_key_get_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_get_body_decode(const struct wire_header *h,
					       struct wire_ctl_key_get *m)
{
	return wire_body_decode(&wire_ctl_key_get_msg, h, m);
}

/* A whole ctl-key-put message is never longer. */
#define WIRE_CTL_KEY_PUT_SIZE_MAX 66598

extern const struct wire_msg wire_ctl_key_put_msg;

/**
 * wire_ctl_key_put_encode() - append a whole message: Write a key
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_key_put_encode(const struct wire_ctl_key_put *m, struct buf *out)
{
	return wire_encode(&wire_ctl_key_put_msg, m, out);
}

/**
 * wire_ctl_key_put_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_put_decode(struct bytes in, struct wire_ctl_key_put *m)
{
	return wire_decode(&wire_ctl_key_put_msg, in, m);
}

/**
 * wire_ctl_key_put_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_put_body_decode(const struct wire_header *h,
					       struct wire_ctl_key_put *m)
{
	return wire_body_decode(&wire_ctl_key_put_msg, h, m);
}

/* A whole ctl-key-del message is never longer. */
#define WIRE_CTL_KEY_DEL_SIZE_MAX 1056

extern const struct wire_msg wire_ctl_key_del_msg;

/**
 * wire_ctl_key_del_encode() - append a whole message: Remove a key
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_key_del_encode(const struct wire_ctl_key_del *m, struct buf *out)
{
	return wire_encode(&wire_ctl_key_del_msg, m, out);
}

/**
 * wire_ctl_key_del_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_del_decode(struct bytes in, struct wire_ctl_key_del *m)
{
	return wire_decode(&wire_ctl_key_del_msg, in, m);
}

/**
 * wire_ctl_key_del_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_del_body_decode(const struct wire_header *h,
					       struct wire_ctl_key_del *m)
{
	return wire_body_decode(&wire_ctl_key_del_msg, h, m);
}

/* A whole ctl-key-range message is never longer. */
#define WIRE_CTL_KEY_RANGE_SIZE_MAX 2100

extern const struct wire_msg wire_ctl_key_range_msg;

/**
 * wire_ctl_key_range_encode() - append a whole message: Read keys in order
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_key_range_encode(const struct wire_ctl_key_range *m, struct buf *out)
{
	return wire_encode(&wire_ctl_key_range_msg, m, out);
}

/**
 * wire_ctl_key_range_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_range_decode(struct bytes in, struct wire_ctl_key_range *m)
{
	return wire_decode(&wire_ctl_key_range_msg, in, m);
}

/**
 * wire_ctl_key_range_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_range_body_decode(const struct wire_header *h,
						 struct wire_ctl_key_range *m)
{
	return wire_body_decode(&wire_ctl_key_range_msg, h, m);
}

/* A whole ctl-key-item message is never longer. */
#define WIRE_CTL_KEY_ITEM_SIZE_MAX 66612

extern const struct wire_msg wire_ctl_key_item_msg;

/**
 * wire_ctl_key_item_encode() - append a whole message: An item
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_key_item_encode(const struct wire_ctl_key_item *m, struct buf *out)
{
	return wire_encode(&wire_ctl_key_item_msg, m, out);
}

/**
 * wire_ctl_key_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_item_decode(struct bytes in, struct wire_ctl_key_item *m)
{
	return wire_decode(&wire_ctl_key_item_msg, in, m);
}

/**
 * wire_ctl_key_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_key_item_body_decode(const struct wire_header *h,
						struct wire_ctl_key_item *m)
{
	return wire_body_decode(&wire_ctl_key_item_msg, h, m);
}

/* A whole ctl-select message is never longer. */
#define WIRE_CTL_SELECT_SIZE_MAX 4128

extern const struct wire_msg wire_ctl_select_msg;

/**
 * wire_ctl_select_encode() - append a whole message: Find machines
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_select_encode(const struct wire_ctl_select *m, struct buf *out)
{
	return wire_encode(&wire_ctl_select_msg, m, out);
}

/**
 * wire_ctl_select_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_decode(struct bytes in, struct wire_ctl_select *m)
{
	return wire_decode(&wire_ctl_select_msg, in, m);
}

/**
 * wire_ctl_select_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_body_decode(const struct wire_header *h,
					      struct wire_ctl_select *m)
{
	return wire_body_decode(&wire_ctl_select_msg, h, m);
}

/* A whole ctl-select-item message is never longer. */
#define WIRE_CTL_SELECT_ITEM_SIZE_MAX 4894

extern const struct wire_msg wire_ctl_select_item_msg;

/**
 * wire_ctl_select_item_encode() - append a whole message: A machine that answered for
 *   itself
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_select_item_encode(const struct wire_ctl_select_item *m, struct buf *out)
{
	return wire_encode(&wire_ctl_select_item_msg, m, out);
}

/**
 * wire_ctl_select_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_item_decode(struct bytes in, struct wire_ctl_select_item *m)
{
	return wire_decode(&wire_ctl_select_item_msg, in, m);
}

/**
 * wire_ctl_select_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_item_body_decode(const struct wire_header *h,
						   struct wire_ctl_select_item *m)
{
	return wire_body_decode(&wire_ctl_select_item_msg, h, m);
}

/* A whole ctl-select-summary message is never longer. */
#define WIRE_CTL_SELECT_SUMMARY_SIZE_MAX 674

extern const struct wire_msg wire_ctl_select_summary_msg;

/**
 * wire_ctl_select_summary_encode() - append a whole message: Last item of the answer to
 *   ctl-select
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_select_summary_encode(const struct wire_ctl_select_summary *m,
						 struct buf *out)
{
	return wire_encode(&wire_ctl_select_summary_msg, m, out);
}

/**
 * wire_ctl_select_summary_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_summary_decode(struct bytes in, struct wire_ctl_select_summary *m)
{
	return wire_decode(&wire_ctl_select_summary_msg, in, m);
}

/**
 * wire_ctl_select_summary_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_summary_body_decode(const struct wire_header *h,
						      struct wire_ctl_select_summary *m)
{
	return wire_body_decode(&wire_ctl_select_summary_msg, h, m);
}

/* A whole ctl-attr-show message is never longer. */
#define WIRE_CTL_ATTR_SHOW_SIZE_MAX 26

extern const struct wire_msg wire_ctl_attr_show_msg;

/**
 * wire_ctl_attr_show_encode() - append a whole message: Ask for the attributes of the
 *   node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_attr_show_encode(const struct wire_ctl_attr_show *m, struct buf *out)
{
	return wire_encode(&wire_ctl_attr_show_msg, m, out);
}

/**
 * wire_ctl_attr_show_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_attr_show_decode(struct bytes in, struct wire_ctl_attr_show *m)
{
	return wire_decode(&wire_ctl_attr_show_msg, in, m);
}

/**
 * wire_ctl_attr_show_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_attr_show_body_decode(const struct wire_header *h,
						 struct wire_ctl_attr_show *m)
{
	return wire_body_decode(&wire_ctl_attr_show_msg, h, m);
}

/* A whole ctl-attr-item message is never longer. */
#define WIRE_CTL_ATTR_ITEM_SIZE_MAX 684

extern const struct wire_msg wire_ctl_attr_item_msg;

/**
 * wire_ctl_attr_item_encode() - append a whole message: An attribute of the node
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_attr_item_encode(const struct wire_ctl_attr_item *m, struct buf *out)
{
	return wire_encode(&wire_ctl_attr_item_msg, m, out);
}

/**
 * wire_ctl_attr_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_attr_item_decode(struct bytes in, struct wire_ctl_attr_item *m)
{
	return wire_decode(&wire_ctl_attr_item_msg, in, m);
}

/**
 * wire_ctl_attr_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_attr_item_body_decode(const struct wire_header *h,
						 struct wire_ctl_attr_item *m)
{
	return wire_body_decode(&wire_ctl_attr_item_msg, h, m);
}

/* A whole ctl-lookup message is never longer. */
#define WIRE_CTL_LOOKUP_SIZE_MAX 1080

extern const struct wire_msg wire_ctl_lookup_msg;

/**
 * wire_ctl_lookup_encode() - append a whole message: Find who owns a key
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_lookup_encode(const struct wire_ctl_lookup *m, struct buf *out)
{
	return wire_encode(&wire_ctl_lookup_msg, m, out);
}

/**
 * wire_ctl_lookup_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_lookup_decode(struct bytes in, struct wire_ctl_lookup *m)
{
	return wire_decode(&wire_ctl_lookup_msg, in, m);
}

/**
 * wire_ctl_lookup_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_lookup_body_decode(const struct wire_header *h,
					      struct wire_ctl_lookup *m)
{
	return wire_body_decode(&wire_ctl_lookup_msg, h, m);
}

/* A whole ctl-lookup-owner message is never longer. */
#define WIRE_CTL_LOOKUP_OWNER_SIZE_MAX 93

extern const struct wire_msg wire_ctl_lookup_owner_msg;

/**
 * wire_ctl_lookup_owner_encode() - append a whole message: One owner of a key
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_lookup_owner_encode(const struct wire_ctl_lookup_owner *m,
					       struct buf *out)
{
	return wire_encode(&wire_ctl_lookup_owner_msg, m, out);
}

/**
 * wire_ctl_lookup_owner_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_lookup_owner_decode(struct bytes in, struct wire_ctl_lookup_owner *m)
{
	return wire_decode(&wire_ctl_lookup_owner_msg, in, m);
}

/**
 * wire_ctl_lookup_owner_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_lookup_owner_body_decode(const struct wire_header *h,
						    struct wire_ctl_lookup_owner *m)
{
	return wire_body_decode(&wire_ctl_lookup_owner_msg, h, m);
}

/* A whole ctl-log-set message is never longer. */
#define WIRE_CTL_LOG_SET_SIZE_MAX 166

extern const struct wire_msg wire_ctl_log_set_msg;

/**
 * wire_ctl_log_set_encode() - append a whole message: Change how much a part of the agent
 *   logs
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_log_set_encode(const struct wire_ctl_log_set *m, struct buf *out)
{
	return wire_encode(&wire_ctl_log_set_msg, m, out);
}

/**
 * wire_ctl_log_set_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_log_set_decode(struct bytes in, struct wire_ctl_log_set *m)
{
	return wire_decode(&wire_ctl_log_set_msg, in, m);
}

/**
 * wire_ctl_log_set_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_log_set_body_decode(const struct wire_header *h,
					       struct wire_ctl_log_set *m)
{
	return wire_body_decode(&wire_ctl_log_set_msg, h, m);
}

/* A whole ctl-log-show message is never longer. */
#define WIRE_CTL_LOG_SHOW_SIZE_MAX 26

extern const struct wire_msg wire_ctl_log_show_msg;

/**
 * wire_ctl_log_show_encode() - append a whole message: Ask for the log levels
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_log_show_encode(const struct wire_ctl_log_show *m, struct buf *out)
{
	return wire_encode(&wire_ctl_log_show_msg, m, out);
}

/**
 * wire_ctl_log_show_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_log_show_decode(struct bytes in, struct wire_ctl_log_show *m)
{
	return wire_decode(&wire_ctl_log_show_msg, in, m);
}

/**
 * wire_ctl_log_show_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_log_show_body_decode(const struct wire_header *h,
						struct wire_ctl_log_show *m)
{
	return wire_body_decode(&wire_ctl_log_show_msg, h, m);
}

/* A whole ctl-log-item message is never longer. */
#define WIRE_CTL_LOG_ITEM_SIZE_MAX 166

extern const struct wire_msg wire_ctl_log_item_msg;

/**
 * wire_ctl_log_item_encode() - append a whole message: The log level of a part
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_log_item_encode(const struct wire_ctl_log_item *m, struct buf *out)
{
	return wire_encode(&wire_ctl_log_item_msg, m, out);
}

/**
 * wire_ctl_log_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_log_item_decode(struct bytes in, struct wire_ctl_log_item *m)
{
	return wire_decode(&wire_ctl_log_item_msg, in, m);
}

/**
 * wire_ctl_log_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_log_item_body_decode(const struct wire_header *h,
						struct wire_ctl_log_item *m)
{
	return wire_body_decode(&wire_ctl_log_item_msg, h, m);
}

/* A whole ctl-counters message is never longer. */
#define WIRE_CTL_COUNTERS_SIZE_MAX 26

extern const struct wire_msg wire_ctl_counters_msg;

/**
 * wire_ctl_counters_encode() - append a whole message: Ask for all counters
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_counters_encode(const struct wire_ctl_counters *m, struct buf *out)
{
	return wire_encode(&wire_ctl_counters_msg, m, out);
}

/**
 * wire_ctl_counters_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_counters_decode(struct bytes in, struct wire_ctl_counters *m)
{
	return wire_decode(&wire_ctl_counters_msg, in, m);
}

/**
 * wire_ctl_counters_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_counters_body_decode(const struct wire_header *h,
						struct wire_ctl_counters *m)
{
	return wire_body_decode(&wire_ctl_counters_msg, h, m);
}

/* A whole ctl-counter message is never longer. */
#define WIRE_CTL_COUNTER_SIZE_MAX 110

extern const struct wire_msg wire_ctl_counter_msg;

/**
 * wire_ctl_counter_encode() - append a whole message: A counter
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_counter_encode(const struct wire_ctl_counter *m, struct buf *out)
{
	return wire_encode(&wire_ctl_counter_msg, m, out);
}

/**
 * wire_ctl_counter_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_counter_decode(struct bytes in, struct wire_ctl_counter *m)
{
	return wire_decode(&wire_ctl_counter_msg, in, m);
}

/**
 * wire_ctl_counter_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_counter_body_decode(const struct wire_header *h,
					       struct wire_ctl_counter *m)
{
	return wire_body_decode(&wire_ctl_counter_msg, h, m);
}

/* A whole ctl-monitor message is never longer. */
#define WIRE_CTL_MONITOR_SIZE_MAX 26

extern const struct wire_msg wire_ctl_monitor_msg;

/**
 * wire_ctl_monitor_encode() - append a whole message: Ask for events until the connection
 *   ends
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_monitor_encode(const struct wire_ctl_monitor *m, struct buf *out)
{
	return wire_encode(&wire_ctl_monitor_msg, m, out);
}

/**
 * wire_ctl_monitor_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_monitor_decode(struct bytes in, struct wire_ctl_monitor *m)
{
	return wire_decode(&wire_ctl_monitor_msg, in, m);
}

/**
 * wire_ctl_monitor_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_monitor_body_decode(const struct wire_header *h,
					       struct wire_ctl_monitor *m)
{
	return wire_body_decode(&wire_ctl_monitor_msg, h, m);
}

/* A whole ctl-event message is never longer. */
#define WIRE_CTL_EVENT_SIZE_MAX 698

extern const struct wire_msg wire_ctl_event_msg;

/**
 * wire_ctl_event_encode() - append a whole message: Something happened
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_event_encode(const struct wire_ctl_event *m, struct buf *out)
{
	return wire_encode(&wire_ctl_event_msg, m, out);
}

/**
 * wire_ctl_event_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_event_decode(struct bytes in, struct wire_ctl_event *m)
{
	return wire_decode(&wire_ctl_event_msg, in, m);
}

/**
 * wire_ctl_event_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_event_body_decode(const struct wire_header *h, struct wire_ctl_event *m)
{
	return wire_body_decode(&wire_ctl_event_msg, h, m);
}

/* A whole ctl-txn message is never longer. */
#define WIRE_CTL_TXN_SIZE_MAX 1048576

extern const struct wire_msg wire_ctl_txn_msg;

/**
 * wire_ctl_txn_encode() - append a whole message: Run a transaction
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_txn_encode(const struct wire_ctl_txn *m, struct buf *out)
{
	return wire_encode(&wire_ctl_txn_msg, m, out);
}

/**
 * wire_ctl_txn_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_decode(struct bytes in, struct wire_ctl_txn *m)
{
	return wire_decode(&wire_ctl_txn_msg, in, m);
}

/**
 * wire_ctl_txn_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_body_decode(const struct wire_header *h, struct wire_ctl_txn *m)
{
	return wire_body_decode(&wire_ctl_txn_msg, h, m);
}

/* A whole ctl-txn-outcome message is never longer. */
#define WIRE_CTL_TXN_OUTCOME_SIZE_MAX 96

extern const struct wire_msg wire_ctl_txn_outcome_msg;

/**
 * wire_ctl_txn_outcome_encode() - append a whole message: Ask what became of an
 *   idempotency id
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_txn_outcome_encode(const struct wire_ctl_txn_outcome *m, struct buf *out)
{
	return wire_encode(&wire_ctl_txn_outcome_msg, m, out);
}

/**
 * wire_ctl_txn_outcome_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_outcome_decode(struct bytes in, struct wire_ctl_txn_outcome *m)
{
	return wire_decode(&wire_ctl_txn_outcome_msg, in, m);
}

/**
 * wire_ctl_txn_outcome_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_outcome_body_decode(const struct wire_header *h,
						   struct wire_ctl_txn_outcome *m)
{
	return wire_body_decode(&wire_ctl_txn_outcome_msg, h, m);
}

/* A whole ctl-txn-result message is never longer. */
#define WIRE_CTL_TXN_RESULT_SIZE_MAX 67707

extern const struct wire_msg wire_ctl_txn_result_msg;

/**
 * wire_ctl_txn_result_encode() - append a whole message: What a step has found
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_txn_result_encode(const struct wire_ctl_txn_result *m, struct buf *out)
{
	return wire_encode(&wire_ctl_txn_result_msg, m, out);
}

/**
 * wire_ctl_txn_result_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_result_decode(struct bytes in, struct wire_ctl_txn_result *m)
{
	return wire_decode(&wire_ctl_txn_result_msg, in, m);
}

/**
 * wire_ctl_txn_result_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_result_body_decode(const struct wire_header *h,
						  struct wire_ctl_txn_result *m)
{
	return wire_body_decode(&wire_ctl_txn_result_msg, h, m);
}

/* A whole ctl-txn-item message is never longer. */
#define WIRE_CTL_TXN_ITEM_SIZE_MAX 66608

extern const struct wire_msg wire_ctl_txn_item_msg;

/**
 * wire_ctl_txn_item_encode() - append a whole message: An item of a range in a
 *   transaction
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_txn_item_encode(const struct wire_ctl_txn_item *m, struct buf *out)
{
	return wire_encode(&wire_ctl_txn_item_msg, m, out);
}

/**
 * wire_ctl_txn_item_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_item_decode(struct bytes in, struct wire_ctl_txn_item *m)
{
	return wire_decode(&wire_ctl_txn_item_msg, in, m);
}

/**
 * wire_ctl_txn_item_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_item_body_decode(const struct wire_header *h,
						struct wire_ctl_txn_item *m)
{
	return wire_body_decode(&wire_ctl_txn_item_msg, h, m);
}

/* A whole ctl-txn-end message is never longer. */
#define WIRE_CTL_TXN_END_SIZE_MAX 60

extern const struct wire_msg wire_ctl_txn_end_msg;

/**
 * wire_ctl_txn_end_encode() - append a whole message: Last item of the answer to a
 *   transaction that was committed
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_txn_end_encode(const struct wire_ctl_txn_end *m, struct buf *out)
{
	return wire_encode(&wire_ctl_txn_end_msg, m, out);
}

/**
 * wire_ctl_txn_end_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_end_decode(struct bytes in, struct wire_ctl_txn_end *m)
{
	return wire_decode(&wire_ctl_txn_end_msg, in, m);
}

/**
 * wire_ctl_txn_end_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_txn_end_body_decode(const struct wire_header *h,
					       struct wire_ctl_txn_end *m)
{
	return wire_body_decode(&wire_ctl_txn_end_msg, h, m);
}

/* A whole ctl-acl-show message is never longer. */
#define WIRE_CTL_ACL_SHOW_SIZE_MAX 26

extern const struct wire_msg wire_ctl_acl_show_msg;

/**
 * wire_ctl_acl_show_encode() - append a whole message: Ask what users may do
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_acl_show_encode(const struct wire_ctl_acl_show *m, struct buf *out)
{
	return wire_encode(&wire_ctl_acl_show_msg, m, out);
}

/**
 * wire_ctl_acl_show_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_acl_show_decode(struct bytes in, struct wire_ctl_acl_show *m)
{
	return wire_decode(&wire_ctl_acl_show_msg, in, m);
}

/**
 * wire_ctl_acl_show_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_acl_show_body_decode(const struct wire_header *h,
						struct wire_ctl_acl_show *m)
{
	return wire_body_decode(&wire_ctl_acl_show_msg, h, m);
}

/* A whole ctl-acl message is never longer. */
#define WIRE_CTL_ACL_SIZE_MAX 32800

extern const struct wire_msg wire_ctl_acl_msg;

/**
 * wire_ctl_acl_encode() - append a whole message: What users may do
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_acl_encode(const struct wire_ctl_acl *m, struct buf *out)
{
	return wire_encode(&wire_ctl_acl_msg, m, out);
}

/**
 * wire_ctl_acl_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_acl_decode(struct bytes in, struct wire_ctl_acl *m)
{
	return wire_decode(&wire_ctl_acl_msg, in, m);
}

/**
 * wire_ctl_acl_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_acl_body_decode(const struct wire_header *h, struct wire_ctl_acl *m)
{
	return wire_body_decode(&wire_ctl_acl_msg, h, m);
}

/* A whole ctl-acl-set message is never longer. */
#define WIRE_CTL_ACL_SET_SIZE_MAX 65574

extern const struct wire_msg wire_ctl_acl_set_msg;

/**
 * wire_ctl_acl_set_encode() - append a whole message: Change what users may do, when it
 *   is still what somebody saw
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_acl_set_encode(const struct wire_ctl_acl_set *m, struct buf *out)
{
	return wire_encode(&wire_ctl_acl_set_msg, m, out);
}

/**
 * wire_ctl_acl_set_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_acl_set_decode(struct bytes in, struct wire_ctl_acl_set *m)
{
	return wire_decode(&wire_ctl_acl_set_msg, in, m);
}

/**
 * wire_ctl_acl_set_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_acl_set_body_decode(const struct wire_header *h,
					       struct wire_ctl_acl_set *m)
{
	return wire_body_decode(&wire_ctl_acl_set_msg, h, m);
}

/* A whole ctl-select-clause message is never longer. */
#define WIRE_CTL_SELECT_CLAUSE_SIZE_MAX 574

extern const struct wire_msg wire_ctl_select_clause_msg;

/**
 * wire_ctl_select_clause_encode() - append a whole message: What a condition did, in the
 *   answer to a query with explain
 * @m: its contents
 * @out: where to; unchanged on failure
 *
 * Return: as wire_encode().
 */
static inline int wire_ctl_select_clause_encode(const struct wire_ctl_select_clause *m,
						struct buf *out)
{
	return wire_encode(&wire_ctl_select_clause_msg, m, out);
}

/**
 * wire_ctl_select_clause_decode() - decode a whole message
 * @in: exactly one message; @m borrows it
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_clause_decode(struct bytes in, struct wire_ctl_select_clause *m)
{
	return wire_decode(&wire_ctl_select_clause_msg, in, m);
}

/**
 * wire_ctl_select_clause_body_decode() - decode a message whose header is decoded
 * @h: from wire_header_decode(); @m borrows its body
 * @m: result; undefined on failure
 *
 * Return: as wire_decode().
 */
static inline int wire_ctl_select_clause_body_decode(const struct wire_header *h,
						     struct wire_ctl_select_clause *m)
{
	return wire_body_decode(&wire_ctl_select_clause_msg, h, m);
}

#endif
