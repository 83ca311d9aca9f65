"""What ``fieldkit note list|show`` and ``fieldkit search`` do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions
    from fieldkit.app.rows import EntryFilter
    from fieldkit.domain.framework import Framework


def list_notes(desk: Desk) -> int:
    """The newest notes that match, oldest of them first."""
    from fieldkit.app.paging import every_note
    from ui.cli import facts
    from ui.cli.words import NoteWords

    _check_limit(desk)
    with opened(desk) as vault:
        wanted = _filter(desk, vault.questions)
        if desk.options.limit:
            rows = vault.questions.entries(replace(wanted, limit=desk.options.limit))
        else:
            rows = list(every_note(vault.questions, wanted))
        lines = NoteWords(vault.questions).lines(rows)
    desk.terminal.show([facts.note(row) for row in rows], lines or "No notes match.")
    return faults.OK


def show_note(desk: Desk) -> int:
    """One note."""
    from ui.cli import choose, facts
    from ui.cli.words import NoteWords

    with opened(desk) as vault:
        row = choose.note(vault.questions, desk.options.note)
        lines = NoteWords(vault.questions).page(row)
    desk.terminal.show(facts.note(row), lines)
    return faults.OK


def search(desk: Desk) -> int:
    """Found notes with the words around each match."""
    from ui.cli import choose, facts
    from ui.presenters.wording import ui

    _check_limit(desk)
    with opened(desk) as vault:
        wanted = replace(_filter(desk, vault.questions), limit=desk.options.limit or 50)
        hits = vault.questions.search(" ".join(desk.options.words), wanted)
    begin, end = ("", "") if desk.terminal.is_plain else ("\x1b[1m", "\x1b[0m")
    lines = []
    for hit in hits:
        shown = hit.snippet.replace(facts.MATCH_BEGINS, begin).replace(facts.MATCH_ENDS, end)
        entry = hit.row.entry
        when = f"{ui.day(entry.noticed_at.date())} {ui.noticed(entry)}"
        lines.append(f"{when}  {' '.join(shown.splitlines())}  {choose.short(entry.id)}")
    desk.terminal.show([facts.hit(hit) for hit in hits], lines or "No notes match.")
    return faults.OK


def _check_limit(desk: Desk) -> None:
    if desk.options.limit < 0:
        raise Mistake("cli.limit", field="limit")


def _filter(desk: Desk, questions: Questions) -> EntryFilter:
    from fieldkit.app.rows import EntryFilter
    from ui.cli import choose
    from ui.presenters.dates import read_day

    options = desk.options
    assessment = choose.assessment(questions, options.assessment) if options.assessment is not None else None
    visit = choose.visit(questions, options.visit, assessment) if options.visit is not None else None
    activity = choose.activity(questions, options.activity, visit) if options.activity is not None else None
    return EntryFilter(
        assessment=assessment.id if assessment else None, visit=visit.id if visit else None,
        activity=activity.id if activity else None,
        statement=_named(questions, options.statement, "statement") if options.statement else None,
        category=_named(questions, options.category, "category") if options.category else None,
        speaker=options.speaker.casefold() if options.speaker else None,
        on=read_day(options.on, desk.clock.now().astimezone().date()), untagged=options.untagged,
        with_withdrawn=not options.without_withdrawn,
    )  # fmt: skip


def _named(questions: Questions, wanted: str, what: str) -> str:
    """The id of a statement or category by any of its names, in any pack of the vault's assessments."""
    for framework in _frameworks(questions):
        key = wanted.lstrip("#@")
        one = framework.statement_by(key) if what == "statement" else framework.category_by(key)
        if one is not None:
            return one.id
    raise Mistake("cli.not_found", what=what, wanted=wanted)


def _frameworks(questions: Questions) -> list[Framework]:
    from ui.cli.words import known_frameworks

    found: dict[tuple[str, str], Framework] = {}
    for row in questions.assessments():
        for framework in known_frameworks(row.assessment):
            found[framework.id, framework.version] = framework
    return list(found.values())
