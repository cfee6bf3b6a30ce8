/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The newest snapshot of a replica, as a file of wire messages. */
#ifndef _XOS_VNODED_IMAGE_H
#define _XOS_VNODED_IMAGE_H

#include <stdbool.h>

#include <base/bytes.h>

#define IMAGE_PATH_MAX 512
#define IMAGE_MSG_MAX  (256 * 1024)

/**
 * struct image - the file
 * @path: its name
 * @fd: the file, -1 without
 * @next: the one that is being written, -1 without
 * @room: for one message
 */
struct image {
	char path[IMAGE_PATH_MAX];
	int fd;
	int next;
	uint8_t room[IMAGE_MSG_MAX];
};

/**
 * image_init() - none yet
 * @i: image
 * @folder: where the file will be
 * @group: group it belongs to
 */
void image_init(struct image *i, const char *folder, uint64_t group);

/* Close, and remove the file. */
void image_exit(struct image *i);

/* Begin a new one. Return: 0 or a negative errno. */
int image_begin(struct image *i);

/* Append to the new one. Return: 0 or a negative errno. */
int image_write(struct image *i, struct bytes data);

/* The new one takes the place of the old one, or is given up. */
void image_end(struct image *i, bool good);

/* The message at @pos, which moves behind it; empty at the end. */
struct bytes image_message(struct image *i, uint64_t *pos);

/* Any bytes at @pos, up to @len of @out. Return: how many. */
size_t image_bytes(struct image *i, uint64_t pos, void *out, size_t len);

#endif
