// SPDX-License-Identifier: GPL-2.0-or-later
#include "xos.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <wire/control.h>

#include "client.h"
#include "xos_impl.h"

#define RUN_DIR_DEFAULT	   "/run/xos"
#define TIMEOUT_DEFAULT_MS 10000

int xos_open(const char *run_dir, unsigned int timeout_ms, struct xos **out)
{
	char path[128];
	struct xos *x;
	int err;

	if (snprintf(path, sizeof(path), "%s/xosd.sock", run_dir ? run_dir : RUN_DIR_DEFAULT) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	x = calloc(1, sizeof(*x));
	if (!x)
		return -ENOMEM;
	err = client_open(&x->client, path, timeout_ms ? timeout_ms : TIMEOUT_DEFAULT_MS);
	if (err) {
		free(x);
		return err;
	}
	*out = x;
	return 0;
}

void xos_close(struct xos *x)
{
	if (!x)
		return;
	client_close(&x->client);
	free(x);
}

const char *xos_error(const struct xos *x)
{
	return x->client.text;
}

/* Where xos_get() puts what it is told. */
struct get_ctx {
	void *value;
	size_t *value_len;
	size_t cap;
};

static int get_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_key_item item;
	struct get_ctx *g = ctx;

	if (type != WIRE_CTL_KEY_ITEM || wire_ctl_key_item_decode(msg, &item))
		return -EPROTO;
	*g->value_len = item.value.len;
	if (item.value.len && item.value.len <= g->cap)
		memcpy(g->value, item.value.data, item.value.len);
	return 0;
}

int xos_get(struct xos *x, const void *key, size_t key_len, void *value, size_t *value_len)
{
	struct get_ctx g = { .value = value, .value_len = value_len, .cap = *value_len };
	struct buf b = buf_of(x->request, sizeof(x->request));
	struct wire_ctl_key_get m = {
		.seq = client_next_seq(&x->client),
		.key = bytes_of(key, key_len),
	};
	int err;

	if (wire_ctl_key_get_encode(&m, &b))
		return -EMSGSIZE;
	err = client_call(&x->client, buf_bytes(&b), get_item, &g);
	if (err)
		return err;
	return *value_len > g.cap ? -EMSGSIZE : 0;
}

int xos_put(struct xos *x, const void *key, size_t key_len, const void *value, size_t value_len)
{
	struct buf b = buf_of(x->request, sizeof(x->request));
	struct wire_ctl_key_put m = {
		.seq = client_next_seq(&x->client),
		.key = bytes_of(key, key_len),
		.value = bytes_of(value, value_len),
	};

	if (wire_ctl_key_put_encode(&m, &b))
		return -EMSGSIZE;
	return client_call(&x->client, buf_bytes(&b), NULL, NULL);
}

int xos_del(struct xos *x, const void *key, size_t key_len)
{
	struct buf b = buf_of(x->request, sizeof(x->request));
	struct wire_ctl_key_del m = {
		.seq = client_next_seq(&x->client),
		.key = bytes_of(key, key_len),
	};

	if (wire_ctl_key_del_encode(&m, &b))
		return -EMSGSIZE;
	return client_call(&x->client, buf_bytes(&b), NULL, NULL);
}

/* What xos_range() calls for each item; @stopped keeps the caller's verdict apart. */
struct range_ctx {
	xos_item_fn item;
	void *ctx;
	int stopped;
};

static int range_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_key_item item;
	struct range_ctx *r = ctx;

	if (type != WIRE_CTL_KEY_ITEM || wire_ctl_key_item_decode(msg, &item))
		return -EPROTO;
	if (!r->stopped)
		r->stopped = r->item(r->ctx, item.key.data, item.key.len, item.value.data,
				     item.value.len);
	return 0;
}

int xos_range(struct xos *x, const void *from, size_t from_len, const void *to, size_t to_len,
	      uint64_t limit, xos_item_fn item, void *ctx)
{
	struct range_ctx r = { .item = item, .ctx = ctx };
	struct buf b = buf_of(x->request, sizeof(x->request));
	struct wire_ctl_key_range m = {
		.seq = client_next_seq(&x->client),
		.from = bytes_of(from, from_len),
		.to = bytes_of(to, to_len),
		.limit = limit,
	};
	int err;

	if (wire_ctl_key_range_encode(&m, &b))
		return -EMSGSIZE;
	err = client_call(&x->client, buf_bytes(&b), range_item, &r);
	return r.stopped ? r.stopped : err;
}
