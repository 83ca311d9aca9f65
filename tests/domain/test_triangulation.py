"""Triangulation: facts counted once, one source told from several, what contradicts never corroborates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.evidence import Bearing
from fieldkit.domain.framework import TriangulationRule
from fieldkit.domain.triangulation import EvidenceRow, Side, Triangulation, triangulate

ROWS = st.lists(
    st.builds(
        EvidenceRow, note=st.sampled_from("abcdef"), source=st.sampled_from(["", "s1", "s2", "s3"]),
        method=st.sampled_from(["interview", "observation"]), category=st.sampled_from(["", "pe", "st", "pr"]),
        organisation=st.sampled_from(["", "Trust", "Council"]), bearing=st.sampled_from(list(Bearing)),
        side=st.sampled_from([None, None, *Side]),
    )
)  # fmt: skip


def row(note: str, source: str = "s1", bearing: Bearing = Bearing.SHORTFALL, category: str = "pe") -> EvidenceRow:
    return EvidenceRow(
        note=note, source=source, method="interview", category=category, organisation="Trust", bearing=bearing
    )


def test_a_note_under_two_headings_is_one_fact_of_two_categories() -> None:
    found = triangulate([row("a"), row("a", category="st"), row("b", "s2"), row("c")])

    assert (found.items, found.sources, found.categories, found.agree) == (3, 2, 2, 3)
    assert found.is_enough
    assert found.sentence == ("3 notes from 2 sources, by 1 method, in 1 organisation and 2 categories. Triangulated.")


def test_three_notes_of_one_person_are_a_single_source_and_it_says_what_is_missing() -> None:
    found = triangulate([row("a"), row("b"), row("c")])

    assert found.is_single_source
    assert found.sentence.endswith("single source. Not triangulated yet: 1 more source and 1 more category to go.")


def test_what_contradicts_is_counted_beside_and_corroborates_nothing() -> None:
    rows = [row("a"), row("b"), row("c", "s2", Bearing.STRENGTH, "st")]
    found = triangulate(rows, claim=Bearing.SHORTFALL)

    assert (found.items, found.sources, found.contradict) == (2, 1, 1)
    assert found.is_single_source
    assert "1 note contradicts" in found.sentence


@pytest.mark.parametrize(
    ("bearing", "side"),
    [(Bearing.MIXED, Side.UNCLEAR), (Bearing.NEUTRAL, Side.UNCLEAR), (Bearing.STRENGTH, Side.AGREES)],
)
def test_mixed_and_neutral_notes_are_unclear_of_a_strength(bearing: Bearing, side: Side) -> None:
    found = triangulate([row("a", bearing=bearing)], claim=Bearing.STRENGTH)
    assert (found.agree, found.unclear) == (int(side is Side.AGREES), int(side is Side.UNCLEAR))


def test_where_as_many_say_the_one_as_the_other_nobody_is_said_to_contradict() -> None:
    found = triangulate([row("a"), row("b", "s2", Bearing.STRENGTH)])
    assert (found.items, found.agree, found.contradict, found.unclear) == (2, 0, 0, 2)
    assert found.is_split
    assert "1 a strength, 1 a shortfall" in found.sentence


def test_what_was_marked_as_contradicting_does_so_whatever_its_tags_say() -> None:
    found = triangulate([row("a"), replace(row("b", "s2"), side=Side.CONTRADICTS)], claim=Bearing.SHORTFALL)
    assert (found.agree, found.contradict) == (1, 1)


def test_the_thresholds_are_those_of_the_pack() -> None:
    rule = TriangulationRule(items=1, sources=1, categories=1)
    assert triangulate([row("a")], rule).is_enough


def test_nothing_is_no_evidence() -> None:
    assert triangulate([]) == Triangulation()
    assert Triangulation().sentence == "No evidence yet."


@given(rows=ROWS, claim=st.sampled_from([None, *Bearing]), data=st.data())
def test_order_and_repetition_change_nothing_and_every_note_has_one_side(
    rows: list[EvidenceRow], claim: Bearing | None, data: st.DataObject
) -> None:
    found = triangulate(rows, claim=claim)
    again = data.draw(st.permutations(rows + rows[:3]))

    assert triangulate(again, claim=claim) == found
    assert found.agree + found.contradict + found.unclear == len({one.note for one in rows})
    assert found.items == found.agree + found.unclear
    assert not found.is_single_source or found.sources == 1
