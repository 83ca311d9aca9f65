"""What ``fieldkit vault purge`` does: look at, carry out or take back what the office's policy removes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.purging import PurgeRow
    from storage.vault import OpenVault


def purge(desk: Desk) -> int:
    """Remove what is due; with ``--dry-run`` only say what, with ``--again`` have a visit read again."""
    with opened(desk, is_whole=True) as vault:
        if desk.options.again is not None:
            return _again(desk, vault)
        nothing = _why_nothing(vault)
        rows = vault.sync_store.laptop.purge_rows()
        if not desk.options.dry_run:
            vault.sync_store.laptop.purge()
    facts = {"rows": [_facts(row) for row in rows], "removed": not desk.options.dry_run}
    desk.terminal.show(facts, lines_of(rows, is_done=not desk.options.dry_run) or [nothing])
    return faults.OK


def _why_nothing(vault: OpenVault) -> str:
    """Why there is nothing to remove, where there is nothing."""
    from fieldkit.app.policies import kept_days
    from ui.presenters.wording import ui

    if vault.questions.enrolment() is None:
        return "This vault works on its own: nothing is ever removed from it by itself."
    days = kept_days(vault.questions)
    if days is None:
        return "Your office has not decided to remove anything from laptops: everything stays."
    return (
        f"There is nothing to remove. Your office has words and files of a closed visit removed {ui.count(days, 'day')}"
        " after it has all of them, and no closed visit has any here."
    )


def _again(desk: Desk, vault: OpenVault) -> int:
    wanted = desk.options.again.casefold()
    visits = [
        visit for row in vault.questions.assessments() for visit in vault.questions.visits(row.assessment.id)
        if visit.name.casefold() == wanted or (len(wanted) >= 4 and visit.id.endswith(wanted))
    ]  # fmt: skip
    if len(visits) != 1:
        code = "cli.which" if visits else "cli.not_found"
        raise Mistake(code, what="visit", wanted=desk.options.again, choices=", ".join(one.name for one in visits))
    vault.sync_store.laptop.ask_again(visits[0].id, visits[0].assessment)
    words = f"What was removed of {visits[0].name} comes back with the next sending: fieldkit send"
    desk.terminal.show({"visit": visits[0].id, "again": True}, words)
    return faults.OK


def lines_of(rows: list[PurgeRow], *, is_done: bool) -> list[str]:
    """Each visit in a line, and the team's part of it in one of its own."""
    from ui.presenters.wording import sentence, ui

    lines = []
    for row in rows:
        lines += _of_team(row)
        if not (row.notes or row.files or row.staying):
            continue
        what = f"{row.name}: {ui.count(row.notes, 'note or addition', 'notes and additions')}"
        what += f" and {ui.count(row.files, 'file')}" if row.files else ""
        stay = " stays" if row.notes + row.files == 1 else " stay"
        if row.is_due:
            what += " removed; the office has them" if is_done else " would be removed; the office has them"
        elif row.why_not:
            what += f"{stay}. {sentence(row.why_not)}"
        else:
            what += f"{stay} until {row.due_at:%Y-%m-%d}" if row.due_at else stay
        here = f" {ui.count(row.staying, 'note')} of it never left this laptop and"
        lines.append(f"{what}.{here} {'stays' if row.staying == 1 else 'stay'}." if row.staying else f"{what}.")
    return lines


def _of_team(row: PurgeRow) -> list[str]:
    """Team-mates' notes go in a sending alone, since the office is asked about each of them first."""
    from ui.presenters.wording import sentence, ui

    if not (row.team or row.team_files):
        return []
    notes = ui.count(row.team, "note and addition of your team", "notes and additions of your team")
    what = f"{row.name}: {notes}, {ui.count(row.team_files, 'file of your team', 'files of your team')}"
    if row.why_not:
        return [f"{what} stay. {sentence(row.why_not)}."]
    if row.is_team_due:
        return [f"{what} go with the next sending, as far as the office says that it has them: fieldkit send"]
    days = f" until {row.team_due_at:%Y-%m-%d} at least" if row.team_due_at else " until a sending has counted the days"
    return [f"{what} stay{days}."]


def _facts(row: PurgeRow) -> dict[str, Any]:
    from fieldkit.kernel.clock import to_stamp

    return {
        "visit": row.visit, "name": row.name, "notes": row.notes, "files": row.files, "bytes": row.size,
        "staying": row.staying, "due_at": to_stamp(row.due_at) if row.due_at else None, "due": row.is_due,
        "why_not": row.why_not, "team": row.team, "team_files": row.team_files, "team_due": row.is_team_due,
        "team_due_at": to_stamp(row.team_due_at) if row.team_due_at else None,
    }  # fmt: skip
