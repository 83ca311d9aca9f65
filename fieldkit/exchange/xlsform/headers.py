"""The heads of a form's columns: old and new spellings of one thing, and the language behind ``::``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fieldkit.exchange.tables import Sheet

_SAME: Final[Mapping[str, str]] = {
    "caption": "label", "relevance": "relevant", "readonly": "read_only", "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message", "calculate": "calculation", "command": "type", "requiredmsg":
    "required_message", "jr:requiredmsg": "required_message", "jr:count": "repeat_count", "count": "repeat_count",
    "set_form_title": "form_title", "set_form_id": "form_id", "list name": "list_name", "id_string": "form_id",
    "title": "form_title", "choice filter": "choice_filter",
}  # fmt: skip
_PREFIXES: Final = ("bind", "control", "media", "body")
_TRANSLATED: Final = frozenset(
    ("label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video", "big-image")
)
OURS: Final = "fieldwork::"
KNOWN: Final = frozenset(
    (*_SAME.values(), *_TRANSLATED, "type", "name", "required", "constraint", "default", "appearance", "parameters",
     "disabled", "qs", "ec", "value", "version", "default_language", "style", "instance_name",
     "allow_choice_duplicates", "public_key", "submission_url", "auto_send", "auto_delete", "client_editable")
)  # fmt: skip
"""Columns whose letter case does not matter; those of a list's own are named in rules exactly as they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``name`` in the spelling used here, ``written`` as in the file; ``language`` empty where none is named."""

    at: int
    name: str
    language: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row with something in it, by column name and language. ``number`` is the spreadsheet's own."""

    number: int
    cells: Mapping[tuple[str, str], str]

    def get(self, name: str, language: str = "") -> str:
        """The cell, or empty."""
        return self.cells.get((name, language), "")


def columns(sheet: Sheet, default_language: str = "") -> tuple[Column, ...]:
    """The columns of a sheet by its first row; those of the default language have no language."""
    heads = sheet.rows[0] if sheet.rows else ()
    found = (column_of(at, head) for at, head in enumerate(heads) if head.strip())
    same = default_language.casefold()
    return tuple(
        Column(at=one.at, name=one.name, written=one.written, language="")
        if one.language and one.language.casefold() == same
        else one
        for one in found
    )


def column_of(at: int, head: str) -> Column:
    """What a column's head says: ``Label :: Welsh (cy)``, ``bind:relevant``, ``fieldwork::qs``."""
    written = " ".join(head.split())
    parts = [part.strip() for part in written.split("::" if "::" in written else ":")]
    first = parts[0].casefold()
    if first == "fieldwork":
        return Column(at=at, name=OURS + ":".join(parts[1:]).casefold(), language="", written=written)
    if first == "jr" and len(parts) > 1:
        parts = [":".join(parts[:2]), *parts[2:]]
    elif first in _PREFIXES and len(parts) > 1:
        parts = parts[1:] if parts[1].casefold() != "jr" or len(parts) < 3 else [":".join(parts[1:3]), *parts[3:]]
    name = parts[0].casefold()
    name = _SAME.get(name, name.replace(" ", "_"))
    if name not in KNOWN:
        return Column(at=at, name=written, language="", written=written)
    return Column(at=at, name=name, language="::".join(parts[1:]) if name in _TRANSLATED else "", written=written)


def rows(sheet: Sheet, heads: Sequence[Column]) -> Iterator[Row]:
    """The rows below the heads that have something in a named column; a column told twice gives its first text."""
    for number, cells in enumerate(sheet.rows[1:], start=sheet.first + 1):
        found: dict[tuple[str, str], str] = {}
        for column in heads:
            if column.at < len(cells) and cells[column.at].strip():
                found.setdefault((column.name, column.language), cells[column.at].strip())
        if found:
            yield Row(number=number, cells=found)


def languages(heads: Sequence[Column]) -> tuple[str, ...]:
    """The languages named in the heads, in order, each once."""
    return tuple(dict.fromkeys(one.language for one in heads if one.language))
