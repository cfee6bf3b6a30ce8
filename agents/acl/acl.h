/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What users of the grid may do with its keys: rules in one item of the grid itself
 * (ACL_KEY), changed by a transaction and read by every agent that serves users.
 *
 * The item is text, a rule a line: WHO RIGHT [PREFIX]. WHO is a name, or @client for
 * everybody who is not named in any rule. RIGHT is read, or write, which includes reading. PREFIX
 * is what the keys begin with, as base/escape.h writes it; without one it is all
 * keys. Who is named may do what the rules for the name say and nothing else; without
 * a rule for the name or for @client everything is allowed. Who looks after the grid
 * (role admin) may always do everything.
 *
 * RIGHT may also be items=N: no right, but a quota. WHO adds nothing below PREFIX while there
 * are N items or more, whoever made them.
 */
#ifndef _XOS_ACL_ACL_H
#define _XOS_ACL_ACL_H

#include <base/arena.h>
#include <base/buf.h>
#include <dht/dht.h>
#include <env/env.h>

#define ACL_KEY	      DHT_RESERVED "acl"
#define ACL_KEY_LEN   (DHT_RESERVED_LEN + 3)
/* Bytes of all rules together. */
#define ACL_TEXT_MAX  (32 * 1024)
#define ACL_RULES_MAX 1024
/* Longest name, terminator included. */
#define ACL_NAME_MAX  64
#define ACL_EVERYBODY "@client"
/* Rules are read again when they are older than this and somebody asks. */
#define ACL_FRESH_NS  (5 * ENV_SEC)
/* Those that are older than this do not count before they have been. */
#define ACL_OLD_NS    (10 * ENV_SEC)
/* Rules that could not be read again for so long do not count any more. */
#define ACL_STALE_NS  (30 * ENV_SEC)
/* Pause after a failure. */
#define ACL_RETRY_NS  (500 * ENV_MS)

/**
 * enum acl_right - what may be done; writing includes reading. ACL_ITEMS is a quota
 */
enum acl_right { ACL_NONE, ACL_READ, ACL_WRITE, ACL_ITEMS };

/**
 * struct acl_rule - a rule
 * @who: name
 * @prefix: of keys
 * @right: what may be done with them
 * @items: ACL_ITEMS: there may be so many
 */
struct acl_rule {
	struct bytes who;
	struct bytes prefix;
	enum acl_right right;
	uint64_t items;
};

/**
 * struct acl_rules - all rules, sorted by name
 * @n: how many
 * @v: they, in @text
 * @text: the item, unescaped in place
 */
struct acl_rules {
	uint32_t n;
	struct acl_rule v[ACL_RULES_MAX];
	uint8_t text[ACL_TEXT_MAX];
};

/**
 * acl_parse() - read the text of the item
 * @rules: result
 * @text: text
 * @line: result: number of the line that is wrong, from 1
 *
 * Return: 0; -EINVAL a line is wrong; -E2BIG too much text, or too many rules.
 */
int acl_parse(struct acl_rules *rules, struct bytes text, uint32_t *line);

/**
 * acl_rules_allow() - may a user do this?
 * @rules: rules
 * @who: name of the user
 * @right: what
 * @key: with which key
 */
bool acl_rules_allow(const struct acl_rules *rules, const char *who, enum acl_right right,
		     struct bytes key);

/**
 * acl_rules_allow_range() - may a user read all keys from one to another?
 * @rules: rules
 * @who: name of the user
 * @from: first key
 * @to: behind the last one; not empty
 *
 * Return: true when one rule allows it: several that do together are not seen.
 */
bool acl_rules_allow_range(const struct acl_rules *rules, const char *who, struct bytes from,
			   struct bytes to);

/**
 * acl_add() - the text with one more rule; nothing changes when it is there already
 * @text: text
 * @rule: rule
 * @out: result
 *
 * Return: 0; -EINVAL a bad name or right; -EMSGSIZE @out is too small.
 */
int acl_add(struct bytes text, const struct acl_rule *rule, struct buf *out);

/**
 * acl_del() - the text without some rules
 * @text: text that acl_parse() takes
 * @rule: what they are like; @right ACL_NONE: of any right and prefix
 * @out: result, at least as large as @text
 *
 * Return: how many there were.
 */
int acl_del(struct bytes text, const struct acl_rule *rule, struct buf *out);

/**
 * acl_right_parse() - read a right, or a quota
 * @word: "read", "write", "items=N"
 * @rule: result: its right and items; ACL_NONE for what is none
 *
 * Return: whether it is one.
 */
bool acl_right_parse(struct bytes word, struct acl_rule *rule);

/* Longest text of acl_right_text(), terminator included. */
#define ACL_RIGHT_MAX 32

/**
 * acl_right_text() - what acl_right_parse() reads
 * @rule: rule with a right
 * @out: ACL_RIGHT_MAX bytes
 *
 * Return: @out.
 */
const char *acl_right_text(const struct acl_rule *rule, char *out);

/**
 * acl_rules_quota() - the quotas that count for a user and a key, one after the other
 * @rules: rules
 * @who: name of the user
 * @key: which key
 * @at: 0 at first, then as the call left it
 *
 * Return: a rule, NULL when there are no more.
 */
const struct acl_rule *acl_rules_quota(const struct acl_rules *rules, const char *who,
				       struct bytes key, uint32_t *at);

struct acl;

/**
 * enum acl_state - can anybody but an admin be served?
 * @ACL_READY: yes
 * @ACL_WAIT: the rules are being read for the first time; struct acl_config.ready will say
 * @ACL_FAILED: they could not be read
 */
enum acl_state { ACL_READY, ACL_WAIT, ACL_FAILED };

/**
 * struct acl_config - what it stands on
 * @env: environment
 * @dht: reads
 * @ready: the state is not ACL_WAIT any more; never from inside acl_state()
 * @ctx: its argument
 */
struct acl_config {
	struct env *env;
	struct dht *dht;
	void (*ready)(void *ctx);
	void *ctx;
};

/**
 * struct acl_counters - since start
 * @reads: how often the rules were read
 * @failed: ... and could not be
 * @bad: ... and were not understood; those before count on
 */
struct acl_counters {
	uint64_t reads;
	uint64_t failed;
	uint64_t bad;
};

/* Bytes of an arena. */
size_t acl_arena_size(void);

/**
 * acl_init() - no rule is known
 * @arena: memory
 * @config: copied
 *
 * Return: the rules as this agent knows them.
 */
struct acl *acl_init(struct arena *arena, const struct acl_config *config);

/**
 * acl_stop() - give up what is under way, before the dht goes
 * @a: acl
 */
void acl_stop(struct acl *a);

/**
 * acl_state() - may rules be asked for? Reads them when they are old
 * @a: acl
 */
enum acl_state acl_state(struct acl *a);

/**
 * acl_allows() - may a user do this?
 * @a: acl in state ACL_READY
 * @who: name
 * @right: what
 * @key: with which key
 */
bool acl_allows(const struct acl *a, const char *who, enum acl_right right, struct bytes key);

/* As acl_rules_allow_range(). */
bool acl_allows_range(const struct acl *a, const char *who, struct bytes from, struct bytes to);

/* As acl_rules_quota(). */
const struct acl_rule *acl_quota(const struct acl *a, const char *who, struct bytes key,
				 uint32_t *at);

/**
 * acl_counters() - counters
 * @a: acl
 */
const struct acl_counters *acl_counters(const struct acl *a);

#endif
