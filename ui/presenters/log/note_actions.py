"""What can be done to notes, each with its undo: withdraw, bring back, tag, untag. Nothing leaves the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from fieldkit.app.entries import file_evidence, restore_entry, take_back_filing, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.entry import Filing
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.ids import EntryId, EvidenceId
from ui.presenters.services import Failed, Session
from ui.presenters.undo import Deed

UNDONE = "Undone"
"""The reason a withdrawal carries when it came from Ctrl+Z."""


class NoteActions:
    """Changes notes of one session. ``troubled`` is told of whatever the store did not accept."""

    def __init__(self, session: Session, troubled: Failed) -> None:
        self._workspace = session.workspace
        self._undo = session.undo
        self._troubled = troubled

    def recorded(self, entry: EntryId, name: str) -> None:
        """A note was recorded: Ctrl+Z withdraws it, Ctrl+Y brings it back."""
        undo, redo = partial(self._withdraw, entry, UNDONE), partial(self._restore, entry)
        self._undo.did(Deed(name=name, undo=undo, redo=redo, is_quiet=True))

    def withdraw(self, entry: EntryId, reason: str, done: Callable[[], None], failed: Failed) -> None:
        """Take a note out of use; ``failed`` gets a missing reason."""

        def withdrawn(_: object) -> None:
            self._undo.did(
                Deed(
                    name="Note withdrawn",
                    undo=lambda: self._restore(entry),
                    redo=lambda: self._withdraw(entry, reason),
                )
            )
            done()

        self._workspace.perform(partial(withdraw_entry, entry=entry, reason=reason), done=withdrawn, failed=failed)

    def bring_back(self, entry: EntryId) -> None:
        """Take a withdrawal back."""

        def restored(_: object) -> None:
            self._undo.did(
                Deed(
                    name="Note brought back",
                    undo=lambda: self._withdraw(entry, UNDONE),
                    redo=lambda: self._restore(entry),
                )
            )

        self._workspace.perform(partial(restore_entry, entry=entry), done=restored, failed=self._troubled)

    def tag(
        self,
        entries: Sequence[EntryId],
        added: Callable[[], Sequence[EvidenceItem]],
        removed: Sequence[EvidenceId] = (),
        *,
        name: str,
    ) -> None:
        """File notes: ``added`` makes fresh items for each of them, since an item's id is its own."""

        def file_all(uow: UnitOfWork) -> list[Filing]:
            filed = (file_evidence(uow, entry, tuple(added()), removed) for entry in entries)
            return [filing for filing in filed if filing is not None]

        self._workspace.perform(file_all, done=lambda filings: self._filed(filings, name), failed=self._troubled)

    def _filed(self, filings: list[Filing], name: str) -> None:
        if not filings:
            return
        last = [filings]

        def reverse() -> None:
            standing = tuple(last[0])
            self._workspace.perform(
                lambda uow: [again for one in standing if (again := take_back_filing(uow, one)) is not None],
                done=lambda reversed_: last.__setitem__(0, reversed_),
                failed=self._troubled,
            )

        self._undo.did(Deed(name=name, undo=reverse, redo=reverse))

    def _withdraw(self, entry: EntryId, reason: str) -> None:
        self._workspace.perform(partial(withdraw_entry, entry=entry, reason=reason), failed=self._troubled)

    def _restore(self, entry: EntryId) -> None:
        self._workspace.perform(partial(restore_entry, entry=entry), failed=self._troubled)
