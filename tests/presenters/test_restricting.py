"""Who may know: the form says it, rows tell it, lifting and undo take it back."""

from __future__ import annotations

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.restrictions import standing
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId, new_id
from tests.presenters.room import Room
from ui.presenters.log.row_words import RowReader
from ui.presenters.restricting.form import RestrictForm, read_facts
from ui.presenters.restricting.known import KnownRestrictions


@pytest.fixture
def note(room: Room) -> EntryId:
    """A note in the log of the meeting."""
    made = room.vault.perform(
        lambda uow: record_entry(uow, room.activity, NewEntry(text="A named member of staff was mentioned"))
    )[0]
    return made.id


def _form(room: Room, about: str) -> RestrictForm:
    facts = room.vault.perform(lambda uow: read_facts(uow.questions, about, uow.identity.author))[0]
    made = RestrictForm(room.session, facts, lambda: None, lambda problem: pytest.fail(repr(problem)))
    made.start()
    return made


def _known(room: Room) -> KnownRestrictions:
    known = KnownRestrictions(room.session.workspace)
    known.load()
    return known


def test_what_is_restricted_says_so_on_its_row_until_it_is_lifted_and_undo_puts_it_back(
    room: Room, note: EntryId
) -> None:
    known = _known(room)
    reader = RowReader({}, {})
    reader.restrictions = known
    form = _form(room, note)
    assert not form.can_lift
    form.put("roles", "moderator\nadviser")
    form.put("reason", "Names a member of staff")
    form.submit()
    said = "Restricted to Moderator, Specialist adviser"
    row = room.vault.questions.entry(note)
    assert known.words(note) == said
    assert reader.words(row).restricted == said
    assert said in reader.words(row).sentence
    room.session.undo.undo()
    assert known.words(note) == ""
    room.session.undo.redo()
    assert known.words(note) == said
    again = _form(room, note)
    assert again.can_lift
    assert again.state.values["reason"] == "Names a member of staff"
    again.lift()
    assert known.words(note) == ""
    room.session.undo.undo()
    assert known.words(note) == said


def test_changing_who_may_know_is_one_restriction_with_other_names_and_undo_gives_the_old_ones(
    room: Room, note: EntryId
) -> None:
    known = _known(room)
    first = _form(room, note)
    first.put("roles", "moderator")
    first.submit()
    second = _form(room, note)
    second.put("roles", "inspector")
    second.submit()
    assert known.words(note) == "Restricted to Inspector"
    assert len(standing(room.vault.questions)) == 1
    room.session.undo.undo()
    assert known.words(note) == "Restricted to Moderator"


def test_a_note_tells_the_restriction_of_its_activity_and_nobody_named_leaves_those_who_know_all(
    room: Room, note: EntryId
) -> None:
    known = _known(room)
    form = _form(room, room.activity.id)
    assert form.facts.name == "ICB board"
    form.submit()
    assert known.of_note(room.vault.questions.entry(note)) == "Restricted to leads and safeguarding leads"
    assert known.words(note) == ""


def test_what_is_nowhere_is_not_restricted_and_roles_that_know_all_are_not_offered(room: Room, note: EntryId) -> None:
    with pytest.raises(Mistake, match=r"restrict\.unknown"):
        room.vault.perform(lambda uow: read_facts(uow.questions, new_id(), uow.identity.author))
    (roles,) = [one for one in _form(room, note).fields if one.name == "roles"]
    offered = {one.value for one in roles.options}
    assert "moderator" in offered
    assert not offered & {"lead", "safeguarding", "administrator"}
