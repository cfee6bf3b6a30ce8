// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/landlock.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of newer kernels than the headers that this is built with. */
#define ACCESS_REFER	    (1ULL << 13) /* version 2 */
#define ACCESS_TRUNCATE	    (1ULL << 14) /* version 3 */
#define SCOPE_ABSTRACT_UNIX (1ULL << 0) /* version 6 */
#define SCOPE_SIGNAL	    (1ULL << 1)
#define ACCESS_OF_VERSION_1 ((1ULL << 13) - 1)
#define VERSION_WITH_SCOPES 6

/* struct landlock_ruleset_attr, as long as version 6 has it. */
struct ruleset {
	uint64_t access_fs;
	uint64_t access_net;
	uint64_t scoped;
};

/* @ruleset: -1 asks for the version, which is returned then. */
static int ruleset_create(const struct ruleset *attr, size_t size, uint32_t flags)
{
	return (int)syscall(SYS_landlock_create_ruleset, attr, size, flags);
}

static int make_ruleset(void)
{
	int version = ruleset_create(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset attr = { .access_fs = ACCESS_OF_VERSION_1 };

	if (version < 1)
		return -EOPNOTSUPP;
	if (version >= 2)
		attr.access_fs |= ACCESS_REFER;
	if (version >= 3)
		attr.access_fs |= ACCESS_TRUNCATE;
	if (version < VERSION_WITH_SCOPES)
		return ruleset_create(&attr, sizeof(attr.access_fs), 0);
	attr.scoped = SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL;
	return ruleset_create(&attr, sizeof(attr), 0);
}

static int allow(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr rule = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	struct stat st;
	int err = 0;

	if (rule.parent_fd < 0)
		return errno == ENOENT ? 0 : -errno;
	rule.allowed_access = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
	if (!fstat(rule.parent_fd, &st) && S_ISDIR(st.st_mode))
		rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0))
		err = -errno;
	close(rule.parent_fd);
	return err;
}

int landlock_read_only(const char *const *paths, char *reason)
{
	int ruleset = make_ruleset(), err = 0;

	if (ruleset < 0) {
		snprintf(reason, LANDLOCK_REASON_MAX, "this kernel has no Landlock");
		return -EOPNOTSUPP;
	}
	for (; *paths && !err; paths++)
		err = allow(ruleset, *paths);
	if (err)
		snprintf(reason, LANDLOCK_REASON_MAX, "%.128s: %s", paths[-1], strerror(-err));
	if (!err && syscall(SYS_landlock_restrict_self, ruleset, 0)) {
		err = -errno;
		snprintf(reason, LANDLOCK_REASON_MAX, "Landlock: %s", strerror(-err));
	}
	close(ruleset);
	return err;
}
