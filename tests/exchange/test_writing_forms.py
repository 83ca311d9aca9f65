"""Guides written as forms: ODK's own reader accepts them, and they come back as they were."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.app.guide_library import BuiltIn, built_in, built_in_guides, script
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import Guide
from fieldkit.domain.questions import Answer, Choice, Question, Section, Target
from fieldkit.exchange.spreadsheets import book_of
from fieldkit.exchange.tables import Sheet
from fieldkit.exchange.xlsform.checker import complaint_about
from fieldkit.exchange.xlsform.reading import read_form
from fieldkit.exchange.xlsform.remarks import FormReading, Verdict
from fieldkit.exchange.xlsform.writing import form_of
from fieldkit.exchange.xlsx import write_xlsx
from tests.exchange.forms import DISCHARGE, workbook

Read = Callable[[bytes], FormReading]


def came_back(guide: Guide, frameworks: Sequence[Framework]) -> Guide | None:
    """The guide after a way through a workbook."""
    data = write_xlsx(form_of(guide, frameworks))
    reading = read_form(book_of(data, "x.xlsx"), "x.xlsx", frameworks, script())
    assert not [one for one in reading.remarks if one.verdict is not Verdict.LOADED]
    return dataclasses.replace(reading.guide, origin=guide.origin) if reading.guide else None


@pytest.mark.parametrize("chosen", built_in_guides(), ids=lambda one: str(one.id))
@pytest.mark.parametrize("count", [1, 2])
def test_every_built_in_guide_comes_back(chosen: BuiltIn, count: int, frameworks: list[Framework]) -> None:
    guide = chosen.tied_to(frameworks[:count])
    assert came_back(guide, frameworks[:count]) == guide


def test_built_in_guides_name_statements_that_the_packs_have(frameworks: list[Framework]) -> None:
    known = {one.id for framework in frameworks for one in framework}
    named = {name for one in built_in_guides() for names in one.statements.values() for name in names}
    assert named <= known
    covered = {
        target.statement
        for one in built_in_guides()
        for q in one.tied_to(frameworks[:1]).questions
        for target in q.targets
    }
    assert covered == {one.id for one in frameworks[0]}, "every statement of the system pack has a question"


def test_the_guide_for_people_has_i_statements_of_the_pack(frameworks: list[Framework]) -> None:
    people = built_in("people").tied_to(frameworks[:1])
    asked = people.question("getting_help")
    assert asked is not None
    access = frameworks[0].statement_by("equity-in-access")
    assert access is not None
    assert asked.i_statements == access.prompts


def test_a_form_from_elsewhere_comes_back_with_its_languages_lists_and_rules(
    read: Read, frameworks: list[Framework]
) -> None:
    guide = read(workbook(DISCHARGE)).guide
    assert guide is not None
    assert came_back(guide, frameworks) == guide


def test_words_that_look_like_a_formula_or_a_reference_stay_words(frameworks: list[Framework]) -> None:
    guide = dataclasses.replace(
        built_in("staff").guide,
        questions=(
            Question(id="a", text="=1+1"),
            Question(id="b", text="What does ${x} mean?"),
            Question(id="c", text="+44?"),
        ),
    )
    made = came_back(guide, frameworks)
    assert made is not None
    assert [one.text for one in made.questions] == ["=1+1", "What does $ {x} mean?", "+44?"]


def test_a_section_that_is_left_and_comes_again_is_still_a_form(frameworks: list[Framework]) -> None:
    guide = dataclasses.replace(
        built_in("staff").guide, sections=(Section(id="one", title="One"), Section(id="two", title="Two")),
        questions=tuple(Question(id=f"q{n}", text="?", section=where) for n, where in enumerate(("one", "two", "one"))),
    )  # fmt: skip
    sheets = {name: Sheet(name=name, rows=tuple(map(tuple, rows))) for name, rows in form_of(guide, frameworks).items()}
    assert complaint_about(sheets) is None


_LINE = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="${}‘’“”•*–-\ufffe\uffff"), min_size=1, max_size=12
)
_CHOICES = st.lists(_LINE, min_size=1, max_size=3, unique=True).map(
    lambda texts: tuple(Choice(name=f"c{n}", text=text, more={"place": f"p{n}"}) for n, text in enumerate(texts))
)


_TARGETS = st.sampled_from([
    (), (Target(pack="ics", statement="learning-culture"),),
    (Target(pack="ics", statement="governance", category="outcomes"), Target(pack="ics", statement="safeguarding")),
])  # fmt: skip


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    """Guides of any questions in two sections, one within the other."""
    sections = (Section(id="outer", title=draw(_LINE)), Section(id="inner", title="", parent="outer", repeats=True))
    made = []
    for n, where in enumerate(
        sorted(draw(st.lists(st.sampled_from(["", "outer", "outer.inner"]), min_size=1, max_size=6)))
    ):
        answer = draw(
            st.sampled_from([Answer.TEXT, Answer.WHOLE, Answer.ONE, Answer.SOME, Answer.READ_OUT, Answer.DATE])
        )
        chooses = answer in (Answer.ONE, Answer.SOME)
        made.append(Question(
            id=f"q{n}", text=draw(_LINE), answer=answer, section=where.rpartition(".")[2],
            hint=draw(st.just("") | _LINE),
            probes=tuple(draw(st.lists(_LINE, max_size=2, unique=True))), minutes=draw(st.integers(0, 90)),
            must_quote=draw(st.booleans()), required=draw(st.booleans()), role=draw(st.just("") | _LINE),
            relevant=f"${{q{n - 1}}} != ''" if n and draw(st.booleans()) else "",
            choices=draw(_CHOICES) if chooses else (), chosen_from="place = 'p0'" if chooses else "",
            targets=draw(_TARGETS),
        ))  # fmt: skip
    used = {one.section for one in made}
    kept = tuple(one for one in sections if one.id in used or (one.id == "outer" and "inner" in used))
    return dataclasses.replace(built_in("staff").guide, title=draw(_LINE), questions=tuple(made), sections=kept)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guides())
def test_any_guide_is_a_form_and_comes_back(frameworks: list[Framework], guide: Guide) -> None:
    assert came_back(guide, frameworks) == guide
