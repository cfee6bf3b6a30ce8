// SPDX-License-Identifier: GPL-2.0-or-later
/* The socket to vnoded: one thread reads, any thread writes. */
#include "runtime.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/assert.h>

#define MSG_MAX	   (256 * 1024)
#define BATCH_MAX  512
/* A service of this version has no changes and apply. */
#define ABI_BEFORE 2

static int link_fd = -1;
static _Atomic uint32_t send_lock;

/* Whatever a service does to its own locks, this one is not among them. */
static void lock(void)
{
	while (atomic_exchange(&send_lock, 1))
		runtime_pause(&send_lock);
}

static void unlock(void)
{
	atomic_store(&send_lock, 0);
	runtime_wake(&send_lock);
}

static void write_all(const uint8_t *at, size_t left)
{
	while (left) {
		ssize_t n = write(link_fd, at, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(0);
		at += n;
		left -= (size_t)n;
	}
}

void link_send(const struct wire_msg *msg, const void *m)
{
	static uint8_t room[MSG_MAX];
	struct buf b;

	lock();
	b = buf_of(room, sizeof(room));
	xassert(!wire_encode(msg, m, &b));
	write_all(b.data, b.len);
	unlock();
}

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *fmt, ...)
{
	char text[256];
	struct wire_vh_failed m;
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	m = (struct wire_vh_failed){ .text = bytes_str(text) };
	link_send(&wire_vh_failed_msg, &m);
	_exit(4);
}

/* --- snapshots ------------------------------------------------------------------------ */

static struct {
	uint8_t *data;
	size_t len;
	size_t cap;
	size_t pos;
} image;

static int image_write(void *ctx, const void *data, size_t len)
{
	const uint8_t *at = data;
	struct wire_vh_chunk m;

	for (size_t n; len; at += n, len -= n) {
		n = len < WIRE_VH_CHUNK_MAX ? len : WIRE_VH_CHUNK_MAX;
		m = (struct wire_vh_chunk){ .data = bytes_of(at, n) };
		link_send(&wire_vh_chunk_msg, &m);
	}
	return 0;
}

static int image_take(struct bytes data)
{
	size_t cap = image.cap ? image.cap : MSG_MAX;
	uint8_t *mem;

	while (cap < image.len + data.len)
		cap *= 2;
	mem = cap == image.cap ? image.data : realloc(image.data, cap);
	if (!mem)
		return -ENOMEM;
	if (data.len)
		memcpy(mem + image.len, data.data, data.len);
	image.data = mem;
	image.cap = cap;
	image.len += data.len;
	return 0;
}

static long image_read(void *ctx, void *data, size_t len)
{
	size_t left = image.len - image.pos, n = len < left ? len : left;

	if (n)
		memcpy(data, image.data + image.pos, n);
	image.pos += n;
	return (long)n;
}

static int run_start(void *config)
{
	return runtime.service->start(&runtime.state, config);
}

static int run_restore(void *arg)
{
	return runtime.service->restore(runtime.state, image_read, NULL);
}

static int run_snapshot(void *arg)
{
	return runtime.service->snapshot(runtime.state, image_write, NULL);
}

static int run_stop(void *arg)
{
	if (runtime.service->stop)
		runtime.service->stop(runtime.state);
	return 0;
}

/* --- events --------------------------------------------------------------------------- */

static void ready(void)
{
	const struct xos_vnode_operation *o = runtime.service->operations;
	struct wire_vh_operation v[WIRE_VH_OPERATIONS_MAX];
	struct wire_vh_ready m = { .name = bytes_str(runtime.service->name) };
	uint32_t n = 0;

	changes_begin();
	for (; o && o->name && n < WIRE_VH_OPERATIONS_MAX; o++)
		v[n++] = (struct wire_vh_operation){ .name = bytes_str(o->name),
						     .read_only = o->flags & XOS_VNODE_READ_ONLY };
	m.operations.v = v;
	m.operations.n = n;
	link_send(&wire_vh_ready_msg, &m);
}

static void begin(const struct wire_vh_begin *m)
{
	char path[WIRE_VH_PATH_MAX + 1] = "";
	void *object;
	int err;

	memcpy(path, m->path.data, m->path.len);
	if (m->config.len)
		memcpy(runtime.config, m->config.data, m->config.len);
	if (m->scheduler >= VSCHED_COUNT)
		fail("scheduler %u is not known", m->scheduler);
	runtime.memory_max = m->memory_max;
	runtime_init(m->scheduler, m->leader);
	observe_mode(m->observe);
	changes_mode(m->changes);
	observe_lead(m->leader);
	object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!object)
		fail("%s", dlerror());
	runtime.service = dlsym(object, "xos_vnode_service");
	if (!runtime.service)
		fail("%s has no symbol xos_vnode_service", path);
	if (runtime.service->abi != XOS_VNODE_ABI && runtime.service->abi != ABI_BEFORE)
		fail("%s is made for version %u of the interface, this is %u", path,
		     runtime.service->abi, XOS_VNODE_ABI);
	err = runtime_solo(VN_START, run_start, runtime.config);
	if (err)
		fail("%s does not start: %s", path, strerror(-err));
	if (!m->restore)
		ready();
}

static void restore(const struct wire_vh_chunk *m)
{
	int err = image_take(m->data);

	if (!err && !m->last)
		return;
	if (!err && !runtime.service->restore)
		err = -EOPNOTSUPP;
	if (!err)
		err = runtime_solo(VN_RESTORE, run_restore, NULL);
	if (err)
		fail("the snapshot cannot be restored: %s", strerror(-err));
	free(image.data);
	memset(&image, 0, sizeof(image));
	ready();
}

static void snapshot(void)
{
	struct wire_vh_chunk end = { .last = true };
	int err = -EOPNOTSUPP;

	if (runtime.service->snapshot)
		err = runtime_solo(VN_SNAPSHOT, run_snapshot, NULL);
	if (err)
		fail("no snapshot: %s", strerror(-err));
	link_send(&wire_vh_chunk_msg, &end);
}

static void decisions(const struct wire_vh_decisions *m)
{
	size_t mutex_at = 0, thread_at = 0, request_at = 0, value_at = 0;
	uint64_t mutex, thread, request, value;

	runtime_lock();
	while (wire_u64_list_next(&m->mutexes, &mutex_at, &mutex) &&
	       wire_u64_list_next(&m->threads, &thread_at, &thread) &&
	       wire_u64_list_next(&m->requests, &request_at, &request)) {
		if (!mutex && wire_u64_list_next(&m->values, &value_at, &value))
			observe_value(thread, request, value);
		else if (vsched_decision(runtime.sched, mutex, thread, request))
			runtime_die("too many decisions wait");
	}
	runtime_unlock();
}

static void wake(const struct wire_vh_wake *m)
{
	int err;

	runtime_lock();
	err = vsched_wake(runtime.sched, m->index, m->thread, m->wait);
	runtime_unlock();
	if (err)
		runtime_die("too many wake-ups wait");
}

static void noop(uint32_t count)
{
	runtime_lock();
	while (count--)
		vsched_noop(runtime.sched);
	runtime_unlock();
}

static void schedule(const struct wire_vh_schedule *m)
{
	int err = -EINVAL;

	runtime_lock();
	if (m->scheduler < VSCHED_COUNT)
		err = vsched_switch(runtime.sched, m->scheduler);
	observe_mode(m->observe);
	changes_mode(m->changes);
	runtime_unlock();
	changes_begin();
	if (err)
		fail("the scheduler cannot be changed: %s", strerror(-err));
}

static void apply(const struct wire_vh_apply *m)
{
	int err = changes_apply(m->change, m->last);

	if (err)
		fail("what another host changed cannot be taken over: %s", strerror(-err));
}

static void lead(bool leader)
{
	runtime_lock();
	vsched_lead(runtime.sched, leader);
	observe_lead(leader);
	runtime_unlock();
}

static int handle(struct bytes msg)
{
	union {
		struct wire_vh_begin begin;
		struct wire_vh_chunk chunk;
		struct wire_vh_request request;
		struct wire_vh_wake wake;
		struct wire_vh_decisions decisions;
		struct wire_vh_noop noop;
		struct wire_vh_lead lead;
		struct wire_vh_stable stable;
		struct wire_vh_schedule schedule;
		struct wire_vh_read read;
		struct wire_vh_apply apply;
	} m;
	struct wire_header h;

	if (wire_header_decode(msg, &h))
		return -EBADMSG;
	if (h.type == WIRE_VH_BEGIN && !wire_vh_begin_body_decode(&h, &m.begin))
		begin(&m.begin);
	else if (!runtime.service)
		return -EPROTO;
	else if (h.type == WIRE_VH_CHUNK && !wire_vh_chunk_body_decode(&h, &m.chunk))
		restore(&m.chunk);
	else if (h.type == WIRE_VH_REQUEST && !wire_vh_request_body_decode(&h, &m.request))
		runtime_request(&m.request);
	else if (h.type == WIRE_VH_READ && !wire_vh_read_body_decode(&h, &m.read))
		runtime_read(&m.read);
	else if (h.type == WIRE_VH_WAKE && !wire_vh_wake_body_decode(&h, &m.wake))
		wake(&m.wake);
	else if (h.type == WIRE_VH_DECISIONS && !wire_vh_decisions_body_decode(&h, &m.decisions))
		decisions(&m.decisions);
	else if (h.type == WIRE_VH_NOOP && !wire_vh_noop_body_decode(&h, &m.noop))
		noop(m.noop.count);
	else if (h.type == WIRE_VH_LEAD && !wire_vh_lead_body_decode(&h, &m.lead))
		lead(m.lead.leader);
	else if (h.type == WIRE_VH_STABLE && !wire_vh_stable_body_decode(&h, &m.stable))
		runtime_stable(m.stable.count);
	else if (h.type == WIRE_VH_SCHEDULE && !wire_vh_schedule_body_decode(&h, &m.schedule))
		schedule(&m.schedule);
	else if (h.type == WIRE_VH_SNAPSHOT)
		snapshot();
	else if (h.type == WIRE_VH_COLLECT)
		changes_collect();
	else if (h.type == WIRE_VH_APPLY && !wire_vh_apply_body_decode(&h, &m.apply))
		apply(&m.apply);
	else
		return -EPROTO;
	return 0;
}

int link_run(int fd)
{
	static uint8_t room[2 * MSG_MAX];
	size_t have = 0, len;
	ssize_t n;

	link_fd = fd;
	for (;;) {
		n = read(fd, room + have, sizeof(room) - have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		have += (size_t)n;
		while (!wire_frame_len(bytes_of(room, have), &len) && len <= have) {
			if (len > MSG_MAX || handle(bytes_of(room, len)))
				fail("a message is not understood");
			have -= len;
			memmove(room, room + len, have);
		}
	}
	if (runtime.service && !atomic_load(&runtime.requests))
		runtime_solo(VN_STOP, run_stop, NULL);
	return 0;
}
