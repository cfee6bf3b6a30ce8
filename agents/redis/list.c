// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Commands on lists. Elements are numbered; the key's item says the number of
 * the first one and how many there are, so that both ends grow and shrink
 * without touching the rest.
 */
#include <redis/redis_priv.h>

#include <base/be.h>

#define INDEX_LEN 8

static struct bytes index_of(uint8_t room[static INDEX_LEN], uint64_t index)
{
	be64_store(room, index);
	return bytes_of(room, INDEX_LEN);
}

static enum call_result push(struct call *c, bool left)
{
	uint8_t room[INDEX_LEN];
	struct redis_value v;
	enum call_result res = key_load_as(c, c->argv[1], REDIS_LIST, &v);

	for (uint32_t i = 2; i < c->argc && !res; i++) {
		if (c->argv[i].len > DHT_VALUE_MAX)
			return call_error(c, "ERR the element is longer than 65536 bytes");
	}
	if (!res && !v.type)
		key_begin(c, &v, REDIS_LIST);
	for (uint32_t i = 2; i < c->argc && !res; i++) {
		if (left)
			v.head--;
		res = elem_put(c, &v, index_of(room, left ? v.head : v.head + v.count), c->argv[i]);
		v.count++;
	}
	if (!res)
		res = key_store(c, c->argv[1], &v);
	if (!res)
		resp_int(c->reply, (int64_t)v.count);
	return res;
}

enum call_result cmd_lpush(struct call *c)
{
	return push(c, true);
}

enum call_result cmd_rpush(struct call *c)
{
	return push(c, false);
}

/* Take @n elements, which there are, from one end; each is a reply. */
static enum call_result take(struct call *c, struct redis_value *v, bool left, uint64_t n)
{
	enum call_result wait = CALL_DONE, res;
	uint8_t room[INDEX_LEN];
	struct item *item;

	for (uint64_t i = 0; i < n && !c->work->status; i++) {
		struct bytes index = index_of(room, left ? v->head++ : v->head + v->count - 1);

		v->count--;
		res = elem_get(c, v, index, &item);
		if (!res) {
			resp_bulk(c->reply, item->now);
			res = elem_del(c, v, index);
		}
		wait = res ? res : wait;
	}
	return wait ? wait : key_store(c, c->argv[1], v);
}

static enum call_result pop(struct call *c, bool left)
{
	struct redis_value v;
	enum call_result res;
	int64_t n = 1;

	if (c->argc > 3)
		return call_arguments(c);
	if (c->argc == 3 && (!resp_number(c->argv[2], &n) || n < 0))
		return call_error(c, "ERR value is out of range, must be positive");
	res = key_load_as(c, c->argv[1], REDIS_LIST, &v);
	if (res)
		return res;
	if (!v.type) {
		if (c->argc == 3)
			resp_null_array(c->reply);
		else
			resp_null(c->reply);
		return CALL_DONE;
	}
	if ((uint64_t)n > v.count)
		n = (int64_t)v.count;
	if (c->argc == 3)
		resp_array(c->reply, (size_t)n);
	return n ? take(c, &v, left, (uint64_t)n) : CALL_DONE;
}

enum call_result cmd_lpop(struct call *c)
{
	return pop(c, true);
}

enum call_result cmd_rpop(struct call *c)
{
	return pop(c, false);
}

enum call_result cmd_lrange(struct call *c)
{
	uint8_t low[INDEX_LEN], high[INDEX_LEN];
	struct span_walk walk = { 0 };
	struct redis_value v;
	struct dht_item item;
	enum call_result res;
	int64_t start, stop;
	struct span *s;
	uint64_t n;

	if (!resp_number(c->argv[2], &start) || !resp_number(c->argv[3], &stop))
		return call_not_integer(c);
	res = key_load_as(c, c->argv[1], REDIS_LIST, &v);
	if (res)
		return res;
	start = start < 0 ? start + (int64_t)v.count : start;
	stop = stop < 0 ? stop + (int64_t)v.count : stop;
	start = start < 0 ? 0 : start;
	stop = stop >= (int64_t)v.count ? (int64_t)v.count - 1 : stop;
	if (start > stop) {
		resp_array(c->reply, 0);
		return CALL_DONE;
	}
	n = (uint64_t)(stop - start) + 1;
	res = elem_range(c, &v, index_of(low, v.head + (uint64_t)start),
			 index_of(high, v.head + (uint64_t)start + n), &s);
	if (res)
		return res;
	resp_array(c->reply, n);
	while (n-- && work_range_next(c->work, s, &walk, &item))
		resp_bulk(c->reply, item.value);
	return CALL_DONE;
}

enum call_result cmd_lindex(struct call *c)
{
	uint8_t room[INDEX_LEN];
	struct redis_value v;
	enum call_result res;
	struct item *item;
	int64_t at;

	if (!resp_number(c->argv[2], &at))
		return call_not_integer(c);
	res = key_load_as(c, c->argv[1], REDIS_LIST, &v);
	if (res)
		return res;
	at = at < 0 ? at + (int64_t)v.count : at;
	if (at < 0 || at >= (int64_t)v.count) {
		resp_null(c->reply);
		return CALL_DONE;
	}
	res = elem_get(c, &v, index_of(room, v.head + (uint64_t)at), &item);
	if (!res)
		resp_bulk(c->reply, item->now);
	return res;
}
