// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Read-write locks, barriers, once and semaphores of services, each made of one
 * mutex and one condition variable of the scheduler: what is made of
 * deterministic parts is deterministic.
 */
#include "runtime.h"

#include <errno.h>
#include <semaphore.h>

static void enter(struct vn_thread *self, struct vn_object *o)
{
	runtime_op(self, VOP_LOCK, o->mutex, NULL);
}

static int leave(struct vn_thread *self, struct vn_object *o, int result)
{
	runtime_op(self, VOP_UNLOCK, o->mutex, NULL);
	return result;
}

static void await(struct vn_thread *self, struct vn_object *o)
{
	runtime_wait(self, o->mutex, o->cond, UINT64_MAX);
}

static void announce(struct vn_thread *self, struct vn_object *o)
{
	runtime_op(self, VOP_BROADCAST, NULL, o->cond);
}

/* --- read-write locks ---------------------------------------------------------------- */

int pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *attr)
{
	int err = REAL(pthread_rwlock_init, NULL)(l, attr);

	if (!err && vn_self)
		object_new(l, VN_RWLOCK);
	return err;
}

int pthread_rwlock_destroy(pthread_rwlock_t *l)
{
	int err = vn_self ? object_forget(l) : 0;

	return err ? err : REAL(pthread_rwlock_destroy, NULL)(l);
}

static int rwlock_take(struct vn_thread *self, struct vn_object *o, bool write, bool try)
{
	enter(self, o);
	while (o->writer || (write && o->count)) {
		if (try)
			return leave(self, o, EBUSY);
		await(self, o);
	}
	if (write)
		o->writer = true;
	else
		o->count++;
	return leave(self, o, 0);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_rwlock_rdlock, NULL)(l);
	return rwlock_take(self, object_at(l, VN_RWLOCK), false, false);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_rwlock_wrlock, NULL)(l);
	return rwlock_take(self, object_at(l, VN_RWLOCK), true, false);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *l)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_rwlock_tryrdlock, NULL)(l);
	return rwlock_take(self, object_at(l, VN_RWLOCK), false, true);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *l)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_rwlock_trywrlock, NULL)(l);
	return rwlock_take(self, object_at(l, VN_RWLOCK), true, true);
}

int pthread_rwlock_unlock(pthread_rwlock_t *l)
{
	struct vn_thread *self = scheduled();
	struct vn_object *o;

	if (!self)
		return REAL(pthread_rwlock_unlock, NULL)(l);
	o = object_at(l, VN_RWLOCK);
	enter(self, o);
	if (o->writer)
		o->writer = false;
	else if (o->count)
		o->count--;
	else
		return leave(self, o, EPERM);
	if (!o->count)
		announce(self, o);
	return leave(self, o, 0);
}

/* --- barriers ------------------------------------------------------------------------ */

int pthread_barrier_init(pthread_barrier_t *b, const pthread_barrierattr_t *attr, unsigned int n)
{
	int err = REAL(pthread_barrier_init, NULL)(b, attr, n);

	if (!err && vn_self)
		object_new(b, VN_BARRIER)->limit = n;
	return err;
}

int pthread_barrier_destroy(pthread_barrier_t *b)
{
	int err = vn_self ? object_forget(b) : 0;

	return err ? err : REAL(pthread_barrier_destroy, NULL)(b);
}

int pthread_barrier_wait(pthread_barrier_t *b)
{
	struct vn_thread *self = scheduled();
	struct vn_object *o;
	uint32_t round;

	if (!self)
		return REAL(pthread_barrier_wait, NULL)(b);
	o = object_at(b, VN_BARRIER);
	enter(self, o);
	if (++o->count >= o->limit) {
		o->count = 0;
		o->round++;
		announce(self, o);
		return leave(self, o, PTHREAD_BARRIER_SERIAL_THREAD);
	}
	round = o->round;
	while (o->round == round)
		await(self, o);
	return leave(self, o, 0);
}

/* --- once ---------------------------------------------------------------------------- */

int pthread_once(pthread_once_t *control, void (*fn)(void))
{
	struct vn_thread *self = scheduled();
	struct vn_object *o;
	bool first;

	if (!self || (__atomic_load_n(control, __ATOMIC_ACQUIRE) == 2 && !object_known(control)))
		return REAL(pthread_once, NULL)(control, fn);
	o = object_at(control, VN_ONCE);
	enter(self, o);
	while (o->writer)
		await(self, o);
	first = !o->count;
	o->writer = first;
	leave(self, o, 0);
	if (!first)
		return 0;
	fn();
	enter(self, o);
	o->writer = false;
	o->count = 1;
	/* what the C library writes when it is done, for when the service runs alone */
	__atomic_store_n(control, 2, __ATOMIC_RELEASE);
	announce(self, o);
	return leave(self, o, 0);
}

/* --- semaphores ---------------------------------------------------------------------- */

int sem_init(sem_t *s, int shared, unsigned int value)
{
	int err = REAL(sem_init, NULL)(s, shared, value);

	if (!err && vn_self)
		object_new(s, VN_SEM)->count = value;
	return err;
}

int sem_destroy(sem_t *s)
{
	int err = vn_self ? object_forget(s) : 0;

	if (!err)
		return REAL(sem_destroy, NULL)(s);
	errno = err;
	return -1;
}

static int sem_take(struct vn_thread *self, sem_t *s, bool try)
{
	struct vn_object *o = object_at(s, VN_SEM);

	enter(self, o);
	while (!o->count) {
		if (try) {
			leave(self, o, 0);
			errno = EAGAIN;
			return -1;
		}
		await(self, o);
	}
	o->count--;
	return leave(self, o, 0);
}

int sem_wait(sem_t *s)
{
	struct vn_thread *self = scheduled();

	return self ? sem_take(self, s, false) : REAL(sem_wait, NULL)(s);
}

int sem_trywait(sem_t *s)
{
	struct vn_thread *self = scheduled();

	return self ? sem_take(self, s, true) : REAL(sem_trywait, NULL)(s);
}

int sem_post(sem_t *s)
{
	struct vn_thread *self = scheduled();
	struct vn_object *o;

	if (!self)
		return REAL(sem_post, NULL)(s);
	o = object_at(s, VN_SEM);
	enter(self, o);
	o->count++;
	runtime_op(self, VOP_SIGNAL, NULL, o->cond);
	return leave(self, o, 0);
}
