"""What CloudFormation would say of out/: its linter, and an emulator of CloudFormation and IAM."""

import json
import unittest
import urllib.parse
import warnings
from datetime import timedelta

import boto3
from cfnlint.api import lint
from cfnlint.config import ManualArgs
from moto import mock_aws

import iamc
import readback
from generate import Size
from stack import FOLDERS

REGION = "eu-central-1"

# What cfn-lint finds that is no fault of a generated template: (rule, a part of its message, why). Of
# the example nothing is accepted.
ACCEPTED_OF_RANDOM = [
    ("W3037", "is not one of", "a service that is itself a pattern, as in `*:Describe*`, is in no list"),
    ("I3510", "requires a resource of", "the random resources are all S3's, whatever the action"),
    ("E3031", "'^((/[A-Za-z0-9", "its pattern for paths is narrower than IAM's, which is /[!-~]+/"),
    ("E3510", "BinaryEquals", "it knows `BinaryEquals` without prefix and suffix only"),
    ("E3530", "BinaryEquals", "the same, in a trust policy"),
    ("E3510", "does not match '^(arn:", "its pattern for ARNs takes no line feed and no empty end"),
]


def findings(path, accepted):
    """What cfn-lint says of a template, every rule on, besides what is accepted."""
    for match in lint(path.read_text(), config=ManualArgs(include_checks=["I"], regions=[REGION])):
        if not any(match.rule.id == rule and part in match.message for rule, part, _ in accepted):
            yield f"{path}:{match.linenumber}: {match.rule.id}: {match.message[:300]}"


# What the emulator passes over.
UNKNOWN = {"AWS::IAM::Group"}


class Linter(iamc.Test):
    def assert_clean(self, root, accepted):
        folders = [root / "out" / folder for folder in FOLDERS.values()]
        templates = sorted(path for folder in folders for path in folder.glob("*.yaml"))
        self.assertTrue(templates)
        found = [line for path in templates for line in findings(path, accepted)]
        self.assertEqual(found, [])

    def test_the_example_has_no_findings(self):
        self.assert_clean(iamc.REPOSITORY, [])

    def test_random_projects_have_no_findings(self):
        for seed in range(5):
            with self.subTest(seed=seed):
                root = self.generated(seed, Size(engineers=2, service_users=1, roles=1))
                self.assert_clean(root, ACCEPTED_OF_RANDOM)

    def test_the_linter_looks(self):
        """A template that it must refuse: a role with a property that does not exist."""
        path = self.folder() / "wrong.yaml"
        template = next((iamc.REPOSITORY / "out/engineers").glob("*.yaml")).read_text()
        path.write_text(template.replace("      RoleName:", "      Name:"))
        self.assertIn("E3002", "".join(findings(path, [])))


class Deployment(iamc.Test):
    """Every template is deployed to the emulator, in the order that the manifest asks for, and read
    back through IAM's own API. (Of what CloudFormation makes it keeps no attachments, and no tags of
    users.)"""

    def setUp(self):
        warnings.filterwarnings("ignore", "Tried to parse AWS::IAM::Group")

    def test_the_example_can_be_deployed(self):
        self.deploy(iamc.REPOSITORY)

    def test_random_projects_can_be_deployed(self):
        size = Size(odd=0)  # neither IAM nor the emulator takes an action whose service is a pattern
        for seed in range(30, 34):
            with self.subTest(seed=seed):
                self.deploy(self.generated(seed, size))

    @mock_aws
    def deploy(self, root):
        self.cloudformation = boto3.client("cloudformation", region_name=REGION)
        self.iam = boto3.client("iam", region_name=REGION)
        output = readback.Output(root, iamc.naive.Project(root))
        waiting = {stack.principal.names["stack"]: stack for stack in output.stacks.values()}
        after = {entry["stack-name"]: entry["deploy-after"] for entry in output.manifest["templates"]}
        done = set()
        while waiting:
            ready = [name for name in waiting if set(after[name]) <= done] or [min(waiting)]
            for name in ready:
                self.deploy_stack(name, waiting.pop(name))
                done.add(name)

    def deploy_stack(self, name, stack):
        self.cloudformation.create_stack(
            StackName=name, TemplateBody=stack.text, Capabilities=["CAPABILITY_NAMED_IAM"]
        )
        [made] = self.cloudformation.describe_stacks(StackName=name)["Stacks"]
        self.assertEqual(made["StackStatus"], "CREATE_COMPLETE")
        resources = self.cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        self.assertEqual(
            {each["LogicalResourceId"] for each in resources if "LogicalResourceId" in each},
            {logical for kind, of in stack.resources.items() if kind not in UNKNOWN for logical in of},
        )
        self.policies_are_as_written(stack, resources)
        if stack.principal.kind == "service-user":
            self.user_is_as_written(stack)
        else:
            self.role_is_as_written(stack)

    def policies_are_as_written(self, stack, resources):
        kind = "AWS::IAM::ManagedPolicy"
        arns = [each["PhysicalResourceId"] for each in resources if each.get("ResourceType") == kind]
        found = {}
        for arn in arns:
            policy = self.iam.get_policy(PolicyArn=arn)["Policy"]
            version = self.iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])
            found[policy["PolicyName"]] = version["PolicyVersion"]["Document"]
            self.assertEqual(policy["Path"], stack.declared.path)
        self.assertEqual(found, decoded(stack.documents))

    def role_is_as_written(self, stack):
        declared = stack.declared
        role = self.iam.get_role(RoleName=declared.names["role"])["Role"]
        self.assertEqual(stack.trust(role["AssumeRolePolicyDocument"]), declared.trust)
        self.assertEqual(role["Path"], declared.path)
        self.assertEqual(role["MaxSessionDuration"], declared.session or timedelta(hours=1).seconds)
        boundary = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        self.assertEqual(boundary, declared.boundary)
        self.assertEqual({tag["Key"]: tag["Value"] for tag in role.get("Tags", [])}, declared.tags)
        if declared.kind == "engineer":
            name = declared.names["profile"]
            profile = self.iam.get_instance_profile(InstanceProfileName=name)["InstanceProfile"]
            self.assertEqual([each["RoleName"] for each in profile["Roles"]], [role["RoleName"]])

    def user_is_as_written(self, stack):
        user = self.iam.get_user(UserName=stack.declared.names["user"])["User"]
        self.assertEqual(user["Path"], stack.declared.path)


def decoded(documents):
    """The emulator decodes the `%7B` that stands in a policy, as if a client had encoded it."""
    return json.loads(urllib.parse.unquote(json.dumps(documents)))


if __name__ == "__main__":
    unittest.main()
