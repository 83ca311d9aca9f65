"""A programme from a file: what is new, what moved, what is off; and nothing of a file that does not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fieldkit.app.programme_file import apply_changes, clashes, compare, read_programme_file
from fieldkit.app.replanning import change_activity
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, new_vault, quick_keys

ICS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//y//EN\r
BEGIN:VEVENT\r
UID:1\r
SUMMARY:Interview: chief nurse\r
DTSTART:20261112T100000\r
DTEND:20261112T104500\r
LOCATION:Room 2\r
ATTENDEE;CN=Ann Lead:mailto:ann@x.example\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
SUMMARY:Focus group 🙂 \u05d0\r
DTSTART:20261113T130000Z\r
DURATION:PT1H\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
SUMMARY:ICB board\r
STATUS:CANCELLED\r
DTSTART;VALUE=DATE:20261113\r
RRULE:FREQ=DAILY\r
END:VEVENT\r
END:VCALENDAR\r
"""
CSV = """Programme for the visit;;;;
Date;Start;End;Activity;Room;Stream;Assessor
Thu 12 November 2026;9.30;11:00;ICB board;Board room;A;AL
;11:15;12:00;Interview: chief nurse;Room 2;B;AL and BM
13/11/2026;2pm;;Drop-in, Moor;Canteen;;
"""


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> OpenVault:
    with quick_keys():
        return new_vault(tmp_path / "vault", clock)


@pytest.fixture
def visit(vault: OpenVault) -> Visit:
    return vault.questions.visit(a_meeting(vault).visit)


def _file(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def _planned(vault: OpenVault, visit: Visit) -> list[Activity]:
    return [row.activity for row in vault.questions.activities(visit.id)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_calendar_is_read_with_rooms_people_and_what_is_off(tmp_path: Path, visit: Visit, encoding: str) -> None:
    reading = read_programme_file(_file(tmp_path, "p.ics", ICS, encoding), visit)
    first, second, third = reading.rows
    assert (first.title, first.on, first.starts, first.ends) == (
        "Interview: chief nurse", date(2026, 11, 12), "10:00", "10:45",
    )  # fmt: skip
    assert (first.place, first.assigned) == ("Room 2", ("Ann Lead",))
    assert second.title == "Focus group 🙂 א"
    assert second.ends > second.starts
    assert (third.is_cancelled, third.starts, reading.repeating) == (True, "", (3,))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_table_is_read_whatever_stands_above_it(tmp_path: Path, visit: Visit, encoding: str) -> None:
    rows = read_programme_file(_file(tmp_path, "p.csv", CSV, encoding), visit).rows
    assert [(row.on, row.starts, row.ends, row.title) for row in rows] == [
        (date(2026, 11, 12), "09:30", "11:00", "ICB board"),
        (date(2026, 11, 12), "11:15", "12:00", "Interview: chief nurse"),
        (date(2026, 11, 13), "14:00", "", "Drop-in, Moor"),
    ]
    assert (rows[1].stream, rows[1].assigned, rows[0].place) == ("B", ("AL", "BM"), "Board room")


def test_read_again_it_moves_what_moved_and_keeps_what_was_planned(
    tmp_path: Path, vault: OpenVault, visit: Visit
) -> None:
    first = read_programme_file(_file(tmp_path, "p.csv", CSV), visit)
    made = vault.perform(lambda uow: apply_changes(uow, visit, compare([], first.rows)))[0].made
    assert [one.kind for one in made][1:] == [ActivityKind.INTERVIEW, ActivityKind.DROP_IN]
    assert (made[1].stream, made[1].assigned) == ("B", ("AL", "BM"))
    again = CSV.replace("11:15;12:00", "15:15;16:00").replace("13/11/2026;2pm;;Drop-in, Moor;Canteen;;\n", "")
    again += "12/11/2026;16:30;;Record review: falls;;;\n"
    changes = compare(_planned(vault, visit), read_programme_file(_file(tmp_path, "q.csv", again), visit).rows)
    assert [(one.title, row.starts) for one, row in changes.moved] == [("Interview: chief nurse", "15:15")]
    assert [row.title for row in changes.added] == ["Record review: falls"]
    assert changes.missing == ()  # the 13th is not in the file, so nothing is said of it
    vault.perform(lambda uow: apply_changes(uow, visit, changes, call_off_missing=True))
    interview = next(one for one in _planned(vault, visit) if one.id == made[1].id)
    assert (interview.starts, interview.place) == ("15:15", "Room 2")
    assert compare(_planned(vault, visit), read_programme_file(tmp_path / "q.csv", visit).rows).moved == ()
    assert vault.verify() == []


def test_what_the_file_calls_off_or_no_longer_has_is_kept_and_shown_so(
    tmp_path: Path, vault: OpenVault, visit: Visit
) -> None:
    rows = read_programme_file(_file(tmp_path, "p.csv", CSV), visit).rows
    vault.perform(lambda uow: apply_changes(uow, visit, compare([], rows)))
    fewer = compare(_planned(vault, visit), rows[1:2])
    assert [one.title for one in fewer.missing] == ["ICB board"]
    vault.perform(lambda uow: apply_changes(uow, visit, fewer, call_off_missing=True))
    off = [one.title for one in _planned(vault, visit) if one.is_cancelled]
    assert off == ["ICB board"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("p.ics", "", "calendar.no_events"),
        ("p.ics", "\x00\x01 nonsense", "calendar.damaged"),
        ("p.ics", ICS.replace("DTSTART:20261112T100000\r\n", ""), "calendar.no_day"),
        ("p.ics", ICS[: ICS.index("UID:2")], "calendar.cut_off"),
        ("p.ics", ICS[: ICS.index("BEGIN:VEVENT")], "calendar.cut_off"),
        ("p.csv", "a;b\n1;2\n", "programme.no_title_column"),
        ("p.xlsx", "PK\x03\x04 broken", "spreadsheet.damaged"),
        ("p.ics", "x" * (6 * 2**20), "calendar.too_large"),
    ],
)
def test_a_file_that_does_not_hold_is_told_in_a_sentence(
    tmp_path: Path, visit: Visit, name: str, content: str, code: str
) -> None:
    with pytest.raises(FieldKitError) as raised:
        read_programme_file(
            _file(tmp_path, name, content, "latin-1" if name != "p.ics" or "🙂" not in content else "utf-8"), visit
        )
    assert raised.value.code == code


def test_rows_with_something_wrong_are_named_by_their_number(tmp_path: Path, visit: Visit) -> None:
    text = (
        "Date,Start,End,Title\n31/12/1899,09:00,,Old\n12/11/2026,25:00,,Late\n12/11/2026,09:00,08:00,Back\n"
        f"12/11/2026,09:00,,{'x' * 10_000}\n12/11/2026,09:00,,Fine\n"
    )
    reading = read_programme_file(_file(tmp_path, "p.csv", text), visit)
    assert [(one.row, one.problem.code) for one in reading.bad] == [
        (2, "programme.day"), (3, "programme.time"), (4, "programme.ends"), (5, "programme.long_title"),
    ]  # fmt: skip
    assert [row.title for row in reading.rows] == ["Fine"]


def test_somebody_in_two_places_at_once_is_noticed(tmp_path: Path, vault: OpenVault, visit: Visit) -> None:
    rows = read_programme_file(_file(tmp_path, "p.csv", CSV), visit).rows
    made = vault.perform(lambda uow: apply_changes(uow, visit, compare([], rows)))[0].made
    assert clashes(_planned(vault, visit)) == ()
    vault.perform(lambda uow: change_activity(uow, made[1].id, starts="10:30"))
    assert [(one.who, one.first.title, one.second.title) for one in clashes(_planned(vault, visit))] == [
        ("AL", "ICB board", "Interview: chief nurse")
    ]
