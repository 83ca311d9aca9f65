"""Who a note of an interview or drop-in is shown as coming from: the one rule every list, report and export follows.

While somebody is not attributable nothing but the reference stands where a speaker would: no name, no role, no code
(ux S6-A3). A consent that allows more shows more, and one that is changed re-labels every note at once, because the
label is worked out and never stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.consent import Agreed, Attribution, Consent
from fieldkit.domain.interview import InterviewSession
from fieldkit.kernel.ids import ActivityId

CONSENTED = frozenset({ActivityKind.INTERVIEW, ActivityKind.FOCUS_GROUP})
"""Activities in which nothing may be noted before somebody agreed."""
_LETTERS = 26
UNNAMED = "Interview"
"""What an interview is called whose session is not on this laptop yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``label`` stands where a speaker would. ``shows_speaker``: the person codes of its notes may be shown."""

    label: str
    shows_speaker: bool = False

    def who(self, speaker: str | None) -> str:
        """What stands in the place of ``speaker``: ``Interview 03``, ``Focus group 01, person 2``, ``Nurse``."""
        if speaker is None:
            return self.label
        if speaker.isdecimal():
            return f"{self.label}, person {speaker}"
        return speaker if self.shows_speaker else self.label

    def withholds(self, speaker: str | None) -> bool:
        """Whether a code stands there that may not be told; a number only tells one of a group from the others."""
        return bool(speaker) and not self.shows_speaker and not str(speaker).isdecimal()


def first_of(sessions: Iterable[InterviewSession]) -> InterviewSession | None:
    """The session of an activity. Two laptops may have begun one each: the same of them counts everywhere."""
    return min(sessions, key=lambda one: one.id, default=None)


def told_apart(sessions: Iterable[InterviewSession]) -> list[InterviewSession]:
    """The sessions, those that got the same reference on two laptops told apart by a letter: ``Interview 03b``."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for one in sorted(sessions, key=lambda one: one.id):
        nth = seen[one.assessment, one.reference]
        seen[one.assessment, one.reference] += 1
        found.append(replace(one, reference=f"{one.reference}{_letter(nth)}") if nth else one)
    return found


def standing_consent(consents: Iterable[Consent], person: str = "") -> Consent | None:
    """The consent of an activity (of one person of a group): of several, the one that protects most decides."""
    found = [one for one in consents if one.person == person]
    return max(found, key=lambda one: (protection_of(one), one.id), default=None)


def protection_of(consent: Consent) -> tuple[int, ...]:
    """How much a consent protects: one that was taken back most, then one that allows nothing yet; more is more."""
    return (consent.bars, not consent.allows, *consent.protection)


def source_of(session: InterviewSession | None, consent: Consent | None, kind: ActivityKind) -> Source:
    """How notes of an interview are shown."""
    reference = session.reference if session is not None else UNNAMED
    if kind not in CONSENTED:
        return Source(label=reference)
    if session is None or consent is None or not consent.allows or consent.attribution is Attribution.NONE:
        return Source(label=reference)
    if consent.attribution is Attribution.NAME and consent.name:
        return Source(label=consent.name, shows_speaker=True)
    return Source(label=session.role or reference, shows_speaker=True)


def told_title(title: str, session: InterviewSession | None, consent: Consent | None) -> str:
    """What an interview is called today, where ``title`` is what its plan says.

    Worked out and never stored, as the label of its notes is: of two laptops one may have taken the role back while the
    other put it there. The plan's own words may name somebody, so they stand only before anything was decided, for
    somebody who agreed to be named, and for one who refused, of whom nothing else is kept.
    """
    if session is None or consent is None or not (consent.allows or consent.bars):
        return title
    reference = session.reference
    is_ours = title == reference or title.startswith(f"{reference}: ")
    if consent.agreed is Agreed.REFUSED:
        return reference if is_ours else title
    if not consent.allows or consent.attribution is Attribution.NONE:
        return reference
    if consent.attribution is Attribution.NAME and not is_ours:
        return title
    return f"{reference}: {session.role}" if session.role else reference


def sources_of(
    kinds: Mapping[ActivityId, ActivityKind], sessions: Iterable[InterviewSession], consents: Iterable[Consent]
) -> dict[ActivityId, Source]:
    """The source of each activity that has one: interviews and focus groups."""
    by_activity: dict[str, list[InterviewSession]] = {}
    for session in told_apart(sessions):
        by_activity.setdefault(session.about, []).append(session)
    agreed: dict[str, list[Consent]] = {}
    for consent in consents:
        agreed.setdefault(consent.about, []).append(consent)
    return {
        activity: source_of(
            first_of(by_activity.get(activity, ())), standing_consent(agreed.get(activity, ())), kind
        )
        for activity, kind in kinds.items()
        if kind in CONSENTED
    }  # fmt: skip


def _letter(nth: int) -> str:
    return chr(ord("a") + nth) if nth < _LETTERS else f" ({nth + 1})"
