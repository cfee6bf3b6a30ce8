// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/regex.h>

#include <base/assert.h>

/* Kinds of instructions: the byte, any byte, a class, a letter after '\', then the rest. */
enum { RE_BYTE, RE_ANY, RE_CLASS, RE_KIND, RE_BEGIN, RE_END, RE_SPLIT, RE_JUMP, RE_DONE };

/**
 * struct compiler - a pattern being read
 * @re: program
 * @pos: next byte of the pattern
 * @depth: open parentheses
 * @error: why it is no pattern
 */
struct compiler {
	struct regex *re;
	size_t pos;
	uint32_t depth;
	const char *error;
};

static bool at(const struct compiler *c, uint8_t byte)
{
	return c->pos < c->re->pattern.len && c->re->pattern.data[c->pos] == byte;
}

static bool fail(struct compiler *c, const char *why)
{
	c->error = why;
	return false;
}

static bool emit(struct compiler *c, uint8_t kind, uint8_t byte, int a, int b)
{
	if (c->re->n == REGEX_CODE_MAX)
		return fail(c, "the pattern is too large");
	c->re->code[c->re->n++] = (struct regex_op){ kind, byte, (int16_t)a, (int16_t)b };
	return true;
}

/* Put an instruction before those from @start on, which move. */
static bool insert(struct compiler *c, uint32_t start, uint8_t kind, int a, int b)
{
	struct regex_op *code = c->re->code;

	if (!emit(c, RE_DONE, 0, 0, 0))
		return false;
	memmove(&code[start + 1], &code[start], (c->re->n - 1 - start) * sizeof(*code));
	code[start] = (struct regex_op){ kind, 0, (int16_t)a, (int16_t)b };
	return true;
}

static bool is_kind(uint8_t letter)
{
	return letter == 'd' || letter == 'w' || letter == 's' || letter == 'D' || letter == 'W' ||
	       letter == 'S';
}

/* Past the ']' of the class that begins at @i, behind its '['; the length when there is none. */
static size_t class_end(struct bytes p, size_t i)
{
	if (i < p.len && p.data[i] == '^')
		i++;
	for (bool first = true; i < p.len && (first || p.data[i] != ']'); first = false)
		i += p.data[i] == '\\' ? 2 : 1;
	return i < p.len ? i + 1 : p.len + 1;
}

static bool compile_class(struct compiler *c)
{
	size_t start = ++c->pos;

	c->pos = class_end(c->re->pattern, start);
	if (c->pos > c->re->pattern.len) {
		c->pos = start - 1;
		return fail(c, "this '[' is never closed");
	}
	return emit(c, RE_CLASS, 0, (int)start, 0);
}

static bool compile_either(struct compiler *c);

static bool compile_group(struct compiler *c)
{
	size_t open = c->pos++;

	if (++c->depth > REGEX_DEPTH_MAX)
		return fail(c, "the pattern is nested too deeply");
	if (!compile_either(c))
		return false;
	if (!at(c, ')')) {
		c->pos = open;
		return fail(c, "this '(' is never closed");
	}
	c->pos++;
	c->depth--;
	return true;
}

static bool compile_atom(struct compiler *c)
{
	uint8_t byte = c->re->pattern.data[c->pos];

	switch (byte) {
	case '(':
		return compile_group(c);
	case '[':
		return compile_class(c);
	case '*':
	case '+':
	case '?':
	case '{':
		return fail(c, "there is nothing to repeat before this");
	case '\\':
		if (c->pos + 1 == c->re->pattern.len)
			return fail(c, "nothing follows this '\\'");
		byte = c->re->pattern.data[c->pos + 1];
		c->pos += 2;
		return emit(c, is_kind(byte) ? RE_KIND : RE_BYTE, byte, 0, 0);
	}
	c->pos++;
	if (byte == '.')
		return emit(c, RE_ANY, 0, 0, 0);
	if (byte == '^')
		return emit(c, RE_BEGIN, 0, 0, 0);
	if (byte == '$')
		return emit(c, RE_END, 0, 0, 0);
	return emit(c, RE_BYTE, byte, 0, 0);
}

static bool compile_number(struct compiler *c, uint32_t *out)
{
	const struct bytes p = c->re->pattern;
	size_t start = c->pos;

	for (*out = 0; c->pos < p.len && p.data[c->pos] >= '0' && p.data[c->pos] <= '9'; c->pos++) {
		*out = *out * 10 + (p.data[c->pos] - '0');
		if (*out > REGEX_REPEAT_MAX)
			return fail(c, "a repetition is at most 64");
	}
	return c->pos > start || fail(c, "expected a number inside '{}'");
}

static bool copy(struct compiler *c, uint32_t start, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++) {
		struct regex_op op = c->re->code[start + i];

		if (!emit(c, op.kind, op.byte, op.a, op.b))
			return false;
	}
	return true;
}

/* The code from @start on, once: what follows it once more, any number of times. */
static bool star(struct compiler *c, uint32_t start)
{
	int len = (int)(c->re->n - start);

	return insert(c, start, RE_SPLIT, 1, len + 2) && emit(c, RE_JUMP, 0, -(len + 1), 0);
}

static bool optional(struct compiler *c, uint32_t start)
{
	return insert(c, start, RE_SPLIT, 1, (int)(c->re->n - start) + 1);
}

/* {LO}, {LO,} or {LO,HI}: so many copies, and a loop or optional ones behind them. */
static bool compile_braces(struct compiler *c, uint32_t start)
{
	uint32_t len = c->re->n - start, lo, hi, at_copy;
	bool endless = false;

	c->pos++;
	if (!compile_number(c, &lo))
		return false;
	hi = lo;
	if (at(c, ',')) {
		c->pos++;
		endless = at(c, '}');
		if (!endless && !compile_number(c, &hi))
			return false;
	}
	if (!at(c, '}'))
		return fail(c, "expected '}'");
	if (hi < lo || (!hi && !endless))
		return fail(c, "this repetition is empty");
	c->pos++;
	for (uint32_t i = 1; i < (hi > lo ? hi : lo) + endless; i++) {
		at_copy = c->re->n;
		if (!copy(c, start, len))
			return false;
		if (i >= lo && !(endless ? star(c, at_copy) : optional(c, at_copy)))
			return false;
	}
	/* The first one, which the others were copied from. */
	return lo || (endless ? star(c, start) : optional(c, start));
}

static bool compile_repeated(struct compiler *c)
{
	uint32_t start = c->re->n;
	int len;

	if (!compile_atom(c))
		return false;
	for (;;) {
		len = (int)(c->re->n - start);
		if (at(c, '{')) {
			if (!compile_braces(c, start))
				return false;
			continue;
		}
		if (at(c, '*')) {
			if (!star(c, start))
				return false;
		} else if (at(c, '+')) {
			if (!emit(c, RE_SPLIT, 0, -len, 1))
				return false;
		} else if (at(c, '?')) {
			if (!optional(c, start))
				return false;
		} else {
			return true;
		}
		c->pos++;
	}
}

static bool compile_joined(struct compiler *c)
{
	while (c->pos < c->re->pattern.len && !at(c, '|') && !at(c, ')')) {
		if (!compile_repeated(c))
			return false;
	}
	return true;
}

/* Alternatives; a pattern has fewer of them than bytes. */
static bool compile_either(struct compiler *c)
{
	uint32_t start = c->re->n, jump;

	if (!compile_joined(c))
		return false;
	if (!at(c, '|'))
		return true;
	c->pos++;
	if (!insert(c, start, RE_SPLIT, 1, (int)(c->re->n - start) + 2))
		return false;
	jump = c->re->n;
	if (!emit(c, RE_JUMP, 0, 0, 0) || !compile_either(c))
		return false;
	c->re->code[jump].a = (int16_t)(c->re->n - jump);
	return true;
}

const char *regex_compile(struct bytes pattern, struct regex *out, size_t *where)
{
	struct compiler c = { .re = out };

	*where = 0;
	out->pattern = pattern;
	out->n = 0;
	if (compile_either(&c) && at(&c, ')'))
		fail(&c, "this ')' was never opened");
	if (!c.error)
		emit(&c, RE_DONE, 0, 0, 0);
	*where = c.pos;
	return c.error;
}

/* --- matching ------------------------------------------------------------------------- */

static bool byte_is(uint8_t letter, uint8_t byte)
{
	bool digit = byte >= '0' && byte <= '9';

	switch (letter) {
	case 'd':
		return digit;
	case 'w':
		return digit || byte == '_' || (byte >= 'a' && byte <= 'z') ||
		       (byte >= 'A' && byte <= 'Z');
	case 's':
		return byte == ' ' || (byte >= '\t' && byte <= '\r');
	}
	return !byte_is(letter + ('a' - 'A'), byte);
}

/* One byte or one range of a class, from @i on. */
static bool in_range(struct bytes p, size_t *i, uint8_t byte)
{
	uint8_t lo = p.data[*i], hi;

	if (lo == '\\') {
		lo = p.data[++*i];
		if (is_kind(lo)) {
			++*i;
			return byte_is(lo, byte);
		}
	}
	hi = lo;
	if (p.data[*i + 1] == '-' && p.data[*i + 2] != ']') {
		*i += 2;
		hi = p.data[*i];
	}
	++*i;
	return byte >= lo && byte <= hi;
}

static bool in_class(struct bytes p, size_t i, uint8_t byte)
{
	bool negated = p.data[i] == '^', found = false;
	size_t end = class_end(p, i) - 1;

	for (i += negated; i < end;)
		found |= in_range(p, &i, byte);
	return found != negated;
}

/* Instructions that wait for the next byte, each once. */
struct threads {
	uint32_t n;
	uint16_t pc[REGEX_CODE_MAX];
	bool has[REGEX_CODE_MAX];
};

/* Follow what needs no byte from @pc on. */
static void follow(const struct regex *re, struct threads *t, uint32_t pc, bool begin, bool end)
{
	uint16_t stack[REGEX_CODE_MAX + 1];
	uint32_t n = 0;

	stack[n++] = (uint16_t)pc;
	while (n) {
		const struct regex_op *op;

		pc = stack[--n];
		xassert(pc < re->n);
		if (t->has[pc])
			continue;
		t->has[pc] = true;
		op = &re->code[pc];
		if (op->kind == RE_SPLIT || op->kind == RE_JUMP)
			stack[n++] = (uint16_t)((int)pc + op->a);
		if (op->kind == RE_SPLIT)
			stack[n++] = (uint16_t)((int)pc + op->b);
		else if ((op->kind == RE_BEGIN && begin) || (op->kind == RE_END && end))
			stack[n++] = (uint16_t)(pc + 1);
		t->pc[t->n++] = (uint16_t)pc;
	}
}

static bool takes(const struct regex *re, const struct regex_op *op, uint8_t byte)
{
	switch (op->kind) {
	case RE_BYTE:
		return op->byte == byte;
	case RE_ANY:
		return true;
	case RE_KIND:
		return byte_is(op->byte, byte);
	case RE_CLASS:
		return in_class(re->pattern, (size_t)op->a, byte);
	}
	return false;
}

bool regex_match(const struct regex *re, struct bytes text)
{
	struct threads now, next = { .n = 0 };

	for (size_t i = 0;; i++) {
		now = next;
		memset(&next, 0, sizeof(next));
		/* The pattern may begin at every byte. */
		follow(re, &now, 0, i == 0, i == text.len);
		if (now.has[re->n - 1])
			return true;
		if (i == text.len)
			return false;
		for (uint32_t k = 0; k < now.n; k++) {
			if (takes(re, &re->code[now.pc[k]], text.data[i]))
				follow(re, &next, now.pc[k] + 1u, false, i + 1 == text.len);
		}
	}
}
