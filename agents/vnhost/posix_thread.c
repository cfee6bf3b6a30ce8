// SPDX-License-Identifier: GPL-2.0-or-later
/* Threads that a request begins. They live inside it: it ends when they have ended. */
#include "runtime.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* Common to joiner and child: who is done says so under the door. */
static void child_left(void *arg)
{
	struct vn_thread *self = arg;

	if (self->t.held)
		runtime_die("a thread of request %llu (%s) ended with a mutex held",
			    (unsigned long long)self->request->call.index,
			    self->request->operation);
	runtime_op(self, VOP_LOCK, self->door, NULL);
	self->done = true;
	runtime_op(self, VOP_BROADCAST, NULL, self->left);
	runtime_op(self, VOP_UNLOCK, self->door, NULL);
	runtime_lock();
	self->t.op = VOP_END;
	vsched_op(runtime.sched, &self->t);
	runtime_unlock();
	vn_self = NULL;
}

static void await_child(struct vn_thread *self, struct vn_thread *child)
{
	runtime_op(self, VOP_LOCK, child->door, NULL);
	while (!child->done)
		runtime_wait(self, child->door, child->left, UINT64_MAX);
	runtime_op(self, VOP_UNLOCK, child->door, NULL);
}

static void *child_main(void *arg)
{
	struct vn_thread *self = arg;
	void *result;

	vn_self = self;
	runtime_park(&self->go);
	pthread_cleanup_push(child_left, self);
	result = self->fn(self->arg);
	pthread_cleanup_pop(1);
	return result;
}

static struct vn_thread *child_new(struct vn_thread *self, void *(*fn)(void *), void *arg)
{
	uint64_t name = vsched_mix(self->t.name, ++self->t.spawned);
	struct vn_thread *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	vn_thread_init(c, self->request, name);
	c->now_ns = self->now_ns;
	c->fn = fn;
	c->arg = arg;
	runtime_lock();
	c->door = vsched_mutex(runtime.sched, vsched_mix(name, 0), VMUTEX_NORMAL);
	c->left = vsched_cond(runtime.sched);
	if (!c->door || !c->left)
		runtime_die("too many threads");
	c->sibling = self->request->children;
	self->request->children = c;
	runtime_unlock();
	if (self->request->slot)
		atomic_store(&self->request->slot->cut, UINT32_MAX);
	return c;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *), void *arg)
{
	struct vn_thread *self = scheduled(), *c;
	int err, detached = PTHREAD_CREATE_JOINABLE;

	if (vn_self && !self)
		runtime_die("the service begins a thread outside of a request");
	if (!self)
		return REAL(pthread_create, NULL)(thread, attr, fn, arg);
	if (attr)
		pthread_attr_getdetachstate(attr, &detached);
	if (detached != PTHREAD_CREATE_JOINABLE)
		attr = NULL;
	vn_inside++;
	c = child_new(self, fn, arg);
	err = c ? REAL(pthread_create, NULL)(&c->real, attr, child_main, c) : EAGAIN;
	vn_inside--;
	if (err)
		runtime_die("a thread cannot be begun: %s", strerror(err));
	*thread = c->real;
	self->t.child = &c->t;
	return runtime_op(self, VOP_SPAWN, NULL, NULL);
}

static struct vn_thread *child_find(struct vn_request *rq, pthread_t thread)
{
	struct vn_thread *c;

	runtime_lock();
	for (c = rq->children; c; c = c->sibling) {
		if (!c->collected && pthread_equal(c->real, thread))
			break;
	}
	runtime_unlock();
	return c;
}

int pthread_join(pthread_t thread, void **result)
{
	struct vn_thread *self = scheduled(), *c;

	if (!self)
		return REAL(pthread_join, NULL)(thread, result);
	c = child_find(self->request, thread);
	if (!c)
		return ESRCH;
	if (c == self)
		return EDEADLK;
	await_child(self, c);
	c->collected = true;
	return REAL(pthread_join, NULL)(thread, result);
}

/* A detached thread is waited for when its request ends, like any other. */
int pthread_detach(pthread_t thread)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(pthread_detach, NULL)(thread);
	return child_find(self->request, thread) ? 0 : ESRCH;
}

static struct vn_thread *uncollected(struct vn_request *rq)
{
	struct vn_thread *c;

	runtime_lock();
	for (c = rq->children; c && c->collected; c = c->sibling)
		;
	runtime_unlock();
	return c;
}

void children_collect(struct vn_thread *self)
{
	struct vn_request *rq = self->request;
	struct vn_thread *c;

	while ((c = uncollected(rq))) {
		await_child(self, c);
		REAL(pthread_join, NULL)(c->real, NULL);
		c->collected = true;
	}
	while (rq->children) {
		c = rq->children;
		rq->children = c->sibling;
		runtime_lock();
		vsched_mutex_free(runtime.sched, c->door);
		vsched_cond_free(runtime.sched, c->left);
		runtime_unlock();
		free(c);
	}
}

void pthread_exit(void *result)
{
	struct vn_thread *self = scheduled();

	if (self && self == &self->request->main)
		runtime_die("request %llu (%s) ended its thread",
			    (unsigned long long)self->request->call.index,
			    self->request->operation);
	REAL(pthread_exit, NULL)(result);
	abort();
}

int sched_yield(void)
{
	struct vn_thread *self = scheduled();

	if (!self)
		return REAL(sched_yield, NULL)();
	return runtime_op(self, VOP_YIELD, NULL, NULL);
}
