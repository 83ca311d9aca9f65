"""A finding: what the team claims of a statement, the evidence for and against, and the sentence drafted of it.

A citation names a note, the whole of it or a range of it in code points (not UTF-16 units), and holds none of its
words: it keeps a *proof* of them. A note's first account never changes, so the words can be read there at any time and
held against the proof; and a note whose consent is taken back, or that is erased, takes its words from every finding
with it. Each citation has an id, so that what two laptops add to one finding both stay (docs/decisions/0163).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.evidence import Bearing
from fieldkit.domain.fieldwork import FLAG, LIST, MAYBE_TEXT, TEXT, Types
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, is_id


class Strength(StrEnum):
    """How strong the evidence for a claim is. The words people read are in ``fieldkit.domain.finding_words``."""

    NONE = "none"
    LIMITED = "limited"
    MODERATE = "moderate"
    STRONG = "strong"


class State(StrEnum):
    """How far the drafting is. It holds nothing up: a draft can be taken out at any moment."""

    DRAFT = "draft"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A note that a finding cites. ``start`` and ``end`` are code points, ``end`` not included; None = the whole note.

    ``side`` is ``AGREES`` or ``CONTRADICTS``. ``seen`` are the additions to the note that were read when it was cited:
    one that comes later may correct it.
    """

    id: str
    note: EntryId
    side: Side
    start: int | None = None
    end: int | None = None
    proof: str = ""
    seen: tuple[RecordId, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether only a part of the note is cited."""
        return self.start is not None and self.end is not None

    def words_of(self, text: str) -> str:
        """The cited words in the note's ``text``."""
        return text[self.start : self.end]

    def holds(self, text: str) -> bool:
        """Whether the words are those that were cited."""
        return self.proof == proof_of(self.id, self.words_of(text))

    def to_content(self) -> dict[str, Any]:
        return {
            "id": self.id, "note": self.note, "side": self.side.value, "start": self.start, "end": self.end,
            "proof": self.proof, "seen": list(self.seen),
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Citation:
        """Raises ``ValueError`` for what no citation can be: a hostile laptop's, or a later version's."""
        if not is_id(raw["id"]) or not is_id(raw["note"]) or not all(is_id(one) for one in raw["seen"]):
            raise ValueError("not an id")
        start, end = raw["start"], raw["end"]
        is_whole = start is None and end is None
        if not is_whole and not (type(start) is int and type(end) is int and 0 <= start < end):
            raise ValueError("not a range")
        side = Side(raw["side"])
        if side is Side.UNCLEAR or not isinstance(raw["proof"], str):
            raise ValueError("not a citation")
        return cls(
            id=raw["id"], note=EntryId(raw["note"]), side=side, start=start, end=end, proof=raw["proof"],
            seen=tuple(RecordId(one) for one in raw["seen"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``reference`` is what people call it (``F3``), given when it is made; two of one name are told apart by a letter.

    ``strength`` None = as the rule suggests (``fieldkit.domain.finding_words.suggested``); else ``why`` says why the
    assessor departs from it. ``is_dropped``: taken out of use, with ``drop_reason``; nothing is deleted.
    """

    KIND: ClassVar[str] = "finding"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "pack": TEXT, "statement": TEXT, "reference": TEXT, "claim": TEXT, "bearing": TEXT,
        "sentence": TEXT, "strength": MAYBE_TEXT, "why": TEXT, "citations": LIST, "state": TEXT, "is_dropped": FLAG,
        "drop_reason": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    pack: str
    statement: str
    reference: str
    claim: str
    bearing: Bearing
    sentence: str = ""
    strength: Strength | None = None
    why: str = ""
    evidence: tuple[Citation, ...] = ()
    state: State = State.DRAFT
    is_dropped: bool = False
    drop_reason: str = ""

    @property
    def notes(self) -> tuple[EntryId, ...]:
        """The notes it cites, each once, in the order in which they were added."""
        return tuple(dict.fromkeys(one.note for one in self.evidence))

    @property
    def title(self) -> str:
        return f"Finding {self.reference}: {self.claim}"

    @property
    def words(self) -> str:
        return f"{self.claim} {self.sentence} {self.why}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "pack": self.pack, "statement": self.statement, "reference": self.reference,
            "claim": self.claim, "bearing": self.bearing.value, "sentence": self.sentence,
            "strength": self.strength.value if self.strength else None, "why": self.why,
            "citations": [one.to_content() for one in self.evidence], "state": self.state.value,
            "is_dropped": self.is_dropped, "drop_reason": self.drop_reason,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Finding:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), pack=raw["pack"],
            statement=raw["statement"], reference=raw["reference"], claim=raw["claim"], bearing=Bearing(raw["bearing"]),
            sentence=raw["sentence"], strength=Strength(raw["strength"]) if raw["strength"] else None, why=raw["why"],
            evidence=tuple(Citation.from_content(one) for one in raw["citations"]), state=State(raw["state"]),
            is_dropped=raw["is_dropped"], drop_reason=raw["drop_reason"],
        )  # fmt: skip


def proof_of(citation: str, words: str) -> str:
    """SHA-256 of the cited words with the citation's id before them, so that equal words have different proofs."""
    return hashlib.sha256(f"fieldkit/citation/v1\0{citation}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()
