// SPDX-License-Identifier: GPL-2.0-or-later
/* Datagrams between members of a virtual organisation: keys, ciphers, what is refused. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <wire/types.h>

#include "test_members.h"

/* A member with a clock of its own. */
static int64_t skew_s;

static uint64_t skewed_wall(struct env *env)
{
	return (uint64_t)(fake.now_s + skew_s) * ENV_SEC;
}

static const struct env_ops skewed_ops = {
	.now = fake_now,
	.wall = skewed_wall,
	.random = fake_random,
	.timer_set = fake_timer_set,
	.timer_cancel = fake_timer_cancel,
	.log = fake_log,
};

static uint8_t mem[2048];
static struct xos_id from;
static struct bytes got;

/* A message of a type, sealed by @by for who listens at @to. */
static int sealed(struct secure *by, const char *to, uint16_t type, struct bytes *out)
{
	struct env_peer peer = { .addr = addr_of(to) };
	uint8_t text[WIRE_HEADER_LEN] = { 0 };
	struct buf out_buf = buf_of(mem, sizeof(mem));
	int err;

	be16_store(text + WIRE_OFF_TYPE, type);
	err = secure_guard(by)->ops->seal(secure_guard(by), &peer, bytes_of(text, sizeof(text)),
					  &out_buf);
	*out = buf_bytes(&out_buf);
	return err;
}

static int open_by(struct secure *s, struct bytes dgram)
{
	return secure_guard(s)->ops->open(secure_guard(s), dgram, &from, &got);
}

/* Before there is a stream there is no key, and nothing is sealed with less. */
static void test_dgram_no_key(void **state)
{
	struct bytes d;

	assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_STABILIZE, &d), -ENOKEY);
	assert_int_equal(sealed(a, "127.0.0.2", WIRE_LOOKUP_QUERY, &d), -ENOKEY);
}

static void test_dgram_pair(void **state)
{
	const struct env_peer other_there = { .id = { { 9 } }, .addr = addr_of("127.0.0.2") };
	const struct secure_counters *c = secure_counters(b);
	uint8_t text[WIRE_HEADER_LEN] = { 0 }, room[256];
	struct buf out = buf_of(room, sizeof(room));
	struct bytes d;

	open_between(a, b);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_STABILIZE, &d), 0);
		assert_int_equal(d.data[5], 1);
		assert_int_equal(open_by(b, d), 0);
		assert_true(xos_id_eq(&from, &secure_who(a)->id));
		assert_int_equal(got.len, WIRE_HEADER_LEN);
	}
	assert_int_equal(open_by(b, d), -EALREADY);
	assert_int_equal(c->dgram_replay, 1);
	/* For another node at the same address there is no key. */
	assert_int_equal(secure_guard(a)->ops->seal(secure_guard(a), &other_there,
						    bytes_of(text, sizeof(text)), &out),
			 -ENOKEY);
	/* Reflected: as it is, and under the name of the other end. */
	assert_int_equal(open_by(a, d), -EACCES);
	memcpy(mem + 16, secure_who(b)->id.b, XOS_ID_LEN);
	assert_int_equal(open_by(a, d), -EACCES);
	assert_int_equal(secure_counters(a)->dgram_mac, 1);
	/* Every bit counts. */
	assert_int_equal(sealed(b, "127.0.0.1", WIRE_RING_STABILIZE, &d), 0);
	for (size_t bit = 0; bit < d.len * 8; bit++) {
		mem[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(open_by(a, d), 0);
		mem[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_int_equal(open_by(a, d), 0);
	/* The key goes with the stream. */
	assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_STABILIZE, &d), 0);
	close_both();
	assert_int_equal(open_by(b, d), -EACCES);
	assert_int_equal(c->dgram_key_id, 1);
	assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_STABILIZE, &d), -ENOKEY);
}

/* Members know each other's key ring, so it must not be enough for what changes something. */
static void test_dgram_weak(void **state)
{
	struct bytes d;
	uint8_t mac[32];
	struct secure_dgram_key keys[SECURE_DGRAM_KEYS_MAX];

	open_between(a, b);
	assert_int_equal(secure_dgram_keys(a, keys), secure_dgram_keys(b, keys));
	assert_int_equal(sealed(a, "127.0.0.2", WIRE_LOOKUP_QUERY, &d), 0);
	assert_int_equal(d.data[5], 0);
	assert_int_equal(open_by(b, d), 0);
	assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_FIND, &d), 0);
	assert_true(d.data[5] == 2 || d.data[5] == 3);
	assert_int_equal(open_by(b, d), 0);
	/* A lookup in clear may be; its MAC is no entrance for other messages. */
	assert_int_equal(sealed(a, "127.0.0.2", WIRE_LOOKUP_QUERY, &d), 0);
	be16_store(mem + SECURE_DGRAM_HDR + WIRE_OFF_TYPE, WIRE_RING_STABILIZE);
	for (uint32_t i = 0; i < secure_dgram_keys(a, keys); i++) {
		if (keys[i].id != be16_load(mem + 6))
			continue;
		gnutls_hmac_fast(GNUTLS_MAC_SHA256, keys[i].key.b, 32, mem, d.len - 16, mac);
		memcpy(mem + d.len - 16, mac, 16);
	}
	assert_int_equal(open_by(b, d), -EACCES);
	assert_int_equal(secure_counters(b)->dgram_weak, 1);
	close_both();
}

/* Whatever each end prefers, both open what the other has sealed, each its own way. */
static void test_dgram_ciphers(void **state)
{
	static const gnutls_cipher_algorithm_t ciphers[] = { GNUTLS_CIPHER_AES_128_GCM,
							     GNUTLS_CIPHER_CHACHA20_POLY1305 };
	struct bytes d;

	for (int i = 0; i < 4; i++) {
		assert_int_equal(member_set_cipher(a, ciphers[i / 2]), 0);
		assert_int_equal(member_set_cipher(b, ciphers[i % 2]), 0);
		/* Who opens the stream chooses. */
		member_forget_tickets(a);
		open_between(a, b);
		assert_true(opened());
		assert_int_equal(gnutls_cipher_get(server.session->io.tls), ciphers[i / 2]);
		assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_STABILIZE, &d), 0);
		assert_int_equal(open_by(b, d), 0);
		assert_int_equal(sealed(b, "127.0.0.1", WIRE_RING_STABILIZE, &d), 0);
		assert_int_equal(open_by(a, d), 0);
		/* Of datagrams that any member opens the sender does. */
		assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_FIND, &d), 0);
		assert_int_equal(d.data[5], i / 2 ? 2 : 3);
		assert_int_equal(open_by(b, d), 0);
		assert_int_equal(sealed(b, "127.0.0.1", WIRE_RING_FIND, &d), 0);
		assert_int_equal(d.data[5], i % 2 ? 2 : 3);
		/* The kind is part of what is sealed. */
		mem[5] ^= 1;
		assert_int_equal(open_by(a, d), -EACCES);
		mem[5] ^= 1;
		assert_int_equal(open_by(a, d), 0);
		close_both();
	}
	assert_int_equal(secure_counters(a)->dgram_mac, 4);
}

static uint64_t made_of(struct secure *s)
{
	return keyring_active(&s->member->keyring, secure_up_s(s))->senders->made;
}

/* A cipher is made once for a sender, not for one who only claims to be somebody. */
static void test_dgram_kept(void **state)
{
	struct bytes d;

	open_between(a, b);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_FIND, &d), 0);
		assert_int_equal(open_by(b, d), 0);
	}
	assert_int_equal(made_of(a), 1);
	assert_int_equal(made_of(b), 1);
	/* Forged, in the place of that sender: the place stays its own. */
	assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_FIND, &d), 0);
	mem[16] ^= 1;
	assert_int_equal(open_by(b, d), -EACCES);
	assert_int_equal(made_of(b), 2);
	mem[16] ^= 1;
	assert_int_equal(open_by(b, d), 0);
	assert_int_equal(made_of(b), 2);
	close_both();
}

/* Room for so many: others take their places, and none is mistaken for another. */
static void test_senders(void **state)
{
	static struct senders kept;
	const uint8_t key[32] = { 1 }, nonce[12] = { 0 };
	uint8_t text[16] = { 0 }, box[32];
	gnutls_hmac_hd_t hmac;
	struct sender got_sender;

	assert_int_equal(gnutls_hmac_init(&hmac, GNUTLS_MAC_SHA256, key, sizeof(key)), 0);
	for (int i = 0; i < 4 * SENDERS_KEPT; i++) {
		struct xos_id id = { { (uint8_t)(i >> 8), (uint8_t)i } };
		size_t len = sizeof(box);

		/* Sealed by the sender, opened by who keeps its cipher: now, and again. */
		assert_int_equal(gnutls_aead_cipher_encrypt(
					 senders_self(&kept, hmac, &id, GNUTLS_CIPHER_AES_128_GCM),
					 nonce, sizeof(nonce), NULL, 0, 16, text, 16, box, &len),
				 0);
		for (int k = 0; k < 2; k++) {
			assert_int_equal(senders_get(&kept, hmac, &id, GNUTLS_CIPHER_AES_128_GCM,
						     &got_sender),
					 0);
			len = sizeof(text);
			assert_int_equal(gnutls_aead_cipher_decrypt(got_sender.aead, nonce,
								    sizeof(nonce), NULL, 0, 16, box,
								    32, text, &len),
					 0);
			senders_put(&kept, &got_sender, true);
		}
	}
	/* One for each that sealed, one for each that opened, and none for the second turn. */
	assert_int_equal(kept.made, 2 * 4 * SENDERS_KEPT);
	senders_exit(&kept);
	for (int i = 0; i < SENDERS_KEPT; i++)
		assert_null(kept.kept[i].aead);
	assert_null(kept.self.aead);
	gnutls_hmac_deinit(hmac, NULL);
}

static int keys_told;

static void on_keys(void *ctx)
{
	keys_told++;
}

/*
 * Hours of datagrams each way, second by second, with keys that change: not one is
 * refused. A member without a stream at that time gets the keys with its next one.
 */
static void test_dgram_rotation(void **state)
{
	uint64_t sent = 0;
	struct bytes d;

	keys_told = 0;
	secure_on_keys(a, on_keys, NULL);
	open_between(a, b);
	for (int second = 0; second < 4 * KEYRING_PERIOD_S; second++) {
		fake.now_s++;
		tick(second % 2 ? a : b);
		pump(1000);
		for (int i = 0; i < 2; i++) {
			struct secure *by = i ? a : b, *to = i ? b : a;

			assert_int_equal(
				sealed(by, i ? "127.0.0.2" : "127.0.0.1", WIRE_RING_FIND, &d), 0);
			assert_int_equal(open_by(to, d), 0);
			sent++;
		}
	}
	assert_int_equal(secure_counters(a)->dgram_opened + secure_counters(b)->dgram_opened, sent);
	assert_true(secure_counters(a)->keys_made + secure_counters(b)->keys_made >= 4);
	assert_true(keys_told >= 6);
	close_both();
}

/* A member that is revoked knows the keys: half a minute later they are of no use any more. */
static void test_dgram_revoked(void **state)
{
	struct bytes d;
	struct secure *c;

	issue(&vo, SECURE_ROLE_NODE, "h", 10, NULL);
	c = make("h");
	open_between(a, c);
	assert_int_equal(sealed(c, "127.0.0.1", WIRE_RING_FIND, &d), 0);
	assert_int_equal(open_by(a, d), 0);
	assert_int_equal(authority_revoke(&vo, "h", NOW, reason), 0);
	copy_list("a");
	tick(a);
	assert_true(client.ended);
	assert_int_equal(sealed(c, "127.0.0.1", WIRE_RING_STABILIZE, &d), 0);
	assert_int_equal(open_by(a, d), -EACCES);
	for (int i = 0; i < 55; i++) {
		fake.now_s++;
		tick(a);
	}
	assert_int_equal(sealed(c, "127.0.0.1", WIRE_RING_FIND, &d), 0);
	assert_int_equal(open_by(a, d), -ENOKEY);
	close_both();
	secure_destroy(c);
}

/* Up to the greatest difference of clocks that is allowed, no datagram is refused. */
static void test_dgram_skew(void **state)
{
	static const int64_t skews[] = { -CERT_SKEW_S, CERT_SKEW_S };
	struct bytes d;

	issue(&vo, SECURE_ROLE_NODE, "s0", 10, NULL);
	issue(&vo, SECURE_ROLE_NODE, "s1", 10, NULL);
	for (int k = 0; k < 2; k++) {
		struct env clock = { .ops = &skewed_ops };
		struct secure *c;

		memcpy(clock.log_level, fake.env.log_level, sizeof(clock.log_level));
		skew_s = skews[k];
		c = make_in(&clock, k ? "s1" : "s0");
		open_between(a, c);
		assert_true(opened());
		/* Who makes the new keys has a clock that is ahead, and then one that is behind. */
		keys_replace(k ? c : a);
		for (int i = 0; i < 2 * KEYRING_SKEW_S; i++) {
			fake.now_s++;
			tick(a);
			tick(c);
			pump(1000);
			if (i == KEYRING_SKEW_S)
				keys_replace(k ? a : c);
			assert_int_equal(sealed(a, "127.0.0.2", WIRE_RING_FIND, &d), 0);
			assert_int_equal(open_by(c, d), 0);
			assert_int_equal(sealed(c, "127.0.0.1", WIRE_RING_FIND, &d), 0);
			assert_int_equal(open_by(a, d), 0);
		}
		assert_true(secure_counters(a)->keys_made + secure_counters(c)->keys_made >= 2);
		assert_int_equal(
			secure_counters(a)->keys_refused + secure_counters(c)->keys_refused, 0);
		close_both();
		secure_destroy(c);
	}
}

/* Members that never met have other keys: the refusal says that a stream would help. */
static void test_dgram_strangers(void **state)
{
	struct secure *c;
	struct bytes d;

	open_between(a, b);
	close_both();
	issue(&vo, SECURE_ROLE_NODE, "m0", 10, NULL);
	issue(&vo, SECURE_ROLE_NODE, "m1", 10, NULL);
	c = make("m0");
	{
		struct secure *other_c = make("m1");

		open_between(c, other_c);
		close_both();
		secure_destroy(other_c);
	}
	assert_int_equal(sealed(c, "127.0.0.1", WIRE_RING_FIND, &d), 0);
	assert_int_equal(open_by(a, d), -ENOKEY);
	assert_int_equal(secure_counters(a)->dgram_key_id, 1);
	open_between(a, c);
	assert_int_equal(sealed(c, "127.0.0.1", WIRE_RING_FIND, &d), 0);
	assert_int_equal(open_by(a, d), 0);
	close_both();
	secure_destroy(c);
}

static void test_keyring(void **state)
{
	struct keyring r = { .n = 0 }, q = { .n = 0 };
	struct keyring_key key = { .id = 1, .created = NOW };

	assert_null(keyring_active(&r, 100));
	assert_int_equal(keyring_digest(&r), 0);
	for (uint16_t i = 1; i <= 6; i++) {
		key.id = i;
		key.created = NOW + i % 3;
		key.made = 100 + i % 3;
		assert_int_equal(keyring_add(&r, &key, NOW), i <= 5);
		/* In another order the ring is the same. */
		key.id = (uint16_t)(7 - i);
		key.created = NOW + key.id % 3;
		keyring_add(&q, &key, NOW);
	}
	assert_int_equal(r.n, KEYRING_MAX);
	assert_int_equal(keyring_digest(&r), keyring_digest(&q));
	assert_int_equal(r.keys[0].id, 5);
	assert_int_equal(keyring_active(&r, 102 + KEYRING_SPREAD_S)->id, 5);
	assert_int_equal(keyring_active(&r, 101 + KEYRING_SPREAD_S)->id, 4);
	assert_int_equal(keyring_active(&r, 100)->id, 1);
	key.created = NOW + KEYRING_SKEW_S + 1;
	assert_int_equal(keyring_add(&r, &key, NOW), -EINVAL);
	assert_false(keyring_expire(&r, 100));
	assert_true(keyring_expire(&r, 102 + KEYRING_SPREAD_S + KEYRING_OVERLAP_S));
	assert_int_equal(r.n, 1);
	/* A new one replaces it, though the clock is behind that of who made it. */
	assert_int_equal(keyring_make(&r, NOW - 100, 200), 1);
	assert_int_equal(keyring_active(&r, 200)->id, 5);
	assert_int_not_equal(keyring_active(&r, 200 + KEYRING_SPREAD_S)->id, 5);
	keyring_exit(&r);
	keyring_exit(&q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_dgram_no_key, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_pair, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_weak, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_rotation, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_revoked, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_skew, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_strangers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_ciphers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_kept, setup, teardown),
		cmocka_unit_test(test_senders),
		cmocka_unit_test(test_keyring),
	};

	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
