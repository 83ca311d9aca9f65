"""What stands where in a row of the evidence list, for three widths of the table."""

from __future__ import annotations

from enum import IntEnum

from ui.models.evidence_model import Column
from ui.presenters.evidence.row_words import EvidenceWords
from ui.views.log.row_layout import PAD_Y, Fonts, RowLayout, pill_height, reading_width, tag_height, wrapped

MOST_LINES = 3


class Fold(IntEnum):
    """How much of a row is told in columns; the rest stands under the words of the note."""

    WIDE = 0
    MIDDLE = 1
    NARROW = 2


COLUMNS = {
    Fold.WIDE: tuple(Column),
    Fold.MIDDLE: (Column.SELECT, Column.WHEN, Column.NOTE, Column.STATEMENTS, Column.STATUS),
    Fold.NARROW: (Column.SELECT, Column.NOTE),
}
WIDTHS = {
    Column.SELECT: 38, Column.WHEN: 68, Column.FROM: 104, Column.WHO: 50, Column.STATEMENTS: 88,
    Column.CATEGORIES: 96, Column.STATUS: 116,
}  # fmt: skip
"""Pixels at 100 % text; the note takes the rest."""
STATEMENTS_WITH_CATEGORY = 160
_WIDE, _MIDDLE = 800, 560
_MORE = {Column.FROM: 150, Column.STATEMENTS: 260, Column.CATEGORIES: 60, Column.STATUS: 90}
"""Pixels at 100 % text that are well used beyond ``WIDTHS``: titles whole, a status on one line."""
_READS_WELL = 1000
"""Pixels of a table at 100 % text from which the note has some 60 letters a line, and the others gain."""


def fold_of(width: int, scale: float) -> Fold:
    """The columns a table of this width has room for."""
    if width >= _WIDE * scale:
        return Fold.WIDE
    return Fold.MIDDLE if width >= _MIDDLE * scale else Fold.NARROW


def share(column: Column, width: int, scale: float) -> int:
    """What a column gets of the room that the note does not need, up to what it has use for; pixels."""
    wanted = _MORE.get(column, 0)
    spare = max(width - _READS_WELL * scale, 0)
    return round(min(wanted * scale, spare * wanted / sum(_MORE.values())))


def lay_out(words: EvidenceWords, width: int, fonts: Fonts, fold: Fold) -> RowLayout:
    """``width`` is that of the note's column."""
    inner = reading_width(width, fonts)
    lines = wrapped(words.note.text, fonts.body, inner, MOST_LINES)
    seconds = [line for text in second_lines(words, fold) for line in wrapped(text, fonts.small, inner, 2)]
    body, small = fonts.metrics.lineSpacing(), fonts.small_metrics.lineSpacing()
    height = len(lines) * body + len(seconds) * small + (pill_height(fonts) if words.note.asked else 0)
    if fold is not Fold.NARROW:
        # The other columns: the day over the time, one line a tag, a status of two lines.
        height = max(height, body + small, len(words.note.tags) * tag_height(fonts), 2 * small + 2)
    return RowLayout(lines=tuple(lines), seconds=tuple(seconds), height=height + 2 * PAD_Y, pill=words.note.asked)


def second_lines(words: EvidenceWords, fold: Fold) -> list[str]:
    """What stands under the words of the note."""
    note = words.note
    kind = "" if note.kind == note.text else note.kind
    added = f"{len(note.added)} added" if note.added else ""
    about = [kind, note.later, added, note.withdrawn, note.held, note.restricted, words.contradicted]
    if fold is Fold.WIDE:
        return _joined(about)
    who = " ".join(part for part in (words.who, words.author) if part)
    if fold is Fold.MIDDLE:
        return _joined([words.source, who, *about])
    tags = "; ".join(f"{tag.chip} {tag.category}" for tag in note.tags) or "Not tagged"
    return _joined([words.when, words.source, who]) + _joined(about) + _joined([tags]) + _joined([note.status])


def _joined(parts: list[str]) -> list[str]:
    text = " · ".join(part for part in parts if part)
    return [text] if text else []
