"""The sample visit is whole, realistic in its mix, and about nobody."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest

from fieldkit.app.sample_data import SampleVisit
from fieldkit.app.sample_reader import FIRST, SAMPLE, parse_sample, problems_of, read_first_visit, read_sample
from fieldkit.capture.captured import Captured
from fieldkit.capture.parse import parse
from fieldkit.capture.personal import personal_details
from fieldkit.capture.render import render
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.entry import WRITTEN_UP_LATER, Risk
from fieldkit.domain.evidence import Bearing
from fieldkit.frameworks.library import Library
from fieldkit.kernel.errors import Trouble

_REAL = "NHS|CQC|Care Quality Commission|Healthwatch|Foundation Trust|Department of|University|Mr|Mrs|Ms|Dr|Sir|Dame"
ICS = Library().load("ics", "2023.1")
TEXT = (files("resources") / "sample" / SAMPLE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample() -> SampleVisit:
    return read_sample(ICS)


@pytest.fixture(scope="module")
def notes(sample: SampleVisit) -> list[Captured]:
    return [captured for _, captured in sample.read_points(ICS)]


def test_there_are_about_150_points_and_20_or_more_are_untagged(sample: SampleVisit, notes: list[Captured]) -> None:
    assert 140 <= len(sample.points) <= 160
    assert 20 <= sum(not note.tags for note in notes) <= 40


def test_exactly_one_possible_risk(notes: list[Captured]) -> None:
    assert [note.risk for note in notes if note.risk is not Risk.NONE] == [Risk.POSSIBLE]


def test_every_tag_and_person_is_known_and_every_line_has_words(sample: SampleVisit, notes: list[Captured]) -> None:
    assert list(problems_of(sample, ICS)) == []
    assert all(note.text and not note.hints for note in notes)


def test_every_line_can_be_written_again(sample: SampleVisit, notes: list[Captured]) -> None:
    vocabulary = sample.vocabulary(ICS)
    for note in notes:
        written = render(note, vocabulary)
        assert parse(written, vocabulary).meaning() == note.meaning()
        assert not written.left


def test_the_mix_shows_everything_the_line_can_do(notes: list[Captured]) -> None:
    tags = [tag for note in notes for tag in note.tags]
    assert {tag.statement for tag in tags} == {statement.id for statement in ICS}
    assert {tag.category_code for tag in tags} == {None, "pe", "sl", "pa", "pr", "ou"}
    assert {tag.bearing for tag in tags} == set(Bearing)
    assert {tag.strong for tag in tags} == {True, False}
    assert sum(len(note.tags) > 1 for note in notes) >= 30
    assert sum(note.exact for note in notes) >= 10
    assert sum(bool(note.quotes) and not note.exact for note in notes) >= 5
    assert sum(note.follow_up for note in notes) >= 5
    assert sum(note.own_view for note in notes) >= 5


def test_both_assessors_noticed_much_and_nobody_types_two_notes_at_once(sample: SampleVisit) -> None:
    counts = Counter(point.by for point in sample.points)
    assert set(counts) == {one.initials for one in sample.assessors}
    assert min(counts.values()) >= 50
    for initials in counts:
        own = [point for point in sample.points if point.by == initials and point.entered - point.at < WRITTEN_UP_LATER]
        assert all(one.entered <= other.at for one, other in pairwise(own))


def test_some_notes_were_written_up_later(sample: SampleVisit) -> None:
    assert sum(point.entered - point.at > WRITTEN_UP_LATER for point in sample.points) == 2


def test_the_agenda_has_planned_times_and_each_item_has_points_of_its_own_time(sample: SampleVisit) -> None:
    board = sample.activity("board")
    starts = [datetime.strptime(item.starts, "%H:%M").replace(tzinfo=UTC) for item in board.items]
    assert len(board.items) == 7
    assert starts == sorted(starts)
    for item, start in zip(board.items, starts, strict=True):
        first = next(point for point in sample.points if point.item == item.id)
        assert timedelta(0) <= first.at - (start - starts[0]) <= timedelta(minutes=5)


def test_there_is_more_to_do_than_the_meeting_and_a_second_day(sample: SampleVisit) -> None:
    assert {activity.kind for activity in sample.activities} == set(ActivityKind)
    assert {activity.day for activity in sample.activities} == {sample.starts_on, sample.ends_on}
    assert [activity.key for activity in sample.activities if activity.items] == ["board"]


def test_moments_are_in_utc_from_the_start_of_the_activity(sample: SampleVisit) -> None:
    assert sample.moment("board", timedelta(minutes=10)) == datetime(2026, 11, 12, 9, 40, tzinfo=UTC)
    with pytest.raises(KeyError):
        sample.moment("nothing", timedelta())


def test_what_came_afterwards(sample: SampleVisit) -> None:
    assert 2 <= len(sample.addenda) <= 3
    assert len(sample.withdrawals) == 1
    assert len(sample.filings) == 2
    assert all(one.at > one.point.entered for one in sample.afterwards)


def test_what_a_filing_takes_off_is_on_the_point(sample: SampleVisit) -> None:
    vocabulary = sample.vocabulary(ICS)
    for filing in sample.filings:
        on = {tag.statement for tag in parse(filing.point.line, vocabulary).tags}
        assert {tag.statement for tag in parse(filing.removes, vocabulary).tags} <= on


def test_documents_belong_to_agenda_items(sample: SampleVisit) -> None:
    items = {item.id for item in sample.activity("board").items}
    assert {document.item for document in sample.documents} <= items
    assert len({document.ref for document in sample.documents}) == len(sample.documents) >= 8


def test_it_is_about_nobody(sample: SampleVisit, notes: list[Captured]) -> None:
    assert all(person.code.isalnum() and person.code.islower() for person in sample.people)
    assert personal_details(TEXT) == ()
    assert re.findall(rf"\b(?:{_REAL})\b", TEXT) == []
    invented = {"Northshire", "Coast", "Vale", "Moor", "Ward", "Room"}
    plain = {"English", "Black", "Asian", "September", "October", "November", "December", "January", "March", "April"}
    plain |= {
        "June",
        "July",
        "August",
        "Monday",
        "Mondays",
        "Friday",
        "Saturdays",
        "Sunday",
        "Sundays",
        "Temp",
        "I",
        "D",
    }
    for note in notes:
        inside = re.findall(r"(?<=[a-z,] )[A-Z]\w*", note.text)
        assert set(inside) <= invented | plain, note.text


def test_the_first_visit_hangs_together_and_is_about_nobody() -> None:
    first = read_first_visit(ICS)
    text = (files("resources") / "sample" / FIRST).read_text(encoding="utf-8")
    assert list(problems_of(first, ICS)) == []
    assert {activity.kind for activity in first.activities} == set(ActivityKind) - {ActivityKind.CASE_TRACK}
    assert {row[0] for row in first.came_of_it["scores"]} == {statement.id for statement in ICS}
    assert personal_details(text) == ()
    assert re.findall(rf"\b(?:{_REAL})\b", text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#gm.pr--", "#gm.zz--"),
        ("0:55 AL", "0:55 XY"),
        ("0:55 AL", "0:05 AL"),
        ("1:30 BA", "1.30 BA"),
        ("    access: |", "    acess: |"),
        ('entry: "89:00"', 'entry: "89:01"'),
        ("pack: ics", "pack: other"),
        ("kind: drop_in", "kind: dropin"),
        ('adds: "#sp- #gm-"', 'adds: "#sp- #zz"'),
        ("starts_on: 2026-11-12", "starts_on: soon"),
        ("assessors:", "assessors: ["),
        ("BA ch: Apologies", "BA zz: Apologies"),
    ],
)
def test_a_damaged_sample_is_refused_with_the_reason(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(Trouble) as caught:
        parse_sample(TEXT.replace(old, new, 1), ICS)
    assert caught.value.code == "sample.damaged"
    assert caught.value.details["problem"]
