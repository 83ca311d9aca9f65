"""Voices and time beside the matrix: the counts of the report, again when a note comes, nothing after it was closed."""

from __future__ import annotations

from fieldkit.app.balance import balance_of
from fieldkit.app.entries import NewEntry, record_entry
from tests.presenters.room import Room
from ui.presenters.coverage.balance import Balances


def test_the_panel_counts_as_the_report_does_and_again_when_a_note_comes(room: Room) -> None:
    assessment = room.vault.questions.assessment(room.activity.assessment)
    pack = room.session.packs.framework(assessment.packs[0])
    found = Balances(room.session, assessment, pack)
    found.count()
    headings = [one.heading for one in found.state.parts]
    assert headings[:3] == ["What stands out", "Voices heard, in notes", "Time on activities"]
    assert ("Staff: nobody was heard.", "") in found.state.parts[0].lines
    room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, NewEntry(text="We wait", speaker="s1")))
    room.later.pass_seconds(1)
    assert balance_of(room.vault.questions, assessment.id, pack).notes == 1
    assert ("Staff", "1 of 1 (100%)") in found.state.parts[1].lines
    assert ("Staff: nobody was heard.", "") not in found.state.parts[0].lines
    before = found.state
    found.close()
    room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, NewEntry(text="Still", speaker="s1")))
    room.later.pass_seconds(1)
    assert found.state == before
