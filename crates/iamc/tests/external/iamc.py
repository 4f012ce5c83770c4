"""The program under test, and folders to run it in."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import files
import generate
import naive
import readback

REPOSITORY = Path(__file__).resolve().parents[4]
BINARY = os.environ.get("IAMC", REPOSITORY / "target/debug/iamc")


def run(*arguments, root=None):
    """Runs iamc; gives what it printed and its exit status."""
    command = [BINARY, *(["-C", root] if root else []), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


class Test(unittest.TestCase):
    """A test with a folder of its own."""

    maxDiff = None

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="iamc-")
        self.addCleanup(folder.cleanup)
        return Path(folder.name)

    def example(self):
        """A copy of the project that the repository holds."""
        root = self.folder()
        names = ["policies", "groups", "out", *(path.name for path in REPOSITORY.glob("*.toml"))]
        names += [name for name in ("engineers", "service-users", "roles") if (REPOSITORY / name).is_dir()]
        for name in set(names) - {"Cargo.toml", "clippy.toml", "deny.toml", "rustfmt.toml"}:
            copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy
            copy(REPOSITORY / name, root / name)
        return root

    def build(self, root):
        result = run("build", root=root)
        self.assertEqual(result.returncode, 0, f"{root}: {result.stdout}{result.stderr}")
        return result

    def generated(self, seed, size=None, layout=None):
        """A random project, written and built."""
        root = self.folder()
        files.write(generate.Generator(seed, size).make(), root, layout)
        self.build(root)
        return root

    def assert_same_meaning(self, root, together=()):
        """What the source says by one reading is what out/ says by another. Categories share managed
        policies only for whom the build says so."""
        project = naive.Project(root)
        output = readback.Output(root, project)
        found = readback.differences(project.principals, output.principals)
        self.assertEqual(found, [], f"\n{root}")
        for name, stack in output.stacks.items():
            if name not in together:
                self.assertEqual(stack.misplaced, [])
        return project, output
