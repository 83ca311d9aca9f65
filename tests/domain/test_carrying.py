"""What follows tags by a crosswalk: once, whatever their order, and never at the cost of a tag that was there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.carrying import Following, follow
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.frameworks.library import Library

ICS, DRAFT = Library().load("ics", "2023.1"), Library().load("provider", "2026.1")
WALK = DRAFT.crosswalks[0]
SPLITS = {step.olds[0]: step.news for step in WALK.steps if len(step.news) > 1}

tags = st.lists(
    st.builds(
        EvidenceItem.new, st.just("ics"), st.sampled_from([one.id for one in ICS]),
        st.sampled_from([one.id for one in ICS.categories]), st.sampled_from(Bearing), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip
choices = st.fixed_dictionaries(
    {}, optional={old: st.sets(st.sampled_from(news), min_size=1).map(tuple) for old, news in SPLITS.items()}
)


def _news(found: tuple[Following, ...]) -> tuple[EvidenceItem, ...]:
    return tuple(item for one in found for item in one.news)


@given(tags, choices, st.randoms())
def test_it_is_the_same_in_any_order_and_the_second_time_nothing(
    given_tags: list[EvidenceItem], chosen: dict[str, tuple[str, ...]], random: object
) -> None:
    found = follow(WALK, DRAFT, given_tags, (), chosen)
    shuffled = list(given_tags)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _news(follow(WALK, DRAFT, shuffled, (), chosen)) == _news(found)
    assert len(found) == len(given_tags)
    again = follow(WALK, DRAFT, [*given_tags, *_news(found)], (), chosen)
    assert _news(again) == ()
    for item in _news(found):
        assert (item.pack, item.carried) == ("provider", "ics 2023.1")
        assert DRAFT.statement_by(item.statement) is not None
        assert DRAFT.category_by(item.category) is not None


@given(tags, choices)
def test_what_was_taken_off_comes_again_under_another_id(
    given_tags: list[EvidenceItem], chosen: dict[str, tuple[str, ...]]
) -> None:
    first = _news(follow(WALK, DRAFT, given_tags, (), chosen))
    second = _news(follow(WALK, DRAFT, given_tags, {one.id for one in first}, chosen))
    assert not {one.id for one in first} & {one.id for one in second}
    assert [replace(one, id=two.id) for one, two in zip(first, second, strict=True)] == list(second)
