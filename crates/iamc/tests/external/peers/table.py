"""The table of docs/peers.md: what each tool finds of each fault."""

import importlib.metadata
from collections import Counter
from dataclasses import dataclass

from peers import tools
from peers.case import AREAS

PEERS = ["parliament", "cfn-lint"]
START, END = "<!-- table -->", "<!-- end of the table -->"


@dataclass
class Row:
    """What the tools find of a case: their rules, or None where there is nothing to look at."""

    case: object
    iamc: Counter
    of_mended: Counter
    peers: dict

    @classmethod
    def of(cls, case, wrong, mended):
        """Runs the tools on a case; the projects are written to two folders."""
        outputs = [output(case, case.wrong, wrong), output(case, case.mended, mended)]
        runs = {"parliament": tools.of_parliament, "cfn-lint": tools.of_cfn_lint}
        found, of_mended = (tools.of_iamc(root, case.command) for root in (wrong, mended))
        return cls(case, found, of_mended, {peer: of_fault(run, *outputs) for peer, run in runs.items()})

    def cells(self):
        own = [self.case.rule, *sorted(self.iamc.keys() - {self.case.rule})]
        rules = [own, *(self.peers[peer] for peer in PEERS)]
        return [self.case.fault, *("–" if rules is None else codes(rules) or "not found" for rules in rules)]


def output(case, side, root):
    """Writes a side of a case and makes what the peers look at, or None where a compiler makes nothing."""
    side.write(root)
    if side.documents:
        return tools.Output.generated(side.documents)
    if case.is_about_output:
        case.mended.write(root)
    built = tools.iamc.run("build", root=root).returncode == 0
    side.write(root)
    return tools.Output.built(root) if built else None


def of_fault(run, wrong, mended):
    """What a tool says of the wrong one more often than of the mended one."""
    if wrong is None:
        return None
    return sorted(run(wrong) - run(mended))


def codes(rules):
    return ", ".join(f"`{rule}`" for rule in rules)


def line(cells):
    return f"| {' | '.join(cells)} |\n"


def table(rows):
    """The tables by area, with the totals before them."""
    versions = {peer: f"{peer} {importlib.metadata.version(peer)}" for peer in PEERS}
    text = line(["", "iamc", *versions.values()]) + line(["---", *["---:"] * 3])
    text += line(["faults found", str(len(rows)), *(str(count(rows, peer)) for peer in PEERS)])
    text += line(["of faults", *[str(len(rows))] * 3])
    for area in AREAS:
        text += f"\n## {area.capitalize()}\n\n"
        text += line(["fault", "iamc", *PEERS]) + line(["---"] * 4)
        text += "".join(line(row.cells()) for row in rows if row.case.area == area)
    return text


def count(rows, peer):
    return sum(bool(row.peers[peer]) for row in rows)


def page(written, rows):
    """A page with its table made anew."""
    before, rest = written.split(START)
    return f"{before}{START}\n\n{table(rows)}\n{END}{rest.split(END)[1]}"
