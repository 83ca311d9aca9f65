"""What the commands that run a central store do: ``ui.cli.about_running``."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import DATABASE_VARIABLE, settings_of


def migrate(desk: Desk) -> int:
    """Bring the tables up to date."""
    from central.owners import bring_tables_up_to_date
    from central.schema import EXPECTED

    bring_tables_up_to_date(settings_of(desk))
    desk.terminal.show({"tables": EXPECTED}, f"The tables are those of this FieldKit (version {EXPECTED}).")
    return faults.OK


def backup(desk: Desk) -> int:
    """Write a backup."""
    from central.backup import make

    target = Path(desk.options.target).expanduser().absolute()
    told = make(settings_of(desk), target, desk.clock, with_files=desk.options.files)
    desk.terminal.show(
        {"folder": str(target), **_without_pieces(told)}, [f"Backup in {target}, read back whole.", *_standing(told)]
    )
    return faults.OK


def check_backup(desk: Desk) -> int:
    """Read one back."""
    from central.backup import check
    from central.backup_files import gone

    kept = Path(desk.options.backup).expanduser().absolute()
    told = check(kept)
    missing = gone(kept) if desk.options.elsewhere else []
    words = ["The backup is whole.", *_standing(told)]
    words += [f"Not where it should lie: {one}" for one in missing]
    desk.terminal.show(_without_pieces(told) | ({"missing": missing} if desk.options.elsewhere else {}), words)
    return faults.FOUND if missing else faults.OK


def restore(desk: Desk) -> int:
    """Put one into an empty place."""
    from central.backup import restore as put_back
    from central.backup import restored_settings

    options = desk.options
    kept, folder = (Path(name).expanduser().absolute() for name in (options.backup, options.store))
    database = desk.environ.get(DATABASE_VARIABLE, "") if options.database == "-" else options.database
    told = put_back(kept, restored_settings(kept, folder, database))
    words = [
        f"The store of {told['office']} is in {folder}.", *_standing(told),
        f"Serve it: fieldkit central serve {options.store}",
        "Laptops notice by themselves that it was set back, and bring what it lacks.",
    ]  # fmt: skip
    desk.terminal.show({"folder": str(folder), **_without_pieces(told)}, words)
    return faults.OK


def report(desk: Desk) -> int:
    """What a week's report says."""
    from central.weekly import report as made

    found = made(settings_of(desk), desk.clock)
    facts = asdict(found)
    lines = [
        f"{found.office}, {found.at}",
        f"Log        {found.number:,} revisions, epoch {found.epoch}",
        f"           chain {found.chain or 'empty'}",
        f"Audit      {found.audit_number:,} lines",
        f"           head {found.audit_hash or 'empty'}",
        f"Erased     {found.erased:,} by law; {found.holds} legal holds stand",
        f"Waiting    {found.waiting} for a person, {found.webhooks_waiting} calls of webhooks",
        f"Look at    {found.alarms} alarms: fieldkit central show {desk.options.store}",
        f"Files      {found.files:,}, {found.files_missing:,} of them not on this disk",
    ]
    if found.wrong:
        lines += [f"WRONG      {what}" for what in found.wrong]
    desk.terminal.show(facts, lines)
    return faults.FOUND if found.wrong else faults.OK


def audit_list(desk: Desk) -> int:
    """The lines."""
    from central.audit import listed
    from ui.cli.words import columns

    rows = listed(settings_of(desk), desk.options.after, desk.clock)
    table = [(str(one.number), one.at[:16].replace("T", " "), one.actor, one.act, one.about) for one in rows]
    lines = columns(("", "When", "Who", "What", "About"), table)
    desk.terminal.show([asdict(one) for one in rows], lines if rows else "Nothing is on the list.")
    return faults.OK


def audit_verify(desk: Desk) -> int:
    """Prove it."""
    from central.audit import checked

    head, wrong = checked(settings_of(desk), desk.clock)
    facts = {"number": head.number, "hash": head.hash, "wrong": wrong}
    words = [f"{head.number:,} lines; head {head.hash or 'empty'}"]
    words.append(
        "Each follows from those before." if wrong is None else f"Line {wrong:,} was changed, or one before it is gone."
    )
    desk.terminal.show(facts, words)
    return faults.OK if wrong is None else faults.FOUND


def audit_export(desk: Desk) -> int:
    """Write it."""
    from central.audit import exported

    path = Path(desk.options.to).expanduser().absolute()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Mistake("central.backup_exists", field="to", folder=str(path)) from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        count = sum(file.write(line + "\n") > 0 for line in exported(settings_of(desk), desk.clock)) - 1
    desk.terminal.show({"file": str(path), "lines": count}, f"{count:,} lines and their signed head are in {path}.")
    return faults.OK


def webhook_add(desk: Desk) -> int:
    """Tell an address from now on."""
    from central.webhooks import add

    name = desk.options.name.strip()
    secret = add(settings_of(desk), name, desk.options.url, desk.clock)
    words = [
        f"Secret of {name}: {desk.terminal.bold(secret)}",
        "It is shown once. The receiver checks signatures with it.",
    ]
    desk.terminal.show({"name": name, "secret": secret}, words)
    return faults.OK


def webhook_list(desk: Desk) -> int:
    """Show them."""
    from central.webhooks import listed
    from ui.cli.words import columns

    rows = listed(settings_of(desk), desk.clock)
    table = [(one.name, one.url, str(one.waiting), one.said or "nothing yet") for one in rows]
    lines = columns(("Name", "Address", "Waiting", "Said last"), table)
    desk.terminal.show([asdict(one) for one in rows], lines if rows else "There is no webhook.")
    return faults.OK


def webhook_test(desk: Desk) -> int:
    """Try one."""
    from central.webhooks import try_out

    said = try_out(settings_of(desk), desk.options.name, desk.clock)
    is_well = said.startswith("2")
    words = (
        f"{desk.options.name} answered {said}." if said.isdigit() else f"{desk.options.name} was not reached ({said})."
    )
    desk.terminal.show({"name": desk.options.name, "said": said, "ok": is_well}, words)
    return faults.OK if is_well else faults.FOUND


def webhook_remove(desk: Desk) -> int:
    """End one."""
    from central.webhooks import remove

    remove(settings_of(desk), desk.options.name, desk.clock)
    desk.terminal.show({"name": desk.options.name, "removed": True}, f"{desk.options.name} is told no more.")
    return faults.OK


def _without_pieces(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "pieces"} | {"pieces": len(told["pieces"])}


def _standing(told: dict[str, Any]) -> list[str]:
    lines = [
        f"Made at {told['made_at']}, {len(told['pieces']):,} pieces, tables of version {told['tables']}",
        f"Log   {told['number']:,} revisions, chain {told['chain'] or 'empty'}",
        f"Audit {told['audit']['number']:,} lines, head {told['audit']['hash'] or 'empty'}",
    ]
    if told["elsewhere"]:
        count, place = f"{len(told['elsewhere']):,}", told.get("place", "S3")
        only = f"{count} files lie in {place} and are only listed here: back that up too."
        lines.append(only if place else f"{count} files were not on the store’s disk: fieldkit central files check")
    return lines
