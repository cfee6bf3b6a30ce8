/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words and signs of the query language. */
#ifndef _XOS_SELECT_LEX_H
#define _XOS_SELECT_LEX_H

#include <stdint.h>

#include <base/bytes.h>

/**
 * enum lex_kind - kind of a token
 * @LEX_END: end of the text
 * @LEX_WORD: letters, digits and "_-.:/+@%*?[]^\"; ends before ".."
 * @LEX_QUOTED: text between quotes, which @text includes
 * @LEX_UNTERMINATED: text after an opening quote, without the closing one
 * @LEX_OTHER: a character that begins no token
 * @LEX_OPEN: (
 * @LEX_CLOSE: )
 * @LEX_COMMA: ,
 * @LEX_DOTS: ..
 * @LEX_DOTS_LT: ..<
 * @LEX_EQ: == or =
 * @LEX_NE: !=
 * @LEX_LT: <
 * @LEX_LE: <=
 * @LEX_GT: >
 * @LEX_GE: >=
 * @LEX_TILDE: ~
 * @LEX_ABOUT: ~>
 */
enum lex_kind {
	LEX_END,
	LEX_WORD,
	LEX_QUOTED,
	LEX_UNTERMINATED,
	LEX_OTHER,
	LEX_OPEN,
	LEX_CLOSE,
	LEX_COMMA,
	LEX_DOTS,
	LEX_DOTS_LT,
	LEX_EQ,
	LEX_NE,
	LEX_LT,
	LEX_LE,
	LEX_GT,
	LEX_GE,
	LEX_TILDE,
	LEX_ABOUT,
};

/**
 * struct lex_token - one token
 * @kind: kind
 * @pos: offset of its first byte
 * @text: its bytes, borrowed from the query text
 */
struct lex_token {
	enum lex_kind kind;
	uint32_t pos;
	struct bytes text;
};

/**
 * lex_next() - the token at or after an offset
 * @text: query text
 * @pos: where to start
 * @out: token; the next one starts at @out->pos + @out->text.len
 */
void lex_next(struct bytes text, uint32_t pos, struct lex_token *out);

#endif
