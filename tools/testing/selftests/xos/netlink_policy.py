#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compare what the kernel says of a generic netlink family with its YAML file.

Reads the controller's answers to CTRL_CMD_GETFAMILY and CTRL_CMD_GETPOLICY from a plain
socket and the schema from the YAML, both without the code of scripts/gen, and prints
one line a comparison: "ok WHAT" or "not ok WHAT", with comments.

  netlink_policy.py SPEC.yaml
"""
import socket
import struct
import sys

import yaml

GENL_ID_CTRL = 0x10
GETFAMILY, GETPOLICY = 3, 10
FAMILY_ID, FAMILY_NAME, VERSION, OPS, GROUPS, POLICY, OP_POLICY = 1, 2, 3, 6, 7, 8, 9
TYPES = ["invalid", "flag", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "binary",
         "string", "nul-string", "nest", "nest-array", "bitfield32"]
MIN_U, MAX_U, MIN_LEN, MAX_LEN, IDX, MASK = 4, 5, 6, 7, 8, 12
ADMIN, CAN_DO, CAN_DUMP, HAS_POLICY = 1, 2, 4, 8
BITS = {"u8": 8, "u16": 16, "u32": 32, "u64": 64}


def attrs(data):
    """(number, value) of the attributes in a byte string."""
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        assert 4 <= length <= len(data), "attribute with a bad length"
        yield kind & 0x3FFF, data[4:length]
        data = data[length + 3 & ~3:]


def uint(value):
    """An integer of any size."""
    return int.from_bytes(value, sys.byteorder)


def ask(cmd, family, dump):
    """All attributes of the answers of the controller."""
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
    sock.bind((0, 0))
    name = family.encode() + b"\0"
    body = struct.pack("=BBH", cmd, 2, 0)
    body += struct.pack("=HH", 4 + len(name), FAMILY_NAME) + name + bytes(-len(name) % 4)
    flags = 0x301 if dump else 0x005
    sock.send(struct.pack("=IHHII", 16 + len(body), GENL_ID_CTRL, flags, 1, 0) + body)
    out = []
    while True:
        data = sock.recv(1 << 16)
        while data:
            length, kind = struct.unpack_from("=IH", data)
            if kind in (2, 3):
                code = struct.unpack_from("=i", data, 16)[0]
                assert code == 0, f"the controller answers {code}"
                return out
            out += attrs(data[20:length])
            data = data[length + 3 & ~3:]


class Spec:
    """The YAML file, resolved as far as it is compared."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.data = yaml.safe_load(f)
        self.name = self.data["name"]
        self.defs = {d["name"]: d for d in self.data.get("definitions", [])}
        self.sets = {s["name"]: self.numbered(s["attributes"])
                     for s in self.data["attribute-sets"]}
        self.ops = self.numbered(self.data["operations"]["list"])
        self.served = {n: o for n, o in self.ops.items() if "do" in o or "dump" in o}

    @staticmethod
    def numbered(items):
        """Items of a list by their number."""
        out, num = {}, 0
        for item in items:
            num = item.get("value", num + 1)
            out[num] = item
        return out

    def const(self, value):
        """A number, maybe by its name."""
        return self.defs[value]["value"] if isinstance(value, str) else value

    def values(self, name):
        """Values of an enum, or bits of flags."""
        values, num = [], 0
        for e in self.defs[name]["entries"]:
            num = e.get("value", num) if isinstance(e, dict) else num
            values.append(1 << num if self.defs[name]["type"] == "flags" else num)
            num += 1
        return values

    def requested(self, op):
        """Attributes that requests of an operation may have, by number."""
        names = set()
        for mode in ("do", "dump"):
            names |= set((((op.get(mode) or {}).get("request")) or {}).get("attributes", []))
        return {n: a for n, a in self.sets[op["attribute-set"]].items() if a["name"] in names}

    def integer(self, a):
        """Policy of an integer."""
        checks = a.get("checks", {})
        if "flags-mask" in checks or a.get("enum-as-flags"):
            mask = checks.get("flags-mask", a.get("enum"))
            mask = sum(self.values(mask)) if isinstance(mask, str) else mask
            return (a["type"], "mask", mask)
        low, high = 0, (1 << BITS[a["type"]]) - 1
        if "enum" in a and not {"min", "max"} & set(checks):
            low, high = min(self.values(a["enum"])), max(self.values(a["enum"]))
        return (a["type"], self.const(checks.get("min", low)),
                self.const(checks.get("max", high)))

    def policy(self, a):
        """What the kernel should say of an attribute."""
        checks = {k: self.const(v) for k, v in a.get("checks", {}).items() if k != "flags-mask"}
        if a["type"] in BITS:
            return self.integer(a)
        if a["type"] == "nest":
            return ("nest", {n: self.policy(b) for n, b in
                             self.sets[a["nested-attributes"]].items() if b["type"] != "pad"})
        if a["type"] == "flag":
            return ("flag",)
        exact = checks.get("exact-len")
        low = exact or checks.get("min-len") or None
        high = exact or checks.get("max-len")
        return ("nul-string" if a["type"] == "string" else a["type"], low, high)


class Kernel:
    """What the kernel says."""

    def __init__(self, name):
        self.family = dict(ask(GETFAMILY, name, False))
        self.ops, self.policies = {}, {}
        for kind, value in ask(GETPOLICY, name, True):
            if kind == OP_POLICY:
                for op, modes in attrs(value):
                    self.ops[op] = {m: uint(v) for m, v in attrs(modes)}
            if kind == POLICY:
                for idx, rows in attrs(value):
                    for attr, row in attrs(rows):
                        self.policies.setdefault(idx, {})[attr] = dict(attrs(row))

    def flags(self):
        """Flags of all operations."""
        out = {}
        for _, value in attrs(self.family.get(OPS, b"")):
            op = dict(attrs(value))
            out[uint(op[1])] = uint(op[2])
        return out

    def groups(self):
        """Names of the multicast groups."""
        return {dict(attrs(v))[1].rstrip(b"\0").decode()
                for _, v in attrs(self.family.get(GROUPS, b""))}

    def policy(self, row):
        """An attribute's policy in the form of Spec.policy()."""
        kind = TYPES[uint(row[1])]
        if kind in BITS:
            if MASK in row:
                return (kind, "mask", uint(row[MASK]))
            return (kind, uint(row[MIN_U]), uint(row[MAX_U]))
        if kind == "nest":
            return ("nest", self.all_of(uint(row[IDX])))
        if kind == "flag":
            return ("flag",)
        return (kind, uint(row[MIN_LEN]) if MIN_LEN in row else None,
                uint(row[MAX_LEN]) if MAX_LEN in row else None)

    def all_of(self, idx):
        """Policies of all attributes of a set."""
        return {n: self.policy(row) for n, row in self.policies.get(idx, {}).items()}


def compare(what, got, want):
    """Print one result."""
    print(f"{'ok' if got == want else 'not ok'} {what}")
    if got != want:
        print(f"# kernel: {got}\n# schema: {want}", flush=True)
    return got == want


def wanted_flags(op):
    """Flags of an operation in the answer to CTRL_CMD_GETFAMILY.

    An operation without attributes has a policy too: that of refusing them all.
    """
    return (ADMIN if "admin-perm" in op.get("flags", []) else 0) | \
        (CAN_DO if "do" in op else 0) | (CAN_DUMP if "dump" in op else 0) | HAS_POLICY


def compare_op(spec, kernel, num, op):
    """The policy of one operation."""
    want = {n: spec.policy(a) for n, a in spec.requested(op).items()}
    modes = [m for m, key in ((1, "do"), (2, "dump")) if key in op]
    idx = kernel.ops.get(num, {})
    got = [kernel.all_of(idx[m]) if m in idx else {} for m in modes]
    return compare(f"{spec.name} {op['name']}: {len(want)} attributes", got,
                   [want for _ in modes])


def main():
    """Command line."""
    spec = Spec(sys.argv[1])
    kernel = Kernel(spec.name)
    good = compare(f"{spec.name}: version", uint(kernel.family[VERSION]),
                   spec.data.get("version", 1))
    good &= compare(f"{spec.name}: multicast groups", kernel.groups(),
                    {g["name"] for g in spec.data.get("mcast-groups", {}).get("list", [])})
    good &= compare(f"{spec.name}: operations and who may use them", kernel.flags(),
                    {n: wanted_flags(o) for n, o in spec.served.items()})
    good &= compare(f"{spec.name}: operations with a policy", set(kernel.ops),
                    set(spec.served))
    for num, op in spec.served.items():
        good &= compare_op(spec, kernel, num, op)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
