"""Use cases of the end-of-day sheet: add, take over, change, take off, say "None", finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fieldkit.app.bounds import check_words
from fieldkit.app.day_board import DayBoard, Proposal, day_board, items_of
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.texts import typed
from fieldkit.domain.day_sheet import LEVELLED, TRIPLE_A, DayItem, DaySheet, Section, unstated
from fieldkit.domain.framework import Framework
from fieldkit.domain.quality_risk import Level
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import EntryId, RecordId, VisitId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said in an item. ``level`` is a suggestion, for discussion only."""

    section: Section | None = None
    text: str = ""
    level: Level | None = None
    notes: tuple[EntryId, ...] = ()


def add_item(uow: UnitOfWork, visit: VisitId, day: date, said: Said, taken: Proposal | None = None) -> DayItem:
    """Add an item; ``taken`` is the proposal it is made of, which it is then linked to.

    Raises ``Mistake``: ``day.no_section``, ``day.no_text``, ``day.level`` (a level where none is suggested),
    ``day.unknown_note``, ``day.too_long``.
    """
    section = _checked(uow, said)
    made = DayItem(
        id=RecordId(new_id()), assessment=uow.questions.visit(visit).assessment, visit=visit, day=day, section=section,
        text=typed(said.text), level=said.level, notes=tuple(dict.fromkeys(said.notes)),
        about=taken.about if taken is not None else None, gap=taken.gap if taken is not None else "",
    )  # fmt: skip
    keep(uow, made)
    return made


def take_over(uow: UnitOfWork, visit: VisitId, day: date, proposal: Proposal) -> DayItem:
    """Put a proposal on the sheet as it is; its source is linked. Raises as ``add_item``."""
    return add_item(uow, visit, day, Said(section=proposal.section, text=proposal.text), proposal)


def change_item(uow: UnitOfWork, item: RecordId, said: Said) -> DayItem:
    """Other words, another section or level; every earlier account stays. Raises as ``add_item``."""
    before: DayItem = uow.questions.record(DayItem.KIND, item).value
    section = _checked(uow, said)
    made = replace(
        before, section=section, text=typed(said.text), level=said.level, notes=tuple(dict.fromkeys(said.notes)),
        is_none=False,
    )  # fmt: skip
    if made != before:
        revise(uow, made)
    return made


def take_off(uow: UnitOfWork, item: RecordId, *, is_off: bool = True) -> DayItem:
    """Take an item off the sheet, or put it back; nothing is deleted."""
    before: DayItem = uow.questions.record(DayItem.KIND, item).value
    made = replace(before, is_taken_off=is_off)
    if made != before:
        revise(uow, made)
    return made


def state_none(uow: UnitOfWork, visit: VisitId, day: date, section: Section) -> DayItem:
    """Say that there is nothing in a section of Triple A.

    Raises ``Mistake('day.not_stated')`` for another section, ``Mistake('day.not_none')`` while it holds an item. Said
    twice it is one record.
    """
    if section not in TRIPLE_A:
        raise Mistake("day.not_stated", field="section")
    here = [one for one in items_of(uow.questions, visit, day) if one.value.section is section]
    standing = [one for one in here if not one.value.is_taken_off]
    if any(not one.value.is_none for one in standing):
        raise Mistake("day.not_none", field="section", section=section.value.capitalize())
    if standing:
        found: DayItem = standing[0].value
        return found
    made = DayItem(
        id=RecordId(new_id()), assessment=uow.questions.visit(visit).assessment, visit=visit, day=day, section=section,
        is_none=True,
    )  # fmt: skip
    keep(uow, made)
    return made


def finish(uow: UnitOfWork, visit: VisitId, day: date, frameworks: Sequence[Framework] = ()) -> DaySheet:
    """Finish the sheet with everything as it stands; it may be changed and finished again.

    Raises ``Mistake('day.unstated')`` while a section of Triple A neither holds an item nor says "None".
    """
    board = day_board(uow.questions, visit, day, frameworks)
    missing = unstated(board.said)
    if missing:
        raise Mistake("day.unstated", field="section", sections=_and([one.value.capitalize() for one in missing]))
    made = DaySheet(
        id=RecordId(new_id()), assessment=board.visit.assessment, visit=visit, day=day, items=board.accounts
    )
    keep(uow, made)
    return made


def is_finished(board: DayBoard) -> bool:
    """Whether the sheet was finished and nothing of it has changed since."""
    return board.finished is not None and board.finished.value.holds(board.accounts)


def _checked(uow: UnitOfWork, said: Said) -> Section:
    finding = Finding()
    finding.unless(said.section is not None, "day.no_section", field="section")
    finding.unless(bool(said.text.strip()), "day.no_text", field="text")
    finding.read(lambda: check_words(said.text, "day", "text"))
    finding.when(said.level is not None and said.section not in (*LEVELLED, None), "day.level", field="level")
    finding.read(lambda: _check_notes(uow, said.notes))
    finding.settle()
    assert said.section is not None
    return said.section


def _check_notes(uow: UnitOfWork, notes: Sequence[EntryId]) -> None:
    for note in notes:
        try:
            uow.questions.entry(note)
        except Mistake as problem:
            raise Mistake("day.unknown_note", field="notes") from problem


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
