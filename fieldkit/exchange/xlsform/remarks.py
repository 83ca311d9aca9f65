"""What is told about a form before anything of it is kept: by sheet and row, with what became of each thing in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.domain.guide import Guide

_NAME, _FACT = 100, 300
"""Characters that a line shows of a name, and of a fact in its sentence."""


class Verdict(StrEnum):
    """What becomes of one thing in a form."""

    LOADED = "loaded"
    PLAIN = "plain"
    """Kept as a plain question, or without something that cannot be done here."""
    LEFT_OUT = "left_out"
    """Not taken over: it would collect what is not collected here, or is not for a guide."""
    BLOCKING = "blocking"
    """The form cannot be used until this is put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One line of the report. ``row`` counts from 1 as the spreadsheet shows it; 0 is the whole sheet.

    ``name`` is the question's name in the form or the column's head. ``code`` words why; empty for what is loaded
    as it is. ``details`` are the facts of that sentence.
    """

    sheet: str
    row: int
    name: str
    verdict: Verdict
    code: str = ""
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """A form as it was read. ``guide`` is None where something blocks; nothing was kept either way."""

    file: str
    guide: Guide | None
    remarks: tuple[Remark, ...]

    def count(self, verdict: Verdict) -> int:
        """How many rows came to this; of what is left out, how many things."""
        by_name = verdict is Verdict.LEFT_OUT
        return len({(one.sheet, one.row, one.name if by_name else "") for one in self.of(verdict)})

    def of(self, verdict: Verdict) -> tuple[Remark, ...]:
        """The lines of one verdict, in the order of the form."""
        return tuple(one for one in self.remarks if one.verdict is verdict)


class Remarks:
    """Gathers the lines while a form is read; the same one twice counts once."""

    MOST = 5_000
    """Enough for every row of the largest guide, and a limit for a file made to fill the memory."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int, str, Verdict, str], Remark] = {}

    def add(self, sheet: str, row: int, name: str, verdict: Verdict, code: str = "", /, **details: object) -> None:
        """Note one thing. Names and facts are cut to what a line can show."""
        if len(self._lines) < self.MOST or verdict is Verdict.BLOCKING:
            shown = {key: _short(value, _FACT) if isinstance(value, str) else value for key, value in details.items()}
            line = Remark(sheet=sheet, row=row, name=_short(name, _NAME), verdict=verdict, code=code, details=shown)
            self._lines.setdefault((sheet, row, line.name, verdict, code), line)

    def is_blocked(self) -> bool:
        """Whether the form cannot be used."""
        return any(one.verdict is Verdict.BLOCKING for one in self._lines.values())

    def all(self) -> tuple[Remark, ...]:
        """By sheet and row: the survey first, then choices, then settings."""
        order = {"survey": 0, "choices": 1, "settings": 2}
        return tuple(sorted(self._lines.values(), key=lambda one: (order.get(one.sheet, 3), one.sheet, one.row)))


def _short(value: str, longest: int) -> str:
    text = " ".join("".join(char if char.isprintable() else " " for char in value[: 4 * longest]).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
