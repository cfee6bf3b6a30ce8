// SPDX-License-Identifier: GPL-2.0-or-later
#include "vnode_backup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <base/be.h>
#include <base/crc32c.h>
#include <wire/vctl.h>

#include "agent.h"

#define VERSION	  1
#define HEADER	  16
#define SUM_LEN	  4
/* How often is asked again for what is not there yet, and how often at most. */
#define AGAIN_MS  50
#define TRIES_MAX 600
/* Snapshots that may replace each other while one is read. */
#define NEWER_MAX 20

static void pause_ms(long ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* --- backup ----------------------------------------------------------------------------- */

static int chunk_item(void *ctx, uint16_t type, struct bytes msg)
{
	if (type != WIRE_VCTL_CHUNK || wire_vctl_chunk_decode(msg, ctx))
		return -EPROTO;
	return 0;
}

/* A file that is written, and its sum. */
struct out {
	FILE *f;
	uint32_t sum;
};

static int put(struct out *o, struct bytes b)
{
	o->sum = crc32c(o->sum, b.data, b.len);
	return fwrite(b.data, 1, b.len, o->f) == b.len ? 0 : -EIO;
}

static int put_header(struct out *o, struct bytes name, const struct wire_vctl_backed *backed)
{
	struct wire_vctl_file m = { .version = VERSION, .name = name, .backed = *backed };
	uint8_t room[512];
	struct buf b = buf_of(room, sizeof(room));

	if (wire_vctl_file_encode(&m, &b))
		return -EMSGSIZE;
	o->sum = 0;
	rewind(o->f);
	return ftruncate(fileno(o->f), 0) ? -errno : put(o, buf_bytes(&b));
}

static int put_sum(struct out *o)
{
	uint8_t sum[SUM_LEN];

	be32_store(sum, o->sum);
	if (fwrite(sum, 1, sizeof(sum), o->f) != sizeof(sum) || fflush(o->f))
		return -EIO;
	return fsync(fileno(o->f)) ? -errno : 0;
}

/* Wait for a snapshot that has all that is applied now. */
static int wait_fresh(struct bytes name, struct wire_vctl_chunk *m)
{
	uint64_t target = 0;
	int status;

	for (int i = 0; i < TRIES_MAX; i++) {
		status = AGENT_REQUEST(AGENT_VNODED, vctl_backup, chunk_item, m, .name = name,
				       .fresh = true);
		if (status != EXIT_OK)
			return status;
		if (!i)
			target = m->applied;
		if (m->backed.snapshot && m->backed.index >= target)
			return EXIT_OK;
		pause_ms(AGAIN_MS);
	}
	return fail(EXIT_TIMEOUT, "no snapshot could be made: requests run that do not end");
}

static int write_chunks(struct bytes name, struct out *o, struct wire_vctl_chunk *m)
{
	struct wire_vctl_backed now = { .snapshot = 0 };
	int status = EXIT_OK, newer = 0, err = 0;

	for (uint32_t n = 0; status == EXIT_OK && !err;) {
		if (m->backed.snapshot != now.snapshot) {
			if (newer++ == NEWER_MAX)
				return fail(EXIT_REFUSED, "snapshots are made faster than read");
			now = m->backed;
			n = 0;
			err = put_header(o, name, &now);
		} else {
			err = put(o, m->chunk);
			n++;
		}
		if (n == now.chunks || err)
			break;
		status = AGENT_REQUEST(AGENT_VNODED, vctl_backup, chunk_item, m, .name = name,
				       .number = n);
	}
	if (status == EXIT_OK && !err)
		err = put_sum(o);
	return err ? fail(EXIT_REFUSED, "%s", strerror(-err)) : status;
}

int vnode_backup(struct bytes name, const char *path)
{
	struct wire_vctl_chunk m = { .seq = 0 };
	int status = wait_fresh(name, &m);
	struct out o = { .sum = 0 };

	if (status != EXIT_OK)
		return status;
	if (m.alone)
		fprintf(stderr, "xosctl: no replica leads: "
				"what the others had acknowledged last may be missing\n");
	o.f = fopen(path, "w");
	if (!o.f)
		return fail(EXIT_REFUSED, "%s: %s", path, strerror(errno));
	status = write_chunks(name, &o, &m);
	fclose(o.f);
	if (status != EXIT_OK)
		unlink(path);
	return status;
}

/* --- restore ---------------------------------------------------------------------------- */

/* The next message of the file; empty at its end, or where it is none. */
static struct bytes next(FILE *f)
{
	static uint8_t room[WIRE_VCTL_CHUNK_MAX + 4096];
	size_t len;

	if (fread(room, 1, HEADER, f) != HEADER || wire_frame_len(bytes_of(room, HEADER), &len) ||
	    len < HEADER || len > sizeof(room) ||
	    fread(room + HEADER, 1, len - HEADER, f) != len - HEADER)
		return bytes_of(NULL, 0);
	return bytes_of(room, len);
}

static bool whole(FILE *f, struct wire_vctl_file *m, char *name)
{
	struct bytes b = next(f);
	uint8_t sum[SUM_LEN];
	uint32_t crc;

	if (wire_vctl_file_decode(b, m) || m->version != VERSION)
		return false;
	/* it has to outlive the message */
	memcpy(name, m->name.data, m->name.len);
	m->name.data = (uint8_t *)name;
	crc = crc32c(0, b.data, b.len);
	for (uint32_t i = 0; i < m->backed.chunks; i++) {
		b = next(f);
		if (!b.len)
			return false;
		crc = crc32c(crc, b.data, b.len);
	}
	return fread(sum, 1, sizeof(sum), f) == sizeof(sum) && be32_load(sum) == crc;
}

static int group_item(void *ctx, uint16_t type, struct bytes msg)
{
	if (type != WIRE_VCTL_RESTORED || wire_vctl_restored_decode(msg, ctx))
		return -EPROTO;
	return 0;
}

/* Ask until it is not "again" any more. */
#define UNTIL_DONE(msg, ...)                                                                      \
	({                                                                                        \
		struct client *_c;                                                                \
		int _err = -EAGAIN, _status = agent_open(AGENT_VNODED, &_c);                      \
                                                                                                  \
		for (int _i = 0; _status == EXIT_OK && _err == -EAGAIN && _i < TRIES_MAX; _i++) { \
			struct buf _b = buf_of(agent_request, sizeof(agent_request));             \
			struct wire_##msg _m = { .seq = client_next_seq(_c), __VA_ARGS__ };       \
                                                                                                  \
			if (_i)                                                                   \
				pause_ms(AGAIN_MS);                                               \
			_err = wire_##msg##_encode(&_m, &_b) ?                                    \
				       -EMSGSIZE :                                                \
				       client_call(_c, buf_bytes(&_b), NULL, NULL);               \
		}                                                                                 \
		_status == EXIT_OK ? agent_verdict(_c, _err) : _status;                           \
	})

static int send_chunks(FILE *f, const struct wire_vctl_file *m, uint64_t group)
{
	int status = EXIT_OK;

	rewind(f);
	next(f);
	for (uint32_t i = 0; status == EXIT_OK && i < m->backed.chunks; i++) {
		struct bytes chunk = next(f);

		status =
			UNTIL_DONE(vctl_restore_chunk, .group = group, .number = i, .chunk = chunk);
	}
	return status == EXIT_OK ? UNTIL_DONE(vctl_restore_end, .group = group) : status;
}

static int restore_from(FILE *f, struct bytes name, const char *path)
{
	struct wire_vctl_restored made = { .group = 0 };
	char its_name[WIRE_VN_NAME_MAX + 1] = "";
	struct wire_vctl_file m;
	int status;

	if (!whole(f, &m, its_name))
		return fail(EXIT_REFUSED, "%s: not a whole backup", path);
	if (!bytes_eq(name, m.name))
		return fail(EXIT_REFUSED, "%s is a backup of %s", path, its_name);
	status = AGENT_REQUEST(AGENT_VNODED, vctl_restore, group_item, &made, .name = name,
			       .backed = m.backed);
	if (status != EXIT_OK)
		return status;
	status = send_chunks(f, &m, made.group);
	if (status != EXIT_OK)
		AGENT_REQUEST(AGENT_VNODED, vctl_delete, NULL, NULL, .name = name);
	return status;
}

int vnode_restore(struct bytes name, const char *path)
{
	FILE *f = fopen(path, "r");
	int status;

	if (!f)
		return fail(EXIT_REFUSED, "%s: %s", path, strerror(errno));
	status = restore_from(f, name, path);
	fclose(f);
	return status;
}
