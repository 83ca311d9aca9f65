"""How strong the evidence of a finding is by rule, in words; and whether a text repeats the words of a note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.domain.evidence import Bearing
from fieldkit.domain.finding import State, Strength
from fieldkit.domain.triangulation import Triangulation

STRENGTHS = {
    Strength.NONE: "No evidence yet",
    Strength.LIMITED: "Limited",
    Strength.MODERATE: "Moderate",
    Strength.STRONG: "Strong",
}
BEARINGS = {
    Bearing.STRENGTH: "A strength",
    Bearing.SHORTFALL: "A shortfall",
    Bearing.MIXED: "Mixed",
    Bearing.NEUTRAL: "Neutral",
}
STATES = {State.DRAFT: "Draft", State.READY: "Ready"}
REPEATED_WORDS = 4
"""So many words of a note in a row are its words; three are found in any two texts about one meeting."""
FEWEST_WORDS = 3
"""A note of fewer is too short to be known again: "Yes" stands everywhere."""
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the rule says, and why, in a sentence."""

    strength: Strength
    why: str


def suggested(found: Triangulation) -> Suggestion:
    """The strength by rule, from sources x methods x organisations. *Assumed*: no publication gives one.

    *Limited*: one source, or all that there is says less than what the pack asks for in notes. *Strong*: triangulated
    by the pack's rule, by two methods or more, in two organisations or by three sources, and nothing contradicts.
    *Moderate*: everything between.
    """
    if not found.items:
        return Suggestion(strength=Strength.NONE, why="Nothing that stands supports it.")
    if found.is_single_source:
        return Suggestion(strength=Strength.LIMITED, why="All of it comes from a single source.")
    if found.items < found.rule.items:
        return Suggestion(
            strength=Strength.LIMITED, why=f"Fewer than {found.rule.items} notes support it ({found.items})."
        )
    if not found.is_enough:
        return Suggestion(strength=Strength.MODERATE, why="Several sources, but not triangulated yet.")
    if found.contradict:
        return Suggestion(strength=Strength.MODERATE, why="Triangulated, but some evidence contradicts it.")
    if found.methods < 2:
        return Suggestion(strength=Strength.MODERATE, why="Triangulated, but all of it by one method.")
    if found.organisations < 2 and found.sources < 3:
        return Suggestion(strength=Strength.MODERATE, why="Triangulated, but from two sources in one organisation.")
    return Suggestion(strength=Strength.STRONG, why="Triangulated by more than one method, and nothing contradicts it.")


class Runs:
    """The words of notes that count no more, less those that a note says which does: text by text."""

    def __init__(self, lost: Iterable[str], standing: Iterable[str]) -> None:
        self._lost: set[tuple[str, ...]] = set()
        for note in lost:
            words = _words(note)
            size = min(REPEATED_WORDS, len(words))
            if size >= FEWEST_WORDS:
                self._lost |= _runs(words, size)
        for note in standing if self._lost else ():
            words = _words(note)
            for size in range(FEWEST_WORDS, REPEATED_WORDS + 1):
                self._lost -= _runs(words, size)

    def are_in(self, text: str) -> bool:
        """Whether ``text`` has ``REPEATED_WORDS`` of them in a row (all of a shorter note)."""
        if not self._lost:
            return False
        words = _words(text)
        return any(_runs(words, size) & self._lost for size in range(FEWEST_WORDS, REPEATED_WORDS + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}
