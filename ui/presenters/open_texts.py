"""What is being typed anywhere in the open vault, for find and replace: each field tells its words and takes a change.

What is typed lives in the presenters of the open pages and is on disk a moment later; a change made behind their backs
would be written over by the next key. So whoever has a draft open belongs to ``OpenTexts`` and is asked to make the
change itself: at once, with the caret and every key that was typed meanwhile.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from fieldkit.capture.replacing import Edits
    from fieldkit.capture.spans import Span


NOTE = "Note being typed"
FORM = "form/"
"""How the places of forms' drafts begin."""
ADDITION: Mapping[str, str] = {"text": "Words to add", "reason": "Why"}
FORMS: Mapping[str, str] = {
    "access": "Access to a record", "activity": "An activity", "agenda": "An agenda", "attach": "Attach a file",
    "attachment": "A file", "attachment-out": "A file", "attachment-note": "Note about a file",
    "case": "A case", "cases": "Cases", "closed": "Information request", "consent": "Consent",
    "day": "The end-of-day sheet", "sent": "A draft sent out", "rescore": "A score settled again",
    "comment": "An accuracy comment",
    "comments": "Comments from a file", "answer": "An accuracy answer", "action": "An action of the plan",
    "action_done": "An action of the plan", "action_look": "An action of the plan", "summit": "An improvement summit",
    "escalation_close": "An escalation", "escalation_contact": "An escalation", "escalation_decide": "An escalation",
    "escalation_numbers": "Numbers to ring", "guide": "An interview guide", "person": "A person",
    "quality_review": "A quality review", "quality_risk": "A quality risk", "received": "Information request",
    "request": "Information request", "same": "A person", "speaker": "A person", "take_back": "Access to a record",
    "text": "A short text", "visit": "A visit",
}  # fmt: skip
"""What a form is called by the second part of its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText:
    """Words in a field. ``place`` is their draft's, ``part`` the field of a form with several.

    ``change`` is ``None`` while they are on their way into a note: those are no draft any more. ``point`` leads to a
    hit, once the page of ``activity`` (of a form: ``""``) is up.
    """

    place: str
    text: str
    where: str
    change: Callable[[Edits], None] | None
    point: Callable[[Span], None]
    part: str = ""
    label: str = ""
    activity: str = ""
    has_codes: bool = False


class HasTexts(Protocol):
    """A presenter with fields that are typed into."""

    def open_texts(self) -> Iterable[OpenText]:
        """All of them, empty ones too: what lies on disk under their places is older than they are."""


class OpenTexts:
    """Those of the open vault. An owner that was thrown away without a goodbye is forgotten."""

    def __init__(self) -> None:
        self._owners: list[weakref.ref[HasTexts]] = []

    def join(self, owner: HasTexts) -> Callable[[], None]:
        """``owner`` has fields; the returned function takes it off again (calling it twice does no harm)."""
        one = weakref.ref(owner)
        self._owners.append(one)

        def leave() -> None:
            if one in self._owners:
                self._owners.remove(one)

        return leave

    @property
    def texts(self) -> list[OpenText]:
        """Of the page that was opened last first."""
        owners = [found for one in reversed(self._owners) if (found := one()) is not None]
        return [text for owner in owners for text in owner.open_texts()]

    def find(self, place: str, part: str = "") -> OpenText | None:
        """The field of a draft, if it is open."""
        return next((one for one in self.texts if (one.place, one.part) == (place, part)), None)


def form_words(place: str) -> str:
    """What the form of a place is called."""
    return FORMS.get(place.removeprefix(FORM).partition("/")[0], "A form")
