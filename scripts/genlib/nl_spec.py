# SPDX-License-Identifier: GPL-2.0-or-later
"""The generic netlink families of Documentation/netlink/specs/*.yaml: load, check, resolve.

The schema is that of the kernel (Documentation/userspace-api/netlink/specs.rst there);
what is not understood here is refused.
"""
import glob
import os
from dataclasses import dataclass, field

from .load import SpecError, check_keys, check_name, doc_of, read, unique
from .text import c_name, c_upper

UINT = {"u8": 1, "u16": 2, "u32": 4, "u64": 8}
SINT = {"s8": 1, "s16": 2, "s32": 4, "s64": 8}
TYPES = [*UINT, *SINT, "flag", "string", "binary", "nest", "pad"]
ATTR_MAX = 255
DEPTH_MAX = 4


@dataclass
class Attr:
    """One attribute of a set; min and max are of the value, or of the length."""
    name: str
    number: int
    type: str
    doc: str
    multi: bool = False
    min: int = None
    max: int = None
    mask: int = None
    nested: str = None
    enum: str = None
    enum_as_flags: bool = False
    hint: str = None
    big_endian: bool = False

    @property
    def exact(self):
        """Is it a byte string of one length?"""
        return self.type == "binary" and self.min is not None and self.min == self.max


@dataclass
class Set:
    """An attribute set."""
    name: str
    doc: str
    attrs: list

    def attr(self, name):
        """An attribute by its name, or None."""
        return next((a for a in self.attrs if a.name == name), None)

    @property
    def max(self):
        """Highest attribute number."""
        return max(a.number for a in self.attrs)


@dataclass
class Op:
    """An operation. Each of do, do_reply, dump, dump_reply is a list of attribute names or None."""
    name: str
    number: int
    doc: str
    set: str
    flags: list = field(default_factory=list)
    do: list = None
    do_reply: list = None
    dump: list = None
    dump_reply: list = None
    start: str = None
    done: str = None
    notify: str = None
    event: list = None
    mcgrp: str = None


@dataclass
class Family:
    """One YAML file."""
    name: str
    path: str
    doc: str
    version: int
    prefix: str
    defs: list = field(default_factory=list)
    consts: dict = field(default_factory=dict)
    enums: dict = field(default_factory=dict)
    sets: dict = field(default_factory=dict)
    ops: list = field(default_factory=list)
    groups: list = field(default_factory=list)

    @property
    def upper(self):
        """XOS_HANDOFF"""
        return c_upper(self.name)

    @property
    def short(self):
        """handoff: the directory of the module."""
        return self.name.removeprefix("xos_")

    def attr_macro(self, s, a):
        """Number of an attribute in the uapi header."""
        return f"{self.upper}_A_{c_upper(s.name)}_{c_upper(a.name)}"

    def cmd_macro(self, op):
        """Number of an operation in the uapi header."""
        return f"{self.upper}_CMD_{c_upper(op.name)}"

    def op(self, name):
        """An operation by its name, or None."""
        return next((o for o in self.ops if o.name == name), None)

    def nested_sets(self):
        """Sets that are the contents of an attribute."""
        return [s for s in self.sets.values()
                if any(a.nested == s.name for t in self.sets.values() for a in t.attrs)]


def load_entries(where, d):
    """Entries of an enum or of flags: name, value, doc."""
    out = []
    value = d.get("value-start", 0)
    for e in d["entries"]:
        e = {"name": e} if isinstance(e, str) else e
        check_keys(where, e, ("name",), ("value", "doc"))
        value = e.get("value", value)
        out.append({"name": check_name(where, e["name"]), "doc": e.get("doc", e["name"]),
                    "value": 1 << value if d["type"] == "flags" else value})
        value += 1
    unique(where, [e["name"] for e in out])
    return out


def load_defs(fam, data):
    """Constants, enums and flags."""
    for d in data:
        check_keys(fam.path, d, ("name", "type"),
                   ("doc", "value", "entries", "value-start", "header"))
        where = f"{fam.path}: definition '{check_name(fam.path, d['name'])}'"
        d = {**d, "doc": d.get("doc", d["name"])}
        if d["type"] == "const":
            check_keys(where, d, ("name", "type", "doc", "value"), ("header",))
            fam.consts[d["name"]] = d["value"]
        elif d["type"] in ("enum", "flags"):
            check_keys(where, d, ("name", "type", "doc", "entries"), ("value-start", "header"))
            d["entries"] = load_entries(where, d)
            fam.enums[d["name"]] = d
        else:
            raise SpecError(f"{where}: type must be const, enum or flags")
        fam.defs.append(d)
    unique(f"{fam.path}: definition", [d["name"] for d in fam.defs])


def number(fam, where, value):
    """An integer, or the name of a constant."""
    if isinstance(value, str) and value in fam.consts:
        return fam.consts[value]
    if isinstance(value, bool) or not isinstance(value, int):
        raise SpecError(f"{where}: '{value}' is neither a number nor a constant")
    return value


def load_checks(fam, where, checks, a):
    """Fill in the limits of an attribute."""
    check_keys(where, checks, (),
               ("min", "max", "min-len", "max-len", "exact-len", "flags-mask"))
    values = {k: number(fam, where, v) for k, v in checks.items() if k != "flags-mask"}
    integer = a.type in UINT or a.type in SINT
    for key in checks:
        if (key in ("min", "max", "flags-mask")) != integer:
            raise SpecError(f"{where}: check '{key}' does not go with type {a.type}")
    if "exact-len" in values:
        a.min = a.max = values["exact-len"]
    else:
        a.min = values.get("min", values.get("min-len"))
        a.max = values.get("max", values.get("max-len"))
    if "flags-mask" in checks:
        mask = checks["flags-mask"]
        a.mask = all_flags(fam, where, mask) if isinstance(mask, str) else mask


def all_flags(fam, where, name):
    """All bits of a flags definition."""
    if name not in fam.enums:
        raise SpecError(f"{where}: flags '{name}' are not defined")
    return sum(e["value"] for e in fam.enums[name]["entries"])


def enum_checks(fam, where, a):
    """Limits that follow from the enum of an attribute, where there are no others."""
    enum = fam.enums.get(a.enum)
    if enum is None or a.type not in UINT:
        raise SpecError(f"{where}: enum '{a.enum}' is not defined, or not of an integer")
    if a.min is not None or a.max is not None or a.mask is not None:
        return
    if enum["type"] == "flags" or a.enum_as_flags:
        a.mask = all_flags(fam, where, a.enum)
        return
    values = sorted(e["value"] for e in enum["entries"])
    a.min = values[0] or None
    a.max = values[-1]


def load_attr(fam, where, data, num):
    """One attribute."""
    check_keys(where, data, ("name", "type"),
               ("doc", "value", "multi-attr", "nested-attributes", "enum", "enum-as-flags",
                "checks", "display-hint", "byte-order"))
    where = f"{where}: attribute '{check_name(where, data['name'])}'"
    a = Attr(data["name"], num, data["type"], data.get("doc", data["name"]).strip(),
             data.get("multi-attr", False), nested=data.get("nested-attributes"),
             enum=data.get("enum"), enum_as_flags=data.get("enum-as-flags", False),
             hint=data.get("display-hint"), big_endian=data.get("byte-order") == "big-endian")
    if a.type not in TYPES:
        raise SpecError(f"{where}: type '{a.type}' is none of {', '.join(TYPES)}")
    if not 1 <= num <= ATTR_MAX:
        raise SpecError(f"{where}: number {num} is not in 1..{ATTR_MAX}")
    if (a.type == "nest") != (a.nested is not None):
        raise SpecError(f"{where}: 'nested-attributes' goes with type nest")
    if a.multi and a.type in ("flag", "pad"):
        raise SpecError(f"{where}: a {a.type} is no list")
    if a.big_endian and a.type not in ("u16", "u32"):
        raise SpecError(f"{where}: big-endian is for u16 and u32")
    load_checks(fam, where, data.get("checks", {}), a)
    if a.enum:
        enum_checks(fam, where, a)
    return a


def load_sets(fam, data):
    """Attribute sets."""
    for s in data:
        check_keys(fam.path, s, ("name", "attributes"), ("doc",))
        where = f"{fam.path}: set '{check_name(fam.path, s['name'])}'"
        attrs, num = [], 0
        for a in s["attributes"]:
            num = a.get("value", num + 1)
            attrs.append(load_attr(fam, where, a, num))
        unique(where, [a.name for a in attrs])
        unique(f"{where}: number", [a.number for a in attrs])
        if s["name"] in fam.sets or not attrs:
            raise SpecError(f"{where}: defined twice, or empty")
        fam.sets[s["name"]] = Set(s["name"], s.get("doc", f"{s['name']} attributes"), attrs)
    for s in fam.sets.values():
        for a in s.attrs:
            if a.nested and a.nested not in fam.sets:
                raise SpecError(f"{fam.path}: set '{s.name}': attribute '{a.name}': "
                                f"set '{a.nested}' is not defined")
        depth_of(fam, s, [])


def depth_of(fam, s, chain):
    """How deep sets nest; refuses a set that holds itself."""
    if s.name in chain or len(chain) > DEPTH_MAX:
        raise SpecError(f"{fam.path}: sets nest in a circle or too deep: {chain + [s.name]}")
    return max((1 + depth_of(fam, fam.sets[a.nested], chain + [s.name])
                for a in s.attrs if a.nested), default=0)


def message(fam, where, s, data):
    """Attribute names of a request or a reply."""
    if data is None:
        return []
    check_keys(where, data, (), ("attributes",))
    names = data.get("attributes", [])
    for name in names:
        if s.attr(name) is None:
            raise SpecError(f"{where}: set '{s.name}' has no attribute '{name}'")
    unique(where, names)
    return names


def load_op(fam, data, num):
    """One operation."""
    check_keys(fam.path, data, ("name", "doc"),
               ("value", "attribute-set", "flags", "do", "dump", "notify", "event", "mcgrp"))
    where = f"{fam.path}: operation '{check_name(fam.path, data['name'])}'"
    op = Op(data["name"], num, doc_of(where, data), data.get("attribute-set"),
            data.get("flags", []), notify=data.get("notify"), mcgrp=data.get("mcgrp"))
    if set(op.flags) - {"admin-perm", "uns-admin-perm"}:
        raise SpecError(f"{where}: flags must be admin-perm or uns-admin-perm")
    if op.notify:
        if fam.op(op.notify) is None:
            raise SpecError(f"{where}: operation '{op.notify}' is not defined before")
        op.set = fam.op(op.notify).set
    if op.set not in fam.sets:
        raise SpecError(f"{where}: 'attribute-set' is missing or not defined")
    s = fam.sets[op.set]
    if "do" in data:
        check_keys(where, data["do"] or {}, (), ("request", "reply"))
        op.do = message(fam, where, s, (data["do"] or {}).get("request"))
        op.do_reply = message(fam, where, s, (data["do"] or {}).get("reply"))
    if "dump" in data:
        check_keys(where, data["dump"] or {}, (), ("request", "reply", "pre", "post"))
        op.dump = message(fam, where, s, (data["dump"] or {}).get("request"))
        op.dump_reply = message(fam, where, s, (data["dump"] or {}).get("reply"))
        op.start, op.done = data["dump"].get("pre"), data["dump"].get("post")
    if "event" in data:
        op.event = message(fam, where, s, data["event"])
    if (op.notify is not None or op.event is not None) != (op.mcgrp is not None):
        raise SpecError(f"{where}: 'mcgrp' goes with 'notify' or 'event'")
    if op.mcgrp and op.mcgrp not in [g["name"] for g in fam.groups]:
        raise SpecError(f"{where}: multicast group '{op.mcgrp}' is not defined")
    return op


def load_groups(fam, data):
    """Multicast groups."""
    for g in data.get("list", []):
        check_keys(fam.path, g, ("name",), ("doc", "flags"))
        fam.groups.append({"name": check_name(fam.path, g["name"]),
                           "doc": g.get("doc", g["name"]), "flags": g.get("flags", [])})
    unique(f"{fam.path}: multicast group", [g["name"] for g in fam.groups])


def load_family(root, path):
    """One YAML file."""
    data = read(os.path.join(root, path))
    check_keys(path, data, ("name", "protocol", "doc", "attribute-sets", "operations"),
               ("version", "uapi-header", "kernel-prefix", "definitions", "mcast-groups",
                "kernel-policy", "c-family-name", "c-version-name", "max-by-define"))
    if data["protocol"] not in ("genetlink", "genetlink-legacy"):
        raise SpecError(f"{path}: protocol must be genetlink")
    name = data["name"]
    if not name.startswith("xos_") or f"{name}.yaml" != os.path.basename(path) or len(name) > 15:
        raise SpecError(f"{path}: family '{name}' must be xos_... and lie in {name}.yaml")
    fam = Family(name, path, doc_of(path, data), data.get("version", 1),
                 data.get("kernel-prefix", "xos" + name[4]))
    load_defs(fam, data.get("definitions", []))
    load_sets(fam, data["attribute-sets"])
    load_groups(fam, data.get("mcast-groups", {}))
    check_keys(path, data["operations"], ("list",), ("enum-model", "name-prefix"))
    if data["operations"].get("enum-model", "unified") != "unified":
        raise SpecError(f"{path}: enum-model must be unified")
    num = 0
    for o in data["operations"]["list"]:
        num = o.get("value", num + 1)
        fam.ops.append(load_op(fam, o, num))
    unique(f"{path}: operation", [o.name for o in fam.ops])
    unique(f"{path}: operation number", [o.number for o in fam.ops])
    return fam


def load_netlink(root):
    """All netlink families."""
    paths = sorted(glob.glob(os.path.join(root, "Documentation/netlink/specs/*.yaml")))
    return [load_family(root, os.path.relpath(p, root)) for p in paths]


def c_struct(fam, s):
    """struct of a set in the client."""
    return f"{fam.name}_{c_name(s.name)}"
