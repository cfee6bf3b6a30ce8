/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line that all agents have, and the configuration file that it names. */
#ifndef _XOS_DAEMON_ARGS_H
#define _XOS_DAEMON_ARGS_H

#include <getopt.h>
#include <stdbool.h>

#include <daemon/config.h>

/* Exit status for a wrong command line or configuration. */
#define ARGS_EXIT_CONFIG 2
/* Values of the options that a program has besides; at most ARGS_MORE_MAX of them. */
#define ARGS_MORE	 512
#define ARGS_MORE_MAX	 8

/**
 * struct args_program - what differs between the agents
 * @name: program
 * @path: configuration file when none is named
 * @options: table of the configuration
 * @more: options besides the common ones, with values from ARGS_MORE on; ends
 *	with a zero row. NULL: none
 * @more_usage: their lines in the help, "" for none
 * @take: takes one of them; returns 0, or the exit status after what had to be said
 * @ctx: argument of @take
 */
struct args_program {
	const char *name;
	const char *path;
	const struct config_option *options;
	const struct option *more;
	const char *more_usage;
	int (*take)(void *ctx, int option, const char *value);
	void *ctx;
};

/**
 * struct args - what the command line asked for
 * @path: configuration file
 * @given: it was named, so that it has to be there
 * @check: only say whether it is good
 */
struct args {
	const char *path;
	bool given;
	bool check;
};

/**
 * args_load() - read command line and file over the defaults
 * @argc: of main
 * @argv: of main
 * @p: program
 * @config: zeroed struct that @p->options describe
 * @a: result
 *
 * Return: -1 to go on, otherwise the exit status, after what had to be said.
 */
int args_load(int argc, char **argv, const struct args_program *p, void *config, struct args *a);

/**
 * args_refuse() - say what is wrong with the configuration as a whole
 * @p: program
 * @a: arguments
 * @fmt: what is wrong
 *
 * Return: ARGS_EXIT_CONFIG.
 */
__attribute__((format(printf, 3, 4))) int args_refuse(const struct args_program *p,
						      const struct args *a, const char *fmt, ...);

/**
 * args_end() - the configuration is good
 * @a: arguments
 *
 * Return: -1 to go on, 0 when that was all that was asked.
 */
int args_end(const struct args *a);

#endif
