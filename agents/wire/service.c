// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/service.yaml
 * by scripts/gen.
 */
#include <wire/service.h>

static const struct wire_field svc_listen_fields[] = {
	[0] = {
		.name = "server",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_listen, server),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "name",
		.kind = WIRE_K_STRING,
		.max = 64ULL,
		.offset = offsetof(struct wire_svc_listen, name),
		.has = offsetof(struct wire_svc_listen, has_name),
	},
};

const struct wire_set wire_svc_listen_set = {
	.name = "svc-listen",
	.fields = svc_listen_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_svc_listen),
};

static const struct wire_field svc_welcome_fields[] = {
	[0] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_svc_welcome, error),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "member",
		.kind = WIRE_K_STRING,
		.max = 64ULL,
		.offset = offsetof(struct wire_svc_welcome, member),
		.has = offsetof(struct wire_svc_welcome, has_member),
	},
};

const struct wire_set wire_svc_welcome_set = {
	.name = "svc-welcome",
	.fields = svc_welcome_fields,
	.n = 2,
	.required = 0x1ULL,
	.size = sizeof(struct wire_svc_welcome),
};

static const struct wire_field svc_release_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_release, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_release, client),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "peer",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_release, peer),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_svc_release_set = {
	.name = "svc-release",
	.fields = svc_release_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_svc_release),
};

static const struct wire_field svc_released_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_released, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_svc_released, error),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "app",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_svc_released, app),
		.has = offsetof(struct wire_svc_released, has_app),
	},
};

const struct wire_set wire_svc_released_set = {
	.name = "svc-released",
	.fields = svc_released_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_svc_released),
};

static const struct wire_field svc_park_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_park, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_park, client),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "peer",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_park, peer),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "app",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_svc_park, app),
		.has = offsetof(struct wire_svc_park, has_app),
	},
};

const struct wire_set wire_svc_park_set = {
	.name = "svc-park",
	.fields = svc_park_fields,
	.n = 4,
	.required = 0x7ULL,
	.size = sizeof(struct wire_svc_park),
};

static const struct wire_field svc_parked_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_parked, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.flags = WIRE_F_REQUIRED,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_svc_parked, error),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_svc_parked_set = {
	.name = "svc-parked",
	.fields = svc_parked_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_svc_parked),
};

static const struct wire_field svc_go_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_go, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_svc_go_set = {
	.name = "svc-go",
	.fields = svc_go_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_svc_go),
};

static const struct wire_field svc_drop_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_drop, tx),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_svc_drop_set = {
	.name = "svc-drop",
	.fields = svc_drop_fields,
	.n = 1,
	.required = 0x1ULL,
	.size = sizeof(struct wire_svc_drop),
};

static const struct wire_field svc_reoffer_fields[] = {
	[0] = {
		.name = "tx",
		.kind = WIRE_K_ID,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_reoffer, tx),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_reoffer, client),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "peer",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_svc_reoffer, peer),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "arriving",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_svc_reoffer, arriving),
		.has = WIRE_HAS_NONE,
	},
	[4] = {
		.name = "app",
		.kind = WIRE_K_BYTES,
		.max = 65536ULL,
		.offset = offsetof(struct wire_svc_reoffer, app),
		.has = offsetof(struct wire_svc_reoffer, has_app),
	},
};

const struct wire_set wire_svc_reoffer_set = {
	.name = "svc-reoffer",
	.fields = svc_reoffer_fields,
	.n = 5,
	.required = 0x7ULL,
	.size = sizeof(struct wire_svc_reoffer),
};

const struct wire_msg wire_svc_listen_msg = {
	.name = "svc-listen",
	.doc = "Program to agent",
	.set = &wire_svc_listen_set,
	.type = WIRE_SVC_LISTEN,
};

const struct wire_msg wire_svc_welcome_msg = {
	.name = "svc-welcome",
	.doc = "Agent to program",
	.set = &wire_svc_welcome_set,
	.type = WIRE_SVC_WELCOME,
};

const struct wire_msg wire_svc_release_msg = {
	.name = "svc-release",
	.doc = "Agent to program",
	.set = &wire_svc_release_set,
	.type = WIRE_SVC_RELEASE,
};

const struct wire_msg wire_svc_released_msg = {
	.name = "svc-released",
	.doc = "Program to agent",
	.set = &wire_svc_released_set,
	.type = WIRE_SVC_RELEASED,
};

const struct wire_msg wire_svc_park_msg = {
	.name = "svc-park",
	.doc = "Agent to program, with a descriptor",
	.set = &wire_svc_park_set,
	.type = WIRE_SVC_PARK,
};

const struct wire_msg wire_svc_parked_msg = {
	.name = "svc-parked",
	.doc = "Program to agent",
	.set = &wire_svc_parked_set,
	.type = WIRE_SVC_PARKED,
};

const struct wire_msg wire_svc_go_msg = {
	.name = "svc-go",
	.doc = "Agent to program",
	.set = &wire_svc_go_set,
	.type = WIRE_SVC_GO,
};

const struct wire_msg wire_svc_drop_msg = {
	.name = "svc-drop",
	.doc = "Agent to program",
	.set = &wire_svc_drop_set,
	.type = WIRE_SVC_DROP,
};

const struct wire_msg wire_svc_reoffer_msg = {
	.name = "svc-reoffer",
	.doc = "Program to agent, with the descriptor, after svc-listen on a new socket - a connection that was parked when the agent went away",
	.set = &wire_svc_reoffer_set,
	.type = WIRE_SVC_REOFFER,
};
