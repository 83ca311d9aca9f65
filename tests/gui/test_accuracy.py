"""Factual accuracy by keys: Enter goes from a line to what can be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_accuracy import accept, comment, finding, open_page, presenter, send
from tests.gui.tour_findings import presenter as shown_findings
from tests.gui.tour_interview import unlock
from tests.support.vaults import quick_keys
from ui.presenters.page import Page
from ui.qt.theme import Appearance

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


def test_enter_goes_to_what_can_be_done_and_a_summit_stays_open_until_its_outcome_is_written(
    look: Appearance, tmp_path: Path
) -> None:
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            open_page(stage)
            send(stage)
            comment(stage)
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "accuracy.answer")
            page = presenter(stage)
            page.summit()
            stage.until(lambda: stage.focus.objectName() == "accuracy.summit_form.on")
            stage.type("12 March 2027")
            stage.press(_Key.Key_Return, _CTRL)
            stage.until(lambda: bool(page.state.facts.summits))
            assert [one.is_open for one in page.state.lines if one.kind == "summit"] == [True]


def test_by_keys_from_an_accepted_comment_to_the_finding_it_changes_and_to_its_words_on_findings(
    look: Appearance, tmp_path: Path
) -> None:
    with quick_keys():
        worlds.own(tmp_path, notes=0)
        with Stage(tmp_path) as stage:
            unlock(stage)
            open_page(stage)
            finding(stage)
            send(stage)
            comment(stage)
            accept(stage)
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "accuracy.answer")
            stage.tab_to("accuracy.text")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "accuracy.text_form.target")
            stage.settle()
            stage.press(_Key.Key_Down)
            stage.tab_to("accuracy.text_form.text")
            assert "October" in presenter(stage).state.panel.form.values["text"], "the words as they stand"  # type: ignore[union-attr]
            stage.chord(_Key.Key_A)
            stage.type("The plan was renewed in May.")
            stage.chord(_Key.Key_Return)
            page = presenter(stage)
            stage.until(lambda: bool(page.changed_texts))
            stage.settle()
            assert page.changed_texts[0].becomes == "The plan was renewed in May."
            stage.press(_Key.Key_Return)
            stage.tab_to("accuracy.show")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.bench.state.page is Page.FINDINGS)
            stage.until(lambda: shown_findings(stage).state.view is not None)
            view = shown_findings(stage).state.view
            assert view is not None
            assert view.value.sentence == "The plan was renewed in May."
            assert shown_findings(stage).state.because == "F-AS-1", "and back to the comment"
