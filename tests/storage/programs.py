"""Small programs that tests start, watch and kill: ``python -m tests.storage.programs NAME FOLDER [PLANT]``."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from fieldkit.app.drafts import keep_draft
from fieldkit.app.entries import NewEntry, add_addendum, file_evidence, record_entry, withdraw_entry
from fieldkit.app.rows import Draft, EntryFilter
from fieldkit.kernel.clock import FixedClock
from storage.restore import restore_vault
from storage.vault import OpenVault, open_vault
from tests.support.vaults import PASSPHRASE, a_meeting, do, new_vault, note, quick_keys, tag

CANARY = "marmalade-canary"
"""In everything the day's assessor types."""


def capture(folder: Path, _plant: str) -> None:
    """Record notes for ever; the number of each is told once it is durable."""
    vault = open_vault(folder, PASSPHRASE, _clock())
    activity = vault.questions.activities(vault.questions.assessments()[0].visits[0].id)[0].activity
    for done in itertools.count(vault.questions.info().entries):
        vault.perform(partial(keep_draft, draft=_draft(f"note {done}, half")))
        new = NewEntry(text=f"note {done}", evidence=(tag(),) if done % 2 else ())
        vault.perform(partial(record_entry, activity=activity, new=new, draft="p"))
        print(done, flush=True)
        vault.tidy()


def hold(folder: Path, _plant: str) -> None:
    """Open the vault and keep it open."""
    vault = open_vault(folder, PASSPHRASE, _clock())
    print("open", flush=True)
    sys.stdin.read()
    vault.close()


def day(folder: Path, plant: str) -> None:
    """Everything an assessor does in a day, ended by a crash in the middle of a note."""
    vault = new_vault(folder, _clock())
    if plant == "temp_store":
        vault._db.rows("PRAGMA temp_store=FILE")
    activity = a_meeting(vault, name=f"Northshire {CANARY}")
    for n in range(120):
        vault.perform(partial(keep_draft, draft=_draft(f"{CANARY} draft {n}")))
        note(vault, activity, f"{CANARY} {n} " + f"words of a long talk {n} " * 800, *([tag()] if n % 2 else []))
    _work_on(vault)
    made = Path(vault.backup())
    vault.verify()
    vault.rebuild()
    _ask_much(vault)
    vault._db.run("VACUUM")
    vault.close()
    restored = restore_vault(made, folder, PASSPHRASE, _clock())
    restored.vault.perform(lambda uow: uow.keep_draft(_draft(f"{CANARY} unfinished")))
    restored.vault.perform(lambda uow: _crash(lambda: record_entry(uow, activity, NewEntry(text=f"{CANARY} last"))))


def _ask_much(vault: OpenVault) -> None:
    """Sort 16 MB with a small cache: it spills to wherever temporary files go."""
    vault._db.rows("PRAGMA cache_size=-1000")
    vault._db.rows("SELECT content FROM revisions CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7)) ORDER BY 1")


def _work_on(vault: OpenVault) -> None:
    entries = [row.entry.id for row in vault.questions.entries(EntryFilter(limit=10))]
    do(vault, lambda uow: add_addendum(uow, entries[0], f"{CANARY} addendum", f"{CANARY} reason"))
    do(vault, lambda uow: file_evidence(uow, entries[1], added=[tag()]))
    do(vault, lambda uow: withdraw_entry(uow, entries[2], f"{CANARY} withdrawn"))
    vault.questions.search(f"{CANARY} talk", EntryFilter())
    vault.questions.search("t", EntryFilter(limit=1000))
    do(vault, lambda uow: uow.set_setting("last", CANARY))


def _crash(before: Callable[[], object]) -> None:
    before()
    os._exit(137)


def _draft(text: str) -> Draft:
    return Draft(place="p", text=text, caret=len(text), noticed_at=None, kept_at=datetime(2026, 11, 12, tzinfo=UTC))


def _clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 12, 9, 0, tzinfo=UTC))


if __name__ == "__main__":
    programs = {"capture": capture, "hold": hold, "day": day}
    with quick_keys():
        programs[sys.argv[1]](Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
