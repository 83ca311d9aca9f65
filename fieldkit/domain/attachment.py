"""Attachments: a photo, scan, document or recording as evidence, told apart from the bytes of its file.

The record travels first and says what the file is; the file follows and is known by the SHA-256 of its bytes. A record
may be revised (a purpose put right), its file never: a redacted copy is an attachment of its own that names the one it
was made from. Rules for photos: facts, section 6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import COUNT, FLAG, LIST, MAYBE_COUNT, MAYBE_TEXT, TEXT, Types
from fieldkit.domain.soundtrack import SoundTrack
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, DeviceId, RecordId, VisitId, is_id

_SHA256 = re.compile(r"[0-9a-f]{64}")
_EXHIBIT = re.compile(r"\w{1,20}-\d{1,9}")
_MEDIA = re.compile(r"[a-z0-9]+/[a-z0-9.+-]{1,100}")
_LARGEST = 2**53 - 1
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are misheard and misread."""


class Origin(StrEnum):
    """How the file came into the vault."""

    FILE = "file"
    PHOTO = "photo"
    SCAN = "scan"
    PASTED = "pasted"
    RECORDING = "recording"
    REDACTION = "redaction"


class People(StrEnum):
    """Whether people are in the shot: said of every picture."""

    NOT_A_PICTURE = "not_a_picture"
    NOBODY = "nobody"
    DECLARED = "declared"
    """There are, or could be; ``declaration`` says who agreed to it, or why it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file as evidence. ``about`` is the activity or record it belongs to.

    ``size`` in bytes. ``from_whom`` is a person's code or an organisation, never a name. ``taken_on`` is the day it was
    taken or written, where that is known; ``received_at`` when it came into the vault. ``dropped`` are the words of
    what was removed from the bytes before they were kept (``location``), and ``original_sha256`` then is the hash of
    what came. ``derived_from`` names the attachment it was made from and ``boxes`` counts what was blacked out.
    ``withdrawn`` is the reason it is out of use, or empty. ``sound`` tells when a recording made here ran.
    """

    KIND: ClassVar[str] = "attachment"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "visit": MAYBE_TEXT, "about": TEXT, "exhibit": TEXT, "sha256": TEXT, "size": COUNT,
        "media": TEXT, "name": TEXT, "origin": TEXT, "purpose": TEXT, "from_whom": TEXT, "place": TEXT,
        "taken_on": MAYBE_TEXT, "received_at": TEXT, "people": TEXT, "declaration": TEXT, "dropped": LIST,
        "original_sha256": MAYBE_TEXT, "derived_from": MAYBE_TEXT, "boxes": COUNT, "pages": MAYBE_COUNT,
        "retention": TEXT, "hold": FLAG, "withdrawn": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    exhibit: str
    sha256: str
    size: int
    media: str
    name: str
    origin: Origin
    purpose: str
    received_at: datetime
    visit: VisitId | None = None
    from_whom: str = ""
    place: str = ""
    taken_on: date | None = None
    people: People = People.NOT_A_PICTURE
    declaration: str = ""
    dropped: tuple[str, ...] = ()
    original_sha256: str | None = None
    derived_from: RecordId | None = None
    boxes: int = 0
    pages: int | None = None
    retention: str = ""
    hold: bool = False
    withdrawn: str = ""
    sound: SoundTrack | None = None

    @property
    def title(self) -> str:
        return f"{self.exhibit}: {self.name}"

    @property
    def code(self) -> str:
        """What a note calls it: ``~AL7K-3``."""
        return self.exhibit

    @property
    def noun(self) -> str:
        return "File"

    @property
    def description(self) -> str:
        return f"{self.name}: {' '.join(self.purpose.split())}"

    @property
    def words(self) -> str:
        return " ".join((self.exhibit, self.name, self.purpose, self.from_whom, self.place))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "about": self.about, "exhibit": self.exhibit,
            "sha256": self.sha256, "size": self.size, "media": self.media, "name": self.name,
            "origin": self.origin.value, "purpose": self.purpose, "from_whom": self.from_whom, "place": self.place,
            "taken_on": self.taken_on.isoformat() if self.taken_on else None,
            "received_at": to_stamp(self.received_at), "people": self.people.value, "declaration": self.declaration,
            "dropped": list(self.dropped), "original_sha256": self.original_sha256, "derived_from": self.derived_from,
            "boxes": self.boxes, "pages": self.pages, "retention": self.retention, "hold": self.hold,
            "withdrawn": self.withdrawn,
            **({"sound": self.sound.to_content()} if self.sound else {}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Attachment:
        dropped = raw["dropped"]
        if not all(isinstance(word, str) for word in dropped):
            raise ValueError("dropped")
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(raw["about"]),
            visit=VisitId(raw["visit"]) if raw["visit"] else None, exhibit=_fits(_EXHIBIT, raw["exhibit"]),
            sha256=_fits(_SHA256, raw["sha256"]), size=_count(raw["size"], 1), media=_fits(_MEDIA, raw["media"]),
            name=raw["name"], origin=Origin(raw["origin"]), purpose=raw["purpose"], from_whom=raw["from_whom"],
            place=raw["place"], taken_on=date.fromisoformat(raw["taken_on"]) if raw["taken_on"] else None,
            received_at=from_stamp(raw["received_at"]), people=People(raw["people"]), declaration=raw["declaration"],
            dropped=tuple(dropped),
            original_sha256=_fits(_SHA256, raw["original_sha256"]) if raw["original_sha256"] else None,
            derived_from=_record(raw["derived_from"]), boxes=_count(raw["boxes"], 0),
            pages=_count(raw["pages"], 0) if raw["pages"] is not None else None, retention=raw["retention"],
            hold=raw["hold"], withdrawn=raw["withdrawn"],
            sound=SoundTrack.from_content(_object(raw["sound"])) if "sound" in raw else None,
        )  # fmt: skip


def series(initials: str, device: DeviceId) -> str:
    """What a laptop's exhibit numbers begin with: the person's initials and two letters of the laptop, ``AL7K``.

    Two laptops of one person, or of two people with the same initials, count on without asking each other.
    """
    letters = "".join(letter for letter in initials.upper() if letter.isalnum())[:6] or "X"
    number = int(device.replace("-", "")[-6:], 16)  # the end of an id is random, its beginning only the time
    return letters + _LETTERS[number % 22] + _LETTERS[number // 22 % 22]


def next_exhibit(prefix: str, taken: list[str]) -> str:
    """The next number of a series; ``taken`` are all that are known in the assessment."""
    numbers = [int(one.rpartition("-")[2]) for one in taken if one.rpartition("-")[0] == prefix]
    return f"{prefix}-{max(numbers, default=0) + 1}"


def _fits(pattern: re.Pattern[str], text: str) -> str:
    if pattern.fullmatch(text) is None:
        raise ValueError(text[:80])
    return text


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("sound")
    return value


def _count(number: int, least: int) -> int:
    if isinstance(number, bool) or not least <= number <= _LARGEST:
        raise ValueError("count")
    return number


def _record(text: str | None) -> RecordId | None:
    if text is not None and not is_id(text):
        raise ValueError("derived_from")
    return RecordId(text) if text else None
