/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Log lines that others can provoke are written at a bounded rate. */
#ifndef _XOS_ENV_RATELIMIT_H
#define _XOS_ENV_RATELIMIT_H

#include <env/env.h>

#define RATELIMIT_BURST	   10
#define RATELIMIT_EACH_SEC 5

/**
 * struct ratelimit - at most a burst of RATELIMIT_BURST, then one line in RATELIMIT_EACH_SEC
 * @since_ns: when @used was last made smaller
 * @used: lines written and not yet forgotten
 * @suppressed: lines held back since the last one that was written
 */
struct ratelimit {
	uint64_t since_ns;
	uint32_t used;
	uint32_t suppressed;
};

/**
 * ratelimit_ok() - may a line be written now?
 * @r: limit, zeroed at first
 * @now_ns: time
 * @suppressed: when the answer is true: lines held back before this one
 *
 * Return: true to write it; otherwise it is counted.
 */
static inline bool ratelimit_ok(struct ratelimit *r, uint64_t now_ns, uint32_t *suppressed)
{
	uint64_t old = (now_ns - r->since_ns) / (RATELIMIT_EACH_SEC * ENV_SEC);

	if (old) {
		r->used = old < r->used ? r->used - (uint32_t)old : 0;
		r->since_ns = now_ns;
	}
	if (r->used >= RATELIMIT_BURST) {
		r->suppressed++;
		return false;
	}
	r->used++;
	*suppressed = r->suppressed;
	r->suppressed = 0;
	return true;
}

/**
 * ratelimit_refused() - say that somebody was refused something, if a line may be written now
 * @r: limit
 * @env: clock and log
 * @who: address or name
 * @why: reason, for people
 */
static inline void ratelimit_refused(struct ratelimit *r, struct env *env, const char *who,
				     const char *why)
{
	uint32_t more;

	if (ratelimit_ok(r, env_now(env), &more))
		env_log(env, ENV_WARN, ENV_SUB_CONTROL, "%s refused: %s; %u more before", who, why,
			more);
}

#endif
