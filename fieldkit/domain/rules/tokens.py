"""A rule's text cut into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 4_000
"""Characters of a rule; longer ones are made by programs and not by people."""

_STRAIGHT: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "–": "-"})
"""What spreadsheets make of quotes, blanks and minus signs while somebody types."""
_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<field>\$\{\s*(?P<name>[^\W\d][\w.-]*)\s*\})
  | (?P<number>\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})
  | (?P<string>'[^']*'|"[^"]*")
  | (?P<word>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
  | (?P<sign><=|>=|!=|[-=<>+*(),.])
    )""",
    re.VERBOSE,
)


class RuleProblem(ValueError):
    """A rule that cannot be run here; ``at`` is the word or sign that is not known, for the report."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


class Kind(StrEnum):
    """What a token is."""

    FIELD = "field"
    NUMBER = "number"
    STRING = "string"
    WORD = "word"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is the name of a field, the text inside quotes, or the token as written."""

    kind: Kind
    text: str


def tokens(text: str) -> Iterator[Token]:
    """Every token and one ``END``. Raises ``RuleProblem`` for a sign that no rule has, and for a rule too long."""
    if len(text) > LONGEST:
        raise RuleProblem(f"{len(text)} characters")
    straight, at = text.translate(_STRAIGHT).rstrip(), 0
    while at < len(straight):
        found = _TOKEN.match(straight, at)
        if found is None or found.end() == at:
            raise RuleProblem(straight[at:].split()[0][:20])
        yield _token(found)
        at = found.end()
    yield Token(Kind.END, "the end")


def _token(found: re.Match[str]) -> Token:
    kind = Kind(str(found.lastgroup if found.lastgroup != "name" else "field"))
    if kind is Kind.FIELD:
        return Token(kind, found["name"])
    text = found[kind.value]
    return Token(kind, text[1:-1] if kind is Kind.STRING else text)
