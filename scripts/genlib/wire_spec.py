# SPDX-License-Identifier: GPL-2.0-or-later
"""The wire families of Documentation/wire/*.yaml: load, check, resolve."""
import glob
import os
from dataclasses import dataclass, field

from .load import SpecError, check_keys, check_name, doc_of, read, unique

MAGIC = 0x584F
VERSION = 1
HEADER_LEN = 16
TLV_LEN = 6
MSG_LEN_MAX = 1 << 20
ATTR_MAX = 63
LIST_MAX = 8
DEPTH_MAX = 5
OFFSETS = {"magic": 0, "version": 2, "flags": 3, "type": 4, "reserved": 6, "len": 8, "crc": 12}

INT_LEN = {"u8": 1, "u16": 2, "u32": 4, "u64": 8}
FIXED_LEN = {"addr": 18, "id": 16, "flag": 0, "fixed": 4}
TYPES = [*INT_LEN, "binary", "string", "addr", "id", "nest", "flag"]
# Names of struct wire_NAME and functions wire_NAME_* that are written by hand.
RESERVED = {"header", "set", "field", "msg", "list", "type", "kind", "elem", "frame", "body",
            "u8", "u16", "u32", "u64", "addr", "id", "bytes"}
LIST_OF = {"u8": "u8", "u16": "u16", "u32": "u32", "u64": "u64", "addr": "addr", "id": "id",
           "binary": "bytes", "string": "bytes"}


@dataclass
class Attr:
    """One attribute of a set."""
    name: str
    number: int
    type: str
    doc: str
    required: bool = False
    multi: bool = False
    min: int = 0
    max: int = 0
    count_max: int = 0
    nested: str = None
    enum: str = None

    @property
    def has(self):
        """Does the struct have a has_ member for it?"""
        return not (self.required or self.multi or self.type in ("flag", "fixed"))


@dataclass
class Set:
    """Attributes of a message or of a nested attribute."""
    name: str
    doc: str
    attrs: list
    family: str


@dataclass
class Msg:
    """A message; set is the name of its attribute set."""
    name: str
    type: int
    doc: str
    set: str


@dataclass
class Family:
    """One YAML file."""
    name: str
    path: str
    doc: str
    type_base: int
    kernel: bool
    imports: list
    defs: list
    sets: list = field(default_factory=list)
    msgs: list = field(default_factory=list)


class Wire:
    """All families, by name, and what they define."""

    def __init__(self):
        self.families = []
        self.sets = {}
        self.consts = {}
        self.enums = {}

    def messages(self):
        """All messages in the order of their numbers."""
        return sorted((m for f in self.families for m in f.msgs), key=lambda m: m.type)

    def is_message(self, set_name):
        """Is this the set of a message (and not of a nested attribute)?"""
        return any(m.set == set_name and m.name == set_name
                   for f in self.families for m in f.msgs)


def number(wire, where, value):
    """An integer, or the name of a constant."""
    if isinstance(value, str) and value in wire.consts:
        return wire.consts[value]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise SpecError(f"{where}: '{value}' is neither a number nor a constant")
    return value


def load_defs(wire, where, data):
    """The 'definitions' of a family: const, enum and flags."""
    defs = []
    for d in data:
        check_keys(where, d, ("name", "type", "doc"), ("value", "entries"))
        at = f"{where}: definition '{check_name(where, d['name'])}'"
        d = {**d, "doc": doc_of(at, d)}
        if d["name"] in wire.consts or d["name"] in wire.enums:
            raise SpecError(f"{at}: defined twice")
        if d["type"] == "const":
            check_keys(at, d, ("name", "type", "doc", "value"))
            wire.consts[d["name"]] = number(wire, at, d["value"])
        elif d["type"] in ("enum", "flags"):
            check_keys(at, d, ("name", "type", "doc", "entries"))
            d["entries"] = load_entries(at, d)
            wire.enums[d["name"]] = d
        else:
            raise SpecError(f"{at}: type must be const, enum or flags")
        defs.append(d)
    return defs


def load_entries(where, enum):
    """Entries of an enum: name, value and doc."""
    out = []
    value = 0
    for e in enum["entries"]:
        check_keys(where, e, ("name", "doc"), ("value",))
        value = e.get("value", value)
        out.append({"name": check_name(where, e["name"]), "doc": doc_of(where, e),
                    "value": 1 << value if enum["type"] == "flags" else value})
        value += 1
    unique(where, [e["name"] for e in out])
    return out


def load_limits(wire, where, data, attr):
    """Fill in the limits of an attribute."""
    checks = data.get("checks", {})
    check_keys(where, checks, (), ("min", "max", "min-len", "max-len", "exact-len"))
    lens = {k: number(wire, where, v) for k, v in {**checks, **data}.items()
            if k in ("min-len", "max-len", "exact-len")}
    if attr.type in INT_LEN:
        attr.max = number(wire, where, checks.get("max", (1 << 8 * INT_LEN[attr.type]) - 1))
        attr.min = number(wire, where, checks.get("min", 0))
        if lens:
            raise SpecError(f"{where}: an integer has no length")
    elif attr.type in ("binary", "string"):
        if "exact-len" in lens:
            attr.min = attr.max = lens["exact-len"]
        elif "max-len" in lens:
            attr.min, attr.max = lens.get("min-len", 0), lens["max-len"]
        else:
            raise SpecError(f"{where}: {attr.type} needs 'max-len' or 'exact-len'")
        if attr.max > MSG_LEN_MAX - HEADER_LEN - TLV_LEN:
            raise SpecError(f"{where}: longer than a message")
    elif lens or checks:
        raise SpecError(f"{where}: type {attr.type} takes no limits")
    if attr.min > attr.max:
        raise SpecError(f"{where}: least value is above the greatest")


def load_attr(wire, where, data, num):
    """One attribute."""
    check_keys(where, data, ("name", "type", "doc"),
               ("value", "required", "multi-attr", "max-count", "nested-attributes", "enum",
                "checks", "min-len", "max-len", "exact-len"))
    where = f"{where}: attribute '{check_name(where, data['name'])}'"
    attr = Attr(data["name"], num, data["type"], doc_of(where, data),
                data.get("required", False), data.get("multi-attr", False),
                nested=data.get("nested-attributes"), enum=data.get("enum"))
    if attr.type not in TYPES:
        raise SpecError(f"{where}: type '{attr.type}' is none of {', '.join(TYPES)}")
    if not 1 <= num <= ATTR_MAX:
        raise SpecError(f"{where}: number {num} is not in 1..{ATTR_MAX}")
    if (attr.type == "nest") != (attr.nested is not None):
        raise SpecError(f"{where}: 'nested-attributes' goes with type nest")
    if attr.type == "flag" and (attr.required or attr.multi):
        raise SpecError(f"{where}: a flag is there or not")
    if attr.enum and (attr.type not in INT_LEN or attr.enum not in wire.enums):
        raise SpecError(f"{where}: enum '{attr.enum}' is not defined, or not of an integer")
    if attr.multi != ("max-count" in data):
        raise SpecError(f"{where}: 'multi-attr' and 'max-count' go together")
    if attr.multi:
        attr.count_max = number(wire, where, data["max-count"])
        if not 1 <= attr.count_max <= 65535:
            raise SpecError(f"{where}: 'max-count' is not in 1..65535")
    load_limits(wire, where, data, attr)
    return attr


def load_set(wire, fam, where, name, doc, attributes):
    """An attribute set; its struct is wire_NAME."""
    if name in wire.sets or name in RESERVED:
        raise SpecError(f"{where}: the name '{name}' is taken")
    attrs, num = [], 0
    for data in attributes or []:
        num = number(wire, where, data.get("value", num + 1)) if isinstance(data, dict) else 0
        attrs.append(load_attr(wire, where, data, num))
    unique(where, [a.name for a in attrs])
    unique(f"{where}: number", [a.number for a in attrs])
    if sum(a.multi for a in attrs) > LIST_MAX:
        raise SpecError(f"{where}: more than {LIST_MAX} lists")
    attrs.sort(key=lambda a: a.number)
    wire.sets[name] = Set(name, doc, attrs, fam.name)
    fam.sets.append(wire.sets[name])


def load_messages(wire, fam, where, data):
    """The messages of a family; numbers count from type-base + 1."""
    num = 0
    for m in data:
        check_keys(where, m, ("name", "doc"), ("value", "attributes", "set"))
        at = f"{where}: message '{check_name(where, m['name'])}'"
        num = number(wire, at, m.get("value", num + 1))
        if not 1 <= num <= 255:
            raise SpecError(f"{at}: number {num} is not in 1..255")
        if ("set" in m) == ("attributes" in m):
            raise SpecError(f"{at}: needs 'attributes' or 'set'")
        doc = doc_of(at, m)
        if "attributes" in m:
            load_set(wire, fam, at, m["name"], doc, m["attributes"])
        elif m["set"] not in wire.sets:
            raise SpecError(f"{at}: set '{m['set']}' is not defined")
        fam.msgs.append(Msg(m["name"], fam.type_base + num, doc, m.get("set", m["name"])))
    unique(f"{where}: message", [m.name for m in fam.msgs])
    unique(f"{where}: message number", [m.type for m in fam.msgs])


def load_family(wire, path, root):
    """One YAML file."""
    data = read(os.path.join(root, path))
    check_keys(path, data, ("name", "protocol", "doc"),
               ("type-base", "kernel", "imports", "definitions", "attribute-sets", "messages"))
    if data["protocol"] != "xos-wire":
        raise SpecError(f"{path}: protocol must be xos-wire")
    name = check_name(path, data["name"])
    if f"{name}.yaml" != os.path.basename(path) or name in ("wire", "types"):
        raise SpecError(f"{path}: family '{name}' must lie in {name}.yaml")
    base = data.get("type-base", 0)
    if base & 0xFF or not 0 <= base <= 0xFF00 or (data.get("messages") and not base):
        raise SpecError(f"{path}: 'type-base' must be a multiple of 0x100")
    fam = Family(name, path, doc_of(path, data), base, data.get("kernel", False),
                 data.get("imports", []), load_defs(wire, path, data.get("definitions", [])))
    for s in data.get("attribute-sets", []):
        check_keys(path, s, ("name", "doc", "attributes"))
        at = f"{path}: set '{check_name(path, s['name'])}'"
        load_set(wire, fam, at, s["name"], doc_of(at, s), s["attributes"])
    load_messages(wire, fam, path, data.get("messages", []))
    wire.families.append(fam)


def check_nesting(wire, fam):
    """Every nested set is defined, visible, defined earlier, and not too deep."""
    visible = {"common", fam.name, *fam.imports}
    known = set()
    for s in fam.sets:
        for a in s.attrs:
            where = f"{fam.path}: set '{s.name}': attribute '{a.name}'"
            if a.nested is None:
                continue
            inner = wire.sets.get(a.nested)
            if inner is None or inner.family not in visible:
                raise SpecError(f"{where}: set '{a.nested}' is not defined here, in common "
                                "or in an imported family")
            if inner.family == fam.name and inner.name not in known:
                raise SpecError(f"{where}: set '{a.nested}' must be defined before it is used")
        known.add(s.name)
        if depth_of(wire, s) > DEPTH_MAX:
            raise SpecError(f"{fam.path}: set '{s.name}': nested deeper than {DEPTH_MAX}")


def depth_of(wire, s):
    """How deep the sets inside a set nest."""
    return max((1 + depth_of(wire, wire.sets[a.nested]) for a in s.attrs if a.nested), default=0)


def load_order(root):
    """YAML files, imported ones first; common is imported by all."""
    paths = sorted(glob.glob(os.path.join(root, "Documentation/wire/*.yaml")))
    imports = {os.path.basename(p)[:-5]: read(p).get("imports", []) for p in paths}
    order = []

    def visit(name, chain):
        if name in chain:
            raise SpecError(f"Documentation/wire: families import each other: {chain}")
        if name not in imports:
            raise SpecError(f"Documentation/wire/{chain[-1]}.yaml: no family '{name}' to import")
        if name not in order:
            for inner in imports[name]:
                visit(inner, chain + [name])
            order.append(name)

    if "common" in imports:
        visit("common", [])
    for name in imports:
        visit(name, [])
    return [f"Documentation/wire/{name}.yaml" for name in order]


def load_wire(root):
    """All wire families."""
    wire = Wire()
    for path in load_order(root):
        load_family(wire, path, root)
    for fam in wire.families:
        check_nesting(wire, fam)
    unique("Documentation/wire: message", [m.name for m in wire.messages()])
    bases = [f.type_base for f in wire.families if f.type_base]
    unique("Documentation/wire: type-base", bases)
    return wire


def value_size(wire, a):
    """Greatest encoded length of the value of an attribute."""
    if a.type in INT_LEN:
        return INT_LEN[a.type]
    if a.type in FIXED_LEN:
        return FIXED_LEN[a.type]
    if a.type == "nest":
        return set_size(wire, wire.sets[a.nested])
    return a.max


def set_size(wire, s):
    """Greatest encoded length of a set."""
    return sum((TLV_LEN + value_size(wire, a)) * (a.count_max if a.multi else 1)
               for a in s.attrs)
