"""A form on the screen: by keyboard alone, named for a screen reader, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from tests.gui.support.keyboard import tab_cycle
from tests.gui.support.mistakes import mistake_faults
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import unnamed
from tests.presenters.room import Room
from tests.support.vaults import quick_keys
from ui.presenters.dates import day_check
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.qt.theme import Appearance
from ui.views.form import FormView
from ui.views.panels.form_panel import FormPanel
from ui.views.scrolling import scrolled
from ui.widgets.labels import HeadingLabel

Shown = Callable[..., QWidget]

FIELDS = (
    FormField(name="head", label="Escalate a risk", entry=Entry.HEADING),
    FormField(
        name="danger", label="Is anyone in immediate danger?", entry=Entry.CHOICE,
        options=(Option("yes", "Yes"), Option("no", "No"), Option("unknown", "I do not know")),
    ),
    FormField(name="call", label="Call 999 first", entry=Entry.WORDS, shown=lambda values: values["danger"] == "yes"),
    FormField(name="what", label="What is happening", entry=Entry.LONG, hint="No names"),
    FormField(
        name="level", label="Level", entry=Entry.PICK, options=(Option("r", "Routine"), Option("e", "Enhanced"))
    ),
    FormField(
        name="criteria", label="Why you refer", entry=Entry.CHECKS,
        options=(Option("a", "I am the first to hear of it"), Option("b", "The provider or a manager is implicated")),
    ),
    FormField(name="told", label="The person was told", entry=Entry.YES),
    FormField(name="file", label="Letter", entry=Entry.FILE),
    FormField(name="where", label="Where", hint="Like Ward 4"),
)  # fmt: skip


def _submit(values: Values) -> Action:
    if not values["what"]:
        raise Mistake("activity.no_title", field="what")
    return lambda _: dict(values)


def _focus() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focus(), key, held)


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    with quick_keys():
        made = Room(tmp_path / "vault", clock)
        yield made
        made.close()


@pytest.fixture
def made() -> list[Any]:
    return []


@pytest.fixture
def view(room: Room, made: list[Any]) -> Iterator[FormView]:
    form = Form(room.session, FIELDS, place="form/test/1", submit=_submit, done=made.append)
    view = FormView(form, "test", "Save")
    yield view
    view.close_view()
    form.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_a_form_is_named_whole_and_reached_by_tab(view: FormView, shown: Shown, look: Appearance, percent: int) -> None:
    look.show(look.theme, percent=percent)
    window = QWidget()
    window.setAccessibleName("Form")
    inside = QWidget()
    QVBoxLayout(inside).addWidget(view)
    scrolled(inside, window)
    shown(window, (520, 900))
    assert unnamed(window) == []
    assert clipped(window) == []
    assert small_targets(window) == []
    assert len(tab_cycle(view.fields["what"].control)) >= 8


def test_it_is_filled_in_and_saved_by_keys(view: FormView, shown: Shown, made: list[Any]) -> None:
    shown(view, (520, 900))
    view.take_focus()
    _press(Qt.Key.Key_Space)
    _press(Qt.Key.Key_Down)
    _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.fields["what"].error
    assert QApplication.focusWidget() is view.summary
    _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is view.fields["what"].control
    QTest.keyClicks(_focus(), "No cover on Ward 4")
    for _ in range(2):
        _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Space)
    _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert made == [
        {
            "head": "", "danger": "no", "call": "", "what": "No cover on Ward 4", "level": "", "criteria": "a",
            "told": "", "file": "", "where": "",
        }
    ]  # fmt: skip


@pytest.mark.parametrize("percent", [100, 200])
def test_several_mistakes_stand_at_the_top_with_the_focus_and_each_leads_to_its_field(
    room: Room, shown: Shown, look: Appearance, percent: int
) -> None:
    look.show(look.theme, percent=percent)
    fields = (
        FormField(name="danger", label="Is anyone in immediate danger?", entry=Entry.CHOICE, needed="risk.no_level",
                  options=(Option("yes", "Yes"), Option("no", "No"))),
        FormField(name="level", label="Level", entry=Entry.PICK, needed="risk.no_authority",
                  options=(Option("r", "Routine"),)),
        FormField(name="on", label="Date", check=day_check(date(2026, 11, 12)), hint="Like 12 November 2026"),
        FormField(name="what", label="What is happening", entry=Entry.LONG, needed="access.capacity_how"),
    )  # fmt: skip
    form = Form(room.session, fields, place="form/test/3", submit=lambda _: lambda uow: None, done=lambda _: None)
    panel = FormPanel("A form", form, "test", "Save", lambda: None)
    window = shown(panel, (360, 640))
    view = panel.view
    view.take_focus()
    _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is view.summary
    heading = view.summary.findChild(HeadingLabel)
    assert heading is not None
    assert not heading.visibleRegion().isEmpty(), "it is read from its heading on"
    lines = view.summary.lines
    assert len(lines) == 3
    assert view.summary.accessibleName() == "There is a problem. " + ". ".join(lines)
    assert panel.window().windowTitle().startswith("Error: ")
    assert mistake_faults(window) == []
    assert unnamed(window) == []
    assert clipped(window) == []
    assert small_targets(window) == []
    for place, name in enumerate(("danger", "level", "what")):
        view.summary.setFocus()
        for _ in range(place + 1):
            _press(Qt.Key.Key_Tab)
        assert _focus().accessibleName() == lines[place] == view.fields[name].error
        _press(Qt.Key.Key_Space)
        assert view.fields[name].isAncestorOf(_focus())
        assert view.fields[name].control.accessibleDescription().startswith(f"Error: {lines[place]}")
    form.put("on", "31 November 2026")
    form.put("danger", "no")
    _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is view.summary, "told anew"
    assert [name for name, field in view.fields.items() if field.error] == ["level", "on", "what"]
    panel.close_view()
    form.close()
