// SPDX-License-Identifier: GPL-2.0-or-later
/* From a request of HTTP to a call, and from its answer to a reply. */
#include "http.h"

#include <errno.h>
#include <nettle/sha2.h>

#include <base/assert.h>
#include <base/be.h>

/* Seconds after which a client may try again what is known not to be done. */
#define RETRY_S 1

static void say(struct http_call *c, struct buf *b)
{
	c->write(c->ctx, buf_bytes(b));
}

static void say_fault(struct http_call *c, const struct web_fault *f)
{
	uint8_t room[WEB_REPLY_MAX];
	struct buf b = buf_of(room, sizeof(room));

	web_fault_write(&c->reply, f, &b);
	say(c, &b);
}

void http_call_bad(struct http_call *c, const struct web_fault *f)
{
	c->s->counters.malformed++;
	c->reply = (struct web_reply){ .keep = false };
	say_fault(c, f);
}

/* --- answers ---------------------------------------------------------------------------- */

/* What the service said. An error without a word of it is told as a fault. */
static void say_answer(struct http_call *c, const struct wire_vn_answer *a)
{
	static uint8_t room[WIRE_VH_REPLY_MAX + WEB_REPLY_MAX];
	struct buf b = buf_of(room, sizeof(room));
	struct web_fault f = { web_status_of((int)a->error), strerror((int)a->error), "yes" };

	c->s->counters.answered++;
	c->reply.index = a->index;
	if (a->error && !a->data.len) {
		say_fault(c, &f);
		return;
	}
	c->reply.status = f.status;
	if (a->error && c->reply.form == WEB_SOAP)
		c->reply.status = 500;
	c->reply.executed = "yes";
	c->reply.data = a->data;
	web_reply_write(&c->reply, &b);
	say(c, &b);
}

/*
 * 503 is only said when nothing was done: clients take it for leave to try again. What may
 * have been done is 504, and with a key it may be tried again, too.
 */
static struct web_fault fault_of(const struct http_call *c, enum wire_vn_result result)
{
	switch (result) {
	case WIRE_VN_RESULT_FAILED:
		return (struct web_fault){ 500,
					   "the service crashed or hung; the request was skipped",
					   "unknown" };
	case WIRE_VN_RESULT_NOT_LEADER:
		return (struct web_fault){ 503, "no replica leads", "no" };
	case WIRE_VN_RESULT_BUSY:
		return (struct web_fault){ 503, "too much is under way", "no" };
	case WIRE_VN_RESULT_BAD:
		if (c->keyed)
			return (struct web_fault){
				422, "the Idempotency-Key was used for another request", "no"
			};
		return (struct web_fault){ 400, "the request cannot be ordered", "no" };
	case WIRE_VN_RESULT_NO_GROUP:
		return (struct web_fault){ 404, "no replica of that virtual node is here", "no" };
	case WIRE_VN_RESULT_CHANGES:
		return (struct web_fault){ 405, "the operation is not said to change nothing",
					   "no" };
	default:
		return (struct web_fault){ 504, "nobody knows whether it was done", "unknown" };
	}
}

static void answered(void *ctx, const struct wire_vn_answer *a)
{
	struct http_call *c = ctx;
	struct web_fault f;

	c->call = NULL;
	if (a->result == WIRE_VN_RESULT_OK) {
		say_answer(c, a);
		return;
	}
	c->s->counters.failed++;
	f = fault_of(c, a->result);
	if (f.status == 503 || (f.status == 504 && c->keyed))
		c->reply.retry = RETRY_S;
	say_fault(c, &f);
}

/* --- requests --------------------------------------------------------------------------- */

static void hash_text(struct sha256_ctx *h, struct bytes text)
{
	uint8_t len[8];

	be64_store(len, text.len);
	sha256_update(h, sizeof(len), len);
	if (text.len)
		sha256_update(h, text.len, text.data);
}

static uint64_t hash_two(struct bytes a, struct bytes b)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx h;

	sha256_init(&h);
	hash_text(&h, a);
	hash_text(&h, b);
	sha256_digest(&h, sizeof(digest), digest);
	return be64_load(digest);
}

static void refuse(struct http_call *c, const struct web_fault *f)
{
	c->s->counters.refused++;
	say_fault(c, f);
}

/* A replica that has just come back does not know its name until the log has said it. */
static bool unnamed(struct vnoded *d)
{
	return replica_by_name(d, bytes_str("")) != NULL;
}

static void ask(struct http_call *c, const struct web_call *w, const char *who)
{
	struct replica *r = replica_by_name(c->s->d, w->name);
	struct call_request q = { .kind = w->read_only ? CALL_READ : CALL_REQUEST,
				  .operation = w->operation,
				  .args = w->args };
	struct web_fault none = fault_of(c, WIRE_VN_RESULT_NO_GROUP);

	if (!r && unnamed(c->s->d)) {
		c->reply.retry = RETRY_S;
		none = fault_of(c, WIRE_VN_RESULT_NOT_LEADER);
	}
	if (!r || w->operation.len > WIRE_VH_OP_MAX) {
		refuse(c, &none);
		return;
	}
	q.group = r->id;
	if (c->keyed) {
		c->s->counters.keyed++;
		q.session = ORDER_KEY | hash_two(bytes_str(who), w->key);
		q.number = hash_two(w->operation, w->args) | 1;
	}
	c->call = call_begin(c->s->d, &q, answered, c);
}

void http_call_begin(struct http_call *c, const struct web_request *q, const char *who)
{
	static const struct web_fault nobody = { 403, "a client certificate is needed", "no" };
	static struct web_call_room room;
	struct web_fault f;
	struct web_call w;
	bool good;

	c->s->counters.requests++;
	good = web_call_of(q, who && !*who, &room, &w, &f);
	c->reply =
		(struct web_reply){ .form = w.form, .keep = q->keep, .bare = q->verb == WEB_HEAD };
	c->keyed = good && !w.read_only && w.key.len;
	if (!who) {
		c->s->counters.anonymous++;
		refuse(c, &nobody);
	} else if (!good) {
		refuse(c, &f);
	} else {
		ask(c, &w, who);
	}
}

void http_call_end(struct http_call *c)
{
	if (!c->call)
		return;
	c->s->counters.gone++;
	call_cancel(c->call);
	c->call = NULL;
}
