// SPDX-License-Identifier: GPL-2.0-or-later
/* Do not edit directly, auto-generated from:
 *	Documentation/wire/
 * by scripts/gen.
 */
#include <wire/types.h>

#include <wire/control.h>
#include <wire/overlay.h>
#include <wire/dht.h>
#include <wire/lookup.h>
#include <wire/peer.h>
#include <wire/suspect.h>

const struct wire_msg *wire_msg_find(uint16_t type)
{
	switch (type) {
	case WIRE_PEER_HELLO:
		return &wire_peer_hello_msg;
	case WIRE_SUSPECT_PING:
		return &wire_suspect_ping_msg;
	case WIRE_SUSPECT_PONG:
		return &wire_suspect_pong_msg;
	case WIRE_RING_FIND:
		return &wire_ring_find_msg;
	case WIRE_RING_FIND_ANSWER:
		return &wire_ring_find_answer_msg;
	case WIRE_RING_STABILIZE:
		return &wire_ring_stabilize_msg;
	case WIRE_RING_STABILIZE_ANSWER:
		return &wire_ring_stabilize_answer_msg;
	case WIRE_RING_FINGER:
		return &wire_ring_finger_msg;
	case WIRE_RING_FINGER_ANSWER:
		return &wire_ring_finger_answer_msg;
	case WIRE_RING_DESCRIBE:
		return &wire_ring_describe_msg;
	case WIRE_RING_DESCRIBE_ANSWER:
		return &wire_ring_describe_answer_msg;
	case WIRE_RING_JOIN:
		return &wire_ring_join_msg;
	case WIRE_RING_JOIN_ANSWER:
		return &wire_ring_join_answer_msg;
	case WIRE_RING_PULL:
		return &wire_ring_pull_msg;
	case WIRE_RING_CHUNK:
		return &wire_ring_chunk_msg;
	case WIRE_RING_COMMIT:
		return &wire_ring_commit_msg;
	case WIRE_RING_GRANT:
		return &wire_ring_grant_msg;
	case WIRE_RING_SETTLE:
		return &wire_ring_settle_msg;
	case WIRE_RING_SETTLE_ANSWER:
		return &wire_ring_settle_answer_msg;
	case WIRE_DHT_READ:
		return &wire_dht_read_msg;
	case WIRE_DHT_READ_ANSWER:
		return &wire_dht_read_answer_msg;
	case WIRE_DHT_WRITE:
		return &wire_dht_write_msg;
	case WIRE_DHT_WRITE_ANSWER:
		return &wire_dht_write_answer_msg;
	case WIRE_DHT_SCAN:
		return &wire_dht_scan_msg;
	case WIRE_DHT_SCAN_ANSWER:
		return &wire_dht_scan_answer_msg;
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
