// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "xosctl.h"

#define LINE_MAX_BYTES 8192

struct xosctl xosctl = { .run_dir = "/run/xos", .timeout_ms = 10000 };

int split_line(char *line, char **words)
{
	int n = 0;

	for (char *p = line; *p;) {
		char *to;

		p += strspn(p, " \t\n");
		if (!*p || *p == '#')
			break;
		if (n == LINE_WORDS_MAX)
			return -E2BIG;
		words[n++] = to = p;
		while (*p && !strchr(" \t\n", *p)) {
			char quote = *p;

			if (quote != '"' && quote != '\'') {
				*to++ = *p++;
				continue;
			}
			for (p++; *p && *p != quote;)
				*to++ = *p++;
			if (!*p)
				return -EINVAL;
			p++;
		}
		if (*p)
			p++;
		*to = 0;
	}
	return n;
}

static int run_batch(const char *path)
{
	FILE *in = strcmp(path, "-") ? fopen(path, "re") : stdin;
	char line[LINE_MAX_BYTES], *words[LINE_WORDS_MAX];
	int status = EXIT_OK, number = 0;

	if (!in)
		return fail(EXIT_SYNTAX, "%s: %s", path, strerror(errno));
	while (status == EXIT_OK && fgets(line, sizeof(line), in)) {
		int n = split_line(line, words);

		number++;
		if (n < 0)
			status = fail(EXIT_SYNTAX, "%s:%d: %s", path, number,
				      n == -E2BIG ? "too many words" : "a quote is not closed");
		else if (n)
			status = run_line(n, words);
		if (status != EXIT_OK)
			fprintf(stderr, "Command failed %s:%d\n", path, number);
		fflush(stdout);
	}
	if (in != stdin)
		fclose(in);
	return status;
}

static int enter_netns(const char *name)
{
	char path[128];
	int fd, err;

	if (strchr(name, '/') ||
	    snprintf(path, sizeof(path), "/run/netns/%s", name) >= (int)sizeof(path))
		return fail(EXIT_SYNTAX, "'%s' is no name of a network namespace", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	err = fd < 0 || setns(fd, CLONE_NEWNET) ? errno : 0;
	if (fd >= 0)
		close(fd);
	if (err)
		return fail(EXIT_UNREACHABLE, "network namespace %s: %s", name, strerror(err));
	return EXIT_OK;
}

static int set_timeout(const char *text)
{
	char *end;
	unsigned long v = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || !v || v > 3600000)
		return fail(EXIT_SYNTAX, "-w: '%s' is not a number of milliseconds", text);
	xosctl.timeout_ms = (unsigned int)v;
	return EXIT_OK;
}

/* Options stand in front of the object; returns -1 to go on. */
static int parse_options(int argc, char **argv, const char **batch)
{
	static const struct option words[] = { { "help", no_argument, NULL, 'h' },
					       { "version", no_argument, NULL, 'V' },
					       { 0 } };
	int c, status;

	while ((c = getopt_long(argc, argv, "+jpdsotchVn:r:w:b:", words, NULL)) != -1) {
		status = EXIT_OK;
		if (c == 'j')
			print_options.json = true;
		else if (c == 'p')
			print_options.pretty = true;
		else if (c == 'd')
			print_options.details = true;
		else if (c == 's')
			print_options.statistics++;
		else if (c == 'o')
			print_options.oneline = true;
		else if (c == 't')
			print_options.timestamp = true;
		else if (c == 'c')
			print_options.color = true;
		else if (c == 'n')
			status = enter_netns(optarg);
		else if (c == 'r')
			xosctl.run_dir = optarg;
		else if (c == 'w')
			status = set_timeout(optarg);
		else if (c == 'b')
			*batch = optarg;
		else if (c == 'V')
			return printf("xosctl %s\n", XOS_VERSION) < 0;
		else if (c == 'h')
			return help_all(false), EXIT_OK;
		else
			return help_all(true), EXIT_SYNTAX;
		if (status != EXIT_OK)
			return status;
	}
	return -1;
}

int main(int argc, char **argv)
{
	const char *batch = NULL, *run_dir = getenv("XOS_RUN_DIR");
	int status;

	if (run_dir && *run_dir)
		xosctl.run_dir = run_dir;
	print_options.color = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
	/* For the shell: xosctl --complete WORDS prints what may come next. */
	if (argc > 1 && !strcmp(argv[1], "--complete"))
		return complete_words(argc - 2, argv + 2);
	status = parse_options(argc, argv, &batch);
	if (status >= 0)
		return status;
	if (batch && optind < argc)
		return fail(EXIT_SYNTAX, "-b takes its commands from the file only");
	status = batch ? run_batch(batch) : run_line(argc - optind, argv + optind);
	if (fflush(stdout) || ferror(stdout))
		return fail(EXIT_REFUSED, "writing the output: %s", strerror(errno));
	return status;
}
