"""Tagging many notes as one deed: in small transactions, with what is being done in words, and one undo for it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from fieldkit.app.bulk import move_to_category
from fieldkit.app.entries import file_evidence, take_back_filing
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.entry import Filing
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.ids import EntryId, EvidenceId
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.services import Failed, Session
from ui.presenters.undo import Deed
from ui.presenters.wording import ui

BATCH = 20
"""Notes filed in one transaction: some 20 ms, and one flush for all of them."""

Step = Callable[[UnitOfWork], Filing | None]
Done = Callable[[list[Filing]], None]


class BulkActions(NoteActions):
    """``progress`` is told what is being done (``Tagging 1,200 notes``), and nothing once it is done."""

    def __init__(self, session: Session, troubled: Failed, progress: Callable[[str], None]) -> None:
        super().__init__(session, troubled)
        self._progress = progress

    def tag(
        self,
        entries: Sequence[EntryId],
        added: Callable[[], Sequence[EvidenceItem]],
        removed: Sequence[EvidenceId] = (),
        *,
        name: str,
    ) -> None:
        """File notes: ``added`` makes fresh items for each of them, since an item's id is its own."""

        def step(uow: UnitOfWork, entry: EntryId) -> Filing | None:
            return file_evidence(uow, entry, tuple(added()), removed)

        self._do([partial(step, entry=entry) for entry in entries], name)

    def move(self, entries: Sequence[EntryId], category: Callable[[EvidenceItem], str | None], *, name: str) -> None:
        """File the tags of notes under another evidence category."""
        self._do([partial(move_to_category, entry=entry, category=category) for entry in entries], name)

    def _do(self, steps: Sequence[Step], name: str) -> None:
        def filed(filings: list[Filing]) -> None:
            if filings:
                standing = [filings]
                again = partial(self._reverse, standing)
                self._undo.did(Deed(name=name, undo=again, redo=again))

        self._run(steps, f"Tagging {ui.count(len(steps), 'note')}", filed)

    def _reverse(self, standing: list[list[Filing]]) -> None:
        steps = [partial(take_back_filing, filing=filing) for filing in standing[0]]
        self._run(steps, f"Changing {ui.count(len(steps), 'note')} back", lambda found: standing.__setitem__(0, found))

    def _run(self, steps: Sequence[Step], words: str, done: Done) -> None:
        filings: list[Filing] = []
        rest = list(steps)

        def some(uow: UnitOfWork) -> list[Filing]:
            batch, rest[:] = rest[:BATCH], rest[BATCH:]
            return [filing for step in batch if (filing := step(uow)) is not None]

        def home(found: list[Filing]) -> None:
            filings.extend(found)
            if rest:
                self._workspace.perform(some, initiator="evidence", done=home, failed=stopped)
            else:
                self._progress("")
                done(filings)

        def stopped(problem: Exception) -> None:
            self._progress("")
            done(filings)  # what was filed before it went wrong can still be undone
            self._troubled(problem)

        if len(rest) > BATCH:
            self._progress(words)
        self._workspace.perform(some, initiator="evidence", done=home, failed=stopped)
