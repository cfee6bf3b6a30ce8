// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/tls_io.h>

#include <errno.h>

#define HANDSHAKE_PACKET_MAX (16 * 1024)

static ssize_t push(gnutls_transport_ptr_t ptr, const void *data, size_t len)
{
	struct tls_io *io = ptr;

	io->output_err = io->output(io->ctx, bytes_of(data, len));
	if (!io->output_err)
		return (ssize_t)len;
	gnutls_transport_set_errno(io->tls, EPIPE);
	return -1;
}

static ssize_t pull(gnutls_transport_ptr_t ptr, void *data, size_t len)
{
	struct tls_io *io = ptr;

	if (!io->in.len) {
		gnutls_transport_set_errno(io->tls, EAGAIN);
		return -1;
	}
	if (len > io->in.len)
		len = io->in.len;
	memcpy(data, io->in.data, len);
	io->in.data += len;
	io->in.len -= len;
	return (ssize_t)len;
}

static int pull_timeout(gnutls_transport_ptr_t ptr, unsigned int ms)
{
	const struct tls_io *io = ptr;

	return io->in.len ? 1 : 0;
}

int tls_io_init(struct tls_io *io, unsigned int flags, gnutls_priority_t priority)
{
	if (gnutls_init(&io->tls, flags | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL)) {
		io->tls = NULL;
		return -ENOMEM;
	}
	gnutls_handshake_set_max_packet_length(io->tls, HANDSHAKE_PACKET_MAX);
	gnutls_transport_set_ptr(io->tls, io);
	gnutls_transport_set_push_function(io->tls, push);
	gnutls_transport_set_pull_function(io->tls, pull);
	gnutls_transport_set_pull_timeout_function(io->tls, pull_timeout);
	return gnutls_priority_set(io->tls, priority) ? -EIO : 0;
}

void tls_io_exit(struct tls_io *io)
{
	if (io->tls)
		gnutls_deinit(io->tls);
	io->tls = NULL;
}

int tls_io_handshake(struct tls_io *io)
{
	int err;

	do {
		err = gnutls_handshake(io->tls);
	} while (err == GNUTLS_E_INTERRUPTED || (err == GNUTLS_E_AGAIN && io->in.len) ||
		 (err < 0 && err != GNUTLS_E_AGAIN && !gnutls_error_is_fatal(err)));
	if (err == GNUTLS_E_AGAIN)
		return 0;
	if (err >= 0)
		return 1;
	if (!io->output_err)
		gnutls_alert_send_appropriate(io->tls, err);
	return err;
}

ssize_t tls_io_recv(struct tls_io *io, void *mem, size_t cap)
{
	for (;;) {
		ssize_t n = gnutls_record_recv(io->tls, mem, cap);

		if (n >= 0 || (n == GNUTLS_E_AGAIN && !io->in.len))
			return n;
		if (n != GNUTLS_E_AGAIN && gnutls_error_is_fatal((int)n))
			return n;
	}
}

void tls_io_end(struct tls_io *io)
{
	gnutls_bye(io->tls, GNUTLS_SHUT_WR);
}

int tls_io_send(struct tls_io *io, struct bytes data)
{
	while (data.len) {
		ssize_t n = gnutls_record_send(io->tls, data.data, data.len);

		if (n <= 0)
			return io->output_err ? io->output_err : -EIO;
		data.data += n;
		data.len -= (size_t)n;
	}
	return 0;
}
