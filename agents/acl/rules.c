// SPDX-License-Identifier: GPL-2.0-or-later
/* The text of the rules, and what follows from them. */
#include <acl/acl.h>

#include <errno.h>

#include <base/escape.h>

static const char *const right_names[] = { "none", "read", "write" };
static const char items_word[] = "items=";

const char *acl_right_text(const struct acl_rule *rule, char *out)
{
	const char *word = rule->right == ACL_ITEMS ? items_word : right_names[rule->right];
	size_t len = strlen(word), digits = 1;
	uint64_t n = rule->items;

	memcpy(out, word, len + 1);
	if (rule->right != ACL_ITEMS)
		return out;
	for (uint64_t rest = n; rest >= 10; rest /= 10)
		digits++;
	out[len + digits] = '\0';
	for (; digits; digits--, n /= 10)
		out[len + digits - 1] = (char)('0' + n % 10);
	return out;
}

/* A number without a sign or zeroes before it. */
static bool parse_number(struct bytes word, uint64_t *out)
{
	*out = 0;
	if (!word.len || word.len > 18 || (word.data[0] == '0' && word.len > 1))
		return false;
	for (size_t i = 0; i < word.len; i++) {
		if (word.data[i] < '0' || word.data[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(word.data[i] - '0');
	}
	return true;
}

bool acl_right_parse(struct bytes word, struct acl_rule *rule)
{
	const size_t len = sizeof(items_word) - 1;

	rule->right = ACL_NONE;
	rule->items = 0;
	for (int i = ACL_READ; i <= ACL_WRITE; i++) {
		if (bytes_eq(word, bytes_str(right_names[i])))
			rule->right = (enum acl_right)i;
	}
	if (bytes_has_prefix(word, bytes_str(items_word)) &&
	    parse_number(bytes_of(word.data + len, word.len - len), &rule->items))
		rule->right = ACL_ITEMS;
	return rule->right != ACL_NONE;
}

/* Letters, digits, ".", "-" and "_", as in certificates; or everybody. */
static bool name_good(struct bytes name)
{
	if (bytes_eq(name, bytes_str(ACL_EVERYBODY)))
		return true;
	if (!name.len || name.len >= ACL_NAME_MAX)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = name.data[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    c != '.' && c != '-' && c != '_')
			return false;
	}
	return true;
}

/* The next line; false at the end. */
static bool next_line(struct bytes *text, struct bytes *line)
{
	const uint8_t *end;

	if (!text->len)
		return false;
	end = memchr(text->data, '\n', text->len);
	line->data = text->data;
	line->len = end ? (size_t)(end - text->data) : text->len;
	text->data += line->len + !!end;
	text->len -= line->len + !!end;
	return true;
}

static struct bytes next_word(struct bytes *line)
{
	struct bytes word = { line->data, 0 };

	while (word.len < line->len && line->data[word.len] != ' ')
		word.len++;
	line->data += word.len;
	line->len -= word.len;
	if (line->len) {
		line->data++;
		line->len--;
	}
	return word;
}

#define PREFIX_TEXT_MAX (4 * DHT_KEY_MAX)

/* A line as a rule. Its prefix is unescaped into @room, of PREFIX_TEXT_MAX bytes. */
static int read_rule(struct bytes line, struct acl_rule *rule, uint8_t *room)
{
	struct bytes prefix;
	int n;

	rule->who = next_word(&line);
	acl_right_parse(next_word(&line), rule);
	prefix = next_word(&line);
	if (!name_good(rule->who) || !rule->right || line.len || prefix.len > PREFIX_TEXT_MAX)
		return -EINVAL;
	n = escape_undo((const char *)prefix.data, prefix.len, room);
	if (n < 0 || n > DHT_KEY_MAX)
		return -EINVAL;
	rule->prefix = bytes_of(room, (size_t)n);
	return 0;
}

/* The first rule of a name; @rules->n when there is none behind it. */
static uint32_t first_of(const struct acl_rules *rules, struct bytes who)
{
	uint32_t lo = 0, hi = rules->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (bytes_cmp(rules->v[mid].who, who) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Keep a copy of some bytes: they are shorter than the text that they come from. */
static struct bytes keep(struct acl_rules *rules, size_t *used, struct bytes s)
{
	uint8_t *to = rules->text + *used;

	if (s.len)
		memcpy(to, s.data, s.len);
	*used += s.len;
	return bytes_of(to, s.len);
}

static void insert(struct acl_rules *rules, const struct acl_rule *rule)
{
	uint32_t at = first_of(rules, rule->who);

	while (at < rules->n && bytes_eq(rules->v[at].who, rule->who))
		at++;
	memmove(&rules->v[at + 1], &rules->v[at], (rules->n - at) * sizeof(*rule));
	rules->v[at] = *rule;
	rules->n++;
}

int acl_parse(struct acl_rules *rules, struct bytes text, uint32_t *line)
{
	uint8_t room[PREFIX_TEXT_MAX];
	struct acl_rule rule;
	struct bytes one;
	size_t used = 0;

	*line = 0;
	rules->n = 0;
	if (text.len > ACL_TEXT_MAX)
		return -E2BIG;
	while (next_line(&text, &one)) {
		++*line;
		if (rules->n == ACL_RULES_MAX)
			return -E2BIG;
		if (read_rule(one, &rule, room))
			return -EINVAL;
		rule.who = keep(rules, &used, rule.who);
		rule.prefix = keep(rules, &used, rule.prefix);
		insert(rules, &rule);
	}
	return 0;
}

/* Are all keys from @from to before @to among those that begin with @prefix? */
static bool covers(struct bytes prefix, struct bytes from, struct bytes to)
{
	uint8_t end[DHT_KEY_MAX];
	size_t len = prefix.len;

	if (!bytes_has_prefix(from, prefix))
		return false;
	/* The first key behind them is the prefix with its last byte one higher. */
	while (len && prefix.data[len - 1] == 0xff)
		len--;
	if (!len)
		return true;
	memcpy(end, prefix.data, len);
	end[len - 1]++;
	return bytes_cmp(to, bytes_of(end, len)) <= 0;
}

/**
 * struct question - what somebody wants to do
 * @right: what
 * @from: with which key, or from which one on
 * @to: behind the last one; empty: with @from only
 */
struct question {
	enum acl_right right;
	struct bytes from;
	struct bytes to;
};

/* 1: a rule of this name allows it; 0: none does; -1: there is none. */
static int ask(const struct acl_rules *rules, const char *name, const struct question *q)
{
	struct bytes who = bytes_str(name);
	int res = -1;

	for (uint32_t i = first_of(rules, who); i < rules->n; i++) {
		const struct acl_rule *r = &rules->v[i];

		if (!bytes_eq(r->who, who))
			break;
		if (r->right == ACL_ITEMS)
			continue;
		if (r->right >= q->right && (q->to.len ? covers(r->prefix, q->from, q->to) :
							 bytes_has_prefix(q->from, r->prefix)))
			return 1;
		res = 0;
	}
	return res;
}

static bool allow(const struct acl_rules *rules, const char *who, const struct question *q)
{
	int res = ask(rules, who, q);

	if (res < 0)
		res = ask(rules, ACL_EVERYBODY, q);
	return res != 0;
}

bool acl_rules_allow(const struct acl_rules *rules, const char *who, enum acl_right right,
		     struct bytes key)
{
	return allow(rules, who, &(struct question){ .right = right, .from = key });
}

bool acl_rules_allow_range(const struct acl_rules *rules, const char *who, struct bytes from,
			   struct bytes to)
{
	return allow(rules, who, &(struct question){ .right = ACL_READ, .from = from, .to = to });
}

/* The next quota with this name from @at on; @any: was there one for any key? */
static const struct acl_rule *next_quota(const struct acl_rules *rules, struct bytes who,
					 struct bytes key, uint32_t *at, bool *any)
{
	*any = false;
	while (*at < rules->n) {
		const struct acl_rule *r = &rules->v[*at];

		if (!bytes_eq(r->who, who))
			break;
		++*at;
		if (r->right != ACL_ITEMS)
			continue;
		*any = true;
		if (bytes_has_prefix(key, r->prefix))
			return r;
	}
	return NULL;
}

const struct acl_rule *acl_rules_quota(const struct acl_rules *rules, const char *who,
				       struct bytes key, uint32_t *at)
{
	uint32_t first = first_of(rules, bytes_str(who)), from = first;
	bool any;

	/* Who has a quota of its own does not have that of everybody. */
	next_quota(rules, bytes_str(who), bytes_of(NULL, 0), &from, &any);
	if (!any) {
		who = ACL_EVERYBODY;
		first = first_of(rules, bytes_str(who));
	}
	if (*at < first)
		*at = first;
	return next_quota(rules, bytes_str(who), key, at, &any);
}

/* --- changes ------------------------------------------------------------------------ */

static bool alike(const struct acl_rule *have, const struct acl_rule *want)
{
	return bytes_eq(have->who, want->who) &&
	       (!want->right || (have->right == want->right && have->items == want->items &&
				 bytes_eq(have->prefix, want->prefix)));
}

static int put_line(struct buf *out, struct bytes line)
{
	if (buf_append(out, line.data, line.len))
		return -EMSGSIZE;
	return buf_append(out, "\n", 1);
}

int acl_add(struct bytes text, const struct acl_rule *rule, struct buf *out)
{
	uint8_t room[PREFIX_TEXT_MAX];
	char right[ACL_RIGHT_MAX];
	struct acl_rule have;
	struct bytes line;

	if (!name_good(rule->who) || !rule->right || rule->prefix.len > DHT_KEY_MAX)
		return -EINVAL;
	while (next_line(&text, &line)) {
		if (!read_rule(line, &have, room) && alike(&have, rule))
			continue;
		if (put_line(out, line))
			return -EMSGSIZE;
	}
	acl_right_text(rule, right);
	if (buf_append(out, rule->who.data, rule->who.len) || buf_append(out, " ", 1) ||
	    buf_append(out, right, strlen(right)) ||
	    (rule->prefix.len && (buf_append(out, " ", 1) || escape_put(rule->prefix, out))))
		return -EMSGSIZE;
	return buf_append(out, "\n", 1);
}

int acl_del(struct bytes text, const struct acl_rule *rule, struct buf *out)
{
	uint8_t room[PREFIX_TEXT_MAX];
	struct acl_rule have;
	struct bytes line;
	int n = 0;

	while (next_line(&text, &line)) {
		if (!read_rule(line, &have, room) && alike(&have, rule))
			n++;
		else
			put_line(out, line);
	}
	return n;
}
