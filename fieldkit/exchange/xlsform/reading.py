"""A form read whole: the guide it makes, and a report by sheet and row of what became of everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from fieldkit.domain.asking import can_run
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import ConsentScript, Guide
from fieldkit.domain.questions import Question, Section
from fieldkit.domain.rules.parser import read_rule
from fieldkit.exchange.tables import Book, Sheet
from fieldkit.exchange.xlsform.checker import complaint_about
from fieldkit.exchange.xlsform.choices import read_choices
from fieldkit.exchange.xlsform.headers import OURS, Column, column_of, columns, languages
from fieldkit.exchange.xlsform.question import Surroundings
from fieldkit.exchange.xlsform.remarks import FormReading, Remarks, Verdict
from fieldkit.exchange.xlsform.settings import FormSettings, read_settings
from fieldkit.exchange.xlsform.sheets import CHOICES, SETTINGS, SURVEY, form_sheets
from fieldkit.exchange.xlsform.survey import Survey, read_survey
from fieldkit.kernel.ids import AssessmentId, RecordId

_READ: Final = frozenset(
    ("type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint", "constraint_message",
     "default", "read_only", "calculation", "appearance", "parameters", "choice_filter", "image", "disabled", "qs",
     "ec", "repeat_count")
)  # fmt: skip
_NAMED: Final = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
_IN_LANGUAGES: Final = ("label", "hint", "guidance_hint")
_OURS: Final = frozenset(
    OURS + name for name in ("qs", "ec", "probe", "role", "must_quote", "minutes", "sensitivity", "i_statement")
)


def read_form(book: Book, file: str, frameworks: Sequence[Framework], script: ConsentScript) -> FormReading:
    """Read the form in ``book``. ``script`` is read out where the form brings no words of its own.

    Nothing raises for what a form says: it is all in the report. ``guide`` is None where something blocks.
    """
    sheets, remarks = form_sheets(book), Remarks()
    if SURVEY not in sheets:
        names = ", ".join(sheet.name for sheet in book.sheets)
        remarks.add(SURVEY, 0, "", Verdict.BLOCKING, "form.no_survey", sheets=names)
        return FormReading(file=file, guide=None, remarks=remarks.all())
    _other_sheets(sheets, remarks)
    settings = read_settings(sheets.get(SETTINGS), remarks)
    language = _language(sheets[SURVEY], settings)
    heads = columns(sheets[SURVEY], language)
    _columns(sheets[SURVEY], heads, remarks)
    if remarks.is_blocked():  # without its columns no row can be told from another
        return FormReading(file=file, guide=None, remarks=remarks.all())
    survey = read_survey(sheets[SURVEY], heads, Surroundings(
        frameworks=frameworks, lists=read_choices(sheets.get(CHOICES), language, remarks), languages=languages(heads),
        remarks=remarks,
    ))  # fmt: skip
    _rules(survey, remarks)
    _without_left_out(survey)
    if not any(one.is_asked for one in survey.questions):
        remarks.add(SURVEY, 0, "", Verdict.BLOCKING, "form.no_questions")
    if not remarks.is_blocked() and (found := complaint_about(sheets)) is not None:
        first = sheets[found.sheet].first if found.sheet in sheets else 1
        row = found.row + first - 1 if found.row else 0
        remarks.add(found.sheet, row, "", Verdict.BLOCKING, "form.checker", words=found.words)
    guide = None if remarks.is_blocked() else _guide(survey, settings, language, book.name, file, script)
    _loaded(survey, remarks)
    return FormReading(file=file, guide=guide, remarks=remarks.all())


def _guide(survey: Survey, settings: FormSettings, language: str, name: str, file: str, script: ConsentScript) -> Guide:
    used = {section for one in survey.questions for section in _around(one.section, survey.sections)}
    return Guide(
        id=RecordId(""), assessment=AssessmentId(""), title=settings.title or name,
        form_id=settings.form_id or re.sub(r"\W+", "_", name.casefold()).strip("_") or "form",
        version=settings.version or "1", kinds=settings.kinds, audience=settings.audience,
        consent=settings.consent or script, questions=tuple(survey.questions),
        sections=tuple(one for one in survey.sections if one.id in used),
        origin=file, language=language,
    )  # fmt: skip


def _around(section: str, sections: Sequence[Section]) -> Iterator[str]:
    """A section and those around it, so that one without any question is left out."""
    parents = {one.id: one.parent for one in sections}
    while section in parents:
        yield section
        section = parents[section]


def _language(sheet: Sheet, settings: FormSettings) -> str:
    """The language the guide is in: the default one; the first named where no column goes without."""
    heads = [column_of(at, head) for at, head in enumerate(sheet.rows[0] if sheet.rows else ()) if head.strip()]
    named = [one.language for one in heads if one.name == "label"]
    if settings.language and settings.language.casefold() in (one.casefold() for one in named):
        return settings.language
    return named[0] if named and "" not in named else ""


def _other_sheets(sheets: Mapping[str, Sheet], remarks: Remarks) -> None:
    for name, sheet in sheets.items():
        if name not in (SURVEY, CHOICES, SETTINGS) and sheet.rows:
            remarks.add(name, 0, name, Verdict.LEFT_OUT, "form.sheet")
        for row, column in sorted(sheet.formulas):
            heads = sheet.rows[0] if sheet.rows else ()
            head = heads[column - 1] if column <= len(heads) else ""
            remarks.add(name, row, head, Verdict.PLAIN, "form.formula")


def _columns(sheet: Sheet, heads: Sequence[Column], remarks: Remarks) -> None:
    seen: set[tuple[str, str]] = set()
    for column in heads:
        key = (column.name, column.language)
        if key in seen:
            remarks.add(SURVEY, sheet.first, column.written, Verdict.LEFT_OUT, "form.column_twice")
        elif column.name not in _READ | _OURS or (column.language and column.name not in _IN_LANGUAGES):
            remarks.add(SURVEY, sheet.first, column.written, Verdict.LEFT_OUT, "form.column")
        seen.add(key)
    for needed in ("type", "name"):
        if (needed, "") not in seen:
            remarks.add(SURVEY, sheet.first, needed, Verdict.BLOCKING, "form.no_column", column=needed)


def _rules(survey: Survey, remarks: Remarks) -> None:
    """Tell which rules cannot be run here; those that ask for nothing known block the form, as in ODK."""
    known = {one.id for one in survey.questions} | {one.id for one in survey.sections}
    for question in survey.questions:
        columns = frozenset(key for choice in question.choices for key in choice.more) | {"name", "label"}
        for rule, allowed, code in (
            (question.relevant, frozenset[str](), "form.rule"),
            (question.constraint, frozenset[str](), "form.constraint"),
            (question.calculation, frozenset[str](), "form.calculation"),
            (question.chosen_from, columns, "form.choice_filter"),
        ):
            _rule(rule, allowed, code, question, known, survey, remarks)
    for section in survey.sections:
        _rule(section.relevant, frozenset(), "form.rule_of_section", section, known, survey, remarks)


def _without_left_out(survey: Survey) -> None:
    """A rule that asks for what was left out would hide its question for ever, so it goes too."""

    def kept(rule: str) -> str:
        return "" if _NAMED.search(rule) and survey.left_out & set(_NAMED.findall(rule)) else rule

    survey.questions[:] = [
        replace(
            one, relevant=kept(one.relevant), constraint=kept(one.constraint), calculation=kept(one.calculation),
            chosen_from=kept(one.chosen_from),
        )
        for one in survey.questions
    ]  # fmt: skip
    survey.sections[:] = [replace(one, relevant=kept(one.relevant)) for one in survey.sections]


def _rule(
    rule: str, columns: frozenset[str], code: str, owner: Question | Section, known: set[str], survey: Survey,
    remarks: Remarks,
) -> None:  # fmt: skip
    if not rule:
        return
    row, unknown = survey.at[owner.id], can_run(rule, columns)
    if unknown:
        remarks.add(SURVEY, row, owner.id, Verdict.PLAIN, code, word=unknown)
        return
    missing = sorted(read_rule(rule, columns).names - known)
    gone = [name for name in missing if name in survey.left_out]
    if gone:
        remarks.add(SURVEY, row, owner.id, Verdict.PLAIN, "form.rule_asks_left_out", name=gone[0])
    elif missing:
        remarks.add(SURVEY, row, owner.id, Verdict.BLOCKING, "form.rule_unknown_name", name=missing[0])


def _loaded(survey: Survey, remarks: Remarks) -> None:
    """Every question of which nothing else is told was loaded as it stands."""
    told = {one.row for one in remarks.all() if one.sheet == SURVEY and one.verdict is not Verdict.LEFT_OUT}
    for question in survey.questions:
        if survey.at[question.id] not in told:
            remarks.add(SURVEY, survey.at[question.id], question.id, Verdict.LOADED)
