"""Printing over an open question in the real window, by keys: refused, decided or explained on the paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.gui.stage import Stage
from tests.gui.support.tree import unnamed
from tests.gui.tour_deciding import conflicts
from tests.gui.tour_final import contested_case, open_case
from tests.gui.tour_interview import unlock
from tests.support.vaults import quick_keys
from ui.presenters.page import Page
from ui.qt.theme import Appearance

_Key = Qt.Key
WHY = "The panel meets today and Ben is away"


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    with quick_keys():
        contested_case(tmp_path)
        with Stage(tmp_path) as made:
            unlock(made)
            open_case(made)
            yield made


def _custody(stage: Stage) -> str:
    """What stands on the vault's own record."""
    log = stage.bench.session.workspace.ask(lambda q: [one.content or b"" for one in q.revisions()]).result()
    return b"".join(log).decode("utf-8", "replace")


def test_a_case_and_a_comparison_are_printed_over_an_open_question_with_a_reason_only(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = [tmp_path / "case.html", tmp_path / "compare.html"]
    chosen = ["", str(targets[0]), str(targets[1])]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen.pop(0), ""))
    stage.chord(_Key.Key_P)
    stage.until(lambda: stage.focus.objectName() == "case.final.reason")
    stage.settle()
    assert unnamed(stage.window) == []
    assert len(chosen) == 3, "nobody is asked for a file before the reason is written"
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "case.final.errors")
    stage.to_first_mistake()
    stage.type(WHY)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: len(chosen) == 2)  # the dialog was closed: what was written is not written again
    stage.until(lambda: stage.shows("case.final.reason"))
    stage.settle()
    assert WHY not in _custody(stage), "nothing was made yet"
    stage.chord(_Key.Key_Return)
    stage.until(targets[0].exists)
    stage.settle()
    assert not stage.shows("case.final.reason")
    made = targets[0].read_text(encoding="utf-8")
    assert "1 question was open when this was made. Made all the same by " in made
    assert WHY in made
    assert WHY in _custody(stage)

    stage.bench.go(Page.COMPARE)
    stage.until(lambda: stage.bench.state.page is Page.COMPARE)
    stage.settle()
    stage.chord(_Key.Key_P)
    stage.until(lambda: stage.focus.objectName() == "compare.final.reason")
    stage.type("For the board")
    stage.chord(_Key.Key_Return)
    stage.until(targets[1].exists)
    stage.settle()
    assert "For the board" in targets[1].read_text(encoding="utf-8")


def test_from_the_form_one_decides_and_comes_back_and_then_nothing_is_asked(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "case.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    stage.chord(_Key.Key_P)
    stage.until(lambda: stage.focus.objectName() == "case.final.reason")
    stage.tab_to("case.final.decide")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.DECIDE)
    stage.settle()
    stage.alt(_Key.Key_L)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.shows("decide.empty") or stage.focus.objectName() == "")
    stage.settle()
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.bench.state.page is Page.CASE)
    stage.settle()
    assert not stage.shows("case.final.reason"), "nothing is open any more"
    stage.see_page()
    stage.chord(_Key.Key_P)
    stage.until(target.exists)
    stage.settle()
    assert "open when this was made" not in target.read_text(encoding="utf-8")


def test_a_case_says_that_something_of_it_is_open_and_one_key_leads_to_decide_and_back(stage: Stage) -> None:
    stage.until(lambda: stage.shows("desk.asked"))
    assert stage.desk.asking.banner.words == "1 open question here"
    assert stage.find("asked.words").text() == "Open question: You and Ben Mate each changed this"  # type: ignore[attr-defined]
    assert unnamed(stage.window) == []
    stage.alt(_Key.Key_Q)
    stage.until(lambda: stage.bench.state.page is Page.DECIDE)
    stage.settle()
    page = stage.desk.view.page  # type: ignore[attr-defined]
    assert page.state.question.kind == "touchpoint"
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.bench.state.page is Page.CASE)
    stage.settle()
    stage.alt(_Key.Key_Q)
    stage.until(lambda: stage.bench.state.page is Page.DECIDE)
    stage.tab_to("decide.open")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.CASE)
    stage.settle()
    stage.alt(_Key.Key_Q)
    stage.until(lambda: stage.bench.state.page is Page.DECIDE)
    stage.settle()
    stage.alt(_Key.Key_L)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: not page.state.questions)
    stage.settle()
    stage.tab_to("decide.later")
    assert stage.focus.text() == "Back"  # type: ignore[attr-defined]
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.CASE)
    stage.until(lambda: not stage.shows("desk.asked"))
    assert not stage.shows("asked.words")


def test_a_note_in_evidence_says_so_too(look: Appearance, tmp_path: Path) -> None:
    with quick_keys():
        conflicts(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            stage.bench.go(Page.EVIDENCE)
            stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
            stage.settle()
            record = next(one.record for one in stage.bench.asked.state if one.kind == "entry")
            stage.press(_Key.Key_Down)
            stage.settle()
            for key in [_Key.Key_Down] * 12 + [_Key.Key_Up] * 12:  # whole beside the list once the cursor has moved
                stage.press(key)
                note = stage.desk.view.note
                if note is not None and note.entry.id == record:
                    break
            stage.settle()
            assert stage.shows("asked.words")
            stage.alt(_Key.Key_Q)
            stage.until(lambda: stage.bench.state.page is Page.DECIDE)
            stage.settle()
            assert stage.desk.view.page.state.question.record == record  # type: ignore[attr-defined]
            stage.press(_Key.Key_Escape)
            stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
