"""The project that this repository holds means what it is known to mean."""

import unittest

import iamc
import readback

# Of the organisation that the example is taken from: what each principal must end up with.
REACHES = {
    "DeveloperAa": [
        "S3AllowReadOnBucketOperationsa",
        "S3AllowWriteOnBucketOperationsa",
        "SecretManagerBoxReadOnly",
    ],
    "DeveloperBb": [
        "S3AllowReadOnBucketOperationsa",
        "S3AllowReadOnBucketOperationsb",
        "S3AllowWriteOnBucketOperationsa",
        "SecretManagerBoxReadOnly",
    ],
    "DeveloperCc": [
        "S3AllowReadOnBucketOperationsb",
        "S3AllowWriteOnBucketOperationsb",
        "SecretManagerBoxReadOnly",
    ],
    "DeveloperDd": [
        "S3AllowReadOnBucketOperationsb",
        "S3AllowWriteOnBucketOperationsb",
        "SecretManagerBoxReadOnly",
    ],
    "JaneDoe": ["S3AllowReadOnBucketMldataPrefixStreaming"],
    "JohnDoe": ["MlSpecial", "S3AllowReadOnBucketMldataPrefixStreaming"],
    "ServiceUserProdWeb": ["AuroraDataApiAllowAll", "SecretManagerBoxReadOnly"],
}

NAMES = {
    "DeveloperAa": {
        "role": "PersonalRoleDeveloperAa",
        "profile": "PersonalInstanceProfileDeveloperAa",
        "stack": "personal-iam-profile-DeveloperAa",
    },
    "ServiceUserProdWeb": {
        "user": "ServiceUserProdWeb",
        "group": "IamGroupServiceUserProdWeb",
        "stack": "service-user-ServiceUserProdWeb",
    },
}


class Example(iamc.Test):
    @classmethod
    def setUpClass(cls):
        cls.project = iamc.naive.Project(iamc.REPOSITORY)
        cls.output = readback.Output(iamc.REPOSITORY, cls.project)

    def test_committed_output_means_what_the_source_means(self):
        self.assert_same_meaning(iamc.REPOSITORY)

    def test_committed_output_is_what_is_built(self):
        result = iamc.run("build", "--check", root=iamc.REPOSITORY)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_everybody_reaches_what_is_known(self):
        for name, policies in REACHES.items():
            with self.subTest(name):
                self.assertEqual(sorted(self.output.principals[name].policies), policies)

    def test_names_are_the_known_ones(self):
        for name, names in NAMES.items():
            self.assertEqual(self.output.principals[name].names, names)
        policies = self.output.stacks["DeveloperAa"].documents
        self.assertEqual(
            sorted(policies), ["PersonalPolicyS3DeveloperAa", "PersonalPolicySecretManagerDeveloperAa"]
        )
        policies = self.output.stacks["ServiceUserProdWeb"].documents
        self.assertEqual(list(policies), ["PolicyForServiceUserProdWeb"])

    def test_the_role_trusts_and_carries_what_is_known(self):
        engineer = self.output.principals["DeveloperAa"]
        user = "arn:aws:iam::123456789876:user/ServiceUserProdKrun"
        self.assertIn(("AWS", user, "sts:AssumeRole", frozenset()), engineer.trust)
        self.assertIn("arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy", engineer.attached)


if __name__ == "__main__":
    unittest.main()
