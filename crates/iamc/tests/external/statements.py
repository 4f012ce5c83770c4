"""Random statements, and what a principal must have for one to be meant for it."""

from dataclasses import dataclass

from material import OPERATORS, SERVICES, TAGS, TRAPS


@dataclass
class Needs:
    """What a principal must have for a policy or group to be meant for it."""

    params: frozenset = frozenset()
    kinds: frozenset = frozenset({"engineer", "service-user", "role"})
    permanent: bool = False  # gives a Kubernetes group, which cannot be held for a time

    def __add__(self, other):
        return Needs(
            self.params | other.params, self.kinds & other.kinds, self.permanent or other.permanent
        )


class Statements:
    """Makes texts and statements out of `self.random` and `self.size`."""

    def sometimes(self, chance):
        return self.random.random() < chance

    def some(self, items, most, least=1):
        items = list(items)
        return self.random.sample(items, min(len(items), self.random.randint(least, most)))

    # Strings.

    def _tag(self):
        return self.random.choice(TAGS)

    def _literal(self):
        """Any characters that IAM takes, as the language writes them."""
        if self.sometimes(self.size.traps):
            text = self.random.choice(TRAPS)
        else:
            text = "".join(self.random.choices("abc/*?-_=:.# '\"\\é", k=self.random.randint(1, 12)))
        return text if "${" in text else text.replace("{", "{{").replace("}", "}}")

    def _placeholder(self, params, allowed):
        """A placeholder, and what it needs of a principal."""
        everybody = ["var-bucket", "var-team", "account", "partition"]
        if params and self.sometimes(0.6):
            return "{" + self.random.choice(params) + "}", Needs()
        if not allowed or self.sometimes(0.6):
            return "{" + self.random.choice(everybody) + "}", Needs()
        name = self.random.choice(["client", "engineer", "service-user", "role", "role-name"])
        kinds = {"engineer": {"engineer"}, "service-user": {"service-user"}, "role": {"role"}}
        kinds["role-name"] = {"engineer", "role"}
        if name == "client":
            return "{client}", Needs(params=frozenset({"client"}))
        return "{" + name + "}", Needs(kinds=frozenset(kinds[name]))

    def _text(self, params, allowed):
        """A text with or without placeholders, and its needs."""
        text, needs = self._literal(), Needs()
        if self.sometimes(0.3):
            placeholder, needs = self._placeholder(params, allowed)
            text = f"{text}-{placeholder}" + self.random.choice(["", "/x", "-{{x}}"])
        return text, needs

    # Statements.

    def _actions(self):
        services = self.some(SERVICES, 2)
        actions = [f"{service}:{name}" for service in services for name in self.some(SERVICES[service], 3)]
        odd = ["*", "s3*:Get*", "*:Describe*"]
        return actions + (self.some(odd, 1) if self.sometimes(self.size.odd) else [])

    def _resources(self, params, allowed):
        resources, needs = [], Needs()
        if self.sometimes(0.15):
            return ["*"], needs
        count = self.random.randint(20, 40) if self.sometimes(self.size.long) else self.random.randint(1, 3)
        for _ in range(count):
            text, more = self._text(params, allowed)
            partition = "{partition}" if self.sometimes(0.3) else "aws"
            resources.append(f"arn:{partition}:s3:::{text}")
            needs += more
        return distinct(resources), needs

    def _conditions(self, params, allowed):
        block, needs = {}, Needs()
        for operator, key, values in self.random.choices(OPERATORS, k=self.random.choice([0, 0, 1, 1, 2, 3])):
            name = self._decorated(operator)
            if key.lower() in {each.lower() for each in block.get(name, {})}:
                continue
            if values:
                chosen = self.some(values, 2)
            else:
                texts = [self._text(params, allowed) for _ in range(self.random.randint(1, 3))]
                chosen = distinct(text for text, _ in texts)
                needs = sum((more for _, more in texts), needs)
            block.setdefault(name, {})[self.random.choice([key, key, key.upper()])] = chosen
        return block, needs

    def _decorated(self, operator):
        prefix = self.random.choice(["", "", "", "ForAllValues:", "ForAnyValue:"])
        suffix = "" if operator == "Null" else self.random.choice(["", "", "IfExists"])
        plain = operator == "DateLessThan" and self.sometimes(0.7)
        return operator if plain else f"{prefix}{operator}{suffix}"

    def _statement(self, params, allowed=True):
        table = {}
        if self.sometimes(0.4):
            table["effect"] = "Deny" if self.sometimes(0.5) else "Allow"
        table["not-actions" if self.sometimes(0.1) else "actions"] = self._actions()
        resources, needs = self._resources(params, allowed)
        table["not-resources" if self.sometimes(0.1) else "resources"] = resources
        block, more = self._conditions(params, allowed)
        if block:
            table["conditions"] = block
        return table, needs + more


def distinct(items):
    kept = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
