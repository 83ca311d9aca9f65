"""Every screen of the tour in every look: T01-T04, T06, T07, T09-T11, T13-T18, T21, T27 (docs/accessibility.md).

Twelve looks hold every pair of theme, text size and window. ``FIELDKIT_LOOKS=every`` walks through all thirty-six.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.gui.stage import Stage
from tests.gui.support.inspector import Inspector
from tests.gui.support.looks import SCALES, SIZES, THEMES, Look, every, pairwise
from tests.gui.tab_orders import expected_order
from tests.gui.tour import PARTS
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

LOOKS = every() if os.environ.get("FIELDKIT_LOOKS") == "every" else pairwise()


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("shown", LOOKS, ids=lambda shown: shown.name)
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
