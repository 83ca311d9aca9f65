"""Things to try, tried: the sample visit by the very keys its list shows, over a real central store on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTreeView

from tests.gui.stage import Stage
from tests.gui.support.tree import objects
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.exercises import Exercise, Exercises
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance
from ui.views.log.log_table import LogTable

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """The sample visit, Home shown."""
    with quick_keys():
        made = Stage(tmp_path)
        made.open_practice()
        made.until(lambda: made.focus.objectName() == "home.visits")
        yield made
        made.close()


def _exercises(stage: Stage) -> Exercises:
    assert stage.bench.exercises is not None
    return stage.bench.exercises


def _is_done(stage: Stage, exercise: Exercise) -> bool:
    return next(row.is_done for row in _exercises(stage).state.rows if row.exercise is exercise)


def _current(stage: Stage, table: str) -> str | None:
    shown = stage.find(table) if stage.shows(table) else None
    row = shown.current_row() if isinstance(shown, LogTable) else None
    return None if row is None else row.entry.id


def _open_log(stage: Stage) -> None:
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture", 30)
    stage.settle()


def _escalate_and_review(stage: Stage) -> None:
    stage.chord(_Key.Key_E, shift=True)
    stage.until(lambda: stage.focus.objectName().startswith("escalate.danger"))
    stage.press(_Key.Key_Space)
    stage.tab_to("escalate.what")
    stage.type("No cover on Ward 4 tonight")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: _is_done(stage, Exercise.ESCALATE))
    stage.press(_Key.Key_Escape)
    stage.chord(_Key.Key_6)
    stage.until(lambda: stage.shows("escalations.risks"))
    stage.settle()
    stage.tab_to("escalations.risks")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("escalations.change_risk"))
    stage.tab_to("escalations.change_risk")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("escalations.risk.save"))
    stage.tab_to("escalations.risk.review_on")
    stage.chord(_Key.Key_A)
    stage.type("31 December 2099")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: _is_done(stage, Exercise.RISK))


def test_every_thing_to_try_ticks_itself_by_the_keys_it_shows(stage: Stage) -> None:
    _open_log(stage)
    stage.note("Nobody owns the plan #lc")
    stage.note("ch: We will come back to it")
    stage.chord(_Key.Key_M)
    for exercise in (Exercise.TAGGED, Exercise.SPEAKER, Exercise.MARK):
        stage.until(lambda exercise=exercise: _is_done(stage, exercise))  # type: ignore[misc]
    stage.chord(_Key.Key_K)
    stage.type("winter")
    stage.until(lambda: any(item.kind.name == "NOTE" for item in stage.desk.palette_box.items))
    items = stage.desk.palette_box.items
    place = next(at for at, item in enumerate(items) if item.kind.name == "NOTE")
    for _ in range(place):
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: _is_done(stage, Exercise.FIND))
    stage.until(lambda: _current(stage, "log.table") == items[place].target)  # in another activity's log than was open
    assert stage.focus.objectName() == "log.table"
    stage.chord(_Key.Key_2)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.settle()
    stage.tab_to("visit.captures")
    for _ in range(4):
        stage.press(_Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    stage.chord(_Key.Key_T)
    stage.until(lambda: stage.focus.objectName() == "tag.filter")
    stage.type("es")
    stage.press(_Key.Key_Return)
    stage.until(lambda: _is_done(stage, Exercise.TAG_FIVE))
    assert stage.focus.objectName() == "visit.captures", "where the notes are that were tagged"
    stage.chord(_Key.Key_4)
    stage.until(lambda: stage.bench.state.page is Page.COVERAGE)
    stage.settle()
    stage.chord(_Key.Key_G)
    stage.chord(_Key.Key_N)
    stage.until(lambda: _is_done(stage, Exercise.GAP))
    _escalate_and_review(stage)
    stage.chord(_Key.Key_S, shift=True)
    stage.chord(_Key.Key_7)
    stage.until(lambda: _is_done(stage, Exercise.SEND), 60)
    stage.press(_Key.Key_F9)
    stage.press(_Key.Key_F9)
    assert _exercises(stage).state.title == "Things to try (10 of 10 done)"
    assert _exercises(stage).state.next is None
    _exercises(stage).again()
    assert _exercises(stage).state.done == 0


def test_practice_says_so_on_every_page_and_what_to_try_next(stage: Stage) -> None:
    for page in (Page.HOME, Page.VISIT, Page.LOG, Page.EVIDENCE, Page.COVERAGE, Page.SEND, Page.SETTINGS, Page.HELP):
        if page is Page.LOG:
            _open_log(stage)
        else:
            stage.bench.go(page)
        stage.settle()
        words = [interface.text(QAccessible.Text.Name) for interface, _ in objects(stage.window)]
        assert any("ractice" in text and "ample" in text for text in words), page
        assert stage.window.windowTitle().startswith("Practice"), page
        assert any(text.startswith("Try this: Log a note with a tag") for text in words), page


def test_the_line_leads_to_the_list_and_the_list_to_the_page(stage: Stage) -> None:
    _open_log(stage)
    stage.find("practice.all").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "practice.list")
    for _ in range(4):
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page in (Page.VISIT, Page.LOG))


@pytest.mark.parametrize("size", [(1366, 688), (1092, 534)])
def test_the_button_that_saves_tags_is_in_sight_while_the_practice_bar_is_up(
    stage: Stage, size: tuple[int, int]
) -> None:
    stage.resize(*size)
    stage.bench.show_evidence()
    stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
    stage.settle()
    assert stage.bench.evidence is not None
    stage.until(lambda: stage.bench.evidence is not None and stage.bench.evidence.rows.rows)
    stage.bench.evidence.panels.tag([stage.bench.evidence.rows.rows[0]])
    stage.settle()
    save = stage.find("tag.save")
    assert save.visibleRegion().boundingRect() == save.rect()


@pytest.mark.parametrize(("percent", "width"), [(100, 1280), (125, 1366), (200, 1366)])
def test_the_names_of_visits_are_read_whole_however_much_there_is_to_say_of_them(
    stage: Stage, percent: int, width: int
) -> None:
    stage.show_as(Colours.LIGHT, percent, (width, 688))
    stage.until(
        lambda: any("only here" in row.status for group in stage.bench.home.state.groups for row in group.visits)
    )
    stage.settle()
    tree = stage.find("home.visits")
    assert isinstance(tree, QTreeView)
    model = tree.model()
    head = model.index(0, 0)
    assert model.rowCount(head) == 2
    for line in range(2):
        index = model.index(line, 0, head)
        assert tree.visualRect(index).width() > tree.fontMetrics().horizontalAdvance(str(index.data()))
    assert tree.columnWidth(0) <= tree.viewport().width() // 2, "nor is there an empty half"
