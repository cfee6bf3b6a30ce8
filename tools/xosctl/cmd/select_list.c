// SPDX-License-Identifier: GPL-2.0-or-later
#include "select_list.h"

#include <errno.h>
#include <string.h>

#include <wire/control.h>

#include "agent.h"
#include "hostlist.h"
#include "text.h"

struct list {
	enum select_list kind;
	struct hostlist hosts;
	/* Machines that came, and whether it is a count of machines instead. */
	size_t n;
	bool counted;
};

enum select_list select_list_named(const char *name)
{
	static const char *const names[] = {
		[LIST_HOSTS] = "hosts", [LIST_HOSTFILE] = "hostfile", [LIST_SLURM] = "slurm"
	};

	for (int i = LIST_HOSTS; name && i <= LIST_SLURM; i++) {
		if (!strcmp(name, names[i]))
			return (enum select_list)i;
	}
	return LIST_NONE;
}

/* The last attribute that is shown: select_list_run() asked for it. */
static struct bytes cores_of(const struct wire_ctl_select_item *m)
{
	struct wire_ctl_shown shown, last = { .value = { 0 } };
	size_t pos = 0;

	while (wire_ctl_shown_list_next(&m->shown, &pos, &shown))
		last = shown;
	return last.value;
}

static int say_machine(struct list *l, struct bytes msg)
{
	struct wire_ctl_select_item m;
	char name[CLIENT_TEXT_MAX], cores[CLIENT_TEXT_MAX];

	if (wire_ctl_select_item_decode(msg, &m))
		return -EPROTO;
	l->n++;
	if (l->kind == LIST_SLURM)
		return hostlist_add(&l->hosts, m.machine);
	fputs(text_of(m.machine, name, sizeof(name)), stdout);
	if (l->kind == LIST_HOSTFILE && cores_of(&m).len)
		printf(" slots=%s", text_of(cores_of(&m), cores, sizeof(cores)));
	putchar('\n');
	return 0;
}

static int say_end(struct list *l, struct bytes msg)
{
	struct wire_ctl_select_summary m;

	if (wire_ctl_select_summary_decode(msg, &m))
		return -EPROTO;
	l->counted = m.found > l->n;
	hostlist_print_slurm(&l->hosts);
	fflush(stdout);
	if (bytes_eq(m.outcome, bytes_str("partial")))
		fprintf(stderr, "Warning: the list is partial, %u regions did not answer.\n",
			m.missing);
	return 0;
}

static int list_item(void *ctx, uint16_t type, struct bytes msg)
{
	if (type == WIRE_CTL_SELECT_ITEM)
		return say_machine(ctx, msg);
	if (type == WIRE_CTL_SELECT_SUMMARY)
		return say_end(ctx, msg);
	return type == WIRE_CTL_SELECT_CLAUSE ? 0 : -EPROTO;
}

int select_list_run(enum select_list kind, char query[QUERY_MAX], size_t len)
{
	static const char cores[] = " show cores";
	struct list l = { .kind = kind };
	int status;

	if (print_options.json)
		return fail(EXIT_SYNTAX, "a list for other programs is not JSON");
	if (kind == LIST_HOSTFILE) {
		if (len + sizeof(cores) > QUERY_MAX)
			return fail(EXIT_SYNTAX, "the query is longer than %d bytes",
				    QUERY_MAX - (int)sizeof(cores));
		memcpy(query + len, cores, sizeof(cores));
		len += sizeof(cores) - 1;
	}
	status =
		AGENT_REQUEST(AGENT_XOSD, ctl_select, list_item, &l, .query = bytes_of(query, len));
	hostlist_free(&l.hosts);
	if (status == EXIT_OK && l.counted)
		return fail(EXIT_SYNTAX, "'count' and 'explain' list no machines");
	return status;
}
