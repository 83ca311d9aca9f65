"""What the interview page shows at one moment (ux S6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fieldkit.domain.consent import Consent
from fieldkit.domain.interview import Asked, Recording


class Step(Enum):
    """The parts of the page, one at a time."""

    CONSENT = "consent"
    REFUSED = "refused"
    CHOOSE = "choose"
    ASKING = "asking"
    WITHDRAW = "withdraw"
    """The person wants to withdraw: what that means, before it is done."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideRow:
    """A line of the guide. ``number`` counts from 1; ``state`` is what the vault and the notes say.

    ``waits`` says when a question would apply that does not as things stand; empty where it does, or was dealt with.
    """

    key: str
    number: int
    title: str
    state: Asked
    reason: str = ""
    is_current: bool = False
    is_own: bool = False
    waits: str = ""

    @property
    def word(self) -> str:
        """``Answered``, ``Now``, ``Only if question 2 is ‘Yes’``."""
        if self.is_current:
            return "Now"
        return f"Only if {self.waits}" if self.waits else STATES[self.state]

    @property
    def sentence(self) -> str:
        """``Question 4, Speaking up, current``; ``Question 5, Partners, does not apply, only if …``."""
        words = "current" if self.is_current else STATES[self.state].lower() if not self.waits else ""
        waits = f"does not apply, only if {self.waits}" if self.waits else ""
        return ", ".join(part for part in (f"Question {self.number}", self.title, words, waits, self.reason) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A guide that can be chosen. ``is_built_in``: it came with the program and is not in the assessment yet."""

    key: str
    title: str
    detail: str
    is_built_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """Somebody of the group by number."""

    person: str
    is_present: bool
    is_speaking: bool
    is_held: bool = False

    @property
    def words(self) -> str:
        """``Person 2, left``."""
        held = ", their words are held" if self.is_held else ""
        return f"Person {self.person}{'' if self.is_present else ', left'}{held}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The question that is asked now."""

    key: str
    number: int
    text: str
    statements: str = ""
    hint: str = ""
    choices: str = ""
    prompts: tuple[str, ...] = ()
    wants_quote: bool = False
    minutes: int = 0
    waits: str = ""
    """Why it does not apply as things stand, in a sentence; it can be asked all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewState:
    """``title`` never holds a name or role of somebody who is not attributable."""

    step: Step
    title: str
    attribution: str = ""
    band: str = ""
    is_group: bool = False
    script: tuple[str, ...] = ()
    consent: Consent | None = None
    consent_lines: tuple[tuple[str, str], ...] = ()
    offered: tuple[Offered, ...] = ()
    rows: tuple[GuideRow, ...] = ()
    current: Current | None = None
    shows_prompts: bool = False
    skipped: str = ""
    """The question that was passed over last and has no reason yet."""
    chips: tuple[Chip, ...] = ()
    size: int = 1
    recording: Recording = Recording.NOT_KNOWN
    read_back: bool = False
    has_started: bool = False
    is_paused: bool = False
    is_ended: bool = False
    held: str = ""
    """What a withdrawal means for the notes, in a sentence."""
    unsaved: str = ""
    """What was begun and can become no note, since the person refused or withdrew."""
    category: str = ""
    recovered: str = ""
    remark: str = ""
    fault: str = ""


STATES = {
    Asked.NOT_ASKED: "Not asked", Asked.ANSWERED: "Answered", Asked.SKIPPED: "Skipped",
    Asked.ELSEWHERE: "Answered elsewhere",
}  # fmt: skip
WHY_SKIPPED = ("No time", "Not for this person", "They did not want to answer")
ELSEWHERE = "Answered under another question"
