// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Service of a virtual node: an SQL database. SQLite itself is the unchanged
 * library of the distribution, with its own mutexes, clock and random numbers.
 *
 *   sql STATEMENTS     answers rows, a line each, columns separated by tabs
 *   query STATEMENT    the same for one statement that changes nothing
 *
 * Links: -lsqlite3
 */
#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <xos_vnode.h>

static sqlite3 *db;

static int start(void **state, const char *config)
{
	/* serialized: SQLite locks for itself, any thread may use the connection */
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;

	return sqlite3_open_v2(":memory:", &db, flags, NULL) ? -EIO : 0;
}

static int row(void *ctx, int n, char **values, char **names)
{
	for (int i = 0; i < n; i++) {
		const char *v = values[i] ? values[i] : "NULL";

		if (xos_vnode_reply(v, strlen(v)) || xos_vnode_reply(i + 1 < n ? "\t" : "\n", 1))
			return 1;
	}
	return 0;
}

/* Several statements of one request must not mix with those of others. */
static int sql(const char *text)
{
	char *error = NULL;
	int code;

	sqlite3_mutex_enter(sqlite3_db_mutex(db));
	/* random numbers of a request come from the request, not from those before it */
	sqlite3_randomness(0, NULL);
	code = sqlite3_exec(db, text, row, NULL, &error);
	if (code && !sqlite3_get_autocommit(db))
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_mutex_leave(sqlite3_db_mutex(db));
	if (error)
		xos_vnode_reply(error, strlen(error));
	sqlite3_free(error);
	return code ? EINVAL : 0;
}

/* Does the text hold one statement that changes nothing? */
static int query_allowed(const char *text)
{
	sqlite3_stmt *stmt = NULL;
	const char *rest = "";
	int code = sqlite3_prepare_v2(db, text, -1, &stmt, &rest), err = 0;

	if (!code && stmt && (!sqlite3_stmt_readonly(stmt) || rest[strspn(rest, " ;\n")]))
		err = EROFS;
	sqlite3_finalize(stmt);
	return err;
}

static int invoke(void *state, const struct xos_vnode_request *r)
{
	bool query = !strcmp(r->operation, "query");
	char *text;
	int err;

	if (!query && strcmp(r->operation, "sql"))
		return ENOSYS;
	text = malloc(r->len + 1);
	if (!text)
		return ENOMEM;
	if (r->len)
		memcpy(text, r->args, r->len);
	text[r->len] = '\0';
	err = query ? query_allowed(text) : 0;
	if (!err)
		err = sql(text);
	free(text);
	return err;
}

static int snapshot(void *state, xos_vnode_write_fn write, void *ctx)
{
	sqlite3_int64 size;
	unsigned char *image = sqlite3_serialize(db, "main", &size, 0);
	int err;

	if (!image)
		return -ENOMEM;
	err = write(ctx, image, (size_t)size);
	sqlite3_free(image);
	return err;
}

static int restore(void *state, xos_vnode_read_fn read, void *ctx)
{
	unsigned int flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
	size_t have = 0, cap = 1 << 20;
	unsigned char *image = sqlite3_malloc64(cap), *more;
	long n;

	while (image && (n = read(ctx, image + have, cap - have)) > 0) {
		have += (size_t)n;
		if (have < cap)
			continue;
		more = sqlite3_realloc64(image, cap * 2);
		if (!more)
			sqlite3_free(image);
		image = more;
		cap *= 2;
	}
	if (!image)
		return -ENOMEM;
	return sqlite3_deserialize(db, "main", image, (sqlite3_int64)have, (sqlite3_int64)cap,
				   flags) ?
		       -EBADMSG :
		       0;
}

static void stop(void *state)
{
	sqlite3_close(db);
}

static const struct xos_vnode_operation operations[] = {
	{ "query", XOS_VNODE_READ_ONLY },
	{ NULL, 0 },
};

const struct xos_vnode_service xos_vnode_service = {
	.abi = XOS_VNODE_ABI,
	.name = "sqlite",
	.start = start,
	.invoke = invoke,
	.snapshot = snapshot,
	.restore = restore,
	.stop = stop,
	.operations = operations,
};
