"""The meaning of a project as plain data: the shape in which the two independent readings, of the
source (naive.py) and of what was built from it (readback.py), are compared."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Patterns:
    """Action or Resource, or with `negated` NotAction or NotResource."""

    negated: bool
    patterns: frozenset

    def axis(self):
        """What one axis of an expansion runs over: a whole `not-` list is one atom."""
        return [("not", self.patterns)] if self.negated else sorted(self.patterns)


@dataclass(frozen=True)
class Statement:
    effect: str
    actions: Patterns
    resources: Patterns
    conditions: frozenset  # of (operator, key, frozenset of values)

    def atoms(self):
        """Every (effect, action, resource, conditions) that the statement stands for."""
        return {
            (self.effect, action, resource, self.conditions)
            for action in self.actions.axis()
            for resource in self.resources.axis()
        }


def conditions(block):
    """A Condition block, operator → key → values, in canonical form."""
    return frozenset(
        (operator, key, frozenset([values] if isinstance(values, str) else values))
        for operator, keys in block.items()
        for key, values in keys.items()
    )


@dataclass
class Principal:
    """All that a stack says of one principal."""

    kind: str
    name: str
    policies: dict = field(default_factory=dict)  # policy name → set of atoms
    trust: frozenset = frozenset()  # of (Principal's key, principal, action, conditions)
    tags: dict = field(default_factory=dict)
    boundary: str | None = None
    path: str = "/"
    session: int | None = None
    attached: frozenset = frozenset()  # ARNs of policies that somebody else made
    kubernetes: frozenset = frozenset()  # groups in the cluster
    username: str | None = None  # in the cluster, where it holds a group there
    names: dict = field(default_factory=dict)  # role, profile, user, group, stack

    def atoms(self):
        return set().union(*self.policies.values())
