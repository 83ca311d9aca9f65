"""Words that stand for more words: abbreviations of the packs and of the trade, and a person's own short texts.

They come into a line only where somebody asks: ``;`` and the first letters of the name, then Tab. A semicolon in prose
stands behind a word, never before one, so nothing that is written is ever taken for a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import resources
from fieldkit.domain.framework import Framework, lookup_key

SIGN = ";"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText:
    """``name`` is what is typed behind the sign, ``words`` what comes in its place."""

    name: str
    words: str
    is_own: bool = False


def texts_of(frameworks: Iterable[Framework], own: Iterable[ShortText] = ()) -> tuple[ShortText, ...]:
    """All there are, one for each name: a person's own before the packs', and those before the trade's."""
    found: dict[str, ShortText] = {}
    listed = (ShortText(name=one.short, words=one.long) for pack in frameworks for one in pack.abbreviations)
    for one in (*own, *listed, *_of_the_trade()):
        found.setdefault(lookup_key(one.name), one)
    return tuple(found.values())


@cache
def _of_the_trade() -> tuple[ShortText, ...]:
    lines = resources.read_text("words", "care-abbreviations.txt").splitlines()
    return tuple(ShortText(name=name, words=words) for name, _, words in (line.partition("\t") for line in lines))
