// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Synchronisation objects by address, and their names. A name is the same on
 * all replicas: the file and the offset of an object that lies in one; for
 * others the thread that made it, and that it was its n-th. Addresses differ.
 */
#include "runtime.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/siphash.h>

#define BUCKETS 4096

struct entry {
	struct vn_object o;
	struct entry *next;
};

static struct entry *table[BUCKETS];

static struct entry **bucket(const void *addr)
{
	return &table[((uintptr_t)addr >> 3) * 0x9e3779b97f4a7c15ULL >> 52];
}

static struct entry **find(const void *addr)
{
	struct entry **at = bucket(addr);

	while (*at && (*at)->o.addr != addr)
		at = &(*at)->next;
	return at;
}

static uint64_t name_of(const void *addr)
{
	static const uint64_t key[2] = { 0x786f7320766e6f64ULL, 0x65206f626a656374ULL };
	const char *file;
	Dl_info info;

	if (dladdr(addr, &info) && info.dli_fname) {
		file = strrchr(info.dli_fname, '/');
		file = file ? file + 1 : info.dli_fname;
		return vsched_mix(siphash(key, file, strlen(file)),
				  (uint64_t)((const char *)addr - (const char *)info.dli_fbase));
	}
	return vsched_mix(vn_self->t.name, ++vn_self->t.inits);
}

/* The type that the C library's own initialisation wrote into the mutex. */
static enum vmutex_kind type_of(const void *addr)
{
	switch (((const pthread_mutex_t *)addr)->__data.__kind & 3) {
	case PTHREAD_MUTEX_RECURSIVE_NP:
		return VMUTEX_RECURSIVE;
	case PTHREAD_MUTEX_ERRORCHECK_NP:
		return VMUTEX_ERRORCHECK;
	default:
		return VMUTEX_NORMAL;
	}
}

/* Under the lock. */
static void fill(struct vn_object *o, const void *addr, enum vn_kind kind, uint64_t name)
{
	o->addr = addr;
	o->kind = kind;
	if (kind != VN_COND)
		o->mutex = vsched_mutex(runtime.sched, name,
					kind == VN_MUTEX ? type_of(addr) : VMUTEX_NORMAL);
	if (kind != VN_MUTEX)
		o->cond = vsched_cond(runtime.sched);
	if ((kind != VN_COND && !o->mutex) || (kind != VN_MUTEX && !o->cond))
		runtime_die("too many mutexes and condition variables");
}

struct vn_object *object_known(const void *addr)
{
	struct entry *e;

	runtime_lock();
	e = *find(addr);
	runtime_unlock();
	return e ? &e->o : NULL;
}

/*
 * Two threads may be about to make the same object; the first one's counts. The other one must
 * not make a mutex for a moment: it would get the decisions that wait for that name.
 */
static struct vn_object *object_add(const void *addr, enum vn_kind kind, uint64_t name)
{
	struct entry *fresh = calloc(1, sizeof(*fresh)), **at;
	struct vn_object *o;

	if (!fresh)
		runtime_die("no memory");
	runtime_lock();
	at = find(addr);
	if (!*at) {
		fill(&fresh->o, addr, kind, name);
		*at = fresh;
		fresh = NULL;
	}
	o = &(*at)->o;
	runtime_unlock();
	free(fresh);
	return o;
}

struct vn_object *object_at(const void *addr, enum vn_kind kind)
{
	struct vn_object *o = object_known(addr);

	if (o && o->kind == kind)
		return o;
	if (o)
		object_forget(addr);
	vn_inside++;
	o = object_add(addr, kind, name_of(addr));
	vn_inside--;
	return o;
}

struct vn_object *object_new(const void *addr, enum vn_kind kind)
{
	object_forget(addr);
	return object_at(addr, kind);
}

int object_forget(const void *addr)
{
	struct entry **at, *e;
	int err = 0;

	runtime_lock();
	at = find(addr);
	e = *at;
	if (e && e->o.mutex)
		err = vsched_mutex_free(runtime.sched, e->o.mutex);
	if (e && !err) {
		e->o.mutex = NULL;
		err = e->o.cond ? vsched_cond_free(runtime.sched, e->o.cond) : 0;
	}
	if (e && !err) {
		*at = e->next;
		free(e);
	}
	runtime_unlock();
	return -err;
}
