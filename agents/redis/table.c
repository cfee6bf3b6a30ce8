// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands that there are. */
#include <redis/redis_priv.h>

#define W  CMD_WRITE
#define A  (CMD_WRITE | CMD_ADDS)
#define L  CMD_LOCAL
#define B  CMD_BARRIER
#define NQ CMD_NOQUEUE
#define NA CMD_NOAUTH

#define C(name, arity, flags, first, last, step)                   \
	{                                                          \
#name, cmd_##name, arity, flags, first, last, step \
	}

/* Name, arguments with the name (negative: at least), flags, first and last key, step. */
const struct command redis_commands[] = {
	C(get, 2, 0, 1, 1, 1),
	C(set, -3, A, 1, 1, 1),
	C(setnx, 3, A, 1, 1, 1),
	C(setex, 4, A, 1, 1, 1),
	C(psetex, 4, A, 1, 1, 1),
	C(getset, 3, A, 1, 1, 1),
	C(getdel, 2, W, 1, 1, 1),
	C(mget, -2, 0, 1, -1, 1),
	C(mset, -3, A, 1, -1, 2),
	C(strlen, 2, 0, 1, 1, 1),
	C(append, 3, A, 1, 1, 1),
	C(incr, 2, A, 1, 1, 1),
	C(decr, 2, A, 1, 1, 1),
	C(incrby, 3, A, 1, 1, 1),
	C(decrby, 3, A, 1, 1, 1),
	C(del, -2, W, 1, -1, 1),
	C(exists, -2, 0, 1, -1, 1),
	C(type, 2, 0, 1, 1, 1),
	C(expire, -3, W, 1, 1, 1),
	C(pexpire, -3, W, 1, 1, 1),
	C(ttl, 2, 0, 1, 1, 1),
	C(pttl, 2, 0, 1, 1, 1),
	C(persist, 2, W, 1, 1, 1),
	C(scan, -2, B | CMD_LOOSE, 0, 0, 0),
	C(range, -3, B | CMD_LOOSE, 0, 0, 0),
	C(dbsize, 1, B | CMD_LOOSE, 0, 0, 0),
	C(memory, -2, 0, 2, 2, 1),
	C(hset, -4, A, 1, 1, 1),
	C(hmset, -4, A, 1, 1, 1),
	C(hget, 3, 0, 1, 1, 1),
	C(hmget, -3, 0, 1, 1, 1),
	C(hgetall, 2, 0, 1, 1, 1),
	C(hkeys, 2, 0, 1, 1, 1),
	C(hvals, 2, 0, 1, 1, 1),
	C(hdel, -3, W, 1, 1, 1),
	C(hlen, 2, 0, 1, 1, 1),
	C(hexists, 3, 0, 1, 1, 1),
	C(lpush, -3, A, 1, 1, 1),
	C(rpush, -3, A, 1, 1, 1),
	C(lpop, -2, W, 1, 1, 1),
	C(rpop, -2, W, 1, 1, 1),
	C(lrange, 4, 0, 1, 1, 1),
	C(llen, 2, 0, 1, 1, 1),
	C(lindex, 3, 0, 1, 1, 1),
	C(sadd, -3, A, 1, 1, 1),
	C(srem, -3, W, 1, 1, 1),
	C(smembers, 2, 0, 1, 1, 1),
	C(sismember, 3, 0, 1, 1, 1),
	C(scard, 2, 0, 1, 1, 1),
	C(multi, 1, L | B | NQ, 0, 0, 0),
	C(exec, 1, B | NQ, 0, 0, 0),
	C(discard, 1, L | B | NQ, 0, 0, 0),
	C(watch, -2, B | NQ, 1, -1, 1),
	C(unwatch, 1, L | B, 0, 0, 0),
	C(ping, -1, L, 0, 0, 0),
	C(echo, 2, L, 0, 0, 0),
	C(select, 2, L, 0, 0, 0),
	C(quit, -1, L | B | NQ | NA, 0, 0, 0),
	C(reset, 1, L | B | NQ | NA, 0, 0, 0),
	C(auth, -2, L | B | NQ | NA, 0, 0, 0),
	C(hello, -1, L | B | NQ | NA, 0, 0, 0),
	C(acl, -2, L, 0, 0, 0),
	C(client, -2, L | B, 0, 0, 0),
	C(command, -1, L, 0, 0, 0),
	C(config, -2, L, 0, 0, 0),
	C(info, -1, L, 0, 0, 0),
};
const uint32_t redis_commands_n = sizeof(redis_commands) / sizeof(redis_commands[0]);

/* What the node asks of itself, to remove the elements of collections that are gone. */
const struct command command_collect = {
	"collect", cmd_collect, 2, CMD_WRITE | CMD_LOOSE | CMD_INTERNAL, 0, 0, 0
};
const struct command command_garbage = { "garbage", cmd_garbage, 2, CMD_LOOSE | CMD_INTERNAL,
					 0,	    0,		 0 };
const struct command command_reap = { "reap", cmd_reap, 2, CMD_WRITE | CMD_LOOSE | CMD_INTERNAL,
				      0,      0,	0 };

const struct command *command_find(struct bytes name)
{
	for (uint32_t i = 0; i < redis_commands_n; i++) {
		if (arg_is(name, redis_commands[i].name))
			return &redis_commands[i];
	}
	return NULL;
}
