"""A rule's text turned into something that can be run: precedence as in XPath 1.0 (section 3.9 of the grammar)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from fieldkit.domain.rules.functions import FUNCTIONS
from fieldkit.domain.rules.pattern import Pattern
from fieldkit.domain.rules.tokens import Kind, RuleProblem, Token, tokens
from fieldkit.domain.rules.values import Facts, Value, equal, number, safe, truth

Run = Callable[[Facts], Value]

DEEPEST = 40
"""Parentheses within parentheses: far beyond any form, and far from the limit of Python's own stack."""
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that can be run. ``names`` are the questions it asks about, ``columns`` those of a list of choices."""

    text: str
    names: frozenset[str]
    columns: frozenset[str]
    run: Run

    def holds(self, facts: Facts) -> bool:
        """Whether it is true; what cannot be told is not."""
        return truth(self.run(facts))


def read_rule(text: str, columns: Collection[str] = ()) -> Rule:
    """The rule in ``text``. ``columns`` are words that may stand bare: the further columns of a list of choices.

    Raises ``RuleProblem`` for what is not of the language: the question is then always shown.
    """
    parser = _Parser(text, columns)
    run = parser.whole()
    return Rule(text=text, names=frozenset(parser.names), columns=frozenset(parser.used), run=run)


class _Parser:
    def __init__(self, text: str, columns: Collection[str]) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._depth = 0
        self._columns = frozenset(columns)
        self.names: set[str] = set()
        self.used: set[str] = set()

    def whole(self) -> Run:
        run = self._level(0)
        if self._now.kind is not Kind.END:
            raise RuleProblem(self._now.text)
        return run

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _level(self, level: int) -> Run:
        if level == len(_LEVELS):
            return self._sign()
        left = self._level(level + 1)
        while self._now.kind in (Kind.SIGN, Kind.WORD) and self._now.text in _LEVELS[level]:
            sign = self._take().text
            left = _joined(sign, left, self._level(level + 1))
        return left

    def _sign(self) -> Run:
        if not self._is("-"):
            return self._single()
        self._take()
        inner = self._deeper(self._sign)
        return lambda facts: safe(Decimal(0), number(inner(facts)), "-")

    def _single(self) -> Run:
        token = self._take()
        if token.kind is Kind.FIELD:
            self.names.add(token.text)
            return lambda facts: facts.answer(token.text)
        if token.kind is Kind.NUMBER:
            found = Decimal(token.text)
            return lambda _: found
        if token.kind is Kind.STRING:
            return lambda _: token.text
        if token.kind is Kind.SIGN and token.text == ".":
            return lambda facts: facts.own
        if token.kind is Kind.SIGN and token.text == "(":
            inner = self._deeper(lambda: self._level(0))
            self._expect(")")
            return inner
        if token.kind is Kind.WORD and self._is("("):
            return self._call(token.text)
        if token.kind is Kind.WORD and token.text in self._columns:
            self.used.add(token.text)
            return lambda facts: facts.row.get(token.text, "")
        raise RuleProblem(token.text)

    def _call(self, name: str) -> Run:
        given, written = self._arguments()
        if name == "count" and len(given) == 1 and _alone(written[0]) is Kind.FIELD:
            asked = written[0][0].text
            return lambda facts: Decimal(len(facts.answers.get(asked, ())))
        function = FUNCTIONS.get(name)
        if function is None or not function.least <= len(given) <= function.most:
            raise RuleProblem(f"{name}()")
        if name == "regex":
            if _alone(written[1]) is not Kind.STRING:
                raise RuleProblem("regex()")
            Pattern.of(written[1][0].text)  # one that is not read here is refused now, not while somebody talks
        return lambda facts: function.run(facts, [one(facts) for one in given])

    def _arguments(self) -> tuple[list[Run], list[list[Token]]]:
        """What stands between the parentheses of a call: to be run, and as it was written."""
        self._expect("(")
        given: list[Run] = []
        written: list[list[Token]] = []
        while not self._is(")"):
            begin = self._at
            given.append(self._deeper(lambda: self._level(0)))
            written.append(self._tokens[begin : self._at])
            if not self._is(")"):
                self._expect(",")
                if self._is(")"):
                    raise RuleProblem(")")
        self._expect(")")
        return given, written

    def _deeper(self, read: Callable[[], Run]) -> Run:
        self._depth += 1
        if self._depth > DEEPEST:
            raise RuleProblem("(" * 3 + "…")
        found = read()
        self._depth -= 1
        return found

    def _is(self, sign: str) -> bool:
        return self._now.kind is Kind.SIGN and self._now.text == sign

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            raise RuleProblem(self._now.text)
        self._take()

    def _take(self) -> Token:
        token = self._now
        if token.kind is not Kind.END:
            self._at += 1
        return token


def _alone(written: list[Token]) -> Kind | None:
    return written[0].kind if len(written) == 1 else None


def _joined(sign: str, left: Run, right: Run) -> Run:
    if sign == "or":
        return lambda facts: truth(left(facts)) or truth(right(facts))
    if sign == "and":
        return lambda facts: truth(left(facts)) and truth(right(facts))
    if sign == "=":
        return lambda facts: equal(left(facts), right(facts))
    if sign == "!=":
        return lambda facts: not equal(left(facts), right(facts))
    if sign in ("<", "<=", ">", ">="):
        return lambda facts: _compared(sign, number(left(facts)), number(right(facts)))
    return lambda facts: safe(number(left(facts)), number(right(facts)), sign)


def _compared(sign: str, one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return False
    if sign == "<":
        return one < other
    if sign == "<=":
        return one <= other
    return one > other if sign == ">" else one >= other
