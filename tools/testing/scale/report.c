// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>

#include <base/assert.h>

static const char *const mode_names[] = { "xos", "paper" };
static const char *const dist_names[] = { "uniform", "normal", "zipf", "correlated" };

struct report_row *report_add(struct report *r, enum scale_mode mode, double value,
			      const char *unit, const char *fmt, ...)
{
	char name[REPORT_NAME_MAX];
	struct report_row *row;
	va_list args;
	uint32_t i;

	va_start(args, fmt);
	xassert(vsnprintf(name, sizeof(name), fmt, args) < REPORT_NAME_MAX);
	va_end(args);
	for (i = 0; i < r->rows && strcmp(r->row[i].name, name); i++)
		;
	xassert(i < REPORT_ROWS_MAX);
	row = &r->row[i];
	if (i == r->rows) {
		r->rows++;
		memcpy(row->name, name, sizeof(name));
		row->unit = unit;
	}
	row->has[mode] = true;
	row->value[mode] = value;
	return row;
}

void report_goal(struct report_row *row, enum report_goal kind, double goal)
{
	row->goal_kind = kind;
	row->goal = goal;
}

void report_point(struct report *r, const char *series, enum scale_mode mode, double x, double y)
{
	xassert(r->points < REPORT_POINTS_MAX);
	r->point[r->points++] =
		(struct report_point){ .series = series, .mode = mode, .x = x, .y = y };
}

bool report_missed(const struct report_row *row)
{
	double v = row->value[SCALE_XOS];

	if (!row->has[SCALE_XOS] || row->goal_kind == GOAL_NONE)
		return false;
	return row->goal_kind == GOAL_AT_MOST ? v > row->goal : v < row->goal;
}

static const char *number(double v, char out[32])
{
	snprintf(out, 32, v == floor(v) && fabs(v) < 1e15 ? "%.0f" : v < 10 ? "%.4f" : "%.1f", v);
	return out;
}

void report_print(const struct report *r, FILE *to)
{
	char a[32], b[32], c[32];

	fprintf(to, "%-62s %12s %12s  %-14s %s\n", "row", "xos", "paper", "unit", "goal");
	for (uint32_t i = 0; i < r->rows; i++) {
		const struct report_row *row = &r->row[i];

		fprintf(to, "%-62s %12s %12s  %-14s ", row->name,
			row->has[SCALE_XOS] ? number(row->value[SCALE_XOS], a) : "-",
			row->has[SCALE_PAPER] ? number(row->value[SCALE_PAPER], b) : "-",
			row->unit);
		if (row->goal_kind != GOAL_NONE && row->has[SCALE_XOS])
			fprintf(to, "%s %s: %s",
				row->goal_kind == GOAL_AT_MOST ? "<=" : ">=", number(row->goal, c),
				report_missed(row) ? "MISSED" : "reached");
		fprintf(to, "\n");
	}
}

static void write_row(FILE *f, const struct report_row *row, bool last)
{
	fprintf(f, "    {\"name\": \"%s\", \"unit\": \"%s\"", row->name, row->unit);
	if (row->has[SCALE_XOS])
		fprintf(f, ", \"value\": %.6g", row->value[SCALE_XOS]);
	if (row->has[SCALE_PAPER])
		fprintf(f, ", \"paper\": %.6g", row->value[SCALE_PAPER]);
	if (row->goal_kind != GOAL_NONE && row->has[SCALE_XOS])
		fprintf(f, ", \"goal\": \"%s %.6g\", \"reached\": %s",
			row->goal_kind == GOAL_AT_MOST ? "<=" : ">=", row->goal,
			report_missed(row) ? "false" : "true");
	fprintf(f, "}%s\n", last ? "" : ",");
}

int report_write(const struct report *r, const struct scale_options *opt, const char *path)
{
	FILE *f = fopen(path, "w");
	int ret;

	if (!f)
		return -errno;
	fprintf(f, "{\n  \"nodes\": %u, \"seed\": %llu, \"attributes\": \"%s\",\n  \"rows\": [\n",
		opt->nodes, (unsigned long long)opt->seed, dist_names[opt->dist]);
	for (uint32_t i = 0; i < r->rows; i++)
		write_row(f, &r->row[i], i + 1 == r->rows);
	fprintf(f, "  ],\n  \"series\": [\n");
	for (uint32_t i = 0; i < r->points; i++)
		fprintf(f, "    {\"name\": \"%s\", \"mode\": \"%s\", \"x\": %.6g, \"y\": %.6g}%s\n",
			r->point[i].series, mode_names[r->point[i].mode], r->point[i].x,
			r->point[i].y, i + 1 == r->points ? "" : ",");
	fprintf(f, "  ]\n}\n");
	ret = ferror(f) ? -EIO : 0;
	if (fclose(f) && !ret)
		ret = -errno;
	return ret;
}
