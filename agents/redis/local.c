// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands about the connection and the server, which need no key. */
#include <redis/redis_priv.h>

#include <inttypes.h>
#include <stdio.h>

#define INFO_MAX 2048

enum call_result cmd_ping(struct call *c)
{
	if (c->argc > 2)
		return call_arguments(c);
	if (c->argc == 2)
		resp_bulk(c->reply, c->argv[1]);
	else
		resp_simple(c->reply, "PONG");
	return CALL_DONE;
}

enum call_result cmd_echo(struct call *c)
{
	resp_bulk(c->reply, c->argv[1]);
	return CALL_DONE;
}

/* There is one database. */
enum call_result cmd_select(struct call *c)
{
	int64_t n;

	if (!resp_number(c->argv[1], &n))
		return call_not_integer(c);
	if (n)
		return call_error(c, "ERR DB index is out of range");
	resp_simple(c->reply, "OK");
	return CALL_DONE;
}

enum call_result cmd_quit(struct call *c)
{
	c->cmd->client->closing = true;
	resp_simple(c->reply, "OK");
	return CALL_DONE;
}

enum call_result cmd_reset(struct call *c)
{
	struct redis_client *client = c->cmd->client;

	client_multi_drop(client);
	client_unwatch(client);
	client->proto = 2;
	client->name[0] = 0;
	client->authenticated = !client->must_log_in || client->known_as[0];
	resp_simple(c->reply, "RESET");
	return CALL_DONE;
}

/* Takes the same time wherever the two differ. */
static bool password_is(const struct redis *r, struct bytes said)
{
	const char *want = r->config.password;
	size_t len = strlen(want);
	uint8_t diff = said.len != len;

	for (size_t i = 0; i < said.len; i++)
		diff |= (uint8_t)(said.data[i] ^ want[i < len ? i : 0]);
	return !diff;
}

static enum call_result log_in(struct call *c, struct bytes user, struct bytes password)
{
	if (!c->r->config.password[0])
		return call_error(c, "ERR AUTH <password> called without any password configured "
				     "for the default user. Are you sure your configuration is "
				     "correct?");
	if (!arg_is(user, "default") || !password_is(c->r, password)) {
		c->r->counters.auth_failed++;
		return call_error(c,
				  "WRONGPASS invalid username-password pair or user is disabled.");
	}
	c->cmd->client->authenticated = true;
	return CALL_DONE;
}

enum call_result cmd_auth(struct call *c)
{
	struct bytes user = c->argc == 3 ? c->argv[1] : bytes_str("default");
	enum call_result res;

	if (c->argc > 3)
		return call_syntax(c);
	res = log_in(c, user, c->argv[c->argc - 1]);
	if (!res)
		resp_simple(c->reply, "OK");
	return res;
}

static bool set_name(struct redis_client *client, struct bytes name)
{
	if (name.len >= sizeof(client->name))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if (name.data[i] < '!' || name.data[i] > '~')
			return false;
	}
	memcpy(client->name, name.data, name.len);
	client->name[name.len] = 0;
	return true;
}

static enum call_result bad_name(struct call *c)
{
	return call_error(c, "ERR Client names cannot contain spaces, newlines or special "
			     "characters.");
}

/* AUTH and SETNAME behind HELLO N; the protocol changes when all of it is right. */
static enum call_result hello_options(struct call *c)
{
	for (uint32_t i = 2; i < c->argc;) {
		if (arg_is(c->argv[i], "auth") && i + 2 < c->argc) {
			enum call_result res = log_in(c, c->argv[i + 1], c->argv[i + 2]);

			if (res)
				return res;
			i += 3;
		} else if (arg_is(c->argv[i], "setname") && i + 1 < c->argc) {
			if (!set_name(c->cmd->client, c->argv[i + 1]))
				return bad_name(c);
			i += 2;
		} else {
			return call_error(c, "ERR Syntax error in HELLO option");
		}
	}
	return CALL_DONE;
}

enum call_result cmd_hello(struct call *c)
{
	struct redis_client *client = c->cmd->client;
	int64_t proto = client->proto;
	enum call_result res;

	if (c->argc > 1 && !resp_number(c->argv[1], &proto))
		return call_error(c, "ERR Protocol version is not an integer or out of range");
	if (proto != 2 && proto != 3)
		return call_error(c, "NOPROTO unsupported protocol version");
	res = hello_options(c);
	if (res)
		return res;
	if (!client->authenticated)
		return call_error(c,
				  "NOAUTH HELLO must be called with the client already "
				  "authenticated, otherwise the HELLO <proto> AUTH <user> <pass> "
				  "option can be used to authenticate the client and select the "
				  "RESP protocol version at the same time");
	client->proto = c->reply->proto = (uint8_t)proto;
	resp_map(c->reply, 7);
	resp_text(c->reply, "server");
	resp_text(c->reply, "redis");
	resp_text(c->reply, "version");
	resp_text(c->reply, REDIS_VERSION);
	resp_text(c->reply, "proto");
	resp_int(c->reply, proto);
	resp_text(c->reply, "id");
	resp_int(c->reply, (int64_t)client->id);
	resp_text(c->reply, "mode");
	resp_text(c->reply, "standalone");
	resp_text(c->reply, "role");
	resp_text(c->reply, "master");
	resp_text(c->reply, "modules");
	resp_array(c->reply, 0);
	return CALL_DONE;
}

/* Users come from certificates; they cannot be made here. */
enum call_result cmd_acl(struct call *c)
{
	if (!arg_is(c->argv[1], "whoami") || c->argc != 2)
		return call_error(c, "ERR unknown subcommand. Try ACL WHOAMI.");
	resp_text(c->reply, client_user(c->cmd->client));
	return CALL_DONE;
}

static void client_line(struct call *c)
{
	const struct redis_client *client = c->cmd->client;
	uint64_t age_ns = env_now(c->r->config.env) - client->since_ns;
	char line[256];

	snprintf(line, sizeof(line),
		 "id=%" PRIu64 " addr=%s name=%s age=%" PRIu64 " db=0 user=%s resp=%u\n",
		 client->id, client->addr, client->name, (uint64_t)(age_ns / ENV_SEC),
		 client_user(client), client->proto);
	resp_text(c->reply, line);
}

enum call_result cmd_client(struct call *c)
{
	struct redis_client *client = c->cmd->client;

	if (arg_is(c->argv[1], "id") && c->argc == 2) {
		resp_int(c->reply, (int64_t)client->id);
	} else if (arg_is(c->argv[1], "getname") && c->argc == 2) {
		if (client->name[0])
			resp_text(c->reply, client->name);
		else
			resp_null(c->reply);
	} else if (arg_is(c->argv[1], "setname") && c->argc == 3) {
		if (!set_name(client, c->argv[2]))
			return bad_name(c);
		resp_simple(c->reply, "OK");
	} else if (arg_is(c->argv[1], "setinfo") && c->argc == 4) {
		resp_simple(c->reply, "OK");
	} else if (arg_is(c->argv[1], "info") && c->argc == 2) {
		client_line(c);
	} else {
		resp_error(c->reply,
			   "ERR unknown subcommand or wrong number of arguments for "
			   "'%.*s'. Try CLIENT HELP.",
			   c->argv[1].len < 128 ? (int)c->argv[1].len : 128, c->argv[1].data);
		return CALL_FAILED;
	}
	return CALL_DONE;
}

static void command_line(struct resp_reply *reply, const struct command *def)
{
	resp_array(reply, 6);
	resp_text(reply, def->name);
	resp_int(reply, def->arity);
	resp_array(reply, 1);
	resp_simple(reply, def->flags & CMD_WRITE ? "write" : "readonly");
	resp_int(reply, def->first);
	resp_int(reply, def->last);
	resp_int(reply, def->step);
}

/* Client libraries ask for it at connect, and do without the details. */
enum call_result cmd_command(struct call *c)
{
	if (c->argc == 1) {
		resp_array(c->reply, redis_commands_n);
		for (uint32_t i = 0; i < redis_commands_n; i++)
			command_line(c->reply, &redis_commands[i]);
	} else if (arg_is(c->argv[1], "count") && c->argc == 2) {
		resp_int(c->reply, redis_commands_n);
	} else if (arg_is(c->argv[1], "docs")) {
		resp_map(c->reply, 0);
	} else {
		return call_error(c, "ERR unknown subcommand. Try COMMAND HELP.");
	}
	return CALL_DONE;
}

/* The settings that programs ask for; none can be changed this way. */
enum call_result cmd_config(struct call *c)
{
	static const char *const settings[][2] = {
		{ "save", "" },	      { "appendonly", "yes" }, { "appendfsync", "always" },
		{ "databases", "1" }, { "maxmemory", "0" },    { "timeout", "0" },
	};
	const size_t all = sizeof(settings) / sizeof(settings[0]);
	size_t n = 0;

	if (!arg_is(c->argv[1], "get") || c->argc != 3)
		return call_error(c, "ERR unknown subcommand. Try CONFIG GET.");
	for (size_t i = 0; i < all; i++)
		n += resp_glob(c->argv[2], bytes_str(settings[i][0]));
	resp_map(c->reply, n);
	for (size_t i = 0; i < all; i++) {
		if (!resp_glob(c->argv[2], bytes_str(settings[i][0])))
			continue;
		resp_text(c->reply, settings[i][0]);
		resp_text(c->reply, settings[i][1]);
	}
	return CALL_DONE;
}

enum call_result cmd_info(struct call *c)
{
	const struct redis *r = c->r;
	char text[INFO_MAX];

	snprintf(text, sizeof(text),
		 "# Server\r\nredis_version:%s\r\nredis_mode:standalone\r\nxos_version:%s\r\n"
		 "run_id:%016" PRIx64 "%016" PRIx64 "\r\nuptime_in_seconds:%" PRIu64 "\r\n\r\n"
		 "# Clients\r\nconnected_clients:%u\r\nmaxclients:%u\r\n\r\n"
		 "# Stats\r\ntotal_connections_received:%" PRIu64
		 "\r\ntotal_commands_processed:%" PRIu64 "\r\nrejected_connections:%" PRIu64
		 "\r\nexpired_keys:%" PRIu64 "\r\n\r\n# Replication\r\nrole:master\r\n",
		 REDIS_VERSION, r->config.version, r->run_id[0], r->run_id[1],
		 (uint64_t)((env_now(r->config.env) - r->started_ns) / ENV_SEC), r->clients_n,
		 r->config.limits.clients_max, r->counters.clients, r->counters.commands,
		 r->counters.clients_refused, r->counters.expired);
	resp_text(c->reply, text);
	return CALL_DONE;
}
