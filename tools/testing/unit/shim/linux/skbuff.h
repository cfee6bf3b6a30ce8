/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kernel sources expect of this header, in userspace: a packet is one run of bytes. */
#ifndef _XOS_SHIM_SKBUFF_H
#define _XOS_SHIM_SKBUFF_H

#include <string.h>

#include <linux/types.h>

struct sk_buff {
	const u8 *data;
	unsigned int len;
};

/* Always copies, as for a paged packet: a reader that looks beyond @len gets nothing. */
static inline void *skb_header_pointer(const struct sk_buff *skb, int offset, int len, void *buffer)
{
	if (offset < 0 || (unsigned int)offset > skb->len ||
	    skb->len - (unsigned int)offset < (unsigned int)len)
		return NULL;
	memcpy(buffer, skb->data + offset, (size_t)len);
	return buffer;
}

#endif
