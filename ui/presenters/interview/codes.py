"""Which codes are read in the words of an interview: the group's numbers, cases, and people where they may be named."""

from __future__ import annotations

from fieldkit.capture.vocabulary import Speaker, Vocabulary
from fieldkit.domain.consent import Attribution
from fieldkit.domain.interview import LARGEST_GROUP
from ui.presenters.interview.facts import InterviewFacts


class Member:
    """Somebody of a group, as the capture line knows people: ``2:`` at the start of a note."""

    organisation = ""

    def __init__(self, number: int) -> None:
        self.code = str(number)
        self.role = f"Person {number}"


GROUP = tuple(Member(number) for number in range(1, LARGEST_GROUP + 1))


def offered_codes(facts: InterviewFacts) -> Vocabulary:
    """What is offered and marked while somebody types. A person's code is none of it while nobody may be named."""
    consent = facts.interview.consent
    is_named = consent is not None and consent.allows and consent.attribution is not Attribution.NONE
    people: tuple[Speaker, ...] = (*GROUP, *facts.people) if is_named else GROUP
    return Vocabulary(frameworks=facts.frameworks, people=people, cases=facts.cases)


def all_codes(facts: InterviewFacts) -> Vocabulary:
    """What is read when a note is saved: a code that may not stand there is refused in words, never kept as text."""
    return Vocabulary(frameworks=facts.frameworks, people=(*GROUP, *facts.people), cases=facts.cases)
