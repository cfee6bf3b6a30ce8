// SPDX-License-Identifier: GPL-2.0-or-later
/* Attributes of machines, and queries, drawn at random. */
#include "scale.h"

#include <math.h>

#define CODE_END 65536.0
/* Values of an axis under Zipf's law. */
#define ZIPF	 64

static double unit(struct scale_world *w)
{
	return (double)(rng_next(&w->draw) >> 11) * 0x1p-53;
}

/* Box and Muller's way. */
static double normal(struct scale_world *w, double mean, double deviation)
{
	double r = sqrt(-2 * log(1 - unit(w)));

	return mean + deviation * r * cos(2 * M_PI * unit(w));
}

static double zipf(struct scale_world *w)
{
	double sum = 0, want;
	uint32_t k;

	for (k = 1; k <= ZIPF; k++)
		sum += 1.0 / k;
	want = unit(w) * sum;
	for (k = 1; k < ZIPF && want > 1.0 / k; k++)
		want -= 1.0 / k;
	return (k - 0.5) / ZIPF;
}

static uint16_t code_of(double x)
{
	x *= CODE_END;
	return (uint16_t)(x < 0 ? 0 : x > CODE_END - 1 ? CODE_END - 1 : x);
}

void scale_draw_node(struct scale_world *w, uint16_t c[SCALE_AXES])
{
	double common = unit(w);

	for (uint32_t k = 0; k < SCALE_AXES; k++) {
		switch (w->opt.dist) {
		case SCALE_NORMAL:
			c[k] = code_of(normal(w, 0.6, 0.1));
			break;
		case SCALE_ZIPF:
			c[k] = code_of(zipf(w));
			break;
		case SCALE_CORRELATED:
			c[k] = code_of(normal(w, common, 0.05));
			break;
		default:
			c[k] = code_of(unit(w));
		}
	}
}

/* One half of an axis, chosen by chance, until the share is reached. */
static void draw_aligned(struct scale_world *w, double share, struct space_box *out)
{
	uint32_t first = (uint32_t)rng_below(&w->draw, SCALE_AXES);

	for (uint32_t k = first; share < 0.75; share *= 2, k++) {
		uint32_t axis = k % SCALE_AXES;
		uint16_t half = (uint16_t)((out->hi[axis] - out->lo[axis]) / 2);

		if (rng_below(&w->draw, 2))
			out->hi[axis] = (uint16_t)(out->lo[axis] + half);
		else
			out->lo[axis] = (uint16_t)(out->hi[axis] - half);
	}
}

static void draw_random(struct scale_world *w, double share, struct space_box *out)
{
	double side = pow(share, 1.0 / SCALE_AXES);

	for (uint32_t k = 0; k < SCALE_AXES; k++) {
		double lo = unit(w) * (1 - side);

		out->lo[k] = code_of(lo);
		out->hi[k] = code_of(lo + side);
	}
}

void scale_draw_box(struct scale_world *w, const struct scale_query *q, struct space_box *out)
{
	space_box_full(out);
	if (q->aligned)
		draw_aligned(w, q->share, out);
	else
		draw_random(w, q->share, out);
}
