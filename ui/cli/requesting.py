"""What ``fieldkit request …`` and ``fieldkit programme …`` do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldkit.app.ports import Questions, UnitOfWork
    from fieldkit.app.programme_file import Changes, ProgrammeReading
    from fieldkit.app.rows import RecordRow
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.request import InformationRequest

Run = Callable[[Desk], int]


def add_one(desk: Desk) -> int:
    """Add a request, unless something held may answer it."""
    from fieldkit.app.requests import add_request, already_held
    from ui.cli import choose
    from ui.presenters.dates import read_day

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        today = desk.clock.now().astimezone().date()
        due = read_day(options.due or "", today, "due")
        statements = _statements(assessment, options.statement)
        held = already_held(vault.questions, assessment.id, options.what)
        if held and not options.anyway:
            lines = ["Held already, may answer this:", *(f"  {one.words}" for one in held)]
            desk.terminal.show({"added": None, "held": [one.words for one in held]}, lines)
            raise Mistake("request.held", count=len(held))
        made, _ = vault.perform(
            lambda uow: add_request(
                uow, assessment.id, options.what, options.why, asked_of=options.of, due_on=due,
                statements=statements, is_asked=options.asked,
            )
        )  # fmt: skip
    desk.terminal.show(_facts(made), f"Request {made.reference} added. Saved on this laptop")
    return faults.OK


def list_requests(desk: Desk) -> int:
    """The register."""
    from ui.cli import choose, words
    from ui.presenters.requests.page import STATUS
    from ui.presenters.wording import ui

    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        rows = [one for one in _rows(vault.questions, assessment) if one.value.status.is_open or not desk.options.open]
    table = words.columns(
        ("Reference", "What", "Asked of", "Due", "Stands"),
        [
            (
                one.value.reference, one.value.what, one.value.asked_of,
                ui.day(one.value.due_on) if one.value.due_on else "", STATUS[one.value.status],
            )
            for one in rows
        ],
    )  # fmt: skip
    desk.terminal.show(
        {"requests": [_facts(one.value) for one in rows]}, table if rows else ["No information requests yet"]
    )
    return faults.OK


def show_request(desk: Desk) -> int:
    """One, with every step."""
    from ui.presenters.requests.page import STATUS

    with opened(desk) as vault:
        row = _one(vault.questions, desk)
        steps = vault.questions.history(row.record)
    value = row.value
    lines = [value.title, f"Why: {value.reason}", f"Asked of: {value.asked_of or 'not said'}"]
    if value.outcome:
        lines.append(f"Outcome: {value.outcome}")
    lines += [f"{one.recorded_at.astimezone():%d %b %Y %H:%M}  {STATUS[one.value.status]}" for one in steps]
    told = {**_facts(value), "history": [one.value.status.value for one in steps]}
    desk.terminal.show(told, lines)
    return faults.OK


def ask_request(desk: Desk) -> int:
    """It was sent or said."""
    from fieldkit.app.requests import ask

    return _do(desk, lambda uow, row: ask(uow, row.record), "marked as asked")


def receive_request(desk: Desk) -> int:
    """Something came."""
    from fieldkit.app.requests import receive

    options = desk.options
    return _do(
        desk, lambda uow, row: receive(uow, row.record, is_whole=not options.part, outcome=options.outcome), "received"
    )


def close_request(desk: Desk) -> int:
    """It was refused, or is not needed."""
    from fieldkit.app.requests import close
    from fieldkit.domain.request import RequestStatus

    status = RequestStatus.REFUSED if desk.options.refused else RequestStatus.NOT_NEEDED
    return _do(desk, lambda uow, row: close(uow, row.record, status, desk.options.why), "closed")


def import_programme(desk: Desk) -> int:
    """Plan what a file says; nothing where a row does not read, unless that was agreed to."""
    from fieldkit.app.programme_file import apply_changes, compare, read_programme_file
    from ui.cli import choose

    options = desk.options
    with opened(desk) as vault:
        visit = choose.visit(vault.questions, options.visit)
        reading = read_programme_file(Path(options.file), visit)
        planned = [row.activity for row in vault.questions.activities(visit.id)]
        changes = compare(planned, reading.rows)
        lines = _told(reading, changes, call_off=options.call_off_missing)
        told = _numbers(reading, changes)
        if options.look:
            desk.terminal.show(told, [*lines, "Nothing was changed"])
            return faults.OK
        if reading.bad and not options.good_rows:
            desk.terminal.show(told, lines)
            raise Mistake("programme.bad_rows", count=len(reading.bad))
        vault.perform(lambda uow: apply_changes(uow, visit, changes, call_off_missing=options.call_off_missing))
    desk.terminal.show(told, [*lines, f"Saved on this laptop, in {visit.name}"])
    return faults.OK


def show_programme(desk: Desk) -> int:
    """Who is where, day by day, and what is wrong with it."""
    from ui.cli import choose
    from ui.presenters.programme.alerts import alerts_of
    from ui.presenters.programme.grid import Across, days_of, grid_of

    across = Across.PEOPLE if desk.options.people else Across.STREAMS
    with opened(desk) as vault:
        visit = choose.visit(vault.questions, desk.options.visit)
        activities = [row.activity for row in vault.questions.activities(visit.id)]
    lines, told = [], []
    for day in days_of(activities):
        grid = grid_of([one for one in activities if (one.on.isoformat() if one.on else "") == day], across)
        lines.append(day or "No date yet")
        for line in grid.lines:
            cells = [(head, cell.words.replace("\n", "; ")) for head, cell in zip(grid.heads, line.cells, strict=True)]
            lines += [f"  {line.time:11}  {head}: {words}" for head, words in cells if words]
            told.append({"day": day, "time": line.time, "where": {head: words for head, words in cells if words}})
    alerts = alerts_of(activities)
    desk.terminal.show({"programme": told, "alerts": list(alerts)}, [*lines, *alerts] or ["Nothing is planned yet"])
    return faults.OK


def _told(reading: ProgrammeReading, changes: Changes, *, call_off: bool) -> list[str]:
    from ui.presenters.wording import sentence

    lines = [f"  New: {row.starts or 'no time'} {row.title}" for row in changes.added]
    lines += [f"  {'Called off' if row.is_cancelled else 'Moved'}: {one.title}" for one, row in changes.moved]
    lines += [f"  {'Called off' if call_off else 'No longer on it'}: {one.title}" for one in changes.missing]
    lines += [f"  {sentence(one.problem)}" for one in reading.bad]
    lines += [f"  Event {number} repeats: only its first time was read" for number in reading.repeating]
    head = f"{len(changes.added)} new, {len(changes.moved)} moved or called off, {changes.same} as planned"
    return [head, *lines]


def _numbers(reading: ProgrammeReading, changes: Changes) -> dict[str, Any]:
    return {
        "new": [row.title for row in changes.added], "moved": [one.title for one, _ in changes.moved],
        "missing": [one.title for one in changes.missing], "same": changes.same,
        "bad_rows": [one.row for one in reading.bad],
    }  # fmt: skip


def _do(desk: Desk, deed: Callable[[UnitOfWork, RecordRow], InformationRequest], words: str) -> int:
    with opened(desk) as vault:
        row = _one(vault.questions, desk)
        made, _ = vault.perform(lambda uow: deed(uow, row))
    desk.terminal.show(_facts(made), f"Request {made.reference} {words}. Saved on this laptop")
    return faults.OK


def _one(questions: Questions, desk: Desk) -> RecordRow:
    from ui.cli import choose

    rows = _rows(questions, choose.assessment(questions, desk.options.assessment))
    wanted = desk.options.request.strip().upper()
    for row in rows:
        if row.value.reference == wanted:
            return row
    raise Mistake("request.unknown", reference=desk.options.request.strip())


def _rows(questions: Questions, assessment: Assessment) -> list[RecordRow]:
    from fieldkit.domain.request import InformationRequest

    return questions.records(InformationRequest.KIND, assessment=assessment.id)


def _statements(assessment: Assessment, codes: Sequence[str]) -> list[str]:
    from ui.cli import words

    known = {one.code: f"{pack.id}/{one.id}" for pack in words.known_frameworks(assessment) for one in pack.statements}
    unknown = next((code for code in codes if code not in known), None)
    if unknown is not None:
        raise Mistake("request.statement", code=unknown)
    return [known[code] for code in codes]


def _facts(value: InformationRequest) -> dict[str, Any]:
    return {"id": value.id, **value.to_content()}
