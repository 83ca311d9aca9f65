"""The ``survey`` sheet walked from top to bottom: questions, the sections they stand in, and what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from fieldkit.domain.questions import Question, Section, Wording, is_name
from fieldkit.exchange.tables import Sheet
from fieldkit.exchange.xlsform.headers import Column, Row, rows
from fieldkit.exchange.xlsform.question import Surroundings, question_of
from fieldkit.exchange.xlsform.remarks import Verdict
from fieldkit.exchange.xlsform.sheets import SURVEY
from fieldkit.exchange.xlsform.types import Part, TypeWord, type_of

DEEPEST: Final = 20
"""Groups within groups; nobody reads further, and the reference reader would run out of stack."""


@dataclass(slots=True)
class Survey:
    """What was read. ``at`` is the row of each question and section; ``left_out`` are names no rule may ask for."""

    questions: list[Question] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    _open: list[tuple[str, str, int]] = field(default_factory=list)
    """Name, kind and row of each section that has not ended yet."""

    @property
    def section(self) -> str:
        """The section that is open now."""
        return self._open[-1][0] if self._open else ""


def read_survey(sheet: Sheet, heads: Sequence[Column], around: Surroundings) -> Survey:
    """Walk the rows. Whatever stands in the way of using the form is in the report as blocking."""
    found = Survey()
    for row in rows(sheet, heads):
        if row.get("disabled").casefold() in ("yes", "true"):
            continue
        if not row.get("type"):
            if row.get("name") or row.get("label"):
                _blocked(row, row.get("name"), around, "form.no_type")
            continue
        _row(row, type_of(row.get("type")), found, around)
    for name, kind, at in found._open:
        around.remarks.add(SURVEY, at, name, Verdict.BLOCKING, "form.not_ended", kind=kind)
    return found


def _row(row: Row, kind: TypeWord, found: Survey, around: Surroundings) -> None:
    if kind.part is Part.UNKNOWN:
        _blocked(row, row.get("name"), around, "form.type_unknown", type=kind.word)
    elif kind.part is Part.END:
        _end(row, kind, found, around)
    elif kind.part is Part.LEFT_OUT:
        found.left_out.add(row.get("name"))
        around.remarks.add(
            SURVEY, row.number, row.get("name") or kind.word, Verdict.LEFT_OUT, kind.code, type=kind.word
        )
    elif (name := _name(row, kind, found, around)) and kind.part is Part.BEGIN:
        _begin(row, name, kind, found, around)
    elif name:
        found.questions.append(question_of(row, name, found.section, kind, around))


def _name(row: Row, kind: TypeWord, found: Survey, around: Surroundings) -> str:
    """The row's name; empty where it has none that can be used, and the report says so."""
    name = row.get("name") or ("" if kind.word != "note" else f"note_{row.number}")
    if not name:
        _blocked(row, row.get("label"), around, "form.no_name")
        return ""
    if not is_name(name):
        _blocked(row, name, around, "form.name")
        return ""
    if name in found.at:
        return _renamed(row, name, found, around)
    found.at[name] = row.number
    return name


def _renamed(row: Row, name: str, found: Survey, around: Surroundings) -> str:
    """A name may come again in another section of a form; here each is told by its section as well."""
    fresh = f"{found.section}.{name}" if found.section else name
    if fresh in found.at or not is_name(fresh):
        _blocked(row, name, around, "form.name_twice", first=found.at[name])
        return ""
    around.remarks.add(SURVEY, row.number, name, Verdict.PLAIN, "form.renamed", fresh=fresh)
    found.at[fresh] = row.number
    return fresh


def _begin(row: Row, name: str, kind: TypeWord, found: Survey, around: Surroundings) -> None:
    if len(found._open) >= DEEPEST:
        _blocked(row, name, around, "form.too_deep", most=DEEPEST)
    if kind.code:
        around.remarks.add(SURVEY, row.number, name, Verdict.PLAIN, kind.code, type=kind.word)
    if row.get("repeat_count"):
        around.remarks.add(
            SURVEY, row.number, name, Verdict.PLAIN, "form.repeat_count", written=row.get("repeat_count")
        )  # fmt: skip
    written = row.get("appearance").casefold().split()
    if any(word != "field-list" for word in written):
        around.remarks.add(SURVEY, row.number, name, Verdict.PLAIN, "form.appearance", written=" ".join(written))
    found.sections.append(
        Section(
            id=name, title=row.get("label"), parent=found.section, relevant=row.get("relevant"),
            repeats=kind.repeats, on_one_page="field-list" in written,
            wordings=tuple(
                Wording(language=one, text=row.get("label", one)) for one in around.languages if row.get("label", one)
            ),
        )
    )  # fmt: skip
    found._open.append((name, kind.word, row.number))


def _end(row: Row, kind: TypeWord, found: Survey, around: Surroundings) -> None:
    if not found._open or (found._open[-1][1] in ("repeat",)) != (kind.word in ("repeat",)):
        _blocked(row, row.get("name") or kind.word, around, "form.not_begun", kind=kind.word)
        return
    found._open.pop()


def _blocked(row: Row, name: str, around: Surroundings, code: str, **details: object) -> None:
    around.remarks.add(SURVEY, row.number, name or row.get("type"), Verdict.BLOCKING, code, **details)
