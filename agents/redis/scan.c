// SPDX-License-Identifier: GPL-2.0-or-later
/* Walks over the keys, and the removal of elements whose key is gone. */
#include <redis/redis_priv.h>

#include <stdio.h>

#define SCAN_COUNT	10
/* Pause between two looks for collections without key, and as much again at most, drawn. */
#define GARBAGE_LOOK_NS (30 * ENV_SEC)

/* Behind the last key of a client. */
static const uint8_t keys_end[] = { REDIS_HIDDEN };

/* --- cursors --------------------------------------------------------------------- */

/* A number for "go on at this key"; the oldest one is forgotten for it. */
static uint64_t cursor_new(struct redis *r, struct bytes key)
{
	uint64_t number = ++r->cursors;
	struct cursor *c = &r->cursor[number & (CURSORS - 1)];

	c->number = number;
	c->len = (uint16_t)key.len;
	memcpy(c->key, key.data, key.len);
	return number;
}

static bool cursor_find(struct redis *r, struct bytes arg, struct bytes *key)
{
	const struct cursor *c;
	int64_t number;

	*key = bytes_of(NULL, 0);
	if (!resp_number(arg, &number) || number < 0)
		return false;
	c = &r->cursor[number & (CURSORS - 1)];
	if (number && c->number != (uint64_t)number)
		return false;
	if (number)
		*key = bytes_of(c->key, c->len);
	return true;
}

/* --- SCAN ------------------------------------------------------------------------- */

/**
 * struct scan - what SCAN was told
 * @match: pattern; no data: all
 * @type: type; REDIS_NONE: all, UINT32_MAX: none
 * @count: keys to look at
 */
struct scan {
	struct bytes match;
	uint32_t type;
	uint32_t count;
};

static uint32_t type_of(struct bytes name)
{
	for (uint32_t t = REDIS_STRING; t <= REDIS_SET; t++) {
		if (arg_is(name, redis_type_name(t)))
			return t;
	}
	return UINT32_MAX;
}

static enum call_result scan_options(struct call *c, struct scan *scan)
{
	int64_t n;

	*scan = (struct scan){ .count = SCAN_COUNT };
	for (uint32_t i = 2; i < c->argc; i += 2) {
		if (i + 1 == c->argc)
			return call_syntax(c);
		if (arg_is(c->argv[i], "match")) {
			scan->match = c->argv[i + 1];
		} else if (arg_is(c->argv[i], "type")) {
			scan->type = type_of(c->argv[i + 1]);
		} else if (arg_is(c->argv[i], "count")) {
			if (!resp_number(c->argv[i + 1], &n))
				return call_not_integer(c);
			if (n < 1)
				return call_syntax(c);
			scan->count = n < DHT_PAGE_ITEMS_MAX ? (uint32_t)n : DHT_PAGE_ITEMS_MAX;
		} else {
			return call_syntax(c);
		}
	}
	return CALL_DONE;
}

static bool scan_shows(const struct call *c, const struct scan *scan, const struct dht_item *item)
{
	struct redis_value v;

	/* Nobody sees the reply to a client that is gone. */
	if (c->cmd->client && !client_may(c->cmd->client, ACL_READ, item->key))
		return false;
	redis_value_decode(item->value, &v);
	return !work_expired(c->work, &v) && !(scan->type && scan->type != v.type) &&
	       !(scan->match.data && !resp_glob(scan->match, item->key));
}

enum call_result cmd_scan(struct call *c)
{
	struct span_walk walk = { 0 };
	struct dht_item item;
	enum call_result res;
	struct bytes from;
	struct scan scan;
	struct span *s;
	char text[24];
	size_t n = 0;

	if (!cursor_find(c->r, c->argv[1], &from))
		return call_error(c, "ERR invalid cursor");
	res = scan_options(c, &scan);
	if (!res)
		res = work_range(c->work, from, bytes_of(keys_end, 1), scan.count, &s);
	if (res)
		return res;
	snprintf(text, sizeof(text), "%llu",
		 s->more ? (unsigned long long)cursor_new(c->r, s->resume) : 0);
	while (work_range_next(c->work, s, &walk, &item))
		n += scan_shows(c, &scan, &item);
	resp_array(c->reply, 2);
	resp_text(c->reply, text);
	resp_array(c->reply, n);
	walk = (struct span_walk){ 0 };
	while (work_range_next(c->work, s, &walk, &item)) {
		if (scan_shows(c, &scan, &item))
			resp_bulk(c->reply, item.key);
	}
	return CALL_DONE;
}

/* The reply is written when the client may not read all of this. */
static bool range_denied(struct call *c, struct bytes from, struct bytes to)
{
	if (!c->cmd->client || client_may_range(c->cmd->client, from, to))
		return false;
	c->r->counters.denied++;
	call_error(c, "NOPERM this user has no permissions to access all of the keys");
	return true;
}

/* XOS.RANGE FROM TO [COUNT N]: strings with their values, in order, and where to go on. */
enum call_result cmd_range(struct call *c)
{
	struct bytes end = bytes_of(keys_end, 1), to = c->argv[2];
	const struct scan all = { .type = REDIS_STRING };
	struct span_walk walk = { 0 };
	struct redis_value v;
	struct dht_item item;
	enum call_result res;
	int64_t count = 100;
	struct span *s;
	size_t n = 0;

	if (c->argc != 3 && (c->argc != 5 || !arg_is(c->argv[3], "count")))
		return call_syntax(c);
	if (c->argc == 5 &&
	    (!resp_number(c->argv[4], &count) || count < 1 || count > DHT_PAGE_ITEMS_MAX))
		return call_not_integer(c);
	if (c->argv[1].len > DHT_KEY_MAX || to.len > DHT_KEY_MAX)
		return call_error(c, "ERR the key is longer than 1024 bytes");
	to = !to.len || bytes_cmp(to, end) > 0 ? end : to;
	if (bytes_cmp(c->argv[1], to) > 0)
		return call_error(c, "ERR the range ends before it begins");
	if (range_denied(c, c->argv[1], to))
		return CALL_FAILED;
	res = work_range(c->work, c->argv[1], to, (uint32_t)count, &s);
	if (res)
		return res;
	while (work_range_next(c->work, s, &walk, &item))
		n += scan_shows(c, &all, &item);
	resp_array(c->reply, 2);
	if (s->more)
		resp_bulk(c->reply, s->resume);
	else
		resp_null(c->reply);
	resp_map(c->reply, n);
	walk = (struct span_walk){ 0 };
	while (work_range_next(c->work, s, &walk, &item)) {
		if (!scan_shows(c, &all, &item))
			continue;
		redis_value_decode(item.value, &v);
		resp_bulk(c->reply, item.key);
		resp_bulk(c->reply, v.str);
	}
	return CALL_DONE;
}

/* As part of a transaction: all pages stay, so that the commit can look at them again. */
static enum call_result dbsize_strict(struct call *c)
{
	struct bytes from = bytes_of(NULL, 0);
	struct dht_item item;
	enum call_result res;
	struct span *s;
	int64_t n = 0;

	do {
		struct span_walk walk = { 0 };

		res = work_range(c->work, from, bytes_of(keys_end, 1), DHT_PAGE_ITEMS_MAX, &s);
		if (res)
			return res;
		while (work_range_next(c->work, s, &walk, &item))
			n++;
		from = s->resume;
	} while (s->more);
	resp_int(c->reply, n);
	return CALL_DONE;
}

/* Counts page by page; a page that was counted is forgotten. */
enum call_result cmd_dbsize(struct call *c)
{
	struct span_walk walk = { 0 };
	struct cmd *cmd = c->cmd;
	struct dht_item item;
	enum call_result res;
	struct span *s;

	if (range_denied(c, bytes_of(NULL, 0), bytes_of(keys_end, 1)))
		return CALL_FAILED;
	if (work_strict(c->work))
		return dbsize_strict(c);
	while (true) {
		res = work_range(c->work, cmd->resume, bytes_of(keys_end, 1), DHT_PAGE_ITEMS_MAX,
				 &s);
		if (res)
			return res;
		while (work_range_next(c->work, s, &walk, &item))
			cmd->sum++;
		if (!s->more)
			break;
		memcpy(cmd->resume_room, s->resume.data, s->resume.len);
		cmd->resume = bytes_of(cmd->resume_room, s->resume.len);
		work_forget(c->work, s);
		walk = (struct span_walk){ 0 };
	}
	resp_int(c->reply, (int64_t)cmd->sum);
	return CALL_DONE;
}

/* --- elements whose key is gone --------------------------------------------------- */

static void collect_next(struct redis *r);

/*
 * Remove some elements of a collection, and when none is left the mark that
 * they had to go. The id is argument 1.
 */
enum call_result cmd_collect(struct call *c)
{
	uint8_t mark[REDIS_ELEM_PREFIX] = { REDIS_HIDDEN, REDIS_GARBAGE };
	struct redis_value v = { .type = REDIS_HASH };
	uint8_t from[REDIS_ELEM_PREFIX] = { REDIS_HIDDEN, REDIS_ELEM }, to[REDIS_ELEM_PREFIX];
	struct work *w = c->work;
	struct span *s;

	memcpy(v.id.b, c->argv[1].data, REDIS_ID_LEN);
	memcpy(mark + 2, v.id.b, REDIS_ID_LEN);
	memcpy(from + 2, v.id.b, REDIS_ID_LEN);
	memcpy(to, from, sizeof(to));
	for (size_t i = sizeof(to); i-- > 1;) {
		if (++to[i])
			break;
	}
	if (work_range(w, bytes_of(from, sizeof(from)), bytes_of(to, sizeof(to)), GARBAGE_ITEMS,
		       &s))
		return CALL_WAIT;
	for (uint32_t i = 0; i < s->n; i++) {
		if (work_del(w, s->items[i].key))
			return CALL_WAIT;
	}
	c->cmd->sum = s->n;
	if (!s->more && work_del(w, bytes_of(mark, sizeof(mark))))
		return CALL_WAIT;
	resp_int(c->reply, s->more);
	return CALL_DONE;
}

/* Find marks that were left behind, by this node or another one. */
enum call_result cmd_garbage(struct call *c)
{
	static const uint8_t from[] = { REDIS_HIDDEN, REDIS_GARBAGE },
			     to[] = { REDIS_HIDDEN, REDIS_GARBAGE + 1 };
	struct redis_id id;
	struct span *s;

	if (work_range(c->work, bytes_of(from, 2), bytes_of(to, 2), GARBAGE_MAX, &s))
		return CALL_WAIT;
	for (uint32_t i = 0; i < s->n; i++) {
		if (s->items[i].key.len != REDIS_ELEM_PREFIX)
			continue;
		memcpy(id.b, s->items[i].key.data + 2, REDIS_ID_LEN);
		garbage_add(c->r, &id);
	}
	resp_int(c->reply, s->n);
	return CALL_DONE;
}

bool own_command(struct redis *r, const struct command *def, const struct redis_id *id)
{
	const struct resp_arg args[2] = { { 0, 0 }, { 0, REDIS_ID_LEN } };
	struct cmd *cmd = cmd_new(r, 2, args, id->b);

	if (!cmd)
		return false;
	cmd->def = def;
	cmd->state = CMD_RUNNING;
	work_submit(cmd);
	return true;
}

static void collect_next(struct redis *r)
{
	if (r->collecting || !r->garbage_n)
		return;
	/* It may have ended already when the call is back, and the next one be under way. */
	r->collecting = true;
	if (!own_command(r, &command_collect, &r->garbage[r->garbage_n - 1]))
		r->collecting = false;
}

void garbage_add(struct redis *r, const struct redis_id *id)
{
	for (uint32_t i = 0; i < r->garbage_n; i++) {
		if (!memcmp(&r->garbage[i], id, sizeof(*id)))
			return;
	}
	/* What does not fit is found again on the grid. */
	if (r->garbage_n == GARBAGE_MAX)
		return;
	r->garbage[r->garbage_n++] = *id;
	/* The one at the end is under way: it stays there. */
	if (r->collecting) {
		r->garbage[r->garbage_n - 1] = r->garbage[r->garbage_n - 2];
		r->garbage[r->garbage_n - 2] = *id;
	}
	collect_next(r);
}

/* A command of the node has ended. */
void garbage_done(struct cmd *cmd)
{
	struct redis *r = cmd->r;

	if (cmd->def == &command_reap)
		reap_done(cmd);
	if (cmd->def != &command_collect)
		return;
	r->collecting = false;
	r->counters.collected += cmd->sum;
	/* All gone, or it failed and is found again later. */
	if (cmd->reply.len != 4 || memcmp(cmd->reply.data, ":1\r\n", 4))
		r->garbage_n--;
	collect_next(r);
}

static void garbage_look(void *ctx)
{
	static const struct redis_id none;
	struct redis *r = ctx;

	garbage_start(r);
	own_command(r, &command_garbage, &none);
}

void garbage_start(struct redis *r)
{
	struct env *env = r->config.env;

	r->garbage_timer = (struct env_timer){ .fire = garbage_look, .ctx = r };
	env_timer_set(env, &r->garbage_timer,
		      GARBAGE_LOOK_NS + env_random_below(env, GARBAGE_LOOK_NS));
}
