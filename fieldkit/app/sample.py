"""The sample visit in real vaults: planned by the lead, noted by two assessors, as on the day.

Each vault writes with a clock that is moved along the sample's own times, so that the log reads as it would have:
event times, entry times, what was written up later.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.entries import NewEntry, add_addendum, file_evidence, record_entry, withdraw_entry
from fieldkit.app.filter_names import secondary_named
from fieldkit.app.noting import evidence_from, note_from
from fieldkit.app.people import add_person
from fieldkit.app.ports import UnitOfWork, Vault
from fieldkit.app.quality_risks import NewRisk, set_risk
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.sample_data import (
    SampleAddendum,
    SampleFiling,
    SamplePlan,
    SamplePoint,
    SampleVisit,
    SampleWithdrawal,
)
from fieldkit.capture.parse import parse
from fieldkit.domain.assessment import Activity, PackPin
from fieldkit.domain.entry import Entry
from fieldkit.domain.framework import Framework
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import AssessmentId

_PLANNED_BEFORE = timedelta(days=7)


def sample_start(sample: SampleVisit) -> datetime:
    """When the sample's lead plans the visit: where the clock of a sample vault starts."""
    return sample.moment(sample.activities[0].key, -_PLANNED_BEFORE)


def plan_sample(
    vault: Vault, sample: SampleVisit, framework: Framework, assessment: AssessmentId | None = None
) -> SamplePlan:
    """Record the assessment, its visit, people, activities and quality risks in the lead's vault.

    ``assessment`` is the one that the visit belongs to where it is not the first.
    """

    def plan(uow: UnitOfWork) -> SamplePlan:
        pin = PackPin(id=framework.id, version=framework.version, digest=framework.digest)
        of = assessment or open_assessment(uow, sample.assessment, sample.subject, [pin], is_practice=True).id
        visit = plan_visit(
            uow, of, sample.visit, place=sample.place, starts_on=sample.starts_on, ends_on=sample.ends_on
        )
        for person in sample.people:
            add_person(uow, visit, person.code, person.role, person.organisation)
        activities = {
            one.key: plan_activity(
                uow, visit, one.kind, one.title, on=one.day, starts=one.starts, ends=one.ends, place=one.place,
                organisation=one.organisation, items=one.items,
            )
            for one in sample.activities
        }  # fmt: skip
        for risk in sample.risks:
            set_risk(
                uow,
                NewRisk(
                    assessment=of, visit=visit.id, concern=risk.concern, organisation=risk.organisation,
                    level=risk.level, authority=risk.authority, authorised_by=risk.authorised_by,
                    reasons=risk.reasons, review_on=risk.review_on,
                ),
            )  # fmt: skip
        return SamplePlan(visit=visit, activities=activities)

    return vault.perform(plan)[0]


def write_points(
    vault: Vault,
    clock: FixedClock,
    sample: SampleVisit,
    plan: SamplePlan,
    framework: Framework,
    *,
    by: str | None = None,
    until: int | None = None,
    among: Collection[str] | None = None,
) -> int:
    """Record the points noted by the assessor with initials ``by`` (None = everybody's); how many.

    ``until`` stops after so many points, for a visit that is still going on; ``among`` are the keys of the activities
    that are meant (None = all).
    """
    mine = [point for point in sample.points if by in (None, point.by)][:until]
    mine = [point for point in mine if among is None or point.activity in among]
    vocabulary = sample.vocabulary(framework)
    for point in sorted(mine, key=lambda one: sample.moment(one.activity, one.entered)):
        activity = plan.activities[point.activity]
        _move(clock, sample.moment(point.activity, point.entered))
        noticed = sample.moment(point.activity, point.at)
        captured = parse(point.line, vocabulary)
        new = note_from(captured, activity, [framework], noticed_at=noticed, agenda_item=point.item or None)
        vault.perform(_recording(activity, new))
    return len(mine)


def write_afterwards(
    vault: Vault,
    clock: FixedClock,
    sample: SampleVisit,
    plan: SamplePlan,
    framework: Framework,
    *,
    by: str | None = None,
) -> int:
    """Record the addenda, withdrawals and later tags of one assessor (None = everybody's); how many.

    The notes they concern must be in this vault, so a team-mate's must have been pulled first.
    """
    acts = [act for act in sample.afterwards if by in (None, act.by)]
    for act in acts:
        point = act.point
        row = _row_of(vault, sample, plan, point)
        _move(clock, sample.moment(point.activity, act.at))
        vault.perform(_doing(act, row, plan.activities[point.activity], sample, framework))
    return len(acts)


def _recording(activity: Activity, new: NewEntry) -> Callable[[UnitOfWork], Entry]:
    return lambda uow: record_entry(uow, activity, new)


def _doing(
    act: SampleAddendum | SampleWithdrawal | SampleFiling,
    row: EntryRow,
    activity: Activity,
    sample: SampleVisit,
    framework: Framework,
) -> Callable[[UnitOfWork], object]:
    entry = row.entry.id
    if isinstance(act, SampleAddendum):
        return lambda uow: add_addendum(uow, entry, act.text, act.reason)
    if isinstance(act, SampleWithdrawal):
        return lambda uow: withdraw_entry(uow, entry, act.reason)
    vocabulary = sample.vocabulary(framework)
    added = evidence_from(parse(f"x {act.adds}", vocabulary), activity, [framework])
    gone = {tag.statement for tag in parse(f"x {act.removes}", vocabulary).tags}
    removed = tuple(item.id for item in row.evidence if item.statement in gone)
    beside = [SecondaryTag.new(*key) for one in act.also for key in secondary_named(one, [framework])]
    return lambda uow: file_evidence(uow, entry, added, removed, beside)


def _row_of(vault: Vault, sample: SampleVisit, plan: SamplePlan, point: SamplePoint) -> EntryRow:
    """The note of a point, found by where and when it was noticed: no two of the sample agree in both."""
    activity = plan.activities[point.activity]
    noticed = sample.moment(point.activity, point.at)
    rows = vault.questions.entries(EntryFilter(activity=activity.id, limit=1000))
    return next(row for row in rows if row.entry.noticed_at == noticed)


def _move(clock: FixedClock, to: datetime) -> None:
    """Move the clock on to a moment of the sample; it never goes back."""
    clock.advance(max(0.0, (to - clock.now()).total_seconds()))
