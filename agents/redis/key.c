// SPDX-License-Identifier: GPL-2.0-or-later
/* Keys of clients, their types, their elements; errors that many commands give. */
#include <redis/redis_priv.h>

#include <strings.h>

#include <base/be.h>

enum call_result call_error(struct call *c, const char *text)
{
	resp_error(c->reply, "%s", text);
	return CALL_FAILED;
}

enum call_result call_syntax(struct call *c)
{
	return call_error(c, "ERR syntax error");
}

enum call_result call_not_integer(struct call *c)
{
	return call_error(c, "ERR value is not an integer or out of range");
}

enum call_result call_arguments(struct call *c)
{
	resp_error(c->reply, "ERR wrong number of arguments for '%s' command", c->cmd->def->name);
	return CALL_FAILED;
}

bool arg_is(struct bytes arg, const char *word)
{
	return arg.len == strlen(word) && !strncasecmp((const char *)arg.data, word, arg.len);
}

static enum call_result key_check(struct call *c, struct bytes key)
{
	if (!key.len)
		return call_error(c, "ERR the key is empty");
	if (key.len > DHT_KEY_MAX)
		return call_error(c, "ERR the key is longer than 1024 bytes");
	if (key.data[0] == REDIS_HIDDEN || dht_key_reserved(key))
		return call_error(c, "ERR keys that begin with this byte are reserved");
	return CALL_DONE;
}

enum call_result key_load(struct call *c, struct bytes key, struct redis_value *v)
{
	enum call_result res = key_check(c, key);
	struct work *w = c->work;
	struct item *item;

	*v = (struct redis_value){ .type = REDIS_NONE };
	if (!res)
		res = work_get(w, key, &item);
	if (res || !item->exists)
		return res;
	redis_value_decode(item->now, v);
	if (!work_expired(w, v))
		return CALL_DONE;
	/* Its time is over when this commits, and it goes with it: all others see the same. */
	w->expired++;
	res = key_remove(c, key, v);
	*v = (struct redis_value){ .type = REDIS_NONE };
	return res;
}

enum call_result key_load_as(struct call *c, struct bytes key, enum redis_type type,
			     struct redis_value *v)
{
	enum call_result res = key_load(c, key, v);

	if (!res && v->type != type && v->type != REDIS_NONE)
		res = call_error(c, "WRONGTYPE Operation against a key holding the wrong kind of "
				    "value");
	return res;
}

enum call_result key_store(struct call *c, struct bytes key, const struct redis_value *v)
{
	size_t len = redis_value_len(v);
	uint8_t *raw;

	if (len > DHT_VALUE_MAX || (v->type == REDIS_STRING && v->str.len > REDIS_STRING_MAX))
		return call_error(c, "ERR the value is longer than 65523 bytes");
	/* An empty collection is none. */
	if (v->type != REDIS_STRING && !v->count)
		return work_del(c->work, key);
	raw = work_mem(c->work, &c->work->pass, len);
	if (!raw)
		return CALL_WAIT;
	redis_value_encode(v, raw);
	return work_put(c->work, key, bytes_of(raw, len));
}

enum call_result key_remove(struct call *c, struct bytes key, const struct redis_value *v)
{
	uint8_t hidden[REDIS_ELEM_PREFIX] = { REDIS_HIDDEN, REDIS_GARBAGE },
		type = (uint8_t)v->type;
	struct work *w = c->work;

	if (v->type == REDIS_NONE)
		return CALL_DONE;
	if (v->type != REDIS_STRING && v->count) {
		if (w->garbage_n == GARBAGE_ITEMS) {
			w->status = -E2BIG;
			return CALL_WAIT;
		}
		w->garbage[w->garbage_n++] = v->id;
		memcpy(hidden + 2, v->id.b, REDIS_ID_LEN);
		if (work_put(w, bytes_of(hidden, sizeof(hidden)), bytes_of(&type, 1)))
			return CALL_WAIT;
	}
	return work_del(w, key);
}

/* The id is the same in each pass of an attempt, or its elements would never be known. */
void key_begin(struct call *c, struct redis_value *v, enum redis_type type)
{
	struct work *w = c->work;

	*v = (struct redis_value){ .type = type, .head = REDIS_LIST_START };
	be64_store(v->id.b, w->id_base[0]);
	be64_store(v->id.b + 8, w->id_base[1] + w->ids++);
}

static struct bytes elem_key(uint8_t room[static DHT_KEY_MAX], const struct redis_value *v,
			     struct bytes field)
{
	xassert(field.len <= REDIS_FIELD_MAX);
	room[0] = REDIS_HIDDEN;
	room[1] = REDIS_ELEM;
	memcpy(room + 2, v->id.b, REDIS_ID_LEN);
	if (field.len)
		memcpy(room + REDIS_ELEM_PREFIX, field.data, field.len);
	return bytes_of(room, REDIS_ELEM_PREFIX + field.len);
}

struct bytes elem_field(struct bytes key)
{
	xassert(key.len >= REDIS_ELEM_PREFIX);
	return bytes_of(key.data + REDIS_ELEM_PREFIX, key.len - REDIS_ELEM_PREFIX);
}

struct item *elem_item(struct call *c, const struct redis_value *v, struct bytes field)
{
	uint8_t room[DHT_KEY_MAX];

	return work_item(c->work, elem_key(room, v, field));
}

enum call_result elem_get(struct call *c, const struct redis_value *v, struct bytes field,
			  struct item **out)
{
	uint8_t room[DHT_KEY_MAX];

	if (field.len > REDIS_FIELD_MAX)
		return call_error(c, "ERR the field or member is longer than 1006 bytes");
	return work_get(c->work, elem_key(room, v, field), out);
}

enum call_result elem_put(struct call *c, const struct redis_value *v, struct bytes field,
			  struct bytes value)
{
	uint8_t room[DHT_KEY_MAX];

	if (value.len > DHT_VALUE_MAX)
		return call_error(c, "ERR the value is longer than 65536 bytes");
	return work_put(c->work, elem_key(room, v, field), value);
}

enum call_result elem_del(struct call *c, const struct redis_value *v, struct bytes field)
{
	uint8_t room[DHT_KEY_MAX];

	return work_del(c->work, elem_key(room, v, field));
}

enum call_result elem_range(struct call *c, const struct redis_value *v, struct bytes from,
			    struct bytes to, struct span **out)
{
	uint8_t low[DHT_KEY_MAX], high[DHT_KEY_MAX];
	struct bytes first = elem_key(low, v, from), end = elem_key(high, v, to);

	/* Behind all elements: the next id. One of all ones has no next: the next letter. */
	for (size_t i = REDIS_ELEM_PREFIX; !to.len && i-- > 1;) {
		if (++high[i])
			break;
	}
	return work_range(c->work, first, end, 0, out);
}
