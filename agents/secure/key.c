// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/key.h>

#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_DIGITS (2 * SECURE_KEY_LEN)

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static int key_parse(const char *text, size_t len, struct secure_key *key)
{
	if (len && text[len - 1] == '\n')
		len--;
	if (len != KEY_DIGITS)
		return -EINVAL;
	for (size_t i = 0; i < KEY_DIGITS; i++) {
		int v = hex_digit(text[i]);

		if (v < 0)
			return -EINVAL;
		key->b[i / 2] = (uint8_t)(i % 2 ? key->b[i / 2] << 4 | v : v);
	}
	return 0;
}

static int key_check_file(int fd, const char *path, char *reason)
{
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		snprintf(reason, SECURE_REASON_MAX, "%s: not a regular file", path);
		return -EINVAL;
	}
	if (st.st_uid != geteuid() && st.st_uid != 0) {
		snprintf(reason, SECURE_REASON_MAX,
			 "%s: belongs to user %u, neither to this user nor to root", path,
			 (unsigned int)st.st_uid);
		return -EACCES;
	}
	if (st.st_mode & 07777 & ~0600) {
		snprintf(reason, SECURE_REASON_MAX,
			 "%s: mode %04o, a key must not be accessible to others (chmod 600)", path,
			 (unsigned int)(st.st_mode & 07777));
		return -EACCES;
	}
	return 0;
}

int secure_key_load(const char *path, struct secure_key *key, char *reason)
{
	/* One byte more than newline and NUL need, so that too much is seen. */
	char text[KEY_DIGITS + 2];
	struct secure_key tmp;
	ssize_t len;
	int fd, err;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		err = -errno;
		snprintf(reason, SECURE_REASON_MAX, "%s: %s", path, strerror(-err));
		return err;
	}
	err = key_check_file(fd, path, reason);
	if (err)
		goto out_close;
	len = read(fd, text, sizeof(text));
	if (len < 0) {
		err = -errno;
		snprintf(reason, SECURE_REASON_MAX, "%s: %s", path, strerror(-err));
		goto out_close;
	}
	err = key_parse(text, (size_t)len, &tmp);
	if (err)
		snprintf(reason, SECURE_REASON_MAX,
			 "%s: must hold %d hexadecimal digits and nothing else", path, KEY_DIGITS);
	else
		*key = tmp;
	explicit_bzero(text, sizeof(text));
	secure_key_wipe(&tmp);

out_close:
	close(fd);
	return err;
}

int secure_key_derive(const struct secure_key *key, const char *label, void *out, size_t len)
{
	const gnutls_datum_t secret = { (unsigned char *)key->b, SECURE_KEY_LEN };
	const gnutls_datum_t none = { NULL, 0 };
	const gnutls_datum_t info = { (unsigned char *)label, (unsigned int)strlen(label) };
	uint8_t prk[32];
	const gnutls_datum_t mid = { prk, sizeof(prk) };
	int err;

	err = gnutls_hkdf_extract(GNUTLS_MAC_SHA256, &secret, &none, prk);
	if (!err)
		err = gnutls_hkdf_expand(GNUTLS_MAC_SHA256, &mid, &info, out, len);
	explicit_bzero(prk, sizeof(prk));
	return err ? -EIO : 0;
}

void secure_key_wipe(struct secure_key *key)
{
	explicit_bzero(key, sizeof(*key));
}
