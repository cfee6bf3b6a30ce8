// SPDX-License-Identifier: GPL-2.0-or-later
#include <xosd/node.h>

#include <errno.h>

#include <base/assert.h>
#include <suspect/suspect.h>
#include <txn/node_txn.h>

/* Defaults of struct node_config. */
#define OPS_MAX	     128
#define KNOWN_MAX    256
#define KNOWN_LIMIT  1024
#define PING_NS	     (250 * ENV_MS)
#define STABILIZE_NS (500 * ENV_MS)
#define OP_NS	     (5 * ENV_SEC)
#define CHUNK_MAX    (64 * 1024)
/* Votes of a node that are kept in memory. */
#define VOTES_MAX    1024
/* Time for one question to a node that should be there. */
#define HOP_NS	     (400 * ENV_MS)
#define LEASE_NS     (3 * ENV_SEC)
#define LEASE_MIN_NS (100 * ENV_MS)
#define DRIFT_PPM    1000
#define DRIFT_LIMIT  100000
#define ASK_NS	     (1000 * ENV_MS)

struct node {
	struct env *env;
	struct suspect suspect;
	struct ring_link link;
	struct ring *ring;
	struct dht *dht;
	struct txns *txns;
	uint64_t received;
	uint64_t refused;
	uint64_t unknown;
};

static void ring_config_fill(struct ring_config *out, const struct node_config *cfg)
{
	memset(out, 0, sizeof(*out));
	out->addr = cfg->addr;
	memcpy(out->grid, cfg->grid, sizeof(out->grid) - 1);
	memcpy(out->machine, cfg->machine, sizeof(out->machine) - 1);
	memcpy(out->rack, cfg->rack, sizeof(out->rack) - 1);
	out->replicas = cfg->replicas ? cfg->replicas : 3;
	out->create = cfg->create;
	out->seeds_n = cfg->seeds_n;
	xassert(cfg->seeds_n <= RING_SEEDS_MAX);
	memcpy(out->seeds, cfg->seeds, cfg->seeds_n * sizeof(out->seeds[0]));
	out->known_max = cfg->known_max ? cfg->known_max : KNOWN_MAX;
	out->stabilize_ns = cfg->stabilize_ns ? cfg->stabilize_ns : STABILIZE_NS;
	out->hop_ns = HOP_NS;
	out->chunk_max = cfg->chunk_max ? cfg->chunk_max : CHUNK_MAX;
	out->lease_ns = cfg->lease_ns ? cfg->lease_ns : LEASE_NS;
	out->drift_ppm = cfg->drift_ppm ? cfg->drift_ppm : DRIFT_PPM;
}

static struct dht_config dht_config_fill(const struct node_config *cfg)
{
	uint32_t ops = cfg->ops_max ? cfg->ops_max : OPS_MAX;

	xassert(cfg);
	return (struct dht_config){
		.ops_max = ops,
		.ranges_max = ops < 8	  ? 1 :
			      ops / 8 < 8 ? ops / 8 :
					    8,
		.writes_max = ops * 8 < 64 ? 64 : ops * 8,
		.cache_max = cfg->known_max ? cfg->known_max : KNOWN_MAX,
		.op_ns = cfg->op_timeout_ns ? cfg->op_timeout_ns : OP_NS,
		.ask_ns = ASK_NS,
	};
}

static struct txn_config txn_config_fill(const struct node_config *cfg)
{
	uint32_t ops = cfg->ops_max ? cfg->ops_max : OPS_MAX;

	xassert(cfg);
	return (struct txn_config){
		.txns_max = ops < 16 ? 16 : ops,
		.steps_max = ops * 8,
		.legs_max = ops * 16 < 512 ? 512 : ops * 16,
		.votes_max = VOTES_MAX,
		.writes_max = ops * 8 < 64 ? 64 : ops * 8,
		.txn_ns = cfg->op_timeout_ns ? cfg->op_timeout_ns : OP_NS,
		.ask_ns = ASK_NS,
	};
}

size_t node_arena_size(const struct node_config *cfg)
{
	struct dht_config dht = dht_config_fill(cfg);
	struct txn_config txn = txn_config_fill(cfg);
	struct ring_config ring;

	ring_config_fill(&ring, cfg);
	xassert(ring.known_max);
	return sizeof(struct node) + SUSPECT_WATCH_MAX * sizeof(struct suspect_watch) +
	       RING_LINK_ARENA_SIZE + ring_arena_size(&ring) + dht_arena_size(&dht) +
	       txn_arena_size(&txn) + 256;
}

static bool name_ok(const char *name)
{
	for (uint32_t i = 0; i < RING_NAME_MAX; i++) {
		if (!name[i])
			return true;
	}
	return false;
}

static int config_check(const struct node_config *cfg)
{
	xassert(cfg);
	if (!cfg->addr.port || cfg->replicas > RING_CLASSES_MAX || cfg->seeds_n > RING_SEEDS_MAX ||
	    cfg->ops_max > UINT16_MAX || cfg->known_max > KNOWN_LIMIT ||
	    (cfg->lease_ns && cfg->lease_ns < LEASE_MIN_NS) || cfg->drift_ppm > DRIFT_LIMIT)
		return -EINVAL;
	if (!name_ok(cfg->grid) || !name_ok(cfg->machine) || !name_ok(cfg->rack))
		return -EINVAL;
	return 0;
}

static void node_deliver(void *ctx, const struct env_peer *from, enum env_channel channel,
			 struct bytes msg)
{
	node_recv(ctx, from, channel, msg);
}

int node_init(struct arena *arena, struct env *env, struct store *store,
	      const struct node_config *cfg, struct node **out)
{
	struct env_peer self = { .addr = cfg->addr };
	struct dht_config dht;
	struct txn_config txn;
	struct ring_config ring;
	struct txn_home home;
	struct node *node;
	int err;

	xassert(arena && env && store && out);
	err = config_check(cfg);
	if (!err)
		err = ring_identity(store, env, &cfg->id, &self.id);
	if (err)
		return err;
	ring_config_fill(&ring, cfg);
	ring.id = self.id;
	dht = dht_config_fill(cfg);
	node = arena_alloc(arena, sizeof(*node));
	node->env = env;
	suspect_init(&node->suspect, arena, env, cfg->ping_ns ? cfg->ping_ns : PING_NS,
		     SUSPECT_WATCH_MAX);
	ring_link_init(&node->link, arena, env, &self);
	node->link.deliver = node_deliver;
	node->link.ctx = node;
	err = ring_init(arena, env, store, &node->link, &node->suspect, &ring, &node->ring);
	if (err)
		return err;
	node->dht = dht_init(arena, env, store, node->ring, &node->link, &dht);
	home = (struct txn_home){ env, store, node->ring, &node->link, node->dht };
	txn = txn_config_fill(cfg);
	node->txns = txns_init(arena, &home, &txn);
	*out = node;
	return 0;
}

const struct xos_id *node_id(const struct node *node)
{
	xassert(node);
	return &node->link.self.id;
}

int node_start(struct node *node)
{
	xassert(node->ring);
	txns_start(node->txns);
	return ring_start(node->ring);
}

void node_recv(struct node *node, const struct env_peer *from, enum env_channel channel,
	       struct bytes msg)
{
	struct wire_header h;

	xassert(from);
	node->received++;
	if (wire_header_decode(msg, &h)) {
		node->refused++;
		return;
	}
	suspect_heard(&node->suspect, &from->id);
	ring_heard(node->ring, &from->id);
	if (suspect_recv(&node->suspect, from, &h) || ring_recv(node->ring, from, &h) ||
	    dht_recv(node->dht, from, &h) || txns_recv(node->txns, from, &h))
		return;
	node->unknown++;
}

void node_view(const struct node *node, struct ring_view *out)
{
	xassert(out);
	ring_view_get(node->ring, out);
}

bool node_serving(const struct node *node)
{
	xassert(node);
	return ring_arc(node->ring) && ring_complete(node->ring) && ring_leased(node->ring);
}

bool node_leased(const struct node *node)
{
	xassert(node);
	return ring_leased(node->ring);
}

bool node_serves(const struct node *node, uint8_t class, struct bytes key)
{
	uint64_t epoch;

	xassert(node);
	return ring_access(node->ring, class, key, false, &epoch) == RING_ACCESS_OK;
}

uint64_t node_items(const struct node *node)
{
	xassert(node);
	return ring_items(node->ring);
}

bool node_known_pick(const struct node *node, struct env_peer *out)
{
	return ring_known_pick(node->ring, out);
}

bool node_serves_alone(const struct node *node)
{
	struct ring_view view;

	ring_view_get(node->ring, &view);
	return view.state == RING_OWNER && !view.known_n;
}

int node_walk(struct node *node, struct ring_walk *walk)
{
	xassert(walk);
	return ring_walk_start(node->ring, walk);
}

void node_walk_cancel(struct node *node, struct ring_walk *walk)
{
	xassert(walk);
	ring_walk_stop(node->ring, walk);
}

int node_op(struct node *node, struct dht_op *op)
{
	xassert(op);
	if (op->kind == DHT_PUT || op->kind == DHT_DEL)
		return txn_put_start(node->txns, op);
	return dht_op_start(node->dht, op);
}

void node_op_cancel(struct node *node, struct dht_op *op)
{
	xassert(op);
	if (op->kind == DHT_PUT || op->kind == DHT_DEL)
		txn_put_stop(node->txns, op);
	else
		dht_op_stop(node->dht, op);
}

int node_lookup(struct node *node, struct dht_lookup *lookup)
{
	xassert(lookup);
	return dht_lookup_start(node->dht, lookup);
}

void node_lookup_cancel(struct node *node, struct dht_lookup *lookup)
{
	xassert(lookup);
	dht_lookup_stop(node->dht, lookup);
}

struct txns *node_txns(struct node *node)
{
	xassert(node);
	return node->txns;
}

struct dht *node_dht(struct node *node)
{
	xassert(node);
	return node->dht;
}

#define SHOW(name, value) visit(ctx, name, value)

static void ring_counters_show(const struct ring_counters *c, node_counter_fn visit, void *ctx)
{
	xassert(visit);
	SHOW("ring_calls_expired", c->calls_expired);
	SHOW("ring_answers_late", c->answers_late);
	SHOW("ring_strange", c->strange);
	SHOW("ring_wrong_grid", c->wrong_grid);
	SHOW("ring_finds", c->finds);
	SHOW("ring_routes", c->routes);
	SHOW("ring_route_hops", c->route_hops);
	SHOW("ring_routes_failed", c->routes_failed);
	SHOW("ring_transfers_given", c->transfers_given);
	SHOW("ring_transfers_aborted", c->transfers_aborted);
	SHOW("ring_transfers_refused", c->transfers_refused);
	SHOW("ring_items_sent", c->items_sent);
	SHOW("ring_items_taken", c->items_taken);
	SHOW("ring_items_purged", c->items_purged);
	SHOW("ring_merges", c->merges);
	SHOW("ring_failures", c->failures);
	SHOW("ring_saves_refused", c->saves_refused);
	SHOW("ring_leases_given", c->leases_given);
	SHOW("ring_leases_refused", c->leases_refused);
	SHOW("ring_lease_room", c->lease_room);
	SHOW("ring_claims", c->claims);
	SHOW("ring_claims_done", c->claims_done);
	SHOW("ring_claim_items", c->claim_items);
	SHOW("ring_passed", c->passed);
}

static void dht_counters_show(const struct dht_counters *c, node_counter_fn visit, void *ctx)
{
	xassert(visit);
	SHOW("dht_ops", c->ops);
	SHOW("dht_ops_failed", c->ops_failed);
	SHOW("dht_ops_refused", c->ops_refused);
	SHOW("dht_write_backs", c->write_backs);
	SHOW("dht_retries", c->retries);
	SHOW("dht_answers_late", c->answers_late);
	SHOW("dht_strange", c->strange);
	SHOW("dht_replica_reads", c->replica_reads);
	SHOW("dht_replica_writes", c->replica_writes);
	SHOW("dht_replica_scans", c->replica_scans);
	SHOW("dht_replica_doubts", c->replica_doubts);
	SHOW("dht_replica_refused", c->replica_refused);
	SHOW("dht_writes_refused", c->writes_refused);
	SHOW("dht_disagreed", c->disagreed);
}

static void txn_counters_show(const struct txn_counters *c, node_counter_fn visit, void *ctx)
{
	xassert(visit);
	SHOW("txn_begun", c->begun);
	SHOW("txn_committed", c->committed);
	SHOW("txn_conflicts", c->conflicts);
	SHOW("txn_unknown", c->unknown);
	SHOW("txn_refused", c->refused);
	SHOW("txn_reruns", c->reruns);
	SHOW("txn_combined", c->combined);
	SHOW("txn_second_rounds", c->second_rounds);
	SHOW("txn_settled", c->settled);
	SHOW("txn_votes", c->votes);
	SHOW("txn_locked", c->locked);
	SHOW("txn_stale", c->stale);
	SHOW("txn_behind", c->behind);
	SHOW("txn_writes_refused", c->writes_refused);
	SHOW("txn_votes_refused", c->votes_refused);
	SHOW("txn_strange", c->strange);
	SHOW("txn_late", c->late);
	SHOW("txn_unsure", c->unsure);
	SHOW("txn_aborts_lost", c->aborts_lost);
	SHOW("txn_disagreed", c->disagreed);
}

void node_counters(const struct node *node, node_counter_fn visit, void *ctx)
{
	xassert(visit);
	SHOW("node_received", node->received);
	SHOW("node_refused", node->refused);
	SHOW("node_unknown", node->unknown);
	SHOW("link_sent", node->link.sent);
	SHOW("link_looped", node->link.looped);
	SHOW("link_refused", node->link.refused);
	SHOW("suspect_pings", node->suspect.pings);
	SHOW("suspect_pongs", node->suspect.pongs);
	SHOW("suspect_refused", node->suspect.refused);
	SHOW("suspect_strange", node->suspect.strange);
	ring_counters_show(ring_counters(node->ring), visit, ctx);
	dht_counters_show(dht_counters(node->dht), visit, ctx);
	txn_counters_show(txns_counters(node->txns), visit, ctx);
}
