"""A case by keys in the real window: twelve events in under eight minutes, table and lanes that tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from fieldkit.app.cases import CaseFacts, add_case, follow_case
from fieldkit.kernel.ids import VisitId
from fieldkit.reports.case_words import words_of
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.support.vaults import quick_keys
from ui.presenters.case.track import CaseTrack
from ui.presenters.page import Page
from ui.qt.theme import Appearance
from ui.views.case.case_view import CaseView

_Key = Qt.Key
A_KEY, THOUGHT = 0.28, 1.35
"""Seconds by the keystroke-level model (ux section 4): a key, and thinking before each part of a form."""
EIGHT_MINUTES = 8 * 60
STORY = (
    ("2 mar 10:10", "Ambulance", "Called after a fall, arrival in 1h 50m"),
    ("2 mar 14:10", "Acute trust", "Admitted, surgery"),
    ("9 mar", "Ac", "Therapy assessment"), ("12 mar", "Ac", "Medicines changed, carer not told #sp-"),
    ("14 mar", "Ac", "Discharged, no letter #sp-"), ("about 2 apr", "Community nursing", "! First visit"),
    ("9 apr", "Com", "Wound care, second visit #eo"), ("20 apr", "GP practice", "Did not attend"),
    ("4 may", "GP", "Medicines review"), ("10 may", "County Council", "Care package agreed"),
    ("11 jun", "Cou", "Package handed over, no named owner #sp-"), ("june", "Home care", "First call"),
)  # fmt: skip


class Keys:
    """``QTest`` that counts the keys it presses; a chord counts each key of its own."""

    count = 0

    @classmethod
    def keyClick(cls, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        cls.count += 1 + bin(held.value).count("1")
        QTest.keyClick(widget, key, held)

    @classmethod
    def keyClicks(cls, widget: QWidget, letters: str) -> None:
        cls.count += len(letters)
        QTest.keyClicks(widget, letters)


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A case that is followed, on its page, without events; a screen reader listens."""
    QAccessible.setActive(True)
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as made:
            made.until(lambda: made.focus.objectName() == "unlock.passphrase")
            made.type(PASSPHRASE)
            made.press(_Key.Key_Return)
            made.until(lambda: made.window.desk is not None)
            made.until(lambda: made.bench.home.state.loaded)
            made.settle()
            first = made.bench.home.state.first
            assert first is not None
            _begin(made, first)
            yield made
    QAccessible.setActive(False)


def _begin(stage: Stage, visit: VisitId) -> None:
    workspace = stage.bench.session.workspace
    home = stage.bench.home.visit(visit)
    assert home is not None
    facts = CaseFacts(description="Woman, 80s, fall at home")
    case, _ = workspace.perform(lambda uow: add_case(uow, home.assessment.id, facts)).result()
    activity, _ = workspace.perform(lambda uow: follow_case(uow, case.id, uow.questions.visit(visit))).result()
    stage.bench.open_activity(activity.id)
    stage.until(lambda: stage.bench.state.page is Page.CASE)
    stage.settle()


def _view(stage: Stage) -> CaseView:
    view = stage.desk.view
    assert isinstance(view, CaseView)
    return view


def _track(stage: Stage) -> CaseTrack:
    return _view(stage).track


def _enter(stage: Stage, when: str, service: str, happened: str) -> None:
    """One event as a person types it."""
    count = len(_track(stage).state.rows)
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "case.event.when")
    stage.type(when)
    stage.press(_Key.Key_Tab)
    stage.type(service)
    stage.press(_Key.Key_Tab)
    stage.type(happened)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: len(_track(stage).state.rows) == count + 1)
    stage.settle()


def _spoken(stage: Stage) -> list[str]:
    """What a screen reader is told of each event of the view that is up."""
    view = _view(stage)
    shown = view.lanes if view.lanes.isVisible() else view.table
    reader = QAccessible.queryAccessibleInterface(shown)
    found = (reader.child(at).text(QAccessible.Text.Name) for at in range(reader.childCount()))
    sentences = words_of(_track(stage).state.rows)
    return [text for text in found if text in sentences]


def test_twelve_events_are_entered_by_keyboard_in_under_eight_minutes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.gui.stage.QTest", Keys)
    monkeypatch.setattr(Keys, "count", 0)
    for event in STORY:
        _enter(stage, *event)
    rows = _track(stage).state.rows
    assert len(rows) == 12
    assert [row.service for row in rows if row.service.startswith("A")] == ["Ambulance", *["Acute trust"] * 4]
    seconds = Keys.count * A_KEY + len(STORY) * 4 * THOUGHT
    print(f"A case of 12 events: {Keys.count} keys, {seconds / 60:.1f} minutes by the keystroke-level model")
    assert 300 < Keys.count < 1_000
    assert seconds < EIGHT_MINUTES


def test_table_and_lanes_always_hold_the_same_events_and_say_the_same_of_each(stage: Stage) -> None:
    for event in STORY[:6]:
        _enter(stage, *event)
    sentences = list(words_of(_track(stage).state.rows))
    assert _spoken(stage) == sentences
    assert any(", concern" in one for one in sentences)
    stage.alt(_Key.Key_S)
    stage.settle()
    assert _view(stage).lanes.isVisible()
    assert _spoken(stage) == sentences
    _enter(stage, *STORY[6])
    sentences = list(words_of(_track(stage).state.rows))
    assert _spoken(stage) == sentences
    stage.alt(_Key.Key_S)
    stage.settle()
    assert _spoken(stage) == sentences


def test_arrows_follow_time_and_lead_from_lane_to_lane_and_enter_opens(stage: Stage) -> None:
    for event in STORY[:6]:
        _enter(stage, *event)
    stage.alt(_Key.Key_S)
    stage.settle()
    assert stage.focus is _view(stage).lanes
    for key, happened in (
        (_Key.Key_Home, "Called after a fall, arrival in 1h 50m"), (_Key.Key_Right, "Admitted, surgery"),
        (_Key.Key_Up, "Called after a fall, arrival in 1h 50m"), (_Key.Key_Down, "Admitted, surgery"),
        (_Key.Key_End, "First visit"), (_Key.Key_Left, "Discharged, no letter"),
    ):  # fmt: skip
        stage.press(key)
        row = _track(stage).row
        assert row is not None
        assert row.happened == happened
    boxes = [_view(stage).lanes.visualRect(_view(stage).lanes.items.index(at, 3)) for at in range(6)]
    assert all(one.right() <= other.left() + 4 for one, other in pairwise(boxes))
    stage.press(_Key.Key_Return)
    stage.settle()
    assert stage.focus.objectName() == "case.edit"


def test_table_and_lanes_are_a_pair_of_which_one_is_pressed_with_one_tab_stop_and_arrows(stage: Stage) -> None:
    _enter(stage, *STORY[0])
    stage.tab_to("case.looks.table")
    table, lanes = stage.focus, _view(stage).findChild(QPushButton, "case.looks.lanes")
    assert isinstance(table, QPushButton)
    assert lanes is not None
    assert (table.accessibleName(), lanes.accessibleName()) == (
        "Table, show the case as a table", "Lanes, show as lanes",
    )  # fmt: skip
    stage.press(_Key.Key_Right)
    stage.settle()
    assert _view(stage).lanes.isVisible()
    assert stage.focus is lanes
    assert lanes.isChecked()
    assert not table.isChecked()
    stage.press(_Key.Key_Left)
    stage.settle()
    assert _view(stage).table.isVisible()
    stage.press(_Key.Key_Tab)
    assert stage.focus is not lanes, "the one that is not pressed is reached by the arrows"


def test_a_dated_list_is_pasted_and_a_gap_noted_by_keys_alone(stage: Stage) -> None:
    stage.alt(_Key.Key_V)
    stage.until(lambda: stage.focus.objectName() == "case.paste.text")
    QApplication.clipboard().setText("2 mar 2026 Acute trust: Admitted; 14 mar 2026 Acute trust: Discharged")
    stage.chord(_Key.Key_V)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: len(_track(stage).state.rows) == 2)
    stage.settle()
    assert stage.focus is _view(stage).table
    stage.press(_Key.Key_Down)
    stage.alt(_Key.Key_G)
    stage.until(lambda: stage.focus.objectName() == "case.gap.text")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: _track(stage).state.rows[1].tags == "I1")
    stage.chord(_Key.Key_D)
    stage.until(lambda: stage.focus.objectName() == "case.copy.when")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: len(_track(stage).state.rows) == 3)
    stage.alt(_Key.Key_Y)
    stage.until(lambda: stage.bench.state.page is Page.COMPARE)
    stage.settle()
    assert stage.focus.objectName() == "compare.table"
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.bench.state.page is Page.CASE)


def test_zoom_stretches_time_by_keys(stage: Stage) -> None:
    for event in STORY[:6]:
        _enter(stage, *event)
    stage.alt(_Key.Key_S)
    stage.settle()
    lanes = _view(stage).lanes
    assert lanes.drawn is not None
    before = lanes.drawn.picture.width
    stage.alt(_Key.Key_Equal)
    stage.settle()
    assert lanes.drawn.picture.width > before
    stage.alt(_Key.Key_Minus)
    stage.settle()
    assert lanes.drawn.picture.width == before


def test_handover_and_words_have_keys_of_their_own_and_esc_keeps_what_was_typed(stage: Stage) -> None:
    _enter(stage, *STORY[1])
    stage.alt(_Key.Key_H)
    stage.until(lambda: stage.focus.objectName() == "case.handover.when")
    stage.type("3 mar")
    stage.press(_Key.Key_Escape)
    stage.settle()
    assert stage.focus is _view(stage).table
    stage.alt(_Key.Key_H)
    stage.until(lambda: stage.focus.objectName() == "case.handover.when")
    stage.until(lambda: stage.focus.text() == "3 mar")  # type: ignore[attr-defined]
    stage.press(_Key.Key_Escape)
    stage.alt(_Key.Key_W)
    stage.until(lambda: stage.focus.objectName() == "case.words.when")


def test_a_mistake_is_told_at_its_field_and_nothing_is_cleared(stage: Stage) -> None:
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "case.event.when")
    stage.type("31 april")
    stage.chord(_Key.Key_Return)
    stage.settle()
    assert stage.focus.objectName() == "case.event.errors"
    assert stage.focus.accessibleName() == (
        "There is a problem. Date must be a real date. Select the service. Enter what happened"
    )
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "case.event.when"
    assert stage.focus.accessibleDescription().startswith("Error: Date must be a real date")
    assert stage.focus.text() == "31 april"  # type: ignore[attr-defined]


def test_the_page_without_events_says_where_to_start(stage: Stage) -> None:
    assert stage.focus.objectName() == "case.add_event"
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "case.event.when")


def test_the_case_is_saved_as_a_document(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for event in STORY[:3]:
        _enter(stage, *event)
    target = tmp_path / "Case C01.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    stage.chord(_Key.Key_P)
    stage.until(target.with_suffix(".html").exists)
    stage.settle()
    assert target.read_bytes().startswith(b"%PDF")


def test_a_paste_of_five_megabytes_is_refused_in_words_and_at_once(stage: Stage) -> None:
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "case.event.when")
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Tab)
    stage.type("Kept")
    QApplication.clipboard().setText("waits \U0001f642 " * 625_000)
    stage.chord(_Key.Key_V)
    assert stage.focus.accessibleDescription().startswith("Error: What you pasted has 5,")
    assert stage.focus.toPlainText() == "Kept"  # type: ignore[attr-defined]
    QApplication.clipboard().setText("\u05e9\u05dc\u05d5\u05dd")
    stage.chord(_Key.Key_V)
    assert stage.focus.toPlainText() == "Kept\u05e9\u05dc\u05d5\u05dd"  # type: ignore[attr-defined]
    QApplication.clipboard().clear()
