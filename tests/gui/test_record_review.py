"""Record review in the real window, by keys alone: every mistake at once, two records, consent taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.app.rows import EntryFilter
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.support.mistakes import mistake_faults
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import unnamed
from tests.gui.tour_interview import unlock
from tests.gui.tour_record import look as open_record
from tests.gui.tour_record import note, review
from tests.support.vaults import quick_keys
from ui.presenters.record.page import RecordPage
from ui.qt.theme import Appearance
from ui.views.record.page import RecordView

_Key = Qt.Key


def _page(stage: Stage) -> RecordPage:
    found = stage.window.findChild(RecordView)
    assert isinstance(found, RecordView)
    return found.page


@pytest.mark.usefixtures("qapp")
def test_two_records_are_reviewed_by_keys_from_the_first_mistakes_to_consent_taken_back(
    look: Appearance, tmp_path: Path
) -> None:
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            review(stage)
            _mistakes(stage)
            _two_records(stage)
            _take_back(stage)


def _mistakes(stage: Stage) -> None:
    """All of them listed with the focus; a line leads to its field; what was typed stays."""
    stage.type("Mrs Okafor")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "record.open.errors")
    assert mistake_faults(stage.window) == []
    assert unnamed(stage.window) == []
    assert clipped(stage.window) == []
    assert small_targets(stage.window) == []
    said = stage.focus.accessibleName()
    assert said.startswith("There is a problem. ")
    assert said.count(". ") >= 7
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "record.open.whose"
    assert stage.focus.text() == "Mrs Okafor"  # type: ignore[attr-defined]
    assert stage.focus.accessibleDescription().startswith("Error: ")
    stage.chord(_Key.Key_A)


def _two_records(stage: Stage) -> None:
    """Each note belongs to the record that is open; the list says how many each has."""
    open_record(stage, "C03")
    note(stage, "Nobody rang the daughter #sp-")
    note(stage, "Plan signed two days later #gm-")
    stage.chord(_Key.Key_N, shift=True)
    stage.until(lambda: stage.focus.objectName() == "record.open.whose")
    open_record(stage, "P2", basis="consent")
    note(stage, "Review of medicines is late #sp-")
    page = _page(stage)
    stage.until(lambda: [row.status.split(" · ")[-1] for row in page.state.rows] == ["2 notes", "1 note"])
    assert [row.is_open for row in page.state.rows] == [False, True]
    stage.type("Half a sentence")
    stage.tab_to("record.list")
    stage.press(_Key.Key_Up)
    stage.settle()
    assert page.noting.box.line.state.text == "", "what was begun waits at its own record"
    stage.press(_Key.Key_Down)
    stage.settle()
    assert page.noting.box.line.state.text == "Half a sentence"
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "record.line"
    stage.press(_Key.Key_Return)
    stage.until(lambda: page.state.rows[1].status.endswith("2 notes"))


def _take_back(stage: Stage) -> None:
    """Its notes are held, and said to be so, in the list and on the page."""
    page = _page(stage)
    stage.window.commands.run("record_consent")
    stage.until(lambda: stage.shows("record.take_back.save"))
    stage.chord(_Key.Key_Return)
    stage.until(lambda: page.state.rows[1].is_held)
    stage.settle()
    assert "held" in page.state.rows[1].sentence
    held = stage.bench.session.workspace.ask(lambda q: q.entries(EntryFilter(activity=page.activity))).result()
    assert sorted(row.barred is not None for row in held) == [False, False, True, True]
