"""The state of the interview page made of what is known: facts, notes, and what the person is at."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.domain.consent import Agreed, Attribution
from fieldkit.domain.interview import Recording
from ui.presenters.interview.asking import Asking
from ui.presenters.interview.consent_form import HOW
from ui.presenters.interview.facts import InterviewFacts
from ui.presenters.interview.state import Current, InterviewState, Step
from ui.presenters.interview.words import (
    ATTRIBUTION,
    BAND,
    chips,
    consent_lines,
    current_of,
    guide_rows,
    held_words,
    shortened,
    unsaved_words,
)


@dataclass(slots=True)
class Moment:
    """What the person is at beside the question. ``skipped`` is the question that has no reason yet."""

    wants: Step | None = None
    prompts: bool = False
    skipped: str = ""
    problem: str = ""


def state_of(facts: InterviewFacts, asking: Asking, moment: Moment) -> InterviewState:
    """All of the page."""
    interview, session, consent = facts.interview, facts.interview.session, facts.interview.consent
    shown = interview.questions
    barred = frozenset(key for key, one in interview.personal.items() if one.bars)
    attribution = consent.attribution if consent is not None and consent.allows else Attribution.NONE
    skipped = next((one.text for one in shown if one.id == moment.skipped), "")
    return InterviewState(
        step=_step(facts, moment), title=interview.reference, attribution=ATTRIBUTION[attribution],
        band=BAND[session.band] if session is not None and session.band is not None else "",
        is_group=bool(session and session.is_group) or interview.activity.kind.value == "focus_group",
        script=facts.script.read_out, consent=consent, consent_lines=consent_lines(consent, HOW),
        offered=facts.offered,
        rows=guide_rows(interview, asking.answered, asking.question, shown, asking.waiting),
        current=_current(facts, asking),
        shows_prompts=moment.prompts, skipped=shortened(skipped) if skipped else "",
        chips=chips(session, asking.speaker, barred), size=session.size if session is not None else 1,
        recording=session.recording if session is not None else Recording.NOT_KNOWN,
        read_back=bool(session and session.read_back),
        has_started=session is not None and session.started_at is not None,
        is_paused=bool(session and session.is_paused),
        is_ended=session is not None and session.ended_at is not None,
        held=held_words(asking.standing, is_done=moment.wants is not Step.WITHDRAW),
        unsaved=unsaved_words(asking.unsaved) if consent is not None and consent.bars else "",
        category=asking.category_words(), recovered=asking.recovered, remark=asking.remark,
        fault=asking.fault or moment.problem,
    )  # fmt: skip


def _current(facts: InterviewFacts, asking: Asking) -> Current | None:
    shown = facts.interview.questions
    place = next((at for at, one in enumerate(shown) if one.id == asking.question), None)
    if place is None:
        return None
    question = shown[place]
    choices = asking.applies.choices(facts.interview, question)
    return current_of(question, place + 1, facts.frameworks, choices, asking.waiting.get(question.id, ""))


def _step(facts: InterviewFacts, moment: Moment) -> Step:
    consent, asked = facts.interview.consent, facts.interview.asked
    if moment.wants is not None:
        return moment.wants
    if consent is None or not (consent.allows or consent.bars):
        return Step.CONSENT
    if consent.bars:
        return Step.WITHDRAWN if consent.agreed is Agreed.WITHDRAWN else Step.REFUSED
    return Step.ASKING if asked is not None else Step.CHOOSE
