"""The ``settings`` sheet: what a form calls itself, and our own columns beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.guide import LIMIT, ConsentScript
from fieldkit.exchange.tables import Sheet
from fieldkit.exchange.xlsform.headers import OURS, Row, columns, rows
from fieldkit.exchange.xlsform.remarks import Remarks, Verdict
from fieldkit.exchange.xlsform.sheets import SETTINGS

_READ = frozenset(
    (
        "form_title",
        "form_id",
        "version",
        "default_language",
        "style",
        "instance_name",
        "name",
        "allow_choice_duplicates",
    )
)
_SENDING = frozenset(("public_key", "submission_url", "auto_send", "auto_delete", "client_editable"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSettings:
    """``consent`` is None where the form brings no words of its own."""

    title: str = ""
    form_id: str = ""
    version: str = ""
    language: str = ""
    kinds: tuple[ActivityKind, ...] = (ActivityKind.INTERVIEW,)
    audience: str = ""
    consent: ConsentScript | None = None


def read_settings(sheet: Sheet | None, remarks: Remarks) -> FormSettings:
    """The settings; nothing in them keeps a form from being read."""
    if sheet is None:
        return FormSettings()
    heads = columns(sheet)
    row = next(rows(sheet, heads), None)
    for column in heads:
        if column.name in _SENDING:
            remarks.add(SETTINGS, sheet.first, column.written, Verdict.LEFT_OUT, "form.sending")
        elif column.name not in _READ and not column.name.startswith(OURS):
            remarks.add(SETTINGS, sheet.first, column.written, Verdict.LEFT_OUT, "form.column")
    if row is None:
        return FormSettings()
    return FormSettings(
        title=row.get("form_title"), form_id=row.get("form_id"), version=row.get("version"),
        language=row.get("default_language"), kinds=_kinds(row, remarks), audience=row.get(OURS + "audience"),
        consent=_consent(row),
    )  # fmt: skip


def _kinds(row: Row, remarks: Remarks) -> tuple[ActivityKind, ...]:
    words = [word for word in re.split(r"[\s,;]+", row.get(OURS + "kinds")) if word]
    known = [ActivityKind(word) for word in words if word in ActivityKind.__members__.values()]
    if len(known) < len(words):
        remarks.add(
            SETTINGS, row.number, "fieldwork::kinds", Verdict.LEFT_OUT, "form.kinds", known=", ".join(ActivityKind)
        )
    return tuple(dict.fromkeys(known)) or (ActivityKind.INTERVIEW,)


def _consent(row: Row) -> ConsentScript | None:
    lines = tuple(line.strip() for line in row.get(OURS + "consent").splitlines() if line.strip())
    if not lines:
        return None
    name, _, version = row.get(OURS + "consent_id").partition("/")
    return ConsentScript(
        id=name.strip() or row.get("form_id") or "form", version=version.strip() or row.get("version") or "1",
        lines=tuple(line for line in lines if line != LIMIT),
    )  # fmt: skip
