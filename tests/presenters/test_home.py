"""Home: today's visit first, needs and standings in words, visits made, renamed, archived; places one comes back to."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from fieldkit.app.assessments import plan_visit
from fieldkit.app.entries import withdraw_entry
from fieldkit.app.records import keep
from fieldkit.domain.assessment import Visit
from fieldkit.domain.judgement import Judged, Moderation
from fieldkit.domain.settling import Stand
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId, new_id
from tests.presenters.interviews import planned
from tests.presenters.room import SHELF, Room, type_line
from ui.presenters.dates import read_day
from ui.presenters.forms import Form
from ui.presenters.home import Home, Need
from ui.presenters.log.live_log import LiveLog
from ui.presenters.new_visit import NEW, NewVisit
from ui.presenters.scores.page import ScoresPage, way
from ui.presenters.services import Connection, OfficeState
from ui.presenters.visit.form import ActivityForm
from ui.presenters.visit_changes import ChangeVisit
from ui.presenters.wording import sentence
from ui.presenters.workbench import Page, Workbench

TODAY = date(2026, 11, 12)


def _home(room: Room) -> Home:
    home = Home(room.session)
    home.load()
    return home


def _enter(form: Form | None, **values: str) -> None:
    assert form is not None
    for name, text in values.items():
        form.put(name, text)
    form.submit()


def _create(panel: NewVisit, **changed: str) -> Form:
    plain = {
        "assessment": NEW, "assessment_name": "Eastvale ICS", "packs": "0", "name": "Visit 1", "when": "today",
        "until": "", "place": "", "meeting": "", "agenda": "",
    }  # fmt: skip
    form = panel.state.form
    assert form is not None
    _enter(form, **{**plain, **changed})
    return form


def test_todays_visit_is_the_one_enter_opens(room: Room) -> None:
    home = _home(room)
    (group,) = home.state.groups
    assert group.assessment.name == "Northshire"
    assert [(row.name, row.is_today, row.when) for row in group.visits] == [("Visit 1", True, "12 November 2026")]
    assert home.state.first == home.state.chosen == group.visits[0].visit.id
    assert group.visits[0].sentence == "Visit 1, 12 November 2026, today, not started"


def test_needs_say_what_they_are_and_have_a_cure(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Half a sen")
    room.later.pass_seconds(1)
    assert [need.need for need in _home(room).state.needs] == [Need.STORE_KEY, Need.CONTINUE]
    assert _home(room).state.needs[1].text == "1 note begun and not saved yet"


def test_a_score_that_exists_twice_leads_to_it(room: Room) -> None:
    home, where = _home(room), room.activity.assessment
    assert Need.SCORES not in [need.need for need in home.state.needs]
    place = Judged(pack="ics", subject="learning-culture")
    for value in (2, 3):  # as two laptops did that did not know of each other
        made = Moderation(
            id=RecordId(new_id()), assessment=where, text="Agreed", reason="Talked", judged=place, value=value
        )
        room.session.workspace.perform(lambda uow, made=made: keep(uow, made), initiator="sync")  # type: ignore[misc]
    need = next(need for need in home.state.needs if need.need is Need.SCORES)
    assert (need.about, need.text) == (where, "1 score exists twice in Northshire: say which stands")
    page = ScoresPage(room.session, way().read(room.session, room.vault.questions, where), lambda _: None)
    assert page.settled is not None
    assert page.settled.stand is Stand.TWICE
    page.choose("figure/")
    page.choose_asked()
    assert page.state.line is not None
    assert page.state.line.subject == place.subject
    assert page.state.line.is_asked


def test_home_keeps_up_with_what_is_written(room: Room) -> None:
    home = _home(room)
    log = room.open_log()
    type_line(log, "A note")
    log.save()
    room.later.pass_seconds(2)
    assert home.state.groups[0].notes == "1 note"
    assert home.state.groups[0].visits[0].status == "Today, in progress"
    home.close()
    log.close()


def test_an_enrolled_laptop_says_what_waits(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.NOT_CONNECTED, office="Office"))
    log = room.open_log()
    for line in ("Tagged #lc", "Not tagged"):
        type_line(log, line)
        log.save()
    (row,) = _home(room).state.groups[0].visits
    assert row.status == "Today, in progress, 1 waiting"
    log.close()


def test_a_withdrawn_note_that_stays_is_not_called_untagged(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.NOT_CONNECTED, office="Office"))
    log = room.open_log()
    type_line(log, "Not tagged")
    log.save()
    room.vault.perform(lambda uow: withdraw_entry(uow, room.rows()[0].entry.id, "twice"))
    (row,) = _home(room).state.groups[0].visits
    assert row.status == "Today, in progress, 3 changes waiting, 1 untagged or withdrawn note only here"
    log.close()


def test_on_a_laptop_of_its_own_nothing_ever_waits(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Tagged #lc")
    log.save()
    home = _home(room)
    (row,) = home.state.groups[0].visits
    assert (row.status, row.waiting) == ("Today, in progress", "")
    assert Need.SEND not in [need.need for need in home.state.needs]
    room.office.become(OfficeState(connection=Connection.NOT_CONNECTED, office="Office"))
    home.load()
    assert home.state.groups[0].visits[0].waiting == "1 waiting to send"
    log.close()


def test_the_name_of_an_archived_visit_is_free_again(room: Room) -> None:
    visit = room.vault.questions.visit(room.activity.visit)
    again = partial(plan_visit, assessment=visit.assessment, name=visit.name, starts_on=visit.starts_on)
    with pytest.raises(Mistake, match=r"visit\.name_taken_on"):
        room.vault.perform(again)
    home = _home(room)
    home.archive()
    room.vault.perform(again)
    assert [one.name for one in room.vault.questions.visits(visit.assessment)] == ["Visit 1", "Visit 1"]


def test_coverage_is_counted_behind_the_list(room: Room) -> None:
    told: list[str] = []
    home = Home(room.session)
    home.changed.listen(lambda state: told.extend(group.coverage for group in state.groups))
    home.load()
    assert told[0] == "Counting coverage…"
    assert home.state.groups[0].coverage == "0 of 102 cells"
    home.close()


def test_nobody_waits_for_counts_that_nobody_sees(room: Room) -> None:
    home = Home(room.session, lambda: False)
    home.load()
    log = room.open_log()
    type_line(log, "A note")
    log.save()
    room.later.pass_seconds(5)
    assert home.state.groups[0].notes == "0 notes"
    home.load()
    assert home.state.groups[0].notes == "1 note"
    log.close()


def test_a_visit_is_renamed_with_undo(room: Room) -> None:
    home = _home(room)
    home.change()
    form = home.state.panel
    assert isinstance(form, ChangeVisit)
    _enter(form, name="", when="12 November 2026", until="", place="")
    assert [(error.field, error.text) for error in form.state.errors] == [("name", "Enter a visit name")]
    _enter(form, name="Visit 2", when="12 November", until="", place="")
    assert form.state.errors[0].text == "Date must include a year"
    _enter(form, name="Visit 2", when="12 November 2026", until="11 November 2026", place="")
    assert [(error.field, error.text) for error in form.state.errors] == [
        ("until", "End date must be the same as or after the start date")
    ]
    _enter(form, name="Visit 2", when="12 November 2026", until="13 November 2026", place="Board room")
    assert home.state.panel is None
    row = home.chosen
    assert row is not None
    assert (row.name, row.when, row.visit.place) == ("Visit 2", "12 to 13 November 2026", "Board room")
    room.session.undo.undo()
    row = home.chosen
    assert row is not None
    assert (row.name, row.when, row.visit.place) == ("Visit 1", "12 November 2026", "")


def test_an_archived_visit_is_kept_and_can_be_brought_back(room: Room) -> None:
    home = _home(room)
    visit = home.state.chosen
    home.archive()
    assert [group.visits for group in home.state.groups] == [()]
    assert (home.state.archived, home.state.is_empty) == (1, True)  # nothing is listed
    home.show_archived()
    (row,) = home.state.groups[0].visits
    assert row.status == "Archived, today, not started"
    home.choose(visit)
    home.archive()
    assert home.state.archived == 0
    room.session.undo.undo()
    assert home.state.archived == 1
    assert room.vault.questions.visit(room.activity.visit).name == "Visit 1"


def test_the_form_offers_the_assessment_one_is_in(room: Room) -> None:
    home = _home(room)
    made: list[Visit] = []
    home.create(made.append)
    form = home.state.panel
    assert isinstance(form, NewVisit)
    assert form.state.form is not None
    there, _ = form.state.form.fields[0].options
    assert there.words == "Northshire"
    refused = _create(form, assessment=there.value, assessment_name="", packs="")
    assert refused.state.errors[0].text == (
        "A visit called ‘Visit 1’ on 12 November 2026 already exists. Use a different name"
    )
    _create(form, assessment=there.value, name="Visit 2", when="", until="")
    assert [visit.name for visit in made] == ["Visit 2"]


def test_a_visit_needs_only_a_name_and_pins_the_chosen_packs(room: Room) -> None:
    made: list[Visit] = []
    panel = NewVisit(room.session, made.append)
    panel.load()
    form = _create(panel, name="")
    assert [(error.field, error.text) for error in form.state.errors] == [("name", "Enter a visit name")]
    _create(panel, assessment_name="", name=" ", when="next week", packs="")
    assert [error.field for error in form.state.errors] == ["assessment_name", "name", "when", "packs"], "all at once"
    _create(panel, when="next week")
    assert form.state.errors[0].field == "when"
    _create(panel, packs="")
    assert form.state.errors[0].field == "packs"
    assert made == []
    _create(panel, packs="0\n1", meeting="ICB board", agenda="09:30 Welcome\n2. Quality report")
    (visit,) = made
    assessment = room.vault.questions.assessment(visit.assessment)
    assert [pin.id for pin in assessment.packs] == [offer.pin.id for offer in SHELF.offers()[:2]]
    (row,) = room.vault.questions.activities(visit.id)
    assert (row.activity.title, row.activity.starts) == ("ICB board", "09:30")
    assert [item.title for item in row.activity.items] == ["Welcome", "Quality report"]


def test_nothing_of_a_refused_visit_is_kept(room: Room) -> None:
    panel = NewVisit(room.session, lambda _: None)
    panel.load()
    _create(panel, name="")
    assert [row.assessment.name for row in room.vault.questions.assessments()] == ["Northshire"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None), ("today", TODAY), ("12 November 2026", TODAY), ("12 nov 2026", TODAY), ("12/11/2026", TODAY),
        ("12.11.2026", TODAY), ("2026-11-12", TODAY), ("3rd Feb 2027", date(2027, 2, 3)),
        ("Thursday, 12 November 2026", TODAY), ("tomorrow", date(2026, 11, 13)),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, expected: date | None) -> None:
    assert read_day(text, TODAY) == expected


@pytest.mark.parametrize("text", ["31 February", "31 February 2026", "soon", "13/13/2026", "12 Foo 2026"])
def test_what_is_no_date_is_a_mistake(text: str) -> None:
    with pytest.raises(Mistake, match=r"visit\.date ") as caught:
        read_day(text, TODAY)
    assert sentence(caught.value) == "Date must be a real date"


@pytest.mark.parametrize("text", ["12 November", "29 Feb", "12/11", "3rd Feb"])
def test_a_date_without_its_year_says_so(text: str) -> None:
    with pytest.raises(Mistake) as caught:
        read_day(text, TODAY)
    assert sentence(caught.value) == "Date must include a year"


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


def test_visit_never_leads_from_an_interview_into_another_activitys_log(room: Room) -> None:
    bench = Workbench(room.session)
    bench.start()
    bench.open_log(room.activity.id)
    talk = planned(room)
    bench.open_activity(talk.id)
    assert bench.state.page is Page.INTERVIEW
    bench.go(Page.VISIT)
    assert (bench.state.page.value, bench.visit is not None) == ("Visit", True)
    bench.go(Page.VISIT)
    assert bench.state.page.value == "Visit"
    for away in (Page.SEND, Page.EVIDENCE):
        bench.open_activity(talk.id)
        bench.go(away)
        bench.go(Page.VISIT)
        assert (bench.state.page, bench.record_open) == (Page.INTERVIEW, talk.id)
    bench.go(Page.EVIDENCE)
    bench.note()  # nor does a new note
    assert bench.state.page is Page.INTERVIEW
    bench.open_log(room.activity.id)
    bench.go(Page.EVIDENCE)
    bench.go(Page.VISIT)
    assert bench.state.page.value == "Live log"
    bench.close()


def test_a_log_that_was_open_shows_the_new_plan_and_keeps_what_was_typed(room: Room) -> None:
    bench = Workbench(room.session)
    bench.start()
    bench.open_visit(room.activity.visit)
    bench.open_log(room.activity.id)
    assert bench.log is not None
    first = bench.log
    type_line(bench.log, "Half a sen")
    bench.leave_log()
    bench.open_log(room.activity.id)
    assert bench.log is first
    bench.leave_log()
    assert bench.visit is not None
    bench.visit.change()
    form = bench.visit.state.panel
    assert isinstance(form, ActivityForm)
    _enter(form, title="Board in public")
    bench.open_log(room.activity.id)
    assert bench.log is not None
    assert bench.log is not first
    assert (bench.log.state.title, bench.log.line.state.text) == ("Board in public", "Half a sen")
    bench.close()
