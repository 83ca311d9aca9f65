"""What the office says of this laptop itself, in sentences: its certificate, what waits there, a wish to erase."""

from __future__ import annotations

from datetime import datetime

from fieldkit.app.laptop import certificate, erase_asked, waiting
from fieldkit.app.ports import Questions
from fieldkit.app.teams import may_here, role_in, waits_apart
from fieldkit.domain.device_certificate import Validity
from fieldkit.domain.roles import RIGHTS, TITLES, Right, Role, title
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.wording import sentence, ui


def laptop_words(questions: Questions, now: datetime) -> tuple[str, ...]:
    """One sentence for each thing that is worth telling; empty where all is as it should be."""
    found, count, asked = certificate(questions), waiting(questions), erase_asked(questions)
    words: list[str] = []
    if found is not None:
        stands = found.validity(now)
        if stands is not Validity.GOOD:
            last = ui.day(found.grace_until.astimezone().date())
            words.append(sentence(f"laptop.{stands.value}", day=last))
    if count:
        office = questions.enrolment()
        name = office.office if office is not None else ""
        words.append(sentence("laptop.waiting", count=ui.count(count, "record"), office=name, roles=_who_lets_in()))
    words += apart_words(questions)
    if asked is not None:
        words.append(sentence("laptop.erase_asked", by=asked.by, reason=asked.reason))
    return tuple(words)


def apart_words(questions: Questions) -> tuple[str, ...]:
    """One sentence for each assessment in which this person writes and hands nothing in, by their role."""
    return tuple(words for place in waits_apart(questions) if (words := apart_in(questions, place)))


def apart_in(questions: Questions, assessment: AssessmentId) -> str:
    """What becomes of what this person writes there, where their role hands nothing in; empty where it does."""
    if may_here(questions, assessment, Right.PUSH):
        return ""
    name, role = questions.assessment(assessment).name, title(role_in(questions, assessment)).lower()
    return sentence("team.waits", name=name, role=role, roles=_who_lets_in())


def _who_lets_in() -> str:
    return " or ".join(TITLES[role].lower() for role in Role if Right.RELEASE in RIGHTS[role])


def laptop_needs(questions: Questions, now: datetime) -> tuple[str, ...]:
    """The same in few words, as far as somebody has to do something: connect, or hand in and erase."""
    found, asked = certificate(questions), erase_asked(questions)
    words = []
    if found is not None and found.validity(now) is not Validity.GOOD:
        last = ui.day(found.grace_until.astimezone().date())
        words.append(f"Connect before {last}: the office has not heard from this laptop")
        if found.validity(now) is Validity.OVER:
            words[-1] = "The office has not heard from this laptop for too long: connect, and ask there to renew it"
    if asked is not None:
        words.append(f"{asked.by} asks you to erase this vault once all is handed in: {asked.reason}")
    return tuple(words)
