// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/datadir.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define GRID_MAX 64

static int complain(char *reason, const char *path, const char *what, int err)
{
	snprintf(reason, DATADIR_REASON_MAX, "%.160s: %s", path, what ? what : strerror(-err));
	return err;
}

/* Make the parents that are missing, as mkdir -p does. */
static int make_parents(const char *path)
{
	char part[256];

	if (strlen(path) >= sizeof(part))
		return -ENAMETOOLONG;
	strcpy(part, path);
	for (char *p = strchr(part + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = 0;
		if (mkdir(part, 0755) && errno != EEXIST)
			return -errno;
		*p = '/';
	}
	return 0;
}

int datadir_make(const char *path, unsigned int mode, const struct privs *p, char *reason)
{
	int err = make_parents(path);
	struct stat st;

	if (!err && mkdir(path, mode) && errno != EEXIST)
		err = -errno;
	/* The service manager may have made it, for root. */
	if (!err && p->change &&
	    (lstat(path, &st) ||
	     (S_ISDIR(st.st_mode) && !st.st_uid && lchown(path, p->uid, p->gid))))
		err = -errno;
	return err ? complain(reason, path, NULL, err) : 0;
}

static int lock_dir(const char *path, int *lock_fd, char *reason)
{
	char file[256];
	int fd, err;

	snprintf(file, sizeof(file), "%.240s/lock", path);
	fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return complain(reason, file, NULL, -errno);
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		err = errno == EWOULDBLOCK ? -EBUSY : -errno;
		close(fd);
		return complain(reason, path, err == -EBUSY ? "another agent uses it" : NULL, err);
	}
	*lock_fd = fd;
	return 0;
}

static int parse_id(const char *hex, struct xos_id *id)
{
	for (int i = 0; i < XOS_ID_LEN; i++) {
		unsigned int byte;

		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			return -EBADMSG;
		id->b[i] = (uint8_t)byte;
	}
	return 0;
}

static int read_identity(FILE *f, const char *file, const char *grid, struct xos_id *id,
			 char *reason)
{
	struct xos_id wanted = *id;
	char hex[2 * XOS_ID_LEN + 1], name[GRID_MAX];
	unsigned int format;

	if (fscanf(f, "format %u node %32[0-9a-f] grid %63[^\n]", &format, hex, name) != 3 ||
	    strlen(hex) != 2 * XOS_ID_LEN || parse_id(hex, id))
		return complain(reason, file, "is damaged", -EBADMSG);
	if (format != DATADIR_FORMAT)
		return complain(reason, file, "is of a format that this version does not know",
				-EPROTO);
	if (strcmp(name, grid))
		return complain(reason, file, "belongs to a node of another grid", -EEXIST);
	if (!xos_id_is_zero(&wanted) && !xos_id_eq(&wanted, id))
		return complain(reason, file, "belongs to another node than the credentials",
				-EEXIST);
	return 0;
}

/* Written aside, synced, renamed: it is there whole or not at all. */
static int write_identity(const char *path, const char *file, const char *grid, struct xos_id *id,
			  char *reason)
{
	char aside[300], text[256];
	int fd, dir, err = 0, n;

	if (xos_id_is_zero(id) && getrandom(id->b, sizeof(id->b), 0) != sizeof(id->b))
		return complain(reason, file, NULL, -EIO);
	n = snprintf(text, sizeof(text), "format %d\nnode ", DATADIR_FORMAT);
	for (int i = 0; i < XOS_ID_LEN; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "%02x", id->b[i]);
	n += snprintf(text + n, sizeof(text) - (size_t)n, "\ngrid %s\n", grid);
	snprintf(aside, sizeof(aside), "%s.new", file);
	fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return complain(reason, aside, NULL, -errno);
	if (write(fd, text, (size_t)n) != n || fsync(fd) || rename(aside, file))
		err = errno ? -errno : -EIO;
	close(fd);
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (!err && (dir < 0 || fsync(dir)))
		err = -errno;
	if (dir >= 0)
		close(dir);
	return err ? complain(reason, file, NULL, err) : 0;
}

int datadir_open(const char *path, const char *grid, struct xos_id *id, int *lock_fd, char *reason)
{
	char file[256];
	FILE *f;
	int err;

	err = lock_dir(path, lock_fd, reason);
	if (err)
		return err;
	snprintf(file, sizeof(file), "%.240s/identity", path);
	f = fopen(file, "re");
	if (f) {
		err = read_identity(f, file, grid, id, reason);
		fclose(f);
	} else if (errno == ENOENT) {
		err = write_identity(path, file, grid, id, reason);
	} else {
		err = complain(reason, file, NULL, -errno);
	}
	if (err)
		close(*lock_fd);
	return err;
}
