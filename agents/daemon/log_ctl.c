// SPDX-License-Identifier: GPL-2.0-or-later
#include <daemon/log_ctl.h>

#include <errno.h>
#include <string.h>

#include <daemon/log.h>

/* A word of a request as a C string; the wire format bounds it. */
static void copy_word(struct bytes from, char *out)
{
	memcpy(out, from.data, from.len);
	out[from.len] = 0;
}

void log_ctl_show(const struct env *env, struct control_client *client, uint32_t seq)
{
	for (int i = 0; i < ENV_SUB_COUNT; i++)
		CONTROL_SAY(client, seq, ctl_log_item, .subsystem = bytes_str(log_subsys_name(i)),
			    .level = bytes_str(log_level_name(env->log_level[i])));
	control_done(client, seq, 0, NULL);
}

void log_ctl_set(struct env *env, struct control_client *client, const struct wire_ctl_log_set *m)
{
	char subsys[WIRE_CTL_NAME_MAX + 1], level[WIRE_CTL_NAME_MAX + 1];
	bool may = control_client_admin(client);
	int err;

	control_audit(env, client, "set a log level", bytes_of(NULL, 0), may);
	if (!may) {
		control_done(client, m->seq, -EPERM,
			     "only root and the agent's own user may do this");
		return;
	}
	copy_word(m->subsystem, subsys);
	copy_word(m->level, level);
	err = log_set(env, subsys, level);
	if (err == -EINVAL)
		control_done(client, m->seq, err, "the levels are err, warn, info and debug");
	else if (err)
		control_done(client, m->seq, err, "there is no subsystem '%s'", subsys);
	else
		control_done(client, m->seq, 0, NULL);
}
