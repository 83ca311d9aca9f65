"""How well what is typed fits some words: letters in order, the beginnings of words first."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_WHOLE, _START, _INITIALS, _INSIDE, SCATTERED = range(5)
"""How a part fits, best first: is a word, begins one, is the initials of words, stands inside one, letters in order."""
_LEAST_SCATTERED = 4
"""Letters below which scattered ones fit nearly everything and mean nothing."""
_LOOSEST = 4
"""Letters left out for each that was typed, beyond which scattered ones are chance."""

_FAR = 100
"""Behind whatever has the part in its own words."""

Fit = tuple[int, int, int]
"""Smaller is better: the worst way in which a part fits, how far from the beginning, how long the words are."""


def fit(typed: str, words: str, also: str = "") -> Fit | None:
    """How ``typed`` fits ``words``, every part of it in any order. The words of ``also`` count too, though less.

    None when a part fits nowhere.
    """
    parts = typed.casefold().split()
    text = words.casefold()
    worst, far = 0, 0
    for part in parts:
        found = _part(part, text) or _among(part, also.casefold())
        if found is None:
            return None
        worst, far = max(worst, found[0]), far + found[1]
    return worst, far, len(words)


def _among(part: str, also: str) -> tuple[int, int] | None:
    """Whether a word of ``also`` begins with it; letters from inside or across long explanations fit by chance."""
    return (_INSIDE, _FAR) if any(word.startswith(part) for _, word in _words(also)) else None


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match.group()) for match in _WORD.finditer(text))


def _part(part: str, text: str) -> tuple[int, int] | None:
    words = _words(text)
    for place, (start, word) in enumerate(words):
        if text.startswith(part, start):
            return (_WHOLE if part == word else _START), place
    starts = [start for start, _ in words]
    initials = "".join(text[start] for start in starts)
    if len(part) > 1 and (at := initials.find(part)) >= 0:
        return _INITIALS, at
    if (at := text.find(part)) >= 0:
        return _INSIDE, at
    if len(part) >= _LEAST_SCATTERED:
        return next((found for start in starts if (found := _spread(part, text, start)) is not None), None)
    return None


def _spread(part: str, text: str, start: int) -> tuple[int, int] | None:
    """Letters in order from the beginning of a word on; the gaps between them count against it."""
    if text[start] != part[0]:
        return None
    at, gaps = start, 0
    for letter in part[1:]:
        following = text.find(letter, at + 1)
        if following < 0:
            return None
        gaps += following - at - 1
        at = following
    return (SCATTERED, gaps) if gaps <= _LOOSEST * len(part) else None
