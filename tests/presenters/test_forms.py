"""A form keeps what was entered, says what is wrong beside its field, and saves once."""

from __future__ import annotations

from typing import Any

from fieldkit.app.ports import UnitOfWork
from fieldkit.kernel.errors import Mistake
from tests.presenters.room import Room
from ui.presenters.forms import Action, Entry, Form, FormField, Values

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
