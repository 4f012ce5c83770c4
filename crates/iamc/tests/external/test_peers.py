"""What others find of faults that iamc finds: the table of docs/peers.md."""

import os
import re
import unittest

import iamc
from peers import table
from peers.case import cases

PAGE = iamc.REPOSITORY / "docs/peers.md"


def lints_of_aws():
    """The lints that rest on the knowledge of AWS."""
    areas = iamc.run("rule").stdout.split("iamc::")
    for area in areas:
        if area.startswith(("aws::", "access::")):
            rows = re.findall(r"^  ([a-z-]+) +(warn|off|error) ", area, re.MULTILINE)
            yield from (rule for rule, level in rows if level != "error")


class Peers(iamc.Test):
    def test_the_table_covers_every_check(self):
        lints = set(lints_of_aws())
        self.assertGreater(len(lints), 40)
        self.assertEqual(lints - {case.rule for case in cases()}, set())

    def test_the_table_says_what_is_found(self):
        rows = [table.Row.of(case, self.folder(), self.folder()) for case in cases()]
        for row in rows:
            with self.subTest(str(row.case)):
                self.assertIn(row.case.rule, row.iamc)
                self.assertEqual(list(row.of_mended), [])
        written = PAGE.read_text()
        printed = table.page(written, rows)
        if "UPDATE_DOCS" in os.environ:
            PAGE.write_text(printed)
        else:
            self.assertEqual(written, printed, "run with UPDATE_DOCS=1 and review")


if __name__ == "__main__":
    unittest.main()
