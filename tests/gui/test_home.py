"""Home by keys: two keys to the live log, visits made, renamed, archived and brought back, 200 of them in a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTreeView

from fieldkit.app.assessments import plan_visit
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import identifier_faults, label_not_in_name, unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.qt.theme import Appearance
from ui.widgets.labels import EmptyState

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, Home shown."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        made.chord(_Key.Key_1)
        made.until(lambda: made.focus.objectName() == "home.visits")
        made.settle()
        yield made
        made.close()


def _tree(stage: Stage) -> QTreeView:
    found = stage.find("home.visits")
    assert isinstance(found, QTreeView)
    return found


def _names(stage: Stage) -> list[str]:
    stage.settle()
    return [row.name for group in stage.bench.home.state.groups for row in group.visits]


def _faults(stage: Stage) -> list[str]:
    window = stage.window
    return [
        *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
        *clipped(window), *unreachable(window, tab_cycle(stage.focus)),
    ]  # fmt: skip


def test_enter_and_enter_lead_from_unlock_to_the_live_log(stage: Stage) -> None:
    stage.window.lock()
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.until(lambda: stage.focus.objectName() == "home.visits")
    stage.settle()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")


def test_f2_renames_with_undo_and_esc_keeps_the_name(stage: Stage) -> None:
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "change_visit.name")
    stage.type("First visit")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "home.visits")
    assert _names(stage) == ["First visit"]
    assert stage.desk.undo.words == "Visit renamed"
    stage.chord(_Key.Key_Z)
    assert _names(stage) == ["Visit 1"]
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "change_visit.name")
    stage.type("Never kept")
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.focus.objectName() == "home.visits")
    assert _names(stage) == ["Visit 1"]


def test_delete_archives_and_show_archived_brings_back(stage: Stage) -> None:
    stage.press(_Key.Key_Delete)
    assert _names(stage) == []
    assert stage.desk.undo.words == "Visit 1 archived"
    assert stage.focus.objectName() == "home.create_first", "nothing is listed, which is said"
    assert any(one.text().startswith("Every visit is archived") for one in stage.window.findChildren(EmptyState))
    stage.tab_to("home.archived")
    stage.press(_Key.Key_Return)
    assert _names(stage) == ["Visit 1"]
    stage.find("home.visits").setFocus()
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Delete)
    stage.settle()
    assert stage.bench.home.state.archived == 0
    assert not stage.shows("home.archived")


def test_a_second_delete_never_meets_a_visit_far_away(stage: Stage) -> None:
    assessment = stage.bench.home.state.groups[0].assessment.id
    for number in range(2, 7):
        day = date(2026, 12, number)
        stage.bench.session.workspace.perform(
            lambda uow, number=number, day=day: plan_visit(uow, assessment, f"Visit {number}", starts_on=day)  # type: ignore[misc]
        )
    stage.until(lambda: len(_names(stage)) == 6)
    stage.press(_Key.Key_End)
    order = _names(stage)
    stage.press(_Key.Key_Up)
    for _ in range(2):
        stage.press(_Key.Key_Delete)
        stage.settle()
    assert _names(stage) == order[:3] + order[3:4], "the last but one, and the one that came to stand there"


def test_a_visit_is_created_in_the_panel_and_mistakes_stand_at_their_fields(stage: Stage) -> None:
    stage.chord(_Key.Key_N, shift=True)
    stage.until(lambda: stage.focus.objectName() == "new_visit.name")
    stage.press(_Key.Key_Return)
    stage.settle()
    name = stage.find("new_visit.name")
    assert name.accessibleDescription().startswith("Error: Enter a visit name")
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Return)
    stage.type("Visit 2")
    stage.tab_to("new_visit.when")
    when = stage.focus
    assert isinstance(when, QLineEdit)
    when.selectAll()
    stage.type("31 February 2027")
    stage.press(_Key.Key_Return)
    assert "Error: Date must be a real date" in when.accessibleDescription()
    assert when.text() == "31 February 2027"
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Return)
    assert stage.focus is when
    when.selectAll()
    stage.type("4 November 2026")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.add")
    assert stage.bench.visit is not None
    assert stage.bench.visit.state.title == "Visit 2"
    stage.chord(_Key.Key_1)
    assert _names(stage) == ["Visit 1", "Visit 2"]


def test_two_hundred_visits_are_found_by_typing_and_stay_where_they_were_scrolled(stage: Stage) -> None:
    assessment = stage.bench.home.state.groups[0].assessment.id
    first = date(2026, 1, 1)
    stage.bench.session.workspace.perform(
        lambda uow: [
            plan_visit(uow, assessment, f"Ward {number}", starts_on=first + timedelta(days=number))
            for number in range(200)
        ]
    )
    stage.settle()
    tree = _tree(stage)
    tree.setFocus()
    QTest.keyClicks(tree, "ward 17")
    row = stage.bench.home.chosen
    assert row is not None
    assert row.name == "Ward 179"  # newest first
    bar = tree.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    assert before > 50
    stage.bench.home.load()
    stage.settle()
    assert bar.value() == before


@pytest.mark.parametrize(
    ("colours", "percent", "size"),
    [
        (Colours.LIGHT, 100, (1092, 534)), (Colours.DARK, 100, (1280, 640)), (Colours.HIGH_CONTRAST, 150, (1366, 688)),
        (Colours.LIGHT, 200, (1366, 688)),
    ],
)  # fmt: skip
def test_home_and_its_forms_can_be_used_by_everybody(
    stage: Stage, colours: Colours, percent: int, size: tuple[int, int]
) -> None:
    stage.show_as(colours, percent, size)
    found = _faults(stage)
    stage.find("home.visits").setFocus()
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "change_visit.name")
    found += _faults(stage)
    stage.press(_Key.Key_Escape)
    stage.chord(_Key.Key_N, shift=True)
    stage.until(lambda: stage.focus.objectName() == "new_visit.name")
    stage.press(_Key.Key_Return)
    stage.settle()
    found += _faults(stage)
    assert found == []
