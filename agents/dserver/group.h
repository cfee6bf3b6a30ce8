/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who serves a vip. The contact node owns the group and changes it; members
 * have a copy, known by its version.
 */
#ifndef _XOS_DSERVER_GROUP_H
#define _XOS_DSERVER_GROUP_H

#include <base/addr.h>
#include <base/buf.h>
#include <wire/dserver.h>

#define GROUP_NAME_MAX	 WIRE_DS_NAME_MAX
#define GROUP_MEMBER_MAX WIRE_DS_MEMBER_MAX

/* What group_member_set() changes. */
#define GROUP_SET_ADDR	 0x1
#define GROUP_SET_WEIGHT 0x2
#define GROUP_SET_STATE	 0x4

/**
 * struct group_member - a member
 * @number: its number in the kernel's tables, never given away again
 * @name: not terminated
 * @name_len: bytes of @name
 * @contact: it is the contact node
 * @addr: care-of address, and port of its agent
 * @weight: share of new clients; 0: none
 * @state: enum wire_ds_member_state
 * @has_left: (contact node) it drains and has said what it has left
 * @left: connections that it still has, as it said last; not part of the group
 * @life: enum wire_ds_member_life; the contact node's word
 * @heard_ns: (contact node) when its agent was heard last; not part of the group
 * @host_ns: (contact node) when its host was heard last; not part of the group
 */
struct group_member {
	uint32_t number;
	uint8_t name[GROUP_NAME_MAX];
	uint8_t name_len;
	bool contact;
	struct xos_addr addr;
	uint32_t weight;
	uint32_t state;
	bool has_left;
	uint32_t left;
	uint32_t life;
	uint64_t heard_ns;
	uint64_t host_ns;
};

/**
 * struct group - a vip and who serves it
 * @vip: address and port
 * @contact: where the contact node's agent listens
 * @self_contact: this node is the contact node
 * @version: 0 until a group is known
 * @next_number: number of the next new member
 * @n: members
 * @member: ordered by number
 */
struct group {
	struct xos_addr vip;
	struct xos_addr contact;
	bool self_contact;
	uint64_t version;
	uint32_t next_number;
	uint32_t n;
	struct group_member member[GROUP_MEMBER_MAX];
};

static inline struct bytes group_member_name(const struct group_member *m)
{
	return bytes_of(m->name, m->name_len);
}

/**
 * group_given() - what a member is given
 * @g: group
 * @m: member of it
 *
 * What an administrator wants, and not more than a silent member can take. New clients
 * go to one that is suspected when there is nobody else.
 *
 * Return: enum wire_ds_member_state.
 */
uint32_t group_given(const struct group *g, const struct group_member *m);

/**
 * group_find() - member by name
 * @g: group
 * @name: name
 *
 * Return: the member or NULL.
 */
const struct group_member *group_find(const struct group *g, struct bytes name);

/**
 * group_find_addr() - member by the address of its agent
 * @g: group
 * @addr: address and port
 *
 * Return: the member or NULL.
 */
const struct group_member *group_find_addr(const struct group *g, const struct xos_addr *addr);

/**
 * group_member_set() - add or change a member
 * @g: group; a new version when something changed
 * @m: the member, known by its name
 * @fields: GROUP_SET_ bits; all count for a new member
 *
 * Return: 1 when something changed, 0; -ENOENT when it is new and GROUP_SET_ADDR
 * is missing; -EEXIST when another member has the address; -ENOSPC; -EINVAL.
 */
int group_member_set(struct group *g, const struct group_member *m, unsigned int fields);

/**
 * group_member_del() - remove a member
 * @g: group; a new version
 * @name: its name
 *
 * Return: 0, -ENOENT, -EBUSY for the contact node.
 */
int group_member_del(struct group *g, struct bytes name);

/**
 * group_encode() - append a ds-group message
 * @g: group
 * @out: where to
 *
 * Return: 0 or -EMSGSIZE.
 */
int group_encode(const struct group *g, struct buf *out);

/**
 * group_apply() - take over a newer group
 * @g: group; unchanged when @m is not newer or makes no sense
 * @m: decoded message for this vip
 *
 * Return: 1 when it was newer, 0 when not, -EBADMSG when two members share a number,
 * a name or an address.
 */
int group_apply(struct group *g, const struct wire_ds_group *m);

#endif
