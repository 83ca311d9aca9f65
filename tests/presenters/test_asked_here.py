"""A record says that it has an open question, on both laptops, and says so no more once it is decided."""

from __future__ import annotations

from pathlib import Path

from fieldkit.app.changes import change_set
from fieldkit.app.deciding import decide
from fieldkit.app.entries import add_addendum, withdraw_entry
from fieldkit.app.open_questions import open_question
from fieldkit.app.replanning import change_activity
from tests.presenters.room import Room
from tests.support.contested import contest, follow
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import note, tag
from ui.presenters.deciding.known import KnownQuestions, read_open
from ui.presenters.log.row_words import RowReader


def test_both_laptops_say_what_is_open_where_it_is_shown_until_somebody_decides(room: Room, tmp_path: Path) -> None:
    two = TwoLaptops(tmp_path, room.clock, mine=room.vault, meeting=room.activity)
    known = KnownQuestions(room.session.workspace, room.later)
    known.load()
    assert known.state == ()
    entry = note(two.mine, two.meeting, "said", tag())
    activity, event = follow(two, "Discharged")
    two.here(lambda uow: withdraw_entry(uow, entry.id, "twice"))
    two.there(lambda uow: add_addendum(uow, entry.id, "The figure is for October", "asked"))
    two.here(lambda uow: change_activity(uow, room.activity.id, title="Board in public"))
    two.there(lambda uow: change_activity(uow, room.activity.id, title="Open board"))
    contest(two, event, happened=("Discharged at noon", "Discharged at night"))
    room.session.workspace.changed.tell(change_set("sync", [("touchpoint", event.id)]))
    room.later.pass_seconds(1)
    for record in (entry.id, event.id, room.activity.id):
        assert known.words(str(record)) == "Open question: You and Ben Mate each changed this", record
    reader = RowReader({}, {})
    room.session.asked = known
    reader.know(room.session)
    words = reader.words(two.mine.questions.entry(entry.id))
    assert words.asked == known.words(str(entry.id))
    assert words.asked in words.sentence
    lists: list[str] = []
    for told in reader.beside:
        told.listen(lambda _: lists.append("told"))
    theirs = {one.record: one.words for one in read_open(two.theirs.questions)}
    assert set(theirs) == {entry.id, event.id, room.activity.id}
    assert set(theirs.values()) == {"Open question: You and Ann Other each changed this"}
    assert [one.record for one in known.at(str(activity.id))] == [event.id]
    assert {one.record for one in known.at(str(room.activity.id))} == {entry.id, room.activity.id}
    assert len(known.at(str(room.activity.visit))) == 3
    assert [one.kind for one in known.at(str(room.activity.assessment), ("touchpoint",))] == ["touchpoint"]
    (part,) = open_question(two.mine.questions, event.id).asked
    values = {part.name: next(iter(part.values.values()))}
    room.session.workspace.perform(
        lambda uow: decide(uow, event.id, values, "the letter says so"), initiator="deciding"
    )
    room.later.pass_seconds(1)
    assert known.words(str(event.id)) == ""
    assert lists, "no list was told that its rows read otherwise"
    assert len(known.state) == 2
    known.close()
    two.close()
