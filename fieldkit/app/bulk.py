"""Changes to many notes, a few at a time, so that a note being written never waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from fieldkit.app.entries import file_evidence
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.entry import Filing
from fieldkit.domain.evidence import Acquisition, Bearing, EvidenceItem
from fieldkit.domain.framework import Framework, Need
from fieldkit.kernel.ids import EntryId, EvidenceId, new_id


def move_to_category(uow: UnitOfWork, entry: EntryId, category: Callable[[EvidenceItem], str | None]) -> Filing | None:
    """File every tag of a note under another evidence category; ``None`` where nothing changes.

    ``category`` gives the id of the category for a tag, or ``None`` to leave that tag alone. What the tag says of its
    statement stays. Raises ``Mistake('entry.withdrawn')``.
    """
    return change_tags(uow, entry, lambda item: replace(item, category=category(item) or item.category))


def change_tags(uow: UnitOfWork, entry: EntryId, change: Callable[[EvidenceItem], EvidenceItem]) -> Filing | None:
    """Put ``change`` of every tag of a note in its place; ``None`` where nothing changes.

    A tag never changes: it is taken off, and another one with an id of its own put on, so that what a team-mate did to
    the old one meanwhile stays true. Raises ``Mistake('entry.withdrawn')``.
    """
    changed = [(item, wanted) for item in uow.questions.entry(entry).evidence if (wanted := change(item)) != item]
    if not changed:
        return None
    added = [replace(wanted, id=EvidenceId(new_id())) for _, wanted in changed]
    return file_evidence(uow, entry, added, [old.id for old, _ in changed])


def bear(bearing: Bearing) -> Callable[[EvidenceItem], EvidenceItem]:
    """What the evidence says of its statement; a strong strength stays strong as a shortfall, and as nothing else."""
    is_one_way = bearing in (Bearing.STRENGTH, Bearing.SHORTFALL)
    return lambda item: replace(item, bearing=bearing, strong=item.strong and is_one_way)


def came(acquisition: Acquisition) -> Callable[[EvidenceItem], EvidenceItem]:
    """How it came to the team: held already, asked for, or collected."""
    return lambda item: replace(item, acquisition=acquisition)


def category_by_number(
    frameworks: Sequence[Framework], number: int, subject: str
) -> Callable[[EvidenceItem], str | None]:
    """The category Alt+``number`` stands for in each tag's own pack; none where the pack never uses it there."""
    packs = {pack.id: pack for pack in frameworks}

    def wanted(item: EvidenceItem) -> str | None:
        pack = packs.get(item.pack)
        category = pack.category_by(str(number)) if pack is not None else None
        if pack is None or category is None or pack.statement_by(item.statement) is None:
            return None
        return None if pack.need(item.statement, category.id, subject) is Need.NOT_USED else category.id

    return wanted
