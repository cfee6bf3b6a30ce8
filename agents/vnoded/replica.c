// SPDX-License-Identifier: GPL-2.0-or-later
/* A replica: its log, its container and its host, tied together. */
#include "vnoded.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <base/assert.h>
#include <daemon/log.h>

#define SPEC_RETRY_NS (100 * ENV_MS)
#define ENTRY_MAX     (WIRE_VH_ARGS_MAX + 4096)

/* An entry of the container on its way; nobody waits for it. */
struct proposal {
	struct order_op op;
	struct cds_list_head node;
};

static struct env *env_of(const struct replica *r)
{
	return env_uv_env(r->d->agent.env);
}

/* --- what the container asks for -------------------------------------------------------- */

static void proposed(struct order_op *op, enum order_status status, uint64_t index,
		     struct bytes reply)
{
	struct proposal *p = op->ctx;

	cds_list_del(&p->node);
	free(p);
}

static bool op_propose(void *ctx, struct bytes entry)
{
	struct order_request q = { .data = entry };
	struct replica *r = ctx;
	struct proposal *p;

	if (r->role != ORDER_LEADER)
		return false;
	p = calloc(1, sizeof(*p));
	if (!p)
		return false;
	p->op.done = proposed;
	p->op.ctx = p;
	if (order_propose(r->group, &q, &p->op) != ORDER_OK) {
		free(p);
		return false;
	}
	cds_list_add_tail(&p->node, &r->proposals);
	return true;
}

static void op_answer(void *ctx, const struct vnode_answer *a)
{
	struct wire_vn_reply m = { .result = a->result, .error = a->error, .data = a->data };
	static uint8_t room[ENTRY_MAX];
	struct buf b = buf_of(room, sizeof(room));
	struct replica *r = ctx;

	if (a->session) {
		xassert(!wire_vn_reply_encode(&m, &b));
		order_reply(r->group, a->session, a->seq, buf_bytes(&b));
	} else {
		call_replied(r->d, a);
	}
}

static bool op_read_get(void *ctx, uint64_t ticket, struct bytes *operation, struct bytes *args)
{
	struct replica *r = ctx;

	return call_read_get(r->d, ticket, operation, args);
}

static void op_read_done(void *ctx, const struct vnode_answer *a)
{
	struct replica *r = ctx;

	call_read_done(r->d, a);
}

static void op_resume(void *ctx)
{
	struct replica *r = ctx;

	env_timer_set(env_of(r), &r->resume, 0);
}

static void op_host_begin(void *ctx)
{
	struct replica *r = ctx;

	hostio_begin(&r->host);
}

static void op_host_send(void *ctx, struct bytes msg)
{
	struct replica *r = ctx;

	hostio_send(&r->host, msg);
}

static void op_host_end(void *ctx)
{
	struct replica *r = ctx;

	hostio_end(&r->host);
}

static const struct progress *op_progress(void *ctx)
{
	struct replica *r = ctx;

	return r->host.process.progress;
}

static struct bytes op_image_read(void *ctx, uint64_t *pos)
{
	struct replica *r = ctx;

	return image_message(&r->image, pos);
}

/* Without room for a snapshot there is none for the log either: the others go on without this. */
static void image_failed(struct replica *r, int err)
{
	log_say(ENV_ERR, "%s: %s", r->image.path, strerror(-err));
	image_end(&r->image, false);
	vnoded_disk_failed(r->d);
}

static bool op_image_begin(void *ctx)
{
	struct replica *r = ctx;

	if (r->exporting || image_begin(&r->image))
		return false;
	if (order_snapshot_begin(r->group) == ORDER_OK)
		return true;
	image_end(&r->image, false);
	return false;
}

static void op_image_write(void *ctx, struct bytes msg)
{
	struct replica *r = ctx;
	int err = r->d->disk_failed ? 0 : image_write(&r->image, msg);

	if (err)
		image_failed(r, err);
}

/* Hand the file to the log, as fast as it takes it. */
static void export(struct replica *r)
{
	uint8_t bytes[16384];
	size_t n, taken = 0;

	while (r->exporting) {
		n = image_bytes(&r->image, r->export_pos, bytes, sizeof(bytes));
		if (!n) {
			r->exporting = false;
			order_snapshot_end(r->group);
			return;
		}
		switch (order_snapshot_write(r->group, bytes_of(bytes, n), &taken)) {
		case ORDER_OK:
			r->export_pos += n;
			break;
		case ORDER_BUSY:
			r->export_pos += taken;
			return;
		default:
			r->exporting = false;
		}
	}
}

static void op_image_end(void *ctx, bool good)
{
	struct replica *r = ctx;

	good = good && !r->d->disk_failed;
	image_end(&r->image, good);
	if (!good) {
		order_snapshot_cancel(r->group);
		return;
	}
	r->exporting = true;
	r->export_pos = 0;
	export(r);
}

static const struct vnode_ops core_ops = {
	.propose = op_propose,
	.answer = op_answer,
	.read_get = op_read_get,
	.read_done = op_read_done,
	.resume = op_resume,
	.host_begin = op_host_begin,
	.host_send = op_host_send,
	.host_end = op_host_end,
	.progress = op_progress,
	.image_read = op_image_read,
	.image_begin = op_image_begin,
	.image_write = op_image_write,
	.image_end = op_image_end,
};

/* --- what the log says ------------------------------------------------------------------ */

static bool on_apply(void *ctx, const struct order_entry *e)
{
	struct replica *r = ctx;
	struct vnode_entry v = {
		.index = e->index,
		.time_ns = e->time_ns,
		.session = e->session,
		.seq = e->seq,
		.mine = r->role == ORDER_LEADER && e->term == r->term,
		.data = e->data,
	};

	return vnode_apply(r->core, &v);
}

static void on_restore_begin(void *ctx, uint64_t index)
{
	struct replica *r = ctx;
	int err;

	r->exporting = false;
	r->restore_index = index;
	vnode_forget(r->core);
	err = image_begin(&r->image);
	if (err)
		image_failed(r, err);
}

static bool on_restore_data(void *ctx, struct bytes data)
{
	struct replica *r = ctx;
	int err = r->d->disk_failed ? 0 : image_write(&r->image, data);

	if (err)
		image_failed(r, err);
	return true;
}

static void on_restore_end(void *ctx)
{
	struct replica *r = ctx;

	if (r->d->disk_failed)
		return;
	image_end(&r->image, true);
	vnode_restored(r->core, r->restore_index);
}

/* Until the log says what the virtual node is, its leader tries to have it said. */
static void say_about(void *ctx)
{
	struct wire_vn_spec m;
	static uint8_t room[ENTRY_MAX];
	struct buf b = buf_of(room, sizeof(room));
	struct replica *r = ctx;

	if (vnode_about(r->core))
		r->founding = false;
	if (!r->founding || r->role != ORDER_LEADER)
		return;
	vnode_about_write(&r->about, &m.about);
	xassert(!wire_vn_spec_encode(&m, &b));
	op_propose(r, buf_bytes(&b));
	env_timer_set(env_of(r), &r->spec, SPEC_RETRY_NS);
}

static void on_role(void *ctx, enum order_role role, uint64_t term, uint64_t leader)
{
	struct replica *r = ctx;

	r->role = role;
	r->term = term;
	vnode_role(r->core, role == ORDER_LEADER);
	if (leader)
		calls_again(r->d, r->id);
	if (role == ORDER_LEADER && r->founding)
		env_timer_set(env_of(r), &r->spec, 0);
}

static void on_snapshot_wanted(void *ctx, uint64_t applied)
{
	struct replica *r = ctx;

	vnode_snapshot_wanted(r->core);
}

static void on_snapshot_room(void *ctx)
{
	export(ctx);
}

static const struct order_service service = {
	.apply = on_apply,
	.restore_begin = on_restore_begin,
	.restore_data = on_restore_data,
	.restore_end = on_restore_end,
	.role = on_role,
	.snapshot_wanted = on_snapshot_wanted,
	.snapshot_room = on_snapshot_room,
};

/* --- what the host says ----------------------------------------------------------------- */

static bool host_message(void *ctx, const struct wire_header *h)
{
	struct replica *r = ctx;

	return vnode_host_message(r->core, h);
}

static void host_gone(void *ctx)
{
	struct replica *r = ctx;

	vnode_host_gone(r->core);
}

/* --- life ------------------------------------------------------------------------------- */

static void resume(void *ctx)
{
	struct replica *r = ctx;

	order_resume(r->group);
}

static size_t memory_size(void)
{
	return (vnode_arena_size() + 4095) & ~(size_t)4095;
}

/* Mapped, not allocated: most of it is never touched. */
static struct replica *replica_new(struct vnoded *d, uint64_t id)
{
	struct replica *r = calloc(1, sizeof(*r));
	struct arena arena;

	xassert(r);
	r->memory = mmap(NULL, memory_size(), PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (r->memory == MAP_FAILED) {
		free(r);
		return NULL;
	}
	arena_init(&arena, r->memory, memory_size());
	r->d = d;
	r->id = id;
	r->host.env = d->agent.env;
	r->host.keeper = &d->keeper;
	r->host.process.fd = -1;
	r->host.message = host_message;
	r->host.gone = host_gone;
	r->host.ctx = r;
	r->resume.fire = resume;
	r->resume.ctx = r;
	r->spec.fire = say_about;
	r->spec.ctx = r;
	CDS_INIT_LIST_HEAD(&r->proposals);
	image_init(&r->image, d->config.agent.data_dir, id);
	r->core = vnode_create(&arena, env_of(r), &core_ops, r, d->config.services);
	cds_list_add_tail(&r->node, &d->replicas);
	return r;
}

static void replica_free(struct replica *r)
{
	change_abandon(r);
	vnode_stop(r->core);
	env_timer_cancel(env_of(r), &r->resume);
	env_timer_cancel(env_of(r), &r->spec);
	hostio_end(&r->host);
	image_exit(&r->image);
	munmap(r->memory, memory_size());
	cds_list_del(&r->node);
	free(r);
}

int replica_open(struct vnoded *d, uint64_t id)
{
	struct replica *r = replica_new(d, id);
	enum order_status s;

	if (!r)
		return -ENOMEM;
	s = order_group_open(d->order, id, &service, r, &r->group);
	if (s == ORDER_OK)
		return 0;
	log_say(ENV_ERR, "group %016llx: %s", (unsigned long long)id, order_status_name(s));
	r->group = NULL;
	replica_free(r);
	return -EIO;
}

int replica_found(struct vnoded *d, uint64_t id, uint64_t tag, const struct order_members *members,
		  const struct wire_vn_about *about)
{
	struct replica *r = replica_by_id(d, id);
	enum order_status s;

	if (r)
		return 0;
	r = replica_new(d, id);
	if (!r)
		return -ENOMEM;
	vnode_about_read(about, &r->about);
	r->founding = true;
	s = order_group_create(d->order, id, tag, members, &service, r, &r->group);
	if (s == ORDER_OK)
		return 0;
	log_say(ENV_ERR, "group %016llx: %s", (unsigned long long)id, order_status_name(s));
	replica_free(r);
	return s == ORDER_BUSY ? -ENOSPC : -EINVAL;
}

int replica_join(struct vnoded *d, uint64_t id, uint64_t tag, struct bytes name)
{
	struct replica *r = replica_new(d, id);
	enum order_status s;

	if (!r)
		return -ENOMEM;
	memcpy(r->about.name, name.data, name.len);
	s = order_group_join(d->order, id, tag, &service, r, &r->group);
	if (s == ORDER_OK)
		return 0;
	log_say(ENV_ERR, "group %016llx: %s", (unsigned long long)id, order_status_name(s));
	replica_free(r);
	return s == ORDER_BUSY ? -ENOSPC : -EINVAL;
}

int replica_restore(struct vnoded *d, uint64_t id, struct bytes name,
		    const struct order_backup *from)
{
	const struct env_peer *here = env_uv_self(d->agent.env);
	struct order_member self = { .id = d->agent.id, .addr = here->addr };
	struct replica *r = replica_new(d, id);
	enum order_status s;

	if (!r)
		return -ENOMEM;
	memcpy(r->about.name, name.data, name.len);
	self.tag = env_random(env_of(r)) | 1;
	s = order_group_restore(d->order, id, &self, from, &service, r, &r->group);
	if (s == ORDER_OK)
		return 0;
	log_say(ENV_ERR, "group %016llx: %s", (unsigned long long)id, order_status_name(s));
	replica_free(r);
	return s == ORDER_BUSY ? -ENOSPC : -EINVAL;
}

void replica_close(struct replica *r, bool forget)
{
	change_abandon(r);
	vnode_stop(r->core);
	calls_end(r->d, r->id);
	if (forget)
		order_group_delete(r->group);
	else
		order_group_close(r->group);
	replica_free(r);
}

struct replica *replica_by_id(struct vnoded *d, uint64_t id)
{
	struct replica *r;

	cds_list_for_each_entry(r, &d->replicas, node) {
		if (r->id == id)
			return r;
	}
	return NULL;
}

const char *replica_name(const struct replica *r)
{
	const struct vnode_about *a = vnode_about(r->core);

	return a ? a->name : r->about.name;
}

struct replica *replica_by_name(struct vnoded *d, struct bytes name)
{
	struct replica *r;

	cds_list_for_each_entry(r, &d->replicas, node) {
		if (bytes_eq(bytes_str(replica_name(r)), name))
			return r;
	}
	return NULL;
}
