"""Escalations and quality risks keep what they were told and refuse what is not of their form."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.escalation import Contact, Criterion, Danger, Escalation, How, Priority, Referral, Seen
from fieldkit.domain.fieldwork import FieldRecord
from fieldkit.domain.quality_risk import (
    AUTHORISERS,
    Authority,
    Level,
    QualityReview,
    QualityRisk,
    ReviewKind,
    is_lower,
    may_authorise,
)
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.ids import AssessmentId, RecordId, RevisionId, VisitId, new_id

AT = datetime(2026, 11, 12, 10, 34, tzinfo=UTC)
TEXT = st.text(st.characters(codec="utf-8"), max_size=200)
MOMENT = st.integers(-2_240_000_000, 4_000_000_000).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
ID = st.builds(lambda: RecordId(new_id()))
ESCALATIONS = st.builds(
    Escalation, id=ID, assessment=ID, visit=st.none() | ID, about=st.none() | ID,
    what=TEXT.filter(str.strip), who=TEXT, place=TEXT, organisation=TEXT, danger=st.sampled_from(Danger),
    priority=st.sampled_from(Priority), criteria=st.dictionaries(st.sampled_from(Criterion), st.booleans()),
    referral=st.sampled_from(Referral), referral_reference=TEXT, opened_at=MOMENT, due_at=MOMENT,
    outcome=st.just("Cover found"), closed_at=MOMENT, closed_by=TEXT,
)  # fmt: skip


def _escalation() -> Escalation:
    return Escalation(
        id=RecordId(new_id()), assessment=AssessmentId(new_id()), visit=VisitId(new_id()), about=RecordId(new_id()),
        what="No out of hours medical cover on Ward 4 tonight", danger=Danger.NO, priority=Priority.P2, opened_at=AT,
        due_at=AT,
    )  # fmt: skip


def _records() -> list[FieldRecord]:
    one = _escalation()
    risk = QualityRisk(
        id=RecordId(new_id()), assessment=one.assessment, visit=None, about=one.id, concern="Cover at night",
        level=Level.ENHANCED, authority=Authority.ICB, authorised_on=date(2026, 11, 12), reasons="Two weeks without",
        review_on=date(2026, 11, 26),
    )  # fmt: skip
    return [
        one,
        Contact(
            id=RecordId(new_id()), assessment=one.assessment, about=one.id, told="Ward manager", at=AT, by="A. Lead",
            how=How.IN_PERSON, said="will call the on-call consultant", answer_due_at=AT,
        ),
        Seen(id=RecordId(new_id()), assessment=one.assessment, about=one.id, revision=RevisionId(new_id()), at=AT),
        risk,
        QualityReview(
            id=RecordId(new_id()), assessment=one.assessment, about=risk.id, review=ReviewKind.RAPID_REVIEW,
            called_by=Authority.REGULATOR, on=date(2026, 11, 20), plan="Rota by Friday", next_on=date(2026, 12, 1),
        ),
    ]  # fmt: skip


@given(ESCALATIONS)
def test_an_escalation_comes_back_from_its_bytes(one: Escalation) -> None:
    assert Escalation.from_content(one.id, parse(canonical(one.to_content()))) == one


@pytest.mark.parametrize("record", _records(), ids=lambda one: one.KIND)
def test_every_kind_comes_back_from_its_bytes_and_has_the_fields_it_promises(record: FieldRecord) -> None:
    content = record.to_content()
    assert type(record).from_content(record.id, parse(canonical(content))) == record
    assert set(record.FIELDS) <= set(content)
    assert all(type(content[name]) in types for name, types in record.FIELDS.items())


@pytest.mark.parametrize(
    "change",
    [
        {"danger": "perhaps"}, {"priority": "p5"}, {"criteria": {"boredom": True}}, {"criteria": {"doubt_they_can": 1}},
        {"about": "the note at ten"}, {"opened_at": "10:34"}, {"what": "  "}, {"outcome": "Done"},
        {"closed_at": "2026-11-12T10:34:00.000Z"}, {"referral": ""},
    ],
)  # fmt: skip
def test_what_is_not_an_escalation_is_refused(change: dict[str, object]) -> None:
    one = _escalation()
    with pytest.raises((KeyError, ValueError, TypeError)):
        Escalation.from_content(one.id, {**one.to_content(), **change})


def test_each_level_is_authorised_by_whom_the_quality_board_names_and_by_nobody_else() -> None:
    assert {level: set(AUTHORISERS[level]) for level in Level} == {
        Level.ROUTINE: {Authority.ICB, Authority.PLACE},
        Level.ENHANCED: {Authority.ICB},
        Level.INTENSIVE: {Authority.NHS_ENGLAND},
    }
    assert not may_authorise(Authority.ICB, Level.INTENSIVE)
    assert not may_authorise(Authority.NHS_ENGLAND, Level.ROUTINE)
    assert is_lower(Level.ROUTINE, Level.ENHANCED)
    assert not is_lower(Level.INTENSIVE, Level.INTENSIVE)
