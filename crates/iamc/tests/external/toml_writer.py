"""TOML as different people write it: the same tables with other headers, quotes, line ends, orders.

`Style(random)` decides each time; `Style()` is always plain."""

import re
from datetime import date, datetime

BARE = re.compile(r"[A-Za-z0-9_-]+")
CONTROLS = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def invisible(character):
    """What has to be spelt out for a reviewer to see it."""
    return ord(character) < 0x20 or 0x7F <= ord(character) <= 0xA0 or character == "\xad"


def escaped(character):
    if character in CONTROLS:
        return CONTROLS[character]
    return f"\\u{ord(character):04X}" if invisible(character) else character


class Style:
    def __init__(self, random=None):
        self.random = random

    def sometimes(self, chance):
        return self.random is not None and self.random.random() < chance

    def shuffled(self, items):
        items = list(items)
        if self.random:
            self.random.shuffle(items)
        return items

    # Values.

    def string(self, text):
        literal = "'" not in text and not any(map(invisible, text))
        if literal and ("\\" in text or self.sometimes(0.15)):
            return f"'{text}'"
        return '"' + "".join(map(escaped, text)) + '"'

    def key(self, name):
        return name if BARE.fullmatch(name) and not self.sometimes(0.05) else self.string(name)

    def value(self, value):
        match value:
            case bool():
                return str(value).lower()
            case str():
                return self.string(value)
            case int():
                return str(value)
            case datetime():
                return value.isoformat(" " if self.sometimes(0.3) else "T").replace("+00:00", "Z")
            case date():
                return value.isoformat()
            case list():
                return self.array([self.value(each) for each in value])
            case dict():
                inner = [f"{self.key(key)} = {self.value(each)}" for key, each in value.items()]
                return "{ " + ", ".join(self.shuffled(inner)) + " }" if inner else "{}"
        raise TypeError(value)

    def array(self, items):
        if len(items) > 1 and self.sometimes(0.4):
            return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
        return "[" + ", ".join(items) + "]"

    # Tables.

    def table(self, path, table):
        """The lines of a table with its header; tables in it become headers, dotted keys or inline."""
        header = "[" + ".".join(map(self.key, path)) + "]"
        own, nested = [], []
        for key, value in self.shuffled(table.items()):
            if self._as_tables(value):
                nested.append((key, value))
            elif isinstance(value, dict) and value and self.sometimes(0.6):
                own += self.dotted(self.key(key), value)
            else:
                own.append(f"{self.key(key)} = {self.value(value)}")
        lines = [header, *own, ""] if own or not nested else []
        for key, value in nested:
            lines += self._tables([*path, key], value)
        return lines

    def dotted(self, prefix, table):
        for key, value in self.shuffled(table.items()):
            name = f"{prefix}.{self.key(key)}"
            if isinstance(value, dict) and value:
                yield from self.dotted(name, value)
            else:
                yield f"{name} = {self.value(value)}"

    def _as_tables(self, value):
        if isinstance(value, list):
            return bool(value) and all(isinstance(each, dict) for each in value) and self.sometimes(0.4)
        return isinstance(value, dict) and bool(value) and self.sometimes(0.3)

    def _tables(self, path, value):
        if isinstance(value, dict):
            return self.table(path, value)
        header = "[[" + ".".join(map(self.key, path)) + "]]"
        lines = []
        for each in value:
            keys = (f"{self.key(key)} = {self.value(inner)}" for key, inner in self.shuffled(each.items()))
            lines += [header, *keys, ""]
        return lines

    def text(self, lines):
        """A file."""
        kept = []
        for line in lines:
            if self.sometimes(0.02):
                kept.append("# a comment: [policy.NotThis]")
            kept.append(line)
        end = "\r\n" if self.sometimes(0.2) else "\n"
        return "\n".join(kept).replace("\n", end) + end
