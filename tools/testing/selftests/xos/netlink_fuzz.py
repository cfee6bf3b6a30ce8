#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Send random requests to a generic netlink family, by its YAML file.

Most are right: addresses, ports and numbers come from small pools, so that objects are
made, met again, changed and removed. Others have an attribute too much or too few, out of
range, of a wrong length, nested where it must not be, or are no attributes at all.
Whether the kernel survives, its log says. Printed are, for each operation, how often it
succeeded and how often it was refused, and at the end whether all was well.

  netlink_fuzz.py SPEC.yaml SEED REQUESTS [SOCKET-ADDRESS]

With a socket address a UDP socket is bound there, which requests may lend to the kernel.
"""
import errno
import random
import socket
import struct
import sys
from ipaddress import IPv6Address

from netlink_policy import BITS, FAMILY_ID, GETFAMILY, Spec, ask, attrs, uint

NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
NESTED = 0x8000
# Of 100 requests so many are spoilt.
SPOILT = 25

SERVERS = [IPv6Address(f"2001:db8:5:1::10{i}").packed for i in range(2)]
CLIENTS = [IPv6Address(f"2001:db8:c::{i}").packed for i in range(1, 4)]
HOSTS = [IPv6Address(f"2001:db8:5::1{i}").packed for i in range(5)]
POOLS = {"addr": SERVERS, "vip-addr": SERVERS, "client-addr": CLIENTS, "care-of": HOSTS,
         "port": [0, 80, 8000], "vip-port": [0, 8000], "server-port": [80, 8000],
         "client-port": [4000, 4001], "class": [0, 1, 2], "id": [1, 2, 3], "member-id": [1, 2, 3],
         "contact-id": [0, 1, 2], "key-id": [1, 2], "classes": [3]}


class Fuzz:
    """A family and one socket that talks to it."""

    def __init__(self, path, seed, lent):
        self.spec = Spec(path)
        self.family = uint(dict(ask(GETFAMILY, self.spec.name, False))[FAMILY_ID])
        self.rng = random.Random(seed)
        self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
        self.sock.bind((0, 0))
        self.sock.settimeout(20)
        self.seq = 0
        self.generation = 1
        self.lent = lent
        self.count = {o["name"]: [0, 0] for o in self.spec.served.values()}

    def integer(self, op, attr, policy):
        """A number within the policy, mostly one that was used before."""
        name, kind = attr["name"], policy[0]
        if name == "generation" and op["name"] != "writer-claim":
            return self.generation
        if name == "generation":
            return self.generation + 1
        if name == "epoch":
            return self.rng.randint(1, 4)
        if name == "socket-fd":
            return self.lent
        pool = [v for v in POOLS.get(name, []) if policy[1] == "mask" or v >= policy[1]]
        if pool and self.rng.random() < 0.95:
            return self.rng.choice(pool)
        if policy[1] == "mask":
            return self.rng.getrandbits(BITS[kind]) & policy[2]
        edge = self.rng.random()
        if edge < 0.2:
            return policy[1 + (edge < 0.1)]
        return self.rng.randint(policy[1], policy[2])

    def value(self, op, attr, policy):
        """Bytes of an attribute that its policy allows."""
        name, kind = attr["name"], policy[0]
        if kind in BITS:
            return self.integer(op, attr, policy).to_bytes(BITS[kind] // 8, sys.byteorder)
        if kind == "flag":
            return b""
        if kind == "nest":
            sub = self.spec.sets[attr["nested-attributes"]]
            return b"".join(self.attr(op, n, sub[n], p) for n, p in policy[1].items()
                            if self.rng.random() < 0.9)
        if name == "addr" and op["name"].startswith(("client-", "binding-")):
            return self.rng.choice(CLIENTS)
        pool = POOLS.get(name, [0])
        if isinstance(pool[0], bytes) and self.rng.random() < 0.95:
            return self.rng.choice(pool)
        low, high = policy[1] or 0, policy[2] or 64
        return self.rng.randbytes(self.rng.randint(low, high))

    def attr(self, op, num, attr, policy):
        """An attribute with its header."""
        kind = num | (NESTED if policy[0] == "nest" else 0)
        return self.put(kind, self.value(op, attr, policy))

    @staticmethod
    def put(kind, value, length=None):
        """Header, value, padding."""
        return struct.pack("=HH", 4 + len(value) if length is None else length, kind & 0xFFFF) + \
            value + bytes(-len(value) % 4)

    def likely(self, attr):
        """Is the attribute in the request? Optional ones sometimes."""
        rare = {"force": 0.1, "more": 0.1, "remove": 0.2, "seed": 0.3}
        return self.rng.random() < rare.get(attr["name"], 0.97)

    def arcs(self, num):
        """A whole table of xos_lookup: each class begins at the first of all keys."""
        out = []
        for cls in range(3):
            starts = sorted({b""} | {self.rng.randbytes(2) for _ in range(self.rng.randrange(4))})
            for start in starts:
                arc = self.put(1, struct.pack("=I", cls)) + self.put(2, start)
                if self.rng.random() < 0.3:
                    arc += self.put(3, b"")
                else:
                    arc += self.put(4, self.rng.randbytes(16)) + \
                        self.put(5, self.rng.choice(HOSTS)) + \
                        self.put(6, struct.pack("=H", 7400)) + self.put(7, bytes(8))
                out.append(self.put(num | NESTED, arc))
        return out

    def request(self, op):
        """Attributes of a request as it should be, each for itself."""
        out = []
        for num, attr in self.spec.requested(op).items():
            if attr["name"] == "arc" and self.rng.random() < 0.8:
                out += self.arcs(num)
            elif self.likely(attr):
                out.append(self.attr(op, num, attr, self.spec.policy(attr)))
        return out

    def spoil(self, parts):
        """One thing wrong."""
        rng = self.rng
        what = rng.randrange(8)
        at = rng.randrange(len(parts)) if parts else 0
        if not parts or what == 0:
            return parts + [rng.randbytes(rng.randint(1, 40))]
        part = parts[at]
        kind = struct.unpack_from("=H", part, 2)[0]
        if what == 1:
            return parts[:at] + parts[at + 1:]
        if what == 2:
            return parts + [part]
        if what == 3:
            return parts[:at] + [self.put(kind, rng.randbytes(rng.randint(0, 64)))] + \
                parts[at + 1:]
        if what == 4:
            return parts[:at] + [self.put(kind, part[4:], rng.randrange(65536))] + parts[at + 1:]
        if what == 5:
            return parts + [self.put(rng.randrange(65536), rng.randbytes(rng.randint(0, 32)))]
        if what == 6:
            return parts[:at] + [self.put(kind ^ NESTED, part[4:])] + parts[at + 1:]
        # All bits set: of a generation there is none above.
        return parts[:at] + [self.put(kind, b"\xfe" * (len(part) - 4))] + parts[at + 1:]

    def send(self, cmd, flags, body):
        """One request: None, or the errno that it was refused with."""
        self.seq += 1
        data = struct.pack("=BBH", cmd, 1, 0) + body
        head = struct.pack("=IHHII", 16 + len(data), self.family, flags | NLM_F_REQUEST,
                           self.seq, 0)
        self.sock.send(head + data)
        while True:
            data = self.sock.recv(1 << 17)
            while data:
                length, kind, _, seq, _ = struct.unpack_from("=IHHII", data)
                if seq == self.seq and kind == NLMSG_ERROR:
                    return -struct.unpack_from("=i", data, 16)[0] or None
                if seq == self.seq and kind == NLMSG_DONE:
                    return None
                if kind == self.family and self.spec.ops[data[16]]["name"] == "writer-claim":
                    self.generation = uint(dict(attrs(data[20:length]))[1])
                data = data[length + 3 & ~3:]

    def step(self):
        """One random request."""
        num, op = self.rng.choice(list(self.spec.served.items()))
        # Whoever removes things as often as he makes them gets nowhere.
        chance = {"vip-del": 0.15, "member-del": 0.3, "detach": 0.15}
        if self.rng.random() > chance.get(op["name"], 1):
            return
        modes = [m for m in ("do", "dump") if m in op]
        flags = NLM_F_DUMP if self.rng.choice(modes) == "dump" else NLM_F_ACK
        parts = self.request(op)
        if self.rng.randrange(100) < SPOILT:
            parts = self.spoil(parts)
        if self.rng.randrange(200) == 0:
            num = self.rng.randrange(256)
        err = self.send(num, flags, b"".join(parts))
        self.count[op["name"]][err is not None] += 1
        # A claim that was forced may have been another number.
        if err == errno.ESTALE:
            self.generation += 1


def main():
    """Command line."""
    lent = -1
    if len(sys.argv) > 4:
        udp = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        udp.bind((sys.argv[4], 7400))
        lent = udp.fileno()
    fuzz = Fuzz(sys.argv[1], int(sys.argv[2]), lent)
    for _ in range(int(sys.argv[3])):
        fuzz.step()
    for name, (good, bad) in fuzz.count.items():
        print(f"# {fuzz.spec.name} {name}: {good} done, {bad} refused")
    never = [n for n, (good, bad) in fuzz.count.items() if not good or not bad]
    print(f"# never done, or never refused: {' '.join(never) or 'none'}")
    return 1 if any(not fuzz.count[n][0] for n in never) else 0


if __name__ == "__main__":
    sys.exit(main())
