"""Home and the visit: today's visit first, needs in words, agendas pasted as text, places one comes back to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fieldkit.domain.assessment import ActivityKind, Visit
from fieldkit.kernel.errors import Mistake
from tests.presenters.room import SHELF, Room, type_line
from ui.presenters.dates import read_day
from ui.presenters.home import Home, Need
from ui.presenters.log.live_log import LiveLog
from ui.presenters.new_visit import NewVisit, VisitForm
from ui.presenters.visit import VisitDay, read_visit
from ui.presenters.workbench import Page, Workbench

TODAY = date(2026, 11, 12)


def _home(room: Room) -> Home:
    home = Home(room.session)
    home.load()
    return home


def _form(**changed: object) -> VisitForm:
    plain: dict[str, object] = {
        "assessment": None, "assessment_name": "Eastvale ICS", "packs": (0,), "name": "Visit 1", "when": "today",
        "place": "", "meeting": "", "agenda": "",
    }  # fmt: skip
    return VisitForm(**{**plain, **changed})  # type: ignore[arg-type]


def test_todays_visit_is_the_one_enter_opens(room: Room) -> None:
    home = _home(room)
    (group,) = home.state.groups
    assert group.assessment.name == "Northshire"
    assert [(row.name, row.is_today, row.when) for row in group.visits] == [("Visit 1", True, "Thursday 12 November")]
    assert home.state.first == group.visits[0].visit.id
    assert group.visits[0].sentence == "Visit 1, Thursday 12 November, today"


def test_needs_say_what_they_are_and_have_a_cure(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Half a sen")
    room.later.pass_seconds(1)
    assert [need.need for need in _home(room).state.needs] == [Need.STORE_KEY, Need.CONTINUE]
    assert _home(room).state.needs[1].text == "1 note begun and not saved yet"


def test_home_keeps_up_with_what_is_written(room: Room) -> None:
    home = _home(room)
    log = room.open_log()
    type_line(log, "A note")
    log.save()
    assert home.state.groups[0].notes == "1 note"
    home.close()


def test_a_visit_needs_only_a_name_and_pins_the_chosen_packs(room: Room) -> None:
    made: list[Visit] = []
    form = NewVisit(room.session, made.append)
    form.load()
    form.create(_form(name=""))
    assert [(error.field, error.text) for error in form.state.errors] == [("name", "Enter a visit name")]
    form.create(_form(when="next week"))
    assert form.state.errors[0].field == "when"
    form.create(_form(packs=()))
    assert form.state.errors[0].field == "packs"
    assert made == []
    form.create(_form(packs=(0, 1), meeting="ICB board", agenda="09:30 Welcome\n2. Quality report"))
    (visit,) = made
    assessment = room.vault.questions.assessment(visit.assessment)
    assert [pin.id for pin in assessment.packs] == [offer.pin.id for offer in SHELF.offers()]
    (row,) = room.vault.questions.activities(visit.id)
    assert (row.activity.title, row.activity.starts) == ("ICB board", "09:30")
    assert [item.title for item in row.activity.items] == ["Welcome", "Quality report"]


def test_nothing_of_a_refused_visit_is_kept(room: Room) -> None:
    form = NewVisit(room.session, lambda _: None)
    form.load()
    form.create(_form(name=""))
    assert [row.assessment.name for row in room.vault.questions.assessments()] == ["Northshire"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None), ("today", TODAY), ("12 November 2026", TODAY), ("12 nov", TODAY), ("12/11/2026", TODAY),
        ("12.11.2026", TODAY), ("2026-11-12", TODAY), ("3rd Feb", date(2027, 2, 3)), ("1 October", date(2026, 10, 1)),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, expected: date | None) -> None:
    assert read_day(text, TODAY) == expected


@pytest.mark.parametrize("text", ["31 February", "soon", "13/13/2026", "12 Foo 2026"])
def test_what_is_no_date_is_a_mistake(text: str) -> None:
    with pytest.raises(Mistake, match=r"visit\.date"):
        read_day(text, TODAY)


def _day(room: Room) -> VisitDay:
    day = VisitDay(room.session, read_visit(room.session, room.vault.questions, room.activity.visit))
    day.start()
    return day


def test_the_agenda_counts_the_notes_under_each_item(room: Room) -> None:
    day = _day(room)
    log = room.open_log()
    for line in ("One", "Two"):
        type_line(log, line)
        log.save()
    assert [(line.title, line.notes) for line in day.state.lines] == [
        ("ICB board", 2), ("Welcome", 0), ("Quality report", 2), ("Winter plan", 0),
    ]  # fmt: skip
    assert [row.entry.text for row in day.rows.rows] == ["One", "Two"]
    assert day.state.lines[2].sentence == "09:00, Quality report, 2 notes"


def test_an_activity_is_added_with_its_agenda_and_becomes_the_current_one(room: Room) -> None:
    day = _day(room)
    day.add()
    day.plan(ActivityKind.INTERVIEW, "", "", "")
    assert [error.text for error in day.state.errors] == ["Enter a name for this activity"]
    day.plan(ActivityKind.INTERVIEW, "Matron", "quarter past", "")
    assert day.state.errors[0].field == "time"
    day.plan(ActivityKind.INTERVIEW, "Matron", "9.15", "Handover\nStaffing")
    assert not day.state.is_adding
    assert [line.title for line in day.state.lines][-3:] == ["Matron", "Handover", "Staffing"]


def test_the_activity_whose_time_came_last_is_the_current_one(room: Room) -> None:
    day = _day(room)
    day.plan(ActivityKind.INTERVIEW, "Later", "11:00", "")
    assert _day(room).state.current == room.activity.id
    room.clock.advance(timedelta(hours=2, minutes=5).total_seconds())
    assert _day(room).state.current == day.state.lines[-1].activity.id


def test_unlocking_leads_back_to_the_log_that_was_open(room: Room) -> None:
    bench = Workbench(room.session)
    bench.start()
    bench.open_visit(room.activity.visit)
    assert bench.state.crumbs == ("Northshire", "Visit 1")
    bench.open_log(room.activity.id)
    assert bench.state.page is Page.LOG
    assert isinstance(bench.log, LiveLog)
    type_line(bench.log, "Half a sen")
    bench.close()
    room.crash_and_reopen()
    again = Workbench(room.session)
    again.start()
    assert again.state.page is Page.LOG
    assert again.log is not None
    assert again.log.line.state.text == "Half a sen"
    again.close()


def test_visit_leads_to_the_open_log_and_the_log_up_to_the_visit(room: Room) -> None:
    bench = Workbench(room.session)
    bench.start()
    bench.go(Page.VISIT)
    bench.note()
    assert bench.state.page is Page.LOG
    bench.go(Page.SEND)
    bench.go(Page.VISIT)
    assert bench.state.page is Page.LOG
    bench.leave_log()
    assert bench.state.page.value == "Visit"
    bench.close()
