"""When a question of a guide applies, in words a person can read: ``question 2 is ‘Yes’`` for ``${q2} = 'yes'``.

Window, command line, print and the sheet to write on show this one. What has no words of its own is left as the form
has it, since a rule that is told half would be told wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldkit.domain.questions import Answer, Question
from fieldkit.domain.rules.tokens import Kind, RuleProblem, Token, tokens

_COMPARED: Mapping[str, str] = {
    "=": "is", "!=": "is not", "<": "is less than", ">": "is more than", "<=": "is at most", ">=": "is at least",
}  # fmt: skip
_LONGEST = 60
"""Characters of a choice's text inside a sentence."""


@dataclass(frozen=True, slots=True)
class Named:
    """How the questions are called: their number as they are shown, and the texts of their choices by name."""

    numbers: Mapping[str, int]
    choices: Mapping[str, Mapping[str, str]]
    sums: Mapping[str, str]
    many: frozenset[str]
    """The questions with several answers at once."""

    @classmethod
    def of(cls, shown: Iterable[Question], others: Iterable[Question] = ()) -> Named:
        """The questions in the order in which they are shown, numbered from 1; ``others`` are only worked out."""
        asked = list(shown)
        numbers = {one.id: number for number, one in enumerate(asked, start=1)}
        return cls(
            numbers,
            {one.id: {each.name: each.text or each.name for each in one.choices} for one in asked if one.choices},
            {one.id: _origin(one.calculation, numbers) for one in others if one.answer is Answer.CALCULATED},
            frozenset(one.id for one in asked if one.answer is Answer.SOME),
        )

    def question(self, name: str) -> str:
        """``question 2``; a value that is worked out goes by its name and says from what."""
        return f"question {self.numbers[name]}" if name in self.numbers else f"‘{name}’{self.sums.get(name, '')}"

    def answer(self, name: str, value: str) -> str:
        """``‘Yes’`` for the choice ``yes``."""
        words = " ".join(self.choices.get(name, {}).get(value, value).split())
        return f"‘{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}’"


def condition(rules: Sequence[str], named: Named) -> str:
    """Several rules, all of which have to hold, in one phrase; empty without any."""
    each = [phrase for rule in rules if (phrase := _phrase(rule, named))]
    return " and ".join(f"({one})" if len(each) > 1 and " or " in one else one for one in each)


def _origin(calculation: str, numbers: Mapping[str, int]) -> str:
    try:
        fields = {token.text for token in tokens(calculation) if token.kind is Kind.FIELD}
    except RuleProblem:
        return ""
    found = sorted(numbers[one] for one in fields if one in numbers)
    if not found:
        return ""
    word = "questions" if len(found) > 1 else "question"
    return f" (worked out from {word} {', '.join(str(one) for one in found)})"


def _phrase(rule: str, named: Named) -> str:
    try:
        read = list(tokens(rule))
    except RuleProblem:
        return rule.strip()
    words, at = "", 0
    while read[at].kind is not Kind.END:
        said, taken = _next(read[at:], named)
        is_close = not words or words[-1] == "(" or said in (")", ",")
        is_call = said == "(" and read[at - 1].kind is Kind.WORD and read[at - 1].text not in ("and", "or")
        words += said if is_close or is_call else f" {said}"
        at += taken
    return words


def _next(rest: Sequence[Token], named: Named) -> tuple[str, int]:
    """The words of what comes first, and how many tokens they stand for."""
    for reading in (_selected(rest, named), _compared(rest, named)):
        if reading is not None:
            return reading
    first = rest[0]
    if first.kind is Kind.FIELD:
        return named.question(first.text), 1
    return (f"‘{first.text}’" if first.kind is Kind.STRING else first.text), 1


def _selected(rest: Sequence[Token], named: Named) -> tuple[str, int] | None:
    """``selected(${q2}, 'yes')`` and ``not(…)`` around it."""
    is_denied = _reads(rest, "not", "(")
    inner = rest[2:] if is_denied else rest
    if not _reads(inner, "selected", "(", Kind.FIELD, ",", Kind.STRING, ")"):
        return None
    if is_denied and not _reads(inner[6:], ")"):
        return None
    name = inner[2].text
    verb = ("is not" if is_denied else "is") if name not in named.many else "does not have" if is_denied else "has"
    return f"{named.question(name)} {verb} {named.answer(name, inner[4].text)}", 9 if is_denied else 6


def _compared(rest: Sequence[Token], named: Named) -> tuple[str, int] | None:
    """``${q2} = 'yes'``, ``${age} < 18``, ``${q2} != ''``."""
    if not _reads(rest, Kind.FIELD, Kind.SIGN) or rest[1].text not in _COMPARED or len(rest) < 4:
        return None
    if rest[3].kind is not Kind.END and not any(_reads(rest[3:], one) for one in ("and", "or", ")", ",")):
        return None  # a sum goes on behind it
    sign, value, who = rest[1].text, rest[2], named.question(rest[0].text)
    if value.kind is Kind.STRING and not value.text and sign in ("=", "!="):
        return f"{who} has {'no' if sign == '=' else 'an'} answer", 3
    if value.kind is Kind.STRING:
        return f"{who} {_COMPARED[sign]} {named.answer(rest[0].text, value.text)}", 3
    if value.kind is Kind.NUMBER:
        return f"{who} {_COMPARED[sign]} {value.text}", 3
    return None


def _reads(rest: Sequence[Token], *wanted: str | Kind) -> bool:
    """Whether the tokens begin like this; a kind stands for any token of it. Words inside quotes are no signs."""
    if len(rest) < len(wanted):
        return False
    return all(
        token.kind is one if isinstance(one, Kind) else token.text == one and token.kind is not Kind.STRING
        for token, one in zip(rest, wanted, strict=False)
    )
