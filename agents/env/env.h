/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only door of a core to the outside: clock, randomness, timers, messages,
 * log. Cores are single-threaded state machines; whoever implements this
 * interface (the daemon: env_uv.c, the simulator: its own) calls them from one
 * thread, one event at a time, and never re-enters a core from inside a
 * function of this interface.
 */
#ifndef _XOS_ENV_ENV_H
#define _XOS_ENV_ENV_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <base/addr.h>
#include <base/bytes.h>
#include <base/id.h>

struct env;

#define ENV_MS	1000000ULL
#define ENV_SEC (1000 * ENV_MS)

/* Largest message on a stream, header included. */
#define ENV_STREAM_MSG_MAX (1024 * 1024)
/* Largest message in a datagram: 1280 (IPv6 minimum MTU) - 48 (IPv6, UDP) - 48 (envelope). */
#define ENV_DGRAM_MSG_MAX  1184

/*
 * A datagram sealed with a key of members that is not known lets an agent open a stream to its
 * sender, where members tell each other their keys; at most one in so long, as anybody can
 * make up such a datagram.
 */
#define ENV_MEET_NS ENV_SEC

/**
 * enum env_channel - how a message travels
 * @ENV_DGRAM: one datagram: may be lost, doubled, overtaken; authenticated. It goes by
 *	stream while there is no key of datagrams with the receiver
 * @ENV_STREAM: in order on one authenticated connection, which is opened when
 *	needed; lost when that connection breaks, never doubled
 */
enum env_channel { ENV_DGRAM, ENV_STREAM };

/**
 * enum env_level - importance of a log line
 * @ENV_ERR: something does not work and somebody must act
 * @ENV_WARN: something is odd, the service goes on
 * @ENV_INFO: what an administrator wants in the log of a healthy node
 * @ENV_DEBUG: what a developer wants
 */
enum env_level { ENV_ERR, ENV_WARN, ENV_INFO, ENV_DEBUG };

/**
 * enum env_subsys - who logs; each has its own level, changeable at run time
 */
enum env_subsys {
	ENV_SUB_MAIN,
	ENV_SUB_NET,
	ENV_SUB_STORE,
	ENV_SUB_SUSPECT,
	ENV_SUB_OVERLAY,
	ENV_SUB_DHT,
	ENV_SUB_SELECT,
	ENV_SUB_DSERVER,
	ENV_SUB_VNODE,
	ENV_SUB_KERNEL,
	ENV_SUB_CONTROL,
	ENV_SUB_COUNT
};

/**
 * struct env_timer - a one-shot timer, embedded in the object it serves
 * @fire: called once, at or after the deadline
 * @ctx: argument of @fire
 * @deadline_ns: when, in env_now() time; of the implementation
 * @slot: place in the implementation's heap, 0 when not armed
 *
 * Zero it, set @fire and @ctx, then arm it as often as you like. It must be
 * cancelled before its memory goes away.
 */
struct env_timer {
	void (*fire)(void *ctx);
	void *ctx;
	uint64_t deadline_ns;
	uint32_t slot;
};

/**
 * struct env_peer - who a message came from
 * @id: identity of the sender, authenticated
 * @addr: where the sender listens; answers go there
 */
struct env_peer {
	struct xos_id id;
	struct xos_addr addr;
};

/**
 * struct env_ops - what an implementation provides
 * @now: CLOCK_BOOTTIME in nanoseconds, read afresh at each call
 * @wall: wall-clock nanoseconds since 1970, for display and version stamps; may jump
 * @random: 64 random bits; from the kernel in the daemon, from the seed in the simulator
 * @timer_set: arm, or re-arm, a timer @delay_ns from now
 * @timer_cancel: disarm; harmless when not armed
 * @send: queue a whole wire message; the bytes are copied before it returns.
 *	Returns 0 when queued, which promises nothing about arrival; -EMSGSIZE,
 *	-ENOBUFS (queue to that peer is full, counted) or -EHOSTUNREACH
 * @send_peer: the same, for nobody but who was meant; NULL: nobody else can be there
 * @log: write a line; never fails, never blocks for long
 */
struct env_ops {
	uint64_t (*now)(struct env *env);
	uint64_t (*wall)(struct env *env);
	uint64_t (*random)(struct env *env);
	void (*timer_set)(struct env *env, struct env_timer *timer, uint64_t delay_ns);
	void (*timer_cancel)(struct env *env, struct env_timer *timer);
	int (*send)(struct env *env, const struct xos_addr *to, enum env_channel channel,
		    struct bytes msg);
	int (*send_peer)(struct env *env, const struct env_peer *to, enum env_channel channel,
			 struct bytes msg);
	void (*log)(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt,
		    va_list args);
};

/**
 * struct env - an implementation; embedded as first member by each
 * @ops: its functions
 * @log_level: lines above this level are dropped before they are formatted
 */
struct env {
	const struct env_ops *ops;
	uint8_t log_level[ENV_SUB_COUNT];
};

static inline uint64_t env_now(struct env *env)
{
	return env->ops->now(env);
}

static inline uint64_t env_wall(struct env *env)
{
	return env->ops->wall(env);
}

static inline uint64_t env_random(struct env *env)
{
	return env->ops->random(env);
}

/**
 * env_random_below() - uniform number in [0, n)
 * @env: environment
 * @n: bound, > 0
 *
 * Return: the number.
 */
static inline uint64_t env_random_below(struct env *env, uint64_t n)
{
	return (uint64_t)(((unsigned __int128)env_random(env) * n) >> 64);
}

static inline void env_timer_set(struct env *env, struct env_timer *timer, uint64_t delay_ns)
{
	env->ops->timer_set(env, timer, delay_ns);
}

static inline void env_timer_cancel(struct env *env, struct env_timer *timer)
{
	env->ops->timer_cancel(env, timer);
}

static inline bool env_timer_armed(const struct env_timer *timer)
{
	return timer->slot != 0;
}

static inline int env_send(struct env *env, const struct xos_addr *to, enum env_channel channel,
			   struct bytes msg)
{
	return env->ops->send(env, to, channel, msg);
}

/**
 * env_send_peer() - send a message to one peer and to nobody else
 * @env: environment
 * @to: who is meant, and where it listens; a zero identity: whoever of the grid is there
 * @channel: as for env_send()
 * @msg: as for env_send()
 *
 * Return: as env_send(); -EHOSTUNREACH also when somebody else is known to be there. When
 * that turns out later the message is lost.
 */
static inline int env_send_peer(struct env *env, const struct env_peer *to,
				enum env_channel channel, struct bytes msg)
{
	if (!env->ops->send_peer)
		return env->ops->send(env, &to->addr, channel, msg);
	return env->ops->send_peer(env, to, channel, msg);
}

/**
 * env_log() - write a line to the log
 * @env: environment
 * @level: importance
 * @subsys: who speaks
 * @fmt: printf format, no newline; no secrets, ever
 */
__attribute__((format(printf, 4, 5))) static inline void
env_log(struct env *env, enum env_level level, enum env_subsys subsys, const char *fmt, ...)
{
	va_list args;

	if (level > env->log_level[subsys])
		return;
	va_start(args, fmt);
	env->ops->log(env, level, subsys, fmt, args);
	va_end(args);
}

#endif
