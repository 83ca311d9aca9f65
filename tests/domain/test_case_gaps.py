"""Gaps of a pathway as things to go to, and cases side by side."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.case import Answer
from fieldkit.domain.case_comparing import asked, lacks, passages
from fieldkit.domain.case_gaps import GapKind, gaps, gaps_at, next_gap
from fieldkit.domain.pathway import Pathway, pathway
from fieldkit.domain.touchpoint import HandOver, Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.kernel.ids import AssessmentId, RecordId

_TODAY = date(2026, 11, 12)
_numbers = count()


def _event(
    day: date, service: str, kind: TouchpointKind = TouchpointKind.CONTACT, *, towards: str = "",
    standard: int | None = None, check: HandOver | None = None,
) -> Touchpoint:  # fmt: skip
    return Touchpoint(
        id=RecordId(f"e{next(_numbers):06d}"), assessment=AssessmentId("a"), case=RecordId("c"), when=When.on(day),
        kind=kind, organisation=service, towards=towards, happened="x", standard_days=standard, hand_over=check,
    )  # fmt: skip


def _path(*events: Touchpoint) -> Pathway:
    return pathway(events, _TODAY)


def test_every_kind_of_gap_is_found_at_its_event_and_gone_to_round_and_round() -> None:
    check = HandOver(sent=Answer.YES, received=Answer.NO, person_told=Answer.NO)
    path = _path(
        _event(date(2026, 3, 2), "GP", TouchpointKind.REFERRAL, towards="Memory clinic"),
        _event(date(2026, 3, 14), "Acute trust", TouchpointKind.DISCHARGE, check=check),
        _event(date(2026, 4, 2), "Nursing", standard=2),
    )
    order = [step.touchpoint.id for step in path.steps]
    assert [(gap.kind, order.index(gap.event)) for gap in gaps(path)] == [
        (GapKind.LONG_WAIT, 2), (GapKind.REFERRAL, 0), (GapKind.HAND_OVER, 1),
    ]  # fmt: skip
    walked, here = [], None
    for _ in range(4):
        gap = next_gap(path, here)
        assert gap is not None
        here = gap.event
        walked.append(order.index(here))
    assert walked == [0, 1, 2, 0]


def test_a_wait_without_a_standard_is_a_gap_only_where_somebody_asks() -> None:
    path = _path(_event(date(2026, 3, 2), "GP"), _event(date(2026, 3, 30), "Trust"))
    assert gaps(path) == ()
    assert next_gap(path, None) is None
    assert [gap.kind for gap in gaps_at(path, path.steps[1].touchpoint.id)] == [GapKind.WAIT]
    assert gaps_at(path, path.steps[0].touchpoint.id) == ()


def test_the_same_step_stands_side_by_side_however_a_service_is_written() -> None:
    one = _path(_event(date(2026, 3, 2), "Acute trust"), _event(date(2026, 3, 21), "Nursing"))
    two = _path(_event(date(2026, 5, 2), "acute trust"), _event(date(2026, 5, 5), "nursing"),
                _event(date(2026, 5, 9), "GP"))  # fmt: skip
    found = passages([one, two])
    assert [(each.left, each.reached, each.cases, each.longest) for each in found] == [
        ("Acute trust", "Nursing", 2, 19), ("nursing", "GP", 1, 4),
    ]  # fmt: skip
    assert [[step.wait.days for step in case] for case in found[0].found] == [[19], [3]]
    referred = _path(_event(date(2026, 3, 2), "GP", TouchpointKind.REFERRAL, towards="Memory clinic"))
    assert [(each.service, each.is_by, each.cases) for each in asked([one, referred])] == [("Memory clinic", False, 1)]


def test_what_handovers_lack_most_often_comes_first_and_what_nobody_knows_is_not_counted() -> None:
    bad = HandOver(sent=Answer.YES, received=Answer.NO, person_told=Answer.NO)
    half = HandOver(sent=Answer.YES, received=Answer.YES, person_told=Answer.NO)
    paths = [
        _path(_event(date(2026, 3, 2), "Trust", TouchpointKind.DISCHARGE, check=check),
              _event(date(2026, 3, 3), "Nursing"))
        for check in (bad, half, None)
    ]  # fmt: skip
    assert [(one.point, one.total) for one in lacks(paths)] == [("person_told", (2, 2)), ("received", (1, 2))]


_SERVICES = st.sampled_from(["GP", "Trust", "Nursing"])
_CASES = st.lists(
    st.lists(st.tuples(st.dates(date(2025, 1, 1), _TODAY), _SERVICES), max_size=7).map(
        lambda told: _path(*(_event(day, service) for day, service in told))
    ),
    max_size=4,
)


@given(_CASES)
def test_every_transition_of_every_case_is_in_exactly_one_row_under_its_case(paths: list[Pathway]) -> None:
    rows = passages(paths)
    for at, path in enumerate(paths):
        there = [step for row in rows for step in row.found[at]]
        assert sorted(map(id, there)) == sorted(map(id, path.transitions))
    assert all(row.cases for row in rows)
