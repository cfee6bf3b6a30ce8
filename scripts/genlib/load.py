# SPDX-License-Identifier: GPL-2.0-or-later
"""Read a YAML file strictly, and check the shape of what it holds."""
import re

import yaml

NAME = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
C_WORDS = set(
    "auto break case char const continue default do double else enum extern float for goto if "
    "inline int long register restrict return short signed sizeof static struct switch typedef "
    "union unsigned void volatile while bool true false errno".split())


class SpecError(Exception):
    """Something in a YAML file is wrong; the text says where and what."""


class StrictLoader(yaml.SafeLoader):
    """A loader that refuses a key that occurs twice."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} occurs twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def read(path):
    """The mapping in a YAML file."""
    try:
        with open(path, encoding="utf-8") as f:
            data = yaml.load(f, StrictLoader)
    except yaml.YAMLError as err:
        raise SpecError(f"{path}: {err}") from err
    if not isinstance(data, dict):
        raise SpecError(f"{path}: not a mapping")
    return data


def check_keys(where, data, required, optional=()):
    """Refuse a missing or an unknown key of a mapping."""
    if not isinstance(data, dict):
        raise SpecError(f"{where}: must be a mapping")
    for key in required:
        if key not in data:
            raise SpecError(f"{where}: key '{key}' is missing")
    for key in data:
        if key not in required and key not in optional:
            raise SpecError(f"{where}: unknown key '{key}'")


def check_name(where, name):
    """A name is lower case words with dashes, and usable in C."""
    if not isinstance(name, str) or not NAME.match(name):
        raise SpecError(f"{where}: '{name}' is no name (lower-case words joined by dashes)")
    if name in C_WORDS:
        raise SpecError(f"{where}: '{name}' is a word of the C language")
    return name


def doc_of(where, data):
    """The text of a 'doc' key: one paragraph a blank line."""
    doc = data.get("doc")
    if not isinstance(doc, str) or not doc.strip():
        raise SpecError(f"{where}: 'doc' is missing or empty")
    return doc.strip()


def unique(where, names):
    """Refuse a name that occurs twice in a list."""
    seen = set()
    for name in names:
        if name in seen:
            raise SpecError(f"{where}: '{name}' occurs twice")
        seen.add(name)
