"""A case on paper: the drawing, the table and the words tell of the same events, and nothing covers anything."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.case import Answer, Case
from fieldkit.domain.pathway import pathway
from fieldkit.domain.touchpoint import HandOver, Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id
from fieldkit.reports.blocks import Drawing, Table
from fieldkit.reports.case_report import PAGE, CaseReport, compose
from fieldkit.reports.case_words import EventTags, event_words, findings, summary
from fieldkit.reports.html import to_html
from fieldkit.reports.lanes import draw
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.pdf.flow import WIDTH
from fieldkit.reports.picture import Words
from fieldkit.reports.plain import to_plain

TODAY = date(2026, 11, 12)
KIND = TouchpointKind
CASE = Case(id=RecordId(new_id()), assessment=AssessmentId(new_id()), code="C01", description="Woman, 80s, fall")


def _event(
    day: int, kind: TouchpointKind, at: str, what: str, *, month: int = 3, towards: str = "", words: str = "",
    standard: int | None = None, hand_over: HandOver | None = None, is_concern: bool = False, vague: bool = False,
) -> Touchpoint:  # fmt: skip
    on = date(2026, month, day)
    return Touchpoint(
        id=RecordId(new_id()), assessment=CASE.assessment, case=CASE.id, kind=kind, organisation=at, happened=what,
        when=When.about(on) if vague else When.on(on), towards=towards, exact_words=words, standard_days=standard,
        hand_over=hand_over, is_concern=is_concern,
    )  # fmt: skip


STORY = [
    _event(2, KIND.CRISIS, "Ambulance", "Call to arrival 1h 50m"),
    _event(12, KIND.REFERRAL, "Acute trust", "Referred", towards="Memory clinic"),
    _event(14, KIND.DISCHARGE, "Acute trust", "Discharged, no letter", hand_over=HandOver(sent=Answer.NO)),
    _event(2, KIND.CONTACT, "Community nursing", "First visit", month=4, vague=True, standard=2, is_concern=True),
    _event(9, KIND.WORDS, "", "", month=4, words="Nobody rang me"),
]


def _report(*, may_quote: bool = True) -> CaseReport:
    tags = {STORY[2].id: EventTags(chips=("I1",), titles=("Safe systems",), is_concern=True)}
    return CaseReport(
        assessment="Northshire", visit="Visit 2", case=CASE, path=pathway(STORY, TODAY), tags=tags,
        consent="Consent recorded", may_quote=may_quote, today=TODAY,
    )  # fmt: skip


def test_each_event_is_one_sentence_with_its_wait_its_concern_and_its_tags() -> None:
    report = _report()
    assert [row.sentence for row in event_words(report.path, report.tags, TODAY)] == [
        "2 March, Ambulance, Call to arrival 1h 50m",
        "12 March, 10 days after previous, Acute trust, Referred",
        "14 March, 2 days after previous, Acute trust, Discharged, no letter, concern, Safe systems",
        "About 2 April, 19 days after previous, longer than the standard of 2 days, Community nursing, First visit, "
        "concern",
        "9 April, Person's words, “Nobody rang me”",
    ]


def test_a_wait_explains_itself_and_the_whole_is_summed_up() -> None:
    report = _report()
    rows = event_words(report.path, report.tags, TODAY)
    assert [row.wait for row in rows] == ["—", "10 d", "2 d", "19 d", "—"]
    assert rows[3].wait_words == "From 14 March to about 2 April: 19 days"
    said = summary(CASE, report.path)
    assert said == "5 events   3 services   Longest wait 19 days   1 over standard   1 open referral"
    assert findings(report.path, TODAY) == (
        "From 14 March to about 2 April: 19 days, longer than the standard of 2 days",
        "Referral on 12 March to Memory clinic: no contact yet after 245 days",
        "Handover from Acute trust to Community nursing, not done: sent",
    )


def test_years_are_named_where_a_date_could_be_mistaken() -> None:
    old = [_event(2, KIND.CONTACT, "GP", "Seen")]
    path = pathway(old, date(2027, 1, 5))
    assert event_words(path, {}, date(2027, 1, 5))[0].when == "2 March 2026"


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(KIND), st.sampled_from(("GP", "Trust", "Home")))))
def test_no_event_of_a_drawing_covers_another_and_all_lie_on_it(found: list[tuple[int, TouchpointKind, str]]) -> None:
    start = date(2025, 1, 1)
    events = [
        Touchpoint(
            id=RecordId(new_id()), assessment=CASE.assessment, case=CASE.id, kind=kind, organisation=at, happened="x",
            when=When.on(start + timedelta(days=day)),
        )
        for day, kind, at in found
    ]  # fmt: skip
    path = pathway(events, TODAY)
    drawn = draw(path, event_words(path, {}, TODAY), width=600)
    assert [spot.id for spot in drawn.spots] == [step.touchpoint.id for step in path.steps]
    assert all(other.x - one.x >= 40 for one, other in pairwise(drawn.spots))
    assert all(0 < spot.x < drawn.picture.width and 0 < spot.y < drawn.picture.height for spot in drawn.spots)
    pieces = drawn.picture.slices(300)
    assert pieces[0][0] == drawn.picture.pinned
    assert pieces[-1][1] == drawn.picture.width
    assert all(one[1] == other[0] for one, other in pairwise(pieces))
    assert all(right - left <= 300 for left, right in pieces)


def test_the_drawing_names_every_service_and_the_days_that_were_waited() -> None:
    report = _report()
    drawn = draw(report.path, event_words(report.path, report.tags, TODAY), width=600)
    said = [mark.text for mark in drawn.picture.marks if isinstance(mark, Words)]
    assert drawn.names == ("Ambulance", "Acute trust", "Community nursing", "Memory clinic", "Person's words")
    for words in ("Ambulance", "10 days", "19 days, standard 2", "No contact yet, 245 days", "C", "O", "W", "!"):
        assert words in said


def test_paper_web_page_and_plain_text_hold_every_sentence_of_the_table() -> None:
    document = compose(_report())
    page, plain = to_html(document), " ".join(to_plain(document).split())
    for words in ("Discharged, no letter", "Nobody rang me", "19 d over", "All waits together: 31 days"):
        assert words in page
        assert words in plain
    assert '<svg role="img" aria-label="5 events over 31 days.' in page
    data = to_pdf(document)
    assert data.startswith(b"%PDF")
    assert data == to_pdf(document)
    assert b"/Subtype /Image" not in data  # vectors, sharp at any size


@pytest.mark.parametrize("may_quote", [True, False])
def test_exact_words_are_printed_only_where_they_may_be_quoted(may_quote: bool) -> None:
    document = compose(_report(may_quote=may_quote))
    for text in (to_html(document), to_plain(document)):
        assert ("Nobody rang me" in text) is may_quote


def test_forty_events_of_long_names_are_printed_without_a_fault() -> None:
    many = [
        _event(1 + n % 28, KIND.CONTACT, f"Northshire Neighbourhood Service {n % 15}", "long " * 900, month=3 + n // 28)
        for n in range(40)
    ]  # fmt: skip
    report = CaseReport(
        assessment="A" * 300, visit="V", case=CASE, path=pathway(many, TODAY), tags={}, consent="", may_quote=True,
        today=TODAY,
    )  # fmt: skip
    assert to_pdf(compose(report)).startswith(b"%PDF")


def _many(count: int) -> list[Touchpoint]:
    """Over three years at five services, every date as vague as another."""
    services = ("Ambulance", "Northshire Hospitals NHS Foundation Trust", "Nursing", "GP practice", "County Council")
    found = []
    for n in range(count):
        on = date(2023, 10, 1) + timedelta(days=n * 18)
        when = (When.on(on), When.about(on), When.in_month(on.year, on.month))[n % 3]
        found.append(
            Touchpoint(
                id=RecordId(new_id()), assessment=CASE.assessment, case=CASE.id, happened=f"Event {n}", when=when,
                kind=KIND.REFERRAL if n % 20 == 3 else KIND.CONTACT, towards="Memory clinic" if n % 20 == 3 else "",
                organisation=services[n * 3 % 5], standard_days=7 if n % 9 == 0 else None,
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize("count", [1, 12, 60])
def test_picture_table_and_text_are_equal_and_no_letter_lies_outside_or_on_another(count: int) -> None:
    path = pathway(_many(count), TODAY)
    report = CaseReport(
        assessment="Northshire", visit="Visit 2", case=CASE, path=path, tags={}, consent="Consent recorded",
        may_quote=True, today=TODAY,
    )  # fmt: skip
    document = compose(report)
    (picture,) = [block.picture for block in document.blocks if isinstance(block, Drawing)]
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    rows = event_words(path, {}, TODAY)
    assert [row[0] for row in table.rows] == [row.when for row in event_words(path, {}, TODAY, with_year=True)]
    assert all(row.sentence in picture.text for row in rows)
    words = [mark for mark in picture.marks if isinstance(mark, Words)]
    assert all(0 <= mark.y <= picture.height and 0 <= mark.x <= picture.width for mark in words)
    assert len({(round(mark.x), round(mark.y)) for mark in words}) == len(words), "two words at one place"
    if picture.width <= PAGE:
        assert len(picture.slices(WIDTH)) == 1, "a drawing that fits is cut"
    text = to_plain(document)
    assert all(words in " ".join(text.split()) for words in ("All waits together",) if count > 1)
    assert ("The 10 longest waits of" in text) == (count > 15)


def test_dates_in_the_drawing_are_no_wider_than_their_column() -> None:
    path = pathway(_many(60), TODAY)
    rows = event_words(path, {}, TODAY)
    drawn = draw(path, rows, width=PAGE)
    dates = [[mark.text for mark in one if isinstance(mark, Words)] for one in drawn.events]
    assert max(len(line) for one in dates for line in one) <= 11
    assert ["about 19", "Oct 2023"] in [one[:2] for one in dates]
