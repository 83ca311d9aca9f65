"""Spans of text in code points, and text that remembers where each of its characters came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

TOKEN = re.compile(r"\S+")


class Span(NamedTuple):
    """``start`` up to but not including ``end``, counted in code points (not in Qt's UTF-16 units)."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The characters it covers."""
        return text[self.start : self.end]


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is left of a line after some words were taken out; ``origin[i]`` is where ``text[i]`` stood."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, line: str) -> Rest:
        """The whole line."""
        return cls(text=line, origin=tuple(range(len(line))))

    def keep(self, start: int, end: int) -> Rest:
        """Only ``text[start:end]``."""
        return Rest(text=self.text[start:end], origin=self.origin[start:end])

    def without(self, start: int, end: int) -> Rest:
        """Cut a word out together with the white space before it (after it, at the start of the line)."""
        while start > 0 and self.text[start - 1].isspace():
            start -= 1
        if start == 0:
            while end < len(self.text) and self.text[end].isspace():
                end += 1
        return Rest(text=self.text[:start] + self.text[end:], origin=self.origin[:start] + self.origin[end:])

    def stripped(self) -> Rest:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.keep(start, start + len(self.text.strip()))

    def in_line(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` (not empty) stood in the line."""
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def tokens(self) -> list[Span]:
        """The words between white space."""
        return [Span(*match.span()) for match in TOKEN.finditer(self.text)]
