"""Which assessment, visit, activity, note or agenda item is meant: by name, by id, or because there is only one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Activity, AgendaItem, Assessment, Visit
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId, is_id

T = TypeVar("T")

SHORT = 8
"""Characters of an id that are shown and enough to name it: the end, because the beginning is only the time."""
_LISTED = 6


def short(record: str) -> str:
    """The end of an id, as lists show it."""
    return record[-SHORT:]


def assessment(questions: Questions, wanted: str | None) -> Assessment:
    """Raises ``Mistake('cli.none_yet' | 'cli.not_found' | 'cli.which')``, as all here do."""
    rows = [row.assessment for row in questions.assessments()]
    return pick("assessment", rows, wanted, lambda one: one.name, lambda one: one.id)


def visit(questions: Questions, wanted: str | None, within: Assessment | None = None) -> Visit:
    """Of one assessment if ``within`` is given, else of all."""
    where = [within] if within else [row.assessment for row in questions.assessments()]
    found = [one for each in where for one in questions.visits(each.id)]
    return pick("visit", found, wanted, lambda one: one.name, lambda one: one.id)


def activity(questions: Questions, wanted: str | None, within: Visit | None = None) -> Activity:
    """Of one visit if ``within`` is given, else of all."""
    rows = questions.assessments()
    visits = [within] if within else [visit for row in rows for visit in row.visits]
    found = [row.activity for each in visits for row in questions.activities(each.id)]
    return pick("activity", found, wanted, lambda one: one.title, lambda one: one.id)


def agenda_item(where: Activity, wanted: str | None) -> AgendaItem | None:
    """By number (1 = the first) or title; ``None`` if none was asked for."""
    if wanted is None:
        return None
    if wanted.isdecimal() and 1 <= int(wanted) <= len(where.items):
        return where.items[int(wanted) - 1]
    return pick("agenda item", where.items, wanted, lambda one: one.title, lambda one: one.id)


def note(questions: Questions, wanted: str) -> EntryRow:
    """By id or by the end of one as ``note list`` shows it. Raises ``Mistake('entry.unknown')``, ``'cli.which'``."""
    key = wanted.strip().casefold()
    if is_id(key):
        return questions.entry(EntryId(key))
    found = [row for row in every_note(questions) if row.entry.id.endswith(key)] if len(key) >= 4 else []
    if not found:
        raise Mistake("entry.unknown", entry=wanted)
    if len(found) > 1:
        raise _which("note", wanted, [row.entry.id for row in found])
    return found[0]


def pick(what: str, found: Sequence[T], wanted: str | None, name: Callable[[T], str], record: Callable[[T], str]) -> T:
    """One of ``found``: by id, name, end of an id, beginning or part of a name, in this order."""
    if not found:
        raise Mistake("cli.none_yet", what=what)
    if wanted is None:
        matches = list(found)
    else:
        key = " ".join(wanted.casefold().split())
        tests: tuple[Callable[[T], bool], ...] = (
            lambda one: record(one) == key,
            lambda one: name(one).casefold() == key,
            lambda one: len(key) >= 4 and record(one).endswith(key),
            lambda one: name(one).casefold().startswith(key),
            lambda one: key in name(one).casefold(),
        )
        matches = next((hits for test in tests if (hits := [one for one in found if test(one)])), [])
    if not matches:
        raise Mistake("cli.not_found", what=what, wanted=wanted)
    if len(matches) > 1:
        raise _which(what, wanted, [f"{name(one)} ({short(record(one))})" for one in matches])
    return matches[0]


def _which(what: str, wanted: str | None, choices: list[str]) -> Mistake:
    listed = ", ".join(choices[:_LISTED]) + (" …" if len(choices) > _LISTED else "")
    return Mistake("cli.which", what=what, wanted=wanted or "", choices=listed)
