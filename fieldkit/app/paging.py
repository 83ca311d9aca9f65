"""All notes that match, page by page, oldest first; nothing holds more than a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow

_PAGE = 500


def every_note(
    questions: Questions, wanted: EntryFilter | None = None, *, page_size: int = _PAGE
) -> Iterator[EntryRow]:
    """Pages are found from the newest back, so their edges are looked up before the first is read again."""
    page_filter = replace(wanted or EntryFilter(), limit=page_size)
    edges: list[int | None] = [None]
    while page := questions.entries(replace(page_filter, before=edges[-1])):
        edges.append(page[0].n)
    for _, before in pairwise(reversed(edges)):
        yield from questions.entries(replace(page_filter, before=before))
