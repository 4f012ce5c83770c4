"""Random projects that are valid, as plain data: settings and a list of declarations. Everything comes
from one seed."""

import datetime
import random
from dataclasses import dataclass, field

from material import NAMES_OF_TRAPS
from statements import Needs, Statements, distinct

@dataclass
class Size:
    """How large a project is to be."""

    policies: int = 14
    templates: int = 2
    groups: int = 8
    engineers: int = 4
    service_users: int = 2
    roles: int = 2
    members: int = 3  # at most, of each kind, in a group
    held: int = 2  # at most, policies that a principal holds itself
    traps: float = 0.5  # how often a value is one that is easily misread
    odd: float = 0.1  # how often an action's service is a pattern
    long: float = 0.0  # how often a policy has many resources
    budget: int = 26_000  # characters of a principal's statements, at most, about


@dataclass
class Declaration:
    kind: str
    name: str
    table: object


@dataclass
class Project:
    settings: dict = field(default_factory=dict)
    declarations: list = field(default_factory=list)


class Generator(Statements):
    def __init__(self, seed, size=None):
        self.random = random.Random(seed)
        self.size = size or Size()
        self.needs = {}  # (kind, name) → Needs
        self.weight = {}  # (kind, name) → characters, about
        self.project = Project()
        self.names = set()
        self.arns = []  # of principals

    def make(self):
        self._settings()
        for number in range(self.size.templates):
            self._template(f"Template{number}")
        for number in range(self.size.policies):
            self._policy(number)
        for number in range(self.size.groups):
            self._group(f"{self.random.choice(['Team', 'x-', 'On_'])}{number}")
        self._default_memberships()
        for kind, count in (
            ("engineer", self.size.engineers),
            ("service-user", self.size.service_users),
            ("role", self.size.roles),
        ):
            for number in range(count):
                self._principal(kind, number)
        return self.project

    def _add(self, kind, name, table):
        self.project.declarations.append(Declaration(kind, name, table))

    # Settings.

    def _settings(self):
        settings = self.project.settings
        self.partition = self.random.choice(["aws", "aws", "aws-cn", "aws-us-gov"])
        settings["project"] = {"account": self.random.choice(["123456789876", "012345678901"])}
        if self.partition != "aws" or self.sometimes(0.3):
            settings["project"]["partition"] = self.partition
        team = self.random.choice(["on", "0x1F", "1e3"])
        settings["variables"] = {"var-bucket": "ml-data", "var-team": team}
        if self.sometimes(0.5):
            settings["category"] = self._categories()
        if self.sometimes(0.5):
            settings["naming"] = self._naming()
        settings["emit"] = {"sids": self.sometimes(0.5)}
        self.kubernetes = ["eng", "on", "1e3"] if self.sometimes(0.6) else []
        if self.kubernetes:
            settings["kubernetes"] = self._kubernetes()
        self._defaults()

    def _categories(self):
        return [
            {"name": "Data", "services": ["s3", "dynamodb"]},
            {"name": "On", "services": ["ec2"]},
            {"name": "Messages-And_Keys", "services": ["sqs", "kms", "s3"]},
        ]

    def _naming(self):
        own = {
            "engineer-role": ["on.{engineer}", "{engineer}", "R_{engineer}+x@y"],
            "engineer-instance-profile": ["Profile{engineer}", "p.{engineer},=1"],
            "engineer-policy": ["All-{engineer}", "P{category}.{engineer}", "{engineer}_{category}_x"],
            "engineer-stack": ["s-{engineer}", "iam-{engineer}-on"],
            "service-user-policy": ["S{category}-{service-user}", "sup.{service-user}"],
            "service-user-group": ["{service-user}.g"],
            "role-policy": ["Role{category}.{role}", "rp.{role}"],
            "role-stack": ["r-{role}"],
        }
        chosen = {key: self.random.choice(patterns) for key, patterns in own.items() if self.sometimes(0.6)}
        if self.sometimes(0.3):
            chosen["engineer-pattern"] = "[A-Z][A-Za-z0-9]*|[a-z]{2,}[0-9]*"
        return chosen

    def _kubernetes(self):
        namespaces = {"on": "no", "1e3": "123"}
        groups = {}
        for name in self.kubernetes:
            groups[name] = {"cluster-role": self.random.choice(["eng-clusterrole", "yes", "null"])}
            if name in namespaces and self.sometimes(0.5):
                groups[name]["namespace"] = namespaces[name]
        node = {
            "role-arn": "arn:{partition}:iam::{account}:role/NodeInstanceRole",
            "username": "system:node:{{EC2PrivateDNSName}}",
            "groups": ["system:bootstrappers", "system:nodes"],
        }
        table = {"groups": groups}
        if self.sometimes(0.7):
            table["map-role"] = [node]
        if self.sometimes(0.5):
            table["username"] = self.random.choice(["x:{engineer}", "{role}", "{engineer}:{{SessionName}}"])
        return table

    def _defaults(self):
        for kind in ("engineer", "service-user", "role"):
            if self.sometimes(0.5):
                table = {"tags": {"managed-by": "iamc", "Default": self._tag()}}
                if self.sometimes(0.5):
                    table["managed-policy-arns"] = ["arn:{partition}:iam::aws:policy/ReadOnlyAccess"]
                if self.sometimes(0.5):
                    table["permissions-boundary"] = f"arn:{{partition}}:iam::{{account}}:policy/B-{{{kind}}}"
                if self.sometimes(0.5):
                    table["path"] = "/on/0x1F/"
                if self.sometimes(0.5) and kind != "service-user":
                    table["max-session-duration"] = 3600
                if self.sometimes(0.5) and kind != "service-user":
                    table["trust"] = self._trust()
                if self.sometimes(0.3):
                    table["params"] = {"client": "default"}
                self.project.settings[f"{kind}-defaults"] = table

    # Declarations.

    def _template(self, name):
        parameters = ["p-one", "p-two"][: self.random.randint(1, 2)]
        table, needs = self._statement(parameters)
        self.needs["template", name] = needs
        self._add("template", name, {"parameters": parameters} | table)

    def _policy(self, number):
        name = self.random.choice(["Policy", "On-", "no_", "P"]) + str(number)
        templates = [each for each in self.project.declarations if each.kind == "template"]
        entries = [{"suffix": f"A{number}", "f-one": "on"}, {"suffix": "b-1", "f-one": "1e3"}]
        for_each = self.sometimes(0.2)
        params = ["f-one"] if for_each else []
        if templates and self.sometimes(0.4):
            table, needs = self._from_template(self.random.choice(templates), params)
        else:
            table, needs = self._statement(params)
        if self.sometimes(0.2):
            table["description"] = "for people: {not} a placeholder"
        if for_each:
            table["for-each"] = entries
        made = [f"{name}{entry['suffix']}" for entry in entries] if for_each else [name]
        for each in made:
            self.needs["policy", each] = needs
            self.weight["policy", each] = len(str(table)) + 150
        self._add("policy", f"{name}{{suffix}}" if for_each else name, table)

    def _from_template(self, template, params):
        needs = self.needs["template", template.name]
        values = ["ml-data", "{var-bucket}", "0x1F", "a-{account}", "é"]
        values += [f"x-{{{each}}}" for each in params]
        table = {
            "template": template.name,
            "with": {name: self.random.choice(values) for name in template.table["parameters"]},
        }
        block, more = self._conditions(params, True)
        own = template.table.get("conditions", {})
        taken = {(operator, key.lower()) for operator, keys in own.items() for key in keys}
        for operator, key in [(operator, key) for operator, keys in block.items() for key in keys]:
            if (operator, key.lower()) in taken:
                del block[operator][key]
        block = {operator: keys for operator, keys in block.items() if keys}
        if block:
            table["conditions"] = block
        return table, needs + more

    def _known(self, kind):
        return [name for place, name in self.needs if place == kind]

    def _edge(self, name, bounded):
        if not bounded or self.sometimes(0.75):
            return {"name": name} if self.sometimes(0.1) else name
        day = datetime.date(2026, 1, 1) + datetime.timedelta(days=self.random.randint(0, 2000))
        if self.sometimes(0.5):
            hour = datetime.time(self.random.randint(0, 23), 30, 5)
            zone = datetime.timezone(datetime.timedelta(hours=self.random.choice([-8, 0, 0, 5])))
            day = datetime.datetime.combine(day, hour, zone)
        edge = {"name": name, "until": day}
        return edge | ({"reason": "INC-1: \"a\""} if self.sometimes(0.5) else {})

    def _members(self, kind, candidates, most):
        chosen, needs = [], Needs()
        for name in self.some(candidates, most, 0):
            together = needs + self.needs[kind, name]
            if together.kinds:
                needs = together
                chosen.append(name)
        return self._edges(kind, chosen), needs, sum(self.weight[kind, name] for name in chosen)

    def _edges(self, kind, names):
        return [self._edge(name, not self.needs[kind, name].permanent) for name in names]

    def _group(self, name):
        policies, needs, weight = self._members("policy", self._known("policy"), self.size.members)
        light = [each for each in self._known("group") if self.weight["group", each] < 8000]
        groups, more, heavier = self._members("group", light, min(self.size.members, 3))
        table = {"policies": policies, "groups": groups}
        table = {key: value for key, value in table.items() if value or self.sometimes(0.3)}
        needs += more
        if self.kubernetes and self.sometimes(0.3):
            table["kubernetes-groups"] = self.some(self.kubernetes, 2)
            needs += Needs(permanent=True)
        if self.sometimes(0.3):
            table["description"] = "a group"
        self.needs["group", name] = needs
        self.weight["group", name] = weight + heavier
        self._add("group", name, table)

    def _defaults_of(self, kind):
        return self.project.settings.get(f"{kind}-defaults", {})

    def _default_memberships(self):
        """What is held by all of a kind who do not say otherwise."""
        for kind in ("engineer", "service-user", "role"):
            for of, key in (("group", "groups"), ("policy", "policies")):
                fits = [name for name in self._known(of) if self._fits(kind, (of, name), False)]
                if fits and self.sometimes(0.2):
                    defaults = self.project.settings.setdefault(f"{kind}-defaults", {})
                    defaults[key] = self._edges(of, [self.random.choice(fits)])

    def _fits(self, kind, of, has_params):
        needs = self.needs[of]
        return kind in needs.kinds and (has_params or not needs.params)

    def _principal(self, kind, number):
        name = self._principal_name(kind, number)
        table = {}
        if self.sometimes(0.5):
            table["params"] = {"client": self.random.choice(["tcm", "no", "1_000", "ÿ"])}
        for_each = kind != "engineer" and self.sometimes(0.3)
        entries = [{"suffix": "X", "client": "yes"}, {"suffix": "Y-1", "client": "abc"}]
        if for_each:
            table.pop("params", None)
            table["for-each"] = entries
        self._memberships(kind, table, for_each)
        self._attributes(kind, table)
        if not for_each:
            self.arns.append(self._arn(kind, name, table))
        short = kind == "engineer" and set(table) == {"groups"} and table["groups"] and self.sometimes(0.7)
        self._add(kind, f"{name}{{suffix}}" if for_each else name, table["groups"] if short else table)

    def _principal_name(self, kind, number):
        pattern = self.project.settings.get("naming", {}).get("engineer-pattern", "")
        stems = {
            "engineer": ["Developer", *NAMES_OF_TRAPS] + (["on", "null", "dev"] if "a-z" in pattern else []),
            "service-user": ["svc-", "Su-", "on", "null"],
            "role": ["Role", "r-", "NO", "x"],
        }
        while True:
            stem = self.random.choice(stems[kind])
            name = stem if kind == "engineer" and self.sometimes(0.5) else f"{stem}{number}"
            if name.lower() not in self.names:
                self.names.add(name.lower())
                return name

    def _memberships(self, kind, table, for_each):
        defaults = self._defaults_of(kind)
        has_params = for_each or "params" in table or "params" in defaults
        if for_each and "params" in defaults:
            table["params"] = {}
        budget = self.size.budget
        for of, key, most in (("group", "groups", 4), ("policy", "policies", self.size.held)):
            candidates = [name for name in self._known(of) if self._fits(kind, (of, name), has_params)]
            chosen = self.some(candidates, most, 1 if of == "group" else 0)
            for name in list(chosen):
                if self.weight[of, name] > budget:
                    chosen.remove(name)
                else:
                    budget -= self.weight[of, name]
            if chosen or self.sometimes(0.1):
                table[key] = self._edges(of, chosen)

    def _attributes(self, kind, table):
        if self.sometimes(0.3):
            table["tags"] = {"Cost Center": self._tag(), "on": self._tag(), "a:b/c": "x-{partition}"}
        if self.sometimes(0.2):
            table["managed-policy-arns"] = ["arn:{partition}:iam::{account}:policy/on/Extra"]
        if self.sometimes(0.2):
            table["permissions-boundary"] = "arn:{partition}:iam::{account}:policy/{var-bucket}"
        if self.sometimes(0.2):
            table["path"] = self.random.choice(["/", "/a/b/", "/0x1F/", "/!#@:'\"/"])
        if self.sometimes(0.2) and kind != "service-user":
            table["max-session-duration"] = self.random.choice([3600, 43200, 7200])
        if self.sometimes(0.2):
            table["description"] = "on"
        if kind == "role" and ("trust" not in self._defaults_of(kind) or self.sometimes(0.5)):
            table["trust"] = self._trust()

    def _arn(self, kind, name, table):
        """The ARN that other principals' trust can name."""
        default = self._defaults_of(kind).get("path", "/")
        if kind == "engineer":
            pattern = self.project.settings.get("naming", {}).get("engineer-role", "PersonalRole{engineer}")
            name = pattern.replace("{engineer}", name)
        what = "user" if kind == "service-user" else "role"
        return f"arn:{{partition}}:iam::{{account}}:{what}{table.get('path', default)}{name}"

    def _trust(self):
        def entry():
            table = self.random.choice([
                {"service": "lambda.amazonaws.com"},
                {"service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]},
                {"aws": ["arn:{partition}:iam::{account}:root", "123456789012"]},
                {"aws": self.random.choice([*self.arns, "arn:{partition}:iam::{account}:user/Somebody"])},
                {
                    "federated": "arn:{partition}:iam::{account}:oidc-provider/example.com",
                    "actions": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
                },
            ])
            block, _ = self._conditions([], False)
            return table | ({"conditions": block} if block and self.sometimes(0.5) else {})

        return distinct(entry() for _ in range(self.random.randint(1, 2)))
