"""Which sentences may be told outside the team: without scores, quotations, names, or anything that tells who it was.

A sentence is told whole or not at all: words taken out of it would show where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fieldkit.app.people import people_of
from fieldkit.app.ports import Questions
from fieldkit.app.report_walls import lost_words
from fieldkit.app.small_groups import small_of
from fieldkit.domain.consent import Consent
from fieldkit.domain.disclosure import Pointer
from fieldkit.domain.framework import Framework
from fieldkit.domain.small_numbers import SmallNumber
from fieldkit.kernel.ids import AssessmentId

_SCORES = re.compile(r"\b(?:scor(?:e|es|ed|ing)|rat(?:ed|ing|ings))\b|\d\s*(?:%|per cent|out of \d)", re.IGNORECASE)
_QUOTED = re.compile('[\u201c\u201d"]|(?<!\\w)\u2018[^\u2019]+\u2019')


class Tellable:
    """Read once for an assessment, asked for each sentence."""

    def __init__(
        self, questions: Questions, assessment: AssessmentId, frameworks: Sequence[Framework], walled: frozenset[str]
    ) -> None:
        self._lost = lost_words(questions, assessment, walled)
        self._ratings = _whole_words(_rating_words(frameworks))
        self._names = _whole_words(_names(questions, assessment))
        self._small = [_needles(one) for one in small_of(questions, assessment, frameworks)]

    def may_tell(self, sentence: str) -> bool:
        """Whether a sentence may leave the team as it is."""
        if not sentence.strip() or self._lost.are_in(sentence):
            return False
        if any(one is not None and one.search(sentence) for one in (_SCORES, _QUOTED, self._ratings, self._names)):
            return False
        return not any(all(one.search(sentence) for one in needles) for needles in self._small)


def _rating_words(frameworks: Iterable[Framework]) -> set[str]:
    """The labels of bands and of steps of scales: what a rating would be called."""
    found = set[str]()
    for one in frameworks:
        found |= {band.label for band in one.method.bands}
        found |= {level.label for scale in one.scales for level in scale.levels}
    return found


def _names(questions: Questions, assessment: AssessmentId) -> set[str]:
    """Names of those who agreed to be named and of the team, codes of people, references of concerns passed on.

    A code that is a word (``am``) counts with the sign that goes before codes in notes alone: else no sentence with
    that word could be told.
    """
    found = {row.value.name for row in questions.records(Consent.KIND, assessment=assessment)}
    found |= {one.name for one in questions.assessors(assessment)}
    found |= {row.value.reference for row in questions.records(Pointer.KIND, assessment=assessment)}
    for one in people_of(questions, assessment):
        found.add(one.code if any(letter.isdecimal() for letter in one.code) else f"@{one.code}")
    return found


def _needles(small: SmallNumber) -> tuple[re.Pattern[str], ...]:
    """What has to stand in a sentence together to tell who somebody is: the post, or role, organisation and place."""
    parts = (small.what.role,) if small.is_post else (small.what.role, small.what.organisation, small.what.place)
    return tuple(made for part in parts if (made := _whole_words({part})) is not None)


def _whole_words(words: Iterable[str]) -> re.Pattern[str] | None:
    kept = sorted({" ".join(one.split()) for one in words} - {""})
    if not kept:
        return None
    each = "|".join(r"\s+".join(re.escape(part) for part in one.split()) for one in kept)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)
