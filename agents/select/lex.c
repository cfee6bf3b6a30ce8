// SPDX-License-Identifier: GPL-2.0-or-later
#include <select/lex.h>

static bool lex_is_word(uint8_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80)
		return true;
	switch (c) {
	case '_':
	case '-':
	case '.':
	case ':':
	case '/':
	case '+':
	case '@':
	case '%':
	case '*':
	case '?':
	case '[':
	case ']':
	case '^':
	case '\\':
		return true;
	}
	return false;
}

static bool lex_is_dots(struct bytes t, uint32_t i)
{
	return i + 1 < t.len && t.data[i] == '.' && t.data[i + 1] == '.';
}

static uint32_t lex_word_end(struct bytes t, uint32_t i)
{
	while (i < t.len && lex_is_word(t.data[i]) && !lex_is_dots(t, i))
		i++;
	return i;
}

/* Past the closing quote, or past the end when there is none (*@closed says which). */
static uint32_t lex_quoted_end(struct bytes t, uint32_t i, bool *closed)
{
	uint8_t quote = t.data[i++];

	while (i < t.len && t.data[i] != quote)
		i += t.data[i] == '\\' ? 2 : 1;
	*closed = i < t.len;
	return *closed ? i + 1 : (uint32_t)t.len;
}

static enum lex_kind lex_sign(uint8_t c, uint8_t after, uint32_t *len)
{
	bool equals = after == '=', arrow = c == '~' && after == '>';

	*len = equals || arrow ? 2 : 1;
	switch (c) {
	case '=':
		return LEX_EQ;
	case '<':
		return equals ? LEX_LE : LEX_LT;
	case '>':
		return equals ? LEX_GE : LEX_GT;
	case '!':
		return equals ? LEX_NE : LEX_OTHER;
	case '~':
		if (arrow)
			return LEX_ABOUT;
		break;
	}
	*len = 1;
	switch (c) {
	case '(':
		return LEX_OPEN;
	case ')':
		return LEX_CLOSE;
	case ',':
		return LEX_COMMA;
	case '~':
		return LEX_TILDE;
	}
	return LEX_OTHER;
}

void lex_next(struct bytes t, uint32_t pos, struct lex_token *out)
{
	uint32_t end = pos;
	bool closed;

	while (pos < t.len && (t.data[pos] == ' ' || t.data[pos] == '\t' || t.data[pos] == '\n'))
		pos++;
	out->pos = pos;
	if (pos >= t.len) {
		out->kind = LEX_END;
		out->text = bytes_of(t.data, 0);
		return;
	}
	if (lex_is_dots(t, pos)) {
		bool below = pos + 2 < t.len && t.data[pos + 2] == '<';

		out->kind = below ? LEX_DOTS_LT : LEX_DOTS;
		end = pos + 2 + below;
	} else if (lex_is_word(t.data[pos])) {
		out->kind = LEX_WORD;
		end = lex_word_end(t, pos);
	} else if (t.data[pos] == '"' || t.data[pos] == '\'') {
		end = lex_quoted_end(t, pos, &closed);
		out->kind = closed ? LEX_QUOTED : LEX_UNTERMINATED;
	} else {
		out->kind = lex_sign(t.data[pos], pos + 1 < t.len ? t.data[pos + 1] : 0, &end);
		end += pos;
	}
	out->text = bytes_of(t.data + pos, end - pos);
}
