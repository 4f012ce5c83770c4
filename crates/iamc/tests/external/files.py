"""A project written down: which declaration stands in which file, in which order and words."""

import random
from pathlib import Path

from toml_writer import Style

PLACES = {"policy": "policies", "template": "policies", "group": "groups"}
PLACES |= {"engineer": "engineers", "service-user": "service-users", "role": "roles"}
# The order of these says something, and entries of mapRoles are kept as written: the rest are sets.
ORDERED = {"trust", "category", "map-role"}


def reordered(style, value, key=None):
    """The same value with its sets in another order."""
    if key == "map-role":
        return value
    if isinstance(value, dict):
        return {inner: reordered(style, each, inner) for inner, each in style.shuffled(value.items())}
    if isinstance(value, list):
        items = [reordered(style, each) for each in value]
        return items if key in ORDERED else style.shuffled(items)
    return value


def write(project, root, seed=None):
    """Writes a project to a folder, in the way that the seed says; without one, plainly."""
    root, style = Path(root), Style(random.Random(seed) if seed is not None else None)
    files = {}
    for declaration in style.shuffled(project.declarations):
        files.setdefault(place_of(style, declaration), []).append(declaration)
    for path, declarations in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(style.text(lines_of(style, declarations)).encode())
    lines = []
    for key, value in style.shuffled(project.settings.items()):
        value = reordered(style, value, key)
        lines += style.table([key], value) if isinstance(value, dict) else array_of_tables(style, key, value)
    root.mkdir(parents=True, exist_ok=True)
    (root / "iamc.toml").write_bytes(style.text(lines).encode())
    if not (root / "engineers.toml").exists():
        (root / "engineers.toml").write_text("")


def array_of_tables(style, key, tables):
    lines = []
    for table in tables:
        lines += [f"[[{key}]]", *(f"{name} = {style.value(each)}" for name, each in table.items()), ""]
    return lines


def place_of(style, declaration):
    place = PLACES[declaration.kind]
    if style.random is None:
        return f"{place}.toml" if place not in ("policies", "groups") else f"{place}/{place}.toml"
    names = [f"{place}/{name}.toml" for name in ("a", "z/y/x", "on", "B b", "é")]
    if place not in ("policies", "groups"):
        names.append(f"{place}.toml")
    return style.random.choice(names)


def lines_of(style, declarations):
    """The short forms of engineers first, under one header; then a table for each."""
    lines = []
    short = [each for each in declarations if isinstance(each.table, list)]
    if short:
        lines.append("[engineer]")
        lines += [f"{style.key(each.name)} = {style.value(reordered(style, each.table))}" for each in short]
        lines.append("")
    for each in declarations:
        if isinstance(each.table, dict):
            lines += style.table([each.kind, each.name], reordered(style, each.table))
    return lines
