"""What ``fieldkit restrict …`` does."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from fieldkit.app.restrictions import NewRestriction, lift, people_named, restrict, standing
from fieldkit.app.rows import RecordRow
from fieldkit.domain.roles import title
from fieldkit.kernel.errors import Mistake
from ui.cli import choose, faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened
from ui.cli.words import columns


def restrict_one(desk: Desk) -> int:
    """Restrict, or restrict anew what I restricted before."""
    options = desk.options
    with opened(desk) as vault:
        about = _target(vault.questions, options.record)
        new = NewRestriction(roles=options.to, people=options.person, reason=options.reason)
        made, _ = vault.perform(lambda uow: restrict(uow, about, new))
        people = people_named(vault.questions, made)
    who = [*(title(role) for role in made.roles), *people]
    words = [
        f"Restricted to {', '.join(who) or 'its author'}, leads and safeguarding leads ({choose.short(made.id)}).",
        "It leaves before anything else. What somebody has read already they have read.",
    ]
    desk.terminal.show({"id": made.id, **made.to_content()}, words)
    return faults.OK


def list_restricted(desk: Desk) -> int:
    """What is restricted, and to whom."""
    with opened(desk) as vault:
        rows = standing(vault.questions)
        table = [
            (
                choose.short(row.record), choose.short(row.value.about),
                ", ".join([*(title(role) for role in row.value.roles), *people_named(vault.questions, row.value)]),
                row.author_name, row.value.reason,
            )
            for row in rows
        ]  # fmt: skip
    facts = [{"id": row.record, **row.value.to_content(), "author": row.author_name} for row in rows]
    head = ("Restriction", "What", "May know", "By", "Why")
    desk.terminal.show(facts, columns(head, table) if rows else ["Nothing is restricted."])
    return faults.OK


def lift_one(desk: Desk) -> int:
    """The team is given the words."""
    with opened(desk) as vault:
        row = _one(standing(vault.questions), desk.options.record)
        vault.perform(lambda uow: lift(uow, row.record))
    words = "Lifted. The office gives the words to the team once it has heard of it."
    desk.terminal.show({"id": row.record, "lifted": True}, words)
    return faults.OK


def _one(rows: list[RecordRow], wanted: str) -> RecordRow:
    found = choose.pick("restriction", rows, wanted, lambda row: row.record, lambda row: row.record)
    return found


def _target(questions: Any, wanted: str) -> str:
    """A note, an activity or a record by its id or the end of it."""
    from ui.cli.recorded import record_named

    with suppress(Mistake):
        return str(choose.note(questions, wanted).entry.id)
    with suppress(Mistake):
        return str(choose.activity(questions, wanted).id)
    return str(record_named(questions, wanted).record)
