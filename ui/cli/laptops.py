"""What ``fieldkit central device …`` does."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import settings_of

if TYPE_CHECKING:
    from central.admin_devices import Laptop
    from fieldkit.reports.lost_laptop import LostLaptop


def list_laptops(desk: Desk) -> int:
    """Every laptop, with what is worth knowing."""
    from central.admin_devices import laptops
    from ui.cli import choose
    from ui.cli.words import columns

    found = laptops(settings_of(desk), desk.clock)
    rows = [
        (choose.short(one.device), one.person, standing_of(one), str(one.high), one.seen_at[:16].replace("T", " "),
         one.valid_until[:10] or "not yet")
        for one in found
    ]  # fmt: skip
    header = ("Laptop", "Of", "Standing", "Holds up to", "Last seen", "Certificate until")
    desk.terminal.show([asdict(one) for one in found], columns(header, rows) if rows else "No laptop is enrolled.")
    return faults.OK


def standing_of(one: Laptop) -> str:
    """A few words on where it stands."""
    from ui.cli import choose
    from ui.cli.words import standing_word

    over = one.is_expired and one.status == "active" and not one.wiped_at
    words = ["certificate over" if over else standing_word(one.status, one.wiped_at)]
    if len(one.goes_on) > 1:
        words.append("copies: " + ", ".join(choose.short(device) for device in one.goes_on))
    elif one.goes_on:
        words.append(f"goes on as {choose.short(one.goes_on[0])}")
    if one.told > one.high:
        words.append(f"told of {one.told}")
    if one.erase_asked and not one.wiped_at:
        words.append("asked to erase")
    return "; ".join(words)


def show(desk: Desk) -> int:
    """What is known of one laptop, on the screen or as a page."""
    from central.admin_devices import report
    from ui.cli.key_words import words_of

    found = report(settings_of(desk), chosen(desk), words_of, desk.clock)
    return _told(desk, found, "")


def lost(desk: Desk) -> int:
    """Stop it, and say what it held."""
    from central.admin_devices import lost as report_lost
    from ui.cli.key_words import words_of

    device = chosen(desk)
    _check_folder(desk)
    options = desk.options
    found = report_lost(
        settings_of(desk), device, words_of, by=options.by, reason=options.reason, clock=desk.clock
    )  # fmt: skip
    return _told(desk, found, "It is stopped: it reads nothing more, and what it may still send waits for you.")


def revoke(desk: Desk) -> int:
    """End a laptop's right to read."""
    from central.admin_devices import stop

    one = found_laptop(desk)
    stop(settings_of(desk), one.device, by=desk.options.by, reason=desk.options.reason, clock=desk.clock)
    words = f"The laptop of {one.person} no longer reads. What it still holds can be handed in and waits for you."
    desk.terminal.show({"device": one.device, "person": one.person}, words)
    return faults.OK


def renew(desk: Desk) -> int:
    """A new certificate after a long absence."""
    from central.admin_devices import renew as renew_it

    one = found_laptop(desk)
    until = renew_it(settings_of(desk), one.device, by=desk.options.by, reason=desk.options.reason, clock=desk.clock)
    words = [f"The laptop of {one.person} reads again from its next sending on; its certificate holds until "
             f"{until[:10]}.", "What it sent in between waits in the inbox: fieldkit central intake list"]  # fmt: skip
    desk.terminal.show({"device": one.device, "person": one.person, "valid_until": until}, words)
    return faults.OK


def erase(desk: Desk) -> int:
    """Ask for its vault to be erased, or take that back."""
    from central.admin_devices import ask_to_erase, take_back_erase

    one, settings, options = found_laptop(desk), settings_of(desk), desk.options
    if options.take_back:
        was = take_back_erase(settings, one.device, by=options.by, clock=desk.clock)
        words = f"The laptop of {one.person} is asked no more." if was else f"The laptop of {one.person} was not asked."
        desk.terminal.show({"device": one.device, "asked": False, "was_asked": was}, words)
        return faults.OK
    ask_to_erase(settings, one.device, by=options.by, reason=options.reason, clock=desk.clock)
    words = (
        f"{one.person} reads of it when the laptop next connects. The vault is erased by them, and only once "
        "everything of it is here."
    )
    desk.terminal.show({"device": one.device, "asked": True}, words)
    return faults.OK


def erased(desk: Desk) -> int:
    """Check a statement of an erased vault, and keep it."""
    from central.admin_devices import take_wiped
    from ui.launch.statements import read_statement
    from ui.presenters.wording import ui

    statement, is_new = take_wiped(settings_of(desk), read_statement(Path(desk.options.file)), desk.clock)
    total = sum(count for _, count in statement.kinds)
    facts = {
        "device": statement.device, "name": statement.name, "records": total, "files": statement.files,
        "at": statement.to_bytes().decode(), "is_new": is_new,
    }  # fmt: skip
    words = [
        f"It holds: {statement.name} erased {ui.count(total, 'record')} and {ui.count(statement.files, 'file')}, and "
        "every chain ends as it does here.", "Kept." if is_new else "It was kept before.",
    ]  # fmt: skip
    desk.terminal.show(facts, words)
    return faults.OK


def found_laptop(desk: Desk) -> Laptop:
    """The laptop that is meant, by its id or the end of it. Raises ``Mistake('cli.not_found' | 'cli.which')``."""
    from central.admin_devices import laptops

    wanted = desk.options.device.casefold()
    found = [
        one for one in laptops(settings_of(desk), desk.clock) if len(wanted) >= 4 and one.device.endswith(wanted)
    ]  # fmt: skip
    if not found:
        raise Mistake("cli.not_found", what="laptop", wanted=desk.options.device)
    if len(found) > 1:
        raise Mistake("cli.which", what="laptop", wanted=wanted, choices=", ".join(one.device for one in found))
    return found[0]


def chosen(desk: Desk) -> str:
    """Its id."""
    return found_laptop(desk).device


def _check_folder(desk: Desk) -> None:
    file = desk.options.report
    if file is not None and not Path(file).expanduser().absolute().parent.is_dir():
        raise Mistake("cli.no_folder", field="report", folder=str(Path(file).expanduser().absolute().parent))


def _told(desk: Desk, found: LostLaptop, last: str) -> int:
    from fieldkit.reports.lost_laptop import compose, summary
    from fieldkit.reports.plain import to_plain
    from fieldkit.reports.save import save

    _check_folder(desk)
    facts: dict[str, Any] = {"summary": summary(found), **_plain(asdict(found))}
    document = compose(found)
    words = [to_plain(document).rstrip()]
    if desk.options.report is not None:
        file = Path(desk.options.report).expanduser().absolute()
        save(document, file)
        facts["report"] = str(file)
        words = [summary(found), f"Page for the report of the incident: {file}"]
    desk.terminal.show(facts, [*words, last] if last else words)
    return faults.OK


def _plain(value: Any) -> Any:
    from datetime import datetime

    from fieldkit.kernel.clock import to_stamp

    if isinstance(value, datetime):
        return to_stamp(value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value
