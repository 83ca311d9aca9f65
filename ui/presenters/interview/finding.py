"""Which question is meant by a number or a word (Ctrl+J)."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.domain.questions import Question


def found_question(questions: Sequence[Question], text: str) -> Question | None:
    """By number from 1, else the first in which every word, or its beginning, stands."""
    key = text.strip().casefold()
    if not key:
        return None
    if key.isdecimal():
        place = int(key[:6]) - 1
        return questions[place] if 0 <= place < len(questions) else None
    wanted = key.split()
    for question in questions:
        words = question.text.casefold().split()
        if all(any(word.lstrip("“‘\"'(").startswith(one) for word in words) for one in wanted):
            return question
    return next((one for one in questions if key in one.text.casefold()), None)
