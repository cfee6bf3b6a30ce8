// SPDX-License-Identifier: GPL-2.0-or-later
/* A command: its arguments, its keys, its reply. */
#include <redis/redis_priv.h>

#include <base/siphash.h>

/* Memory that a command keeps for the next one. */
#define KEEP_MAX    4096
#define REPLY_FIRST 128

/* As much as needed, and twice as much each time so that it is rare. */
static void reply_grow(struct resp_reply *reply, size_t need)
{
	size_t cap = reply->cap ? reply->cap : REPLY_FIRST;
	uint8_t *data;

	if (need > 2 * WORK_MEM_MAX)
		return;
	while (cap < need)
		cap *= 2;
	data = realloc(reply->data, cap);
	if (!data)
		return;
	reply->data = data;
	reply->cap = cap;
}

static struct cmd *cmd_take(struct redis *r)
{
	struct cmd *cmd;

	if (r->spare_n) {
		r->spare_n--;
		cmd = cds_list_first_entry(&r->spare, struct cmd, node);
		cds_list_del(&cmd->node);
		return cmd;
	}
	cmd = calloc(1, sizeof(*cmd));
	if (!cmd)
		return NULL;
	cmd->r = r;
	cmd->slot = NO_SLOT;
	cmd->reply.grow = reply_grow;
	cmd->reply.proto = 2;
	CDS_INIT_LIST_HEAD(&cmd->queue);
	return cmd;
}

/* The array of arguments, then their bytes. NULL: no memory. */
struct cmd *cmd_new(struct redis *r, uint32_t argc, const struct resp_arg *args,
		    const uint8_t *data)
{
	struct cmd *cmd = cmd_take(r);
	size_t need = argc * sizeof(struct bytes);
	uint8_t *to;

	if (!cmd)
		return NULL;
	cmd->bytes = 0;
	for (uint32_t i = 0; i < argc; i++)
		cmd->bytes += args[i].len;
	need += cmd->bytes;
	if (need > cmd->mem_cap) {
		free(cmd->mem);
		cmd->mem = malloc(need);
		cmd->mem_cap = cmd->mem ? need : 0;
		if (!cmd->mem) {
			cmd_free(cmd);
			return NULL;
		}
	}
	cmd->argc = argc;
	cmd->argv = (struct bytes *)cmd->mem;
	to = cmd->mem + argc * sizeof(struct bytes);
	for (uint32_t i = 0; i < argc; i++) {
		memcpy(to, data + args[i].at, args[i].len);
		cmd->argv[i] = bytes_of(to, args[i].len);
		to += args[i].len;
	}
	return cmd;
}

void watches_free(struct watch *watch, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		free((void *)(uintptr_t)watch[i].key.data);
	free(watch);
}

void cmd_free(struct cmd *cmd)
{
	struct redis *r = cmd->r;
	struct cmd *sub, *next;

	cds_list_for_each_entry_safe(sub, next, &cmd->queue, node)
		cmd_free(sub);
	watches_free(cmd->watch, cmd->watches_n);
	if (r->spare_n == SPARE_MAX || cmd->mem_cap > KEEP_MAX || cmd->reply.cap > KEEP_MAX) {
		free(cmd->mem);
		free(cmd->reply.data);
		free(cmd);
		return;
	}
	CDS_INIT_LIST_HEAD(&cmd->queue);
	cmd->watch = NULL;
	cmd->watches_n = 0;
	cmd->client = NULL;
	cmd->def = NULL;
	cmd->state = CMD_NEW;
	cmd->slot = NO_SLOT;
	cmd->argc = 0;
	cmd->reply.len = 0;
	cmd->reply.full = false;
	cmd->reply.proto = 2;
	cmd->resume.len = 0;
	cmd->sum = 0;
	r->spare_n++;
	cds_list_add(&cmd->node, &r->spare);
}

uint32_t cmd_hash(const struct redis *r, struct bytes key)
{
	return (uint32_t)siphash(r->hash_key, key.data, key.len);
}

bool cmd_key(const struct cmd *cmd, uint32_t i, struct bytes *key)
{
	const struct command *def = cmd->def;
	int last = def->last < 0 ? (int)cmd->argc + def->last : def->last;
	int64_t at = def->first + (int64_t)i * def->step;

	if (!def->first || at > last || at >= cmd->argc)
		return false;
	*key = cmd->argv[at];
	return true;
}
