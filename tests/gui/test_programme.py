"""The programme by keys: taken from a file and undone, read cell by cell, and an activity opened from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_programme import TABLE, open_file, open_where, take_good
from tests.support.vaults import quick_keys
from ui.presenters.page import Page
from ui.presenters.visit.agenda import LineKind
from ui.qt.theme import Appearance
from ui.views.programme.table import WhereTable

_Key = Qt.Key
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    with quick_keys():
        made = Stage(tmp_path, at=datetime(2026, 11, 12, 10, 15, tzinfo=UTC))
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        yield made
        made.close()


def _heads(stage: Stage) -> list[str]:
    stage.settle()
    day = stage.bench.visit
    assert day is not None
    return [one.title for one in day.state.lines if one.kind is LineKind.ACTIVITY and not one.is_cancelled]


def test_a_programme_is_taken_from_a_file_and_all_of_it_undone(stage: Stage) -> None:
    open_file(stage, TABLE)
    assert not any(one.objectName() == "programme.take" and one.isVisible() for one in [stage.find("programme.good")])
    take_good(stage)
    assert len(_heads(stage)) == 5
    assert stage.find("visit.alert").isVisible()
    stage.chord(_Key.Key_Z)
    assert _heads(stage) == ["ICB board"]


def test_who_is_where_is_read_by_arrows_and_enter_opens_what_is_on(stage: Stage) -> None:
    open_file(stage, TABLE)
    take_good(stage)
    open_where(stage)
    table = stage.find("programme.table")
    assert isinstance(table, WhereTable)
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Right)
    stage.press(_Key.Key_Right)
    said = str(table.currentIndex().data(_SPOKEN))
    assert said == "now, 10:00, B: Interview: chief nurse, to 11:00, Room 2, BM"
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.INTERVIEW)
    open_where(stage)
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.bench.state.page is not Page.PROGRAMME)
