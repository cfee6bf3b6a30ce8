/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The module stays while connections depend on it: a gate that diverts, a binding
 * that a client uses. Drain first, or say unload_always.
 */
#ifndef _XOS_HANDOFF_PIN_H
#define _XOS_HANDOFF_PIN_H

int xosh_pin(void);
void xosh_unpin(void);

#endif /* _XOS_HANDOFF_PIN_H */
