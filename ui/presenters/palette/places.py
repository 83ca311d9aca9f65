"""What there is to go to: visits, activities, people and statements of this vault, read once and kept right.

One visit is read at a time, so that a note that is being saved never waits for more than a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import ActivityRow
from fieldkit.app.sources import ABOUT_SOURCES
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.domain.people import Person
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import VisitId
from ui.presenters.palette.items import Item, Kind
from ui.presenters.presenter import Listening
from ui.presenters.services import Session
from ui.presenters.timing import Countdown

_SOON = 0.5
"""Seconds between a change and reading again: a round of receiving brings many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _VisitRead:
    visit: Visit
    activities: tuple[ActivityRow, ...]
    people: tuple[Person, ...]


class Places:
    """``items`` grows while visits are read; ``grown`` is called each time."""

    def __init__(self, session: Session, grown: Callable[[], None]) -> None:
        self._session = session
        self._grown = grown
        self._reading = 0
        self._is_read = False
        self._unread: list[tuple[Assessment, Visit]] = []
        self._statements: dict[str, tuple[Item, ...]] = {}
        self._visits: dict[VisitId, tuple[Item, ...]] = {}
        self._names: dict[VisitId, tuple[str, str]] = {}
        self._again = Countdown(session.later, self._read)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def need(self) -> None:
        """Read, if that was not done yet."""
        if not self._is_read and not self._again.is_pending:
            self._read()

    def items(self, assessment: str | None) -> tuple[Item, ...]:
        """Everything, with the statements of the assessment that is worked on."""
        there = tuple(item for items in self._visits.values() for item in items)
        return there + self._statements.get(assessment or "", ())

    def visit_name(self, visit: VisitId) -> str:
        """``Visit 2``, with its assessment where there are several; empty for one that was not read yet."""
        assessment, name = self._names.get(visit, ("", ""))
        return f"{assessment}, {name}" if len(self._statements) > 1 else name

    def close(self) -> None:
        """Hear nothing more."""
        self._reading += 1
        self._again.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("assessment", "visit", "activity", "person", *ABOUT_SOURCES) and self._is_read:
            self._is_read = False
            self._again.start(_SOON)

    def _read(self) -> None:
        self._is_read = True
        self._reading += 1
        self._unread.clear()
        reading = self._reading
        ask = self._session.workspace.ask_then
        ask(lambda q: [row.assessment for row in q.assessments()], lambda found: self._found(reading, found))

    def _found(self, reading: int, assessments: list[Assessment]) -> None:
        if reading != self._reading:
            return
        for one in assessments:
            self._read_assessment(reading, one)

    def _read_assessment(self, reading: int, assessment: Assessment) -> None:
        ask = self._session.workspace.ask_then
        ask(lambda _: self._statements_of(assessment), lambda found: self._keep_statements(reading, assessment, found))
        ask(lambda q: q.visits(assessment.id), lambda visits: self._visits_found(reading, assessment, visits))

    def _visits_found(self, reading: int, assessment: Assessment, visits: list[Visit]) -> None:
        if reading == self._reading:
            was_idle = not self._unread
            self._unread += [(assessment, visit) for visit in visits]
            if was_idle:
                self._next_visit(reading)

    def _next_visit(self, reading: int) -> None:
        if self._unread:
            assessment, visit = self._unread[0]
            self._session.workspace.ask_then(
                lambda q: _read_visit(q, visit), lambda found: self._keep_visit(reading, assessment, found)
            )

    def _statements_of(self, assessment: Assessment) -> tuple[Item, ...]:
        """On the store lane: reading a pack for the first time takes 100 ms."""
        try:
            frameworks = [self._session.packs.framework(pin) for pin in assessment.packs]
        except FieldKitError:  # a pack that is not on this laptop: its screen says so, nothing to find here
            return ()
        return tuple(
            Item(
                kind=Kind.STATEMENT, target=one.code, words=f"{one.position} {one.title}", detail=f"#{one.code}",
                also=" ".join((one.code, *one.aliases)), assessment=assessment.id,
            )
            for framework in frameworks
            for one in framework.statements
        )  # fmt: skip

    def _keep_statements(self, reading: int, assessment: Assessment, found: tuple[Item, ...]) -> None:
        if reading == self._reading:
            self._statements[assessment.id] = found
            self._grown()

    def _keep_visit(self, reading: int, assessment: Assessment, found: _VisitRead) -> None:
        if reading == self._reading:
            self._names[found.visit.id] = (assessment.name, found.visit.name)
            self._visits[found.visit.id] = _items(assessment, found)
            self._unread.pop(0)
            self._grown()
            self._next_visit(reading)


def _read_visit(questions: Questions, visit: Visit) -> _VisitRead:
    return _VisitRead(
        visit=visit, activities=tuple(questions.activities(visit.id)), people=tuple(questions.people(visit.id))
    )


def _items(assessment: Assessment, found: _VisitRead) -> tuple[Item, ...]:
    name = f"{assessment.name}, {found.visit.name}"
    visit = Item(kind=Kind.VISIT, target=found.visit.id, words=name, assessment=assessment.id)
    activities = (
        Item(
            kind=Kind.ACTIVITY, target=one.activity.id, words=one.activity.title, detail=name, assessment=assessment.id
        )
        for one in found.activities
    )
    people = (
        Item(
            kind=Kind.PERSON, target=one.code, words=one.role, detail=f"{one.code}:   {name}", also=one.code,
            assessment=assessment.id,
        )
        for one in found.people
    )  # fmt: skip
    return (visit, *activities, *people)
