"""Rules of forms: what they mean, what is refused, and that no form can make one take for ever."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.rules.parser import read_rule
from fieldkit.domain.rules.pattern import Pattern
from fieldkit.domain.rules.tokens import RuleProblem
from fieldkit.domain.rules.values import Facts

NOW = datetime(2026, 11, 12, 14, 5)  # noqa: DTZ001 - rules know local time


def facts(own: str = "", row: dict[str, str] | None = None, **answers: str | list[str]) -> Facts:
    lists = {name: [one] if isinstance(one, str) else one for name, one in answers.items()}
    return Facts(answers=lists, now=NOW, own=own, row=row or {})


@pytest.mark.parametrize(
    ("rule", "is_true"),
    [
        ("${age} > 17", True),
        ("${age} >= 18 and ${age} <= 18", True),
        ("${age}+1=19", True),
        ("${age} * 2 - 6 div 3 = 34", True),
        ("${age} mod 5 = 3", True),
        ("-${age} = -18", True),
        ("${gone} > 17", False),
        ("${gone} < 17", False),
        ("${gone} = ''", True),
        ("${gone} != 5", True),
        ("${role} = 'nurse' or ${role} = 'doctor'", True),
        ("not(${role} = 'doctor')", True),
        ("${role} = ‘nurse’", True),
        ("selected(${help}, 'care')", True),
        ("selected(${help}, 'car')", False),
        ("count-selected(${help}) = 2", True),
        ("count(${calls}) = 3 and ${calls} = 'c'", True),
        ("if(${age} > 65, 'old', 'young') = 'young'", True),
        ("coalesce(${gone}, 'x') = 'x'", True),
        ("string-length(${role}) = 5", True),
        ("today() = '2026-11-12'", True),
        ("${born} < today()", True),
        ("(today() - ${born}) div 365.25 > 69", True),
        ("now() > '2026-11-12T14:04'", True),
        ("regex(${role}, '[a-z]{3,9}')", True),
        ("regex(${role}, '[a-z]{3,4}')", False),
        ("round(3.456, 1) = 3.5 and int(3.9) = 3", True),
        ("1 div 0 = 1 or 1 div 0 != 1", True),
        ("true() and not(false())", True),
        ("1 = 1 or 1 = 2 and 1 = 3", True),
        ("(1 = 1 or 1 = 2) and 1 = 3", False),
        ("1 < 2 = true()", True),
    ],
)
def test_a_rule_means_what_it_means_in_odk(rule: str, is_true: bool) -> None:
    known = facts(age="18", role="nurse", help="care advice", calls=["a", "b", "c"], born="1957-01-01")
    assert read_rule(rule).holds(known) is is_true


def test_a_constraint_is_about_its_own_answer_and_a_filter_about_its_choice() -> None:
    assert read_rule(". > 0 and . < 121").holds(facts(own="120"))
    assert not read_rule(". > 0 and . < 121").holds(facts(own="a few"))
    where = read_rule("place = ${place}", columns=["place"])
    assert where.columns == {"place"}
    assert where.holds(facts(row={"place": "moor"}, place="moor"))
    assert not where.holds(facts(row={"place": "vale"}, place="moor"))


@pytest.mark.parametrize(
    ("rule", "at"),
    [
        ("pulldata('list', 'a', 'b', ${c})", "pulldata()"),
        ("instance('x')/top/item", "/top/item"),
        ("../name = 3", "/name"),
        ("${a} = ", "the end"),
        ("(${a} = 3", "the end"),
        ("${a} = 3)", ")"),
        ("place = 3", "place"),
        ("selected(${a})", "selected()"),
        ("selected(${a}, 'b',)", ")"),
        ("regex(${a}, concat('a', 'b'))", "regex()"),
        ("regex(${a}, 'a' + 'b')", "regex()"),
        (r"regex(${a}, '(a)\1')", "\\1"),
        ("${a} ; ${b}", ";"),
        ("", "the end"),
        ("(" * 60 + "1" + ")" * 60, "(((…"),
        ("1" + " + 1" * 2000, "8001 characters"),
    ],
)
def test_what_cannot_be_run_is_refused_by_name(rule: str, at: str) -> None:
    with pytest.raises(RuleProblem) as refused:
        read_rule(rule)
    assert refused.value.at == at


_ATOM = st.sampled_from(
    ["${a}", "${b}", "1", "2.5", "'x'", "''", ".", "today()", "now()", "true()", "${a} div 0", "-3"]
)
_RULES = st.recursive(
    _ATOM,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["=", "!=", "<", ">=", "+", "-", "*", "div", "mod", "and", "or"]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        ),
        inner.map(lambda one: f"not({one})"),
        inner.map(lambda one: f"string-length({one})"),
        inner.map(lambda one: f"round({one}, 2)"),
        st.tuples(inner, inner).map(lambda two: f"selected({two[0]}, {two[1]})"),
        st.tuples(inner, inner, inner).map(lambda three: f"if({', '.join(three)})"),
    ),
    max_leaves=12,
)


@given(_RULES, st.text(max_size=20), st.text(max_size=20))
def test_a_rule_that_was_read_never_breaks_whatever_was_answered(rule: str, one: str, other: str) -> None:
    run = read_rule(rule).run(facts(own=one, a=one, b=other))
    assert run is None or isinstance(run, (str, bool, Decimal))


@given(st.text(max_size=40))
def test_any_text_is_a_rule_or_is_refused(text: str) -> None:
    with suppress(RuleProblem):
        assert read_rule(text).holds(facts(a="1")) in (True, False)


_PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", r"\d", r"\w", r"\.", "[a-c0-9]"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=6,
)


@given(_PATTERNS, st.text(alphabet="abc1.", max_size=8))
def test_a_pattern_matches_what_python_matches(pattern: str, answer: str) -> None:
    assert Pattern(f"^{pattern}$").matches(answer) is (re.fullmatch(pattern, answer) is not None)


def test_a_pattern_made_to_take_for_ever_takes_a_moment() -> None:
    begin = time.perf_counter()
    assert not Pattern.of("(a+)+$").matches("a" * 400 + "b")
    assert not Pattern.of("(a|aa)+(a|a)*").matches("a" * 400 + "b")
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize(
    "pattern", ["(?=a)", "a*?", "a++", "[a", "(a", "a)", "a{3", "a{3,2}", "a{900}{9}", "(a{99}){99}", "*a"]
)
def test_a_pattern_that_is_not_read_here_is_refused(pattern: str) -> None:
    with pytest.raises(RuleProblem):
        Pattern(pattern)
