// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands, one family after another, in both versions of the protocol. */
#include <redis/test_grid.h>

/* A request and what it is answered. */
struct says {
	const char *request;
	const char *answer;
};

static void play(const struct says *says)
{
	for (; says->request; says++) {
		const char *answer;

		grid_say(says->request);
		answer = grid_answer();
		if (strcmp(answer, says->answer))
			fail_msg("%s: not %s but %s", says->request, says->answer, answer);
	}
}

#define WRONG_TYPE "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n"
#define NOT_INT	   "-ERR value is not an integer or out of range\r\n"
#define SYNTAX	   "-ERR syntax error\r\n"

static void test_strings(void **state)
{
	static const struct says says[] = {
		{ "SET k v", "+OK\r\n" },
		{ "GET k", "$1\r\nv\r\n" },
		{ "GET nothing", "$-1\r\n" },
		{ "SET k w NX", "$-1\r\n" },
		{ "SET k w XX GET", "$1\r\nv\r\n" },
		{ "SET k w EX", SYNTAX },
		{ "SET k w EX x", NOT_INT },
		{ "SET k w NX XX", SYNTAX },
		{ "SETNX k x", ":0\r\n" },
		{ "GETSET k x", "$1\r\nw\r\n" },
		{ "APPEND k yz", ":3\r\n" },
		{ "STRLEN k", ":3\r\n" },
		{ "GETDEL k", "$3\r\nxyz\r\n" },
		{ "EXISTS k", ":0\r\n" },
		{ "MSET a 1 b 2", "+OK\r\n" },
		{ "MGET a nothing b", "*3\r\n$1\r\n1\r\n$-1\r\n$1\r\n2\r\n" },
		{ "MSET a", "-ERR wrong number of arguments for 'mset' command\r\n" },
		{ "INCR a", ":2\r\n" },
		{ "DECRBY a 5", ":-3\r\n" },
		{ "INCRBY a x", NOT_INT },
		{ "SET text no", "+OK\r\n" },
		{ "INCR text", NOT_INT },
		{ "SET top 9223372036854775807", "+OK\r\n" },
		{ "INCR top", "-ERR increment or decrement would overflow\r\n" },
		{ NULL, NULL },
	};

	play(says);
}

static void test_keys(void **state)
{
	static const struct says says[] = {
		{ "MSET a 1 b 2", "+OK\r\n" },
		{ "EXISTS a a nothing", ":2\r\n" },
		{ "TYPE a", "+string\r\n" },
		{ "TYPE nothing", "+none\r\n" },
		{ "TTL a", ":-1\r\n" },
		{ "TTL nothing", ":-2\r\n" },
		{ "EXPIRE a 100", ":1\r\n" },
		/* Each answer here comes a second after the last one. */
		{ "TTL a", ":99\r\n" },
		{ "PERSIST a", ":1\r\n" },
		{ "PERSIST a", ":0\r\n" },
		{ "PEXPIRE a 1500", ":1\r\n" },
		{ "GET a", "$1\r\n1\r\n" },
		{ "GET a", "$-1\r\n" },
		{ "DEL a b nothing", ":1\r\n" },
		{ "DBSIZE", ":0\r\n" },
		{ NULL, NULL },
	};

	play(says);
	assert_int_equal(redis_counters(grid.r)->expired, 1);
}

static void test_hashes(void **state)
{
	static const struct says says[] = {
		{ "HSET h f 1 g 2", ":2\r\n" },
		{ "HSET h f 3", ":0\r\n" },
		{ "HSET h f", "-ERR wrong number of arguments for 'hset' command\r\n" },
		{ "HGET h f", "$1\r\n3\r\n" },
		{ "HGET h nothing", "$-1\r\n" },
		{ "HMGET h g x", "*2\r\n$1\r\n2\r\n$-1\r\n" },
		{ "HGETALL h", "*4\r\n$1\r\nf\r\n$1\r\n3\r\n$1\r\ng\r\n$1\r\n2\r\n" },
		{ "HKEYS h", "*2\r\n$1\r\nf\r\n$1\r\ng\r\n" },
		{ "HVALS h", "*2\r\n$1\r\n3\r\n$1\r\n2\r\n" },
		{ "HLEN h", ":2\r\n" },
		{ "HEXISTS h g", ":1\r\n" },
		{ "HDEL h f x", ":1\r\n" },
		{ "GET h", WRONG_TYPE },
		{ "LPUSH h x", WRONG_TYPE },
		{ "DEL h", ":1\r\n" },
		{ "HLEN h", ":0\r\n" },
		{ NULL, NULL },
	};

	play(says);
	/* The element that was left, and the mark of that, are gone too. */
	for (uint32_t i = 0; i < grid.n; i++)
		assert_false(grid.item[i].there);
	assert_int_equal(redis_counters(grid.r)->collected, 1);
}

static void test_lists(void **state)
{
	static const struct says says[] = {
		{ "RPUSH l b c", ":2\r\n" },
		{ "LPUSH l a", ":3\r\n" },
		{ "LLEN l", ":3\r\n" },
		{ "LRANGE l 0 -1", "*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n" },
		{ "LRANGE l -2 1", "*1\r\n$1\r\nb\r\n" },
		{ "LRANGE l 5 9", "*0\r\n" },
		{ "LRANGE l x 9", NOT_INT },
		{ "LINDEX l -1", "$1\r\nc\r\n" },
		{ "LPOP l", "$1\r\na\r\n" },
		{ "RPOP l 2", "*2\r\n$1\r\nc\r\n$1\r\nb\r\n" },
		{ "RPOP l", "$-1\r\n" },
		{ "EXISTS l", ":0\r\n" },
		{ NULL, NULL },
	};

	play(says);
}

static void test_sets(void **state)
{
	static const struct says says[] = {
		{ "SADD s b a b", ":2\r\n" },
		{ "SADD s a", ":0\r\n" },
		{ "SISMEMBER s a", ":1\r\n" },
		{ "SISMEMBER s x", ":0\r\n" },
		{ "SMEMBERS s", "*2\r\n$1\r\na\r\n$1\r\nb\r\n" },
		{ "SREM s a x", ":1\r\n" },
		{ "SCARD s", ":1\r\n" },
		{ "HGET s a", WRONG_TYPE },
		{ NULL, NULL },
	};

	play(says);
}

#define QUOTA "-QUOTA there are as many items as this user may make\r\n"

/* Keys and elements below a prefix; what is full stays full until something goes. */
static void test_quota_items(void **state)
{
	static const struct says says[] = {
		{ "MSET q/1 a q/2 b", "+OK\r\n" },
		{ "SET other x", "+OK\r\n" },
		{ "HSET q/h f 1", ":1\r\n" },
		{ "SET q/3 c", QUOTA },
		{ "HSET q/h g 1", QUOTA },
		{ "MSET other y q/3 c", QUOTA },
		{ "GET q/1", "$1\r\na\r\n" },
		{ "SET other y", "+OK\r\n" },
		{ "DEL q/1", ":1\r\n" },
		/* Not known yet: the next count does. */
		{ "SET q/3 c", QUOTA },
		{ "SET q/3 c", "+OK\r\n" },
		{ "SET q/4 d", QUOTA },
		{ "MULTI", "+OK\r\n" },
		{ "SET q/4 d", QUOTA },
		{ "EXEC", "-EXECABORT Transaction discarded because of previous errors.\r\n" },
		{ "HDEL q/h f", ":1\r\n" },
		{ "SET q/4 d", QUOTA },
		{ "SADD q/s m", ":1\r\n" },
		{ "SET q/4 d", QUOTA },
		{ NULL, NULL },
	};

	grid_quota = (struct acl_rule){ .right = ACL_ITEMS, .items = 4, .prefix = bytes_str("q/") };
	play(says);
	assert_int_equal(redis_counters(grid.r)->quota_items, 8);
	assert_true(redis_counters(grid.r)->counts > 3);
	grid_quota.right = ACL_NONE;
}

static void test_walks(void **state)
{
	static const struct says says[] = {
		{ "MSET a 1 b 2 c 3 d 4 e 5", "+OK\r\n" },
		{ "SADD s x", ":1\r\n" },
		{ "DBSIZE", ":6\r\n" },
		{ "SCAN 0 COUNT 2", "*2\r\n$1\r\n1\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n" },
		{ "SCAN 1 COUNT 10", "*2\r\n$1\r\n0\r\n*4\r\n$1\r\nc\r\n$1\r\nd\r\n$1\r\ne\r\n"
				     "$1\r\ns\r\n" },
		{ "SCAN 0 MATCH [bc] COUNT 99", "*2\r\n$1\r\n0\r\n*2\r\n$1\r\nb\r\n$1\r\nc\r\n" },
		{ "SCAN 0 TYPE set COUNT 99", "*2\r\n$1\r\n0\r\n*1\r\n$1\r\ns\r\n" },
		{ "SCAN x", "-ERR invalid cursor\r\n" },
		{ "SCAN 0 COUNT 0", SYNTAX },
		{ "RANGE b d", "*2\r\n$-1\r\n*4\r\n$1\r\nb\r\n$1\r\n2\r\n$1\r\nc\r\n$1\r\n3\r\n" },
		{ "RANGE a z COUNT 1", "*2\r\n$1\r\nb\r\n*2\r\n$1\r\na\r\n$1\r\n1\r\n" },
		{ "RANGE d b", "-ERR the range ends before it begins\r\n" },
		{ NULL, NULL },
	};

	play(says);
}

static void test_multi(void **state)
{
	static const struct says says[] = {
		{ "EXEC", "-ERR EXEC without MULTI\r\n" },
		{ "DISCARD", "-ERR DISCARD without MULTI\r\n" },
		{ "MULTI", "+OK\r\n" },
		{ "MULTI", "-ERR MULTI calls can not be nested\r\n" },
		{ "WATCH k", "-ERR WATCH inside MULTI is not allowed\r\n" },
		{ "SET k 1", "+QUEUED\r\n" },
		{ "INCR k", "+QUEUED\r\n" },
		{ "LPUSH k x", "+QUEUED\r\n" },
		{ "EXEC", "*3\r\n+OK\r\n:2\r\n" WRONG_TYPE },
		{ "MULTI", "+OK\r\n" },
		{ "NOTHING", "-ERR unknown command 'NOTHING', with args beginning with: \r\n" },
		{ "EXEC", "-EXECABORT Transaction discarded because of previous errors.\r\n" },
		{ "MULTI", "+OK\r\n" },
		{ "SET k 9", "+QUEUED\r\n" },
		{ "DISCARD", "+OK\r\n" },
		{ "GET k", "$1\r\n2\r\n" },
		{ "MULTI", "+OK\r\n" },
		{ "SET new 1", "+QUEUED\r\n" },
		{ "DBSIZE", "+QUEUED\r\n" },
		{ "SCAN 0", "+QUEUED\r\n" },
		{ "EXEC", "*3\r\n+OK\r\n:2\r\n*2\r\n$1\r\n0\r\n*2\r\n$1\r\nk\r\n$3\r\nnew\r\n" },
		{ NULL, NULL },
	};

	play(says);
}

static void test_watch(void **state)
{
	grid_answers("SET k 1", "+OK\r\n");
	grid_answers("WATCH k other", "+OK\r\n");
	grid_put("k", "2");
	grid_answers("MULTI\nINCR k\nEXEC", "+OK\r\n+QUEUED\r\n*-1\r\n");
	/* EXEC forgets what was watched, and so does UNWATCH. */
	grid_answers("MULTI\nINCR k\nEXEC", "+OK\r\n+QUEUED\r\n*1\r\n:3\r\n");
	grid_answers("WATCH k\nUNWATCH", "+OK\r\n+OK\r\n");
	grid_put("k", "5");
	grid_answers("MULTI\nINCR k\nEXEC", "+OK\r\n+QUEUED\r\n*1\r\n:6\r\n");
	/* A key that is deleted and set to what it was has changed all the same. */
	grid_answers("WATCH k", "+OK\r\n");
	grid_put("k", NULL);
	grid_put("k", "6");
	grid_answers("MULTI\nINCR k\nEXEC", "+OK\r\n+QUEUED\r\n*-1\r\n");
}

static void test_resp3(void **state)
{
	static const struct says says[] = {
		{ "GET nothing", "_\r\n" },
		{ "HSET h f 1", ":1\r\n" },
		{ "HGETALL h", "%1\r\n$1\r\nf\r\n$1\r\n1\r\n" },
		{ "SADD s m", ":1\r\n" },
		{ "SMEMBERS s", "~1\r\n$1\r\nm\r\n" },
		{ "RPOP nothing", "_\r\n" },
		{ "WATCH k", "+OK\r\n" },
		{ NULL, NULL },
	};

	grid_say("HELLO 4");
	assert_memory_equal(grid_answer(), "-NOPROTO ", 9);
	grid_say("HELLO 3");
	assert_memory_equal(grid_answer(), "%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n", 26);
	play(says);
	grid_put("k", "1");
	grid_answers("MULTI\nGET k\nEXEC", "+OK\r\n+QUEUED\r\n_\r\n");
	grid_say("HELLO 2");
	assert_memory_equal(grid_answer(), "*14\r\n", 5);
	grid_answers("GET nothing", "$-1\r\n");
}

static void test_connection(void **state)
{
	static const struct says says[] = {
		{ "PING", "+PONG\r\n" },
		{ "PING text", "$4\r\ntext\r\n" },
		{ "ECHO \"a b\"", "$3\r\na b\r\n" },
		{ "SELECT 0", "+OK\r\n" },
		{ "SELECT 1", "-ERR DB index is out of range\r\n" },
		{ "GET", "-ERR wrong number of arguments for 'get' command\r\n" },
		{ "GET \"\"", "-ERR the key is empty\r\n" },
		{ "COLLECT x",
		  "-ERR unknown command 'COLLECT', with args beginning with: 'x' \r\n" },
		{ NULL, NULL },
	};

	play(says);
	assert_int_equal(redis_counters(grid.r)->unknown, 1);
	grid_answers("*1\r\n$x\r", "-ERR Protocol error: invalid bulk length\r\n");
	assert_true(redis_client_closing(grid.c));
	assert_int_equal(redis_counters(grid.r)->bad_requests, 1);
}

/* Replies come in the order of requests, whatever ends first. */
static void test_order(void **state)
{
	grid_answers("SET a 1\nGET a\nSET b 2\nPING\nGET b\nDBSIZE",
		     "+OK\r\n$1\r\n1\r\n+OK\r\n+PONG\r\n$1\r\n2\r\n:2\r\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, grid_up, grid_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_strings),    TEST(test_keys),	 TEST(test_hashes),
		TEST(test_lists),      TEST(test_sets),	 TEST(test_walks),
		TEST(test_multi),      TEST(test_watch), TEST(test_resp3),
		TEST(test_connection), TEST(test_order), TEST(test_quota_items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
