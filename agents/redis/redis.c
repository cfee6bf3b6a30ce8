// SPDX-License-Identifier: GPL-2.0-or-later
#include <redis/redis_priv.h>

int redis_create(const struct redis_config *config, struct redis **out)
{
	struct redis *r = calloc(1, sizeof(*r));

	if (!r)
		return -ENOMEM;
	r->config = *config;
	CDS_INIT_LIST_HEAD(&r->clients);
	CDS_INIT_LIST_HEAD(&r->users);
	CDS_INIT_LIST_HEAD(&r->holds);
	CDS_INIT_LIST_HEAD(&r->works);
	CDS_INIT_LIST_HEAD(&r->backlog);
	CDS_INIT_LIST_HEAD(&r->spare);
	for (uint32_t i = 0; i < SLOTS; i++)
		CDS_INIT_LIST_HEAD(&r->slot[i].waiting);
	for (int i = 0; i < 2; i++) {
		r->hash_key[i] = env_random(config->env);
		r->run_id[i] = env_random(config->env);
	}
	r->started_ns = env_now(config->env);
	garbage_start(r);
	reap_start(r, REAP_STEP_NS);
	*out = r;
	return 0;
}

static void free_waiting(struct cds_list_head *list)
{
	struct cmd *cmd, *next;

	cds_list_for_each_entry_safe(cmd, next, list, wait) {
		cds_list_del(&cmd->wait);
		cmd_free(cmd);
	}
}

void redis_destroy(struct redis *r)
{
	struct work *w, *next;
	struct cmd *cmd, *next_cmd;

	if (!r)
		return;
	xassert(cds_list_empty(&r->clients));
	users_free(r);
	holds_free(r);
	env_timer_cancel(r->config.env, &r->garbage_timer);
	env_timer_cancel(r->config.env, &r->reap_timer);
	cds_list_for_each_entry_safe(w, next, &r->works, node)
		work_give_up(w);
	free_waiting(&r->backlog);
	for (uint32_t i = 0; i < SLOTS; i++)
		free_waiting(&r->slot[i].waiting);
	cds_list_for_each_entry_safe(cmd, next_cmd, &r->spare, node) {
		free(cmd->mem);
		free(cmd->reply.data);
		free(cmd);
	}
	explicit_bzero(r->config.password, sizeof(r->config.password));
	free(r);
}

const struct redis_counters *redis_counters(const struct redis *r)
{
	return &r->counters;
}
