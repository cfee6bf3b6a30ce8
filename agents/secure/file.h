/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of keys and certificates. A secret is read only from a file that nobody
 * but its owner can read; a file is written aside, synced and renamed, so that
 * it is there whole or not at all.
 */
#ifndef _XOS_SECURE_FILE_H
#define _XOS_SECURE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECURE_REASON_MAX 256
/* Longest file that is read or written. */
#define SECURE_FILE_MAX	  (512 * 1024)
#define SECURE_PATH_MAX	  512

/**
 * struct secure_blob - contents of a file
 * @data: memory of malloc(3), one byte longer than @len, which is 0
 * @len: bytes
 */
struct secure_blob {
	uint8_t *data;
	size_t len;
};

/**
 * secure_file_read() - read a file
 * @path: file
 * @secret: it must be a regular file of this user or root, of mode 0600 at most
 * @out: contents, to be given to secure_blob_wipe(); untouched on failure
 * @reason: at least SECURE_REASON_MAX bytes for "PATH: what is wrong"
 *
 * Return: 0, -EACCES for owner or mode, -EFBIG, -EINVAL for what is no file, -ENOMEM, or a
 * negative errno of open(2), read(2).
 */
int secure_file_read(const char *path, bool secret, struct secure_blob *out, char *reason);

/**
 * secure_file_write() - replace a file, durably
 * @path: file; its folder must exist
 * @mode: 0600 for a secret, 0644
 * @data: contents
 * @len: bytes
 * @reason: at least SECURE_REASON_MAX bytes for "PATH: what is wrong"
 *
 * Return: 0 or a negative errno; the old file is still there then.
 */
int secure_file_write(const char *path, unsigned int mode, const void *data, size_t len,
		      char *reason);

/**
 * secure_path() - join a folder and a name
 * @out: SECURE_PATH_MAX bytes
 * @dir: folder
 * @name: name
 *
 * Return: @out; a path that is too long becomes one that cannot exist.
 */
const char *secure_path(char *out, const char *dir, const char *name);

/**
 * secure_blob_wipe() - overwrite and free
 * @blob: contents; may be empty
 */
void secure_blob_wipe(struct secure_blob *blob);

#endif
