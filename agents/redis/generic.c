// SPDX-License-Identifier: GPL-2.0-or-later
/* Commands on keys of any type. */
#include <redis/redis_priv.h>

enum call_result cmd_del(struct call *c)
{
	enum call_result wait = CALL_DONE, res;
	struct redis_value v;
	int64_t n = 0;

	for (uint32_t i = 1; i < c->argc; i++) {
		res = key_load(c, c->argv[i], &v);
		if (!res && v.type) {
			res = key_remove(c, c->argv[i], &v);
			n++;
		}
		if (res == CALL_FAILED)
			return res;
		wait = res ? res : wait;
	}
	if (!wait)
		resp_int(c->reply, n);
	return wait;
}

enum call_result cmd_exists(struct call *c)
{
	enum call_result wait = CALL_DONE, res;
	struct redis_value v;
	int64_t n = 0;

	for (uint32_t i = 1; i < c->argc; i++) {
		res = key_load(c, c->argv[i], &v);
		if (res == CALL_FAILED)
			return res;
		wait = res ? res : wait;
		n += !res && v.type;
	}
	if (!wait)
		resp_int(c->reply, n);
	return wait;
}

enum call_result cmd_type(struct call *c)
{
	struct redis_value v;
	enum call_result res = key_load(c, c->argv[1], &v);

	if (!res)
		resp_simple(c->reply, redis_type_name(v.type));
	return res;
}

/* NX, XX, GT, LT of EXPIRE: does the new expiry count? No expiry is later than any. */
static enum call_result expire_when(struct call *c, uint64_t old, uint64_t at, bool *counts)
{
	bool nx = false, xx = false, gt = false, lt = false;

	for (uint32_t i = 3; i < c->argc; i++) {
		if (arg_is(c->argv[i], "nx")) {
			nx = true;
		} else if (arg_is(c->argv[i], "xx")) {
			xx = true;
		} else if (arg_is(c->argv[i], "gt")) {
			gt = true;
		} else if (arg_is(c->argv[i], "lt")) {
			lt = true;
		} else {
			resp_error(c->reply, "ERR Unsupported option %.*s",
				   c->argv[i].len < 128 ? (int)c->argv[i].len : 128,
				   c->argv[i].data);
			return CALL_FAILED;
		}
	}
	if (nx && (xx || gt || lt))
		return call_error(c, "ERR NX and XX, GT or LT options at the same time are not "
				     "compatible");
	if (gt && lt)
		return call_error(c, "ERR GT and LT options at the same time are not compatible");
	*counts = !(nx && old) && !(xx && !old) && !(gt && (!old || at <= old)) &&
		  !(lt && old && at >= old);
	return CALL_DONE;
}

static enum call_result expire(struct call *c, int64_t unit)
{
	uint64_t now = c->work->now_ms;
	struct redis_value v;
	enum call_result res;
	int64_t n, at;
	bool counts = false;

	if (!resp_number(c->argv[2], &n))
		return call_not_integer(c);
	if (__builtin_mul_overflow(n, unit, &at) || __builtin_add_overflow(at, (int64_t)now, &at)) {
		resp_error(c->reply, "ERR invalid expire time in '%s' command", c->cmd->def->name);
		return CALL_FAILED;
	}
	at = at < 1 ? 1 : at;
	res = key_load(c, c->argv[1], &v);
	if (!res)
		res = expire_when(c, v.expire_ms, (uint64_t)at, &counts);
	if (res)
		return res;
	if (!v.type || !counts) {
		resp_int(c->reply, 0);
		return CALL_DONE;
	}
	v.expire_ms = (uint64_t)at;
	res = v.expire_ms <= now ? key_remove(c, c->argv[1], &v) : key_store(c, c->argv[1], &v);
	if (!res)
		resp_int(c->reply, 1);
	return res;
}

enum call_result cmd_expire(struct call *c)
{
	return expire(c, 1000);
}

enum call_result cmd_pexpire(struct call *c)
{
	return expire(c, 1);
}

static enum call_result ttl(struct call *c, uint64_t unit)
{
	struct redis_value v;
	enum call_result res = key_load(c, c->argv[1], &v);

	if (res)
		return res;
	if (!v.type)
		resp_int(c->reply, -2);
	else if (!v.expire_ms)
		resp_int(c->reply, -1);
	else
		resp_int(c->reply, (int64_t)((v.expire_ms - c->work->now_ms + unit / 2) / unit));
	return CALL_DONE;
}

enum call_result cmd_ttl(struct call *c)
{
	return ttl(c, 1000);
}

enum call_result cmd_pttl(struct call *c)
{
	return ttl(c, 1);
}

enum call_result cmd_persist(struct call *c)
{
	struct redis_value v;
	enum call_result res = key_load(c, c->argv[1], &v);
	bool had = v.expire_ms;

	if (!res && had) {
		v.expire_ms = 0;
		res = key_store(c, c->argv[1], &v);
	}
	if (!res)
		resp_int(c->reply, had);
	return res;
}

/* MEMORY USAGE: bytes of the key and its own item; elements are not counted. */
enum call_result cmd_memory(struct call *c)
{
	struct redis_value v;
	enum call_result res;

	if (!arg_is(c->argv[1], "usage") || c->argc < 3) {
		resp_error(c->reply,
			   "ERR unknown subcommand or wrong number of arguments for "
			   "'%.*s'. Try MEMORY HELP.",
			   c->argv[1].len < 128 ? (int)c->argv[1].len : 128, c->argv[1].data);
		return CALL_FAILED;
	}
	res = key_load(c, c->argv[2], &v);
	if (res)
		return res;
	if (v.type)
		resp_int(c->reply, (int64_t)(c->argv[2].len + redis_value_len(&v)));
	else
		resp_null(c->reply);
	return CALL_DONE;
}
