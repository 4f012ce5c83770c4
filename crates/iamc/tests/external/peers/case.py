"""Projects with one fault each, as the texts in cases/ hold them.

    == action-fits-no-resource: a bucket's action on its objects
    [policy.ListData]
    actions = ["s3:ListBucket"]
    - resources = ["arn:aws:s3:::ml-data/*"]
    + resources = ["arn:aws:s3:::ml-data"]

A headline names the rule that has to find the fault, and the fault. The line behind `-` is the fault, the
one behind `+` its cure; the rest belongs to both projects. A line `# engineers.toml` begins another file,
and policies/all.toml comes first. Where no file has principals, JaneDoe holds every policy.

What a compiler refuses has no output that another tool could look at: `# policy.json` or `# trust.json`
holds what a generator that looks at nothing would write instead. `$ iamc verify` takes the place of
`iamc check`; out/ is then the one of the cure. `"x-1" … "x-300"` stands for 300 strings."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CASES = Path(__file__).parent / "cases"
AREAS = ["actions", "resources", "conditions", "variables", "trust", "closures", "language"]
CHECK = "check --at 2026-06-01T00:00:00Z"
SETTINGS = '[project]\naccount = "123456789876"\n'
PRINCIPALS = {"engineers.toml", "service-users.toml", "roles.toml"}
DOCUMENTS = {"policy.json", "trust.json"}
ROW = re.compile(r'"([^"]*?)(\d+)" … "\1(\d+)"')


@dataclass(frozen=True)
class Side:
    """A project, wrong or mended: its files, and documents that a generator would write."""

    files: dict
    documents: dict

    def write(self, root):
        for name, text in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


@dataclass(frozen=True)
class Case:
    """A fault, and the rule that has to find it."""

    area: str
    rule: str
    fault: str
    lines: tuple

    def __str__(self):
        return f"{self.rule}: {self.fault}"

    @cached_property
    def command(self):
        commands = [line.removeprefix("$ iamc ") for line in self.lines if line.startswith("$ iamc ")]
        return (commands or [CHECK])[0]

    @property
    def is_about_output(self):
        """Whether out/ is the one of the cure."""
        return self.command != CHECK

    @cached_property
    def wrong(self):
        return self._side("- ", "+ ")

    @cached_property
    def mended(self):
        return self._side("+ ", "- ")

    def _side(self, own, other):
        lines = [line for line in self.lines if not line.startswith((other, "$ "))]
        files, name = {}, "policies/all.toml"
        for line in lines:
            if line.startswith("# ") and line.endswith((".toml", ".json")):
                name = line.removeprefix("# ")
            else:
                files[name] = files.get(name, "") + row(line.removeprefix(own)) + "\n"
        documents = {name: files.pop(name) for name in DOCUMENTS & files.keys()}
        files.setdefault("iamc.toml", SETTINGS)
        if not PRINCIPALS & files.keys():
            names = re.findall(r"^\[policy\.(\w+)\]", files["policies/all.toml"], re.MULTILINE)
            files["engineers.toml"] = f"[engineer]\nJaneDoe = {{ policies = {names} }}\n".replace("'", '"')
        return Side(files, documents)


def row(line):
    """The strings of a row, written out."""

    def strings(match):
        stem, first, last = match[1], int(match[2]), int(match[3])
        return ", ".join(f'"{stem}{number}"' for number in range(first, last + 1))

    return ROW.sub(strings, line)


def cases():
    """All cases, in the order of the table."""
    for area in AREAS:
        for text in (CASES / f"{area}.txt").read_text().split("== ")[1:]:
            headline, *lines = text.rstrip("\n").split("\n")
            rule, fault = headline.split(": ", 1)
            yield Case(area, rule, fault, tuple(lines))
