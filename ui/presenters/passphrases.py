"""Passphrases: how strong one is, in words, and suggestions of random words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

SHORTEST = 14
SUGGESTED_WORDS = 4
"""Four of the list's 7,776 words are 51 bits: with Argon2id years of guessing for whoever steals the laptop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What to say of a passphrase, and the code of what is wrong with it, if anything is."""

    words: str
    code: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether it may be used."""
        return not self.code


def strength(passphrase: str, common: frozenset[str]) -> Strength:
    """Judge a passphrase by length and against a list of common ones; its characters are not rationed."""
    length = len(passphrase)
    if not length:
        return Strength(words="", code="setup.no_passphrase")
    if length < SHORTEST:
        more = SHORTEST - length
        return Strength(words=f"{more} more character{'s' if more > 1 else ''} needed", code="setup.passphrase_short")
    if is_common(passphrase, common):
        return Strength(words="Long enough, but easy to guess", code="setup.passphrase_common")
    distinct = len(set(passphrase.casefold()))
    if distinct < 6:
        return Strength(words="Long enough, but easy to guess", code="setup.passphrase_common")
    if length >= 20 and distinct >= 9:
        return Strength(words="Long enough. Hard to guess")
    return Strength(words="Long enough. Not a common phrase")


def is_common(passphrase: str, common: frozenset[str]) -> bool:
    """Whether it is on the list, also when spaces, repetition or digits at its end hide that."""
    folded = "".join(passphrase.casefold().split())
    bare = folded.strip("0123456789!?.@#*-_")
    halves = {bare[: len(bare) // n] for n in (2, 3, 4) if len(bare) % n == 0 and bare == bare[: len(bare) // n] * n}
    return not {folded, bare, *halves}.isdisjoint(common)


def suggest(words: Sequence[str]) -> str:
    """Four random words with spaces between them, from the operating system's source of randomness."""
    import secrets  # 2 ms, and no locked screen suggests anything

    return " ".join(secrets.choice(words) for _ in range(SUGGESTED_WORDS))


@cache
def word_list() -> tuple[str, ...]:
    """The words of suggestions."""
    from resources import read_text

    return tuple(line for line in read_text("words", "large.txt").split() if line)


@cache
def common_list() -> frozenset[str]:
    """Passphrases that everybody tries first."""
    from resources import read_text

    return frozenset(line.strip().casefold() for line in read_text("words", "common.txt").splitlines() if line.strip())
