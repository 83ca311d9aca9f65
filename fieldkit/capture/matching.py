"""How a fragment finds a statement, a category or a person: by code, number, any word or initials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = "a an and as at by for from how in of on or the to we with"
_SMALL = frozenset(_SMALL_WORDS.split())


class Fit(IntEnum):
    """How well a fragment fits, best first."""

    EXACT = 0
    """It is the code, the number, the position or an alias."""
    CODE = 1
    """The code starts with it."""
    START = 2
    """An alias, the number, the position, a word or the initials start with it."""
    WITHIN = 3
    """It stands somewhere inside a word."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """For comparing: without accents and letter case."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Everything one choice is called, folded, spaces of codes and aliases as hyphens.

    The first of ``codes`` is its code, the others are aliases.
    ``numbers`` fit only as a whole or from their start, ``words`` (of title and aliases) also inside.
    """

    codes: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    initials: tuple[str, ...]

    @classmethod
    def of(cls, codes: tuple[str, ...], numbers: tuple[str, ...], title: str) -> Names:
        """From what is typed (codes and aliases), what is read (numbers, positions) and the title."""
        return _names(codes, numbers, title)

    @classmethod
    def _worked_out(cls, codes: tuple[str, ...], numbers: tuple[str, ...], title: str) -> Names:
        words = tuple(_WORD.findall(fold(title)))
        more = [word for code in codes for word in _WORD.findall(fold(code))]
        all_initials = "".join(word[0] for word in words)
        main_initials = "".join(word[0] for word in words if word not in _SMALL)
        return cls(
            codes=tuple(fold(code).replace(" ", "-") for code in codes),
            numbers=tuple(fold(number) for number in numbers),
            words=tuple(dict.fromkeys((*words, *more))),
            initials=(all_initials, main_initials) if len(words) > 1 else (),
        )

    def fit(self, fragment: str) -> Fit | None:
        """How well a folded, non-empty ``fragment`` fits; None if not at all."""
        if fragment in self.codes or fragment in self.numbers:
            return Fit.EXACT
        if any(name.startswith(fragment) for name in self.codes[:1]):
            return Fit.CODE
        starts = (*self.codes[1:], *self.numbers, *self.words, *self.initials)
        if any(name.startswith(fragment) for name in starts):
            return Fit.START
        within = len(fragment) > 1 and any(fragment in name for name in (*self.codes, *self.words))
        return Fit.WITHIN if within else None


@lru_cache(maxsize=2048)
def _names(codes: tuple[str, ...], numbers: tuple[str, ...], title: str) -> Names:
    """Every line that is typed in asks for the same four hundred: 20 ms each time a page with two of them opens."""
    return Names._worked_out(codes, numbers, title)
