// SPDX-License-Identifier: GPL-2.0-or-later
/* Mobility headers as clients send them: nothing outside of the message is read, or named. */
#include <stdint.h>
#include <stdlib.h>

#include <mip6/mh.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t key[MH_KBM_LEN], ip[MH_IP_LEN];
	struct mh mh;

	if (mh_parse(bytes_of(data, size), &mh))
		return 0;
	if (mh.len > size || mh.len % 8 || (mh.auth && mh.auth + MH_AUTH_LEN > mh.len))
		abort();
	mh_auth_ok(bytes_of(data, mh.len), mh.auth, key, ip, ip);
	return 0;
}
