/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xosctl: grammar of ip(8). A command file describes its object in a table;
 * parsing, help at each level and completion come from the table.
 */
#ifndef _XOS_XOSCTL_H
#define _XOS_XOSCTL_H

#include <stdbool.h>

#include "print.h"

/**
 * enum xosctl_exit - exit status
 * @EXIT_OK: done
 * @EXIT_SYNTAX: the command line is wrong
 * @EXIT_REFUSED: the agent or the kernel said no
 * @EXIT_UNREACHABLE: nobody there to ask
 * @EXIT_TIMEOUT: no answer in time
 */
enum xosctl_exit {
	EXIT_OK = 0,
	EXIT_SYNTAX = 1,
	EXIT_REFUSED = 2,
	EXIT_UNREACHABLE = 3,
	EXIT_TIMEOUT = 4
};

/**
 * struct args - words of a command line that are still to be read
 * @argc: how many
 * @argv: words
 */
struct args {
	int argc;
	char **argv;
};

/**
 * struct command - one command of an object
 * @name: word on the command line
 * @usage: what follows it, as the help shows it; "" for nothing
 * @help: one line
 * @run: does it; returns an enum xosctl_exit
 */
struct command {
	const char *name;
	const char *usage;
	const char *help;
	int (*run)(struct args *args);
};

/**
 * struct object - a thing that xosctl looks after
 * @name: word on the command line
 * @help: one line
 * @commands: table, ended by an entry without name; the first one is what
 *	the object alone means
 * @direct: the words after the object are arguments of the only command
 */
struct object {
	const char *name;
	const char *help;
	const struct command *commands;
	bool direct;
};

extern const struct object *const objects[];

/**
 * struct xosctl - what the options said
 * @run_dir: folder of the control sockets
 * @timeout_ms: how long to wait for an answer
 */
struct xosctl {
	const char *run_dir;
	unsigned int timeout_ms;
};

extern struct xosctl xosctl;

/**
 * args_next() - take the next word
 * @args: words
 *
 * Return: the word, NULL at the end.
 */
char *args_next(struct args *args);

/**
 * args_match() - take the next word if it is this keyword
 * @args: words
 * @keyword: keyword; an unambiguous prefix of it is not accepted, as scripts break by it
 *
 * Return: whether it was.
 */
bool args_match(struct args *args, const char *keyword);

/**
 * args_uint() - take the next word as a number
 * @args: words
 * @what: its name in the complaint
 * @max: largest value
 * @out: result
 *
 * Return: 0, or EXIT_SYNTAX after a complaint.
 */
int args_uint(struct args *args, const char *what, unsigned long max, unsigned long *out);

/**
 * args_end() - complain unless all words are read
 * @args: words
 *
 * Return: 0 or EXIT_SYNTAX.
 */
int args_end(struct args *args);

/* Print "Error: ..." to stderr and return @status. */
__attribute__((format(printf, 2, 3))) int fail(int status, const char *fmt, ...);

/* Run one command line (without the options); used by main and by -b. */
int run_line(int argc, char **argv);

/* Words of one line of a script. */
#define LINE_WORDS_MAX 64

/**
 * split_line() - split at white space; single or double quotes keep it, # ends the line
 * @line: changed in place
 * @words: result, LINE_WORDS_MAX
 *
 * Return: how many, -E2BIG too many, -EINVAL a quote is not closed.
 */
int split_line(char *line, char **words);

/* Print the help of everything, of one object, or the words that complete a line. */
void help_all(bool error);
void help_object(const struct object *object, bool error);
int complete_words(int argc, char **argv);

#endif
