"""What was typed into a panel is there again when the panel is opened after a crash, and gone once it was saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.presenters.room import Room, type_line
from ui.presenters.forms import Form
from ui.presenters.home import Home
from ui.presenters.log.amend import Withdraw
from ui.presenters.log.panels import AddPerson, EditPerson, Panels
from ui.presenters.new_visit import NewVisit
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import read_visit
from ui.presenters.visit.form import ActivityForm, ItemForm
from ui.presenters.visit_changes import ChangeVisit


def _day(room: Room) -> VisitDay:
    day = VisitDay(room.session, read_visit(room.session, room.vault.questions, room.activity.visit))
    day.start()
    return day


def _activity(room: Room) -> Form:
    day = _day(room)
    day.add()
    assert isinstance(day.state.panel, ActivityForm)
    return day.state.panel


def _change_activity(room: Room) -> Form:
    day = _day(room)
    day.change()
    assert isinstance(day.state.panel, ActivityForm)
    return day.state.panel


def _items(room: Room) -> Form:
    day = _day(room)
    day.add_items()
    assert isinstance(day.state.panel, ItemForm)
    return day.state.panel


def _visit(room: Room) -> Form:
    home = Home(room.session)
    home.load()
    home.create(lambda _: None)
    assert isinstance(home.state.panel, NewVisit)
    form = home.state.panel.state.form
    assert form is not None
    return form


def _change_visit(room: Room) -> Form:
    home = Home(room.session)
    home.load()
    home.change()
    assert isinstance(home.state.panel, ChangeVisit)
    return home.state.panel


def _panels(room: Room) -> Panels:
    log = room.open_log()
    return Panels(
        room.session, log.facts.visit, log.facts.frameworks, log.actions, lambda _: log.facts.activity, log.troubled
    )


def _person(room: Room) -> Form:
    panels = _panels(room)
    panels.add_person("dn")
    assert isinstance(panels.state.panel, AddPerson)
    return panels.state.panel


def _change_person(room: Room) -> Form:
    panels = _panels(room)
    panels.edit_person(room.open_log().state.people[0])
    assert isinstance(panels.state.panel, EditPerson)
    return panels.state.panel


OPENED: dict[str, Callable[[Room], Form]] = {
    "activity": _activity, "activity that is there": _change_activity, "agenda items": _items, "visit": _visit,
    "visit that is there": _change_visit, "person": _person, "person that is there": _change_person,
}  # fmt: skip


@pytest.mark.parametrize("name", OPENED)
def test_what_was_typed_is_there_again_after_a_crash(room: Room, name: str) -> None:
    form = OPENED[name](room)
    for one in form.written:
        form.put(one.name, f"words of {one.name}")
    room.later.pass_seconds(1.0)
    again = OPENED[name](room)  # nothing was closed: the program was killed
    assert {one.name: again.values[one.name] for one in again.written} == {
        one.name: f"words of {one.name}" for one in again.written
    }
    assert again.state.was_restored, "it says so, quietly"
    again.discard()
    assert not OPENED[name](room).state.was_restored


def test_a_reason_of_ones_own_is_there_again_and_goes_with_the_withdrawal(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Said twice")
    log.save()
    (row,) = room.rows()

    def opened() -> Withdraw:
        panels = _panels(room)
        panels.withdraw(row)
        assert isinstance(panels.state.panel, Withdraw)
        return panels.state.panel

    opened().typed("It was about the other ward")
    room.later.pass_seconds(1.0)
    again = opened()  # nothing was closed: the program was killed
    assert again.state.text == "It was about the other ward"
    again.give_reason(again.state.text)
    again.save()
    place = f"withdraw/{row.entry.id}"
    assert room.vault.questions.draft(place) is None
    assert [one.withdrawal.reason for one in room.rows() if one.withdrawal] == ["It was about the other ward"]
