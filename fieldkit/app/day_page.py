"""Gathers the end-of-day sheet for paper (``fieldkit.reports.day_sheet``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from fieldkit.app.day_board import DayBoard, day_board
from fieldkit.app.day_sheets import is_finished
from fieldkit.app.ports import Questions
from fieldkit.app.report_walls import lost_words, restricted_in
from fieldkit.app.rows import RecordRow
from fieldkit.domain.day_sheet import TRIPLE_A, DayItem, Section, unstated
from fieldkit.domain.escalation import Escalation
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId, VisitId
from fieldkit.reports.dates import short_moment
from fieldkit.reports.day_sheet import DayLine, DayPage, DayPart


def day_page(questions: Questions, visit: VisitId, day: date, frameworks: Sequence[Framework], at: datetime) -> DayPage:
    """The sheet of a day, finished or as a draft. Called on the store lane."""
    whole = day_board(questions, visit, day, frameworks)
    status, standing = standing_of(whole)
    board = _tellable(questions, whole)
    return DayPage(
        assessment=board.assessment.name, visit=board.visit.name, on=day, status=status, standing=standing,
        triple=tuple(_part(questions, board, one) for one in TRIPLE_A),
        actions=_lines(questions, board.of(Section.GAP)),
        gaps=tuple((one.statement, ", ".join(one.missing), ", ".join(one.thin)) for one in board.gaps),
        leaders=_lines(questions, board.of(Section.LEADERS)), tomorrow=board.tomorrow, changes=board.changes,
        said_of_tomorrow=_lines(questions, board.of(Section.TOMORROW)), held=board.held, made_at=at,
    )  # fmt: skip


def _tellable(questions: Questions, board: DayBoard) -> DayBoard:
    """Without items of what is restricted, and those that repeat words that count no more: it goes to leaders too."""
    walled = restricted_in(questions, board.assessment.id)
    lost = lost_words(questions, board.assessment.id, walled)
    kept = tuple(
        row
        for row in board.items
        if not walled & {row.record, row.value.about or "", *row.value.notes} and not lost.are_in(row.value.text)
    )
    return replace(board, items=kept, held=board.held + len(board.items) - len(kept))


def standing_of(board: DayBoard) -> tuple[str, str]:
    """How the sheet stands, as a headline and a sentence."""
    missing = [one.value.capitalize() for one in unstated(board.said)]
    if board.finished is None or missing:
        still = f"Neither filled nor None: {', '.join(missing)}." if missing else "Nobody has finished it yet."
        return "Draft", still
    who = f"{board.finished.author_name}, {short_moment(board.finished.recorded_at)}"
    if is_finished(board):
        return "Finished", f"By {who}."
    return "Changed since it was finished", f"Finished by {who}; what is below is as it stands now."


def _part(questions: Questions, board: DayBoard, section: Section) -> DayPart:
    none = next((one for one in board.nones if one.value.section is section), None)
    return DayPart(
        title=section.value.capitalize(), lines=_lines(questions, board.of(section)),
        none_by=none.author_name if none is not None and board.says_none(section) else "",
    )  # fmt: skip


def _lines(questions: Questions, rows: Iterable[RecordRow]) -> tuple[DayLine, ...]:
    return tuple(
        DayLine(
            text=row.value.text, level=row.value.level.value.capitalize() if row.value.level else "",
            source=source_of(questions, row.value), by=row.author_initials,
        )
        for row in rows
    )  # fmt: skip


def source_of(questions: Questions, item: DayItem) -> str:
    """What an item was made of, and how many notes are linked: never their words."""
    found = []
    if item.about is not None:
        found.append(_source(questions, item.about))
    if item.notes:
        found.append(f"{len(item.notes)} {'note' if len(item.notes) == 1 else 'notes'} linked")
    return ", ".join(filter(None, found))


def is_note(questions: Questions, about: str) -> bool:
    """Whether an item was made of a note and no record of fieldwork."""
    try:
        questions.entry(EntryId(about))
    except Mistake:
        return False
    return True


def _source(questions: Questions, about: str) -> str:
    if is_note(questions, about):
        return f"note {questions.entry(EntryId(about)).entry.noticed_at.astimezone():%H:%M}"
    try:
        row = questions.record(Escalation.KIND, about)
    except Mistake:
        return "a record that is not on this laptop"
    return f"escalation {row.value.opened_at.astimezone():%H:%M}"
