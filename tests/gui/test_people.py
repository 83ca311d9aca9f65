"""People in the real window, by keys alone: add, small numbers, join, names in their key, the sheet of names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.reports.blocks import Document
from fieldkit.reports.plain import to_plain
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.support.mistakes import mistake_faults
from tests.gui.support.paint import clipped
from tests.gui.support.tree import unnamed
from tests.gui.tour_interview import unlock
from tests.gui.tour_people import KEY, add, open_people
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance
from ui.views.people.page import PeopleView

_Key = Qt.Key


def _view(stage: Stage) -> PeopleView:
    found = stage.window.findChild(PeopleView)
    assert isinstance(found, PeopleView)
    return found


def _text(stage: Stage, identifier: str) -> str:
    return str(stage.find(identifier).text())  # type: ignore[attr-defined]


@pytest.mark.usefixtures("qapp")
def test_people_are_kept_by_keys_from_several_mistakes_to_the_printed_names(look: Appearance, tmp_path: Path) -> None:
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            open_people(stage)
            _mistakes(stage)
            for letters, role in (("p", "Resident"), ("p", "Resident"), ("s", "Ward sister")):
                add(stage, letters, role, "Coast trust")
            _small_numbers(stage)
            _join(stage)
            _names(stage)


def _mistakes(stage: Stage) -> None:
    """Both at once, at the top with the focus; Enter on a line leads to its field; nothing typed is cleared."""
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName().startswith("people.add.letters."))
    stage.tab_to("people.add.organisation")
    stage.type("Coast trust")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "people.add.errors")
    assert mistake_faults(stage.window) == []
    assert stage.window.windowTitle().startswith("Error: ")
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Tab)
    assert stage.focus.accessibleName() == "Enter a role"
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "people.add.role"
    assert _text(stage, "people.add.organisation") == "Coast trust"
    stage.press(_Key.Key_Escape)
    stage.settle()
    assert not stage.window.windowTitle().startswith("Error: ")


def _small_numbers(stage: Stage) -> None:
    """Told in the form while it is filled in."""
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName().startswith("people.add.letters."))
    assert not stage.shows("people.add.small") or "Coast trust" in _text(stage, "people.add.small")  # the draft's
    stage.tab_to("people.add.role")
    stage.type("Ward clerk")
    stage.tab_to("people.add.organisation")
    stage.chord(_Key.Key_A)
    stage.type("Coast trust")
    stage.pass_seconds(0.5)
    stage.until(lambda: stage.shows("people.add.small"))
    assert "Ward clerk, Coast trust" in _text(stage, "people.add.small")
    assert clipped(stage.window) == []
    assert unnamed(stage.window) == []
    stage.chord(_Key.Key_A)
    stage.press(_Key.Key_Delete)
    stage.pass_seconds(0.5)
    stage.until(lambda: not stage.shows("people.add.small"))
    stage.press(_Key.Key_Escape)
    stage.settle()


def _join(stage: Stage) -> None:
    """Two codes of one person, and Ctrl+Z."""
    stage.tab_to("people.list")
    stage.press(_Key.Key_Home)
    codes = [row.person.code for row in _view(stage).page.state.rows]
    for _ in range(codes.index("p2")):
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.same_as"))
    stage.tab_to("people.same_as")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "people.same.into")
    stage.type("P1")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: len(_view(stage).page.state.rows) == len(codes) - 1)
    stage.chord(_Key.Key_Z)
    stage.until(lambda: len(_view(stage).page.state.rows) == len(codes))


def _names(stage: Stage) -> None:
    """Set the key up, put a name in, print the sheet, leave the page and hide the screen: the key closes."""
    view = _view(stage)
    stage.tab_to("people.open_names")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.key.new.set_up"))
    stage.type(KEY)
    stage.tab_to("people.key.new.again")
    stage.type(KEY)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.print_names"))
    stage.tab_to("people.list")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.name_them"))
    stage.tab_to("people.name_them")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "people.name.name")
    stage.type("Jean Dubois")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: view.page.state.names)
    printed: list[Document] = []
    view.has_printer = lambda: True

    def on_paper(sheet: Document, done: Callable[[str], None], _: Callable[[], None]) -> None:
        printed.append(sheet)
        done("Office printer")

    view.print_on_paper = on_paper
    stage.tab_to("people.print_names")
    stage.press(_Key.Key_Return)
    stage.until(lambda: printed)
    assert "Jean Dubois" in to_plain(printed[0])
    assert view.page.state.notice == "Names sent to Office printer. Fetch them now"
    stage.chord(_Key.Key_1)
    stage.settle()
    assert view.page.key.is_open
    assert view.page._away.is_pending, "it closes by itself a minute after its page was left"
    stage.press(_Key.Key_F9)
    stage.until(lambda: not view.page.key.is_open)
    assert not stage.bench.session.name_book.whole
