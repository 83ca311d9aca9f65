"""Which score stands: never one assessor's over another's, whatever the order in which they arrive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given as any_of
from hypothesis import strategies as st

from fieldkit.domain.judgement import Judged, Judgement, Moderation, Override
from fieldkit.domain.settling import Given, Moderated, Overridden, Stand, departures, settle, standing
from fieldkit.kernel.ids import AssessmentId, AuthorId, RecordId

_NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
_PLACE = Judged(pack="ics", subject="learning_culture")


def _given(
    value: int | None, *, author: str = "a", minute: int = 0, insufficient: bool = False, heads: int = 1
) -> Given:
    made = Judgement(
        id=RecordId(f"{author}-{minute}"), assessment=AssessmentId("n"), judged=_PLACE, text="Why", value=value,
        insufficient=insufficient,
    )  # fmt: skip
    return Given(value=made, author=AuthorId(author), name=author, at=_NOON + timedelta(minutes=minute), heads=heads)


def _moderated(
    value: int, minute: int = 60, *, id: str = "m", considered: tuple[str, ...] = (), heads: int = 1
) -> Moderated:
    made = Moderation(
        id=RecordId(id), assessment=AssessmentId("n"), judged=_PLACE, text="Settled", reason="Talked", value=value,
        considered=tuple(RecordId(one) for one in considered),
    )  # fmt: skip
    at = _NOON + timedelta(minutes=minute)
    return Moderated(value=made, author=AuthorId("lead"), name="lead", at=at, heads=heads)


def _stand(*given: Given, moderations: tuple[Moderated, ...] = ()) -> tuple[Stand, int | None]:
    found = settle(given, moderations)[_PLACE]
    return found.stand, found.mark.value if found.mark else None


def test_one_score_stands_several_only_where_they_agree() -> None:
    assert _stand(_given(None)) == (Stand.NONE, None)
    assert _stand(_given(2), _given(None, author="b")) == (Stand.ONE, 2)
    assert _stand(_given(2), _given(2, author="b")) == (Stand.AGREE, 2)
    assert _stand(_given(2), _given(3, author="b")) == (Stand.DIFFER, None)
    assert _stand(_given(2), _given(None, author="b", insufficient=True)) == (Stand.DIFFER, None)


def test_two_accounts_of_one_judgement_leave_no_score_until_somebody_decides() -> None:
    assert _stand(_given(2, heads=2)) == (Stand.OPEN, None)
    assert _stand(_given(2, heads=2), _given(2, author="b")) == (Stand.OPEN, None)
    assert _stand(_given(2), moderations=(_moderated(3, heads=2),)) == (Stand.OPEN, None)


def test_what_two_laptops_settled_at_once_stands_for_neither_whoever_was_later() -> None:
    first, later = _moderated(3), _moderated(2, 61, id="n")
    assert _stand(_given(2), moderations=(first, later)) == (Stand.TWICE, None)
    assert _stand(_given(2), moderations=(first, _moderated(3, 61, id="n"))) == (Stand.MODERATED, 3)
    between = _moderated(4, 62, id="o", considered=("m", "n"))
    assert _stand(_given(2), moderations=(first, later, between)) == (Stand.MODERATED, 4)
    other = _moderated(1, 63, id="p", considered=("m", "n"))
    assert _stand(_given(2), moderations=(first, later, between, other)) == (Stand.TWICE, None)


def test_two_that_considered_each_other_both_stand_rather_than_none() -> None:
    made = (_moderated(3, considered=("n",)), _moderated(2, 61, id="n", considered=("m",)))
    assert standing(made) == made


def test_what_the_team_settled_stands_and_says_who_changed_their_mind_since() -> None:
    first, later = _given(2), _given(3, author="b", minute=90)
    assert _stand(first, later, moderations=(_moderated(3),)) == (Stand.MODERATED, 3)
    found = settle([first, later], [_moderated(3)])[_PLACE]
    assert [one.author for one in found.changed_since] == ["b"]


@any_of(st.permutations([0, 1, 2, 3, 4]), st.lists(st.sampled_from([1, 2, 3, None]), min_size=5, max_size=5))
def test_the_order_of_arrival_changes_nothing(order: list[int], values: list[int | None]) -> None:
    made = [_given(value, author=str(place), minute=place) for place, value in enumerate(values)]
    assert settle([made[place] for place in order], []) == settle(made, [])


def _over(band: str | None, minute: int, considered: tuple[str, ...] = (), heads: int = 1) -> Overridden:
    value = Override(
        id=RecordId(str(minute)), assessment=AssessmentId("n"), pack="ics", figure="", band=band, rationale="R",
        approver="A", considered=tuple(RecordId(one) for one in considered),
    )  # fmt: skip
    at = _NOON + timedelta(minutes=minute)
    return Overridden(value=value, author=AuthorId("l"), name="l", at=at, heads=heads)


def test_an_override_that_was_taken_back_stands_no_more() -> None:
    assert departures([_over("good", 1)])[""].band == "good"
    assert departures([_over(None, 2, ("1",)), _over("good", 1)]) == {}


def test_overrides_of_two_laptops_wait_for_a_person_unless_they_say_the_same() -> None:
    open_one = departures([_over("good", 1), _over("inadequate", 2)])[""]
    assert (open_one.band, open_one.is_open, len(open_one.made)) == (None, True, 2)
    assert departures([_over("good", 1), _over(None, 2)])[""].is_open
    assert departures([_over("good", 1, heads=2)])[""].is_open
    assert departures([_over("good", 1), _over("good", 2)])[""].band == "good"
    assert departures([_over("good", 1), _over("good", 2), _over(None, 3, ("1", "2"))]) == {}
