"""language.md read in the most obvious way: what each principal of a valid project has.

Nothing here is clever, and nothing is checked that a valid project cannot get wrong. Every path from
a principal to a policy is followed; only the bounds of a group's paths are remembered, as a set."""

import re
import tomllib
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from meaning import Patterns, Principal, Statement, conditions

KINDS = {"engineer": "engineers", "service-user": "service-users", "role": "roles"}
FOREVER = datetime.max.replace(tzinfo=timezone.utc)

NAMING = {
    "engineer-role": "PersonalRole{engineer}",
    "engineer-instance-profile": "PersonalInstanceProfile{engineer}",
    "engineer-policy": "PersonalPolicy{category}{engineer}",
    "engineer-stack": "personal-iam-profile-{engineer}",
    "service-user-policy": "PolicyFor{service-user}",
    "service-user-group": "IamGroup{service-user}",
    "service-user-stack": "service-user-{service-user}",
    "role-policy": "PolicyFor{role}",
    "role-stack": "role-{role}",
}
CATEGORIES = [{"name": "S3", "services": ["s3"]}, {"name": "SecretManager", "services": ["secretsmanager"]}]


def fill(text, values):
    """`{name}` filled, `{{` and `}}` one brace each, `${...}` left alone."""

    def replace(match):
        found = match.group()
        if found.startswith("${"):
            return found
        return found[0] if found in ("{{", "}}") else values[found[1:-1]]

    return re.sub(r"\$\{[^}]*\}|\{\{|\}\}|\{[^{}]*\}", replace, text)


def instant(value):
    """A date or date-time of a condition's value."""
    if re.fullmatch(r"-?[0-9]+", value):
        return datetime.fromtimestamp(int(value), timezone.utc)
    parsed = datetime.fromisoformat(value)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)


def until(member):
    """When a membership ends; a name alone never does."""
    end = member.get("until") if isinstance(member, dict) else None
    if end is None:
        return FOREVER
    if isinstance(end, datetime):
        return end.astimezone(timezone.utc)
    assert isinstance(end, date)
    return datetime.combine(end + timedelta(days=1), time(), timezone.utc)


def held(member):
    return member["name"] if isinstance(member, dict) else member


def one_each(name, table):
    """(name, table, entry) for each entry of `for-each`, or for the declaration itself."""
    for entry in table.get("for-each", [{}]):
        yield (fill(name, entry) if "for-each" in table else name), table, entry


class Project:
    """All declarations of a project's files, and what they mean."""

    def __init__(self, root):
        root = Path(root)
        settings = root / "iamc.toml"
        self.settings = tomllib.loads(settings.read_bytes().decode()) if settings.exists() else {}
        self.policies, self.templates, self.groups, self.declared = {}, {}, {}, []
        for table in self._tables(root, "policies"):
            self.templates |= table.get("template", {})
            for name, policy in table.get("policy", {}).items():
                self.policies |= {filled: (policy, entry) for filled, policy, entry in one_each(name, policy)}
        for table in self._tables(root, "groups"):
            self.groups |= table.get("group", {})
        for kind, place in KINDS.items():
            for table in self._tables(root, place):
                for name, principal in table.get(kind, {}).items():
                    if isinstance(principal, list):
                        principal = {"groups": principal}
                    self.declared += [(kind, *each) for each in one_each(name, principal)]
        self._reach = {}
        self.principals = {name: self._principal(kind, name, *of) for kind, name, *of in self.declared}

    @staticmethod
    def _tables(root, place):
        files = [root / f"{place}.toml", *(root / place).rglob("*.toml")]
        for file in files:
            hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
            if file.is_file() and not hidden:
                yield tomllib.loads(file.read_bytes().decode())

    # Settings.

    def project(self, key, default=None):
        return self.settings.get("project", {}).get(key, default)

    def limit(self, key, default):
        return self.settings.get("limits", {}).get(key, default)

    def name(self, key, **own):
        """A name made by a pattern of `[naming]`."""
        values = {name.replace("_", "-"): value for name, value in own.items()}
        return fill(self.settings.get("naming", {}).get(key, NAMING[key]), values)

    def category(self, policy):
        """The name of the category that a policy's actions put it in."""
        table, _ = self.policies[policy]
        table = self.templates.get(table.get("template"), table)
        services = {action.partition(":")[0] for action in table.get("actions", ["*"])}
        for category in self.settings.get("category", CATEGORIES):
            if services <= set(category["services"]):
                return category["name"]
        return "Misc"

    def names(self, kind, name):
        own = {kind.replace("-", "_"): name}
        fit = re.sub("[^A-Za-z0-9]", "-", name)
        names = {"stack": self.name(f"{kind}-stack", **{kind.replace("-", "_"): fit})}
        if kind == "engineer":
            names["role"] = self.name("engineer-role", **own)
            names["profile"] = self.name("engineer-instance-profile", **own)
        elif kind == "role":
            names["role"] = name
        else:
            names["user"] = name
            names["group"] = self.name("service-user-group", **own)
        return names

    def arn(self, principal, path=None):
        """The ARN of a principal's role or user."""
        what = "user" if principal.kind == "service-user" else "role"
        partition, account = self.project("partition", "aws"), self.project("account")
        return f"arn:{partition}:iam::{account}:{what}{path or principal.path}{principal.names[what]}"

    def policy_names(self, kind, name):
        """Category → the name that its managed policy has; None where categories share one."""
        key = f"{kind}-policy"
        own = {kind.replace("-", "_"): name}
        if "{category}" not in self.settings.get("naming", {}).get(key, NAMING[key]):
            return {None: self.name(key, **own)}
        categories = [each["name"] for each in self.settings.get("category", CATEGORIES)]
        return {each: self.name(key, category=each, **own) for each in [*categories, "Misc"]}

    # What a principal reaches.

    def paths(self, group):
        """Everything that a group reaches → the ends of all paths to it, the least along each."""
        if group not in self._reach:
            table = self.groups[group]
            reached = self._through(table)
            for name in table.get("kubernetes-groups", []):
                reached.setdefault(("kubernetes", name), set()).add(FOREVER)
            self._reach[group] = reached
        return self._reach[group]

    def _through(self, table):
        reached = {}
        for member in table.get("policies", []):
            reached.setdefault(("policy", held(member)), set()).add(until(member))
        for member in table.get("groups", []):
            for what, ends in self.paths(held(member)).items():
                reached.setdefault(what, set()).update(min(until(member), end) for end in ends)
        return reached

    # Principals.

    def _principal(self, kind, name, table, entry):
        defaults = self.settings.get(f"{kind}-defaults", {})
        given = defaults | table
        role = self.names(kind, name).get("role")
        values = (
            {"partition": self.project("partition", "aws"), kind: name}
            | ({"account": self.project("account")} if self.project("account") else {})
            | ({"role-name": role} if role else {})
            | self.settings.get("variables", {})
            | given.get("params", {})
            | entry
        )
        tags = defaults.get("tags", {}) | table.get("tags", {})
        attached = defaults.get("managed-policy-arns", []) + table.get("managed-policy-arns", [])
        boundary = given.get("permissions-boundary")
        trust = given.get("trust", [{"service": "ec2.amazonaws.com"}] if kind == "engineer" else [])
        reached = self._through(given)
        groups = frozenset(what for place, what in reached if place == "kubernetes")
        return Principal(
            kind=kind,
            name=name,
            policies={
                what: self._statement(what, values, max(ends)).atoms()
                for (place, what), ends in reached.items()
                if place == "policy"
            },
            trust=frozenset(trusted for each in trust for trusted in self._trust(each, values)),
            tags={key: fill(value, values) for key, value in tags.items()},
            boundary=None if boundary is None else fill(boundary, values),
            path=given.get("path", "/"),
            session=given.get("max-session-duration"),
            attached=frozenset(fill(arn, values) for arn in attached),
            kubernetes=groups,
            username=self._username(name) if groups else None,
            names=self.names(kind, name),
        )

    def _statement(self, policy, values, end):
        table, entry = self.policies[policy]
        block = self._conditions(table, values | entry)
        if "template" in table:
            given = {key: fill(value, values | entry) for key, value in table.get("with", {}).items()}
            values = values | given
            table = self.templates[table["template"]]
            for operator, keys in self._conditions(table, values).items():
                block.setdefault(operator, {}).update(keys)
        else:
            values = values | entry
        effect = table.get("effect", "Allow")
        if effect == "Allow" and end != FOREVER:
            narrow(block, end)
        return Statement(
            effect=effect,
            actions=self._patterns(table, "actions", {}),
            resources=self._patterns(table, "resources", values),
            conditions=conditions(block),
        )

    @staticmethod
    def _conditions(table, values):
        return {
            operator: {key: [fill(each, values) for each in wanted] for key, wanted in keys.items()}
            for operator, keys in table.get("conditions", {}).items()
        }

    @staticmethod
    def _patterns(table, key, values):
        negated = f"not-{key}" in table
        written = table[f"not-{key}" if negated else key]
        fills = (lambda text: fill(text, values)) if key == "resources" else str
        return Patterns(negated, frozenset(map(fills, written)))

    def _trust(self, entry, values):
        block = conditions(self._conditions(entry, values))
        for key, written in (("service", "Service"), ("aws", "AWS"), ("federated", "Federated")):
            trusted = entry.get(key, [])
            for principal in [trusted] if isinstance(trusted, str) else trusted:
                for action in entry.get("actions", ["sts:AssumeRole"]):
                    yield written, fill(principal, values), action, block

    # Kubernetes.

    def _username(self, name):
        """`{{…}}` is EKS's own here and stays."""
        pattern = self.settings.get("kubernetes", {}).get("username", "{engineer}")
        return re.sub(
            r"\{\{.*?\}\}|\{(engineer|service-user|role)\}",
            lambda match: name if match.group(1) else match.group(),
            pattern,
        )

    def map_roles(self):
        """The settings' own entries of mapRoles: (ARN, user name, groups)."""
        values = {"partition": self.project("partition", "aws"), "account": self.project("account")}
        values |= self.settings.get("variables", {})
        return [
            (fill(entry["role-arn"], values), entry["username"], frozenset(entry["groups"]))
            for entry in self.settings.get("kubernetes", {}).get("map-role", [])
        ]

    def bindings(self):
        """Kubernetes group → (cluster role, namespace or None)."""
        groups = self.settings.get("kubernetes", {}).get("groups", {})
        return {name: (table["cluster-role"], table.get("namespace")) for name, table in groups.items()}


def narrow(block, end):
    """Adds the end of a grant: where the statement has one of its own, the earlier of the two."""
    keys = block.setdefault("DateLessThan", {})
    key = next((key for key in keys if key.lower() == "aws:currenttime"), "aws:CurrentTime")
    if key in keys:
        end = min(end, max(map(instant, keys[key])))
    keys[key] = [end.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")]
