"""Every screen on the tour: named, reachable by keys, large enough to hit, nothing cut, words that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from tests.gui.stage import Stage
from tests.gui.support.keyboard import KeyboardTrap, tab_cycle, unreachable
from tests.gui.support.paint import clipped, painted_contrast, small_targets
from tests.gui.support.tree import headings, identifier_faults, label_not_in_name, unnamed, visible
from tests.gui.tour import PARTS
from ui.presenters.display import Colours
from ui.qt.theme import Appearance

LOOKS = {
    "light": (Colours.LIGHT, 100, (1366, 688)),
    "dark": (Colours.DARK, 100, (1280, 640)),
    "contrast": (Colours.HIGH_CONTRAST, 150, (1366, 688)),
    "large": (Colours.LIGHT, 200, (1366, 688)),
    "small": (Colours.LIGHT, 100, (1092, 534)),
}


class Inspector:
    """Looks at each screen and writes down what is wrong with it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seen: list[str] = []
        self.faults: list[str] = []

    def take(self, name: str) -> None:
        self.stage.settle()
        self.seen.append(name)
        window = self.stage.window
        found = [
            *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
            *clipped(window),
        ]  # fmt: skip
        if len(headings(window)) < 1:
            found.append("no heading")
        found += self._keyboard()
        self.faults += [f"{name}: {fault}" for fault in found]

    def _keyboard(self) -> list[str]:
        """Tab goes round and reaches everything; the focus is put back where it was."""
        start = QApplication.focusWidget()
        if start is None:
            return ["nothing has the focus"]
        if self.stage.shows("hidden.show"):
            return []  # one button and nothing else
        if self.stage.shows("log.suggestions") or self.stage.shows("palette"):
            return []  # Tab takes a choice there
        caret = start.cursorPosition() if isinstance(start, QLineEdit) else 0
        try:
            order = tab_cycle(start)
        except KeyboardTrap as trap:
            return [str(trap)]
        if isinstance(start, QLineEdit):  # Tab selects what is in a field; whoever types on does not expect that
            start.deselect()
            start.setCursorPosition(caret)
        return unreachable(self.stage.window, order)


@pytest.fixture(params=LOOKS)
def inspector(request: pytest.FixtureRequest, look: Appearance, tmp_path: Path) -> Iterator[Inspector]:
    stage = Stage(tmp_path)
    stage.show_as(*LOOKS[request.param])
    yield Inspector(stage)
    stage.close()


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_the_screens_can_be_used_by_everybody(inspector: Inspector, part: str) -> None:
    PARTS[part](inspector)
    assert len(inspector.seen) >= 13
    assert not inspector.faults, "\n".join(inspector.faults)


@pytest.mark.parametrize("colours", [Colours.LIGHT, Colours.DARK, Colours.HIGH_CONTRAST])
def test_painted_words_can_be_read(look: Appearance, tmp_path: Path, colours: Colours) -> None:
    stage = Stage(tmp_path)
    stage.show_as(colours, 100, (1366, 688))
    labels: list[QLabel | QAbstractButton] = [*visible(stage.window, QLabel), *visible(stage.window, QAbstractButton)]
    pale = [one.text() for one in labels if one.text() and painted_contrast(one) < 4.5]
    stage.close()
    assert len(labels) > 6
    assert pale == []
