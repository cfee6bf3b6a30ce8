// SPDX-License-Identifier: GPL-2.0-or-later
#include "redis_peer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <secure/file.h>

#define ARGS_MAX     1024
#define PIPELINE_MAX 1024
#define WORKS_MAX    256
#define MULTI_MAX    (1024 * 1024)

static void accepted(void *ctx, int fd, const struct xos_addr *from, bool tls)
{
	redis_peer_new(ctx, fd, from, tls);
}

static int complain(char *reason, int err, const char *what)
{
	snprintf(reason, REDIS_REASON_MAX, "%s: %s", what, strerror(-err));
	return err;
}

/* The first line of the file, which nobody else may read. */
static int read_password(const char *path, char password[REDIS_PASSWORD_MAX], char *reason)
{
	struct secure_blob text;
	size_t len;
	int err = secure_file_read(path, true, &text, reason);

	if (err)
		return err;
	for (len = 0; len < text.len && text.data[len] != '\r' && text.data[len] != '\n';)
		len++;
	if (!len || len >= REDIS_PASSWORD_MAX || memchr(text.data, 0, len)) {
		snprintf(reason, REDIS_REASON_MAX, "%.160s: 1 to %d characters are expected", path,
			 REDIS_PASSWORD_MAX - 1);
		err = -EINVAL;
	} else {
		memcpy(password, text.data, len);
		password[len] = 0;
	}
	secure_blob_wipe(&text);
	return err;
}

static int listen_all(struct redis_server *s, const struct redis_server_config *config,
		      bool password, char *reason)
{
	int err;

	if (config->addr.port && !password && !xos_addr_is_loopback(&config->addr))
		return complain(reason, -EPERM,
				"clients from other machines need a password (password-file)");
	if (config->tls_addr.port && !secure_who(config->secure))
		return complain(reason, -EPERM, "TLS needs credentials");
	err = listener_open(&s->listener, &config->addr, &config->tls_addr);
	if (err)
		complain(reason, err, "cannot listen for clients of the Redis protocol");
	return err;
}

static void rights_ready(void *ctx)
{
	redis_rights_ready(((struct redis_server *)ctx)->redis);
}

static int make_acl(struct redis_server *s, struct redis_config *c)
{
	struct acl_config config = { .env = c->env, .dht = c->dht, .ready = rights_ready, .ctx = s };
	struct arena arena;

	s->memory = calloc(1, acl_arena_size());
	if (!s->memory)
		return -ENOMEM;
	arena_init(&arena, s->memory, acl_arena_size());
	s->acl = acl_init(&arena, &config);
	c->acl = s->acl;
	return 0;
}

int redis_server_create(const struct redis_server_config *config, struct redis_server **out,
			char *reason)
{
	struct redis_config c = {
		.env = env_uv_env(config->env),
		.dht = node_dht(config->node),
		.txns = node_txns(config->node),
		.limits = { .clients_max = config->clients_max,
			    .pipeline_max = PIPELINE_MAX,
			    .works_max = WORKS_MAX,
			    .args_max = ARGS_MAX,
			    .request_max = REDIS_REQUEST_MAX,
			    .multi_bytes_max = MULTI_MAX },
		.quota = config->quota,
		.version = XOS_VERSION,
	};
	struct redis_server *s = calloc(1, sizeof(*s));
	int err = s ? 0 : complain(reason, -ENOMEM, "redis");

	if (err)
		return err;
	s->env = config->env;
	s->secure = config->secure;
	listener_init(&s->listener, config->env, accepted, s, &s->counters.accept_failed);
	CDS_INIT_LIST_HEAD(&s->peers);
	if (config->password_file[0])
		err = read_password(config->password_file, c.password, reason);
	if (!err && (make_acl(s, &c) || redis_create(&c, &s->redis)))
		err = complain(reason, -ENOMEM, "redis");
	if (!err)
		err = listen_all(s, config, c.password[0], reason);
	explicit_bzero(c.password, sizeof(c.password));
	if (err) {
		redis_server_destroy(s);
		return err;
	}
	*out = s;
	return 0;
}

void redis_server_destroy(struct redis_server *s)
{
	if (!s)
		return;
	redis_peers_close(s);
	listener_close(&s->listener);
	if (s->acl)
		acl_stop(s->acl);
	redis_destroy(s->redis);
	free(s->memory);
	free(s);
}

const struct redis_server_counters *redis_server_counters(const struct redis_server *s)
{
	return &s->counters;
}

const struct acl *redis_server_acl(const struct redis_server *s)
{
	return s->acl;
}

const struct redis *redis_server_redis(const struct redis_server *s)
{
	return s->redis;
}
