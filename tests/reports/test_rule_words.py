"""When a question applies, in words: nothing told half, nothing told wrongly."""

from __future__ import annotations

import pytest

from fieldkit.domain.questions import Answer, Choice, Question
from fieldkit.reports.rule_words import Named, condition

NAMED = Named.of((
    Question(id="role", text="Your role"),
    Question(
        id="care", text="Do you care?", answer=Answer.ONE,
        choices=(Choice(name="yes", text="Yes, always"), Choice(name="no", text="")),
    ),
    Question(id="help", text="Who helps?", answer=Answer.SOME, choices=(Choice(name="son", text="Son"),)),
))  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("${care} = 'yes'", "question 2 is ‘Yes, always’"),
        ("${care} != 'no' and ${role} != ''", "question 2 is not ‘no’ and question 1 has an answer"),
        ("not(selected(${care}, 'yes'))", "question 2 is not ‘Yes, always’"),
        ("(selected(${care},'yes') or ${age}<18)", "(question 2 is ‘Yes, always’ or ‘age’ is less than 18)"),
        ("selected(${help}, 'son')", "question 3 has ‘Son’"),
        ("not(selected(${help}, 'son'))", "question 3 does not have ‘Son’"),
        ("${role} = ''", "question 1 has no answer"),
        ("${age} + 1 > 18", "‘age’ + 1 > 18"),
        ("${role} = 'and' or ${role} = ')'", "question 1 is ‘and’ or question 1 is ‘)’"),
        ("count-selected(${care}) > 2", "count-selected(question 2) > 2"),
        ("pulldata('a', § )", "pulldata('a', § )"),
        ("", ""),
    ],
)
def test_a_rule_is_put_into_words(rule: str, words: str) -> None:
    assert condition([rule], NAMED) == words


def test_several_rules_stay_apart() -> None:
    rules = ["${care} = 'yes' or ${care} = 'no'", "${role} = ''"]
    assert condition(rules, NAMED) == "(question 2 is ‘Yes, always’ or question 2 is ‘no’) and question 1 has no answer"
