"""Random projects: what the source says by one reading is what out/ says by another."""

import collections
import unittest

import ruamel.yaml

import iamc
import yaml11
from generate import Size


class Random(iamc.Test):
    def test_small_projects(self):
        for seed in range(70):
            with self.subTest(seed=seed):
                self.assert_same_meaning(self.generated(seed, layout=f"layout {seed}"))

    def test_the_generator_reaches_what_it_should(self):
        """A property that holds because nothing happens says nothing."""
        seen = collections.Counter()
        for seed in range(40):
            project, _ = self.assert_same_meaning(self.generated(seed))
            for principal in project.principals.values():
                seen.update(f"kind {principal.kind}" for _ in [0])
                seen["kubernetes"] += bool(principal.kubernetes)
                seen["boundary"] += bool(principal.boundary)
                seen["no permission"] += not principal.policies
                for effect, action, resource, block in principal.atoms():
                    seen[effect] += 1
                    seen["not-actions"] += isinstance(action, tuple)
                    seen["not-resources"] += isinstance(resource, tuple)
                    seen["bounded"] += any(key == "aws:CurrentTime" for _, key, _ in block)
                    seen.update(operator for operator, _, _ in block)
        wanted = ["Allow", "Deny", "not-actions", "not-resources", "bounded", "kubernetes", "boundary"]
        wanted += ["no permission", "kind service-user", "kind role", "Null", "BinaryEquals"]
        wanted += ["ForAnyValue:StringLikeIfExists", "ForAllValues:StringEquals"]
        self.assertEqual([name for name in wanted if not seen[name]], [])

    def test_a_large_project(self):
        size = Size(policies=1000, templates=20, groups=200, engineers=500, service_users=20, roles=20, traps=0.1)
        project, _ = self.assert_same_meaning(self.generated("large", size))
        self.assertGreaterEqual(len(project.policies), 1000)
        self.assertGreaterEqual(len(project.principals), 500)

    def test_policies_that_overflow(self):
        """Principals whose statements need many managed policies."""
        size = Size(policies=110, held=80, engineers=8, traps=0.8, long=0.3, budget=45_000)
        for seed in range(6):
            with self.subTest(seed=seed):
                _, output = self.assert_same_meaning(self.generated(f"overflow {seed}", size))
                most = max(len(stack.documents) for stack in output.stacks.values())
                self.assertGreater(most, 4)

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
