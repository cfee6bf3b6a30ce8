// SPDX-License-Identifier: GPL-2.0-only
/*
 * The range table under KUnit: readers search while tables are replaced and
 * freed under them. What the table finds is tested in userspace; here KASAN and
 * RCU's checks see that no reader looks at a table that is gone, or behind it.
 */
#include "table.c"

#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/rcupdate.h>

#define READERS	 3
#define TABLES	 60
#define ARCS_MAX 200
#define CLASSES	 2

/* A table of as many arcs a class as its epoch says; arc i has port i and starts at key i. */
static struct xosl_table *table_make(u64 epoch)
{
	struct xosl_table *t = xosl_table_alloc(epoch, CLASSES);
	u32 class, i;

	if (!t)
		return NULL;
	for (class = 0; class < CLASSES; class ++) {
		for (i = 0; i < epoch; i++) {
			struct xosl_owner owner = { .port = i, .epoch = epoch };
			__be32 start = htonl(i);

			if (xosl_table_add(t, class, (u8 *)&start, i ? sizeof(start) : 0, &owner))
				goto fail;
		}
	}
	if (!xosl_table_finish(t))
		return t;
fail:
	xosl_table_free(t);
	return NULL;
}

struct table_fixture {
	struct xosl_table __rcu *table;
};

static int reader(void *arg)
{
	struct table_fixture *f = arg;
	int bad = 0;

	while (!kthread_should_stop()) {
		const struct xosl_table *t;
		const struct xosl_owner *o;
		u32 n = get_random_u32() % ARCS_MAX;
		__be32 key = htonl(n);

		rcu_read_lock();
		t = rcu_dereference(f->table);
		o = xosl_table_find(t, n % CLASSES, (u8 *)&key, sizeof(key));
		if (o->epoch != t->epoch || o->port != min_t(u64, n, t->epoch - 1))
			bad++;
		rcu_read_unlock();
		cond_resched();
	}
	return bad;
}

static void replaced_under_readers(struct kunit *test)
{
	struct table_fixture f = { RCU_INITIALIZER(table_make(1)) };
	struct task_struct *threads[READERS];
	struct xosl_table *next, *old;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, rcu_access_pointer(f.table));
	for (i = 0; i < READERS; i++) {
		threads[i] = kthread_run(reader, &f, "xosl-test-%u", i);
		KUNIT_EXPECT_FALSE(test, IS_ERR(threads[i]));
	}
	for (i = 0; i < TABLES; i++) {
		next = table_make(1 + get_random_u32() % ARCS_MAX);
		KUNIT_EXPECT_NOT_NULL(test, next);
		if (!next)
			break;
		old = rcu_dereference_protected(f.table, true);
		rcu_assign_pointer(f.table, next);
		synchronize_rcu();
		xosl_table_free(old);
	}
	for (i = 0; i < READERS; i++)
		if (!IS_ERR(threads[i]))
			KUNIT_EXPECT_EQ(test, kthread_stop(threads[i]), 0);
	xosl_table_free(rcu_dereference_protected(f.table, true));
}

/* The limit holds, and what was built so far is freed whole. */
static void too_many_arcs(struct kunit *test)
{
	struct xosl_table *t = xosl_table_alloc(1, 1);
	struct xosl_owner owner = { 0 };
	int err = 0;
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (i = 0; !err && i <= XOS_LOOKUP_ARCS_MAX; i++) {
		__be32 start = htonl(i);

		err = xosl_table_add(t, 0, (u8 *)&start, i ? sizeof(start) : 0, &owner);
	}
	KUNIT_EXPECT_EQ(test, err, -ENOSPC);
	KUNIT_EXPECT_EQ(test, i, XOS_LOOKUP_ARCS_MAX + 1);
	xosl_table_free(t);
}

static struct kunit_case table_cases[] = { KUNIT_CASE(replaced_under_readers),
					   KUNIT_CASE(too_many_arcs),
					   {} };

static struct kunit_suite table_suite = {
	.name = "xos_lookup_table",
	.test_cases = table_cases,
};
kunit_test_suite(table_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit tests of xos_lookup");
