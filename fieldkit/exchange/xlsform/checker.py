"""The one door to pyxform: what the reference reader of XLSForm makes of a form.

What it does not accept, ODK and Kobo do not load either, so such a form is sent back to its author with its words.
It costs 0.4 s to import and needs no Java (its outside validator is never started): call it away from the screens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.exchange.tables import Sheet

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_KOBO_GROUP = re.compile(r"(begin|end)[_ ]+(?:score|rank|kobomatrix|literacytest)(?:\s.*)?", re.IGNORECASE)
_KOBO_ROWS = ("score__row", "rank__level")
_SHEET = re.compile(r"On the '(\w+)' sheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What pyxform says is wrong; ``row`` 0 where it names none. ``words`` are its own, in English."""

    sheet: str
    row: int
    words: str


def complaint_about(sheets: Mapping[str, Sheet]) -> Complaint | None:
    """The first thing that pyxform does not accept; None where it accepts the form."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(_workbook(sheets), validate=False, form_name="form")
    except PyXFormError as problem:
        return _told(str(problem))
    except Exception as problem:  # its own faults: a form it breaks on is one that ODK's tools break on
        return Complaint(sheet="survey", row=0, words=f"{type(problem).__name__}")
    return None


def _told(words: str) -> Complaint:
    row, sheet = _ROW.search(words), _SHEET.search(words)
    plain = " ".join(_ROW.sub("", words).split())
    return Complaint(sheet=sheet[1] if sheet else "survey", row=int(row[1]) if row else 0, words=plain)


def _workbook(sheets: Mapping[str, Sheet]) -> dict[str, object]:
    """As pyxform's own readers give it: a list of rows by head, empty rows kept so that row numbers agree."""
    made: dict[str, object] = {"sheet_names": list(sheets)}
    for name, sheet in sheets.items():
        heads = sheet.rows[0] if sheet.rows else ()
        made[name] = [_row(heads, tuple(_plainly(cell) for cell in cells)) for cells in sheet.rows[1:]]
        made[f"{name}_header"] = [{head: None for head in heads if head}]
    return made


def _plainly(cell: str) -> str:
    """Kobo's own kinds of groups and rows as what they are here: the reference reader knows none of them."""
    group = _KOBO_GROUP.fullmatch(cell.strip())
    return f"{group[1]}_group" if group else "text" if cell.strip() in _KOBO_ROWS else cell


def _row(heads: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    return {head: cell for head, cell in zip(heads, cells, strict=False) if head and cell}
