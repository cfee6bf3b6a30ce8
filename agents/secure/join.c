// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/join.h>

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <gnutls/crypto.h>

#include <wire/peer.h>
#include <wire/wire.h>

#define ALPN_JOIN    "xos-join/1"
#define TIMEOUT_S    10
#define HANDSHAKE_MS 10000

static const char priority_text[] =
	"NONE:+VERS-TLS1.3:+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:+AEAD:+ECDHE-ECDSA"
	":+GROUP-X25519:+GROUP-SECP256R1:+SIGN-EDDSA-ED25519:+CTYPE-X509";

/**
 * struct join - a join under way
 * @token: token
 * @trust: authorities of the token file
 * @key: new key of this node
 * @name: wanted name
 * @dir: folder of the credentials
 * @now_s: seconds since 1970
 * @reason: what is wrong
 */
struct join {
	struct token token;
	struct trust trust;
	gnutls_x509_privkey_t key;
	const char *name;
	const char *dir;
	int64_t now_s;
	char *reason;
};

static int complain(struct join *j, int err, const char *what)
{
	snprintf(j->reason, SECURE_REASON_MAX, "%s", what);
	return err;
}

static int open_socket(struct join *j, const struct xos_addr *addr)
{
	struct sockaddr_in6 sa = { .sin6_family = AF_INET6, .sin6_port = htons(addr->port) };
	struct timeval tv = { .tv_sec = TIMEOUT_S };
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0), err;

	memcpy(&sa.sin6_addr, addr->ip, 16);
	if (fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) &&
	    !setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv)) &&
	    !connect(fd, (struct sockaddr *)&sa, sizeof(sa)))
		return fd;
	err = -errno;
	if (fd >= 0)
		close(fd);
	return complain(j, err, strerror(-err));
}

/* Is the other end a node of the token's virtual organisation? */
static int check_server(struct join *j, gnutls_session_t tls)
{
	gnutls_x509_crt_t chain[CERT_CHAIN_MAX];
	unsigned int n = 0, got = 0;
	const gnutls_datum_t *raw = gnutls_certificate_get_peers(tls, &n);
	enum trust_verdict v = TRUST_MALFORMED;
	struct cert_who who;
	bool good = raw && n && n <= CERT_CHAIN_MAX;

	while (good && got < n) {
		good = !gnutls_x509_crt_init(&chain[got]);
		if (!good)
			break;
		good = !gnutls_x509_crt_import(chain[got], &raw[got], GNUTLS_X509_FMT_DER);
		got++;
	}
	if (good)
		v = trust_check(&j->trust, chain, n, j->now_s, &who);
	if (v == TRUST_GOOD && who.role != SECURE_ROLE_NODE)
		v = TRUST_ROLE;
	while (got)
		gnutls_x509_crt_deinit(chain[--got]);
	return v == TRUST_GOOD ? 0 : complain(j, -EACCES, trust_verdict_text(v));
}

static int send_request(struct join *j, gnutls_session_t tls)
{
	uint8_t public[SIGN_PUBLIC_LEN], mem[WIRE_PEER_JOIN_SIZE_MAX];
	struct wire_peer_join m = { .token = bytes_of(j->token.raw, j->token.raw_len),
				    .public = bytes_of(public, sizeof(public)),
				    .name = bytes_str(j->name) };
	struct buf out = buf_of(mem, sizeof(mem));

	if (sign_key_public(j->key, public) || wire_peer_join_encode(&m, &out))
		return complain(j, -EIO, "the request cannot be made");
	if (gnutls_record_send(tls, out.data, out.len) != (ssize_t)out.len)
		return complain(j, -EIO, "the request cannot be sent");
	explicit_bzero(mem, sizeof(mem));
	return 0;
}

static time_t seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* A whole message into @mem. */
static int read_answer(struct join *j, gnutls_session_t tls, uint8_t *mem, size_t cap, size_t *len)
{
	time_t end = seconds() + TIMEOUT_S;
	size_t have = 0, want;
	ssize_t n;
	int err;

	for (;;) {
		n = gnutls_record_recv(tls, mem + have, cap - have);
		/* Also after a message of TLS itself; only the clock knows a timeout. */
		if (n < 0 && !gnutls_error_is_fatal((int)n) && seconds() < end)
			continue;
		if (n <= 0)
			return complain(j, -ECONNRESET,
					n ? gnutls_strerror((int)n) : "the node gave no answer");
		have += (size_t)n;
		err = wire_frame_len(bytes_of(mem, have), &want);
		if (!err && want <= have) {
			*len = want;
			return 0;
		}
		if ((err && err != -EAGAIN) || have == cap)
			return complain(j, -EBADMSG, "the answer cannot be read");
	}
}

static int write_key(struct join *j)
{
	char path[SECURE_PATH_MAX];
	gnutls_datum_t pem;
	int err;

	if (gnutls_x509_privkey_export2_pkcs8(j->key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
					      &pem))
		return complain(j, -EIO, "key cannot be written");
	err = secure_file_write(secure_path(path, j->dir, CREDENTIALS_KEY), 0600, pem.data,
				pem.size, j->reason);
	explicit_bzero(pem.data, pem.size);
	gnutls_free(pem.data);
	return err;
}

/* The certificate comes last: a folder without it is one of nobody yet. */
static int write_all(struct join *j, const struct wire_peer_issued *m)
{
	char path[SECURE_PATH_MAX];
	struct secure_key seed;
	struct bytes der;
	size_t pos = 0;
	int err;

	while (wire_bytes_list_next(&m->authorities, &pos, &der)) {
		gnutls_datum_t in = { (unsigned char *)der.data, (unsigned int)der.len };

		/* What the token's authorities vouch for is believed, too. */
		trust_add(&j->trust, &in, false, j->now_s);
	}
	if (mkdir(j->dir, 0700) && errno != EEXIST)
		return complain(j, -errno, j->dir);
	err = write_key(j);
	if (!err && m->has_seed) {
		memcpy(seed.b, m->seed.data, SECURE_KEY_LEN);
		err = secure_key_store(secure_path(path, j->dir, CREDENTIALS_SEED), &seed,
				       j->reason);
		secure_key_wipe(&seed);
	}
	if (!err)
		err = credentials_write_trust(&j->trust, j->dir, j->reason);
	if (!err)
		err = credentials_take(j->dir, &j->trust, j->key, m, j->token.role, NULL, j->now_s,
				       j->reason);
	return err;
}

static int talk(struct join *j, gnutls_session_t tls)
{
	uint8_t *mem = malloc(WIRE_PEER_ISSUED_SIZE_MAX);
	struct wire_peer_issued m;
	size_t len = 0;
	int err = mem ? 0 : complain(j, -ENOMEM, "no memory");

	if (!err)
		err = check_server(j, tls);
	if (!err)
		err = send_request(j, tls);
	if (!err)
		err = read_answer(j, tls, mem, WIRE_PEER_ISSUED_SIZE_MAX, &len);
	if (!err && wire_peer_issued_decode(bytes_of(mem, len), &m))
		err = complain(j, -EBADMSG, "the answer cannot be read");
	if (!err && m.error) {
		snprintf(j->reason, SECURE_REASON_MAX, "refused: %.*s", (int)m.text.len,
			 m.has_text ? (const char *)m.text.data : "");
		err = -EACCES;
	}
	if (!err)
		err = write_all(j, &m);
	if (mem)
		explicit_bzero(mem, WIRE_PEER_ISSUED_SIZE_MAX);
	free(mem);
	return err;
}

static int with_session(struct join *j, int fd, gnutls_session_t tls,
			gnutls_certificate_credentials_t none)
{
	static const gnutls_datum_t alpn = { (unsigned char *)ALPN_JOIN, sizeof(ALPN_JOIN) - 1 };
	int err;

	if (gnutls_priority_set_direct(tls, priority_text, NULL) ||
	    gnutls_credentials_set(tls, GNUTLS_CRD_CERTIFICATE, none) ||
	    gnutls_alpn_set_protocols(tls, &alpn, 1, GNUTLS_ALPN_MANDATORY))
		return complain(j, -EIO, "TLS cannot be set up");
	gnutls_transport_set_int(tls, fd);
	gnutls_handshake_set_timeout(tls, HANDSHAKE_MS);
	do {
		err = gnutls_handshake(tls);
	} while (err < 0 && !gnutls_error_is_fatal(err) && err != GNUTLS_E_AGAIN);
	if (err == GNUTLS_E_NO_APPLICATION_PROTOCOL || err == GNUTLS_E_FATAL_ALERT_RECEIVED)
		return complain(j, -EACCES, "the node is no issuer");
	if (err < 0)
		return complain(j, -ECONNRESET, gnutls_strerror(err));
	return talk(j, tls);
}

static int ask(struct join *j, const struct xos_addr *addr)
{
	gnutls_certificate_credentials_t none;
	gnutls_session_t tls;
	int fd = open_socket(j, addr), err;

	if (fd < 0)
		return fd;
	if (gnutls_certificate_allocate_credentials(&none)) {
		close(fd);
		return complain(j, -ENOMEM, "no memory");
	}
	if (gnutls_init(&tls, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL)) {
		err = complain(j, -ENOMEM, "no memory");
	} else {
		err = with_session(j, fd, tls, none);
		if (!err)
			gnutls_bye(tls, GNUTLS_SHUT_WR);
		gnutls_deinit(tls);
	}
	gnutls_certificate_free_credentials(none);
	close(fd);
	return err;
}

int join_grid(const struct secure_blob *token_text, const struct xos_addr *addrs, uint32_t n,
	      const char *name, const char *dir, int64_t now_s, char *reason)
{
	struct join j = { .name = name, .dir = dir, .now_s = now_s, .reason = reason };
	int err;

	if (token_load(token_text, now_s, &j.token, &j.trust))
		return complain(&j, -EBADMSG, "the token file is damaged");
	err = n ? sign_key_new(&j.key) : complain(&j, -EINVAL, "there is no node to ask");
	for (uint32_t i = 0; i < n && j.key; i++) {
		err = ask(&j, &addrs[i]);
		if (!err)
			break;
	}
	if (j.key)
		gnutls_x509_privkey_deinit(j.key);
	trust_exit(&j.trust);
	explicit_bzero(&j.token, sizeof(j.token));
	return err;
}
