// SPDX-License-Identifier: GPL-2.0-or-later
#include "xosctl.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *args_next(struct args *args)
{
	if (!args->argc)
		return NULL;
	args->argc--;
	return *args->argv++;
}

bool args_match(struct args *args, const char *keyword)
{
	if (!args->argc || strcmp(*args->argv, keyword))
		return false;
	args_next(args);
	return true;
}

int args_uint(struct args *args, const char *what, unsigned long max, unsigned long *out)
{
	char *word = args_next(args), *end;
	unsigned long v;

	if (!word)
		return fail(EXIT_SYNTAX, "%s: a number is missing", what);
	errno = 0;
	v = strtoul(word, &end, 10);
	if (*word < '0' || *word > '9' || *end || errno || v > max)
		return fail(EXIT_SYNTAX, "%s: '%s' is not a number from 0 to %lu", what, word, max);
	*out = v;
	return 0;
}

int args_end(struct args *args)
{
	if (!args->argc)
		return 0;
	return fail(EXIT_SYNTAX, "'%s' is not expected here", *args->argv);
}

int fail(int status, const char *fmt, ...)
{
	va_list args;

	fflush(stdout);
	fputs("Error: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputs(".\n", stderr);
	return status;
}

static const struct object *find_object(const char *name)
{
	const struct object *found = NULL;

	for (const struct object *const *o = objects; *o; o++) {
		if (!strcmp((*o)->name, name))
			return *o;
		if (!strncmp((*o)->name, name, strlen(name))) {
			if (found)
				return NULL;
			found = *o;
		}
	}
	return found;
}

static const struct command *find_command(const struct object *object, const char *name)
{
	const struct command *found = NULL;

	for (const struct command *c = object->commands; c->name; c++) {
		if (!strcmp(c->name, name))
			return c;
		if (!strncmp(c->name, name, strlen(name))) {
			if (found)
				return NULL;
			found = c;
		}
	}
	return found;
}

void help_object(const struct object *object, bool error)
{
	FILE *to = error ? stderr : stdout;
	const char *lead = "Usage:";

	for (const struct command *c = object->commands; c->name; c++) {
		const char *verb = object->direct ? "" : c->name, *gap = object->direct ? "" : " ";

		fprintf(to, "%-6s xosctl %s%s%s%s%s\n", lead, object->name, gap, verb,
			*c->usage ? " " : "", c->usage);
		fprintf(to, "           %s\n", c->help);
		lead = "";
	}
}

void help_all(bool error)
{
	FILE *to = error ? stderr : stdout;

	fputs("Usage: xosctl [ OPTIONS ] OBJECT { COMMAND | help }\n"
	      "       xosctl [ OPTIONS ] -b FILE\n"
	      "where  OBJECT :=\n",
	      to);
	for (const struct object *const *o = objects; *o; o++)
		fprintf(to, "         %-8s %s\n", (*o)->name, (*o)->help);
	fputs("       OPTIONS :=\n"
	      "         -j JSON          -p pretty JSON    -d details      -s statistics\n"
	      "         -o one line      -t timestamps     -c colour       -V version\n"
	      "         -n NETNS         -r RUNDIR         -w MILLISECONDS (wait for an answer)\n"
	      "         -b FILE          commands from a file, '-' for standard input\n"
	      "Exit status: 0 ok, 1 syntax, 2 refused, 3 not reachable, 4 timed out\n",
	      to);
}

int complete_words(int argc, char **argv)
{
	const struct object *object = argc > 0 ? find_object(argv[0]) : NULL;

	if (argc <= 1 && (!object || strcmp(object->name, argv[0]))) {
		for (const struct object *const *o = objects; *o; o++)
			puts((*o)->name);
		puts("help");
		return EXIT_OK;
	}
	if (!object || object->direct)
		return EXIT_OK;
	for (const struct command *c = object->commands; c->name; c++)
		puts(c->name);
	puts("help");
	return EXIT_OK;
}

int run_line(int argc, char **argv)
{
	struct args args = { .argc = argc, .argv = argv };
	const struct command *command;
	const struct object *object;
	const char *word;

	word = argc ? args_next(&args) : "status";
	if (!strcmp(word, "help")) {
		help_all(false);
		return EXIT_OK;
	}
	object = find_object(word);
	if (!object)
		return fail(EXIT_SYNTAX, "object '%s' is unknown, try 'xosctl help'", word);
	if (args.argc == 1 && args_match(&args, "help")) {
		help_object(object, false);
		return EXIT_OK;
	}
	command = object->commands;
	if (args.argc && !object->direct) {
		word = args_next(&args);
		command = find_command(object, word);
		if (!command)
			return fail(EXIT_SYNTAX, "command '%s' is unknown, try 'xosctl %s help'",
				    word, object->name);
		if (args.argc == 1 && args_match(&args, "help")) {
			help_object(object, false);
			return EXIT_OK;
		}
	}
	return command->run(&args);
}
