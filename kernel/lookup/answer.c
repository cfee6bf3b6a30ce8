// SPDX-License-Identifier: GPL-2.0-only
/* The path of a query through softirq: recognise, authenticate, find, answer in place. */
#include <crypto/algapi.h>
#include <crypto/hash.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <linux/ktime.h>
#include <linux/udp.h>
#include <net/addrconf.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>

#include "message.h"
#include "responder.h"

#define MAC_FULL_LEN 32

static const struct xosl_key *find_key(const struct xosl_responder *r, u16 id)
{
	int i;

	for (i = 0; i < XOS_LOOKUP_KEYS_MAX; i++) {
		const struct xosl_key *key = rcu_dereference(r->keys[i]);

		if (key && key->id == id)
			return key;
	}
	return NULL;
}

static int compute_mac(const struct xosl_key *key, const u8 *data, u32 len, u8 *mac)
{
	SHASH_DESC_ON_STACK(desc, key->mac);
	int err;

	desc->tfm = key->mac;
	err = crypto_shash_digest(desc, data, len, mac);
	shash_desc_zero(desc);
	return err;
}

/* The key that a datagram is authentic under, or NULL. */
static const struct xosl_key *authenticate(const struct xosl_responder *r, const u8 *data, u32 len)
{
	const struct xosl_key *key;
	u8 mac[MAC_FULL_LEN];

	key = find_key(r, get_unaligned_be16(data + XOS_WIRE_DGRAM_OFF_KEY_ID));
	len -= XOS_WIRE_DGRAM_MAC_LEN;
	if (!key || compute_mac(key, data, len, mac) ||
	    crypto_memneq(mac, data + len, XOS_WIRE_DGRAM_MAC_LEN))
		return NULL;
	/* What comes back to its sender is no question of a peer. */
	if (!memcmp(data + XOS_WIRE_DGRAM_OFF_SENDER, r->node_id, XOS_LOOKUP_ID_LEN))
		return NULL;
	return key;
}

/* Counters of envelopes rise with the time, so that they also rise over a restart. */
static u64 next_counter(struct xosl_responder *r)
{
	s64 last = atomic64_read(&r->counter), next;

	do {
		next = max_t(s64, last + 1, (s64)ktime_get_real_ns());
	} while (!atomic64_try_cmpxchg(&r->counter, &last, next));
	return (u64)next;
}

/* Turn the packet round: headers in place, payload written already. */
static int send_back(struct net *net, struct sk_buff *skb, u32 payload_len)
{
	struct ipv6hdr *ip6 = ipv6_hdr(skb);
	u32 len = sizeof(struct udphdr) + payload_len;
	struct udphdr *uh = udp_hdr(skb);
	struct flowi6 fl6 = {
		.flowi6_proto = IPPROTO_UDP,
		.saddr = ip6->daddr,
		.daddr = ip6->saddr,
		.fl6_sport = uh->dest,
		.fl6_dport = uh->source,
	};
	struct dst_entry *dst;
	int err;

	if (ipv6_addr_type(&fl6.daddr) & IPV6_ADDR_LINKLOCAL)
		fl6.flowi6_oif = inet6_iif(skb);
	dst = ip6_route_output(net, NULL, &fl6);
	if (dst->error) {
		dst_release(dst);
		return -EHOSTUNREACH;
	}
	skb_orphan(skb);
	skb_scrub_packet(skb, false);
	skb_dst_set(skb, dst);

	uh->dest = fl6.fl6_dport;
	uh->source = fl6.fl6_sport;
	uh->len = htons(len);
	uh->check = 0;
	uh->check =
		csum_ipv6_magic(&fl6.saddr, &fl6.daddr, len, IPPROTO_UDP, csum_partial(uh, len, 0));
	if (!uh->check)
		uh->check = CSUM_MANGLED_0;
	skb->ip_summed = CHECKSUM_NONE;

	skb_push(skb, sizeof(*ip6));
	skb_reset_network_header(skb);
	ip6_flow_hdr(ip6, 0, 0);
	ip6->payload_len = htons(len);
	ip6->nexthdr = IPPROTO_UDP;
	ip6->hop_limit = ip6_dst_hoplimit(dst);
	ip6->saddr = fl6.saddr;
	ip6->daddr = fl6.daddr;
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	skb->protocol = htons(ETH_P_IPV6);
	skb->dev = dst->dev;
	/* The macro evaluates its argument twice. */
	err = ip6_local_out(net, NULL, skb);
	return net_xmit_eval(err);
}

/* Can this packet be answered in place? Rare ones are the agent's. */
static bool packet_fits(struct sk_buff *skb)
{
	return skb->protocol == htons(ETH_P_IPV6) &&
	       skb_transport_offset(skb) - skb_network_offset(skb) == sizeof(struct ipv6hdr) &&
	       !ipv6_addr_is_multicast(&ipv6_hdr(skb)->daddr) && !skb_is_gso(skb);
}

static bool find_owners(const struct xosl_table *table, const struct xosl_query *query,
			const struct xosl_owner **owners)
{
	u32 class;

	for (class = 0; class < table->classes; class ++) {
		owners[class] = xosl_table_find(table, class, query->key, query->key_len);
		if (owners[class]->vacant)
			return false;
	}
	return true;
}

/* 1: pass on to the socket; 0: consumed. */
static int answer(struct xosl_responder *r, struct sk_buff *skb, const struct xosl_key *key,
		  u8 *data, u32 len)
{
	const struct xosl_owner *owners[XOS_LOOKUP_CLASSES_MAX];
	const struct xosl_table *table = rcu_dereference(r->table);
	struct xosl_query query;
	u8 mac[MAC_FULL_LEN];
	u32 out_len;

	if (xosl_message_parse(data, len, &query)) {
		xosl_count(r, XOSL_DROP_MALFORMED);
		goto drop;
	}
	if (!table || !find_owners(table, &query, owners)) {
		xosl_count(r, XOSL_MISS_TABLE);
		return 1;
	}
	if (ktime_get_boottime_ns() >= READ_ONCE(r->lease_end_ns)) {
		xosl_count(r, XOSL_MISS_LEASE);
		return 1;
	}
	if (len < XOSL_ANSWER_MAX) {
		xosl_count(r, XOSL_MISS_PAD);
		return 1;
	}
	/* From here on the query is overwritten, so nothing may go up any more. */
	out_len = xosl_message_answer(data, query.id, owners, table->classes, r->node_id, key->id,
				      next_counter(r));
	if (compute_mac(key, data, out_len - XOS_WIRE_DGRAM_MAC_LEN, mac))
		goto drop_route;
	memcpy(data + out_len - XOS_WIRE_DGRAM_MAC_LEN, mac, XOS_WIRE_DGRAM_MAC_LEN);
	skb_trim(skb, sizeof(struct udphdr) + out_len);
	if (send_back(r->net, skb, out_len)) {
		xosl_count(r, XOSL_DROP_ROUTE);
		return 0;
	}
	xosl_count(r, XOSL_ANSWERED);
	return 0;
drop_route:
	xosl_count(r, XOSL_DROP_ROUTE);
drop:
	kfree_skb(skb);
	return 0;
}

int xosl_answer_rcv(struct sock *sk, struct sk_buff *skb)
{
	struct xosl_responder *r = rcu_dereference_sk_user_data(sk);
	const struct xosl_key *key;
	u8 *data;
	u32 len;

	if (!r)
		return 1;
	/* A head that can be written and seen whole; copies only what is shared or in fragments. */
	if (skb->len < sizeof(struct udphdr) || skb_linearize(skb))
		return 1;
	data = skb->data + sizeof(struct udphdr);
	len = skb->len - sizeof(struct udphdr);
	if (!xosl_message_is_query(data, len)) {
		xosl_count(r, XOSL_PASSED);
		return 1;
	}
	if (!packet_fits(skb)) {
		xosl_count(r, XOSL_MISS_PACKET);
		return 1;
	}
	key = authenticate(r, data, len);
	if (!key) {
		xosl_count(r, XOSL_DROP_MAC);
		kfree_skb(skb);
		return 0;
	}
	if (skb_ensure_writable(skb, skb->len)) {
		xosl_count(r, XOSL_DROP_ROUTE);
		kfree_skb(skb);
		return 0;
	}
	data = skb->data + sizeof(struct udphdr);
	return answer(r, skb, key, data, len);
}
