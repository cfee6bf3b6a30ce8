// SPDX-License-Identifier: GPL-2.0-or-later
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <wire/wire.h>

#define HEADER_LEN 16

void image_init(struct image *i, const char *folder, uint64_t group)
{
	i->fd = -1;
	i->next = -1;
	snprintf(i->path, sizeof(i->path), "%s/%016llx.image", folder, (unsigned long long)group);
}

void image_exit(struct image *i)
{
	image_end(i, false);
	if (i->fd >= 0)
		close(i->fd);
	i->fd = -1;
	unlink(i->path);
}

/* The file needs no sync and no name: after a restart the log gives its snapshot again. */
int image_begin(struct image *i)
{
	image_end(i, false);
	i->next = open(i->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (i->next < 0)
		return -errno;
	unlink(i->path);
	return 0;
}

int image_write(struct image *i, struct bytes data)
{
	while (data.len) {
		ssize_t n = write(i->next, data.data, data.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -ENOSPC;
		data.data += n;
		data.len -= (size_t)n;
	}
	return 0;
}

void image_end(struct image *i, bool good)
{
	if (i->next < 0)
		return;
	if (good) {
		if (i->fd >= 0)
			close(i->fd);
		i->fd = i->next;
	} else {
		close(i->next);
	}
	i->next = -1;
}

size_t image_bytes(struct image *i, uint64_t pos, void *out, size_t len)
{
	ssize_t n = i->fd < 0 ? 0 : pread(i->fd, out, len, (off_t)pos);

	return n > 0 ? (size_t)n : 0;
}

struct bytes image_message(struct image *i, uint64_t *pos)
{
	size_t len;

	if (image_bytes(i, *pos, i->room, HEADER_LEN) != HEADER_LEN ||
	    wire_frame_len(bytes_of(i->room, HEADER_LEN), &len) || len > sizeof(i->room) ||
	    image_bytes(i, *pos, i->room, len) != len)
		return bytes_of(NULL, 0);
	*pos += len;
	return bytes_of(i->room, len);
}
