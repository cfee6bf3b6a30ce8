// SPDX-License-Identifier: GPL-2.0-or-later
#include <store/segment.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/assert.h>
#include <base/be.h>
#include <base/crc32c.h>

#define MAGIC	    0x584f534c /* "XOSL" */
#define FORMAT	    1
#define CRC_OFF	    16
#define HDR_USED    20
#define SPARE	    "spare"
#define SPARE_TMP   "spare.tmp"
#define ZEROS_BYTES (64 * 1024)
#define NAME_DIGITS 16

static const uint8_t zeros[ZEROS_BYTES];

void segment_name(uint64_t first, char *name)
{
	snprintf(name, SEGMENT_NAME_MAX, "%016" PRIx64 ".log", first);
}

bool segment_first(const char *name, uint64_t *first)
{
	char same[SEGMENT_NAME_MAX];

	if (strlen(name) <= NAME_DIGITS)
		return false;
	*first = strtoull(name, NULL, 16);
	segment_name(*first, same);
	return !strcmp(name, same);
}

static int write_all(int fd, const uint8_t *data, size_t len, uint64_t at)
{
	while (len) {
		ssize_t n = pwrite(fd, data, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -EIO;
		data += n;
		len -= (size_t)n;
		at += (size_t)n;
	}
	return 0;
}

static int read_all(int fd, uint8_t *data, size_t len, uint64_t at)
{
	while (len) {
		ssize_t n = pread(fd, data, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -ENODATA;
		data += n;
		len -= (size_t)n;
		at += (size_t)n;
	}
	return 0;
}

static int write_zeros(int fd, uint64_t from, uint64_t to)
{
	int err = 0;

	for (; from < to && !err; from += ZEROS_BYTES)
		err = write_all(fd, zeros, to - from < ZEROS_BYTES ? to - from : ZEROS_BYTES, from);
	return err;
}

static int sync_dir(int dir)
{
	return fsync(dir) ? -errno : 0;
}

int segment_spare(int dir, uint64_t size)
{
	struct stat st;
	int fd, err;

	if (!fstatat(dir, SPARE, &st, 0))
		return 0;
	fd = openat(dir, SPARE_TMP, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	/* A full disk is found here, before anything is written. */
	err = -posix_fallocate(fd, 0, (off_t)size);
	if (!err)
		err = write_zeros(fd, 0, size);
	if (!err && fsync(fd))
		err = -errno;
	close(fd);
	if (!err && renameat(dir, SPARE_TMP, dir, SPARE))
		err = -errno;
	if (err) {
		unlinkat(dir, SPARE_TMP, 0);
		return err;
	}
	return sync_dir(dir);
}

static int header_write(int fd, uint64_t first)
{
	uint8_t hdr[HDR_USED];

	be32_store(hdr, MAGIC);
	be32_store(hdr + 4, FORMAT);
	be64_store(hdr + 8, first);
	be32_store(hdr + CRC_OFF, crc32c(0, hdr, CRC_OFF));
	return write_all(fd, hdr, sizeof(hdr), 0);
}

static int header_check(int fd, uint64_t first)
{
	uint8_t hdr[HDR_USED];
	int err = read_all(fd, hdr, sizeof(hdr), 0);

	if (err)
		return err == -ENODATA ? -EBADMSG : err;
	if (be32_load(hdr) != MAGIC || be32_load(hdr + CRC_OFF) != crc32c(0, hdr, CRC_OFF) ||
	    be64_load(hdr + 8) != first)
		return -EBADMSG;
	return be32_load(hdr + 4) == FORMAT ? 0 : -EPROTO;
}

int segment_begin(int dir, uint64_t size, uint64_t first, struct segment *s)
{
	char name[SEGMENT_NAME_MAX];
	int err = segment_spare(dir, size);
	int fd;

	if (err)
		return err;
	fd = openat(dir, SPARE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	segment_name(first, name);
	err = header_write(fd, first);
	if (!err && fdatasync(fd))
		err = -errno;
	if (!err && renameat(dir, SPARE, dir, name))
		err = -errno;
	if (!err)
		err = sync_dir(dir);
	if (err) {
		close(fd);
		return err;
	}
	*s = (struct segment){ .fd = fd, .first = first, .at = SEGMENT_HDR, .size = size };
	return 0;
}

int segment_open(int dir, uint64_t first, struct segment *s)
{
	char name[SEGMENT_NAME_MAX];
	struct stat st;
	int fd, err = 0;

	segment_name(first, name);
	fd = openat(dir, name, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st))
		err = -errno;
	else if (st.st_size < SEGMENT_HDR)
		err = -EBADMSG;
	if (!err)
		err = header_check(fd, first);
	if (err) {
		close(fd);
		return err;
	}
	*s = (struct segment){
		.fd = fd, .first = first, .at = SEGMENT_HDR, .size = (uint64_t)st.st_size
	};
	return 0;
}

int segment_read(const struct segment *s, struct bytes *out)
{
	size_t len = s->size - SEGMENT_HDR;
	uint8_t *data = malloc(len ? len : 1);
	int err;

	if (!data)
		return -ENOMEM;
	err = read_all(s->fd, data, len, SEGMENT_HDR);
	if (err) {
		free(data);
		return err;
	}
	*out = bytes_of(data, len);
	return 0;
}

int segment_write(struct segment *s, struct bytes data)
{
	int err;

	xassert(s->at + data.len <= s->size);
	err = write_all(s->fd, data.data, data.len, s->at);
	if (!err)
		s->at += data.len;
	return err;
}

int segment_wipe(const struct segment *s)
{
	return write_zeros(s->fd, s->at, s->size);
}

int segment_retire(int dir, uint64_t first, bool keep)
{
	char name[SEGMENT_NAME_MAX];

	segment_name(first, name);
	if (keep ? renameat(dir, name, dir, SPARE) : unlinkat(dir, name, 0))
		return -errno;
	/* The old name must not come back when the header is another one. */
	return sync_dir(dir);
}

void segment_close(struct segment *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}
