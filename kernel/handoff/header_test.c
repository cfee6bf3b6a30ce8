// SPDX-License-Identifier: GPL-2.0-only
/*
 * The extension headers of route optimisation under KUnit: packets that are cut off at any
 * byte, lie in pages from any byte on, are shared, or are nonsense. On a debug kernel
 * KASAN looks on.
 */
#include "header.c"

#include <kunit/test.h>
#include <linux/random.h>
#include <linux/tcp.h>

#define HEADROOM   128
#define PACKET_MAX 512
#define DATA_LEN   40
#define ROUNDS	   20000

static const struct in6_addr home = { .s6_addr = { 0x20, 1, 0xd, 0xb8, [15] = 1 } };
static const struct in6_addr care_of = { .s6_addr = { 0x20, 1, 0xd, 0xb8, [15] = 2 } };
static const struct in6_addr client = { .s6_addr = { 0x20, 1, 0xd, 0xb8, [15] = 3 } };
static const struct in6_addr router = { .s6_addr = { 0x20, 1, 0xd, 0xb8, [15] = 4 } };

struct header_fixture {
	struct xosh_net net;
	struct xosh_vip vip;
	struct xosh_set *set;
	struct xosh_member member;
	struct dst_entry dst;
	u8 packet[PACKET_MAX];
	unsigned int len;
	unsigned int dropped;
};

static struct header_fixture *header_now;

/* What the rest of the module does for header.c. */
struct xosh_vip *xosh_vip_find_addr(const struct xosh_net *xn, const struct in6_addr *addr)
{
	return ipv6_addr_equal(addr, &home) ? &header_now->vip : NULL;
}

void xosh_drop(struct xosh_net *xn, struct sk_buff *skb, enum xosh_stat reason)
{
	header_now->dropped++;
	kfree_skb(skb);
}

/* As hooks do it. */
static int pull(struct header_fixture *f, struct sk_buff *skb)
{
	int ret;

	rcu_read_lock();
	ret = xosh_header_pull_routing(&f->net, skb);
	rcu_read_unlock();
	return ret;
}

static bool translate(struct header_fixture *f, struct sk_buff *skb)
{
	bool ret;

	rcu_read_lock();
	ret = xosh_header_translate(&f->net, skb);
	rcu_read_unlock();
	return ret;
}

static int push(struct sk_buff *skb)
{
	int ret;

	rcu_read_lock();
	ret = xosh_header_push_option(skb, &care_of);
	rcu_read_unlock();
	return ret;
}

static struct ipv6hdr *put_ip6(struct header_fixture *f, u8 nexthdr, const struct in6_addr *from,
			       const struct in6_addr *to)
{
	struct ipv6hdr *ip6 = (struct ipv6hdr *)(f->packet + f->len);

	memset(ip6, 0, sizeof(*ip6));
	ip6->version = 6;
	ip6->nexthdr = nexthdr;
	ip6->hop_limit = 64;
	ip6->saddr = *from;
	ip6->daddr = *to;
	f->len += sizeof(*ip6);
	return ip6;
}

static void put_data(struct header_fixture *f, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		f->packet[f->len++] = i * 7 + 1;
}

/* Client to care-of address, routing header, data. */
static void make_routed(struct header_fixture *f)
{
	struct ipv6hdr *ip6;
	struct rt2_hdr *rt;

	f->len = 0;
	ip6 = put_ip6(f, NEXTHDR_ROUTING, &client, &care_of);
	rt = (struct rt2_hdr *)(f->packet + f->len);
	memset(rt, 0, sizeof(*rt));
	rt->rt_hdr.nexthdr = IPPROTO_TCP;
	rt->rt_hdr.hdrlen = 2;
	rt->rt_hdr.type = IPV6_SRCRT_TYPE_2;
	rt->rt_hdr.segments_left = 1;
	rt->addr = home;
	f->len += sizeof(*rt);
	put_data(f, DATA_LEN);
	ip6->payload_len = htons(f->len - HEADER_IP6);
}

static struct header_option *quoted_option(struct header_fixture *f)
{
	return (struct header_option *)(f->packet + 2 * HEADER_IP6 + sizeof(struct icmp6hdr));
}

static struct ipv6hdr *quoted_packet(struct header_fixture *f)
{
	return (struct ipv6hdr *)(f->packet + HEADER_IP6 + sizeof(struct icmp6hdr));
}

static void sum_error(struct header_fixture *f)
{
	struct ipv6hdr *ip6 = (struct ipv6hdr *)f->packet;
	struct icmp6hdr *icmp = (struct icmp6hdr *)(ip6 + 1);
	unsigned int len = f->len - HEADER_IP6;

	ip6->payload_len = htons(len);
	icmp->icmp6_cksum = 0;
	icmp->icmp6_cksum = csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6,
					    csum_partial(icmp, len, 0));
}

/* Router to care-of address: a segment with a home address option was too big. */
static void make_error(struct header_fixture *f)
{
	struct header_option *opt;
	struct icmp6hdr *icmp;
	struct ipv6hdr *quoted;

	f->len = 0;
	put_ip6(f, IPPROTO_ICMPV6, &router, &care_of);
	icmp = (struct icmp6hdr *)(f->packet + f->len);
	memset(icmp, 0, sizeof(*icmp));
	icmp->icmp6_type = ICMPV6_PKT_TOOBIG;
	icmp->icmp6_mtu = htonl(1300);
	f->len += sizeof(*icmp);
	quoted = put_ip6(f, NEXTHDR_DEST, &care_of, &client);
	quoted->payload_len = htons(XOSH_OPTION_LEN + 1000);
	opt = (struct header_option *)(f->packet + f->len);
	opt->nexthdr = IPPROTO_TCP;
	opt->hdrlen = 2;
	memcpy(opt->pad, header_pad, sizeof(header_pad));
	opt->type = IPV6_TLV_HAO;
	opt->len = 16;
	opt->home = home;
	f->len += sizeof(*opt);
	put_data(f, DATA_LEN);
	sum_error(f);
}

/* The first @len bytes of the packet, those from @linear on in a page. */
static struct sk_buff *skb_of(struct kunit *test, unsigned int len, unsigned int linear)
{
	struct header_fixture *f = test->priv;
	struct sk_buff *skb = alloc_skb(HEADROOM + linear, GFP_KERNEL);
	struct page *page = len > linear ? alloc_page(GFP_KERNEL) : NULL;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_reserve(skb, HEADROOM);
	skb_put_data(skb, f->packet, linear);
	skb_reset_network_header(skb);
	skb->_skb_refdst = (unsigned long)&f->dst | SKB_DST_NOREF;
	if (len > linear) {
		KUNIT_ASSERT_NOT_NULL(test, page);
		memcpy(page_address(page), f->packet + linear, len - linear);
		skb_add_rx_frag(skb, 0, page, 0, len - linear, PAGE_SIZE);
	}
	return skb;
}

static void skb_bytes(struct kunit *test, struct sk_buff *skb, u8 *out)
{
	KUNIT_ASSERT_LE(test, skb->len, PACKET_MAX);
	KUNIT_ASSERT_EQ(test, skb_copy_bits(skb, 0, out, skb->len), 0);
}

static void expect_pulled(struct kunit *test, struct sk_buff *skb)
{
	struct header_fixture *f = test->priv;
	u8 got[PACKET_MAX];
	const struct ipv6hdr *ip6 = (const struct ipv6hdr *)got;

	KUNIT_ASSERT_EQ(test, skb->len, f->len - XOSH_ROUTING_LEN);
	skb_bytes(test, skb, got);
	KUNIT_EXPECT_EQ(test, ip6->nexthdr, IPPROTO_TCP);
	KUNIT_EXPECT_EQ(test, ntohs(ip6->payload_len), DATA_LEN);
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&ip6->daddr, &home));
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&ip6->saddr, &client));
	KUNIT_EXPECT_EQ(test, skb_network_offset(skb), 0);
	KUNIT_EXPECT_EQ(test, skb_transport_offset(skb), (int)HEADER_IP6);
	KUNIT_EXPECT_EQ(
		test, memcmp(got + HEADER_IP6, f->packet + HEADER_IP6 + XOSH_ROUTING_LEN, DATA_LEN),
		0);
}

static void routing_is_taken_off(struct kunit *test)
{
	struct header_fixture *f = test->priv;
	struct sk_buff *skb;
	unsigned int linear;

	make_routed(f);
	for (linear = HEADER_IP6; linear <= f->len; linear++) {
		skb = skb_of(test, f->len, linear);
		skb->ip_summed = CHECKSUM_COMPLETE;
		KUNIT_ASSERT_EQ(test, pull(f, skb), 1);
		KUNIT_EXPECT_TRUE(test, skb->ip_summed == CHECKSUM_NONE);
		expect_pulled(test, skb);
		kfree_skb(skb);
	}
	KUNIT_EXPECT_EQ(test, f->dropped, 0);
}

static void routing_is_cut_off(struct kunit *test)
{
	struct header_fixture *f = test->priv;
	struct sk_buff *skb;
	u8 got[PACKET_MAX];
	unsigned int len;

	make_routed(f);
	for (len = HEADER_IP6; len < HEADER_IP6 + XOSH_ROUTING_LEN; len++) {
		skb = skb_of(test, len, HEADER_IP6);
		KUNIT_ASSERT_EQ(test, pull(f, skb), 0);
		KUNIT_ASSERT_EQ(test, skb->len, len);
		skb_bytes(test, skb, got);
		KUNIT_EXPECT_EQ(test, memcmp(got, f->packet, len), 0);
		kfree_skb(skb);
	}
}

/* What is made of a packet after a byte of it was changed. */
static int pulled_with(struct kunit *test, unsigned int at, u8 value)
{
	struct header_fixture *f = test->priv;
	struct sk_buff *skb;
	int ret;

	make_routed(f);
	f->packet[at] = value;
	skb = skb_of(test, f->len, f->len);
	ret = pull(f, skb);
	if (ret >= 0)
		kfree_skb(skb);
	return ret;
}

static void routing_of_others(struct kunit *test)
{
	struct header_fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, pulled_with(test, HEADER_IP6 + 1, 4), 0);
	KUNIT_EXPECT_EQ(test, pulled_with(test, HEADER_IP6 + 2, 0), 0);
	KUNIT_EXPECT_EQ(test, pulled_with(test, HEADER_IP6 + 3, 0), 0);
	KUNIT_EXPECT_EQ(test, pulled_with(test, HEADER_IP6 + 3, 2), 0);
	/* an address that is no vip; a destination that is not the vip's care-of address */
	KUNIT_EXPECT_EQ(test, pulled_with(test, HEADER_IP6 + 23, 9), 0);
	KUNIT_EXPECT_EQ(test, pulled_with(test, 39, 9), 0);
	KUNIT_EXPECT_EQ(test, f->dropped, 0);
	/* a length that the header does not fit in */
	KUNIT_EXPECT_EQ(test, pulled_with(test, 5, XOSH_ROUTING_LEN - 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, f->dropped, 1);
	f->vip.flags = 0;
	KUNIT_EXPECT_EQ(test, pulled_with(test, 0, 0x60), -EINVAL);
	KUNIT_EXPECT_EQ(test, f->dropped, 2);
}

static void shared_packets_stay(struct kunit *test)
{
	struct header_fixture *f = test->priv;
	struct sk_buff *skb, *twin;
	u8 got[PACKET_MAX];

	make_routed(f);
	skb = skb_of(test, f->len, f->len);
	twin = skb_clone(skb, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, twin);
	KUNIT_EXPECT_EQ(test, pull(f, skb), 1);
	expect_pulled(test, skb);
	skb_bytes(test, twin, got);
	KUNIT_EXPECT_EQ(test, memcmp(got, f->packet, f->len), 0);
	kfree_skb(skb);
	kfree_skb(twin);
}

static void option_is_put_in(struct kunit *test)
{
	static const u8 head[8] = { IPPROTO_TCP, 2, 1, 2, 0, 0, 0xc9, 16 };
	struct header_fixture *f = test->priv;
	struct sk_buff *skb, *twin;
	u8 got[PACKET_MAX];
	struct ipv6hdr *ip6 = (struct ipv6hdr *)f->packet;
	struct ipv6hdr *out = (struct ipv6hdr *)got;

	f->len = 0;
	put_ip6(f, IPPROTO_TCP, &home, &client);
	put_data(f, DATA_LEN);
	ip6->payload_len = htons(DATA_LEN);
	skb = skb_of(test, f->len, HEADER_IP6 + 8);
	twin = skb_clone(skb, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, twin);
	KUNIT_EXPECT_EQ(test, push(skb), 0);
	KUNIT_ASSERT_EQ(test, skb->len, f->len + XOSH_OPTION_LEN);
	skb_bytes(test, skb, got);
	KUNIT_EXPECT_EQ(test, out->nexthdr, NEXTHDR_DEST);
	KUNIT_EXPECT_EQ(test, ntohs(out->payload_len), DATA_LEN + XOSH_OPTION_LEN);
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&out->saddr, &care_of));
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&out->daddr, &client));
	KUNIT_EXPECT_EQ(test, memcmp(got + HEADER_IP6, head, sizeof(head)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(got + HEADER_IP6 + 8, &home, sizeof(home)), 0);
	KUNIT_EXPECT_EQ(
		test, memcmp(got + HEADER_IP6 + XOSH_OPTION_LEN, f->packet + HEADER_IP6, DATA_LEN),
		0);
	skb_bytes(test, twin, got);
	KUNIT_EXPECT_EQ(test, memcmp(got, f->packet, f->len), 0);
	kfree_skb(skb);
	kfree_skb(twin);
	/* Not behind other extension headers. */
	ip6->nexthdr = NEXTHDR_FRAGMENT;
	skb = skb_of(test, f->len, f->len);
	KUNIT_EXPECT_EQ(test, push(skb), -EINVAL);
	KUNIT_EXPECT_EQ(test, skb->len, f->len);
	kfree_skb(skb);
}

/* The error, now about the vip, with a checksum that is right. */
static void expect_translated(struct kunit *test, struct sk_buff *skb)
{
	struct header_fixture *f = test->priv;
	u8 got[PACKET_MAX];
	const struct ipv6hdr *ip6 = (const struct ipv6hdr *)got;
	const struct ipv6hdr *quoted = (const struct ipv6hdr *)(got + HEADER_IP6 + 8);
	unsigned int len = f->len - HEADER_IP6 - XOSH_OPTION_LEN;

	KUNIT_ASSERT_EQ(test, skb->len, HEADER_IP6 + len);
	skb_bytes(test, skb, got);
	KUNIT_EXPECT_EQ(test, ntohs(ip6->payload_len), len);
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&ip6->daddr, &home));
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&quoted->saddr, &home));
	KUNIT_EXPECT_TRUE(test, ipv6_addr_equal(&quoted->daddr, &client));
	KUNIT_EXPECT_EQ(test, quoted->nexthdr, IPPROTO_TCP);
	KUNIT_EXPECT_EQ(test, ntohs(quoted->payload_len), 1000);
	KUNIT_EXPECT_EQ(test, memcmp(quoted + 1, quoted_option(f) + 1, len - 8 - HEADER_IP6), 0);
	KUNIT_EXPECT_EQ(test,
			csum_ipv6_magic(&ip6->saddr, &ip6->daddr, len, IPPROTO_ICMPV6,
					csum_partial(ip6 + 1, len, 0)),
			0);
}

static void errors_are_translated(struct kunit *test)
{
	struct header_fixture *f = test->priv;
	unsigned int linear, whole;
	struct sk_buff *skb;

	make_error(f);
	for (linear = HEADER_IP6; linear <= f->len; linear++) {
		skb = skb_of(test, f->len, linear);
		KUNIT_ASSERT_TRUE(test, translate(f, skb));
		expect_translated(test, skb);
		kfree_skb(skb);
	}
	/* However little of the segment is quoted, if only the option is there. */
	whole = f->len;
	for (f->len = 2 * HEADER_IP6 + 8; f->len < whole; f->len++) {
		sum_error(f);
		skb = skb_of(test, f->len, HEADER_IP6);
		if (f->len < 2 * HEADER_IP6 + 8 + XOSH_OPTION_LEN) {
			KUNIT_EXPECT_FALSE(test, translate(f, skb));
			KUNIT_EXPECT_EQ(test, skb->len, f->len);
		} else {
			KUNIT_ASSERT_TRUE(test, translate(f, skb));
			expect_translated(test, skb);
		}
		kfree_skb(skb);
	}
}

/* An error that is not about a segment of ours stays as it is. */
static void expect_left_alone(struct kunit *test, bool sum)
{
	struct header_fixture *f = test->priv;
	struct sk_buff *skb;
	u8 got[PACKET_MAX];

	if (sum)
		sum_error(f);
	skb = skb_of(test, f->len, f->len);
	KUNIT_EXPECT_FALSE(test, translate(f, skb));
	skb_bytes(test, skb, got);
	KUNIT_EXPECT_EQ(test, memcmp(got, f->packet, f->len), 0);
	kfree_skb(skb);
	make_error(f);
}

static void errors_of_others(struct kunit *test)
{
	struct header_fixture *f = test->priv;

	make_error(f);
	f->packet[HEADER_IP6 + 2] ^= 1;
	expect_left_alone(test, false);
	f->packet[HEADER_IP6] = ICMPV6_ECHO_REQUEST;
	expect_left_alone(test, true);
	quoted_packet(f)->saddr = client;
	expect_left_alone(test, true);
	quoted_packet(f)->nexthdr = IPPROTO_TCP;
	expect_left_alone(test, true);
	quoted_packet(f)->version = 4;
	expect_left_alone(test, true);
	quoted_option(f)->home = client;
	expect_left_alone(test, true);
	quoted_option(f)->hdrlen = 3;
	expect_left_alone(test, true);
	quoted_option(f)->pad[0] = 5;
	expect_left_alone(test, true);
	quoted_option(f)->type = 0xc8;
	expect_left_alone(test, true);
	f->member.care_of = router;
	expect_left_alone(test, true);
}

/* Anything at all: it ends, and reads nothing that is not there. */
static void nonsense(struct kunit *test)
{
	struct header_fixture *f = test->priv;
	unsigned int i, n, len;
	struct sk_buff *skb;

	for (i = 0; i < ROUNDS; i++) {
		if (i % 2)
			make_routed(f);
		else
			make_error(f);
		for (n = get_random_u32() % 4; n; n--)
			f->packet[get_random_u32() % f->len] = get_random_u32();
		if (i % 2 == 0 && i % 4)
			sum_error(f);
		len = HEADER_IP6 + get_random_u32() % (f->len - HEADER_IP6 + 1);
		skb = skb_of(test, len, HEADER_IP6 + get_random_u32() % (len - HEADER_IP6 + 1));
		if (i % 2 == 0)
			translate(f, skb);
		else if (pull(f, skb) < 0)
			continue;
		KUNIT_ASSERT_LE(test, skb->len, len);
		kfree_skb(skb);
		cond_resched();
	}
}

static int header_init(struct kunit *test)
{
	struct header_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	test->priv = f;
	f->net.counters = alloc_percpu(struct xosh_counters);
	f->set = kvzalloc(sizeof(*f->set), GFP_KERNEL);
	if (!f->net.counters || !f->set)
		return -ENOMEM;
	f->dst.dev = init_net.loopback_dev;
	f->member.care_of = care_of;
	f->member.local = true;
	f->set->local = &f->member;
	f->vip.addr = home;
	f->vip.flags = XOS_HANDOFF_VIP_FLAGS_MEMBER;
	RCU_INIT_POINTER(f->vip.set, f->set);
	header_now = f;
	return 0;
}

static void header_exit(struct kunit *test)
{
	struct header_fixture *f = test->priv;

	if (!f)
		return;
	header_now = NULL;
	free_percpu(f->net.counters);
	kvfree(f->set);
}

static struct kunit_case header_cases[] = {
	KUNIT_CASE(routing_is_taken_off),
	KUNIT_CASE(routing_is_cut_off),
	KUNIT_CASE(routing_of_others),
	KUNIT_CASE(shared_packets_stay),
	KUNIT_CASE(option_is_put_in),
	KUNIT_CASE(errors_are_translated),
	KUNIT_CASE(errors_of_others),
	KUNIT_CASE(nonsense),
	{},
};

static struct kunit_suite header_suite = {
	.name = "xos_handoff_header",
	.init = header_init,
	.exit = header_exit,
	.test_cases = header_cases,
};
kunit_test_suite(header_suite);
