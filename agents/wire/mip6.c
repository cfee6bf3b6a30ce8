// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/mip6.yaml
 * by scripts/gen.
 */
#include <wire/mip6.h>

static const struct wire_field mip_test_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_mip_test, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_mip_test, client),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "fresh",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_mip_test, fresh),
		.has = WIRE_HAS_NONE,
	},
	[3] = {
		.name = "seq",
		.kind = WIRE_K_U16,
		.max = 65535ULL,
		.offset = offsetof(struct wire_mip_test, seq),
		.has = offsetof(struct wire_mip_test, has_seq),
	},
};

const struct wire_set wire_mip_test_set = {
	.name = "mip-test",
	.fields = mip_test_fields,
	.n = 4,
	.required = 0x3ULL,
	.size = sizeof(struct wire_mip_test),
};

static const struct wire_field mip_token_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_mip_token, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_mip_token, client),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "error",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_mip_token, error),
		.has = offsetof(struct wire_mip_token, has_error),
	},
	[3] = {
		.name = "token",
		.kind = WIRE_K_BYTES,
		.min = 8,
		.max = 8ULL,
		.offset = offsetof(struct wire_mip_token, token),
		.has = offsetof(struct wire_mip_token, has_token),
	},
	[4] = {
		.name = "nonce",
		.kind = WIRE_K_U16,
		.max = 65535ULL,
		.offset = offsetof(struct wire_mip_token, nonce),
		.has = offsetof(struct wire_mip_token, has_nonce),
	},
	[5] = {
		.name = "age-ms",
		.kind = WIRE_K_U32,
		.max = 4294967295ULL,
		.offset = offsetof(struct wire_mip_token, age_ms),
		.has = offsetof(struct wire_mip_token, has_age_ms),
	},
	[6] = {
		.name = "seq",
		.kind = WIRE_K_U16,
		.max = 65535ULL,
		.offset = offsetof(struct wire_mip_token, seq),
		.has = offsetof(struct wire_mip_token, has_seq),
	},
};

const struct wire_set wire_mip_token_set = {
	.name = "mip-token",
	.fields = mip_token_fields,
	.n = 7,
	.required = 0x3ULL,
	.size = sizeof(struct wire_mip_token),
};

static const struct wire_field mip_bound_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_mip_bound, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_mip_bound, client),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "seq",
		.kind = WIRE_K_U16,
		.flags = WIRE_F_REQUIRED,
		.max = 65535ULL,
		.offset = offsetof(struct wire_mip_bound, seq),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_mip_bound_set = {
	.name = "mip-bound",
	.fields = mip_bound_fields,
	.n = 3,
	.required = 0x7ULL,
	.size = sizeof(struct wire_mip_bound),
};

static const struct wire_field mip_leave_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_mip_leave, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_mip_leave, client),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_mip_leave_set = {
	.name = "mip-leave",
	.fields = mip_leave_fields,
	.n = 2,
	.required = 0x3ULL,
	.size = sizeof(struct wire_mip_leave),
};

static const struct wire_field mip_refresh_fields[] = {
	[0] = {
		.name = "vip",
		.kind = WIRE_K_ADDR,
		.flags = WIRE_F_REQUIRED,
		.offset = offsetof(struct wire_mip_refresh, vip),
		.has = WIRE_HAS_NONE,
	},
	[1] = {
		.name = "client",
		.kind = WIRE_K_BYTES,
		.flags = WIRE_F_REQUIRED,
		.min = 16,
		.max = 16ULL,
		.offset = offsetof(struct wire_mip_refresh, client),
		.has = WIRE_HAS_NONE,
	},
	[2] = {
		.name = "probe",
		.kind = WIRE_K_FLAG,
		.offset = offsetof(struct wire_mip_refresh, probe),
		.has = WIRE_HAS_NONE,
	},
};

const struct wire_set wire_mip_refresh_set = {
	.name = "mip-refresh",
	.fields = mip_refresh_fields,
	.n = 3,
	.required = 0x3ULL,
	.size = sizeof(struct wire_mip_refresh),
};

const struct wire_msg wire_mip_test_msg = {
	.name = "mip-test",
	.doc = "Member to contact node",
	.set = &wire_mip_test_set,
	.type = WIRE_MIP_TEST,
};

const struct wire_msg wire_mip_token_msg = {
	.name = "mip-token",
	.doc = "Contact node to member",
	.set = &wire_mip_token_set,
	.type = WIRE_MIP_TOKEN,
};

const struct wire_msg wire_mip_bound_msg = {
	.name = "mip-bound",
	.doc = "Member to contact node",
	.set = &wire_mip_bound_set,
	.type = WIRE_MIP_BOUND,
};

const struct wire_msg wire_mip_leave_msg = {
	.name = "mip-leave",
	.doc = "Member to contact node",
	.set = &wire_mip_leave_set,
	.type = WIRE_MIP_LEAVE,
};

const struct wire_msg wire_mip_refresh_msg = {
	.name = "mip-refresh",
	.doc = "Contact node to member",
	.set = &wire_mip_refresh_set,
	.type = WIRE_MIP_REFRESH,
};
