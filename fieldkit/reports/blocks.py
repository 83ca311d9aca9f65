"""What a printed page is made of, said once, so that PDF, its accessible HTML twin and plain text cannot differ.

Composers return these values; ``pdf``, ``html`` and ``plain`` set them. They hold no markup: text is text, and
each setter escapes it for its own medium.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from fieldkit.reports.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of ``level`` 1 (the document's title) to 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. ``strong`` sets it bold: for the one sentence a reader must not miss."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """Labelled facts, one a line: ``(("Vault", "…"), …)``. An empty value leaves a line to write on by hand."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a header row; every row has as many cells as ``header``.

    ``widths`` are shares of the page's width (any scale); empty = equal. ``room`` is the least height of a row in
    millimetres, for what is written in by hand; 0 = as its words need.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()
    room: int = 0

    def __post_init__(self) -> None:
        if not all(cell.strip() for cell in self.header):
            raise ValueError("a column without a name: a reader of screens would say nothing")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("a row has more or fewer cells than the header")
        if self.widths and len(self.widths) != len(self.header):
            raise ValueError("as many widths as columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A boxed remark with a heading: a warning or something to keep in mind."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What to do, in order; numbered from 1."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points in no particular order."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGroups:
    """A code to be read and typed by hand, in numbered groups of equal length, four to a row."""

    label: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyList:
    """What is typed or pressed, and what it does: the small print of a sheet that hangs beside a desk."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing of lines and words; ``title`` names it."""

    title: str
    picture: Picture


Block: TypeAlias = Heading | Paragraph | KeyFacts | Table | Note | Steps | Points | CodeGroups | KeyList | Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document. ``footer`` stands at the foot of every page, before the page number.

    ``kicker`` is the small line above the title; ``lang`` a BCP 47 tag for screen readers. ``marking`` stands at the
    head and the foot of every page (``OFFICIAL-SENSITIVE`` and the like: pack data).
    """

    title: str
    blocks: tuple[Block, ...]
    kicker: str = ""
    footer: str = ""
    author: str = "FieldKit"
    lang: str = "en-GB"
    marking: str = ""
    is_sheet: bool = False
    """One side in two narrow columns at 9 pt instead of pages at 10.5 pt."""
