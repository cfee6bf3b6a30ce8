// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Commands on hashes and sets. Each field or member is an item. The item of
 * the key is written with each change of an element, so that its version
 * stands for the whole collection: who has read it conflicts with the change.
 */
#include <redis/redis_priv.h>

/* Are the fields, and the values when there are some, short enough? */
static enum call_result elements_check(struct call *c, uint32_t step)
{
	for (uint32_t i = 2; i < c->argc; i += step) {
		if (c->argv[i].len > REDIS_FIELD_MAX)
			return call_error(c, "ERR the field or member is longer than 1006 bytes");
		if (step == 2 && c->argv[i + 1].len > DHT_VALUE_MAX)
			return call_error(c, "ERR the value is longer than 65536 bytes");
	}
	return CALL_DONE;
}

/* Set fields or add members, @step arguments each; *added: how many are new. */
static enum call_result put_elements(struct call *c, enum redis_type type, uint32_t step,
				     int64_t *added)
{
	enum call_result res = elements_check(c, step), wait = CALL_DONE;
	struct redis_value v;
	struct item *item;
	bool fresh;

	*added = 0;
	if (!res)
		res = key_load_as(c, c->argv[1], type, &v);
	if (res)
		return res;
	fresh = !v.type;
	if (fresh)
		key_begin(c, &v, type);
	for (uint32_t i = 2; i < c->argc; i += step) {
		item = elem_item(c, &v, c->argv[i]);
		if (!item)
			return CALL_WAIT;
		/* Nothing can be there under a new id. */
		item->wanted = item->wanted || !fresh;
		if (!fresh && !item->known) {
			wait = CALL_WAIT;
			continue;
		}
		*added += !item->exists;
		res = elem_put(c, &v, c->argv[i], step == 2 ? c->argv[i + 1] : bytes_of(NULL, 0));
		wait = res ? res : wait;
	}
	/* A set that has all of them already is not changed. */
	if (wait || (step == 1 && !*added))
		return wait;
	v.count += (uint64_t)*added;
	return key_store(c, c->argv[1], &v);
}

static enum call_result del_elements(struct call *c, enum redis_type type, int64_t *gone)
{
	enum call_result res = elements_check(c, 1), wait = CALL_DONE;
	struct redis_value v;
	struct item *item;

	*gone = 0;
	if (!res)
		res = key_load_as(c, c->argv[1], type, &v);
	if (res || !v.type)
		return res;
	for (uint32_t i = 2; i < c->argc; i++) {
		res = elem_get(c, &v, c->argv[i], &item);
		if (!res && item->exists) {
			res = elem_del(c, &v, c->argv[i]);
			++*gone;
		}
		wait = res ? res : wait;
	}
	if (wait || !*gone)
		return wait;
	xassert(v.count >= (uint64_t)*gone);
	v.count -= (uint64_t)*gone;
	return key_store(c, c->argv[1], &v);
}

enum call_result cmd_hset(struct call *c)
{
	enum call_result res;
	int64_t added;

	if (c->argc % 2)
		return call_arguments(c);
	res = put_elements(c, REDIS_HASH, 2, &added);
	if (!res)
		resp_int(c->reply, added);
	return res;
}

enum call_result cmd_hmset(struct call *c)
{
	enum call_result res;
	int64_t added;

	if (c->argc % 2)
		return call_arguments(c);
	res = put_elements(c, REDIS_HASH, 2, &added);
	if (!res)
		resp_simple(c->reply, "OK");
	return res;
}

enum call_result cmd_hdel(struct call *c)
{
	int64_t gone;
	enum call_result res = del_elements(c, REDIS_HASH, &gone);

	if (!res)
		resp_int(c->reply, gone);
	return res;
}

/* The element that argument 2 names, NULL when there is none. */
static enum call_result element(struct call *c, enum redis_type type, const struct item **out)
{
	struct redis_value v;
	struct item *item;
	enum call_result res = key_load_as(c, c->argv[1], type, &v);

	*out = NULL;
	if (res || !v.type)
		return res;
	res = elem_get(c, &v, c->argv[2], &item);
	if (!res && item->exists)
		*out = item;
	return res;
}

enum call_result cmd_hget(struct call *c)
{
	const struct item *item;
	enum call_result res = element(c, REDIS_HASH, &item);

	if (res)
		return res;
	if (item)
		resp_bulk(c->reply, item->now);
	else
		resp_null(c->reply);
	return CALL_DONE;
}

/* Is the element there? */
static enum call_result element_there(struct call *c, enum redis_type type)
{
	const struct item *item;
	enum call_result res = element(c, type, &item);

	if (!res)
		resp_int(c->reply, item != NULL);
	return res;
}

enum call_result cmd_hexists(struct call *c)
{
	return element_there(c, REDIS_HASH);
}

enum call_result cmd_sismember(struct call *c)
{
	return element_there(c, REDIS_SET);
}

enum call_result cmd_hmget(struct call *c)
{
	enum call_result wait = CALL_DONE, res;
	struct redis_value v;
	struct item *item;

	res = key_load_as(c, c->argv[1], REDIS_HASH, &v);
	if (!res)
		res = elements_check(c, 1);
	if (res)
		return res;
	resp_array(c->reply, c->argc - 2);
	for (uint32_t i = 2; i < c->argc; i++) {
		res = v.type ? elem_get(c, &v, c->argv[i], &item) : CALL_DONE;
		if (res)
			wait = res;
		else if (v.type && item->exists)
			resp_bulk(c->reply, item->now);
		else
			resp_null(c->reply);
	}
	return wait;
}

enum elements_show { SHOW_FIELDS = 1, SHOW_VALUES = 2 };

/* All elements, in the order of their bytes. */
static enum call_result show_elements(struct call *c, enum redis_type type, int show)
{
	struct span_walk walk = { 0 };
	struct redis_value v;
	struct dht_item item;
	struct span *s;
	enum call_result res = key_load_as(c, c->argv[1], type, &v);

	if (!res && v.type)
		res = elem_range(c, &v, bytes_of(NULL, 0), bytes_of(NULL, 0), &s);
	if (res)
		return res;
	if (type == REDIS_SET)
		resp_set(c->reply, v.count);
	else if (show == (SHOW_FIELDS | SHOW_VALUES))
		resp_map(c->reply, v.count);
	else
		resp_array(c->reply, v.count);
	while (v.type && work_range_next(c->work, s, &walk, &item)) {
		/* Not of one moment: it is seen when versions are compared. */
		if (!v.count--)
			break;
		if (show & SHOW_FIELDS)
			resp_bulk(c->reply, elem_field(item.key));
		if (show & SHOW_VALUES)
			resp_bulk(c->reply, item.value);
	}
	return CALL_DONE;
}

enum call_result cmd_hgetall(struct call *c)
{
	return show_elements(c, REDIS_HASH, SHOW_FIELDS | SHOW_VALUES);
}

enum call_result cmd_hkeys(struct call *c)
{
	return show_elements(c, REDIS_HASH, SHOW_FIELDS);
}

enum call_result cmd_hvals(struct call *c)
{
	return show_elements(c, REDIS_HASH, SHOW_VALUES);
}

enum call_result cmd_smembers(struct call *c)
{
	return show_elements(c, REDIS_SET, SHOW_FIELDS);
}

static enum call_result count(struct call *c, enum redis_type type)
{
	struct redis_value v;
	enum call_result res = key_load_as(c, c->argv[1], type, &v);

	if (!res)
		resp_int(c->reply, (int64_t)v.count);
	return res;
}

enum call_result cmd_hlen(struct call *c)
{
	return count(c, REDIS_HASH);
}

enum call_result cmd_scard(struct call *c)
{
	return count(c, REDIS_SET);
}

enum call_result cmd_llen(struct call *c)
{
	return count(c, REDIS_LIST);
}

enum call_result cmd_sadd(struct call *c)
{
	int64_t added;
	enum call_result res = put_elements(c, REDIS_SET, 1, &added);

	if (!res)
		resp_int(c->reply, added);
	return res;
}

enum call_result cmd_srem(struct call *c)
{
	int64_t gone;
	enum call_result res = del_elements(c, REDIS_SET, &gone);

	if (!res)
		resp_int(c->reply, gone);
	return res;
}
