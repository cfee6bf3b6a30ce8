// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <http_parser.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include <base/assert.h>
#include <web/web.h>

static const char *const types[] = {
	[WEB_RAW] = "application/octet-stream",
	[WEB_JSON] = "application/json",
	[WEB_SOAP] = "text/xml; charset=utf-8",
};

__attribute__((format(printf, 2, 3))) static void put(struct buf *b, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf((char *)b->data + b->len, b->cap - b->len, format, args);
	va_end(args);
	xassert(n >= 0 && (size_t)n < b->cap - b->len);
	b->len += (size_t)n;
}

static void write_reply(const struct web_reply *r, const char *type, struct buf *out)
{
	put(out, "HTTP/1.1 %d %s\r\n", r->status, http_status_str((enum http_status)r->status));
	put(out, "Content-Type: %s\r\nContent-Length: %zu\r\n", type, r->data.len);
	put(out, "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
	if (r->status == 405)
		put(out, "Allow: POST\r\n");
	if (r->retry)
		put(out, "Retry-After: %u\r\n", r->retry);
	if (r->index)
		put(out, "Xos-Index: %" PRIu64 "\r\n", r->index);
	if (r->executed)
		put(out, "Xos-Executed: %s\r\n", r->executed);
	put(out, "%s\r\n", r->keep ? "" : "Connection: close\r\n");
	if (!r->bare)
		xassert(!buf_append(out, r->data.data, r->data.len));
}

void web_reply_write(const struct web_reply *r, struct buf *out)
{
	write_reply(r, types[r->form], out);
}

/*
 * "Client" when the message itself is at fault. The detail says that the body was, or may
 * have been, processed; without it, it was not (SOAP 1.1, section 4.4).
 */
static void put_soap(const struct web_fault *f, struct buf *b)
{
	put(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	       "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">"
	       "<soap:Body><soap:Fault>");
	put(b, "<faultcode>soap:%s</faultcode><faultstring>%s</faultstring>",
	    f->status < 500 ? "Client" : "Server", f->why);
	if (strcmp(f->executed, "no"))
		put(b,
		    "<detail><x:failure xmlns:x=\"urn:xos:virtual-node\">"
		    "<x:status>%d</x:status><x:executed>%s</x:executed></x:failure></detail>",
		    f->status, f->executed);
	put(b, "</soap:Fault></soap:Body></soap:Envelope>\n");
}

void web_fault_write(const struct web_reply *r, const struct web_fault *f, struct buf *out)
{
	char text[768];
	struct buf b = buf_of(text, sizeof(text));
	struct web_reply whole = *r;

	whole.status = f->status;
	whole.executed = f->executed;
	if (r->form == WEB_SOAP) {
		put_soap(f, &b);
		whole.status = 500;
	} else {
		put(&b, "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"executed\":\"%s\"}\n",
		    http_status_str((enum http_status)f->status), f->status, f->why, f->executed);
	}
	whole.data = buf_bytes(&b);
	write_reply(&whole, r->form == WEB_SOAP ? types[WEB_SOAP] : "application/problem+json",
		    out);
}

int web_status_of(int error)
{
	switch (error) {
	case 0:
		return 200;
	case EINVAL:
	case EDOM:
	case ERANGE:
	case EBADMSG:
		return 400;
	case EPERM:
	case EACCES:
		return 403;
	case ENOENT:
		return 404;
	case EEXIST:
		return 409;
	case ENOSYS:
	case EOPNOTSUPP:
		return 501;
	case ETIMEDOUT:
		return 504;
	case ENOSPC:
		return 507;
	default:
		return 500;
	}
}
