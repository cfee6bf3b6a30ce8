// SPDX-License-Identifier: GPL-2.0-or-later
/* What the configuration says about contact nodes. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <handoffd/config.h>
#include <handoffd/front.h>

static void test_address(void **state)
{
	struct front_address a;

	assert_int_equal(front_parse("2001:db8::99/64 dev eth0", &a), 0);
	assert_int_equal(a.length, 64);
	assert_int_equal(a.ip[15], 0x99);
	assert_string_equal(a.dev, "eth0");
}

static void test_no_address(void **state)
{
	static const char *const bad[] = {
		"",
		"2001:db8::99",
		"2001:db8::99/64",
		"2001:db8::99/64 eth0",
		"2001:db8::99/129 dev eth0",
		"192.0.2.1/24 dev eth0",
		"2001:db8::99/64 dev eth0 more",
		"2001:db8::99/64 dev a-name-that-is-too-long",
	};
	struct front_address a;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(front_parse(bad[i], &a), -EINVAL);
}

static void test_vip(void **state)
{
	struct xos_addr vip, contact, standby;

	assert_int_equal(handoffd_config_vip("2001:db8::1 contact 2001:db8::2", &vip, &contact,
					     &standby),
			 0);
	assert_int_equal(vip.port, 0);
	assert_int_equal(contact.port, HANDOFFD_PORT);
	assert_int_equal(standby.port, 0);
	assert_int_equal(handoffd_config_vip("[2001:db8::1]:80 contact 2001:db8::2 "
					     "standby [2001:db8::3]:9",
					     &vip, &contact, &standby),
			 0);
	assert_int_equal(vip.port, 80);
	assert_int_equal(standby.port, 9);
	assert_int_equal(standby.ip[15], 3);
}

static void test_no_vip(void **state)
{
	static const char *const bad[] = {
		"2001:db8::1",
		"2001:db8::1 contact",
		"2001:db8::1 contact 2001:db8::2 standby",
		"2001:db8::1 contact 2001:db8::2 standby 2001:db8::2",
		"2001:db8::1 contact 2001:db8::2 standby 2001:db8::3 more",
		"2001:db8::1 contact 2001:db8::2 spare 2001:db8::3",
	};
	struct xos_addr vip, contact, standby;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(handoffd_config_vip(bad[i], &vip, &contact, &standby), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_no_address),
		cmocka_unit_test(test_vip),
		cmocka_unit_test(test_no_vip),
	};

	return cmocka_run_group_tests_name("front", tests, NULL, NULL);
}
