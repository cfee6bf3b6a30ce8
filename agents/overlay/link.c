// SPDX-License-Identifier: GPL-2.0-or-later
#include <overlay/link.h>

#include <base/assert.h>

/* Before each message in the loop: its length. */
#define LOOP_HEAD sizeof(uint32_t)

static void loop_fire(void *ctx)
{
	struct ring_link *l = ctx;
	struct buf *b = &l->loop[l->fill];
	size_t pos = 0;

	xassert(l->deliver);
	l->fill ^= 1;
	xassert(!l->loop[l->fill].len);
	while (pos < b->len) {
		uint32_t len;

		memcpy(&len, b->data + pos, LOOP_HEAD);
		pos += LOOP_HEAD;
		l->deliver(l->ctx, &l->self, ENV_STREAM, bytes_of(b->data + pos, len));
		pos += len;
	}
	b->len = 0;
}

void ring_link_init(struct ring_link *l, struct arena *arena, struct env *env,
		    const struct env_peer *self)
{
	*l = (struct ring_link){ .env = env, .self = *self };
	xassert(!xos_id_is_zero(&self->id));
	l->out = arena_alloc(arena, RING_LINK_MSG_MAX);
	for (int i = 0; i < 2; i++)
		l->loop[i] = buf_of(arena_alloc(arena, RING_LINK_LOOP_MAX), RING_LINK_LOOP_MAX);
	l->timer.fire = loop_fire;
	l->timer.ctx = l;
}

static int loop_add(struct ring_link *l, struct bytes msg)
{
	struct buf *b = &l->loop[l->fill];
	uint32_t len = (uint32_t)msg.len;

	xassert(msg.len <= RING_LINK_MSG_MAX);
	if (LOOP_HEAD + msg.len > b->cap - b->len)
		return -ENOBUFS;
	memcpy(b->data + b->len, &len, LOOP_HEAD);
	memcpy(b->data + b->len + LOOP_HEAD, msg.data, msg.len);
	b->len += LOOP_HEAD + msg.len;
	if (!env_timer_armed(&l->timer))
		env_timer_set(l->env, &l->timer, 0);
	l->looped++;
	return 0;
}

int ring_link_send(struct ring_link *l, const struct wire_msg *msg, const void *m,
		   const struct env_peer *to, bool stream)
{
	struct buf b = buf_of(l->out, RING_LINK_MSG_MAX);
	int err = wire_encode(msg, m, &b);

	xassert(to);
	if (!err) {
		if (xos_addr_eq(&to->addr, &l->self.addr))
			err = loop_add(l, buf_bytes(&b));
		else
			err = env_send_peer(l->env, to,
					    stream || b.len > ENV_DGRAM_MSG_MAX ? ENV_STREAM :
										  ENV_DGRAM,
					    buf_bytes(&b));
	}
	if (err)
		l->refused++;
	else
		l->sent++;
	return err;
}
