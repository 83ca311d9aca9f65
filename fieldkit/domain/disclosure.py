"""Restricted disclosures: what somebody says in confidence about care or conduct (speaking up).

A disclosure never enters the log. It lies in a box of the vault with its own passphrase (``fieldkit.app.boxes``) and
leaves it only sealed to the key of somebody who holds the role. What the main record shows is a *pointer*: that a
concern was passed on, under which reference, and nothing of who spoke, about whom or what. Source: facts, section 6.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import TEXT, Types
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is read as another
_REFERENCE_LETTERS = 6


class Identity(StrEnum):
    """What is known of who spoke."""

    KNOWN = "known"
    PROTECTED = "protected"
    """Known to the one who was told, and to be kept from everybody else."""
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Something added later: the first account is never overwritten."""

    at: datetime
    text: str

    def to_content(self) -> dict[str, Any]:
        return {"at": to_stamp(self.at), "text": self.text}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Addition:
        return cls(at=from_stamp(raw["at"]), text=_text(raw["text"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """To whom it was handed over, how, and what they gave back (their reference, a receipt)."""

    at: datetime
    to: str
    how: str
    reference: str = ""

    def to_content(self) -> dict[str, Any]:
        return {"at": to_stamp(self.at), "to": self.to, "how": self.how, "reference": self.reference}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> HandOver:
        return cls(
            at=from_stamp(raw["at"]), to=_text(raw["to"]), how=_text(raw["how"]), reference=_text(raw["reference"])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One disclosure. ``who`` and ``contact`` are empty for an anonymous one; ``about`` is whom or what it concerns.

    ``wishes``: what the person wants to happen and fears; ``told`` what they were told of the limits of confidence.
    """

    id: str
    assessment: AssessmentId
    reference: str
    taken_at: datetime
    text: str
    identity: Identity
    who: str = ""
    contact: str = ""
    about: str = ""
    organisation: str = ""
    wishes: str = ""
    told: str = ""
    taken_by: str = ""
    additions: tuple[Addition, ...] = field(default=())
    hand_overs: tuple[HandOver, ...] = field(default=())

    def with_addition(self, text: str, at: datetime) -> Disclosure:
        """The same with more words."""
        return replace(self, additions=(*self.additions, Addition(at=at, text=text)))

    def with_hand_over(self, made: HandOver) -> Disclosure:
        """The same, handed over."""
        return replace(self, hand_overs=(*self.hand_overs, made))

    def to_content(self) -> dict[str, Any]:
        return {
            "id": self.id, "assessment": self.assessment, "reference": self.reference,
            "taken_at": to_stamp(self.taken_at), "text": self.text, "identity": self.identity.value, "who": self.who,
            "contact": self.contact, "about": self.about, "organisation": self.organisation, "wishes": self.wishes,
            "told": self.told, "taken_by": self.taken_by,
            "additions": [one.to_content() for one in self.additions],
            "hand_overs": [one.to_content() for one in self.hand_overs],
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Disclosure:
        """Raises ``KeyError``, ``ValueError`` or ``TypeError`` for what is none."""
        texts = ("id", "reference", "text", "who", "contact", "about", "organisation", "wishes", "told", "taken_by")
        return cls(
            assessment=AssessmentId(_text(raw["assessment"])), taken_at=from_stamp(raw["taken_at"]),
            identity=Identity(raw["identity"]), additions=tuple(Addition.from_content(one) for one in raw["additions"]),
            hand_overs=tuple(HandOver.from_content(one) for one in raw["hand_overs"]),
            **{name: _text(raw[name]) for name in texts},
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What stands in the main record of a disclosure: that a concern was passed on, and under which reference."""

    KIND: ClassVar[str] = "pointer"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {"assessment": TEXT, "reference": TEXT, "on": TEXT, "passed_to": TEXT}

    id: RecordId
    assessment: AssessmentId
    reference: str
    on: date
    passed_to: str

    @property
    def title(self) -> str:
        return f"Concern passed on, reference {self.reference}"

    @property
    def words(self) -> str:
        return f"{self.title} {self.passed_to}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "reference": self.reference, "on": self.on.isoformat(),
            "passed_to": self.passed_to,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Pointer:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), reference=raw["reference"],
            on=date.fromisoformat(raw["on"]), passed_to=raw["passed_to"],
        )  # fmt: skip


def new_reference() -> str:
    """``SU-7K3QXM``: at random, so that it tells neither how many there are nor when it was taken."""
    return "SU-" + "".join(_LETTERS[byte % len(_LETTERS)] for byte in os.urandom(_REFERENCE_LETTERS))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value
