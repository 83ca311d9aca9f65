"""What the page Record review shows, and what it is read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.app.record_access import LookedAt
from fieldkit.app.rows import Draft
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.case import Case
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from ui.presenters.forms import Form


class FormKind(StrEnum):
    """Which form is open; the value is its heading."""

    OPEN = "Open a record"
    TAKE_BACK = "Consent is taken back"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """An open form."""

    kind: FormKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """A record that was looked at, as the list shows it."""

    key: str
    title: str
    status: str
    is_open: bool = False
    is_held: bool = False

    @property
    def sentence(self) -> str:
        """As it is read aloud."""
        return f"{self.title}. {self.status}".replace(" · ", ". ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What is read again when it changes. ``placed`` says which record each standing note belongs to."""

    activity: Activity
    log: tuple[LookedAt, ...]
    placed: Mapping[str, str]
    people: tuple[Person, ...]
    cases: tuple[Case, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many notes each record has; under the empty text those that belong to none."""
        return Counter(self.placed.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a change made different: ``around`` all but the notes, ``notes`` by id (None = it counts no more)."""

    around: Reviewed | None = None
    notes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """What the page starts from."""

    assessment: Assessment
    visit: Visit
    found: Reviewed
    frameworks: tuple[Framework, ...]
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """``chosen`` is the id of the record whose notes are shown; ``loose`` counts notes that belong to none."""

    title: str
    rows: tuple[LookRow, ...] = ()
    chosen: str = ""
    loose: int = 0
    form: OpenForm | None = None
    recovered: str = ""
    remark: str = ""
    notice: str = ""
    fault: str = ""

    @property
    def row(self) -> LookRow | None:
        """The record whose notes are shown."""
        return next((one for one in self.rows if one.key == self.chosen), None)
