/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The group key of a grid: its file, and the keys derived from it. */
#ifndef _XOS_SECURE_KEY_H
#define _XOS_SECURE_KEY_H

#include <stddef.h>
#include <stdint.h>

#include <secure/file.h>

#define SECURE_KEY_LEN 32

/**
 * struct secure_key - a secret; wipe it when it is not needed any more
 * @b: bytes
 */
struct secure_key {
	uint8_t b[SECURE_KEY_LEN];
};

/**
 * secure_key_load() - read a key file: 64 hexadecimal digits, one line
 * @path: regular file, of this user or root, readable and writable by its owner at most
 * @key: result, untouched on failure
 * @reason: at least SECURE_REASON_MAX bytes for "PATH: what is wrong"
 *
 * Return: 0, -EACCES for wrong owner or mode, -EINVAL for wrong contents, or a
 * negative errno of open(2), read(2).
 */
int secure_key_load(const char *path, struct secure_key *key, char *reason);

/**
 * secure_key_store() - write a key file
 * @path: file, of mode 0600 then
 * @key: key
 * @reason: at least SECURE_REASON_MAX bytes for "PATH: what is wrong"
 *
 * Return: 0 or a negative errno.
 */
int secure_key_store(const char *path, const struct secure_key *key, char *reason);

/**
 * secure_key_derive() - HKDF-SHA256 (RFC 5869) without salt
 * @key: input key
 * @label: info string; a purpose and a version, such as "xos stream v1"
 * @out: result
 * @len: bytes wanted, at most 255 * 32
 *
 * Return: 0 or -EIO.
 */
int secure_key_derive(const struct secure_key *key, const char *label, void *out, size_t len);

/**
 * secure_key_wipe() - overwrite a key
 * @key: key
 */
void secure_key_wipe(struct secure_key *key);

#endif
