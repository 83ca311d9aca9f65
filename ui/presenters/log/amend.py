"""Correct by adding (F2) and withdraw with a reason (Delete): the first account always stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from fieldkit.app.drafts import drop_draft
from fieldkit.app.entries import add_addendum
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft, EntryRow
from fieldkit.capture.replacing import Edits, changed
from fieldkit.capture.spans import Span
from fieldkit.domain.entry import Addendum
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.topic import Topic
from ui.presenters.draft_keeper import DraftKeeper
from ui.presenters.field_error import FieldError, errors_of
from ui.presenters.form_words import Replaced
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.open_texts import ADDITION, OpenText
from ui.presenters.presenter import Presenter
from ui.presenters.services import Failed, Session
from ui.presenters.wording import ui

REASONS = ("Typed by mistake", "Written twice", "Belongs to another activity", "Names a person", "Said off the record")
"""Ready reasons for withdrawing; the first is chosen, so Delete and Enter are enough."""
WHY_ADDED = ("Misheard", "Left out", "Wrong time or place", "Checked with the speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendState:
    """What the panel shows. ``text`` and ``reason`` are as last read back; the view holds what is typed."""

    row: EntryRow
    text: str = ""
    reason: str = ""
    edition: int = 0
    errors: tuple[FieldError, ...] = ()
    busy: bool = False


class AddWords(Presenter[AmendState]):
    """The panel of F2. Closing it with Esc keeps what was typed as a draft."""

    def __init__(
        self, session: Session, row: EntryRow, closed: Callable[[], None], troubled: Callable[[Exception], None]
    ) -> None:
        super().__init__(AmendState(row=row))
        self._session = session
        self._closed = closed
        self._troubled = troubled
        self._place = f"addendum/{row.entry.id}"
        self.replaced: Topic[Replaced] = Topic()
        self.pointed: Topic[tuple[str, Span]] = Topic()
        self._leave = session.open_texts.join(self)
        self._keeper = DraftKeeper(session.workspace, session.later, self._draft, self._drafted)

    def start(self) -> None:
        """Put back what was typed here before."""
        self._session.workspace.ask_then(lambda q: q.draft(self._place), self._restored)

    def typed(self, text: str, reason: str) -> None:
        """Something was typed in one of the two fields."""
        if (text, reason) != (self.state.text, self.state.reason):
            self._show(replace(self.state, text=text, reason=reason))
            self._keeper.touched()

    def save(self) -> None:
        """Ctrl+Enter."""
        if self.state.busy:
            return
        self._keeper.drop()
        self._show(replace(self.state, busy=True, errors=()))
        self._session.workspace.perform(self._add, initiator="addendum", done=self._added, failed=self._refused)

    def close(self) -> None:
        """Esc: what was typed stays as a draft."""
        self._leave()
        self._keeper.flush()
        self._keeper.drop()

    def open_texts(self) -> list[OpenText]:
        """What is to be added, and why, for find and replace."""
        where = f"Addition to the note of {ui.noticed(self.state.row.entry)}"
        return [
            OpenText(
                place=self._place, part=part, text=text, where=where, label=ADDITION[part],
                change=None if self.state.busy else partial(self._change, part),
                point=partial(self._point, part),
            )
            for part, text in (("text", self.state.text), ("reason", self.state.reason))
        ]  # fmt: skip

    def _point(self, part: str, span: Span) -> None:
        self.pointed.tell((part, span))

    def _change(self, part: str, made: Edits) -> None:
        state = self.state
        text = changed(state.text, made) if part == "text" else state.text
        reason = changed(state.reason, made) if part == "reason" else state.reason
        self.replaced.tell(Replaced(name=part, made=made))  # the view hands each key back by itself
        self.typed(text, reason)

    def _add(self, uow: UnitOfWork) -> Addendum:
        addendum = add_addendum(uow, self.state.row.entry.id, self.state.text, self.state.reason)
        drop_draft(uow, self._place)
        return addendum

    def _added(self, _: Addendum) -> None:
        self._session.say("Added to the note. What was there stays as it was")
        self._closed()

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, busy=False, errors=errors_of(problem, "reason")))
        if not isinstance(problem, Mistake):
            self._troubled(problem)

    def _restored(self, draft: Draft | None) -> None:
        if draft is not None and not self.state.text and not self.state.reason:
            self._show(replace(self.state, text=draft.text, reason=draft.extra, edition=self.state.edition + 1))

    def _draft(self) -> Draft:
        state = self.state
        return Draft(
            place=self._place, text=state.text, caret=len(state.text), noticed_at=None,
            kept_at=self._session.clock.now(), extra=state.reason,
        )  # fmt: skip

    def _drafted(self, problem: Exception | None) -> None:
        if problem is not None:
            self._troubled(problem)


class Withdraw(Presenter[AmendState]):
    """The panel of Delete: a reason, one Enter, and an undo bar instead of a question.

    ``text`` is the reason in somebody's own words: it stays as a draft until the note is withdrawn.
    """

    def __init__(
        self, session: Session, row: EntryRow, actions: NoteActions, closed: Callable[[], None], troubled: Failed
    ) -> None:
        super().__init__(AmendState(row=row, reason=REASONS[0]))
        self._session = session
        self._actions = actions
        self._closed = closed
        self._troubled = troubled
        self._place = f"withdraw/{row.entry.id}"
        self._keeper = DraftKeeper(session.workspace, session.later, self._draft, self._drafted)

    def start(self) -> None:
        """Put back what was typed here before."""
        self._session.workspace.ask_then(lambda q: q.draft(self._place), self._restored)

    def typed(self, text: str) -> None:
        """A reason in somebody's own words."""
        if text != self.state.text:
            self._show(replace(self.state, text=text))
            self._keeper.touched()

    def give_reason(self, reason: str) -> None:
        """A ready reason was chosen, or one typed."""
        self._show(replace(self.state, reason=reason))

    def save(self) -> None:
        """Withdraw it."""
        if not self.state.busy:
            self._keeper.drop()
            self._show(replace(self.state, busy=True, errors=()))
            entry = self.state.row.entry.id
            self._actions.withdraw(entry, self.state.reason, self._closed, self._refused, self._place)

    def close(self) -> None:
        """Esc: nothing happened, and what was typed stays as a draft."""
        self._keeper.flush()
        self._keeper.drop()

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, busy=False, errors=errors_of(problem, "reason")))
        self._keeper.touched()
        if not isinstance(problem, Mistake):
            self._troubled(problem)

    def _restored(self, draft: Draft | None) -> None:
        if draft is not None and draft.text and not self.state.text:
            self._show(replace(self.state, text=draft.text, edition=self.state.edition + 1))

    def _draft(self) -> Draft:
        text = self.state.text
        return Draft(
            place=self._place, text=text, caret=len(text), noticed_at=None, kept_at=self._session.clock.now()
        )  # fmt: skip

    def _drafted(self, problem: Exception | None) -> None:
        if problem is not None:
            self._troubled(problem)
