# SPDX-License-Identifier: GPL-2.0-or-later
"""Documentation/networking/FAMILY-netlink.rst: reference page of a netlink family."""
from .nl_kernel import policy_doc
from .text import Text, rst_title
from .wire_doc import rst_head


def attr_list(names):
    """Attribute names of a message."""
    return ", ".join(f"``{n}``" for n in names) if names else "none"


def gen_op(out, op):
    """One operation."""
    out.add(*rst_title(op.name, "-"))
    out.para(op.doc, width=79)
    out.add("", f":number: {op.number}", f":attribute set: `{op.set}`_")
    if op.flags:
        out.add(f":flags: {', '.join(op.flags)}")
    if op.do is not None:
        out.para(f":request: {attr_list(op.do)}", "", "    ", width=79)
        if op.do_reply:
            out.para(f":reply: {attr_list(op.do_reply)}", "", "    ", width=79)
    if op.dump is not None:
        out.para(f":dump request: {attr_list(op.dump)}", "", "    ", width=79)
        out.para(f":dump reply: {attr_list(op.dump_reply)}", "", "    ", width=79)
    if op.mcgrp:
        out.add(f":multicast group: {op.mcgrp}")
        out.add(f":attributes as: {op.notify}" if op.notify else
                f":attributes: {attr_list(op.event)}")
    out.add("")


def type_of(a):
    """Type of an attribute."""
    kind = f"nest of `{a.nested}`_" if a.nested else a.type
    if a.enum:
        kind += f" ({a.enum})"
    return kind + (", list" if a.multi else "")


def gen_set(out, s):
    """One attribute set."""
    out.add(*rst_title(s.name, "-"))
    for a in s.attrs:
        extra = policy_doc(a)
        out.add(f"{a.number} ``{a.name}`` : {type_of(a)}" + (f", {extra}" if extra else ""))
        out.para("Aligns what follows." if a.type == "pad" else a.doc, "    ", "    ", width=79)
        out.add("")


def gen_defs(out, fam):
    """Constants and enums."""
    for d in fam.defs:
        out.add(f"``{d['name']}`` = {d['value']}" if d["type"] == "const"
                else f"``{d['name']}`` : {d['type']}")
        out.para(d["doc"], "    ", "    ", width=79)
        out.add("")
        for e in d.get("entries", []):
            out.add(f"    {e['value']} ``{e['name']}``")
            out.para(e["doc"], "        ", "        ", width=79)
            out.add("")


def page(fam):
    """The page of a family."""
    out = Text()
    rst_head(out, fam.path, f"Netlink family {fam.name}", fam.doc)
    out.para("Generic netlink, version "
             f"{fam.version}. Attributes that an operation does not take are refused, reserved "
             "fields must be 0, and nested attributes carry NLA_F_NESTED.", width=79)
    out.add("")
    out.add(*rst_title("Operations", "="))
    for op in fam.ops:
        gen_op(out, op)
    if fam.groups:
        out.add(*rst_title("Multicast groups", "="))
    for g in fam.groups:
        out.add(f"``{g['name']}``")
        out.para(g["doc"], "    ", "    ", width=79)
        out.add("")
    out.add(*rst_title("Attribute sets", "="))
    for s in fam.sets.values():
        gen_set(out, s)
    if fam.defs:
        out.add(*rst_title("Definitions", "="))
        gen_defs(out, fam)
    while out.lines[-1] == "":
        out.lines.pop()
    return str(out)


def files(fams):
    """Path and contents."""
    return {f"Documentation/networking/{f.name.replace('_', '-')}-netlink.rst": page(f)
            for f in fams}
