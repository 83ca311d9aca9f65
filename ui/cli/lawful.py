"""What the commands about erasure, legal holds and retention do: ``ui.cli.about_law``."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import assessment_named, settings_of

if TYPE_CHECKING:
    from central.erasing import Erased


def erase(desk: Desk) -> int:
    """Destroy a record's content."""
    from central.erasing import erase_record

    options = desk.options
    done = erase_record(
        settings_of(desk), options.id, options.reason, options.by, is_trial=options.dry_run,
        is_only_this=options.only_this, off_disk=options.off_disk, clock=desk.clock,
    )  # fmt: skip
    return _told(desk, done)


def hold_place(desk: Desk) -> int:
    """Place a hold."""
    from central.holds import place

    settings, options = settings_of(desk), desk.options
    where = assessment_named(settings, options.assessment)
    made = place(settings, where.id, options.reason, options.by, options.record, desk.clock)
    words = f"Nothing of {options.record or where.name or where.id} can be erased while hold {made} stands."
    desk.terminal.show({"hold": made, "assessment": where.id, "record": options.record}, words)
    return faults.OK


def hold_lift(desk: Desk) -> int:
    """Lift a hold."""
    from central.holds import lift

    options = desk.options
    lift(settings_of(desk), options.hold, options.reason, options.by, desk.clock)
    desk.terminal.show({"hold": options.hold, "lifted": True}, "The hold is lifted. It stays on record.")
    return faults.OK


def hold_list(desk: Desk) -> int:
    """Show every hold."""
    from central.holds import listed
    from ui.cli.words import columns

    rows = listed(settings_of(desk), desk.clock)
    table = [
        (one.id, one.record or one.assessment, one.reason, f"{one.placed_by}, {one.placed_at[:10]}",
         f"lifted {one.lifted_at[:10]} by {one.lifted_by}: {one.lifted_why}" if one.lifted_at else "stands")
        for one in rows
    ]  # fmt: skip
    lines = columns(("Hold", "On", "Why", "Placed", ""), table)
    desk.terminal.show([asdict(one) for one in rows], lines if rows else "There is no legal hold.")
    return faults.OK


def retention_set(desk: Desk) -> int:
    """Make or change a class."""
    from central.retention import set_class

    options = desk.options
    kinds = dict(_pair(one) for one in options.kind)
    set_class(settings_of(desk), options.name, options.months, kinds, desk.clock)
    said = "".join(f"; {kind} {months}" for kind, months in kinds.items())
    facts = {"name": options.name, "months": options.months, "kinds": kinds}
    desk.terminal.show(facts, f"{options.name}: {options.months} months after closing{said}.")
    return faults.OK


def retention_use(desk: Desk) -> int:
    """Put an assessment into a class."""
    from central.retention import use_class

    settings, options = settings_of(desk), desk.options
    where = assessment_named(settings, options.assessment)
    use_class(settings, where.id, options.name, options.closed, desk.clock)
    closed = f", closed on {options.closed}" if options.closed else ""
    facts = {"assessment": where.id, "class": options.name, "closed": options.closed}
    desk.terminal.show(facts, f"{where.name or where.id} is in the class {options.name}{closed}.")
    return faults.OK


def retention_show(desk: Desk) -> int:
    """Classes, assessments, and what is due."""
    from central.retention import classes, report
    from ui.cli.words import columns

    settings = settings_of(desk)
    known, due = classes(settings, desk.clock), report(settings, desk.clock)
    lines = [f"{one.name}: {one.months} months" + "".join(f", {k} {m}" for k, m in one.kinds.items()) for one in known]
    table = [
        (one.assessment, one.class_name, one.closed_on or "open", str(one.due), str(one.held), str(one.stay),
         one.first_due_on)
        for one in due
    ]  # fmt: skip
    lines += ["", *columns(("Assessment", "Class", "Closed", "Due", "Held", "Stay", "Next due"), table)] if due else []
    facts = {
        "classes": [{**asdict(one), "kinds": dict(one.kinds)} for one in known],
        "due": [asdict(one) for one in due],
    }
    desk.terminal.show(facts, lines or "No class is set. Everything is kept.")
    return faults.OK


def retention_purge(desk: Desk) -> int:
    """Destroy what is due."""
    from central.retention import purge

    options = desk.options
    return _told(desk, purge(settings_of(desk), options.reason, options.by, is_trial=not options.do, clock=desk.clock))


def erasures(desk: Desk) -> int:
    """The orders that this vault knows."""
    from ui.cli.vaults import opened
    from ui.cli.words import columns
    from ui.presenters.wording import ui

    with opened(desk, is_whole=True) as vault:
        store = vault.sync_store.erasures
        if desk.options.comply:
            store.obey(is_allowed=True)
        rows = store.rows()
    said = {"done": "destroyed", "waits": "waits for your word", "later": "waits until the office has it"}
    table = [(one.at[:10], one.kind or "not here", said[one.state], one.reason) for one in rows]
    lines = columns(("Ordered", "What", "", "Why"), table)
    backups = sorted({name for one in rows for name in one.backups})
    if backups:
        lines.append(f"{ui.count(len(backups), 'backup')} made before still hold it: {', '.join(backups)}")
    desk.terminal.show([asdict(one) for one in rows], lines if rows else "The office has ordered nothing away.")
    return faults.FOUND if any(one.state == "waits" for one in rows) else faults.OK


def _told(desk: Desk, done: Erased) -> int:
    from ui.presenters.wording import sentence, ui

    kinds = ", ".join(
        f"{count} {kind or 'not here yet'}" for kind, count in sorted(Counter(one.kind for one in done.targets).items())
    )
    what = f"{ui.count(done.contents, 'content')} and {ui.count(done.files, 'file')} ({kinds or 'nothing'})"
    if done.is_trial:
        desk.terminal.show(asdict(done), f"Would destroy {what}. Nothing was changed.")
        return faults.OK
    words = [f"Destroyed: {what}. Laptops do the same at their next sending.", f"{sentence(f'erased.{done.disk}')}."]
    desk.terminal.show(asdict(done), words)
    return faults.TROUBLE if done.disk in {"seen", "busy"} else faults.OK


def _pair(text: str) -> tuple[str, int]:
    kind, sign, months = text.partition("=")
    if not sign or not months.isdigit():
        raise Mistake("cli.value", what="--kind", given=text)
    return kind.strip(), int(months)
