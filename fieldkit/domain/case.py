"""A case: one person's care followed across services, known by a reference and never by a name.

It may stand on the list only, or be an activity of its own (``case_track``) once it is followed. Its events are
``touchpoint`` records about it. No field holds a name, an NHS number, a date of birth or an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import LIST, MAYBE_COUNT, MAYBE_TEXT, TEXT, Types
from fieldkit.kernel.ids import ActivityId, AssessmentId, RecordId, VisitId, is_id

CHARACTERISTICS = ("age_band", "need", "setting", "place", "ethnicity", "carer")
"""What a sample has to cover (facts, section 5)."""

_LETTERS = "bcdefghijklmnopqrstuvwxyz"
_CODE = re.compile(r"C(\d{2,4})([b-z]?)")


class Sampling(StrEnum):
    """Where a case stands between the list of fifty and the six that are followed."""

    LISTED = "listed"
    SAMPLED = "sampled"
    RESERVE = "reserve"
    ENGAGED = "engaged"
    NOT_ENGAGED = "not_engaged"
    """Asked and not taking part; ``reason`` says why."""


class Answer(StrEnum):
    """Yes, no, or nobody knows."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One reason for a case to be on the list, and whether it is met."""

    words: str
    met: Answer = Answer.UNKNOWN

    def to_content(self) -> dict[str, Any]:
        return {"words": self.words, "met": self.met.value}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Criterion:
        return cls(words=text(raw["words"]), met=Answer(raw["met"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``code`` is its reference (``C01``). ``imported_from`` is the file it came from, ``row`` its row there from 1.

    ``person`` is the person's code in the visit, ``activity`` the activity it is followed in; both empty on the list.
    """

    KIND: ClassVar[str] = "case"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "activity"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "visit": MAYBE_TEXT, "activity": MAYBE_TEXT, "code": TEXT, "description": TEXT,
        "age_band": TEXT, "need": TEXT, "setting": TEXT, "place": TEXT, "ethnicity": TEXT, "carer": TEXT,
        "criteria": LIST, "sampling": TEXT, "reason": TEXT, "person": TEXT, "imported_from": TEXT, "row": MAYBE_COUNT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    code: str
    visit: VisitId | None = None
    activity: ActivityId | None = None
    description: str = ""
    age_band: str = ""
    need: str = ""
    setting: str = ""
    place: str = ""
    ethnicity: str = ""
    carer: str = ""
    criteria: tuple[Criterion, ...] = field(default=())
    sampling: Sampling = Sampling.LISTED
    reason: str = ""
    person: str = ""
    imported_from: str = ""
    row: int | None = None

    @property
    def criteria_met(self) -> int:
        """How many of its criteria are met."""
        return sum(one.met is Answer.YES for one in self.criteria)

    def characteristic(self, name: str) -> str:
        """One of ``CHARACTERISTICS``; empty when it is not known. Raises ``ValueError`` for another name."""
        if name not in CHARACTERISTICS:
            raise ValueError(f"no characteristic: {name}")
        return str(getattr(self, name))

    @property
    def noun(self) -> str:
        return "Case"

    @property
    def title(self) -> str:
        return f"Case {self.code}" + (f", {self.description}" if self.description else "")

    @property
    def words(self) -> str:
        said = (self.characteristic(name) for name in CHARACTERISTICS)
        criteria = (one.words for one in self.criteria)
        return " ".join(part for part in (self.code, self.description, *said, *criteria, self.reason) if part)

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "activity": self.activity, "code": self.code,
            "description": self.description, **{name: self.characteristic(name) for name in CHARACTERISTICS},
            "criteria": [one.to_content() for one in self.criteria], "sampling": self.sampling.value,
            "reason": self.reason, "person": self.person, "imported_from": self.imported_from, "row": self.row,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Case:
        visit, activity = maybe_id(raw["visit"]), maybe_id(raw["activity"])
        if _CODE.fullmatch(raw["code"]) is None:
            raise ValueError("not a case reference")
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), code=raw["code"],
            visit=None if visit is None else VisitId(visit),
            activity=None if activity is None else ActivityId(activity), description=text(raw["description"]),
            **{name: text(raw[name]) for name in CHARACTERISTICS},
            criteria=tuple(Criterion.from_content(one) for one in raw["criteria"]),
            sampling=Sampling(raw["sampling"]), reason=text(raw["reason"]), person=text(raw["person"]),
            imported_from=text(raw["imported_from"]), row=maybe_count(raw["row"]),
        )  # fmt: skip


def is_code(word: str) -> bool:
    """Whether ``word`` is written like a case's reference."""
    return _CODE.fullmatch(word) is not None


def number_of(code: str) -> int:
    """The number in a reference; raises ``ValueError`` for another word."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"not a case reference: {code}")
    return int(match[1])


def next_codes(taken: Iterable[str], count: int) -> list[str]:
    """The next references after the highest that is in use: ``C01`` up to ``C99``, then ``C100``."""
    last = max((number_of(code) for code in taken if is_code(code)), default=0)
    return [f"C{number:02d}" for number in range(last + 1, last + count + 1)]


def told_apart(cases: Iterable[Case]) -> list[Case]:
    """The cases by their references; those that got the same one on two laptops told apart by a letter: ``C03b``."""
    taken: set[str] = set()
    found = []
    for one in sorted(cases, key=lambda one: (number_of(one.code), one.code, one.id)):
        base = f"C{number_of(one.code):02d}"
        free = (name for name in (one.code, *(f"{base}{letter}" for letter in _LETTERS)) if name not in taken)
        code = next(free, one.code)
        taken.add(code)
        found.append(one if code == one.code else replace(one, code=code))
    return found


def text(value: object) -> str:
    """``value`` if it is a text. Raises ``ValueError``: a later version's, or a stranger's."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def maybe_id(value: object) -> str | None:
    """An id or nothing. Raises ``ValueError`` for anything else."""
    if value is not None and not is_id(value):
        raise ValueError("not an id")
    return None if value is None else str(value)


def maybe_count(value: object) -> int | None:
    """A number from 0 that a record can hold, or nothing. Raises ``ValueError`` for anything else."""
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53):
        raise ValueError("not a count")
    return value
