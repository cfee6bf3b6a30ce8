/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows with their goals, for both modes beside each other, and series for plots. */
#ifndef _XOS_SCALE_REPORT_H
#define _XOS_SCALE_REPORT_H

#include <stdio.h>

#include "scale.h"

#define REPORT_ROWS_MAX	  160
#define REPORT_POINTS_MAX 4096
#define REPORT_NAME_MAX	  96

/**
 * enum report_goal - how a value is compared with its goal
 * @GOAL_NONE: it has none
 * @GOAL_AT_MOST: it is reached by values up to it
 * @GOAL_AT_LEAST: it is reached by values from it on
 */
enum report_goal { GOAL_NONE, GOAL_AT_MOST, GOAL_AT_LEAST };

/**
 * struct report_row - one number
 * @name: what it is
 * @unit: its unit
 * @goal_kind: how it is compared
 * @goal: goal, for SCALE_XOS
 * @has: which modes have a value
 * @value: values
 */
struct report_row {
	char name[REPORT_NAME_MAX];
	const char *unit;
	enum report_goal goal_kind;
	double goal;
	bool has[SCALE_MODES];
	double value[SCALE_MODES];
};

/**
 * struct report - all of a run
 * @rows: how many
 * @points: how many
 * @row: numbers
 * @point: of series
 */
struct report {
	uint32_t rows;
	uint32_t points;
	struct report_row row[REPORT_ROWS_MAX];
	struct report_point {
		const char *series;
		enum scale_mode mode;
		double x, y;
	} point[REPORT_POINTS_MAX];
};

/**
 * report_add() - a number
 * @r: report
 * @mode: of which mode
 * @value: number
 * @unit: its unit; a literal
 * @fmt: name of the row, printf format
 *
 * Return: the row, whose goal may be set.
 */
__attribute__((format(printf, 5, 6))) struct report_row *report_add(struct report *r,
								    enum scale_mode mode,
								    double value, const char *unit,
								    const char *fmt, ...);

/* Set the goal of a row. */
void report_goal(struct report_row *row, enum report_goal kind, double goal);

/* A point of a series; @series is a literal. */
void report_point(struct report *r, const char *series, enum scale_mode mode, double x, double y);

/* Is there a goal, and is it reached? */
bool report_missed(const struct report_row *row);

/* The rows as a table; all of it as JSON. */
void report_print(const struct report *r, FILE *to);
int report_write(const struct report *r, const struct scale_options *opt, const char *path);

#endif
