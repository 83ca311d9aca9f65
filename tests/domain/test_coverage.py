"""The rule of coverage: states at their thresholds, what is missing, and a round through every gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.coverage import Count, Coverage, Place, State, coverage_of
from fieldkit.domain.framework import Framework, Need
from fieldkit.frameworks.library import Library

ICS = Library().load("ics", "2023.1")
COUNCIL = Library().load("local-authority", "2023.1")
PEOPLE, OBSERVED = "peoples-experience", "observation"
LC = "learning-culture"


def _state(count: Count, *, people: int = 0, category: str = OBSERVED) -> State:
    counts = {(LC, PEOPLE): Count(items=people, sources=people, activities=people), (LC, category): count}
    return coverage_of(ICS, counts).cells[LC, category].state


@pytest.mark.parametrize(
    ("items", "sources", "activities", "people", "state"),
    [
        (0, 0, 0, 0, State.GAP),
        (1, 1, 1, 0, State.THIN),
        (2, 2, 2, 9, State.THIN),  # too few, whoever said them
        (9, 1, 9, 9, State.THIN),  # one source, however often
        (3, 2, 1, 0, State.ENOUGH),
        (4, 3, 3, 1, State.ENOUGH),
        (5, 2, 1, 1, State.ENOUGH),  # all in one activity
        (5, 2, 2, 0, State.ENOUGH),  # nothing of people's experience
        (5, 2, 2, 1, State.STRONG),
    ],
)
def test_a_cell_stands_as_the_pack_says(items: int, sources: int, activities: int, people: int, state: State) -> None:
    assert _state(Count(items=items, sources=sources, activities=activities), people=people) is state


def test_people_s_experience_itself_needs_no_other_to_be_strong() -> None:
    assert _state(Count(items=5, sources=2, activities=2), category=PEOPLE) is State.STRONG


def test_what_no_council_needs_is_neither_a_gap_nor_counted() -> None:
    found = coverage_of(COUNCIL, {(COUNCIL.statements[0].id, OBSERVED): Count(items=4, sources=2, activities=2)})
    cell = found.cells[COUNCIL.statements[0].id, OBSERVED]
    assert (cell.state, cell.need, cell.is_enough) == (State.NOT_NEEDED, Need.NOT_USED, False)
    assert (found.needed, found.enough, len(tuple(found))) == (36, 0, 54)


def test_counts_of_other_frameworks_are_left_out() -> None:
    found = coverage_of(ICS, {("another", OBSERVED): Count(items=9), (LC, "another"): Count(items=9)})
    assert found.is_empty
    assert (found.enough, len(found.gaps())) == (0, 102)


def test_the_sum_says_how_much_is_short() -> None:
    cell = coverage_of(ICS, {(LC, OBSERVED): Count(items=4, sources=1, activities=1)}).cells[LC, OBSERVED]
    assert [(check.there, check.wanted, check.is_met, check.short) for check in cell.enough] == [
        (4, 3, True, 0), (1, 2, False, 1),
    ]  # fmt: skip
    assert [check.short for check in cell.strong] == [1, 1, 1]


_counts = st.builds(Count, items=st.integers(0, 9), sources=st.integers(0, 9), activities=st.integers(0, 9))


def _coverages(framework: Framework) -> st.SearchStrategy[Coverage]:
    places = [(one.id, other.id) for one in framework.statements for other in framework.categories]
    return st.dictionaries(st.sampled_from(places), _counts, max_size=len(places)).map(
        lambda counts: coverage_of(framework, counts)
    )


@given(st.sampled_from([ICS, COUNCIL]).flatmap(_coverages), st.data(), st.sampled_from([1, -1]))
def test_going_from_gap_to_gap_visits_each_once_and_comes_round(
    found: Coverage, data: st.DataObject, step: int
) -> None:
    places = [None, *(cell.place for cell in found)]
    at: Place | None = data.draw(st.sampled_from(places))
    gaps = found.gaps()
    seen: list[Place] = []
    for _ in gaps:
        cell = found.next_gap(at, step)
        assert cell is not None
        seen.append(cell.place)
        at = cell.place
    assert sorted(seen) == sorted(gap.place for gap in gaps)
    again = found.next_gap(at, step)
    assert (again.place if again else None) == (seen[0] if seen else None)
    assert all(found.cells[place].is_needed and not found.cells[place].count.items for place in seen)


@given(_coverages(ICS))
def test_every_needed_cell_is_exactly_one_of_four_and_more_evidence_never_weakens_one(found: Coverage) -> None:
    order = [State.GAP, State.THIN, State.ENOUGH, State.STRONG]
    counts = {cell.place: cell.count for cell in found}
    more = {
        place: Count(items=one.items + 1, sources=one.sources + 1, activities=one.activities + 1)
        for place, one in counts.items()
    }
    after = coverage_of(ICS, more)
    for cell in found:
        assert cell.is_enough == (cell.state in order[2:])
        assert order.index(after.cells[cell.place].state) >= order.index(cell.state)
    assert found.enough == sum(cell.is_enough for cell in found) <= found.needed
