"""What ``fieldkit escalation …`` does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.escalation_rows import EscalationRow
    from fieldkit.app.escalations import NewEscalation
    from fieldkit.app.ports import Questions
    from fieldkit.domain.escalation_policy import Policy
    from fieldkit.kernel.ids import AssessmentId
    from storage.vault import OpenVault


def add_one(desk: Desk) -> int:
    """Durable when this returns; nobody is told."""
    from fieldkit.app.escalations import escalate
    from fieldkit.domain.escalation import Danger, Priority
    from ui.presenters.escalation.words import CALL_FIRST, NOBODY_TOLD, spoken_numbers

    options = desk.options
    if Danger(options.danger) is Danger.YES:
        desk.terminal.remark(f"{CALL_FIRST}.")  # a full disk or a wrong passphrase must not hold that back
    with opened(desk) as vault:
        new = replace(
            _where(desk, vault), danger=Danger(options.danger), what=options.what, who=options.who,
            organisation=options.organisation, priority=Priority(options.priority) if options.priority else None,
        )  # fmt: skip
        new = replace(new, place=options.where or new.place)
        policy = _policy(vault, new.assessment)
        made, _ = vault.perform(lambda uow: escalate(uow, new, policy))
        if made.danger is Danger.YES:
            desk.terminal.remark(spoken_numbers(policy.numbers))
        _show(desk, vault, made.id)
        desk.terminal.remark(NOBODY_TOLD)
    return faults.OK


def contact(desk: Desk) -> int:
    """Who was told."""
    from fieldkit.app.escalations import NewContact, add_contact
    from fieldkit.domain.escalation import How

    options = desk.options
    new = NewContact(
        told=options.told, said=options.said, at=options.at, how=How(options.how), by=options.by,
        answer_due=options.answer_due,
    )  # fmt: skip
    with opened(desk) as vault:
        row = _one(vault.questions, options.escalation)
        vault.perform(lambda uow: add_contact(uow, row.value.id, new))
        _show(desk, vault, row.value.id)
    return faults.OK


def change(desk: Desk) -> int:
    """Priority, criteria, referral."""
    from fieldkit.app.escalations import Decisions, decide
    from fieldkit.domain.escalation import Criterion, Priority, Referral

    options = desk.options
    considered = options.criterion is not None or options.no_criterion
    applies = options.criterion or []
    decisions = Decisions(
        priority=Priority(options.priority) if options.priority else None,
        criteria={one: one.value in applies for one in Criterion} if considered else None,
        referral=Referral(options.referral) if options.referral else None, referral_reference=options.reference,
    )  # fmt: skip
    with opened(desk) as vault:
        row = _one(vault.questions, options.escalation)
        policy = _policy(vault, row.value.assessment)
        vault.perform(lambda uow: decide(uow, row.value.id, decisions, policy))
        _show(desk, vault, row.value.id)
    return faults.OK


def close(desk: Desk) -> int:
    """With its outcome."""
    from fieldkit.app.escalations import close_escalation

    with opened(desk) as vault:
        row = _one(vault.questions, desk.options.escalation)
        vault.perform(lambda uow: close_escalation(uow, row.value.id, desk.options.outcome))
        _show(desk, vault, row.value.id)
    return faults.OK


def reopen(desk: Desk) -> int:
    """Open again."""
    from fieldkit.app.escalations import reopen_escalation

    with opened(desk) as vault:
        row = _one(vault.questions, desk.options.escalation)
        if row.value.is_closed:
            vault.perform(lambda uow: reopen_escalation(uow, row.value.id))
        else:
            desk.terminal.remark("This escalation is open. Nothing was changed")
        _show(desk, vault, row.value.id)
    return faults.OK


def list_all(desk: Desk) -> int:
    """The most urgent first."""
    from fieldkit.app.escalation_rows import escalations
    from ui.cli import choose, words
    from ui.presenters.escalation import words as said

    with opened(desk) as vault:
        questions, asked = vault.questions, desk.options.assessment
        only = choose.assessment(questions, asked).id if asked else None
        rows = [
            row
            for row in escalations(questions, assessment=only)
            if not (desk.options.only_open and row.value.is_closed)
        ]
        now, alone = desk.clock.now(), questions.enrolment() is None
        today = now.astimezone().date()
        table = [
            (
                row.value.priority.value.upper(), " ".join(row.value.what.split())[:60], said.status(row, today),
                said.due(row.value, row, now), said.delivered(row, today, is_alone=alone), said.seen(row, today),
                choose.short(row.value.id),
            )
            for row in rows
        ]  # fmt: skip
    header = ("", "What", "Status", "Clock", "Where it is", "Seen", "Id")
    desk.terminal.show([_facts(row) for row in rows], words.columns(header, table) if rows else "No escalations.")
    return faults.OK


def show(desk: Desk) -> int:
    """Everything of one."""
    from fieldkit.app.escalations import mark_seen

    with opened(desk) as vault:
        row = _one(vault.questions, desk.options.escalation)
        if row.is_news:
            vault.perform(lambda uow: mark_seen(uow, row.value.id))
            desk.terminal.remark("Marked as seen by you. Its author is told so once you have sent.")
        _show(desk, vault, row.value.id)
    return faults.OK


def sheet(desk: Desk) -> int:
    """A file to print."""
    from fieldkit.reports.save import save

    target = Path(desk.options.to)
    with opened(desk) as vault:
        row = _one(vault.questions, desk.options.escalation)
        save(_document(desk, vault, row), target)
    desk.terminal.show(
        {"escalation": row.value.id, "file": str(target)},
        [f"Sheet saved as {target}. It is not encrypted. Delete it when you no longer need it."],
    )
    return faults.OK


def _document(desk: Desk, vault: OpenVault, row: EscalationRow) -> Any:
    from fieldkit.app.escalation_report import sheet_of

    name = vault.questions.assessment(row.value.assessment).name
    return sheet_of(row, name, desk.clock.now(), is_alone=vault.questions.enrolment() is None)


def _where(desk: Desk, vault: OpenVault) -> NewEscalation:
    """From a note, an activity, a visit, or only in an assessment."""
    from fieldkit.app.escalations import NewEscalation
    from fieldkit.kernel.ids import RecordId
    from ui.cli import choose

    options, questions = desk.options, vault.questions
    if options.note:
        note = choose.note(questions, options.note).entry
        return NewEscalation(assessment=note.assessment, visit=note.visit, about=RecordId(note.id))
    if options.activity:
        activity = choose.activity(questions, options.activity)
        return NewEscalation(
            assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), place=activity.place,
            organisation=activity.organisation,
        )  # fmt: skip
    if options.visit:
        visit = choose.visit(questions, options.visit)
        return NewEscalation(assessment=visit.assessment, visit=visit.id, about=RecordId(visit.id), place=visit.place)
    return NewEscalation(assessment=choose.assessment(questions, options.assessment).id)


def _policy(vault: OpenVault, assessment: AssessmentId) -> Policy:
    from fieldkit.app.escalation_policy import policy_here
    from fieldkit.kernel.errors import FieldKitError
    from ui.cli.words import frameworks_of

    try:
        frameworks = frameworks_of(vault.questions.assessment(assessment))
    except FieldKitError:  # its pack is not on this laptop: the shipped times have to do
        frameworks = []
    return policy_here(vault.questions, frameworks[0] if frameworks else None)


def _one(questions: Questions, wanted: str) -> EscalationRow:
    from fieldkit.app.escalation_rows import escalations
    from ui.cli import choose

    rows = escalations(questions)
    return choose.pick("escalation", rows, wanted, lambda row: row.value.what, lambda row: row.value.id)


def _show(desk: Desk, vault: OpenVault, record: Any) -> None:
    from fieldkit.app.escalation_rows import escalation
    from fieldkit.reports.plain import to_plain

    row = escalation(vault.questions, record)
    desk.terminal.show(_facts(row), to_plain(_document(desk, vault, row)).splitlines())


def _facts(row: EscalationRow) -> dict[str, Any]:
    from fieldkit.kernel.clock import to_stamp

    return {
        "id": row.value.id, **row.value.to_content(), "stage": row.stage.value, "author_name": row.row.author_name,
        "opened_by": row.opened_by,
        "is_mine": row.row.is_mine, "status": row.row.status.value, "heads": row.row.heads,
        "delivered_at": to_stamp(row.delivered_at) if row.delivered_at else None,
        "contacts": [{"id": one.record, **one.value.to_content()} for one in row.contacts],
        "seen": [{"by": one.author_name, **one.value.to_content()} for one in row.seen],
    }  # fmt: skip
