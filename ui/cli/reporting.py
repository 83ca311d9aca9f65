"""What ``fieldkit report …`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.app.ports import Questions
    from fieldkit.app.report_catalogue import ReportChoice, ReportKind
    from fieldkit.domain.assessment import Assessment, Visit
    from fieldkit.domain.framework import Framework
    from fieldkit.kernel.ids import ActivityId, RecordId

_SUFFIXES = (".pdf", ".html", ".docx", ".txt")


def list_all(desk: Desk) -> int:
    """Every kind there is."""
    from fieldkit.app.report_catalogue import REPORTS
    from ui.cli.words import columns

    facts = [{"id": one.id, "title": one.title, "about": one.about.value, "what": one.what} for one in REPORTS]
    rows = [(one.id, one.title, one.about.value, one.what) for one in REPORTS]
    desk.terminal.show(facts, columns(("Id", "Title", "About", "What it is"), rows))
    return faults.OK


def make(desk: Desk) -> int:
    """One of them, as a file."""
    from fieldkit.app.finalising import finalise, on_paper
    from fieldkit.app.report_catalogue import report_kind
    from fieldkit.app.report_check import concerns_of
    from fieldkit.reports.save import save
    from ui.presenters.reports.words import checked, concern

    kind = report_kind(desk.options.kind)
    target = _target(desk)
    with opened(desk) as vault:
        choice = _choice(desk, vault.questions, kind)
        document = kind.document(vault.questions, choice, desk.clock.now())
        found = concerns_of(vault.questions, kind, choice, document)
        if kind.scope is not None:
            records = kind.scope(vault.questions, choice)
            final, _ = vault.perform(
                lambda uow: finalise(uow, choice.assessment.id, desk.options.although, records)
            )  # fmt: skip
            document = on_paper(document, final)
    made = [target] + ([target.with_suffix(".html")] if target.suffix.casefold() == ".pdf" else [])
    for path in made:
        save(document, path)
    for words in (checked(found), *map(concern, found)) if found else ():
        desk.terminal.remark(words)
    desk.terminal.show(
        {
            "report": kind.id,
            "assessment": choice.assessment.id,
            "files": [str(path) for path in made],
            "check": [{"kind": one.kind.value, "count": one.count} for one in found],
        },
        [f"Saved as {path}" for path in made] + ["It is not encrypted. Delete it when you no longer need it."],
    )
    return faults.OK


def _target(desk: Desk) -> Path:
    """Where it is saved. Raises ``Mistake('report.suffix' | 'report.exists')``."""
    target = Path(desk.options.out).expanduser()
    if target.suffix.casefold() not in _SUFFIXES:
        raise Mistake("report.suffix", field="out", suffixes=", ".join(_SUFFIXES[:-1]) + " or " + _SUFFIXES[-1])
    twins = [target] + ([target.with_suffix(".html")] if target.suffix.casefold() == ".pdf" else [])
    there = next((one for one in twins if one.exists()), None)
    if there is not None and not desk.options.replace:
        raise Mistake("report.exists", field="out", file=str(there))
    return target


def _choice(desk: Desk, questions: Questions, kind: ReportKind) -> ReportChoice:
    from fieldkit.app.report_catalogue import About, ReportChoice
    from ui.cli import choose, words

    options, about = desk.options, kind.about
    assessment = choose.assessment(questions, options.assessment)
    framework = words.framework_of(assessment, options.pack)
    visit = None
    if about in (About.VISIT, About.DAY) or (about is About.ACTIVITY and options.visit is not None):
        visit = choose.visit(questions, options.visit, assessment)
    return ReportChoice(
        assessment=assessment, framework=framework, frameworks=tuple(words.frameworks_of(assessment)),
        visit=visit.id if visit is not None else None,
        day=_day(desk, visit) if about is About.DAY and visit is not None else None,
        activity=_activity(desk, questions, assessment, visit) if about is About.ACTIVITY else None,
        case=_case(desk, questions, assessment) if about is About.CASE else None,
        escalation=_escalation(desk, questions, assessment) if about is About.ESCALATION else None,
        statement=_statement(desk, framework) if about is About.STATEMENT else None,
    )  # fmt: skip


def _day(desk: Desk, visit: Visit) -> date:
    """The day asked for; today, where the visit is on; its first day, where nothing else is meant."""
    from ui.presenters.dates import read_day

    today = desk.clock.now().astimezone().date()
    wanted = read_day(desk.options.day or "", today, "day")
    if wanted is not None:
        return wanted
    is_on = visit.starts_on is not None and visit.starts_on <= today <= (visit.ends_on or visit.starts_on)
    return today if is_on or visit.starts_on is None else visit.starts_on


def _activity(desk: Desk, questions: Questions, assessment: Assessment, visit: Visit | None) -> ActivityId:
    from ui.cli import choose

    visits = [visit] if visit is not None else questions.visits(assessment.id)
    found = [row.activity for each in visits for row in questions.activities(each.id)]
    one = choose.pick("activity", found, desk.options.activity, lambda each: each.title, lambda each: each.id)
    return one.id


def _case(desk: Desk, questions: Questions, assessment: Assessment) -> ActivityId:
    from fieldkit.app.cases import cases_of
    from ui.cli import choose

    followed = [one for one in cases_of(questions, assessment.id) if one.activity is not None]
    one = choose.pick(
        "case that is followed", followed, desk.options.case, lambda each: each.code, lambda each: each.id
    )
    assert one.activity is not None
    return one.activity


def _escalation(desk: Desk, questions: Questions, assessment: Assessment) -> RecordId:
    from fieldkit.app.escalation_rows import escalations
    from ui.cli import choose

    found = [row.value for row in escalations(questions, assessment=assessment.id)]
    return choose.pick("escalation", found, desk.options.escalation, lambda one: one.what, lambda one: one.id).id


def _statement(desk: Desk, framework: Framework) -> str:
    wanted = desk.options.statement
    if wanted is None:
        raise Mistake("report.which_statement", field="statement")
    statement = framework.statement_by(wanted)
    if statement is None:
        raise Mistake("score.unknown", subject=wanted, field="statement")
    return statement.id
