"""Pasted lists, duplicates and gaps on the page of a case, and cases side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fieldkit.app.cases import CaseFacts, add_case, follow_case
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.ids import RecordId
from tests.presenters.room import Room
from ui.presenters.case.state import read_track
from ui.presenters.case.track import CaseTrack
from ui.presenters.compare.page import Compare, Look, read_facts


class Bench:
    """What the page of comparison asks of the workbench."""

    def __init__(self, room: Room) -> None:
        self.session = room.session
        self.opened: list[str] = []
        self.filters: list[str] = []

    def open_activity(self, activity: str) -> None:
        self.opened.append(activity)

    def show_evidence(self, words: str, of: Any = None) -> None:
        self.filters.append(words)


def _follow(room: Room, description: str) -> Activity:
    assessment, visit = room.activity.assessment, room.vault.questions.visit(room.activity.visit)
    case = room.vault.perform(lambda uow: add_case(uow, assessment, CaseFacts(description=description)))[0]
    return room.vault.perform(lambda uow: follow_case(uow, case.id, visit))[0]


@pytest.fixture
def track(room: Room) -> Iterator[CaseTrack]:
    activity = _follow(room, "Woman, 80s, fall")
    made = CaseTrack(room.session, *read_track(room.session, room.vault.questions, activity.id), lambda _: None)
    yield made
    made.close()


def _fill(track: CaseTrack, **values: str) -> None:
    panel = track.state.panel
    assert panel is not None
    for name, text in values.items():
        panel.form.put(name, text)
    panel.form.submit()


def _add(track: CaseTrack, when: str, service: str, happened: str, **more: str) -> None:
    track.panels.add_event()
    _fill(track, when=when, organisation=service, happened=happened, **more)


def _told(track: CaseTrack) -> list[str]:
    return [f"{row.when}, {row.service}: {row.happened}" for row in track.state.rows]


def test_a_dated_list_is_previewed_as_typed_added_in_one_go_and_undone_in_one(room: Room, track: CaseTrack) -> None:
    track.panels.paste()
    panel = track.state.panel
    assert panel is not None
    panel.form.put("text", "12/03/2026 GP referral #sp-; ~April assessed\nthe carer rang")
    shown = [(line.number, line.is_wrong) for line in track.state.preview]
    assert shown == [(1, False), (1, True), (2, True)]
    assert track.state.preview[0].words == "12 March 2026, GP: Referral (referral), 1 tagged"
    assert track.state.preview[1].words == "Line 1: Select the service: ~April assessed"
    _fill(track, organisation="Memory clinic")
    error = track.state.panel.form.state.errors[0]  # type: ignore[union-attr]
    assert error.field == "text"
    assert error.text.startswith("1 of the lines do not read. Nothing was added.")
    assert "Line 2: no date was found" in error.text
    assert _told(track) == []
    _fill(track, good="yes")
    assert _told(track) == ["12 March, GP: Referral", "about April, Memory clinic: Assessed"]
    assert [row.tags for row in track.state.rows] == ["I1", ""]
    assert track.state.panel is None
    room.session.undo.undo()
    assert _told(track) == []
    room.session.undo.redo()
    assert len(_told(track)) == 2


def test_a_duplicate_begins_as_the_event_stands_and_is_saved_only_when_somebody_does(track: CaseTrack) -> None:
    _add(track, "14 mar", "Trust", "Ward round", standard="3", sources="record")
    track.panels.duplicate()
    panel = track.state.panel
    assert panel is not None
    assert {name: panel.form.state.values[name] for name in ("organisation", "happened", "standard", "sources")} == {
        "organisation": "Trust", "happened": "Ward round", "standard": "3", "sources": "record",
    }  # fmt: skip
    track.close_panel()
    assert _told(track) == ["14 March, Trust: Ward round"]
    track.panels.duplicate()
    _fill(track, when="15 mar")
    assert _told(track) == ["14 March, Trust: Ward round", "15 March, Trust: Ward round"]


def test_a_gap_becomes_a_note_about_its_event_that_counts(room: Room, track: CaseTrack) -> None:
    _add(track, "14 mar", "Trust", "Discharged")
    _add(track, "2 apr", "Nursing", "First visit", standard="2")
    _add(track, "9 apr", "Nursing", "Second visit")
    track.go_to(track.state.rows[0].id)
    track.panels.note_gap()
    assert track.state.panel is None
    assert track.state.current == track.state.rows[1].id, "no gap there: the cursor goes to the next one"
    track.panels.note_gap()
    panel = track.state.panel
    assert panel is not None
    assert dict(panel.form.state.values) == {
        "text": "Trust to Nursing: From 14 March to 2 April: 19 days, longer than the standard of 2 days. ",
        "tags": "#sp-",
    }
    _fill(track, tags="")
    assert [one.text for one in panel.form.state.errors] == [
        "Enter a tag, like #sp-. Without one the gap counts in no coverage"
    ]
    _fill(track, tags="#sp-")
    assert track.state.rows[1].tags == "I1"
    assert track.state.rows[1].is_concern
    cell = room.vault.questions.coverage(room.activity.assessment, "ics")
    assert [count.items for (statement, _), count in cell.items() if statement == "safe-systems"] == [1]
    room.session.undo.undo()
    assert track.state.rows[1].tags == ""


def _compare(room: Room, about: str) -> tuple[Compare, Bench]:
    bench = Bench(room)
    return Compare(bench, read_facts(room.session, room.vault.questions, about)), bench  # type: ignore[arg-type]


def test_cases_stand_side_by_side_with_what_each_gave(room: Room, track: CaseTrack) -> None:
    _add(track, "14 mar", "Trust", "Discharged #sp-")
    _add(track, "2 apr", "Nursing", "First visit", standard="2")
    second = _follow(room, "Man, 70s")
    other = CaseTrack(room.session, *read_track(room.session, room.vault.questions, second.id), lambda _: None)
    _add(other, "1 may", "Trust", "Discharged")
    _add(other, "5 may", "Nursing", "First visit")
    event = RecordId(other.state.rows[1].id)
    noted = NewEntry(
        text="said on the ward",
        about=event,
        evidence=(EvidenceItem.new("ics", "learning-culture", "staff-and-leaders"),),
    )
    room.vault.perform(lambda uow: record_entry(uow, room.activity, noted))
    page, bench = _compare(room, room.activity.assessment)
    rows = {row.label: row for row in page.state.rows}
    assert page.state.heads == ("Side by side", "C01", "C02")
    assert rows["Trust to Nursing"].cells == ("19 d over longest", "4 d")
    assert rows["Trust to Nursing"].sentence == "Trust to Nursing: C01 19 d over longest, C02 4 d"
    assert rows["Notes that count"].cells == ("1", "1"), "a note of another activity about an event is the case's"
    assert rows["Cells that only this case fills"].cells == ("1", "1")
    assert page.state.summary == "2 cases   Longest: C01, 19 days   Trust to Nursing: in 2 of 2"
    page.open(6, 2)
    assert bench.opened == [second.id]
    page.look(Look.GIVEN)
    page.choose(1)
    assert page.state.summary.startswith("1 note counts   1 of ")
    given = [row for row in page.state.rows if "nothing" not in row.sentence]
    assert [row.label for row in given] == ["Q2 Learning culture"]
    page.open([row.label for row in page.state.rows].index("Q2 Learning culture"), 2)
    assert bench.filters == ["about:C02 qs:lc ec:sl"]
    assert page.printed() is not None
    page.close()
    other.close()


def test_the_comparison_opened_from_a_case_shows_what_that_case_gave_and_follows_it(
    room: Room, track: CaseTrack
) -> None:
    page, _ = _compare(room, track.state.file.activity.id)
    assert (page.state.look, page.state.codes) == (Look.GIVEN, ("C01",))
    _add(track, "14 mar", "Trust", "Discharged #sp-")
    assert page.state.summary.startswith("1 note counts")
    track.panels.ask_consent()
    _fill(track, agreed="withdrawn")
    assert page.state.columns == (), "what is held is in no comparison"
    assert page.state.summary == "Held and left out: C01"
    assert page.printed() is None
    page.close()
