"""One row of a form made into one question; what cannot be done here is told, and the question is kept without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fieldkit.domain.framework import Framework
from fieldkit.domain.questions import Answer, Choice, Question, Target, Wording
from fieldkit.exchange.xlsform.headers import OURS, Row
from fieldkit.exchange.xlsform.mapping import tied
from fieldkit.exchange.xlsform.remarks import Remarks, Verdict
from fieldkit.exchange.xlsform.sheets import SURVEY
from fieldkit.exchange.xlsform.types import Part, TypeWord

APPEARANCES: Final = frozenset(("minimal", "multiline", "likert", "horizontal"))
_YES: Final = frozenset(("yes", "true", "true()", "1"))
_NO: Final = frozenset(("no", "false", "false()", "0", ""))
MOST_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a row is read with: the packs, the lists of choices, the form's other languages, and the report."""

    frameworks: Sequence[Framework]
    lists: Mapping[str, tuple[Choice, ...]]
    languages: Sequence[str]
    remarks: Remarks


def question_of(row: Row, name: str, section: str, kind: TypeWord, around: Surroundings) -> Question:
    """The question in a row. Its rules are looked at later, when every question's name is known."""
    told = _Told(row, name, around.remarks)
    if kind.part is Part.PLAIN:
        told.plain(kind.code, type=kind.word)
    return Question(
        id=name, text=_text(row, name, told), answer=kind.answer, section=section, hint=row.get("hint"),
        probes=probes_of(row.get("guidance_hint"), row.get(OURS + "probe")),
        i_statements=probes_of(row.get(OURS + "i_statement")), minutes=_minutes(row, told),
        targets=_targets(row, told, around), role=row.get(OURS + "role"), sensitivity=row.get(OURS + "sensitivity"),
        must_quote=_is_yes(row, OURS + "must_quote", told), required=_is_yes(row, "required", told),
        read_only=_is_yes(row, "read_only", told), relevant=row.get("relevant"), constraint=row.get("constraint"),
        constraint_message=row.get("constraint_message"), default=_default(row, told),
        calculation=row.get("calculation") if kind.answer is Answer.CALCULATED else "",
        appearance=_appearance(row, told), parameters=_parameters(row, kind, told), media=row.get("image"),
        choices=_choices(kind, told, around), chosen_from=row.get("choice_filter"), or_other=kind.or_other,
        wordings=tuple(one for language in around.languages if (one := _wording(row, language)) is not None),
    )  # fmt: skip


def probes_of(*cells: str) -> tuple[str, ...]:
    """Follow-ups: one to a line, bullets and dashes before them left out."""
    lines = (line.strip().lstrip("•*–-").strip() for cell in cells for line in cell.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


class _Told:
    """Remarks about one row."""

    def __init__(self, row: Row, name: str, remarks: Remarks) -> None:
        self._row = row
        self._name = name
        self._remarks = remarks

    def plain(self, code: str, /, **details: object) -> None:
        """The question is kept without something."""
        self._remarks.add(SURVEY, self._row.number, self._name, Verdict.PLAIN, code, **details)

    def blocking(self, code: str, /, **details: object) -> None:
        """The form cannot be used as it is."""
        self._remarks.add(SURVEY, self._row.number, self._name, Verdict.BLOCKING, code, **details)


def _text(row: Row, name: str, told: _Told) -> str:
    label = row.get("label")
    if label or row.get("type").casefold() in ("calculate", "start", "end", "today"):
        return label
    if not row.get("hint"):
        told.plain("form.no_words")
    return row.get("hint") or name.replace("_", " ")


def _targets(row: Row, told: _Told, around: Surroundings) -> tuple[Target, ...]:
    found = tied(row.get(OURS + "qs") or row.get("qs"), row.get(OURS + "ec") or row.get("ec"), around.frameworks)
    if found.unknown:
        told.plain("form.statement_unknown", words=", ".join(found.unknown))
    return found.targets


def _minutes(row: Row, told: _Told) -> int:
    written = row.get(OURS + "minutes")
    if not written:
        return 0
    if written.isascii() and written.isdecimal() and int(written[:6]) <= MOST_MINUTES:
        return int(written)
    told.plain("form.minutes", written=written)
    return 0


def _is_yes(row: Row, column: str, told: _Told) -> bool:
    written = row.get(column).casefold()
    if written not in _YES | _NO:
        told.plain("form.yes_or_no", column=column, written=row.get(column))
    return written in _YES


def _default(row: Row, told: _Told) -> str:
    written = row.get("default")
    if "${" in written or "()" in written:
        told.plain("form.default", written=written)
        return ""
    return written


def _appearance(row: Row, told: _Told) -> str:
    written = row.get("appearance").split()
    known = [word for word in written if word.casefold() in APPEARANCES]
    if len(known) < len(written):
        told.plain("form.appearance", written=" ".join(word for word in written if word not in known))
    return " ".join(known)


def _parameters(row: Row, kind: TypeWord, told: _Told) -> str:
    written = row.get("parameters")
    if written and kind.answer is not Answer.RANGE:
        told.plain("form.parameters", written=written)
        return ""
    return written


def _choices(kind: TypeWord, told: _Told, around: Surroundings) -> tuple[Choice, ...]:
    if not kind.choices:
        return ()
    found = around.lists.get(kind.choices)
    if found is None and kind.choices.startswith("${"):
        told.plain("form.choices_from_answers")
    elif found is None:
        told.blocking("form.no_list", list=kind.choices)
    return found or ()


def _wording(row: Row, language: str) -> Wording | None:
    text, hint = row.get("label", language), row.get("hint", language)
    probes = probes_of(row.get("guidance_hint", language))
    return Wording(language=language, text=text, hint=hint, probes=probes) if text or hint or probes else None
