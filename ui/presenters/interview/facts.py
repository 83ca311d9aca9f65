"""What the interview page starts from, in one read on the store lane."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.cases import cases_of
from fieldkit.app.drafts import capture_place
from fieldkit.app.guide_library import built_in_guides, script_for
from fieldkit.app.guides import guides
from fieldkit.app.interviews import Interview, read_interview
from fieldkit.app.ports import Questions
from fieldkit.app.rows import Draft
from fieldkit.app.sources import read_sources
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.domain.case import Case
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import ConsentScript
from fieldkit.domain.people import Person
from fieldkit.domain.sources import Source
from fieldkit.kernel.ids import ActivityId
from ui.presenters.interview.state import Offered
from ui.presenters.services import Session
from ui.presenters.wording import ui

FREE = "free"
"""The part of a draft's place that stands for the free notes, where a question's id stands for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewFacts:
    """``script`` is what is read out; ``people`` are those of the visit, to tell a role that only one person has."""

    assessment: Assessment
    visit: Visit
    interview: Interview
    frameworks: tuple[Framework, ...]
    sources: dict[ActivityId, Source]
    script: ConsentScript
    offered: tuple[Offered, ...]
    people: tuple[Person, ...]
    cases: tuple[Case, ...]
    drafts: tuple[Draft, ...]


def read_facts(session: Session, questions: Questions, record: str) -> InterviewFacts:
    """Raises ``Mistake('interview.not_one')`` for any other kind of activity."""
    interview = read_interview(questions, ActivityId(record))
    activity = interview.activity
    assessment = questions.assessment(activity.assessment)
    place = capture_place(activity.id)
    return InterviewFacts(
        assessment=assessment, visit=questions.visit(activity.visit), interview=interview,
        frameworks=tuple(session.packs.framework(pin) for pin in assessment.packs),
        sources=read_sources(questions, assessment.id, [activity]),
        script=interview.asked.consent if interview.asked is not None else script_for(activity.kind),
        offered=_offered(questions, interview), people=tuple(questions.people(activity.visit)),
        cases=tuple(cases_of(questions, assessment.id)),
        drafts=tuple(sorted((d for d in questions.drafts() if d.place.startswith(place)), key=lambda d: d.kept_at)),
    )  # fmt: skip


def _offered(questions: Questions, interview: Interview) -> tuple[Offered, ...]:
    """The assessment's own guides, then those that came with the program and are not in it yet."""
    if interview.asked is not None:
        return ()
    kind = interview.activity.kind
    here = [row.value for row in guides(questions, interview.activity.assessment, kind)]
    known = {one.form_id for one in here}
    own = [Offered(key=one.id, title=one.title, detail=_detail(len(one.asked), one.audience)) for one in here]
    more = [
        Offered(key=one.id, title=one.guide.title, detail=_detail(len(one.guide.asked), one.guide.audience),
                is_built_in=True)
        for one in built_in_guides()
        if kind in one.guide.kinds and one.guide.form_id not in known
    ]  # fmt: skip
    return (*own, *more)


def _detail(count: int, audience: str) -> str:
    return ". ".join(part for part in (ui.count(count, "question"), audience) if part)
