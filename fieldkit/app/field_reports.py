"""How the records of fieldwork are made as reports: for ``fieldkit.app.report_catalogue``, which lists them.

What composes is loaded when it is asked for: a list of reports needs none of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from fieldkit.app.ports import Questions
from fieldkit.reports.blocks import Document

if TYPE_CHECKING:
    from fieldkit.app.report_kinds import ReportChoice


def activity_record(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """Raises nothing of its own: an activity in which nothing was noted has a record that says so."""
    from fieldkit.app.activity_record import activity_record as gather
    from fieldkit.reports.activity_record import compose

    assert choice.activity is not None
    return compose(gather(questions, choice.activity, choice.frameworks, at))


def interview_record(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """Raises as ``fieldkit.app.interview_record`` does."""
    from fieldkit.app.interview_record import interview_record as gather
    from fieldkit.reports.interview_record import compose

    assert choice.activity is not None
    return compose(gather(questions, choice.activity, choice.frameworks, at))


def evidence_pack(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """Raises as ``fieldkit.app.evidence_pack`` does."""
    from fieldkit.app.evidence_pack import evidence_pack as gather
    from fieldkit.reports.evidence_pack import compose

    assert choice.statement is not None
    return compose(gather(questions, choice.assessment, choice.framework, choice.statement, at))


def unused_material(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """What nothing cites, described without a word of it."""
    from fieldkit.app.unused_material import unused_material as gather
    from fieldkit.reports.unused_material import compose

    return compose(gather(questions, choice.assessment, at))


def custody_log(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """What happened to each record and file."""
    from fieldkit.app.custody_log import custody_log as gather
    from fieldkit.reports.custody_log import compose

    return compose(gather(questions, choice.assessment, at))


def coverage_report(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """The matrix in words and numbers, and the gaps as actions."""
    from fieldkit.app.coverage_report import coverage_report as gather
    from fieldkit.reports.coverage_report import compose

    return compose(gather(questions, choice.assessment, choice.framework, at))


def leaders_feedback(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """What may be told to leaders of a visit."""
    from fieldkit.app.leaders_feedback import leaders_feedback as gather
    from fieldkit.reports.leaders_feedback import compose

    assert choice.visit is not None
    return compose(gather(questions, choice.assessment, choice.framework, choice.frameworks, choice.visit, at))


def certificate(questions: Questions, _choice: ReportChoice, at: datetime) -> Document:
    """The certificate of hand-in: of the whole laptop, whichever assessment is open."""
    import resources
    from fieldkit.app.hand_in import hand_in
    from fieldkit.reports.hand_in import compose, without_office

    if questions.enrolment() is None:
        return without_office(questions.info().vault, at)
    words = [line for line in resources.read_text("words", "large.txt").split() if line]
    return compose(hand_in(questions, lambda numbers: tuple(words[one] for one in numbers), at))


def of_activity(questions: Questions, choice: ReportChoice) -> frozenset[str]:
    """The records that a report of one activity rests on."""
    from fieldkit.app.final_scope import of_activity as scope

    assert choice.activity is not None
    return scope(questions, choice.activity)
