"""The JSON that commands answer, held against the schemas that `iamc schema` gives for it."""

import json
import unittest

import jsonschema

import iamc

REQUESTS = [
    ["s3:GetObject", "arn:aws:s3:::ml-data/streaming/x"],
    ["s3:GetObject", "arn:aws:s3:::ml-data/labels/x", "--at", "2027-01-01"],
    ["s3:GetObject"],
    ["s3:*", "*"],
    ["*"],
    ["iam:*", "*", "--exact"],
    ["ec2:StopInstances", "arn:aws:ec2:eu-central-1:123456789876:instance/i-1", "--context", "a:b="],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:123456789876:secret:Prod/x"],
]


def validator(answer):
    schema = json.loads(iamc.run("schema", answer).stdout)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def broken(value):
    """The same with one thing more, less or other, in each object and list at a time."""
    if isinstance(value, dict):
        yield value | {"else": 1}
        for key in value:
            yield {other: each for other, each in value.items() if other != key}
            yield from (value | {key: each} for each in broken(value[key]))
    elif isinstance(value, list) and value:
        yield from ([each, *value[1:]] for each in broken(value[0]))
    elif not isinstance(value, list):
        yield [[0]]


class Answers(iamc.Test):
    @classmethod
    def setUpClass(cls):
        cls.validators = {name: validator(f"answer-{name}") for name in ("explain", "who-can")}

    def names(self, root, kind):
        rows = json.loads(iamc.run("list", kind, "--format", "json", root=root).stdout)
        return [row["name"] for row in rows]

    def ask(self, root, command, *arguments):
        result = iamc.run(command, *arguments, "--format", "json", root=root)
        self.assertEqual((result.returncode, result.stderr), (0, ""), f"{root}: {command} {arguments}")
        answer = json.loads(result.stdout)
        errors = self.validators[command].iter_errors(answer)
        found = [f"{error.json_path}: {error.message[:200]}" for error in errors]
        self.assertEqual(found, [], f"{command} {arguments}")
        return answer

    def ask_all(self, root, requests):
        """Some of each kind, and everybody."""
        kinds = ("engineers", "service-users", "roles")
        principals = [name for kind in kinds for name in self.names(root, kind)[-3:]]
        others = [name for kind in ("groups", "policies") for name in self.names(root, kind)[:3]]
        for name in principals + others:
            self.ask(root, "explain", name)
        for request in requests:
            self.ask(root, "who-can", *request)
        self.ask(root, "who-can", *requests[0], "--not")
        return [self.ask(root, "explain", name, *request) for name in principals for request in requests]

    def test_the_example(self):
        answers = self.ask_all(iamc.REPOSITORY, REQUESTS)
        seen = {answer["decision"] for answer in answers}
        self.assertEqual(len(seen), 5, f"a test that sees {seen} alone says little")
        self.assertTrue(any(answer["near-misses"] for answer in answers))

    def test_random_projects(self):
        for seed in range(3):
            self.ask_all(self.generated(seed), [["s3:Get*", "*"], ["s3:GetObject"]])

    def test_the_schemas_refuse_what_is_no_answer(self):
        explain = self.ask(iamc.REPOSITORY, "explain", "JaneDoe", *REQUESTS[0])
        who_can = self.ask(iamc.REPOSITORY, "who-can", *REQUESTS[0])
        for name, answer in (("explain", explain), ("who-can", who_can)):
            # A context may hold any key.
            answer["request"]["context"] = {}
            accepted = [each for each in broken(answer) if self.validators[name].is_valid(each)]
            self.assertEqual([each for each in accepted if each["request"]["context"] == {}], [])


if __name__ == "__main__":
    unittest.main()
