// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Everything that a secure agent reads before it knows who sent it: datagrams, handshakes,
 * those of clients, requests to join, tokens, certificates, revocation lists. The first byte chooses. The rest
 * is the input itself, or patches (offset, value) to an input that is right, which get
 * further than bytes from nowhere. Nothing that was changed may be believed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/assert.h>
#include <base/rng.h>
#include <secure/guest.h>
#include <secure/issuer.h>
#include <secure/secure_impl.h>

#define NOW	 1800000000LL
#define PASSWORD "fuzzing only"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum what { DGRAM, STREAM, CERTIFICATE, LIST, TOKEN, TOKEN_FILE, PEM, GUEST, WHAT_COUNT };

static struct env env;
static struct rng rng;
static struct authority vo;
static struct secure *node;
static gnutls_datum_t cert, list, token_pem;
static struct token token;
static uint8_t dgram[256];
static size_t dgram_len;

static uint64_t fake_time(struct env *e)
{
	return NOW * ENV_SEC;
}

static uint64_t fake_random(struct env *e)
{
	return rng_next(&rng);
}

static void fake_timer_set(struct env *e, struct env_timer *timer, uint64_t delay_ns)
{
}

static void fake_timer_cancel(struct env *e, struct env_timer *timer)
{
}

static void fake_log(struct env *e, enum env_level level, enum env_subsys subsys, const char *fmt,
		     va_list args)
{
	char line[512];

	/* Formatted and thrown away: a format that reads too far is found. */
	vsnprintf(line, sizeof(line), fmt, args);
}

static const struct env_ops ops = {
	.now = fake_time,
	.wall = fake_time,
	.random = fake_random,
	.timer_set = fake_timer_set,
	.timer_cancel = fake_timer_cancel,
	.log = fake_log,
};

static void issue(enum secure_role role, const char *name, const char *dir)
{
	struct sign_request request = { .who = { .role = role } };
	char reason[SECURE_REASON_MAX];

	strcpy(request.who.name, name);
	xassert(!authority_issue(&vo, &request, 30, dir, NOW, reason));
}

/* A datagram that is right: of another member, with the key of all. */
static void make_dgram(void)
{
	struct keyring_key *k = keyring_active(&node->member->keyring, NOW);
	uint8_t mac[32];

	memset(dgram, 0, sizeof(dgram));
	memcpy(dgram, "XOSD\1", 5);
	dgram[6] = (uint8_t)(k->id >> 8);
	dgram[7] = (uint8_t)k->id;
	dgram[15] = 1;
	dgram[16] = 0x42;
	dgram[SECURE_DGRAM_HDR + WIRE_OFF_TYPE] = 7;
	dgram[SECURE_DGRAM_HDR + WIRE_OFF_TYPE + 1] = 1;
	dgram_len = SECURE_DGRAM_HDR + 64;
	xassert(!gnutls_hmac(k->hmac, dgram, dgram_len));
	gnutls_hmac_output(k->hmac, mac);
	memcpy(dgram + dgram_len, mac, SECURE_DGRAM_MAC);
	dgram_len += SECURE_DGRAM_MAC;
}

static void setup(void)
{
	char dir[] = "/tmp/xos-fuzz-XXXXXX", path[SECURE_PATH_MAX], command[64];
	struct secure_config config = { .grid = "grid", .program = "fuzz" };
	char reason[SECURE_REASON_MAX];
	struct secure_blob text;
	struct credentials c;
	struct trust trust;

	env.ops = &ops;
	memset(env.log_level, ENV_DEBUG, sizeof(env.log_level));
	rng_seed(&rng, 1);
	xassert(mkdtemp(dir));
	secure_path(path, dir, "vo");
	xassert(!authority_create(path, "grid", PASSWORD, NOW, reason));
	xassert(!authority_open(path, PASSWORD, NOW, &vo, reason));
	secure_path(path, dir, "node");
	issue(SECURE_ROLE_NODE, "node", path);
	issue(SECURE_ROLE_ISSUER, "issuer", path);
	xassert(!credentials_load(path, SECURE_ROLE_NODE, NOW, &c, reason));
	xassert(!gnutls_x509_crt_export2(c.chain[0], GNUTLS_X509_FMT_DER, &cert));
	list = vo.trust.lists[0].der;
	xassert(!token_make(&vo, SECURE_ROLE_NODE, "", NOW + 60, &token_pem));
	text = (struct secure_blob){ token_pem.data, token_pem.size };
	xassert(!token_load(&text, NOW, &token, &trust));
	trust_exit(&trust);
	config.id = c.who.id;
	config.credentials = &c;
	xassert(!secure_create(&env, &config, &node));
	xassert(keyring_make(&node->member->keyring, NOW, 1) == 1);
	make_dgram();
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	xassert(!system(command));
}

/* The input, or a copy of what is right with patches; of exactly its size. */
static uint8_t *make_input(const uint8_t *data, size_t size, bool patch, const uint8_t *right,
			   size_t right_len, size_t *len)
{
	uint8_t *mem;

	*len = patch ? right_len : size;
	mem = malloc(*len + 1);
	xassert(mem);
	mem[*len] = 0;
	memcpy(mem, patch ? right : data, *len);
	for (size_t i = 0; patch && i + 3 <= size; i += 3)
		mem[(data[i] << 8 | data[i + 1]) % *len] ^= data[i + 2];
	return mem;
}

static int on_bytes(void *ctx, struct bytes in)
{
	return 0;
}

static int on_opened(void *ctx, const struct env_peer *peer)
{
	/* Nobody here has a key. */
	xassert(false);
	return 0;
}

static void on_end(void *ctx)
{
}

static void try_stream(const uint8_t *mem, size_t len)
{
	const struct env_session_owner owner = { on_bytes, on_opened, on_bytes, on_end, NULL };
	const struct env_guard_ops *guard = secure_guard(node)->ops;
	struct env_peer self = { .id = node->id };
	struct xos_addr addr = { .port = 1 };
	struct env_session *s;
	size_t half = len / 2;

	xassert(!guard->session_new(secure_guard(node), false, &self, &addr, &owner, &s));
	if (!guard->session_start(s) && !guard->session_feed(s, bytes_of(mem, half)))
		guard->session_feed(s, bytes_of(mem + half, len - half));
	guard->session_cut(s);
	guard->session_free(s);
}

static void try_guest(const uint8_t *mem, size_t len)
{
	const struct guest_owner owner = { on_bytes, on_bytes, on_end, NULL };
	size_t half = len / 2;
	struct guest *g;

	xassert(!guest_new(node, &owner, &g));
	if (!guest_feed(g, bytes_of(mem, half)))
		guest_feed(g, bytes_of(mem + half, len - half));
	/* That takes a key exchange. */
	xassert(!guest_open(g));
	guest_free(g);
}

static void try_certificate(const uint8_t *mem, size_t len, bool changed)
{
	const gnutls_datum_t in = { (unsigned char *)mem, (unsigned int)len };
	struct cert_who who;
	gnutls_x509_crt_t crt;

	xassert(!gnutls_x509_crt_init(&crt));
	if (!gnutls_x509_crt_import(crt, &in, GNUTLS_X509_FMT_DER))
		xassert(trust_check(&vo.trust, &crt, 1, NOW, &who) != TRUST_GOOD || !changed);
	gnutls_x509_crt_deinit(crt);
}

static void try_token(const uint8_t *mem, size_t len, bool changed)
{
	struct token t;

	/* Attributes that are not known are skipped, so some changes change nothing. */
	if (!token_read(bytes_of(mem, len), &t) && !token_check(&t, &vo.trust, NOW))
		xassert(!changed || (xos_id_eq(&t.id, &token.id) && t.expires == token.expires &&
				     t.role == token.role && !strcmp(t.name, token.name)));
}

static void try_text(enum what what, const uint8_t *mem, size_t len)
{
	const struct secure_blob text = { (uint8_t *)mem, len };
	struct trust trust;
	struct token t;

	if (what == TOKEN_FILE) {
		if (!token_load(&text, NOW, &t, &trust))
			trust_exit(&trust);
		return;
	}
	trust_init(&trust, "grid");
	trust_load(&trust, mem, len, NOW);
	trust_exit(&trust);
}

static void try_one(enum what what, const uint8_t *mem, size_t len, bool changed)
{
	gnutls_datum_t der = { (unsigned char *)mem, (unsigned int)len };
	struct xos_id from;
	struct bytes msg;

	if (what == DGRAM)
		xassert(secure_guard(node)->ops->open(secure_guard(node), bytes_of(mem, len), &from,
						      &msg) ||
			!changed);
	else if (what == STREAM)
		try_stream(mem, len);
	else if (what == GUEST)
		try_guest(mem, len);
	else if (what == CERTIFICATE)
		try_certificate(mem, len, changed);
	else if (what == LIST)
		xassert(trust_add_list(&node->member->credentials.trust, &der) <= 0);
	else if (what == TOKEN)
		try_token(mem, len, changed);
	else
		try_text(what, mem, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *right[WHAT_COUNT];
	size_t right_len[WHAT_COUNT], len;
	enum what what;
	uint8_t *mem;
	bool patch;

	if (!node)
		setup();
	if (!size)
		return 0;
	right[DGRAM] = dgram;
	right_len[DGRAM] = dgram_len;
	right[STREAM] = cert.data;
	right_len[STREAM] = cert.size;
	right[GUEST] = cert.data;
	right_len[GUEST] = cert.size;
	right[CERTIFICATE] = cert.data;
	right_len[CERTIFICATE] = cert.size;
	right[LIST] = list.data;
	right_len[LIST] = list.size;
	right[TOKEN] = token.raw;
	right_len[TOKEN] = token.raw_len;
	right[TOKEN_FILE] = right[PEM] = token_pem.data;
	right_len[TOKEN_FILE] = right_len[PEM] = token_pem.size;
	what = (enum what)(data[0] % WHAT_COUNT);
	patch = data[0] & 0x80;
	mem = make_input(data + 1, size - 1, patch, right[what], right_len[what], &len);
	try_one(what, mem, len, len != right_len[what] || memcmp(mem, right[what], len));
	free(mem);
	return 0;
}
