"""The panel beside the notes: add words, withdraw, tag, add a person. One at a time, never over what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fieldkit.app.people import add_person, revise_person
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId
from ui.presenters.field_error import FieldError, errors_of
from ui.presenters.log.amend import AddWords, Withdraw
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.tag_picker import TagPicker
from ui.presenters.presenter import Presenter
from ui.presenters.services import Failed, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonState:
    """The form for a person: a code and a role, never a name. ``known`` = who is being changed; their code stays."""

    code: str = ""
    known: Person | None = None
    errors: tuple[FieldError, ...] = ()


class AddPerson(Presenter[PersonState]):
    """Adds somebody to the visit by code and role."""

    def __init__(self, session: Session, visit: Visit, code: str, closed: Callable[[], None], troubled: Failed) -> None:
        super().__init__(PersonState(code=code))
        self._session = session
        self._visit = visit
        self._closed = closed
        self._troubled = troubled

    def save(self, code: str, role: str, organisation: str) -> None:
        """The main button."""
        self._show(replace(self.state, errors=()))
        self._session.workspace.perform(
            lambda uow: add_person(uow, self._visit, code, role, organisation),
            initiator="people",
            done=lambda person: self._added(person.role),
            failed=self._refused,
        )

    def close(self) -> None:
        """Nothing is kept."""

    def _added(self, role: str) -> None:
        self._session.say(f"{role} added")
        self._closed()

    def _refused(self, problem: Exception) -> None:
        if isinstance(problem, Mistake):
            self._show(replace(self.state, errors=errors_of(problem, "code")))
        else:
            self._troubled(problem)


class EditPerson(AddPerson):
    """Changes what is known of somebody's role. The code stays: notes already speak of it."""

    def __init__(
        self, session: Session, visit: Visit, person: Person, closed: Callable[[], None], troubled: Failed
    ) -> None:
        super().__init__(session, visit, person.code, closed, troubled)
        self._person = person
        self._show(PersonState(code=person.code, known=person))

    def save(self, code: str, role: str, organisation: str) -> None:
        """The main button."""
        self._session.workspace.perform(
            lambda uow: revise_person(uow, self._person, role=role, organisation=organisation),
            initiator="people",
            done=lambda person: self._changed(person.role),
            failed=self._refused,
        )

    def _changed(self, role: str) -> None:
        self._session.say(f"{self._person.code} is {role} now")
        self._closed()


Panel = AddWords | Withdraw | TagPicker | AddPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelState:
    """The open panel, if any; ``edition`` grows with each opening."""

    panel: Panel | None = None
    edition: int = 0


class Panels(Presenter[PanelState]):
    """Opens one panel at a time for the notes of one visit."""

    def __init__(
        self,
        session: Session,
        visit: Visit,
        frameworks: Sequence[Framework],
        actions: NoteActions,
        activity_of: Callable[[EntryRow], Activity],
        troubled: Failed,
    ) -> None:
        super().__init__(PanelState())
        self._session = session
        self._visit = visit
        self._frameworks = frameworks
        self._actions = actions
        self._activity_of = activity_of
        self._troubled = troubled

    def where_in_sound(self, row: EntryRow) -> str:
        """``12:34 in recording AL7K-3`` of a note that was made while sound was recorded; empty of any other."""
        return self._session.recordings.words(row) if self._session.recordings is not None else ""

    def listen_to_sound(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Be told when recordings come or go; returns what ends it."""
        known = self._session.recordings
        return known.changed.listen(lambda _: heard()) if known is not None else lambda: None

    def add_words(self, row: EntryRow) -> None:
        """F2 on a note."""
        if row.withdrawal is not None:
            self._session.say("This note is withdrawn. Bring it back first")
            return
        panel = AddWords(self._session, row, self.close, self._troubled)
        self._open(panel)
        panel.start()

    def withdraw(self, row: EntryRow) -> None:
        """Delete on a note; on a withdrawn one it brings the note back."""
        if row.withdrawal is not None:
            self._actions.bring_back(row.entry.id)
        else:
            self._open(Withdraw(row, self._actions, self.close, self._troubled))

    def tag(self, rows: Sequence[EntryRow]) -> None:
        """Ctrl+T on notes."""
        standing = [row for row in rows if row.withdrawal is None]
        if standing:
            session = self._session
            self._open(
                TagPicker(
                    standing, self._activity_of, self._frameworks, self._actions, session.say, self.close,
                    session.recents,
                )
            )  # fmt: skip

    def add_person(self, code: str = "") -> None:
        """Somebody spoke who is not on the list."""
        self._open(AddPerson(self._session, self._visit, code, self.close, self._troubled))

    def edit_person(self, person: Person) -> None:
        """F2 on somebody of the list."""
        self._open(EditPerson(self._session, self._visit, person, self.close, self._troubled))

    def rows_changed(self, row_of: Callable[[EntryId], EntryRow | None]) -> None:
        """Notes changed: an open picker shows what is on them now."""
        panel = self.state.panel
        if isinstance(panel, TagPicker):
            panel.refresh([row_of(row.entry.id) or row for row in panel.rows])

    def close(self) -> None:
        """Esc, or done."""
        panel = self.state.panel
        if isinstance(panel, AddWords | Withdraw | AddPerson):
            panel.close()
        self._show(PanelState(edition=self.state.edition))

    def _open(self, panel: Panel) -> None:
        self.close()
        self._show(PanelState(panel=panel, edition=self.state.edition + 1))
