"""Every screen of the tour in every look: T01-T04, T06, T07, T09-T11, T13-T18, T21, T27 (docs/accessibility.md).

Twelve looks hold every pair of theme, text size and window: the screens of a vault of one's own are walked in all of
them, the others in four, each window once, with a different four for each part. ``FIELDKIT_LOOKS=every``
(``make looks``) walks every part in all thirty-six.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.gui.stage import Stage
from tests.gui.support.inspector import Inspector
from tests.gui.support.looks import SCALES, SIZES, THEMES, Look, every, one_a_window, pairwise
from tests.gui.tab_orders import expected_order
from tests.gui.tour import PARTS
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

_MAIN = ("first-run", "own")


def _looks_at(part: str) -> tuple[Look, ...]:
    if os.environ.get("FIELDKIT_LOOKS") == "every":
        return every()
    return pairwise() if part in _MAIN else one_a_window(list(PARTS).index(part))


WALKS = [pytest.param(look, part, id=f"{look.name}-{part}") for part in PARTS for look in _looks_at(part)]


@pytest.mark.slow
@pytest.mark.parametrize(("shown", "part"), WALKS)
def test_the_screens_can_be_used_by_everybody(look: Appearance, tmp_path: Path, shown: Look, part: str) -> None:
    with quick_keys():
        PARTS[part].prepare(tmp_path)
        with Stage(tmp_path) as stage:
            inspector = Inspector(stage, shown, expected_order(shown, part))
            PARTS[part].walk(inspector)
    assert len(inspector.seen) >= PARTS[part].least
    assert not inspector.faults, "\n".join(inspector.faults)


def test_the_looks_hold_every_pair_of_theme_text_size_and_window() -> None:
    wanted = frozenset[tuple[object, object]]().union(*(look.pairs for look in every()))
    assert frozenset[tuple[object, object]]().union(*(look.pairs for look in pairwise())) == wanted
    assert len(wanted) == len(THEMES) * len(SCALES) + len(THEMES) * len(SIZES) + len(SCALES) * len(SIZES)


@pytest.mark.parametrize("turn", range(len(SCALES)))
def test_four_looks_show_every_window_theme_and_text_size(turn: int) -> None:
    four = one_a_window(turn)
    assert {look.size for look in four} == set(SIZES)
    assert {look.colours for look in four} == set(THEMES)
    assert {look.percent for look in four} == set(SCALES)
