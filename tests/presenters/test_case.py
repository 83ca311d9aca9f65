"""The page of a case: events in their order, remarks after saving, undo, consent, print, drafts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fieldkit.app.cases import CaseFacts, add_case, follow_case
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Case
from fieldkit.domain.touchpoint import TouchpointKind
from fieldkit.reports.html import to_html
from tests.presenters.room import Room
from ui.presenters.case.event_fields import guess_kind
from ui.presenters.case.state import read_track
from ui.presenters.case.track import CaseTrack


@pytest.fixture
def case(room: Room) -> Case:
    assessment = room.activity.assessment
    return room.vault.perform(lambda uow: add_case(uow, assessment, CaseFacts(description="Woman, 80s, fall")))[0]


@pytest.fixture
def activity(room: Room, case: Case) -> Activity:
    visit = room.vault.questions.visit(room.activity.visit)
    return room.vault.perform(lambda uow: follow_case(uow, case.id, visit))[0]


class Page:
    """The page with the filters that were opened from it."""

    def __init__(self, room: Room, activity: Activity) -> None:
        self.filters: list[str] = []
        facts = read_track(room.session, room.vault.questions, activity.id)
        self.track = CaseTrack(room.session, *facts, self.filters.append)

    def add(self, when: str, service: str, happened: str, **more: str) -> None:
        self.track.panels.add_event()
        self.fill(when=when, organisation=service, happened=happened, **more)

    def fill(self, **values: str) -> None:
        panel = self.track.state.panel
        assert panel is not None
        for name, text in values.items():
            panel.form.put(name, text)
        panel.form.submit()

    @property
    def told(self) -> list[str]:
        return [row.happened for row in self.track.state.rows]

    @property
    def errors(self) -> list[tuple[str, str]]:
        panel = self.track.state.panel
        return [(one.field, one.text) for one in panel.form.state.errors] if panel is not None else []


@pytest.fixture
def page(room: Room, activity: Activity) -> Iterator[Page]:
    made = Page(room, activity)
    yield made
    made.track.close()


def test_events_come_in_the_order_of_their_days_and_the_cursor_is_on_the_last_one_saved(page: Page) -> None:
    page.add("14 mar", "Acute trust", "Discharged, no letter #sp-")
    page.add("about 2 apr", "Community nursing", "First visit", standard="2")
    page.add("2 mar", "Ambulance", "Call to arrival")
    assert page.told == ["Call to arrival", "Discharged, no letter", "First visit"]
    assert page.track.state.current == page.track.state.rows[0].id
    assert [row.wait for row in page.track.state.rows] == ["—", "12 d", "19 d"]
    assert page.track.state.rows[1].sentence == (
        "14 March, 12 days after previous, Acute trust, Discharged, no letter, concern, "
        "Safe systems, pathways and transitions"
    )
    assert page.track.state.summary == "3 events   3 services   Longest wait 19 days   1 over standard"


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({}, {"when": "Enter when this happened", "organisation": "Select the service",
              "happened": "Enter what happened"}),
        ({"when": "31 april", "organisation": "GP", "happened": "Seen"}, {"when": "Date must be a real date"}),
        ({"when": "13 November 2027", "organisation": "GP"},
         {"when": "Date must be in the past", "happened": "Enter what happened"}),
        (
            {"when": "31 april", "organisation": "GP", "happened": "Seen", "tags": "#zz", "standard": "soon"},
            {"when": "Date must be a real date", "tags": "Tag not recognised: #zz. Enter tags like #sp- #lc",
             "standard": "Longest wait must be a whole number of days, like 14"},
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_in_the_words_of_the_screen_all_at_once(
    page: Page, values: dict[str, str], errors: dict[str, str]
) -> None:
    page.track.panels.add_event()
    page.fill(**values)
    assert page.errors == list(errors.items())
    assert page.told == []


def test_an_earlier_date_is_remarked_and_may_be_left_where_it_was_typed(page: Page) -> None:
    page.add("14 mar", "Trust", "Discharged")
    page.add("12 mar", "Trust", "Letter")
    remark = page.track.state.remark
    assert remark is not None
    assert (remark.text, remark.first, remark.second) == (
        "This is before the event above it.", "Move it up", "Leave it",
    )  # fmt: skip
    assert page.told == ["Letter", "Discharged"]
    page.track.answer(first=False)
    assert page.told == ["Discharged", "Letter"]
    assert page.track.state.remark is None


def test_an_nhs_number_is_remarked_and_replaced_by_the_reference(page: Page) -> None:
    page.add("14 mar", "Trust", "Rang about 943 476 5919 twice")
    remark = page.track.state.remark
    assert remark is not None
    assert (remark.text, remark.first, remark.second) == (
        "This looks like an NHS number. Use the case reference instead.", "Replace with C01", "Keep",
    )  # fmt: skip
    page.track.answer(first=True)
    assert page.told == ["Rang about C01 twice"]


def test_adding_and_taking_off_can_be_undone(room: Room, page: Page) -> None:
    page.add("14 mar", "Trust", "Discharged #sp-")
    room.session.undo.undo()
    assert page.told == []
    room.session.undo.redo()
    assert page.told == ["Discharged"]
    page.track.panels.ask_take_off()
    page.fill(reason="")
    assert page.errors == [("reason", "Enter why this event is taken off")]
    page.fill(reason="Another person's")
    assert page.told == []
    room.session.undo.undo()
    assert page.told == ["Discharged"]


def test_events_of_one_day_change_places_and_others_do_not(room: Room, page: Page) -> None:
    page.add("14 mar", "Trust", "one")
    page.add("14 mar", "Trust", "two")
    page.add("15 mar", "Trust", "three")
    page.track.move(-1)
    assert page.told == ["one", "two", "three"]
    assert room.said[-1] == "Order changes only among events of the same day"
    page.track.go_to(page.track.state.rows[1].id)
    page.track.move(-1)
    assert page.told == ["two", "one", "three"]


def test_an_event_is_changed_in_the_form_it_was_made_with(page: Page) -> None:
    page.add("april", "Trust", "Seen #sp-", should_have="A plan", sources="record\ncarer", accord="differ",
             told="Record: told on 12 April\nCarer: never told")  # fmt: skip
    page.track.panels.edit()
    panel = page.track.state.panel
    assert panel is not None
    assert panel.form.state.values["when"] == "April 2026"
    assert panel.form.state.values["told"] == "Record seen: told on 12 April\nCarer: never told"
    page.fill(when="3 april")
    (row,) = page.track.state.rows
    assert (row.when, row.tags) == ("3 April", "I1")
    step = page.track.step
    assert step is not None
    assert [one.words for one in step.touchpoint.sources] == ["told on 12 April", "never told"]


def test_a_handover_asks_the_six_points_and_words_are_the_persons_own(page: Page) -> None:
    page.add("14 mar", "Trust", "Ready to go")
    page.track.panels.add_handover()
    page.fill(when="15 mar", towards="Home care", happened="Package passed on", sent="yes", information_complete="no")
    page.track.panels.add_words()
    page.fill(when="16 mar", exact_words="Nobody rang me", tags="eo")
    page.add("20 mar", "Home care", "First call")
    kinds = [row.kind for row in page.track.state.rows]
    assert kinds == [
        TouchpointKind.CONTACT, TouchpointKind.HAND_OVER, TouchpointKind.WORDS, TouchpointKind.CONTACT,
    ]  # fmt: skip
    (transition,) = page.track.state.file.path.transitions
    assert transition.hand_over is not None
    assert transition.hand_over.lacking == ("information_complete",)


def test_what_was_typed_comes_back_after_the_form_was_closed(room: Room, page: Page) -> None:
    page.track.panels.add_event()
    panel = page.track.state.panel
    assert panel is not None
    panel.form.put("happened", "Call to arr")
    page.track.close_panel()
    page.track.panels.add_event()
    panel = page.track.state.panel
    assert panel is not None
    assert panel.form.state.values["happened"] == "Call to arr"
    assert panel.form.state.was_restored


def test_consent_is_shown_changed_and_stops_the_print(page: Page) -> None:
    page.add("14 mar", "Trust", "Discharged", exact_words="Nobody rang me")
    assert page.track.state.file.consent_words == "Consent not recorded"
    page.track.panels.ask_consent()
    page.fill(agreed="given", quoting="no")
    assert page.track.state.file.consent_words == "Consent recorded"
    document = page.track.printed()
    assert document is not None
    assert "Nobody rang me" not in to_html(document)
    page.track.panels.ask_consent()
    page.fill(agreed="withdrawn")
    assert page.track.state.file.consent_words == "Consent withdrawn"
    assert page.track.printed() is None
    assert page.track.state.fault == "Consent withdrawn. This case is held and is not printed"


def test_the_notes_of_an_event_and_of_the_case_are_found(room: Room, page: Page) -> None:
    page.add("14 mar", "Trust", "Discharged")
    page.track.show_notes()
    assert room.said[-1] == "No notes yet. Add a tag with F2 to make this event a note"
    page.add("15 mar", "Trust", "Letter #sp-")
    page.track.show_notes()
    page.track.show_case_notes()
    assert page.filters == ["about:C01/2", "about:C01"]


def test_a_case_is_described_and_keeps_its_reference(page: Page) -> None:
    page.track.panels.describe()
    page.fill(description="Woman, 80s", age_band="75 to 84", criteria="+ Delayed discharge\n- Two services\nOver 65")
    case = page.track.state.file.case
    assert case is not None
    assert (case.code, case.age_band, case.criteria_met, len(case.criteria)) == ("C01", "75 to 84", 1, 3)
    assert page.track.state.summary.startswith("Criteria met: 1 of 3")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Discharged from ward", "discharge"), ("Referred to memory clinic", "referral"), ("Did not attend", "no_show"),
        ("Care package agreed", "decision"), ("Therapy assessment", "assessment"), ("Rang the surgery", "contact"),
        ("Admitted, surgery", "admission"), ("Ambulance called", "crisis"), ("Handed over to home care", "hand_over"),
    ],
)  # fmt: skip
def test_the_kind_is_told_from_the_words(words: str, kind: str) -> None:
    assert guess_kind(words).value == kind


def test_the_note_of_an_event_says_what_was_pasted_into_its_form(room: Room, activity: Activity) -> None:
    page = Page(room, activity)
    page.track.panels.add_event()
    panel = page.track.state.panel
    assert panel is not None
    panel.form.pasting("happened", "Excel", "Referral lost")
    page.fill(when="3 Oct 2026", organisation="GP", happened="Referral lost", tags="#sp-")
    (row,) = room.rows()
    assert (row.entry.origin, row.entry.text.partition(": ")[2]) == ("Pasted from Excel", "Referral lost")
    page.add("4 Oct 2026", "GP", "Sent again", tags="#sp")
    assert sorted(one.entry.origin for one in room.rows()) == ["", "Pasted from Excel"]
