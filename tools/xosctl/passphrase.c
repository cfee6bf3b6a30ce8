// SPDX-License-Identifier: GPL-2.0-or-later
#include "passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "xosctl.h"

/* One line, without its end; byte by byte, so that nothing behind it is taken. */
static int read_line(int fd, char *out)
{
	size_t n = 0;
	ssize_t got;

	while (n < AUTHORITY_PASSPHRASE_MAX - 1) {
		got = read(fd, out + n, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got || out[n] == '\n')
			break;
		n++;
	}
	out[n] = 0;
	return n ? 0 : -ENODATA;
}

static int ask(int tty, const char *prompt, char *out)
{
	struct termios old, quiet;
	int err;

	if (tcgetattr(tty, &old))
		return -errno;
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	if (write(tty, prompt, strlen(prompt)) < 0 || tcsetattr(tty, TCSAFLUSH, &quiet))
		return -errno;
	err = read_line(tty, out);
	tcsetattr(tty, TCSAFLUSH, &old);
	return write(tty, "\n", 1) < 0 ? -errno : err;
}

static int ask_terminal(bool twice, char *out)
{
	char again[AUTHORITY_PASSPHRASE_MAX] = "";
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY), err;

	if (tty < 0)
		return fail(EXIT_SYNTAX, "there is no terminal; give passphrase-fd");
	err = ask(tty, "Passphrase of the authority: ", out);
	if (!err && twice)
		err = ask(tty, "Once more: ", again);
	close(tty);
	if (!err && twice && strcmp(out, again))
		err = -EINVAL;
	explicit_bzero(again, sizeof(again));
	if (err)
		return fail(EXIT_SYNTAX, "%s",
			    err == -EINVAL ? "the passphrases differ" : strerror(-err));
	return EXIT_OK;
}

int passphrase_get(int fd, bool twice, char *out)
{
	int err;

	if (fd < 0)
		return ask_terminal(twice, out);
	err = read_line(fd, out);
	if (err)
		return fail(EXIT_SYNTAX, "passphrase-fd %d: %s", fd, strerror(-err));
	return EXIT_OK;
}
