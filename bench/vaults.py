"""Vaults to measure with, made through the real use cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from bench.corpus import note
from bench.passphrase import PASSPHRASE, without_stretching
from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork, Vault
from fieldkit.domain.assessment import Activity, ActivityKind, PackPin, SubjectKind
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import SystemClock
from storage.vault import create_vault

__all__ = [
    "BATCH", "FRAMEWORK", "PASSPHRASE", "a_later_tag", "new_meeting", "new_vault", "plan_another", "record_many",
    "two_tags", "without_stretching",
]  # fmt: skip
BATCH = 500
FRAMEWORK = Library().load("ics", "2023.1")


def new_vault(folder: Path, name: str = "A Bench") -> Vault:
    """A new vault of a person with that name."""
    initials = "".join(word[0] for word in name.split())
    return create_vault(folder, PASSPHRASE, name=name, initials=initials, clock=SystemClock())


def new_meeting(vault: Vault) -> Activity:
    """An assessment with one visit and one meeting in it."""
    pin = PackPin(id=FRAMEWORK.id, version=FRAMEWORK.version, digest=FRAMEWORK.digest)
    subject = SubjectKind.INTEGRATED_CARE_SYSTEM
    assessment, _ = vault.perform(lambda uow: open_assessment(uow, "Bench", subject, [pin]))
    visit, _ = vault.perform(lambda uow: plan_visit(uow, assessment.id, "Visit 1", starts_on=date(2026, 11, 12)))
    plan = partial(plan_activity, visit=visit, kind=ActivityKind.OBSERVATION, title="Board")
    return vault.perform(lambda uow: plan(uow))[0]


def plan_another(vault: Vault, beside: Activity) -> Activity:
    """A second meeting of the same visit, without notes."""

    def plan(uow: UnitOfWork) -> Activity:
        visit = uow.questions.visit(beside.visit)
        return plan_activity(uow, visit, kind=ActivityKind.OBSERVATION, title="Committee")

    return vault.perform(plan)[0]


def two_tags() -> tuple[EvidenceItem, EvidenceItem]:
    """Two tags of the main pack."""
    statements, category = FRAMEWORK.statements, FRAMEWORK.categories[3].id
    return (
        EvidenceItem.new("ics", statements[1].id, category),
        EvidenceItem.new("ics", statements[7].id, category),
    )


def a_later_tag() -> EvidenceItem:
    """A tag that none of those notes has yet."""
    return EvidenceItem.new("ics", FRAMEWORK.statements[9].id, FRAMEWORK.categories[3].id)


def record_many(vault: Vault, activity: Activity, numbers: Sequence[int], characters: int = 1000) -> None:
    """Notes with two tags each, ``BATCH`` to a transaction."""

    def some(uow: UnitOfWork, batch: Sequence[int]) -> None:
        for number in batch:
            record_entry(uow, activity, NewEntry(text=note(number, characters), evidence=two_tags()))

    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        vault.perform(lambda uow, batch=batch: some(uow, batch))  # type: ignore[misc]
