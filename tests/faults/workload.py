"""What an assessor does, as fast as the program lets them; killed or cut by the campaign at any point.

Run as ``python -m tests.faults.workload FOLDER NOTES [PLANT]``. Before a note is asked for, ``begun`` goes into
``FOLDER/ack``; once the program says it is durable, ``saved``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.drafts import capture_place, keep_draft
from fieldkit.app.entries import NewEntry, add_addendum, record_entry
from fieldkit.app.rows import Draft
from fieldkit.domain.assessment import Activity, ActivityKind, PackPin, SubjectKind
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.clock import SystemClock
from storage import backup, engine, health, keys
from storage.vault import OpenVault, create_vault, open_vault
from tests.faults import cheap_keys
from tests.faults.ledger import BEGUN, SAVED, Ledger

PIN = PackPin(id="ics", version="2023.1", digest="0" * 64)


def plant_normal() -> None:
    """WAL with synchronous=NORMAL: a power cut may lose the latest commits."""
    weaker = (pragma.replace("synchronous=FULL", "synchronous=NORMAL") for pragma in engine._PRAGMAS)
    setattr(engine, "_PRAGMAS", tuple(weaker))  # noqa: B010 - a planted bug, not an assignment of its type


def plant_salt() -> None:
    """Key without salt: SQLCipher then keeps the salt in page 1, where a torn sector destroys the vault."""
    real = keys.database_key

    def without_salt(master: bytearray) -> bytearray:
        return bytearray(bytes(real(master))[:66] + b"'")

    keys.database_key = without_salt
    setattr(engine, "_RAW_KEY", re.compile(rb"x'[0-9a-f]{64}'"))  # noqa: B010 - the engine refuses it otherwise
    backup.on_closing = lambda *_: None  # a copy made under the planted key does not open, and is not the point here


PLANTS: dict[str, Callable[[], None]] = {"normal": plant_normal, "salt": plant_salt, "early_ack": lambda: None}


def meeting(vault: OpenVault) -> Activity:
    """The meeting of this vault; what a kill left unplanned is planned now."""
    rows = vault.questions.assessments()
    if rows:
        assessment = rows[0].assessment
    else:
        subject = SubjectKind.INTEGRATED_CARE_SYSTEM
        assessment, _ = vault.perform(lambda uow: open_assessment(uow, "Campaign", subject, [PIN]))
    visits = rows[0].visits if rows else ()
    if visits:
        visit = visits[0]
    else:
        visit, _ = vault.perform(lambda uow: plan_visit(uow, assessment.id, "Visit 1"))
    for planned in vault.questions.activities(visit.id):
        return planned.activity
    plan = partial(plan_activity, visit=visit, kind=ActivityKind.OBSERVATION, title="Board")
    activity, _ = vault.perform(lambda uow: plan(uow))
    return activity


def one_note(vault: OpenVault, activity: Activity, number: int, ledger: Ledger, *, early: bool) -> None:
    """Type a draft, commit it, and every fifth time add to it."""
    text = f"note {number} of the campaign, long enough to be a real one " + "word " * (number % 80)
    place = capture_place(activity.id)
    clock = SystemClock()
    draft = Draft(place=place, text=text[:20], caret=20, noticed_at=clock.now(), kept_at=clock.now())
    vault.perform(lambda uow: keep_draft(uow, draft))
    tags = (EvidenceItem.new("ics", "learning-culture", "observation"),) if number % 3 else ()
    ledger.note(BEGUN, number, text)
    if early:
        ledger.note(SAVED, number, text)
    new = NewEntry(text=text, evidence=tags)
    entry, _ = vault.perform(lambda uow: record_entry(uow, activity, new, draft=place))
    if not early:
        ledger.note(SAVED, number, text)
    if number % 7 == 0:
        vault.tidy()
    if number % 5 == 0:
        vault.perform(lambda uow: add_addendum(uow, entry.id, "more words", "I remembered more"))


def main(folder: Path, notes: int, plant: str = "") -> None:
    """Create or open the vault in ``folder/vault`` and write ``notes`` notes."""
    cheap_keys.use()
    health._GROWN_PAGES = 20  # move the log into the file often, so that many faults fall into that
    if plant:
        PLANTS[plant]()
    where = folder / "vault"
    if where.exists():
        vault = open_vault(where, cheap_keys.PASSPHRASE, SystemClock())
    else:
        vault = create_vault(where, cheap_keys.PASSPHRASE, name="A Person", initials="AP", clock=SystemClock())
    ledger = Ledger(folder / "ack")
    activity = meeting(vault)
    start = vault.questions.info().entries * 1000
    for number in range(start, start + notes):
        one_note(vault, activity, number, ledger, early=plant == "early_ack")
    ledger.close()
    vault.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
