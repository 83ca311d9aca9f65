"""Blocks as plain text: for the terminal, for golden files that a person can read, and for a printer with no PDF."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import singledispatch

from fieldkit.reports.blocks import (
    Block,
    CodeGroups,
    Document,
    Drawing,
    Heading,
    KeyFacts,
    KeyList,
    Note,
    Paragraph,
    Points,
    Steps,
    Table,
)

WIDTH = 78
_GROUPS_A_ROW = 4


def to_plain(document: Document) -> str:
    """The whole document as text, ending in one newline, no line longer than 78 columns unless a word is."""
    return "".join(plain_parts(document))


def plain_parts(document: Document) -> Iterator[str]:
    """The same in pieces, a block each."""
    yield "".join(f"{one}\n\n" for one in (document.marking, document.kicker) if one)
    yield f"{document.title}\n{'=' * len(document.title)}"
    for block in document.blocks:
        yield f"\n\n{set_block(block)}"
    yield "".join(f"\n\n{one}" for one in (_wrap(document.footer), document.marking) if one)
    yield "\n"


@singledispatch
def set_block(block: Block) -> str:
    """One block as text without a final newline. Raises ``TypeError`` for what is not a block."""
    raise TypeError(f"not a block: {type(block).__name__}")


@set_block.register
def _heading(block: Heading) -> str:
    return f"{block.text}\n{'-' * len(block.text)}" if block.level < 3 else block.text


@set_block.register
def _paragraph(block: Paragraph) -> str:
    return _wrap(block.text)


@set_block.register
def _facts(block: KeyFacts) -> str:
    room = max(len(label) for label, _ in block.facts) + 2
    return "\n".join(_hang(f"{label}:".ljust(room), value or "_" * 30) for label, value in block.facts)


@set_block.register
def _table(block: Table) -> str:
    columns = list(zip(block.header, *block.rows, strict=True))
    rooms = [max(len(cell) for cell in column) for column in columns]
    lines = [_row(block.header, rooms), "  ".join("-" * room for room in rooms)]
    lines.extend(_row(row, rooms) for row in block.rows)
    return "\n".join(([block.caption] if block.caption else []) + lines)


@set_block.register
def _keys(block: KeyList) -> str:
    room = max((len(keys) for keys, _ in block.rows), default=0) + 2
    return "\n".join([block.title, *(_hang(keys.ljust(room), words) for keys, words in block.rows)])


@set_block.register
def _note(block: Note) -> str:
    return "\n".join(f"| {line}".rstrip() for line in (block.title, *textwrap.wrap(block.text, WIDTH - 2)))


@set_block.register
def _steps(block: Steps) -> str:
    return "\n".join(_hang(f"{n:>2}. ", step) for n, step in enumerate(block.steps, 1))


@set_block.register
def _points(block: Points) -> str:
    return "\n".join(_hang("  - ", point) for point in block.points)


@set_block.register
def _groups(block: CodeGroups) -> str:
    numbered = [f"{n}: {group}" for n, group in enumerate(block.groups, 1)]
    return "\n".join([block.label, *("    " + "    ".join(row) for row in _rows(numbered))])


@set_block.register
def _drawing(block: Drawing) -> str:
    return _wrap(f"{block.title}: {block.picture.text}")


def _rows(cells: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(cells), _GROUPS_A_ROW):
        yield cells[start : start + _GROUPS_A_ROW]


def _row(cells: tuple[str, ...], rooms: list[int]) -> str:
    return "  ".join(cell.ljust(room) for cell, room in zip(cells, rooms, strict=True)).rstrip()


def _hang(lead: str, text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False)


def _wrap(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
