// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int complain(char *reason, const char *path, int err)
{
	snprintf(reason, SECURE_REASON_MAX, "%.180s: %s", path, strerror(-err));
	return err;
}

static int check_secret(const struct stat *st, const char *path, char *reason)
{
	if (st->st_uid != geteuid() && st->st_uid != 0) {
		snprintf(reason, SECURE_REASON_MAX,
			 "%.160s: belongs to user %u, neither to this user nor to root", path,
			 (unsigned int)st->st_uid);
		return -EACCES;
	}
	if (st->st_mode & 07777 & ~0600) {
		snprintf(reason, SECURE_REASON_MAX,
			 "%.160s: mode %04o, a key must not be accessible to others (chmod 600)",
			 path, (unsigned int)(st->st_mode & 07777));
		return -EACCES;
	}
	return 0;
}

static int read_all(int fd, struct secure_blob *out)
{
	size_t len = 0;
	ssize_t n;

	/* One byte more than the limit, so that too much is seen. */
	out->data = malloc(SECURE_FILE_MAX + 1);
	if (!out->data)
		return -ENOMEM;
	while (len <= SECURE_FILE_MAX) {
		n = read(fd, out->data + len, SECURE_FILE_MAX + 1 - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (!n)
			break;
		len += (size_t)n;
	}
	out->len = len;
	if (len > SECURE_FILE_MAX)
		return -EFBIG;
	out->data[len] = 0;
	return 0;
}

int secure_file_read(const char *path, bool secret, struct secure_blob *out, char *reason)
{
	struct secure_blob blob = { NULL, SECURE_FILE_MAX };
	struct stat st;
	int fd, err;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return complain(reason, path, -errno);
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		snprintf(reason, SECURE_REASON_MAX, "%.180s: not a regular file", path);
		err = -EINVAL;
		goto out_close;
	}
	err = secret ? check_secret(&st, path, reason) : 0;
	if (err)
		goto out_close;
	err = read_all(fd, &blob);
	if (err) {
		complain(reason, path, err);
		secure_blob_wipe(&blob);
	} else {
		*out = blob;
	}
out_close:
	close(fd);
	return err;
}

static int write_all(int fd, const uint8_t *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -EIO;
		data += n;
		len -= (size_t)n;
	}
	return fsync(fd) ? -errno : 0;
}

static int sync_folder(const char *path)
{
	char dir[SECURE_PATH_MAX];
	char *slash;
	int fd, err = 0;

	snprintf(dir, sizeof(dir), "%s", path);
	slash = strrchr(dir, '/');
	if (slash)
		slash[slash == dir] = 0;
	fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd))
		err = -errno;
	if (fd >= 0)
		close(fd);
	return err;
}

int secure_file_write(const char *path, unsigned int mode, const void *data, size_t len,
		      char *reason)
{
	char aside[SECURE_PATH_MAX];
	int fd, err;

	if (snprintf(aside, sizeof(aside), "%s.new", path) >= (int)sizeof(aside))
		return complain(reason, path, -ENAMETOOLONG);
	unlink(aside);
	fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode & 0600);
	if (fd < 0)
		return complain(reason, aside, -errno);
	err = write_all(fd, data, len);
	if (!err && fchmod(fd, mode))
		err = -errno;
	close(fd);
	if (!err && rename(aside, path))
		err = -errno;
	if (err)
		unlink(aside);
	else
		err = sync_folder(path);
	return err ? complain(reason, path, err) : 0;
}

const char *secure_path(char *out, const char *dir, const char *name)
{
	if (snprintf(out, SECURE_PATH_MAX, "%s/%s", dir, name) >= SECURE_PATH_MAX)
		strcpy(out, "/dev/null/path-too-long");
	return out;
}

void secure_blob_wipe(struct secure_blob *blob)
{
	if (blob->data) {
		explicit_bzero(blob->data, blob->len);
		free(blob->data);
	}
	blob->data = NULL;
	blob->len = 0;
}
