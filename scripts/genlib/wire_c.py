# SPDX-License-Identifier: GPL-2.0-or-later
"""agents/wire/FAMILY.[ch]: structs, tables and typed functions of a wire family."""
from .text import GPL, c_head, c_name, c_string, c_upper, call_lines, const_text, guard_of, sentence
from .wire_spec import HEADER_LEN, INT_LEN, LIST_OF, MSG_LEN_MAX, set_size

KIND = {"u8": "U8", "u16": "U16", "u32": "U32", "u64": "U64", "flag": "FLAG", "binary": "BYTES",
        "string": "STRING", "addr": "ADDR", "id": "ID", "nest": "NEST", "fixed": "FIXED"}
C_TYPE = {"u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t", "u64": "uint64_t",
          "flag": "bool", "binary": "struct bytes", "string": "struct bytes",
          "addr": "struct xos_addr", "id": "struct xos_id"}


def member_type(a):
    """C type of the member of an attribute."""
    if a.multi:
        return f"struct wire_{c_name(a.nested or LIST_OF[a.type])}_list"
    return f"struct wire_{c_name(a.nested)}" if a.nested else C_TYPE[a.type]


def limits_doc(a):
    """What the schema says about a value, in words."""
    parts = []
    if a.type in ("binary", "string"):
        if a.min == a.max:
            parts.append(f"{a.max} bytes")
        elif a.min:
            parts.append(f"{a.min} to {a.max} bytes")
        else:
            parts.append(f"at most {a.max} bytes")
    elif a.type in INT_LEN and (a.min or a.max != (1 << 8 * INT_LEN[a.type]) - 1):
        parts.append(f"{a.min} to {a.max}")
    if a.type == "string":
        parts.append("UTF-8")
    if a.enum:
        parts.append(f"enum wire_{c_name(a.enum)}")
    if a.multi:
        parts.append(f"at most {a.count_max} elements")
    return ", ".join(parts)


def member_doc(a):
    """kernel-doc text of a member."""
    limits = limits_doc(a)
    return a.doc.rstrip(".") + (f" ({limits})" if limits else "")


def has_set_members(s):
    """Does the struct have any member?"""
    return any(a.type != "fixed" for a in s.attrs)


def gen_struct(out, s):
    """The struct of a set."""
    name = c_name(s.name)
    members = [(c_name(a.name), member_doc(a)) for a in s.attrs if a.type != "fixed"]
    members += [(f"has_{c_name(a.name)}", f"is @{c_name(a.name)} there?")
                for a in s.attrs if a.has]
    if not members:
        members = [("unused", "the set has no attribute")]
    out.kdoc(f"struct wire_{name} - {sentence(s.doc)}", members)
    out.add(f"struct wire_{name} {{")
    for a in s.attrs:
        if a.type != "fixed":
            out.add(f"\t{member_type(a)} {c_name(a.name)};")
    for a in s.attrs:
        if a.has:
            out.add(f"\tbool has_{c_name(a.name)};")
    if not has_set_members(s):
        out.add("\tuint8_t unused;")
    out.add("};", "", f"extern const struct wire_set wire_{name}_set;", "")


def gen_list(out, s):
    """The list type of a set that is used as a multi-attr somewhere."""
    name = c_name(s.name)
    out.kdoc(f"struct wire_{name}_list - list of struct wire_{name}",
             [("v", "elements to encode; NULL in a decoded list"), ("n", "number of elements"),
              ("raw", "where the elements of a decoded list are"),
              ("attr", "attribute number of the elements in @raw")])
    out.add(f"struct wire_{name}_list {{", f"\tconst struct wire_{name} *v;", "\tuint32_t n;",
            "\tstruct bytes raw;", "\tuint16_t attr;", "};", "")
    out.kdoc(f"wire_{name}_list_next() - the next element",
             [("l", "list, to encode or decoded"), ("pos", "0 before the first; opaque"),
              ("out", "the element; borrows what the list borrows")],
             ret="true and an element, or false at the end.")
    out.add(*call_lines(f"static inline bool wire_{name}_list_next(",
                        [f"const struct wire_{name}_list *l", "size_t *pos",
                         f"struct wire_{name} *out"]), "{",
            "\tstatic const struct wire_field elem = {", "\t\t.kind = WIRE_K_NEST,",
            f"\t\t.set = &wire_{name}_set,", "\t};", "",
            "\treturn wire_list_next(l, pos, &elem, out);", "}", "")


def gen_limits(out, s):
    """Named limits of a set, for arrays and checks of its users."""
    lines = []
    for a in s.attrs:
        name = f"WIRE_{c_upper(s.name)}_{c_upper(a.name)}"
        if a.type in ("binary", "string"):
            lines.append(f"#define {name}_LEN_MAX {a.max}")
        if a.multi:
            lines.append(f"#define {name}_COUNT_MAX {a.count_max}")
    if lines:
        out.add(*lines, "")


def gen_message(out, wire, m):
    """Typed functions of a message."""
    name, s = c_name(m.name), c_name(m.set)
    size = min(HEADER_LEN + set_size(wire, wire.sets[m.set]), MSG_LEN_MAX)
    out.add(f"/* A whole {m.name} message is never longer. */",
            f"#define WIRE_{c_upper(m.name)}_SIZE_MAX {size}", "",
            f"extern const struct wire_msg wire_{name}_msg;", "")
    out.kdoc(f"wire_{name}_encode() - append a whole message: {sentence(m.doc)}",
             [("m", "its contents"), ("out", "where to; unchanged on failure")],
             ret="as wire_encode().")
    out.add(*call_lines(f"static inline int wire_{name}_encode(",
                        [f"const struct wire_{s} *m", "struct buf *out"]), "{",
            f"\treturn wire_encode(&wire_{name}_msg, m, out);", "}", "")
    out.kdoc(f"wire_{name}_decode() - decode a whole message",
             [("in", "exactly one message; @m borrows it"), ("m", "result; undefined on failure")],
             ret="as wire_decode().")
    out.add(*call_lines(f"static inline int wire_{name}_decode(",
                        ["struct bytes in", f"struct wire_{s} *m"]), "{",
            f"\treturn wire_decode(&wire_{name}_msg, in, m);", "}", "")
    out.kdoc(f"wire_{name}_body_decode() - decode a message whose header is decoded",
             [("h", "from wire_header_decode(); @m borrows its body"),
              ("m", "result; undefined on failure")], ret="as wire_decode().")
    out.add(*call_lines(f"static inline int wire_{name}_body_decode(",
                        ["const struct wire_header *h", f"struct wire_{s} *m"]), "{",
            f"\treturn wire_body_decode(&wire_{name}_msg, h, m);", "}", "")


def gen_defs(out, wire, fam):
    """Constants and enums of a family."""
    for d in fam.defs:
        name = c_upper(d["name"])
        if d["type"] == "const":
            out.comment(d["doc"])
            out.add(f"#define WIRE_{name} {const_text(wire.consts[d['name']])}", "")
            continue
        out.kdoc(f"enum wire_{c_name(d['name'])} - {sentence(d['doc'])}",
                 [(f"WIRE_{name}_{c_upper(e['name'])}", e["doc"]) for e in d["entries"]])
        out.add(f"enum wire_{c_name(d['name'])} {{")
        out.add(*(f"\tWIRE_{name}_{c_upper(e['name'])} = {e['value']}," for e in d["entries"]))
        out.add("};", "")
        out.kdoc(f"wire_{c_name(d['name'])}_name() - name of a value",
                 [("value", "value" if d["type"] == "enum" else "one bit")],
                 ret="the name, NULL when it has none.")
        out.add(f"const char *wire_{c_name(d['name'])}_name(uint64_t value);", "")


def gen_names(out, fam):
    """Functions that name the values of enums."""
    for d in fam.defs:
        if d["type"] == "const":
            continue
        out.add(f"const char *wire_{c_name(d['name'])}_name(uint64_t value)", "{",
                "\tswitch (value) {")
        for e in d["entries"]:
            out.add(f"\tcase WIRE_{c_upper(d['name'])}_{c_upper(e['name'])}:",
                    f"\t\treturn {c_string(e['name'])};")
        out.add("\tdefault:", "\t\treturn NULL;", "\t}", "}", "")


def listed_sets(wire):
    """Sets that occur in a multi-attr."""
    return {a.nested for s in wire.sets.values() for a in s.attrs if a.multi and a.nested}


def gen_header(wire, fam):
    """agents/wire/FAMILY.h"""
    path = f"wire/{fam.name}.h"
    out = c_head(GPL, fam.path, "h", [fam.doc])
    guard = guard_of(path)
    out.add(f"#ifndef {guard}", f"#define {guard}", "", "#include <wire/wire.h>")
    imports = [i for i in dict.fromkeys(["common", *fam.imports])
               if i != fam.name and any(f.name == i for f in wire.families)]
    out.add(*(f"#include <wire/{i}.h>" for i in imports), "")
    gen_defs(out, wire, fam)
    listed = listed_sets(wire)
    for s in fam.sets:
        gen_limits(out, s)
        gen_struct(out, s)
        if s.name in listed:
            gen_list(out, s)
    for m in fam.msgs:
        gen_message(out, wire, m)
    out.add("#endif")
    return str(out)


def gen_field(out, s, a, index):
    """One row of a table."""
    sname, aname = c_name(s.name), c_name(a.name)
    flags = [f for f, on in (("WIRE_F_REQUIRED", a.required), ("WIRE_F_LIST", a.multi)) if on]
    out.add(f"\t[{a.number - 1}] = {{", f"\t\t.name = {c_string(a.name)},",
            f"\t\t.kind = WIRE_K_{KIND[a.type]},")
    if flags:
        out.add(f"\t\t.flags = {' | '.join(flags)},")
    if a.nested:
        out.add(f"\t\t.set = &wire_{c_name(a.nested)}_set,")
    if a.enum:
        out.add(f"\t\t.enum_name = wire_{c_name(a.enum)}_name,")
    if a.min:
        out.add(f"\t\t.min = {a.min},")
    if a.max:
        out.add(f"\t\t.max = {a.max}ULL,")
    if a.type != "fixed":
        out.add(f"\t\t.offset = offsetof(struct wire_{sname}, {aname}),")
    out.add(f"\t\t.has = offsetof(struct wire_{sname}, has_{aname})," if a.has
            else "\t\t.has = WIRE_HAS_NONE,")
    if a.multi:
        out.add(f"\t\t.count_max = {a.count_max},", f"\t\t.list = {index},")
    out.add("\t},")


def gen_table(out, s):
    """The table of a set."""
    name = c_name(s.name)
    required = sum(1 << (a.number - 1) for a in s.attrs if a.required)
    index = 0
    if s.attrs:
        out.add(f"static const struct wire_field {name}_fields[] = {{")
        for a in s.attrs:
            gen_field(out, s, a, index)
            index += a.multi
        out.add("};", "")
    out.add(f"const struct wire_set wire_{name}_set = {{", f"\t.name = {c_string(s.name)},")
    if s.attrs:
        out.add(f"\t.fields = {name}_fields,", f"\t.n = {s.attrs[-1].number},")
    if required:
        out.add(f"\t.required = {required:#x}ULL,")
    out.add(f"\t.size = sizeof(struct wire_{name}),", "};", "")


def gen_source(_wire, fam):
    """agents/wire/FAMILY.c"""
    out = c_head(GPL, fam.path, "c")
    out.add(f"#include <wire/{fam.name}.h>", "")
    gen_names(out, fam)
    for s in fam.sets:
        gen_table(out, s)
    for m in fam.msgs:
        out.add(f"const struct wire_msg wire_{c_name(m.name)}_msg = {{",
                f"\t.name = {c_string(m.name)},", f"\t.doc = {c_string(sentence(m.doc))},",
                f"\t.set = &wire_{c_name(m.set)}_set,", f"\t.type = WIRE_{c_upper(m.name)},",
                "};", "")
    return str(out).rstrip("\n") + "\n"


def files(wire):
    """Path and contents of the C files of all families."""
    out = {}
    for fam in wire.families:
        out[f"agents/wire/{fam.name}.h"] = gen_header(wire, fam)
        out[f"agents/wire/{fam.name}.c"] = gen_source(wire, fam)
    return out
