"""What ``fieldkit central bundle`` does: take in a stick that was brought to the office."""

from __future__ import annotations

from pathlib import Path

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.handed_facts import account_facts
from ui.cli.office import settings_of


def take(desk: Desk) -> int:
    """Take in hand-over files and write receipt files."""
    from central.bundle_folder import take_in
    from fieldkit.kernel.clock import from_stamp
    from ui.presenters.handing_over.words import lines, title

    places = [Path(one).expanduser() for one in desk.options.places]
    receipts = Path(desk.options.receipts).expanduser() if desk.options.receipts else None
    done = take_in(settings_of(desk), places, receipts, desk.clock)
    today = desk.clock.now().astimezone().date()
    facts, words = [], []
    for one in done:
        facts.append(account_facts(one.told) | {"receipt_files": [str(path) for path in one.receipts]})
        words.append(title(one.told, today, from_stamp(one.told.made_at) if one.told.made_at else None))
        words += [f"  {line}" for line in lines(one.told, is_office=True)]
        words += [f"  Receipt file: {path}. Send it back on the stick." for path in one.receipts]
    desk.terminal.show(facts, words)
    return faults.OK if all(one.told.is_whole for one in done) else faults.FOUND
