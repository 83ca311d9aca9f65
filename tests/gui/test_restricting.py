"""Who may know, by keys alone: a note from Evidence, an escalation by its button; lifted, undone, and left with Esc."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalations import NewEscalation, escalate
from fieldkit.app.restrictions import standing
from fieldkit.domain.escalation import Danger
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import unnamed
from tests.support.vaults import quick_keys
from ui.presenters.page import Page

_Key = Qt.Key


@pytest.fixture
def stage(tmp_path: Path, look: object) -> Iterator[Stage]:
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as made:
            made.until(lambda: made.focus.objectName() == "unlock.passphrase")
            made.type(PASSPHRASE)
            made.press(_Key.Key_Return)
            made.until(lambda: made.window.desk is not None and made.bench.home.state.loaded)
            made.settle()
            yield made


def _command(stage: Stage, words: str) -> None:
    stage.chord(_Key.Key_K)
    stage.type(words)
    stage.settle()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.desk.restricting.is_open)
    stage.settle()


def _count(stage: Stage) -> int:
    return stage.bench.session.workspace.ask(lambda q: len(standing(q))).result()


def test_a_note_is_restricted_from_the_palette_says_so_and_is_lifted_again(stage: Stage) -> None:
    stage.chord(_Key.Key_3)
    stage.until(lambda: stage.shows("evidence.table"))
    stage.find("evidence.table").setFocus()
    stage.press(_Key.Key_Down)
    _command(stage, "say who may know this note")
    form = stage.desk.restricting.form
    assert form is not None
    assert form.facts.name.startswith("note of ")
    assert stage.desk.side_box.isAncestorOf(stage.focus), "the form has the focus"
    assert not unnamed(stage.window)
    assert not clipped(stage.desk.side_box)
    assert not small_targets(stage.desk.side_box)
    assert stage.focus.accessibleName() == "Inspector"
    stage.press(_Key.Key_Space)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: not stage.desk.restricting.is_open)
    stage.settle()
    assert stage.find("details.restricted").accessibleName() == "Restricted to Inspector"
    note = stage.desk.view.note_at_hand
    assert note is not None
    assert stage.bench.restrictions.of_note(note) == "Restricted to Inspector"
    stage.find("details.restrict").setFocus()
    stage.press(_Key.Key_Space)
    stage.until(lambda: stage.desk.restricting.is_open)
    stage.settle()
    stage.tab_to("restrict.lift")
    stage.press(_Key.Key_Space)
    stage.until(lambda: not stage.desk.restricting.is_open)
    stage.settle()
    assert _count(stage) == 0
    assert not stage.shows("details.restricted")
    stage.chord(_Key.Key_Z)
    stage.settle()
    assert _count(stage) == 1


def test_an_escalation_is_restricted_by_its_button_and_esc_leaves_the_form_as_it_was(stage: Stage) -> None:
    visit = stage.bench.home.chosen
    assert visit is not None
    new = NewEscalation(
        assessment=visit.assessment.id, visit=visit.visit.id, danger=Danger.NO, what="No cover on Ward 4 tonight"
    )
    stage.bench.session.workspace.perform(partial(escalate, new=new, policy=shipped())).result()
    stage.chord(_Key.Key_6)
    stage.until(lambda: stage.bench.state.page is Page.ESCALATIONS)
    stage.settle()
    stage.find("escalations.restrict").setFocus()
    stage.press(_Key.Key_Space)
    stage.until(lambda: stage.desk.restricting.is_open)
    stage.tab_to("restrict.reason")
    stage.type("Names somebody")
    stage.press(_Key.Key_Escape)
    stage.settle()
    assert not stage.desk.restricting.is_open
    assert _count(stage) == 0
    assert stage.shows("escalations.restrict"), "what stood there before is back"
    _command(stage, "say who may know this note")
    form = stage.desk.restricting.form
    assert form is not None
    stage.until(lambda: form.state.values["reason"] == "Names somebody")
    stage.chord(_Key.Key_1)
    stage.until(lambda: stage.bench.state.page is Page.HOME)
    stage.settle()
    assert not stage.desk.restricting.is_open, "another page is up"
