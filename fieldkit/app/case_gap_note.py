"""A gap of a pathway made a note that counts: about its event, in the case's activity."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class GapNote:
    """What a person makes of a gap. ``origin`` tells where the words came from when they were not typed."""

    text: str
    evidence: tuple[EvidenceItem, ...] = field(default=())
    origin: str = ""


def note_gap(uow: UnitOfWork, activity: Activity, event: RecordId, note: GapNote) -> Entry:
    """Note a gap about an event of the case that ``activity`` follows.

    Raises ``Mistake('entry.empty')``, ``Mistake('entry.too_long')`` or, without a tag, ``Mistake('gap.no_tag')``: what
    is not tagged counts in no coverage, and a gap is noted to count.
    """
    if not note.evidence:
        raise Mistake("gap.no_tag", field="tags")
    new = NewEntry(text=note.text.strip(), evidence=note.evidence, about=event, origin=note.origin)
    return record_entry(uow, activity, new)
