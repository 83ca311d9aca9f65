"""Find and replace by keys, over a real window: the caret, what is typed meanwhile, one undo, and hits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QPlainTextEdit

from fieldkit.app.assessments import plan_activity
from fieldkit.app.drafts import capture_place, keep_draft
from fieldkit.app.rows import Draft
from fieldkit.domain.assessment import ActivityKind
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from tests.gui.tour_writing import add_text, open_texts
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """The live log of a visit, open."""
    with quick_keys():
        worlds.own(tmp_path, in_log=True)
        made = Stage(tmp_path)
        unlock(made)
        made.until(lambda: made.focus.objectName() == "log.capture")
        yield made
        made.close()


def text(stage: Stage, identifier: str = "log.capture") -> str:
    field = stage.find(identifier)
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText()


def selected(stage: Stage) -> str:
    field = stage.focus
    return field.textCursor().selectedText() if isinstance(field, QPlainTextEdit) else ""


def hits(stage: Stage) -> int:
    if not stage.shows("replace.hits"):
        return 0
    found = stage.find("replace.hits")
    assert isinstance(found, QListView)
    model = found.model()
    assert model is not None
    return model.rowCount()


def test_all_hits_change_at_once_the_caret_and_later_keys_stay_and_one_undo_takes_it_back(stage: Stage) -> None:
    stage.type("🙂 rota, Rota and the rota #lc")
    for _ in range(len(" the rota #lc")):
        stage.press(_Key.Key_Left)
    stage.chord(_Key.Key_H)
    stage.until(lambda: stage.focus.objectName() == "replace.find")
    stage.type("rota")
    assert hits(stage) == 3
    stage.press(_Key.Key_Tab)
    stage.type("list")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: text(stage) == "🙂 list, list and the list #lc")
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() == "log.capture"
    stage.type("!")
    assert text(stage) == "🙂 list, list and! the list #lc"
    stage.chord(_Key.Key_Z)  # the key
    stage.chord(_Key.Key_Z)  # all three hits
    stage.until(lambda: text(stage) == "🙂 rota, Rota and the rota #lc")
    stage.chord(_Key.Key_Y)
    stage.until(lambda: text(stage) == "🙂 list, list and the list #lc")


def test_while_it_is_open_one_types_on_and_a_hit_elsewhere_is_led_to_and_selected(stage: Stage) -> None:
    log = stage.bench.log
    assert log is not None
    work, visit = stage.bench.session.workspace, log.facts.visit
    other, _ = work.perform(lambda uow: plan_activity(uow, visit, ActivityKind.OBSERVATION, "Ward round")).result()
    draft = Draft(
        place=f"{capture_place(other.id)}/x", text="words of a 🙂 rota", caret=0, noticed_at=None,
        kept_at=stage.clock.now(), extra="",
    )  # fmt: skip
    work.perform(lambda uow: keep_draft(uow, draft)).result()
    stage.chord(_Key.Key_H)
    stage.type("rota")
    stage.until(lambda: hits(stage) == 1)
    stage.press(_Key.Key_F6)
    stage.until(lambda: not stage.focus.objectName().startswith("replace."))
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.type("no rota here")
    stage.until(lambda: hits(stage) == 2)  # by itself, a moment after the last key
    stage.chord(_Key.Key_H)
    stage.tab_to("replace.hits")
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.log is not None and stage.bench.log.facts.activity.id == other.id)
    stage.until(lambda: selected(stage) == "rota")
    assert text(stage) == "words of a 🙂 rota"
    stage.press(_Key.Key_F9)
    assert not stage.shows("replace")
    stage.press(_Key.Key_F9)


def test_a_form_keeps_its_caret_and_the_words_selected_in_it_are_looked_for(stage: Stage) -> None:
    open_texts(stage)
    add_text(stage, "thanks", "Thank you")
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "texts.form.name")
    stage.press(_Key.Key_Tab)
    stage.type("ward 🙂 ward end")
    for _ in range(4):
        stage.press(_Key.Key_Left)
    for _ in range(4):
        stage.press(_Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    stage.chord(_Key.Key_H)
    stage.until(lambda: hits(stage) == 2)
    stage.press(_Key.Key_Tab)
    stage.type("unit")
    stage.press(_Key.Key_Return)
    stage.until(lambda: text(stage, "texts.form.words") == "unit 🙂 ward end")
    stage.press(_Key.Key_Return)
    stage.until(lambda: text(stage, "texts.form.words") == "unit 🙂 unit end")
    labels = [one.text() for one in stage.find("replace").findChildren(QLabel) if one.isVisible()]
    assert "No ‘ward’ in what you are writing. Saved notes stay as they are" in labels
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() == "texts.form.words"
    stage.press(_Key.Key_End)
    stage.type("!")
    assert text(stage, "texts.form.words") == "unit 🙂 unit end!"
