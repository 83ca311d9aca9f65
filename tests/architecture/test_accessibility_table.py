"""docs/accessibility.md names a proof for each of the thirty-two tests, and every file it names is there."""

from __future__ import annotations

import re

from tests.support.tree import ROOT

_TABLE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")


def test_each_of_the_thirty_two_tests_has_its_line() -> None:
    assert re.findall(r"^\| (T\d\d) \|", _TABLE, re.MULTILINE) == [f"T{number:02d}" for number in range(1, 33)]


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w./]+?)`", _TABLE))
    assert len(named) > 25
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
