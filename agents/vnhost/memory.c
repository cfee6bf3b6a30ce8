// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Counts what a request allocates. The sum is the same on all replicas, so the
 * limit hits all of them at the same place. Not in builds with a sanitizer,
 * which has an allocator of its own.
 */
#include "runtime.h"

#include <stdlib.h>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

/* The C library's own allocator under its other names (stable since GLIBC_2.2.5). */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size);
void *calloc(size_t n, size_t size);
void *realloc(void *old, size_t size);

static void count(size_t n, size_t size)
{
	struct vn_thread *self = vn_self;
	struct vn_request *rq;
	size_t bytes;

	if (!self || (self->solo && !self->request->read) || vn_inside || !runtime.memory_max)
		return;
	rq = self->request;
	if (!__builtin_mul_overflow(n, size, &bytes) &&
	    atomic_fetch_add(&rq->allocated, bytes) + bytes <= runtime.memory_max)
		return;
	vn_inside++;
	runtime_die("request %llu (%s) allocates more than %llu bytes",
		    (unsigned long long)rq->call.index, rq->operation,
		    (unsigned long long)runtime.memory_max);
}

void *malloc(size_t size)
{
	count(1, size);
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	count(n, size);
	return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	count(1, size);
	return __libc_realloc(old, size);
}

#endif
