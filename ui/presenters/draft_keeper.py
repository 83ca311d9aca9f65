"""Keeps what is being typed on disk: 0.4 s after the last key and at least every second while keys keep coming."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fieldkit.app.drafts import IDLE_SECONDS, LONGEST_SECONDS, keep_draft
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.app.workspace import Workspace
from ui.presenters.timing import Countdown, Later


class DraftKeeper:
    """Asks for the draft when it is time and keeps it on the store lane, one at a time.

    ``draft`` gives the current draft; ``outcome`` is told ``None`` when it is on disk, else the error. While one is
    being written further changes wait for it, so that a slow disk is never flooded with old texts. ``keep`` puts it
    somewhere else than among the other drafts.
    """

    def __init__(
        self,
        workspace: Workspace,
        later: Later,
        draft: Callable[[], Draft],
        outcome: Callable[[Exception | None], None],
        keep: Callable[[UnitOfWork, Draft], None] = keep_draft,
    ) -> None:
        self._workspace = workspace
        self._draft = draft
        self._outcome = outcome
        self._keep = keep
        self._idle = Countdown(later, self.keep_now)
        self._longest = Countdown(later, self.keep_now)
        self._writing = False
        self._again = False

    @property
    def is_pending(self) -> bool:
        """Whether something was typed that is not on disk yet."""
        return self._idle.is_pending or self._longest.is_pending or self._writing or self._again

    def touched(self) -> None:
        """The text changed."""
        self._idle.start(IDLE_SECONDS)
        if not self._longest.is_pending:
            self._longest.start(LONGEST_SECONDS)

    def keep_now(self) -> None:
        """Keep it at once: before locking, hiding or leaving."""
        self.drop()
        if self._writing:
            self._again = True
            return
        self._writing = True
        self._workspace.perform(
            partial(self._put, self._draft()), initiator="draft", done=self._kept, failed=self._not_kept
        )

    def flush(self) -> None:
        """Hand the draft to the store lane now, whatever else is being written: the vault is about to close."""
        if self._idle.is_pending or self._longest.is_pending or self._again:
            self.drop()
            self._workspace.perform(partial(self._put, self._draft()), initiator="draft", failed=self._outcome)

    def drop(self) -> None:
        """Nothing is to be kept any more: the text was committed."""
        self._idle.drop()
        self._longest.drop()
        self._again = False

    def _put(self, draft: Draft, uow: UnitOfWork) -> None:
        self._keep(uow, draft)

    def _kept(self, _: None) -> None:
        self._finish(None)

    def _not_kept(self, error: Exception) -> None:
        self._finish(error)

    def _finish(self, error: Exception | None) -> None:
        self._writing = False
        self._outcome(error)
        if self._again:
            self._again = False
            self.keep_now()
