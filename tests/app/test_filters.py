"""The filter language: read as it was meant, written as it is read, and never an error while somebody types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.filter_days import read_days
from fieldkit.app.filter_names import KINDS, MARKS, STATUSES, Known, Understood, understand
from fieldkit.app.filters import Clause, Key, going_on, parse, render, unfinished, value_is_on, with_value, words_of
from fieldkit.app.rows import AssessorRow, Facet, Term, Word
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.people import Person
from fieldkit.frameworks.library import Library
from fieldkit.kernel.ids import ActivityId, AssessmentId, AuthorId, PersonId, VisitId
from ui.presenters.wording import sentence

_A = AssessmentId("a")
_V1 = Visit(id=VisitId("v1"), assessment=_A, name="Visit 1")
TODAY = date(2026, 11, 12)
KNOWN = Known(
    today=TODAY,
    frameworks=(Library().load("ics", "2023.1"), Library().load("local-authority", "2023.1")),
    visits=(_V1, Visit(id=VisitId("v2"), assessment=_A, name="Visit 2")),
    activities=(
        Activity(id=ActivityId("b"), assessment=_A, visit=_V1.id, kind=ActivityKind.OBSERVATION, title="ICB board"),
        Activity(id=ActivityId("i"), assessment=_A, visit=VisitId("v2"), kind=ActivityKind.INTERVIEW, title="Nursing"),
    ),
    people=(Person(id=PersonId("p"), assessment=_A, visit=VisitId("v1"), code="dn", role="Director of nursing"),),
    authors=(AssessorRow(author=AuthorId("me"), name="Asha Smith", initials="AS"),),
)  # fmt: skip
STANDING = Term(facet=Facet.MARK, values=("withdrawn",), negated=True)


def _terms(text: str) -> tuple[Term, ...]:
    found = understand(text, KNOWN)
    assert found.problems == ()
    return tuple(term for term in found.terms if term != STANDING)


def _term(facet: Facet, *values: str, negated: bool = False) -> tuple[Term, ...]:
    return (Term(facet=facet, values=values, negated=negated),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("qs:lc", _term(Facet.STATEMENT, "ics/learning-culture")),
        ("qs:Q2", _term(Facet.STATEMENT, "ics/learning-culture")),
        ("QS:LC,li", _term(Facet.STATEMENT, "ics/learning-culture", "ics/learning-and-improvement")),
        ('qs:"learning culture"', _term(Facet.STATEMENT, "ics/learning-culture")),
        ("-ec:pe", _term(Facet.CATEGORY, "peoples-experience", negated=True)),
        ("ec:4", _term(Facet.CATEGORY, "observation")),
        ("is:Untagged", _term(Facet.MARK, "untagged")),
        ("from:interview", _term(Facet.ACTIVITY, "i")),
        ("who:DN", _term(Facet.SPEAKER, "dn")),
        ('who:"director of nursing"', _term(Facet.SPEAKER, "dn")),
        ("by:as", _term(Facet.AUTHOR, "me")),
        ('visit:"visit 2"', _term(Facet.VISIT, "v2")),
        ("in:board", _term(Facet.ACTIVITY, "b")),
        ("on:12nov", _term(Facet.DAY, "2026-11-12/2026-11-12")),
        ("on:10nov-12nov", _term(Facet.DAY, "2026-11-10/2026-11-12")),
        ("bearing:Shortfall,mixed", _term(Facet.BEARING, "shortfall", "mixed")),
        ("came:requested", _term(Facet.CAME, "requested")),
        ("status:waiting,team", _term(Facet.STATUS, "waiting", "team")),
    ],
)  # fmt: skip
def test_each_key_means_what_it_says(text: str, expected: tuple[Term, ...]) -> None:
    assert _terms(text) == expected


def test_a_second_framework_is_named_before_the_code() -> None:
    (la,) = _terms("qs:la/sg")
    (main,) = _terms("qs:sg")
    assert la.values == ("local-authority/safeguarding",)
    assert main.values == ("ics/safeguarding",)


def test_a_kind_of_activity_that_there_is_none_of_finds_nothing_rather_than_everything() -> None:
    (term,) = _terms("from:dropin")
    assert term.facet is Facet.ACTIVITY
    assert not {one.id for one in KNOWN.activities} & set(term.values)


def test_withdrawn_notes_are_left_out_unless_spoken_of() -> None:
    assert STANDING in understand("lc", KNOWN).terms
    assert understand("is:withdrawn", KNOWN).terms == _term(Facet.MARK, "withdrawn")
    assert understand("-is:withdrawn", KNOWN).terms == (STANDING,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recov", [Word(text="recov", is_prefix=True)]), ("recov ", [Word(text="recov")]),
        ("r", [Word(text="r")]), ("reco* plan ", [Word(text="reco", is_prefix=True), Word(text="plan")]),
        ('"recovery pl', [Word(text="recovery pl", is_prefix=True)]), ('"recovery plan"', [Word(text="recovery plan")]),
        ("-winter", [Word(text="winter", negated=True)]), ("4:1", [Word(text="4:1", is_prefix=True)]),
        ("recov qs:lc", [Word(text="recov")]), ("qs:lc recov", [Word(text="recov", is_prefix=True)]),
    ],
)  # fmt: skip
def test_words_phrases_and_beginnings(text: str, expected: list[Word]) -> None:
    assert list(understand(text, KNOWN).words) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("qs:cj", "‘qs:cj’ is not a statement of this pack. Did you mean ‘ci’?"),
        ("qs:99", "‘qs:99’ is not a statement of this pack"),
        ("ec:zz", "‘ec:zz’ is not an evidence category in this pack"),
        ("is:untaged", "‘is:untaged’ is not a kind of note. Did you mean ‘untagged’?"),
        ("from:boat", "‘from:boat’ is not a kind of activity"),
        ("on:soon", "‘on:soon’ is not a day. Enter one like 12nov, today or 12nov-14nov"),
        ('visit:"Visit 9"', "‘visit:Visit 9’ is not a visit of this assessment. Did you mean ‘Visit 1’?"),
        ("status:sending", "‘status:sending’ is not a status"),
        ("by:ZZZZ", "‘by:ZZZZ’ is not a member of the team"),
        ("qs:", "Enter something after ‘qs:’"),
        ("form:interview", "‘form:interview’ is not a filter, so it is looked for as words. Did you mean ‘from:’?"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_told_and_looked_for_as_words(text: str, said: str) -> None:
    found = understand(text, KNOWN)
    assert [sentence(one).startswith(said) for one in found.problems] == [True], [sentence(p) for p in found.problems]
    assert found.terms == (STANDING,)
    assert found.words


def test_a_person_who_is_on_no_list_is_looked_for_all_the_same() -> None:
    found = understand("who:xy", KNOWN)
    assert Term(facet=Facet.SPEAKER, values=("xy",)) in found.terms
    assert [one.code for one in found.problems] == ["filter.who"]


def test_of_several_values_the_ones_that_mean_something_stand() -> None:
    found = understand("qs:lc,zz", KNOWN)
    assert found.terms[:1] == _term(Facet.STATEMENT, "ics/learning-culture")
    assert len(found.problems) == 1


def test_half_a_code_is_no_mistake_while_somebody_types() -> None:
    whole = understand("qs:lc recov", KNOWN, is_settled=False)
    for end in range(len("qs:lc recov")):
        found = understand("qs:lc recov"[:end], KNOWN, is_settled=False)
        assert set(found.words) <= {*whole.words, Word(text="qs", is_prefix=True), Word(text="q"), Word(text="r"),
                                    Word(text="re", is_prefix=True), Word(text="rec", is_prefix=True),
                                    Word(text="reco", is_prefix=True)}  # fmt: skip


def test_every_mistake_has_its_sentence() -> None:
    values = {Key.ON: "soon"}
    for key in Key:
        (problem, *_) = understand(f"{key}:{values.get(key, 'zzzzzz')}", KNOWN).problems
        assert "zzzzzz" in sentence(problem) or "soon" in sentence(problem)
        assert "Something did not go" not in sentence(problem)


_values = st.text(alphabet=' abcÄ12"/.', min_size=1, max_size=8).map(
    lambda text: " ".join(text.replace('"', "").split())
)
_clauses = st.builds(
    Clause, key=st.sampled_from(list(Key)), negated=st.booleans(),
    values=st.lists(_values.filter(bool), min_size=0, max_size=3).map(tuple),
)  # fmt: skip
_plain = st.text(alphabet='abcäÖ4:-.,*" ', min_size=1, max_size=10)


@given(text=_plain | st.text(max_size=40) | st.lists(_clauses, max_size=4).map(render))
def test_what_is_written_is_read_as_the_same_filter(text: str) -> None:
    query = parse(text)
    assert parse(render(query)) == query
    assert render(parse(render(query))) == render(query)


@given(clauses=st.lists(_clauses, max_size=4))
def test_every_clause_can_be_written(clauses: list[Clause]) -> None:
    assert parse(render(clauses)) == tuple(clauses)


@given(text=st.text(max_size=60) | _plain, is_settled=st.booleans())
def test_nothing_that_can_be_typed_is_refused(text: str, is_settled: bool) -> None:
    found = understand(text, KNOWN, is_settled=is_settled)
    assert all("Something did not go" not in sentence(one) for one in found.problems)
    assert isinstance(unfinished(text), bool)
    words_of(text)


_boxes = st.sampled_from(
    [*((Key.IS, one) for one in MARKS), *((Key.FROM, one) for one in KINDS), *((Key.STATUS, one) for one in STATUSES),
     (Key.STATEMENT, "lc"), (Key.STATEMENT, "li"), (Key.VISIT, "Visit 2")]
)  # fmt: skip


@given(text=_plain | st.just("qs:lc recov"), ticked=st.lists(_boxes, max_size=5))
def test_ticking_a_box_writes_what_the_box_stands_for_and_leaves_the_words_alone(
    text: str, ticked: list[tuple[Key, str]]
) -> None:
    query = parse(text)
    for key, value in ticked:
        query = parse(render(with_value(query, key, value, is_on=True)))
        assert value_is_on(query, key, value)
    assert [part for part in query if isinstance(part, Word)] == [
        part for part in parse(text) if isinstance(part, Word)
    ]
    for key, value in ticked:
        query = with_value(query, key, value, is_on=False)
        assert not value_is_on(query, key, value)


def test_typed_words_and_ticked_boxes_are_the_same_filter() -> None:
    ticked = with_value((), Key.IS, "untagged", is_on=True)
    for key, value in ((Key.FROM, "interview"), (Key.FROM, "case"), (Key.VISIT, "Visit 2")):
        ticked = with_value(ticked, key, value, is_on=True)
    assert render(ticked) == 'is:untagged from:interview,case visit:"Visit 2"'
    assert understand(render(ticked), KNOWN) == understand(
        'visit:"visit 2" is:untagged from:interview,case', KNOWN
    ) or (
        set(understand(render(ticked), KNOWN).terms)
        == set(understand('visit:"visit 2" is:untagged from:interview,case', KNOWN).terms)
    )


def test_the_last_word_still_goes_on_when_a_box_is_ticked() -> None:
    query = with_value(parse("recov"), Key.IS, "untagged", is_on=True)
    assert render(query) == "is:untagged recov"
    assert understand(render(query), KNOWN).words == understand("recov", KNOWN).words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12nov", (12, 12)), ("12 Nov", (12, 12)), ("12november2026", (12, 12)), ("2026-11-12", (12, 12)),
        ("12/11/2026", (12, 12)), ("today", (12, 12)), ("yesterday", (11, 11)), ("10nov-12nov", (10, 12)),
        ("2026-11-10..2026-11-12", (10, 12)), ("2026-11-10-2026-11-12", (10, 12)), ("10nov-today", (10, 12)),
        ("12nov-10nov", None), ("31nov", None), ("nov", None), ("12nob", None), ("", None),
    ],
)  # fmt: skip
def test_days_as_people_type_them(text: str, expected: tuple[int, int] | None) -> None:
    found = read_days(text, TODAY)
    assert found == (None if expected is None else tuple(date(2026, 11, day) for day in expected))


def test_a_day_without_a_year_is_the_last_such_day() -> None:
    assert read_days("13nov", TODAY) == (date(2025, 11, 13), date(2025, 11, 13))
    assert read_days("29feb", TODAY) == (date(2024, 2, 29), date(2024, 2, 29))


def test_understanding_does_not_depend_on_what_was_wrong() -> None:
    assert replace(understand("qs:lc", KNOWN), problems=()) == understand("qs:lc", KNOWN)
    assert Understood() == Understood(problems=understand("qs:zz", KNOWN).problems)


@pytest.mark.parametrize("text", ["*", "-*"])
def test_a_star_alone_is_no_word_yet(text: str) -> None:
    assert going_on(parse(text)) == ()


def test_a_phrase_that_looks_like_a_key_is_written_at_once() -> None:
    """Trying every way to split the letters would take hours."""
    query = parse('"qs:' + "a" * 60 + ' b"')
    assert parse(render(query)) == query


def test_the_same_asked_a_thousand_times_is_asked_once() -> None:
    assert understand("is:risk " * 1000, Known(today=date(2026, 11, 12))).terms == (
        Term(facet=Facet.MARK, values=("risk",)),
        Term(facet=Facet.MARK, values=("withdrawn",), negated=True),
    )


def test_all_statements_of_another_framework_are_asked_for_at_once() -> None:
    (term, *_) = [one for one in _terms("qs:la/*") if one.facet is Facet.STATEMENT]
    assert len(term.values) == 9
    assert all(one.startswith("local-authority/") for one in term.values)
    assert _terms("qs:la/*") == _terms("qs:local-authority/*")
