// SPDX-License-Identifier: GPL-2.0-or-later
#include "fin.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <base/be.h>

#define IP6_LEN	 40
#define TCP_LEN	 20
#define FLAG_FIN 0x01
#define FLAG_ACK 0x10

/* Ones' complement sum (RFC 1071) of an even number of bytes. */
static uint32_t sum16(uint32_t sum, const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i += 2)
		sum += be16_load(p + i);
	return sum;
}

void fin_build(const struct wire_ds_tcp *r, uint8_t *packet)
{
	uint8_t *tcp = packet + IP6_LEN;
	uint32_t sum = TCP_LEN + IPPROTO_TCP;

	memset(packet, 0, FIN_PACKET_LEN);
	packet[0] = 0x60;
	be16_store(packet + 4, TCP_LEN);
	packet[6] = IPPROTO_TCP;
	packet[7] = 64;
	memcpy(packet + 8, r->client.ip, 16);
	memcpy(packet + 24, r->server.ip, 16);

	be16_store(tcp, r->client.port);
	be16_store(tcp + 2, r->server.port);
	be32_store(tcp + 4, r->rcv_seq + (uint32_t)r->rcv_queue.len);
	/* Acknowledges nothing new: the oldest byte that is still unacknowledged. */
	be32_store(tcp + 8, r->snd_seq);
	tcp[12] = (TCP_LEN / 4) << 4;
	tcp[13] = FLAG_FIN | FLAG_ACK;
	be16_store(tcp + 14, (uint16_t)(r->snd_wnd >> r->snd_wscale > UINT16_MAX ?
						UINT16_MAX :
						r->snd_wnd >> r->snd_wscale));
	sum = sum16(sum, packet + 8, 32);
	sum = sum16(sum, tcp, TCP_LEN);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	be16_store(tcp + 16, (uint16_t)~sum);
}

int fin_replay(const struct wire_ds_tcp *r)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6 };
	uint8_t packet[FIN_PACKET_LEN];
	int fd, err = 0;
	ssize_t n;

	fin_build(r, packet);
	memcpy(&to.sin6_addr, r->server.ip, 16);
	/* IPPROTO_RAW: the packet brings its own header. */
	fd = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
	if (fd < 0)
		return -errno;
	n = sendto(fd, packet, sizeof(packet), MSG_DONTWAIT, (struct sockaddr *)&to, sizeof(to));
	if (n != (ssize_t)sizeof(packet))
		err = n < 0 ? -errno : -EIO;
	close(fd);
	return err;
}
