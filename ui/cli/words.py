"""Results as lines for a person: columns, days, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli.choose import short

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.app.finding_board import Use
    from fieldkit.app.ports import Questions
    from fieldkit.app.rows import EntryRow
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.framework import Framework
    from fieldkit.domain.sources import Source
    from fieldkit.frameworks.library import Library
    from fieldkit.kernel.ids import ActivityId
    from ui.presenters.log.row_words import RowReader


def columns(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table whose columns are as wide as their widest cell; the last one is never padded."""
    table = [tuple(header), *(tuple(row) for row in rows)]
    rooms = [max(len(row[place]) for row in table) for place in range(len(header))]
    return ["  ".join(cell.ljust(room) for cell, room in zip(row, rooms, strict=True)).rstrip() for row in table]


def days(first: date | None, last: date | None) -> str:
    """``12 November 2026`` or ``12 November 2026 to 13 November 2026``; empty without a day."""
    from ui.presenters.wording import ui

    if first is None:
        return ""
    return ui.day(first) if last in (None, first) else f"{ui.day(first)} to {ui.day(last)}"


@cache
def packs() -> Library:
    """The packs that came with the program; a pack once read is kept, because reading one takes some 100 ms."""
    from fieldkit.frameworks.library import Library

    return Library()


def frameworks_of(assessment: Assessment) -> list[Framework]:
    """The packs of an assessment, the main one first. Raises ``pack.…`` where one is not in this program."""
    library = packs()
    return [library.load(pin.id, pin.version, pin.digest) for pin in assessment.packs]


def framework_of(assessment: Assessment, wanted: str | None) -> Framework:
    """The main framework of an assessment, or the one of its others that is named.

    Raises ``Mistake('cli.not_found')``, and ``pack.…`` as ``frameworks_of``.
    """
    frameworks = frameworks_of(assessment)
    if wanted is None:
        return frameworks[0]
    named = [one for one in frameworks if one.id == wanted.partition("@")[0]]
    if not named:
        raise Mistake("cli.not_found", what="framework pack of this assessment", wanted=wanted)
    return named[0]


def known_frameworks(assessment: Assessment) -> list[Framework]:
    """Those of them that this program has: a note must be readable although a pack is missing."""
    from fieldkit.kernel.errors import FieldKitError

    library, found = packs(), []
    for pin in assessment.packs:
        try:
            found.append(library.load(pin.id, pin.version, pin.digest))
        except FieldKitError:
            continue
    return found


class NoteWords:
    """Puts notes of any assessment into lines; reads each assessment's packs once."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._readers: dict[str, RowReader] = {}
        self._titles: dict[str, str] = {}

    def source(self, row: EntryRow) -> Source | None:
        """Who a note of an interview may be shown as coming from; ``None`` for a note of anything else."""
        return self._reader(row).sources.get(row.entry.activity)

    def line(self, row: EntryRow) -> str:
        """``10:42  ch: words  (Possible risk)  Pasted from Word  [Q2 lc−]  Waiting to send  3f5e7a9d``."""
        words = self._reader(row).words(row)
        said = f"{words.speaker}: {words.text}" if words.speaker else words.text
        tags = " ".join(f"[{tag.chip}]" for tag in words.tags)
        state = words.withdrawn or ", ".join(part for part in (words.held, words.status) if part)
        said = " ".join(said.split("\n"))
        kind = f"({words.kind})" if words.kind and words.kind != words.text else ""
        parts = (words.time, said, kind, row.entry.origin, tags, state, short(row.entry.id))
        return "  ".join(part for part in parts if part)

    def lines(self, rows: Iterable[EntryRow]) -> list[str]:
        """A line each, under a heading for each run of notes of one activity on one day."""
        from ui.presenters.wording import ui

        found: list[str] = []
        heading = ""
        for row in rows:
            day = ui.day(row.entry.noticed_at.astimezone().date())
            under = f"{self._title(row.entry.activity)}, {day}"
            if under != heading:
                found += [""] * bool(found) + [under]
                heading = under
            found.append(self.line(row))
        return found

    def _title(self, activity: ActivityId) -> str:
        if activity not in self._titles:
            self._titles[activity] = self._questions.activity(activity).title
        return self._titles[activity]

    def page(self, row: EntryRow) -> list[str]:
        """Everything of one note, a fact a line."""
        from ui.presenters.wording import ui

        words, entry = self._reader(row).words(row), row.entry
        facts = [
            ("Note", entry.id), ("Noticed", f"{ui.day(entry.noticed_at.date())} {words.time}"),
            ("By", row.author_name), ("Speaker", words.speaker), ("Kind", words.kind),
            ("Tags", "; ".join(f"{tag.chip} {tag.words} ({tag.category})" for tag in words.tags)),
            ("Also", "; ".join(words.secondary)),
            ("Origin", entry.origin),
            ("Entered", f"Written up later, {ui.entered(entry)}" if entry.written_up_later else ""),
            ("Status", words.status), ("Withdrawn", words.withdrawn), ("Held", words.held),
            ("Findings", "; ".join(one.words for one in self.uses(row))),
        ]  # fmt: skip
        lines = [f"{label + ':':<11}{value}" for label, value in facts if value]
        return [*lines, "", *words.text.splitlines(), *(f"\n{added}" for added in words.added)]

    def uses(self, row: EntryRow) -> tuple[Use, ...]:
        """The findings that cite it."""
        from fieldkit.app.finding_board import uses_of

        key = row.entry.assessment
        return uses_of(self._questions, key, known_frameworks(self._questions.assessment(key))).get(row.entry.id, ())

    def _reader(self, row: EntryRow) -> RowReader:
        from fieldkit.app.cases import cases_of
        from fieldkit.app.people import people_of
        from fieldkit.app.sources import read_sources
        from fieldkit.domain.people import shown_codes
        from ui.presenters.log.row_words import RowReader

        key = row.entry.assessment
        if key not in self._readers:
            packs = known_frameworks(self._questions.assessment(key))
            reader = self._readers[key] = RowReader({one.id: one for one in packs}, {})
            visits = self._questions.visits(key)
            activities = [found.activity for visit in visits for found in self._questions.activities(visit.id)]
            reader.sources = read_sources(self._questions, key, activities)
            reader.shown = shown_codes(people_of(self._questions, key))
            reader.cases = {case.id: case.code for case in cases_of(self._questions, key)}
        return self._readers[key]


def standing_word(status: str, wiped_at: str) -> str:
    """``active``; where its vault was erased, when: ``wiped 2026-11-12``, beside any other standing than active."""
    if not wiped_at:
        return status
    wiped = f"wiped {wiped_at[:10]}"
    return wiped if status == "active" else f"{status}; {wiped}"
