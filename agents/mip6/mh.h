/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mobility headers of Mobile IPv6 (RFC 6275, section 6.1) as a mobile node without a
 * home agent sends and reads them. Here the group of servers is the mobile node, its
 * address the home address, a member's own address the care-of address, and the client
 * the correspondent node.
 */
#ifndef _XOS_MIP6_MH_H
#define _XOS_MIP6_MH_H

#include <stdbool.h>
#include <stdint.h>

#include <base/bytes.h>

#define MH_PROTO      135
#define MH_IP_LEN     16
#define MH_COOKIE_LEN 8
#define MH_TOKEN_LEN  8
#define MH_KBM_LEN    20
#define MH_AUTH_LEN   12
/* IPv6 header, home address option, binding update with both of its options. */
#define MH_PACKET_MAX (40 + 24 + 32)
/* Lifetimes in binding updates and acknowledgements count so many seconds. */
#define MH_LIFETIME_S 4

/**
 * enum mh_type - types of mobility headers (RFC 6275, section 6.1)
 * @MH_BRR: binding refresh request
 * @MH_HOTI: home test init
 * @MH_COTI: care-of test init
 * @MH_HOT: home test
 * @MH_COT: care-of test
 * @MH_BU: binding update
 * @MH_BA: binding acknowledgement
 * @MH_BE: binding error
 */
enum mh_type { MH_BRR, MH_HOTI, MH_COTI, MH_HOT, MH_COT, MH_BU, MH_BA, MH_BE };

/**
 * enum mh_status - status of a binding acknowledgement (section 6.1.8) that mean
 * something to us; below 128 the update was accepted
 * @MH_SEQ_WINDOW: the sequence number was too small; the answer has the last one
 * @MH_HOME_NONCE: the home nonce index has expired
 * @MH_CARE_NONCE: the care-of nonce index has
 * @MH_NONCES: both have
 */
enum mh_status {
	MH_SEQ_WINDOW = 135,
	MH_HOME_NONCE = 136,
	MH_CARE_NONCE = 137,
	MH_NONCES = 138,
};

/* Status of a binding error (section 6.1.9). */
#define MH_BE_UNKNOWN_BINDING 1
#define MH_BE_UNKNOWN_TYPE    2

/**
 * struct mh - a mobility header that a client sent
 * @type: BRR, HoT, CoT, BA or BE
 * @len: bytes of the message that belong to it
 * @cookie: (HoT, CoT) of the test init
 * @token: (HoT, CoT) keygen token
 * @nonce: (HoT, CoT) nonce index
 * @status: (BA, BE)
 * @seq: (BA)
 * @lifetime: (BA) in MH_LIFETIME_S seconds
 * @auth: (BA) offset of the authenticator in the message, 0 without one
 * @home: (BE) home address of the packet that it is about
 */
struct mh {
	uint8_t type;
	uint32_t len;
	uint8_t cookie[MH_COOKIE_LEN];
	uint8_t token[MH_TOKEN_LEN];
	uint16_t nonce;
	uint8_t status;
	uint16_t seq;
	uint16_t lifetime;
	uint32_t auth;
	uint8_t home[MH_IP_LEN];
};

/**
 * struct mh_update - a binding update to a correspondent node
 * @home: home address
 * @care_of: care-of address, the source; NULL removes the binding
 * @client: correspondent node
 * @kbm: binding management key
 * @seq: sequence number
 * @lifetime: in MH_LIFETIME_S seconds; 0 together with @care_of NULL
 * @home_nonce: index that the home keygen token came with
 * @care_nonce: index that the care-of keygen token came with
 */
struct mh_update {
	const uint8_t *home;
	const uint8_t *care_of;
	const uint8_t *client;
	const uint8_t *kbm;
	uint16_t seq;
	uint16_t lifetime;
	uint16_t home_nonce;
	uint16_t care_nonce;
};

/**
 * struct mh_packet - a whole IPv6 packet
 * @len: bytes
 * @b: these
 */
struct mh_packet {
	uint32_t len;
	uint8_t b[MH_PACKET_MAX];
};

/**
 * mh_parse() - read a mobility header that a client sent
 * @msg: from the mobility header to the end of the packet; its checksum was verified
 * @out: result
 *
 * Return: 0; -EBADMSG for what is malformed (RFC 6275, sections 6.1 and 9.2);
 * -EOPNOTSUPP for a type that a mobile node does not get from a correspondent node.
 */
int mh_parse(struct bytes msg, struct mh *out);

/**
 * mh_kbm() - binding management key (RFC 6275, section 5.2.5)
 * @home: home keygen token
 * @care: care-of keygen token, NULL to remove a binding
 * @kbm: result, MH_KBM_LEN bytes
 */
void mh_kbm(const uint8_t *home, const uint8_t *care, uint8_t *kbm);

/**
 * mh_auth_ok() - check the authenticator of a message (RFC 6275, section 6.2.7)
 * @msg: mobility header, as long as mh_parse() says
 * @auth: offset of the authenticator, from mh_parse()
 * @kbm: binding management key
 * @care_of: care-of address; the home address when the binding is removed
 * @client: correspondent node
 *
 * Return: whether the client that gave us the tokens sent it.
 */
bool mh_auth_ok(struct bytes msg, uint32_t auth, const uint8_t *kbm, const uint8_t *care_of,
		const uint8_t *client);

/**
 * mh_test_init() - a home or care-of test init (RFC 6275, sections 6.1.3, 6.1.4)
 * @p: result
 * @type: MH_HOTI or MH_COTI
 * @from: home address or care-of address
 * @client: correspondent node
 * @cookie: what the answer has to contain
 */
void mh_test_init(struct mh_packet *p, enum mh_type type, const uint8_t *from,
		  const uint8_t *client, const uint8_t *cookie);

/**
 * mh_update() - a binding update (RFC 6275, section 6.1.7)
 * @p: result
 * @u: what it says; an acknowledgement is asked for
 *
 * Goes from the care-of address with a home address option, or, to remove a binding,
 * from the home address without one.
 */
void mh_update(struct mh_packet *p, const struct mh_update *u);

/**
 * mh_unknown() - a binding error: a message was of a type that nobody here knows (RFC
 * 6275, sections 6.1.9 and 9.2)
 * @p: result
 * @from: address that the message came to
 * @client: where it came from
 */
void mh_unknown(struct mh_packet *p, const uint8_t *from, const uint8_t *client);

#endif
