// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/privs.h>

#include <cap-ng.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* The leak checker of debug builds must be able to look into the process. */
#ifdef XOS_DEBUG
#define DUMPABLE 1
#else
#define DUMPABLE 0
#endif

int privs_find(const char *user, struct privs *out, char *reason)
{
	struct passwd *pw;

	*out = (struct privs){ .uid = getuid(), .gid = getgid() };
	if (!*user || getuid())
		return 0;
	errno = 0;
	pw = getpwnam(user);
	if (!pw) {
		snprintf(reason, PRIVS_REASON_MAX, "there is no user '%.64s'", user);
		return -ENOENT;
	}
	*out = (struct privs){ .uid = pw->pw_uid, .gid = pw->pw_gid, .change = 1 };
	return 0;
}

/* Memory has keys in it: it is not written to files. Debug builds may. */
static int no_core_dumps(void)
{
	const struct rlimit none = { 0, 0 };

	return DUMPABLE ? 0 : setrlimit(RLIMIT_CORE, &none);
}

int privs_become(const struct privs *p, const int *caps, char *reason)
{
	int err = 0;

	capng_clear(CAPNG_SELECT_BOTH);
	for (; *caps >= 0; caps++)
		capng_update(CAPNG_ADD, CAPNG_EFFECTIVE | CAPNG_PERMITTED | CAPNG_BOUNDING_SET,
			     (unsigned int)*caps);
	if (p->change)
		err = capng_change_id((int)p->uid, (int)p->gid,
				      CAPNG_DROP_SUPP_GRP | CAPNG_CLEAR_BOUNDING);
	else if (!getuid())
		err = capng_apply(CAPNG_SELECT_BOTH);
	if (err) {
		snprintf(reason, PRIVS_REASON_MAX, "privileges could not be dropped (%d)", err);
		return -EPERM;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, DUMPABLE, 0, 0, 0) ||
	    no_core_dumps()) {
		err = -errno;
		snprintf(reason, PRIVS_REASON_MAX, "prctl, setrlimit: %s", strerror(-err));
	}
	return err;
}

gid_t privs_socket_group(const char *name)
{
	struct group *gr = *name ? getgrnam(name) : NULL;

	return gr && (!getuid() || gr->gr_gid == getgid()) ? gr->gr_gid : (gid_t)-1;
}

int privs_drop_all(void)
{
	capng_clear(CAPNG_SELECT_BOTH);
	return capng_apply(CAPNG_SELECT_CAPS) ? -EPERM : 0;
}
