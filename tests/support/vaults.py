"""Vaults for tests: real encrypted files, without the second that guessing a passphrase is made to take."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Activity, ActivityKind, Assessment, PackPin, SubjectKind, Visit
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId, new_id
from storage.keyfile import FLOOR, Cost
from storage.vault import OpenVault, create_vault

PASSPHRASE = "correct horse battery staple"
PIN = PackPin(id="ics", version="1.0", digest="0" * 64)

T = TypeVar("T")


def _quick(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return hashlib.sha256(f"{cost}".encode() + salt + passphrase.encode()).digest()


@contextmanager
def quick_keys() -> Iterator[None]:
    """Stretch passphrases by one SHA-256 inside this block: a vault then opens in 10 ms, not in 200."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.keys.stretch", _quick)
        yield


def new_vault(folder: Path, clock: Clock, *, name: str = "Ann Other", initials: str = "AO") -> OpenVault:
    """Create a vault at the lowest cost allowed."""
    return create_vault(folder, PASSPHRASE, name=name, initials=initials, clock=clock, cost=FLOOR)


def do(vault: OpenVault, action: Callable[[UnitOfWork], T]) -> T:
    """Run a use case and return its result."""
    return vault.perform(action)[0]


def a_meeting(vault: OpenVault, *, name: str = "Northshire") -> Activity:
    """An assessment with a visit and a board meeting to observe."""

    def plan(uow: UnitOfWork) -> Activity:
        assessment = Assessment(
            id=AssessmentId(new_id()), name=name, subject=SubjectKind.INTEGRATED_CARE_SYSTEM, packs=(PIN,)
        )
        visit = Visit(id=VisitId(new_id()), assessment=assessment.id, name="Visit 1")
        activity = Activity(
            id=ActivityId(new_id()), assessment=assessment.id, visit=visit.id, kind=ActivityKind.OBSERVATION,
            title="System board",
        )  # fmt: skip
        for value in (assessment, visit, activity):
            uow.append(value.id, value, assessment=assessment.id)
        return activity

    return do(vault, plan)


def tag(statement: str = "learning_culture", category: str = "observation") -> EvidenceItem:
    """A new tag of the test pack."""
    return EvidenceItem.new("ics", statement, category)


def note(vault: OpenVault, activity: Activity, text: str, *tags: EvidenceItem) -> Entry:
    """Record a note."""
    return do(vault, lambda uow: record_entry(uow, activity, NewEntry(text=text, evidence=tags)))
