"""What ``fieldkit day …`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fieldkit.app.day_board import DayBoard, Proposal
    from fieldkit.app.day_sheets import Said
    from fieldkit.app.ports import Questions, UnitOfWork
    from fieldkit.app.rows import RecordRow
    from fieldkit.domain.assessment import Visit
    from fieldkit.domain.day_sheet import DayItem, Section
    from fieldkit.domain.framework import Framework
    from fieldkit.kernel.ids import VisitId


def show(desk: Desk) -> int:
    """The sheet, what is proposed for it, gaps, and what changes."""
    with opened(desk) as vault:
        board = _board(desk, vault.questions)
    desk.terminal.show(_facts(board), _words(board))
    return faults.OK


def add_one(desk: Desk) -> int:
    """An item in words."""
    from fieldkit.app.day_sheets import add_item

    with opened(desk) as vault:
        visit, day = _where(desk, vault.questions)
        said = _said(desk, vault.questions, desk.options.section)
        made, _ = vault.perform(lambda uow: add_item(uow, visit.id, day, said))
    return _told(desk, made, "added")


def take_one(desk: Desk) -> int:
    """A proposal as it is."""
    from fieldkit.app.day_sheets import take_over

    with opened(desk) as vault:
        visit, day = _where(desk, vault.questions)
        proposal = _proposal(_board(desk, vault.questions), desk.options.proposal)
        made, _ = vault.perform(lambda uow: take_over(uow, visit.id, day, proposal))
    return _told(desk, made, "taken over")


def none(desk: Desk) -> int:
    """That there is nothing."""
    from fieldkit.app.day_sheets import state_none

    section = _section(desk.options.section)
    with opened(desk) as vault:
        visit, day = _where(desk, vault.questions)
        made, _ = vault.perform(lambda uow: state_none(uow, visit.id, day, section))
    return _told(desk, made, "stated")


def change_one(desk: Desk) -> int:
    """Other words, another section or level."""
    from fieldkit.app.day_sheets import change_item

    with opened(desk) as vault:
        row = _item(desk, vault.questions)
        said = _said(desk, vault.questions, desk.options.section or row.value.section.value, row)
        made, _ = vault.perform(lambda uow: change_item(uow, row.record, said))
    return _told(desk, made, "changed")


def remove_one(desk: Desk) -> int:
    """Off the sheet, or back on it."""
    from fieldkit.app.day_sheets import take_off

    back = desk.options.back
    with opened(desk) as vault:
        row = _item(desk, vault.questions)
        made, _ = vault.perform(lambda uow: take_off(uow, row.record, is_off=not back))
    return _told(desk, made, "put back" if back else "taken off")


def finish_it(desk: Desk) -> int:
    """Finish it as it stands."""
    from fieldkit.app.day_sheets import finish

    return _do(desk, lambda uow, visit, day, packs: finish(uow, visit, day, packs), "finished")


def print_it(desk: Desk) -> int:
    """A file to print, finished or as a draft."""
    from fieldkit.app.day_page import day_page
    from fieldkit.reports.day_sheet import compose
    from fieldkit.reports.save import save

    target = Path(desk.options.to)
    with opened(desk) as vault:
        visit, day = _where(desk, vault.questions)
        page = day_page(vault.questions, visit.id, day, _packs(vault.questions, visit), desk.clock.now())
        save(compose(page), target)
    desk.terminal.show(
        {"file": str(target), "status": page.status},
        [
            f"{page.status}. {page.standing}",
            f"Saved as {target}. It is not encrypted. Delete it when it has been used.",
        ],
    )
    return faults.OK


def _do(desk: Desk, deed: Callable[[UnitOfWork, VisitId, date, list[Framework]], object], words: str) -> int:
    with opened(desk) as vault:
        visit, day = _where(desk, vault.questions)
        packs = _packs(vault.questions, visit)
        vault.perform(lambda uow: deed(uow, visit.id, day, packs))
        board = _board(desk, vault.questions)
    desk.terminal.show(_facts(board), f"End-of-day sheet of {day.isoformat()} {words}. Saved on this laptop")
    return faults.OK


def _where(desk: Desk, questions: Questions) -> tuple[Visit, date]:
    from fieldkit.app.day_board import sheet_day
    from ui.cli import choose
    from ui.presenters.dates import read_day

    today = desk.clock.now().astimezone().date()
    visit = choose.visit(questions, desk.options.visit)
    return visit, read_day(desk.options.on or "", today, "on") or sheet_day(questions, visit, today)


def _packs(questions: Questions, visit: Visit) -> list[Framework]:
    from ui.cli import words

    return words.known_frameworks(questions.assessment(visit.assessment))


def _board(desk: Desk, questions: Questions) -> DayBoard:
    from fieldkit.app.day_board import day_board

    visit, day = _where(desk, questions)
    return day_board(questions, visit.id, day, _packs(questions, visit))


def _section(wanted: str) -> Section:
    from fieldkit.domain.day_sheet import Section

    try:
        return Section(wanted.strip().casefold())
    except ValueError as problem:
        raise Mistake("day.section", wanted=wanted.strip()[:40], field="section") from problem


def _said(desk: Desk, questions: Questions, section: str, row: RecordRow | None = None) -> Said:
    from fieldkit.app.day_sheets import Said
    from fieldkit.domain.quality_risk import Level
    from ui.cli import choose

    options = desk.options
    before: DayItem | None = row.value if row is not None else None
    notes = tuple(choose.note(questions, one).entry.id for one in options.note)
    level = Level(options.level) if options.level else before.level if before is not None else None
    return Said(
        section=_section(section), text=options.text or (before.text if before is not None else ""), level=level,
        notes=notes or (before.notes if before is not None else ()),
    )  # fmt: skip


def _item(desk: Desk, questions: Questions) -> RecordRow:
    from fieldkit.app.day_board import items_of

    visit, day = _where(desk, questions)
    wanted = desk.options.item.strip().casefold()
    found = [one for one in items_of(questions, visit.id, day) if len(wanted) >= 4 and one.record.endswith(wanted)]
    if len(found) != 1:
        raise Mistake("day.unknown_item", wanted=desk.options.item.strip()[:40])
    return found[0]


def _proposal(board: DayBoard, wanted: str) -> Proposal:
    key = wanted.strip().casefold()
    found = [one for one in board.proposals if len(key) >= 4 and one.key.casefold().endswith(key)]
    if len(found) != 1:
        raise Mistake("day.unknown_proposal", wanted=wanted.strip()[:60])
    return found[0]


def _told(desk: Desk, made: DayItem, words: str) -> int:
    from ui.cli.choose import short

    name = made.section.value.capitalize()
    said = f"{name}: none {words}" if made.is_none else f"{name} {words} ({short(made.id)})"
    desk.terminal.show({"id": made.id, **made.to_content()}, f"{said}. Saved on this laptop")
    return faults.OK


def _words(board: DayBoard) -> list[str]:
    from fieldkit.app.day_page import standing_of
    from fieldkit.domain.day_sheet import TRIPLE_A, Section
    from fieldkit.reports.day_sheet import change_words
    from ui.cli.choose import short

    status, standing = standing_of(board)
    lines = [f"{board.visit.name}, {board.day.isoformat()}: {status}. {standing}"]
    for section in Section:
        rows = board.of(section)
        lines += ["", section.value.capitalize()]
        lines += [f"  {one.value.text}{_level(one.value)}  {one.author_initials}  {short(one.record)}" for one in rows]
        if section in TRIPLE_A and not rows:
            lines.append("  None, stated" if board.says_none(section) else "  Neither filled nor None")
    lines += [f"  {change_words(one)}" for one in board.changes]
    if board.held:
        lines += ["", f"{board.held} held: a consent was taken back"]
    if board.proposals:
        lines += ["", "Proposed: fieldkit day take NAME"]
        lines += [f"  {one.section.value:8} {one.text}  {_name(one)}" for one in board.proposals]
    return lines


def _level(item: DayItem) -> str:
    return f" ({item.level.value}, for discussion)" if item.level else ""


def _name(one: Proposal) -> str:
    from ui.cli.choose import short

    return short(one.about) if one.about else one.gap


def _facts(board: DayBoard) -> dict[str, Any]:
    from fieldkit.app.day_page import standing_of
    from fieldkit.reports.day_sheet import change_words

    return {
        "visit": board.visit.id, "day": board.day.isoformat(), "status": standing_of(board)[0],
        "items": [{"id": one.record, "by": one.author_name, **one.value.to_content()} for one in board.items],
        "none": sorted({one.value.section.value for one in board.nones if board.says_none(one.value.section)}),
        "held": board.held,
        "proposed": [
            {"name": one.key, "section": one.section.value, "text": one.text, "about": one.about}
            for one in board.proposals
        ],
        "gaps": [{"statement": one.statement, "nothing": one.missing, "too_little": one.thin} for one in board.gaps],
        "tomorrow": board.tomorrow.isoformat() if board.tomorrow else None,
        "changes": [change_words(one) for one in board.changes],
    }  # fmt: skip
