"""A programme from a file and who is where: shown before anything is planned, undone at once, said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.who_goes import goes, read_names
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.kernel.ids import ActivityId
from tests.presenters.room import Room
from ui.presenters.programme.alerts import alerts_of
from ui.presenters.programme.grid import NO_STREAM, NOBODY, Across, grid_of
from ui.presenters.programme.page import ProgrammePage
from ui.presenters.programme.page import way as programme_way
from ui.presenters.visit.agenda import LineKind
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import read_visit
from ui.presenters.visit.programme_file import STALE, Fate, ProgrammeFile

TABLE = """Date,Start,End,Activity,Room,Stream,Assessor
12 November 2026,08:30,12:00,ICB board,Board room,A,AO
,10:00,11:00,Interview: chief nurse,Room 2,B,BM
,10:30,11:30,Focus group,Hall,C,"AO, CS"
"""


@pytest.fixture
def day(room: Room) -> VisitDay:
    made = VisitDay(room.session, read_visit(room.session, room.vault.questions, room.activity.visit))
    made.start()
    return made


def _file(room: Room, text: str, encoding: str = "utf-8") -> str:
    path = Path(room.folder).with_name("programme.csv")
    path.write_bytes(text.encode(encoding))
    return str(path)


def _form(day: VisitDay) -> ProgrammeFile:
    day.from_file()
    panel = day.state.panel
    assert isinstance(panel, ProgrammeFile)
    return panel


def _planned(room: Room) -> list[tuple[str, str, bool]]:
    rows = room.vault.questions.activities(room.activity.visit)
    return [(row.activity.title, row.activity.stream, row.activity.is_cancelled) for row in rows]


def test_nothing_is_planned_until_it_is_taken_and_one_undo_takes_all_of_it_back(room: Room, day: VisitDay) -> None:
    form = _form(day)
    form.choose(_file(room, TABLE))
    assert form.state.summary == "2 new, 1 moved or changed"
    assert [line.fate for line in form.state.lines] == [Fate.NEW, Fate.NEW, Fate.MOVED]
    assert _planned(room) == [("ICB board", "", False)]
    form.bring_in()
    assert day.state.panel is None
    assert sorted(_planned(room)) == [
        ("Focus group", "C", False), ("ICB board", "A", False), ("Interview: chief nurse", "B", False),
    ]  # fmt: skip
    room.session.undo.undo()
    assert sorted(_planned(room)) == [
        ("Focus group", "C", True), ("ICB board", "", False), ("Interview: chief nurse", "B", True),
    ]  # fmt: skip


def test_rows_that_do_not_read_are_named_and_left_out_only_if_somebody_says_so(room: Room, day: VisitDay) -> None:
    form = _form(day)
    form.choose(_file(room, TABLE + "1 January 1899,09:00,,Long ago,,,\n,25:00,,Late,,,\n"))
    assert form.state.bad == 2
    assert form.state.lines[0].title.startswith("Row 5: ‘1899-01-01’") or "1899" in form.state.lines[0].title
    form.bring_in()
    assert "Rows that do not read: 2" in form.state.fault
    assert len(_planned(room)) == 1
    form.bring_in(only_good=True)
    assert len(_planned(room)) == 3


def test_what_is_no_longer_on_it_is_called_off_only_if_asked_for(room: Room, day: VisitDay) -> None:
    text = "Date,Start,Activity\n12 November 2026,14:00,Record review\n"
    first = _form(day)
    first.choose(_file(room, text.replace("12 November 2026", room.clock.now().date().isoformat())))
    assert (first.state.missing, first.state.lines[-1].fate) == (1, Fate.MISSING)
    first.bring_in()
    assert not any(off for _, _, off in _planned(room))
    again = _form(day)
    again.choose(_file(room, text.replace("12 November 2026", room.clock.now().date().isoformat())))
    again.bring_in(call_off_missing=True)
    assert ("ICB board", "", True) in _planned(room)


def test_a_programme_that_changed_since_is_shown_again_before_it_is_taken(room: Room, day: VisitDay) -> None:
    form = _form(day)
    form.choose(_file(room, TABLE))
    visit = room.vault.questions.visit(room.activity.visit)
    room.session.workspace.perform(
        lambda uow: plan_activity(uow, visit, ActivityKind.FOCUS_GROUP, "Focus group", on=date(2026, 11, 12))
    )
    form.bring_in()
    assert (form.state.notice, len(form.state.found.added)) == (STALE, 1)  # type: ignore[union-attr]
    form.bring_in()
    assert sum(title == "Focus group" for title, _, _ in _planned(room)) == 1


@pytest.mark.parametrize("path", ["", "/no/such/file.csv", "notes.docx"])
def test_a_file_that_cannot_be_read_says_so_beside_the_field(room: Room, day: VisitDay, path: str) -> None:
    form = _form(day)
    form.choose(path)
    assert form.state.file_error
    form.bring_in()
    assert form.state.file_error
    assert len(_planned(room)) == 1


def test_who_goes_and_the_stream_stand_in_the_row_and_are_said(room: Room, day: VisitDay) -> None:
    form = _form(day)
    form.choose(_file(room, TABLE))
    form.bring_in()
    line = next(one for one in day.state.lines if one.title == "Focus group" and one.kind is LineKind.ACTIVITY)
    assert line.state.endswith("Stream C · AO, CS")
    assert "stream C, AO and CS go" in line.sentence
    assert any("AO is to be at two places" in alert for alert in day.state.alerts)


def _one(title: str, starts: str, **more: object) -> Activity:
    plain = Activity(
        id=ActivityId(title), assessment="a", visit="v", kind=ActivityKind.INTERVIEW, title=title,  # type: ignore[arg-type]
        on=date(2026, 11, 12), starts=starts,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def test_an_interview_nobody_goes_to_is_told_once_anybody_is_put_down_for_anything() -> None:
    alone = [_one("Matron", "10:00"), _one("Off", "11:00", is_cancelled=True)]
    assert alerts_of(alone) == ()
    team = [*alone, _one("Board", "09:00", kind=ActivityKind.OBSERVATION, assigned=("AL",))]
    assert alerts_of(team) == ("Nobody goes yet to 1 interview: Matron 10:00",)


def test_the_grid_has_who_is_where_at_each_time_and_marks_now() -> None:
    rows = [
        _one("Board", "09:00", ends="12:00", stream="A", assigned=("AL", "BM"), place="Hall"),
        _one("Matron", "10:00", stream="B", place="Room 2"), _one("Walk", "", assigned=("AL",)),
    ]  # fmt: skip
    streams = grid_of(rows, Across.STREAMS, "10:20")
    assert streams.heads == ("A", "B", NO_STREAM)
    assert [(line.time, line.is_now) for line in streams.lines] == [
        ("09:00", False), ("10:00", True), ("No time yet", False),
    ]  # fmt: skip
    assert streams.lines[1].cells[0].words == "Board · goes on · Hall · AL and BM"
    assert streams.lines[1].cells[1].spoken == "10:00, B: Matron, Room 2, nobody yet"
    people = grid_of(rows, Across.PEOPLE)
    assert people.heads == ("AL", "BM", NOBODY)
    assert [bool(cell.words) for cell in people.lines[1].cells] == [True, True, True]
    assert not any(line.is_now for line in people.lines)


def test_a_name_of_ten_thousand_characters_and_a_hundred_people_leave_the_grid_readable() -> None:
    crowd = [_one(f"{number} " + "ש" * 10_000, "10:00", assigned=(f"P{number}",)) for number in range(100)]
    grid = grid_of(crowd, Across.PEOPLE)
    assert len(grid.heads) == 40
    assert len(grid.lines[0].cells[0].words) < 400
    assert all(cell.activities for cell in grid.lines[0].cells)


def test_the_page_shows_today_and_follows_what_a_team_mate_changes(room: Room) -> None:
    found = programme_way()
    opened: list[str] = []
    facts = found.read(room.session, room.vault.questions, room.activity.visit)
    page = ProgrammePage(room.session, facts, opened.append, lambda visit: None)
    assert page.state.day == room.clock.now().date().isoformat()
    visit = room.vault.questions.visit(room.activity.visit)
    room.session.workspace.perform(
        lambda uow: plan_activity(uow, visit, ActivityKind.INTERVIEW, "Matron", starts="11:00", stream="B")
    )
    assert page.state.grid.heads == ("B", NO_STREAM)
    page.show_across(Across.PEOPLE)
    assert list(page.state.grid.heads) == [NOBODY]
    page.close()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AL, Ben Moor and CS", ("AL", "Ben Moor", "CS")),
        ("al;al / BM\nBM", ("al", "BM")),
        ("", ()),
        ("Andy", ("Andy",)),
    ],
)
def test_names_are_read_however_they_are_parted(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


def test_somebody_goes_by_name_or_initials_in_any_case() -> None:
    activity = _one("Matron", "10:00", assigned=("al", "Ben  Moor"))
    assert goes(activity, "Ann Lead", "AL")
    assert goes(activity, "ben moor", "")
    assert not goes(activity, "", "")
    assert not goes(activity, "Cy Sol", "CS")
