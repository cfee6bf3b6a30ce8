// SPDX-License-Identifier: GPL-2.0-or-later
#include "agent.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

uint8_t agent_request[CLIENT_MSG_MAX];

static struct agent {
	const char *name;
	struct client client;
	bool open;
} agents[] = {
	{ .name = AGENT_XOSD },
	{ .name = AGENT_HANDOFFD },
	{ .name = AGENT_VNODED },
};

int agent_open(const char *name, struct client **out)
{
	struct agent *a = agents;
	char path[256];
	int err;

	while (strcmp(a->name, name))
		a++;
	if (!a->open) {
		snprintf(path, sizeof(path), "%s/%s.sock", xosctl.run_dir, a->name);
		err = client_open(&a->client, path, xosctl.timeout_ms);
		if (err)
			return fail(EXIT_UNREACHABLE, "%s is not reachable at %s: %s", a->name,
				    path, strerror(-err));
		a->open = true;
	}
	*out = &a->client;
	return EXIT_OK;
}

static void agent_forget(struct client *c)
{
	for (size_t i = 0; i < sizeof(agents) / sizeof(*agents); i++) {
		if (&agents[i].client != c)
			continue;
		client_close(c);
		agents[i].open = false;
	}
}

int agent_call(struct client *c, struct bytes request, client_item_fn item, void *ctx)
{
	return agent_verdict(c, client_call(c, request, item, ctx));
}

int agent_verdict(struct client *c, int err)
{
	if (!err)
		return EXIT_OK;
	/* The agent's own words come with its verdict; without words the connection is at fault. */
	if (c->text[0])
		return fail(err == -ETIMEDOUT ? EXIT_TIMEOUT : EXIT_REFUSED, "%s", c->text);
	if (err == -ETIMEDOUT) {
		agent_forget(c);
		return fail(EXIT_TIMEOUT, "no answer in %u ms", xosctl.timeout_ms);
	}
	if (err == -ECONNRESET || err == -EPIPE || err == -EPROTO) {
		agent_forget(c);
		return fail(EXIT_UNREACHABLE, "%s",
			    err == -EPROTO ? "the answer is not understood" :
					     "the agent went away");
	}
	return fail(EXIT_REFUSED, "%s", strerror(-err));
}
