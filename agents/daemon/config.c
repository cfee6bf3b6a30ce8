// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/config.h>

#include <errno.h>
#include <ini.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <base/assert.h>

#define OPTIONS_MAX 128

/* What the handler of libinih needs. */
struct load {
	const struct config_option *table;
	void *out;
	char reason[CONFIG_REASON_MAX];
	bool failed;
	bool seen[OPTIONS_MAX];
};

static int set_string(const struct config_option *o, const char *value, char *field, char *reason)
{
	size_t max = o->max ? (size_t)o->max : CONFIG_TEXT_MAX - 1, len = strlen(value);

	if (len < o->min || len > max) {
		snprintf(reason, CONFIG_REASON_MAX,
			 "%s: %" PRIu64 " to %zu characters are expected, not %zu", o->name, o->min,
			 max, len);
		return -EINVAL;
	}
	memcpy(field, value, len + 1);
	return 0;
}

static int set_uint(const struct config_option *o, const char *value, uint64_t *field, char *reason)
{
	unsigned long long v;
	char *end;

	errno = 0;
	v = strtoull(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || v < o->min || v > o->max) {
		snprintf(reason, CONFIG_REASON_MAX,
			 "%s: a number from %" PRIu64 " to %" PRIu64 " is expected, not '%s'",
			 o->name, o->min, o->max, value);
		return -EINVAL;
	}
	*field = v;
	return 0;
}

static int set_bool(const struct config_option *o, const char *value, bool *field, char *reason)
{
	static const char *const yes[] = { "yes", "true", "on", "1" };
	static const char *const no[] = { "no", "false", "off", "0" };

	for (int i = 0; i < 4; i++) {
		if (!strcmp(value, yes[i])) {
			*field = true;
			return 0;
		}
		if (!strcmp(value, no[i])) {
			*field = false;
			return 0;
		}
	}
	snprintf(reason, CONFIG_REASON_MAX, "%s: yes or no is expected, not '%s'", o->name, value);
	return -EINVAL;
}

static int add_list(const struct config_option *o, const char *value, struct config_list *field,
		    char *reason)
{
	if (field->n == CONFIG_LIST_MAX) {
		snprintf(reason, CONFIG_REASON_MAX, "%s: given more than %d times", o->name,
			 CONFIG_LIST_MAX);
		return -EINVAL;
	}
	if (set_string(o, value, field->v[field->n], reason))
		return -EINVAL;
	field->n++;
	return 0;
}

static int add_pair(const char *name, const char *value, struct config_pairs *field, char *reason)
{
	if (strlen(name) >= CONFIG_NAME_MAX || strlen(value) >= CONFIG_TEXT_MAX) {
		snprintf(reason, CONFIG_REASON_MAX, "%s: name or value is too long", name);
		return -EINVAL;
	}
	for (uint32_t i = 0; i < field->n; i++) {
		if (!strcmp(field->v[i].name, name)) {
			snprintf(reason, CONFIG_REASON_MAX, "%s: given twice", name);
			return -EINVAL;
		}
	}
	if (field->n == CONFIG_PAIRS_MAX) {
		snprintf(reason, CONFIG_REASON_MAX, "%s: more than %d in this section", name,
			 CONFIG_PAIRS_MAX);
		return -EINVAL;
	}
	strcpy(field->v[field->n].name, name);
	strcpy(field->v[field->n].value, value);
	field->n++;
	return 0;
}

static int set_option(const struct config_option *o, const char *name, const char *value, void *out,
		      char *reason)
{
	void *field = (char *)out + o->offset;
	const char *wrong = o->check && *value ? o->check(value) : NULL;

	if (wrong) {
		snprintf(reason, CONFIG_REASON_MAX, "%s: '%s' is %s", name, value, wrong);
		return -EINVAL;
	}
	switch (o->type) {
	case CONFIG_STRING:
		return set_string(o, value, field, reason);
	case CONFIG_UINT:
		return set_uint(o, value, field, reason);
	case CONFIG_BOOL:
		return set_bool(o, value, field, reason);
	case CONFIG_LIST:
		return add_list(o, value, field, reason);
	case CONFIG_PAIRS:
		return add_pair(name, value, field, reason);
	}
	return -EINVAL;
}

static const struct config_option *find_option(const struct config_option *table,
					       const char *section, const char *name, char *reason)
{
	bool has_section = false;

	for (const struct config_option *o = table; o->section; o++) {
		if (strcmp(o->section, section))
			continue;
		has_section = true;
		if (!o->name || !strcmp(o->name, name))
			return o;
	}
	if (has_section)
		snprintf(reason, CONFIG_REASON_MAX, "section [%s] has no option '%s'", section,
			 name);
	else
		snprintf(reason, CONFIG_REASON_MAX, "there is no section [%s]", section);
	return NULL;
}

int config_set(const struct config_option *table, const char *section, const char *name,
	       const char *value, void *out, char *reason)
{
	const struct config_option *o = find_option(table, section, name, reason);

	return o ? set_option(o, name, value, out, reason) : -EINVAL;
}

void config_defaults(const struct config_option *table, void *out)
{
	char reason[CONFIG_REASON_MAX];

	for (const struct config_option *o = table; o->section; o++) {
		if (o->def)
			xassert(!set_option(o, o->name, o->def, out, reason));
	}
}

/* libinih goes on after an error; the first one is what is told. */
static int load_one(void *ctx, const char *section, const char *name, const char *value)
{
	const struct config_option *o;
	struct load *l = ctx;

	if (l->failed)
		return 1;
	l->failed = true;
	o = find_option(l->table, section, name, l->reason);
	if (!o)
		return 0;
	if (o->type != CONFIG_LIST && o->type != CONFIG_PAIRS && l->seen[o - l->table]) {
		snprintf(l->reason, sizeof(l->reason), "%s: given twice", name);
		return 0;
	}
	l->seen[o - l->table] = true;
	if (set_option(o, name, value, l->out, l->reason))
		return 0;
	l->failed = false;
	return 1;
}

int config_load(const struct config_option *table, const char *path, void *out, char *reason)
{
	struct load *l = calloc(1, sizeof(*l));
	FILE *f = fopen(path, "re");
	int line, err = -errno;

	if (!f || !l) {
		snprintf(reason, CONFIG_REASON_MAX, "%s: %s", path,
			 f ? "no memory" : strerror(-err));
		if (f)
			fclose(f);
		free(l);
		return f ? -ENOMEM : err;
	}
	l->table = table;
	l->out = out;
	line = ini_parse_file(f, load_one, l);
	fclose(f);
	if (line)
		snprintf(reason, CONFIG_REASON_MAX, "%.200s:%d: %.300s", path, line,
			 l->failed ? l->reason : "neither [section] nor name = value");
	free(l);
	return line ? -EINVAL : 0;
}

void config_print(const struct config_option *table, FILE *to)
{
	const char *section = "";

	for (const struct config_option *o = table; o->section; o++) {
		if (strcmp(section, o->section))
			fprintf(to, "%s[%s]\n", *section ? "\n" : "", o->section);
		section = o->section;
		fprintf(to, "# %s\n", o->doc);
		if (o->type == CONFIG_PAIRS)
			fprintf(to, "# NAME = VALUE\n");
		else
			fprintf(to, "# %s = %s\n", o->name, o->def ? o->def : "");
	}
}
