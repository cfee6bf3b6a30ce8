// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/log.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const subsys_names[ENV_SUB_COUNT] = {
	[ENV_SUB_MAIN] = "main",       [ENV_SUB_NET] = "net",	      [ENV_SUB_STORE] = "store",
	[ENV_SUB_SUSPECT] = "suspect", [ENV_SUB_OVERLAY] = "overlay", [ENV_SUB_DHT] = "dht",
	[ENV_SUB_SELECT] = "select",   [ENV_SUB_DSERVER] = "dserver", [ENV_SUB_VNODE] = "vnode",
	[ENV_SUB_KERNEL] = "kernel",   [ENV_SUB_CONTROL] = "control",
};

static const char *const level_names[] = {
	[ENV_ERR] = "err", [ENV_WARN] = "warn", [ENV_INFO] = "info", [ENV_DEBUG] = "debug"
};

/* Numbers of syslog(3). */
static const char priorities[] = {
	[ENV_ERR] = '3', [ENV_WARN] = '4', [ENV_INFO] = '6', [ENV_DEBUG] = '7'
};

static size_t put_time(char *out, size_t cap)
{
	struct timespec now;
	struct tm tm;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &now);
	n = strftime(out, cap, "%H:%M:%S", localtime_r(&now.tv_sec, &tm));
	return n + (size_t)snprintf(out + n, cap - n, ".%03ld ", now.tv_nsec / 1000000);
}

void log_write(void *ctx, enum env_level level, enum env_subsys subsys, const char *fmt,
	       va_list args)
{
	char text[LOG_LINE_MAX], line[LOG_LINE_MAX * 4 + 64];
	size_t n = 0;

	vsnprintf(text, sizeof(text), fmt, args);
	/* The journal has times of its own. */
	if (isatty(STDERR_FILENO))
		n = put_time(line, sizeof(line));
	else
		n = (size_t)snprintf(line, sizeof(line), "<%c>", priorities[level]);
	n += (size_t)snprintf(line + n, sizeof(line) - n, "%s: %s: ", level_names[level],
			      subsys_names[subsys]);
	for (const char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 || c == 0x7f)
			n += (size_t)sprintf(line + n, "\\x%02x", c);
		else
			line[n++] = *p;
	}
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, n) < 0)
		return; /* nobody is left to be told */
}

void log_say(enum env_level level, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_write(NULL, level, ENV_SUB_MAIN, fmt, args);
	va_end(args);
}

int log_level_parse(const char *name)
{
	for (int i = ENV_ERR; i <= ENV_DEBUG; i++) {
		if (!strcmp(level_names[i], name))
			return i;
	}
	return -EINVAL;
}

const char *log_level_name(enum env_level level)
{
	return level_names[level];
}

const char *log_subsys_name(enum env_subsys subsys)
{
	return subsys_names[subsys];
}

int log_set(struct env *env, const char *subsys, const char *level)
{
	int l = log_level_parse(level), found = 0;

	if (l < 0)
		return l;
	for (int i = 0; i < ENV_SUB_COUNT; i++) {
		if (strcmp(subsys, "all") && strcmp(subsys, subsys_names[i]))
			continue;
		env->log_level[i] = (uint8_t)l;
		found = 1;
	}
	return found ? 0 : -ENOENT;
}

const char *log_level_check(const char *value)
{
	return log_level_parse(value) < 0 ? "no level (err, warn, info, debug)" : NULL;
}

const char *log_pairs_bad(const struct config_pairs *pairs)
{
	struct env env;

	for (uint32_t i = 0; i < pairs->n; i++) {
		if (log_set(&env, pairs->v[i].name, pairs->v[i].value))
			return pairs->v[i].name;
	}
	return NULL;
}

void log_pairs_apply(struct env *env, const struct config_pairs *pairs)
{
	log_set(env, "all", "info");
	for (uint32_t i = 0; i < pairs->n; i++)
		log_set(env, pairs->v[i].name, pairs->v[i].value);
}
