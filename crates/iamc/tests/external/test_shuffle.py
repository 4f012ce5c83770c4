"""The bytes in out/ depend on nothing but the declarations."""

import difflib
import os
import unittest

import files
import generate
import iamc


def contents(root):
    out = root / "out"
    return {path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


class Shuffle(iamc.Test):
    def assert_same_bytes(self, found, wanted):
        self.assertEqual(list(found), list(wanted))
        for path, text in found.items():
            if text != wanted[path]:
                lines = [each.decode().splitlines() for each in (wanted[path], text)]
                difference = difflib.unified_diff(*lines, lineterm="", n=3)
                self.fail(f"{path}:\n" + "\n".join(list(difference)[:40]))

    def test_other_files_names_and_orders_give_the_same_bytes(self):
        for seed in range(15):
            plain = contents(self.generated(seed))
            for layout in ("one", "two"):
                with self.subTest(seed=seed, layout=layout):
                    self.assert_same_bytes(contents(self.generated(seed, layout=f"{seed} {layout}")), plain)

    def test_the_clock_the_locale_and_the_folder_do_not_matter(self):
        root = self.generated(3)
        before = contents(root)
        environment = os.environ | {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "NO_COLOR": "1"}
        elsewhere = self.folder() / "a b" / "é"
        files.write(generate.Generator(3).make(), elsewhere)
        command = [iamc.BINARY, "build"]
        iamc.subprocess.run(command, cwd=elsewhere, env=environment, check=True, capture_output=True)
        self.assert_same_bytes(contents(elsewhere), before)

    def test_a_second_build_touches_nothing(self):
        root = self.generated(5)
        before = {path: path.stat().st_mtime_ns for path in (root / "out").rglob("*")}
        self.build(root)
        self.assertEqual({path: path.stat().st_mtime_ns for path in (root / "out").rglob("*")}, before)
        self.assertEqual(iamc.run("build", "--check", root=root).returncode, 0)


if __name__ == "__main__":
    unittest.main()
