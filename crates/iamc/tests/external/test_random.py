"""Random projects: what the source says by one reading is what out/ says by another."""

import collections
import re
import unittest

import ruamel.yaml

import files
import generate
import iamc
import yaml11
from generate import Size


# Each over what a managed policy holds, the last over what a role can have.
OVERFLOWING = [
    Size(policies, engineers=6, service_users=3, roles=3, held=held, traps=0.8, long=long, budget=budget)
    for policies, held, long, budget in (
        (60, 60, 0.2, 25_000), (110, 80, 0.3, 45_000), (140, 120, 0.4, 60_000), (160, 160, 0.5, 75_000)
    )
]


class Random(iamc.Test):
    def test_small_projects(self):
        for seed in range(70):
            with self.subTest(seed=seed):
                self.assert_same_meaning(self.generated(seed, layout=f"layout {seed}"))

    def test_the_generator_reaches_what_it_should(self):
        """A property that holds because nothing happens says nothing."""
        seen, operators = collections.Counter(), set()
        for seed in range(40):
            project, _ = self.assert_same_meaning(self.generated(seed))
            for principal in project.principals.values():
                seen[principal.kind] += 1
                seen["kubernetes"] += bool(principal.kubernetes)
                seen["boundary"] += bool(principal.boundary)
                seen["no permission"] += not principal.policies
                for effect, action, resource, block in principal.atoms():
                    seen[effect] += 1
                    seen["not-actions"] += isinstance(action, tuple)
                    seen["not-resources"] += isinstance(resource, tuple)
                    seen["bounded"] += any(key == "aws:CurrentTime" for _, key, _ in block)
                    operators.update(operator for operator, _, _ in block)
        wanted = ["Allow", "Deny", "not-actions", "not-resources", "bounded", "kubernetes", "boundary"]
        wanted += ["no permission", "service-user", "role"]
        self.assertEqual([name for name in wanted if not seen[name]], [])
        self.assertGreater(len(operators), 60, operators)

    def test_a_large_project(self):
        size = Size(
            policies=1000, templates=20, groups=200, engineers=500, service_users=20, roles=20, traps=0.1
        )
        project, _ = self.assert_same_meaning(self.generated("large", size))
        self.assertGreaterEqual(len(project.policies), 1000)
        self.assertGreaterEqual(len(project.principals), 500)

    def test_policies_that_overflow(self):
        """Principals whose statements need many managed policies, up to all that a role can have."""
        rungs = {}
        for seed in range(16):
            with self.subTest(seed=seed):
                root = self.folder()
                files.write(generate.Generator(f"over {seed}", OVERFLOWING[seed % 4]).make(), root)
                result = iamc.run("build", root=root)
                if result.returncode:
                    self.assertIn("iamc::emitter::too-many-policies", result.stderr)
                    continue
                said = result.stdout + result.stderr
                left = dict(re.findall(r"(\S+) left the stable rung: ([^;\n]*)", said))
                together = {name for name, how in left.items() if how.startswith("categories share")}
                _, output = self.assert_same_meaning(root, together)
                for name, stack in output.stacks.items():
                    rungs.setdefault(left.get(name, "stable"), set()).add(len(stack.documents))
        self.assertGreaterEqual(len(rungs), 4, f"few ways of laying out were needed: {rungs}")
        self.assertGreaterEqual(max(max(counts) for counts in rungs.values()), 10)

    def test_another_reader_of_yaml_agrees(self):
        reader = ruamel.yaml.YAML(typ="safe", pure=True)
        reader.version = (1, 1)
        reader.constructor.add_constructor("!Ref", lambda _, node: yaml11.Ref(node.value))
        for seed in range(8):
            root = self.generated(seed)
            for path in sorted((root / "out").rglob("*.yaml")):
                text = path.read_text()
                self.assertEqual(list(reader.load_all(text)), yaml11.documents(text), path)


if __name__ == "__main__":
    unittest.main()
