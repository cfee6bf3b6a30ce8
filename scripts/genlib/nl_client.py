# SPDX-License-Identifier: GPL-2.0-or-later
"""agents/nl/FAMILY_user.[ch]: structs, tables and typed functions of a netlink client."""
from .nl_kernel import used_in_requests
from .nl_spec import SINT, UINT, c_struct
from .text import GPL, c_head, c_name, c_string, c_upper, call_lines, guard_of, sentence

LIST_OF = {"u8": "u8", "u16": "u16", "u32": "u32", "u64": "u64", "s8": "u8", "s16": "u16",
           "s32": "u32", "s64": "u64", "string": "string", "binary": "bytes"}


def int_type(a):
    """C type of an integer."""
    return f"uint{8 * UINT[a.type]}_t" if a.type in UINT else f"int{8 * SINT[a.type]}_t"


def value_type(fam, a):
    """C type of one value; arrays are their element."""
    if a.type in UINT or a.type in SINT:
        return int_type(a)
    if a.type == "nest":
        return f"struct {c_struct(fam, fam.sets[a.nested])}"
    return {"flag": "bool", "string": "const char *",
            "binary": "uint8_t" if a.exact else "struct bytes"}[a.type]


def member(fam, a):
    """Declaration of a struct member."""
    if a.multi:
        kind = c_struct(fam, fam.sets[a.nested]) if a.nested else f"xnl_{LIST_OF[a.type]}"
        return f"struct {kind}_list {c_name(a.name)}"
    ctype = value_type(fam, a)
    sep = "" if ctype.endswith("*") else " "
    return f"{ctype}{sep}{c_name(a.name)}" + (f"[{a.max}]" if a.exact else "")


def has(a):
    """Does the struct have a has_ member for it?"""
    return not (a.multi or a.type == "flag")


def members(s):
    """Attributes that have a member."""
    return [a for a in s.attrs if a.type != "pad"]


def gen_struct(out, fam, s):
    """The struct of a set."""
    name = c_struct(fam, s)
    docs = [(c_name(a.name), a.doc.rstrip(".")) for a in members(s)]
    docs += [(f"has_{c_name(a.name)}", f"is @{c_name(a.name)} there?")
             for a in members(s) if has(a)]
    out.kdoc(f"struct {name} - {sentence(s.doc)}", docs)
    out.add(f"struct {name} {{")
    out.add(*(f"\t{member(fam, a)};" for a in members(s)))
    out.add(*(f"\tbool has_{c_name(a.name)};" for a in members(s) if has(a)))
    out.add("};", "", f"extern const struct xnl_set {name}_attrs;", "")


def list_proto(name):
    """Prototype of the iterator of a list."""
    return call_lines(f"bool {name}_list_next(",
                      [f"const struct {name}_list *l", "size_t *pos", f"struct {name} *out"])


def gen_list(out, fam, s):
    """The list type of a set that is a multi-attr somewhere."""
    name = c_struct(fam, s)
    out.kdoc(f"struct {name}_list - list of struct {name}",
             [("v", "elements to send; NULL in a parsed list"), ("n", "number of elements"),
              ("raw", "where the elements of a parsed list are"),
              ("attr", "attribute number of the elements in @raw")])
    out.add(f"struct {name}_list {{", f"\tconst struct {name} *v;", "\tuint32_t n;",
            "\tstruct bytes raw;", "\tuint16_t attr;", "};", "")
    out.kdoc(f"{name}_list_next() - the next element",
             [("l", "list, to send or parsed"), ("pos", "0 before the first; opaque"),
              ("out", "the element; borrows what the list borrows")],
             ret="true and an element, or false at the end.")
    proto = list_proto(name)
    out.add(*proto[:-1], proto[-1] + ";", "")


def gen_setter(out, fam, s, a):
    """An inline function that sets one attribute."""
    name, aname = c_struct(fam, s), c_name(a.name)
    nest = a.type == "nest"
    arg = f"const uint8_t v[{a.max}]" if a.exact else \
        f"const {value_type(fam, a)} *v" if nest else \
        value_type(fam, a) + ("v" if a.type == "string" else " v")
    out.add(f"/* Set {a.name}. */", *call_lines(
        f"static inline void {name}_put_{aname}(", [f"struct {name} *m", arg]), "{",
            f"\tmemcpy(m->{aname}, v, {a.max});" if a.exact else
            f"\tm->{aname} = {'*' if nest else ''}v;",
            f"\tm->has_{aname} = true;", "}", "")


def op_ref(fam, op):
    """The table row of an operation."""
    return f"&{fam.name}_ops[{fam.ops.index(op)}]"


def gen_do(out, fam, op):
    """Function of a request."""
    name, struct = f"{fam.name}_{c_name(op.name)}", c_struct(fam, fam.sets[op.set])
    args, docs = ["struct xnl_sock *s"], [("s", "socket of the family")]
    if op.do:
        args.append(f"const struct {struct} *req")
        docs.append(("req", "attributes of the request: " + ", ".join(op.do)))
    if op.do_reply:
        args.append(f"struct {struct} *rep")
        docs.append(("rep", "reply; borrows the socket until the next request. Attributes: "
                     + ", ".join(op.do_reply)))
    out.kdoc(f"{name}() - {sentence(op.doc)}", docs, ret="as xnl_do().")
    out.add(*call_lines(f"static inline int {name}(", args), "{",
            f"\treturn xnl_do(s, {op_ref(fam, op)}, {'req' if op.do else 'NULL'}, "
            f"{'rep' if op.do_reply else 'NULL'});", "}", "")


def dump_proto(fam, op):
    """Lines of the prototype of a dump."""
    name, struct = f"{fam.name}_{c_name(op.name)}_dump", c_struct(fam, fam.sets[op.set])
    args = ["struct xnl_sock *s"] + ([f"const struct {struct} *req"] if op.dump else [])
    return call_lines(f"int {name}(", args + [
        f"int (*fn)(void *arg, const struct {struct} *item)", "void *arg"])


def gen_dump(out, fam, op):
    """Prototype of a dump."""
    docs = [("s", "socket of the family")]
    if op.dump:
        docs.append(("req", "attributes that narrow it: " + ", ".join(op.dump)))
    docs += [("fn", "called for each object, and with NULL when the dump starts again; a value "
              "other than 0 ends it"), ("arg", "for @fn")]
    out.kdoc(f"{fam.name}_{c_name(op.name)}_dump() - {sentence(op.doc)}", docs,
             ret="as xnl_dump().")
    proto = dump_proto(fam, op)
    out.add(*proto[:-1], proto[-1] + ";", "")


def gen_event(out, fam, op):
    """Function of a notification."""
    name, struct = f"{fam.name}_{c_name(op.name)}", c_struct(fam, fam.sets[op.set])
    out.kdoc(f"{name}_parse() - {sentence(op.doc)}",
             [("ev", f"event of the group {op.mcgrp}"), ("out", "its attributes, borrowed")],
             ret="as xnl_event_parse(): -ENOMSG when it is another event.")
    out.add(*call_lines(f"static inline int {name}_parse(",
                        ["const struct xnl_event *ev", f"struct {struct} *out"]), "{",
            f"\treturn xnl_event_parse(ev, {op_ref(fam, op)}, out);", "}", "")


def listed(fam):
    """Sets that occur in a multi-attr."""
    return {a.nested for s in fam.sets.values() for a in s.attrs if a.multi and a.nested}


def ordered(fam):
    """Sets, inner ones first."""
    order = []

    def visit(s):
        for a in s.attrs:
            if a.nested:
                visit(fam.sets[a.nested])
        if s not in order:
            order.append(s)

    for s in fam.sets.values():
        visit(s)
    return order


def header(fam):
    """agents/nl/FAMILY_user.h"""
    path = f"nl/{fam.name}_user.h"
    out = c_head(GPL, fam.path, "h", fam.doc.split("\n\n"))
    out.add(f"#ifndef {guard_of(path)}", f"#define {guard_of(path)}", "",
            f"#include <linux/{fam.name}.h>", "", "#include <nl/nl_sock.h>", "",
            f"extern const struct xnl_family {fam.name}_family;",
            f"extern const struct xnl_op {fam.name}_ops[{len(fam.ops)}];", "")
    for d in fam.defs:
        if d["type"] != "const":
            name = f"{fam.name}_{c_name(d['name'])}"
            out.kdoc(f"{name}_name() - name of a value of enum {name}",
                     [("value", "value" if d["type"] == "enum" else "one bit")],
                     ret="the name, NULL when it has none.")
            out.add(f"const char *{name}_name(uint64_t value);", "")
    sendable = used_in_requests(fam)
    for s in ordered(fam):
        gen_struct(out, fam, s)
        if s.name in listed(fam):
            gen_list(out, fam, s)
        for a in members(s):
            if has(a) and (s, a) in sendable:
                gen_setter(out, fam, s, a)
    for op in fam.ops:
        if op.do is not None:
            gen_do(out, fam, op)
        if op.dump is not None:
            gen_dump(out, fam, op)
        if op.mcgrp:
            gen_event(out, fam, op)
    out.add("#endif")
    return str(out)


def kind_of(a):
    """enum xnl_kind"""
    if a.type in UINT or a.type in SINT:
        return "INT"
    return {"flag": "FLAG", "string": "STRING", "nest": "NEST",
            "binary": "ARRAY" if a.exact and not a.multi else "BYTES"}[a.type]


def gen_field(out, fam, s, a):
    """One row of a table."""
    name, aname = c_struct(fam, s), c_name(a.name)
    flags = [f for f, on in (("XNL_F_LIST", a.multi), ("XNL_F_SIGNED", a.type in SINT),
                             ("XNL_F_BIG_ENDIAN", a.big_endian),
                             ("XNL_F_IPV6", a.hint == "ipv6")) if on]
    out.add(f"\t[{a.number - 1}] = {{", f"\t\t.name = {c_string(a.name)},",
            f"\t\t.kind = XNL_K_{kind_of(a)},")
    if flags:
        out.add(f"\t\t.flags = {' | '.join(flags)},")
    if a.nested:
        out.add(f"\t\t.set = &{c_struct(fam, fam.sets[a.nested])}_attrs,")
    if a.enum:
        out.add(f"\t\t.enum_name = {fam.name}_{c_name(a.enum)}_name,")
    if kind_of(a) == "INT":
        size = {**UINT, **SINT}[a.type]
        out.add(f"\t\t.size = {size},")
    elif kind_of(a) == "ARRAY":
        out.add(f"\t\t.size = {a.max},")
    elif a.type in ("binary", "string"):
        if a.min:
            out.add(f"\t\t.len_min = {a.min},")
        if a.max:
            out.add(f"\t\t.len_max = {a.max},")
    out.add(f"\t\t.offset = offsetof(struct {name}, {aname}),",
            f"\t\t.has = offsetof(struct {name}, has_{aname})," if has(a)
            else "\t\t.has = XNL_HAS_NONE,", "\t},")


def gen_names(out, fam):
    """Functions that name the values of enums."""
    for d in fam.defs:
        if d["type"] == "const":
            continue
        out.add(f"const char *{fam.name}_{c_name(d['name'])}_name(uint64_t value)", "{",
                "\tswitch (value) {")
        for e in d["entries"]:
            out.add(f"\tcase {fam.upper}_{c_upper(d['name'])}_{c_upper(e['name'])}:",
                    f"\t\treturn {c_string(e['name'])};")
        out.add("\tdefault:", "\t\treturn NULL;", "\t}", "}", "")


def gen_list_source(out, fam, s):
    """Iterator of a list."""
    name = c_struct(fam, s)
    out.add(*list_proto(name), "{",
            "\tstatic const struct xnl_field elem = {", "\t\t.kind = XNL_K_NEST,",
            f"\t\t.set = &{name}_attrs,", "\t};", "",
            "\treturn xnl_list_next(l, pos, &elem, out);", "}", "")


def gen_dump_source(out, fam, op):
    """A dump: the typed callback is called through an untyped one."""
    struct, stem = c_struct(fam, fam.sets[op.set]), c_name(op.name)
    out.add(f"struct {stem}_call {{", f"\tint (*fn)(void *arg, const struct {struct} *item);",
            "\tvoid *arg;", "};", "",
            f"static int {stem}_item(void *arg, const void *item)", "{",
            f"\tconst struct {stem}_call *call = arg;", "",
            "\treturn call->fn(call->arg, item);", "}", "")
    proto = dump_proto(fam, op)
    out.add(*proto, "{", f"\tstruct {stem}_call call = {{ fn, arg }};", "",
            f"\treturn xnl_dump(s, {op_ref(fam, op)}, {'req' if op.dump else 'NULL'}, "
            f"{stem}_item, &call);", "}", "")


def source(fam):
    """agents/nl/FAMILY_user.c"""
    out = c_head(GPL, fam.path, "c")
    out.add(f"#include <nl/{fam.name}_user.h>", "")
    gen_names(out, fam)
    for s in ordered(fam):
        name = c_struct(fam, s)
        out.add(f"static const struct xnl_field {c_name(s.name)}_fields[] = {{")
        for a in members(s):
            gen_field(out, fam, s, a)
        out.add("};", "", f"const struct xnl_set {name}_attrs = {{",
                f"\t.name = {c_string(s.name)},", f"\t.fields = {c_name(s.name)}_fields,",
                f"\t.size = sizeof(struct {name}),",
                f"\t.n = {max(a.number for a in members(s))},", "};", "")
        if s.name in listed(fam):
            gen_list_source(out, fam, s)
    out.add(f"const struct xnl_op {fam.name}_ops[{len(fam.ops)}] = {{")
    out.add(*(f"\t{{ {c_string(o.name)}, &{c_struct(fam, fam.sets[o.set])}_attrs, "
              f"{fam.cmd_macro(o)} }}," for o in fam.ops), "};", "")
    out.add(f"static const struct xnl_set *const sets[{len(fam.sets)}] = {{")
    out.add("\t/* clang-format off */")
    out.add(*(f"\t&{c_struct(fam, s)}_attrs," for s in fam.sets.values()))
    out.add("\t/* clang-format on */", "};", "")
    out.add(f"const struct xnl_family {fam.name}_family = {{",
            f"\t.name = {fam.upper}_FAMILY_NAME,", f"\t.version = {fam.upper}_FAMILY_VERSION,",
            f"\t.ops = {fam.name}_ops,", f"\t.ops_n = {len(fam.ops)},", "\t.sets = sets,",
            f"\t.sets_n = {len(fam.sets)},", "};", "")
    for op in fam.ops:
        if op.dump is not None:
            gen_dump_source(out, fam, op)
    return str(out).rstrip("\n") + "\n"


def files(fams):
    """Path and contents."""
    out = {}
    for fam in fams:
        out[f"agents/nl/{fam.name}_user.h"] = header(fam)
        out[f"agents/nl/{fam.name}_user.c"] = source(fam)
    return out
