// SPDX-License-Identifier: GPL-2.0-only
#include "pin.h"

#include <linux/errno.h>
#include <linux/module.h>
#include <linux/mutex.h>

/* One reference for all, so that a change of the parameter meets what is there. */
static DEFINE_MUTEX(pin_lock);
static unsigned int pins;
static bool pin_held;
static bool unload_always;

/* Take the reference, or give it back. Under pin_lock. */
static int pin_update(void)
{
	bool wanted = pins && !unload_always;

	if (wanted == pin_held)
		return 0;
	if (wanted && !try_module_get(THIS_MODULE))
		return -ENODEV;
	if (!wanted)
		module_put(THIS_MODULE);
	pin_held = wanted;
	return 0;
}

static int pin_set(const char *val, const struct kernel_param *kp)
{
	int err;

	mutex_lock(&pin_lock);
	err = param_set_bool(val, kp);
	if (!err)
		err = pin_update();
	mutex_unlock(&pin_lock);
	return err;
}

static const struct kernel_param_ops pin_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = pin_set,
	.get = param_get_bool,
};

module_param_cb(unload_always, &pin_ops, &unload_always, 0644);
MODULE_PARM_DESC(unload_always, "Let the module be removed while gates and bindings live");

/**
 * xosh_pin() - something depends on the module
 *
 * May sleep.
 *
 * Return: 0, -ENODEV when the module is being removed.
 */
int xosh_pin(void)
{
	int err;

	mutex_lock(&pin_lock);
	pins++;
	err = pin_update();
	if (err)
		pins--;
	mutex_unlock(&pin_lock);
	return err;
}

/**
 * xosh_unpin() - it does not any more
 *
 * After a successful xosh_pin(). May sleep.
 */
void xosh_unpin(void)
{
	mutex_lock(&pin_lock);
	pins--;
	pin_update();
	mutex_unlock(&pin_lock);
}
