/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints: what happens to packets, without a message in the log. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM xos_handoff

#if !defined(_XOS_HANDOFF_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _XOS_HANDOFF_TRACE_H

#include <linux/skbuff.h>
#include <linux/tracepoint.h>

#include "packet.h"

TRACE_EVENT(xosh_steer, TP_PROTO(u32 vip_id, const struct xosh_packet *p, unsigned int rule),
	    TP_ARGS(vip_id, p, rule),
	    TP_STRUCT__entry(__field(u32, vip_id) __array(u8, client, 16) __field(u16, client_port)
				     __field(u8, kind) __field(u8, tcp) __field(u8, rule)),
	    TP_fast_assign(__entry->vip_id = vip_id; memcpy(__entry->client, &p->tuple.client, 16);
			   __entry->client_port = ntohs(p->tuple.client_port);
			   __entry->kind = p->kind; __entry->tcp = p->tcp; __entry->rule = rule;),
	    TP_printk("vip=%u client=[%pI6c]:%u kind=%u tcp=%#x rule=%u", __entry->vip_id,
		      __entry->client, __entry->client_port, __entry->kind, __entry->tcp,
		      __entry->rule));

TRACE_EVENT(xosh_gate,
	    TP_PROTO(const struct xosh_tuple *t, unsigned int in, unsigned int out,
		     unsigned int held),
	    TP_ARGS(t, in, out, held),
	    TP_STRUCT__entry(__array(u8, addr, 16) __array(u8, client, 16) __field(u16, port)
				     __field(u16, client_port) __field(u8, in) __field(u8, out)
					     __field(u32, held)),
	    TP_fast_assign(memcpy(__entry->addr, &t->addr, 16);
			   memcpy(__entry->client, &t->client, 16); __entry->port = ntohs(t->port);
			   __entry->client_port = ntohs(t->client_port); __entry->in = in;
			   __entry->out = out; __entry->held = held;),
	    TP_printk("vip=[%pI6c]:%u client=[%pI6c]:%u in=%u out=%u held=%u", __entry->addr,
		      __entry->port, __entry->client, __entry->client_port, __entry->in,
		      __entry->out, __entry->held));

TRACE_EVENT(xosh_drop, TP_PROTO(const struct sk_buff *skb, unsigned int reason),
	    TP_ARGS(skb, reason),
	    TP_STRUCT__entry(__field(const void *, skbaddr) __field(u32, len) __field(u8, reason)),
	    TP_fast_assign(__entry->skbaddr = skb; __entry->len = skb->len;
			   __entry->reason = reason;),
	    TP_printk("skb=%p len=%u reason=%u", __entry->skbaddr, __entry->len, __entry->reason));

#endif /* _XOS_HANDOFF_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
