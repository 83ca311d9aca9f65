"""The panel beside the notes: add words, withdraw, tag, add a person. One at a time, never over what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fieldkit.app.people import add_person, revise_person
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from fieldkit.kernel.ids import EntryId
from ui.presenters.field_error import errors_of
from ui.presenters.forms import Action, Entry, Form, FormField, Values
from ui.presenters.log.amend import AddWords, Withdraw
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.tag_picker import TagPicker
from ui.presenters.presenter import Presenter
from ui.presenters.services import Failed, Session

_ROLE = FormField(name="role", label="Role", needed="person.no_role", hint="Like Director of nursing. Never a name")
_ORGANISATION = FormField(name="organisation", label="Organisation (optional)")


class AddPerson(Form):
    """Adds somebody to the visit by code and role, never a name. ``code`` is what was typed before a colon."""

    def __init__(self, session: Session, visit: Visit, code: str, leave: Callable[[], None]) -> None:
        hint = "What you type before a colon, like ch"
        code_field = FormField(name="code", label="Code", needed="person.no_code", hint=hint)
        super().__init__(
            session, (code_field, _ROLE, _ORGANISATION), place=f"form/speaker/{visit.id}/{code}", submit=self._adding,
            done=self._added, first={"code": code}, initiator="people",
            errors=lambda problem: errors_of(problem, "code"),
        )  # fmt: skip
        self.leave = leave
        self.begins_at = "role" if code else "code"
        self._visit = visit
        self._say = session.say

    def _adding(self, values: Values) -> Action:
        return lambda uow: add_person(uow, self._visit, values["code"], values["role"], values["organisation"])

    def _added(self, person: Person) -> None:
        self._say(f"{person.role} added")
        self.leave()


class EditPerson(Form):
    """Changes what is known of somebody's role. The code stays: notes already speak of it."""

    def __init__(self, session: Session, person: Person, leave: Callable[[], None]) -> None:
        code = FormField(name="code", label=f"Code {person.code}. It stays: notes speak of it", entry=Entry.WORDS)
        super().__init__(
            session, (code, _ROLE, _ORGANISATION), place=f"form/speaker/{person.id}", submit=self._changing,
            done=self._changed, first={"role": person.role, "organisation": person.organisation}, initiator="people",
            errors=lambda problem: errors_of(problem, "role"),
        )  # fmt: skip
        self.person = person
        self.leave = leave
        self._say = session.say

    def _changing(self, values: Values) -> Action:
        role, organisation = values["role"], values["organisation"]
        return lambda uow: revise_person(uow, self.person, role=role, organisation=organisation)

    def _changed(self, person: Person) -> None:
        self._say(f"{self.person.code} is {person.role} now")
        self.leave()


Panel = AddWords | Withdraw | TagPicker | AddPerson | EditPerson


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

    @property
    def session(self) -> Session:
        """What is open."""
        return self._session

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
            panel = Withdraw(self._session, row, self._actions, self.close, self._troubled)
            self._open(panel)
            panel.start()

    def tag(self, rows: Sequence[EntryRow]) -> None:
        """Ctrl+T on notes."""
        standing = [row for row in rows if row.withdrawal is None]
        if standing:
            session = self._session
            self._open(
                TagPicker(
                    standing, self._activity_of, self._frameworks, self._actions, session.say, self.close,
                    session.recents, session.later,
                )
            )  # fmt: skip

    def add_person(self, code: str = "") -> None:
        """Somebody spoke who is not on the list."""
        self._open_form(AddPerson(self._session, self._visit, code, self.close))

    def edit_person(self, person: Person) -> None:
        """F2 on somebody of the list."""
        self._open_form(EditPerson(self._session, person, self.close))

    def rows_changed(self, row_of: Callable[[EntryId], EntryRow | None]) -> None:
        """Notes changed: an open picker shows what is on them now."""
        panel = self.state.panel
        if isinstance(panel, TagPicker):
            panel.refresh([row_of(row.entry.id) or row for row in panel.rows])

    def close(self) -> None:
        """Esc, or done."""
        panel = self.state.panel
        if isinstance(panel, AddWords | Withdraw | TagPicker | Form):
            panel.close()
        self._show(PanelState(edition=self.state.edition))

    def _open_form(self, form: AddPerson | EditPerson) -> None:
        self._open(form)
        form.start()

    def _open(self, panel: Panel) -> None:
        self.close()
        self._show(PanelState(panel=panel, edition=self.state.edition + 1))
