// SPDX-License-Identifier: GPL-2.0-only
/*
 * The client table under KUnit: limit, expiry, walks, and changes from many
 * threads at once. On a debug kernel KASAN, lockdep and RCU's checks look on.
 */
#include "client.c"

#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/kthread.h>

#define KEYS	24
#define WRITERS 3
#define ROUNDS	2000

struct client_fixture {
	struct xosh_net net;
	struct xosh_vip vip;
	struct xosh_vip other;
};

static void key_of(struct xosh_client_key *key, const struct xosh_vip *vip, unsigned int n)
{
	struct in6_addr addr = { .s6_addr = { 0x20, 0x01, 0x0d, 0xb8 } };

	addr.s6_addr32[3] = htonl(n);
	xosh_client_key(key, vip, &addr, 0, 0);
}

static int set(struct client_fixture *f, struct xosh_vip *vip, unsigned int n, u32 member)
{
	struct xosh_client_key key;

	key_of(&key, vip, n);
	return xosh_client_set(&f->net, vip, &key, member, XOS_HANDOFF_CLIENT_STATE_LIVE);
}

/* Member of a client's entry, 0 when there is none. */
static u32 member_of(struct client_fixture *f, struct xosh_vip *vip, unsigned int n)
{
	struct xosh_client_key key;
	struct xosh_client *c;
	u32 member;

	key_of(&key, vip, n);
	rcu_read_lock();
	c = xosh_client_find(&f->net, &key);
	member = c ? READ_ONCE(c->member_id) : 0;
	rcu_read_unlock();
	return member;
}

static void set_and_find(struct kunit *test)
{
	struct client_fixture *f = test->priv;
	struct xosh_client_key key;

	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 1, 11), 0);
	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 2, 12), 0);
	KUNIT_EXPECT_EQ(test, set(f, &f->other, 1, 13), 0);
	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 1, 14), 0);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->vip, 1), 14);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->vip, 2), 12);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->other, 1), 13);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->other, 2), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->net.clients_n), 3);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->vip.clients_n), 2);
	key_of(&key, &f->vip, 1);
	KUNIT_EXPECT_EQ(test, xosh_client_del(&f->net, &key), 0);
	KUNIT_EXPECT_EQ(test, xosh_client_del(&f->net, &key), -ENOENT);
	xosh_client_purge(&f->net, &f->vip);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->vip, 2), 0);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->other, 1), 13);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->net.clients_n), 1);
}

static void limit(struct kunit *test)
{
	struct client_fixture *f = test->priv;
	unsigned int before = clients_max;

	clients_max = 2;
	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 1, 1), 0);
	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 2, 1), 0);
	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 3, 1), -ENOSPC);
	/* Who is in the table can still be changed. */
	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 2, 7), 0);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->vip, 2), 7);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->net.clients_n), 2);
	clients_max = before;
}

static void expiry(struct kunit *test)
{
	struct client_fixture *f = test->priv;
	struct xosh_client_key key;
	struct xosh_client *c;

	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 1, 1), 0);
	KUNIT_EXPECT_EQ(test, set(f, &f->vip, 2, 1), 0);
	key_of(&key, &f->vip, 1);
	rcu_read_lock();
	c = xosh_client_find(&f->net, &key);
	if (c)
		WRITE_ONCE(c->seen, jiffies - (XOSH_CLIENT_TIMEOUT_DEFAULT_S + 1UL) * HZ);
	rcu_read_unlock();
	KUNIT_EXPECT_NOT_NULL(test, c);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->vip, 1), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->net.clients_n), 2);
	client_sweep(&f->net, NULL);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->net.clients_n), 1);
	KUNIT_EXPECT_EQ(test, member_of(f, &f->vip, 2), 1);
}

struct walk_seen {
	u64 keys;
	int left;
};

static int walk_one(const struct xosh_client *c, void *arg)
{
	struct walk_seen *seen = arg;

	if (!seen->left)
		return 1;
	seen->left--;
	seen->keys += 1ULL << ntohl(c->key.addr.s6_addr32[3]);
	return 0;
}

/* In pieces of any size, each entry is met once. */
static void walk(struct kunit *test)
{
	struct client_fixture *f = test->priv;
	int piece;

	for (unsigned int n = 0; n < KEYS; n++)
		KUNIT_ASSERT_EQ(test, set(f, &f->vip, n, 1), 0);
	for (piece = 1; piece <= KEYS + 1; piece++) {
		struct walk_seen seen = { 0 };
		unsigned long bucket = 0, skip = 0;

		do {
			seen.left = piece;
		} while (xosh_client_walk(&f->net, &bucket, &skip, walk_one, &seen));
		KUNIT_EXPECT_EQ(test, seen.keys, (1ULL << KEYS) - 1);
	}
}

static int churn(void *arg)
{
	struct client_fixture *f = arg;
	struct xosh_client_key key;
	unsigned int i, n;
	int bad = 0;

	for (i = 0; i < ROUNDS; i++) {
		n = get_random_u32() % KEYS;
		key_of(&key, &f->vip, n);
		if (i % 3)
			set(f, &f->vip, n, n + 1);
		else
			xosh_client_del(&f->net, &key);
		n = get_random_u32() % KEYS;
		/* An entry is never another one's. */
		if (member_of(f, &f->vip, n) % (n + 1))
			bad++;
		if (i % 500 == 0)
			client_sweep(&f->net, NULL);
		cond_resched();
	}
	while (!kthread_should_stop())
		msleep(20);
	return bad;
}

static void many_threads(struct kunit *test)
{
	struct client_fixture *f = test->priv;
	struct task_struct *threads[WRITERS];
	unsigned int i;

	for (i = 0; i < WRITERS; i++) {
		threads[i] = kthread_run(churn, f, "xosh-test-%u", i);
		KUNIT_EXPECT_FALSE(test, IS_ERR(threads[i]));
	}
	for (i = 0; i < WRITERS; i++)
		if (!IS_ERR(threads[i]))
			KUNIT_EXPECT_EQ(test, kthread_stop(threads[i]), 0);
	xosh_client_purge(&f->net, &f->vip);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->net.clients_n), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->vip.clients_n), 0);
}

static int fixture_init(struct kunit *test)
{
	struct client_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	f->vip.id = 1;
	f->other.id = 2;
	f->vip.client_timeout_s = XOSH_CLIENT_TIMEOUT_DEFAULT_S;
	f->other.client_timeout_s = XOSH_CLIENT_TIMEOUT_DEFAULT_S;
	test->priv = f;
	return xosh_client_setup(&f->net);
}

static void fixture_exit(struct kunit *test)
{
	struct client_fixture *f = test->priv;

	if (!f || !f->net.clients)
		return;
	xosh_client_purge(&f->net, &f->vip);
	xosh_client_purge(&f->net, &f->other);
	xosh_client_teardown(&f->net);
	/* The entries lie in memory that this module frees by its own means. */
	rcu_barrier();
}

static struct kunit_case client_cases[] = { KUNIT_CASE(set_and_find), KUNIT_CASE(limit),
					    KUNIT_CASE(expiry),	      KUNIT_CASE(walk),
					    KUNIT_CASE(many_threads), {} };

static struct kunit_suite client_suite = {
	.name = "xos_handoff_client",
	.init = fixture_init,
	.exit = fixture_exit,
	.test_cases = client_cases,
};
kunit_test_suite(client_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit tests of xos_handoff");
