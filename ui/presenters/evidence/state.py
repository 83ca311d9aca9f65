"""What the evidence screen shows beside its rows."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.kernel.ids import EntryId
from ui.presenters.evidence.saved_filters import Saved
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    """A quick filter with how many notes of the assessment it finds; None while that is being counted."""

    words: str
    count: int | None
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentQuestion:
    """Some of the notes that are about to change were sent already (ux S8)."""

    words: str
    all_of_them: str
    only_the_others: str
    """Empty where every one of them was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceState:
    """What the screen shows beside the rows. ``edition`` grows whenever the filter was not changed by typing in it.

    ``count`` and ``total`` are None while they are being counted. ``problems`` are sentences on what in the filter
    means nothing.
    """

    filter: str = ""
    edition: int = 0
    has_begun: bool = False
    count: int | None = None
    total: int | None = None
    problems: tuple[str, ...] = ()
    quick: tuple[Quick, ...] = ()
    saved: tuple[Saved, ...] = ()
    chosen: frozenset[EntryId] = frozenset()
    question: SentQuestion | None = None
    doing: str = ""
    fault: str = ""

    @property
    def summary(self) -> str:
        """``3 of 31 notes``, ``31 notes``, ``counting``."""
        if self.count is None or self.total is None:
            return "counting"
        notes = ui.count(self.total, "note")
        return notes if self.count == self.total and not self.filter.strip() else f"{self.count:,} of {notes}"

    @property
    def selected(self) -> str:
        """``2 selected``, or empty."""
        return f"{len(self.chosen):,} selected" if self.chosen else ""


def sent_question(total: int, sent: int, verb: str) -> SentQuestion:
    """Ask about ``sent`` of ``total`` notes; ``verb`` is what will be done to them."""
    have = f"{sent:,} of these have been sent. Changing them sends an update."
    if sent == 1:
        have = "1 of these has been sent. Changing it sends an update."
    others = f"{verb} only the {total - sent:,} not sent" if total > sent else ""
    return SentQuestion(words=have, all_of_them=f"{verb} all {total:,}", only_the_others=others)
