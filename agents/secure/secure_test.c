// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <base/be.h>
#include <base/rng.h>
#include <secure/replay.h>
#include <secure/secure.h>
#include <wire/peer.h>
#include <wire/types.h>

#include "test_ends.h"

/* --- an environment with a clock of its own ---------------------------------- */

static struct fake {
	struct env env;
	struct rng rng;
	uint64_t wall;
	int lines;
} fake;

static uint64_t fake_now(struct env *env)
{
	return ENV_SEC;
}

static uint64_t fake_wall(struct env *env)
{
	return fake.wall;
}

static uint64_t fake_random(struct env *env)
{
	return rng_next(&fake.rng);
}

static void fake_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
	fake.lines++;
}

static const struct env_ops fake_ops = {
	.now = fake_now,
	.wall = fake_wall,
	.random = fake_random,
	.log = fake_log,
};

static const struct secure_key key_a = { "0123456789abcdef0123456789abcde" };
static const struct secure_key key_b = { "0123456789abcdef0123456789abcdE" };

static struct secure *make(const struct secure_key *key, uint8_t id, const char *grid)
{
	struct secure_config config = {
		.key = key,
		.id = { { id } },
		.grid = grid,
		.program = "test 1",
		.senders_max = 4,
	};
	struct secure *s = NULL;

	assert_int_equal(secure_create(&fake.env, &config, &s), 0);
	return s;
}

static const struct env_peer nowhere;
static struct secure *a, *b;

static int setup(void **state)
{
	fake = (struct fake){ .env = { .ops = &fake_ops }, .wall = 1000000 };
	memset(fake.env.log_level, ENV_DEBUG, sizeof(fake.env.log_level));
	rng_seed(&fake.rng, 1);
	a = make(&key_a, 1, "grid");
	b = make(&key_a, 2, "grid");
	return 0;
}

static int teardown(void **state)
{
	secure_destroy(a);
	secure_destroy(b);
	return 0;
}

/* --- keys ---------------------------------------------------------------------- */

static void unhex(const char *hex, uint8_t *out)
{
	for (; *hex; hex += 2)
		sscanf(hex, "%2hhx", out++);
}

/* RFC 5869 appendix A.3: SHA-256, 22 bytes of 0x0b, no salt, no info. The key is as long as ours
 * in no vector of the RFC, so the library's functions are checked as they are called in key.c.
 */
static void test_hkdf_vector(void **state)
{
	uint8_t ikm[22], prk[32], okm[42], want[42];
	const gnutls_datum_t in = { ikm, sizeof(ikm) }, none = { NULL, 0 };
	const gnutls_datum_t mid = { prk, sizeof(prk) };

	memset(ikm, 0x0b, sizeof(ikm));
	assert_int_equal(gnutls_hkdf_extract(GNUTLS_MAC_SHA256, &in, &none, prk), 0);
	unhex("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04", want);
	assert_memory_equal(prk, want, 32);
	assert_int_equal(gnutls_hkdf_expand(GNUTLS_MAC_SHA256, &mid, &none, okm, 42), 0);
	unhex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
	      want);
	assert_memory_equal(okm, want, 42);
}

/* Extract and expand of RFC 5869 written out with HMAC, against secure_key_derive(). */
static void test_derive(void **state)
{
	uint8_t zero[32] = { 0 }, prk[32], block[64], want[32], got[32], other[32];
	const char *label = "xos stream v1";
	size_t len = strlen(label);

	gnutls_hmac_fast(GNUTLS_MAC_SHA256, zero, 32, key_a.b, 32, prk);
	memcpy(block, label, len);
	block[len] = 1;
	gnutls_hmac_fast(GNUTLS_MAC_SHA256, prk, 32, block, len + 1, want);
	assert_int_equal(secure_key_derive(&key_a, label, got, 32), 0);
	assert_memory_equal(got, want, 32);
	assert_int_equal(secure_key_derive(&key_a, "xos datagram v1", other, 32), 0);
	assert_memory_not_equal(got, other, 32);
	assert_int_equal(secure_key_derive(&key_b, label, other, 32), 0);
	assert_memory_not_equal(got, other, 32);
}

/* RFC 4231 test case 2. */
static void test_hmac_vector(void **state)
{
	uint8_t got[32], want[32];

	unhex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", want);
	assert_int_equal(gnutls_hmac_fast(GNUTLS_MAC_SHA256, "Jefe", 4,
					  "what do ya want for nothing?", 28, got),
			 0);
	assert_memory_equal(got, want, 32);
}

static int load(const char *contents, mode_t mode, struct secure_key *key, char *reason)
{
	char path[] = "/tmp/xos-key-XXXXXX";
	int fd = mkstemp(path), err;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, contents, strlen(contents)), strlen(contents));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	err = secure_key_load(path, key, reason);
	unlink(path);
	return err;
}

static void test_key_file(void **state)
{
	const char *good = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
	char reason[SECURE_REASON_MAX] = "";
	struct secure_key key = { { 0 } };
	char text[80];

	assert_int_equal(load(good, 0600, &key, reason), 0);
	for (int i = 0; i < 32; i++)
		assert_int_equal(key.b[i], i);
	snprintf(text, sizeof(text), "%s\n", good);
	assert_int_equal(load(text, 0400, &key, reason), 0);
	assert_int_equal(load(good, 0640, &key, reason), -EACCES);
	assert_non_null(strstr(reason, "0640"));
	assert_int_equal(load(good, 0700, &key, reason), -EACCES);
	assert_int_equal(load(good + 1, 0600, &key, reason), -EINVAL);
	assert_null(strstr(reason, "0102"));
	snprintf(text, sizeof(text), "%s00", good);
	assert_int_equal(load(text, 0600, &key, reason), -EINVAL);
	snprintf(text, sizeof(text), "%s\n\n", good);
	assert_int_equal(load(text, 0600, &key, reason), -EINVAL);
	memcpy(text, good, 65);
	text[5] = 'g';
	assert_int_equal(load(text, 0600, &key, reason), -EINVAL);
	assert_int_equal(load("", 0600, &key, reason), -EINVAL);
	assert_int_equal(secure_key_load("/nonexistent/key", &key, reason), -ENOENT);
	assert_non_null(strstr(reason, "/nonexistent/key: "));
	assert_int_equal(secure_key_load("/tmp", &key, reason), -EINVAL);
	assert_int_equal(key.b[31], 31);
	secure_key_wipe(&key);
	assert_int_equal(key.b[31], 0);
}

/* --- datagrams ------------------------------------------------------------------ */

static uint8_t mem[2048];
static struct xos_id from;
static struct bytes msg;

static struct bytes sealed_bytes(struct secure *s, struct bytes text)
{
	struct env_guard *g = secure_guard(s);
	struct buf out = buf_of(mem, sizeof(mem));

	assert_int_equal(g->ops->seal(g, &nowhere, text, &out), 0);
	return buf_bytes(&out);
}

static struct bytes sealed(struct secure *s, const char *text)
{
	return sealed_bytes(s, bytes_str(text));
}

static int open_by(struct secure *s, struct bytes dgram)
{
	struct env_guard *g = secure_guard(s);

	return g->ops->open(g, dgram, &from, &msg);
}

static void test_dgram_good(void **state)
{
	struct bytes d = sealed(a, "hello");

	assert_int_equal(d.len, 5 + 48);
	assert_memory_equal(d.data, "XOSD", 4);
	assert_int_equal(be64_load(d.data + 8), 1000000);
	assert_int_equal(open_by(b, d), 0);
	assert_int_equal(from.b[0], 1);
	assert_true(bytes_eq(msg, bytes_str("hello")));
	assert_int_equal(open_by(b, sealed(a, "")), 0);
	assert_int_equal(fake.lines, 0);
}

/* The MAC is what the layout says, and its key is the one that the kernel is given. */
static void test_dgram_layout(void **state)
{
	struct bytes d = sealed(a, "hello");
	struct secure_dgram_key keys[SECURE_DGRAM_KEYS_MAX];
	uint8_t mac[32];

	assert_int_equal(secure_dgram_keys(a, keys), 1);
	assert_int_equal(be16_load(d.data + 6), keys[0].id);
	gnutls_hmac_fast(GNUTLS_MAC_SHA256, keys[0].key.b, 32, d.data, d.len - 16, mac);
	assert_memory_equal(mac, d.data + d.len - 16, 16);
}

static void test_dgram_refused(void **state)
{
	const struct secure_counters *c = secure_counters(b);
	struct secure *other = make(&key_b, 3, "grid");
	uint8_t big[ENV_DGRAM_MSG_MAX + 1] = { 0 };
	struct buf out = buf_of(mem, sizeof(mem));
	struct bytes d;

	assert_int_equal(open_by(b, sealed(other, "hello")), -EACCES);
	assert_int_equal(c->dgram_key_id, 1);
	secure_destroy(other);
	d = sealed(a, "hello");
	for (size_t len = 0; len < d.len; len++)
		assert_int_not_equal(open_by(b, bytes_of(d.data, len)), 0);
	assert_int_equal(c->dgram_malformed, 48);
	assert_int_equal(c->dgram_mac, 5);
	/* Every single bit counts. */
	for (size_t bit = 0; bit < d.len * 8; bit++) {
		mem[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(open_by(b, d), 0);
		mem[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_int_equal(open_by(a, d), -EACCES);
	assert_int_equal(secure_counters(a)->dgram_self, 1);
	assert_int_equal(open_by(b, d), 0);
	assert_int_equal(open_by(b, d), -EALREADY);
	assert_int_equal(c->dgram_replay, 1);
	assert_int_equal(secure_guard(a)->ops->seal(secure_guard(a), &nowhere,
						    bytes_of(big, sizeof(big)), &out),
			 -EMSGSIZE);
	memset(mem, 0xa5, sizeof(mem));
	assert_int_equal(open_by(b, bytes_of(mem, sizeof(mem))), -EBADMSG);
	/* Many refusals, few lines. */
	assert_true(fake.lines < 30);
}

/* Answers of the kernel have counters of their own. */
static void test_dgram_lookup_not_windowed(void **state)
{
	uint8_t query[WIRE_HEADER_LEN] = { 0 };
	struct bytes d;

	be16_store(query + WIRE_OFF_TYPE, WIRE_LOOKUP_ANSWER);
	d = sealed_bytes(a, bytes_of(query, sizeof(query)));
	assert_int_equal(open_by(b, d), 0);
	assert_int_equal(open_by(b, d), 0);
	be16_store(query + WIRE_OFF_TYPE, WIRE_PEER_HELLO);
	d = sealed_bytes(a, bytes_of(query, sizeof(query)));
	assert_int_equal(open_by(b, d), 0);
	assert_int_equal(open_by(b, d), -EALREADY);
}

static void test_restart_is_no_replay(void **state)
{
	assert_int_equal(open_by(b, sealed(a, "1")), 0);
	assert_int_equal(open_by(b, sealed(a, "2")), 0);
	secure_destroy(a);
	fake.wall += 5;
	a = make(&key_a, 1, "grid");
	assert_int_equal(open_by(b, sealed(a, "3")), 0);
}

static void test_replay_window(void **state)
{
	const uint64_t key[2] = { 1, 2 };
	struct xos_id id = { { 7 } };
	struct replay r;

	assert_int_equal(replay_init(&r, 2, key), 0);
	assert_true(replay_fresh(&r, &id, 1000));
	assert_false(replay_fresh(&r, &id, 1000));
	assert_true(replay_fresh(&r, &id, 1000 - REPLAY_WINDOW + 1));
	assert_false(replay_fresh(&r, &id, 1000 - REPLAY_WINDOW));
	assert_true(replay_fresh(&r, &id, 1010));
	assert_false(replay_fresh(&r, &id, 1000));
	assert_true(replay_fresh(&r, &id, 1001));
	assert_false(replay_fresh(&r, &id, 1001));
	assert_true(replay_fresh(&r, &id, 1010 + REPLAY_WINDOW));
	assert_false(replay_fresh(&r, &id, 1010));
	assert_true(replay_fresh(&r, &id, 1011));
	assert_true(replay_fresh(&r, &id, UINT64_MAX));
	assert_false(replay_fresh(&r, &id, 0));
	/* The third sender takes the place of the one heard of least recently. */
	id.b[0] = 8;
	assert_true(replay_fresh(&r, &id, 5));
	id.b[0] = 7;
	assert_true(replay_fresh(&r, &id, UINT64_MAX - 1));
	id.b[0] = 9;
	assert_true(replay_fresh(&r, &id, 5));
	assert_int_equal(r.evicted, 1);
	id.b[0] = 7;
	assert_false(replay_fresh(&r, &id, UINT64_MAX));
	replay_exit(&r);
}

/* --- streams --------------------------------------------------------------------- */

static void open_both(size_t step)
{
	end_init(&client, a, true, 1);
	end_init(&server, b, false, 2);
	pump(step);
}

static void close_both(void)
{
	end_exit(&client);
	end_exit(&server);
}

static void test_stream_good(void **state)
{
	static const size_t lens[] = { 16, 17, 16384, 16385, 100000, ENV_STREAM_MSG_MAX };

	for (size_t step = 1; step < 100000; step = step * 50 + 1) {
		open_both(step);
		assert_int_equal(client.err, 0);
		assert_int_equal(server.err, 0);
		assert_int_equal(client.opened, 1);
		assert_int_equal(server.opened, 1);
		assert_int_equal(client.peer.id.b[0], 2);
		assert_int_equal(server.peer.id.b[0], 1);
		assert_int_equal(client.peer.addr.port, 7002);
		for (size_t i = 0; i < 6 && (step > 1 || i < 4); i++) {
			assert_int_equal(client.guard->ops->session_write(client.session,
									  message(lens[i])),
					 0);
			pump(step);
			assert_int_equal(server.msgs, i + 1);
			assert_int_equal(server.msg_len, lens[i]);
		}
		for (int i = 0; i < 50; i++)
			server.guard->ops->session_write(server.session, message(100));
		pump(step);
		assert_int_equal(client.msgs, 50);
		close_both();
	}
	assert_int_equal(fake.lines, 0);
}

static void test_stream_wrong_key(void **state)
{
	struct secure *other = make(&key_b, 3, "grid");

	end_init(&client, other, true, 3);
	end_init(&server, b, false, 2);
	pump(1000);
	assert_int_equal(server.err, -EACCES);
	assert_int_equal(client.opened + server.opened, 0);
	assert_int_equal(secure_counters(b)->stream_auth, 1);
	close_both();
	secure_destroy(other);
}

static void test_stream_other_grid(void **state)
{
	struct secure *other = make(&key_a, 3, "grid2");

	end_init(&client, other, true, 3);
	end_init(&server, b, false, 2);
	pump(1000);
	assert_int_not_equal(server.err, 0);
	assert_int_equal(client.opened + server.opened, 0);
	close_both();
	secure_destroy(other);
}

/* What a node sends comes back to it: the handshake holds, the greeting does not. */
static void test_stream_reflected(void **state)
{
	end_init(&client, a, true, 1);
	end_init(&server, a, false, 1);
	pump(1000);
	assert_int_equal(client.opened + server.opened, 0);
	assert_true(client.err == -EACCES || server.err == -EACCES);
	assert_true(secure_counters(a)->stream_self > 0);
	close_both();
}

static void test_stream_garbage(void **state)
{
	uint8_t junk[4096];
	struct rng rng;

	for (uint64_t seed = 0; seed < 50; seed++) {
		rng_seed(&rng, seed);
		for (size_t i = 0; i < sizeof(junk); i++)
			junk[i] = (uint8_t)rng_next(&rng);
		/* Some look like the start of a TLS record. */
		if (seed % 2)
			memcpy(junk, "\x16\x03\x01\x0f\x00\x01\x00\x0e\xfc\x03\x03", 11);
		end_init(&server, b, false, 2);
		/* What may be the start of a long record is waited for, but not for ever. */
		for (int i = 0; i < 16 && !server.err; i++)
			server.err = server.guard->ops->session_feed(server.session,
								     bytes_of(junk, sizeof(junk)));
		assert_int_equal(server.err, -EACCES);
		assert_int_equal(server.opened, 0);
		end_exit(&server);
	}
	assert_int_equal(secure_counters(b)->stream_auth, 50);
}

static void test_stream_tampered(void **state)
{
	open_both(1000);
	client.guard->ops->session_write(client.session, message(500));
	client.wire[client.wire_len / 2] ^= 1;
	pump(1000);
	assert_int_not_equal(server.err, 0);
	assert_int_equal(server.msgs, 0);
	assert_int_equal(secure_counters(b)->stream_record, 1);
	close_both();
}

/* A record that was sent before does not decrypt again (RFC 8446 section 5.3). */
static void test_stream_replayed(void **state)
{
	uint8_t copy[1024];
	size_t len;

	open_both(1000);
	client.guard->ops->session_write(client.session, message(500));
	len = client.wire_len;
	assert_true(len < sizeof(copy));
	memcpy(copy, client.wire, len);
	pump(1000);
	assert_int_equal(server.msgs, 1);
	server.err = server.guard->ops->session_feed(server.session, bytes_of(copy, len));
	assert_int_not_equal(server.err, 0);
	assert_int_equal(server.msgs, 1);
	close_both();
}

static void test_stream_bad_frames(void **state)
{
	uint8_t bad[WIRE_PEER_HELLO_SIZE_MAX] = { 0 };
	struct wire_peer_hello hello = { .id = { { 9 } }, .wire_version = 1 };
	struct buf out = buf_of(bad, sizeof(bad));

	open_both(1000);
	client.guard->ops->session_write(client.session, bytes_of(bad, sizeof(bad)));
	pump(1000);
	assert_int_equal(server.err, -EBADMSG);
	assert_int_equal(secure_counters(b)->stream_frame, 1);
	close_both();

	open_both(1000);
	memcpy(bad, message(16).data, 16);
	be32_store(bad + WIRE_OFF_LEN, ENV_STREAM_MSG_MAX + 1);
	client.guard->ops->session_write(client.session, bytes_of(bad, 16));
	pump(1000);
	assert_int_equal(server.err, -EBADMSG);
	close_both();

	open_both(1000);
	assert_int_equal(wire_peer_hello_encode(&hello, &out), 0);
	client.guard->ops->session_write(client.session, buf_bytes(&out));
	pump(1000);
	assert_int_equal(server.err, -EPROTO);
	assert_int_equal(server.opened, 1);
	close_both();
}

static void test_config_limits(void **state)
{
	char grid[SECURE_GRID_MAX + 1];
	struct secure_config config = { .key = &key_a, .grid = "", .program = "p" };
	struct secure *s;

	assert_int_equal(secure_create(&fake.env, &config, &s), -EINVAL);
	memset(grid, 'x', sizeof(grid));
	grid[SECURE_GRID_MAX] = 0;
	config.grid = grid;
	assert_int_equal(secure_create(&fake.env, &config, &s), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hkdf_vector),
		cmocka_unit_test(test_derive),
		cmocka_unit_test(test_hmac_vector),
		cmocka_unit_test(test_key_file),
		cmocka_unit_test_setup_teardown(test_dgram_good, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_layout, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dgram_lookup_not_windowed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_restart_is_no_replay, setup, teardown),
		cmocka_unit_test(test_replay_window),
		cmocka_unit_test_setup_teardown(test_stream_good, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream_wrong_key, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream_other_grid, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream_reflected, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream_garbage, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream_tampered, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream_replayed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream_bad_frames, setup, teardown),
		cmocka_unit_test_setup_teardown(test_config_limits, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
