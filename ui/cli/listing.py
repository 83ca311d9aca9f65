"""What ``fieldkit assessment|visit|activity|person list`` does."""

from __future__ import annotations

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened


def list_assessments(desk: Desk) -> int:
    """Assessments with their counts."""
    from ui.cli import choose, facts, words

    with opened(desk) as vault:
        rows = vault.questions.assessments()
    lines = words.columns(
        ("Assessment", "Packs", "Visits", "Notes", "Waiting", "Id"),
        [
            (
                row.assessment.name, ", ".join(f"{pin.id} {pin.version}" for pin in row.assessment.packs),
                str(len(row.visits)), str(row.entries), str(row.waiting), choose.short(row.assessment.id),
            )
            for row in rows
        ],
    )  # fmt: skip
    nothing = 'No assessments yet. Open one: fieldkit assessment add "Northshire"'
    desk.terminal.show([facts.assessment_row(row) for row in rows], lines if rows else nothing)
    return faults.OK


def list_visits(desk: Desk) -> int:
    """Visits, of one assessment or all."""
    from ui.cli import choose, facts, words

    with opened(desk) as vault:
        rows = vault.questions.assessments()
        if desk.options.assessment is not None:
            wanted = choose.assessment(vault.questions, desk.options.assessment)
            rows = [row for row in rows if row.assessment.id == wanted.id]
    found = [(row.assessment, visit) for row in rows for visit in row.visits]
    lines = words.columns(
        ("Visit", "Assessment", "When", "Place", "Id"),
        [
            (one.name, of.name, words.days(one.starts_on, one.ends_on), one.place, choose.short(one.id))
            for of, one in found
        ],
    )
    desk.terminal.show([facts.visit(one) for _, one in found], lines if found else "No visits yet.")
    return faults.OK


def list_activities(desk: Desk) -> int:
    """Activities, of one visit or all."""
    from ui.cli import choose, facts, words

    with opened(desk) as vault:
        asked = desk.options.visit
        visits = [visit for row in vault.questions.assessments() for visit in row.visits]
        wanted = [choose.visit(vault.questions, asked)] if asked is not None else visits
        found = [(visit, row) for visit in wanted for row in vault.questions.activities(visit.id)]
    lines = words.columns(
        ("Activity", "Visit", "Kind", "When", "Agenda", "Notes", "Id"),
        [
            (
                one.activity.title, of.name, one.activity.kind.value.replace("_", " "),
                f"{words.days(one.activity.on, None)} {one.activity.starts}".strip(), str(len(one.activity.items)),
                "cancelled" if one.activity.is_cancelled else str(one.entries), choose.short(one.activity.id),
            )
            for of, one in found
        ],
    )  # fmt: skip
    desk.terminal.show([facts.activity_row(row) for _, row in found], lines if found else "No activities yet.")
    return faults.OK
