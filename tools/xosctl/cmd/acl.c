// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"

#include <errno.h>
#include <string.h>

#include <acl/acl.h>
#include <wire/control.h>

#include "agent.h"
#include "text.h"

/* How often a change is tried again when somebody else changes something. */
#define TRIES 10

/**
 * struct text - the rules as the grid has them
 * @there: there are some
 * @len: bytes
 * @data: they
 */
struct text {
	bool there;
	size_t len;
	uint8_t data[ACL_TEXT_MAX];
};

static struct text have;

static int take_text(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_acl m;

	if (type != WIRE_CTL_ACL || wire_ctl_acl_decode(msg, &m))
		return -EPROTO;
	have.there = true;
	have.len = m.text.len;
	if (m.text.len)
		memcpy(have.data, m.text.data, m.text.len);
	return 0;
}

static struct bytes have_text(void)
{
	return bytes_of(have.data, have.len);
}

static int read_text(void)
{
	have.there = false;
	have.len = 0;
	return AGENT_REQUEST(AGENT_XOSD, ctl_acl_show, take_text, NULL);
}

static void print_rule(const struct acl_rule *rule)
{
	char who[ACL_NAME_MAX], right[ACL_RIGHT_MAX];

	print_open_object(NULL);
	print_string(PRINT_ANY, "user", "%s", text_of(rule->who, who, sizeof(who)));
	print_string(PRINT_ANY, "right", " %s", acl_right_text(rule, right));
	if (rule->prefix.len)
		print_bytes(PRINT_ANY, "prefix", " %s", rule->prefix);
	print_close_object();
	print_nl();
}

static int show(struct args *args)
{
	static struct acl_rules rules;
	const char *who = args_next(args);
	uint32_t line;
	int status;

	if (args_end(args) != EXIT_OK)
		return EXIT_SYNTAX;
	status = read_text();
	if (status != EXIT_OK)
		return status;
	if (acl_parse(&rules, have_text(), &line))
		return fail(EXIT_REFUSED, "line %u of the rules is not understood", line);
	print_open_array(NULL);
	for (uint32_t i = 0; i < rules.n; i++) {
		if (!who || bytes_eq(rules.v[i].who, bytes_str(who)))
			print_rule(&rules.v[i]);
	}
	print_close_array();
	return EXIT_OK;
}

/* WHO [RIGHT [PREFIX]] */
static int take_rule(struct args *args, bool whole, struct acl_rule *rule)
{
	char *who = args_next(args), *right = args_next(args), *prefix = args_next(args);

	*rule = (struct acl_rule){ .right = ACL_NONE };
	if (!who)
		return fail(EXIT_SYNTAX, "a user's name, or " ACL_EVERYBODY ", is missing");
	rule->who = bytes_str(who);
	if (right)
		acl_right_parse(bytes_str(right), rule);
	if (!rule->right && (right || whole))
		return fail(EXIT_SYNTAX, "the right is read, write, or the quota items=N");
	if (prefix && text_unescape(prefix, &rule->prefix))
		return fail(EXIT_SYNTAX, "the prefix: a backslash starts \\\\ or \\xHH");
	return args_end(args);
}

/* Replace what was read by @text, unless it has changed: then *again. */
static int write_text(struct bytes text, bool *again)
{
	struct buf b = buf_of(agent_request, sizeof(agent_request));
	struct wire_ctl_acl_set m = { .has_old = have.there, .old = have_text(), .new = text };
	struct client *c;
	int status = agent_open(AGENT_XOSD, &c), err;

	*again = false;
	if (status != EXIT_OK)
		return status;
	m.seq = client_next_seq(c);
	if (wire_ctl_acl_set_encode(&m, &b))
		return fail(EXIT_REFUSED, "there are too many rules");
	err = client_call(c, buf_bytes(&b), NULL, NULL);
	*again = err == -EEXIST;
	return *again ? EXIT_REFUSED : agent_verdict(c, err);
}

static int change(const struct acl_rule *rule, bool add)
{
	static uint8_t room[ACL_TEXT_MAX];
	bool again = true;
	int status = EXIT_OK;

	for (int i = 0; i < TRIES && again; i++) {
		struct buf out = buf_of(room, sizeof(room));
		int err;

		status = read_text();
		if (status != EXIT_OK)
			return status;
		err = add ? acl_add(have_text(), rule, &out) : acl_del(have_text(), rule, &out);
		if (err == -EINVAL)
			return fail(EXIT_SYNTAX, "a name has letters, digits, '.', '-' and '_'");
		if (err < 0)
			return fail(EXIT_REFUSED, "there are too many rules");
		if (!add && !err)
			return fail(EXIT_REFUSED, "there is no such rule");
		status = write_text(buf_bytes(&out), &again);
	}
	return again ? fail(EXIT_REFUSED, "the rules are being changed all the time") : status;
}

static int add(struct args *args)
{
	struct acl_rule rule;
	int status = take_rule(args, true, &rule);

	return status == EXIT_OK ? change(&rule, true) : status;
}

static int del(struct args *args)
{
	struct acl_rule rule;
	int status = take_rule(args, false, &rule);

	return status == EXIT_OK ? change(&rule, false) : status;
}

static const struct command commands[] = {
	{ "show", "[ USER ]", "rules: what users may do with keys", show },
	{ "add", "{ USER | " ACL_EVERYBODY " } { read | write | items=N } [ PREFIX ]",
	  "allow it, or so many items, with keys that begin with PREFIX, or with all", add },
	{ "del", "{ USER | " ACL_EVERYBODY " } [ { read | write | items=N } [ PREFIX ] ]",
	  "remove one rule, or all of a user", del },
	{ 0 },
};

const struct object object_acl = {
	.name = "acl",
	.help = "what users of the grid may do",
	.commands = commands,
};
