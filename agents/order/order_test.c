// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Traces: files of commands ("> " in front) and what has to come of them. The
 * members of one group live in this process, in virtual time; messages take a
 * millisecond, disks are synced each millisecond. XOS_TRACE_UPDATE=1 writes
 * the files anew from what happens.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include <glob.h>
#include <stdlib.h>

#include <base/rng.h>
#include <env/timers.h>
#include <order/order.h>
#include <store/store_mem.h>

#define NODES_MAX   5
#define QUEUE_MAX   4096
#define TIMERS_MAX  8
#define OUTPUT_MAX  (256 * 1024)
#define GROUP	    77
#define TRACES	    "tools/testing/traces/order/*.trace"
#define UPDATE_FLAG "XOS_TRACE_UPDATE"

struct node {
	struct env env;
	int index;
	struct timers timers;
	struct timers_entry slots[TIMERS_MAX + 1];
	struct rng rng;
	struct store_mem_log *log;
	struct store_mem *store;
	void *memory;
	struct order *order;
	struct order_group *g;
	bool slow_disk;
	bool renewed;
	size_t state_len;
	char state[1024];
};

struct letter {
	uint64_t at_ns;
	int from;
	int to;
	size_t len;
	uint8_t *data;
};

static struct world {
	uint64_t now_ns;
	int n;
	struct node node[NODES_MAX];
	bool cut[NODES_MAX][NODES_MAX];
	struct letter queue[QUEUE_MAX];
	size_t queued;
	struct order_members members;
	struct order_op op;
	char out[OUTPUT_MAX];
	size_t out_len;
} w;

__attribute__((format(printf, 1, 2))) static void say(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	w.out_len += (size_t)vsnprintf(w.out + w.out_len, OUTPUT_MAX - w.out_len, fmt, args);
	va_end(args);
	assert_true(w.out_len < OUTPUT_MAX);
}

/* --- environment ----------------------------------------------------------------- */

static uint64_t env_clock(struct env *env)
{
	return w.now_ns;
}

static uint64_t env_dice(struct env *env)
{
	return rng_next(&((struct node *)env)->rng);
}

static void env_arm(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	timers_set(&((struct node *)env)->timers, timer, w.now_ns + delay_ns);
}

static void env_disarm(struct env *env, struct env_timer *timer)
{
	timers_cancel(&((struct node *)env)->timers, timer);
}

static int env_post(struct env *env, const struct xos_addr *to, enum env_channel channel,
		    struct bytes msg)
{
	struct letter *l = &w.queue[w.queued++];

	assert_true(w.queued < QUEUE_MAX && to->ip[15] < NODES_MAX);
	*l = (struct letter){ .at_ns = w.now_ns + ENV_MS, .from = ((struct node *)env)->index };
	l->to = to->ip[15];
	l->len = msg.len;
	l->data = malloc(msg.len);
	memcpy(l->data, msg.data, msg.len);
	return 0;
}

static void env_line(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
}

static const struct env_ops ops = {
	.now = env_clock,
	.wall = env_clock,
	.random = env_dice,
	.timer_set = env_arm,
	.timer_cancel = env_disarm,
	.send = env_post,
	.log = env_line,
};

/* --- service: a text that grows -------------------------------------------------- */

static bool service_apply(void *ctx, const struct order_entry *e)
{
	struct node *n = ctx;

	say("%d: applies %llu '%.*s'\n", n->index, (unsigned long long)e->index, (int)e->data.len,
	    (const char *)e->data.data);
	n->state_len += (size_t)snprintf(n->state + n->state_len, sizeof(n->state) - n->state_len,
					 "%.*s ", (int)e->data.len, (const char *)e->data.data);
	order_reply(n->g, e->session, e->seq, bytes_of(n->state, n->state_len));
	return true;
}

static void service_restore_begin(void *ctx, uint64_t index)
{
	struct node *n = ctx;

	say("%d: is restored at %llu\n", n->index, (unsigned long long)index);
	n->state_len = 0;
}

static bool service_restore_data(void *ctx, struct bytes data)
{
	struct node *n = ctx;

	memcpy(n->state + n->state_len, data.data, data.len);
	n->state_len += data.len;
	return true;
}

static void service_restore_end(void *ctx)
{
}

static void service_role(void *ctx, enum order_role role, uint64_t term, uint64_t leader)
{
	struct node *n = ctx;
	static const char *const names[] = { "follows", "asks", "stands", "leads" };

	if (role == ORDER_FOLLOWER && !leader)
		say("%d: knows no leader in term %llu\n", n->index, (unsigned long long)term);
	else
		say("%d: %s in term %llu\n", n->index, names[role], (unsigned long long)term);
}

static const struct order_service service = {
	.apply = service_apply,
	.restore_begin = service_restore_begin,
	.restore_data = service_restore_data,
	.restore_end = service_restore_end,
	.role = service_role,
};

/* --- nodes ----------------------------------------------------------------------- */

static const struct order_config config = {
	.groups_max = 1,
	.log_entries = 256,
	.log_bytes = 640 * 1024,
	.trailing = 1,
	.sessions_max = 2,
	.keys_max = 2,
	.reply_max = 64,
	.chunk_bytes = 100,
};

static void node_boot(struct node *n)
{
	size_t size = order_arena_size(&config);
	struct xos_id id = { .b = { (uint8_t)(n->index + 1) } };
	struct arena arena;
	enum order_status status;
	int err;

	n->memory = calloc(1, size);
	arena_init(&arena, n->memory, size);
	timers_init(&n->timers, n->slots, TIMERS_MAX);
	n->env.ops = &ops;
	n->order = order_init(&arena, &n->env, store_mem_log(n->log), store_mem_store(n->store),
			      &id, &config);
	n->state_len = 0;
	err = order_start(n->order);
	if (err) {
		say("%d: does not start: %s\n", n->index, strerror(-err));
		return;
	}
	if (n->renewed) {
		order_group_open(n->order, GROUP + 1, &service, n, &n->g);
		return;
	}
	status = order_group_open(n->order, GROUP, &service, n, &n->g);
	if (status == ORDER_BAD)
		status = order_group_create(n->order, GROUP, (uint64_t)n->index + 1, &w.members,
					    &service, n, &n->g);
	if (status != ORDER_OK)
		say("%d: %s\n", n->index, order_status_name(status));
}

static void node_crash(struct node *n)
{
	store_mem_log_crash(n->log, 0, 0);
	store_mem_crash(n->store, 0);
	free(n->memory);
	n->memory = NULL;
	n->order = NULL;
	n->g = NULL;
	if (w.op.group && w.op.state)
		w.op = (struct order_op){ 0 };
}

static void world_start(int n)
{
	for (int i = 0; i < n; i++) {
		struct order_member *m = &w.members.v[w.members.n++];

		m->id.b[0] = (uint8_t)(i + 1);
		m->addr.ip[15] = (uint8_t)i;
		m->tag = (uint64_t)i + 1;
		m->roles = ORDER_VOTER;
	}
	w.n = n;
	for (int i = 0; i < n; i++) {
		w.node[i].index = i;
		rng_seed(&w.node[i].rng, (uint64_t)i);
		w.node[i].log = store_mem_log_create(NULL);
		w.node[i].store = store_mem_create(NULL);
		node_boot(&w.node[i]);
	}
}

static void world_end(void)
{
	for (size_t i = 0; i < w.queued; i++)
		free(w.queue[i].data);
	for (int i = 0; i < w.n; i++) {
		free(w.node[i].memory);
		store_mem_log_destroy(w.node[i].log);
		store_mem_destroy(w.node[i].store);
	}
	memset(&w, 0, sizeof(w));
}

static void deliver(const struct letter *l)
{
	struct node *to = &w.node[l->to];
	struct env_peer from = { .id = w.members.v[l->from].id, .addr = w.members.v[l->from].addr };
	struct wire_header h;

	assert_int_equal(wire_header_decode(bytes_of(l->data, l->len), &h), 0);
	if (to->order && !w.cut[l->from][l->to])
		assert_true(order_recv(to->order, &from, &h));
}

/* One millisecond: what was on its way arrives, timers fire, disks are synced. */
static void step(void)
{
	size_t n = w.queued;

	w.now_ns += ENV_MS;
	for (size_t i = 0; i < n; i++) {
		deliver(&w.queue[i]);
		free(w.queue[i].data);
	}
	memmove(w.queue, w.queue + n, (w.queued - n) * sizeof(w.queue[0]));
	w.queued -= n;
	for (int i = 0; i < w.n; i++) {
		struct node *d = &w.node[i];
		struct env_timer *t;

		if (!d->order)
			continue;
		while ((t = timers_pop(&d->timers, w.now_ns)))
			t->fire(t->ctx);
		if (!d->slow_disk)
			store_mem_log_sync(d->log, STORE_MEM_ALL);
		store_mem_sync(d->store, STORE_MEM_ALL);
	}
}

/* --- commands -------------------------------------------------------------------- */

static void op_done(struct order_op *op, enum order_status status, uint64_t index,
		    struct bytes reply)
{
	say("ends: %s, index %llu", order_status_name(status), (unsigned long long)index);
	if (reply.len)
		say(", '%.*s'", (int)reply.len, (const char *)reply.data);
	say("\n");
}

static void begun(enum order_status status)
{
	if (status != ORDER_OK)
		say("refused: %s\n", order_status_name(status));
}

static void show(void)
{
	static const char *const names[] = { "follower", "asking", "candidate", "leader" };

	for (int i = 0; i < w.n; i++) {
		struct order_info o;

		if (!w.node[i].g) {
			say("%d: down\n", i);
			continue;
		}
		order_group_info(w.node[i].g, &o);
		say("%d: %s, term %llu, entries %llu to %llu, stable %llu, commit %llu, applied "
		    "%llu, voters",
		    i, names[o.role], (unsigned long long)o.term, (unsigned long long)o.first,
		    (unsigned long long)o.last, (unsigned long long)o.stable,
		    (unsigned long long)o.commit, (unsigned long long)o.applied);
		for (uint32_t j = 0; j < o.members.n; j++) {
			if (o.members.v[j].roles & ORDER_VOTER)
				say(" %llu", (unsigned long long)o.members.v[j].tag - 1);
		}
		say("\n");
	}
}

static void snapshot(struct node *n)
{
	size_t taken;

	begun(order_snapshot_begin(n->g));
	if (order_snapshot_write(n->g, bytes_of(n->state, n->state_len), &taken) == ORDER_OK)
		order_snapshot_end(n->g);
}

/* The node loses all that it had, and begins a group of its own with the snapshot of another one. */
static void renew(struct node *n, struct node *from, bool damaged)
{
	struct order_member self = w.members.v[n->index];
	struct order_backup about, begun_with;
	enum order_status status;
	uint8_t copy[4096];
	struct bytes chunk;

	node_crash(n);
	store_mem_log_destroy(n->log);
	store_mem_destroy(n->store);
	n->log = store_mem_log_create(NULL);
	n->store = store_mem_create(NULL);
	n->renewed = true;
	node_boot(n);
	self.tag = 77;
	if (order_backup_chunk(from->g, UINT32_MAX, &begun_with, &chunk) != ORDER_BAD) {
		say("there is no snapshot\n");
		return;
	}
	begun(order_group_restore(n->order, GROUP + 1, &self, &begun_with, &service, n, &n->g));
	for (uint32_t i = 0; i < begun_with.chunks;) {
		assert_int_equal(order_backup_chunk(from->g, i, &about, &chunk), ORDER_OK);
		assert_true(about.snapshot == begun_with.snapshot);
		memcpy(copy, chunk.data, chunk.len);
		copy[chunk.len - 1] ^= damaged;
		status = order_restore_chunk(n->g, i, bytes_of(copy, chunk.len));
		if (status != ORDER_OK && status != ORDER_BUSY) {
			say("%d: chunk %u: %s\n", n->index, i, order_status_name(status));
			return;
		}
		i += status == ORDER_OK;
		step();
	}
	step();
	for (int i = 0; i < 100 && order_restored(n->g) == ORDER_BUSY; i++)
		step();
	say("%d: restored: %s, %u chunks\n", n->index, order_status_name(order_restored(n->g)),
	    begun_with.chunks);
}

static void change(struct node *n, const char *voters)
{
	struct order_members want = w.members;

	want.n = 0;
	for (int i = 0; i < w.n; i++) {
		if (strchr(voters, '0' + i))
			want.v[want.n++] = w.members.v[i];
	}
	begun(order_change(n->g, &want, &w.op));
}

static void propose(struct node *n, uint64_t session, uint64_t seq, const char *text)
{
	struct order_request r = { .session = session, .seq = seq, .data = bytes_str(text) };

	begun(order_propose(n->g, &r, &w.op));
}

static bool command_of_node(const char *name, struct node *n, const char *text, long a, long b)
{
	if (!strcmp(name, "propose"))
		propose(n, 0, 0, text);
	else if (!strcmp(name, "request"))
		propose(n, (uint64_t)a, (uint64_t)b, "r");
	else if (!strcmp(name, "session"))
		begun(order_session_open(n->g, &w.op));
	else if (!strcmp(name, "read"))
		begun(order_read(n->g, &w.op));
	else if (!strcmp(name, "transfer"))
		begun(order_transfer(n->g, a ? (uint64_t)a + 1 : 0));
	else if (!strcmp(name, "suspect"))
		order_suspect(n->order, &w.members.v[a].id, true);
	else if (!strcmp(name, "snapshot"))
		snapshot(n);
	else if (!strcmp(name, "change"))
		change(n, text);
	else if (!strcmp(name, "renew"))
		renew(n, &w.node[a], b);
	else if (!strcmp(name, "crash"))
		node_crash(n);
	else if (!strcmp(name, "boot"))
		node_boot(n);
	else if (!strcmp(name, "damage"))
		store_mem_log_flip(n->log, (uint64_t)a);
	else if (!strcmp(name, "slow"))
		n->slow_disk = a;
	else
		return false;
	return true;
}

static void command(const char *line)
{
	char name[32] = "", text[64] = "";
	long who = 0, a = 0, b = 0;
	int n;

	w.op.done = op_done;
	if (sscanf(line, "wait %ld", &who) == 1) {
		while (who--)
			step();
		return;
	}
	if (sscanf(line, "start %ld", &who) == 1) {
		world_start((int)who);
		return;
	}
	if (sscanf(line, "cut %ld %ld", &who, &a) == 2) {
		w.cut[who][a] = true;
		return;
	}
	if (!strcmp(line, "heal")) {
		memset(w.cut, 0, sizeof(w.cut));
		return;
	}
	if (!strcmp(line, "show")) {
		show();
		return;
	}
	n = sscanf(line, "%31s %ld %63s %ld", name, &who, text, &b);
	a = strtol(text, NULL, 10);
	if (n < 2 || who >= w.n || !command_of_node(name, &w.node[who], text, a, b))
		fail_msg("no such command: %s", line);
}

/* Commands are copied, what they say goes behind them. */
static void run(const char *trace)
{
	char line[128];

	while (*trace) {
		size_t len = strcspn(trace, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)len, trace);
		trace += len + (trace[len] == '\n');
		if (line[0] == '#' || !line[0])
			say("%s\n", line);
		if (strncmp(line, "> ", 2))
			continue;
		say("%s\n", line);
		command(line + 2);
	}
}

static char *load(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = calloc(1, OUTPUT_MAX);
	size_t len;

	assert_non_null(f);
	len = fread(text, 1, OUTPUT_MAX - 1, f);
	assert_true(len > 0);
	fclose(f);
	return text;
}

static void try_trace(const char *path)
{
	char *expected = load(path);
	bool same;
	FILE *f;

	run(expected);
	same = !strcmp(expected, w.out);
	if (!same && getenv(UPDATE_FLAG)) {
		f = fopen(path, "w");
		fputs(w.out, f);
		fclose(f);
	} else if (!same) {
		fail_msg("%s: this is what happens now:\n%s", path, w.out);
	}
	free(expected);
	world_end();
}

static void test_traces(void **state)
{
	glob_t found;

	assert_int_equal(glob(TRACES, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		try_trace(found.gl_pathv[i]);
	globfree(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_traces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
