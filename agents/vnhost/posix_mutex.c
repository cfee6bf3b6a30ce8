// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mutexes, spin locks and condition variables of services. One definition
 * without a version stands for both symbol versions of the condition variable
 * functions (GLIBC_2.2.5 and GLIBC_2.3.2): a name without a version is taken
 * for any.
 */
#include "runtime.h"

#include <errno.h>
#include <time.h>

#define COND_VERSION "GLIBC_2.3.2"
#define NS_PER_S     1000000000ULL

int pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *attr)
{
	int err = REAL(pthread_mutex_init, NULL)(m, attr);

	if (!err && vn_self)
		object_new(m, VN_MUTEX);
	return err;
}

int pthread_mutex_destroy(pthread_mutex_t *m)
{
	int err = vn_self ? object_forget(m) : 0;

	return err ? err : REAL(pthread_mutex_destroy, NULL)(m);
}

int pthread_mutex_lock(pthread_mutex_t *m)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_mutex_lock, NULL)(m);
	return runtime_op(self, VOP_LOCK, object_at(m, VN_MUTEX)->mutex, NULL);
}

int pthread_mutex_trylock(pthread_mutex_t *m)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_mutex_trylock, NULL)(m);
	return runtime_op(self, VOP_TRYLOCK, object_at(m, VN_MUTEX)->mutex, NULL);
}

int pthread_mutex_unlock(pthread_mutex_t *m)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_mutex_unlock, NULL)(m);
	return runtime_op(self, VOP_UNLOCK, object_at(m, VN_MUTEX)->mutex, NULL);
}

/* A time limit would need a wait at a mutex that the log can end; there is none. */
int pthread_mutex_timedlock(pthread_mutex_t *m, const struct timespec *abstime)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_mutex_timedlock, NULL)(m, abstime);
	return runtime_op(self, VOP_LOCK, object_at(m, VN_MUTEX)->mutex, NULL);
}

/* --- spin locks ------------------------------------------------------------------ */

int pthread_spin_lock(pthread_spinlock_t *s)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_spin_lock, NULL)(s);
	return runtime_op(self, VOP_LOCK, object_at((void *)s, VN_SEM)->mutex, NULL);
}

int pthread_spin_trylock(pthread_spinlock_t *s)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_spin_trylock, NULL)(s);
	return runtime_op(self, VOP_TRYLOCK, object_at((void *)s, VN_SEM)->mutex, NULL);
}

int pthread_spin_unlock(pthread_spinlock_t *s)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_spin_unlock, NULL)(s);
	return runtime_op(self, VOP_UNLOCK, object_at((void *)s, VN_SEM)->mutex, NULL);
}

/* --- condition variables --------------------------------------------------------- */

int pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *attr)
{
	int err = REAL(pthread_cond_init, COND_VERSION)(c, attr);

	if (!err && vn_self)
		object_new(c, VN_COND);
	return err;
}

int pthread_cond_destroy(pthread_cond_t *c)
{
	int err = vn_self ? object_forget(c) : 0;

	return err ? err : REAL(pthread_cond_destroy, COND_VERSION)(c);
}

int pthread_cond_signal(pthread_cond_t *c)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_cond_signal, COND_VERSION)(c);
	return runtime_op(self, VOP_SIGNAL, NULL, object_at(c, VN_COND)->cond);
}

int pthread_cond_broadcast(pthread_cond_t *c)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_cond_broadcast, COND_VERSION)(c);
	return runtime_op(self, VOP_BROADCAST, NULL, object_at(c, VN_COND)->cond);
}

int pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
	struct vn_thread *self = scheduled();

	if (vn_self && !self)
		runtime_die("the service waits for a condition outside of a request");
	if (!self)
		return REAL(pthread_cond_wait, COND_VERSION)(c, m);
	return runtime_wait(self, object_at(m, VN_MUTEX)->mutex, object_at(c, VN_COND)->cond,
			    UINT64_MAX);
}

/* All clocks of a request show the same time. */
static int wait_until(struct vn_thread *self, pthread_cond_t *c, pthread_mutex_t *m,
		      const struct timespec *t)
{
	uint64_t end;

	if (t->tv_nsec < 0 || t->tv_nsec >= (long)NS_PER_S)
		return EINVAL;
	end = t->tv_sec < 0 ? 0 : (uint64_t)t->tv_sec * NS_PER_S + (uint64_t)t->tv_nsec;
	return runtime_wait(self, object_at(m, VN_MUTEX)->mutex, object_at(c, VN_COND)->cond,
			    end > self->now_ns ? end - self->now_ns : 0);
}

int pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *t)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_cond_timedwait, COND_VERSION)(c, m, t);
	return wait_until(self, c, m, t);
}

int pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m, clockid_t clock,
			   const struct timespec *t)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_cond_clockwait, NULL)(c, m, clock, t);
	return wait_until(self, c, m, t);
}
