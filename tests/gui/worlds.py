"""Vaults to put under the window: built once in a process, then copied in milliseconds for each test.

Everything in them is real (SQLCipher, chains, signatures); only the stretching of the passphrase may be quick.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem, PackPin, SubjectKind
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from storage import keys
from storage.keyfile import FLOOR
from storage.vault import OpenVault, create_vault
from tests.gui.stage import NOON, PASSPHRASE
from ui.places import Places
from ui.presenters.workbench import LAST_PLACE

_BATCH = 500
_SAYINGS = (
    "Chair asked who owns the recovery plan",
    "Ward manager says the papers came on the morning of the meeting",
    "Nobody in the room could name the date of the audit",
    "Patient story read out by the chief nurse; silence, then thanks",
    "Trust, council and hospice describe the same pathway in three ways",
)


def practice(home: Path) -> None:
    """Put the built world of the sample visit into ``home``, so that opening it takes no second."""
    shutil.copytree(_practice(_stretched_by()), Places(home=home).practice)


def own(home: Path, notes: int = 12, *, in_log: bool = False) -> None:
    """Put a person's own vault with one visit and ``notes`` notes into ``home``; its passphrase is ``PASSPHRASE``.

    ``in_log``: unlocking leads into the live log at once.
    """
    shutil.copytree(_own(notes, in_log, _stretched_by()), Places(home=home).vault)


def _stretched_by() -> str:
    """A vault opens only under the kind of stretching it was made with."""
    return keys.stretch.__name__


@cache
def _practice(_stretched: str) -> Path:
    from ui.practice.world import build

    return build(_folder() / "practice", FixedClock(NOON - timedelta(hours=4))).folder


@cache
def _own(notes: int, in_log: bool, _stretched: str) -> Path:
    clock = FixedClock(NOON - timedelta(seconds=notes))
    place = _folder() / "vault"
    vault = create_vault(place, PASSPHRASE, name="Asha Smith", initials="AS", clock=clock, cost=FLOOR)
    try:
        activity = _meeting(vault)
        framework = Library().load("ics", "2023.1")
        for first in range(0, notes, _BATCH):
            numbers = range(first, min(first + _BATCH, notes))
            vault.perform(partial(_record, activity=activity, numbers=numbers, framework=framework, clock=clock))
        if in_log:
            vault.perform(lambda uow: uow.set_setting(LAST_PLACE, f"log {activity.id}"))
    finally:
        vault.close()
    return place


def _meeting(vault: OpenVault) -> Activity:
    ref = Library().available()[0]
    pin = PackPin(id=ref.id, version=ref.version, digest=ref.digest)

    def plan(uow: UnitOfWork) -> Activity:
        assessment = open_assessment(uow, "Northshire ICS", SubjectKind.INTEGRATED_CARE_SYSTEM, [pin])
        visit = plan_visit(uow, assessment.id, "Visit 1", starts_on=date(2026, 11, 12))
        titles = ("Welcome", "Quality report", "Workforce report", "Any other business")
        items = [AgendaItem(id=f"{at:08x}", title=title) for at, title in enumerate(titles)]
        return plan_activity(uow, visit, ActivityKind.OBSERVATION, "ICB board", starts="09:30", items=items)

    return vault.perform(plan)[0]


def _record(
    uow: UnitOfWork, activity: Activity, numbers: Sequence[int], framework: Framework, clock: FixedClock
) -> None:
    for number in numbers:
        clock.advance(1)
        evidence = _tags(framework, number) if number % 3 else ()
        item = activity.items[number % len(activity.items)].id
        words = f"{_SAYINGS[number % len(_SAYINGS)]} ({number + 1})"
        record_entry(uow, activity, NewEntry(text=words, evidence=evidence, agenda_item=item))


def _tags(framework: Framework, number: int) -> tuple[EvidenceItem, ...]:
    statements = framework.statements
    statement, category = statements[number % (len(statements) - 3)], framework.categories[number % 5]
    return (EvidenceItem.new(framework.id, statement.id, category.id),)


@cache
def _folder_of() -> Callable[[], Path]:
    root = Path(tempfile.mkdtemp(prefix="fieldkit-worlds-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return lambda: Path(tempfile.mkdtemp(dir=root))


def _folder() -> Path:
    return _folder_of()()
