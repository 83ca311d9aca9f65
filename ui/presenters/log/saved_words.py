"""What is said when a note is saved: nothing, a word, or the note's time and tags, as the person chose (ux 2.0.5)."""

from __future__ import annotations

from fieldkit.domain.entry import Entry
from fieldkit.domain.framework import Framework
from ui.presenters.log.row_words import RowReader
from ui.presenters.wording import ui


def saved_words(entry: Entry, reader: RowReader, main: Framework, how: str) -> str:
    """``how`` is ``off``, ``short`` (``Saved``) or ``full`` (``Saved 10:42, Learning culture, Observation``)."""
    if entry.is_mark:
        return f"Moment marked {ui.noticed(entry)}"
    if how != "full":
        return "Saved" if how == "short" else ""
    tags = [reader.tag(item) for item in entry.evidence]
    own = main.category_by(entry.category) if entry.category else None
    categories = dict.fromkeys(tag.category_title for tag in tags) or ([own.short] if own else [])
    return ", ".join((f"Saved {ui.noticed(entry)}", *dict.fromkeys(tag.title for tag in tags), *categories))
