"""The JSON Schemas that `iamc schema` gives to editors, judged by a validator of JSON Schema."""

import datetime
import json
import tomllib
import unittest

import jsonschema

import files
import generate
import iamc

KINDS = {
    "policies": ["policies/**/*.toml"],
    "groups": ["groups/**/*.toml"],
    "engineers": ["engineers.toml", "engineers/**/*.toml"],
    "service-users": ["service-users.toml", "service-users/**/*.toml"],
    "roles": ["roles.toml", "roles/**/*.toml"],
    "assertions": ["assertions.toml", "assertions/**/*.toml"],
    "iamc": ["iamc.toml"],
}

# Kind of file → texts that the language refuses for their shape alone.
MISTAKES = {
    "policies": [
        'policy.X = { actions = "s3:GetObject", resources = ["*"] }',
        'policy.X = { actions = ["s3:GetObject"] }',
        'policy.X = { actions = [], resources = ["*"] }',
        'policy.X = { actions = ["s3:GetObject"], not-actions = ["s3:*"], resources = ["*"] }',
        'policy.X = { actions = ["s3:GetObject"], resources = ["*"], efect = "Deny" }',
        'policy.X = { actions = ["s3:GetObject"], resources = ["*"], effect = "deny" }',
        'policy.X = { actions = ["s3:GetObject"], resources = ["bucket"] }',
        'policy.X = { actions = ["GetObject"], resources = ["*"] }',
        'policy.X = { actions = ["s3:GetObject"], resources = ["*"], conditions.StringLik.a = ["b"] }',
        'policy.X = { actions = ["s3:GetObject"], resources = ["*"], conditions.Null.a = "true" }',
        'policy.X = { template = "T", actions = ["s3:GetObject"] }',
        'policy."1X" = { actions = ["s3:GetObject"], resources = ["*"] }',
        'group.X = { policies = ["P"] }',
    ],
    "groups": [
        'group.X = { policy = ["P"] }',
        'group.X = { policies = "P" }',
        'group.X = { groups = [{ name = "G", until = "soon" }] }',
        'group.X = { groups = [{ until = 2026-12-31 }] }',
        'group.X = { groups = [{ name = "G", untill = 2026-12-31 }] }',
        'policy.X = { actions = ["s3:GetObject"], resources = ["*"] }',
    ],
    "engineers": [
        'engineer.X = "G"',
        'engineer.X = { group = ["G"] }',
        'engineer.X = { groups = ["G"], trust = [{ service = "ec2.amazonaws.com" }] }',
        'engineer.X = { groups = ["G"], max-session-duration = 60 }',
        'engineer.X = { groups = ["G"], path = "a" }',
        'engineer.X = { groups = ["G"], params = { a = "b*" } }',
    ],
    "service-users": [
        'service-user.X = { groups = ["G"], max-session-duration = 3600 }',
        'service-user.X = { groups = ["G"], for-each = { name = "a" } }',
    ],
    "roles": [
        'role.X = { groups = ["G"], trust = [] }',
        'role.X = { groups = ["G"], trust = [{ service = "a", aws = "arn:aws:iam::1:root" }] }',
        'role.X = { groups = ["G"], trust = [{ federated = "arn:aws:iam::1:saml-provider/x" }] }',
    ],
    "assertions": [
        'assert = [{ who = ["X"], action = "s3:*", expect = "permitted" }]',
        'assert = [{ action = "s3:*", expect = "allowed" }]',
        'assert = [{ who = ["X"], expect = "allowed" }]',
    ],
    "iamc": [
        "project.account = 123456789876",
        'project.account = "1234"',
        'project.partition = "azure"',
        'lints.unused-policy = "warning"',
        'lints.no-such-lint = "warn"',
        'naming.engineer-rol = "X{engineer}"',
        "limits.managed-policies-per-role = 0",
        'category = [{ name = "S3" }]',
    ],
}


def plain(value):
    """TOML's dates as editors give them to a validator: strings."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


class Schema(iamc.Test):
    @classmethod
    def setUpClass(cls):
        cls.validators = {}
        for kind in KINDS:
            result = iamc.run("schema", kind)
            schema = json.loads(result.stdout)
            validator = jsonschema.validators.validator_for(schema)
            validator.check_schema(schema)
            cls.validators[kind] = validator(schema)

    def assert_accepts_all_of(self, root):
        count = 0
        for kind, patterns in KINDS.items():
            for path in (path for pattern in patterns for path in root.glob(pattern)):
                errors = self.validators[kind].iter_errors(plain(tomllib.loads(path.read_text())))
                self.assertEqual([f"{path}: {error.json_path}: {error.message}" for error in errors], [])
                count += 1
        return count

    def test_the_schemas_accept_the_example(self):
        self.assertGreater(self.assert_accepts_all_of(iamc.REPOSITORY), 10)

    def test_the_schemas_accept_whatever_builds(self):
        for seed in range(40):
            root = self.folder()
            files.write(generate.Generator(seed).make(), root, seed)
            self.assert_accepts_all_of(root)

    def test_the_schemas_refuse_mistakes(self):
        for kind, texts in MISTAKES.items():
            for text in texts:
                with self.subTest(text):
                    self.assertFalse(self.validators[kind].is_valid(plain(tomllib.loads(text))))


if __name__ == "__main__":
    unittest.main()
