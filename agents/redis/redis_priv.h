/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the commands of the Redis protocol. */
#ifndef _XOS_REDIS_REDIS_PRIV_H
#define _XOS_REDIS_REDIS_PRIV_H

#include <errno.h>
#include <stdlib.h>

#include <base/assert.h>
#include <base/list.h>
#include <env/ratelimit.h>
#include <redis/redis.h>
#include <redis/value.h>
#include <resp/resp.h>

/* The version of Redis whose replies these are. */
#define REDIS_VERSION	   "7.0.15"
/* Commands in one transaction that nobody asked to be in one. */
#define WORK_CMDS_MAX	   64
/* Their arguments, and the bytes of these with what each takes besides. */
#define WORK_ARGS_MAX	   96
#define WORK_ARG_BYTES_MAX (10 * 1024)
#define WORK_ARG_COST	   40
/* Memory of a transaction, in bytes. */
#define WORK_MEM_MAX	   (2 * 1024 * 1024)
#define WORK_CHUNK	   (8 * 1024)
/* Hybrid time is in microseconds, the end of a key in milliseconds. */
#define US_IN_MS	   1000
/* Time for a command, all attempts. */
#define WORK_NS		   (5 * ENV_SEC)
/* Places where commands that write one key wait for each other; a power of two. */
#define SLOTS		   4096
/* Counters of keys in use by a client; a power of two. */
#define USE_SLOTS	   64
/* Commands that are kept for the next ones. */
#define SPARE_MAX	   256
/* Cursors of SCAN that are remembered; a power of two. */
#define CURSORS		   1024
/* Collections that wait for the removal of their elements; the rest is found on the grid. */
#define GARBAGE_MAX	   256
/* Elements removed in one transaction. */
#define GARBAGE_ITEMS	   64
/* Keys looked at in one step of the search for those that have expired; removed in it. */
#define REAP_LOOK	   256
#define REAP_KEYS	   32
/* Time between two steps, and as much again at most, drawn; between two searches. */
#define REAP_STEP_NS	   (500 * ENV_MS)
#define REAP_PAUSE_NS	   (10 * ENV_SEC)
#define WATCH_MAX	   64
#define CLIENT_NAME_MAX	   64
#define CLIENT_ADDR_MAX	   64
#define CLIENT_USER_MAX	   64

/**
 * enum call_result - how a call of a command went
 * @CALL_DONE: the reply is written
 * @CALL_FAILED: the same, it is an error, and nothing was changed
 * @CALL_WAIT: something has to be read first; whatever was done does not count
 */
enum call_result { CALL_DONE, CALL_FAILED, CALL_WAIT };

struct cmd;
struct work;
struct watch;

struct chunk {
	struct chunk *next;
	size_t used;
	size_t size;
	uint8_t data[];
};

/**
 * struct call - one call of a command
 * @r: all
 * @cmd: the command
 * @work: its transaction; NULL for commands that need none
 * @reply: where the reply goes
 * @argc: arguments
 * @argv: arguments; the first is the name
 */
struct call {
	struct redis *r;
	struct cmd *cmd;
	struct work *work;
	struct resp_reply *reply;
	uint32_t argc;
	const struct bytes *argv;
};

/* What a command is like. */
#define CMD_WRITE    0x01 /* changes keys */
#define CMD_LOCAL    0x02 /* needs no transaction */
#define CMD_BARRIER  0x04 /* waits for all before it, and all behind it wait for it */
#define CMD_LOOSE    0x08 /* what it reads need not be of one moment */
#define CMD_NOQUEUE  0x10 /* is done at once also after MULTI */
#define CMD_NOAUTH   0x20 /* may come before AUTH */
#define CMD_INTERNAL 0x40 /* no client may ask for it */
#define CMD_ADDS     0x80 /* may make items that there were not */

/**
 * struct command - a command that there is
 * @name: in small letters
 * @exec: does it
 * @arity: arguments with the name; negative: that many or more
 * @flags: CMD_
 * @first: argument that is the first key, 0: none
 * @last: the last one; negative: counted from the end
 * @step: from one key to the next
 */
struct command {
	const char *name;
	enum call_result (*exec)(struct call *c);
	int arity;
	uint32_t flags;
	int first;
	int last;
	int step;
};

/**
 * enum cmd_state - where a command is
 * @CMD_NEW: waits for its turn
 * @CMD_RUNNING: under way
 * @CMD_READY: the reply waits for those before it
 */
enum cmd_state { CMD_NEW, CMD_RUNNING, CMD_READY };

/**
 * struct cmd - a command of a client
 * @node: in the client's, between MULTI and EXEC in its queue, or in the spare list
 * @wait: in the backlog, or in a slot
 * @client: whose; NULL when it is gone, or for the node's own
 * @r: all
 * @def: what it is
 * @state: where it is
 * @reply: reply
 * @argc: arguments
 * @argv: they, in @mem
 * @mem: memory of the arguments
 * @mem_cap: its size
 * @bytes: of the arguments
 * @slot: where it waits for other writers of its key; NO_SLOT: nowhere
 * @queue: EXEC: the commands
 * @watch: EXEC: what was watched
 * @watches_n: how many
 * @resume: of a command that reads in pieces: where to go on
 * @resume_room: room for @resume
 * @sum: of a command that reads in pieces: what came together so far
 */
struct cmd {
	struct cds_list_head node;
	struct cds_list_head wait;
	struct redis_client *client;
	struct redis *r;
	const struct command *def;
	enum cmd_state state;
	struct resp_reply reply;
	uint32_t argc;
	struct bytes *argv;
	uint8_t *mem;
	size_t mem_cap;
	size_t bytes;
	uint32_t slot;
	struct cds_list_head queue;
	struct watch *watch;
	uint32_t watches_n;
	struct bytes resume;
	uint8_t resume_room[DHT_KEY_MAX];
	uint64_t sum;
};
#define NO_SLOT UINT32_MAX

/**
 * struct item - a key of the store in a transaction
 * @work: where it belongs
 * @key: key
 * @wanted: it has to be read
 * @known: it was: @found, @old, @version
 * @reading: it is being read
 * @checked: it was read again
 * @dirty: this transaction changes it
 * @found: it is on the grid
 * @exists: it is there, as the transaction sees it, and is @now
 * @old: value on the grid
 * @now: value
 * @version: of what is on the grid, or was
 * @op: the reading
 */
struct item {
	struct work *work;
	struct bytes key;
	bool wanted;
	bool known;
	bool reading;
	bool checked;
	bool dirty;
	bool found;
	bool exists;
	struct bytes old;
	struct bytes now;
	struct dht_version version;
	struct dht_op op;
};

/**
 * struct span - keys in order in a transaction
 * @node: in the work
 * @work: where it belongs
 * @from: first key
 * @to: behind the last one
 * @limit: items wanted at most, 0: all
 * @known: it was read
 * @reading: it is being read
 * @mem: memory of the items
 * @n: items
 * @cap: room for items
 * @items: they, without the changes of this transaction
 * @more: there may be more, at @resume and behind
 * @op: the reading
 * @checked: it was read again
 * @seen: items of it that were
 * @next: where to read again
 * @step: reading again inside the transaction
 */
struct span {
	struct cds_list_head node;
	struct work *work;
	struct bytes from;
	struct bytes to;
	uint32_t limit;
	bool known;
	bool reading;
	struct chunk *mem;
	uint32_t n;
	uint32_t cap;
	struct dht_item *items;
	bool more;
	struct bytes resume;
	struct dht_op op;
	bool checked;
	uint32_t seen;
	struct bytes next;
	struct txn_step step;
};

/**
 * struct watch - a key that a client watches
 * @key: in memory of its own
 * @version: seen by WATCH
 */
struct watch {
	struct bytes key;
	struct dht_version version;
};

/**
 * struct work - a transaction: commands, what they read, what they change
 * @r: all
 * @node: in struct redis.works
 * @cmd: its commands
 * @cmds_n: how many
 * @keep: memory of what was read
 * @pass: memory of one pass over the commands
 * @mem_used: bytes of both, and of the spans
 * @item: its keys
 * @items_n: how many
 * @spans: what is read in order
 * @pending: reads and steps under way
 * @checking: what was read is read again, to see that it was of one moment
 * @changed: and was not
 * @status: error that ends the attempt, or 0
 * @tries: attempts so far
 * @now_ms: hybrid time of the attempt, in milliseconds since 1970; its version is of that
 *	time, or later
 * @until_ms: and before this, when the first of the keys expires that were taken as being
 *	there in this pass; 0: none does
 * @deadline_ns: end of all attempts
 * @timer: a pause
 * @txn: transaction of the node
 * @steps: its steps
 * @commit: its end
 * @id_base: random number of the attempt
 * @ids: ids of new collections that were made of it, in this pass
 * @expired: keys removed because their time was over, in this pass
 * @garbage_n: collections removed in this pass
 * @garbage: their ids
 */
struct work {
	struct redis *r;
	struct cds_list_head node;
	struct cmd *cmd[WORK_CMDS_MAX];
	uint32_t cmds_n;
	struct chunk *keep;
	struct chunk *pass;
	size_t mem_used;
	struct item *item[TXN_KEYS_MAX];
	uint32_t items_n;
	struct cds_list_head spans;
	uint32_t pending;
	bool checking;
	bool changed;
	int status;
	uint32_t tries;
	uint64_t now_ms;
	uint64_t until_ms;
	uint64_t deadline_ns;
	struct env_timer timer;
	struct txn *txn;
	struct txn_step *steps;
	struct txn_commit commit;
	uint64_t id_base[2];
	uint32_t ids;
	uint32_t expired;
	uint32_t garbage_n;
	struct redis_id garbage[GARBAGE_ITEMS];
};

/**
 * struct slot - writers of a key, or of several with one hash, one after another
 * @busy: a transaction of them is under way
 * @waiting: commands
 */
struct slot {
	bool busy;
	struct cds_list_head waiting;
};

/**
 * struct cursor - where a SCAN goes on
 * @number: what the client was told; 0: not used
 * @len: bytes of @key
 * @key: first key
 */
struct cursor {
	uint64_t number;
	uint16_t len;
	uint8_t key[DHT_KEY_MAX];
};

/**
 * struct user - somebody with connections, or who has lately had some
 * @node: in struct redis.users
 * @r: all
 * @name: name
 * @clients_n: connections
 * @requests_ns: when all requests so far would have been due at the rate that is allowed
 * @bytes_ns: the same of bytes
 * @timer: when it may go on
 * @waits: it is set
 */
struct user {
	struct cds_list_head node;
	struct redis *r;
	char name[CLIENT_USER_MAX];
	uint32_t clients_n;
	uint64_t requests_ns;
	uint64_t bytes_ns;
	struct env_timer timer;
	bool waits;
};

/**
 * struct redis - all
 * @config: what it stands on
 * @clients: clients
 * @clients_n: how many
 * @users: those behind them
 * @holds: prefixes with quotas of items
 * @holds_n: how many
 * @client_ids: last number given to a client
 * @works: transactions under way
 * @works_n: how many
 * @works_spare: one that is kept
 * @backlog: commands that wait for a transaction to end
 * @spare: commands kept for the next ones
 * @spare_n: how many
 * @slot: see struct slot
 * @hash_key: random key of the hashes
 * @cursor: see struct cursor
 * @cursors: given so far
 * @garbage_timer: next look for collections without key
 * @reap_timer: next step of the search for keys that have expired
 * @reap_len: bytes of @reap_from
 * @reap_from: where that step begins
 * @garbage: collections whose elements are to be removed
 * @garbage_n: how many
 * @collecting: one of them is under way
 * @denials: for lines about what was refused to users
 * @started_ns: env_now() at start
 * @run_id: random, for INFO
 * @counters: counters
 */
struct redis {
	struct redis_config config;
	struct cds_list_head clients;
	uint32_t clients_n;
	struct cds_list_head users;
	struct cds_list_head holds;
	uint32_t holds_n;
	uint64_t client_ids;
	struct cds_list_head works;
	uint32_t works_n;
	struct cds_list_head backlog;
	struct cds_list_head spare;
	uint32_t spare_n;
	struct slot slot[SLOTS];
	uint64_t hash_key[2];
	struct cursor cursor[CURSORS];
	uint64_t cursors;
	struct env_timer garbage_timer;
	struct env_timer reap_timer;
	size_t reap_len;
	uint8_t reap_from[DHT_KEY_MAX];
	struct redis_id garbage[GARBAGE_MAX];
	uint32_t garbage_n;
	bool collecting;
	struct ratelimit denials;
	uint64_t started_ns;
	uint64_t run_id[2];
	struct redis_counters counters;
};

/**
 * struct redis_client - a client
 * @node: in struct redis.clients
 * @r: all
 * @owner: what it calls
 * @id: number
 * @addr: where from
 * @name: CLIENT SETNAME
 * @since_ns: env_now() when it connected
 * @proto: version of the protocol
 * @known_as: who it is without a password, "" when nobody has found out
 * @user: whose quota counts; NULL for an admin, and before redis_client_user()
 * @admin: may do everything
 * @authenticated: may give commands
 * @must_log_in: see redis_client_new()
 * @closing: QUIT
 * @paused: does not read
 * @blocked: its owner waits for @ready
 * @feeding: inside redis_client_feed()
 * @pumping: commands are being begun
 * @in_multi: between MULTI and EXEC
 * @multi_bad: a command there was refused
 * @multi_n: commands there
 * @multi_bytes: bytes of them
 * @multi: they
 * @watch: keys watched, on the heap
 * @watches_n: how many
 * @parser: of requests
 * @cmds: commands, in order
 * @cmds_n: how many
 * @next: first of them whose turn has not come
 * @barrier: a command runs that all behind it wait for
 * @readers: commands under way that read a key with this hash
 * @writers: ... that write one
 */
struct redis_client {
	struct cds_list_head node;
	struct redis *r;
	struct redis_owner owner;
	uint64_t id;
	char addr[CLIENT_ADDR_MAX];
	char name[CLIENT_NAME_MAX];
	uint64_t since_ns;
	uint8_t proto;
	char known_as[CLIENT_USER_MAX];
	struct user *user;
	bool admin;
	bool authenticated;
	bool must_log_in;
	bool closing;
	bool paused;
	bool blocked;
	bool feeding;
	bool pumping;
	bool in_multi;
	bool multi_bad;
	uint32_t multi_n;
	size_t multi_bytes;
	struct cds_list_head multi;
	struct watch *watch;
	uint32_t watches_n;
	struct resp_parser parser;
	struct cds_list_head cmds;
	uint32_t cmds_n;
	struct cmd *next;
	bool barrier;
	uint16_t readers[USE_SLOTS];
	uint16_t writers[USE_SLOTS];
};

/* cmd.c: the life of a command */
struct cmd *cmd_new(struct redis *r, uint32_t argc, const struct resp_arg *args,
		    const uint8_t *data);
void cmd_free(struct cmd *cmd);
uint32_t cmd_hash(const struct redis *r, struct bytes key);
/* The i-th key of a command; false behind the last one. */
bool cmd_key(const struct cmd *cmd, uint32_t i, struct bytes *key);
void watches_free(struct watch *watch, uint32_t n);

/* client.c */
void client_cmd_ready(struct cmd *cmd);
/* Who a client is: its certificate's name, or "default". */
const char *client_user(const struct redis_client *c);

/* A user may go on: begin what its clients have asked for. */
void client_pump_user(const struct user *u);

/* --- quota.c: NULL is somebody without limits ----------------------------------------- */

/* One connection more; NULL: it has too many, or there is no memory. */
struct user *user_get(struct redis *r, const char *name);
void user_put(struct user *u);
/* Those without connections who are not ahead of their time. */
void users_forget(struct redis *r);
void users_free(struct redis *r);
/* May it begin something now? When not, its clients are pumped when it may. */
bool user_may(struct user *u);
void user_spend(struct user *u, uint32_t requests, size_t bytes);

/* --- hold.c: quotas of items ------------------------------------------------------- */

/* May a user add items? The worse one counts. */
enum hold_state { HOLD_ROOM, HOLD_FULL, HOLD_FAILED, HOLD_WAIT };

/* With this key; HOLD_WAIT: its clients are pumped when it is known. */
enum hold_state holds_state(struct redis *r, const char *user, struct bytes key);
/* A transaction was committed. */
void holds_added(struct work *w);
void holds_free(struct redis *r);

/* May it do this with a key? Its rights are known. */
bool client_may(const struct redis_client *c, enum acl_right right, struct bytes key);

/* May it read all keys from one to another? */
bool client_may_range(const struct redis_client *c, struct bytes from, struct bytes to);

void client_unwatch(struct redis_client *c);
void client_multi_drop(struct redis_client *c);

/* table.c */
extern const struct command redis_commands[];
extern const uint32_t redis_commands_n;
extern const struct command command_collect;
extern const struct command command_garbage;
extern const struct command command_reap;
const struct command *command_find(struct bytes name);

/* work.c: the life of a transaction */
void work_submit(struct cmd *cmd);
void work_pass(struct work *w);
void work_read(struct work *w);
/* The node has no room: go on with @again a little later. */
void work_stall(struct work *w, void (*again)(void *ctx));
void work_end(struct work *w, int status);
void work_lost(struct work *w);
/* An attempt lost: false when there is no time for another one, and the work is gone. */
bool work_again(struct work *w);
void work_give_up(struct work *w);

/* commit.c: its end */
void work_commit(struct work *w);

/* mem.c: what a transaction has read and changes */
void *work_mem(struct work *w, struct chunk **mem, size_t len);
bool work_copy(struct work *w, struct chunk **mem, struct bytes from, struct bytes *to);
void work_mem_free(struct work *w, struct chunk **mem);
struct item *work_item(struct work *w, struct bytes key);
enum call_result work_get(struct work *w, struct bytes key, struct item **out);
enum call_result work_put(struct work *w, struct bytes key, struct bytes value);
enum call_result work_del(struct work *w, struct bytes key);
enum call_result work_range(struct work *w, struct bytes from, struct bytes to, uint32_t limit,
			    struct span **out);
void work_forget(struct work *w, struct span *s);
/* Begin to read a span once more, to see whether it is still the same. */
void span_again(struct span *s);
/* Behind the last key that was read of it; empty: no bound. */
struct bytes span_end(const struct span *s);
/* An item that was read again: is it the next one of those read before? */
bool span_same(struct span *s, const struct dht_item *item);
/* Is a key, with this value, over? It decides about when the transaction may commit. */
bool work_expired(struct work *w, const struct redis_value *v);
/* Need all that a transaction reads be of one moment? */
bool work_strict(const struct work *w);

/**
 * struct span_walk - where a walk over a span is; zeroed at first
 * @at: next item that was read
 * @last: key given last
 */
struct span_walk {
	uint32_t at;
	struct bytes last;
};

/* Next item of a span, with the changes of the transaction; false behind the last. */
bool work_range_next(struct work *w, const struct span *s, struct span_walk *walk,
		     struct dht_item *item);

/* key.c: keys of clients and their elements */
enum call_result key_load(struct call *c, struct bytes key, struct redis_value *v);
/* The same, and an error when it is there and of another type. */
enum call_result key_load_as(struct call *c, struct bytes key, enum redis_type type,
			     struct redis_value *v);
enum call_result key_store(struct call *c, struct bytes key, const struct redis_value *v);
enum call_result key_remove(struct call *c, struct bytes key, const struct redis_value *v);
/* Make an empty collection of a value that does not exist. */
void key_begin(struct call *c, struct redis_value *v, enum redis_type type);
struct item *elem_item(struct call *c, const struct redis_value *v, struct bytes field);
enum call_result elem_get(struct call *c, const struct redis_value *v, struct bytes field,
			  struct item **out);
enum call_result elem_put(struct call *c, const struct redis_value *v, struct bytes field,
			  struct bytes value);
enum call_result elem_del(struct call *c, const struct redis_value *v, struct bytes field);
/* All elements from @from on, up to @to; empty: no bound. */
enum call_result elem_range(struct call *c, const struct redis_value *v, struct bytes from,
			    struct bytes to, struct span **out);
struct bytes elem_field(struct bytes key);

/* Errors that many commands give. */
enum call_result call_error(struct call *c, const char *text);
enum call_result call_syntax(struct call *c);
enum call_result call_not_integer(struct call *c);
enum call_result call_arguments(struct call *c);
bool arg_is(struct bytes arg, const char *word);

/* scan.c */
void garbage_done(struct cmd *cmd);
void garbage_add(struct redis *r, const struct redis_id *id);
void garbage_start(struct redis *r);
/* A command of the node itself; @id is its argument. */
bool own_command(struct redis *r, const struct command *def, const struct redis_id *id);

/* reap.c */
void reap_done(struct cmd *cmd);
void reap_start(struct redis *r, uint64_t ns);

#define DECLARE(name) enum call_result cmd_##name(struct call *c)
DECLARE(ping);
DECLARE(echo);
DECLARE(select);
DECLARE(quit);
DECLARE(reset);
DECLARE(auth);
DECLARE(hello);
DECLARE(acl);
DECLARE(client);
DECLARE(command);
DECLARE(config);
DECLARE(info);
DECLARE(memory);
DECLARE(multi);
DECLARE(exec);
DECLARE(discard);
DECLARE(watch);
DECLARE(unwatch);
DECLARE(get);
DECLARE(set);
DECLARE(setnx);
DECLARE(setex);
DECLARE(psetex);
DECLARE(getset);
DECLARE(getdel);
DECLARE(mget);
DECLARE(mset);
DECLARE(strlen);
DECLARE(append);
DECLARE(incr);
DECLARE(decr);
DECLARE(incrby);
DECLARE(decrby);
DECLARE(del);
DECLARE(exists);
DECLARE(type);
DECLARE(expire);
DECLARE(pexpire);
DECLARE(ttl);
DECLARE(pttl);
DECLARE(persist);
DECLARE(scan);
DECLARE(range);
DECLARE(dbsize);
DECLARE(collect);
DECLARE(garbage);
DECLARE(reap);
DECLARE(hset);
DECLARE(hmset);
DECLARE(hget);
DECLARE(hmget);
DECLARE(hgetall);
DECLARE(hkeys);
DECLARE(hvals);
DECLARE(hdel);
DECLARE(hlen);
DECLARE(hexists);
DECLARE(lpush);
DECLARE(rpush);
DECLARE(lpop);
DECLARE(rpop);
DECLARE(lrange);
DECLARE(llen);
DECLARE(lindex);
DECLARE(sadd);
DECLARE(srem);
DECLARE(smembers);
DECLARE(sismember);
DECLARE(scard);
#undef DECLARE

#endif
