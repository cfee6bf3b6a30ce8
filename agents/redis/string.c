// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands on strings. */
#include <redis/redis_priv.h>

#include <stdio.h>

enum call_result cmd_get(struct call *c)
{
	struct redis_value v;
	enum call_result res = key_load_as(c, c->argv[1], REDIS_STRING, &v);

	if (res)
		return res;
	if (v.type)
		resp_bulk(c->reply, v.str);
	else
		resp_null(c->reply);
	return CALL_DONE;
}

/**
 * struct set_options - what SET was told besides key and value
 * @nx: only when the key does not exist
 * @xx: only when it does
 * @get: reply with the old value
 * @keep: keep the expiry
 * @expire_ms: expiry, 0: none
 */
struct set_options {
	bool nx;
	bool xx;
	bool get;
	bool keep;
	uint64_t expire_ms;
};

/* A time given in seconds or milliseconds, from now on or since 1970. */
static enum call_result expiry(struct call *c, struct bytes arg, bool seconds, bool absolute,
			       uint64_t *out)
{
	int64_t n;

	if (!resp_number(arg, &n))
		return call_not_integer(c);
	if (n <= 0 || (seconds && n > INT64_MAX / 1000) ||
	    (!absolute && n * (seconds ? 1000 : 1) > INT64_MAX - (int64_t)c->work->now_ms)) {
		resp_error(c->reply, "ERR invalid expire time in '%s' command", c->cmd->def->name);
		return CALL_FAILED;
	}
	*out = (uint64_t)n * (seconds ? 1000 : 1) + (absolute ? 0 : c->work->now_ms);
	return CALL_DONE;
}

static enum call_result set_options(struct call *c, struct set_options *o)
{
	enum call_result res;

	*o = (struct set_options){ 0 };
	for (uint32_t i = 3; i < c->argc; i++) {
		struct bytes a = c->argv[i];
		bool relative = arg_is(a, "ex") || arg_is(a, "px");

		if (arg_is(a, "nx") && !o->xx) {
			o->nx = true;
		} else if (arg_is(a, "xx") && !o->nx) {
			o->xx = true;
		} else if (arg_is(a, "get")) {
			o->get = true;
		} else if (arg_is(a, "keepttl") && !o->expire_ms) {
			o->keep = true;
		} else if ((relative || arg_is(a, "exat") || arg_is(a, "pxat")) && !o->keep &&
			   !o->expire_ms && i + 1 < c->argc) {
			res = expiry(c, c->argv[++i], (a.data[0] | 0x20) == 'e', !relative,
				     &o->expire_ms);
			if (res)
				return res;
		} else {
			return call_syntax(c);
		}
	}
	return CALL_DONE;
}

/* Set a string; *old is what was there, *set whether it was. */
static enum call_result set_value(struct call *c, struct bytes key, struct bytes value,
				  const struct set_options *o, struct redis_value *old, bool *set)
{
	enum call_result res = o->get ? key_load_as(c, key, REDIS_STRING, old) :
					key_load(c, key, old);
	struct redis_value v = { .type = REDIS_STRING, .expire_ms = o->expire_ms, .str = value };

	if (res)
		return res;
	*set = !(o->nx && old->type) && !(o->xx && !old->type);
	if (!*set)
		return CALL_DONE;
	if (o->keep)
		v.expire_ms = old->expire_ms;
	if (value.len > REDIS_STRING_MAX)
		return key_store(c, key, &v);
	/* What a collection leaves behind. */
	if (old->type && old->type != REDIS_STRING)
		res = key_remove(c, key, old);
	return res ? res : key_store(c, key, &v);
}

static void reply_old(struct call *c, const struct redis_value *old)
{
	if (old->type)
		resp_bulk(c->reply, old->str);
	else
		resp_null(c->reply);
}

enum call_result cmd_set(struct call *c)
{
	struct redis_value old;
	struct set_options o;
	bool set;
	enum call_result res = set_options(c, &o);

	if (!res)
		res = set_value(c, c->argv[1], c->argv[2], &o, &old, &set);
	if (res)
		return res;
	if (o.get)
		reply_old(c, &old);
	else if (set)
		resp_simple(c->reply, "OK");
	else
		resp_null(c->reply);
	return CALL_DONE;
}

enum call_result cmd_setnx(struct call *c)
{
	const struct set_options o = { .nx = true };
	struct redis_value old;
	bool set;
	enum call_result res = set_value(c, c->argv[1], c->argv[2], &o, &old, &set);

	if (!res)
		resp_int(c->reply, set);
	return res;
}

static enum call_result set_for(struct call *c, bool seconds)
{
	struct set_options o = { 0 };
	struct redis_value old;
	bool set;
	enum call_result res = expiry(c, c->argv[2], seconds, false, &o.expire_ms);

	if (!res)
		res = set_value(c, c->argv[1], c->argv[3], &o, &old, &set);
	if (!res)
		resp_simple(c->reply, "OK");
	return res;
}

enum call_result cmd_setex(struct call *c)
{
	return set_for(c, true);
}

enum call_result cmd_psetex(struct call *c)
{
	return set_for(c, false);
}

enum call_result cmd_getset(struct call *c)
{
	const struct set_options o = { .get = true };
	struct redis_value old;
	bool set;
	enum call_result res = set_value(c, c->argv[1], c->argv[2], &o, &old, &set);

	if (!res)
		reply_old(c, &old);
	return res;
}

enum call_result cmd_getdel(struct call *c)
{
	struct redis_value v;
	enum call_result res = key_load_as(c, c->argv[1], REDIS_STRING, &v);

	if (!res)
		res = key_remove(c, c->argv[1], &v);
	if (!res)
		reply_old(c, &v);
	return res;
}

/* All keys are asked for before the first one that is missing stops. */
enum call_result cmd_mget(struct call *c)
{
	enum call_result wait = CALL_DONE;
	struct redis_value v;

	resp_array(c->reply, c->argc - 1);
	for (uint32_t i = 1; i < c->argc; i++) {
		enum call_result res = key_load(c, c->argv[i], &v);

		if (res == CALL_FAILED) {
			c->reply->len = 0;
			return key_load(c, c->argv[i], &v);
		}
		if (res == CALL_WAIT)
			wait = CALL_WAIT;
		else if (v.type == REDIS_STRING)
			resp_bulk(c->reply, v.str);
		else
			resp_null(c->reply);
	}
	return wait;
}

enum call_result cmd_mset(struct call *c)
{
	const struct set_options o = { 0 };
	enum call_result wait = CALL_DONE;
	struct redis_value old;
	bool set;

	if (c->argc % 2 == 0)
		return call_arguments(c);
	/* Nothing is changed when one of them cannot be. */
	for (uint32_t i = 1; i < c->argc; i += 2) {
		enum call_result res = key_load(c, c->argv[i], &old);

		if (res == CALL_FAILED)
			return res;
		if (c->argv[i + 1].len > REDIS_STRING_MAX)
			return set_value(c, c->argv[i], c->argv[i + 1], &o, &old, &set);
		wait = res == CALL_WAIT ? res : wait;
	}
	for (uint32_t i = 1; i < c->argc && !wait; i += 2)
		wait = set_value(c, c->argv[i], c->argv[i + 1], &o, &old, &set);
	if (!wait)
		resp_simple(c->reply, "OK");
	return wait;
}

enum call_result cmd_strlen(struct call *c)
{
	struct redis_value v;
	enum call_result res = key_load_as(c, c->argv[1], REDIS_STRING, &v);

	if (!res)
		resp_int(c->reply, (int64_t)v.str.len);
	return res;
}

enum call_result cmd_append(struct call *c)
{
	struct redis_value v;
	enum call_result res = key_load_as(c, c->argv[1], REDIS_STRING, &v);
	size_t len = v.str.len + c->argv[2].len;
	uint8_t *both;

	if (res)
		return res;
	both = work_mem(c->work, &c->work->pass, len);
	if (!both)
		return CALL_WAIT;
	if (v.str.len)
		memcpy(both, v.str.data, v.str.len);
	if (c->argv[2].len)
		memcpy(both + v.str.len, c->argv[2].data, c->argv[2].len);
	v.type = REDIS_STRING;
	v.str = bytes_of(both, len);
	res = key_store(c, c->argv[1], &v);
	if (!res)
		resp_int(c->reply, (int64_t)len);
	return res;
}

static enum call_result add(struct call *c, int64_t by)
{
	struct redis_value v;
	enum call_result res = key_load_as(c, c->argv[1], REDIS_STRING, &v);
	char text[24];
	int64_t n = 0;

	if (res)
		return res;
	if (v.type && !resp_number(v.str, &n))
		return call_not_integer(c);
	if (__builtin_add_overflow(n, by, &n))
		return call_error(c, "ERR increment or decrement would overflow");
	snprintf(text, sizeof(text), "%lld", (long long)n);
	v.type = REDIS_STRING;
	v.str = bytes_str(text);
	res = key_store(c, c->argv[1], &v);
	if (!res)
		resp_int(c->reply, n);
	return res;
}

enum call_result cmd_incr(struct call *c)
{
	return add(c, 1);
}

enum call_result cmd_decr(struct call *c)
{
	return add(c, -1);
}

enum call_result cmd_incrby(struct call *c)
{
	int64_t by;

	return resp_number(c->argv[2], &by) ? add(c, by) : call_not_integer(c);
}

enum call_result cmd_decrby(struct call *c)
{
	int64_t by;

	if (!resp_number(c->argv[2], &by))
		return call_not_integer(c);
	if (by == INT64_MIN)
		return call_error(c, "ERR decrement would overflow");
	return add(c, -by);
}
