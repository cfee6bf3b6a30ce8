# SPDX-License-Identifier: GPL-2.0-or-later
"""include/uapi/linux/FAMILY.h and kernel/MODULE/netlink_gen.[ch]."""
from .nl_spec import SINT, UINT
from .text import KERNEL, UAPI, c_head, c_name, c_string, c_upper, const_text, flat, sentence

S16_MAX = 32767


def gen_enum(out, head, members, top=None):
    """An enum with kernel-doc; members are (name, value, doc), top is the name of the last."""
    docs = [(name, doc) for name, _, doc in members]
    if top:
        docs += [(f"__{top}", "One more than the last."), (top, "The last.")]
    out.kdoc(head, docs)
    out.add(f"{head.split(' - ', maxsplit=1)[0]} {{")
    out.add(*(f"\t{name} = {value}," for name, value, _ in members))
    if top:
        out.add(f"\t__{top},", f"\t{top} = (__{top} - 1)")
    out.add("};", "")


def uapi_defs(out, fam):
    """Constants and enums."""
    for d in fam.defs:
        name = f"{fam.upper}_{c_upper(d['name'])}"
        if d["type"] == "const":
            out.comment(d["doc"])
            value = d["value"]
            out.add(f"#define {name} " + (c_string(value) if isinstance(value, str)
                                          else const_text(value)), "")
            continue
        gen_enum(out, f"enum {c_name(fam.name)}_{c_name(d['name'])} - {sentence(d['doc'])}",
                 [(f"{name}_{c_upper(e['name'])}", e["value"], e["doc"]) for e in d["entries"]])


def type_doc(a):
    """Type of an attribute as people write it."""
    name = f"{a.type} list" if a.multi else a.type
    return f"({name}, big-endian)" if a.big_endian else f"({name})"


def uapi_header(fam):
    """include/uapi/linux/FAMILY.h"""
    out = c_head(UAPI, fam.path, "h", fam.doc.split("\n\n"))
    guard = f"_UAPI_LINUX_{fam.upper}_H"
    out.add(f"#ifndef {guard}", f"#define {guard}", "",
            f"#define {fam.upper}_FAMILY_NAME {c_string(fam.name)}",
            f"#define {fam.upper}_FAMILY_VERSION {fam.version}", "")
    uapi_defs(out, fam)
    for s in fam.sets.values():
        top = f"{fam.upper}_A_{c_upper(s.name)}_MAX"
        gen_enum(out, f"enum {c_name(fam.name)}_{c_name(s.name)}_attr - {sentence(s.doc)}",
                 [(fam.attr_macro(s, a), a.number, f"{type_doc(a)} {a.doc}") for a in s.attrs], top)
    top = f"{fam.upper}_CMD_MAX"
    gen_enum(out, f"enum {c_name(fam.name)}_cmd - operations",
             [(fam.cmd_macro(o), o.number, o.doc) for o in fam.ops], top)
    out.add(*(f"#define {fam.upper}_MCGRP_{c_upper(g['name'])} {c_string(g['name'])}"
              for g in fam.groups), "" if fam.groups else None)
    out.lines = [line for line in out.lines if line is not None]
    out.add("#endif")
    return str(out)


def range_name(fam, s, a):
    """Name of the range of an attribute that does not fit into 16 bits."""
    return f"{fam.prefix}_{c_name(s.name)}_{c_name(a.name)}_range"


def int_policy(fam, s, a):
    """Policy of an integer."""
    nla = f"NLA_BE{a.type[1:]}" if a.big_endian else f"NLA_{a.type.upper()}"
    if a.mask is not None:
        return f"NLA_POLICY_MASK({nla}, {a.mask:#x})"
    if a.min is None and a.max is None:
        return f"{{ .type = {nla} }}"
    if needs_range(a):
        sign = "_SIGNED" if a.type in SINT else ""
        return f"NLA_POLICY_FULL_RANGE{sign}({nla}, &{range_name(fam, s, a)})"
    if a.max is None:
        return f"NLA_POLICY_MIN({nla}, {a.min})"
    if a.min is None:
        return f"NLA_POLICY_MAX({nla}, {a.max})"
    return f"NLA_POLICY_RANGE({nla}, {a.min}, {a.max})"


def needs_range(a):
    """Is a limit of an integer beyond the 16 bits of the short policy?"""
    return (a.type in UINT or a.type in SINT) and a.mask is None and any(
        v is not None and abs(v) > S16_MAX for v in (a.min, a.max))


def policy(fam, s, a):
    """Policy of an attribute."""
    if a.type in UINT or a.type in SINT:
        return int_policy(fam, s, a)
    if a.type == "flag":
        return "{ .type = NLA_FLAG }"
    if a.type == "nest":
        return f"NLA_POLICY_NESTED({fam.prefix}_{c_name(a.nested)}_nl_policy)"
    if a.type == "pad":
        return "{ .type = NLA_REJECT }"
    if a.type == "string":
        return f"{{ .type = NLA_NUL_STRING, .len = {a.max} }}" if a.max else \
            "{ .type = NLA_NUL_STRING }"
    if a.exact:
        return f"NLA_POLICY_EXACT_LEN({a.max})"
    if a.min:
        return f"NLA_POLICY_RANGE(NLA_BINARY, {a.min}, {a.max or S16_MAX})"
    return f"{{ .type = NLA_BINARY, .len = {a.max} }}" if a.max else "{ .type = NLA_BINARY }"


def policy_doc(a):
    """Limits of an attribute, in words."""
    if a.mask is not None:
        return f"bits {a.mask:#x}"
    unit = "" if a.type in UINT or a.type in SINT else " bytes"
    if a.min is None and a.max is None:
        return ""
    if a.min is None:
        return f"at most {a.max}{unit}"
    if a.max is None:
        return f"at least {a.min}{unit}"
    return f"{a.max}{unit}" if a.min == a.max else f"{a.min} to {a.max}{unit}"


def requested(op):
    """Attributes of the requests of an operation: one policy is for do and dump."""
    return list(dict.fromkeys((op.do or []) + (op.dump or [])))


def policy_rows(out, fam, s, attrs):
    """Rows of a policy."""
    for a in attrs:
        row = f"\t[{fam.attr_macro(s, a)}] = {policy(fam, s, a)},"
        if len(row) + 7 > 100:
            row = row.replace(" = ", " =\n\t\t", 1)
        out.add(row)


def request_sets(fam):
    """Nested sets that a request can hold, innermost first."""
    order = []

    def visit(s):
        for a in s.attrs:
            if a.nested and a.nested not in order:
                visit(fam.sets[a.nested])
                order.append(a.nested)

    for op in fam.ops:
        s = fam.sets[op.set]
        for a in (s.attr(n) for n in requested(op)):
            if a.nested and a.nested not in order:
                visit(fam.sets[a.nested])
                order.append(a.nested)
    return [fam.sets[n] for n in order]


def used_in_requests(fam):
    """(set, attribute) pairs that requests can hold."""
    pairs = [(s, a) for s in request_sets(fam) for a in s.attrs]
    for op in fam.ops:
        s = fam.sets[op.set]
        pairs += [(s, s.attr(n)) for n in requested(op) if (s, s.attr(n)) not in pairs]
    return pairs


def gen_ranges(out, fam):
    """Ranges of attributes with large limits."""
    for s, a in used_in_requests(fam):
        if not needs_range(a):
            continue
        sign = "_signed" if a.type in SINT else ""
        out.add(f"static struct netlink_range_validation{sign} {range_name(fam, s, a)} = {{")
        low = a.min if a.min is not None else 0
        bits = 8 * {**UINT, **SINT}[a.type] - (a.type in SINT)
        high = a.max if a.max is not None else (1 << bits) - 1
        suffix = "LL" if sign else "ULL"
        out.add(f"\t.min = {low}{suffix},", f"\t.max = {high}{suffix},", "};", "")


def nl_name(fam, op):
    """Stem of the functions of an operation."""
    return f"{fam.prefix}_nl_{c_name(op.name)}"


def gen_op(out, fam, op):
    """One row of the table of operations."""
    out.add("\t{", f"\t\t.cmd = {fam.cmd_macro(op)},")
    if op.do is not None:
        out.add(f"\t\t.doit = {nl_name(fam, op)}_doit,")
    if op.dump is not None:
        if op.start:
            out.add(f"\t\t.start = {c_name(op.start)},")
        out.add(f"\t\t.dumpit = {nl_name(fam, op)}_dumpit,")
        if op.done:
            out.add(f"\t\t.done = {c_name(op.done)},")
    if requested(op):
        out.add(f"\t\t.policy = {nl_name(fam, op)}_policy,",
                f"\t\t.maxattr = ARRAY_SIZE({nl_name(fam, op)}_policy) - 1,")
    flags = [{"admin-perm": "GENL_ADMIN_PERM", "uns-admin-perm": "GENL_UNS_ADMIN_PERM"}[f]
             for f in op.flags]
    if flags:
        out.add(f"\t\t.flags = {' | '.join(flags)},")
    out.add("\t},")


def served(fam):
    """Operations that the module serves (the others are notifications)."""
    return [o for o in fam.ops if o.do is not None or o.dump is not None]


def kernel_source(fam):
    """kernel/MODULE/netlink_gen.c"""
    out = c_head(KERNEL, fam.path, "c")
    out.add('#include "netlink_gen.h"', "", "#include <linux/kernel.h>", "")
    gen_ranges(out, fam)
    for s in request_sets(fam):
        name = f"{fam.prefix}_{c_name(s.name)}_nl_policy"
        out.add(f"const struct nla_policy {name}[{fam.upper}_A_{c_upper(s.name)}_MAX + 1] = {{")
        policy_rows(out, fam, s, [a for a in s.attrs if a.type != "pad"])
        out.add("};", "")
    for op in served(fam):
        s = fam.sets[op.set]
        attrs = sorted((s.attr(n) for n in requested(op)), key=lambda a: a.number)
        if not attrs:
            continue
        out.add(f"static const struct nla_policy {nl_name(fam, op)}_policy"
                f"[{fam.attr_macro(s, attrs[-1])} + 1] = {{")
        policy_rows(out, fam, s, attrs)
        out.add("};", "")
    out.add(f"const struct genl_ops {fam.prefix}_nl_ops[{len(served(fam))}] = {{")
    for op in served(fam):
        gen_op(out, fam, op)
    out.add("};")
    if fam.groups:
        out.add("", f"const struct genl_multicast_group {fam.prefix}_nl_mcgrps[{len(fam.groups)}]"
                " = {")
        for g in fam.groups:
            flags = {"admin-perm": ", .flags = GENL_MCAST_CAP_NET_ADMIN"}
            extra = "".join(flags.get(f, "") for f in g["flags"])
            out.add(f"\t[{fam.prefix.upper()}_NLGRP_{c_upper(g['name'])}] = {{ "
                    f".name = {fam.upper}_MCGRP_{c_upper(g['name'])}{extra} }},")
        out.add("};")
    return str(out)


def family_macro(out, fam):
    """Initializers of struct genl_family."""
    up, low = fam.prefix.upper(), fam.prefix
    rows = [f".name = {fam.upper}_FAMILY_NAME", f".version = {fam.upper}_FAMILY_VERSION",
            ".netnsok = true", ".module = THIS_MODULE", f".ops = {low}_nl_ops",
            f".n_ops = ARRAY_SIZE({low}_nl_ops)"]
    if fam.groups:
        rows += [f".mcgrps = {low}_nl_mcgrps", f".n_mcgrps = ARRAY_SIZE({low}_nl_mcgrps)"]
    out.add("/*", " * What the YAML knows of struct genl_family. Callbacks of the module (pre_doit and",
            " * so on) are added beside it. resv_start_op stays 0: every operation is strict.",
            " */", "/* clang-format off */", f"#define {up}_NL_FAMILY_INIT \\")
    out.add(*(f"\t{r}, \\" for r in rows[:-1]), f"\t{rows[-1]}", "/* clang-format on */", "")


def kernel_header(fam):
    """kernel/MODULE/netlink_gen.h"""
    out = c_head(KERNEL, fam.path, "h")
    guard = f"_XOS_{fam.short.upper()}_NETLINK_GEN_H"
    out.add(f"#ifndef {guard}", f"#define {guard}", "", "#include <net/genetlink.h>",
            "#include <net/netlink.h>", "", f"#include <linux/{fam.name}.h>", "")
    if fam.groups:
        out.kdoc(f"enum {fam.prefix}_nlgrp - multicast groups, for genlmsg_multicast()",
                 [(f"{fam.prefix.upper()}_NLGRP_{c_upper(g['name'])}", flat(g["doc"]))
                  for g in fam.groups])
        out.add(f"enum {fam.prefix}_nlgrp {{")
        out.add(*(f"\t{fam.prefix.upper()}_NLGRP_{c_upper(g['name'])}," for g in fam.groups))
        out.add("};", "")
    for s in request_sets(fam):
        out.add(f"extern const struct nla_policy {fam.prefix}_{c_name(s.name)}_nl_policy"
                f"[{fam.upper}_A_{c_upper(s.name)}_MAX + 1];")
    out.add(f"extern const struct genl_ops {fam.prefix}_nl_ops[{len(served(fam))}];")
    if fam.groups:
        out.add(f"extern const struct genl_multicast_group "
                f"{fam.prefix}_nl_mcgrps[{len(fam.groups)}];")
    out.add("")
    family_macro(out, fam)
    out.add("/* Written by hand in the module. */")
    for op in served(fam):
        name = nl_name(fam, op)
        if op.do is not None:
            out.add(f"int {name}_doit(struct sk_buff *skb, struct genl_info *info);")
        if op.start:
            out.add(f"int {c_name(op.start)}(struct netlink_callback *cb);")
        if op.dump is not None:
            out.add(f"int {name}_dumpit(struct sk_buff *skb, struct netlink_callback *cb);")
        if op.done:
            out.add(f"int {c_name(op.done)}(struct netlink_callback *cb);")
    out.add("", "#endif")
    return str(out)


def files(fams):
    """Path and contents."""
    out = {}
    for fam in fams:
        out[f"include/uapi/linux/{fam.name}.h"] = uapi_header(fam)
        out[f"kernel/{fam.short}/netlink_gen.h"] = kernel_header(fam)
        out[f"kernel/{fam.short}/netlink_gen.c"] = kernel_source(fam)
    return out
