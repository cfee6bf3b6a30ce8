/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/
 * by scripts/gen.
 */
#ifndef _XOS_WIRE_TYPES_H
#define _XOS_WIRE_TYPES_H

/* Header of a message. */
#define WIRE_MAGIC	  0x584f
#define WIRE_VERSION	  1
#define WIRE_HEADER_LEN	  16
#define WIRE_OFF_MAGIC	  0
#define WIRE_OFF_VERSION  2
#define WIRE_OFF_FLAGS	  3
#define WIRE_OFF_TYPE	  4
#define WIRE_OFF_RESERVED 6
#define WIRE_OFF_LEN	  8
#define WIRE_OFF_CRC	  12

/* Type and length before the value of an attribute. */
#define WIRE_TLV_LEN 6

/* A longer message is refused, in bytes. */
#define WIRE_MSG_LEN_MAX 1048576

/**
 * enum wire_type - types of messages
 * @WIRE_PEER_HELLO: First message in both directions of a stream
 * @WIRE_PEER_AUTHORITY: An authority of the virtual organisation that the receiver may
 *   not know yet
 * @WIRE_PEER_REVOKED: A revocation list
 * @WIRE_PEER_KEYS: The keys of datagrams that the sender has
 * @WIRE_PEER_TOKEN: A token to join with, as it lies in a file
 * @WIRE_PEER_JOIN: First and only message to an issuer on a stream that was opened
 *   without a certificate (ALPN "xos-join/1")
 * @WIRE_PEER_RENEW: Ask an issuer for a new certificate with the identity and name of the
 *   old
 * @WIRE_PEER_ISSUED: Answer to peer-join and peer-renew
 * @WIRE_SUSPECT_PING: Are you there?
 * @WIRE_SUSPECT_PONG: I am
 * @WIRE_RING_FIND: Who owns a position, or who is the last before it?
 * @WIRE_RING_FIND_ANSWER: Answer to ring-find
 * @WIRE_RING_STABILIZE: The sender takes the receiver for its successor
 * @WIRE_RING_STABILIZE_ANSWER: Neighbours of the sender
 * @WIRE_RING_FINGER: Ask for one finger
 * @WIRE_RING_FINGER_ANSWER: Answer to ring-finger
 * @WIRE_RING_DESCRIBE: Ask a node for itself and its neighbours
 * @WIRE_RING_DESCRIBE_ANSWER: Answer to ring-describe
 * @WIRE_RING_JOIN: Ask the owner of an arc for a part of it
 * @WIRE_RING_JOIN_ANSWER: Answer to ring-join
 * @WIRE_RING_PULL: Ask for the next items of an arc that is being transferred
 * @WIRE_RING_CHUNK: Items of an arc that is being transferred
 * @WIRE_RING_COMMIT: The joiner has all items durable and asks for the arc
 * @WIRE_RING_GRANT: The word of the giver
 * @WIRE_RING_SETTLE: The joiner owns the arc durably; the giver may forget the transfer
 * @WIRE_RING_SETTLE_ANSWER: The giver has forgotten the transfer
 * @WIRE_RING_RENEW: Ask the owner of the same keys in another class for a lease of an
 *   arc; or, with claim, for a new epoch of keys whose owner has failed
 * @WIRE_RING_RENEW_ANSWER: Answer to ring-renew
 * @WIRE_RING_FETCH: Ask for items, to copy them into an arc that is taken over
 * @WIRE_RING_FETCH_ANSWER: Answer to ring-fetch
 * @WIRE_DHT_READ: Read one replica of a key
 * @WIRE_DHT_READ_ANSWER: Answer to dht-read
 * @WIRE_DHT_WRITE: Write one replica of a key, unless it has a newer version
 * @WIRE_DHT_WRITE_ANSWER: Answer to dht-write, sent when the replica holds this version,
 *   or a newer one, durably
 * @WIRE_DHT_SCAN: Read keys of one replica in order
 * @WIRE_DHT_SCAN_ANSWER: Answer to dht-scan
 * @WIRE_LOOKUP_QUERY: Ask who owns a key
 * @WIRE_LOOKUP_ANSWER: Who owns the key, in the order of the replica classes
 * @WIRE_CTL_DONE: The end of an answer
 * @WIRE_CTL_STATUS: Ask an agent how it is
 * @WIRE_CTL_STATUS_ITEM: How an agent is
 * @WIRE_CTL_RING_SHOW: Ask for all nodes of the ring, in order
 * @WIRE_CTL_RING_NODE: A node of the ring and the arc that it holds
 * @WIRE_CTL_RING_SUMMARY: Last item of the answer to ctl-ring-show
 * @WIRE_CTL_KEY_GET: Read a key
 * @WIRE_CTL_KEY_PUT: Write a key
 * @WIRE_CTL_KEY_DEL: Remove a key
 * @WIRE_CTL_KEY_RANGE: Read keys in order
 * @WIRE_CTL_KEY_ITEM: An item
 * @WIRE_CTL_SELECT: Find machines
 * @WIRE_CTL_SELECT_ITEM: A machine that answered for itself
 * @WIRE_CTL_SELECT_SUMMARY: Last item of the answer to ctl-select
 * @WIRE_CTL_ATTR_SHOW: Ask for the attributes of the node
 * @WIRE_CTL_ATTR_ITEM: An attribute of the node
 * @WIRE_CTL_LOOKUP: Find who owns a key
 * @WIRE_CTL_LOOKUP_OWNER: One owner of a key
 * @WIRE_CTL_LOG_SET: Change how much a part of the agent logs
 * @WIRE_CTL_LOG_SHOW: Ask for the log levels
 * @WIRE_CTL_LOG_ITEM: The log level of a part
 * @WIRE_CTL_COUNTERS: Ask for all counters
 * @WIRE_CTL_COUNTER: A counter
 * @WIRE_CTL_MONITOR: Ask for events until the connection ends
 * @WIRE_CTL_EVENT: Something happened
 * @WIRE_CTL_TXN: Run a transaction
 * @WIRE_CTL_TXN_OUTCOME: Ask what became of an idempotency id
 * @WIRE_CTL_TXN_RESULT: What a step has found
 * @WIRE_CTL_TXN_ITEM: An item of a range in a transaction
 * @WIRE_CTL_TXN_END: Last item of the answer to a transaction that was committed
 * @WIRE_CTL_ACL_SHOW: Ask what users may do
 * @WIRE_CTL_ACL: What users may do
 * @WIRE_CTL_ACL_SET: Change what users may do, when it is still what somebody saw
 * @WIRE_CTL_SELECT_CLAUSE: What a condition did, in the answer to a query with explain
 * @WIRE_HCTL_STATUS: Ask how the agent is
 * @WIRE_HCTL_STATUS_ITEM: How the agent is
 * @WIRE_HCTL_VIP_SHOW: Ask for the addresses
 * @WIRE_HCTL_VIP: A distributed server's address
 * @WIRE_HCTL_MEMBER_SHOW: Ask for the members of all addresses
 * @WIRE_HCTL_MEMBER: A member
 * @WIRE_HCTL_MEMBER_SET: Add or change a member; at the contact node
 * @WIRE_HCTL_MEMBER_DEL: Remove a member; at the contact node
 * @WIRE_HCTL_MOVE: Move a connection that is served here to another member
 * @WIRE_DS_JOIN: A member asks the contact node for the group of a vip
 * @WIRE_DS_GROUP: The contact node tells a member who is in the group
 * @WIRE_DS_HERE: Contact node to standby
 * @WIRE_DS_CLIENTS: Contact node to standby - entries of the client table, new or all
 * @WIRE_DS_PREPARE: Donor to acceptor
 * @WIRE_DS_READY: Acceptor to donor
 * @WIRE_DS_STATE: Donor to acceptor
 * @WIRE_DS_COMMITTED: Acceptor to donor
 * @WIRE_DS_ABORT: Acceptor to donor
 * @WIRE_DS_ABORTED: Donor to acceptor
 * @WIRE_DS_QUERY: Donor to acceptor
 * @WIRE_DS_REPOINT: Acceptor to contact node
 * @WIRE_DS_REPOINTED: Contact node, or its standby, to acceptor
 * @WIRE_DS_FINISH: Acceptor to donor
 * @WIRE_DS_FINISHED: Donor to acceptor
 * @WIRE_DS_TCP: An ESTABLISHED or CLOSE_WAIT TCP connection as TCP_REPAIR takes it out of
 *   a kernel and puts it into another one
 * @WIRE_DS_COMMIT: Not sent - what the acceptor writes to its store before a connection
 *   thaws, so that it can complete the move after a crash
 * @WIRE_DS_DONATED: Not sent - what a donor writes to its store when it begins to divert
 *   a connection
 * @WIRE_SVC_LISTEN: Program to agent
 * @WIRE_SVC_WELCOME: Agent to program
 * @WIRE_SVC_RELEASE: Agent to program
 * @WIRE_SVC_RELEASED: Program to agent
 * @WIRE_SVC_PARK: Agent to program, with a descriptor
 * @WIRE_SVC_PARKED: Program to agent
 * @WIRE_SVC_GO: Agent to program
 * @WIRE_SVC_DROP: Agent to program
 * @WIRE_SVC_REOFFER: Program to agent, with the descriptor, after svc-listen on a new
 *   socket - a connection that was parked when the agent went away
 * @WIRE_SELECT_GOSSIP: Nodes that the sender knows
 * @WIRE_SELECT_QUERY: Cover a region
 * @WIRE_SELECT_ANSWER: What the region has
 * @WIRE_SELECT_CLAIM: Reserve this machine for a job, or end that
 * @WIRE_SELECT_CLAIM_ANSWER: Whether the machine is reserved now
 * @WIRE_TXN_ASK: Ask an owner for its share in the decision of a transaction
 * @WIRE_TXN_ANSWER: Answer to txn-ask; what it says is durable
 * @WIRE_ORDER_BEAT: Heartbeats of the leaders of several groups on one node
 * @WIRE_ORDER_BEAT_ANSWER: Answers to heartbeats
 * @WIRE_ORDER_VOTE: May the sender lead? Datagram
 * @WIRE_ORDER_VOTE_ANSWER: Answer to order-vote
 * @WIRE_ORDER_APPEND: Entries, from the leader
 * @WIRE_ORDER_APPEND_ANSWER: Answer to order-append
 * @WIRE_ORDER_INSTALL: A chunk of a snapshot, from the leader to a member whose next
 *   entry it does not have any more
 * @WIRE_ORDER_INSTALL_ANSWER: Answer to order-install
 * @WIRE_ORDER_READ: Which entries must a follower have applied to be read? To the leader
 * @WIRE_ORDER_READ_ANSWER: Answer to order-read, after a round of heartbeats
 * @WIRE_ORDER_LEAD: Stand for election at once; from a leader that hands over
 * @WIRE_ORDER_RECORD: Stored - a record of the append log
 * @WIRE_ORDER_CHUNK: Stored and sent - a chunk of a snapshot
 * @WIRE_ORDER_SNAPSHOT: Stored - what a complete snapshot is
 * @WIRE_VN_SPEC: Entry - what the virtual node is; the first one counts
 * @WIRE_VN_REQUEST: Entry - a request
 * @WIRE_VN_WAKE: Entry - the time of a waiting thread is up
 * @WIRE_VN_DECISIONS: Entry - who got which mutex (LSA) or which value (semi-active), in
 *   this order
 * @WIRE_VN_NOOP: Entry - empty requests (PDS)
 * @WIRE_VN_SKIP: Entry - a request crashed or hung; it counts up to here and no further
 * @WIRE_VN_SWITCH: Entry - another policy or scheduler, when what was ordered before has
 *   ended
 * @WIRE_VN_DONE: Entry - what the leader's replica answered; a replica that answers
 *   otherwise is rebuilt
 * @WIRE_VN_UPDATE: Entry - a piece of what requests came to and changed (hot)
 * @WIRE_VN_PENDING: In a snapshot - a request behind which the snapshot is, and that has
 *   no outcome yet (hot)
 * @WIRE_VN_REPLY: What a session remembers of a request
 * @WIRE_VN_ASK: Whoever creates a virtual node asks a vnoded to take part
 * @WIRE_VN_OFFER: A vnoded will take part
 * @WIRE_VN_FOUND: Found the group
 * @WIRE_VN_FOUNDED: The replica is there
 * @WIRE_VN_CALL: A request of a client, sent on to the leader
 * @WIRE_VN_ANSWER: What became of a vn-call
 * @WIRE_VN_CHANGE: Content of a vn-call - change the replicas
 * @WIRE_VN_JOIN: The leader asks a vnoded to make an empty replica
 * @WIRE_VN_JOINED: The empty replica is there, also when it was before
 * @WIRE_VN_LEAVE: A replica is no member any more, which is committed; it can be deleted
 * @WIRE_VH_BEGIN: To the host, first - load the service
 * @WIRE_VH_CHUNK: A piece of a snapshot, in either direction
 * @WIRE_VH_READY: From the host - the service runs
 * @WIRE_VH_FAILED: From the host - the service does not run; the host ends
 * @WIRE_VH_REQUEST: To the host - a request of the log
 * @WIRE_VH_REPLY: From the host - a request ended
 * @WIRE_VH_WAIT: From the host - a thread waits for a time
 * @WIRE_VH_WAKE: To the host - the time of a thread is up
 * @WIRE_VH_DECISIONS: In either direction - who got which mutex (LSA) or which value
 *   (semi-active), in this order
 * @WIRE_VH_STABLE: To the host that decides - so many of its decisions are in the log;
 *   replies wait for them
 * @WIRE_VH_STARVED: From the host - a round of PDS lacks requests
 * @WIRE_VH_NOOP: To the host - empty requests of the log
 * @WIRE_VH_LEAD: To the host - decide, or follow, from now on
 * @WIRE_VH_SCHEDULE: To the host, which has no request - go on with another scheduler
 * @WIRE_VH_SNAPSHOT: To the host, which has no request - make a snapshot
 * @WIRE_VH_READ: To the host, which has no request - a read-only request outside of the
 *   log
 * @WIRE_VH_RESULT: From the host - a read-only request ended
 * @WIRE_VH_ENDED: From the host - a request ended; what it came to goes into the next
 *   update (hot)
 * @WIRE_VH_COLLECT: To the host, which has no request - the next piece of an update, of
 *   all that ended since the last one
 * @WIRE_VH_UPDATE: From the host - a piece of an update
 * @WIRE_VH_APPLY: To the host, which has no request - a piece of what the requests of
 *   another host changed
 * @WIRE_VCTL_SHOW: Ask for the virtual nodes that have a replica here
 * @WIRE_VCTL_ITEM: A virtual node, as its replica here sees it
 * @WIRE_VCTL_CREATE: Make a virtual node
 * @WIRE_VCTL_DELETE: Remove the replica here for good
 * @WIRE_VCTL_SESSION: Begin a session
 * @WIRE_VCTL_CALL: Have a virtual node do something
 * @WIRE_VCTL_REPLY: What became of a call
 * @WIRE_VCTL_SWITCH: Change policy or scheduler, while it serves
 * @WIRE_VCTL_REPLICA: Change the replicas, while it serves
 * @WIRE_VCTL_BACKUP: Ask for a chunk of the newest snapshot
 * @WIRE_VCTL_CHUNK: A chunk of the newest snapshot
 * @WIRE_VCTL_RESTORE: Make a virtual node of one replica from a backup
 * @WIRE_VCTL_RESTORED: The empty replica is there
 * @WIRE_VCTL_RESTORE_CHUNK: The next chunk of the backup
 * @WIRE_VCTL_RESTORE_END: Ask whether the virtual node is there
 * @WIRE_VCTL_FILE: What a file with a backup begins with
 * @WIRE_MIP_TEST: Member to contact node
 * @WIRE_MIP_TOKEN: Contact node to member
 * @WIRE_MIP_BOUND: Member to contact node
 * @WIRE_MIP_LEAVE: Member to contact node
 * @WIRE_MIP_REFRESH: Contact node to member
 */
enum wire_type {
	WIRE_PEER_HELLO = 0x0101,
	WIRE_PEER_AUTHORITY = 0x0102,
	WIRE_PEER_REVOKED = 0x0103,
	WIRE_PEER_KEYS = 0x0104,
	WIRE_PEER_TOKEN = 0x0105,
	WIRE_PEER_JOIN = 0x0106,
	WIRE_PEER_RENEW = 0x0107,
	WIRE_PEER_ISSUED = 0x0108,
	WIRE_SUSPECT_PING = 0x0201,
	WIRE_SUSPECT_PONG = 0x0202,
	WIRE_RING_FIND = 0x0301,
	WIRE_RING_FIND_ANSWER = 0x0302,
	WIRE_RING_STABILIZE = 0x0303,
	WIRE_RING_STABILIZE_ANSWER = 0x0304,
	WIRE_RING_FINGER = 0x0305,
	WIRE_RING_FINGER_ANSWER = 0x0306,
	WIRE_RING_DESCRIBE = 0x0307,
	WIRE_RING_DESCRIBE_ANSWER = 0x0308,
	WIRE_RING_JOIN = 0x0309,
	WIRE_RING_JOIN_ANSWER = 0x030a,
	WIRE_RING_PULL = 0x030b,
	WIRE_RING_CHUNK = 0x030c,
	WIRE_RING_COMMIT = 0x030d,
	WIRE_RING_GRANT = 0x030e,
	WIRE_RING_SETTLE = 0x030f,
	WIRE_RING_SETTLE_ANSWER = 0x0310,
	WIRE_RING_RENEW = 0x0311,
	WIRE_RING_RENEW_ANSWER = 0x0312,
	WIRE_RING_FETCH = 0x0313,
	WIRE_RING_FETCH_ANSWER = 0x0314,
	WIRE_DHT_READ = 0x0401,
	WIRE_DHT_READ_ANSWER = 0x0402,
	WIRE_DHT_WRITE = 0x0403,
	WIRE_DHT_WRITE_ANSWER = 0x0404,
	WIRE_DHT_SCAN = 0x0405,
	WIRE_DHT_SCAN_ANSWER = 0x0406,
	WIRE_LOOKUP_QUERY = 0x0701,
	WIRE_LOOKUP_ANSWER = 0x0702,
	WIRE_CTL_DONE = 0x0801,
	WIRE_CTL_STATUS = 0x0802,
	WIRE_CTL_STATUS_ITEM = 0x0803,
	WIRE_CTL_RING_SHOW = 0x0804,
	WIRE_CTL_RING_NODE = 0x0805,
	WIRE_CTL_RING_SUMMARY = 0x0806,
	WIRE_CTL_KEY_GET = 0x0807,
	WIRE_CTL_KEY_PUT = 0x0808,
	WIRE_CTL_KEY_DEL = 0x0809,
	WIRE_CTL_KEY_RANGE = 0x080a,
	WIRE_CTL_KEY_ITEM = 0x080b,
	WIRE_CTL_SELECT = 0x080c,
	WIRE_CTL_SELECT_ITEM = 0x080d,
	WIRE_CTL_SELECT_SUMMARY = 0x080e,
	WIRE_CTL_ATTR_SHOW = 0x080f,
	WIRE_CTL_ATTR_ITEM = 0x0810,
	WIRE_CTL_LOOKUP = 0x0811,
	WIRE_CTL_LOOKUP_OWNER = 0x0812,
	WIRE_CTL_LOG_SET = 0x0813,
	WIRE_CTL_LOG_SHOW = 0x0814,
	WIRE_CTL_LOG_ITEM = 0x0815,
	WIRE_CTL_COUNTERS = 0x0816,
	WIRE_CTL_COUNTER = 0x0817,
	WIRE_CTL_MONITOR = 0x0818,
	WIRE_CTL_EVENT = 0x0819,
	WIRE_CTL_TXN = 0x081a,
	WIRE_CTL_TXN_OUTCOME = 0x081b,
	WIRE_CTL_TXN_RESULT = 0x081c,
	WIRE_CTL_TXN_ITEM = 0x081d,
	WIRE_CTL_TXN_END = 0x081e,
	WIRE_CTL_ACL_SHOW = 0x081f,
	WIRE_CTL_ACL = 0x0820,
	WIRE_CTL_ACL_SET = 0x0821,
	WIRE_CTL_SELECT_CLAUSE = 0x0822,
	WIRE_HCTL_STATUS = 0x0901,
	WIRE_HCTL_STATUS_ITEM = 0x0902,
	WIRE_HCTL_VIP_SHOW = 0x0903,
	WIRE_HCTL_VIP = 0x0904,
	WIRE_HCTL_MEMBER_SHOW = 0x0905,
	WIRE_HCTL_MEMBER = 0x0906,
	WIRE_HCTL_MEMBER_SET = 0x0907,
	WIRE_HCTL_MEMBER_DEL = 0x0908,
	WIRE_HCTL_MOVE = 0x0909,
	WIRE_DS_JOIN = 0x0a01,
	WIRE_DS_GROUP = 0x0a02,
	WIRE_DS_HERE = 0x0a03,
	WIRE_DS_CLIENTS = 0x0a04,
	WIRE_DS_PREPARE = 0x0a05,
	WIRE_DS_READY = 0x0a06,
	WIRE_DS_STATE = 0x0a07,
	WIRE_DS_COMMITTED = 0x0a08,
	WIRE_DS_ABORT = 0x0a09,
	WIRE_DS_ABORTED = 0x0a0a,
	WIRE_DS_QUERY = 0x0a0b,
	WIRE_DS_REPOINT = 0x0a0c,
	WIRE_DS_REPOINTED = 0x0a0d,
	WIRE_DS_FINISH = 0x0a0e,
	WIRE_DS_FINISHED = 0x0a0f,
	WIRE_DS_TCP = 0x0a10,
	WIRE_DS_COMMIT = 0x0a11,
	WIRE_DS_DONATED = 0x0a12,
	WIRE_SVC_LISTEN = 0x0b01,
	WIRE_SVC_WELCOME = 0x0b02,
	WIRE_SVC_RELEASE = 0x0b03,
	WIRE_SVC_RELEASED = 0x0b04,
	WIRE_SVC_PARK = 0x0b05,
	WIRE_SVC_PARKED = 0x0b06,
	WIRE_SVC_GO = 0x0b07,
	WIRE_SVC_DROP = 0x0b08,
	WIRE_SVC_REOFFER = 0x0b09,
	WIRE_SELECT_GOSSIP = 0x0c01,
	WIRE_SELECT_QUERY = 0x0c02,
	WIRE_SELECT_ANSWER = 0x0c03,
	WIRE_SELECT_CLAIM = 0x0c04,
	WIRE_SELECT_CLAIM_ANSWER = 0x0c05,
	WIRE_TXN_ASK = 0x0d01,
	WIRE_TXN_ANSWER = 0x0d02,
	WIRE_ORDER_BEAT = 0x0f01,
	WIRE_ORDER_BEAT_ANSWER = 0x0f02,
	WIRE_ORDER_VOTE = 0x0f03,
	WIRE_ORDER_VOTE_ANSWER = 0x0f04,
	WIRE_ORDER_APPEND = 0x0f05,
	WIRE_ORDER_APPEND_ANSWER = 0x0f06,
	WIRE_ORDER_INSTALL = 0x0f07,
	WIRE_ORDER_INSTALL_ANSWER = 0x0f08,
	WIRE_ORDER_READ = 0x0f09,
	WIRE_ORDER_READ_ANSWER = 0x0f0a,
	WIRE_ORDER_LEAD = 0x0f0b,
	WIRE_ORDER_RECORD = 0x0f0c,
	WIRE_ORDER_CHUNK = 0x0f0d,
	WIRE_ORDER_SNAPSHOT = 0x0f0e,
	WIRE_VN_SPEC = 0x1001,
	WIRE_VN_REQUEST = 0x1002,
	WIRE_VN_WAKE = 0x1003,
	WIRE_VN_DECISIONS = 0x1004,
	WIRE_VN_NOOP = 0x1005,
	WIRE_VN_SKIP = 0x1006,
	WIRE_VN_SWITCH = 0x1007,
	WIRE_VN_DONE = 0x1008,
	WIRE_VN_UPDATE = 0x1009,
	WIRE_VN_PENDING = 0x100a,
	WIRE_VN_REPLY = 0x100b,
	WIRE_VN_ASK = 0x100c,
	WIRE_VN_OFFER = 0x100d,
	WIRE_VN_FOUND = 0x100e,
	WIRE_VN_FOUNDED = 0x100f,
	WIRE_VN_CALL = 0x1010,
	WIRE_VN_ANSWER = 0x1011,
	WIRE_VN_CHANGE = 0x1012,
	WIRE_VN_JOIN = 0x1013,
	WIRE_VN_JOINED = 0x1014,
	WIRE_VN_LEAVE = 0x1015,
	WIRE_VH_BEGIN = 0x1101,
	WIRE_VH_CHUNK = 0x1102,
	WIRE_VH_READY = 0x1103,
	WIRE_VH_FAILED = 0x1104,
	WIRE_VH_REQUEST = 0x1105,
	WIRE_VH_REPLY = 0x1106,
	WIRE_VH_WAIT = 0x1107,
	WIRE_VH_WAKE = 0x1108,
	WIRE_VH_DECISIONS = 0x1109,
	WIRE_VH_STABLE = 0x110a,
	WIRE_VH_STARVED = 0x110b,
	WIRE_VH_NOOP = 0x110c,
	WIRE_VH_LEAD = 0x110d,
	WIRE_VH_SCHEDULE = 0x110e,
	WIRE_VH_SNAPSHOT = 0x110f,
	WIRE_VH_READ = 0x1110,
	WIRE_VH_RESULT = 0x1111,
	WIRE_VH_ENDED = 0x1112,
	WIRE_VH_COLLECT = 0x1113,
	WIRE_VH_UPDATE = 0x1114,
	WIRE_VH_APPLY = 0x1115,
	WIRE_VCTL_SHOW = 0x1201,
	WIRE_VCTL_ITEM = 0x1202,
	WIRE_VCTL_CREATE = 0x1203,
	WIRE_VCTL_DELETE = 0x1204,
	WIRE_VCTL_SESSION = 0x1205,
	WIRE_VCTL_CALL = 0x1206,
	WIRE_VCTL_REPLY = 0x1207,
	WIRE_VCTL_SWITCH = 0x1208,
	WIRE_VCTL_REPLICA = 0x1209,
	WIRE_VCTL_BACKUP = 0x120a,
	WIRE_VCTL_CHUNK = 0x120b,
	WIRE_VCTL_RESTORE = 0x120c,
	WIRE_VCTL_RESTORED = 0x120d,
	WIRE_VCTL_RESTORE_CHUNK = 0x120e,
	WIRE_VCTL_RESTORE_END = 0x120f,
	WIRE_VCTL_FILE = 0x1210,
	WIRE_MIP_TEST = 0x1301,
	WIRE_MIP_TOKEN = 0x1302,
	WIRE_MIP_BOUND = 0x1303,
	WIRE_MIP_LEAVE = 0x1304,
	WIRE_MIP_REFRESH = 0x1305,
};

#endif
