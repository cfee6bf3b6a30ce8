// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/secure.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <base/be.h>
#include <secure/secure_impl.h>

#define SENDERS_MAX 4096

/* TLS 1.3 only, ephemeral key exchange with a PSK; suites whose hash is SHA-256, as the PSK's. */
static const char priority_text[] = "NONE:+VERS-TLS1.3:+AES-128-GCM:+CHACHA20-POLY1305:+AEAD"
				    ":+ECDHE-PSK:+GROUP-X25519:+GROUP-SECP256R1:+SIGN-ALL";

static const struct env_guard_ops secure_ops = {
	.seal = secure_dgram_seal,
	.open = secure_dgram_open,
	.session_new = secure_session_new,
	.session_start = secure_session_start,
	.session_feed = secure_session_feed,
	.session_write = secure_session_write,
	.session_close = secure_session_close,
	.session_cut = secure_session_cut,
	.session_free = secure_session_free,
};

void secure_refuse(struct secure *s, uint64_t *counter, const char *what, const char *why)
{
	uint32_t suppressed;

	(*counter)++;
	if (s->env->log_level[ENV_SUB_NET] < ENV_WARN)
		return;
	if (!ratelimit_ok(&s->limit, env_now(s->env), &suppressed))
		return;
	if (suppressed)
		env_log(s->env, ENV_WARN, ENV_SUB_NET, "%u refusals were not logged", suppressed);
	env_log(s->env, ENV_WARN, ENV_SUB_NET, "%s refused: %s", what, why);
}

/* GnuTLS looks the identity of a client up; it frees the key. */
static int psk_find(gnutls_session_t tls, const gnutls_datum_t *identity, gnutls_datum_t *key)
{
	struct secure *s = gnutls_db_get_ptr(tls);
	size_t len = strlen(s->grid);

	if (identity->size != len || memcmp(identity->data, s->grid, len))
		return -1;
	key->data = gnutls_malloc(SECURE_KEY_LEN);
	if (!key->data)
		return -1;
	memcpy(key->data, s->stream_key.b, SECURE_KEY_LEN);
	key->size = SECURE_KEY_LEN;
	return 0;
}

static int keys_setup(struct secure *s, const struct secure_key *key)
{
	uint8_t id[2];

	if (secure_key_derive(key, "xos datagram v1", s->dgram_key.b, SECURE_KEY_LEN) ||
	    secure_key_derive(key, "xos stream v1", s->stream_key.b, SECURE_KEY_LEN) ||
	    secure_key_derive(key, "xos key id v1", id, sizeof(id)))
		return -EIO;
	s->key_id = be16_load(id);
	if (gnutls_hmac_init(&s->hmac, GNUTLS_MAC_SHA256, s->dgram_key.b, SECURE_KEY_LEN))
		return -EIO;
	return 0;
}

static int insecure_setup(struct secure *s, const struct secure_key *group_key)
{
	const gnutls_datum_t key = { s->stream_key.b, SECURE_KEY_LEN };
	const gnutls_datum_t grid = { (unsigned char *)s->grid, (unsigned int)strlen(s->grid) };

	if (keys_setup(s, group_key))
		return -EIO;
	if (gnutls_psk_allocate_client_credentials(&s->psk_client) ||
	    gnutls_psk_allocate_server_credentials(&s->psk_server))
		return -ENOMEM;
	if (gnutls_psk_set_client_credentials2(s->psk_client, &grid, &key, GNUTLS_PSK_KEY_RAW))
		return -EIO;
	gnutls_psk_set_server_credentials_function2(s->psk_server, psk_find);
	return gnutls_priority_init(&s->priority, priority_text, NULL) ? -EIO : 0;
}

int secure_create(struct env *env, const struct secure_config *config, struct secure **out)
{
	uint64_t hash_key[2] = { env_random(env), env_random(env) };
	struct secure *s;
	int err;

	s = calloc(1, sizeof(*s));
	err = !s ? -ENOMEM : 0;
	if (!*config->grid || strlen(config->grid) >= SECURE_GRID_MAX ||
	    strlen(config->program) >= SECURE_PROGRAM_MAX)
		err = -EINVAL;
	if (err) {
		free(s);
		if (config->credentials)
			credentials_exit(config->credentials);
		return err;
	}
	s->guard.ops = &secure_ops;
	s->env = env;
	s->id = config->id;
	s->counter = env_wall(env);
	strcpy(s->grid, config->grid);
	strcpy(s->program, config->program);
	err = replay_init(&s->replay, config->senders_max ? config->senders_max : SENDERS_MAX,
			  hash_key);
	if (!err && config->credentials)
		err = member_create(s, config->credentials, config->peers);
	else if (!err)
		err = insecure_setup(s, config->key);
	if (err) {
		secure_destroy(s);
		return err;
	}
	*out = s;
	return 0;
}

void secure_stop(struct secure *s)
{
	if (s && s->member)
		env_timer_cancel(s->env, &s->member->timer);
}

void secure_destroy(struct secure *s)
{
	if (!s)
		return;
	member_destroy(s);
	if (s->hmac)
		gnutls_hmac_deinit(s->hmac, NULL);
	if (s->psk_client)
		gnutls_psk_free_client_credentials(s->psk_client);
	if (s->psk_server)
		gnutls_psk_free_server_credentials(s->psk_server);
	if (s->priority)
		gnutls_priority_deinit(s->priority);
	replay_exit(&s->replay);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

struct env_guard *secure_guard(struct secure *s)
{
	return &s->guard;
}

const struct cert_who *secure_who(const struct secure *s)
{
	return s->member ? &s->member->credentials.who : NULL;
}

void secure_on_claim(struct secure *s, secure_claim_fn fn, void *ctx)
{
	if (!s->member)
		return;
	s->member->claim = fn;
	s->member->claim_ctx = ctx;
}

const struct secure_counters *secure_counters(const struct secure *s)
{
	return &s->counters;
}
