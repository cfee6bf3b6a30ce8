// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Replicas of machines that are gone for good are replaced by new ones, without a command.
 * The leader does it: a majority follows it, so it is not the one that is cut off, and
 * the change is an entry of the log. It asks the xosd of its machine which machines can
 * take a replica (a select expression) and goes round among those that have none.
 *
 * A machine that is only slow, or away for a short time, must not cost a transfer of all
 * state: the silence has to be long, and one member at a time is replaced.
 */
#include "vnoded.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <base/assert.h>
#include <daemon/log.h>
#include <wire/control.h>

#define LOOK_NS	    ENV_SEC
/* xosd may take so long to answer; after a try that led to nothing the next one. */
#define ANSWER_NS   (10 * ENV_SEC)
#define AGAIN_NS    (10 * ENV_SEC)
#define MESSAGE_MAX (64 * 1024)

/**
 * struct spares - the search for machines that can take a replica
 * @d: daemon
 * @timer: looks for silent members, or gives the answer up
 * @poll: watches @fd
 * @fd: control socket of xosd while it is asked, otherwise -1
 * @group: for whom
 * @dead: where the vnoded of the silent replica listened
 * @silent_s: for how many seconds
 * @found: addresses of machines
 * @found_n: how many
 * @turn: tries so far: each time another machine is taken
 * @not_before_ns: nobody is looked for before
 * @message: room for one
 */
struct spares {
	struct vnoded *d;
	struct env_timer timer;
	struct env_uv_poll *poll;
	int fd;
	uint64_t group;
	struct xos_addr dead;
	uint64_t silent_s;
	struct xos_addr found[SPARES_MAX];
	uint32_t found_n;
	uint32_t turn;
	uint64_t not_before_ns;
	uint8_t message[MESSAGE_MAX];
};

static struct env *env_of(const struct spares *s)
{
	return env_uv_env(s->d->agent.env);
}

static void ask_end(struct spares *s)
{
	env_uv_poll_del(s->poll);
	if (s->fd >= 0)
		close(s->fd);
	s->poll = NULL;
	s->fd = -1;
	s->not_before_ns = env_now(env_of(s)) + AGAIN_NS;
	env_timer_set(env_of(s), &s->timer, LOOK_NS);
}

static bool has_replica(const struct order_members *m, const struct xos_addr *machine)
{
	for (uint32_t i = 0; i < m->n; i++) {
		if (!memcmp(m->v[i].addr.ip, machine->ip, sizeof(machine->ip)))
			return true;
	}
	return false;
}

/* Of the machines without a replica the one whose turn it is; NULL for none. */
static struct xos_addr *choose(struct spares *s, const struct order_members *m)
{
	struct xos_addr *free_ones[SPARES_MAX];
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->found_n; i++) {
		if (!has_replica(m, &s->found[i]))
			free_ones[n++] = &s->found[i];
	}
	return n ? free_ones[s->turn++ % n] : NULL;
}

/* How long a voter has said nothing to this leader; 0 for all others. */
static uint64_t silence(const struct order_info *info, uint32_t i)
{
	bool counts = info->members.v[i].roles & ORDER_VOTER && info->members.v[i].tag != info->tag;

	return counts ? info->heard_ns[i] : 0;
}

static bool still_dead(const struct spares *s, const struct replica *r, struct order_info *info)
{
	if (!r || r->role != ORDER_LEADER || r->change)
		return false;
	order_group_info(r->group, info);
	for (uint32_t i = 0; i < info->members.n; i++) {
		if (xos_addr_eq(&info->members.v[i].addr, &s->dead))
			return silence(info, i) >= s->d->config.replace_after_s * ENV_SEC;
	}
	return false;
}

static void replace(struct spares *s)
{
	struct replica *r = replica_by_id(s->d, s->group);
	char dead[XOS_ADDR_STR_MAX], text[XOS_ADDR_STR_MAX];
	struct wire_vn_change m = { .has_add = true, .has_remove = true, .remove = s->dead };
	struct order_info info;
	struct xos_addr *spare;

	if (!still_dead(s, r, &info))
		return;
	spare = choose(s, &info.members);
	if (!spare) {
		log_say(ENV_WARN, "%s: no machine can take the replica of %s", replica_name(r),
			xos_addr_format(&s->dead, dead));
		return;
	}
	m.add = *spare;
	/* vnoded listens at one port on all machines */
	m.add.port = env_uv_self(s->d->agent.env)->addr.port;
	log_say(ENV_WARN, "%s: %s is silent for %llu s; its replica is replaced by one at %s",
		replica_name(r), xos_addr_format(&s->dead, dead), (unsigned long long)s->silent_s,
		xos_addr_format(&m.add, text));
	s->d->replaced++;
	change_begin(r, 0, &m);
}

/* --- asking xosd ----------------------------------------------------------------------- */

static void take_item(struct spares *s, struct bytes msg)
{
	struct wire_ctl_select_item m;

	if (!wire_ctl_select_item_decode(msg, &m) && s->found_n < SPARES_MAX)
		s->found[s->found_n++] = m.addr;
}

static void take_done(struct spares *s, struct bytes msg)
{
	struct wire_ctl_done m;

	if (wire_ctl_done_decode(msg, &m))
		return;
	if (m.error)
		log_say(ENV_WARN, "spares: xosd says: %.*s", (int)m.text.len,
			m.text.len ? (const char *)m.text.data : "");
	else
		replace(s);
}

static void answer_ready(void *ctx, int events)
{
	struct spares *s = ctx;
	struct wire_header h;
	struct bytes msg;
	ssize_t n = recv(s->fd, s->message, sizeof(s->message), MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	msg = bytes_of(s->message, n > 0 ? (size_t)n : 0);
	if (n <= 0 || wire_header_decode(msg, &h)) {
		log_say(ENV_WARN, "spares: xosd does not answer");
		ask_end(s);
	} else if (h.type == WIRE_CTL_SELECT_ITEM) {
		take_item(s, msg);
	} else if (h.type == WIRE_CTL_DONE) {
		take_done(s, msg);
		ask_end(s);
	}
}

static int ask(struct spares *s)
{
	struct wire_ctl_select m = { .seq = 1, .query = bytes_str(s->d->config.spares) };
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	struct buf b = buf_of(s->message, sizeof(s->message));

	if (snprintf(sun.sun_path, sizeof(sun.sun_path), "%s/xosd.sock",
		     s->d->config.agent.run_dir) >= (int)sizeof(sun.sun_path))
		return -ENAMETOOLONG;
	s->found_n = 0;
	s->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->fd < 0 || connect(s->fd, (struct sockaddr *)&sun, sizeof(sun)))
		return -errno;
	xassert(!wire_ctl_select_encode(&m, &b));
	if (send(s->fd, b.data, b.len, MSG_NOSIGNAL) < 0)
		return -errno;
	env_timer_set(env_of(s), &s->timer, ANSWER_NS);
	return env_uv_poll_add(s->d->agent.env, s->fd, ENV_UV_READ, answer_ready, s, &s->poll);
}

/* --- silent members --------------------------------------------------------------------- */

/* Is a member of a virtual node that is led here silent for too long? */
static bool find_dead(struct spares *s, const struct replica *r)
{
	struct order_info info;

	if (r->role != ORDER_LEADER || r->change)
		return false;
	order_group_info(r->group, &info);
	for (uint32_t i = 0; i < info.members.n && !info.changing; i++) {
		uint64_t ns = silence(&info, i);

		if (ns < s->d->config.replace_after_s * ENV_SEC)
			continue;
		s->group = r->id;
		s->dead = info.members.v[i].addr;
		s->silent_s = ns / ENV_SEC;
		return true;
	}
	return false;
}

static void look(void *ctx)
{
	struct spares *s = ctx;
	struct replica *r;
	int err;

	if (s->fd >= 0) {
		log_say(ENV_WARN, "spares: xosd does not answer");
		ask_end(s);
		return;
	}
	env_timer_set(env_of(s), &s->timer, LOOK_NS);
	if (env_now(env_of(s)) < s->not_before_ns)
		return;
	cds_list_for_each_entry(r, &s->d->replicas, node) {
		if (!find_dead(s, r))
			continue;
		err = ask(s);
		if (err) {
			log_say(ENV_WARN, "spares: xosd cannot be asked: %s", strerror(-err));
			ask_end(s);
		}
		return;
	}
}

int spares_begin(struct vnoded *d)
{
	struct spares *s;

	if (!*d->config.spares)
		return 0;
	s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->d = d;
	s->fd = -1;
	s->timer = (struct env_timer){ .fire = look, .ctx = s };
	d->spares = s;
	env_timer_set(env_of(s), &s->timer, LOOK_NS);
	return 0;
}

void spares_end(struct vnoded *d)
{
	struct spares *s = d->spares;

	if (!s)
		return;
	ask_end(s);
	env_timer_cancel(env_of(s), &s->timer);
	free(s);
	d->spares = NULL;
}
