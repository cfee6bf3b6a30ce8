# SPDX-License-Identifier: GPL-2.0-or-later
"""A later version of the wire, made for the test of rolling upgrades.

Nothing is renumbered: every set gets one more attribute, which is always sent and which
version 1 does not know; there is one more message; and the header says version 2.
"""
from .wire_spec import ATTR_MAX, Attr, Msg, Set

NAMES = {"v2": 2}
VALUE = 0x76320002


def apply(wire, name):
    """Change the wire; returns the version that its header carries."""
    for s in wire.sets.values():
        number = s.attrs[-1].number + 1 if s.attrs else 1
        if number <= ATTR_MAX:
            s.attrs.append(Attr("variant", number, "fixed",
                                "Known to this version alone.", min=VALUE, max=VALUE))
    peer = next(f for f in wire.families if f.name == "peer")
    note = Set("variant-note", "A message that version 1 does not know.",
               [Attr("variant", 1, "fixed", "Known to this version alone.", min=VALUE, max=VALUE)],
               "peer")
    wire.sets[note.name] = note
    peer.sets.append(note)
    peer.msgs.append(Msg(note.name, peer.type_base + 255, note.doc, note.name))
    return NAMES[name]
