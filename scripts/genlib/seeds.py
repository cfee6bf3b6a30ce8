# SPDX-License-Identifier: GPL-2.0-or-later
"""First inputs for the fuzz targets: messages that are right, made from the schemas alone.

This is a second, independent writer of both formats: what the C codec refuses of it is
a bug of one of the two.
"""
import struct

from . import nl_spec, wire_spec as ws

ELEMENTS = 2    # of a list, at most
STRING = "s\u00e9ed"


def crc32c(data):
    """CRC-32C (RFC 3720 appendix B.4)."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def text(low, high):
    """UTF-8 whose length is in a range."""
    data = STRING.encode()
    data = data if low <= len(data) <= high else b"x" * min(max(low, 1), high)
    return data.ljust(low, b"x")


def wire_value(wire, a, full):
    """Value of a wire attribute."""
    if a.type in ws.INT_LEN:
        return max(a.min, min(a.max, 0x01020304)).to_bytes(ws.INT_LEN[a.type], "big") \
            if full else a.min.to_bytes(ws.INT_LEN[a.type], "big")
    if a.type == "nest":
        return wire_set(wire, wire.sets[a.nested], full)
    if a.type == "string":
        return text(a.min, a.max) if full else b"x" * a.min
    if a.type == "binary":
        return (b"\0\xffkey" + bytes(a.min))[:max(a.min, min(a.max, 5))] if full else bytes(a.min)
    if a.type == "addr":
        return bytes.fromhex("20010db8000000000000000000000001") + struct.pack(">H", 7400)
    if a.type == "fixed":
        return struct.pack(">I", a.max)
    return bytes(range(ws.FIXED_LEN[a.type]))


def wire_set(wire, s, full):
    """Attributes of a wire set; all of them, or the required ones."""
    out = b""
    for a in s.attrs:
        if not full and not a.required:
            continue
        value = wire_value(wire, a, full)
        one = struct.pack(">HI", a.number, len(value)) + value
        out += one * (min(a.count_max, ELEMENTS) if a.multi and full else 1)
    return out


def wire_message(version, msg_type, body):
    """A whole wire message."""
    head = struct.pack(">HBBHHI", ws.MAGIC, version, 0, msg_type, 0, ws.HEADER_LEN + len(body))
    crc = crc32c(head + bytes(4) + body)
    return head + struct.pack(">I", crc) + body


def nl_value(fam, a):
    """Value of a netlink attribute."""
    sizes = {**nl_spec.UINT, **nl_spec.SINT}
    if a.type in sizes:
        value = a.mask if a.mask is not None else a.min or min(a.max or 3, 3)
        return value.to_bytes(sizes[a.type], "big" if a.big_endian else "little")
    if a.type == "nest":
        return nl_set(fam, fam.sets[a.nested])
    if a.type == "string":
        return b"seed"[:a.max or 4] + b"\0"
    if a.type == "binary":
        return bytes(range(a.max)) if a.exact else bytes(a.min or min(a.max or 4, 4))
    return b""


def nl_set(fam, s):
    """Attributes of a netlink set, each once, lists twice."""
    out = b""
    for a in s.attrs:
        value = nl_value(fam, a)
        kind = a.number | (0x8000 if a.type == "nest" else 0)
        one = struct.pack("<HH", 4 + len(value), kind) + value
        out += (one + bytes(-len(one) % 4)) * (2 if a.multi else 1)
    return out


# Every construct of the query language once.
QUERIES = [
    "a >= 4GiB and b in (x86_64, aarch64) or not has c",
    "a in 1..<2 and (c ~> 6.1 or d == true)",
    "b ~ x* and b matches \"^x[0-9]+_(64|32)$\" and b not starts x",
    "b ends with 4 and b contains all (x, y) and b contains z",
    "a / 2 + 1 * (a - 3) > 1.5GiB and length(lower(b)) < 9",
    "substr(upper(b), 1, 2) == \"X8\" and version(b) < 2 and number(b) > 0",
    "a > 1 limit 5 min 2 order by a desc",
    "order by c desc, a / 2, lower(b) asc prefer a > 1 and d == true weight 3 deadline 1.5s",
    "count a > 1 min 2 fresh 2s",
    "a > 1 limit 3 claim 30s as 'job 7'",
    "explain a > 1 and (b == x or has c) and not d == true",
    "spread b max 2 same c show a, b limit 9 with user = x, time = 2h",
    # The cursor begins with the checksum of the order.
    "order by a after 8ef44332" + "00" * 28,
]


def files(wire, fams, version):
    """Path (below the corpus directory) and bytes."""
    out = {}
    for m in wire.messages():
        s = wire.sets[m.set]
        for full in (False, True):
            body = wire_set(wire, s, full)
            name = f"wire/{m.name}-{'full' if full else 'least'}"
            out[name] = wire_message(version, m.type, body)
    for i, query in enumerate(QUERIES):
        out[f"select_parse/{i}"] = query.encode()
    for i, fam in enumerate(fams):
        for k, s in enumerate(fam.sets.values()):
            out[f"nl_client/{fam.name}-{s.name}"] = bytes([i, k, 0, 0]) + nl_set(fam, s)
    return out
