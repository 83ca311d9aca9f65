"""What the writers of the sample's first visit share: a vault, a clock that moves along, notes by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from fieldkit.app.cases import cases_of
from fieldkit.app.noting import note_from
from fieldkit.app.paging import every_note
from fieldkit.app.ports import UnitOfWork, Vault
from fieldkit.app.sample_data import SamplePlan, SampleVisit
from fieldkit.app.touchpoints import touchpoints_of
from fieldkit.capture.parse import parse
from fieldkit.domain.assessment import Activity
from fieldkit.domain.framework import Framework
from fieldkit.domain.questions import Target
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import AssessmentId, EntryId

T = TypeVar("T")
Raw = Mapping[str, Any]
"""A part of the sample's file; ``tests/sample`` reads all of it into a vault, so a slip in it is found there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One person's vault while the sample is written into it."""

    vault: Vault
    clock: FixedClock
    sample: SampleVisit
    plan: SamplePlan
    framework: Framework

    @property
    def assessment(self) -> AssessmentId:
        return self.plan.visit.assessment

    def part(self, name: str) -> Any:
        """A part of what came of the visit."""
        return self.sample.came_of_it[name]

    def do(self, action: Callable[[UnitOfWork], T]) -> T:
        """One transaction."""
        return self.vault.perform(action)[0]

    def activity(self, key: str) -> Activity:
        """As it is planned now: an interview's questions are its items once a guide was chosen."""
        return self.vault.questions.activity(self.plan.activities[key].id)

    def moment(self, activity: str, offset: str) -> datetime:
        """``12:30`` after an activity began."""
        return self.sample.moment(activity, minutes(offset))

    def at(self, activity: str, offset: str) -> None:
        """Move the clock on to it."""
        self.to(self.moment(activity, offset))

    def on(self, day: date, clock_time: str = "12:00") -> None:
        """Move the clock on to a time of a day."""
        local = datetime.combine(day, time.fromisoformat(clock_time), tzinfo=UTC)
        self.to(local - timedelta(hours=self.sample.zone_hours))

    def to(self, moment: datetime) -> None:
        """The clock never goes back."""
        self.clock.advance(max(0.0, (moment - self.clock.now()).total_seconds()))

    def note(self, activity: str, raw: Raw, *, item: str | None = None, targets: Sequence[Target] = ()) -> Any:
        """What ``raw`` says as a note of an activity, not recorded yet."""
        captured = parse(raw["line"], self.sample.vocabulary(self.framework))
        return note_from(
            captured, self.activity(activity), [self.framework], noticed_at=self.moment(activity, raw["at"]),
            agenda_item=item, targets=targets,
        )  # fmt: skip

    def notes(self) -> dict[str, EntryId]:
        """Every note of the first visit by how the sample's file names it."""
        begun = {one.id: (key, self.sample.moment(key, timedelta())) for key, one in self.plan.activities.items()}
        rows = list(every_note(self.vault.questions))
        found = {}
        for row in rows:
            if row.entry.activity in begun:
                key, began = begun[row.entry.activity]
                passed = int((row.entry.noticed_at - began).total_seconds())
                found[f"{key} {passed // 60}:{passed % 60:02}"] = row.entry.id
        about = {row.entry.about: row.entry.id for row in rows if row.entry.about is not None}
        for case in cases_of(self.vault.questions, self.assessment):
            events = touchpoints_of(self.vault.questions, case.id)
            found |= {f"event {number}": about[one.id] for number, one in enumerate(events, 1) if one.id in about}
        return found


def minutes(offset: str) -> timedelta:
    """``12:30`` as a span of time."""
    whole, seconds = offset.split(":")
    return timedelta(minutes=int(whole), seconds=int(seconds))
