"""YAML 1.1 as CloudFormation and kubectl read it, with no forgiveness: no anchors, no duplicate keys,
no tag but `!Ref`, and nothing that a plain word could be misread as."""

from dataclasses import dataclass

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader


class Misread(Exception):
    """Text that is not what a generated file may hold."""


@dataclass(frozen=True)
class Ref:
    """`!Ref NAME`"""

    name: str


class Located(dict):
    """A mapping that knows the line (from 0) on which it begins."""

    line = 0


STRING = "tag:yaml.org,2002:str"
INTEGER = "tag:yaml.org,2002:int"


def documents(text):
    """All documents of a text."""
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Misread(f"an anchor or alias on line {event.start_mark.line + 1}")
    return [value_of(node) for node in yaml.compose_all(text, Loader=Loader)]


def document(text):
    """The only document of a text."""
    [only] = documents(text)
    return only


def value_of(node):
    if isinstance(node, yaml.MappingNode):
        return mapping_of(node)
    if isinstance(node, yaml.SequenceNode):
        return [value_of(each) for each in node.value]
    if node.tag == "!Ref":
        return Ref(node.value)
    if node.tag == INTEGER and node.value.isdecimal() and not node.value.startswith("0"):
        return int(node.value)
    if node.tag == STRING:
        return node.value
    raise Misread(f"`{node.value}` on line {node.start_mark.line + 1} reads as {node.tag}")


def mapping_of(node):
    found = Located()
    found.line = node.start_mark.line
    for key, value in node.value:
        name = value_of(key)
        if not isinstance(name, str) or name in found:
            raise Misread(f"the key `{name}` on line {key.start_mark.line + 1} is no string or stands twice")
        found[name] = value_of(value)
    return found
