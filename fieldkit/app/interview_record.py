"""Gathers the record of an interview or focus group for paper (``fieldkit.reports.interview_record``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fieldkit.app.activity_record import files_of, kind_words
from fieldkit.app.interviews import Interview, read_interview
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.report_notes import ReportNotes
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.framework import Framework
from fieldkit.domain.interview import Asked
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId
from fieldkit.reports.interview_record import AGREED, InterviewRecord, QuestionPut
from fieldkit.reports.told_notes import ToldNote


def interview_record(
    questions: Questions, activity: ActivityId, frameworks: Sequence[Framework], at: datetime
) -> InterviewRecord:
    """All of it that may be told. Called on the store lane, or on a vault that is held still.

    Raises ``Mistake``: ``interview.not_one`` for another kind of activity, ``report.interview_held`` where a consent
    was refused or taken back, ``report.restricted``.
    """
    known = read_interview(questions, activity)
    if known.consent is not None and known.consent.bars:
        raise Mistake("report.interview_held", state=AGREED[known.consent.agreed].lower())
    found = questions.activity(activity)
    notes = ReportNotes(questions, found.assessment, frameworks)
    if activity in notes.restricted:
        raise Mistake("report.restricted")
    rows = list(every_note(questions, EntryFilter(assessment=found.assessment, activity=activity)))
    told = notes.tell(rows)
    asked = {one.id for one in known.questions}
    return InterviewRecord(
        assessment=questions.assessment(found.assessment).name, visit=questions.visit(found.visit).name,
        title=found.title, kind=kind_words(found), place=found.place, session=known.session,
        consent=known.consent.told() if known.consent is not None else None,
        personal=tuple((who, known.personal[who].told()) for who in sorted(known.personal, key=_number)),
        guide=_guide(known), read_out=known.asked.consent.read_out if known.asked is not None else (),
        questions=tuple(_put(known, told.notes)),
        others=tuple(replace(one, item_number=0) for one in told.notes if one.item not in asked),
        files=notes.files(files_of(questions, found)), held=told.held,
        zone=rows[0].entry.zone if rows else "", made_at=at,
    )  # fmt: skip


def _number(person: str) -> tuple[int, str]:
    return (int(person) if person.isascii() and person.isdecimal() else 0, person)


def _guide(known: Interview) -> str:
    if known.asked is None or not known.asked.guide:
        return ""
    return f"{known.asked.title_of_guide}, version {known.asked.version}"


def _put(known: Interview, notes: Sequence[ToldNote]) -> list[QuestionPut]:
    by_item: dict[str, list[ToldNote]] = {}
    for one in notes:
        if one.item:
            by_item.setdefault(one.item, []).append(replace(one, item_number=0))
    marks = known.session.marks if known.session is not None else {}
    own = {one.question.id for one in known.session.added} if known.session is not None else set()
    found = []
    for number, question in enumerate(known.questions, start=1):
        answers, mark = tuple(by_item.get(question.id, ())), marks.get(question.id)
        state = Asked.ANSWERED if answers else mark.state if mark is not None else Asked.NOT_ASKED
        found.append(
            QuestionPut(
                number=number, text=question.text, state=state, is_own=question.id in own, notes=answers,
                reason=mark.reason if mark is not None else "",
            )
        )  # fmt: skip
    return found
