// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/args.h>

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <base/assert.h>

enum { OPT_CHECK = 256, OPT_PRINT };

static const struct option common[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "check-config", no_argument, NULL, OPT_CHECK },
	{ "print-config", no_argument, NULL, OPT_PRINT },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
};
#define COMMON (sizeof(common) / sizeof(common[0]))

static void usage(const struct args_program *p, FILE *to)
{
	fprintf(to,
		"Usage: %s [ OPTIONS ]\n"
		"  -c, --config FILE    configuration (%s)\n"
		"%s"
		"      --check-config   read the configuration, say whether it is good, and end\n"
		"      --print-config   print all options with their defaults, and end\n"
		"  -V, --version        print the version, and end\n"
		"  -h, --help           this\n"
		"Exit status: 0 stopped by a signal, 1 failed, 2 wrong configuration\n",
		p->name, p->path, p->more_usage);
}

/* Return: -1 to go on, otherwise the exit status. */
static int take(const struct args_program *p, struct args *a, int option)
{
	if (option >= ARGS_MORE) {
		int status = p->take(p->ctx, option, optarg);

		return status ? status : -1;
	}
	if (option == 'c') {
		a->path = optarg;
		a->given = true;
	} else if (option == OPT_CHECK) {
		a->check = true;
	} else if (option == OPT_PRINT) {
		config_print(p->options, stdout);
		return 0;
	} else if (option == 'V') {
		printf("%s " XOS_VERSION "\n", p->name);
		return 0;
	} else {
		usage(p, option == 'h' ? stdout : stderr);
		return option == 'h' ? 0 : ARGS_EXIT_CONFIG;
	}
	return -1;
}

static int parse(int argc, char **argv, const struct args_program *p, struct args *a)
{
	struct option options[COMMON + ARGS_MORE_MAX + 1] = { 0 };
	int option, status;

	memcpy(options, common, sizeof(common));
	for (size_t i = 0; p->more && p->more[i].name; i++) {
		xassert(i < ARGS_MORE_MAX);
		options[COMMON + i] = p->more[i];
	}
	while ((option = getopt_long(argc, argv, "c:Vh", options, NULL)) != -1) {
		status = take(p, a, option);
		if (status >= 0)
			return status;
	}
	if (optind == argc)
		return -1;
	fprintf(stderr, "%s: '%s' is not expected\n", p->name, argv[optind]);
	return ARGS_EXIT_CONFIG;
}

int args_load(int argc, char **argv, const struct args_program *p, void *config, struct args *a)
{
	char reason[CONFIG_REASON_MAX];
	int status, err;

	*a = (struct args){ .path = p->path };
	config_defaults(p->options, config);
	status = parse(argc, argv, p, a);
	if (status >= 0)
		return status;
	err = config_load(p->options, a->path, config, reason);
	/* Without a file at the usual place the defaults hold. */
	if (!err || (err == -ENOENT && !a->given))
		return -1;
	fprintf(stderr, "%s: %s\n", p->name, reason);
	return ARGS_EXIT_CONFIG;
}

int args_refuse(const struct args_program *p, const struct args *a, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "%s: %s: ", p->name, a->path);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	return ARGS_EXIT_CONFIG;
}

int args_end(const struct args *a)
{
	if (!a->check)
		return -1;
	printf("%s: good\n", a->path);
	return 0;
}
