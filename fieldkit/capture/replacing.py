"""Find and replace in what is being written: where words stand, and what becomes of the text, character by character.

Nothing but a hit is ever changed. A hit never cuts a visible character in two (an accent from its letter, a family
emoji from its children), and in a line with codes it never lies in one: ``st`` is not found in ``#st``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from fieldkit.capture.spans import Span

MOST = 20_000
"""Hits in one text, as many as a note has characters: finding and changing them takes 0.2 s."""

_JOINER = "\u200d"
_SPACES, _APOSTROPHES, _QUOTES = " \u00a0\u202f", "'’‘ʼ", '"“”„'
_CODES = re.compile(r"(?<!\S)(?:[#@~;]\S+|\A\W*\w{1,12}:(?=\s))")
_SIGILS = frozenset("#@~;:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for. Without ``same_case`` capitals are as good as small letters."""

    words: str
    same_case: bool = False
    whole_words: bool = False


class Edit(NamedTuple):
    """At ``start`` (a code point of the text before any edit) ``removed`` gives way to ``inserted``."""

    start: int
    removed: str
    inserted: str

    @property
    def span(self) -> Span:
        """Where ``removed`` stands."""
        return Span(self.start, self.start + len(self.removed))


Edits = tuple[Edit, ...]
"""In order, none touching another's characters."""


def hits(text: str, sought: Sought, *, has_codes: bool = False) -> tuple[Span, ...]:
    """Where the words stand, from the start, none overlapping; at most ``MOST``.

    A plain space finds a hard one and a straight apostrophe a curly one, as pasted words have them. With ``has_codes``
    tags, references and the speaker's code are no words, unless a sign of theirs is looked for.
    """
    if not sought.words.strip():
        return ()
    codes = [] if not has_codes or _SIGILS & set(sought.words) else [one.span() for one in _CODES.finditer(text)][::-1]
    found = []
    for match in _pattern(sought).finditer(text):
        start, end = match.span()
        while codes and codes[-1][1] <= start:  # behind us: the last is the next one
            codes.pop()
        is_code = bool(codes) and codes[-1][0] < end
        if not is_code and not _cuts(text, start) and not _cuts(text, end):
            found.append(Span(start, end))
            if len(found) == MOST:
                break
    return tuple(found)


def edits(text: str, spans: Sequence[Span], inserted: str) -> Edits:
    """What replaces each of ``spans`` by ``inserted``; those that say so already are left."""
    return tuple(Edit(one.start, one.of(text), inserted) for one in spans if one.of(text) != inserted)


def changed(text: str, made: Edits) -> str:
    """The text after the edits."""
    parts, at = [], 0
    for edit in made:
        parts += [text[at : edit.start], edit.inserted]
        at = edit.span.end
    return "".join((*parts, text[at:]))


def moved(place: int, made: Edits) -> int:
    """Where a caret at ``place`` is after the edits; one within a hit comes to stand behind what replaced it."""
    shift = 0
    for edit in made:
        if edit.start >= place:
            break
        if place < edit.span.end:
            return edit.start + shift + len(edit.inserted)
        shift += len(edit.inserted) - len(edit.removed)
    return place + shift


def back(made: Edits) -> Edits:
    """What undoes the edits in the text they left."""
    found, shift = [], 0
    for edit in made:
        found.append(Edit(edit.start + shift, edit.inserted, edit.removed))
        shift += len(edit.inserted) - len(edit.removed)
    return tuple(found)


def still(made: Edits, before: str, now: str) -> Edits:
    """Those of ``made`` (of the text ``before``) that can be made in ``now``, which somebody has written on.

    What was typed since is taken for one change; an edit whose characters it touched is left out.
    """
    if before == now:
        return made
    most = min(len(before), len(now))
    head = _shared(before, now, most)
    tail = _shared(before[::-1], now[::-1], most - head)
    end, shift = len(before) - tail, len(now) - len(before)
    found = []
    for one in made:
        if one.span.end <= head:
            found.append(one)
        elif one.start >= end:
            found.append(one._replace(start=one.start + shift))
    return tuple(found)


@cache
def _pattern(sought: Sought) -> re.Pattern[str]:
    letters = "".join(_letter(one) for one in sought.words)
    body = rf"(?<!\w){letters}(?!\w)" if sought.whole_words else letters
    return re.compile(body, 0 if sought.same_case else re.IGNORECASE)


def _letter(one: str) -> str:
    if one in _SPACES:
        return f"[{_SPACES}]"
    if one == "'":
        return f"[{_APOSTROPHES}]"
    if one == '"':
        return f"[{_QUOTES}]"
    return re.escape(one)


def _cuts(text: str, at: int) -> bool:
    """Whether a boundary at ``at`` lies within what is seen as one character."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":  # skin tones, tags of flags
        return True
    return _is_flag(after) and _flags_before(text, at) % 2 == 1


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    count = 0
    while at > count and _is_flag(text[at - count - 1]):
        count += 1
    return count


def _shared(one: str, other: str, most: int) -> int:
    """How many characters both start with, at most ``most``; by halves, because slices compare in C."""
    alike = 0
    while most > alike:
        middle = (alike + most + 1) // 2
        if one[alike:middle] == other[alike:middle]:
            alike = middle
        else:
            most = middle - 1
    return alike
