# SPDX-License-Identifier: GPL-2.0-or-later
"""Small helpers to write C and reStructuredText."""
import textwrap

GPL = "GPL-2.0-or-later"
KERNEL = "GPL-2.0-only"
UAPI = "(GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause"


def c_name(name):
    """ring-notify -> ring_notify"""
    return name.replace("-", "_")


def c_upper(name):
    """ring-notify -> RING_NOTIFY"""
    return c_name(name).upper()


def flat(doc):
    """A doc text as one line."""
    return " ".join(doc.split())


def sentence(doc):
    """The first sentence of a doc text, without its full stop."""
    return flat(doc).split(". ")[0].rstrip(".")


def const_text(value):
    """A number as C writes it: large ones in hexadecimal."""
    return f"{value:#x}" if value > 0xFFFFF else str(value)


def c_string(text):
    """A text as a C string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def call_lines(head, args):
    """A prototype: its arguments below each other from the parenthesis on, tabs first."""
    lines, line, room = [], head, len(head)
    for i, arg in enumerate(args):
        piece = arg + ("," if i < len(args) - 1 else ")")
        start = line == head or not line.strip()
        width = len(line.expandtabs()) + len(piece) + (0 if start else 1)
        if width > 100 and not start:
            lines.append(line)
            line, start = "\t" * (room // 8) + " " * (room % 8), True
        line += piece if start else " " + piece
    return lines + [line]


def padding(start, end):
    """White space between two columns: tabs, then blanks; a single column is a blank."""
    gap, first = end - start, 8 - start % 8
    if gap < first or gap == 1:
        return " " * gap
    return "\t" * (1 + (gap - first) // 8) + " " * ((gap - first) % 8)


def align_defines(lines):
    """Values of macros that follow each other start in one column, as clang-format has it."""
    out, run = [], []

    def flush():
        names = [line.split(" ", 2)[1] for line in run if line.startswith("#define ")]
        width = max(map(len, names), default=0)
        for line in run:
            if line.startswith("#define "):
                _, name, value = line.split(" ", 2)
                start = len("#define ") + len(name)
                line = f"#define {name}{padding(start, len('#define ') + width + 1)}{value}"
            out.append(line)
        run.clear()

    for line in lines:
        if line.startswith("#define ") and len(line.split(" ", 2)) == 3 and line[-1] != "\\":
            run.append(line)
        elif run and line.startswith(("/*", " *")):
            run.append(line)
        else:
            flush()
            out.append(line)
    flush()
    return out


class Text:
    """Lines of a file being made."""

    def __init__(self):
        self.lines = []

    def add(self, *lines):
        """Append lines."""
        self.lines.extend(lines)

    def para(self, doc, first="", rest="", width=90):
        """Append a text, wrapped, with prefixes."""
        self.lines.extend(
            line.rstrip() for line in textwrap.wrap(
                flat(doc), width, initial_indent=first, subsequent_indent=rest,
                break_long_words=False, break_on_hyphens=False))

    def comment(self, doc):
        """Append a plain comment."""
        line = f"/* {flat(doc)} */"
        if len(line) <= 90:
            self.add(line)
            return
        self.add("/*")
        self.para(doc, " * ", " * ")
        self.add(" */")

    def kdoc(self, head, members=(), body=None, ret=None, indent=""):
        """Append a kernel-doc comment."""
        self.add(f"{indent}/**")
        self.para(head, f"{indent} * ", f"{indent} *   ")
        for name, doc in members:
            self.para(f"@{name}: {doc}", f"{indent} * ", f"{indent} *   ")
        if body:
            self.add(f"{indent} *")
            self.para(body, f"{indent} * ", f"{indent} * ")
        if ret:
            self.add(f"{indent} *")
            self.para("Return: " + ret, f"{indent} * ", f"{indent} * ")
        self.add(f"{indent} */")

    def __str__(self):
        return "\n".join(align_defines(self.lines)) + "\n"


def c_head(spdx, source, kind, body=()):
    """The first lines of a generated C file (kind 'c' or 'h')."""
    out = Text()
    out.add(f"// SPDX-License-Identifier: {spdx}" if kind == "c"
            else f"/* SPDX-License-Identifier: {spdx} */")
    out.add("/* Do not edit directly, auto-generated from:",
            f" *	{source}",
            " * by scripts/gen.")
    for para in body:
        out.add(" *")
        out.para(para, " * ", " * ")
    out.add(" */")
    return out


def guard_of(path):
    """Include guard of a header, from its path in the include directory."""
    return "_XOS_" + "".join(c if c.isalnum() else "_" for c in path).upper()


def rst_title(text, char, over=False):
    """A title of reStructuredText."""
    line = char * len(text)
    return ([line] if over else []) + [text, line, ""]
