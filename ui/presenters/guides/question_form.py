"""The forms of the page: one question, what a guide is about, a new guide, the file of a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fieldkit.app.bounds import check_name
from fieldkit.app.guides import checked, fresh_name, keep_working, shown
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.domain.asking import can_run
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import LIMIT, ConsentScript, Guide, next_version
from fieldkit.domain.guide_changes import names_in, with_question, with_section
from fieldkit.domain.questions import Question
from fieldkit.exchange.xlsform.mapping import spelt, tied
from fieldkit.exchange.xlsform.question import MOST_MINUTES
from fieldkit.kernel.errors import Finding, Mistake
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values, chosen
from ui.presenters.guides.words import KINDS
from ui.presenters.services import Session

FORM_FILES = "Forms (*.xlsx *.xls *.csv)"
_WHO_SPEAKS = "who"


def question_form(
    session: Session, guide: Guide, question: Question | None, after: str, frameworks: Sequence[Framework],
    done: Callable[[Guide], None],
) -> Form:  # fmt: skip
    """One question of a guide that is being changed; ``question`` None makes a new one behind ``after``."""

    def submit(values: Values) -> Action:
        changed = _changed(guide, question, after, values, frameworks)
        return lambda uow: keep_working(uow, changed)

    return Form(
        session, _question_fields(frameworks), place=f"form/guide/{guide.id}/{question.id if question else 'new'}",
        submit=submit, done=done, first=_question_values(guide, question, frameworks), initiator="guide",
    )  # fmt: skip


def about_form(session: Session, guide: Guide, done: Callable[[Guide], None]) -> Form:
    """Title, whom it is for, which activities, and the words that are read out first."""

    def submit(values: Values) -> Action:
        changed = _about(guide, values)
        return lambda uow: keep_working(uow, changed)

    first = {
        "title": guide.title, "audience": guide.audience, "kinds": "\n".join(kind.value for kind in guide.kinds),
        "consent": "\n".join(guide.consent.lines),
    }  # fmt: skip
    return Form(
        session, (*_about_fields(), _consent_field()), place=f"form/guide/{guide.id}/about", submit=submit, done=done,
        first=first, initiator="guide",
    )  # fmt: skip


def new_form(
    session: Session, script: ConsentScript, add: Callable[[Guide], Action], done: Callable[[Any], None]
) -> Form:
    """A new guide with its first question; ``add`` makes the use case of it."""
    fields = (
        *_about_fields(),
        FormField(
            name="text",
            needed="guide.question_empty",
            label="First question",
            entry=Entry.LONG,
            rows=3,
            hint="More can be added at once",
        ),
    )

    def submit(values: Values) -> Action:
        empty = Guide(
            id="", assessment="", title="", form_id="", version="1", consent=script, questions=()  # type: ignore[arg-type]
        )  # fmt: skip
        guide = _about(empty, values)
        question = Question(id=fresh_name(guide, values["text"]), text=typed(values["text"]))
        return add(checked(replace(guide, questions=(question,), form_id=fresh_name(guide, guide.title))))

    return Form(
        session, fields, place="form/guide/new", submit=submit, done=done,
        first={"kinds": ActivityKind.INTERVIEW.value}, initiator="guide",
    )  # fmt: skip


def file_form(session: Session, look: Callable[[Path], None]) -> Form:
    """Which form to look at. Nothing is kept by it but the name of the file, until it was looked at."""

    def submit(values: Values) -> Action:
        path = Path(values["file"].strip().strip('"')).expanduser()

        def hand_over(_: UnitOfWork) -> Path:
            return path

        return hand_over

    fields = (
        FormField(
            name="file", needed="guide.no_file", label="Form", entry=Entry.FILE, filter=FORM_FILES,
            hint="A spreadsheet as other form programs use it: .xlsx, .xls or .csv. "
            "Nothing is kept before you have seen what is in it",
        ),
    )  # fmt: skip
    return Form(session, fields, place="form/guide/file", submit=submit, done=look, initiator="guide")


def _question_fields(frameworks: Sequence[Framework]) -> tuple[FormField, ...]:
    categories = tuple(Option(one.code, one.title) for one in (frameworks[0].categories if frameworks else ()))
    return (
        FormField(name="text", needed="guide.question_empty", label="Question", entry=Entry.LONG, rows=4),
        FormField(name="section", label="Section", hint="Its heading. Leave it empty for none"),
        FormField(
            name="statements", label="Statements",
            hint="Codes or titles, with commas between, like lc, sp. Answers get these tags",
        ),
        FormField(
            name="category", label="Kind of evidence", entry=Entry.PICK,
            options=(Option(_WHO_SPEAKS, "Who speaks decides"), *categories),
        ),
        FormField(name="probes", label="To ask further", entry=Entry.LONG, rows=3, hint="One to a line"),
        FormField(
            name="i_statements", label="What a person should be able to say", entry=Entry.LONG, rows=3,
            hint="One to a line",
        ),
        FormField(name="minutes", check=_minutes, label="Minutes",
                  hint="The time meant for it. Leave it empty for none"),
        FormField(name="role", label="For whom", hint="Leave it empty for everybody"),
        FormField(name="sensitivity", label="Sensitive", hint="A word of your own, like speaking up"),
        FormField(name="must_quote", label="Note the exact words", entry=Entry.YES),
        FormField(
            name="relevant", label="Ask it only if",
            hint="A rule like ${your_role} = 'nurse'. Leave it empty to ask always",
        ),
    )  # fmt: skip


def _question_values(guide: Guide, question: Question | None, frameworks: Sequence[Framework]) -> dict[str, str]:
    if question is None:
        return {"category": _WHO_SPEAKS}
    statements, category = spelt(question.targets, frameworks)
    section = guide.section(question.section)
    return {
        "text": question.text, "section": section.title if section else "", "statements": statements,
        "category": category or _WHO_SPEAKS, "probes": "\n".join(question.probes),
        "i_statements": "\n".join(question.i_statements), "minutes": str(question.minutes or ""),
        "role": question.role, "sensitivity": question.sensitivity,
        "must_quote": "yes" if question.must_quote else "", "relevant": question.relevant,
    }  # fmt: skip


def _changed(
    guide: Guide, question: Question | None, after: str, values: Values, frameworks: Sequence[Framework]
) -> Guide:
    guide, section = with_section(guide, typed(values["section"]), fresh_name(guide, values["section"] or "section"))
    base = question or Question(id=fresh_name(guide, values["text"]), text="")
    made = replace(
        base, text=typed(values["text"]), section=section, probes=_lines(values["probes"]),
        i_statements=_lines(values["i_statements"]), minutes=_minutes(values["minutes"]), role=typed(values["role"]),
        sensitivity=typed(values["sensitivity"]), must_quote=values["must_quote"] == "yes",
        relevant=values["relevant"].strip(),
    )  # fmt: skip
    finding = Finding()
    finding.read(lambda: _check_rule(guide, made))
    before, aimed = _question_values(guide, question, frameworks), made
    if (before.get("statements", ""), before["category"]) != (values["statements"], values["category"]):
        aimed = finding.read(lambda: _with_targets(made, values, frameworks)) or made
    finding.settle()
    return with_question(guide, aimed, after)


def _with_targets(question: Question, values: Values, frameworks: Sequence[Framework]) -> Question:
    category = "" if values["category"] == _WHO_SPEAKS else values["category"]
    found = tied(values["statements"], category, frameworks)
    if found.unknown:
        raise Mistake("guide.statement_unknown", field="statements", words=", ".join(found.unknown)[:120])
    return replace(question, targets=found.targets)


def _check_rule(guide: Guide, question: Question) -> None:
    word = can_run(question.relevant) if question.relevant else ""
    if word:
        raise Mistake("guide.rule_not_read", field="relevant", word=word)
    missing = sorted(names_in(question.relevant, question) - {one.id for one in guide.questions})
    if missing:
        raise Mistake("guide.rule_names_nothing", field="relevant", question=shown(question), name=missing[0])


def _minutes(written: str) -> int:
    text = written.strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= MOST_MINUTES):
        raise Mistake("guide.minutes", field="minutes")
    return int(text)


def _about_fields() -> tuple[FormField, ...]:
    kinds = tuple(Option(kind.value, words) for kind, words in KINDS.items())
    return (
        FormField(name="title", needed="guide.no_title", label="Title", check=_check_name),
        FormField(name="kinds", needed="guide.no_kinds", label="What it is for", entry=Entry.CHECKS, options=kinds),
        FormField(name="audience", label="Whom it is for", hint="Leave it empty for anybody", check=_check_name),
    )


def _check_name(text: str) -> None:
    check_name(typed(text), "guide", "title")


def _consent_field() -> FormField:
    hint = f"One to a line. This line is always read out as well: {LIMIT}"
    return FormField(name="consent", label="What is read out first", entry=Entry.LONG, rows=8, hint=hint)


def _about(guide: Guide, values: Values) -> Guide:
    kinds = tuple(ActivityKind(one) for one in chosen(values["kinds"]))
    lines = _lines(values["consent"]) if "consent" in values else guide.consent.lines
    lines = tuple(line for line in lines if line != LIMIT)
    consent = guide.consent
    if lines != consent.lines:
        consent = ConsentScript(id=consent.id, version=next_version(consent.version), lines=lines)
    return replace(
        guide, title=typed(values["title"]), kinds=kinds, audience=typed(values["audience"]), consent=consent
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(typed, text.splitlines()) if line)
