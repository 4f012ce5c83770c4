"""What iamc, parliament and cfn-lint say of a project. Each is run with all its rules on."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import iamc
import parliament
import yaml11
from cfnlint.config import ConfigMixIn
from cfnlint.decode.decode import decode_str
from cfnlint.runner import Runner

FOLDERS = ["engineers", "service-users", "roles"]
LINTER = Runner(ConfigMixIn(include_checks=["I"], regions=["eu-central-1"]))
AUDITORS = Path(parliament.__file__).parent / "community_auditors/config_override.yaml"
parliament.override_config(AUDITORS)

TRUST = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", '
TRUST += '"Principal": {"Service": "ec2.amazonaws.com"}}]}'
TEMPLATE = """{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {
"Policy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"Roles": [{"Ref": "Role"}], "PolicyDocument": %s}},
"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": %s}}}}"""


@dataclass
class Output:
    """What there is to look at: CloudFormation's templates, and IAM's policies out of them."""

    templates: list
    policies: list

    @classmethod
    def generated(cls, documents):
        """Documents to the letter, keys that stand there twice included, and a template around them."""
        policy = documents.get("policy.json", '{"Version": "2012-10-17", "Statement": []}')
        return cls([TEMPLATE % (policy, documents.get("trust.json", TRUST))], list(documents.values()))

    @classmethod
    def built(cls, root):
        """What iamc has made; what a principal holds as one policy, as they are seen one by one."""
        paths = [path for folder in FOLDERS for path in sorted((root / "out" / folder).glob("*.yaml"))]
        templates = [path.read_text() for path in paths]
        return cls(templates, [policy for text in templates for policy in policies(text)])


def policies(template):
    """All permissions of a template as one document, and the role's trust."""
    resources = yaml11.document(template)["Resources"].values()
    found = [resource["Properties"] for resource in resources]
    documents = [properties["PolicyDocument"] for properties in found if "PolicyDocument" in properties]
    statements = [statement for document in documents for statement in document["Statement"]]
    if statements:
        yield policy(statements)
    trusts = (properties.get("AssumeRolePolicyDocument") for properties in found)
    yield from (policy(trust["Statement"]) for trust in trusts if trust)


def policy(statements):
    """A document in which one value of a condition stands without brackets: in brackets, parliament
    breaks off at some."""
    for keys in (keys for statement in statements for keys in statement.get("Condition", {}).values()):
        keys |= {key: values[0] for key, values in keys.items() if len(values) == 1}
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def of_iamc(root, command):
    """The rules that iamc reports."""
    result = iamc.run(*command.split(), "--message-format", "json", root=root)
    reports = [json.loads(line) for line in (result.stdout + result.stderr).splitlines() if line[:1] == "{"]
    return Counter(report["code"].rpartition("::")[2] for report in reports)


def of_cfn_lint(output):
    """The rules that cfn-lint reports on templates."""
    found = Counter()
    for text in output.templates:
        template, errors = decode_str(text)
        found.update(match.rule.id for match in errors or LINTER.validate_template(template))
    return found


def of_parliament(output):
    """The issues that parliament reports on policies."""
    found = Counter()
    for text in output.policies:
        policy = parliament.analyze_policy_string(
            text, include_community_auditors=True, config=parliament.config
        )
        findings = map(parliament.enhance_finding, policy.findings)
        found.update(finding.issue for finding in findings if finding.severity != "MUTE")
    return found
