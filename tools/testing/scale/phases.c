// SPDX-License-Identifier: GPL-2.0-or-later
#include "phases.h"

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include <base/assert.h>

/* While the grid grows it doubles in this time. */
#define DOUBLE_NS    (5 * ENV_SEC)
#define BUDGET_NS    (20 * ENV_SEC)
/* One region after the other takes its time. */
#define BUDGET_PAPER (4 * 3600 * ENV_SEC)
#define LOOKS	     300
#define STEP_NS	     (ENV_SEC / 10)
/* Queries of a row without a limit, and of a point of a series. */
#define ALL_QUERIES  10
#define HEAL_CYCLES  30
#define LOAD_QUERIES 10000
#define LOAD_GAP_NS  (5 * ENV_MS)
#define JOINS_MAX    200

static double cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t budget(const struct scale_run *run)
{
	return run->w->mode == SCALE_PAPER ? BUDGET_PAPER : BUDGET_NS;
}

static void say(const struct scale_run *run, const char *what)
{
	fprintf(stderr, "[%s %5.0f s cpu, %6.0f s simulated] %s\n",
		run->w->mode == SCALE_PAPER ? "paper" : "xos", cpu_s(),
		(double)run->w->now_ns / 1e9, what);
}

/* --- growth and rest -------------------------------------------------------------------- */

static void grow(struct scale_run *run)
{
	struct scale_world *w = run->w;
	uint64_t start = w->now_ns;

	while (w->n < w->opt.nodes) {
		uint64_t at = start + (uint64_t)(log2(w->n + 1) * (double)DOUBLE_NS);

		if (at > w->now_ns)
			scale_pass(w, at - w->now_ns);
		scale_start(w, w->n);
	}
}

static void tables_rows(struct scale_run *run)
{
	enum scale_mode m = run->w->mode;
	struct scale_tables t;

	scale_look(run->w, LOOKS, &t);
	report_add(run->r, m, t.links_mean, "contacts", "links, mean");
	report_add(run->r, m, t.links_max, "contacts", "links, max");
	report_add(run->r, m, t.near_mean, "contacts", "C0, mean");
	report_goal(report_add(run->r, m, t.near_max, "contacts", "C0, max"), GOAL_AT_MOST, 32);
	report_add(run->r, m, t.cell_mean, "machines",
		   "cell of equal width, others in the own, mean");
	report_add(run->r, m, t.cell_max, "machines",
		   "cell of equal width, others in the own, max");
	report_add(run->r, m, 100 * t.slots, "%", "slots filled, of those with machines");
	report_add(run->r, m, 100 * t.near_known, "%", "C0 known");
	report_add(run->r, m, 100 * t.joined, "%", "nodes that found their place");
}

static void rest(struct scale_run *run)
{
	struct scale_world *w = run->w;
	uint64_t events;
	double cpu;

	scale_pass(w, run->cycles * SCALE_CYCLE);
	w->traffic = (struct scale_traffic){ 0 };
	events = w->events;
	cpu = cpu_s();
	scale_pass(w, 2 * SCALE_CYCLE);
	cpu = cpu_s() - cpu;
	report_goal(report_add(run->r, w->mode, (double)(w->events - events) / cpu, "1/s",
			       "events a second a core, gossip"),
		    GOAL_AT_LEAST, 500000);
	report_goal(report_add(run->r, w->mode, (double)w->traffic.gossip_bytes / 2 / w->alive, "B",
			       "gossip per node per 10 s cycle"),
		    GOAL_AT_MOST, 3000);
	report_add(run->r, w->mode, (double)w->traffic.gossip / 2 / w->alive, "messages",
		   "gossip per node per 10 s cycle, messages");
	tables_rows(run);
}

/* --- queries ---------------------------------------------------------------------------- */

static double per_query(const struct scale_sum *s, uint64_t value)
{
	return s->queries ? (double)value / s->queries : 0;
}

static double delivery(const struct scale_sum *s)
{
	return s->want ? (double)s->got / (double)s->want : 1;
}

static void wrong_rows(struct scale_run *run, const struct scale_sum *s)
{
	run->wrong += s->false_found + s->doubled;
	report_goal(report_add(run->r, run->w->mode, run->wrong, "machines",
			       "found that do not match, or twice"),
		    GOAL_AT_MOST, 0);
}

static void query_rows(struct scale_run *run, const struct scale_query *q, struct scale_sum *s)
{
	const char *box = q->aligned ? "aligned" : "random";
	enum scale_mode m = run->w->mode;
	char what[48], sigma[16];
	struct report_row *other;
	bool main = q->share == 0.125 && q->sigma == 50;

	snprintf(sigma, sizeof(sigma), q->sigma ? "%u" : "all", q->sigma);
	snprintf(what, sizeof(what), "%s box 1/%.0f, sigma %s", box, 1 / q->share, sigma);
	other = report_add(run->r, m, per_query(s, s->other), "nodes", "not matching visited, %s",
			   what);
	report_add(run->r, m, per_query(s, s->messages), "messages", "messages, %s", what);
	report_add(run->r, m, delivery(s), "", "delivery at rest, %s", what);
	if (main)
		report_goal(other, GOAL_AT_MOST, q->aligned ? 1 : 15);
	if (q->share == 0.125) {
		struct report_row *mid = report_add(run->r, m,
						    scale_rank(s->depth, s->queries, 0.5), "hops",
						    "latency median, %s", what);
		struct report_row *far = report_add(run->r, m,
						    scale_rank(s->depth, s->queries, 0.99), "hops",
						    "latency p99, %s", what);

		report_goal(mid, GOAL_AT_MOST, 15);
		report_goal(far, GOAL_AT_MOST, 20);
		report_add(run->r, m, scale_rank(s->ms, s->queries, 0.5), "ms",
			   "time to the answer, median, %s", what);
	}
	wrong_rows(run, s);
}

static void ask_row(struct scale_run *run, const struct scale_query *q)
{
	struct scale_sum s = { 0 };
	uint32_t n = q->sigma ? run->queries : ALL_QUERIES;

	scale_ask_many(run->w, q, &s, n, q->sigma ? STEP_NS : 2 * ENV_SEC, budget(run));
	query_rows(run, q, &s);
	scale_sum_free(&s);
}

static void queries(struct scale_run *run)
{
	static const double shares[] = { 1.0 / 8, 1.0 / 128, 1.0 / 8192 };
	static const uint32_t sigmas[] = { 50, 10, 1, 0 };

	say(run, "queries at rest");
	for (uint32_t i = 0; i < 3; i++) {
		for (uint32_t k = 0; k < 4; k++) {
			ask_row(run, &(struct scale_query){ shares[i], true, sigmas[k] });
			ask_row(run, &(struct scale_query){ shares[i], false, sigmas[k] });
		}
	}
}

/* --- load ------------------------------------------------------------------------------- */

static void load(struct scale_run *run)
{
	const struct scale_query q = { 1.0 / 8, false, 50 };
	struct scale_world *w = run->w;
	struct scale_sum s = { 0 };
	double sum = 0, max = 0;

	say(run, "load");
	for (uint32_t i = 0; i < w->n; i++)
		w->node[i].load = 0;
	scale_ask_many(w, &q, &s, LOAD_QUERIES, LOAD_GAP_NS, budget(run));
	for (uint32_t i = 0; i < w->n; i++) {
		sum += w->node[i].load;
		max = w->node[i].load > max ? w->node[i].load : max;
	}
	report_goal(report_add(run->r, w->mode, max * w->n / sum, "",
			       "load max / mean, uniform queries (random box 1/8, sigma 50)"),
		    GOAL_AT_MOST, 5);
	report_add(run->r, w->mode, sum / w->n, "messages", "load mean, of %u queries",
		   LOAD_QUERIES);
	scale_sum_free(&s);
}

/* --- churn, loss ------------------------------------------------------------------------ */

/* Let time pass while machines are replaced. */
static void churn(struct scale_run *run, double share, uint64_t ns)
{
	struct scale_world *w = run->w;

	for (uint64_t t = 0; t < ns; t += STEP_NS) {
		run->churn_left += share * w->opt.nodes * (double)STEP_NS / (double)SCALE_CYCLE;
		while (run->churn_left >= 1) {
			uint32_t i = scale_any(w);

			run->churn_left--;
			if (w->node[i].asking)
				continue;
			scale_kill(w, i);
			scale_start(w, i);
			run->churned++;
		}
		scale_pass(w, STEP_NS);
	}
}

static void churn_row(struct scale_run *run, double percent)
{
	const struct scale_query q = { 1.0 / 8, false, 0 };
	struct scale_world *w = run->w;
	struct scale_sum s = { 0 };
	struct report_row *row;

	say(run, "churn");
	churn(run, percent / 100, run->cycles * SCALE_CYCLE);
	for (uint32_t i = 0; i < ALL_QUERIES; i++) {
		scale_ask(w, &q, &s, budget(run));
		churn(run, percent / 100, ENV_SEC);
	}
	while (w->asks)
		churn(run, percent / 100, STEP_NS);
	row = report_add(run->r, w->mode, delivery(&s), "",
			 "delivery, sigma unlimited, %.1f %% churn per 10 s", percent);
	report_goal(row, GOAL_AT_LEAST, 0.999);
	report_add(run->r, w->mode, s.partial, "of 10", "answers that said partial, %.1f %% churn",
		   percent);
	report_add(run->r, w->mode, s.untrue, "of 10",
		   "answers called complete that were not, %.1f %% churn", percent);
	wrong_rows(run, &s);
	scale_sum_free(&s);
}

static void loss_row(struct scale_run *run, double percent)
{
	const struct scale_query q = { 1.0 / 8, false, 0 };
	struct scale_sum s = { 0 };

	say(run, "loss");
	run->w->loss_ppm = (uint32_t)(percent * 10000);
	scale_pass(run->w, 3 * SCALE_CYCLE);
	scale_ask_many(run->w, &q, &s, ALL_QUERIES, ENV_SEC, budget(run));
	report_add(run->r, run->w->mode, delivery(&s), "",
		   "delivery, sigma unlimited, %.0f %% of messages lost", percent);
	report_add(run->r, run->w->mode, s.partial, "of 10",
		   "answers that said partial, %.0f %% of messages lost", percent);
	report_add(run->r, run->w->mode, scale_rank(s.ms, s.queries, 0.5), "ms",
		   "time to the answer, median, all, %.0f %% lost", percent);
	wrong_rows(run, &s);
	run->w->loss_ppm = 0;
	scale_sum_free(&s);
}

/* --- joins ------------------------------------------------------------------------------ */

static void joins(struct scale_run *run)
{
	struct scale_world *w = run->w;
	uint32_t joined = 0, n = w->alive / 50;
	uint64_t messages = 0;

	say(run, "joins");
	n = n < JOINS_MAX ? n : JOINS_MAX;
	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = scale_any(w);

		scale_kill(w, i);
		scale_start(w, i);
		/* A search takes its time; the early cycles of gossip in it are counted too. */
		scale_pass(w, 2 * ENV_SEC);
		joined += w->node[i].g.joined;
		messages += w->node[i].join;
	}
	report_goal(report_add(run->r, w->mode, (double)messages / n, "messages",
			       "messages of a join, first 2 s, gossip in them included"),
		    GOAL_AT_MOST, 55);
	report_add(run->r, w->mode, 100.0 * joined / n, "%", "joined within 2 s");
}

/* --- failures --------------------------------------------------------------------------- */

static double delivered(struct scale_run *run, uint32_t *partial)
{
	const struct scale_query q = { run->w->opt.nodes > 10000 ? 1.0 / 64 : 1.0 / 8, false, 0 };
	struct scale_sum s = { 0 };
	double d;

	scale_ask_many(run->w, &q, &s, ALL_QUERIES, STEP_NS, budget(run));
	d = delivery(&s);
	*partial = s.partial;
	wrong_rows(run, &s);
	scale_sum_free(&s);
	return d;
}

/* Delivery and tables in each cycle from now on. */
static void heal(struct scale_run *run, const char *series, const char *what)
{
	struct scale_world *w = run->w;
	uint64_t start = w->now_ns;
	struct scale_tables t;
	uint32_t partial;
	double d = 0, healed = -1;

	for (uint32_t i = 0; i < HEAL_CYCLES; i++) {
		double at = (double)(w->now_ns - start) / 1e9;

		d = delivered(run, &partial);
		report_point(run->r, series, w->mode, at, d);
		if (!i)
			report_add(run->r, w->mode, d, "", "delivery right after %s", what);
		if (healed < 0 && d >= 0.999)
			healed = at;
		if (w->now_ns - start < (i + 1) * SCALE_CYCLE)
			scale_pass(w, (i + 1) * SCALE_CYCLE - (w->now_ns - start));
	}
	scale_look(w, LOOKS, &t);
	report_add(run->r, w->mode, d, "", "delivery %u cycles after %s", HEAL_CYCLES, what);
	report_add(run->r, w->mode, 100 * t.dead, "%", "dead contacts %u cycles after %s",
		   HEAL_CYCLES, what);
	report_add(run->r, w->mode, healed, "s", "time until delivery 0.999 after %s (-1: not)",
		   what);
}

static void failure(struct scale_run *run, uint32_t percent, const char *series)
{
	struct scale_world *w = run->w;
	char what[40];

	say(run, "failure of many");
	for (uint32_t i = 0; i < w->n; i++) {
		if (w->node[i].alive && rng_below(&w->rng, 100) < percent)
			scale_kill(w, i);
	}
	snprintf(what, sizeof(what), "death of %u %%", percent);
	heal(run, series, what);
	for (uint32_t i = 0; i < w->n; i++) {
		if (!w->node[i].alive)
			scale_start(w, i);
	}
	scale_pass(w, run->cycles * SCALE_CYCLE);
}

static void partition(struct scale_run *run)
{
	struct scale_world *w = run->w;
	uint64_t cycles = w->opt.nodes <= 10000 ? 360 : 60;
	struct scale_tables t;
	uint32_t partial;

	say(run, "partition");
	w->parted = true;
	scale_pass(w, cycles * SCALE_CYCLE);
	report_add(run->r, w->mode, (double)(cycles * SCALE_CYCLE) / 1e9, "s", "partition, length");
	report_add(run->r, w->mode, delivered(run, &partial), "",
		   "delivery in a partition, of both sides");
	w->parted = false;
	scale_look(w, LOOKS, &t);
	heal(run, "partition", "a partition");
}

void phases_run(struct scale_run *run, const char *phases)
{
	double cpu = cpu_s();
	struct rusage use;

	say(run, "growth");
	grow(run);
	report_add(run->r, run->w->mode, (double)run->w->events / (cpu_s() - cpu), "1/s",
		   "events a second a core, growth");
	say(run, "rest");
	rest(run);
	if (strchr(phases, 'q'))
		queries(run);
	if (strchr(phases, 'b'))
		load(run);
	if (strchr(phases, 'j'))
		joins(run);
	if (strchr(phases, 'l')) {
		loss_row(run, 1);
		loss_row(run, 5);
	}
	if (strchr(phases, 'c')) {
		churn_row(run, 0);
		churn_row(run, 0.1);
		churn_row(run, 0.2);
	}
	if (strchr(phases, 'p'))
		partition(run);
	if (strchr(phases, 'f')) {
		failure(run, 50, "half");
		failure(run, 90, "most");
	}
	getrusage(RUSAGE_SELF, &use);
	report_add(run->r, run->w->mode, (double)run->w->events / (cpu_s() - cpu), "1/s",
		   "events a second a core, all of the run");
	if (run->w->mode == SCALE_XOS)
		report_goal(report_add(run->r, SCALE_XOS, (double)use.ru_maxrss / 1048576, "GiB",
				       "memory, peak"),
			    GOAL_AT_MOST, 12);
}
