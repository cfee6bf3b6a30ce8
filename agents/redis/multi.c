// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * MULTI, EXEC, WATCH: commands that are one transaction, over any keys on any
 * nodes. What is queued runs like any command, again from the start when
 * something has to be read; a watched key is compared by its version, and is
 * validated at the commit like all that was read.
 */
#include <redis/redis_priv.h>

enum call_result cmd_multi(struct call *c)
{
	struct redis_client *client = c->cmd->client;

	if (client->in_multi)
		return call_error(c, "ERR MULTI calls can not be nested");
	client->in_multi = true;
	resp_simple(c->reply, "OK");
	return CALL_DONE;
}

enum call_result cmd_discard(struct call *c)
{
	struct redis_client *client = c->cmd->client;

	if (!client->in_multi)
		return call_error(c, "ERR DISCARD without MULTI");
	client_multi_drop(client);
	client_unwatch(client);
	resp_simple(c->reply, "OK");
	return CALL_DONE;
}

enum call_result cmd_unwatch(struct call *c)
{
	if (c->cmd->client)
		client_unwatch(c->cmd->client);
	resp_simple(c->reply, "OK");
	return CALL_DONE;
}

/* Remember the version of a key; of a key that is watched already that of the first time. */
static bool watch_add(struct redis_client *client, struct bytes key, const struct dht_version *v)
{
	struct watch *grown;
	uint8_t *copy;

	for (uint32_t i = 0; i < client->watches_n; i++) {
		if (bytes_eq(client->watch[i].key, key))
			return true;
	}
	if (client->watches_n == WATCH_MAX)
		return false;
	grown = realloc(client->watch, (client->watches_n + 1) * sizeof(*grown));
	if (!grown)
		return false;
	client->watch = grown;
	copy = malloc(key.len ? key.len : 1);
	if (!copy)
		return false;
	memcpy(copy, key.data, key.len);
	client->watch[client->watches_n++] =
		(struct watch){ .key = bytes_of(copy, key.len), .version = *v };
	return true;
}

enum call_result cmd_watch(struct call *c)
{
	struct redis_client *client = c->cmd->client;
	enum call_result res = CALL_DONE;
	struct item *item;

	if (client && client->in_multi)
		return call_error(c, "ERR WATCH inside MULTI is not allowed");
	for (uint32_t i = 1; i < c->argc; i++) {
		if (work_get(c->work, c->argv[i], &item))
			res = CALL_WAIT;
	}
	for (uint32_t i = 1; i < c->argc && !res && client; i++) {
		res = work_get(c->work, c->argv[i], &item);
		if (!res && !watch_add(client, c->argv[i], &item->version))
			return call_error(c, "ERR too many keys are watched");
	}
	if (!res)
		resp_simple(c->reply, "OK");
	return res;
}

/* Has a watched key changed? */
static enum call_result watches_check(struct call *c, bool *changed)
{
	enum call_result res = CALL_DONE;

	*changed = false;
	for (uint32_t i = 0; i < c->cmd->watches_n; i++) {
		const struct watch *watch = &c->cmd->watch[i];
		struct item *item;

		if (work_get(c->work, watch->key, &item)) {
			res = CALL_WAIT;
			continue;
		}
		*changed = *changed || item->version.counter != watch->version.counter ||
			   item->version.writer != watch->version.writer;
	}
	return res;
}

enum call_result cmd_exec(struct call *c)
{
	enum call_result res;
	struct cmd *sub;
	bool changed;
	size_t n = 0;

	res = watches_check(c, &changed);
	if (res)
		return res;
	if (changed) {
		resp_null_array(c->reply);
		return CALL_DONE;
	}
	cds_list_for_each_entry(sub, &c->cmd->queue, node)
		n++;
	resp_array(c->reply, n);
	cds_list_for_each_entry(sub, &c->cmd->queue, node) {
		struct call call = { c->r, sub, c->work, c->reply, sub->argc, sub->argv };

		/* An error is the answer of one command; the others have theirs. */
		if (sub->def->exec(&call) == CALL_WAIT)
			res = CALL_WAIT;
	}
	return res;
}
