"""What the office says of this laptop itself, in sentences: its certificate, what waits there, a wish to erase."""

from __future__ import annotations

from datetime import datetime

from fieldkit.app.laptop import certificate, erase_asked, waiting
from fieldkit.app.ports import Questions
from fieldkit.domain.device_certificate import Validity
from fieldkit.domain.roles import RIGHTS, TITLES, Right, Role
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
        who = " or ".join(TITLES[role].lower() for role in Role if Right.RELEASE in RIGHTS[role])
        words.append(sentence("laptop.waiting", count=ui.count(count, "record"), office=name, roles=who))
    if asked is not None:
        words.append(sentence("laptop.erase_asked", by=asked.by, reason=asked.reason))
    return tuple(words)


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
