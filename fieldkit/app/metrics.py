"""Use cases of imported metrics: what a file would bring, keep what is new or changed, and which figures stand.

A figure is held evidence: it is filed under statements like any note, marked as held, and nobody changes it by hand. A
newer import that says otherwise takes the older one's place and names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from fieldkit.app.assessments import introduce_author, plan_activity
from fieldkit.app.metric_file import MetricReading, MetricRow
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep
from fieldkit.app.rows import RecordRow
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.entry import Entry, Withdrawal
from fieldkit.domain.evidence import Acquisition, EvidenceItem
from fieldkit.domain.metric import BEST, Metric, figure
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, EntryId, EvidenceId, RecordId, new_id

ACTIVITY = "Held figures"
"""The activity that imported figures are kept with: nobody went anywhere for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricPlan:
    """What keeping a file would do. ``changed`` are rows with the figure that they would stand in place of."""

    reading: MetricReading
    new: tuple[MetricRow, ...]
    changed: tuple[tuple[MetricRow, Metric], ...]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept."""

    new: int
    changed: int
    same: int


def standing_metrics(questions: Questions, assessment: AssessmentId) -> list[RecordRow]:
    """The figures that stand, newest first: those that no newer import took the place of.

    Where two laptops imported one file, the figure is shown once: the one whose note stands (``twins``).
    """
    rows = sorted(questions.records(Metric.KIND, assessment=assessment), key=lambda row: row.record)
    gone = {row.value.older for row in rows}
    found: dict[tuple[object, ...], RecordRow] = {}
    for row in rows:
        if row.record not in gone:
            found.setdefault((row.value.key, row.value.said), row)
    return list(reversed(found.values()))


def is_of_figures(activity: Activity) -> bool:
    """Whether it is the one that imported figures are kept with."""
    return activity.title == ACTIVITY and activity.kind is ActivityKind.RECORD_REVIEW


def twins(questions: Questions, assessment: AssessmentId | None = None) -> list[tuple[Metric, Metric]]:
    """Figures that a second laptop kept from the same file too, each with the one that stands; its note still counts.

    The one with the lower id stands, because that is the same on every laptop and needs no clock.
    """
    rows = sorted((row.value for row in questions.records(Metric.KIND, assessment=assessment)), key=lambda one: one.id)
    same: dict[tuple[object, ...], list[Metric]] = {}
    for one in rows:
        same.setdefault((one.assessment, one.key, one.said), []).append(one)
    found = []
    for several in same.values():
        if len(several) > 1:
            counting = [one for one in several if _counts(questions, one)]
            found += [(one, counting[0]) for one in counting[1:]]
    return found


def join_twins(uow: UnitOfWork) -> int:
    """One figure, one note: the second note of each counts no more; both accounts stay, and why stands with it."""
    found = twins(uow.questions)
    for one, stands in found:
        reason = f"The same figure was imported on another laptop: {stands.file}, row {stands.row}"
        _withdraw(uow, one, reason)
    return len(found)


def plan_metrics(questions: Questions, assessment: AssessmentId, reading: MetricReading) -> MetricPlan:
    """Hold a file against the figures that stand; nothing is written."""
    there: dict[tuple[str, str, str], Metric] = {}
    for row in standing_metrics(questions, assessment):
        there.setdefault(row.value.key, row.value)
    new = tuple(row for row in reading.rows if row.key not in there)
    known = [(row, there[row.key]) for row in reading.rows if row.key in there]
    changed = tuple((row, old) for row, old in known if _said(row) != old.said)
    return MetricPlan(reading=reading, new=new, changed=changed, same=len(known) - len(changed))


def keep_metrics(uow: UnitOfWork, assessment: AssessmentId, reading: MetricReading, *, only_good: bool = False) -> Kept:
    """Keep what is new or changed, all of it or nothing.

    Raises ``Mistake``: ``metric.wrong_rows`` (unless ``only_good`` leaves them out), ``metric.nothing_new``,
    ``metric.no_visit``.
    """
    if reading.wrong and not only_good:
        first = reading.wrong[0].details["row"]
        raise Mistake("metric.wrong_rows", field="file", count=len(reading.wrong), row=first)
    join_twins(uow)
    plan = plan_metrics(uow.questions, assessment, reading)
    if not plan.new and not plan.changed:
        raise Mistake("metric.nothing_new", field="file", file=reading.file)
    activity = _activity(uow, assessment)
    for row in plan.new:
        _keep(uow, activity, reading.file, row, None)
    for row, older in plan.changed:
        made = _keep(uow, activity, reading.file, row, older)
        _replace(uow, assessment, older, made)
    return Kept(new=len(plan.new), changed=len(plan.changed), same=plan.same)


def sentence_of(metric: Metric | MetricRow) -> str:
    """The figure as its note says it: everything that makes it evidence, and which end is best."""
    value = figure(metric.value, metric.unit)
    return (
        f"{metric.metric}: {value} ({BEST[metric.polarity]}). {metric.organisation}, {metric.period}. "
        f"Source: {metric.source}"
    )


def best_first(metrics: Iterable[Metric]) -> list[tuple[str, list[Metric]]]:
    """Figures by metric and period, each group by its own best end: figures of unlike ends never share a list.

    A figure with a sign before it (``<5``) is put by its number.
    """
    groups: dict[tuple[str, str], list[Metric]] = {}
    for one in metrics:
        groups.setdefault((one.polarity.value, one.metric), []).append(one)
    found = []
    for (_, name), members in sorted(groups.items(), key=lambda item: (item[0][1].casefold(), item[0][0])):
        down = members[0].polarity.value == "higher_is_better"
        ordered = sorted(members, key=lambda one: (one.period, one.organisation))
        found.append((f"{name}, {BEST[members[0].polarity]}", sorted(ordered, key=_number, reverse=down)))
    return found


def _number(metric: Metric) -> Fraction:
    """For order alone; the figure itself stays as it was written."""
    kept = "".join(char for char in metric.value.replace("\N{MINUS SIGN}", "-") if char.isdigit() or char in "-.")
    return Fraction(kept)


def _said(row: MetricRow) -> tuple[object, ...]:
    return row.value, row.unit, row.source, row.polarity


def _activity(uow: UnitOfWork, assessment: AssessmentId) -> Activity:
    """The one there is on any visit, else a new one on the first visit."""
    visits = uow.questions.visits(assessment)
    if not visits:
        raise Mistake("metric.no_visit", field="file")
    for visit in visits:
        for row in uow.questions.activities(visit.id):
            if is_of_figures(row.activity):
                return row.activity
    first: Visit = visits[0]
    return plan_activity(uow, first, ActivityKind.RECORD_REVIEW, ACTIVITY)


def _keep(uow: UnitOfWork, activity: Activity, file: str, row: MetricRow, older: Metric | None) -> Metric:
    now: datetime = uow.clock.now()
    introduce_author(uow, activity.assessment)
    metric = Metric(
        id=RecordId(new_id()), assessment=activity.assessment, entry=EntryId(new_id()), metric=row.metric,
        value=row.value, unit=row.unit, organisation=row.organisation, period=row.period, source=row.source,
        polarity=row.polarity, file=file, row=row.row, older=older.id if older is not None else None,
    )  # fmt: skip
    zone = now.astimezone().strftime("%z")
    entry = Entry(
        id=metric.entry, assessment=activity.assessment, visit=activity.visit, activity=activity.id, agenda_item=None,
        noticed_at=now, entered_at=now, zone=f"{zone[:3]}:{zone[3:5]}", text=sentence_of(metric), about=metric.id,
        category=row.tags[0].category, origin=f"Held, imported from {file}, row {row.row}",
        evidence=tuple(
            EvidenceItem(
                id=EvidenceId(new_id()), pack=tag.pack, statement=tag.statement, category=tag.category,
                acquisition=Acquisition.HELD,
            )
            for tag in row.tags
        ),
    )  # fmt: skip
    keep(uow, metric)
    uow.append(entry.id, entry, assessment=entry.assessment)
    return metric


def _replace(uow: UnitOfWork, assessment: AssessmentId, older: Metric, newer: Metric) -> None:
    """The older figure's note counts no more; why, and by what, stands with it.

    All notes of the same figure: two laptops may have kept it from one file.
    """
    for row in uow.questions.records(Metric.KIND, assessment=assessment):
        value = row.value
        if value.key != older.key or value.said != older.said or value.id == newer.id:
            continue
        if _counts(uow.questions, value):
            _withdraw(uow, value, f"A newer import says otherwise: {newer.file}, row {newer.row}")


def _counts(questions: Questions, metric: Metric) -> bool:
    """Whether its note is on this laptop and was not withdrawn."""
    try:
        return questions.entry(metric.entry).withdrawal is None
    except Mistake:
        return False


def _withdraw(uow: UnitOfWork, metric: Metric, reason: str) -> None:
    gone = Withdrawal(
        id=RecordId(new_id()), assessment=metric.assessment, entry=metric.entry, reason=reason,
        over=uow.questions.added_to(metric.entry),
    )  # fmt: skip
    uow.append(gone.id, gone, assessment=metric.assessment)
