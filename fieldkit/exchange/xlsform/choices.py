"""The ``choices`` sheet: lists of answers, with the further columns by which a rule may narrow them down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldkit.domain.questions import Choice, Wording
from fieldkit.exchange.tables import Sheet
from fieldkit.exchange.xlsform.headers import Row, columns, languages, rows
from fieldkit.exchange.xlsform.remarks import Remarks, Verdict
from fieldkit.exchange.xlsform.sheets import CHOICES

_OWN = frozenset(("list_name", "name", "label", "value"))
_NOT_SHOWN = frozenset(("image", "audio", "video", "big-image"))


def read_choices(sheet: Sheet | None, language: str, remarks: Remarks) -> Mapping[str, tuple[Choice, ...]]:
    """The lists by name, each in its order. What lacks a list's name or its own is told and left out."""
    if sheet is None:
        return {}
    heads = columns(sheet, language)
    for column in heads:
        if column.name in _NOT_SHOWN:
            remarks.add(CHOICES, sheet.first, column.written, Verdict.LEFT_OUT, "form.media_of_choice")
    found: dict[str, dict[str, Choice]] = {}
    for row in rows(sheet, heads):
        where, name = row.get("list_name"), row.get("name") or row.get("value")
        if not where or not name:
            remarks.add(CHOICES, row.number, where or name, Verdict.LEFT_OUT, "form.choice_unnamed")
        elif name in found.setdefault(where, {}):
            remarks.add(CHOICES, row.number, name, Verdict.LEFT_OUT, "form.choice_twice", list=where)
        else:
            found[where][name] = _choice(row, name, languages(heads))
    return {where: tuple(choices.values()) for where, choices in found.items()}


def _choice(row: Row, name: str, others: Sequence[str]) -> Choice:
    more = {key: text for (key, language), text in row.cells.items() if not language and key not in _OWN | _NOT_SHOWN}
    return Choice(
        name=name, text=row.get("label") or name, more=more,
        wordings=tuple(
            Wording(language=language, text=row.get("label", language))
            for language in others if row.get("label", language)
        ),
    )  # fmt: skip
