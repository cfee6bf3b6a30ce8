// SPDX-License-Identifier: GPL-2.0-or-later
#include <secure/replay.h>

#include <errno.h>
#include <stdlib.h>

#include <base/siphash.h>

int replay_init(struct replay *r, uint32_t limit, const uint64_t key[2])
{
	uint32_t buckets = 16;

	while (buckets < limit)
		buckets *= 2;
	*r = (struct replay){
		.limit = limit,
		.mask = buckets - 1,
		.key = { key[0], key[1] },
		.senders = calloc(limit, sizeof(*r->senders)),
		.buckets = calloc(buckets, sizeof(*r->buckets)),
	};
	CDS_INIT_LIST_HEAD(&r->used);
	if (!r->senders || !r->buckets) {
		replay_exit(r);
		return -ENOMEM;
	}
	for (uint32_t i = 0; i < buckets; i++)
		CDS_INIT_LIST_HEAD(&r->buckets[i]);
	return 0;
}

void replay_exit(struct replay *r)
{
	free(r->senders);
	free(r->buckets);
	r->senders = NULL;
	r->buckets = NULL;
}

static struct replay_sender *sender_add(struct replay *r, struct cds_list_head *bucket,
					const struct xos_id *id)
{
	struct replay_sender *s;

	if (r->n < r->limit) {
		s = &r->senders[r->n++];
	} else {
		s = cds_list_entry(r->used.prev, struct replay_sender, used);
		cds_list_del(&s->used);
		cds_list_del(&s->hash);
		r->evicted++;
	}
	*s = (struct replay_sender){ .id = *id };
	cds_list_add(&s->hash, bucket);
	cds_list_add(&s->used, &r->used);
	return s;
}

bool replay_window(uint64_t *top, uint64_t *seen, uint64_t counter)
{
	uint64_t ahead, bit;

	if (counter > *top) {
		ahead = counter - *top;
		*seen = ahead < REPLAY_WINDOW ? *seen << ahead | 1 : 1;
		*top = counter;
		return true;
	}
	if (*top - counter >= REPLAY_WINDOW)
		return false;
	bit = 1ULL << (*top - counter);
	if (*seen & bit)
		return false;
	*seen |= bit;
	return true;
}

bool replay_fresh(struct replay *r, const struct xos_id *id, uint64_t counter)
{
	struct cds_list_head *bucket = &r->buckets[siphash(r->key, id->b, XOS_ID_LEN) & r->mask];
	struct replay_sender *s;

	cds_list_for_each_entry(s, bucket, hash) {
		if (xos_id_eq(&s->id, id))
			goto found;
	}
	s = sender_add(r, bucket, id);
	s->top = counter;
	s->seen = 1;
	return true;
found:
	if (!replay_window(&s->top, &s->seen, counter))
		return false;
	cds_list_del(&s->used);
	cds_list_add(&s->used, &r->used);
	return true;
}
