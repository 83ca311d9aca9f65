"""A found note as a line of the palette."""

from __future__ import annotations

from datetime import date

from fieldkit.app.rows import SearchHit
from ui.presenters.palette.items import Item, Kind
from ui.presenters.wording import ui

_MATCH = str.maketrans("", "", "\x02\x03")
"""The marks that search puts round what matched."""


def note_item(hit: SearchHit, visit: str, today: date) -> Item:
    """``14:02 “gap between discharge and community…”``, with its visit at the right, and that it is held."""
    entry = hit.row.entry
    local = entry.noticed_at.astimezone().date()
    when = ui.noticed(entry) if local == today else f"{ui.day(local)} {ui.noticed(entry)}"
    words = " ".join(hit.snippet.translate(_MATCH).split())
    held = ui.BARRED[hit.row.barred] if hit.row.barred else ""
    detail = ". ".join(part for part in (held, visit) if part)
    return Item(kind=Kind.NOTE, target=entry.id, words=f"{when} “{words}”", detail=detail, assessment=entry.assessment)
