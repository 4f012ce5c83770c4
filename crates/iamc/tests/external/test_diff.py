"""Differences in access against an SMT solver: who gains something, and who loses something.

One project of many engineers on each side; each engineer's pair of policy sets is a question of its own."""

import json
import random
import unittest

import z3

import iamc

# Each asked in both directions.
PAIRS = 500
# Milliseconds that a question may take; one that takes longer tells nothing.
TIMEOUT = 20_000
# Of so many questions at most nothing may be told.
MOST_OPEN = PAIRS // 50

ACTIONS = ["s3:GetObject", "s3:Get*", "s3:*Object", "s3:*", "s3:?etObject", "sqs:S*", "sqs:SendMessage", "*"]
RESOURCES = [
    "*",
    "arn:aws:s3:::a",
    "arn:aws:s3:::a/*",
    "arn:aws:s3:::*/b",
    "arn:aws:s3:::a/?",
    "arn:aws:s3:::a*b",
    "arn:aws:sqs:::q*",
]
CONDITIONS = [
    [],
    [],
    [],
    [("StringEquals", "s3:prefix", ["x", "y"])],
    [("StringNotEquals", "s3:prefix", ["x"])],
    [("StringLike", "s3:prefix", ["x*", "?"])],
    [("StringNotLike", "s3:prefix", ["*y"])],
    [("Null", "s3:prefix", ["true"])],
    [("StringEqualsIfExists", "s3:prefix", ["x"])],
    [("StringLike", "s3:prefix", ["x*"]), ("Null", "s3:delimiter", ["false"])],
    [("NumericLessThan", "s3:max-keys", ["5"])],
    [("NumericGreaterThanEquals", "s3:max-keys", ["3"])],
]
STRINGS = ("s3:prefix", "s3:delimiter")
NUMBERS = ("s3:max-keys",)


def statement(choose):
    def some(words):
        return choose.random() < 0.12, choose.sample(words, choose.randint(1, 2))

    effect = "Deny" if choose.random() < 0.25 else "Allow"
    return effect, some(ACTIONS), some(RESOURCES), choose.choice(CONDITIONS)


def pair(choose):
    """Statements before and after: some of them are the same."""
    before = [statement(choose) for _ in range(choose.randint(1, 3))]
    after = [each if choose.random() < 0.6 else statement(choose) for each in before]
    if choose.random() < 0.3:
        after.append(statement(choose))
    if choose.random() < 0.3:
        after.pop(choose.randrange(len(after)))
    return before, after


# As a project.


def listed(name, words):
    negated, words = words
    return f"{'not-' if negated else ''}{name} = {json.dumps(words)}"


def policy(name, each):
    effect, actions, resources, conditions = each
    lines = [f"[policy.{name}]", f'effect = "{effect}"', listed("actions", actions), listed("resources", resources)]
    lines += [f"conditions.{operator}.{json.dumps(key)} = {json.dumps(values)}" for operator, key, values in conditions]
    return "\n".join(lines) + "\n"


def write(root, sets):
    (root / "policies").mkdir()
    engineers, policies = ["[engineer]"], []
    for number, statements in enumerate(sets):
        names = [f"P{number}x{at}" for at in range(len(statements))]
        engineers.append(f"E{number} = {{ policies = {json.dumps(names)} }}")
        policies += [policy(name, each) for name, each in zip(names, statements)]
    (root / "engineers.toml").write_text("\n".join(engineers) + "\n")
    (root / "policies" / "all.toml").write_text("\n".join(policies))


# For the solver. Texts are of bounded length, which is enough to tell these patterns apart.

LONGEST = {"action": 17, "resource": 20, "value": 4}
END = 0


class Word:
    """A text: its characters, and behind its end nothing."""

    def __init__(self, name, longest):
        self.characters = [z3.BitVec(f"{name} {at}", 7) for at in range(longest)]
        self.matched = {}

    def is_text(self):
        printable = [z3.Or(c == END, z3.And(z3.UGE(c, 0x20), z3.ULE(c, 0x7E))) for c in self.characters]
        ended = [z3.Implies(c == END, d == END) for c, d in zip(self.characters, self.characters[1:])]
        return z3.And(*printable, *ended)

    def ends(self, at):
        return z3.BoolVal(True) if at == len(self.characters) else self.characters[at] == END

    def matches(self, pattern, at=0):
        """Whether it matches a pattern from a character on."""
        key = pattern, at
        if key not in self.matched:
            self.matched[key] = self.match(pattern, at)
        return self.matched[key]

    def match(self, pattern, at):
        if not pattern:
            return self.ends(at)
        if at == len(self.characters):
            return z3.BoolVal(not pattern.strip("*"))
        first, rest, here = pattern[0], pattern[1:], self.characters[at]
        if first == "*":
            return z3.Or(self.matches(rest, at), z3.And(here != END, self.matches(pattern, at + 1)))
        is_taken = here != END if first == "?" else here == ord(first)
        return z3.And(is_taken, self.matches(rest, at + 1))

    def equals(self, text):
        is_same = [c == ord(text[at]) if at < len(text) else c == END for at, c in enumerate(self.characters)]
        return z3.And(*is_same)


class World:
    """One request: its action in lower case, its resource, its keys."""

    def __init__(self):
        self.action = Word("action", LONGEST["action"])
        self.resource = Word("resource", LONGEST["resource"])
        self.present = {key: z3.Bool(f"{key} is there") for key in (*STRINGS, *NUMBERS)}
        self.strings = {key: Word(key, LONGEST["value"]) for key in STRINGS}
        self.numbers = {key: z3.BitVec(key, 4) for key in NUMBERS}

    def is_request(self):
        """What a request can be."""
        words = [self.action, self.resource, *self.strings.values()]
        is_lower = [z3.Or(z3.ULT(c, ord("A")), z3.UGT(c, ord("Z"))) for c in self.action.characters]
        resource = z3.Or(self.resource.matches("arn:*:*:*:*:*"), self.resource.equals("*"))
        return z3.And(*(word.is_text() for word in words), *is_lower, self.action.matches("?*:?*"), resource)

    def lists(self, word, words, spelt=str):
        negated, words = words
        found = z3.Or(*(word.matches(spelt(pattern)) for pattern in words))
        return z3.Not(found) if negated else found

    def condition(self, operator, key, values, empty_is_null):
        present = self.present[key]
        if operator == "Null":
            if empty_is_null and key in STRINGS:
                present = z3.And(present, z3.Not(self.strings[key].equals("")))
            return present if values == ["false"] else z3.Not(present)
        if operator.startswith("Numeric"):
            bound, value = int(values[0]), self.numbers[key]
            return z3.And(present, z3.ULT(value, bound) if operator == "NumericLessThan" else z3.UGE(value, bound))
        word = self.strings[key]
        found = z3.Or(*(word.matches(text) if "Like" in operator else word.equals(text) for text in values))
        if "Not" in operator:
            return z3.Or(z3.Not(present), z3.Not(found))
        if operator.endswith("IfExists"):
            return z3.Or(z3.Not(present), found)
        return z3.And(present, found)

    def matches(self, each, empty_is_null):
        _, actions, resources, conditions = each
        parts = [self.lists(self.action, actions, str.lower), self.lists(self.resource, resources)]
        return z3.And(*parts, *(self.condition(*condition, empty_is_null) for condition in conditions))

    def allowed(self, statements, empty_is_null):
        def some(effect):
            of_effect = (each for each in statements if each[0] == effect)
            return z3.Or(z3.BoolVal(False), *(self.matches(each, empty_is_null) for each in of_effect))

        return z3.And(some("Allow"), z3.Not(some("Deny")))

    def gains(self, before, after):
        """Whether something is allowed after and not before; None where the solver cannot tell. AWS leaves
        open whether an empty text is null: it is a gain where it is one in either meaning."""
        solver = z3.SolverFor("QF_BV")
        solver.set("timeout", TIMEOUT)
        is_gain = (
            z3.And(self.allowed(after, meaning), z3.Not(self.allowed(before, meaning)))
            for meaning in (True, False)
        )
        solver.add(self.is_request(), z3.Or(*is_gain))
        answer = solver.check()
        return None if answer == z3.unknown else answer == z3.sat


class Diff(iamc.Test):
    def test_gains_and_losses_are_those_of_a_solver(self):
        choose = random.Random("diff")
        pairs = [pair(choose) for _ in range(PAIRS)]
        base, head = self.folder(), self.folder()
        write(base, [before for before, _ in pairs])
        write(head, [after for _, after in pairs])
        result = iamc.run("diff", "--at", "2026-11-21T00:00:00Z", "--format", "json", "--base-dir", base, root=head)
        self.assertEqual(result.returncode, 0, result.stderr)
        told = {each["principal"]: each for each in json.loads(result.stdout)["principals"]}
        world, still_open, seen = World(), 0, {True: 0, False: 0}
        for number, (before, after) in enumerate(pairs):
            change = told.get(f"E{number}", {"gains": [], "losses": [], "unknown": []})
            self.assertEqual(change["unknown"], [], f"{before} → {after}")
            for found, (old, new) in (("gains", (before, after)), ("losses", (after, before))):
                expected = world.gains(old, new)
                still_open += expected is None
                if expected is not None:
                    seen[expected] += 1
                    self.assertEqual(bool(change[found]), expected, f"{found}: {before} → {after}")
        self.assertLessEqual(still_open, MOST_OPEN)
        self.assertGreater(min(seen.values()), PAIRS // 5, seen)


if __name__ == "__main__":
    unittest.main()
