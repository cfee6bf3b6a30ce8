// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/
 * by scripts/gen.
 */
#include <wire/types.h>

#include <wire/control.h>
#include <wire/lookup.h>
#include <wire/peer.h>

const struct wire_msg *wire_msg_find(uint16_t type)
{
	switch (type) {
	case WIRE_PEER_HELLO:
		return &wire_peer_hello_msg;
	case WIRE_LOOKUP_QUERY:
		return &wire_lookup_query_msg;
	case WIRE_LOOKUP_ANSWER:
		return &wire_lookup_answer_msg;
	case WIRE_CTL_DONE:
		return &wire_ctl_done_msg;
	case WIRE_CTL_STATUS:
		return &wire_ctl_status_msg;
	case WIRE_CTL_STATUS_ITEM:
		return &wire_ctl_status_item_msg;
	case WIRE_CTL_RING_SHOW:
		return &wire_ctl_ring_show_msg;
	case WIRE_CTL_RING_NODE:
		return &wire_ctl_ring_node_msg;
	case WIRE_CTL_RING_SUMMARY:
		return &wire_ctl_ring_summary_msg;
	case WIRE_CTL_KEY_GET:
		return &wire_ctl_key_get_msg;
	case WIRE_CTL_KEY_PUT:
		return &wire_ctl_key_put_msg;
	case WIRE_CTL_KEY_DEL:
		return &wire_ctl_key_del_msg;
	case WIRE_CTL_KEY_RANGE:
		return &wire_ctl_key_range_msg;
	case WIRE_CTL_KEY_ITEM:
		return &wire_ctl_key_item_msg;
	case WIRE_CTL_SELECT:
		return &wire_ctl_select_msg;
	case WIRE_CTL_SELECT_ITEM:
		return &wire_ctl_select_item_msg;
	case WIRE_CTL_SELECT_SUMMARY:
		return &wire_ctl_select_summary_msg;
	case WIRE_CTL_ATTR_SHOW:
		return &wire_ctl_attr_show_msg;
	case WIRE_CTL_ATTR_ITEM:
		return &wire_ctl_attr_item_msg;
	case WIRE_CTL_LOOKUP:
		return &wire_ctl_lookup_msg;
	case WIRE_CTL_LOOKUP_OWNER:
		return &wire_ctl_lookup_owner_msg;
	case WIRE_CTL_LOG_SET:
		return &wire_ctl_log_set_msg;
	case WIRE_CTL_LOG_SHOW:
		return &wire_ctl_log_show_msg;
	case WIRE_CTL_LOG_ITEM:
		return &wire_ctl_log_item_msg;
	case WIRE_CTL_COUNTERS:
		return &wire_ctl_counters_msg;
	case WIRE_CTL_COUNTER:
		return &wire_ctl_counter_msg;
	case WIRE_CTL_MONITOR:
		return &wire_ctl_monitor_msg;
	case WIRE_CTL_EVENT:
		return &wire_ctl_event_msg;
	default:
		return NULL;
	}
}
