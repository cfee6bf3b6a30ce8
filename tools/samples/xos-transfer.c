// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Example of libxos: move an amount from one account to another, but only when
 * there is enough. What was read is expected to be still so at the commit;
 * when it is not, begin anew.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xos.h>

#define TRIES 100

static long long number_of(const struct xos_step *s)
{
	char text[24] = "0";

	if (s->result && s->result_len < sizeof(text)) {
		memcpy(text, s->result, s->result_len);
		text[s->result_len] = 0;
	}
	return strtoll(text, NULL, 10);
}

static int transfer(struct xos *x, const char *from, const char *to, long long amount)
{
	struct xos_step read = { .kind = XOS_READ, .key = from, .key_len = strlen(from) };
	struct xos_step move[3] = {
		{ .kind = XOS_EXPECT, .key = from, .key_len = strlen(from) },
		{ .kind = XOS_ADD, .key = from, .key_len = strlen(from), .number = -amount },
		{ .kind = XOS_ADD, .key = to, .key_len = strlen(to), .number = amount },
	};
	/* Short: an expectation that does not hold does not come true by waiting. */
	struct xos_txn txn = { .timeout_ms = 300 };
	long long have;
	int err;

	err = xos_txn_run(x, NULL, &read, 1);
	if (err)
		return err;
	have = number_of(&read);
	free(read.result);
	if (have < amount) {
		fprintf(stderr, "%s has only %lld\n", from, have);
		return -EDQUOT;
	}
	memcpy(move[0].version, read.version, sizeof(read.version));
	return xos_txn_run(x, &txn, move, 3);
}

int main(int argc, char **argv)
{
	struct xos *x;
	int err;

	if (argc != 4) {
		fprintf(stderr, "Usage: %s FROM TO AMOUNT\n", argv[0]);
		return 2;
	}
	err = xos_open(getenv("XOS_RUN_DIR"), 0, &x);
	if (err) {
		fprintf(stderr, "no agent: %s\n", strerror(-err));
		return 1;
	}
	for (int i = 0; i < TRIES; i++) {
		err = transfer(x, argv[1], argv[2], strtoll(argv[3], NULL, 10));
		if (err != -ECANCELED)
			break;
	}
	if (err && err != -EDQUOT)
		fprintf(stderr, "%s: %s\n", strerror(-err), xos_error(x));
	xos_close(x);
	return err != 0;
}
