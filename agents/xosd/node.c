// SPDX-License-Identifier: GPL-2.0-or-later
#include <xosd/node.h>

#include <errno.h>

#include <base/assert.h>

struct node {
	struct env *env;
	struct store *store;
	struct node_config cfg;
	uint64_t refused;
};

size_t node_arena_size(const struct node_config *cfg)
{
	xassert(cfg);
	return sizeof(struct node) + 64;
}

int node_init(struct arena *arena, struct env *env, struct store *store,
	      const struct node_config *cfg, struct node **out)
{
	struct node *node;

	xassert(arena && env && store && cfg && out);
	if (xos_addr_is_zero(&cfg->addr) || cfg->replicas > RING_CLASSES_MAX)
		return -EINVAL;
	node = arena_alloc(arena, sizeof(*node));
	node->env = env;
	node->store = store;
	node->cfg = *cfg;
	while (xos_id_is_zero(&node->cfg.id)) {
		uint64_t r[2] = { env_random(env), env_random(env) };

		memcpy(node->cfg.id.b, r, sizeof(r));
	}
	*out = node;
	return 0;
}

const struct xos_id *node_id(const struct node *node)
{
	return &node->cfg.id;
}

int node_start(struct node *node)
{
	xassert(node->env);
	return 0;
}

void node_recv(struct node *node, const struct env_peer *from, enum env_channel channel,
	       struct bytes msg)
{
	xassert(from);
	node->refused++;
}

void node_view(const struct node *node, struct ring_view *out)
{
	memset(out, 0, sizeof(*out));
	out->self.id = node->cfg.id;
	out->self.addr = node->cfg.addr;
}

bool node_serving(const struct node *node)
{
	return false;
}

uint64_t node_items(const struct node *node)
{
	return 0;
}

int node_walk(struct node *node, struct ring_walk *walk)
{
	return -ENOBUFS;
}

void node_walk_cancel(struct node *node, struct ring_walk *walk)
{
}

int node_lookup(struct node *node, struct dht_lookup *lookup)
{
	return -ENOBUFS;
}

int node_op(struct node *node, struct dht_op *op)
{
	return -ENOBUFS;
}

void node_op_cancel(struct node *node, struct dht_op *op)
{
}

void node_lookup_cancel(struct node *node, struct dht_lookup *lookup)
{
}

void node_counters(const struct node *node, node_counter_fn visit, void *ctx)
{
	visit(ctx, "node_refused", node->refused);
}

bool dht_op_item(const struct dht_op *op, size_t *pos, struct dht_item *item)
{
	return false;
}
