"""A form keeps what was entered, says what is wrong beside its field, and saves once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from fieldkit.app.lanes import Lanes
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.errors import Mistake
from tests.presenters.room import Room
from ui.presenters.forms import Action, Entry, Form, FormField, Values
from ui.presenters.services import Session

FIELDS = (
    FormField(name="danger", label="Is anyone in danger?", entry=Entry.CHOICE),
    FormField(name="who", label="Who", shown=lambda values: values["danger"] == "yes"),
    FormField(name="what", label="What is happening", entry=Entry.LONG),
)


def _submit(values: Values) -> Action:
    if not values["what"].strip():
        raise Mistake("activity.no_title", field="what")

    def action(uow: UnitOfWork) -> dict[str, str]:
        uow.set_setting("test", values["what"])
        return dict(values)

    return action


def a_form(room: Room, made: list[Any]) -> Form:
    form = Form(room.session, FIELDS, place="form/test/1", submit=_submit, done=made.append)
    form.start()
    return form


def test_what_was_entered_is_there_again_after_the_form_was_closed(room: Room) -> None:
    form = a_form(room, [])
    form.put("what", "No cover tonight 🙂 \u202eabc")
    form.put("danger", "yes")
    form.close()
    again = a_form(room, [])
    assert again.state.values == {"danger": "yes", "who": "", "what": "No cover tonight 🙂 \u202eabc"}
    assert again.state.was_restored
    again.discard()
    assert not a_form(room, []).state.was_restored


def test_a_mistake_stands_at_its_field_and_nothing_typed_is_lost(room: Room) -> None:
    made: list[Any] = []
    form = a_form(room, made)
    form.put("who", "about 22 patients")
    form.submit()
    assert [error.field for error in form.state.errors] == ["what"]
    assert form.state.values["who"] == "about 22 patients"
    assert made == []


def test_saving_hands_over_what_is_shown_and_drops_the_draft_with_it(room: Room) -> None:
    made: list[Any] = []
    form = a_form(room, made)
    form.put("who", "hidden")
    form.put("what", "No cover")
    form.submit()
    assert made == [{"danger": "", "who": "", "what": "No cover"}]
    assert room.vault.questions.draft("form/test/1") is None
    assert room.vault.questions.setting("test") == "No cover"
    assert form.state.values["what"] == ""


def test_a_value_the_program_knows_never_overwrites_what_was_typed(room: Room) -> None:
    form = a_form(room, [])
    form.put("what", "mine")
    form.fill({"what": "theirs", "who": "ward 4"})
    assert (form.state.values["what"], form.state.values["who"]) == ("mine", "ward 4")


class _Queue:
    """A lane whose calls wait until they are let go, as behind a long import."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, call: Callable[[], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, call))
        return future

    def stop(self) -> None:
        """Nothing to end."""

    def go(self) -> None:
        """Do all that waits."""
        while self._waiting:
            future, call = self._waiting.pop(0)
            future.set_result(call())


def _behind(room: Room) -> tuple[Session, _Queue]:
    queue = _Queue()
    workspace = Workspace(room.vault, Lanes(queue, queue, lambda call: call()))
    return replace(room.session, workspace=workspace), queue


def test_what_is_typed_on_while_a_form_is_saved_stays_as_a_draft(room: Room) -> None:
    session, queue = _behind(room)
    made: list[Any] = []
    form = Form(session, FIELDS, place="form/test/1", submit=_submit, done=made.append)
    form.put("what", "No cover")
    form.submit()
    form.put("what", "No cover, and the second ward")
    queue.go()
    assert made == [{"danger": "", "who": "", "what": "No cover"}]
    form.close()
    queue.go()
    assert a_form(room, []).state.values["what"] == "No cover, and the second ward"


def test_a_draft_that_comes_late_is_whole_on_disk_though_somebody_typed_before_it_came(room: Room) -> None:
    first = a_form(room, [])
    first.put("what", "No cover tonight")
    first.close()
    session, queue = _behind(room)
    form = Form(session, FIELDS, place="form/test/1", submit=_submit, done=lambda _: None)
    form.start()
    form.put("danger", "yes")
    room.later.pass_seconds(0.5)  # the draft is written with what is known so far
    queue.go()
    assert form.state.values["what"] == "No cover tonight"
    form.close()
    queue.go()
    assert a_form(room, []).state.values == {"danger": "yes", "who": "", "what": "No cover tonight"}


def test_what_comes_from_the_program_late_does_not_overwrite_a_draft(room: Room) -> None:
    first = a_form(room, [])
    first.put("what", "mine")
    first.close()
    again = a_form(room, [])
    again.fill({"what": "theirs", "who": "ward 4"})
    assert (again.state.values["what"], again.state.values["who"]) == ("mine", "ward 4")
