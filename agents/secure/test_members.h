/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests: an authority, members a and b with a clock of their own, streams in memory. */
#ifndef _XOS_SECURE_TEST_MEMBERS_H
#define _XOS_SECURE_TEST_MEMBERS_H

#include "test_ends.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <base/rng.h>
#include <secure/authority.h>
#include <secure/secure_impl.h>

#define NOW	 1800000000LL
#define DAY	 86400LL
#define PASSWORD "correct horse battery"

/* --- an environment with a clock and a timer of its own ------------------------------ */

static struct fake {
	struct env env;
	struct rng rng;
	int64_t now_s;
	char lines[8192];
} fake;

static uint64_t fake_now(struct env *env)
{
	return (uint64_t)(fake.now_s - NOW + 1) * ENV_SEC;
}

static uint64_t fake_wall(struct env *env)
{
	return (uint64_t)fake.now_s * ENV_SEC;
}

static uint64_t fake_random(struct env *env)
{
	return rng_next(&fake.rng);
}

static void fake_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	timer->slot = 1;
}

static void fake_timer_cancel(struct env *env, struct env_timer *timer)
{
	timer->slot = 0;
}

static void fake_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
	size_t len = strlen(fake.lines);

	vsnprintf(fake.lines + len, sizeof(fake.lines) - len, fmt, args);
}

static const struct env_ops fake_ops = {
	.now = fake_now,
	.wall = fake_wall,
	.random = fake_random,
	.timer_set = fake_timer_set,
	.timer_cancel = fake_timer_cancel,
	.log = fake_log,
};

/* --- an authority and members --------------------------------------------------------- */

static char top[] = "/tmp/xos-member-XXXXXX";
static char reason[SECURE_REASON_MAX];
static struct authority vo, other;

static const char *dir(const char *name)
{
	static char paths[8][SECURE_PATH_MAX];
	static int next;

	return secure_path(paths[next++ % 8], top, name);
}

static inline void issue_at(struct authority *by, enum secure_role role, const char *name,
			    uint32_t days, const char *addr, const char *out)
{
	struct sign_request request = { .who = { .role = role } };

	strcpy(request.who.name, name);
	if (addr) {
		assert_int_equal(xos_addr_parse(addr, 0, &request.addrs[0]), 0);
		request.addrs_n = 1;
	}
	assert_int_equal(authority_issue(by, &request, days, dir(out), fake.now_s, reason), 0);
}

static inline void issue(struct authority *by, enum secure_role role, const char *name,
			 uint32_t days, const char *addr)
{
	issue_at(by, role, name, days, addr, name);
}

/* Into the folder of another. */
static inline void issue_to(struct authority *by, enum secure_role role, const char *name,
			    uint32_t days, const char *out)
{
	issue_at(by, role, name, days, NULL, out);
}

/* What the authority says now, into the folder of a member. */
static inline void copy_list(const char *to)
{
	assert_int_equal(credentials_write_trust(&vo.trust, dir(to), reason), 0);
}

static inline void tick(struct secure *s)
{
	s->member->timer.fire(s->member->timer.ctx);
}

/* A chain of two as a file. */
static inline void write_pair(const char *path, gnutls_x509_crt_t leaf, gnutls_x509_crt_t issuer)
{
	FILE *f = fopen(path, "w");
	gnutls_x509_crt_t chain[2] = { leaf, issuer };

	assert_non_null(f);
	for (int i = 0; i < 2; i++) {
		gnutls_datum_t pem;

		assert_int_equal(gnutls_x509_crt_export2(chain[i], GNUTLS_X509_FMT_PEM, &pem), 0);
		fwrite(pem.data, 1, pem.size, f);
		gnutls_free(pem.data);
	}
	fclose(f);
}

static int group_setup(void **state)
{
	if (!mkdtemp(top) || authority_create(dir("vo"), "grid", PASSWORD, NOW, reason) ||
	    authority_open(dir("vo"), PASSWORD, NOW, &vo, reason) ||
	    authority_create(dir("other"), "grid", PASSWORD, NOW, reason) ||
	    authority_open(dir("other"), PASSWORD, NOW, &other, reason))
		return -1;
	return 0;
}

static int group_teardown(void **state)
{
	char command[SECURE_PATH_MAX + 16];

	authority_close(&vo);
	authority_close(&other);
	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	return system(command);
}

/* Who may be peer of those that are made. */
static const char *test_peers;

static struct secure *make_of(struct env *env, const char *name, enum secure_role role)
{
	struct secure_config config = { .grid = "grid", .program = "test 1", .peers = test_peers };
	struct credentials c;
	struct secure *s = NULL;

	/* A time at which it is good: what others think of it is the test. */
	assert_int_equal(credentials_load(dir(name), role, NOW + 1, &c, reason), 0);
	config.id = c.who.id;
	config.credentials = &c;
	assert_int_equal(secure_create(env, &config, &s), 0);
	return s;
}

static inline struct secure *make_as(const char *name, enum secure_role role)
{
	return make_of(&fake.env, name, role);
}

static inline struct secure *make_in(struct env *env, const char *name)
{
	return make_of(env, name, SECURE_ROLE_NODE);
}

static inline struct secure *make(const char *name)
{
	return make_as(name, SECURE_ROLE_NODE);
}

static struct secure *a, *b;

static int setup(void **state)
{
	fake = (struct fake){ .env = { .ops = &fake_ops }, .now_s = NOW };
	memset(fake.env.log_level, ENV_DEBUG, sizeof(fake.env.log_level));
	rng_seed(&fake.rng, 1);
	issue(&vo, SECURE_ROLE_NODE, "a", 10, NULL);
	issue(&vo, SECURE_ROLE_NODE, "b", 10, NULL);
	a = make("a");
	b = make("b");
	return 0;
}

static int teardown(void **state)
{
	secure_destroy(a);
	secure_destroy(b);
	return 0;
}

static inline struct xos_addr addr_of(const char *text)
{
	struct xos_addr addr;

	assert_int_equal(xos_addr_parse(text, 7400, &addr), 0);
	return addr;
}

/* A stream from @c to @s, which listen at 127.0.0.1 and 127.0.0.2. */
static inline void open_between(struct secure *c, struct secure *s)
{
	struct xos_addr ca = addr_of("127.0.0.1"), sa = addr_of("127.0.0.2");
	struct env_peer cp = { .id = secure_who(c)->id, .addr = ca };
	struct env_peer sp = { .id = secure_who(s)->id, .addr = sa };

	end_open(&client, c, true, &cp, &sa);
	end_open(&server, s, false, &sp, &ca);
	pump(1000);
}

static inline void close_both(void)
{
	end_exit(&client);
	end_exit(&server);
}

static inline bool opened(void)
{
	return client.opened == 1 && server.opened == 1 && !client.err && !server.err;
}

#endif
