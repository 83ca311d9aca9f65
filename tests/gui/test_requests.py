"""Information requests by keys: change with F2, and from what is held already to the note and back to the form."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.gui import tour_people, worlds
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from tests.gui.tour_requests import add, open_requests
from ui.presenters.page import Page
from ui.presenters.people.page import PeoplePage
from ui.presenters.requests.page import RequestsPage
from ui.qt.theme import Appearance

_Key = Qt.Key


def _words(stage: Stage, identifier: str) -> str:
    field = stage.find(identifier)
    assert isinstance(field, (QLineEdit, QPlainTextEdit))
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def test_f2_changes_the_request_and_the_person_under_the_cursor(look: Appearance, tmp_path: Path) -> None:
    worlds.own(tmp_path)
    with Stage(tmp_path) as stage:
        unlock(stage)
        open_requests(stage)
        add(stage, "Winter plan for Moor", "Two accounts differ")
        stage.find("requests.list").setFocus(Qt.FocusReason.OtherFocusReason)
        stage.press(_Key.Key_Home)
        stage.press(_Key.Key_F2)
        stage.until(lambda: stage.shows("requests.change.what"))
        assert _words(stage, "requests.change.what") == "Winter plan for Moor"
        stage.press(_Key.Key_Escape)

        tour_people.open_people(stage)
        tour_people.add(stage, "p", "Resident", "Coast trust")
        stage.tab_to("people.list")
        stage.press(_Key.Key_Home)
        stage.press(_Key.Key_F2)
        page = stage.bench.presenter(Page.PEOPLE)
        assert isinstance(page, PeoplePage)
        stage.until(lambda: page.state.panel is not None)
        assert page.state.panel is not None
        assert page.state.panel.kind.name == "CHANGE"


def test_a_note_that_is_held_already_opens_at_its_source_and_the_form_waits(look: Appearance, tmp_path: Path) -> None:
    worlds.own(tmp_path)
    with Stage(tmp_path) as stage:
        unlock(stage)
        open_requests(stage)
        stage.press(_Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        stage.until(lambda: stage.focus.objectName() == "requests.add.what")
        stage.type("recovery plan")
        page = stage.bench.presenter(Page.REQUESTS)
        assert isinstance(page, RequestsPage)
        stage.until(lambda: any(one.kind == "entry" for one in page.state.held))
        stage.settle()
        held = next(one for one in page.state.held if one.kind == "entry")
        stage.tab_to(f"requests.held.{held.record}")
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.bench.state.page is Page.LOG)
        stage.settle()
        open_requests(stage)
        assert _words(stage, "requests.add.what") == "recovery plan"
