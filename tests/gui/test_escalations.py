"""The page Escalations by keys alone: record, look, add a contact, print, close, undo; Home leads here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalations import NewEscalation, escalate
from fieldkit.domain.escalation import Danger
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.fit import outside, overlapping
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.page import Page
from ui.views.escalation.page import EscalationsView

_Key = Qt.Key
WHAT = "No out of hours medical cover on Ward 4 tonight"


@pytest.fixture
def stage(tmp_path: Path, look: object) -> Iterator[Stage]:
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as made:
            made.until(lambda: made.focus.objectName() == "unlock.passphrase")
            made.type(PASSPHRASE)
            made.press(_Key.Key_Return)
            made.until(lambda: made.window.desk is not None)
            made.until(lambda: made.bench.home.state.loaded)
            made.settle()
            yield made


def _record(stage: Stage, count: int = 1) -> None:
    visit = stage.bench.home.chosen
    assert visit is not None
    for place in range(count):
        new = NewEscalation(
            assessment=visit.assessment.id, visit=visit.visit.id, danger=Danger.NO,
            what=WHAT if place == 0 else f"Risk {place}: خطر 🚑 {'long words ' * 20}",
        )  # fmt: skip
        stage.bench.session.workspace.perform(partial(escalate, new=new, policy=shipped())).result()
    stage.settle()


def _view(stage: Stage) -> EscalationsView:
    view = stage.desk.view
    assert isinstance(view, EscalationsView)
    return view


def _go(stage: Stage) -> None:
    stage.chord(_Key.Key_6)
    stage.until(lambda: stage.bench.state.page is Page.ESCALATIONS)
    stage.settle()


def test_home_leads_here_and_a_contact_and_the_outcome_are_recorded_by_keys(stage: Stage, tmp_path: Path) -> None:
    _record(stage)
    stage.until(lambda: stage.shows("home.need_0"))
    assert stage.find("home.need_0").accessibleName() == "Open escalations, 1 escalation has no contact recorded"
    stage.tab_to("home.need_0")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.ESCALATIONS)
    stage.settle()
    assert stage.focus.objectName() == "escalations.list"
    stage.alt(_Key.Key_A)
    stage.until(lambda: stage.focus.objectName() == "escalations.contact.told")
    stage.type("Ward manager")
    stage.press(_Key.Key_Tab)
    stage.type("will call the on-call consultant")
    stage.chord(_Key.Key_Return)
    stage.settle()
    page = _view(stage).page
    assert len(page.state.rows[0].contacts) == 1
    assert stage.window.announcer.messages[-1].text == "Contact recorded 12:30"
    target = tmp_path / "sheet.pdf"
    _view(stage).ask_path = lambda: str(target)
    stage.find("escalations.sheet").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: page.state.notice == "Sheet saved as sheet.pdf, and a web copy")
    assert WHAT in target.with_suffix(".html").read_text(encoding="utf-8")
    stage.find("escalations.close").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "escalations.close.outcome")
    stage.type("Cover found from 20:00")
    stage.chord(_Key.Key_Return)
    stage.settle()
    assert page.state.rows[0].value.outcome == "Cover found from 20:00"
    stage.find("escalations.list").setFocus()
    stage.chord(_Key.Key_Z)
    stage.settle()
    assert not page.state.rows[0].value.is_closed


def test_a_form_that_is_left_comes_back_as_it_was(stage: Stage) -> None:
    _record(stage)
    _go(stage)
    stage.alt(_Key.Key_A)
    stage.type("Ward man")
    stage.press(_Key.Key_Escape)
    stage.settle()
    assert stage.focus.objectName() == "escalations.list"
    stage.alt(_Key.Key_A)
    stage.settle()
    panel = _view(stage).page.state.panel
    assert panel is not None
    assert panel.form.state.values["told"] == "Ward man"


@pytest.mark.parametrize("count", [0, 1, 40])
def test_nothing_is_unnamed_cut_off_or_in_the_way(stage: Stage, count: int) -> None:
    _record(stage, count)
    _go(stage)
    for colours, percent, size in (
        (Colours.LIGHT, 100, (1366, 688)), (Colours.DARK, 150, (1280, 640)), (Colours.HIGH_CONTRAST, 200, (1092, 534)),
    ):  # fmt: skip
        stage.show_as(colours, percent, size)
        if count:
            stage.find("escalations.list").setFocus()
        stage.settle()
        for fault in (unnamed, clipped, small_targets, outside, overlapping):
            assert fault(stage.window) == [], (fault.__name__, colours, percent)
        if count:
            stage.alt(_Key.Key_A)
            stage.settle()
            for fault in (unnamed, clipped, small_targets, outside):
                assert fault(stage.window) == [], (fault.__name__, "with the form", colours, percent)
            stage.press(_Key.Key_Escape)
            stage.settle()
