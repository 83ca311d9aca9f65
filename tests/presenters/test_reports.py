"""The page Reports over a real vault: what it is about, its pages, the check, files, and stopping."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.quotable import LEFT_OUT
from fieldkit.app.report_catalogue import REPORTS, About
from fieldkit.app.report_check import Concern, ConcernKind, concerns_of, placed
from fieldkit.domain.people import Person
from fieldkit.media.pdf import page_texts
from fieldkit.reports.blocks import Document, Heading, Paragraph
from fieldkit.reports.day_sheet import NOT_STATED
from tests.presenters.room import Room
from tests.support.vaults import do
from ui.presenters.reports.page import ReportsPage, ReportsState, way
from ui.presenters.reports.words import NOTHING_TO_CHOOSE, checked, concern
from ui.presenters.services import Session
from ui.presenters.ways import Bench


class _Desk:
    """As much of the workbench as the page asks for."""

    def __init__(self, session: Session) -> None:
        self.session = session


@pytest.fixture
def page(room: Room) -> ReportsPage:
    facts = way().read(room.session, room.vault.questions, room.activity.assessment)
    return cast("ReportsPage", way().make(cast("Bench", _Desk(room.session)), facts))


def test_each_kind_says_what_it_lacks_or_offers_what_it_may_be_about(room: Room, page: ReportsPage) -> None:
    for kind in REPORTS:
        page.choose(kind.id)
        state = page.state
        if kind.about is About.ASSESSMENT:
            assert (state.subjects, state.lacks) == ((), "")
        elif not state.subjects:
            assert state.lacks == NOTHING_TO_CHOOSE[kind.about]
            page.preview()
            assert page.state.fault == state.lacks
        else:
            assert state.subject == state.subjects[0].value


def test_its_pages_are_turned_and_say_their_words(page: ReportsPage) -> None:
    page.choose("score-trace")
    page.preview()
    state = page.state
    assert state.pages is not None
    assert (state.shown, state.busy) == (1, "")
    assert [one.kind for one in state.concerns or ()] == [ConcernKind.UNSCORED]
    assert state.png.startswith(b"\x89PNG")
    assert "How the scores were worked out" in state.text
    page.turn(-1)
    assert page.state.shown == 1
    page.turn(1)
    assert page.state.shown == min(2, state.pages.count)
    page.leave_preview()
    assert (page.state.pages, page.state.shown) == (None, 0)


def test_a_report_is_saved_with_its_web_page_and_a_word_document_where_wanted(
    page: ReportsPage, tmp_path: Path
) -> None:
    page.choose("score-trace")
    page.put_word(True)
    page.save(lambda: str(tmp_path / "trace.pdf"))
    assert sorted(one.name for one in tmp_path.glob("trace.*")) == ["trace.docx", "trace.html", "trace.pdf"]
    assert "trace.pdf with its web page and Word document" in page.state.notice
    page.save(lambda: "")
    assert page.state.fault == ""


def test_what_is_stopped_leaves_no_file(page: ReportsPage, tmp_path: Path) -> None:
    page.choose("score-trace")
    told = []

    def stop(state: ReportsState) -> None:
        told.append(state.busy)
        if state.busy == "Making page 1":
            page.stop()

    page.changed.listen(stop)
    page.save(lambda: str(tmp_path / "trace.pdf"))
    assert "Making page 1" in told
    assert list(tmp_path.glob("*trace*")) == []
    assert page.state.fault == "The report was stopped. Nothing was written"


def test_the_check_tells_how_often_and_never_what(room: Room, page: ReportsPage) -> None:
    number = "943 476 5919"
    words = f"Mrs Example, {number}, rang 01632 960 001, dob 3/4/1941, LS1 1AA; Priya agreed with the chief nurse"
    document = Document(title="T", blocks=(Paragraph(text=words),))
    kind = REPORTS[0]
    found = concerns_of(room.vault.questions, kind, page.choice, document)
    assert found == (
        Concern(kind=ConcernKind.NHS_NUMBER, count=1), Concern(kind=ConcernKind.PHONE, count=1),
        Concern(kind=ConcernKind.POSTCODE, count=1), Concern(kind=ConcernKind.BORN, count=1),
        Concern(kind=ConcernKind.NAME, count=2),
    )  # fmt: skip
    told = "\n".join([checked(found), *map(concern, found)])
    assert told == (
        "Check before it leaves: 5 things\n1 NHS number stands in it\n1 telephone number stands in it\n"
        "1 postcode stands in it\n1 date of birth stands in it\n2 possible names stand in it"
    )
    assert "Priya" not in repr(found)
    assert [one.pages for one in placed(found, ["", "Priya agreed", words])][-1] == (2, 3)
    people: list[Person] = room.vault.questions.people(room.activity.visit)
    assert people
    outside = replace(kind, leaves_team=True)
    named = Document(title="T", blocks=(Paragraph(text=f"The {people[0].role} said so"),))
    groups = concerns_of(room.vault.questions, outside, page.choice, named)
    assert all(one.kind is ConcernKind.SMALL_GROUP and one.what for one in groups)


def test_notes_taken_meanwhile_are_in_what_is_made_afterwards(room: Room, page: ReportsPage) -> None:
    page.choose("score-trace")
    do(room.vault, lambda uow: record_entry(uow, room.activity, NewEntry(text="More")))
    page.preview()
    assert page.state.shown == 1


def test_each_thing_to_look_at_says_its_pages_and_one_key_goes_through_them(page: ReportsPage) -> None:
    page.choose("score-trace")
    page.preview()
    pages, found = page.state.pages, page.state.concerns
    assert pages is not None
    assert found
    assert page.places == tuple(at for at, words in enumerate(page_texts(pages.pdf), 1) if "Not scored yet" in words)
    assert f"page{'s' if len(page.places) > 1 else ''} {page.places[0]}" in concern(found[0])
    seen = []
    for _ in page.places:
        page.to_next_place()
        seen.append(page.state.shown)
    assert sorted(seen) == list(page.places)


def test_sections_not_stated_and_exact_words_left_out_are_told_and_counted(room: Room, page: ReportsPage) -> None:
    quoted = Document(title="T", blocks=(Heading(text=NOT_STATED), *[Paragraph(text=f"He said {LEFT_OUT}")] * 2))
    kind = replace(REPORTS[0], make=lambda *_: quoted)
    made = kind.document(room.vault.questions, page.choice, room.session.clock.now())
    assert made.blocks[-1] == Paragraph(
        text="Exact words are left out in 2 places: whoever said them did not agree to be quoted."
    )
    found = placed(concerns_of(room.vault.questions, kind, page.choice, made), ["", NOT_STATED, f"a\n{LEFT_OUT}"])
    assert [concern(one) for one in found] == [
        "1 section of Alert, Advise, Assure not stated yet: fill it or say None, page 2",
        "Exact words are left out in 2 places, as their consent asks, page 3",
    ]
