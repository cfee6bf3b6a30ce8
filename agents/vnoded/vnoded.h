/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of vnoded share. */
#ifndef _XOS_VNODED_VNODED_H
#define _XOS_VNODED_VNODED_H

#include <daemon/agent.h>
#include <daemon/control.h>
#include <order/order.h>
#include <store/log_file.h>
#include <store/store_sqlite.h>
#include <vnode/vnode.h>
#include <wire/vctl.h>
#include <wire/vnode.h>

#include "config.h"
#include "hostio.h"
#include "image.h"

/* Calls of clients at once; further ones are refused. */
#define VNODED_CALLS_MAX   4096
/* Lists that calls are found in by their ticket; a power of two. */
#define VNODED_BUCKETS	   4096
/* Virtual nodes that are being created at once. */
#define VNODED_CREATES_MAX 16
/* Machines that are considered for a replica; what xosd finds beyond is not looked at. */
#define SPARES_MAX	   64
#define VNODED_PROGRAM	   "vnoded " XOS_VERSION

struct vnoded;
struct change;
struct spares;
struct http_server;

/**
 * struct replica - the replica of a virtual node here
 * @node: in the list of all
 * @d: daemon
 * @id: group
 * @group: its log
 * @core: its container
 * @memory: of the container
 * @host: process of the service
 * @image: newest snapshot
 * @about: what it was founded as, until the log says it
 * @founding: @about is to be ordered
 * @role: in the group
 * @term: of the group
 * @resume: lets the log go on
 * @spec: proposes @about
 * @restore_index: last entry of the snapshot that is being restored
 * @proposals: entries of the container on their way
 * @change: change of the members under way, NULL for none
 * @exporting: a snapshot is handed to the log
 * @export_pos: how far
 */
struct replica {
	struct cds_list_head node;
	struct vnoded *d;
	uint64_t id;
	struct order_group *group;
	struct vnode *core;
	void *memory;
	struct hostio host;
	struct image image;
	struct vnode_about about;
	bool founding;
	enum order_role role;
	uint64_t term;
	struct env_timer resume;
	struct env_timer spec;
	uint64_t restore_index;
	struct cds_list_head proposals;
	struct change *change;
	bool exporting;
	uint64_t export_pos;
};

/**
 * struct vnoded - everything that the daemon has, in the order in which it is made
 */
struct vnoded {
	struct vnoded_config config;
	const char *config_path;
	struct keeper keeper;
	struct env_uv_poll *keeper_watch;
	struct agent agent;
	struct env_uv_async *wake;
	struct store_sqlite *store;
	struct store_log_file *log;
	void *memory;
	struct arena arena;
	struct order *order;
	char control_path[AGENT_PATH_MAX];
	struct control_server *control;
	struct http_server *http;
	struct spares *spares;
	uint64_t replaced;
	struct cds_list_head replicas;
	struct cds_list_head calls;
	struct cds_list_head buckets[VNODED_BUCKETS];
	uint32_t call_count;
	uint64_t calls_full;
	uint64_t last_ticket;
	bool disk_failed;
	struct cds_list_head creates;
	uint32_t create_count;
};

/* --- main.c --------------------------------------------------------------------------- */

/* The disk does not take what has to be kept: stop behind the present event. */
void vnoded_disk_failed(struct vnoded *d);

/* --- replica.c ------------------------------------------------------------------------- */

/**
 * replica_open() - go on with the replica of a group that is in the log
 * @d: daemon
 * @id: group
 *
 * Return: 0 or a negative errno.
 */
int replica_open(struct vnoded *d, uint64_t id);

/**
 * replica_found() - make a replica of a new group
 * @d: daemon
 * @id: group
 * @tag: of the replica
 * @members: all of them
 * @about: what it will be
 *
 * Return: 0 or a negative errno.
 */
int replica_found(struct vnoded *d, uint64_t id, uint64_t tag, const struct order_members *members,
		  const struct wire_vn_about *about);

/**
 * replica_join() - make an empty replica that the leader of a group may fill
 * @d: daemon
 * @id: group
 * @tag: of the replica
 * @name: of the virtual node
 *
 * Return: 0 or a negative errno.
 */
int replica_join(struct vnoded *d, uint64_t id, uint64_t tag, struct bytes name);

/**
 * replica_restore() - make the one replica of a new group, which a backup fills
 * @d: daemon
 * @id: group
 * @name: of the virtual node, as in the backup
 * @from: the backup
 *
 * Return: 0 or a negative errno.
 */
int replica_restore(struct vnoded *d, uint64_t id, struct bytes name,
		    const struct order_backup *from);

/* Stop taking part; for good when @forget. */
void replica_close(struct replica *r, bool forget);

struct replica *replica_by_id(struct vnoded *d, uint64_t id);
struct replica *replica_by_name(struct vnoded *d, struct bytes name);

/* Its name, "" while it is not known. */
const char *replica_name(const struct replica *r);

/* --- call.c ---------------------------------------------------------------------------- */

/** enum call_kind - what is asked of a virtual node */
enum call_kind {
	CALL_REQUEST,
	CALL_SESSION,
	CALL_ENTRY,
	CALL_CHANGE,
	/** @CALL_READ: as CALL_REQUEST, but only if the operation changes nothing */
	CALL_READ
};

/**
 * struct call_request - a call
 * @kind: what is asked
 * @group: group
 * @session: of the client, 0 without
 * @number: in the session
 * @operation: of CALL_REQUEST, CALL_READ
 * @args: of these, or the entry
 */
struct call_request {
	enum call_kind kind;
	uint64_t group;
	uint64_t session;
	uint64_t number;
	struct bytes operation;
	struct bytes args;
};

/* A client asks; it is answered by vctl-reply and ctl-done with number @seq. */
void call_from_client(struct vnoded *d, struct control_client *client, uint32_t seq,
		      const struct call_request *q);

struct call;

/* Told once what became of a call. No other call may be begun from there. */
typedef void (*call_done_fn)(void *ctx, const struct wire_vn_answer *a);

/**
 * call_begin() - ask
 * @d: daemon
 * @q: what; its texts are copied
 * @done: called when it has ended
 * @ctx: argument of @done
 *
 * Return: the call, until @done is called; NULL when that has happened already.
 */
struct call *call_begin(struct vnoded *d, const struct call_request *q, call_done_fn done,
			void *ctx);

/* Nobody waits for the call any more. */
void call_cancel(struct call *c);

/* Another vnoded asks; it is answered by vn-answer. */
void call_from_peer(struct vnoded *d, const struct env_peer *from, const struct wire_vn_call *m);

/* Another vnoded answers. */
void call_answered(struct vnoded *d, const struct wire_vn_answer *m);

/* The replica here has a reply to a request without a session. */
void call_replied(struct vnoded *d, const struct vnode_answer *a);

/* What a read asks for; false: its client went away. See vnode_ops.read_get. */
bool call_read_get(struct vnoded *d, uint64_t ticket, struct bytes *operation, struct bytes *args);

/* The replica here has done a read, or could not. */
void call_read_done(struct vnoded *d, const struct vnode_answer *a);

/* The client of calls went away. */
void calls_of_client_end(struct vnoded *d, struct control_client *client);

/* Another one leads a group: calls that were sent to who led before need not wait for their time. */
void calls_again(struct vnoded *d, uint64_t group);

/* All calls of a group end: it is closed. 0: all calls. */
void calls_end(struct vnoded *d, uint64_t group);

/* --- create.c -------------------------------------------------------------------------- */

void create_from_client(struct vnoded *d, struct control_client *client,
			const struct wire_vctl_create *m);

/* A message of another vnoded about a creation. Return: false when it is none. */
bool create_recv(struct vnoded *d, const struct env_peer *from, const struct wire_header *h);

void creates_end(struct vnoded *d);

/* --- member.c -------------------------------------------------------------------------- */

/**
 * change_begin() - change the members; at the leader
 * @r: replica
 * @ticket: of the call that call_replied() is told about; 0 for none: it is logged
 * @m: what is asked; the same as the change under way is that one
 */
void change_begin(struct replica *r, uint64_t ticket, const struct wire_vn_change *m);

/* Forget the change that is under way. */
void change_abandon(struct replica *r);

/* A message of another vnoded about members. Return: false when it is none. */
bool member_recv(struct vnoded *d, const struct env_peer *from, const struct wire_header *h);

/* --- backup.c -------------------------------------------------------------------------- */

void backup_from_client(struct replica *r, struct control_client *client,
			const struct wire_vctl_backup *m);
void restore_from_client(struct vnoded *d, struct control_client *client,
			 const struct wire_vctl_restore *m);
void restore_chunk_from_client(struct vnoded *d, struct control_client *client,
			       const struct wire_vctl_restore_chunk *m);
void restore_end_from_client(struct vnoded *d, struct control_client *client,
			     const struct wire_vctl_restore_end *m);

/* --- spare.c --------------------------------------------------------------------------- */

/* Replace replicas of machines that are gone, when the configuration wants it. */
int spares_begin(struct vnoded *d);

void spares_end(struct vnoded *d);

/* --- vctl.c ---------------------------------------------------------------------------- */

void vctl_handle(void *ctx, struct control_client *client, uint16_t type, struct bytes msg, int fd);
void vctl_closed(void *ctx, struct control_client *client);

#endif
