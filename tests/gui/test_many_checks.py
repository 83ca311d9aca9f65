"""A list of many to tick: found by its words, ticked by keys, and never more lines than a screen can build at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui.support.tree import unnamed
from ui.widgets.many_checks import MOST_LINES, ManyChecks

OPTIONS = [(f"note-{place}", f"{place} November: the ward said {place}") for place in range(1, 301)]


def test_three_hundred_notes_are_fifty_lines_and_all_are_found_and_ticked_by_keys(
    shown: Callable[..., QWidget],
) -> None:
    many = ManyChecks(OPTIONS, "Evidence you relied on", "form.relied_on")
    shown(many)
    assert many.list.count() == MOST_LINES
    many.seek("WARD 277")
    assert [many.list.item(place).text() for place in range(many.list.count())] == [OPTIONS[276][1]]
    many.list.setFocus(Qt.FocusReason.OtherFocusReason)
    many.list.setCurrentRow(0)
    QTest.keyClick(many.list, Qt.Key.Key_Space)
    assert many.chosen == ("note-277",)
    many.seek("said 299")
    lines = [many.list.item(place).text() for place in range(many.list.count())]
    assert lines[0] == OPTIONS[276][1], "what is ticked stays in sight whatever is sought"
    assert lines[1:] == [OPTIONS[298][1]]
    many.choose(["note-3"])
    assert many.chosen == ("note-3",)
    assert unnamed(many) == []
