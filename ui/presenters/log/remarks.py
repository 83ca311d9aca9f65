"""Quiet remarks after a note is saved: a tag or person not recognised, a personal detail, a possible risk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.capture.captured import Captured, HintKind
from fieldkit.capture.personal import personal_details
from fieldkit.domain.entry import Entry, Risk
from fieldkit.kernel.ids import EntryId
from ui.presenters.wording import sentence

MARKED_RISK = "Marked as a possible risk. No one has been told by this app"


class Remedy(StrEnum):
    """What a remark offers to do; the value is the words on its button."""

    NONE = ""
    CHOOSE_TAG = "Choose a tag"
    ADD_PERSON = "Add a person"
    WITHDRAW = "Withdraw"
    ESCALATE = "Escalate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing to mention about a saved note. It never blocks anything."""

    entry: EntryId
    text: str
    remedy: Remedy = Remedy.NONE
    word: str = ""

    @property
    def button(self) -> str:
        """The words on the button: ``Add ‘xy’ as a person``."""
        return f"Add ‘{self.word}’ as a person" if self.remedy is Remedy.ADD_PERSON else self.remedy.value


_REMEDIES = {
    HintKind.TAG_UNKNOWN: Remedy.CHOOSE_TAG,
    HintKind.NUMBER_KEPT: Remedy.CHOOSE_TAG,
    HintKind.PERSON_UNKNOWN: Remedy.ADD_PERSON,
}


def remarks_on(entry: Entry, captured: Captured) -> tuple[Remark, ...]:
    """What to mention about a note that was just saved."""
    details = dict.fromkeys(one.detail for one in personal_details(entry.text))
    # First what should not be in a note at all: the person may be looking away again after one line.
    found = [Remark(entry=entry.id, text=sentence(one.value), remedy=Remedy.WITHDRAW) for one in details]
    found += [
        Remark(
            entry=entry.id,
            text=sentence(hint.kind.value, word=hint.word),
            remedy=_REMEDIES.get(hint.kind, Remedy.NONE),
            word=hint.word,
        )
        for hint in captured.hints
    ]
    if entry.risk is not Risk.NONE:
        found.append(Remark(entry=entry.id, text=MARKED_RISK, remedy=Remedy.ESCALATE))
    return tuple(found)
