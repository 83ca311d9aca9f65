"""The sample visit as values: read from ``resources/sample``, checked against its framework pack.

Practice mode, ``fieldkit demo``, tests and screenshots all log the same invented meeting, so that a figure or a
picture of one can be checked by another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from fieldkit.capture.captured import Captured
from fieldkit.capture.parse import parse
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem, SubjectKind, Visit
from fieldkit.domain.evidence import Acquisition
from fieldkit.domain.framework import Framework
from fieldkit.domain.quality_risk import Authority, Level

TYPING = timedelta(milliseconds=200)
"""A character of a live note: 60 words a minute, so that entry times look as they would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAssessor:
    """A member of the team; ``initials`` say in the data who noticed what."""

    name: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """Somebody heard at the visit, by code and role; there are no names."""

    code: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleActivity:
    """Something done or planned at the visit. ``key`` names it in the data; times are local ``HH:MM``."""

    key: str
    kind: ActivityKind
    title: str
    day: date
    starts: str
    ends: str
    place: str
    organisation: str
    items: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRisk:
    """A quality risk that stands when the visit is planned, with its level and who authorised it."""

    concern: str
    organisation: str
    level: Level
    authority: Authority
    authorised_by: str
    reasons: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDocument:
    """A paper of the visit: its letter, title, source, the agenda item it belongs to and how it came to us."""

    ref: str
    title: str
    source: str
    item: str
    acquisition: Acquisition


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePoint:
    """One note: when it was noticed and entered (since the start of its activity), by whom, and the typed line."""

    activity: str
    item: str
    at: timedelta
    entered: timedelta
    by: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAddendum:
    """Words added to a point afterwards."""

    point: SamplePoint
    by: str
    at: timedelta
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWithdrawal:
    """A point taken out of use."""

    point: SamplePoint
    by: str
    at: timedelta
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFiling:
    """Tags put on a point and taken off it afterwards, both as typed (``#sp- #gm``); secondary tags by ``set/id``."""

    point: SamplePoint
    by: str
    at: timedelta
    adds: str
    removes: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleVisit:
    """Everything of a visit of the sample. ``zone_hours`` is the local offset from UTC on its days.

    ``came_of_it`` is what was made of it afterwards, read by ``sample_fieldwork`` and ``sample_verdict``.
    """

    assessment: str
    subject: SubjectKind
    pack: str
    visit: str
    place: str
    starts_on: date
    ends_on: date
    zone_hours: float
    assessors: tuple[SampleAssessor, ...]
    people: tuple[SamplePerson, ...]
    activities: tuple[SampleActivity, ...]
    risks: tuple[SampleRisk, ...]
    documents: tuple[SampleDocument, ...]
    points: tuple[SamplePoint, ...]
    addenda: tuple[SampleAddendum, ...]
    withdrawals: tuple[SampleWithdrawal, ...]
    filings: tuple[SampleFiling, ...]
    came_of_it: Mapping[str, Any] = field(default_factory=dict)

    @property
    def afterwards(self) -> tuple[SampleAddendum | SampleWithdrawal | SampleFiling, ...]:
        """What was done to points later, in order of time."""
        return tuple(sorted((*self.addenda, *self.withdrawals, *self.filings), key=lambda act: act.at))

    def activity(self, key: str) -> SampleActivity:
        """The activity with this key. Raises ``KeyError`` for any other."""
        found = next((one for one in self.activities if one.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def moment(self, activity: str, offset: timedelta) -> datetime:
        """The moment ``offset`` after the start of an activity, in UTC."""
        planned = self.activity(activity)
        local = datetime.combine(planned.day, time.fromisoformat(planned.starts), tzinfo=UTC)
        return local - timedelta(hours=self.zone_hours) + offset

    def vocabulary(self, *frameworks: Framework) -> Vocabulary:
        """What the lines are read against."""
        return Vocabulary(frameworks=frameworks, people=self.people)

    def read_points(self, *frameworks: Framework) -> Iterator[tuple[SamplePoint, Captured]]:
        """Every point with its line as read."""
        vocabulary = self.vocabulary(*frameworks)
        for point in self.points:
            yield point, parse(point.line, vocabulary)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePlan:
    """The sample's visit and activities as recorded; every vault of the team knows the same."""

    visit: Visit
    activities: Mapping[str, Activity]
