// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Service of a virtual node: accounts with a lock each. Money is moved under
 * both locks, and some work is done before, so that threads overlap.
 *
 *   open ACCOUNT AMOUNT          set an account
 *   move FROM TO AMOUNT          answers both new balances
 *   total                        of all accounts, under all locks
 *   audit                        the total, added up by four threads
 *   show                         all balances
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <xos_vnode.h>

#define ACCOUNTS 16
#define AUDITORS 4
#define WORK	 20000

static struct account {
	pthread_mutex_t lock;
	long balance;
} accounts[ACCOUNTS];

/* Changed by move under this lock, held by readers while they look at all. */
static pthread_rwlock_t ledger = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t fees_known = PTHREAD_ONCE_INIT;
static long fee;

static int start(void **state, const char *config)
{
	for (int i = 0; i < ACCOUNTS; i++)
		pthread_mutex_init(&accounts[i].lock, NULL);
	return 0;
}

static void learn_fees(void)
{
	fee = 1;
}

static void work(void)
{
	for (volatile int i = 0; i < WORK; i++)
		;
}

static int move(int from, int to, long amount)
{
	int first = from < to ? from : to, second = from < to ? to : from;
	char text[64];
	int n;

	if (from < 0 || to < 0 || from >= ACCOUNTS || to >= ACCOUNTS || from == to)
		return EINVAL;
	work();
	pthread_once(&fees_known, learn_fees);
	pthread_rwlock_rdlock(&ledger);
	pthread_mutex_lock(&accounts[first].lock);
	pthread_mutex_lock(&accounts[second].lock);
	accounts[from].balance -= amount + fee;
	accounts[to].balance += amount + fee;
	n = snprintf(text, sizeof(text), "%ld %ld", accounts[from].balance, accounts[to].balance);
	pthread_mutex_unlock(&accounts[second].lock);
	pthread_mutex_unlock(&accounts[first].lock);
	pthread_rwlock_unlock(&ledger);
	work();
	xos_vnode_reply(text, (size_t)n);
	return 0;
}

static int set(int account, long amount)
{
	if (account < 0 || account >= ACCOUNTS)
		return EINVAL;
	pthread_mutex_lock(&accounts[account].lock);
	accounts[account].balance = amount;
	pthread_mutex_unlock(&accounts[account].lock);
	return 0;
}

static long add_up(int from, int to)
{
	long sum = 0;

	for (int i = from; i < to; i++)
		sum += accounts[i].balance;
	return sum;
}

static int total(void)
{
	char text[32];
	long sum;

	pthread_rwlock_wrlock(&ledger);
	sum = add_up(0, ACCOUNTS);
	pthread_rwlock_unlock(&ledger);
	xos_vnode_reply(text, (size_t)snprintf(text, sizeof(text), "%ld", sum));
	return 0;
}

struct audit {
	pthread_barrier_t begin;
	pthread_mutex_t lock;
	long sum;
	int next;
};

static void *auditor(void *arg)
{
	struct audit *a = arg;
	int part;

	pthread_barrier_wait(&a->begin);
	pthread_mutex_lock(&a->lock);
	part = a->next++;
	a->sum += add_up(part * ACCOUNTS / AUDITORS, (part + 1) * ACCOUNTS / AUDITORS);
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

static int audit(void)
{
	struct audit a = { .lock = PTHREAD_MUTEX_INITIALIZER };
	pthread_t thread[AUDITORS];
	char text[32];

	pthread_barrier_init(&a.begin, NULL, AUDITORS);
	pthread_mutex_init(&a.lock, NULL);
	pthread_rwlock_wrlock(&ledger);
	for (int i = 0; i < AUDITORS; i++)
		pthread_create(&thread[i], NULL, auditor, &a);
	for (int i = 0; i < AUDITORS; i++)
		pthread_join(thread[i], NULL);
	pthread_rwlock_unlock(&ledger);
	pthread_mutex_destroy(&a.lock);
	pthread_barrier_destroy(&a.begin);
	xos_vnode_reply(text, (size_t)snprintf(text, sizeof(text), "%ld", a.sum));
	return 0;
}

static int show(void)
{
	char text[32];

	pthread_rwlock_wrlock(&ledger);
	for (int i = 0; i < ACCOUNTS; i++)
		xos_vnode_reply(text, (size_t)snprintf(text, sizeof(text), "%d %ld\n", i,
						       accounts[i].balance));
	pthread_rwlock_unlock(&ledger);
	return 0;
}

static int invoke(void *state, const struct xos_vnode_request *r)
{
	char text[64] = "";
	int a = -1, b = -1;
	long amount = 0;

	if (r->len)
		memcpy(text, r->args, r->len < sizeof(text) ? r->len : sizeof(text) - 1);
	if (!strcmp(r->operation, "move"))
		return sscanf(text, "%d %d %ld", &a, &b, &amount) == 3 ? move(a, b, amount) :
									 EINVAL;
	if (!strcmp(r->operation, "open"))
		return sscanf(text, "%d %ld", &a, &amount) == 2 ? set(a, amount) : EINVAL;
	if (!strcmp(r->operation, "total"))
		return total();
	if (!strcmp(r->operation, "audit"))
		return audit();
	if (!strcmp(r->operation, "show"))
		return show();
	return ENOSYS;
}

static int snapshot(void *state, xos_vnode_write_fn write, void *ctx)
{
	int err = 0;

	for (int i = 0; i < ACCOUNTS && !err; i++)
		err = write(ctx, &accounts[i].balance, sizeof(accounts[i].balance));
	return err;
}

static int restore(void *state, xos_vnode_read_fn read, void *ctx)
{
	for (int i = 0; i < ACCOUNTS; i++) {
		if (read(ctx, &accounts[i].balance, sizeof(long)) != sizeof(long))
			return -EBADMSG;
	}
	return 0;
}

const struct xos_vnode_service xos_vnode_service = {
	.abi = XOS_VNODE_ABI,
	.name = "bank",
	.start = start,
	.invoke = invoke,
	.snapshot = snapshot,
	.restore = restore,
};
