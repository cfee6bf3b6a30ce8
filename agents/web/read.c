// SPDX-License-Identifier: GPL-2.0-or-later
#include <http_parser.h>
#include <stdlib.h>
#include <strings.h>

#include <web/web.h>

/**
 * struct web_reader - requests of one connection
 * @parser: of http-parser
 * @q: the request; its texts are set when it is whole
 * @fault: what is wrong; status 0 for nothing
 * @taken: bytes taken since the request began
 * @head_len: of these before the body
 * @fields: header fields seen
 * @target: text of the target
 * @target_len: its length
 * @name: text of the header field that is being read
 * @name_len: its length
 * @at: which one it is, WEB_FIELDS for none that is looked at
 * @in_value: its value is being read
 * @value: texts of those that are looked at
 * @value_len: their lengths
 * @body: body, from the heap
 * @body_len: bytes of it
 * @body_cap: bytes of that memory
 * @body_max: bytes that are allowed
 * @headed: the head is whole
 * @expects: the client waits for a word before it sends the body
 * @whole: the request is
 */
struct web_reader {
	http_parser parser;
	struct web_request q;
	struct web_fault fault;
	size_t taken;
	size_t head_len;
	uint32_t fields;
	char target[WEB_TARGET_MAX];
	size_t target_len;
	char name[WEB_FIELD_MAX];
	size_t name_len;
	enum web_field at;
	bool in_value;
	char value[WEB_FIELDS][WEB_FIELD_MAX];
	size_t value_len[WEB_FIELDS];
	uint8_t *body;
	size_t body_len;
	size_t body_cap;
	size_t body_max;
	bool headed;
	bool expects;
	bool whole;
};

static const char *const field_names[WEB_FIELDS] = {
	[WEB_HOST] = "Host",
	[WEB_ORIGIN] = "Origin",
	[WEB_CONTENT_TYPE] = "Content-Type",
	[WEB_ACCEPT] = "Accept",
	[WEB_EXPECT] = "Expect",
	[WEB_KEY] = "Idempotency-Key",
	[WEB_SOAP_ACTION] = "SOAPAction",
};

/* A callback that returns this ends the parser. */
static int bad(struct web_reader *r, int status, const char *why)
{
	r->fault = (struct web_fault){ status, why, "no" };
	return 1;
}

static int on_url(http_parser *p, const char *text, size_t len)
{
	struct web_reader *r = p->data;

	if (len > sizeof(r->target) - r->target_len)
		return bad(r, 414, "the target is too long");
	memcpy(r->target + r->target_len, text, len);
	r->target_len += len;
	return 0;
}

/* Trailers say nothing that is looked at. */
static int on_field(http_parser *p, const char *text, size_t len)
{
	struct web_reader *r = p->data;

	if (r->headed)
		return 0;
	if (r->in_value || !r->fields) {
		r->in_value = false;
		r->name_len = 0;
		if (++r->fields > WEB_FIELDS_MAX)
			return bad(r, 431, "too many header fields");
	}
	if (len > sizeof(r->name) - r->name_len)
		return bad(r, 431, "the name of a header field is too long");
	memcpy(r->name + r->name_len, text, len);
	r->name_len += len;
	return 0;
}

static int begin_value(struct web_reader *r)
{
	r->in_value = true;
	for (r->at = 0; r->at < WEB_FIELDS; r->at++) {
		if (strlen(field_names[r->at]) == r->name_len &&
		    !strncasecmp(field_names[r->at], r->name, r->name_len))
			break;
	}
	/* the first one of a list counts; two of anything else contradict each other */
	if (r->at < WEB_FIELDS && r->q.has[r->at]) {
		if (r->at != WEB_ACCEPT)
			return bad(r, 400, "a header field is there twice");
		r->at = WEB_FIELDS;
	}
	if (r->at < WEB_FIELDS)
		r->q.has[r->at] = true;
	return 0;
}

static int on_value(http_parser *p, const char *text, size_t len)
{
	struct web_reader *r = p->data;

	if (r->headed)
		return 0;
	if (!r->in_value && begin_value(r))
		return 1;
	if (r->at == WEB_FIELDS)
		return 0;
	if (len > WEB_FIELD_MAX - r->value_len[r->at]) {
		/* what it accepts is a wish, and browsers have many */
		if (r->at != WEB_ACCEPT)
			return bad(r, 431, "a header field is too long");
		len = WEB_FIELD_MAX - r->value_len[r->at];
	}
	memcpy(r->value[r->at] + r->value_len[r->at], text, len);
	r->value_len[r->at] += len;
	return 0;
}

static int take_verb(struct web_reader *r)
{
	switch (r->parser.method) {
	case HTTP_GET:
		r->q.verb = WEB_GET;
		return 0;
	case HTTP_HEAD:
		r->q.verb = WEB_HEAD;
		return 0;
	case HTTP_POST:
		r->q.verb = WEB_POST;
		return 0;
	default:
		return bad(r, 501, "there are GET, HEAD and POST");
	}
}

static int take_expect(struct web_reader *r)
{
	static const char word[] = "100-continue";

	if (!r->q.has[WEB_EXPECT] || !r->parser.http_minor)
		return 0;
	if (r->value_len[WEB_EXPECT] != sizeof(word) - 1 ||
	    strncasecmp(r->value[WEB_EXPECT], word, sizeof(word) - 1))
		return bad(r, 417, "100-continue can be expected, nothing else");
	r->expects = true;
	return 0;
}

static int on_head(http_parser *p)
{
	struct web_reader *r = p->data;

	r->headed = true;
	r->q.keep = http_should_keep_alive(p);
	/* another protocol may be offered; it is not taken */
	p->upgrade = 0;
	if (p->http_major != 1)
		return bad(r, 505, "this is HTTP/1.1");
	if (p->http_minor && !r->q.has[WEB_HOST])
		return bad(r, 400, "there is no Host");
	if (p->content_length != UINT64_MAX && p->content_length > r->body_max)
		return bad(r, 413, "the body is too long");
	return take_verb(r) || take_expect(r);
}

static bool body_room(struct web_reader *r, size_t len)
{
	size_t cap = r->body_cap ? r->body_cap : 512;
	uint8_t *body;

	while (cap < r->body_len + len)
		cap *= 2;
	if (cap == r->body_cap)
		return true;
	body = realloc(r->body, cap);
	if (!body)
		return false;
	r->body = body;
	r->body_cap = cap;
	return true;
}

static int on_body(http_parser *p, const char *text, size_t len)
{
	struct web_reader *r = p->data;

	if (len > r->body_max - r->body_len)
		return bad(r, 413, "the body is too long");
	if (!body_room(r, len))
		return bad(r, 503, "out of memory");
	memcpy(r->body + r->body_len, text, len);
	r->body_len += len;
	return 0;
}

static int on_whole(http_parser *p)
{
	struct web_reader *r = p->data;

	r->whole = true;
	http_parser_pause(p, 1);
	return 0;
}

static const http_parser_settings settings = {
	.on_url = on_url,
	.on_header_field = on_field,
	.on_header_value = on_value,
	.on_headers_complete = on_head,
	.on_body = on_body,
	.on_message_complete = on_whole,
};

struct web_reader *web_reader_new(size_t body_max)
{
	struct web_reader *r = calloc(1, sizeof(*r));

	if (!r)
		return NULL;
	r->body_max = body_max;
	http_parser_init(&r->parser, HTTP_REQUEST);
	r->parser.data = r;
	return r;
}

void web_reader_free(struct web_reader *r)
{
	if (!r)
		return;
	free(r->body);
	free(r);
}

static void set_texts(struct web_reader *r)
{
	r->q.target = bytes_of(r->target, r->target_len);
	r->q.body = bytes_of(r->body, r->body_len);
	for (int i = 0; i < WEB_FIELDS; i++)
		r->q.field[i] = bytes_of(r->value[i], r->value_len[i]);
}

/* The limits that http-parser does not have, or has for all connections alike. */
static void check_size(struct web_reader *r)
{
	if (!r->headed && r->taken > WEB_HEAD_MAX)
		bad(r, 431, "the head is too long");
	else if (r->headed && r->taken - r->head_len > r->body_max + WEB_CHUNKING_MAX)
		bad(r, 413, "the body is too long");
}

/* A piece at a time, so that no limit is passed by more than that. */
static size_t read_piece(struct web_reader *r, const uint8_t *data, size_t len)
{
	bool headed = r->headed;
	size_t n = http_parser_execute(&r->parser, &settings, (const char *)data, len);

	r->taken += n;
	if (!headed)
		r->head_len = r->taken;
	if (!r->fault.status && !r->whole && HTTP_PARSER_ERRNO(&r->parser) != HPE_OK)
		bad(r, 400, http_errno_description(HTTP_PARSER_ERRNO(&r->parser)));
	if (!r->fault.status && !r->whole)
		check_size(r);
	return n;
}

enum web_result web_read(struct web_reader *r, struct bytes data, size_t *used)
{
	*used = 0;
	while (!r->fault.status && !r->whole && *used < data.len) {
		size_t len = data.len - *used;

		*used += read_piece(r, data.data + *used, len < 4096 ? len : 4096);
	}
	if (r->fault.status)
		return WEB_BAD;
	if (!r->whole)
		return WEB_MORE;
	set_texts(r);
	return WEB_READY;
}

void web_next(struct web_reader *r)
{
	http_parser_pause(&r->parser, 0);
	r->q = (struct web_request){ .keep = false };
	r->taken = 0;
	r->head_len = 0;
	r->fields = 0;
	r->target_len = 0;
	r->in_value = false;
	r->headed = false;
	r->expects = false;
	r->whole = false;
	memset(r->value_len, 0, sizeof(r->value_len));
	free(r->body);
	r->body = NULL;
	r->body_len = 0;
	r->body_cap = 0;
}

bool web_begun(const struct web_reader *r)
{
	return r->taken != 0;
}

bool web_expects(struct web_reader *r)
{
	bool expects = r->expects && !r->body_len;

	r->expects = false;
	return expects;
}

const struct web_request *web_request(const struct web_reader *r)
{
	return &r->q;
}

const struct web_fault *web_reader_fault(const struct web_reader *r)
{
	return &r->fault;
}
