// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <vnode/sched.h>
#include <wire/control.h>
#include <wire/vctl.h>

#include "agent.h"
#include "text.h"
#include "vnode_backup.h"

#define VNODED_PORT	 7430
#define TIME_MAX_DEFAULT 5000
#define MEMORY_MIB	 1024
#define MEMORY_MIB_MAX	 1048576
#define ARGS_LEN	 WIRE_VH_ARGS_MAX

static const char *const policy_names[] = { "active", "warm", "cold", "semi-active", "hot" };
#define POLICIES (sizeof(policy_names) / sizeof(*policy_names))
static const char *const result_texts[] = {
	"done",
	"the service crashed or hung; the request was skipped",
	"no replica leads",
	"nobody knows whether it was done",
	"too much is under way, nothing was done",
	"there is no such session any more",
	"the number does not follow, nothing was done",
	"there is no such virtual node",
	"nothing was done, the operation may change something",
};

static int vnode_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_vctl_item m;
	char text[CLIENT_TEXT_MAX];

	if (type != WIRE_VCTL_ITEM || wire_vctl_item_decode(msg, &m))
		return -EPROTO;
	print_open_object(NULL);
	print_string(PRINT_ANY, "name", "%s", text_of(m.name, text, sizeof(text)));
	print_string(PRINT_ANY, "service", "  service %s", text_of(m.service, text, sizeof(text)));
	print_string(PRINT_ANY, "policy", "  policy %s",
		     policy_names[m.policy < POLICIES ? m.policy : 0]);
	print_string(PRINT_ANY, "scheduler", "  scheduler %s",
		     text_of(m.scheduler, text, sizeof(text)));
	print_break();
	print_text("%s", m.leader ? "leads" : "follows");
	print_bool(PRINT_JSON, "leader", NULL, m.leader);
	if (m.has_leader_addr)
		print_addr(PRINT_ANY, "leader-addr", "  leader %s", &m.leader_addr);
	print_uint(PRINT_ANY, "term", "  term %s", m.term);
	print_uint(PRINT_ANY, "replicas", "  replicas %s", m.replicas);
	print_uint(PRINT_ANY, "voters", "  voters %s", m.voters);
	print_string(PRINT_ANY, "host", "  host %s", text_of(m.host, text, sizeof(text)));
	print_uint(PRINT_ANY, "running", "  running %s", m.running);
	print_break();
	print_uint(PRINT_ANY, "committed", "committed %s", m.committed);
	print_uint(PRINT_ANY, "applied", "  applied %s", m.applied);
	print_uint(PRINT_ANY, "snapshot", "  snapshot %s", m.snapshot);
	print_uint(PRINT_ANY, "requests", "  requests %s", m.requests);
	print_uint(PRINT_ANY, "answered", "  answered %s", m.answered);
	print_uint(PRINT_ANY, "reads", "  reads %s", m.reads);
	print_uint(PRINT_ANY, "skipped", "  skipped %s", m.skipped);
	print_uint(PRINT_ANY, "restarts", "  restarts %s", m.restarts);
	print_uint(PRINT_ANY, "diverged", "  diverged %s", m.diverged);
	if (m.failure.len) {
		print_break();
		print_string(PRINT_ANY, "failure", "failure: %s",
			     text_of(m.failure, text, sizeof(text)));
	}
	print_close_object();
	print_nl();
	return 0;
}

static int vnode_show(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_VNODED, vctl_show, vnode_item, NULL);
	print_close_array();
	return status;
}

static int counters_cmd(struct args *args)
{
	int status = args_end(args);

	if (status != EXIT_OK)
		return status;
	print_open_object(NULL);
	status = AGENT_REQUEST(AGENT_VNODED, ctl_counters, counter_item, NULL);
	print_close_object();
	if (status == EXIT_OK)
		print_nl();
	return status;
}

static int take_name(struct args *args, struct bytes *name)
{
	const char *word = args_next(args);

	if (!word || !*word || strlen(word) > WIRE_VN_NAME_MAX)
		return fail(EXIT_SYNTAX, "the name of a virtual node is expected");
	*name = bytes_str(word);
	return EXIT_OK;
}

static int take_policy(struct args *args, uint32_t *out)
{
	const char *word = args_next(args);

	for (uint32_t i = 0; word && i < POLICIES; i++) {
		if (!strcmp(word, policy_names[i])) {
			*out = i;
			return EXIT_OK;
		}
	}
	return fail(EXIT_SYNTAX, "policy: active, semi-active, hot, warm or cold is expected");
}

static int take_scheduler(struct args *args, uint32_t *out)
{
	const char *word = args_next(args);
	int kind = word ? vsched_kind_parse(word, strlen(word)) : -EINVAL;

	if (kind < 0)
		return fail(EXIT_SYNTAX, "scheduler: seq, sat, mat, lsa, pds or ord is expected");
	*out = (uint32_t)kind;
	return EXIT_OK;
}

struct members {
	uint32_t n;
	struct xos_addr v[WIRE_VN_MEMBERS_MAX];
};

static int take_members(struct args *args, struct members *out)
{
	while (args->argc) {
		const char *word = args_next(args);

		if (out->n == WIRE_VN_MEMBERS_MAX)
			return fail(EXIT_SYNTAX, "members: more than %d", WIRE_VN_MEMBERS_MAX);
		if (xos_addr_parse(word, VNODED_PORT, &out->v[out->n++]))
			return fail(EXIT_SYNTAX, "members: numeric addresses are expected, not %s",
				    word);
	}
	return out->n ? EXIT_OK : fail(EXIT_SYNTAX, "members ADDRESS... is expected");
}

static int take_about(struct args *args, struct wire_vn_about *a, struct members *members)
{
	unsigned long time_ms = TIME_MAX_DEFAULT, memory = MEMORY_MIB;
	int status = EXIT_OK;

	while (status == EXIT_OK && args->argc) {
		if (args_match(args, "service")) {
			a->path = bytes_str(args->argc ? args_next(args) : "");
		} else if (args_match(args, "config")) {
			a->config = bytes_str(args->argc ? args_next(args) : "");
		} else if (args_match(args, "policy")) {
			status = take_policy(args, &a->policy);
		} else if (args_match(args, "scheduler")) {
			status = take_scheduler(args, &a->scheduler);
		} else if (args_match(args, "time-max")) {
			status = args_uint(args, "time-max", 86400000, &time_ms);
		} else if (args_match(args, "memory-max")) {
			status = args_uint(args, "memory-max", MEMORY_MIB_MAX, &memory);
		} else if (args_match(args, "members")) {
			status = take_members(args, members);
		} else {
			return args_end(args);
		}
	}
	a->time_max_ms = time_ms;
	a->memory_max = (uint64_t)memory << 20;
	if (status == EXIT_OK && (!a->path.len || !members->n))
		return fail(EXIT_SYNTAX, "service FILE and members ADDRESS... are expected");
	return status;
}

static int vnode_create_cmd(struct args *args)
{
	struct wire_vn_about about = { .scheduler = VSCHED_SAT, .config = bytes_str("") };
	struct members members = { .n = 0 };
	int status = take_name(args, &about.name);

	if (status == EXIT_OK)
		status = take_about(args, &about, &members);
	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_VNODED, vctl_create, NULL, NULL, .about = about,
			     .members = { .v = members.v, .n = members.n });
}

static int delete_cmd(struct args *args)
{
	struct bytes name;
	int status = take_name(args, &name);

	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	return AGENT_REQUEST(AGENT_VNODED, vctl_delete, NULL, NULL, .name = name);
}

/* What the service said goes out as it is; how it went is the exit status. */
static int reply_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_vctl_reply m, *out = ctx;

	if (type != WIRE_VCTL_REPLY || wire_vctl_reply_decode(msg, &m))
		return -EPROTO;
	*out = m;
	if (out->result == WIRE_VN_RESULT_OK && m.data.len) {
		fwrite(m.data.data, 1, m.data.len, stdout);
		if (m.data.data[m.data.len - 1] != '\n')
			putchar('\n');
	}
	return 0;
}

static int judge(int status, const struct wire_vctl_reply *m)
{
	uint32_t n = sizeof(result_texts) / sizeof(*result_texts);

	if (status != EXIT_OK)
		return status;
	if (m->result != WIRE_VN_RESULT_OK)
		return fail(EXIT_REFUSED, "%s", m->result < n ? result_texts[m->result] : "failed");
	if (m->error)
		return fail(EXIT_REFUSED, "the service says: %s", strerror((int)m->error));
	return EXIT_OK;
}

/* Why the replicas could not be changed stands in the reply. */
static int change_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_vctl_reply m, *out = ctx;
	char text[CLIENT_TEXT_MAX];

	if (type != WIRE_VCTL_REPLY || wire_vctl_reply_decode(msg, &m))
		return -EPROTO;
	*out = m;
	if (m.error) {
		fail(EXIT_REFUSED, "%s", text_of(m.data, text, sizeof(text)));
		out->result = WIRE_VN_RESULT_OK;
	}
	return 0;
}

/* The words that follow are the arguments, with one space between them. */
static int take_words(struct args *args, char *out, size_t size)
{
	size_t len = 0;

	*out = '\0';
	while (args->argc) {
		const char *word = args_next(args);
		int n = snprintf(out + len, size - len, "%s%s", len ? " " : "", word);

		if ((size_t)n >= size - len)
			return fail(EXIT_SYNTAX, "the arguments are too long");
		len += (size_t)n;
	}
	return EXIT_OK;
}

static int call_cmd(struct args *args)
{
	static char text[ARGS_LEN];
	unsigned long session = 0, number = 0;
	struct wire_vctl_reply m = { .result = WIRE_VN_RESULT_UNKNOWN };
	const char *operation;
	struct bytes name;
	int status = take_name(args, &name);

	if (status == EXIT_OK && args_match(args, "session")) {
		status = args_uint(args, "session", (unsigned long)-1, &session);
		if (status == EXIT_OK)
			status = args_uint(args, "number", (unsigned long)-1, &number);
	}
	if (status != EXIT_OK)
		return status;
	operation = args_next(args);
	if (!operation || !*operation)
		return fail(EXIT_SYNTAX, "an operation of the service is expected");
	status = take_words(args, text, sizeof(text));
	if (status != EXIT_OK)
		return status;
	status = AGENT_REQUEST(AGENT_VNODED, vctl_call, reply_item, &m, .name = name,
			       .operation = bytes_str(operation), .args = bytes_str(text),
			       .session = session, .has_session = session != 0, .number = number,
			       .has_number = session != 0);
	return judge(status, &m);
}

static int session_cmd(struct args *args)
{
	struct wire_vctl_reply m = { .result = WIRE_VN_RESULT_UNKNOWN };
	struct bytes name;
	int status = take_name(args, &name);

	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	status = judge(AGENT_REQUEST(AGENT_VNODED, vctl_session, reply_item, &m, .name = name), &m);
	if (status == EXIT_OK)
		printf("%llu\n", (unsigned long long)m.index);
	return status;
}

static int switch_cmd(struct args *args, bool policy)
{
	struct wire_vctl_reply m = { .result = WIRE_VN_RESULT_UNKNOWN };
	uint32_t value = 0;
	struct bytes name;
	int status = take_name(args, &name);

	if (status == EXIT_OK)
		status = policy ? take_policy(args, &value) : take_scheduler(args, &value);
	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	status = AGENT_REQUEST(AGENT_VNODED, vctl_switch, reply_item, &m, .name = name,
			       .policy = value, .has_policy = policy, .scheduler = value,
			       .has_scheduler = !policy);
	return judge(status, &m);
}

static int policy_cmd(struct args *args)
{
	return switch_cmd(args, true);
}

static int scheduler_cmd(struct args *args)
{
	return switch_cmd(args, false);
}

static int take_node(struct args *args, struct xos_addr *out)
{
	const char *word = args_next(args);

	if (!word || xos_addr_parse(word, VNODED_PORT, out))
		return fail(EXIT_SYNTAX, "the numeric address of a vnoded is expected");
	return EXIT_OK;
}

static int change_replicas(struct bytes name, const struct xos_addr *add,
			   const struct xos_addr *remove)
{
	struct xos_addr none = { .port = 0 };
	struct wire_vctl_reply m = { .result = WIRE_VN_RESULT_UNKNOWN };
	int status;

	status = AGENT_REQUEST(AGENT_VNODED, vctl_replica, change_item, &m, .name = name,
			       .add = add ? *add : none, .has_add = add,
			       .remove = remove ? *remove : none, .has_remove = remove);
	return status == EXIT_OK && m.error ? EXIT_REFUSED : judge(status, &m);
}

static int replica_cmd(struct args *args)
{
	const char *what = args_next(args);
	struct xos_addr first, second;
	bool replace = what && !strcmp(what, "replace");
	struct bytes name;
	int status;

	if (!what || (!replace && strcmp(what, "add") && strcmp(what, "remove")))
		return fail(EXIT_SYNTAX, "replica: add, remove or replace is expected");
	status = take_name(args, &name);
	if (status == EXIT_OK)
		status = take_node(args, &first);
	if (status == EXIT_OK && replace)
		status = take_node(args, &second);
	if (status == EXIT_OK)
		status = args_end(args);
	if (status != EXIT_OK)
		return status;
	if (replace)
		return change_replicas(name, &second, &first);
	return strcmp(what, "add") ? change_replicas(name, NULL, &first) :
				     change_replicas(name, &first, NULL);
}

static int file_cmd(struct args *args, int (*fn)(struct bytes name, const char *path))
{
	const char *path = NULL;
	struct bytes name;
	int status = take_name(args, &name);

	if (status == EXIT_OK) {
		path = args_next(args);
		status = path ? args_end(args) : fail(EXIT_SYNTAX, "a file is expected");
	}
	return status == EXIT_OK ? fn(name, path) : status;
}

static int backup_cmd(struct args *args)
{
	return file_cmd(args, vnode_backup);
}

static int restore_cmd(struct args *args)
{
	return file_cmd(args, vnode_restore);
}

static const struct command vnode_commands[] = {
	{ "show", "", "virtual nodes that have a replica here", vnode_show },
	{ "create",
	  "NAME service FILE [ config TEXT ] [ policy POLICY ] [ scheduler SCHEDULER ]"
	  " [ time-max MS ] [ memory-max MIB ] members ADDRESS...",
	  "make one, with a replica at each of the addresses", vnode_create_cmd },
	{ "call", "NAME [ session N NUMBER ] OPERATION [ ARGUMENT... ]",
	  "have it do something; with a session exactly once", call_cmd },
	{ "session", "NAME", "begin a session, print its number", session_cmd },
	{ "policy", "NAME active|semi-active|hot|warm|cold",
	  "which replicas do the work, from now on", policy_cmd },
	{ "scheduler", "NAME seq|sat|mat|lsa|pds|ord", "how its threads are ordered, from now on",
	  scheduler_cmd },
	{ "replica", "add NAME NODE | remove NAME NODE | replace NAME OLD NEW",
	  "change where its replicas are, while it serves", replica_cmd },
	{ "backup", "NAME FILE", "write its state and sessions into a file, while it serves",
	  backup_cmd },
	{ "restore", "NAME FILE", "make it anew from such a file, with one replica, here",
	  restore_cmd },
	{ "counters", "", "counters of vnoded; -s -s for those that are 0, too", counters_cmd },
	{ "delete", "NAME", "remove the replica here, for good", delete_cmd },
	{ 0 },
};

const struct object object_vnode = {
	.name = "vnode",
	.help = "services that run on several machines as if on one",
	.commands = vnode_commands,
};
