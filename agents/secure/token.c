// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/token.h>

#include <errno.h>
#include <string.h>

#include <wire/peer.h>

#define PEM_NAME "XOS TOKEN"

static void message_of(const struct token *t, struct wire_peer_token *m)
{
	*m = (struct wire_peer_token){
		.vo = bytes_str(t->vo),
		.token = t->id,
		.role = (uint8_t)t->role,
		.expires = (uint64_t)t->expires,
		.name = bytes_str(t->name),
		.has_name = *t->name,
	};
}

/* What the signature covers: the message without it. */
static int signed_part(const struct token *t, uint8_t *mem, gnutls_datum_t *out)
{
	struct buf b = buf_of(mem, TOKEN_MAX);
	struct wire_peer_token m;

	message_of(t, &m);
	if (wire_peer_token_encode(&m, &b))
		return -EINVAL;
	*out = (gnutls_datum_t){ mem, (unsigned int)b.len };
	return 0;
}

static int sign(struct authority *a, struct token *t)
{
	struct buf b = buf_of(t->raw, sizeof(t->raw));
	gnutls_datum_t text, signature;
	struct wire_peer_token m;
	uint8_t mem[TOKEN_MAX];
	int err;

	err = signed_part(t, mem, &text);
	if (err)
		return err;
	if (gnutls_privkey_sign_data2(a->key, GNUTLS_SIGN_EDDSA_ED25519, 0, &text, &signature))
		return -EIO;
	message_of(t, &m);
	m.signature = bytes_of(signature.data, signature.size);
	m.has_signature = true;
	err = wire_peer_token_encode(&m, &b) ? -EIO : 0;
	t->raw_len = b.len;
	gnutls_free(signature.data);
	return err;
}

int token_make(struct authority *a, enum secure_role role, const char *name, int64_t expires,
	       gnutls_datum_t *out)
{
	struct token t = { .id = authority_new_id(), .role = role, .expires = expires };
	gnutls_datum_t raw, pem, trust;
	int err;

	if (!a->key || (*name && !cert_name_good(name)) ||
	    (role != SECURE_ROLE_NODE && role != SECURE_ROLE_CLIENT))
		return -EINVAL;
	strcpy(t.vo, a->self.vo);
	strcpy(t.name, name);
	err = sign(a, &t);
	raw = (gnutls_datum_t){ t.raw, (unsigned int)t.raw_len };
	if (!err && gnutls_pem_base64_encode2(PEM_NAME, &raw, &pem))
		err = -ENOMEM;
	explicit_bzero(&t, sizeof(t));
	if (err)
		return err;
	err = trust_print(&a->trust, false, &trust);
	if (!err) {
		out->size = pem.size + trust.size;
		out->data = gnutls_malloc(out->size + 1);
		if (out->data) {
			memcpy(out->data, pem.data, pem.size);
			memcpy(out->data + pem.size, trust.data, trust.size);
			out->data[out->size] = 0;
		} else {
			err = -ENOMEM;
		}
		gnutls_free(trust.data);
	}
	explicit_bzero(pem.data, pem.size);
	gnutls_free(pem.data);
	return err;
}

static int take_name(struct bytes in, char out[CERT_NAME_MAX])
{
	if (in.len >= CERT_NAME_MAX)
		return -EBADMSG;
	memcpy(out, in.data, in.len);
	out[in.len] = 0;
	return cert_name_good(out) ? 0 : -EBADMSG;
}

int token_read(struct bytes raw, struct token *out)
{
	struct wire_peer_token m;

	memset(out, 0, sizeof(*out));
	if (raw.len > TOKEN_MAX || wire_peer_token_decode(raw, &m) || !m.has_signature ||
	    take_name(m.vo, out->vo) || (m.has_name && take_name(m.name, out->name)))
		return -EBADMSG;
	out->id = m.token;
	out->role = m.role < SECURE_ROLE_COUNT ? (enum secure_role)m.role : SECURE_ROLE_NONE;
	out->expires = m.expires > INT64_MAX ? 0 : (int64_t)m.expires;
	memcpy(out->raw, raw.data, raw.len);
	out->raw_len = raw.len;
	return 0;
}

int token_load(const struct secure_blob *text, int64_t now_s, struct token *out,
	       struct trust *trust)
{
	const gnutls_datum_t in = { text->data, (unsigned int)text->len };
	const char *rest;
	gnutls_datum_t raw;
	int err;

	if (gnutls_pem_base64_decode2(PEM_NAME, &in, &raw))
		return -EBADMSG;
	err = token_read(bytes_of(raw.data, raw.size), out);
	explicit_bzero(raw.data, raw.size);
	gnutls_free(raw.data);
	rest = strstr((const char *)text->data, "-----BEGIN CERTIFICATE");
	if (err || !rest)
		return -EBADMSG;
	trust_init(trust, out->vo);
	if (trust_load(trust, (const uint8_t *)rest,
		       text->len - (size_t)(rest - (const char *)text->data), now_s) > 0)
		return 0;
	trust_exit(trust);
	return -EBADMSG;
}

static bool signed_by(gnutls_x509_crt_t authority, const gnutls_datum_t *text,
		      const gnutls_datum_t *signature)
{
	gnutls_pubkey_t key;
	bool good;

	if (gnutls_pubkey_init(&key))
		return false;
	good = !gnutls_pubkey_import_x509(key, authority, 0) &&
	       gnutls_pubkey_verify_data2(key, GNUTLS_SIGN_EDDSA_ED25519, 0, text, signature) >= 0;
	gnutls_pubkey_deinit(key);
	return good;
}

int token_check(const struct token *t, const struct trust *trust, int64_t now_s)
{
	struct wire_peer_token m;
	gnutls_datum_t text, signature;
	uint8_t mem[TOKEN_MAX];
	bool good = false;

	if (strcmp(t->vo, trust->vo))
		return -EXDEV;
	if (wire_peer_token_decode(bytes_of(t->raw, t->raw_len), &m) || !m.has_signature ||
	    signed_part(t, mem, &text))
		return -EACCES;
	signature = (gnutls_datum_t){ (unsigned char *)m.signature.data,
				      (unsigned int)m.signature.len };
	for (uint32_t i = 0; i < trust->n && !good; i++) {
		struct cert_who who;

		good = !cert_read(trust->authorities[i], &who) &&
		       !trust_revoked(trust, &who.id, who.seq) && now_s < who.not_after &&
		       signed_by(trust->authorities[i], &text, &signature);
	}
	if (!good)
		return -EACCES;
	if (now_s >= t->expires)
		return -ESTALE;
	return t->role == SECURE_ROLE_NODE || t->role == SECURE_ROLE_CLIENT ? 0 : -EPERM;
}
