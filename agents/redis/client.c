// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A client: requests in, commands begun as soon as their order allows, replies
 * out in the order of the requests.
 *
 * Order: a command waits for those before it that write a key it reads or
 * writes, or read a key it writes. Some wait for all before them, and all
 * behind wait for them (CMD_BARRIER).
 */
#include <redis/redis_priv.h>

#include <stdio.h>

static bool is_exec(const struct cmd *cmd)
{
	return cmd->def && cmd->def->exec == cmd_exec;
}

static void pump(struct redis_client *c);

/* --- keys in use --------------------------------------------------------------- */

static void keys_use(struct redis_client *c, const struct cmd *cmd, int by)
{
	uint16_t *use = cmd->def->flags & CMD_WRITE ? c->writers : c->readers;
	struct bytes key;

	for (uint32_t i = 0; cmd_key(cmd, i, &key); i++) {
		uint16_t *n = &use[cmd_hash(c->r, key) & (USE_SLOTS - 1)];

		*n = (uint16_t)(*n + by);
	}
}

static bool keys_free(const struct redis_client *c, const struct cmd *cmd)
{
	bool write = cmd->def->flags & CMD_WRITE;
	struct bytes key;

	for (uint32_t i = 0; cmd_key(cmd, i, &key); i++) {
		uint32_t at = cmd_hash(c->r, key) & (USE_SLOTS - 1);

		if (c->writers[at] || (write && c->readers[at]))
			return false;
	}
	return true;
}

/* --- rights ---------------------------------------------------------------------- */

const char *client_user(const struct redis_client *c)
{
	return c->known_as[0] ? c->known_as : "default";
}

/* Does the command touch keys of clients? */
static bool needs_rights(const struct redis_client *c, const struct cmd *cmd)
{
	return cmd->def && !c->admin && (cmd->def->first || cmd->def->flags & CMD_LOOSE);
}

bool client_may(const struct redis_client *c, enum acl_right right, struct bytes key)
{
	return c->admin || acl_allows(c->r->config.acl, client_user(c), right, key);
}

bool client_may_range(const struct redis_client *c, struct bytes from, struct bytes to)
{
	return c->admin || acl_allows_range(c->r->config.acl, client_user(c), from, to);
}

/* What a user may not do is worth a line, but not one for each attempt. */
static void say_denied(struct redis_client *c, const char *what)
{
	struct env *env = c->r->config.env;
	uint32_t more;

	if (!ratelimit_ok(&c->r->denials, env_now(env), &more))
		return;
	env_log(env, ENV_WARN, ENV_SUB_CONTROL, "audit: user %s at %s: %s, refused; %u more before",
		client_user(c), c->addr, what, more);
}

/* What becomes of a command that may add items? The worst of its keys counts. */
static enum hold_state hold_of(const struct redis_client *c, const struct cmd *cmd)
{
	enum hold_state worst = HOLD_ROOM, s;
	struct bytes key;

	if (!needs_rights(c, cmd) || !(cmd->def->flags & CMD_ADDS))
		return HOLD_ROOM;
	for (uint32_t i = 0; cmd_key(cmd, i, &key); i++) {
		s = holds_state(c->r, client_user(c), key);
		if (s > worst)
			worst = s;
	}
	return worst;
}

/* The reply is written when the user may not add what the command might add. */
static bool refuse_items(struct redis_client *c, struct cmd *cmd)
{
	switch (hold_of(c, cmd)) {
	case HOLD_ROOM:
		return false;
	case HOLD_FULL:
		c->r->counters.quota_items++;
		say_denied(c, cmd->def->name);
		resp_error(&cmd->reply, "QUOTA there are as many items as this user may make");
		return true;
	default:
		resp_error(&cmd->reply, "TRYAGAIN the items of this user cannot be counted");
		return true;
	}
}

/* The reply is written when the user may not do this. Walks look themselves. */
static bool refuse_rights(struct redis_client *c, struct cmd *cmd)
{
	enum acl_right right = cmd->def->flags & CMD_WRITE ? ACL_WRITE : ACL_READ;
	struct bytes key;

	if (!needs_rights(c, cmd))
		return false;
	if (acl_state(c->r->config.acl) != ACL_READY) {
		c->r->counters.rights_failed++;
		resp_error(&cmd->reply, "TRYAGAIN what users may do cannot be read");
		return true;
	}
	for (uint32_t i = 0; cmd_key(cmd, i, &key); i++) {
		if (client_may(c, right, key))
			continue;
		c->r->counters.denied++;
		say_denied(c, cmd->def->name);
		resp_error(&cmd->reply, "NOPERM this user has no permissions to access one of the "
					"keys used as arguments");
		return true;
	}
	return refuse_items(c, cmd);
}

void redis_rights_ready(struct redis *r)
{
	struct redis_client *c;

	cds_list_for_each_entry(c, &r->clients, node)
		pump(c);
}

void client_pump_user(const struct user *u)
{
	struct redis_client *c;

	cds_list_for_each_entry(c, &u->r->clients, node) {
		if (c->user == u)
			pump(c);
	}
}

/* --- beginning ----------------------------------------------------------------- */

static bool may_start(const struct redis_client *c, const struct cmd *cmd)
{
	bool queued = c->in_multi && cmd->def && !(cmd->def->flags & CMD_NOQUEUE);

	if (c->barrier || !user_may(c->user))
		return false;
	if (needs_rights(c, cmd) && acl_state(c->r->config.acl) == ACL_WAIT)
		return false;
	if (cmd->def && c->authenticated && acl_state(c->r->config.acl) == ACL_READY &&
	    hold_of(c, cmd) == HOLD_WAIT)
		return false;
	if (!cmd->def || queued)
		return true;
	if (cmd->def->flags & CMD_BARRIER && cmd->node.prev != &c->cmds)
		return false;
	return keys_free(c, cmd);
}

/* What is wrong with a command that cannot be begun; NULL: nothing. The reply is written. */
static bool refuse(struct redis_client *c, struct cmd *cmd)
{
	const struct command *def = cmd->def;
	int argc = (int)cmd->argc;

	if (!def) {
		char args[128] = "";
		size_t len = 0;

		c->r->counters.unknown++;
		for (int i = 1; i < argc && len < sizeof(args) - 1; i++)
			len += (size_t)snprintf(args + len, sizeof(args) - len, "'%.*s' ",
						(int)cmd->argv[i].len, cmd->argv[i].data);
		resp_error(&cmd->reply, "ERR unknown command '%.*s', with args beginning with: %s",
			   cmd->argv[0].len < 128 ? (int)cmd->argv[0].len : 128, cmd->argv[0].data,
			   args);
		return true;
	}
	if ((def->arity > 0 && argc != def->arity) || argc < -def->arity) {
		resp_error(&cmd->reply, "ERR wrong number of arguments for '%s' command",
			   def->name);
		return true;
	}
	if (!c->authenticated && !(def->flags & CMD_NOAUTH)) {
		resp_error(&cmd->reply, "NOAUTH Authentication required.");
		return true;
	}
	return refuse_rights(c, cmd);
}

/* Keep a command for EXEC; another one says so to the client. */
static void queue_command(struct redis_client *c, struct cmd *cmd)
{
	struct cmd *copy;
	uint8_t *mem;
	size_t mem_cap;

	if (c->multi_bytes + cmd->bytes + sizeof(*cmd) > c->r->config.limits.multi_bytes_max) {
		c->r->counters.multi_full++;
		c->multi_bad = true;
		resp_error(&cmd->reply, "ERR the transaction is too long");
		return;
	}
	copy = cmd_new(c->r, 0, NULL, NULL);
	if (!copy) {
		c->multi_bad = true;
		resp_error(&cmd->reply, "ERR out of memory");
		return;
	}
	c->multi_bytes += cmd->bytes + sizeof(*cmd);
	c->multi_n++;
	copy->def = cmd->def;
	copy->argc = cmd->argc;
	copy->argv = cmd->argv;
	/* One that was used before brings memory of its own: it is kept in exchange. */
	mem = copy->mem;
	mem_cap = copy->mem_cap;
	copy->mem = cmd->mem;
	copy->mem_cap = cmd->mem_cap;
	copy->client = c;
	cmd->mem = mem;
	cmd->mem_cap = mem_cap;
	cmd->argc = 0;
	cds_list_add_tail(&copy->node, &c->multi);
	resp_simple(&cmd->reply, "QUEUED");
}

void client_unwatch(struct redis_client *c)
{
	watches_free(c->watch, c->watches_n);
	c->watch = NULL;
	c->watches_n = 0;
}

void client_multi_drop(struct redis_client *c)
{
	struct cmd *cmd, *next;

	cds_list_for_each_entry_safe(cmd, next, &c->multi, node)
		cmd_free(cmd);
	CDS_INIT_LIST_HEAD(&c->multi);
	c->in_multi = false;
	c->multi_bad = false;
	c->multi_n = 0;
	c->multi_bytes = 0;
}

/* EXEC takes the queue and the watched keys over; the reply is written when it cannot. */
static bool exec_prepare(struct redis_client *c, struct cmd *cmd)
{
	if (!c->in_multi) {
		resp_error(&cmd->reply, "ERR EXEC without MULTI");
		return false;
	}
	if (c->multi_bad) {
		resp_error(&cmd->reply,
			   "EXECABORT Transaction discarded because of previous errors.");
		client_multi_drop(c);
		client_unwatch(c);
		return false;
	}
	cds_list_splice(&c->multi, &cmd->queue);
	CDS_INIT_LIST_HEAD(&c->multi);
	client_multi_drop(c);
	cmd->watch = c->watch;
	cmd->watches_n = c->watches_n;
	c->watch = NULL;
	c->watches_n = 0;
	return true;
}

static void start(struct redis_client *c, struct cmd *cmd)
{
	c->r->counters.commands++;
	user_spend(c->user, 1, cmd->bytes);
	cmd->reply.proto = c->proto;
	cmd->state = CMD_READY;
	if (refuse(c, cmd)) {
		c->multi_bad = c->multi_bad || c->in_multi;
		return;
	}
	if (c->in_multi && !(cmd->def->flags & CMD_NOQUEUE)) {
		queue_command(c, cmd);
		return;
	}
	if (is_exec(cmd) && !exec_prepare(c, cmd))
		return;
	if (cmd->def->flags & CMD_LOCAL) {
		struct call call = { c->r, cmd, NULL, &cmd->reply, cmd->argc, cmd->argv };

		cmd->def->exec(&call);
		return;
	}
	cmd->state = CMD_RUNNING;
	c->barrier = cmd->def->flags & CMD_BARRIER;
	keys_use(c, cmd, 1);
	work_submit(cmd);
}

/* --- replies -------------------------------------------------------------------- */

/* Send what is ready, from the front. Returns true when something was. */
static bool flush(struct redis_client *c)
{
	bool sent = false;

	while (!cds_list_empty(&c->cmds)) {
		struct cmd *cmd = cds_list_first_entry(&c->cmds, struct cmd, node);

		if (cmd->state != CMD_READY)
			break;
		user_spend(c->user, 0, cmd->reply.len);
		c->owner.output(c->owner.ctx, bytes_of(cmd->reply.data, cmd->reply.len));
		cds_list_del(&cmd->node);
		c->cmds_n--;
		cmd_free(cmd);
		sent = true;
	}
	return sent;
}

static bool room(const struct redis_client *c)
{
	return !c->paused && !c->closing && c->cmds_n < c->r->config.limits.pipeline_max;
}

static void pump(struct redis_client *c)
{
	if (c->pumping)
		return;
	c->pumping = true;
	do {
		while (c->next && !c->paused && may_start(c, c->next)) {
			struct cmd *cmd = c->next;

			c->next = cmd->node.next == &c->cmds ?
					  NULL :
					  cds_list_entry(cmd->node.next, struct cmd, node);
			start(c, cmd);
		}
	} while (flush(c) && c->next);
	c->pumping = false;
	if (c->blocked && !c->feeding && room(c)) {
		c->blocked = false;
		c->owner.ready(c->owner.ctx);
	}
}

void client_cmd_ready(struct cmd *cmd)
{
	struct redis_client *c = cmd->client;

	if (!c) {
		garbage_done(cmd);
		cmd_free(cmd);
		return;
	}
	cmd->state = CMD_READY;
	keys_use(c, cmd, -1);
	if (cmd->def->flags & CMD_BARRIER)
		c->barrier = false;
	pump(c);
}

/* --- requests ------------------------------------------------------------------- */

static bool take(struct redis_client *c, const uint8_t *data)
{
	struct cmd *cmd = cmd_new(c->r, c->parser.argc, c->parser.args, data);

	if (!cmd)
		return false;
	cmd->client = c;
	cmd->def = command_find(cmd->argv[0]);
	cds_list_add_tail(&cmd->node, &c->cmds);
	c->cmds_n++;
	if (!c->next)
		c->next = cmd;
	return true;
}

/* The last word to a client that cannot be understood; it comes behind all replies. */
static void bad_request(struct redis_client *c)
{
	struct cmd *cmd = cmd_new(c->r, 0, NULL, NULL);

	c->r->counters.bad_requests++;
	c->closing = true;
	if (!cmd)
		return;
	cmd->client = c;
	cmd->state = CMD_READY;
	resp_error(&cmd->reply, "ERR %s", c->parser.error);
	cds_list_add_tail(&cmd->node, &c->cmds);
	c->cmds_n++;
	pump(c);
}

ssize_t redis_client_feed(struct redis_client *c, uint8_t *data, size_t len)
{
	size_t at = 0, used;

	c->feeding = true;
	while (at < len && room(c)) {
		enum resp_result res = resp_parse(&c->parser, data + at, len - at, &used);

		if (res == RESP_BAD ||
		    (res == RESP_REQUEST && c->parser.argc && !take(c, data + at))) {
			bad_request(c);
			c->feeding = false;
			return -EPROTO;
		}
		if (res == RESP_MORE)
			break;
		at += used;
		pump(c);
	}
	c->blocked = !c->closing && !room(c);
	c->r->counters.pipeline_full += c->blocked && !c->paused;
	c->feeding = false;
	return (ssize_t)at;
}

bool redis_client_blocked(const struct redis_client *c)
{
	return c->blocked;
}

bool redis_client_closing(const struct redis_client *c)
{
	return c->closing && !c->cmds_n;
}

void redis_client_pause(struct redis_client *c, bool paused)
{
	if (c->paused == paused)
		return;
	c->paused = paused;
	if (!paused)
		pump(c);
}

struct redis_client *redis_client_new(struct redis *r, const struct redis_owner *owner,
				      const char *addr, bool must_log_in)
{
	struct redis_client *c = NULL;

	if (r->clients_n < r->config.limits.clients_max)
		c = calloc(1, sizeof(*c));
	if (c)
		c->parser.args = calloc(r->config.limits.args_max, sizeof(*c->parser.args));
	if (c && c->parser.args && !must_log_in)
		c->user = user_get(r, "default");
	if (!c || !c->parser.args || (!c->user && !must_log_in)) {
		r->counters.clients_refused++;
		if (r->clients_n == r->config.limits.clients_max)
			ratelimit_refused(&r->denials, r->config.env, addr,
					  "there are too many clients of the Redis protocol");
		if (c)
			free(c->parser.args);
		free(c);
		return NULL;
	}
	c->r = r;
	c->owner = *owner;
	c->id = ++r->client_ids;
	snprintf(c->addr, sizeof(c->addr), "%s", addr);
	c->since_ns = env_now(r->config.env);
	c->proto = 2;
	c->must_log_in = must_log_in || r->config.password[0];
	c->authenticated = !c->must_log_in;
	c->parser.limits =
		(struct resp_limits){ r->config.limits.args_max, r->config.limits.request_max };
	CDS_INIT_LIST_HEAD(&c->multi);
	CDS_INIT_LIST_HEAD(&c->cmds);
	cds_list_add_tail(&c->node, &r->clients);
	r->clients_n++;
	r->counters.clients++;
	return c;
}

int redis_client_user(struct redis_client *c, const char *name, bool admin)
{
	if (!admin) {
		c->user = user_get(c->r, name ? name : "default");
		if (!c->user)
			return -EUSERS;
	}
	if (!name)
		return 0;
	if (admin)
		env_log(c->r->config.env, ENV_INFO, ENV_SUB_CONTROL, "audit: admin %s at %s", name,
			c->addr);
	snprintf(c->known_as, sizeof(c->known_as), "%s", name);
	c->admin = admin;
	c->authenticated = true;
	return 0;
}

void redis_client_free(struct redis_client *c)
{
	struct cmd *cmd, *next, *sub;

	cds_list_for_each_entry_safe(cmd, next, &c->cmds, node) {
		cds_list_del(&cmd->node);
		cmd->client = NULL;
		cds_list_for_each_entry(sub, &cmd->queue, node)
			sub->client = NULL;
		if (cmd->state != CMD_RUNNING)
			cmd_free(cmd);
	}
	client_multi_drop(c);
	client_unwatch(c);
	cds_list_del(&c->node);
	c->r->clients_n--;
	user_put(c->user);
	free(c->parser.args);
	free(c);
}
