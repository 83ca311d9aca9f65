"""Notes to measure with: invented, repeatable, about as long and as varied as the real ones."""

from __future__ import annotations

import random
from functools import cache

import resources


@cache
def _words() -> tuple[str, ...]:
    words = [word for word in resources.read_text("words", "large.txt").split() if word.isalpha()]
    random.Random(0).shuffle(words)
    return tuple(words)


def note(number: int, characters: int = 1000) -> str:
    """The ``number``-th note: words drawn with the skew of ordinary prose (Zipf), cut at ``characters``.

    A pinch of marker words makes searches of known frequency possible: ``rarely`` in one note of a thousand,
    ``sometimes`` in one of twenty, the phrase "recovery plan" in one of fifty.
    """
    chance = random.Random(number)
    words = _words()
    drawn = (min(int(chance.paretovariate(0.9) * 25) - 25, len(words) - 1) for _ in range(characters // 5))
    text = " ".join(words[number] for number in drawn)
    marks = [text[: characters - 40]]
    if number % 1000 == 7:
        marks.append("rarely")
    if number % 20 == 3:
        marks.append("sometimes")
    if number % 50 == 11:
        marks.append("recovery plan")
    return " ".join(marks)
