"""Interview guides in the real window, by keys alone: a form brought in, changed and saved as a version."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from fieldkit.app.guides import guides
from fieldkit.domain.guide import Guide
from tests.exchange.forms import DISCHARGE, survey, workbook
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_guides import look_at, open_guides
from tests.gui.tour_interview import unlock
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

_Key = Qt.Key


def kept(stage: Stage) -> list[Guide]:
    """The guides in the vault."""
    where = stage.bench.assessment
    assert where is not None
    ask = stage.bench.session.workspace.ask(lambda questions: guides(questions, where))
    return [row.value for row in ask.result()]


@pytest.mark.usefixtures("qapp")
def test_a_form_is_brought_in_changed_and_saved_by_keys_alone(look: Appearance, tmp_path: Path) -> None:
    form = tmp_path / "Discharge.xlsx"
    form.write_bytes(workbook(DISCHARGE))
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            open_guides(stage)
            look_at(stage, form)
            assert kept(stage) == []
            stage.tab_to("guides.add")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.shows("guides.here"))
            stage.until(lambda: stage.shows("guides.change"))
            assert [one.title for one in kept(stage)] == ["Leaving hospital"]
            stage.tab_to("guides.here")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "guides.change")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "guides.questions")
            stage.press(_Key.Key_Down)
            stage.press(_Key.Key_Up, Qt.KeyboardModifier.AltModifier)
            stage.settle()
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "guides.question.text")
            stage.chord(_Key.Key_A)
            stage.type("Since when?")
            stage.chord(_Key.Key_Return)
            stage.until(lambda: not stage.shows("guides.question.text"))
            stage.tab_to("guides.save")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.shows("guides.here"))
            stage.settle()
            made = kept(stage)[0]
    assert made.version == "2026111202"
    assert [one.text for one in made.asked[:2]] == ["Since when?", "What is your part?"]


def test_two_thousand_questions_never_hold_the_window_up(look: Appearance, tmp_path: Path) -> None:
    rows = [["barcode", f"q{n}", f"Question {n}? " + "é🙂" * (5_000 if n < 5 else 20)] for n in range(2_000)]
    form = tmp_path / "Large.xlsx"
    form.write_bytes(survey(*rows))
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            open_guides(stage)
            look_at(stage, form)
            report = stage.find("guides.report")
            assert isinstance(report, QTableView)
            assert report.model().rowCount() == 2_000
            stage.tab_to("guides.add")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.shows("guides.change"), 30)
            stage.tab_to("guides.here")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "guides.change")
            begin = time.perf_counter()
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "guides.questions")
            opened = time.perf_counter() - begin
            begin = time.perf_counter()
            for _ in range(5):
                stage.press(_Key.Key_Down)
            stage.app.processEvents()
            moved = (time.perf_counter() - begin) / 5
    assert opened < 3, f"changing began after {opened:.2f} s"
    assert moved < 0.3, f"a step took {moved:.2f} s"
