"""Every report that can be taken out: what it is about, and how it is made. Commands, screen and tests read this alone.

A report is gathered from the vault here in ``fieldkit.app`` and composed in ``fieldkit.reports`` as neutral blocks, so
each of them is PDF, HTML, DOCX and plain text without a line of its own for that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fieldkit.app import field_reports
from fieldkit.app.ports import Questions
from fieldkit.app.report_kinds import About, ReportChoice, ReportKind
from fieldkit.kernel.errors import Mistake
from fieldkit.reports.blocks import Document

__all__ = ["REPORTS", "About", "ReportChoice", "ReportKind", "report_kind"]


def report_kind(wanted: str) -> ReportKind:
    """By its id. Raises ``Mistake('report.unknown')``."""
    found = next((one for one in REPORTS if one.id == wanted.strip().casefold()), None)
    if found is None:
        raise Mistake("report.unknown", kind=wanted, field="kind")
    return found


def _case(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.case_file import case_report, read_case
    from fieldkit.reports.case_report import compose

    assert choice.case is not None
    today = at.astimezone().date()
    file = read_case(questions, choice.case, choice.frameworks, today)
    if file.is_barred:
        raise Mistake("report.held", state=file.consent_words)
    if file.case is None:
        raise Mistake("report.nothing", what="this case")
    return compose(case_report(file, today))


def _case_scope(questions: Questions, choice: ReportChoice) -> frozenset[str]:
    from fieldkit.app.final_scope import of_cases

    assert choice.case is not None
    return of_cases(questions, (choice.case,))


def _escalation(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.escalation_report import escalation_report

    return escalation_report(questions, choice, at)


def _escalation_scope(questions: Questions, choice: ReportChoice) -> frozenset[str]:
    from fieldkit.app.escalation_report import of_escalation

    return of_escalation(questions, choice)


def _score_trace(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.score_trace import trace
    from fieldkit.reports.score_trace import compose

    return compose(trace(questions, choice.assessment.id, choice.framework, at))


def _end_of_day(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.day_page import day_page
    from fieldkit.reports.day_sheet import compose

    assert choice.visit is not None
    assert choice.day is not None
    return compose(day_page(questions, choice.visit, choice.day, choice.frameworks, at))


def _findings(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.draft_report import draft_report
    from fieldkit.reports.draft_report import compose_findings

    return compose_findings(draft_report(questions, choice.assessment, choice.framework, at))


def _draft(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.draft_report import draft_report
    from fieldkit.reports.draft_report import compose

    return _changed(compose(draft_report(questions, choice.assessment, choice.framework, at)), questions, choice, at)


def _changed(document: Document, questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """With the table of changes, once a comment on a draft was answered: it is part of the final report."""
    from fieldkit.app.accuracy_report import accuracy_page
    from fieldkit.reports.accuracy import change_blocks
    from fieldkit.reports.blocks import Heading

    page = accuracy_page(questions, choice.assessment, at, choice.framework)
    if not any(one.decided for one in page.comments):
        return document
    heading = Heading(text="Changes after the factual accuracy check")
    return replace(document, blocks=(*document.blocks, heading, *change_blocks(page, level=3)))


def _draft_rated(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.draft_report import draft_report
    from fieldkit.reports.draft_report import compose

    made = draft_report(questions, choice.assessment, choice.framework, at, ratings=True)
    return _changed(compose(made), questions, choice, at)


def _accuracy(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.accuracy_report import accuracy_page
    from fieldkit.reports.accuracy import compose

    return compose(accuracy_page(questions, choice.assessment, at, choice.framework))


def _accuracy_changes(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.accuracy_report import accuracy_page
    from fieldkit.reports.accuracy import compose_changes

    return compose_changes(accuracy_page(questions, choice.assessment, at, choice.framework))


def _accuracy_form(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.accuracy_import import COLUMNS
    from fieldkit.app.accuracy_report import accuracy_page
    from fieldkit.reports.accuracy import compose_form

    return compose_form(accuracy_page(questions, choice.assessment, at, choice.framework), COLUMNS)


def _improvement(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.accuracy_report import improvement_page
    from fieldkit.reports.improvement import compose

    return compose(improvement_page(questions, choice.assessment, choice.framework, at))


def _held_figures(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.metrics import best_first, standing_metrics
    from fieldkit.reports.held_figures import compose

    found = best_first(row.value for row in standing_metrics(questions, choice.assessment.id))
    return compose(choice.assessment.name, found, at)


def _balance(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    from fieldkit.app.balance import balance_of
    from fieldkit.app.voices import NOBODY, VOICES
    from fieldkit.reports.balance import compose

    found = balance_of(questions, choice.assessment.id, choice.framework)
    return compose(choice.assessment.name, found, VOICES, NOBODY, at)


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        id="activity-record", title="Activity record", about=About.ACTIVITY, make=field_reports.activity_record,
        scope=field_reports.of_activity,
        what="One meeting, interview or review as it went: notes by time, what was added since, agenda and files.",
    ),
    ReportKind(
        id="interview-record", title="Interview record", about=About.ACTIVITY, make=field_reports.interview_record,
        scope=field_reports.of_activity,
        what="An interview or focus group: consent as given, every question with its answers, what was passed over.",
    ),
    ReportKind(
        id="evidence-pack", title="Evidence pack", about=About.STATEMENT, make=field_reports.evidence_pack,
        what="Everything tagged to one statement, by category and time, with what is for, against and thin.",
    ),
    ReportKind(
        id="coverage", title="Coverage", about=About.ASSESSMENT, make=field_reports.coverage_report, scope=None,
        what="Every statement against every category in words and numbers, and what to do about gaps.",
    ),
    ReportKind(
        id="case-pathway", title="Case pathway", about=About.CASE, make=_case, scope=_case_scope,
        what="One person's care across services: drawn, event by event, with waits and gaps.",
    ),
    ReportKind(
        id="score-trace", title="Score trace", about=About.ASSESSMENT, make=_score_trace,
        what="Everything the provisional ratings rest on, from note to rating, to be redone by hand.",
    ),
    ReportKind(
        id="leaders-feedback", title="Feedback to leaders", about=About.VISIT, make=field_reports.leaders_feedback,
        leaves_team=True,
        what="What the team did and heard on a visit, without scores, ratings, names or small groups.",
    ),
    ReportKind(
        id="balance", title="Voices heard, and where the time went", about=About.ASSESSMENT, make=_balance, scope=None,
        what="Whose voices are in the evidence and whose are not, and what the time on site went into.",
    ),
    ReportKind(
        id="unused-material", title="Schedule of unused material", about=About.ASSESSMENT,
        make=field_reports.unused_material,
        what="What no finding and no judgement cites, by date, place and kind, without a word of it.",
    ),
    ReportKind(
        id="custody-log", title="Custody log", about=About.ASSESSMENT, make=field_reports.custody_log, scope=None,
        what="What happened to each record and file: made, changed, handed in, withdrawn; with receipts and SHA-256.",
    ),
    ReportKind(
        id="hand-in", title="Certificate of hand-in", about=About.ASSESSMENT, make=field_reports.certificate,
        leaves_team=True, scope=None,
        what="What the office has signed for, of everything on this laptop: records by chain, files by SHA-256.",
    ),
    ReportKind(
        id="end-of-day", title="End-of-day sheet", about=About.DAY, make=_end_of_day, leaves_team=True, scope=None,
        what="Alert, advise and assure, gaps, points to check with leaders, and what changes tomorrow.",
    ),
    ReportKind(
        id="escalation-sheet", title="Escalation sheet", about=About.ESCALATION, make=_escalation, leaves_team=True,
        scope=_escalation_scope,
        what="One risk: who was told, what they said, what is due, the safeguarding criteria and the outcome.",
    ),
    ReportKind(
        id="findings", title="Findings", about=About.ASSESSMENT, make=_findings,
        what="Every finding with its evidence for and against, its strength and where else each note stands.",
    ),
    ReportKind(
        id="draft-report", title="Draft assessment report", about=About.ASSESSMENT, make=_draft, leaves_team=True,
        scope=None,
        what="By theme: direction of travel, strengths, areas for development, key messages and voices; no ratings.",
    ),
    ReportKind(
        id="draft-report-rated", title="Draft assessment report with ratings", about=About.ASSESSMENT,
        make=_draft_rated, leaves_team=True, scope=None,
        what="The same with provisional ratings in exact figures, each with its override where there is one.",
    ),
    ReportKind(
        id="accuracy-comments", title="Factual accuracy: comments", about=About.ASSESSMENT, make=_accuracy, scope=None,
        what="Drafts sent out with their clocks, every comment whole and every answer, at any state of the check.",
    ),
    ReportKind(
        id="accuracy-changes", title="Factual accuracy: table of changes", about=About.ASSESSMENT, scope=None,
        make=_accuracy_changes, leaves_team=True,
        what="What each comment changed in words, scores or ratings, and what was considered and changes nothing.",
    ),
    ReportKind(
        id="accuracy-form", title="Factual accuracy: form for comments", about=About.ASSESSMENT, make=_accuracy_form,
        leaves_team=True, scope=None,
        what="The form that goes with a draft to the bodies; filled in, it is read back as it is.",
    ),
    ReportKind(
        id="improvement", title="Improvement plan", about=About.ASSESSMENT, make=_improvement, scope=None,
        what="Summits, the action plan with follow-up, and how single scores or ratings changed over time.",
    ),
    ReportKind(
        id="held-figures", title="Held figures", about=About.ASSESSMENT, make=_held_figures, scope=None,
        what="Imported metrics of oversight frameworks, each from its own best end, with period and source.",
    ),
)  # fmt: skip
"""In the order in which lists show them."""
