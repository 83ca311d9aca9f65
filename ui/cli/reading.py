"""What ``fieldkit note list|show`` and ``fieldkit find`` do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldkit.app.filter_names import Known
    from fieldkit.app.ports import Questions
    from fieldkit.app.rows import EntryFilter
    from fieldkit.domain.assessment import Assessment


def list_notes(desk: Desk) -> int:
    """The newest notes that match, oldest of them first."""
    from fieldkit.app.paging import every_note
    from ui.cli import facts
    from ui.cli.words import NoteWords

    _check_limit(desk)
    with opened(desk) as vault:
        wanted, problems = _filter(desk, vault.questions)
        if desk.options.limit:
            rows = vault.questions.entries(replace(wanted, limit=desk.options.limit))
        else:
            rows = list(every_note(vault.questions, wanted))
        words = NoteWords(vault.questions)
        lines, found = words.lines(rows), [facts.note(row, words.source(row)) for row in rows]
    _remark(desk, problems)
    desk.terminal.show(found, lines or "No notes match.")
    return faults.OK


def show_note(desk: Desk) -> int:
    """One note."""
    from ui.cli import choose, facts
    from ui.cli.words import NoteWords

    with opened(desk) as vault:
        row = choose.note(vault.questions, desk.options.note)
        words = NoteWords(vault.questions)
        uses = words.uses(row)
        lines = words.page(row)
        found = {**facts.note(row, words.source(row)), "findings": [facts.use(one) for one in uses]}
    desk.terminal.show(found, lines)
    return faults.OK


def find(desk: Desk) -> int:
    """Found notes, newest first, with the words around each match."""
    from ui.cli import choose, facts
    from ui.cli.words import NoteWords
    from ui.presenters.wording import ui

    _check_limit(desk)
    with opened(desk) as vault:
        wanted, problems = _filter(desk, vault.questions)
        hits = vault.questions.find(replace(wanted, limit=desk.options.limit or 50))
        words = NoteWords(vault.questions)
        found = [facts.hit(hit, words.source(hit.row)) for hit in hits]
    begin, end = ("", "") if desk.terminal.is_plain else ("\x1b[1m", "\x1b[0m")
    lines = []
    for hit in hits:
        shown = hit.snippet.replace(facts.MATCH_BEGINS, begin).replace(facts.MATCH_ENDS, end)
        entry = hit.row.entry
        when = f"{ui.day(entry.noticed_at.date())} {ui.noticed(entry)}"
        lines.append(f"{when}  {' '.join(shown.splitlines())}  {choose.short(entry.id)}")
    _remark(desk, problems)
    desk.terminal.show(found, lines or "No notes match.")
    return faults.OK


_MOST = 1_000_000


def _check_limit(desk: Desk) -> None:
    if not 0 <= desk.options.limit <= _MOST:
        raise Mistake("cli.limit", field="limit")


def _remark(desk: Desk, problems: Sequence[Mistake]) -> None:
    from ui.presenters.wording import sentence

    for problem in problems:
        desk.terminal.remark(sentence(problem))


def _filter(desk: Desk, questions: Questions) -> tuple[EntryFilter, Sequence[Mistake]]:
    """The filter as the window understands it. No filter lists every note, withdrawn ones too: it is the log."""
    from fieldkit.app.filter_names import understand
    from fieldkit.app.rows import EntryFilter
    from ui.cli import choose

    options = desk.options
    assessment = choose.assessment(questions, options.assessment) if options.assessment is not None else None
    scope = EntryFilter(assessment=assessment.id if assessment else None)
    text = " ".join(options.filter)
    if not text.strip():
        return scope, ()
    found = understand(text, _known(desk, questions, assessment))
    return replace(scope, words=found.words, terms=found.terms), found.problems


def _known(desk: Desk, questions: Questions, only: Assessment | None) -> Known:
    from fieldkit.app.abouts import abouts_of
    from fieldkit.app.contradictions import opposed_in
    from fieldkit.app.filter_names import Known
    from fieldkit.app.report_walls import walled_in
    from fieldkit.app.told import silent_activities
    from ui.cli.words import known_frameworks

    assessments = [only] if only else [row.assessment for row in questions.assessments()]
    visits = [visit for one in assessments for visit in questions.visits(one.id)]
    packs = {(pack.id, pack.version): pack for one in assessments for pack in known_frameworks(one)}
    return Known(
        today=desk.clock.now().astimezone().date(), frameworks=tuple(packs.values()), visits=tuple(visits),
        activities=tuple(row.activity for visit in visits for row in questions.activities(visit.id)),
        people=tuple(person for visit in visits for person in questions.people(visit.id)),
        authors=tuple(author for one in assessments for author in questions.assessors(one.id)),
        silent=tuple(place for one in assessments for place in silent_activities(questions, one.id)),
        restricted=tuple(sorted(each for one in assessments for each in walled_in(questions, one.id))),
        opposed=tuple(sorted(each for one in assessments for each in opposed_in(questions, one.id))),
        abouts={name: ids for one in assessments for name, ids in abouts_of(questions, one.id).items()},
    )  # fmt: skip
