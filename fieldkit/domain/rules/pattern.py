"""Patterns of ``regex(., '…')``, matched in time that grows with the length of the answer and nothing else.

Python's own expressions can be made to take for ever, and a form comes from anybody; so this reads the part of them
that forms use and steps through all ways at once (Thompson's construction). What it does not read is refused when a
form is read: the answer is then not checked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from fieldkit.domain.rules.tokens import RuleProblem

MOST_STATES: Final = 1_000
LONGEST_ANSWER: Final = 500
"""Characters that are looked at; a longer answer matches no pattern of a form."""
_DEEPEST: Final = 20
_CLASSES: Final = {"d": r"\d", "D": r"\D", "w": r"\w", "W": r"\W", "s": r"\s", "S": r"\S"}
_CONTROL: Final = {"t": "\t", "n": "\n", "r": "\r"}
_SPECIAL: Final = frozenset("\\.^$*+?{}[]()|/-&~#@!%:;,=<>'\"_ ")
_COUNT: Final = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")


@dataclass(slots=True)
class _State:
    """``accepts`` is None for a state that is passed without reading a character."""

    accepts: re.Pattern[str] | None = None
    then: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of states: where it begins, and the states whose ways out are still open."""

    start: int
    ends: tuple[int, ...]


class Pattern:
    """One pattern, ready to match whole answers."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._states: list[_State] = []
        part = self._choice()
        if self._at != len(text):
            raise RuleProblem(text[self._at])
        self._end = self._state()
        self._join(part, self._end)
        self._start = part.start

    @staticmethod
    @lru_cache(maxsize=128)
    def of(text: str) -> Pattern:
        """The pattern in ``text``. Raises ``RuleProblem`` for one that is not read here."""
        return Pattern(text)

    def matches(self, answer: str) -> bool:
        """Whether the whole answer is of this form."""
        if len(answer) > LONGEST_ANSWER:
            return False
        now = self._reached({self._start})
        for char in answer:
            now = self._reached({then for at in now for then in self._after(at, char)})
            if not now:
                return False
        return self._end in now

    def _after(self, at: int, char: str) -> list[int]:
        state = self._states[at]
        return state.then if state.accepts is not None and state.accepts.fullmatch(char) else []

    def _reached(self, begin: set[int]) -> set[int]:
        found, waiting = set(begin), list(begin)
        while waiting:
            state = self._states[waiting.pop()]
            if state.accepts is None:
                fresh = [then for then in state.then if then not in found]
                found.update(fresh)
                waiting.extend(fresh)
        return found

    def _choice(self) -> _Part:
        parts = [self._row()]
        while self._next() == "|":
            self._at += 1
            parts.append(self._row())
        if len(parts) == 1:
            return parts[0]
        fork = self._state()
        self._states[fork].then = [part.start for part in parts]
        return _Part(fork, tuple(end for part in parts for end in part.ends))

    def _row(self) -> _Part:
        begin = self._state()
        row = _Part(begin, (begin,))
        while self._next() not in ("", "|", ")"):
            if (self._next(), self._at) in (("^", 0), ("$", len(self._text) - 1)):
                self._at += 1  # an answer is matched whole anyway
            else:
                row = self._followed(row, self._repeated())
        return row

    def _repeated(self) -> _Part:
        begin = self._at
        part = self._single()
        least, most = self._counts()
        if (least, most) == (1, 1):
            return part
        end = self._at
        copies = [part] + [self._again(begin, end) for _ in range(max(least, most or 0, 1) - 1)]
        return self._counted(copies, least, most)

    def _again(self, begin: int, end: int) -> _Part:
        """The same stretch of the text once more: ``a{3}`` is ``aaa``."""
        self._at = begin
        part = self._single()
        self._at = end
        return part

    def _counted(self, copies: list[_Part], least: int, most: int | None) -> _Part:
        begin, end = self._state(), self._state()
        here = _Part(begin, (begin,))
        for number, copy in enumerate(copies):
            if number >= least:
                self._join(here, end)
            here = self._followed(here, copy)
        if most is None:
            self._join(here, copies[-1].start)
        self._join(here, end)
        return _Part(begin, (end,))

    def _counts(self) -> tuple[int, int | None]:
        sign = self._next()
        if sign in ("*", "+", "?"):
            self._at += 1
            counts = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        elif sign == "{":
            found = _COUNT.match(self._text, self._at)
            if found is None:
                raise RuleProblem("{")
            self._at = found.end()
            least = int(found[1])
            counts = (least, least) if found[2] is None else (least, int(found[3]) if found[3] else None)
            if counts[1] is not None and (counts[1] < least or counts[1] == 0):
                raise RuleProblem(found[0])
        else:
            return 1, 1
        if self._next() in ("*", "+", "?", "{"):
            raise RuleProblem(self._next())  # possessive and lazy counts: not in the language of forms
        return counts

    def _single(self) -> _Part:
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return self._reads(self._set())
        if char == "\\":
            return self._reads(self._escaped())
        if char == ".":
            return self._reads(r"[^\n]")
        if char in "*+?{})]^$":
            raise RuleProblem(char)
        return self._reads(re.escape(char))

    def _group(self) -> _Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise RuleProblem("(")
        if self._text.startswith("?:", self._at):
            self._at += 2
        elif self._next() == "?":
            raise RuleProblem("(?")
        part = self._choice()
        if self._take() != ")":
            raise RuleProblem("(")
        self._depth -= 1
        return part

    def _set(self) -> str:
        inside = "^" if self._next() == "^" else ""
        self._at += len(inside)
        begin = self._at
        while self._next() != "]" or self._at == begin:
            char = self._take()
            if not char:
                raise RuleProblem("[")
            inside += self._escaped() if char == "\\" else char if char == "-" else re.escape(char)
        self._at += 1
        if "--" in inside:
            raise RuleProblem("--")
        return f"[{inside}]"

    def _escaped(self) -> str:
        char = self._take()
        if char in _CLASSES:
            return _CLASSES[char]
        if char in _CONTROL:
            return re.escape(_CONTROL[char])
        if not char or char not in _SPECIAL:
            raise RuleProblem("\\" + char)
        return re.escape(char)

    def _reads(self, written: str) -> _Part:
        at = self._state()
        try:
            self._states[at].accepts = re.compile(written)
        except re.error as problem:
            raise RuleProblem(written) from problem
        return _Part(at, (at,))

    def _followed(self, one: _Part, other: _Part) -> _Part:
        self._join(one, other.start)
        return _Part(one.start, other.ends)

    def _join(self, part: _Part, then: int) -> None:
        for end in part.ends:
            self._states[end].then.append(then)

    def _state(self) -> int:
        if len(self._states) >= MOST_STATES:
            raise RuleProblem("{")
        self._states.append(_State())
        return len(self._states) - 1

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._next()
        self._at += 1
        return char
