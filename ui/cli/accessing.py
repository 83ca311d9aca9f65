"""What ``fieldkit access …`` does, and which record ``fieldkit note add --record`` means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions
    from fieldkit.app.record_access import LookAnswers, LookedAt
    from fieldkit.domain.assessment import Activity
    from fieldkit.kernel.ids import RecordId


def add_look(desk: Desk) -> int:
    """Open a record, with all that has to be said before."""
    from fieldkit.app.record_access import open_record

    with opened(desk) as vault:
        activity = _review(vault.questions, desk.options.activity)
        given = _answers(desk.options)
        made, _ = vault.perform(lambda uow: open_record(uow, activity, given))
    facts = {"id": made.id, **made.to_content()}
    desk.terminal.show(facts, f"{made.reference} is open: {made.what}, {made.whose}. Saved on this laptop")
    return faults.OK


def list_log(desk: Desk) -> int:
    """The access log of an assessment, in the order of time; with ``--out`` as a document."""
    from fieldkit.app.record_access import access_log
    from ui.cli import choose, words
    from ui.presenters.record.words import allowed, printed, times

    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        log = access_log(vault.questions, assessment=assessment.id)
    now = desk.clock.now()
    if desk.options.out:
        from fieldkit.reports.save import save

        save(printed(assessment.name, log, now), Path(desk.options.out))
    table = words.columns(
        ("Look", "When", "Who looked", "Whose", "What", "Power or consent"),
        [
            (
                one.access.reference, times(one.access, now.astimezone().date()), one.row.author_name,
                one.access.whose, one.access.what, allowed(one.access),
            )
            for one in log
        ],
    )  # fmt: skip
    desk.terminal.show({"looks": [_facts(one) for one in log]}, table if log else ["No record was looked at"])
    return faults.OK


def show_look(desk: Desk) -> int:
    """One entry with every answer and the notes of it."""
    from fieldkit.app.rows import EntryFilter
    from fieldkit.kernel.ids import ActivityId
    from ui.cli.words import NoteWords
    from ui.presenters.record.words import HELD, answers, times

    with opened(desk) as vault:
        one = _look(vault.questions, desk)
        rows = vault.questions.entries(EntryFilter(activity=ActivityId(one.access.about), limit=100_000))
        notes = [row for row in rows if row.entry.about == one.row.record]
        said = NoteWords(vault.questions)
        lines = [
            f"{one.access.title}, {times(one.access, desk.clock.now().astimezone().date())}, by {one.row.author_name}",
            *([HELD] if one.is_held else []),
            *(f"{label}: {text}" for label, text in answers(one.access)),
            *(said.line(row) for row in notes),
        ]
    desk.terminal.show({**_facts(one), "notes": [row.entry.id for row in notes]}, lines)
    return faults.OK


def close_look(desk: Desk) -> int:
    """It was put away."""
    from fieldkit.app.record_access import close_record

    with opened(desk) as vault:
        record = _look(vault.questions, desk).row.record
        made, _ = vault.perform(lambda uow: close_record(uow, record))
    desk.terminal.show({"id": made.id, **made.to_content()}, f"{made.reference} is closed. Saved on this laptop")
    return faults.OK


def withdraw_look(desk: Desk) -> int:
    """Consent is taken back."""
    from fieldkit.app.record_access import take_back_consent

    with opened(desk) as vault:
        one = _look(vault.questions, desk)
        vault.perform(lambda uow: take_back_consent(uow, one.row.record, desk.options.reason))
        again = _look(vault.questions, desk)
    desk.terminal.show(_facts(again), f"Consent to {one.access.reference} was taken back. Its notes are held")
    return faults.OK


def record_named(questions: Questions, activity: Activity, reference: str | None) -> RecordId | None:
    """The entry of the access log that a note names. Raises ``Mistake('access.unknown')``."""
    from fieldkit.app.record_access import access_log

    if reference is None:
        return None
    wanted = reference.strip().upper()
    for one in access_log(questions, activity=activity.id):
        if one.access.reference == wanted:
            return one.row.record
    raise Mistake("access.unknown", reference=reference.strip())


def _review(questions: Questions, wanted: str | None) -> Activity:
    from fieldkit.domain.assessment import ActivityKind
    from ui.cli import choose

    if wanted is not None:
        return choose.activity(questions, wanted)
    found = [
        row.activity
        for each in questions.assessments()
        for visit in each.visits
        for row in questions.activities(visit.id)
        if row.activity.kind is ActivityKind.RECORD_REVIEW
    ]
    return choose.pick("record review", found, None, lambda one: one.title, lambda one: one.id)


def _look(questions: Questions, desk: Desk) -> LookedAt:
    from fieldkit.app.record_access import access_log
    from ui.cli import choose

    assessment = choose.assessment(questions, desk.options.assessment)
    wanted = desk.options.record.strip().upper()
    for one in access_log(questions, assessment=assessment.id):
        if one.access.reference == wanted:
            return one
    raise Mistake("access.unknown", reference=desk.options.record.strip())


def _answers(options: Any) -> LookAnswers:
    from fieldkit.app.record_access import LookAnswers
    from fieldkit.domain.record_access import Basis, Capacity, Told

    basis = Basis.POWER if options.power is not None else Basis.CONSENT if options.consent is not None else None
    copied = True if options.copied is not None else False if options.not_copied else None
    return LookAnswers(
        whose=options.whose, what=options.what, system=options.system, covers=options.covers, why=options.why,
        basis=basis, allowed_by=options.power or options.consent or "",
        capacity=Capacity(options.capacity.replace("-", "_")) if options.capacity else None,
        capacity_how=options.capacity_how, told=Told(options.told) if options.told else None,
        told_why=options.told_why, copied=copied, copied_what=options.copied or "", place=options.place,
    )  # fmt: skip


def _facts(one: LookedAt) -> dict[str, Any]:
    return {
        "id": one.row.record, **one.access.to_content(), "looked_by": one.row.author_name, "is_held": one.is_held,
        "status": one.row.status.value,
    }  # fmt: skip
