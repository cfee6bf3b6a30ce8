// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules, and when they are read; the reads are played by this test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <acl/acl.h>
#include <base/rng.h>

#define B(text) bytes_of(text, sizeof(text) - 1)

/* --- the dht that this test plays ------------------------------------------------------ */

static struct {
	struct env env;
	uint64_t now_ns;
	struct env_timer *timer;
	uint64_t fire_ns;
	struct dht_op *op;
	int refuse;
	int ready;
} fake;

int dht_op_start(struct dht *dht, struct dht_op *op)
{
	assert_null(fake.op);
	if (fake.refuse)
		return fake.refuse;
	assert_true(bytes_eq(op->key, B("\0xos\0acl")));
	assert_int_equal(op->kind, DHT_GET);
	fake.op = op;
	return 0;
}

void dht_op_stop(struct dht *dht, struct dht_op *op)
{
	assert_ptr_equal(op, fake.op);
	fake.op = NULL;
}

static void answer(int status, struct bytes value)
{
	struct dht_op *op = fake.op;

	assert_non_null(op);
	fake.op = NULL;
	op->status = status;
	op->value = value;
	op->done(op);
}

static uint64_t fake_now(struct env *env)
{
	return fake.now_ns;
}

static void fake_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	fake.timer = timer;
	fake.fire_ns = fake.now_ns + delay_ns;
}

static void fake_cancel(struct env *env, struct env_timer *timer)
{
	fake.timer = NULL;
}

static void fake_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
}

static const struct env_ops fake_ops = {
	.now = fake_now,
	.timer_set = fake_set,
	.timer_cancel = fake_cancel,
	.log = fake_log,
};

static void later(uint64_t ns)
{
	struct env_timer *t = fake.timer;

	fake.now_ns += ns;
	if (t && fake.fire_ns <= fake.now_ns) {
		fake.timer = NULL;
		t->fire(t->ctx);
	}
}

static void on_ready(void *ctx)
{
	fake.ready++;
}

static void *memory;
static struct acl *a;

static int setup(void **state)
{
	struct acl_config config = { .env = &fake.env, .ready = on_ready };
	struct arena arena;

	memset(&fake, 0, sizeof(fake));
	fake.env.ops = &fake_ops;
	fake.now_ns = ENV_SEC;
	memory = calloc(1, acl_arena_size());
	arena_init(&arena, memory, acl_arena_size());
	a = acl_init(&arena, &config);
	return 0;
}

static int teardown(void **state)
{
	acl_stop(a);
	assert_null(fake.op);
	free(memory);
	return 0;
}

/* --- rules ------------------------------------------------------------------------------ */

static struct acl_rules rules;
static uint32_t line;

static int parse(const char *text)
{
	return acl_parse(&rules, bytes_str(text), &line);
}

static bool may(const char *who, enum acl_right right, const char *key)
{
	return acl_rules_allow(&rules, who, right, bytes_str(key));
}

static void test_allow(void **state)
{
	assert_int_equal(parse(""), 0);
	assert_true(may("alice", ACL_WRITE, "x"));
	assert_int_equal(parse("bob write fruit/\nalice read fruit/\nalice write fruit/apple\n"
			       "alice read \\x00\\xff\n"),
			 0);
	assert_int_equal(rules.n, 4);
	assert_true(may("alice", ACL_READ, "fruit/pear"));
	assert_false(may("alice", ACL_WRITE, "fruit/pear"));
	assert_true(may("alice", ACL_WRITE, "fruit/apple"));
	assert_true(may("alice", ACL_READ, "fruit/apples"));
	assert_false(may("alice", ACL_READ, "fruit"));
	assert_true(acl_rules_allow(&rules, "alice", ACL_READ, B("\0\xff!")));
	assert_false(acl_rules_allow(&rules, "alice", ACL_READ, B("\0\xfe")));
	assert_true(may("bob", ACL_WRITE, "fruit/pear"));
	/* Who is in no rule may do everything, until there is a rule for everybody. */
	assert_true(may("carol", ACL_WRITE, "x"));
	assert_int_equal(parse("@client read\nbob write\n"), 0);
	assert_true(may("carol", ACL_READ, "x"));
	assert_false(may("carol", ACL_WRITE, "x"));
	assert_true(may("bob", ACL_WRITE, "x"));
	/* A name is a whole name. */
	assert_false(may("bo", ACL_WRITE, "x"));
	assert_false(may("bobby", ACL_WRITE, "x"));
}

static uint64_t quota(const char *who, const char *key)
{
	uint32_t at = 0;
	const struct acl_rule *r = acl_rules_quota(&rules, who, bytes_str(key), &at);

	return r ? r->items : UINT64_MAX;
}

/* A quota is no right: it neither gives nor takes any. */
static void test_quota(void **state)
{
	uint32_t at = 0;

	assert_int_equal(parse("alice items=10 a/\nalice items=3 a/b\n@client items=7\n"
			       "bob read\nbob items=0 x\n"),
			 0);
	assert_true(may("alice", ACL_WRITE, "x"));
	assert_true(may("carol", ACL_WRITE, "x"));
	assert_true(may("bob", ACL_READ, "x"));
	assert_false(may("bob", ACL_WRITE, "x"));
	assert_int_equal(quota("alice", "a/c"), 10);
	assert_non_null(acl_rules_quota(&rules, "alice", bytes_str("a/bc"), &at));
	assert_int_equal(acl_rules_quota(&rules, "alice", bytes_str("a/bc"), &at)->items, 3);
	assert_null(acl_rules_quota(&rules, "alice", bytes_str("a/bc"), &at));
	/* Who has quotas of its own does not have that of everybody. */
	assert_int_equal(quota("alice", "x"), UINT64_MAX);
	assert_int_equal(quota("bob", "y"), UINT64_MAX);
	assert_int_equal(quota("bob", "xy"), 0);
	assert_int_equal(quota("carol", "y"), 7);
}

/* What nothing enforces is no right, and a quota is a plain number. */
static void test_no_right(void **state)
{
	static const char *const bad[] = {
		"a publish t\n",
		"a subscribe t\n",
		"a place web\n",
		"a handoff\n",
		"a admin\n",
		"a items=\n",
		"a items=x\n",
		"a items=-1\n",
		"a items=01\n",
		"a items\n",
		"a items=1234567890123456789\n",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(parse(bad[i]), -EINVAL);
}

static void test_parse_errors(void **state)
{
	static const char *const bad[] = {
		"alice", "alice\n",	     "alice grant x\n", "alice read x y\n",
		"\n",	 " read x\n",	     "al/ice read\n",	"@admin read\n",
		"\\",	 "alice read \\x\n", "alice  read x\n", "alice read x\\x4\n",
	};
	static char text[ACL_TEXT_MAX + 2];
	size_t len = 0;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		snprintf(text, sizeof(text), "bob read\n%s", bad[i]);
		assert_int_equal(parse(text), -EINVAL);
		assert_int_equal(line, 2);
	}
	for (int i = 0; i < ACL_RULES_MAX; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "u%d read\n", i);
	assert_int_equal(parse(text), 0);
	assert_true(may("u1023", ACL_READ, ""));
	assert_false(may("u1023", ACL_WRITE, ""));
	snprintf(text + len, sizeof(text) - len, "one read\n");
	assert_int_equal(parse(text), -E2BIG);
	memset(text, 'x', ACL_TEXT_MAX + 1);
	assert_int_equal(parse(text), -E2BIG);
}

/* Against the definition, over all keys of up to two of three letters. */
static void test_range(void **state)
{
	static const uint8_t letters[] = { 'a', 'b', 0xff };
	struct bytes key[13];
	uint8_t room[13][2];
	size_t n = 0;

	for (int i = 0; i < 3; i++) {
		room[n][0] = letters[i];
		key[n] = bytes_of(room[n], 1);
		n++;
		for (int k = 0; k < 3; k++) {
			room[n][0] = letters[i];
			room[n][1] = letters[k];
			key[n] = bytes_of(room[n], 2);
			n++;
		}
	}
	for (size_t p = 0; p < n; p++) {
		rules.n = 1;
		rules.v[0] = (struct acl_rule){ bytes_str("u"), key[p], ACL_READ, 0 };
		for (size_t from = 0; from < n; from++) {
			for (size_t to = from + 1; to < n; to++) {
				bool all = true;

				for (size_t k = 0; k < n; k++)
					all &= bytes_cmp(key[k], key[from]) < 0 ||
					       bytes_cmp(key[k], key[to]) >= 0 ||
					       bytes_has_prefix(key[k], key[p]);
				/* There are longer keys than these, so it may say no more often. */
				if (acl_rules_allow_range(&rules, "u", key[from], key[to]))
					assert_true(all);
			}
		}
	}
	assert_int_equal(parse("u read ab\nu read b"), 0);
	assert_true(acl_rules_allow_range(&rules, "u", B("ab"), B("ac")));
	assert_true(acl_rules_allow_range(&rules, "u", B("abx"), B("aby")));
	assert_false(acl_rules_allow_range(&rules, "u", B("ab"), B("ac\0")));
	assert_false(acl_rules_allow_range(&rules, "u", B("aa"), B("ac")));
	assert_true(acl_rules_allow_range(&rules, "other", B("a"), B("z")));
	assert_int_equal(parse("u read \\xff\\xff"), 0);
	assert_true(acl_rules_allow_range(&rules, "u", B("\xff\xff"), B("\xff\xff\xff")));
	assert_false(acl_rules_allow_range(&rules, "u", B("\xff"), B("\xff\xff\xff")));
	assert_int_equal(parse("u read"), 0);
	assert_true(acl_rules_allow_range(&rules, "u", bytes_of(NULL, 0), B("\xff")));
}

static void test_edit(void **state)
{
	struct acl_rule rule = { B("bob"), B("a b\\"), ACL_READ, 0 };
	uint8_t mem[256], other[256];
	struct buf out = buf_of(mem, sizeof(mem)), less = buf_of(other, sizeof(other));

	assert_int_equal(acl_add(B("alice write x"), &rule, &out), 0);
	assert_true(bytes_eq(buf_bytes(&out), B("alice write x\nbob read a\\x20b\\\\\n")));
	/* Twice is once. */
	assert_int_equal(acl_add(buf_bytes(&out), &rule, &less), 0);
	assert_true(bytes_eq(buf_bytes(&out), buf_bytes(&less)));
	less.len = 0;
	rule.right = ACL_WRITE;
	assert_int_equal(acl_del(buf_bytes(&out), &rule, &less), 0);
	assert_true(bytes_eq(buf_bytes(&out), buf_bytes(&less)));
	less.len = 0;
	rule.right = ACL_NONE;
	assert_int_equal(acl_del(buf_bytes(&out), &rule, &less), 1);
	assert_true(bytes_eq(buf_bytes(&less), B("alice write x\n")));
	assert_int_equal(acl_add(B(""), &rule, &less), -EINVAL);
	rule = (struct acl_rule){ B("bo b"), B(""), ACL_READ, 0 };
	assert_int_equal(acl_add(B(""), &rule, &less), -EINVAL);
	rule.who = B("bob");
	less = buf_of(other, 5);
	assert_int_equal(acl_add(B(""), &rule, &less), -EMSGSIZE);
}

/* What was added is read as it was meant, whatever the prefix is. */
static void test_round_trip(void **state)
{
	static uint8_t mem[2][ACL_TEXT_MAX];
	struct buf text = buf_of(mem[0], sizeof(mem[0])), next;
	struct rng rng;

	rng_seed(&rng, 7);
	for (int i = 0; i < 200; i++) {
		uint8_t prefix[16];
		struct acl_rule rule = { B("u"), bytes_of(prefix, rng_next(&rng) % 16), ACL_READ,
					 0 };

		for (size_t k = 0; k < sizeof(prefix); k++)
			prefix[k] = (uint8_t)rng_next(&rng);
		next = buf_of(mem[(i + 1) % 2], sizeof(mem[0]));
		assert_int_equal(acl_add(buf_bytes(&text), &rule, &next), 0);
		text = next;
		assert_int_equal(acl_parse(&rules, buf_bytes(&text), &line), 0);
		assert_true(acl_rules_allow(&rules, "u", ACL_READ, rule.prefix));
	}
}

/* --- when they are read ------------------------------------------------------------------ */

static void test_read(void **state)
{
	assert_int_equal(acl_state(a), ACL_WAIT);
	assert_int_equal(acl_state(a), ACL_WAIT);
	assert_int_equal(fake.ready, 0);
	answer(-ENOENT, B(""));
	assert_int_equal(fake.ready, 1);
	assert_int_equal(acl_state(a), ACL_READY);
	assert_true(acl_allows(a, "u", ACL_WRITE, B("x")));
	/* Fresh enough. */
	later(ACL_FRESH_NS - 1);
	assert_int_equal(acl_state(a), ACL_READY);
	assert_null(fake.op);
	/* The old ones count while they are read again. */
	later(1);
	assert_int_equal(acl_state(a), ACL_READY);
	assert_true(acl_allows(a, "u", ACL_WRITE, B("x")));
	answer(0, B("u read\n"));
	assert_false(acl_allows(a, "u", ACL_WRITE, B("x")));
	assert_true(acl_allows(a, "u", ACL_READ, B("x")));
	assert_int_equal(acl_counters(a)->reads, 2);
}

/* Nobody asked for a while: then not even the next one is served by old rules. */
static void test_idle(void **state)
{
	acl_state(a);
	answer(0, B("u write\n"));
	later(ACL_OLD_NS);
	assert_int_equal(acl_state(a), ACL_WAIT);
	answer(0, B("u read\n"));
	assert_int_equal(acl_state(a), ACL_READY);
	assert_false(acl_allows(a, "u", ACL_WRITE, B("x")));
}

/* Rules that cannot be read again count for a while, then nobody is let in. */
static void test_stale(void **state)
{
	acl_state(a);
	answer(0, B("u read\n"));
	later(ACL_FRESH_NS);
	assert_int_equal(acl_state(a), ACL_READY);
	answer(-EHOSTUNREACH, B(""));
	assert_int_equal(acl_state(a), ACL_READY);
	assert_null(fake.op);
	later(ACL_RETRY_NS);
	assert_int_equal(acl_state(a), ACL_READY);
	answer(-ETIMEDOUT, B(""));
	later(ACL_STALE_NS - ACL_FRESH_NS - ACL_RETRY_NS - 1);
	assert_int_equal(acl_state(a), ACL_READY);
	later(1);
	assert_int_equal(acl_state(a), ACL_WAIT);
	answer(-EHOSTUNREACH, B(""));
	assert_int_equal(acl_state(a), ACL_FAILED);
	assert_int_equal(acl_counters(a)->failed, 3);
	later(ACL_RETRY_NS);
	assert_int_equal(acl_state(a), ACL_WAIT);
	answer(0, B("u write\n"));
	assert_int_equal(acl_state(a), ACL_READY);
	assert_true(acl_allows(a, "u", ACL_WRITE, B("x")));
}

/* Rules that are not understood do not make everything allowed. */
static void test_bad(void **state)
{
	acl_state(a);
	answer(0, B("u read\n"));
	later(ACL_FRESH_NS);
	acl_state(a);
	answer(0, B("u everything\n"));
	assert_int_equal(acl_state(a), ACL_READY);
	assert_false(acl_allows(a, "u", ACL_WRITE, B("x")));
	assert_int_equal(acl_counters(a)->bad, 1);
}

static void test_bad_first(void **state)
{
	acl_state(a);
	answer(0, B("u everything\n"));
	assert_int_equal(acl_state(a), ACL_FAILED);
}

static void test_refused(void **state)
{
	fake.refuse = -ENOBUFS;
	assert_int_equal(acl_state(a), ACL_FAILED);
	fake.refuse = 0;
	assert_int_equal(acl_state(a), ACL_FAILED);
	later(ACL_RETRY_NS);
	assert_int_equal(acl_state(a), ACL_WAIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_allow),
		cmocka_unit_test(test_parse_errors),
		cmocka_unit_test(test_quota),
		cmocka_unit_test(test_no_right),
		cmocka_unit_test(test_range),
		cmocka_unit_test(test_edit),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test_setup_teardown(test_read, setup, teardown),
		cmocka_unit_test_setup_teardown(test_idle, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stale, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_first, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
