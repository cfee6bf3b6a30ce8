// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A writer of xos_handoff that obeys words on standard input, one line of answer each:
 *
 *	claim [GENERATION] [force]
 *	vip ADDRESS PORT ROLES			roles: contact, member or both
 *	vip-del ADDRESS PORT
 *	member VIP ID CARE-OF WEIGHT STATE [local]
 *	member-set VIP ID WEIGHT STATE
 *	gate ADDRESS PORT CLIENT CPORT IN OUT [MEMBER]
 *	gate-del ADDRESS PORT CLIENT CPORT
 *	binding VIP CLIENT MILLISECONDS
 *	binding-del VIP CLIENT
 *	gates					how many there are
 *	drops					drop-source drop-gate drop-overflow gate-full
 *	paths					optioned routed relayed translated passed-on
 *	fail N WORDS...				obey, with the N-th allocation failing
 *
 * Answers are "ok", "ok NUMBER", or what the kernel says. After fail, "failed: " goes
 * before it when there were N allocations.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/addr.h>
#include <nl/xos_handoff_user.h>

static struct xnl_sock *nl;
static uint64_t generation;
static char *words[12];
static int count;

static const uint8_t *ip(int i)
{
	static struct xos_addr a[4];
	static int next;
	struct xos_addr *out = &a[next++ % 4];

	if (i >= count || xos_addr_parse(words[i], 0, out))
		memset(out, 0, sizeof(*out));
	return out->ip;
}

static uint32_t number(int i)
{
	return i < count ? (uint32_t)strtoul(words[i], NULL, 0) : 0;
}

static uint32_t choice(int i, const char *const *names)
{
	uint32_t n = 0;

	while (names[n] && (i >= count || strcmp(words[i], names[n])))
		n++;
	return n;
}

static int claim(void)
{
	struct xos_handoff_writer req = { .generation = 0 }, rep;
	int err;

	if (count > 1 && number(1))
		xos_handoff_writer_put_generation(&req, number(1));
	req.force = count > 1 && !strcmp(words[count - 1], "force");
	err = xos_handoff_writer_claim(nl, &req, &rep);
	if (!err)
		generation = rep.generation;
	return err;
}

static int vip(bool del)
{
	struct xos_handoff_vip m = { .generation = 0 };
	uint32_t flags = 0;

	xos_handoff_vip_put_generation(&m, generation);
	xos_handoff_vip_put_addr(&m, ip(1));
	xos_handoff_vip_put_port(&m, (uint16_t)number(2));
	if (del)
		return xos_handoff_vip_del(nl, &m);
	for (int i = 3; i < count; i++)
		flags |= !strcmp(words[i], "contact") ? XOS_HANDOFF_VIP_FLAGS_CONTACT :
							XOS_HANDOFF_VIP_FLAGS_MEMBER;
	xos_handoff_vip_put_flags(&m, flags);
	xos_handoff_vip_put_seed(&m, (const uint8_t *)"seed of selftest");
	return xos_handoff_vip_new(nl, &m);
}

static int member(bool set)
{
	static const char *const states[] = { "active", "draining", "down", NULL };
	struct xos_handoff_member m = { .generation = 0 };
	int at = set ? 3 : 4;

	xos_handoff_member_put_generation(&m, generation);
	xos_handoff_member_put_vip_addr(&m, ip(1));
	xos_handoff_member_put_id(&m, number(2));
	xos_handoff_member_put_weight(&m, number(at));
	xos_handoff_member_put_state(&m, choice(at + 1, states));
	if (set)
		return xos_handoff_member_set(nl, &m);
	xos_handoff_member_put_care_of(&m, ip(3));
	if (count > 6)
		xos_handoff_member_put_flags(&m, XOS_HANDOFF_MEMBER_FLAGS_LOCAL);
	return xos_handoff_member_new(nl, &m);
}

static int gate(bool del)
{
	static const char *const ins[] = { "local", "hold", "divert", "drop", NULL };
	static const char *const outs[] = { "pass", "drop", NULL };
	struct xos_handoff_gate m = { .generation = 0 };

	xos_handoff_gate_put_generation(&m, generation);
	xos_handoff_gate_put_addr(&m, ip(1));
	xos_handoff_gate_put_port(&m, (uint16_t)number(2));
	xos_handoff_gate_put_client_addr(&m, ip(3));
	xos_handoff_gate_put_client_port(&m, (uint16_t)number(4));
	if (del)
		return xos_handoff_gate_del(nl, &m);
	xos_handoff_gate_put_in(&m, choice(5, ins));
	xos_handoff_gate_put_out(&m, choice(6, outs));
	if (count > 7)
		xos_handoff_gate_put_member_id(&m, number(7));
	return xos_handoff_gate_set(nl, &m);
}

static int binding(bool del)
{
	struct xos_handoff_binding m = { .generation = 0 };

	xos_handoff_binding_put_generation(&m, generation);
	xos_handoff_binding_put_vip_addr(&m, ip(1));
	xos_handoff_binding_put_addr(&m, ip(2));
	if (del)
		return xos_handoff_binding_del(nl, &m);
	xos_handoff_binding_put_lifetime_ms(&m, number(3));
	return xos_handoff_binding_set(nl, &m);
}

static int count_gate(void *arg, const struct xos_handoff_gate *g)
{
	int *n = arg;

	*n = g ? *n + 1 : 0;
	return 0;
}

static int show_drops(void)
{
	struct xos_handoff_stats s;
	int err = xos_handoff_stats_get(nl, &s);

	if (!err)
		printf("%llu %llu %llu %llu\n", (unsigned long long)s.drop_source,
		       (unsigned long long)s.drop_gate, (unsigned long long)s.drop_overflow,
		       (unsigned long long)s.gate_full);
	return err;
}

static int show_paths(void)
{
	struct xos_handoff_stats s;
	int err = xos_handoff_stats_get(nl, &s);

	if (!err)
		printf("%llu %llu %llu %llu %llu\n", (unsigned long long)s.optioned,
		       (unsigned long long)s.routed, (unsigned long long)s.relayed,
		       (unsigned long long)s.translated, (unsigned long long)s.passed_on);
	return err;
}

/* Returns 1 when the answer was printed already. */
static int obey(void)
{
	int n = 0, err;

	if (!strcmp(words[0], "claim"))
		return claim();
	if (!strcmp(words[0], "vip"))
		return vip(false);
	if (!strcmp(words[0], "vip-del"))
		return vip(true);
	if (!strcmp(words[0], "member"))
		return member(false);
	if (!strcmp(words[0], "member-set"))
		return member(true);
	if (!strcmp(words[0], "gate"))
		return gate(false);
	if (!strcmp(words[0], "gate-del"))
		return gate(true);
	if (!strcmp(words[0], "binding"))
		return binding(false);
	if (!strcmp(words[0], "binding-del"))
		return binding(true);
	if (!strcmp(words[0], "drops"))
		return show_drops() ?: 1;
	if (!strcmp(words[0], "paths"))
		return show_paths() ?: 1;
	if (!strcmp(words[0], "gates")) {
		err = xos_handoff_gate_get_dump(nl, count_gate, &n);
		if (!err)
			printf("%d\n", n);
		return err ?: 1;
	}
	return -ENOSYS;
}

/*
 * The kernel counts the allocations of this thread down from the number in this
 * file and lets that one fail; what is left there says whether it came to it.
 */
static int obey_failing(void)
{
	int fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	char left[16] = "";
	int err;

	if (fd < 0 || count < 3)
		return -ENOSYS;
	if (pwrite(fd, words[1], strlen(words[1]), 0) < 0) {
		close(fd);
		return -ENOSYS;
	}
	count -= 2;
	memmove(words, words + 2, (size_t)count * sizeof(words[0]));
	err = obey();
	if (pread(fd, left, sizeof(left) - 1, 0) > 0 && !atoi(left))
		printf("failed: ");
	if (pwrite(fd, "0", 1, 0) < 0)
		printf("still failing: ");
	close(fd);
	return err;
}

int main(void)
{
	char line[256];

	if (xnl_open(&xos_handoff_family, NULL, &nl)) {
		fprintf(stderr, "handoff_tool: xos_handoff is not there\n");
		return 3;
	}
	while (fgets(line, sizeof(line), stdin)) {
		int err;

		count = 0;
		for (char *w = strtok(line, " \n"); w && count < 12; w = strtok(NULL, " \n"))
			words[count++] = w;
		err = !count ? -ENOSYS : !strcmp(words[0], "fail") ? obey_failing() : obey();
		if (!err)
			printf("ok\n");
		else if (err < 0)
			printf("%s\n", err == -ENOSYS ? "what?" : xnl_error_text(nl));
		fflush(stdout);
	}
	return 0;
}
