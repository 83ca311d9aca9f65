"""Where the words of a log row stand: wrapped text, chips, second lines. Made once per row and width, then kept."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from ui.presenters.log.row_words import RowWords, TagWords

MOST_LINES = 4
"""Longer notes are cut off in the list with an ellipsis; the details show them whole."""
PAD_X, PAD_Y = 10, 7
PILL_PAD, PILL_GAP = 2, 2
LEAST_TITLE = 18
"""Letters beside a chip from which the title of its statement is worth writing there."""
_MOST_LETTERS = 100
"""A line of a note is no longer, however wide the window: the eye loses the next one (ux 3.3 wants 70 for reading)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """The two fonts of a row."""

    body: QFont
    small: QFont

    @property
    def metrics(self) -> QFontMetrics:
        """Of the words."""
        return QFontMetrics(self.body)

    @property
    def small_metrics(self) -> QFontMetrics:
        """Of second lines."""
        return QFontMetrics(self.small)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """The lines of a row's note, its second lines, the words of its pill, and the height that all its columns need."""

    lines: tuple[str, ...]
    seconds: tuple[str, ...]
    height: int
    pill: str = ""


def lay_out(words: RowWords, width: int, fonts: Fonts, *, folded: bool) -> RowLayout:
    """``width`` is that of the note's column. ``folded`` = the other columns are told in second lines."""
    inner = reading_width(width, fonts)
    lines = wrapped(words.text, fonts.body, inner, MOST_LINES)
    seconds: list[str] = []
    for text in second_lines(words, folded=folded):
        seconds += wrapped(text, fonts.small, inner, 2)
    height = len(lines) * fonts.metrics.lineSpacing() + len(seconds) * fonts.small_metrics.lineSpacing()
    height += pill_height(fonts) if words.asked else 0
    if words.day:
        height = max(height, fonts.metrics.lineSpacing() + fonts.small_metrics.lineSpacing())
    if not folded:
        height = max(height, len(words.tags) * tag_height(fonts))
    return RowLayout(lines=tuple(lines), seconds=tuple(seconds), height=height + 2 * PAD_Y, pill=words.asked)


def pill_height(fonts: Fonts) -> int:
    """What a pill takes under the words of a note, with the room above it."""
    return fonts.small_metrics.lineSpacing() + 2 * PILL_PAD + PILL_GAP


def reading_width(width: int, fonts: Fonts) -> int:
    """What of a column's pixels the lines of a note fill."""
    return max(min(width - 2 * PAD_X, fonts.metrics.averageCharWidth() * _MOST_LETTERS), 40)


def second_lines(words: RowWords, *, folded: bool) -> list[str]:
    """What stands under the words: kind, author, written up later, additions, withdrawal, consent."""
    kind = "" if words.kind == words.text else words.kind
    first = " · ".join(part for part in (kind, words.author, words.later) if part)
    found = [first, *words.added, words.withdrawn, words.held, words.restricted, words.remark]
    if folded:
        tags = "; ".join(f"{tag.chip} {tag.category}" for tag in words.tags)
        found.append(" · ".join(part for part in (words.speaker, tags, words.status) if part))
    return [line for line in found if line]


def tag_height(fonts: Fonts) -> int:
    """The height of one tag."""
    return fonts.metrics.lineSpacing() + 4


def chip_rect(tag: TagWords, cell: QRect, place: int, fonts: Fonts) -> QRect:
    """Where the chip of the ``place``-th tag stands in its cell."""
    width = QFontMetrics(fonts.small).horizontalAdvance(tag.chip) + 12
    top = cell.top() + PAD_Y + place * tag_height(fonts)
    return QRect(cell.left() + PAD_X, top, min(width, cell.width() - 2 * PAD_X), fonts.metrics.lineSpacing())


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The lines ``text`` fills at ``width``; the last of ``most`` ends in an ellipsis when there is more."""
    found: list[str] = []
    metrics = QFontMetrics(font)
    for paragraph in text.split("\n"):
        for line in _lines(paragraph, font, width):
            if len(found) == most:
                found[-1] = _with_ellipsis(found[-1], metrics, width)
                return found
            found.append(line)
    return found


def _with_ellipsis(line: str, metrics: QFontMetrics, width: int) -> str:
    """One ellipsis, whether or not the line itself has to give way to it."""
    whole = f"{line.rstrip(' .')}…"
    if metrics.horizontalAdvance(whole) <= width:
        return whole
    return (
        metrics.elidedText(line, Qt.TextElideMode.ElideRight, max(width - metrics.horizontalAdvance("…"), 1)).rstrip(
            " .…"
        )
        + "…"
    )


def _lines(paragraph: str, font: QFont, width: int) -> list[str]:
    if QFontMetrics(font).horizontalAdvance(paragraph) <= width:
        return [paragraph]
    layout = QTextLayout(paragraph, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        if len(found) > MOST_LINES:
            break
    layout.endLayout()
    return found


def least_size(fonts: Fonts) -> QSize:
    """The size of a row of one line."""
    return QSize(0, fonts.metrics.lineSpacing() + 2 * PAD_Y)
