// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/pair.h>

#include <errno.h>
#include <string.h>

#include <base/be.h>
#include <base/siphash.h>

#define LABEL	"EXPORTER-xos-datagram-v1"
/* The longest of a cipher. */
#define KEY_LEN 32

void pairs_init(struct pairs *p, const uint64_t key[2])
{
	p->key[0] = key[0];
	p->key[1] = key[1];
	for (int i = 0; i < PAIR_BUCKETS; i++) {
		CDS_INIT_LIST_HEAD(&p->by_id[i]);
		CDS_INIT_LIST_HEAD(&p->by_addr[i]);
	}
}

static struct cds_list_head *id_bucket(struct pairs *p, const struct xos_id *id)
{
	return &p->by_id[siphash(p->key, id->b, XOS_ID_LEN) % PAIR_BUCKETS];
}

static struct cds_list_head *addr_bucket(struct pairs *p, const struct xos_addr *addr)
{
	uint8_t key[18];

	memcpy(key, addr->ip, 16);
	be16_store(key + 16, addr->port);
	return &p->by_addr[siphash(p->key, key, sizeof(key)) % PAIR_BUCKETS];
}

int pair_add(struct pairs *p, struct pair *pair, gnutls_session_t tls, bool client)
{
	gnutls_cipher_algorithm_t cipher = gnutls_cipher_get(tls);
	unsigned int len = (unsigned int)gnutls_cipher_get_key_size(cipher);
	uint8_t out[2 * KEY_LEN + 2];
	gnutls_datum_t send, recv;
	int err;

	if (!len || len > KEY_LEN)
		return -EIO;

	err = gnutls_prf_rfc5705(tls, sizeof(LABEL) - 1, LABEL, 0, NULL, sizeof(out), (char *)out);
	send = (gnutls_datum_t){ out + (client ? 0 : KEY_LEN), len };
	recv = (gnutls_datum_t){ out + (client ? KEY_LEN : 0), len };
	if (!err)
		err = gnutls_aead_cipher_init(&pair->send, cipher, &send);
	if (!err)
		err = gnutls_aead_cipher_init(&pair->recv, cipher, &recv);
	pair->key_id = be16_load(out + 2 * KEY_LEN);
	explicit_bzero(out, sizeof(out));
	if (err) {
		pair_del(pair);
		return -EIO;
	}
	pair->counter = 1;
	cds_list_add(&pair->by_id, id_bucket(p, &pair->id));
	return 0;
}

void pair_reach(struct pairs *p, struct pair *pair, const struct xos_addr *addr)
{
	if (!pair->by_id.next)
		return;
	pair->addr = *addr;
	cds_list_add(&pair->by_addr, addr_bucket(p, addr));
}

void pair_del(struct pair *pair)
{
	if (pair->by_id.next)
		cds_list_del(&pair->by_id);
	if (pair->by_addr.next)
		cds_list_del(&pair->by_addr);
	if (pair->send)
		gnutls_aead_cipher_deinit(pair->send);
	if (pair->recv)
		gnutls_aead_cipher_deinit(pair->recv);
	memset(pair, 0, sizeof(*pair));
}

struct pair *pair_to(struct pairs *p, const struct env_peer *to)
{
	struct pair *pair;

	cds_list_for_each_entry(pair, addr_bucket(p, &to->addr), by_addr) {
		if (xos_addr_eq(&pair->addr, &to->addr) &&
		    (xos_id_is_zero(&to->id) || xos_id_eq(&pair->id, &to->id)))
			return pair;
	}
	return NULL;
}

struct pair *pair_from(struct pairs *p, const struct xos_id *id, uint16_t key_id)
{
	struct pair *pair;

	cds_list_for_each_entry(pair, id_bucket(p, id), by_id) {
		if (pair->key_id == key_id && xos_id_eq(&pair->id, id))
			return pair;
	}
	return NULL;
}
