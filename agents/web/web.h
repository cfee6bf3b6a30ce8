/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTTP/1.1, the side of a server, as clients of virtual nodes speak it: requests
 * are read, replies are written. Pure: no input or output; memory comes from the
 * heap, within the limits below.
 *
 * Sources: RFC 9110 (semantics), RFC 9112 (messages), RFC 9457 (problems), SOAP 1.1
 * (W3C note of 8 May 2000, sections 4.4 and 6), draft-ietf-httpapi-idempotency-key-header.
 * Messages are taken apart by http-parser, which libgit2 uses, too; only read.c and
 * target.c know it.
 */
#ifndef _XOS_WEB_WEB_H
#define _XOS_WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/buf.h>
#include <base/bytes.h>

/* Bytes of a request's target ("/NAME/OPERATION?QUERY"). */
#define WEB_TARGET_MAX	 8192
/* Bytes of all that comes before the body, and how many header fields. */
#define WEB_HEAD_MAX	 (24 * 1024)
#define WEB_FIELDS_MAX	 64
/* Bytes of a header field that is looked at. */
#define WEB_FIELD_MAX	 256
/* Bytes that a body in chunks may take beyond its contents and behind the head. */
#define WEB_CHUNKING_MAX (64 * 1024)
/* Bytes of a reply besides its data. */
#define WEB_REPLY_MAX	 1536
/* Room for the name of a virtual node, and of an operation. */
#define WEB_NAME_MAX	 256

/** enum web_field - header fields that are looked at */
enum web_field {
	WEB_HOST,
	WEB_ORIGIN,
	WEB_CONTENT_TYPE,
	WEB_ACCEPT,
	WEB_EXPECT,
	WEB_KEY,
	WEB_SOAP_ACTION,
	WEB_FIELDS
};

/** enum web_verb - what is asked for */
enum web_verb { WEB_GET, WEB_HEAD, WEB_POST };

/**
 * struct web_request - a request
 * @verb: what is asked for
 * @target: as it came
 * @field: header fields, empty when absent
 * @has: which of them there were
 * @body: its body
 * @keep: the connection may be used again
 */
struct web_request {
	enum web_verb verb;
	struct bytes target;
	struct bytes field[WEB_FIELDS];
	bool has[WEB_FIELDS];
	struct bytes body;
	bool keep;
};

/** enum web_result - what web_read() found */
enum web_result {
	/** @WEB_MORE: more bytes are needed */
	WEB_MORE,
	/** @WEB_READY: a whole request */
	WEB_READY,
	/** @WEB_BAD: no request; the connection cannot be used any more */
	WEB_BAD
};

/**
 * struct web_fault - why a request is not answered as it would like
 * @status: of HTTP
 * @why: for people; no text of the client
 * @executed: what became of the request itself: "no", "yes" or "unknown"
 */
struct web_fault {
	int status;
	const char *why;
	const char *executed;
};

struct web_reader;

/**
 * web_reader_new() - requests of one connection
 * @body_max: bytes of a body
 *
 * Return: the reader, or NULL without memory.
 */
struct web_reader *web_reader_new(size_t body_max);

/**
 * web_reader_free() - the connection is closed
 * @r: reader; NULL is ignored
 */
void web_reader_free(struct web_reader *r);

/**
 * web_read() - bytes came from the client
 * @r: reader
 * @data: bytes
 * @used: result: how many were taken; the others belong to the next request
 *
 * After WEB_READY the request stays until web_next().
 *
 * Return: what was found.
 */
enum web_result web_read(struct web_reader *r, struct bytes data, size_t *used);

/**
 * web_next() - the request was answered; the next one may come
 * @r: reader
 */
void web_next(struct web_reader *r);

/**
 * web_begun() - has anything of the next request come?
 * @r: reader
 */
bool web_begun(const struct web_reader *r);

/**
 * web_expects() - does the client wait for "100 Continue"? Says so once
 * @r: reader, after WEB_MORE
 */
bool web_expects(struct web_reader *r);

/**
 * web_request() - the request
 * @r: reader, after WEB_READY
 *
 * Return: valid until web_next().
 */
const struct web_request *web_request(const struct web_reader *r);

/**
 * web_reader_fault() - what is wrong
 * @r: reader, after WEB_BAD
 *
 * Return: as long as @r.
 */
const struct web_fault *web_reader_fault(const struct web_reader *r);

/** enum web_form - what bodies are, and so how errors are told */
enum web_form { WEB_RAW, WEB_JSON, WEB_SOAP };

/**
 * struct web_call - what a request asks of which virtual node
 * @form: of bodies
 * @read_only: only if the operation changes nothing
 * @name: of the virtual node
 * @operation: its operation
 * @args: its arguments
 * @key: Idempotency-Key, without quotes; empty without
 */
struct web_call {
	enum web_form form;
	bool read_only;
	struct bytes name;
	struct bytes operation;
	struct bytes args;
	struct bytes key;
};

/* Memory that the parts of a struct web_call lie in. */
struct web_call_room {
	uint8_t name[WEB_NAME_MAX];
	uint8_t operation[WEB_NAME_MAX];
	uint8_t args[WEB_TARGET_MAX];
};

/**
 * web_call_of() - what is asked
 * @q: request; what is in @c refers to it
 * @local: Host has to be an address or "localhost", so that no page that has a name
 *	for this machine can ask in the name of a browser
 * @room: memory of @c
 * @c: result; its form counts also after an error
 * @f: result: what is wrong
 *
 * "POST /NAME/OPERATION": the body is the arguments. "GET /NAME/OPERATION?ARGUMENTS": the
 * query is, decoded. "POST /NAME" with SOAPAction: what is behind the last '#', '/' or ':'
 * of that is the operation.
 *
 * Return: true; false with @f.
 */
bool web_call_of(const struct web_request *q, bool local, struct web_call_room *room,
		 struct web_call *c, struct web_fault *f);

/**
 * struct web_reply - a reply
 * @status: of HTTP
 * @form: of its data
 * @data: body
 * @keep: the connection stays open
 * @bare: without the body: it answers HEAD
 * @retry: seconds after which to try again; 0: nothing is said
 * @index: place of the request in the log; 0: nothing is said
 * @executed: what became of the request; NULL: nothing is said
 */
struct web_reply {
	int status;
	enum web_form form;
	struct bytes data;
	bool keep;
	bool bare;
	unsigned int retry;
	uint64_t index;
	const char *executed;
};

/**
 * web_reply_write() - write a reply
 * @r: reply
 * @out: where to; room for WEB_REPLY_MAX and the data
 */
void web_reply_write(const struct web_reply *r, struct buf *out);

/**
 * web_fault_write() - write a reply that tells of a fault
 * @r: reply; its form, keep, bare and retry count
 * @f: fault
 * @out: where to; room for WEB_REPLY_MAX
 *
 * A problem (RFC 9457), or a SOAP 1.1 fault with status 500. Xos-Executed tells whether
 * the request took effect; only "no" may be tried again without a key.
 */
void web_fault_write(const struct web_reply *r, const struct web_fault *f, struct buf *out);

/**
 * web_status_of() - the status for an error of a service
 * @error: errno
 *
 * Return: status of HTTP.
 */
int web_status_of(int error);

#endif
