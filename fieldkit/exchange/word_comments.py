"""Comments in a Word document, and tables in it: read without trust, never run, and nothing fetched.

Only the text of ``word/document.xml`` and ``word/comments.xml`` is looked at. A part is unpacked no further than
``LARGEST_UNPACKED``, whatever it says of its size, and no entity of it is followed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fieldkit.exchange.tables import LARGEST_UNPACKED
from fieldkit.kernel.errors import FieldKitError, Mistake

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN = 60
_WIDEST = 100
"""Columns that one cell may span: more is a hostile file's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordComment:
    """A comment in the margin: whose, and where: the paragraph's number and its first words."""

    number: int
    author: str
    text: str
    paragraph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """A table, cell by cell as it is seen: a cell that spans several columns or rows stands in each of them.

    ``heading`` is the last paragraph above it.
    """

    rows: tuple[tuple[str, ...], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """What a document holds of comments, and its tables."""

    comments: tuple[WordComment, ...]
    tables: tuple[WordTable, ...]


def read_word(data: bytes, file: str) -> WordFile:
    """Raises ``Mistake('accuracy.file_damaged' | 'accuracy.file_too_large')``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            document = _part(parts, "word/document.xml", file)
            comments = _part(parts, "word/comments.xml", file) if "word/comments.xml" in names else None
        return WordFile(comments=tuple(_comments(document, comments)), tables=tuple(_tables(document)))
    except FieldKitError:
        raise
    except Exception as problem:  # zipfile and the XML reader raise whatever a damaged file leads them to
        raise Mistake("accuracy.file_damaged", file=file) from problem


def _part(parts: zipfile.ZipFile, name: str, file: str) -> Any:
    from defusedxml.ElementTree import fromstring

    with parts.open(name) as stream:
        data = stream.read(LARGEST_UNPACKED + 1)
    if len(data) > LARGEST_UNPACKED:
        raise Mistake("accuracy.file_too_large", file=file, most=LARGEST_UNPACKED // 2**20)
    return fromstring(data)


def _comments(document: Any, comments: Any | None) -> Iterator[WordComment]:
    if comments is None:
        return
    where = _anchors(document)
    for number, one in enumerate(comments.iter(f"{_W}comment"), start=1):
        text = "\n".join(_text(paragraph) for paragraph in one.iter(f"{_W}p")).strip()
        yield WordComment(
            number=number, author=str(one.get(f"{_W}author") or ""), text=text,
            paragraph=where.get(str(one.get(f"{_W}id")), ""),
        )  # fmt: skip


def _anchors(document: Any) -> dict[str, str]:
    """By the comment's id where it begins: ``Paragraph 14, ‘We found that …’``; empty paragraphs are not counted."""
    found: dict[str, str] = {}
    number = 0
    for paragraph in document.iter(f"{_W}p"):
        words = " ".join(_text(paragraph).split())
        number += bool(words)
        begun = [one.get(f"{_W}id") for one in paragraph.iter(f"{_W}commentRangeStart")]
        begun += [one.get(f"{_W}id") for one in paragraph.iter(f"{_W}commentReference")]
        for one in begun:
            first = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()} …"
            found.setdefault(str(one), f"Paragraph {number}, ‘{first}’" if words else f"After paragraph {number}")
    return found


def _tables(document: Any) -> Iterator[WordTable]:
    inside = {id(one) for table in document.iter(f"{_W}tbl") for one in table.iter(f"{_W}p")}
    heading = ""
    for one in document.iter():
        if one.tag == f"{_W}p" and id(one) not in inside:
            heading = _text(one).strip() or heading
        elif one.tag == f"{_W}tbl":
            yield WordTable(rows=tuple(_rows(one)), heading=heading)


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    """Rows and cells may lie in content controls; a cell that goes on from the row above has that one's words."""
    above: tuple[str, ...] = ()
    for row in _within(table, "tr"):
        cells: list[str] = []
        for cell in _within(row, "tc"):
            span, goes_on = _spread(cell)
            words = above[len(cells)] if goes_on and len(cells) < len(above) else _cell(cell)
            cells += [words] * span
        above = tuple(cells)
        yield above


def _within(parent: Any, name: str) -> Iterator[Any]:
    for one in parent:
        if one.tag == f"{_W}{name}":
            yield one
        elif one.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _within(one, name)


def _spread(cell: Any) -> tuple[int, bool]:
    """Over how many columns, and whether it goes on from the row above."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    wide = span.get(f"{_W}val", "1") if span is not None else "1"
    goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
    return min(max(int(wide), 1), _WIDEST) if wide.isdecimal() else 1, goes_on


def _cell(cell: Any) -> str:
    return "\n".join(f"{_point(one)}{_text(one)}" for one in cell.iter(f"{_W}p")).strip()


def _point(paragraph: Any) -> str:
    """A point of a list keeps a mark: the one that Word shows is no part of its words."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    is_styled = style is not None and str(style.get(f"{_W}val") or "").startswith("ListBullet")
    return "• " if is_styled or paragraph.find(f"{_W}pPr/{_W}numPr") is not None else ""


def _text(paragraph: Any) -> str:
    """Its words; a tab or a break stays one. What was struck out in tracked changes is not among them."""
    found = []
    for one in paragraph.iter():
        if one.tag == f"{_W}t":
            found.append(one.text or "")
        elif one.tag == f"{_W}tab":
            found.append("\t")
        elif one.tag in (f"{_W}br", f"{_W}cr"):
            found.append("\n")
    return "".join(found)
