"""A hundred thousand notes as varied as a year's work: visits, kinds of activity, people, days, tags, marks.

Filters can only be measured on notes of which each filter leaves some out. The shares are those of a busy team: one
note in five untagged, a dozen people of whom three say half of everything, twenty-five days on site.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.corpus import note
from bench.vaults import BATCH, FRAMEWORK
from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork, Vault
from fieldkit.domain.assessment import Activity, ActivityKind, PackPin, SubjectKind
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import AssessmentId

DAYS = 25
VISITS = 5
SPEAKERS = ("ch", "ce", "dn", "md", "fd", "ned", "hw", "vcs", "gp", "sw", "cc", "ph")
FIRST_DAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
_KINDS = (ActivityKind.OBSERVATION, ActivityKind.INTERVIEW, ActivityKind.CASE_TRACK, ActivityKind.DROP_IN)
_AGREED = Answers(
    agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.NAME, quoting=Quoting.YES, name="Named person"
)
"""By name, so that the person codes of the notes may stand in interviews too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An assessment with its activities; those of one visit beside each other."""

    assessment: AssessmentId
    activities: tuple[Activity, ...]


def new_field(vault: Vault) -> Field:
    """An assessment with five visits of four activities each."""
    pin = PackPin(id=FRAMEWORK.id, version=FRAMEWORK.version, digest=FRAMEWORK.digest)

    def plan(uow: UnitOfWork) -> Field:
        assessment = open_assessment(uow, "Northshire", SubjectKind.INTEGRATED_CARE_SYSTEM, [pin])
        visits = [plan_visit(uow, assessment.id, f"Visit {number + 1}") for number in range(VISITS)]
        activities = [
            plan_activity(uow, visit, kind, f"{visit.name} {kind.value}") for visit in visits for kind in _KINDS
        ]
        for activity in activities:
            if activity.kind is ActivityKind.INTERVIEW:
                set_consent(uow, activity.id, _AGREED)
        return Field(assessment=assessment.id, activities=tuple(activities))

    return vault.perform(plan)[0]


def record_varied(vault: Vault, clock: FixedClock, field: Field, numbers: Sequence[int], characters: int = 300) -> None:
    """Record these of the notes, ``BATCH`` to a transaction, in the order of their days."""
    total = numbers[-1] + 1

    def some(uow: UnitOfWork, batch: Sequence[int]) -> None:
        for number in batch:
            activity, new = varied(field, number, total, characters)
            record_entry(uow, activity, new)

    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        day = batch[0] * DAYS // total
        then = FIRST_DAY + timedelta(days=7 * (day // 5) + day % 5, hours=6 * (batch[0] * DAYS % total) / total)
        clock.advance((then - clock.now()).total_seconds())
        vault.perform(lambda uow, batch=batch: some(uow, batch))  # type: ignore[misc]


def varied(field: Field, number: int, total: int, characters: int) -> tuple[Activity, NewEntry]:
    """The ``number``-th note and where it was made."""
    chance = random.Random(number)
    per_visit = len(field.activities) // VISITS
    activity = field.activities[number * VISITS // total * per_visit + chance.randrange(per_visit)]
    drawn = chance.random()
    return activity, NewEntry(
        text=note(number, characters),
        speaker=SPEAKERS[min(int(chance.paretovariate(0.8)) - 1, len(SPEAKERS) - 1)] if chance.random() < 0.7 else None,
        exact=chance.random() < 0.15, follow_up=drawn < 0.04, own_view=0.04 <= drawn < 0.1,
        risk=Risk.POSSIBLE if drawn > 0.998 else Risk.NONE,
        category=chance.choice(FRAMEWORK.categories).id, evidence=_tags(chance),
    )  # fmt: skip


def _tags(chance: random.Random) -> tuple[EvidenceItem, ...]:
    if chance.random() < 0.2:
        return ()
    category = chance.choice(FRAMEWORK.categories).id
    places = {min(int(chance.paretovariate(0.7)) - 1, len(FRAMEWORK.statements) - 1) for _ in range(2)}
    return tuple(EvidenceItem.new(FRAMEWORK.id, FRAMEWORK.statements[place].id, category) for place in sorted(places))
