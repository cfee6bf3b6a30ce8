// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How keys of datagrams get round. Who makes or learns one tells all whom it has a stream
 * to. Several members may make one at the same time: that costs nothing, the order of the
 * ring is the same everywhere.
 */
#include <secure/secure_impl.h>

#include <errno.h>
#include <string.h>

/* So that not all members make a new key at the same moment. */
#define ROTATE_JITTER_S	 600
#define REPLACE_JITTER_S 8

static int send_keys(struct env_session *session)
{
	struct keyring *r = &session->secure->member->keyring;
	struct wire_peer_key keys[KEYRING_MAX];
	uint8_t mem[WIRE_PEER_KEYS_SIZE_MAX];
	struct buf out = buf_of(mem, sizeof(mem));
	struct wire_peer_keys m = { .keys = { .v = keys, .n = r->n } };
	int err;

	memset(keys, 0, sizeof(keys));
	for (uint32_t i = 0; i < r->n; i++) {
		keys[i].key_id = r->keys[i].id;
		keys[i].secret = bytes_of(r->keys[i].secret.b, SECURE_KEY_LEN);
		keys[i].created = (uint64_t)r->keys[i].created;
		keys[i].use_from = keys[i].created + KEYRING_SPREAD_S;
		keys[i].age = (uint32_t)(secure_up_s(session->secure) - r->keys[i].made);
		keys[i].has_age = true;
	}
	err = wire_peer_keys_encode(&m, &out);
	if (!err)
		err = session_send(session, buf_bytes(&out));
	explicit_bzero(mem, sizeof(mem));
	return err;
}

/* Tell peers, and who else wants to know; the newest key lasts from now on. */
static void changed(struct secure *s, const struct env_session *but)
{
	struct member *m = s->member;
	struct env_session *session, *next;

	m->rotate_at = m->keyring.keys[0].created + KEYRING_PERIOD_S +
		       (int64_t)env_random_below(s->env, ROTATE_JITTER_S);
	cds_list_for_each_entry_safe(session, next, &m->sessions, node) {
		if (session == but || session->step != STEP_OPEN || session->ended)
			continue;
		if (send_keys(session))
			session->owner.end(session->owner.ctx);
	}
	if (m->keys_changed)
		m->keys_changed(m->keys_ctx);
}

static void make(struct secure *s)
{
	int ret = keyring_make(&s->member->keyring, secure_wall_s(s), secure_up_s(s));

	if (ret < 0) {
		env_log(s->env, ENV_ERR, ENV_SUB_NET, "a key of datagrams cannot be made");
		return;
	}
	s->counters.keys_made++;
	changed(s, NULL);
}

int keys_meet(struct env_session *session, uint64_t digest)
{
	struct secure *s = session->secure;
	struct keyring *r = &s->member->keyring;

	/* Two that have none: both make one, which is told like any other. */
	if (!r->n && !digest)
		make(s);
	else if (r->n && keyring_digest(r) != digest)
		return send_keys(session);
	return 0;
}

int keys_recv(struct env_session *session, struct bytes msg)
{
	struct secure *s = session->secure;
	struct wire_peer_keys m;
	struct wire_peer_key item;
	bool fresh = false;
	size_t pos = 0;

	if (wire_peer_keys_decode(msg, &m))
		return -EBADMSG;
	while (wire_peer_key_list_next(&m.keys, &pos, &item)) {
		struct keyring_key key = { .id = item.key_id,
					   .created = (int64_t)item.created,
					   .made = secure_up_s(s) - (item.has_age ? item.age : 0) };
		int ret;

		memcpy(key.secret.b, item.secret.data, SECURE_KEY_LEN);
		ret = keyring_add(&s->member->keyring, &key, secure_wall_s(s));
		explicit_bzero(&key, sizeof(key));
		if (ret < 0)
			secure_refuse(s, &s->counters.keys_refused, "key of datagrams",
				      "it is from the future");
		fresh = fresh || ret > 0;
	}
	if (fresh) {
		s->counters.keys_taken++;
		keyring_expire(&s->member->keyring, secure_up_s(s));
		changed(s, session);
	}
	return 0;
}

void keys_replace(struct secure *s)
{
	int64_t soon = secure_wall_s(s) + (int64_t)env_random_below(s->env, REPLACE_JITTER_S);

	if (s->member->keyring.n && s->member->rotate_at > soon)
		s->member->rotate_at = soon;
}

void keys_tick(struct secure *s)
{
	struct member *m = s->member;
	int64_t now_s = secure_wall_s(s);

	if (keyring_expire(&m->keyring, secure_up_s(s)) && m->keys_changed)
		m->keys_changed(m->keys_ctx);
	if (m->keyring.n && now_s >= m->rotate_at)
		make(s);
}

uint32_t secure_dgram_keys(const struct secure *s, struct secure_dgram_key *keys)
{
	const struct keyring *r;

	if (!s->member) {
		keys[0] = (struct secure_dgram_key){ s->key_id, s->dgram_key };
		return 1;
	}
	r = &s->member->keyring;
	for (uint32_t i = 0; i < r->n; i++)
		keys[i] = (struct secure_dgram_key){ r->keys[i].id, r->keys[i].secret };
	return r->n;
}

void secure_on_keys(struct secure *s, void (*keys_changed)(void *ctx), void *ctx)
{
	if (!s->member)
		return;
	s->member->keys_changed = keys_changed;
	s->member->keys_ctx = ctx;
}
