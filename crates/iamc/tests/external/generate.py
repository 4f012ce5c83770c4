"""Random projects that are valid, and the same project written down in other ways.

A project is a list of declarations, as plain data; `write` spreads them over files. Everything comes
from one seed."""

import datetime
import random
from dataclasses import dataclass, field
from pathlib import Path

from toml_writer import Style

SERVICES = {
    "s3": ["GetObject", "PutObject", "DeleteObject", "ListBucket", "GetObject*", "*", "Get?bject"],
    "secretsmanager": ["GetSecretValue", "DescribeSecret", "ListSecrets", "*"],
    "ec2": ["DescribeInstances", "StartInstances", "StopInstances", "Describe*"],
    "dynamodb": ["GetItem", "PutItem", "Query", "BatchGetItem"],
    "sqs": ["SendMessage", "ReceiveMessage", "DeleteMessage"],
    "logs": ["PutLogEvents", "CreateLogStream", "Get*"],
    "kms": ["Decrypt", "GenerateDataKey"],
    "rds-data": ["ExecuteStatement", "BatchExecuteStatement"],
}

# What a reader of YAML 1.1, or a careless writer of it, gets wrong.
TRAPS = [
    "", " ", "on", "On", "OFF", "yes", "NO", "y", "N", "true", "False", "null", "Null", "~", "1e3", "0x1F",
    "0o17", "017", "1_000", "12:30:45", "1:20", "2012-10-17", "2001-12-14 21:59:43.10 -5", ".inf", ".NaN",
    "123456789012", "012345678901", "-1", "+1", "1.", ".5", "=", "<<", "-", "- a", "-a", "? a", "?", ":",
    ": a", "a: b", "a:", "a #b", "# a", "#a", "&a", "*a", "!Ref X", "!a", "!!int 1", "|", ">", "|-", "%a",
    "@a", "`a`", "'", "''", "it's", '"', 'say "a"', "\\", "\\n", "a\\", "{a}", "[a]", "{", "}", "[", "]",
    ",", "a, b", " a", "a ", "  a  b  ", "---", "...", "--- a", "a\nb", "a\n", "\na", "a\r\nb", "\t", "a\tb",
    "é", "ÿ", "Ünï cödé", "\x85", "a\x85b", "\xa0", "a\xa0", "\x7f", "\x9f", "¡", "a" * 200,
    "x y " * 40, "${aws:username}", "a${*}b", "${aws:PrincipalTag/team, 'x y'}", "$", "$a", "%7B", "a$", "!",
]
NAMES_OF_TRAPS = ["On", "Yes", "No", "Null", "True", "Off", "Y", "N", "E3", "NaN", "Inf", "False"]

STRINGS = ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"]
STRINGS += ["StringLike", "StringNotLike"]
NUMBERS = ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"]
NUMBERS += ["NumericGreaterThan", "NumericGreaterThanEquals"]
DATES = ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan"]
DATES += ["DateGreaterThanEquals"]
INSTANTS = ["2026-01-01T00:00:00Z", "2030-06-01T12:00:00Z", "2027-03-01", "1800000000"]
INSTANTS += ["2028-02-29T23:59:59+05:00", "2029-01-01T00:00:00.75Z"]
ARNS = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]

OPERATORS = (
    [(name, "s3:prefix", None) for name in STRINGS]
    + [(name, "s3:max-keys", ["0", "10", "-5", "3.5", "1000000"]) for name in NUMBERS]
    + [(name, "aws:CurrentTime", INSTANTS) for name in DATES]
    + [(name, "aws:SourceArn", ["arn:aws:sns:*:123456789012:a?", "arn:aws:s3:::b"]) for name in ARNS]
    + [("Bool", "aws:SecureTransport", ["true", "false"]), ("BinaryEquals", "x:Blob", ["QmluYXJ5", "AQ=="])]
    + [(name, "aws:SourceIp", ["10.0.0.0/8", "203.0.113.7", "2001:db8::/32"])
       for name in ("IpAddress", "NotIpAddress")]
    + [("Null", "aws:TokenIssueTime", ["true", "false"])]
)


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


class Generator:
    def __init__(self, seed, size=None):
        self.random = random.Random(seed)
        self.size = size or Size()
        self.needs = {}  # (kind, name) → Needs
        self.weight = {}  # (kind, name) → characters, about
        self.project = Project()
        self.names = set()
        self.arns = []  # of principals

    def sometimes(self, chance):
        return self.random.random() < chance

    def some(self, items, most, least=1):
        items = list(items)
        return self.random.sample(items, min(len(items), self.random.randint(least, most)))

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
        settings["variables"] = {"var-bucket": "ml-data", "var-team": self.random.choice(["on", "0x1F", "1e3"])}
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

    # Strings.

    def _tag(self):
        return self.random.choice(["", "on", "1e3", "12:30:45", "2012-10-17", "123456789012", "a b", "x=y", "{partition}"])

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
            resources.append(f"arn:{{partition}}:s3:::{text}" if self.sometimes(0.3) else f"arn:aws:s3:::{text}")
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
        values = ["ml-data", "{var-bucket}", "0x1F", "a-{account}", "é"] + [f"x-{{{each}}}" for each in params]
        table = {
            "template": template.name,
            "with": {name: self.random.choice(values) for name in template.table["parameters"]},
        }
        block, more = self._conditions(params, True)
        taken = {(op, key.lower()) for op, keys in template.table.get("conditions", {}).items() for key in keys}
        block = {
            operator: {key: values for key, values in keys.items() if (operator, key.lower()) not in taken}
            for operator, keys in block.items()
        }
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


def distinct(items):
    kept = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


# Writing.

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
