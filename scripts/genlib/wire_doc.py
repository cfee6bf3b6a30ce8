# SPDX-License-Identifier: GPL-2.0-or-later
"""Documentation/wire/FAMILY.rst: reference page of a wire family."""
from .text import Text, flat, rst_title, sentence
from .wire_spec import HEADER_LEN, INT_LEN, set_size


def rst_head(out, source, title, doc):
    """Start of a generated page."""
    out.add(".. SPDX-License-Identifier: GPL-2.0-or-later",
            f".. Do not edit directly, auto-generated from {source} by scripts/gen.", "")
    out.add(*rst_title(title, "=", over=True))
    for para in doc.split("\n\n"):
        out.para(para, width=79)
        out.add("")


def limits(a):
    """Limits of an attribute."""
    parts = []
    if a.type in ("binary", "string"):
        parts.append(f"{a.max} bytes" if a.min == a.max else
                     f"{a.min}..{a.max} bytes" if a.min else f"at most {a.max} bytes")
    elif a.type in INT_LEN and (a.min or a.max != (1 << 8 * INT_LEN[a.type]) - 1):
        parts.append(f"{a.min}..{a.max}")
    if a.multi:
        parts.append(f"list of at most {a.count_max}")
    if a.required:
        parts.append("required")
    return ", ".join(parts)


def type_of(a):
    """Type of an attribute."""
    if a.nested:
        return f"nest of `{a.nested}`_"
    return f"{a.type} ({a.enum})" if a.enum else a.type


def gen_attrs(out, s):
    """Attributes of a set as a definition list."""
    if not s.attrs:
        out.add("No attributes.", "")
    for a in s.attrs:
        extra = limits(a)
        out.add(f"{a.number} ``{a.name}`` : {type_of(a)}" + (f", {extra}" if extra else ""))
        out.para(a.doc, "    ", "    ", width=79)
        out.add("")


def gen_defs(out, fam, wire):
    """Constants and enums."""
    for d in fam.defs:
        if d["type"] == "const":
            out.add(f"``{d['name']}`` = {wire.consts[d['name']]}")
            out.para(d["doc"], "    ", "    ", width=79)
        else:
            out.add(f"``{d['name']}`` : {d['type']}")
            out.para(d["doc"], "    ", "    ", width=79)
            out.add("")
            for e in d["entries"]:
                out.add(f"    {e['value']} ``{e['name']}``")
                out.para(e["doc"], "        ", "        ", width=79)
                out.add("")
        out.add("")


def page(wire, fam):
    """The page of a family."""
    out = Text()
    rst_head(out, fam.path, f"Wire family {fam.name}", fam.doc)
    out.add("The format, and what the types are, is in :doc:`index`.", "")
    nested = [s for s in fam.sets if not wire.is_message(s.name)]
    if fam.msgs:
        out.add(*rst_title("Messages", "="))
    for m in fam.msgs:
        out.add(*rst_title(m.name, "-"))
        size = HEADER_LEN + set_size(wire, wire.sets[m.set])
        out.add(f"Type {m.type:#06x}, at most {size} bytes.", "")
        out.para(m.doc, width=79)
        out.add("")
        if m.set == m.name:
            gen_attrs(out, wire.sets[m.set])
        else:
            out.add(f"Attributes: `{m.set}`_", "")
    if nested:
        out.add(*rst_title("Attribute sets", "="))
    for s in nested:
        out.add(*rst_title(s.name, "-"))
        out.para(s.doc, width=79)
        out.add("")
        gen_attrs(out, s)
    foreign = sorted({a.nested for s in fam.sets for a in s.attrs
                      if a.nested and wire.sets[a.nested].family != fam.name}
                     | {m.set for m in fam.msgs if wire.sets[m.set].family != fam.name})
    if fam.defs:
        out.add(*rst_title("Definitions", "="))
        gen_defs(out, fam, wire)
    for name in foreign:
        out.add(f".. _{name}: {wire.sets[name].family}.html#{name}")
    while out.lines[-1] == "":
        out.lines.pop()
    return str(out)


def type_list(wire):
    """Documentation/wire/types.rst: all messages by number."""
    out = Text()
    rst_head(out, "Documentation/wire/*.yaml", "Message types", "All messages, by number.")
    width = max(len(m.name) for m in wire.messages())
    line = f"======  {'=' * width}  {'=' * 60}"
    out.add(line, f"type    {'name'.ljust(width)}  what it says", line)
    for m in wire.messages():
        doc = sentence(flat(m.doc))
        out.add(f"{m.type:#06x}  {m.name.ljust(width)}  {doc}")
    out.add(line)
    return str(out)


def files(wire):
    """Path and contents."""
    out = {f"Documentation/wire/{fam.name}.rst": page(wire, fam) for fam in wire.families}
    out["Documentation/wire/types.rst"] = type_list(wire)
    return out
