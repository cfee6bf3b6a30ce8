// SPDX-License-Identifier: GPL-2.0-or-later
#include "attr_machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#define LINE_BYTES 512

static void put_text(struct attr_set *set, const char *name, enum attr_type type, const char *text)
{
	struct attr a = { .name = bytes_str(name), .type = type, .text = bytes_str(text) };

	if (*text)
		attr_set_put(set, &a);
}

static void put_number(struct attr_set *set, const char *name, enum attr_unit unit, uint64_t num)
{
	struct attr a = { .name = bytes_str(name), .type = ATTR_INT, .unit = unit };

	a.num = num > INT64_MAX ? INT64_MAX : (int64_t)num;
	attr_set_put(set, &a);
}

/* Does the line read "NAME SEPARATOR ..."? Where the value begins, else NULL. */
static char *after_name(char *line, const char *name, char separator)
{
	size_t len = strlen(name);

	if (strncmp(line, name, len))
		return NULL;
	line += len + strspn(line + len, " \t");
	return *line == separator ? line + 1 : NULL;
}

/* The first value of a name in a file, without quotes; false when there is none. */
static bool find_value(const char *path, const char *name, char separator, char *out)
{
	char line[LINE_BYTES], *p = NULL;
	FILE *f = fopen(path, "re");

	while (f && !p && fgets(line, sizeof(line), f))
		p = after_name(line, name, separator);
	if (f)
		fclose(f);
	if (!p)
		return false;
	p += strspn(p, " \t\"");
	p[strcspn(p, "\"\n")] = 0;
	strcpy(out, p);
	return true;
}

static void read_system(struct attr_set *set)
{
	char value[LINE_BYTES];
	struct utsname u;

	if (!uname(&u)) {
		put_text(set, "arch", ATTR_STRING, u.machine);
		put_text(set, "kernel", ATTR_VERSION, u.release);
		put_text(set, "system", ATTR_STRING, u.sysname);
	}
	if (find_value("/etc/os-release", "ID", '=', value))
		put_text(set, "os", ATTR_STRING, value);
	if (find_value("/etc/os-release", "VERSION_ID", '=', value))
		put_text(set, "os-version", ATTR_VERSION, value);
	if (find_value("/proc/cpuinfo", "model name", ':', value))
		put_text(set, "cpu", ATTR_STRING, value);
}

static void read_sizes(struct attr_set *set, const char *data_dir)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct statvfs vfs;
	struct sysinfo si;

	if (cores > 0)
		put_number(set, "cores", ATTR_COUNT, (uint64_t)cores);
	if (!sysinfo(&si)) {
		put_number(set, "memory", ATTR_BYTES, (uint64_t)si.totalram * si.mem_unit);
		put_number(set, "swap", ATTR_BYTES, (uint64_t)si.totalswap * si.mem_unit);
	}
	if (!statvfs(data_dir, &vfs)) {
		put_number(set, "disk", ATTR_BYTES, (uint64_t)vfs.f_blocks * vfs.f_frsize);
		put_number(set, "disk-free", ATTR_BYTES, (uint64_t)vfs.f_bavail * vfs.f_frsize);
	}
}

uint32_t attr_machine_read(struct attr_set *set, const struct xosd_config *config)
{
	uint32_t refused = 0;

	attr_set_init(set);
	read_system(set);
	read_sizes(set, config->agent.data_dir);
	put_text(set, "machine", ATTR_STRING, config->machine);
	put_text(set, "rack", ATTR_STRING, config->rack);
	put_text(set, "dc", ATTR_STRING, config->dc);
	for (uint32_t i = 0; i < config->attributes.n; i++) {
		struct attr a;

		if (attr_parse(bytes_str(config->attributes.v[i].name),
			       bytes_str(config->attributes.v[i].value), &a) ||
		    attr_set_put(set, &a))
			refused++;
	}
	return refused;
}
