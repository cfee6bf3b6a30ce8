// SPDX-License-Identifier: GPL-2.0-or-later
/* Transactions: a script of steps, one a line, that is committed at its end. */
#include "cmd.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <wire/control.h>

#include "agent.h"
#include "text.h"

#define SCRIPT_MAX (120 * 1024)
#define WORDS_MAX  6

/**
 * struct script - a transaction being read
 * @n: steps
 * @steps: steps; borrow the text
 * @text: the script
 */
struct script {
	uint32_t n;
	struct wire_ctl_txn_step steps[WIRE_CTL_TXN_STEPS];
	char text[SCRIPT_MAX + 1];
};

/* What a line may begin with, and how many words follow at least and at most. */
static const struct verb {
	const char *name;
	uint8_t kind;
	int min;
	int max;
	const char *usage;
} verbs[] = {
	{ "read", WIRE_CTL_TXN_KIND_READ, 1, 1, "KEY" },
	{ "write", WIRE_CTL_TXN_KIND_WRITE, 2, 2, "KEY VALUE" },
	{ "delete", WIRE_CTL_TXN_KIND_DELETE, 1, 1, "KEY" },
	{ "swap", WIRE_CTL_TXN_KIND_TEST_SET, 3, 3, "KEY OLD NEW" },
	{ "create", WIRE_CTL_TXN_KIND_TEST_SET, 2, 2, "KEY VALUE" },
	{ "add", WIRE_CTL_TXN_KIND_ADD, 2, 2, "KEY NUMBER" },
	{ "append", WIRE_CTL_TXN_KIND_APPEND, 2, 2, "KEY ELEMENT" },
	{ "remove", WIRE_CTL_TXN_KIND_REMOVE, 2, 2, "KEY ELEMENT" },
	{ "range", WIRE_CTL_TXN_KIND_RANGE, 2, 3, "FROM TO [ LIMIT ]" },
	{ "expect", WIRE_CTL_TXN_KIND_EXPECT, 3, 3, "KEY COUNTER WRITER" },
};

static bool number_of(const char *word, bool negative, uint64_t *out)
{
	char *end;

	errno = 0;
	*out = negative && *word == '-' ? (uint64_t)strtoll(word, &end, 0) :
					  strtoull(word, &end, 0);
	return !errno && *word && !*end;
}

/* Fill in a step from the words behind its verb. Return: NULL, or what is wrong. */
static const char *step_fill(struct wire_ctl_txn_step *s, const struct verb *v, char **word, int n)
{
	struct bytes arg[WORDS_MAX] = { 0 };
	uint64_t limit = 0;
	bool ok = true;

	for (int i = 0; i < n; i++)
		ok &= !text_unescape(word[i], &arg[i]);
	if (!ok)
		return "a backslash starts \\\\ or \\xHH";
	*s = (struct wire_ctl_txn_step){ .kind = v->kind, .key = arg[0] };
	switch (v->kind) {
	case WIRE_CTL_TXN_KIND_ADD:
		s->has_number = true;
		return number_of(word[1], true, &s->number) ? NULL : "a number is wanted";
	case WIRE_CTL_TXN_KIND_EXPECT:
		s->has_counter = s->has_writer = true;
		ok = number_of(word[1], false, &s->counter) &&
		     number_of(word[2], false, &s->writer);
		return ok ? NULL : "a version is two numbers";
	case WIRE_CTL_TXN_KIND_RANGE:
		s->to = arg[1];
		s->has_to = s->to.len != 0;
		if (n == 3 && (!number_of(word[2], false, &limit) || limit > UINT32_MAX))
			return "a number is wanted";
		s->limit = (uint32_t)limit;
		s->has_limit = true;
		return NULL;
	default:
		s->has_expect = n == 3;
		s->expect = n == 3 ? arg[1] : s->expect;
		s->value = n > 1 ? arg[n - 1] : s->value;
		s->has_value = n > 1;
		return NULL;
	}
}

static int line_read(struct script *script, char *line, uint32_t number)
{
	const char *wrong = NULL;
	char *word[LINE_WORDS_MAX];
	int n = split_line(line, word);

	if (!n)
		return EXIT_OK;
	if (n < 0)
		return fail(EXIT_SYNTAX, "line %u: too many words, or a quote is not closed",
			    number);
	if (script->n == WIRE_CTL_TXN_STEPS)
		return fail(EXIT_SYNTAX, "line %u: more than %d steps", number, WIRE_CTL_TXN_STEPS);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
		const struct verb *v = &verbs[i];

		if (strcmp(word[0], v->name))
			continue;
		if (n - 1 < v->min || n - 1 > v->max)
			return fail(EXIT_SYNTAX, "line %u: %s %s", number, v->name, v->usage);
		wrong = step_fill(&script->steps[script->n++], v, word + 1, n - 1);
		return wrong ? fail(EXIT_SYNTAX, "line %u: %s", number, wrong) : EXIT_OK;
	}
	return fail(EXIT_SYNTAX, "line %u: there is no step '%s'", number, word[0]);
}

static int script_read(struct script *script, const char *path)
{
	FILE *f = path ? fopen(path, "r") : stdin;
	int status = EXIT_OK;
	uint32_t number = 1;
	char *line, *next;
	size_t len;

	if (!f)
		return fail(EXIT_SYNTAX, "%s: %s", path, strerror(errno));
	len = fread(script->text, 1, sizeof(script->text), f);
	if (path)
		fclose(f);
	if (len > SCRIPT_MAX)
		return fail(EXIT_SYNTAX, "the script is longer than %d bytes", SCRIPT_MAX);
	script->text[len] = '\0';
	for (line = script->text; line && status == EXIT_OK; line = next, number++) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		status = line_read(script, line, number);
	}
	if (status == EXIT_OK && !script->n)
		return fail(EXIT_SYNTAX, "the script has no steps");
	return status;
}

static const char *kind_name(uint8_t kind)
{
	const char *name = wire_ctl_txn_kind_name(kind);

	return name ? name : "unknown";
}

static void show_list(struct bytes list)
{
	size_t pos = 0;

	print_open_array("elements");
	while (pos + 4 <= list.len) {
		size_t len = (size_t)list.data[pos] << 24 | (size_t)list.data[pos + 1] << 16 |
			     (size_t)list.data[pos + 2] << 8 | list.data[pos + 3];

		if (len > list.len - pos - 4)
			break;
		print_bytes(PRINT_ANY, NULL, " %s", bytes_of(list.data + pos + 4, len));
		pos += 4 + len;
	}
	print_close_array();
}

static int show_result(struct bytes msg)
{
	struct wire_ctl_txn_result m;
	bool list;

	if (wire_ctl_txn_result_decode(msg, &m))
		return -EPROTO;
	list = m.kind == WIRE_CTL_TXN_KIND_APPEND || m.kind == WIRE_CTL_TXN_KIND_REMOVE;
	print_open_object(NULL);
	print_string(PRINT_ANY, "step", "%s", kind_name(m.kind));
	print_bytes(PRINT_ANY, "key", "\t%s", m.key);
	if (m.error)
		print_string(PRINT_ANY, "error", "\t(%s)", strerror((int)m.error));
	if (m.has_number)
		print_int(PRINT_ANY, "number", "\t%s", (int64_t)m.number);
	if (list && m.has_value)
		show_list(m.value);
	else if (m.has_value)
		print_bytes(PRINT_ANY, "value", "\t%s", m.value);
	if (m.kind == WIRE_CTL_TXN_KIND_RANGE)
		print_uint(PRINT_ANY, "count", "\t%s items", m.count);
	if (m.has_resume)
		print_bytes(PRINT_ANY, "resume", ", more from %s", m.resume);
	print_uint(print_options.details ? PRINT_ANY : PRINT_JSON, "counter", "\tversion %s",
		   m.counter);
	print_uint(print_options.details ? PRINT_ANY : PRINT_JSON, "writer", " %s", m.writer);
	print_close_object();
	print_nl();
	return 0;
}

static int txn_item(void *ctx, uint16_t type, struct bytes msg)
{
	struct wire_ctl_txn_item item;
	struct wire_ctl_txn_end end;

	if (type == WIRE_CTL_TXN_RESULT)
		return show_result(msg);
	if (type == WIRE_CTL_TXN_END) {
		if (wire_ctl_txn_end_decode(msg, &end))
			return -EPROTO;
		print_open_object(NULL);
		print_string(PRINT_ANY, "outcome", "%s",
			     end.repeated ? "committed before" : "committed");
		print_uint(PRINT_ANY, "counter", "\tversion %s", end.counter);
		print_uint(PRINT_ANY, "writer", " %s", end.writer);
		print_close_object();
		print_nl();
		return 0;
	}
	if (type != WIRE_CTL_TXN_ITEM || wire_ctl_txn_item_decode(msg, &item))
		return -EPROTO;
	print_open_object(NULL);
	print_bytes(PRINT_ANY, "key", "  %s", item.key);
	print_bytes(PRINT_ANY, "value", "\t%s", item.value);
	print_close_object();
	print_nl();
	return 0;
}

static int run(struct args *args)
{
	static struct script script;
	struct bytes id = { 0 };
	const char *path = NULL;
	unsigned long ms = 0;
	bool strict = true;
	int status = EXIT_OK;
	char *word;

	while (status == EXIT_OK && args->argc) {
		if (args_match(args, "id")) {
			word = args_next(args);
			if (!word || text_unescape(word, &id) || !id.len || id.len > 64)
				status = fail(EXIT_SYNTAX, "an id has 1 to 64 bytes");
		} else if (args_match(args, "timeout")) {
			status = args_uint(args, "timeout", 1UL << 31, &ms);
		} else if (args_match(args, "lenient")) {
			strict = false;
		} else if (!path) {
			path = args_next(args);
		} else {
			status = args_end(args);
		}
	}
	if (path && !strcmp(path, "-"))
		path = NULL;
	script.n = 0;
	if (status == EXIT_OK)
		status = script_read(&script, path);
	if (status != EXIT_OK)
		return status;
	print_open_array(NULL);
	status = AGENT_REQUEST(AGENT_XOSD, ctl_txn, txn_item, NULL, .id = id, .has_id = id.len != 0,
			       .timeout_ms = (uint32_t)ms, .has_timeout_ms = ms != 0,
			       .strict = strict, .steps = { .v = script.steps, .n = script.n });
	print_close_array();
	return status;
}

static int outcome(struct args *args)
{
	char *word = args_next(args);
	struct bytes id = { 0 };
	int status;

	if (!word || text_unescape(word, &id) || !id.len || id.len > 64)
		return fail(EXIT_SYNTAX, "an id has 1 to 64 bytes");
	status = args_end(args);
	if (status == EXIT_OK)
		status = AGENT_REQUEST(AGENT_XOSD, ctl_txn_outcome, NULL, NULL, .id = id);
	if (status == EXIT_OK)
		print_text("committed\n");
	return status;
}

static const struct command commands[] = {
	{ "run", "[ id ID ] [ timeout MS ] [ lenient ] [ FILE | - ]",
	  "run a script of steps and commit: read, write, delete, swap, create, add, append, "
	  "remove, range, expect; all or nothing, 'lenient' leaves out steps that fail",
	  run },
	{ "outcome", "ID", "what became of the transaction with this id", outcome },
	{ 0 },
};

const struct object object_txn = {
	.name = "txn",
	.help = "transactions over any keys",
	.commands = commands,
};
