"""Each promise of sync is named in ``docs/invariants.md`` with tests that exist, and each seeded bug is listed."""

from __future__ import annotations

import re

import pytest

from tests.mutants.schedules import SCHEDULES
from tests.support.tree import ROOT

PAGE = (ROOT / "docs" / "invariants.md").read_text(encoding="utf-8")
ROWS = {int(row[0]): row[2] for row in re.findall(r"^\| (\d+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)}
_NAMED = re.compile(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`")


def test_all_twenty_seven_are_there_in_order() -> None:
    assert list(ROWS) == list(range(1, 28))


@pytest.mark.parametrize("number", sorted(ROWS))
def test_each_promise_names_tests_that_exist(number: int) -> None:
    named = _NAMED.findall(ROWS[number])
    assert named, f"invariant {number} names no test"
    assert len(named) == ROWS[number].count("::"), f"invariant {number} names something that is no test"
    for file, name in named:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {name}\(", text, re.MULTILINE), f"{file} has no {name}"


def test_every_seeded_bug_is_on_the_page() -> None:
    assert set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE)) == set(SCHEDULES)
