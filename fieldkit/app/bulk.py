"""Changes to many notes, a few at a time, so that a note being written never waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldkit.app.entries import file_evidence
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.entry import Filing
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Framework, Need
from fieldkit.kernel.ids import EntryId


def move_to_category(uow: UnitOfWork, entry: EntryId, category: Callable[[EvidenceItem], str | None]) -> Filing | None:
    """File every tag of a note under another evidence category; ``None`` where nothing changes.

    ``category`` gives the id of the category for a tag, or ``None`` to leave that tag alone. What the tag says of its
    statement stays. Raises ``Mistake('entry.withdrawn')``.
    """
    items = uow.questions.entry(entry).evidence
    moved = [(item, wanted) for item in items if (wanted := category(item)) is not None and wanted != item.category]
    if not moved:
        return None
    added = [EvidenceItem.new(old.pack, old.statement, wanted, old.bearing, old.strong) for old, wanted in moved]
    return file_evidence(uow, entry, added, [old.id for old, _ in moved])


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
