// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <web/web.h>

#define BODY_MAX 100

static char said[4096];

/* The call, or the fault, as text. */
static void show(const struct web_request *q, bool local)
{
	static const char *const forms[] = { "raw", "json", "soap" };
	struct web_call_room room;
	struct web_fault f;
	struct web_call c;

	if (!web_call_of(q, local, &room, &c, &f)) {
		snprintf(said, sizeof(said), "%d %s", f.status, f.why);
		return;
	}
	snprintf(said, sizeof(said), "%s %s [%.*s] [%.*s] [%.*s] [%.*s]%s", forms[c.form],
		 c.read_only ? "read" : "do", (int)c.name.len, c.name.data, (int)c.operation.len,
		 c.operation.data, (int)c.args.len, c.args.len ? (const char *)c.args.data : "",
		 (int)c.key.len, c.key.len ? (const char *)c.key.data : "",
		 q->keep ? "" : " close");
}

/* In pieces of @piece bytes, each from memory of its exact length. */
static size_t feed(struct web_reader *r, const char *text, size_t piece, bool local)
{
	size_t at = 0, len = strlen(text), used;
	enum web_result result = WEB_MORE;

	while (result == WEB_MORE && at < len) {
		size_t n = len - at < piece ? len - at : piece;
		uint8_t *data = malloc(n);

		memcpy(data, text + at, n);
		result = web_read(r, bytes_of(data, n), &used);
		free(data);
		at += used;
	}
	if (result == WEB_MORE)
		strcpy(said, "more");
	else if (result == WEB_BAD)
		snprintf(said, sizeof(said), "bad %d %s", web_reader_fault(r)->status,
			 web_reader_fault(r)->why);
	else
		show(web_request(r), local);
	return at;
}

static void check_local(const char *text, const char *want, bool local)
{
	static const size_t pieces[] = { 1, 2, 7, 100000 };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct web_reader *r = web_reader_new(BODY_MAX);

		feed(r, text, pieces[i], local);
		assert_string_equal(said, want);
		web_reader_free(r);
	}
}

static void check(const char *text, const char *want)
{
	check_local(text, want, false);
}

#define H "Host: h\r\n"

static void test_calls(void **state)
{
	check("POST /bank/move HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc",
	      "raw do [bank] [move] [abc] []");
	check("POST /bank/move HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
	      "2\r\nab\r\n1;x=y\r\nc\r\n0\r\nTrail: 1\r\n\r\n",
	      "raw do [bank] [move] [abc] []");
	check("GET /b%61nk/show?a%20b+%2Bc HTTP/1.1\r\n" H "\r\n",
	      "raw read [bank] [show] [a b++c] []");
	check("HEAD http://h/bank/show HTTP/1.1\r\n" H "\r\n", "raw read [bank] [show] [] []");
	check("POST /bank/move HTTP/1.0\r\n\r\n", "raw do [bank] [move] [] [] close");
	check("POST /bank/move HTTP/1.1\r\n" H "Connection: close\r\n\r\n",
	      "raw do [bank] [move] [] [] close");
	check("POST /b/m HTTP/1.1\r\n" H "idempotency-key: \"a-1\"\r\nContent-Length: 1\r\n"
	      "Content-Type: application/json; charset=utf-8\r\n\r\n1",
	      "json do [b] [m] [1] [a-1]");
	check("POST /b/m HTTP/1.1\r\n" H "Idempotency-Key: a-2\r\n\r\n", "raw do [b] [m] [] [a-2]");
	check("POST /b/m/n HTTP/1.1\r\n" H "Upgrade: h2c\r\nConnection: Upgrade\r\n"
	      "Content-Length: 1\r\n\r\n1",
	      "raw do [b] [m/n] [1] []");
	check("GET /b/m HTTP/1.1\r\n" H "Accept: application/json\r\nAccept: a/b\r\n\r\n",
	      "json read [b] [m] [] []");
}

static void test_soap(void **state)
{
	check("POST /bank HTTP/1.1\r\n" H "SOAPAction: \"urn:bank#move\"\r\n"
	      "Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n<e/>",
	      "soap do [bank] [move] [<e/>] []");
	check("POST /bank HTTP/1.1\r\n" H "SOAPAction: move\r\n\r\n",
	      "soap do [bank] [move] [] []");
	check("POST /bank/show HTTP/1.1\r\n" H "SOAPAction: \"\"\r\n\r\n",
	      "soap do [bank] [show] [] []");
	check("POST /bank HTTP/1.1\r\n" H "Content-Type: text/xml\r\n\r\n",
	      "404 a target is /NAME/OPERATION");
}

static void test_refused(void **state)
{
	check("POST / HTTP/1.1\r\n" H "\r\n", "404 a target is /NAME/OPERATION");
	check("POST /bank HTTP/1.1\r\n" H "\r\n", "404 a target is /NAME/OPERATION");
	check("GET /b/m%4 HTTP/1.1\r\n" H "\r\n", "400 the target cannot be understood");
	check("GET /b/m?%zz HTTP/1.1\r\n" H "\r\n", "400 the query cannot be decoded");
	check("GET /b/m HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\n1",
	      "400 GET has no body; arguments are the query");
	check("POST /b/m HTTP/1.1\r\n" H "Idempotency-Key: \"\"\r\n\r\n",
	      "400 the Idempotency-Key is empty");
	check("POST /b/m HTTP/1.1\r\n" H "Origin: http://evil\r\n\r\n",
	      "403 pages of browsers may not use this");
	check_local("GET /b/m HTTP/1.1\r\nHost: evil.example:80\r\n\r\n",
		    "403 pages of browsers may not use this", true);
	check_local("GET /b/m HTTP/1.1\r\nHost: localhost:80\r\n\r\n", "raw read [b] [m] [] []",
		    true);
	check_local("GET /b/m HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n", "raw read [b] [m] [] []",
		    true);
	check_local("GET /b/m HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "raw read [b] [m] [] []", true);
}

static void test_bad(void **state)
{
	check("PUT /b/m HTTP/1.1\r\n" H "\r\n", "bad 501 there are GET, HEAD and POST");
	check("POST /b/m HTTP/1.1\r\n\r\n", "bad 400 there is no Host");
	check("POST /b/m HTTP/2.0\r\n" H "\r\n", "bad 505 this is HTTP/1.1");
	check("POST /b/m HTTP/1.1\r\n" H "Content-Length: 101\r\n\r\n",
	      "bad 413 the body is too long");
	check("POST /b/m HTTP/1.1\r\n" H "Expect: wonders\r\n\r\n",
	      "bad 417 100-continue can be expected, nothing else");
	check("POST /b/m HTTP/1.1\r\n" H "Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n",
	      "bad 400 a header field is there twice");
	/* two lengths, or a length and chunks: whoever stands between would see another request */
	check("POST /b/m HTTP/1.1\r\n" H "Content-Length: 1\r\nContent-Length: 2\r\n\r\n1",
	      "bad 400 unexpected content-length header");
	check("POST /b/m HTTP/1.1\r\n" H "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
	      "bad 400 unexpected content-length header");
	check("POST /b/m HTTP/1.1\r\n" H "Transfer-Encoding: chunked, gzip\r\n\r\n",
	      "bad 400 request has invalid transfer-encoding");
	check("\x16\x03\x01", "bad 400 invalid HTTP method");
}

/* @n times @c between two texts. */
static const char *filled(const char *before, char c, size_t n, const char *after)
{
	static char text[WEB_CHUNKING_MAX + 3 * 4096];
	size_t at = strlen(before);

	memcpy(text, before, at);
	memset(text + at, c, n);
	strcpy(text + at + n, after);
	return text;
}

static void test_limits(void **state)
{
	char fields[WEB_FIELDS_MAX * 8 + 64] = "GET /b/m HTTP/1.1\r\n" H;

	check(filled("GET /b/", 'm', WEB_TARGET_MAX, " HTTP/1.1\r\n" H "\r\n"),
	      "bad 414 the target is too long");
	check(filled("GET /b/", 'm', WEB_NAME_MAX + 1, " HTTP/1.1\r\n" H "\r\n"),
	      "400 the target cannot be understood");
	check(filled("GET /b/m HTTP/1.1\r\n" H "Idempotency-Key: ", 'k', WEB_FIELD_MAX + 1,
		     "\r\n\r\n"),
	      "bad 431 a header field is too long");
	check(filled("GET /b/m HTTP/1.1\r\n" H "Accept: ", 'k', WEB_FIELD_MAX + 1, "\r\n\r\n"),
	      "raw read [b] [m] [] []");
	check(filled("GET /b/m HTTP/1.1\r\n" H "X: ", 'k', WEB_HEAD_MAX + 4096, "\r\n\r\n"),
	      "bad 431 the head is too long");
	check(filled("GET /b/m HTTP/1.1\r\n", 'X', WEB_FIELD_MAX + 1, ": 1\r\n\r\n"),
	      "bad 431 the name of a header field is too long");
	for (int i = 0; i < WEB_FIELDS_MAX; i++)
		strcat(fields, "X: 1\r\n");
	strcat(fields, "\r\n");
	check(fields, "bad 431 too many header fields");
	check(filled("POST /b/m HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n1;", 'x',
		     WEB_CHUNKING_MAX + 2 * 4096, "\r\na\r\n"),
	      "bad 413 the body is too long");
	check(filled("POST /b/m HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n100\r\n", 'x',
		     256, "\r\n0\r\n\r\n"),
	      "bad 413 the body is too long");
}

static void test_one_after_the_other(void **state)
{
	const char *text = "POST /b/m HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\n1"
			   "GET /c/n HTTP/1.1\r\n" H "\r\n";
	struct web_reader *r = web_reader_new(BODY_MAX);
	size_t used = feed(r, text, 100000, false);

	assert_string_equal(said, "raw do [b] [m] [1] []");
	assert_true(web_begun(r));
	web_next(r);
	assert_false(web_begun(r));
	feed(r, text + used, 100000, false);
	assert_string_equal(said, "raw read [c] [n] [] []");
	web_reader_free(r);
}

static void test_continue(void **state)
{
	struct web_reader *r = web_reader_new(BODY_MAX);

	feed(r, "POST /b/m HTTP/1.1\r\n" H "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n", 100,
	     false);
	assert_string_equal(said, "more");
	assert_true(web_expects(r));
	assert_false(web_expects(r));
	feed(r, "1", 1, false);
	assert_string_equal(said, "raw do [b] [m] [1] []");
	web_reader_free(r);
}

static const char *written(struct buf *b)
{
	b->data[b->len] = 0;
	return (const char *)b->data;
}

static void test_replies(void **state)
{
	uint8_t room[WEB_REPLY_MAX + 100];
	struct buf b = buf_of(room, sizeof(room) - 1);
	struct web_reply r = { .status = 200, .form = WEB_JSON, .keep = true, .index = 9 };
	struct web_fault f = { 503, "no leader", "no" };

	r.data = bytes_str("[1]");
	web_reply_write(&r, &b);
	assert_string_equal(written(&b),
			    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
			    "Content-Length: 3\r\nCache-Control: no-store\r\n"
			    "X-Content-Type-Options: nosniff\r\nXos-Index: 9\r\n\r\n[1]");
	r.bare = true;
	b.len = 0;
	web_reply_write(&r, &b);
	assert_string_equal(strstr(written(&b), "\r\n\r\n"), "\r\n\r\n");
	r = (struct web_reply){ .form = WEB_RAW, .retry = 1 };
	b.len = 0;
	web_fault_write(&r, &f, &b);
	assert_non_null(strstr(written(&b), "HTTP/1.1 503 Service Unavailable\r\n"));
	assert_non_null(strstr(written(&b), "Retry-After: 1\r\nXos-Executed: no\r\n"
					    "Connection: close\r\n\r\n"));
	assert_non_null(strstr(written(&b), "{\"title\":\"Service Unavailable\",\"status\":503,"
					    "\"detail\":\"no leader\",\"executed\":\"no\"}\n"));
}

static void test_soap_faults(void **state)
{
	uint8_t room[WEB_REPLY_MAX + 100];
	struct buf b = buf_of(room, sizeof(room) - 1);
	struct web_reply r = { .form = WEB_SOAP };
	struct web_fault f = { 404, "none", "no" };

	web_fault_write(&r, &f, &b);
	assert_non_null(strstr(written(&b), "HTTP/1.1 500 Internal Server Error\r\n"
					    "Content-Type: text/xml; charset=utf-8\r\n"));
	assert_non_null(strstr(written(&b), "<faultcode>soap:Client</faultcode>"
					    "<faultstring>none</faultstring></soap:Fault>"));
	f = (struct web_fault){ 504, "lost", "unknown" };
	b.len = 0;
	web_fault_write(&r, &f, &b);
	assert_non_null(strstr(written(&b), "<faultcode>soap:Server</faultcode>"));
	assert_non_null(
		strstr(written(&b), "<x:status>504</x:status><x:executed>unknown</x:executed>"));
	assert_int_equal(web_status_of(0), 200);
	assert_int_equal(web_status_of(ENOENT), 404);
	assert_int_equal(web_status_of(EPIPE), 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calls),	    cmocka_unit_test(test_soap),
		cmocka_unit_test(test_refused),	    cmocka_unit_test(test_bad),
		cmocka_unit_test(test_limits),	    cmocka_unit_test(test_one_after_the_other),
		cmocka_unit_test(test_continue),    cmocka_unit_test(test_replies),
		cmocka_unit_test(test_soap_faults),
	};

	return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
