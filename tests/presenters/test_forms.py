"""A form keeps what was entered, says what is wrong beside its field, and saves once."""

from __future__ import annotations

from datetime import date
from typing import Any

from fieldkit.app.ports import UnitOfWork
from fieldkit.kernel.errors import Finding, Mistake
from tests.presenters.room import Room
from tests.presenters.slow_lane import behind
from ui.presenters.dates import day_check
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


MANY = (
    FormField(name="kind", label="Kind", entry=Entry.CHOICE, needed="risk.no_level"),
    FormField(name="who", label="Who", needed="risk.no_authority", shown=lambda values: values["kind"] == "yes"),
    FormField(name="on", label="Date", check=day_check(date(2026, 11, 12))),
    FormField(name="minutes", label="Minutes"),
    FormField(name="what", label="What is happening", entry=Entry.LONG, needed="risk.no_concern"),
)


def _strict(values: Values) -> Action:
    if not values["minutes"].isdecimal():
        raise Mistake("guide.minutes", field="minutes")

    def action(uow: UnitOfWork) -> dict[str, str]:
        finding = Finding()
        finding.unless(len(values["what"]) > 3, "risk.no_reasons", field="what")
        finding.when(values["who"] == "nobody", "risk.no_authority", field="who")
        finding.settle()
        uow.set_setting("test", values["what"])
        return dict(values)

    return action


def test_every_mistake_is_told_at_once_in_the_order_of_the_form(room: Room) -> None:
    made: list[Any] = []
    form = Form(room.session, MANY, place="form/test/2", submit=_strict, done=made.append)
    form.put("on", "31 November 2026")
    form.put("minutes", "many")
    told: list[int] = []
    form.changed.listen(lambda state: told.append(len(state.errors)))
    form.submit()
    assert [error.field for error in form.state.errors] == ["kind", "on", "minutes", "what"]
    assert len({error.text for error in form.state.errors}) == 4
    form.submit()
    assert told == [4, 0, 4], "pressed again, they are told again"
    assert form.state.values["on"] == "31 November 2026"
    assert made == []


def test_what_the_use_case_finds_is_told_together_too_and_a_hidden_field_is_not_missed(room: Room) -> None:
    made: list[Any] = []
    form = Form(room.session, MANY, place="form/test/2", submit=_strict, done=made.append)
    for name, text in (("kind", "yes"), ("minutes", "5"), ("what", "ab"), ("who", "nobody")):
        form.put(name, text)
    form.submit()
    assert [error.field for error in form.state.errors] == ["who", "what"]
    form.put("kind", "no")  # who is not asked any more
    form.put("what", "No cover tonight")
    form.submit()
    assert made == [{"kind": "no", "who": "", "on": "", "minutes": "5", "what": "No cover tonight"}]
    assert form.state.errors == ()


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


def test_what_is_typed_on_while_a_form_is_saved_stays_as_a_draft(room: Room) -> None:
    session, lane = behind(room)
    made: list[Any] = []
    form = Form(session, FIELDS, place="form/test/1", submit=_submit, done=made.append)
    form.put("what", "No cover")
    form.submit()
    form.put("what", "No cover, and the second ward")
    lane.go()
    assert made == [{"danger": "", "who": "", "what": "No cover"}]
    form.close()
    lane.go()
    assert a_form(room, []).state.values["what"] == "No cover, and the second ward"


def test_a_draft_that_comes_late_is_whole_on_disk_though_somebody_typed_before_it_came(room: Room) -> None:
    first = a_form(room, [])
    first.put("what", "No cover tonight")
    first.close()
    session, lane = behind(room)
    form = Form(session, FIELDS, place="form/test/1", submit=_submit, done=lambda _: None)
    form.start()
    form.put("danger", "yes")
    room.later.pass_seconds(0.5)  # the draft is written with what is known so far
    lane.go()
    assert form.state.values["what"] == "No cover tonight"
    form.close()
    lane.go()
    assert a_form(room, []).state.values == {"danger": "yes", "who": "", "what": "No cover tonight"}


def test_what_comes_from_the_program_late_does_not_overwrite_a_draft(room: Room) -> None:
    first = a_form(room, [])
    first.put("what", "mine")
    first.close()
    again = a_form(room, [])
    again.fill({"what": "theirs", "who": "ward 4"})
    assert (again.state.values["what"], again.state.values["who"]) == ("mine", "ward 4")


def test_what_was_pasted_into_fields_is_told_of_the_words_made_of_them_also_after_a_restart(room: Room) -> None:
    form = a_form(room, [])
    form.pasting("what", "Word", "No cover 🙂")
    form.put("what", "No cover 🙂")
    assert form.origin(("what",)) == "Pasted from Word"
    form.put("what", "No cover 🙂 tonight")
    form.put("danger", "yes")
    form.put("who", "typed by hand")
    form.close()
    again = a_form(room, [])
    assert again.origin(("what",)) == "Typed, with words pasted from Word"
    assert again.origin(("who", "what")) == "Typed, with words pasted from Word"
    assert again.origin(("who",)) == ""
    again.put("what", " ")
    again.put("what", "said anew")
    assert again.origin(("what",)) == ""
    again.discard()
