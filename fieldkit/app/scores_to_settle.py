"""Scores that exist twice, or of which two accounts are an open question: none of them stands until somebody says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from fieldkit.app.blind_scores import hides_by_choice
from fieldkit.app.ports import Questions
from fieldkit.app.scores import given, moderated, overridden
from fieldkit.domain.blinding import in_sight
from fieldkit.domain.judgement import Judgement, Moderation, Override
from fieldkit.domain.settling import Settled, Stand, departures, settle
from fieldkit.kernel.ids import AssessmentId

Place = tuple[AssessmentId, str]
"""An assessment, and the id of the pack that is scored against."""


def is_asked(settled: Settled | None) -> bool:
    """Whether a person has to say which of several stands. Assessors who differ are the team's to moderate."""
    return settled is not None and settled.stand in (Stand.TWICE, Stand.OPEN)


def to_settle(questions: Questions, assessment: AssessmentId | None = None) -> Mapping[Place, int]:
    """How many scores and overrides there are of these, by assessment and pack, in the order of their first record.

    What a blind round hides on Scores is not counted: a number that nobody can look into tells of others' scores too.
    """
    places = dict.fromkeys(
        [
            *((row.value.assessment, row.value.judged.pack)
              for kind in (Judgement.KIND, Moderation.KIND) for row in questions.records(kind, assessment=assessment)
              if kind == Moderation.KIND or row.heads > 1),
            *((row.value.assessment, row.value.pack)
              for row in questions.records(Override.KIND, assessment=assessment)),
        ]
    )  # fmt: skip
    found: Counter[Place] = Counter()
    for place in places:
        judgements, moderations = given(questions, *place), moderated(questions, *place)
        if hides_by_choice(questions, place[0]):
            judgements = list(in_sight(judgements, moderations)[0])
        found[place] += sum(is_asked(one) for one in settle(judgements, moderations).values())
        found[place] += sum(one.is_open for one in departures(overridden(questions, *place)).values())
    return {place: count for place, count in found.items() if count}
