// SPDX-License-Identifier: GPL-2.0-or-later
/* What a request asks of which virtual node. */
#include <http_parser.h>
#include <strings.h>

#include <web/web.h>

static bool wrong(struct web_fault *f, int status, const char *why)
{
	*f = (struct web_fault){ status, why, "no" };
	return false;
}

/* Is this the media type, whatever its parameters? */
static bool is_type(struct bytes field, const char *type)
{
	size_t n = strlen(type);

	return field.len >= n && !strncasecmp((const char *)field.data, type, n) &&
	       (field.len == n || field.data[n] == ';' || field.data[n] == ' ');
}

static enum web_form form_of(const struct web_request *q)
{
	if (q->verb == WEB_POST &&
	    (q->has[WEB_SOAP_ACTION] || is_type(q->field[WEB_CONTENT_TYPE], "text/xml")))
		return WEB_SOAP;
	if (is_type(q->field[WEB_CONTENT_TYPE], "application/json") ||
	    is_type(q->field[WEB_ACCEPT], "application/json"))
		return WEB_JSON;
	return WEB_RAW;
}

static int digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undo %XX into @room; false: it does not fit, or is none. */
static bool decode(struct bytes text, uint8_t *room, size_t size, struct bytes *out)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		int hi, lo;

		if (n == size)
			return false;
		room[n] = text.data[i];
		if (text.data[i] == '%') {
			hi = i + 2 < text.len ? digit(text.data[i + 1]) : -1;
			lo = i + 2 < text.len ? digit(text.data[i + 2]) : -1;
			if (hi < 0 || lo < 0)
				return false;
			room[n] = (uint8_t)(hi << 4 | lo);
			i += 2;
		}
		n++;
	}
	*out = bytes_of(room, n);
	return true;
}

static struct bytes part_of(struct bytes target, const struct http_parser_url *u, int part)
{
	if (!(u->field_set & 1 << part))
		return bytes_of(NULL, 0);
	return bytes_of(target.data + u->field_data[part].off, u->field_data[part].len);
}

/* "/NAME/OPERATION" or "/NAME". */
static bool take_path(struct bytes path, struct web_call_room *room, struct web_call *c)
{
	struct bytes name = bytes_of(path.data + 1, path.len ? path.len - 1 : 0);
	const uint8_t *slash = name.len ? memchr(name.data, '/', name.len) : NULL;
	struct bytes operation = bytes_of(NULL, 0);

	if (!path.len)
		return false;
	if (slash) {
		operation = bytes_of(slash + 1, (size_t)(name.data + name.len - slash - 1));
		name.len = (size_t)(slash - name.data);
	}
	return decode(name, room->name, sizeof(room->name), &c->name) &&
	       decode(operation, room->operation, sizeof(room->operation), &c->operation);
}

static struct bytes unquoted(struct bytes text)
{
	if (text.len >= 2 && text.data[0] == '"' && text.data[text.len - 1] == '"')
		return bytes_of(text.data + 1, text.len - 2);
	return text;
}

static struct bytes action(struct bytes field)
{
	struct bytes text = unquoted(field);
	size_t from = text.len;

	while (from && !memchr("#/:", text.data[from - 1], 3))
		from--;
	return bytes_of(text.data + from, text.len - from);
}

/* An address, or "localhost"; with or without a port. */
static bool is_here(struct bytes host)
{
	static const char name[] = "localhost";
	const uint8_t *colon = host.len ? memchr(host.data, ':', host.len) : NULL;

	if (!host.len || host.data[0] == '[')
		return true;
	if (colon)
		host.len = (size_t)(colon - host.data);
	if (host.len == sizeof(name) - 1 && !strncasecmp((const char *)host.data, name, host.len))
		return true;
	for (size_t i = 0; i < host.len; i++) {
		if (host.data[i] != '.' && (host.data[i] < '0' || host.data[i] > '9'))
			return false;
	}
	return true;
}

/*
 * A page of a browser can have it send requests anywhere; its Origin gives it away. It
 * says none when the page came from the same name: one that was made to lead here.
 */
static bool browses(const struct web_request *q, bool local)
{
	return q->has[WEB_ORIGIN] || (local && !is_here(q->field[WEB_HOST]));
}

bool web_call_of(const struct web_request *q, bool local, struct web_call_room *room,
		 struct web_call *c, struct web_fault *f)
{
	struct http_parser_url u;

	memset(c, 0, sizeof(*c));
	c->form = form_of(q);
	c->read_only = q->verb != WEB_POST;
	c->args = q->body;
	http_parser_url_init(&u);
	if (browses(q, local))
		return wrong(f, 403, "pages of browsers may not use this");
	if (http_parser_parse_url((const char *)q->target.data, q->target.len, 0, &u) ||
	    !take_path(part_of(q->target, &u, UF_PATH), room, c))
		return wrong(f, 400, "the target cannot be understood");
	if (!c->operation.len && c->form == WEB_SOAP)
		c->operation = action(q->field[WEB_SOAP_ACTION]);
	if (!c->name.len || !c->operation.len)
		return wrong(f, 404, "a target is /NAME/OPERATION");
	if (c->read_only && q->body.len)
		return wrong(f, 400, "GET has no body; arguments are the query");
	if (c->read_only &&
	    !decode(part_of(q->target, &u, UF_QUERY), room->args, sizeof(room->args), &c->args))
		return wrong(f, 400, "the query cannot be decoded");
	if (!q->has[WEB_KEY])
		return true;
	c->key = unquoted(q->field[WEB_KEY]);
	if (!c->key.len)
		return wrong(f, 400, "the Idempotency-Key is empty");
	return true;
}
