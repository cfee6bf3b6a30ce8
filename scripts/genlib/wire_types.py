# SPDX-License-Identifier: GPL-2.0-or-later
"""agents/wire/types.[ch] and include/uapi/linux/xos_wire.h: numbers of the wire."""
from . import wire_spec as ws
from .text import GPL, UAPI, c_head, c_name, c_upper, const_text, sentence

SOURCE = "Documentation/wire/"


def gen_layout(out, prefix, version):
    """Constants of the header."""
    out.add("/* Header of a message. */", f"#define {prefix}MAGIC {ws.MAGIC:#06x}",
            f"#define {prefix}VERSION {version}", f"#define {prefix}HEADER_LEN {ws.HEADER_LEN}")
    out.add(*(f"#define {prefix}OFF_{name.upper()} {off}" for name, off in ws.OFFSETS.items()))
    out.add("", "/* Type and length before the value of an attribute. */",
            f"#define {prefix}TLV_LEN {ws.TLV_LEN}", "",
            "/* A longer message is refused, in bytes. */",
            f"#define {prefix}MSG_LEN_MAX {ws.MSG_LEN_MAX}", "")


def types_header(wire, version):
    """agents/wire/types.h"""
    out = c_head(GPL, SOURCE, "h")
    out.add("#ifndef _XOS_WIRE_TYPES_H", "#define _XOS_WIRE_TYPES_H", "")
    gen_layout(out, "WIRE_", version)
    if version != ws.VERSION:
        out.add("/* A later version, made for a test. */", f"#define WIRE_VARIANT {version}", "")
    out.kdoc("enum wire_type - types of messages",
             [(f"WIRE_{c_upper(m.name)}", sentence(m.doc)) for m in wire.messages()])
    out.add("enum wire_type {")
    out.add(*(f"\tWIRE_{c_upper(m.name)} = {m.type:#06x}," for m in wire.messages()))
    out.add("};", "", "#endif")
    return str(out)


def types_source(wire):
    """agents/wire/types.c"""
    out = c_head(GPL, SOURCE, "c")
    out.add("#include <wire/types.h>", "")
    out.add(*(f"#include <wire/{f.name}.h>" for f in wire.families if f.msgs), "",
            "const struct wire_msg *wire_msg_find(uint16_t type)", "{", "\tswitch (type) {")
    for m in wire.messages():
        out.add(f"\tcase WIRE_{c_upper(m.name)}:", f"\t\treturn &wire_{c_name(m.name)}_msg;")
    out.add("\tdefault:", "\t\treturn NULL;", "\t}", "}")
    return str(out)


def gen_uapi_set(out, wire, s):
    """Attribute numbers and limits of a set."""
    name = c_upper(s.name)
    members = [(f"XOS_WIRE_{name}_A_{c_upper(a.name)}",
                f"({a.type}{' list' if a.multi else ''}) {a.doc}") for a in s.attrs]
    if not members:
        return
    out.kdoc(f"enum xos_wire_{c_name(s.name)}_attr - {sentence(s.doc)}", members)
    out.add(f"enum xos_wire_{c_name(s.name)}_attr {{")
    out.add(*(f"\tXOS_WIRE_{name}_A_{c_upper(a.name)} = {a.number}," for a in s.attrs), "};", "")
    for a in s.attrs:
        if a.type in ("binary", "string"):
            out.add(f"#define XOS_WIRE_{name}_{c_upper(a.name)}_LEN_MAX {a.max}")
        if a.multi:
            out.add(f"#define XOS_WIRE_{name}_{c_upper(a.name)}_COUNT_MAX {a.count_max}")
    out.add(f"#define XOS_WIRE_{name}_LEN_MAX {ws.set_size(wire, s)}", "")


def uapi_header(wire, version):
    """include/uapi/linux/xos_wire.h: what modules and agents both parse."""
    fams = [f for f in wire.families if f.kernel]
    out = c_head(UAPI, ", ".join(f.path for f in fams), "h",
                 ["Messages that kernel modules parse as well. Integers are big-endian and "
                  "unaligned; an attribute is u16 number, u32 length of the value, value."])
    out.add("#ifndef _UAPI_LINUX_XOS_WIRE_H", "#define _UAPI_LINUX_XOS_WIRE_H", "")
    gen_layout(out, "XOS_WIRE_", version)
    msgs = [m for f in fams for m in f.msgs]
    out.kdoc("enum xos_wire_type - types of messages",
             [(f"XOS_WIRE_{c_upper(m.name)}", sentence(m.doc)) for m in msgs])
    out.add("enum xos_wire_type {")
    out.add(*(f"\tXOS_WIRE_{c_upper(m.name)} = {m.type:#06x}," for m in msgs), "};", "")
    for fam in fams:
        for d in fam.defs:
            if d["type"] == "const":
                out.comment(d["doc"])
                value = const_text(wire.consts[d["name"]])
                out.add(f"#define XOS_WIRE_{c_upper(d['name'])} {value}", "")
        for s in fam.sets:
            gen_uapi_set(out, wire, s)
    out.add("#endif")
    return str(out)


def files(wire, version):
    """Path and contents of the files that hold numbers of all families."""
    out = {"agents/wire/types.h": types_header(wire, version),
           "agents/wire/types.c": types_source(wire)}
    if any(f.kernel for f in wire.families):
        out["include/uapi/linux/xos_wire.h"] = uapi_header(wire, version)
    return out
