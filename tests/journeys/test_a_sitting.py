"""Real X11 keys in a hurry: nothing typed is lost or swapped. The ten minutes of a person are ``make sitting``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import sitting
from tests.journeys.screen_x11 import missing_tools


@pytest.mark.slow
@pytest.mark.skipif(bool(missing_tools()), reason="no Xvfb, openbox or xdotool here; `make sitting` installs them")
def test_notes_typed_by_real_keys_faster_than_anybody_types_are_all_kept(tmp_path: Path) -> None:
    wanted = sitting.lines(15, seed=7)
    assert sitting.sit(tmp_path, wanted, lambda keyboard: sitting.in_a_hurry(keyboard, wanted, gap_ms=12)) == []


def test_the_lines_are_all_different_and_two_of_three_carry_a_tag() -> None:
    wanted = sitting.lines(60, seed=2026)
    assert len({line.words for line in wanted}) == len(wanted)
    assert sum(bool(line.code) for line in wanted) == 40
