// SPDX-License-Identifier: GPL-2.0-or-later
/* Requests for keys: get, put, del, range. */
#include "requests_impl.h"

#include <errno.h>

#include <dht/dht.h>

#define PAGE_ITEMS 256

/* The key, the end of a range and the value are copied: operations borrow them. */
struct key_request {
	struct request req;
	struct dht_op op;
	uint64_t left;
	bool limited;
	uint16_t to_len;
	uint16_t resume_len;
	uint8_t key[DHT_KEY_MAX];
	uint8_t to[DHT_KEY_MAX];
	uint8_t resume[DHT_KEY_MAX];
	uint8_t value[];
};

static const char *op_text(int status)
{
	switch (status) {
	case -ENOENT:
		return "there is no such key";
	case -EAGAIN:
		return "the grid does not serve yet: it has fewer machines than replica classes";
	case -EHOSTUNREACH:
		return "no majority of the key's replicas answers";
	case -ETIMEDOUT:
		return "no answer in time; a write may or may not take effect";
	case -EINVAL:
		return "the key is empty";
	case -EMSGSIZE:
		return "the key or the value is too long";
	case -ENOBUFS:
		return "the node has too many operations in flight";
	default:
		return NULL;
	}
}

static void cancel_key(struct request *req)
{
	struct key_request *k = (struct key_request *)req;

	if (k->op.state)
		node_op_cancel(req->all->node, &k->op);
}

static struct key_request *key_start(struct requests *all, struct control_client *client,
				     uint32_t seq, struct bytes key, struct bytes value)
{
	struct key_request *k;

	k = request_start(all, client, seq, sizeof(*k) + value.len, cancel_key);
	if (!k)
		return NULL;
	if (key.len)
		memcpy(k->key, key.data, key.len);
	if (value.len)
		memcpy(k->value, value.data, value.len);
	k->op.ctx = k;
	k->op.key = bytes_of(k->key, key.len);
	k->op.value = bytes_of(k->value, value.len);
	return k;
}

static void key_submit(struct key_request *k)
{
	int err = node_op(k->req.all->node, &k->op);

	if (err)
		request_end(&k->req, err, op_text(err));
}

static void op_done(struct dht_op *op)
{
	struct key_request *k = op->ctx;

	if (!op->status && op->kind == DHT_GET)
		REQUEST_SAY(&k->req, ctl_key_item, .key = op->key, .value = op->value,
			    .version = op->version.counter);
	request_end(&k->req, op->status, op_text(op->status));
}

void handle_key_get(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_key_get m;
	struct key_request *k;

	if (wire_ctl_key_get_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	k = key_start(all, client, m.seq, m.key, bytes_of(NULL, 0));
	if (!k)
		return;
	k->op.kind = DHT_GET;
	k->op.done = op_done;
	key_submit(k);
}

void handle_key_put(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_key_put m;
	struct key_request *k;

	if (wire_ctl_key_put_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	k = key_start(all, client, m.seq, m.key, m.value);
	if (!k)
		return;
	k->op.kind = DHT_PUT;
	k->op.done = op_done;
	key_submit(k);
}

void handle_key_del(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_key_del m;
	struct key_request *k;

	if (wire_ctl_key_del_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	k = key_start(all, client, m.seq, m.key, bytes_of(NULL, 0));
	if (!k)
		return;
	k->op.kind = DHT_DEL;
	k->op.done = op_done;
	key_submit(k);
}

static void range_page(struct key_request *k)
{
	k->op.limit = PAGE_ITEMS;
	if (k->limited && k->left < PAGE_ITEMS)
		k->op.limit = (uint32_t)k->left;
	key_submit(k);
}

/* The page before was taken: the next one. */
static void range_drained(void *ctx)
{
	struct key_request *k = ctx;

	if (!control_client_open(k->req.client)) {
		request_end(&k->req, -ECONNRESET, NULL);
		return;
	}
	memcpy(k->key, k->resume, k->resume_len);
	k->op.key = bytes_of(k->key, k->resume_len);
	k->op.value = bytes_of(NULL, 0);
	range_page(k);
}

static void range_done(struct dht_op *op)
{
	struct key_request *k = op->ctx;
	struct dht_item item;
	size_t pos = 0;

	if (op->status) {
		request_end(&k->req, op->status, op_text(op->status));
		return;
	}
	while (dht_op_item(op, &pos, &item))
		REQUEST_SAY(&k->req, ctl_key_item, .key = item.key, .value = item.value,
			    .version = item.version.counter);
	k->left -= k->limited ? op->count : 0;
	if (!op->more || (k->limited && !k->left)) {
		request_end(&k->req, 0, NULL);
		return;
	}
	k->resume_len = (uint16_t)op->resume.len;
	memcpy(k->resume, op->resume.data, op->resume.len);
	op->state = NULL;
	control_on_drain(k->req.client, range_drained, k);
}

void handle_key_range(struct requests *all, struct control_client *client, struct bytes msg)
{
	struct wire_ctl_key_range m;
	struct key_request *k;

	if (wire_ctl_key_range_decode(msg, &m)) {
		control_done(client, 0, -EBADMSG, "the request cannot be decoded");
		return;
	}
	k = key_start(all, client, m.seq, m.from, bytes_of(NULL, 0));
	if (!k)
		return;
	if (m.to.len)
		memcpy(k->to, m.to.data, m.to.len);
	k->op.to = bytes_of(k->to, m.to.len);
	k->op.kind = DHT_RANGE;
	k->op.done = range_done;
	k->limited = m.limit;
	k->left = m.limit;
	range_page(k);
}
