/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Log of a daemon: lines on stderr. Where stderr is no terminal each begins with
 * a priority in angle brackets, which the journal and syslog understand. What
 * comes from outside is printed with its control characters escaped, so that
 * nobody can forge a line.
 */
#ifndef _XOS_DAEMON_LOG_H
#define _XOS_DAEMON_LOG_H

#include <stdarg.h>

#include <daemon/config.h>
#include <env/env.h>

#define LOG_LINE_MAX 1024

/**
 * log_write() - write a line; the log function of struct env_uv_config
 * @ctx: unused
 * @level: importance
 * @subsys: who speaks
 * @fmt: printf format
 * @args: arguments
 */
void log_write(void *ctx, enum env_level level, enum env_subsys subsys, const char *fmt,
	       va_list args);

/**
 * log_say() - write a line from outside of a core
 * @level: importance
 * @fmt: printf format
 */
__attribute__((format(printf, 2, 3))) void log_say(enum env_level level, const char *fmt, ...);

/**
 * log_level_parse() - a level by its name
 * @name: err, warn, info or debug
 *
 * Return: an enum env_level, -EINVAL.
 */
int log_level_parse(const char *name);

/**
 * log_level_name() - name of a level
 * @level: level
 *
 * Return: the name.
 */
const char *log_level_name(enum env_level level);

/**
 * log_subsys_name() - name of a subsystem
 * @subsys: subsystem
 *
 * Return: the name.
 */
const char *log_subsys_name(enum env_subsys subsys);

/**
 * log_set() - set levels by name
 * @env: environment whose levels are set
 * @subsys: name of a subsystem, or "all"
 * @level: name of a level
 *
 * Return: 0; -EINVAL for an unknown level, -ENOENT for an unknown subsystem.
 */
int log_set(struct env *env, const char *subsys, const char *level);

/**
 * log_level_check() - is this a level? For the table of a configuration
 * @value: text
 *
 * Return: what is wrong with it, NULL when nothing is.
 */
const char *log_level_check(const char *value);

/**
 * log_pairs_bad() - look for a subsystem that there is not
 * @pairs: section [log] of a configuration
 *
 * Return: its name, NULL when there is none.
 */
const char *log_pairs_bad(const struct config_pairs *pairs);

/**
 * log_pairs_apply() - set the levels of a configuration, all others to info
 * @env: environment whose levels are set
 * @pairs: section [log]
 */
void log_pairs_apply(struct env *env, const struct config_pairs *pairs);

#endif
