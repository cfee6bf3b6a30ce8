// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How many items there are below the prefixes for which some user has a quota of items. A
 * key is one item, and so is each element of a collection.
 *
 * They are counted, by reading the prefix, when somebody wants to add one and the last
 * count is old; what this agent has added since is added. What others have added meanwhile is
 * not known before the next count.
 */
#include <redis/redis_priv.h>

/* Prefixes that are remembered. */
#define HOLDS_MAX     256
/* A count that is older is made again, while the old one serves. */
#define HOLD_FRESH_NS (5 * ENV_SEC)
/* One that is older does not serve any more. */
#define HOLD_OLD_NS   (15 * ENV_SEC)
/* Between two counts of one prefix. */
#define HOLD_AGAIN_NS ENV_SEC

/**
 * struct hold - what is known of a prefix
 * @node: in struct redis.holds, the last one used first
 * @r: all
 * @known: it was counted, at @at_ns
 * @failed: the last count was in vain, at @tried_ns
 * @reading: it is being counted
 * @at_ns: when
 * @tried_ns: when the last count ended
 * @items: items there were then
 * @added: items that this agent has added since, or while they were counted
 * @added_before: of these before the count that is under way began
 * @found: of that count, so far
 * @op: its next page
 * @from_len: bytes of @from
 * @from: where that page begins
 * @to_len: bytes of @to
 * @to: behind the last key with the prefix
 * @len: bytes of @prefix
 * @prefix: prefix
 */
struct hold {
	struct cds_list_head node;
	struct redis *r;
	bool known;
	bool failed;
	bool reading;
	uint64_t at_ns;
	uint64_t tried_ns;
	uint64_t items;
	uint64_t added;
	uint64_t added_before;
	uint64_t found;
	struct dht_op op;
	size_t from_len;
	uint8_t from[DHT_KEY_MAX];
	size_t to_len;
	uint8_t to[DHT_KEY_MAX];
	size_t len;
	uint8_t prefix[DHT_KEY_MAX];
};

static struct hold *hold_find(struct redis *r, struct bytes prefix)
{
	struct hold *h;

	cds_list_for_each_entry(h, &r->holds, node) {
		if (bytes_eq(bytes_of(h->prefix, h->len), prefix))
			return h;
	}
	return NULL;
}

static void hold_free(struct hold *h)
{
	if (h->reading)
		dht_op_stop(h->r->config.dht, &h->op);
	cds_list_del(&h->node);
	h->r->holds_n--;
	free(h);
}

/* The first key behind all with the prefix: it with its last byte one higher. */
static void hold_end(struct hold *h)
{
	h->to_len = h->len;
	memcpy(h->to, h->prefix, h->len);
	while (h->to_len && h->to[h->to_len - 1] == 0xff)
		h->to_len--;
	if (h->to_len) {
		h->to[h->to_len - 1]++;
	} else {
		/* All keys of clients. */
		h->to[0] = REDIS_HIDDEN;
		h->to_len = 1;
	}
}

static struct hold *hold_get(struct redis *r, struct bytes prefix)
{
	struct hold *h = hold_find(r, prefix);

	if (h) {
		cds_list_del(&h->node);
		cds_list_add(&h->node, &r->holds);
		return h;
	}
	if (r->holds_n == HOLDS_MAX)
		hold_free(cds_list_entry(r->holds.prev, struct hold, node));
	h = calloc(1, sizeof(*h));
	if (!h)
		return NULL;
	h->r = r;
	h->len = prefix.len;
	if (prefix.len)
		memcpy(h->prefix, prefix.data, prefix.len);
	hold_end(h);
	cds_list_add(&h->node, &r->holds);
	r->holds_n++;
	return h;
}

void holds_free(struct redis *r)
{
	struct hold *h, *next;

	cds_list_for_each_entry_safe(h, next, &r->holds, node)
		hold_free(h);
}

/* --- counting ---------------------------------------------------------------------- */

static void hold_page(struct hold *h);

static void hold_counted(struct hold *h, int status)
{
	h->reading = false;
	h->tried_ns = env_now(h->r->config.env);
	h->failed = status != 0;
	if (status) {
		h->r->counters.count_failed++;
	} else {
		h->known = true;
		h->at_ns = h->tried_ns;
		h->items = h->found;
		h->added -= h->added_before;
	}
	redis_rights_ready(h->r);
}

static void hold_read(struct dht_op *op)
{
	struct hold *h = op->ctx;
	struct redis_value v;
	struct dht_item item;
	size_t pos = 0;

	if (op->status) {
		hold_counted(h, op->status);
		return;
	}
	while (dht_op_item(op, &pos, &item)) {
		redis_value_decode(item.value, &v);
		h->found += 1 + v.count;
	}
	if (!op->more) {
		hold_counted(h, 0);
		return;
	}
	h->from_len = op->resume.len;
	memcpy(h->from, op->resume.data, op->resume.len);
	hold_page(h);
}

static void hold_page(struct hold *h)
{
	h->op = (struct dht_op){ .done = hold_read,
				 .ctx = h,
				 .kind = DHT_RANGE,
				 .key = bytes_of(h->from, h->from_len),
				 .to = bytes_of(h->to, h->to_len) };
	if (dht_op_start(h->r->config.dht, &h->op)) {
		h->reading = false;
		h->failed = true;
		h->tried_ns = env_now(h->r->config.env);
		h->r->counters.count_failed++;
	}
}

static void hold_count(struct hold *h)
{
	h->r->counters.counts++;
	h->reading = true;
	h->added_before = h->added;
	h->found = 0;
	h->from_len = h->len;
	memcpy(h->from, h->prefix, h->len);
	hold_page(h);
}

/* --- what follows from it -------------------------------------------------------------- */

static bool hold_serves(const struct hold *h, uint64_t now_ns)
{
	return h->known && now_ns - h->at_ns < HOLD_OLD_NS;
}

static enum hold_state hold_ask(struct redis *r, const struct acl_rule *rule)
{
	uint64_t now_ns = env_now(r->config.env);
	struct hold *h = hold_get(r, rule->prefix);
	bool full;

	if (!h)
		return HOLD_FAILED;
	full = h->known && h->items + h->added >= rule->items;
	if (!h->reading && (!h->known || full || h->failed || now_ns - h->at_ns >= HOLD_FRESH_NS) &&
	    (!h->tried_ns || now_ns - h->tried_ns >= HOLD_AGAIN_NS))
		hold_count(h);
	if (hold_serves(h, now_ns))
		return full ? HOLD_FULL : HOLD_ROOM;
	return h->reading ? HOLD_WAIT : HOLD_FAILED;
}

enum hold_state holds_state(struct redis *r, const char *user, struct bytes key)
{
	enum hold_state worst = HOLD_ROOM, s;
	const struct acl_rule *rule;
	uint32_t at = 0;

	while ((rule = acl_quota(r->config.acl, user, key, &at))) {
		s = hold_ask(r, rule);
		if (s > worst)
			worst = s;
	}
	return worst;
}

static bool is_new(const struct item *item)
{
	return item->dirty && item->exists && !item->found;
}

/* Elements lie elsewhere: they count where a key of the transaction lies. */
void holds_added(struct work *w)
{
	uint64_t elements = 0, keys;
	struct hold *h;
	bool touched;

	if (cds_list_empty(&w->r->holds))
		return;
	for (uint32_t i = 0; i < w->items_n; i++)
		elements += w->item[i]->key.data[0] == REDIS_HIDDEN && is_new(w->item[i]);
	cds_list_for_each_entry(h, &w->r->holds, node) {
		keys = 0;
		touched = false;
		for (uint32_t i = 0; i < w->items_n; i++) {
			if (!bytes_has_prefix(w->item[i]->key, bytes_of(h->prefix, h->len)) ||
			    w->item[i]->key.data[0] == REDIS_HIDDEN)
				continue;
			touched = true;
			keys += is_new(w->item[i]);
		}
		h->added += touched ? keys + elements : 0;
	}
}
