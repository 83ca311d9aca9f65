"""Voices and time are counted once each, without what is withdrawn, and what is missing is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.assessments import plan_activity, plan_visit
from fieldkit.app.balance import balance_of
from fieldkit.app.entries import NewEntry, file_evidence, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.voices import NOBODY, VOICES
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.balance import Balance, Heard, hours, part_words
from fieldkit.domain.framework import SpeakerKind
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.frameworks.library import Library
from fieldkit.reports.balance import compose, standing_out
from fieldkit.reports.plain import to_plain
from storage.vault import OpenVault
from tests.support.vaults import do

ICS = Library().load("ics", "2023.1")
NINE = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


def test_voices_and_time_of_a_meeting(vault: OpenVault, board: Activity) -> None:
    def note(words: str, speaker: str, after: int) -> str:
        new = NewEntry(text=words, speaker=speaker or None, noticed_at=NINE + timedelta(minutes=after, seconds=1))
        return do(vault, partial(record_entry, activity=board, new=new)).id

    note("Papers came late", "", 0)
    note("Nobody told us", "s3", 10)
    note("Nor us", "s3", 12)
    note("I waited all day", "p1", 20)
    gone = note("Wrong room", "p2", 25)
    do(vault, lambda uow: withdraw_entry(uow, entry=gone, reason="Wrong room"))  # type: ignore[arg-type]
    found = balance_of(vault.questions, board.assessment, ICS)
    heard = {one.kind: (one.notes, one.sources) for one in found.heard if not one.is_unheard}
    assert heard == {SpeakerKind.STAFF: (2, 1), SpeakerKind.PERSON: (1, 1), None: (1, 1)}
    assert [(one.kind, one.activities) for one in found.spent] == [(ActivityKind.OBSERVATION, 1)]
    assert found.minutes == 25  # the time of what was withdrawn was spent all the same
    said = standing_out(found, VOICES)
    assert "Carers and families: nobody was heard." in said
    assert "Staff: 2 of 3 (67%) notes of what somebody said." in said
    page = to_plain(compose("Northshire", found, VOICES, NOBODY, NINE))
    assert "Wrong room" not in page
    assert "Papers came late" not in page


def test_notes_are_counted_by_secondary_tag_of_each_set_that_is_used(vault: OpenVault, board: Activity) -> None:
    said = [("productivity",), ("productivity", "tackle-inequalities"), ()]
    for tags in said:
        entry = do(vault, partial(record_entry, activity=board, new=NewEntry(text="Seen", noticed_at=NINE)))
        beside = [SecondaryTag.new("ics", "purposes", one) for one in tags]
        beside += [SecondaryTag.new("ics", "insight-sources", "staff-survey")] if tags else []
        do(vault, partial(file_evidence, entry=entry.id, secondary=beside))
    found = balance_of(vault.questions, board.assessment, ICS)
    assert list(found.secondary) == ["Four purposes of an integrated care system", "Insight source"]
    assert list(found.secondary["Four purposes of an integrated care system"].values()) == [0, 1, 2, 0]
    assert found.secondary["Insight source"] == {"Staff survey": 2}
    page = to_plain(compose("Northshire", found, VOICES, NOBODY, NINE))
    assert "Tackle inequalities in outcomes, experience and access" in page
    assert "2 of 3 (67%)" in page


def test_the_night_between_two_days_of_an_activity_is_not_time_spent(vault: OpenVault, board: Activity) -> None:
    for hours_before in (24, 23.5, 1, 0.5):
        new = NewEntry(text="Seen", noticed_at=NINE - timedelta(hours=hours_before))
        do(vault, partial(record_entry, activity=board, new=new))
    found = balance_of(vault.questions, board.assessment, ICS)
    assert (found.minutes, dict(found.by_organisation), dict(found.by_place)) == (60, {"": 60}, {"": 60})


def test_time_is_told_by_the_place_of_the_visit_whatever_its_spelling(vault: OpenVault, board: Activity) -> None:
    for name, place in (("Visit 2", "Moor"), ("Visit 3", " moor "), ("Visit 4", "Vale")):

        def plan(uow: UnitOfWork, name: str = name, place: str = place) -> Activity:
            visit = plan_visit(uow, board.assessment, name, place=place)
            return plan_activity(uow, visit, ActivityKind.OBSERVATION, "Ward")

        ward = do(vault, plan)
        for hours_before in (2, 1):
            new = NewEntry(text="Seen", noticed_at=NINE - timedelta(hours=hours_before))
            do(vault, partial(record_entry, activity=ward, new=new))
    found = balance_of(vault.questions, board.assessment, ICS)
    assert dict(found.by_place) == {"Moor": 120, "Vale": 60}
    page = to_plain(compose("Northshire", found, VOICES, NOBODY, NINE))
    assert "Time by place" in page
    assert "120 of 180 (67%)" in page


@given(st.integers(0, 500), st.integers(1, 500))
def test_parts_are_rounded_half_up_and_never_of_nothing(part: int, whole: int) -> None:
    said = part_words(min(part, whole), whole)
    percent = int(said.partition("(")[2].partition("%")[0])
    assert abs(percent * whole - 100 * min(part, whole)) * 2 <= whole
    assert part_words(part, 0) == "0"


def test_nothing_stands_out_where_everybody_was_heard_alike() -> None:
    heard = tuple(Heard(kind=kind, notes=2, sources=1) for kind in SpeakerKind)
    found = Balance(heard=heard, spent=(), by_organisation={})
    assert standing_out(found, VOICES) == (
        "Nothing stands out: every kind of voice was heard, and none has more than half.",
    )
    assert (hours(40), hours(125)) == ("40 min", "2 h 5 min")
