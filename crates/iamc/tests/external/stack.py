"""The template of one principal, read back: its policies, its role or user, and nothing besides."""

import json
import re

import yaml11
from meaning import Patterns, Principal, Statement, conditions
from yaml11 import Misread, Ref

FOLDERS = {"engineer": "engineers", "service-user": "service-users", "role": "roles"}
STATEMENT_KEYS = {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"}
PROPERTIES = {
    "AWS::IAM::ManagedPolicy": {"ManagedPolicyName", "Description", "Path", "PolicyDocument"},
    "AWS::IAM::Role": {
        "RoleName", "Path", "AssumeRolePolicyDocument", "ManagedPolicyArns", "PermissionsBoundary",
        "MaxSessionDuration", "Tags", "Description",
    },
    "AWS::IAM::InstanceProfile": {"InstanceProfileName", "Path", "Roles"},
    "AWS::IAM::Group": {"GroupName", "Path", "ManagedPolicyArns"},
    "AWS::IAM::User": {"UserName", "Path", "Groups", "ManagedPolicyArns", "PermissionsBoundary", "Tags"},
}
RESOURCES = {
    "engineer": {"AWS::IAM::Role": 1, "AWS::IAM::InstanceProfile": 1},
    "service-user": {"AWS::IAM::Group": 1, "AWS::IAM::User": 1},
    "role": {"AWS::IAM::Role": 1},
}


def need(condition, message):
    if not condition:
        raise Misread(message)


def listed(value):
    return [value] if isinstance(value, str) else value


def minified(document):
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


class Stack:
    """The template of one principal."""

    def __init__(self, output, declared):
        self.declared, self.project = declared, output.project
        self.path = f"{FOLDERS[declared.kind]}/{declared.name}.yaml"
        self.text = output.text(self.path)
        self.lines = self.text.splitlines()
        header = next(at for at, line in enumerate(self.lines) if not line.startswith("#"))
        comments = (at for at, line in enumerate(self.lines) if line.lstrip().startswith("#"))
        self.comments = {at for at in comments if at >= header}
        self.template = yaml11.document(self.text)
        self.principal = Principal(declared.kind, declared.name)
        self.physical_names = []
        self.misplaced = []  # what does not stand in a policy of its own category

    def fail(self, message):
        raise Misread(f"out/{self.path}: {message}")

    def need(self, condition, message):
        if not condition:
            self.fail(message)

    def read(self):
        known = {"AWSTemplateFormatVersion", "Description", "Resources"}
        self.need(set(self.template) <= known, f"unknown keys in {set(self.template)}")
        self.need(self.template["AWSTemplateFormatVersion"] == "2010-09-09", "a wrong format version")
        self._sort_resources()
        self._read_policies()
        if self.declared.kind == "service-user":
            self._read_user()
        else:
            self._read_role()
        self.need(not self.comments, f"comments that belong to no statement: {sorted(self.comments)}")
        return self.principal

    def _sort_resources(self):
        self.resources = {kind: {} for kind in PROPERTIES}
        for logical, resource in self.template["Resources"].items():
            self.need(re.fullmatch("[A-Za-z0-9]{1,255}", logical), f"the logical id `{logical}`")
            self.need(set(resource) == {"Type", "Properties"}, f"unknown keys in {logical}")
            kind, properties = resource["Type"], resource["Properties"]
            self.need(kind in PROPERTIES, f"a resource of the type {kind}")
            self.need(set(properties) <= PROPERTIES[kind], f"{logical} has {set(properties)}")
            self.resources[kind][logical] = properties
        counts = {kind: len(found) for kind, found in self.resources.items() if found}
        counts.pop("AWS::IAM::ManagedPolicy", None)
        self.need(counts == RESOURCES[self.declared.kind], f"resources: {counts}")

    def _only(self, kind, name):
        """The one resource of a kind as (logical id, properties); its id follows from its name."""
        [(logical, properties)] = self.resources[kind].items()
        self._check_name(kind, logical, properties[name])
        return logical, properties

    def _check_name(self, kind, logical, name):
        self.need(logical == re.sub("[^A-Za-z0-9]", "", name), f"`{logical}` is not made from `{name}`")
        self.physical_names.append((kind, name))

    # Managed policies.

    def _read_policies(self):
        self.documents = {}
        for logical, properties in self.resources["AWS::IAM::ManagedPolicy"].items():
            name = properties["ManagedPolicyName"]
            self._check_name("AWS::IAM::ManagedPolicy", logical, name)
            self._check_path(properties, required=True)
            self._check_description(properties["Description"])
            self.documents[name] = properties["PolicyDocument"]
            self._read_document(name, properties["PolicyDocument"])

    def _check_description(self, text):
        self.need(self.declared.name in text, f"the description `{text}` does not name the principal")
        self.need(len(text) <= 1000, "a description over IAM's limit")

    def _check_path(self, properties, required):
        path = properties.get("Path") if required else properties.get("Path", self.declared.path)
        self.need(path == self.declared.path, f"the path `{path}` is not `{self.declared.path}`")

    def _read_document(self, name, document):
        self.need(set(document) == {"Version", "Statement"}, f"unknown keys in the document of {name}")
        self.need(document["Version"] == "2012-10-17", f"the version of {name}")
        self.need(document["Statement"], f"{name} is empty")
        size = len(minified(document))
        limit = self.project.limit("managed-policy-characters", 6144)
        self.need(size <= limit, f"{name} has {size} of {limit} characters")
        sources = [self._read_statement(name, each) for each in document["Statement"]]
        self.need(sources == sorted(sources), f"the statements of {name} are not sorted")
        sids = [each["Sid"] for each in document["Statement"] if "Sid" in each]
        self.need(len(sids) == len(set(sids)), f"{name} has one Sid twice")

    def _read_statement(self, document, written):
        sources = self._comments_before(written.line)
        self.need(sources, f"a statement of {document} does not say where it comes from")
        self.need(set(written) <= STATEMENT_KEYS, f"unknown keys in {written}")
        statement = statement_of(written)
        atoms = statement.atoms()
        covered = set()
        for source in sources:
            self.need(source in self.declared.policies, f"{source} is no policy of {self.declared.name}")
            shared = atoms & self.declared.policies[source]
            self.need(shared, f"nothing of {source} stands in the statement that says so")
            self.principal.policies.setdefault(source, set()).update(shared)
            covered |= shared
            self._check_category(document, source)
        self.need(covered == atoms, f"gained in {document}: {atoms - covered}")
        self._check_sid(written, sources)
        return sources

    def _comments_before(self, line):
        names = []
        while line - 1 in self.comments:
            line -= 1
            self.comments.discard(line)
            names.insert(0, self.lines[line].lstrip().removeprefix("# "))
        self.need(names == sorted(set(names)), f"the comments {names} are not sorted")
        return names

    def _check_sid(self, written, sources):
        sids = self.project.settings.get("emit", {}).get("sids", False)
        self.need(("Sid" in written) == sids, "a Sid that is missing or not asked for")
        if sids:
            stems = [re.sub("[^A-Za-z0-9]", "", source) for source in sources]
            self.need(re.fullmatch("[A-Za-z0-9]+", written["Sid"]), f"the Sid `{written['Sid']}`")
            self.need(any(written["Sid"].startswith(stem) for stem in stems), f"the Sid `{written['Sid']}`")

    def _check_category(self, document, source):
        names = self.project.policy_names(self.declared.kind, self.declared.name)
        wanted = names.get(None) or names[self.project.category(source)]
        if document != wanted and not document.startswith(f"{wanted}-"):
            self.misplaced.append(f"{source} stands in {document}, not in {wanted}")

    # Roles and users.

    def _refs(self, values, kind):
        """ARNs as they are; every `!Ref` names a resource of the kind, each of them once."""
        refs = [value.name for value in values if isinstance(value, Ref)]
        self.need(sorted(refs) == sorted(self.resources[kind]), f"!Ref of {refs}")
        arns = [value for value in values if isinstance(value, str)]
        self.need(values[: len(arns)] == arns, "the settings' policies do not stand first")
        return frozenset(arns)

    def _read_role(self):
        logical, role = self._only("AWS::IAM::Role", "RoleName")
        self.principal.names["role"] = role["RoleName"]
        self._read_common(role, role.get("ManagedPolicyArns", []))
        self.principal.session = role.get("MaxSessionDuration")
        self.principal.trust = self.trust(role["AssumeRolePolicyDocument"])
        self._check_path(role, required=True)
        if self.declared.kind == "engineer":
            _, profile = self._only("AWS::IAM::InstanceProfile", "InstanceProfileName")
            self.need(profile["Roles"] == [Ref(logical)], "the instance profile holds another role")
            self._check_path(profile, required=True)
            self.principal.names["profile"] = profile["InstanceProfileName"]

    def _read_user(self):
        logical, group = self._only("AWS::IAM::Group", "GroupName")
        _, user = self._only("AWS::IAM::User", "UserName")
        self.need(user["Groups"] == [Ref(logical)], "the user is in other groups")
        self.need(len(group.get("ManagedPolicyArns", [])) <= 10, "a group with more than 10 policies")
        self.need(not self._has_ref(user.get("ManagedPolicyArns", [])), "the user holds policies itself")
        self._check_path(user, required=self.declared.path != "/")
        self._check_path(group, required=False)
        self.principal.names |= {"user": user["UserName"], "group": group["GroupName"]}
        arns = [*user.get("ManagedPolicyArns", []), *group.get("ManagedPolicyArns", [])]
        self._read_common(user, arns)

    @staticmethod
    def _has_ref(values):
        return any(isinstance(value, Ref) for value in values)

    def _read_common(self, properties, arns):
        self.principal.attached = self._refs(arns, "AWS::IAM::ManagedPolicy")
        limit = self.project.limit("managed-policies-per-role", 10)
        self.need(len(arns) <= limit, f"{len(arns)} attached policies")
        self.principal.boundary = properties.get("PermissionsBoundary")
        self.principal.path = properties.get("Path", "/")
        tags = properties.get("Tags", [])
        self.need(all(set(tag) == {"Key", "Value"} for tag in tags), f"the tags {tags}")
        self.principal.tags = {tag["Key"]: tag["Value"] for tag in tags}
        self.need(len(self.principal.tags) == len(tags), "one tag twice")

    def trust(self, document):
        self.need(set(document) == {"Version", "Statement"}, "unknown keys in the trust policy")
        self.need(document["Version"] == "2012-10-17", "the version of the trust policy")
        return frozenset(each for written in document["Statement"] for each in self._trusted(written))

    def _trusted(self, written):
        self.need(set(written) <= {"Effect", "Principal", "Action", "Condition"}, f"keys in {written}")
        self.need(written["Effect"] == "Allow", "a trust statement that denies")
        block = conditions(written.get("Condition", {}))
        for key, principals in written["Principal"].items():
            for principal in listed(principals):
                for action in listed(written["Action"]):
                    yield key, principal, action, block


def statement_of(written):
    """A statement of a policy document."""

    def patterns(key):
        negated = f"Not{key}" in written
        need(negated != (key in written), f"{key} and Not{key} in {written}")
        return Patterns(negated, frozenset(listed(written[f"Not{key}" if negated else key])))

    return Statement(
        effect=written["Effect"],
        actions=patterns("Action"),
        resources=patterns("Resource"),
        conditions=conditions(written.get("Condition", {})),
    )
