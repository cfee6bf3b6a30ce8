// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Commands while others change the same keys, at every moment in between; and answers
 * of the grid that do not come.
 */
#include <redis/test_grid.h>

#include <string.h>

/* The others do one thing before each of these events, counted from the command on. */
#define MOMENTS 14
#define DEEDS	4

static struct {
	uint32_t event;
	uint32_t at[DEEDS];
	void (*deed[DEEDS])(void);
} others;

static void others_act(void)
{
	others.event++;
	for (uint32_t i = 0; i < DEEDS; i++) {
		if (others.deed[i] && others.at[i] == others.event)
			others.deed[i]();
	}
}

static void begin(void **state, void (*const deeds[DEEDS])(void))
{
	grid_up(state);
	others.event = 0;
	memcpy(others.deed, deeds, sizeof(others.deed));
}

/* What is answered while the others are at work. */
static const char *answer_meanwhile(const char *text)
{
	grid.between = others_act;
	grid_say(text);
	return grid_answer();
}

static void put_phantom(void)
{
	grid_put("m", "1");
}

static void drop_phantom(void)
{
	grid_put("m", NULL);
}

static void put_two(void)
{
	grid_put("a", "2");
}

static void put_three(void)
{
	grid_put("a", "3");
}

/* A key that comes in between what was counted and what is written. */
static void test_phantom_write(void **state)
{
	static void (*const deeds[DEEDS])(void) = { put_phantom };

	for (uint32_t at = 1; at < MOMENTS; at++) {
		const char *answer;
		bool before;

		begin(state, deeds);
		grid_put("a", "1");
		grid_put("z", "1");
		others.at[0] = at;
		answer = answer_meanwhile("MULTI\nDBSIZE\nSET out x\nEXEC");
		before = grid_find(bytes_str("m")) &&
			 grid_find(bytes_str("m"))->version < grid_find(bytes_str("out"))->version;
		assert_string_equal(strchr(answer, '*'),
				    before ? "*2\r\n:3\r\n+OK\r\n" : "*2\r\n:2\r\n+OK\r\n");
		grid_down(state);
	}
}

static void watch_then_count(const char *walk, const char *without, const char *with)
{
	static void (*const deeds[DEEDS])(void) = { put_phantom, put_two, put_three, drop_phantom };
	char text[128];

	/* 2 and the phantom belong together: it was there all the time that a was 2. */
	for (uint32_t i = 0; i < 4 * 4 * 4 * 4; i++) {
		const char *answer;

		begin(NULL, deeds);
		grid_put("a", "1");
		grid_put("z", "1");
		others.at[0] = 1 + i % 4;
		others.at[1] = others.at[0] + 1 + i / 4 % 4;
		others.at[2] = others.at[1] + 1 + i / 16 % 4;
		others.at[3] = others.at[2] + 1 + i / 64 % 4;
		snprintf(text, sizeof(text), "MULTI\nGET a\n%s\nEXEC", walk);
		answer = strchr(answer_meanwhile(text), '*');
		assert_non_null(answer);
		assert_false(strstr(answer, "\r\n2\r\n") && strstr(answer, without));
		assert_true(strstr(answer, without) || strstr(answer, with));
		grid_down(NULL);
	}
}

/* Keys that come and go while others are read. */
static void test_phantom_read(void **state)
{
	watch_then_count("DBSIZE", ":2\r\n", ":3\r\n");
	watch_then_count("SCAN 0", "*2\r\n$1\r\na\r\n$1\r\nz\r\n", "$1\r\nm\r\n");
	watch_then_count("RANGE a zz", "a\r\n$1\r\n2\r\n$1\r\nz\r\n", "\r\n");
}

/* A watched key that changes behind a phantom: both are seen, or none. */
static void test_phantom_watch(void **state)
{
	static void (*const deeds[DEEDS])(void) = { put_phantom, put_two };

	for (uint32_t at = 1; at < MOMENTS; at++) {
		const struct grid_item *out, *m;
		const char *answer;

		begin(state, deeds);
		grid_put("a", "1");
		grid_answers("WATCH a", "+OK\r\n");
		others.at[0] = at;
		others.at[1] = at + 1;
		answer = strchr(answer_meanwhile("MULTI\nDBSIZE\nSET out x\nEXEC"), '*');
		out = grid_find(bytes_str("out"));
		m = grid_find(bytes_str("m"));
		if (!out) {
			assert_string_equal(answer, "*-1\r\n");
			assert_true(others.event > at);
		} else {
			assert_string_equal(answer, m && m->version < out->version ?
							    "*2\r\n:2\r\n+OK\r\n" :
							    "*2\r\n:1\r\n+OK\r\n");
			assert_true(grid_find(bytes_str("a"))->version > out->version ||
				    grid_find(bytes_str("a"))->value[0] == '1');
		}
		grid_down(state);
	}
}

/* Both fields of a hash become 2 at one moment. */
static void set_both(void)
{
	for (uint32_t i = 0; i < grid.n; i++) {
		if (grid.item[i].key_len == REDIS_ELEM_PREFIX + 1)
			grid_set(grid_key(&grid.item[i]), bytes_str("2"));
	}
}

static void test_hash_of_one_moment(void **state)
{
	static void (*const deeds[DEEDS])(void) = { set_both };

	for (uint32_t at = 1; at < MOMENTS; at++) {
		const char *answer;

		begin(state, deeds);
		grid.page = 1;
		grid_answers("HSET h f 1 g 1", ":2\r\n");
		others.at[0] = at;
		answer = answer_meanwhile("HGETALL h");
		if (strcmp(answer, "*4\r\n$1\r\nf\r\n$1\r\n1\r\n$1\r\ng\r\n$1\r\n1\r\n"))
			assert_string_equal(answer,
					    "*4\r\n$1\r\nf\r\n$1\r\n2\r\n$1\r\ng\r\n$1\r\n2\r\n");
		grid_down(state);
	}
}

/* The same when something is written because of it. */
static void test_hash_and_write(void **state)
{
	static void (*const deeds[DEEDS])(void) = { set_both };

	for (uint32_t at = 1; at < MOMENTS; at++) {
		const struct grid_item *out;
		bool ones;

		begin(state, deeds);
		grid_answers("HSET h f 1 g 1", ":2\r\n");
		others.at[0] = at;
		ones = strstr(answer_meanwhile("MULTI\nHVALS h\nSET out x\nEXEC"), "$1\r\n1\r\n");
		out = grid_find(bytes_str("out"));
		for (uint32_t i = 0; i < grid.n; i++) {
			if (grid.item[i].key_len == REDIS_ELEM_PREFIX + 1)
				assert_int_equal(ones, grid.item[i].value[0] == '1' ||
							       grid.item[i].version > out->version);
		}
		grid_down(state);
	}
}

/* --- an end to everything ------------------------------------------------------------------ */

static void write_always(void)
{
	grid.now_ns += ENV_MS;
	grid_put("a", "7");
}

static void gives_up(const char *text)
{
	static const char error[] =
		"-TRYAGAIN other transactions came first until the time was over\r\n";
	const char *answer;

	grid_up(NULL);
	grid_put("a", "1");
	grid_put("b", "1");
	grid.between = write_always;
	grid_say(text);
	grid_run(2 * WORK_NS);
	answer = grid_answer();
	assert_true(strlen(answer) >= strlen(error));
	assert_string_equal(answer + strlen(answer) - strlen(error), error);
	assert_int_equal(redis_counters(grid.r)->gave_up, 1);
	assert_true(grid.now_ns < ENV_SEC + 4 * WORK_NS);
	assert_true(cds_list_empty(&grid.r->works));
	grid_down(NULL);
}

static void test_constant_writes(void **state)
{
	gives_up("MGET a b");
	gives_up("INCR a");
	gives_up("MULTI\nDBSIZE\nGET a\nEXEC");
}

/* Nobody knows whether it was done: it must not be tried again. */
static void test_no_answer(void **state)
{
	grid_answers("SET k 1", "+OK\r\n");
	grid.commits = 0;
	grid.status = -ETIMEDOUT;
	grid_answers("INCR k",
		     "-TIMEOUT no answer in time; a write may or may not take effect\r\n");
	assert_int_equal(grid.commits, 1);
	grid_answers("MULTI\nINCR k\nEXEC",
		     "+OK\r\n+QUEUED\r\n-TIMEOUT no answer in time; a write may "
		     "or may not take effect\r\n");
	assert_int_equal(grid.commits, 2);
	grid_run(2 * WORK_NS);
	assert_int_equal(grid.commits, 2);
	grid.status = 0;
	grid_answers("INCR k", ":2\r\n");
}

static void come_first(void)
{
	if (others.event++ < 9)
		grid_put("k", "5");
}

/* Attempts that lost have done nothing, and the one that wins does it once. */
static void test_lost(void **state)
{
	others.event = 0;
	grid.between = come_first;
	grid_answers("INCR k", ":6\r\n");
	assert_true(redis_counters(grid.r)->conflicts >= 2);
	assert_int_equal(grid.applied, 1);
}

static void test_no_room(void **state)
{
	grid.refuse = 5;
	grid_answers("SET k 1", "+OK\r\n");
	assert_int_equal(redis_counters(grid.r)->node_full, 5);
	grid.refuse = UINT32_MAX;
	grid_say("SET k 2");
	grid_run(2 * WORK_NS);
	grid.refuse = 0;
	assert_string_equal(grid_answer(),
			    "-TIMEOUT no answer in time; a write may or may not take effect\r\n");
	grid_answers("GET k", "$1\r\n1\r\n");
}

/* Writers of one key share transactions, and each is done once. */
static void test_hot_key(void **state)
{
	struct redis_client *c[6];
	const char *answer;

	for (int i = 0; i < 6; i++)
		c[i] = grid_client();
	for (int i = 0; i < 6; i++)
		grid_say_as(c[i], "INCR k\nINCR k");
	answer = grid_answer();
	assert_non_null(strstr(answer, ":12\r\n"));
	assert_true(grid.commits < 12);
	assert_true(redis_counters(grid.r)->combined > 0);
	for (int i = 0; i < 6; i++)
		redis_client_free(c[i]);
}

/* What has begun goes on when its client is gone, and nobody is told. */
static void test_client_gone(void **state)
{
	struct redis_client *c = grid_client();

	grid_say_as(c, "WATCH a\nMULTI\nSET k 1\nEXEC\nGET k\nINCR n");
	for (int i = 0; i < 2; i++)
		grid_next();
	redis_client_free(c);
	grid.output_len = 0;
	assert_string_equal(grid_answer(), "");
	assert_true(cds_list_empty(&grid.r->works));
}

/* The removal of elements fails before the call that begins it is back. */
static void test_collect_fails_at_once(void **state)
{
	grid_answers("HSET h f 1 g 1\nHSET i f 1", ":2\r\n:1\r\n");
	grid.fail = -EIO;
	grid_answers("DEL h i", ":2\r\n");
	assert_false(grid.r->collecting);
	assert_int_equal(grid.r->garbage_n, 0);
	grid.fail = 0;
	/* The marks are found again. */
	grid_run(70 * ENV_SEC);
	assert_int_equal(redis_counters(grid.r)->collected, 3);
	for (uint32_t i = 0; i < grid.n; i++)
		assert_false(grid.item[i].there);
}

/* --- keys that expire ------------------------------------------------------------------------ */

static void time_passes(void)
{
	if (++others.event == others.at[0])
		grid.wall_ms += 100;
}

/* A key expires while a command is under way: it is there, or not, at the commit. */
static void test_expires_meanwhile(void **state)
{
	for (uint32_t at = 1; at < 8; at++) {
		const char *answer;
		uint32_t commits;

		grid_up(state);
		grid_say("SET k v PX 100");
		while (grid_next())
			;
		grid.output_len = 0;
		commits = grid.commits;
		others.event = 0;
		others.at[0] = at;
		grid.between = time_passes;
		grid_say("APPEND k w");
		while (grid_next())
			;
		grid.between = NULL;
		answer = grid_answer();
		/* The commit is the last event of an attempt: time passed before it, or behind. */
		assert_string_equal(answer, others.event >= at ? ":1\r\n" : ":2\r\n");
		assert_int_equal(grid.commits > commits, 1);
		grid_down(state);
	}
}

static uint32_t items_there(void)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < grid.n; i++)
		n += grid.item[i].there;
	return n;
}

/* Nobody asks for keys that have expired: they go all the same, a few at a time. */
static void test_reap(void **state)
{
	char text[64];

	grid.page = 100;
	for (int i = 0; i < 300; i++) {
		snprintf(text, sizeof(text), "SET key%03d v%s", i, i % 3 ? " PX 500" : "");
		grid_say(text);
		while (grid_next())
			;
	}
	grid_say("HSET h f 1 g 2\nPEXPIRE h 500");
	while (grid_next())
		;
	grid.output_len = 0;
	assert_int_equal(items_there(), 303);
	grid_run(2 * ENV_SEC);
	/* A step or two until now. */
	assert_true(items_there() >= 303 - 2 * REAP_KEYS - 3);
	grid_run(60 * ENV_SEC);
	assert_int_equal(items_there(), 100);
	assert_int_equal(redis_counters(grid.r)->expired, 201);
	grid_answers("DBSIZE", ":100\r\n");
}

/* Set again between the look at it and the removal: it stays. */
static void set_again(void)
{
	const struct grid_item *item = grid_find(bytes_str("k"));

	if (item->there && ++others.event == others.at[0])
		grid_put("k", "again");
}

static void test_reap_set_again(void **state)
{
	for (uint32_t at = 1; at < 6; at++) {
		grid_up(state);
		grid_say("SET k v PX 1");
		while (grid_next())
			;
		grid.output_len = 0;
		others.event = 0;
		others.at[0] = at;
		grid.between = set_again;
		grid_run(20 * ENV_SEC);
		grid.between = NULL;
		assert_string_equal(grid_find(bytes_str("k"))->there ? "there" : "gone",
				    others.event >= at ? "there" : "gone");
		grid_down(state);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, grid_up, grid_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_phantom_write),
		cmocka_unit_test(test_phantom_read),
		cmocka_unit_test(test_phantom_watch),
		cmocka_unit_test(test_hash_of_one_moment),
		cmocka_unit_test(test_hash_and_write),
		cmocka_unit_test(test_constant_writes),
		cmocka_unit_test(test_expires_meanwhile),
		cmocka_unit_test(test_reap_set_again),
		TEST(test_reap),
		TEST(test_no_answer),
		TEST(test_lost),
		TEST(test_no_room),
		TEST(test_hot_key),
		TEST(test_client_gone),
		TEST(test_collect_fails_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
